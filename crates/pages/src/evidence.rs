//! Evidence as a page shows it: sentences, the waterfall, pairs of words, and one sentence on top.
//!
//! In come the lines of an explanation, fresh from screening or as an event keeps them; out come rows in which each bar begins where the one before ended, and whose bits add up
//! to the total below them. The words of a line are chosen by what was observed (`feature`), in the language of the page; the line as screening wrote it is kept beside it.

use mihenk_node::{Explanation, ledger::alerts::Observation};

use crate::{
    foreign::cleaned,
    letters::{Side, compared},
    words::{Language, Words},
};

/// A line as screening wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was observed.
    pub feature: String,
    /// Hundredths of a bit.
    pub bits: i64,
    /// What was observed, for a person; in English.
    pub text: String,
    /// The asked words.
    pub asked: String,
    /// The listed words.
    pub listed: String,
}

/// A row of the waterfall. Places of the bar are thousandths of its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The sentence.
    pub text: String,
    /// The line as screening wrote it, where the sentence is in another language.
    pub original: Option<String>,
    /// The asked words, as they were asked.
    pub asked: String,
    /// The listed words, as the list has them.
    pub listed: String,
    /// Hundredths of a bit.
    pub bits: i64,
    /// The sum so far.
    pub sum: i64,
    /// Where the bar begins.
    pub start: i64,
    /// How long it is.
    pub width: i64,
    /// Where nothing stands.
    pub zero: i64,
}

/// Two words that stand for each other, or one that stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPair {
    /// The asked side.
    pub asked: Option<Side>,
    /// The listed side.
    pub listed: Option<Side>,
    /// How they are related: `exact`, `spelling`, `conflict`, `asked_only`.
    pub feature: String,
    /// Whether it speaks against.
    pub is_against: bool,
}

/// All evidence of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence on top.
    pub sentence: String,
    /// The waterfall.
    pub rows: Vec<Row>,
    /// The sum of its rows in hundredths of a bit.
    pub sum: i64,
    /// The words of the two names, aligned.
    pub pairs: Vec<WordPair>,
}

/// The lines of an observation; none when it was erased or nothing is found any more.
#[must_use]
pub fn lines_of(observation: &Observation) -> Vec<Line> {
    let found = observation.found.as_ref();
    let lines = found.and_then(|found| found.evidence.get("lines")).and_then(|lines| lines.as_array());
    let text = |line: &serde_json::Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let read = |line: &serde_json::Value| Line {
        feature: text(line, "feature"),
        // Written with two places; hundredths are whole.
        bits: (line["bits"].as_f64().unwrap_or_default() * 100.0).round() as i64,
        text: text(line, "text"),
        asked: text(line, "asked"),
        listed: text(line, "listed"),
    };
    lines.into_iter().flatten().map(read).collect()
}

/// The lines of a fresh explanation.
#[must_use]
pub fn lines_fresh(explanation: &Explanation) -> Vec<Line> {
    let read = |line: &mihenk_node::Line| Line {
        feature: line.feature.to_owned(),
        bits: i64::from(line.bits.0),
        text: line.text.clone(),
        asked: line.asked.clone().unwrap_or_default(),
        listed: line.listed.clone().unwrap_or_default(),
    };
    explanation.lines.iter().map(read).collect()
}

impl Evidence {
    /// In the words of a language.
    #[must_use]
    pub fn of(words: &Words, lines: &[Line]) -> Evidence {
        Evidence {
            sentence: sentence(words, lines),
            rows: rows(words, lines),
            sum: lines.iter().map(|line| line.bits).sum(),
            pairs: pairs(lines),
        }
    }
}

fn rows(words: &Words, lines: &[Line]) -> Vec<Row> {
    let mut reached = vec![0];
    for line in lines {
        reached.push(reached[reached.len() - 1] + line.bits);
    }
    let least = reached.iter().copied().fold(0, i64::min);
    let room = (reached.iter().copied().fold(0, i64::max) - least).max(1);
    let place = |at: i64| (at - least) * 1_000 / room;
    let row = |(line, two): (&Line, &[i64])| {
        let (from, to) = (place(two[0].min(two[1])), place(two[0].max(two[1])));
        let text = said(words, line);
        let original = (words.language() != Language::English).then(|| cleaned(&line.text).0);
        let ([asked, listed], width) = (sides(words, line), (to - from).max(2));
        Row { text, original, asked, listed, bits: line.bits, sum: two[1], start: from, width, zero: place(0) }
    };
    lines.iter().zip(reached.windows(2)).map(row).collect()
}

