//! What OFAC's lists share, in each of the forms in which they are published.
//!
//! In come the files of one edition of a list: the CSV set, the XML form or the advanced XML form. Out come a `Person`,
//! `Organization` or `Company`, `Vessel` or `Airplane` for each entity number, with a `Sanction` and what belongs to
//! it. Ids are `ofac-<entity number>` in every form, so that a list is one list whichever was loaded. The parts:
//! [`csv`] with [`rows`], [`xml`] and [`advanced`] read a form; [`record`], [`remarks`], [`labels`], [`names`],
//! [`addresses`] are common to them.

mod addresses;
pub(crate) mod advanced;
mod csv;
mod labels;
mod names;
mod record;
mod remarks;
pub(crate) mod rows;
pub(crate) mod xml;

use crate::{
    error::Error,
    recognise::{Form, recognise},
    relations::Draft,
    sets::{Part, Set},
};

/// Who publishes both lists.
pub(crate) const PUBLISHER: &str = "Office of Foreign Assets Control, United States Department of the Treasury";

/// Reads one edition of a list, in the form in which it came.
pub(crate) fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let Some(input) = set.file(Part::Whole) else { return csv::read(set) };
    match recognise(input)? {
        Form::OfacAdvanced => advanced::read(set, input),
        _ => xml::read(set, input),
    }
}

/// Programmes of the lists that make up the consolidated one: Palestinian Legislative Council (NS-PLC), Sectoral
/// Sanctions (UKRAINE-EO13662), Foreign Sanctions Evaders (FSE-), Part 561 (561), Menu-Based (NS-MBS), CAPTA, Chinese
/// Military-Industrial Complex (CMIC-).
const CONSOLIDATED_PROGRAMS: [&str; 7] = ["NS-", "CMIC", "561", "UKRAINE-EO13662", "FSE-", "CAPTA", "SSI"];

/// Whether a programme is one that does not block all property. Some records of the SDN list are under such ones too.
fn is_consolidated_program(program: &str) -> bool {
    CONSOLIDATED_PROGRAMS.iter().any(|mark| program.starts_with(mark))
}
