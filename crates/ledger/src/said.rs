//! What the program says: sentences of tables, each with a name, the facts that it rests on, and its words in English.
//!
//! A table ([`sayings!`](crate::sayings)) makes a function of each line, so that a sentence which names a fact that is not given does not compile. Out comes a [`Said`]: in English by
//! `Display`, and as a [`Meaning`] for pages, which look the name up and say the same in other languages. A fact is text as a person reads it; days are written as 2026-11-26, minutes as
//! 2026-11-26 09:30 (UTC), states and kinds by their words. Where a fact is a number that English words round or write out, the words are what `{}` writes of it and the fact what `{:#}` does.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt::{self, Display},
};

use serde::{Deserialize, Serialize};

/// A line of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// Its name.
    pub name: &'static str,
    /// The names of the facts that it comes with.
    pub facts: &'static [&'static str],
}

/// What a sentence means, without words of a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// The name of the line in its table.
    pub name: Cow<'static, str>,
    /// Its facts, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<Cow<'static, str>, String>,
}

/// A sentence. It is written (and read) as its words in English; two that say the same are the same.
#[derive(Clone, Debug, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Said {
    meaning: Option<Meaning>,
    words: String,
}

impl Said {
    /// A line of a table with its facts; for the macro.
    #[doc(hidden)]
    #[must_use]
    pub fn of<const N: usize>(name: &'static str, facts: [(&'static str, String); N], words: String) -> Said {
        let facts = facts.into_iter().map(|(name, fact)| (Cow::Borrowed(name), fact)).collect();
        Said { meaning: Some(Meaning { name: Cow::Borrowed(name), facts }), words }
    }

    /// What it means; none where there are words alone.
    #[must_use]
    pub fn meaning(&self) -> Option<&Meaning> {
        self.meaning.as_ref()
    }

    /// In English.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

impl PartialEq for Said {
    fn eq(&self, other: &Said) -> bool {
        self.words == other.words
    }
}

/// With words alone.
impl From<String> for Said {
    fn from(words: String) -> Said {
        Said { meaning: None, words }
    }
}

impl From<Said> for String {
    fn from(said: Said) -> String {
        said.words
    }
}

/// In English.
impl Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Makes a table of sentences: `ALL` with every line, and a function for each, which gives what is made of the [`Said`](crate::said::Said).
///
/// First stands what the functions give and how it is made; then the lines, `name(fact, …) = "sentence with {fact}";`.
#[macro_export]
macro_rules! sayings {
    ($out:ty = $make:expr; $($name:ident($($fact:ident),*) = $sentence:literal;)*) => {
        /// All lines of the table.
        pub const ALL: &[$crate::said::Saying] =
            &[$($crate::said::Saying { name: stringify!($name), facts: &[$(stringify!($fact)),*] }),*];

        $(
            #[doc = concat!("*", $sentence, "*")]
            #[must_use]
            pub fn $name($($fact: impl std::fmt::Display),*) -> $out {
                let facts = [$((stringify!($fact), format!("{:#}", $fact))),*];
                $(let $fact = $fact.to_string();)*
                $make($crate::said::Said::of(stringify!($name), facts, format!($sentence)))
            }
        )*
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of a number, which words round.
    struct Half(i64);

    impl Display for Half {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            if f.alternate() { write!(f, "{}", self.0) } else { write!(f, "about {}", self.0 / 2) }
        }
    }

    #[allow(unreachable_pub)] // tables are public, this one is for the tests alone
    mod table {
        sayings! {
            crate::said::Said = std::convert::identity;
            cut(name, half) = "{name:?} was cut: {half} is left";
            nothing() = "nothing";
        }
    }

    #[test]
    fn a_sentence_has_its_name_its_facts_and_its_words() {
        let said = table::cut("a\nb", Half(5));
        assert_eq!(said.to_string(), "\"a\\nb\" was cut: about 2 is left");
        let meaning = said.meaning().unwrap();
        assert_eq!((&*meaning.name, &*meaning.facts["name"], &*meaning.facts["half"]), ("cut", "a\nb", "5"));
        assert_eq!(table::ALL[0], Saying { name: "cut", facts: &["name", "half"] });
        assert_eq!(table::nothing().meaning().unwrap().facts.len(), 0);
    }

    #[test]
    fn it_is_written_as_its_words_and_its_meaning_by_itself() {
        let said = table::cut("a", Half(4));
        assert_eq!(serde_json::to_value(&said).unwrap(), "\"a\" was cut: about 2 is left");
        let read: Said = serde_json::from_value(serde_json::to_value(&said).unwrap()).unwrap();
        assert_eq!((read.meaning(), read == said), (None, true));
        let meaning = serde_json::to_value(said.meaning().unwrap()).unwrap();
        assert_eq!(meaning, serde_json::json!({ "name": "cut", "facts": { "name": "a", "half": "4" } }));
        assert_eq!(serde_json::from_value::<Meaning>(meaning).ok().as_ref(), said.meaning());
    }
}
