//! Which units of two names may stand for one another.
//!
//! The rules that are the same whether the listed name lies in the index or was typed in beside the asked one: words joined
//! to one count against a single word only, at a price, and never against another joint, except for *abd* and what follows,
//! which are one word that happens to be written apart. Joined words must sound alike or stand in one list: nobody mistypes two words
//! as one.

use crate::{
    alignment::Pair,
    bits::Bits,
    likeness::{Asking, Costs, Likeness, likeness_of, shares_sound},
    shape::{AskedName, AskedUnit},
    term::Term,
};

/// Words joined to one may differ from the other side by this much: two liberties at once are one too many.
const JOINT_COST_MAX: Bits = Bits(350);

/// One side of a possible pair.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// Index of the unit in its name.
    pub unit: u8,
    /// The parts it covers.
    pub mask: u32,
    /// Whether it is *abd* and what follows, as one word.
    pub is_abd: bool,
}

impl Side {
    /// The side of a unit.
    #[must_use]
    pub fn of(unit: usize, mask: u32, form: &[u8]) -> Side {
        Side { unit: unit as u8, mask, is_abd: mask.count_ones() > 1 && form.starts_with(b"abd") }
    }

    /// Whether it joins several parts.
    #[must_use]
    pub fn is_merged(self) -> bool {
        self.mask.count_ones() > 1
    }
}

/// The pair, if the rules allow it.
#[must_use]
pub fn pair(asked: Side, listed: Side, mut likeness: Likeness, costs: &Costs) -> Option<Pair> {
    match (asked.is_merged(), listed.is_merged()) {
        (false, false) => {}
        (true, true) if asked.is_abd && listed.is_abd => {}
        (true, true) => return None,
        _ => {
            if likeness.cost > JOINT_COST_MAX || !likeness.by_sound {
                return None;
            }
            if likeness.bits <= costs.merge {
                return None;
            }
            likeness.bits = likeness.bits - costs.merge;
            likeness.cost += costs.merge;
        }
    }
    Some(Pair { asked: asked.unit, listed: listed.unit, asked_mask: asked.mask, listed_mask: listed.mask, likeness })
}

/// All pairs that two names allow.
#[must_use]
pub fn pairs(asked: &AskedName, listed: &AskedName, costs: &Costs) -> Vec<Pair> {
    let mut out = Vec::with_capacity(8);
    let others: Vec<(Side, Term)> =
        listed.units.iter().enumerate().map(|(j, unit)| (side(j, unit), unit.own.term())).collect();
    for (i, unit) in asked.units.iter().enumerate() {
        let (here, term) = (side(i, unit), unit.own.term());
        let asking = Asking::new(term);
        for (there, other) in &others {
            let may_be = match (here.is_merged(), there.is_merged()) {
                (false, false) => true,
                (true, true) => here.is_abd && there.is_abd,
                _ => shares_sound(&term, other),
            };
            if may_be {
                out.extend(likeness_of(&asking, other, costs).and_then(|found| pair(here, *there, found, costs)));
            }
        }
    }
    out
}

/// The side of a unit of a name that was read.
#[must_use]
pub fn side(at: usize, unit: &AskedUnit) -> Side {
    Side::of(at, unit.mask, unit.own.word.form.as_bytes())
}
