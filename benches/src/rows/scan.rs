//! Megabytes of running text a second on one core, as `mihenk scan` reads them.
//!
//! Two texts that are made here, the same every time: one in Latin and one in Arabic letters, of sentences whose words do not
//! repeat, so that nothing is gained by remembering them; every two hundredth word or so is a listed name, as the list has it
//! or with one letter changed. A tenth of the Latin words have a capital, as names and nouns at the start of sentences do in
//! prose; in Arabic every word may be part of a name. The baseline only looks every word up in a set of listed words, which
//! finds no variant and weighs nothing.

use std::hint::black_box;

use mihenk_entities::Entity;
use mihenk_node::{Node, Options, Scratch};
use mihenk_screening::scan::{Text, scan};
use rustc_hash::FxHashSet;

use super::mined::Draw;
use crate::{
    inputs::{Inputs, model},
    row::{Line, Measured, thousands},
    timing::{Spread, Watch, runs},
};

/// Words that are no listed names, all different, in each text.
const WORDS: usize = 550_000;
/// There is a listed name behind so many of them, on average.
const NAME_EVERY: usize = 200;

/// How often each text is read.
const RUNS: usize = 2;

/// A text with what was planted in it.
struct Made {
    what: &'static str,
    text: String,
    /// How many listed names stand in it, as they are and changed.
    planted: usize,
    /// Megabytes a second that were asked for.
    asked: f64,
}

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let node = Node::from_files(&inputs.list_files(), model())?;
    let names = names(&inputs.listed()?);
    let listed: FxHashSet<String> = names.iter().flat_map(|n| n.split_whitespace().map(str::to_lowercase)).collect();
    let of_script = |arabic: bool| -> Vec<&str> {
        let is_arabic = |n: &&String| n.chars().any(is_arabic);
        names.iter().filter(|n| is_arabic(n) == arabic && (arabic || n.is_ascii())).map(String::as_str).collect()
    };
    let texts = [
        made("Latin letters", latin_word, &of_script(false), 50.0),
        made("Arabic letters", arabic_word, &of_script(true), 20.0),
    ];
    let lines = texts.iter().map(|made| measure_one(&node, made, &listed));
    Ok(Measured::of(lines.collect::<anyhow::Result<Vec<Line>>>()?))
}

fn measure_one(node: &Node, made: &Made, listed: &FxHashSet<String>) -> anyhow::Result<Line> {
    let (screener, options, mut scratch) = (node.screener(), Options::default(), Scratch::default());
    let mut mentions = 0;
    // Nothing is there to be warmed up: no word comes twice.
    let mut seconds = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let watch = Watch::start();
        let text = Text::of(&made.text);
        mentions = scan(&screener, &text, &options, &mut scratch).mentions.len();
        seconds.push(watch.seconds());
    }
    let spread = Spread::of(seconds);
    let baseline = runs(|| {
        let words = made.text.split_whitespace();
        black_box(words.filter(|w| listed.contains(&w.to_lowercase())).count());
        Ok(())
    })?;
    let rate = |seconds: f64| made.text.len() as f64 / 1e6 / seconds.max(1e-9);
    Ok(Line {
        what: format!(
            "{:.1} MB of text in {}, {} words that do not repeat, against UN + OFAC, one core",
            made.text.len() as f64 / 1e6,
            made.what,
            thousands(WORDS as f64)
        ),
        figure: format!(
            "{:.1} MB a second; {} mentions for {} names planted",
            rate(spread.median),
            thousands(mentions as f64),
            thousands(made.planted as f64)
        ),
        asked: format!("≥ {:.0} MB a second", made.asked),
        reached: Some(rate(spread.median) >= made.asked),
        baseline: format!(
            "each word in a set of listed words: {:.0} MB a second; ratio {:.3}",
            rate(baseline.median),
            baseline.median / spread.median
        ),
        runs: format!("median of {}, {:.1}–{:.1}", spread.runs, rate(spread.most), rate(spread.least)),
    })
}

/// The names of listed entities, each once, in the order of the lists.
fn names(listed: &[Entity]) -> Vec<String> {
    let mut known = FxHashSet::default();
    let all = listed.iter().flat_map(|e| ["name", "alias"].into_iter().flat_map(|p| e.values(p)));
    all.map(|name| name.to_string()).filter(|name| known.insert(name.clone())).collect()
}

fn made(what: &'static str, word: fn(&mut Draw) -> String, names: &[&str], asked: f64) -> Made {
    let (mut draw, mut known) = (Draw(7), FxHashSet::default());
    let (mut text, mut planted, mut in_sentence, mut sentence) = (String::new(), 0, 0, 0);
    while known.len() < WORDS {
        let fresh = word(&mut draw);
        if !known.insert(fresh.clone()) {
            continue;
        }
        let capital = in_sentence == 0 || draw.below(14) == 0;
        text.push_str(&if capital { capitalised(&fresh) } else { fresh });
        in_sentence += 1;
        if draw.below(NAME_EVERY) == 0 && !names.is_empty() {
            let name = names[draw.below(names.len())];
            let changed = draw.below(2) == 1;
            text.push(' ');
            text.push_str(&if changed { one_letter_changed(name, &mut draw) } else { name.to_owned() });
            planted += 1;
        }
        if in_sentence > 8 + draw.below(12) {
            sentence += 1;
            in_sentence = 0;
            text.push_str(if sentence % 6 == 0 { ".\n\n" } else { ". " });
        } else {
            text.push(' ');
        }
    }
    Made { what, text, planted, asked }
}

/// Two to four syllables.
fn latin_word(draw: &mut Draw) -> String {
    const OPEN: [&str; 24] = [
        "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pl", "sh", "ch",
        "br", "gr", "qu",
    ];
    const VOWEL: [&str; 9] = ["a", "e", "i", "o", "u", "ea", "ou", "ie", "ö"];
    const CLOSE: [&str; 12] = ["", "", "", "n", "r", "s", "t", "l", "m", "nd", "ng", "ck"];
    let syllables = 2 + draw.below(3);
    (0..syllables).map(|_| [OPEN[draw.below(24)], VOWEL[draw.below(9)], CLOSE[draw.below(12)]].concat()).collect()
}

/// Four to eight letters, sometimes behind the article or a conjunction.
fn arabic_word(draw: &mut Draw) -> String {
    const LETTERS: [char; 28] = [
        'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ', 'ف', 'ق', 'ك',
        'ل', 'م', 'ن', 'ه', 'و', 'ي',
    ];
    let before = ["", "", "", "ال", "و"][draw.below(5)];
    let letters = 4 + draw.below(4);
    before.chars().chain((0..letters).map(|_| LETTERS[draw.below(28)])).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A letter in the second half is another one of the same name, so that the alphabet stays.
fn one_letter_changed(name: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let half = letters.len() / 2;
    let (at, other) = (half + draw.below(letters.len() - half), draw.below(letters.len()));
    if letters[at].is_alphabetic() && letters[other].is_alphabetic() {
        letters[at] = letters[other].to_lowercase().next().unwrap_or(letters[other]);
    }
    letters.into_iter().collect()
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_do_not_repeat_and_the_text_is_the_same_every_time() {
        let first = made("x", arabic_word, &["علي شمخاني"], 1.0);
        let words: FxHashSet<&str> = first.text.split_whitespace().collect();
        assert!(words.len() >= WORDS && first.planted > WORDS / NAME_EVERY / 2);
        assert_eq!(first.text, made("x", arabic_word, &["علي شمخاني"], 1.0).text);
    }
}
