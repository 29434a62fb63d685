//! A name as a sequence of parts with their rarity, ready to be compared.
//!
//! [`Shape`] is what a comparison must know of a name besides the likeness of its words: which parts name, which are
//! initials, numbers, legal forms, and how rare each is. It is the same for an asked name (owned, [`AskedName`]) and for a
//! listed one (a slice of the index).

use std::sync::Arc;

use mihenk_names::{Bearer, Name, Role, Unit, name::is_abd};

use crate::{bits::Bits, rarity::Rarity, record::Fields, term::OwnTerm};

/// The role of a part, as a byte of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PartRole {
    /// Names its bearer.
    Word = 0,
    /// A single letter.
    Initial = 1,
    /// A number; the value.
    Number = 2,
    /// Often left out.
    Particle = 3,
    /// A title that is a name as well.
    Honorific = 4,
    /// A title.
    Title = 5,
    /// A legal form; code and family.
    LegalForm = 6,
}

impl PartRole {
    /// The role with that number.
    #[must_use]
    pub fn from_index(index: u8) -> Option<PartRole> {
        use PartRole::*;
        [Word, Initial, Number, Particle, Honorific, Title, LegalForm].get(usize::from(index)).copied()
    }
}

/// One part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartShape {
    /// What it does.
    pub role: PartRole,
    /// Which name of its bearer it is, where the record says so.
    pub field: Field,
    /// How rare it is, in bits.
    pub rarity: Bits,
    /// The number, or code and family of the legal form; 1 for the particle *abd*, which makes another name of the next word.
    pub value: u32,
}

impl PartShape {
    /// A part that says nothing, to fill arrays with.
    pub const NONE: PartShape = PartShape::new(PartRole::Particle, Bits::ZERO, 0);

    /// A part of which nobody says whether it is a given or a family name.
    #[must_use]
    pub const fn new(role: PartRole, rarity: Bits, value: u32) -> PartShape {
        PartShape { role, field: Field::Unsaid, rarity, value }
    }
}

/// Which name of a person a word is, by the fields of the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Field {
    /// The record does not say, or it says both.
    #[default]
    Unsaid = 0,
    /// A given name.
    Given = 1,
    /// A family name.
    Family = 2,
}

impl Field {
    /// The field with that number.
    #[must_use]
    pub fn from_index(index: u8) -> Field {
        match index {
            1 => Field::Given,
            2 => Field::Family,
            _ => Field::Unsaid,
        }
    }
}

/// The parts of a name; at most 24.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// What bears the name.
    pub bearer: Bearer,
    /// In the order of the name.
    pub parts: &'a [PartShape],
}

impl Shape<'_> {
    /// The parts with one of these roles, as a bit mask.
    #[must_use]
    pub fn mask(&self, wanted: impl Fn(PartRole) -> bool) -> u32 {
        let mut mask = 0;
        for (i, part) in self.parts.iter().enumerate() {
            mask |= u32::from(wanted(part.role)) << i;
        }
        mask
    }

    /// The parts that are the particle *abd*, as a bit mask.
    #[must_use]
    pub fn abd(&self) -> u32 {
        let mut mask = 0;
        for (i, part) in self.parts.iter().enumerate() {
            mask |= u32::from(part.role == PartRole::Particle && part.value == 1) << i;
        }
        mask
    }

    /// The parts with this field, as a bit mask.
    #[must_use]
    pub fn of_field(&self, field: Field) -> u32 {
        self.parts.iter().enumerate().fold(0, |mask, (i, part)| mask | u32::from(part.field == field) << i)
    }

    /// The numbers of the name, sorted.
    #[must_use]
    pub fn numbers(&self) -> Numbers {
        let mut numbers = Numbers::default();
        for part in self.parts.iter().filter(|p| p.role == PartRole::Number) {
            numbers.push(part.value);
        }
        numbers
    }
}

/// Up to four numbers of a name, sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    values: [u32; 4],
    len: usize,
}

