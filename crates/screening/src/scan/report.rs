//! What a press report says of itself: its date, its agency, its story code.
//!
//! In comes a text, out comes a [`Report`] with each of the three where it stands, or without it. A crawled page has several
//! dates (of the crawl, of comments, inside the story); the report's own is the one that stands at the head of the page with
//! a weekday or a time, or else in the dateline. The agency stands in a dateline (`FNA- High-ranking …`,
//! `TEHRAN, July 25 (MNA) –`), the code behind the words that say so (`Story Code : 269797`).

use mihenk_entities::Date;

/// A value and its place in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// What a report says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The day it was published.
    pub date: Option<Found<Date>>,
    /// The agency, as it writes itself.
    pub agency: Option<Found<String>>,
    /// The story's code.
    pub code: Option<Found<String>>,
}

/// Lines from the top in which a report says its date and code.
const HEAD_LINES: usize = 12;

impl Report {
    /// Reads what a text says of itself.
    #[must_use]
    pub fn of(text: &str) -> Report {
        Report { date: date(text), agency: agency(text), code: code(text) }
    }
}

/// The lines of a text with the byte each starts at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    })
}

/// The lines that have a figure, as [`lines`] gives them; most lines of a long text have none.
fn lines_with_figures(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + first_figure(&text.as_bytes()[from..])?;
        let start = text[from..at].rfind('\n').map_or(from, |end| from + end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        from = end;
        Some((start, text[start..end].trim_end()))
    })
}

/// Where the first figure stands.
fn first_figure(text: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    // Looked at to its end, a block takes few steps.
    let has_one = |block: &[u8]| block.iter().fold(false, |any, b| any | b.is_ascii_digit());
    let block = text.chunks(BLOCK).position(has_one)? * BLOCK;
    text[block..].iter().position(u8::is_ascii_digit).map(|at| block + at)
}

/// The best date of the head: a weekday or a time beside it make it the report's own.
fn date(text: &str) -> Option<Found<Date>> {
    let mut best: Option<(u32, Found<Date>)> = None;
    for (start, line) in lines(text).filter(|(_, l)| !l.is_empty()).take(HEAD_LINES) {
        let Some(found) = date_in(line, start) else { continue };
        let lower = line.to_lowercase();
        let weekday = WEEKDAYS.iter().any(|d| lower.contains(d));
        let time = has_time(line);
        let said = ["published", "date:", "updated", "posted"].iter().any(|w| lower.contains(w));
        let weight = 1 + 4 * u32::from(weekday) + 2 * u32::from(time) + 2 * u32::from(said);
        if best.as_ref().is_none_or(|b| weight > b.0) {
            best = Some((weight, found));
        }
    }
    best.map(|b| b.1)
}

const WEEKDAYS: [&str; 21] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "pazartesi",
    "salı",
    "çarşamba",
    "perşembe",
    "cuma",
    "pazar",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "lunes",
    "miércoles",
    "viernes",
];

fn has_time(line: &str) -> bool {
    let bytes = line.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    (2..bytes.len()).any(|i| bytes[i] == b':' && digit(i - 1) && digit(i + 1) && digit(i + 2))
}

/// A day in a line: `25 July 2017`, `July 25, 2017`, `2017-07-25`, `25.07.2017`.
fn date_in(line: &str, offset: usize) -> Option<Found<Date>> {
    let words = words(line);
    for window in [3, 1] {
        for group in words.windows(window) {
            let (start, end) = (group[0].0, group[window - 1].1);
            let candidate: Vec<&str> = group.iter().map(|(a, b)| &line[*a..*b]).collect();
            let day = Date::parse(&candidate.join(" ")).ok().filter(|d| d.exact_day().is_some());
            if let Some(value) = day.filter(|d| (1900..2100).contains(&d.from.year)) {
                return Some(Found { value, start: offset + start, end: offset + end });
            }
        }
    }
    None
}

