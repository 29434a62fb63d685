//! Something said as it is kept in a file: with its name and its facts, so that pages of any language can say it later.
//!
//! In comes a [`Said`], out comes JSON, and the other way. What another version of the program has kept may have a name that this one does not know; its sentence is still there.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Fact, Said};

/// Something said, with all of it. A bare text, as it was kept before it had a name, is words alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Kept {
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<(Cow<'static, str>, KeptFact)>,
}

/// What stands in a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Words(String),
    Whole {
        words: String,
        #[serde(default)]
        name: Option<Cow<'static, str>>,
        #[serde(default)]
        facts: Vec<(Cow<'static, str>, KeptFact)>,
    },
}

impl From<Written> for Kept {
    fn from(written: Written) -> Kept {
        match written {
            Written::Words(words) => Kept { words, name: None, facts: Vec::new() },
            Written::Whole { words, name, facts } => Kept { words, name, facts },
        }
    }
}

impl Kept {
    /// What was said.
    #[must_use]
    pub fn said(&self) -> Said {
        self.clone().into()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum KeptFact {
    Text(String),
    Said(Box<Kept>),
}

impl From<&Said> for Kept {
    fn from(said: &Said) -> Kept {
        let fact = |fact: &Fact| match fact {
            Fact::Text(text) => KeptFact::Text(text.clone()),
            Fact::Said(said) => KeptFact::Said(Box::new(Kept::from(said.as_ref()))),
        };
        let facts = said.facts.iter().map(|(name, one)| (name.clone(), fact(one))).collect();
        Kept { words: said.words.clone(), name: said.name.clone(), facts }
    }
}

impl From<Kept> for Said {
    fn from(kept: Kept) -> Said {
        let fact = |fact| match fact {
            KeptFact::Text(text) => Fact::Text(text),
            KeptFact::Said(kept) => Fact::Said(Box::new(Said::from(*kept))),
        };
        let facts = kept.facts.into_iter().map(|(name, one)| (name, fact(one))).collect();
        Said { name: kept.name, facts, words: kept.words }
    }
}
