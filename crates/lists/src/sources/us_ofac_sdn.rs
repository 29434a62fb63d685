//! OFAC's list of Specially Designated Nationals and Blocked Persons, from its CSV files.
//!
//! In come `sdn.csv`, `alt.csv`, `add.csv` and `sdn_comments.csv`; out come entities with ids `ofac-<entity number>`,
//! as OpenSanctions forms them. The form is shared with the consolidated list and read by [`super::ofac`].

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
    cadence: Cadence::OnDecision,
    layout: Layout::Verified,
    read: ofac::read,
};
