//! What carries a word, in few bits: its consonants in their order, and what stands between them.
//!
//! No change of a consonant into nothing is so cheap that words would still be near to one another, and few consonants are written for
//! sounds that fall away. So the consonants of two near words stand side by side, and what changed is the sum over the places. In come the
//! sounds of a word, out comes its [`Frame`]; of two frames [`Apart`] tells in a few steps whether the words may be as near in sound as is
//! asked. Most words that share a key are told apart by it.

use mihenk_names::distance::{self, SOUND_DISTANCE_MAX, Writing};

/// Sounds that come and go between consonants.
const FALLING: &[u8] = b"aeiouywh";
/// The others; the place of one of them here, counted from one, is its number.
const CONSONANTS: &[u8] = b"kgxqtdTDszSZCcjpbfvlrmn";
const CONSONANT_BITS: u32 = 5;
const CONSONANT: u64 = (1 << CONSONANT_BITS) - 1;

/// What stands between two consonants: nothing, one of some sounds, or several sounds.
const CLASSES: [&[u8]; 8] = [b"", b"a", b"ei", b"ou", b"y", b"w", b"h", b""];
const SEVERAL: u32 = 7;
const GAP_BITS: u32 = 3;
const GAP: u32 = (1 << GAP_BITS) - 1;
/// Places between consonants, before and behind them, that there is room for.
const GAPS_MAX: u32 = 10;

/// Beyond this nothing is told apart: a consonant more could be the cheaper change.
pub(crate) const ROOM_MAX: i32 = 500;

/// The consonants of a word and what stands between these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// From the lowest bits on, one number for each.
    consonants: u64,
    /// From the lowest bits on, one class for each place.
    gaps: u32,
    /// How many consonants; [`Frame::ANY`] has more than fit.
    count: u8,
    /// What it costs at least, in hundredths of a bit and halved, when one of them is written as a sound that falls away.
    exchange: u8,
}

impl Frame {
    /// Of a word of which nothing is known.
    pub(crate) const ANY: Frame = Frame { consonants: 0, gaps: 0, count: u8::MAX, exchange: 0 };
}

/// What it costs at least when two words differ, place by place, in hundredths of a bit.
#[derive(Debug)]
pub(crate) struct Apart {
    consonants: Box<[u16; 1 << (2 * CONSONANT_BITS)]>,
    gaps: [u16; 1 << (2 * GAP_BITS)],
    /// For each consonant, what [`Frame::exchange`] says of it.
    exchanges: [u8; 1 << CONSONANT_BITS],
}

impl Apart {
    /// Of words that are written alike.
    pub(crate) fn of_alike() -> Apart {
        let cost = |a: &[u8], b: &[u8]| distance::sound(a, b, Writing::Alike, SOUND_DISTANCE_MAX).unwrap_or(i32::MAX);
        let sound = |number: usize| CONSONANTS.get(number.wrapping_sub(1)).map(std::slice::from_ref);
        let mut out = Apart {
            consonants: Box::new([0; 1 << (2 * CONSONANT_BITS)]),
            gaps: [0; 1 << (2 * GAP_BITS)],
            exchanges: [u8::MAX; 1 << CONSONANT_BITS],
        };
        for (pair, apart) in out.consonants.iter_mut().enumerate() {
            if let (Some(a), Some(b)) = (sound(pair >> CONSONANT_BITS), sound(pair & CONSONANT as usize)) {
                *apart = cost(a, b) as u16;
            }
        }
        let several: Vec<[u8; 2]> = FALLING.iter().flat_map(|&a| FALLING.iter().map(move |&b| [a, b])).collect();
        let each = |class: usize| -> Vec<&[u8]> {
            match CLASSES[class] {
                // Of more than two sounds two are left, and the others cost something.
                [] if class == SEVERAL as usize => several.iter().map(|both| &both[..]).collect(),
                [] => vec![&b""[..]],
                sounds => sounds.chunks(1).collect(),
            }
        };
        for (pair, apart) in out.gaps.iter_mut().enumerate() {
            let (ones, others) = (each(pair >> GAP_BITS), each(pair & GAP as usize));
            let pairs = ones.iter().flat_map(|a| others.iter().map(move |b| cost(a, b)));
            *apart = pairs.min().unwrap_or(0) as u16;
        }
        for (number, exchange) in out.exchanges.iter_mut().enumerate() {
            let Some(consonant) = sound(number) else { continue };
            let least = FALLING.iter().map(|falling| cost(consonant, std::slice::from_ref(falling))).min();
            *exchange = (least.unwrap_or(i32::MAX) / 2).min(i32::from(u8::MAX)) as u8;
        }
        out
    }

    /// The frame of the sounds of a word.
    pub(crate) fn frame(&self, sounds: &[u8]) -> Frame {
        let mut frame = Frame { consonants: 0, gaps: 0, count: 0, exchange: u8::MAX };
        let mut gap = 0;
        for &sound in sounds {
            if FALLING.contains(&sound) {
                let class =
                    CLASSES.iter().position(|class| class.contains(&sound)).map_or(SEVERAL, |class| class as u32);
                gap = if gap == 0 { class } else { SEVERAL };
                continue;
            }
            let at = u32::from(frame.count);
            let Some(number) = CONSONANTS.iter().position(|&consonant| consonant == sound) else { return Frame::ANY };
            if at + 1 >= GAPS_MAX {
                return Frame::ANY;
            }
            frame.consonants |= (number as u64 + 1) << (CONSONANT_BITS * at);
            frame.gaps |= gap << (GAP_BITS * at);
            frame.exchange = frame.exchange.min(self.exchanges[number + 1]);
            (frame.count, gap) = (frame.count + 1, 0);
        }
        frame.gaps |= gap << (GAP_BITS * u32::from(frame.count));
        frame
    }

