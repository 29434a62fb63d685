//! Which files belong together: the inputs of one call, grouped into editions of lists.
//!
//! In come inputs whose form is known; out come [`Set`]s in the order in which their primary files were given. A UN
//! list is a set of its own. OFAC's alias, address and comment files belong to the primary file whose entity numbers
//! they speak of: they name no list, and both lists number from one counter. An alias file whose primary is missing is
//! an error that says what is missing; two files that are the same part of one list are an error too, for which of
//! them would be right?

use rustc_hash::FxHashSet;

use crate::{
    error::Error,
    input::Input,
    recognise::{Form, recognise},
    source::Source,
    sources::{
        au_dfat_sanctions::AU_DFAT_SANCTIONS,
        ca_dfatd_sema_sanctions::CA_DFATD_SEMA_SANCTIONS,
        ch_seco_sanctions::CH_SECO_SANCTIONS,
        eu_fsf::EU_FSF,
        gb_fcdo_sanctions::GB_FCDO_SANCTIONS,
        ofac::{
            self,
            rows::{Table, entity_numbers, is_consolidated},
        },
        tr_fcib::TR_FCIB,
        un_sc_sanctions::UN_SC_SANCTIONS,
        us_ofac_cons::US_OFAC_CONS,
        us_ofac_sdn::US_OFAC_SDN,
    },
};

/// What a file of a source holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole list.
    Whole,
    /// The records, to which other files add.
    Primary,
    /// Other names of the records.
    Aliases,
    /// Addresses of the records.
    Addresses,
    /// The rest of remarks that were too long for the primary file.
    Comments,
    /// No rows, only an end mark.
    Nothing,
}

/// The files of one edition of a list.
pub(crate) struct Set<'a> {
    /// Whose list.
    pub(crate) source: &'static Source,
    /// The files and what each holds.
    pub(crate) files: Vec<(Part, &'a Input)>,
}

/// What one call is to read.
pub(crate) enum Plan<'a> {
    /// An edition of an official list.
    Official(Set<'a>),
    /// A file of FollowTheMoney entities.
    Ftm(&'a Input),
    /// The simplified CSV of OpenSanctions.
    Simple(&'a Input),
    /// Statements of the Beneficial Ownership Data Standard.
    Bods(&'a Input),
}

impl<'a> Set<'a> {
    /// The file of that part.
    pub(crate) fn file(&self, part: Part) -> Option<&'a Input> {
        self.files.iter().find(|(other, _)| *other == part).map(|(_, input)| *input)
    }

    /// All files in the order given.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &'a Input> {
        self.files.iter().map(|(_, input)| *input)
    }
}

impl Part {
    /// What a file of this part is, for whoever downloads it.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Part::Whole => "file",
            Part::Primary => "primary file",
            Part::Aliases => "aliases",
            Part::Addresses => "addresses",
            Part::Comments => "comments",
            Part::Nothing => "empty file",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Part::Whole | Part::Primary => "the primary file",
            Part::Aliases => "the alias file (alt.csv)",
            Part::Addresses => "the address file (add.csv)",
            Part::Comments => "the comment file (sdn_comments.csv)",
            Part::Nothing => "an empty file",
        }
    }
}

impl From<Table> for Part {
    fn from(table: Table) -> Part {
        match table {
            Table::Primary => Part::Primary,
            Table::Aliases => Part::Aliases,
            Table::Addresses => Part::Addresses,
            Table::Comments => Part::Comments,
        }
    }
}