/// A line in the words of the page. Words of others within it are cleaned, and isolated by Fluent.
fn said(words: &Words, line: &Line) -> String {
    let crowd = crowd(&line.text).unwrap_or(0);
    let [asked, listed] = sides(words, line);
    let values = [("asked", asked.into()), ("listed", listed.into()), ("crowd", crowd.into())];
    let key = format!("line-{}", observed(line));
    if words.known(&key).is_some() { words.with(&key, &values) } else { cleaned(&line.text).0 }
}

/// What stands on both sides; countries in the language of the page.
fn sides(words: &Words, line: &Line) -> [String; 2] {
    let named = |text: &String| if line.feature == "country" { words.countries_of(text) } else { text.clone() };
    [&line.asked, &line.listed].map(|text| cleaned(&named(text)).0)
}

/// The number in `1 in 75,000`.
fn crowd(text: &str) -> Option<i64> {
    let digits = text.split("1 in ").nth(1)?.chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    digits.filter(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// What was observed, with what a date says told apart: screening has one word for all of it.
fn observed(line: &Line) -> String {
    let begins = |start: &str| line.text.starts_with(start);
    let detail = match line.feature.as_str() {
        "birth_date" if begins("born on the same day") => "same-day",
        "birth_date" if begins("birth dates with") => "swapped",
        "birth_date" if begins("birth dates agree") => "agrees",
        "birth_date" if begins("birth dates differ") => "one-digit",
        "birth_date" if begins("born in the same year") => "same-year",
        "birth_date" if begins("birth years one") => "one-year",
        "birth_date" if begins("birth years two") => "two-years",
        "birth_date" => "other",
        "country" | "birth_place" if begins("no ") => "differs",
        "gender" if begins("another") => "differs",
        "country" | "birth_place" | "gender" => "same",
        "identifier" if begins("another") => "differs",
        _ => return line.feature.clone(),
    };
    format!("{}-{detail}", line.feature)
}

const NAMES: [&str; 9] =
    ["exact", "variant", "spelling", "unvowelled", "transcription", "typo", "visual", "disorder", "initial"];

/// What a person would say first: the name, then what else speaks for or against it, heaviest first.
fn sentence(words: &Words, lines: &[Line]) -> String {
    let has = |feature: &str| lines.iter().any(|line| line.feature == feature);
    let mut parts = Vec::new();
    if lines.iter().any(|line| line.feature == "identifier" && line.bits > 0) {
        parts.push(words.say("sum-identifier"));
    }
    let varied = lines.iter().any(|line| NAMES[1..].contains(&line.feature.as_str()));
    if lines.iter().any(|line| NAMES.contains(&line.feature.as_str())) {
        let key = match (has("whole_exact"), has("conflict"), has("asked_only") || has("listed_only"), varied) {
            (true, ..) => "sum-name-exact",
            (_, true, ..) => "sum-name-conflict",
            (_, _, true, true) => "sum-name-part-varied",
            (_, _, true, false) => "sum-name-part",
            (_, _, false, true) => "sum-name-varied",
            (_, _, false, false) => "sum-name-words",
        };
        parts.push(words.say(key));
    }
    let mut others: Vec<&Line> = lines
        .iter()
        .filter(|line| matches!(line.feature.as_str(), "birth_date" | "country" | "gender" | "birth_place"))
        .collect();
    others.sort_by_key(|line| std::cmp::Reverse(line.bits.abs()));
    for line in others {
        let key = format!("sum-{}", observed(line));
        let [asked, listed] = sides(words, line);
        parts.push(words.with(&key, &[("asked", asked.into()), ("listed", listed.into())]));
    }
    let mut text = parts.join(&words.say("sum-and"));
    if let Some(first) = text.chars().next() {
        text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        text.push('.');
    }
    text
}

fn pairs(lines: &[Line]) -> Vec<WordPair> {
    let is_pair = |line: &&Line| {
        NAMES.contains(&line.feature.as_str())
            || matches!(line.feature.as_str(), "conflict" | "asked_only" | "listed_only")
    };
    let pair = |line: &Line| {
        let (mut asked, mut listed) = (None, None);
        if !line.asked.is_empty() && !line.listed.is_empty() {
            let [a, b] = compared(&line.asked, &line.listed);
            (asked, listed) = (Some(a), Some(b));
        } else {
            let alone =
                |word: &str| (!word.is_empty()).then(|| Side { word: word.to_owned(), letters: None, reading: None });
            asked = alone(&line.asked).or(asked);
            listed = alone(&line.listed).or(listed);
        }
        WordPair { asked, listed, feature: line.feature.clone(), is_against: line.bits < 0 }
    };
    lines.iter().filter(is_pair).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(feature: &str, bits: i64, text: &str, asked: &str, listed: &str) -> Line {
        let [feature, text, asked, listed] = [feature, text, asked, listed].map(str::to_owned);
        Line { feature, bits, text, asked, listed }
    }

    #[test]
    fn a_bar_begins_where_the_one_before_ended_and_the_sums_add_up() {
        // 0 → 6 → 2 → −2: eight bits of room, from −2 to 6.
        let lines = [600, -400, -400].map(|bits| line("exact", bits, "", "a", "a"));
        let rows = rows(Words::of(Language::English), &lines);
        let bars: Vec<(i64, i64, i64)> = rows.iter().map(|row| (row.start, row.width, row.sum)).collect();
        assert_eq!(bars, [(250, 750, 600), (500, 500, 200), (0, 500, -200)]);
        assert!(rows.iter().all(|row| row.zero == 250));
    }

    #[test]
    fn the_sentence_says_the_name_first_and_then_the_heaviest() {
        let lines = [
            line("exact", 800, "Zerrin (1 in 9,000)", "Zerrin", "Zerrin"),
            line("spelling", 500, "Ornek ≈ Örnekk (another spelling; 1 in 70 sounds so)", "Ornek", "Örnekk"),
            line("country", -50, "no country in common (tr / ir)", "tr", "ir"),
            line("birth_date", -600, "other birth dates (1960 / 1984)", "1960", "1984"),
        ];
        let english = sentence(Words::of(Language::English), &lines);
        assert!(english.starts_with("The same name in another spelling; "), "{english}");
        assert!(english.find("born").unwrap() < english.find("country").unwrap(), "{english}");
        assert_eq!(sentence(Words::of(Language::English), &[]), "");
    }

    #[test]
    fn a_line_is_said_in_the_language_of_the_page() {
        let one = line("exact", 800, "Zerrin (1 in 9,000)", "Zerrin", "Zerrin");
        let rows = rows(Words::of(Language::Persian), std::slice::from_ref(&one));
        assert!(rows[0].text.contains("۹٬۰۰۰") && rows[0].text.contains("Zerrin"), "{}", rows[0].text);
        assert_eq!(rows[0].original.as_deref(), Some("Zerrin (1 in 9,000)"));
    }

    #[test]
    fn countries_are_named_in_the_language_of_the_page() {
        let lines = [line("country", -50, "no country in common (Türkiye / Iran)", "Türkiye", "Iran, Iraq")];
        let evidence = Evidence::of(Words::of(Language::Persian), &lines);
        assert_eq!((&*evidence.rows[0].asked, &*evidence.rows[0].listed), ("ترکیه", "ایران، عراق"));
        assert!(evidence.rows[0].text.contains("ترکیه") && !evidence.rows[0].text.contains("Iran"));
    }

    #[test]
    fn every_word_of_the_names_stands_in_a_pair() {
        let lines = [line("exact", 1, "", "Ali", "Ali"), line("asked_only", -1, "", "Reza", "")];
        let pairs = pairs(&lines);
        assert_eq!(pairs.len(), 2);
        assert!(pairs[1].listed.is_none() && pairs[1].is_against);
    }
}
