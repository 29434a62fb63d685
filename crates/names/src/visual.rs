//! What a scanner or a tired eye confuses: `rn` and `m`, `0` and `o`, `1` and `l`.
//!
//! In comes a form, out comes its fold: two forms with one fold look alike. The classes are the usual confusions of optical
//! character recognition. The fold is for comparing only.

/// The visual fold of a romanised form, letter by letter.
pub fn fold(b: &[u8]) -> impl Iterator<Item = u8> {
    let mut i = 0;
    std::iter::from_fn(move || {
        let (letter, used) = match (*b.get(i)?, b.get(i + 1)) {
            (b'r', Some(b'n' | b'i')) | (b'n', Some(b'n')) => (b'm', 2),
            (b'c', Some(b'l')) => (b'd', 2),
            (b'v', Some(b'v')) => (b'w', 2),
            (letter, _) => (single(letter), 1),
        };
        i += used;
        Some(letter)
    })
}

/// Whether a digit may be a letter that was read wrong.
pub(crate) fn may_be_letter(digit: u8) -> bool {
    single(digit) != digit
}

fn single(letter: u8) -> u8 {
    match letter {
        b'0' | b'q' => b'o',
        b'1' | b'i' | b'l' | b'j' | b't' | b'f' => b'l',
        b'5' => b's',
        b'8' | b'6' => b'b',
        b'e' => b'c',
        b'9' => b'g',
        b'2' => b'z',
        b'n' | b'h' => b'm',
        b'v' => b'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_alike_have_one_fold() {
        for (read, meant) in [
            ("c0nsultores", "consultores"),
            ("0lvcra", "olvera"),
            ("aiarmas", "alarmas"),
            ("limitecl", "limited"),
            ("rnoscow", "moscow"),
            ("kompariy", "kompany"),
            ("guiilerrno", "guillermo"),
        ] {
            assert!(fold(read.as_bytes()).eq(fold(meant.as_bytes())), "{read} {meant}");
        }
        assert!(fold(b"ramos").ne(fold(b"rakos")));
    }
}