/// Groups the inputs of a call.
pub(crate) fn group(inputs: &[Input]) -> Result<Vec<Plan<'_>>, Error> {
    let mut plans = Vec::new();
    let mut tables = Ofac::default();
    for input in inputs {
        match recognise(input)? {
            Form::UnXml => add_whole(&mut plans, &UN_SC_SANCTIONS, input)?,
            Form::OfacXml => {
                let source = if ofac::xml::is_consolidated(input.body()) { &US_OFAC_CONS } else { &US_OFAC_SDN };
                add_whole(&mut plans, source, input)?;
            }
            Form::OfacAdvanced => {
                let source = if ofac::advanced::is_consolidated(input.body()) { &US_OFAC_CONS } else { &US_OFAC_SDN };
                add_whole(&mut plans, source, input)?;
            }
            Form::EuFsf => add_whole(&mut plans, &EU_FSF, input)?,
            Form::CaSema => add_whole(&mut plans, &CA_DFATD_SEMA_SANCTIONS, input)?,
            Form::ChSeco => add_whole(&mut plans, &CH_SECO_SANCTIONS, input)?,
            Form::AuDfat => add_whole(&mut plans, &AU_DFAT_SANCTIONS, input)?,
            Form::TrFcib => add_piece(&mut plans, &TR_FCIB, input),
            Form::GbFcdo => add_whole(&mut plans, &GB_FCDO_SANCTIONS, input)?,
            Form::FtmLines => plans.push(Plan::Ftm(input)),
            Form::SimpleCsv => plans.push(Plan::Simple(input)),
            Form::Bods => plans.push(Plan::Bods(input)),
            Form::Ofac(Table::Primary) => tables.add_primary(&mut plans, input)?,
            Form::Ofac(table) => tables.additions.push((table.into(), input)),
            Form::OfacEmpty => tables.empty.push(input),
        }
    }
    tables.distribute(&mut plans)?;
    Ok(plans)
}

fn add_whole<'a>(plans: &mut Vec<Plan<'a>>, source: &'static Source, input: &'a Input) -> Result<(), Error> {
    for plan in plans.iter() {
        if let Plan::Official(set) = plan
            && set.source.name == source.name
        {
            let first = set.inputs().next().map_or_else(String::new, |input| input.name.clone());
            return Err(Error::Twice { first, second: input.name.clone(), part: Part::Whole.name() });
        }
    }
    plans.push(Plan::Official(Set { source, files: vec![(Part::Whole, input)] }));
    Ok(())
}

/// Adds a file to the list of which it is a piece; the reader tells the pieces apart.
fn add_piece<'a>(plans: &mut Vec<Plan<'a>>, source: &'static Source, input: &'a Input) {
    for plan in plans.iter_mut() {
        if let Plan::Official(set) = plan
            && set.source.name == source.name
        {
            return set.files.push((Part::Whole, input));
        }
    }
    plans.push(Plan::Official(Set { source, files: vec![(Part::Whole, input)] }));
}

#[derive(Default)]
struct Ofac<'a> {
    /// Where in the plans the primaries are, and which entities they number.
    primaries: Vec<(usize, FxHashSet<u64>)>,
    additions: Vec<(Part, &'a Input)>,
    empty: Vec<&'a Input>,
}

impl<'a> Ofac<'a> {
    fn add_primary(&mut self, plans: &mut Vec<Plan<'a>>, input: &'a Input) -> Result<(), Error> {
        let source = if is_consolidated(input.body()) { &US_OFAC_CONS } else { &US_OFAC_SDN };
        add_whole(plans, source, input)?;
        if let Some(Plan::Official(set)) = plans.last_mut() {
            set.files[0].0 = Part::Primary;
        }
        self.primaries.push((plans.len() - 1, entity_numbers(input.body()).collect()));
        Ok(())
    }

    /// Gives each addition to the primary that knows most of its numbers, at least one.
    fn distribute(self, plans: &mut [Plan<'a>]) -> Result<(), Error> {
        for (part, input) in self.additions {
            let numbers: Vec<u64> = entity_numbers(input.body()).collect();
            let known = |known: &FxHashSet<u64>| numbers.iter().filter(|number| known.contains(number)).count();
            // Of equals the first: max_by_key alone would take the last.
            let best = self.primaries.iter().rev().map(|(at, set)| (known(set), *at)).max_by_key(|(count, _)| *count);
            let missing = "the primary file of its list (sdn.csv or cons_prim.csv)";
            let alone = || Error::MissingPrimary { file: input.name.clone(), part: part.name(), missing };
            let Some((1.., at)) = best else { return Err(alone()) };
            let Plan::Official(set) = &mut plans[at] else { return Err(alone()) };
            if let Some(first) = set.file(part) {
                return Err(Error::Twice { first: first.name.clone(), second: input.name.clone(), part: part.name() });
            }
            set.files.push((part, input));
        }
        for input in self.empty {
            let first = self.primaries.first().and_then(|(at, _)| plans.get_mut(*at));
            let Some(Plan::Official(set)) = first else { return Err(Error::Empty { file: input.name.clone() }) };
            set.files.push((Part::Nothing, input));
        }
        Ok(())
    }
}