    /// Whether two words may be as near in sound as `room` hundredths of a bit; says yes too often.
    #[inline]
    pub(crate) fn may_be_within(&self, a: &Frame, b: &Frame, room: i32) -> bool {
        if *a == Frame::ANY || *b == Frame::ANY || room > ROOM_MAX {
            return true;
        }
        // One consonant is another word's *h* or *w*: as many as there are more, and of as many one of each word.
        let more = i32::from(a.count) - i32::from(b.count);
        let exchanges = 2 * match more {
            0 => i32::from(a.exchange) + i32::from(b.exchange),
            1.. => i32::from(a.exchange) * more,
            _ => i32::from(b.exchange) * -more,
        };
        exchanges <= room || more == 0 && self.side_by_side(a, b, room)
    }

    /// Whether words of as many consonants may be as near, one consonant beside the other.
    fn side_by_side(&self, a: &Frame, b: &Frame, room: i32) -> bool {
        let mut left = room;
        let mut differing = a.consonants ^ b.consonants;
        while differing != 0 {
            let at = differing.trailing_zeros() / CONSONANT_BITS * CONSONANT_BITS;
            let pair = (a.consonants >> at & CONSONANT) << CONSONANT_BITS | b.consonants >> at & CONSONANT;
            left -= i32::from(self.consonants[pair as usize]);
            if left < 0 {
                return false;
            }
            differing &= !(CONSONANT << at);
        }
        let mut differing = a.gaps ^ b.gaps;
        while differing != 0 {
            let at = differing.trailing_zeros() / GAP_BITS * GAP_BITS;
            let pair = (a.gaps >> at & GAP) << GAP_BITS | b.gaps >> at & GAP;
            left -= i32::from(self.gaps[pair as usize]);
            differing &= !(GAP << at);
        }
        left >= 0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use mihenk_names::sound::Sound;
    use proptest::prelude::*;

    use super::*;

    static APART: LazyLock<Apart> = LazyLock::new(Apart::of_alike);

    /// The least room in which two words may be near, in steps of ten.
    fn least(a: &str, b: &str) -> i32 {
        let frame = |word: &str| APART.frame(Sound::of(word).as_bytes());
        (0..=ROOM_MAX).step_by(10).find(|&room| APART.may_be_within(&frame(a), &frame(b), room)).unwrap_or(i32::MAX)
    }

    #[test]
    fn other_vowels_and_consonants_are_seen() {
        assert_eq!(least("karim", "karim"), 0);
        assert_eq!(least("karim", "kerim"), 100, "e for a");
        assert_eq!(least("basam", "besim"), 100 + 100, "e or i for a, twice");
        assert_eq!(least("samt", "swaimt"), 100, "a vowel less beside another, whatever the others are");
        assert_eq!(least("smt", "saimt"), 200, "two of them");
        assert_eq!(least("samat", "smt"), 180 + 180, "two vowels more");
        assert_eq!(least("karim", "garim"), 200, "g for k");
        assert_eq!(least("karim", "karin"), 350, "n for m");
        assert_eq!(least("karim", "kasim"), i32::MAX, "no spelling of r is s");
        assert_eq!(least("mohamed", "mahmad"), 100, "a for e; the other place has several sounds in both");
        assert_eq!(least("karim", "karimi"), 180);
        assert_eq!(least("karim", "karimt"), 400, "k for h, though nothing is left to be the t: that is not seen");
    }

    #[test]
    fn a_consonant_that_may_be_an_h_or_a_w_stands_anywhere() {
        assert_eq!(least("vali", "wali"), 70);
        assert_eq!(least("khadija", "hadija"), 100);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn no_words_are_nearer_than_their_frames_allow(
            word in "[aeiouywhkgxqtdTDszSZCcjpbfvlrmn]{0,9}",
            changes in prop::collection::vec((0usize..4, 0usize..10, "[aeiouywhkgxqtdTDszSZCcjpbfvlrmn0]"), 0..4),
        ) {
            let (a, mut b) = (word.clone().into_bytes(), word.into_bytes());
            for (how, at, sound) in changes {
                let (at, sound) = (at % (b.len() + 1), sound.as_bytes()[0]);
                match how {
                    0 => b.insert(at, sound),
                    1 if at < b.len() => drop(b.remove(at)),
                    2 if at + 1 < b.len() => b.swap(at, at + 1),
                    _ if at < b.len() => b[at] = sound,
                    _ => {}
                }
            }
            if let Some(apart) = distance::sound(&a, &b, Writing::Alike, ROOM_MAX) {
                prop_assert!(APART.may_be_within(&APART.frame(&a), &APART.frame(&b), apart), "{a:?} {b:?} {apart}");
            }
        }
    }
}
