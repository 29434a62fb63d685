//! OFAC's list of Specially Designated Nationals and Blocked Persons.
//!
//! In come `sdn.csv`, `alt.csv`, `add.csv` and `sdn_comments.csv`, or `sdn.xml`, or `sdn_advanced.xml`; out come
//! entities with ids `ofac-<entity number>`, as OpenSanctions forms them, the same from each form. The forms are shared
//! with the consolidated list and read by [`super::ofac`].

use super::ofac;
use crate::{
    sets::Part,
    source::{Cadence, Layout, Source, SourceFile},
};

/// OFAC's SDN list.
pub(crate) static US_OFAC_SDN: Source = Source {
    name: "us_ofac_sdn",
    title: "OFAC Specially Designated Nationals and Blocked Persons List",
    publisher: ofac::PUBLISHER,
    coverage: "Individuals, companies, groups, vessels, aircraft and wallets whose property is blocked under \
               United States programmes",
    licence: "Public domain (work of the United States government, 17 U.S.C. 105)",
    page: "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    files: &[
        SourceFile {
            part: Part::Primary,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV",
        },
        SourceFile {
            part: Part::Aliases,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ALT.CSV",
        },
        SourceFile {
            part: Part::Addresses,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADD.CSV",
        },
        SourceFile {
            part: Part::Comments,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_COMMENTS.CSV",
        },
    ],
    other_forms: &[
        SourceFile {
            part: Part::Whole,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML",
        },
        SourceFile {
            part: Part::Whole,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_ADVANCED.XML",
        },
    ],
    cadence: Cadence::OnDecision,
    layout: Layout::Verified,
    read: ofac::read,
};
