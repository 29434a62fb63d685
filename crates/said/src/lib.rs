//! What is said to people: a name, the facts that it rests on, and a sentence in English.
//!
//! In come lines of a table ([`sayings!`](crate::sayings)), out come functions that make a [`Said`] of the facts. The command line and programs read the sentence; pages look the name up and
//! say it in their language with the same facts. A fact is text as a person reads it, a number in digits, or something said in its turn, such as what is wrong with a value in
//! what is wrong with a row; days are written as 2026-11-26, minutes as 2026-11-26 09:30 (UTC), states and kinds by their words. What has no name (the words of a library) is words
//! alone.

#![forbid(unsafe_code)]

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt,
    hash::{Hash, Hasher},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod kept;

pub use kept::Kept;

/// Something said.
///
/// In JSON it is its sentence, as programs have always had it; [`Kept`] has all of it. Two that have the same sentence are the same.
#[derive(Clone, Debug, Eq)]
pub struct Said {
    name: Option<Cow<'static, str>>,
    facts: Vec<(Cow<'static, str>, Fact)>,
    words: String,
}

/// What something said means, without words of a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// The name of the line in its table.
    pub name: Cow<'static, str>,
    /// Its facts, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<Cow<'static, str>, String>,
}

/// A fact that something said rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Text as a person reads it; of a number its digits.
    Text(String),
    /// Something said in its turn.
    Said(Box<Said>),
}

/// A line of a table: what can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// Its name.
    pub name: &'static str,
    /// The names of the facts that it comes with.
    pub facts: &'static [&'static str],
}

impl Said {
    /// With words alone.
    #[must_use]
    pub fn words(words: impl Into<String>) -> Said {
        Said { name: None, facts: Vec::new(), words: words.into() }
    }

    /// By its name, with its facts and its sentence in English.
    #[must_use]
    pub fn named(name: &'static str, facts: Vec<(&'static str, Fact)>, words: String) -> Said {
        let facts = facts.into_iter().map(|(name, fact)| (Cow::Borrowed(name), fact)).collect();
        Said { name: Some(Cow::Borrowed(name)), facts, words }
    }

    /// Its name; none where there are words alone.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The facts that it rests on, with their names.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.facts.iter().map(|(name, fact)| (name.as_ref(), fact))
    }

    /// One of its facts.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts().find(|(known, _)| *known == name).map(|(_, fact)| fact)
    }

    /// What it means, where its facts are text; none where there are words alone.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        let facts = self.facts.iter().map(|(name, fact)| (name.clone(), fact.to_string())).collect();
        Some(Meaning { name: self.name.clone()?, facts })
    }

    /// Its sentence in English.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// The same with no more than so many characters in the sentence and in each fact, so that it stays a line however long a value is.
    #[must_use]
    pub fn shortened(self, chars: usize) -> Said {
        let fact = |fact| match fact {
            Fact::Text(text) => Fact::Text(cut(text, chars)),
            Fact::Said(said) => Fact::Said(Box::new(said.shortened(chars))),
        };
        let facts = self.facts.into_iter().map(|(name, one)| (name, fact(one))).collect();
        Said { name: self.name, facts, words: cut(self.words, chars) }
    }
}

fn cut(mut text: String, chars: usize) -> String {
    if let Some((at, _)) = text.char_indices().nth(chars) {
        text.truncate(at);
        text.push('…');
    }
    text
}

/// Its sentence in English.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Said {}

impl PartialEq for Said {
    fn eq(&self, other: &Said) -> bool {
        self.words == other.words
    }
}

impl Hash for Said {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words.hash(state);
    }
}

/// With words alone.
impl From<String> for Said {
    fn from(words: String) -> Said {
        Said::words(words)
    }
}

/// What the system says; what a reader of ours put into the error has its name.
impl From<&std::io::Error> for Said {
    fn from(error: &std::io::Error) -> Said {
        let ours = error.get_ref().and_then(|inner| inner.downcast_ref::<Said>());
        ours.cloned().unwrap_or_else(|| Said::words(error.to_string()))
    }
}

impl From<Said> for String {
    fn from(said: Said) -> String {
        said.words
    }
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.words)
    }
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Said, D::Error> {
        String::deserialize(deserializer).map(Said::words)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Text(text) => f.write_str(text),
            Fact::Said(said) => said.fmt(f),
        }
    }
}

impl From<Said> for Fact {
    fn from(said: Said) -> Fact {
        Fact::Said(Box::new(said))
    }
}

impl From<&Said> for Fact {
    fn from(said: &Said) -> Fact {
        said.clone().into()
    }
}

macro_rules! text {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Fact {
            fn from(given: $kind) -> Fact {
                Fact::Text(given.to_string())
            }
        }
    )*};
}

text!(&str, &String, &&str, String, u8, u32, i16, i64, u64, usize);

