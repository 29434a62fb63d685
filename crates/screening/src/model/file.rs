//! The model file.
//!
//! ```text
//! "MIHENKMO"  magic
//! u32         format version
//! u32         length of the head
//! head        JSON: costs, weights by name, scale, calibration, countries, about
//! per bearer  u32 floor, u32 number of entries, then the entries: key u32 each, then mass u32 each
//! ```
//!
//! Numbers are little-endian, entries sorted by key. The id of a model is the SHA-256 of these bytes. A word itself is not
//! in the file, only hashed keys with their mass: a model made from customers names nobody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use mihenk_entities::country::Country;

use super::{About, Calibration, Countries, Model, Scale};
use crate::{
    bits::Bits,
    likeness::Costs,
    rarity::{Masses, Rarity},
    weights::{FEATURES, Feature, Weights},
};

const MAGIC: &[u8; 8] = b"MIHENKMO";
const FORMAT: u32 = 2;

/// Why a file is no model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model file.
    #[error("not a Mihenk model file")]
    NotAModel,
    /// Another format.
    #[error(
        "the model file has format {0}, this program reads {FORMAT}; make the model anew with 'mihenk model build'"
    )]
    Format(u32),
    /// The file is cut or altered.
    #[error("the model file is damaged: {0}")]
    Damaged(String),
}

#[derive(Serialize, Deserialize)]
struct Head {
    about: About,
    costs: BTreeMap<String, i32>,
    weights: BTreeMap<String, i32>,
    threshold: i32,
    calibration: Vec<(i32, i32)>,
    calibration_of_pairs: Vec<(i32, i32)>,
    countries: BTreeMap<String, i32>,
}

impl Model {
    /// Puts a model together; its id is that of the file it would be.
    #[must_use]
    pub fn new(mut parts: Model) -> Model {
        let bytes = parts.to_bytes();
        parts.id = Sha256::digest(&bytes).into();
        parts
    }

