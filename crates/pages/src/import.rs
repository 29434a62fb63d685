//! Taking a file of customers in: sending it, saying what its columns hold, and what became of it.
//!
//! In comes what is held for a person, out come pages. The columns stand above the first rows, each with what it holds; beneath stands what the rows would become, so that a wrong
//! choice is seen before it acts. Rows that were not taken stand with their place, their column, what was found and what would be right.

use askama::Template;
use mihenk_node::{
    imports::{
        Becomes, Choices, Example, Held, Holds, Outcome, TakenIn, Wrong,
        choices::OFFERED,
        example::{Column, From},
    },
    ledger::customers::Party,
    portfolio::{Given, Rejected},
    said::Said,
};

use crate::{foreign::cleaned, frame::Frame, said::Sentence, told::place};

/// Rejected rows that are shown.
const SHOWN: usize = 100;
/// Rows that would not be taken, before anything is done.
const SHOWN_BEFORE: usize = 20;

/// Where a file is sent.
#[derive(Debug, Template)]
#[template(path = "import.html")]
pub struct ImportPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Files that are held for this person, the newest first.
    pub held: &'a [Held],
    /// Portfolios that are there.
    pub portfolios: &'a [String],
    /// Why a file was not taken.
    pub refused: Option<&'a Said>,
}

/// Where it is said what the columns of a file hold.
#[derive(Debug, Template)]
#[template(path = "mapping.html")]
pub struct MappingPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The file.
    pub held: &'a Held,
    /// What it holds; none when it is no file of records.
    pub example: Option<&'a Example>,
    /// Why it is none.
    pub refused: Option<&'a Said>,
    /// Portfolios that are there.
    pub portfolios: &'a [String],
}

/// A file that is being taken in, and one that is in.
#[derive(Debug, Template)]
#[template(path = "imported.html")]
pub struct ImportedPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The file.
    pub held: &'a Held,
    /// What became of it; none while that is not known.
    pub result: Option<&'a TakenIn>,
}

const SCHEMATA: [&str; 6] = ["Person", "Company", "Organization", "LegalEntity", "Vessel", "CryptoWallet"];

/// Encodings that a form offers, by the names of the Encoding Standard.
const ENCODINGS: [&str; 10] = [
    "utf-8",
    "utf-16le",
    "windows-1252",
    "windows-1254",
    "windows-1256",
    "windows-1251",
    "windows-1250",
    "windows-1253",
    "iso-8859-9",
    "koi8-r",
];

/// What a column holds, in the language of the page.
fn holds(t: &Frame, holds: Holds) -> String {
    match holds {
        Holds::Property(property) => t.of("property", property),
        other => t.of("holds", if other == Holds::Nothing { "nothing" } else { other.word() }),
    }
}

impl ImportPage<'_> {
    fn is_in(&self, held: &Held) -> bool {
        held.about.outcome == Outcome::Done
    }

    fn state(&self, held: &Held) -> &'static str {
        match held.about.outcome {
            Outcome::Coming => "coming",
            Outcome::Waiting => "waiting",
            Outcome::Running => "running",
            Outcome::Broken => "broken",
            Outcome::Failed(_) => "failed",
            Outcome::Done => "done",
        }
    }
}

