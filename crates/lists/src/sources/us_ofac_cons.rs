//! OFAC's consolidated list: everyone on its lists other than the SDN list.
//!
//! In come `cons_prim.csv`, `cons_alt.csv`, `cons_add.csv` and `cons_comments.csv`, or `consolidated.xml`, or
//! `cons_advanced.xml`; out come entities with ids `ofac-<entity number>`. Both lists number from one counter, and
//! somebody can be on both under one number. The forms are read by [`super::ofac`].

use super::ofac;
use crate::{
    sets::Part,
    source::{Cadence, Layout, Source, SourceFile},
};

/// OFAC's consolidated (non-SDN) list.
pub(crate) static US_OFAC_CONS: Source = Source {
    name: "us_ofac_cons",
    title: "OFAC Consolidated (non-SDN) List",
    publisher: ofac::PUBLISHER,
    coverage: "Those under United States sanctions that do not block all property: sectoral, menu-based, \
               correspondent-account and securities sanctions, \
               Palestinian Legislative Council, foreign sanctions evaders",
    licence: "Public domain (work of the United States government, 17 U.S.C. 105)",
    page: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
    files: &[
        SourceFile {
            part: Part::Primary,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_PRIM.CSV",
        },
        SourceFile {
            part: Part::Aliases,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ALT.CSV",
        },
        SourceFile {
            part: Part::Addresses,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ADD.CSV",
        },
        SourceFile {
            part: Part::Comments,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_COMMENTS.CSV",
        },
    ],
    other_forms: &[
        SourceFile {
            part: Part::Whole,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONSOLIDATED.XML",
        },
        SourceFile {
            part: Part::Whole,
            url: "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ADVANCED.XML",
        },
    ],
    cadence: Cadence::OnDecision,
    layout: Layout::Verified,
    read: ofac::read,
};