    /// The bytes of the model file.
    ///
    /// # Panics
    /// Never: the head holds only texts and numbers, which JSON can always write.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = Head {
            about: self.about.clone(),
            costs: costs_by_name(&self.costs),
            weights: Feature::ALL.iter().map(|f| (format!("{f:?}"), self.weights.of(*f))).collect(),
            threshold: self.scale.threshold.0,
            calibration: self.calibration.points.clone(),
            calibration_of_pairs: self.of_pairs.points.clone(),
            countries: self.countries.0.iter().map(|(c, b)| (c.code().to_owned(), *b)).collect(),
        };
        let head = serde_json::to_vec(&head).unwrap_or_default();
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&(head.len() as u32).to_le_bytes());
        out.extend_from_slice(&head);
        for masses in &self.rarity.each {
            out.extend_from_slice(&masses.floor().to_le_bytes());
            out.extend_from_slice(&(masses.entries().len() as u32).to_le_bytes());
            out.extend(masses.entries().iter().flat_map(|e| e.0.to_le_bytes()));
            out.extend(masses.entries().iter().flat_map(|e| e.1.to_le_bytes()));
        }
        out
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelError`] says what is wrong with it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let mut reader = Reader { rest: bytes };
        if !reader.take(8).is_ok_and(|magic| magic == MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let format = reader.number()?;
        if format != FORMAT {
            return Err(ModelError::Format(format));
        }
        let head_len = reader.number()? as usize;
        let head: Head =
            serde_json::from_slice(reader.take(head_len)?).map_err(|e| ModelError::Damaged(e.to_string()))?;
        let mut rarity = Rarity::default();
        for masses in &mut rarity.each {
            *masses = reader.masses()?;
        }
        if !reader.rest.is_empty() {
            return Err(ModelError::Damaged(format!("{} bytes too many", reader.rest.len())));
        }
        Ok(Model {
            rarity,
            costs: costs_from_names(&head.costs)?,
            weights: weights_from_names(&head.weights)?,
            scale: Scale { threshold: Bits(head.threshold) },
            calibration: calibration(head.calibration)?,
            of_pairs: calibration(head.calibration_of_pairs)?,
            countries: countries(&head.countries)?,
            about: head.about,
            id: Sha256::digest(bytes).into(),
        })
    }
}

/// A model in words and figures, for people and scripts.
#[derive(Clone, Debug, Serialize)]
pub struct Described {
    /// The whole id, in hexadecimal.
    pub id: String,
    /// What it was made from and how it was measured.
    pub about: About,
    /// The evidence at the recommended threshold, in bits.
    pub threshold: f64,
    /// How many keys of names it knows, for each kind of bearer.
    pub known: Vec<String>,
    /// Every weight, in bits.
    pub weights: Vec<(String, f64)>,
    /// Every cost of a change, in bits.
    pub costs: Vec<(String, f64)>,
    /// Evidence of a best hit against log2 odds at even prior odds, in bits.
    pub calibration: Vec<(f64, f64)>,
    /// The same for two names without a list.
    pub calibration_of_pairs: Vec<(f64, f64)>,
}

impl Model {
    /// Everything but the rarities, in words and figures.
    #[must_use]
    pub fn described(&self) -> Described {
        let bits = |hundredths: i32| f64::from(hundredths) / 100.0;
        let points = |calibration: &Calibration| -> Vec<(f64, f64)> {
            calibration.points.iter().map(|(a, b)| (bits(*a), bits(*b))).collect()
        };
        let kinds = ["people", "organisations", "vessels"];
        let known = kinds.iter().zip(&self.rarity.each).map(|(kind, m)| format!("{} of {kind}", m.entries().len()));
        Described {
            id: crate::index::hex(&self.id),
            about: self.about.clone(),
            threshold: self.scale.threshold.as_f64(),
            known: known.collect(),
            weights: Feature::ALL.iter().map(|f| (format!("{f:?}"), bits(self.weights.of(*f)))).collect(),
            costs: costs_by_name(&self.costs).into_iter().map(|(name, cost)| (name, bits(cost))).collect(),
            calibration: points(&self.calibration),
            calibration_of_pairs: points(&self.of_pairs),
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], ModelError> {
        let cut = || ModelError::Damaged(format!("it ends {} bytes too early", len - self.rest.len()));
        let (taken, rest) = self.rest.split_at_checked(len).ok_or_else(cut)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        let mut number = [0; 4];
        number.copy_from_slice(self.take(4)?);
        Ok(u32::from_le_bytes(number))
    }

    fn masses(&mut self) -> Result<Masses, ModelError> {
        let (floor, count) = (self.number()?, self.number()? as usize);
        let numbers =
            |bytes: &[u8]| -> Vec<u32> { bytes.as_chunks::<4>().0.iter().map(|c| u32::from_le_bytes(*c)).collect() };
        let keys = numbers(self.take(count * 4)?);
        let values = numbers(self.take(count * 4)?);
        if !keys.is_sorted() {
            return Err(ModelError::Damaged("its keys are not in order".into()));
        }
        Ok(Masses::new(keys.into_iter().zip(values).collect(), floor))
    }
}

/// Every cost with the name it has in the file.
fn costs_table(costs: &mut Costs) -> [(&'static str, &mut Bits); 14] {
    let [one, two, three] = &mut costs.typo;
    [
        ("one letter typed wrong", one),
        ("two letters typed wrong", two),
        ("three letters typed wrong", three),
        ("another spelling", &mut costs.spelling),
        ("another spelling of the same broad sound", &mut costs.broad),
        ("another form of the name", &mut costs.variant),
        ("a short form of the name", &mut costs.short_form),
        ("written without vowels", &mut costs.unvowelled),
        ("letters that look alike", &mut costs.visual),
        ("letters in disorder", &mut costs.disorder),
        ("an initial", &mut costs.initial),
        ("a syllable without its tone", &mut costs.syllable),
        ("both are names, and of different kinds", &mut costs.known_apart),
        ("two words written as one", &mut costs.merge),
    ]
}

fn costs_by_name(costs: &Costs) -> BTreeMap<String, i32> {
    costs_table(&mut costs.clone()).into_iter().map(|(name, cost)| (name.to_owned(), cost.0)).collect()
}

fn costs_from_names(names: &BTreeMap<String, i32>) -> Result<Costs, ModelError> {
    let mut costs = Costs::default();
    for (name, cost) in costs_table(&mut costs) {
        *cost = Bits(*names.get(name).ok_or_else(|| ModelError::Damaged(format!("the cost of '{name}' is missing")))?);
    }
    Ok(costs)
}

fn weights_from_names(names: &BTreeMap<String, i32>) -> Result<Weights, ModelError> {
    let mut weights = Weights([0; FEATURES]);
    for feature in Feature::ALL {
        let name = format!("{feature:?}");
        let missing = || ModelError::Damaged(format!("the weight of '{name}' is missing"));
        weights.0[feature as usize] = *names.get(&name).ok_or_else(missing)?;
    }
    Ok(weights)
}

fn calibration(points: Vec<(i32, i32)>) -> Result<Calibration, ModelError> {
    let rises = points.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1);
    if points.len() < 2 || !rises {
        return Err(ModelError::Damaged("its calibration does not rise".into()));
    }
    Ok(Calibration { points })
}

fn countries(codes: &BTreeMap<String, i32>) -> Result<Countries, ModelError> {
    let mut out = Countries::default();
    for (code, bits) in codes {
        let country = Country::parse(code).ok_or_else(|| ModelError::Damaged(format!("'{code}' is no country")))?;
        out.0.insert(country, *bits);
    }
    Ok(out)
}