impl MappingPage<'_> {
    fn choices(&self) -> Choices {
        let chosen = || self.held.about.choices.clone().unwrap_or_default();
        self.example.map_or_else(chosen, |example| example.choices.clone())
    }

    /// What a select offers: groups of words with their names. What a column holds is always among them.
    fn offered(&self, column: &Column) -> Vec<(String, Vec<(&'static str, String)>)> {
        let named = |one: &Holds| (one.word(), holds(self.t, *one));
        let mut groups: Vec<(String, Vec<(&'static str, String)>)> = OFFERED
            .iter()
            .map(|(group, all)| (self.t.of("holds-group", group), all.iter().map(named).collect()))
            .collect();
        let is_offered = OFFERED.iter().any(|(_, all)| all.contains(&column.holds));
        if !is_offered && column.holds != Holds::Nothing {
            groups.push((self.t.say("holds-group-other"), vec![named(&column.holds)]));
        }
        groups
    }

    fn nothing(&self) -> String {
        holds(self.t, Holds::Nothing)
    }

    fn from(&self, column: &Column) -> &'static str {
        match column.from {
            From::Chosen => "",
            From::Kept => "kept",
            From::Heading => "heading",
            From::Values => "values",
            From::Guess => "guess",
            From::Nowhere => "nowhere",
        }
    }

    fn place(&self, text: &str) -> String {
        place(self.t.words, text)
    }

    fn schemata(&self) -> [&'static str; 6] {
        SCHEMATA
    }

    fn encodings(&self) -> [&'static str; 10] {
        ENCODINGS
    }

    /// What the file is, in a few words.
    fn form(&self, example: &Example) -> String {
        let mut parts = vec![self.t.of("form", format!("{:?}", example.form))];
        if let Some(delimiter) = example.delimiter {
            let word = match delimiter {
                b',' => "comma",
                b';' => "semicolon",
                b'\t' => "tab",
                _ => "bar",
            };
            parts.push(self.t.of("delimiter", word));
        }
        parts.extend(example.encoding.map(str::to_owned));
        parts.push(self.t.size(self.held.about.bytes));
        parts.join(" · ")
    }

    /// Why nothing can be said yet.
    fn wrong(&self, wrong: &Wrong) -> Sentence {
        Sentence::of_page(match wrong {
            Wrong::NoNumber => self.t.say("mapping-no-number"),
            Wrong::NoName => self.t.say("mapping-no-name"),
            Wrong::Twice(what) => self.t.with("mapping-twice", &[("what", holds(self.t, *what).into())]),
            Wrong::Country(text) => self.t.with("mapping-country-wrong", &[("text", cleaned(text).0.into())]),
            Wrong::Layout(what) => return self.t.told(what),
        })
    }

    fn party<'b>(&self, becomes: &'b Becomes) -> Option<&'b Given> {
        if let Becomes::Party(given) = becomes { Some(given) } else { None }
    }

    fn rejected<'b>(&self, becomes: &'b Becomes) -> Option<&'b Rejected> {
        if let Becomes::Refused(rejected) = becomes { Some(rejected) } else { None }
    }

    fn name(&self, party: &Party) -> String {
        let first = |property: &str| party.properties.get(property).and_then(|values| values.first()).cloned();
        let halves = || {
            let parts: Vec<String> = ["firstName", "middleName", "lastName"].into_iter().filter_map(first).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        };
        first("name").or_else(halves).or_else(|| first("alias")).unwrap_or_else(|| "—".to_owned())
    }

    /// What is known of a party beside its first name.
    fn facts<'b>(&self, party: &'b Party) -> Vec<(&'b str, String)> {
        let all = party.properties.iter().map(|(property, values)| {
            let skip = usize::from(property == "name");
            (property.as_str(), values.iter().skip(skip).cloned().collect::<Vec<_>>().join(", "))
        });
        all.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Words of kinds of which nobody has said what they mean; while there are some, rows with them are not told one by one.
    fn asked<'b>(&self, example: &'b Example) -> Vec<&'b str> {
        example.kinds.iter().filter(|(_, chosen)| chosen.is_empty()).map(|(word, _)| word.as_str()).collect()
    }

    fn is_asked(&self, example: &Example, rejected: &Rejected) -> bool {
        rejected.reason.name() == Some("kind_wrong") && !self.asked(example).is_empty()
    }

    /// Rows that would not be taken and are not among those that are shown.
    fn refused<'b>(&self, example: &'b Example) -> Vec<&'b Rejected> {
        let shown = example.rows.iter().filter(|row| matches!(row.becomes, Becomes::Refused(_))).count();
        let rest = example.refused.iter().skip(shown).filter(|one| !self.is_asked(example, one));
        rest.take(SHOWN_BEFORE).collect()
    }

    /// Whether it was broken off, and why it failed.
    fn stopped(&self) -> Option<Option<Said>> {
        match &self.held.about.outcome {
            Outcome::Broken => Some(None),
            Outcome::Failed(why) => Some(Some(why.said())),
            _ => None,
        }
    }
}

impl ImportedPage<'_> {
    fn place(&self, text: &str) -> String {
        place(self.t.words, text)
    }

    fn most<'b>(&self, all: &'b [Rejected]) -> &'b [Rejected] {
        &all[..all.len().min(SHOWN)]
    }
}
