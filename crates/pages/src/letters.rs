//! Two words with the letters marked in which they differ, in both scripts.
//!
//! In come the words of a pair as they stand in their sources, out comes each as runs of letters that are on the other side too or not. Words of one script are compared as they are
//! written; words of two scripts by their Latin reading, which is shown below each. The longest common subsequence says which letters are the same (Wagner and Fischer 1974).

use mihenk_node::tokenize;

/// Letters that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The letters.
    pub text: String,
    /// Whether the other word does not have them there.
    pub differs: bool,
}

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The word as it is written.
    pub word: String,
    /// The word in runs, if it is compared as it is written.
    pub letters: Option<Vec<Run>>,
    /// Its Latin reading in runs, where the other word is of another script.
    pub reading: Option<Vec<Run>>,
}

/// Letters of a word that are compared; a longer one is shown without marks.
const LETTERS_MAX: usize = 80;

/// The two sides.
#[must_use]
pub fn compared(asked: &str, listed: &str) -> [Side; 2] {
    let plain = |word: &str| Side { word: word.to_owned(), letters: None, reading: None };
    let [mut a, mut b] = [plain(asked), plain(listed)];
    if asked.chars().count() > LETTERS_MAX || listed.chars().count() > LETTERS_MAX {
        return [a, b];
    }
    let scripts = |text: &str| tokenize(text).first().map(|token| token.script);
    if scripts(asked) == scripts(listed) {
        let [x, y] = runs(asked, listed);
        (a.letters, b.letters) = (Some(x), Some(y));
        return [a, b];
    }
    let reading = |text: &str| tokenize(text).into_iter().map(|token| token.form).collect::<Vec<_>>().join(" ");
    let [x, y] = runs(&reading(asked), &reading(listed));
    (a.reading, b.reading) = (Some(x), Some(y));
    [a, b]
}

/// Both texts as runs.
fn runs(a: &str, b: &str) -> [Vec<Run>; 2] {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = |one: char, other: char| one.to_lowercase().eq(other.to_lowercase());
    let width = y.len() + 1;
    // longest[i * width + j]: of what is behind i and j.
    let mut longest = vec![0_u16; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            longest[i * width + j] = if same(x[i], y[j]) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut one, mut other) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        if same(x[i], y[j]) {
            push(&mut one, x[i], false);
            push(&mut other, y[j], false);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            push(&mut one, x[i], true);
            i += 1;
        } else {
            push(&mut other, y[j], true);
            j += 1;
        }
    }
    x[i..].iter().for_each(|&c| push(&mut one, c, true));
    y[j..].iter().for_each(|&c| push(&mut other, c, true));
    [one, other]
}

fn push(runs: &mut Vec<Run>, c: char, differs: bool) {
    match runs.last_mut() {
        Some(last) if last.differs == differs => last.text.push(c),
        _ => runs.push(Run { text: c.to_string(), differs }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(runs: &[Run]) -> String {
        runs.iter().map(|run| if run.differs { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn letters_that_differ_are_marked_on_both_sides() {
        let [a, b] = compared("Hossein", "Husayn");
        assert_eq!(
            (marked(&a.letters.unwrap()), marked(&b.letters.unwrap())),
            ("H[os]s[ei]n".into(), "H[u]s[ay]n".into())
        );
        let [a, b] = compared("ALI", "Ali");
        assert_eq!((marked(&a.letters.unwrap()), marked(&b.letters.unwrap())), ("ALI".into(), "Ali".into()));
    }

    #[test]
    fn words_of_two_scripts_are_compared_by_their_reading() {
        let [a, b] = compared("Ivan", "Иван");
        assert_eq!((a.letters, b.letters), (None, None));
        assert_eq!(marked(&b.reading.unwrap()), "ivan");
        assert_eq!(marked(&a.reading.unwrap()), "ivan");
    }

    #[test]
    fn whatever_comes_nothing_is_lost() {
        for (a, b) in [("", "x"), ("é", "e"), ("نمونه", "نمونە"), (&"a".repeat(500), "b")] {
            let sides = compared(a, b);
            for (side, text) in sides.iter().zip([a, b]) {
                if let Some(letters) = &side.letters {
                    assert_eq!(letters.iter().map(|run| run.text.as_str()).collect::<String>(), *text);
                }
                assert_eq!(side.word, text);
            }
        }
    }
}
