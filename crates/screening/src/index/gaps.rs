//! What stands between the consonants of a word, in few bits.
//!
//! Words that share their consonants are near to one another if what stands between these is alike. In come the sounds of a word, out
//! come its [`Gaps`]; of the gaps of a word of a text and of a listed one it is seen in a few steps how far the two words are apart at
//! least ([`Apart`]). Most words that share their coarse consonants are told apart by it.

use mihenk_names::distance::{self, Writing};

/// What stands before, between and behind the consonants of a word, three bits for each place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gaps(u32);

/// Sounds that fall away in coarse consonants.
const FALLING: &[u8] = b"aeiouywh";

/// Classes of what stands in one place: nothing, one of some sounds, or several sounds.
const CLASSES: [&[u8]; 8] = [b"", b"a", b"ei", b"ou", b"y", b"w", b"h", b""];
const SEVERAL: u32 = 7;
/// Bits of a place, and places that there is room for.
const BITS: u32 = 3;
const PLACES: u32 = 10;

impl Gaps {
    /// Of these it is not known how far they are apart from others.
    pub(crate) const ANY: Gaps = Gaps(u32::MAX);

    /// Of the sounds of a word.
    pub(crate) fn of(sounds: &[u8]) -> Gaps {
        let (mut all, mut places, mut here, mut before) = (0, 0, 0, 0);
        for &sound in sounds {
            if FALLING.contains(&sound) {
                let class =
                    CLASSES.iter().position(|class| class.contains(&sound)).map_or(SEVERAL, |class| class as u32);
                here = if here == 0 { class } else { SEVERAL };
                continue;
            }
            // Two consonants that may count as one leave no place between them.
            let consonant = classes_of(sound);
            if consonant & before != 0 || places + 1 >= PLACES {
                return Gaps::ANY;
            }
            all |= here << (BITS * places);
            (places, here, before) = (places + 1, 0, consonant);
        }
        Gaps(all | here << (BITS * places))
    }
}

/// The classes of consonants that a sound may count in, one bit each.
fn classes_of(sound: u8) -> u32 {
    match sound {
        b'g' => 3,
        b'k' | b'x' | b'q' => 1,
        b's' | b'z' | b'S' | b'Z' | b'C' | b'c' | b'j' => 2,
        b'T' | b'D' => 6,
        b't' | b'd' => 4,
        b'p' | b'b' => 8,
        b'f' | b'v' => 16,
        other => 1 << (u32::from(other) & 31),
    }
}

/// How far two places are apart at least, in hundredths of a bit; two places of each word at once.
#[derive(Debug)]
pub(crate) struct Apart(Box<[u16; 1 << (4 * BITS)]>);

impl Apart {
    /// Of words that are written alike.
    pub(crate) fn of_alike() -> Apart {
        let each = |class: usize| {
            let sounds = CLASSES[class].chunks(1);
            sounds.chain((class == 0).then_some(&b""[..]))
        };
        let one = |a: usize, b: usize| {
            let pairs = each(a).flat_map(|a| each(b).map(move |b| (a, b)));
            pairs
                .filter_map(|(a, b)| distance::sound(a, b, Writing::Alike, distance::SOUND_DISTANCE_MAX))
                .min()
                .unwrap_or(0)
        };
        let mut all = Box::new([0; 1 << (4 * BITS)]);
        for (pair, apart) in all.iter_mut().enumerate() {
            let class = |at: u32| pair >> (BITS * at) & SEVERAL as usize;
            *apart = (one(class(0), class(2)) + one(class(1), class(3))) as u16;
        }
        Apart(all)
    }

    /// How far two words that share their consonants are apart at least.
    #[inline]
    pub(crate) fn least(&self, first: Gaps, second: Gaps) -> i32 {
        const PAIR: u32 = (1 << (2 * BITS)) - 1;
        if first == Gaps::ANY || second == Gaps::ANY {
            return 0;
        }
        let (mut a, mut b, mut sum) = (first.0, second.0, 0);
        while a | b != 0 {
            sum += i32::from(self.0[(a & PAIR | (b & PAIR) << (2 * BITS)) as usize]);
            (a, b) = (a >> (2 * BITS), b >> (2 * BITS));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use mihenk_names::sound::Sound;
    use proptest::prelude::*;

    use super::*;

    fn least(a: &str, b: &str) -> i32 {
        Apart::of_alike().least(Gaps::of(Sound::of(a).as_bytes()), Gaps::of(Sound::of(b).as_bytes()))
    }

    #[test]
    fn other_vowels_are_seen_and_several_say_nothing() {
        assert_eq!(least("karim", "karim"), 0);
        assert_eq!(least("karim", "kerim"), 100, "e for a");
        assert_eq!(least("basam", "besim"), 100 + 130 - 30, "a for e, and i or e for a");
        assert_eq!(least("samt", "swaimt"), 0, "several sounds");
        assert_eq!(least("samat", "smt"), 180 + 180, "two vowels more");
    }

    proptest! {
        #[test]
        fn no_words_with_the_same_consonants_are_nearer_than_their_gaps(
            parts in prop::collection::vec(("[bdfgjklmnrstz]|sh|kh|ch|th|dh|zh", "[aeiouywh]{0,2}", "[aeiouywh]{0,2}"), 1..6), a_end in "[aeiouyh]{0,1}", b_end in "[aeiouyh]{0,1}"
        ) {
            let word = |of: fn(&(String, String, String)) -> &String, end: &str| -> String {
                parts.iter().flat_map(|part| [of(part).as_str(), part.0.as_str()]).chain([end]).collect()
            };
            let (a, b) = (word(|part| &part.1, &a_end), word(|part| &part.2, &b_end));
            let (x, y) = (Sound::of(&a), Sound::of(&b));
            prop_assume!(x.coarse().shares(&y.coarse()));
            // So near as is of interest anywhere.
            let apart = distance::sound(x.as_bytes(), y.as_bytes(), Writing::Alike, 350);
            if let Some(apart) = apart {
                prop_assert!(least(&a, &b) <= apart, "{a} {b}");
            }
        }
    }
}