impl Numbers {
    fn push(&mut self, value: u32) {
        if self.len < 4 {
            self.values[self.len] = value;
            self.len += 1;
            self.values[..self.len].sort_unstable();
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// A unit of an asked name.
#[derive(Clone, Debug)]
pub struct AskedUnit {
    /// Its word, with everything worked out.
    pub own: Arc<OwnTerm>,
    /// The parts it covers, as a bit mask.
    pub mask: u32,
    /// Its role.
    pub role: Role,
}

impl AskedUnit {
    /// Whether it joins several parts.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.mask.count_ones() > 1
    }
}

/// A name read and looked up in the model.
#[derive(Clone, Debug)]
pub struct AskedName {
    /// The name as read.
    pub name: Name,
    /// Its parts.
    pub parts: Vec<PartShape>,
    /// Its units, without numbers.
    pub units: Vec<AskedUnit>,
    /// For each part, by how much it and the next one together are commoner than apart.
    pub together: Vec<Bits>,
}

impl AskedName {
    /// Reads a name for a bearer and looks its words up.
    #[must_use]
    pub fn read(text: &str, bearer: Bearer, rarity: &Rarity) -> AskedName {
        AskedName::read_with(text, bearer, rarity, |unit| Arc::new(OwnTerm::new(unit.word(bearer), rarity.of(bearer))))
    }

    /// Reads a name for a bearer; `term` works a word out or remembers it.
    #[must_use]
    pub fn read_with(
        text: &str,
        bearer: Bearer,
        rarity: &Rarity,
        mut term: impl FnMut(&Unit) -> Arc<OwnTerm>,
    ) -> AskedName {
        AskedName::read_some_with(text, bearer, rarity, |unit| Some(term(unit)))
    }

    /// As [`AskedName::read_with`], without the neighbours read as one for which `term` has nothing: those that can stand for
    /// no word that the name will be compared with.
    #[must_use]
    pub fn read_some_with(
        text: &str,
        bearer: Bearer,
        rarity: &Rarity,
        mut term: impl FnMut(&Unit) -> Option<Arc<OwnTerm>>,
    ) -> AskedName {
        let name = Name::read(text, bearer);
        let masses = rarity.of(bearer);
        let mut units = Vec::with_capacity(2 * name.parts.len());
        let mut joints: Vec<(usize, Bits)> = Vec::new();
        name.each_unit(|unit| {
            if matches!(unit.role, Role::Number(_)) {
                return;
            }
            let mask = mask(unit);
            if mask.count_ones() == 2 {
                joints.extend(masses.pair(&unit.form).map(|joint| (usize::from(unit.first), joint)));
            }
            units.extend(term(unit).map(|own| AskedUnit { mask, role: unit.role, own }));
        });
        let parts = part_shapes(&name, &units);
        let mut together = vec![Bits::ZERO; parts.len()];
        for (first, joint) in joints {
            together[first] = (parts[first].rarity + parts[first + 1].rarity - joint).max(Bits::ZERO);
        }
        AskedName { name, parts, units, together }
    }

    /// Adds the neighbours read as one that a name read by [`AskedName::read_some_with`] was read without.
    pub fn add_joined(&mut self, mut term: impl FnMut(&Unit) -> Option<Arc<OwnTerm>>) {
        let AskedName { name, units, .. } = self;
        name.each_unit(|unit| {
            if unit.is_merged() {
                units.extend(term(unit).map(|own| AskedUnit { mask: mask(unit), role: unit.role, own }));
            }
        });
    }

    /// Takes over what a record says of the words of its names.
    pub fn say_fields(&mut self, fields: &Fields) {
        if fields.is_empty() {
            return;
        }
        for (part, read) in self.parts.iter_mut().zip(&self.name.parts) {
            part.field = fields.of_word(&read.form);
        }
    }

    /// Its parts.
    #[must_use]
    pub fn shape(&self) -> Shape<'_> {
        Shape { bearer: self.name.bearer, parts: &self.parts }
    }
}

/// *Abd* on one side only counts as much as a word that one in thirty people bears.
const ABD_RARITY: Bits = Bits(500);

fn mask(unit: &Unit) -> u32 {
    (unit.first..=unit.last).fold(0, |mask, i| mask | 1 << i)
}

fn part_shapes(name: &Name, units: &[AskedUnit]) -> Vec<PartShape> {
    let rarity_of = |i: usize| units.iter().find(|u| u.mask == 1 << i).map_or(Bits::ZERO, single_rarity);
    name.parts
        .iter()
        .enumerate()
        .map(|(i, part)| match part.role {
            Role::Word => PartShape::new(PartRole::Word, rarity_of(i), 0),
            Role::Initial => PartShape::new(PartRole::Initial, rarity_of(i), 0),
            Role::Honorific => PartShape::new(PartRole::Honorific, rarity_of(i), 0),
            Role::Number(value) => PartShape::new(PartRole::Number, Bits::ZERO, value),
            Role::Particle if is_abd(&part.form) => PartShape::new(PartRole::Particle, ABD_RARITY, 1),
            Role::Particle => PartShape::new(PartRole::Particle, Bits::ZERO, 0),
            Role::Title => PartShape::new(PartRole::Title, Bits::ZERO, 0),
            Role::LegalForm(code, family) => {
                PartShape::new(PartRole::LegalForm, Bits::ZERO, u32::from(family) << 16 | u32::from(code))
            }
        })
        .collect()
}

/// The rarity that counts when a part stays unexplained.
fn single_rarity(unit: &AskedUnit) -> Bits {
    match unit.role {
        Role::Initial => Bits(i32::from(unit.own.rarity.initial).min(300)),
        _ => unit.own.rarity.form_bits(),
    }
}
