//! The model: everything that turns observations into evidence, in one file with an id.
//!
//! A model holds how common words are ([`Rarity`]), what a change costs ([`Costs`]), what each observation is worth
//! ([`Weights`]), where the recommended threshold lies and how evidence becomes a probability ([`Calibration`]), and an
//! account of what it was made from and how it was measured ([`About`]). Lists are not part of it: a list update never
//! changes a model. [`mod@file`] reads and writes it, [`crate::fit`] and `mihenk model build` make it.

pub mod calibration;
pub mod file;

pub use self::calibration::{Calibration, Scale};
use crate::{likeness::Costs, rarity::Rarity, weights::Weights};
use mihenk_entities::country::Country;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A model, ready to use.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// How common words are.
    pub rarity: Rarity,
    /// What a change of a word costs.
    pub costs: Costs,
    /// What each observation is worth.
    pub weights: Weights,
    /// Where the score has its threshold.
    pub scale: Scale,
    /// How the evidence of the best hit on a list becomes a probability.
    pub calibration: Calibration,
    /// How the evidence of two names without a list becomes a probability.
    pub of_pairs: Calibration,
    /// How telling each country is, in hundredths of a bit.
    pub countries: Countries,
    /// What it was made from and how it was measured.
    pub about: About,
    id: [u8; 32],
}

/// Evidence of a shared country: −log2 of its share of the listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Countries(pub FxHashMap<Country, i32>);

impl Countries {
    /// A country that no list names is as telling as the rarest may be.
    const UNSEEN: i32 = 300;

    /// How telling a country is, in hundredths of a bit, at most three bits.
    #[must_use]
    pub fn bits(&self, country: Country) -> i32 {
        self.0.get(&country).copied().unwrap_or(Countries::UNSEEN)
    }
}

/// What a model was made from, in words and figures, for a person to read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// One line: what it is.
    pub title: String,
    /// Each input: what it is, and how much of it there was.
    pub inputs: Vec<String>,
    /// Each measurement: of what, and the figure.
    pub measured: Vec<String>,
}

impl Model {
    /// The model's id: the SHA-256 of its file.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        self.id
    }

    /// The first twelve hexadecimal digits of the id, for people.
    #[must_use]
    pub fn short_id(&self) -> String {
        crate::index::hex(&self.id[..6])
    }

    /// The model that comes with the program.
    ///
    /// # Panics
    /// Never: the built-in file is compiled in, and a test reads it.
    #[must_use]
    pub fn built_in() -> Model {
        let bytes = include_bytes!("../../../data/model.bin");
        Model::from_bytes(bytes).unwrap_or_else(|e| unreachable!("the built-in model is read in a test: {e}"))
    }
}