/// Words with their places: letters, digits, and what joins the figures of a date.
fn words(line: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let inside = c.is_alphanumeric() || start.is_some() && matches!(c, '-' | '.' | '/');
        match (inside, start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                let end = s + line[s..i].trim_end_matches(['-', '.', '/']).len();
                out.push((s, end));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The agency of the dateline: capitals before a dash at the start of a paragraph, or in brackets behind a place.
fn agency(text: &str) -> Option<Found<String>> {
    let longest_first = lines(text).filter(|(_, l)| l.len() > 60);
    for (start, line) in longest_first.take(6) {
        let head: usize = line.char_indices().nth(60).map_or(line.len(), |(i, _)| i);
        let head = &line[..head];
        if let Some((open, close)) = head.find('(').zip(head.find(')')).filter(|(o, c)| o < c) {
            let inside = &head[open + 1..close];
            let dash = head[close + 1..].trim_start().starts_with(['-', '–', '—']);
            if dash && is_agency(inside) {
                return Some(Found { value: inside.to_owned(), start: start + open + 1, end: start + close });
            }
        }
        // MOSCOW, July 25. /TASS/.
        if let Some((open, inside)) = head.find('/').and_then(|open| Some((open, head[open + 1..].split_once('/')?.0)))
            && is_agency(inside)
            && inside.chars().all(char::is_uppercase)
        {
            let from = start + open + 1;
            return Some(Found { value: inside.to_owned(), start: from, end: from + inside.len() });
        }
        let dash = head.find(['-', '–', '—']);
        // A hyphen inside a word is no dash.
        let ends = |at: usize| head[at..].starts_with(['–', '—']) || head[at + 1..].starts_with(' ');
        if let Some(dash) = dash.filter(|&at| ends(at)) {
            let before = head[..dash].trim_end();
            if is_agency(before) && before.bytes().all(|b| b.is_ascii_uppercase()) {
                return Some(Found { value: before.to_owned(), start, end: start + before.len() });
            }
        }
    }
    None
}

/// Two to twelve letters, at least two of them capitals: `FNA`, `AA`, `Reuters`, `IRNA`.
fn is_agency(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=12).contains(&letters)
        && letters == word.chars().count()
        && (capitals >= 2 || word.starts_with(char::is_uppercase))
}

/// The code behind "Story Code", "News ID" and their like.
fn code(text: &str) -> Option<Found<String>> {
    const WORDS: [&str; 9] = [
        "story code",
        "news code",
        "story id",
        "news id",
        "article id",
        "haber kodu",
        "haber no",
        "کد خبر",
        "شناسه خبر",
    ];
    for (start, line) in lines_with_figures(text) {
        let lower = line.to_lowercase();
        if lower.len() != line.len() {
            continue;
        }
        for word in WORDS {
            let Some(at) = lower.find(word) else { continue };
            let rest = &line[at + word.len()..];
            let value = rest.trim_start_matches([' ', ':', '#', '\t', '\u{A0}', '.']);
            let len = value.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(value.len());
            if len >= 3 && value[..len].bytes().any(|b| b.is_ascii_digit()) {
                let from = start + line.len() - value.len();
                return Some(Found { value: value[..len].to_owned(), start: from, end: from + len });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "3 Jan 2020\nMonday 6 May 2019 - 09:15\nStory Code : 104217\n\nTalks on border trade end\n\n\
        BZNA- Officials of two neighbouring states ended talks about border trade on Sunday, a statement said on its site.\n";

    #[test]
    fn the_date_of_the_report_is_not_the_date_of_the_crawl() {
        let report = Report::of(PAGE);
        let date = report.date.unwrap();
        assert_eq!((date.value.to_string().as_str(), &PAGE[date.start..date.end]), ("2019-05-06", "6 May 2019"));
        let agency = report.agency.unwrap();
        assert_eq!((agency.value.as_str(), &PAGE[agency.start..agency.end]), ("BZNA", "BZNA"));
        let code = report.code.unwrap();
        assert_eq!((code.value.as_str(), &PAGE[code.start..code.end]), ("104217", "104217"));
    }

    #[test]
    fn other_datelines_are_read_too() {
        let agency = |line: &str| Report::of(line).agency.map(|a| a.value);
        let rest = "the ministry said on Tuesday that the talks would go on for another week or two.";
        assert_eq!(agency(&format!("TEHRAN, July 25 (MNA) – {rest}")).as_deref(), Some("MNA"));
        assert_eq!(agency(&format!("ANKARA (Reuters) - {rest}")).as_deref(), Some("Reuters"));
        assert_eq!(agency(&format!("High-ranking officials met and {rest}")), None);
        assert_eq!(Report::of("a note without any of it"), Report::default());
    }
}