/// A table of what can be said: `name(facts) = "sentence";` for each. It becomes a function for each line that makes a [`Said`], and `ALL`, which has them all. A sentence that names
/// a fact which is not given does not compile.
///
/// With `Out = make;` before the lines, the functions give what `make` makes of it, and facts are whatever can be written: where English words round a number, the words have what `{}` writes of
/// it and the fact is what `{:#}` does.
#[macro_export]
macro_rules! sayings {
    (@all $($name:ident($($fact:ident),*);)*) => {
        /// All of the table.
        pub const ALL: &[$crate::Saying] =
            &[$($crate::Saying { name: stringify!($name), facts: &[$(stringify!($fact)),*] }),*];
    };
    ($($name:ident($($fact:ident),*) = $sentence:literal;)*) => {
        $crate::sayings!(@all $($name($($fact),*);)*);

        $(
            #[doc = concat!("*", $sentence, "*")]
            #[must_use]
            pub fn $name($($fact: impl Into<$crate::Fact>),*) -> $crate::Said {
                $(let $fact: $crate::Fact = $fact.into();)*
                let words = format!($sentence);
                $crate::Said::named(stringify!($name), vec![$((stringify!($fact), $fact)),*], words)
            }
        )*
    };
    ($out:ty = $make:expr; $($name:ident($($fact:ident),*) = $sentence:literal;)*) => {
        $crate::sayings!(@all $($name($($fact),*);)*);

        $(
            #[doc = concat!("*", $sentence, "*")]
            #[must_use]
            pub fn $name($($fact: impl std::fmt::Display),*) -> $out {
                let facts = vec![$((stringify!($fact), $crate::Fact::Text(format!("{:#}", $fact)))),*];
                $(let $fact = $fact.to_string();)*
                $make($crate::Said::named(stringify!($name), facts, format!($sentence)))
            }
        )*
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of a number, which words round.
    struct Half(i64);

    impl fmt::Display for Half {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            if f.alternate() { write!(f, "{}", self.0) } else { write!(f, "about {}", self.0 / 2) }
        }
    }

    #[allow(unreachable_pub, reason = "a table is for others")]
    mod made {
        crate::sayings! {
            Option<crate::Said> = Some;
            cut(name, half) = "{name:?} was cut: {half} is left";
        }
    }

    #[test]
    fn a_table_may_make_something_of_it_and_round_a_number_in_words() {
        let said = made::cut("a\nb", Half(5)).unwrap();
        assert_eq!(said.to_string(), "\"a\\nb\" was cut: about 2 is left");
        let meaning = said.meaning().unwrap();
        assert_eq!((&*meaning.name, &*meaning.facts["name"], &*meaning.facts["half"]), ("cut", "a\nb", "5"));
        let written = serde_json::to_value(&meaning).unwrap();
        assert_eq!(written, serde_json::json!({ "name": "cut", "facts": { "name": "a\nb", "half": "5" } }));
        assert_eq!(serde_json::from_value::<Meaning>(written).unwrap(), meaning);
        assert_eq!(made::ALL, [Saying { name: "cut", facts: &["name", "half"] }]);
    }

    #[allow(unreachable_pub, reason = "a table is for others")]
    mod table {
        crate::sayings! {
            wrong_value(property, what) = "field '{property}': {what}";
            no_country(value) = "'{value}' is not a country";
            nothing() = "nothing";
        }
    }

    #[test]
    fn a_line_of_a_table_has_its_name_its_facts_and_its_sentence() {
        let said = table::wrong_value("flag", table::no_country("XX"));
        assert_eq!(said.to_string(), "field 'flag': 'XX' is not a country");
        assert_eq!(said.name(), Some("wrong_value"));
        assert_eq!(said.fact("property"), Some(&Fact::Text("flag".to_owned())));
        assert_eq!(said.fact("what"), Some(&table::no_country("XX").into()));
        assert_eq!(said.fact("value"), None);
        assert_eq!(table::nothing().to_string(), "nothing");
        assert_eq!(table::ALL[1], Saying { name: "no_country", facts: &["value"] });
    }

    #[test]
    fn programs_read_the_sentence_and_what_is_kept_has_everything() {
        let said = table::wrong_value("flag", table::no_country("XX"));
        assert_eq!(serde_json::to_string(&said).unwrap(), "\"field 'flag': 'XX' is not a country\"");
        let text = serde_json::to_string(&Kept::from(&said)).unwrap();
        let kept: Kept = serde_json::from_str(&text).unwrap();
        assert_eq!(Said::from(kept), said);
        assert_eq!(serde_json::from_str::<Said>("\"so\"").unwrap(), Said::words("so"));
        let bare: Kept = serde_json::from_str("{\"words\":\"so\"}").unwrap();
        assert_eq!(Said::from(bare), Said::words("so"));
        let before: Kept = serde_json::from_str("\"so\"").unwrap();
        assert_eq!(before.said(), Said::words("so"));
    }

    #[test]
    fn what_a_reader_of_ours_puts_into_an_error_of_the_system_keeps_its_name() {
        let ours = std::io::Error::other(table::no_country("XX"));
        assert_eq!(ours.to_string(), "'XX' is not a country");
        assert_eq!(Said::from(&ours).name(), Some("no_country"));
        let theirs = std::io::Error::from(std::io::ErrorKind::NotFound);
        assert_eq!(Said::from(&theirs), Said::words(theirs.to_string()));
    }

    #[test]
    fn a_long_value_is_cut_wherever_it_stands() {
        let said = table::wrong_value("flag", table::no_country("ş".repeat(50))).shortened(10);
        assert_eq!(said.to_string(), "field 'fla…");
        let Some(Fact::Said(what)) = said.fact("what") else { panic!() };
        assert_eq!(what.fact("value"), Some(&Fact::Text(format!("{}…", "ş".repeat(10)))));
        assert_eq!(table::nothing().shortened(10), table::nothing());
    }
}
