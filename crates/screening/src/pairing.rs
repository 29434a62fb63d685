//! Which units of two names may stand for one another.
//!
//! The rules that are the same whether the listed name lies in the index or was typed in beside the asked one: words joined
//! to one count against a single word only, at a price, and never against another joint, except for *abd* and what follows,
//! which are one word that happens to be written apart. Joined words must sound alike or stand in one list: nobody mistypes two words
//! as one.

use crate::{
    alignment::Pair,
    bits::Bits,
    likeness::{Asking, Costs, Joint, Likeness, likeness_of, shares_sound},
    shape::{AskedName, AskedUnit},
    term::Term,
};

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
            let Joint { channel, bits, cost } = likeness.joint?;
            let bits = Bits(i32::from(bits)) - costs.merge;
            if bits <= Bits::ZERO {
                return None;
            }
            likeness = Likeness { channel, bits, cost: Bits(i32::from(cost)) + costs.merge, joint: None };
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

#[cfg(test)]
mod tests {
    use mihenk_names::Bearer;

    use super::*;
    use crate::{
        comparison::Comparison,
        likeness::Channel,
        model::{Model, calibration::Score},
    };

    #[test]
    fn joined_words_are_alike_in_the_best_way_that_they_may_be() {
        let model = Model::built_in();
        let read = |text| AskedName::read(text, Bearer::Person, &model.rarity);
        // One letter typed wrong would give more evidence, but nobody mistypes two words as one.
        for (together, apart) in [("Zhenhai Li", "Chen-hai Li"), ("Chen-hai Li", "Zhenhai Li")] {
            let pairs = pairs(&read(together), &read(apart), &model.costs);
            let joined = pairs.iter().find(|p| p.asked_mask.count_ones() != p.listed_mask.count_ones());
            assert_eq!(joined.map(|p| p.likeness.channel), Some(Channel::Spelling), "{together} / {apart}");
        }
    }

    #[test]
    fn a_foreign_name_in_chinese_characters_is_held_against_the_name_it_spells() {
        let model = Model::built_in();
        let bits = |asked: &str, listed: &str| {
            let read = |text| AskedName::read(text, Bearer::Person, &model.rarity);
            let (asked, listed) = (read(asked), read(listed));
            let pairs = pairs(&asked, &listed, &model.costs);
            Comparison::new(asked.shape(), listed.shape(), pairs, &asked.together).bits(&model.weights).0
        };
        let needed = model.scale.bits_at(Score(7000));
        for (spelled, name, other) in [
            ("贝拉克·奥巴马", "Barack Obama", "Michelle Obama"),
            ("安格拉·默克尔", "Angela Merkel", "Angela Miller"),
            ("唐纳德·特朗普", "Donald Trump", "Donald Tusk"),
            ("谢尔盖·拉夫罗夫", "Sergey Lavrov", "Sergey Lazarev"),
            ("尼古拉斯·马杜罗", "Nicolas Maduro", "Nicolas Sarkozy"),
        ] {
            assert!(bits(spelled, name) >= needed && bits(name, spelled) >= needed, "{spelled} is {name}");
            assert!(bits(spelled, other) < needed && bits(other, spelled) < needed, "{spelled} is not {other}");
        }
    }
}
