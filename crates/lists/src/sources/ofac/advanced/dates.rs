//! Dates of OFAC's advanced XML form.
//!
//! In comes a `DatePeriod`: a `Start` and an `End`, each between a `From` and a `To` of `Year`, `Month` and `Day`, or a
//! plain date; out comes the text that stands for it in OFAC's other forms: `16 May 1957`, `May 1957`, `1957`, `circa
//! 1957`, `1955 to 1958`. A whole year is written from its first day to its last, a whole month likewise, and an
//! approximate date has `Approximate="true"`.

use mihenk_entities::Date;

use crate::xml::Element;

/// A day as the form writes it; month and day can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The text of a period, empty if it has no date.
pub(super) fn period(period: &Element<'_>) -> String {
    let boundary = |name: &str| period.child(name);
    let point = |boundary: Option<&Element<'_>>, name: &str| boundary.and_then(|b| b.child(name)).and_then(of);
    let (start, end) = (boundary("Start"), boundary("End"));
    let points = [point(start, "From"), point(start, "To"), point(end, "From"), point(end, "To")];
    let mut points = points.into_iter().flatten();
    let Some(first) = points.next() else { return String::new() };
    let (first, last) = points.fold((first, first), |(first, last), point| (first.min(point), last.max(point)));
    let about = [start, end].into_iter().flatten().any(|b| b.attribute("Approximate") == Some("true"));
    let text = between(first, last);
    if about { format!("circa {text}") } else { text }
}

/// The text of an element with year, month and day; empty if it has no year.
pub(super) fn date(element: &Element<'_>) -> String {
    of(element).map_or_else(String::new, Point::text)
}

fn of(element: &Element<'_>) -> Option<Point> {
    let part = |name| element.text_of(name).parse::<u8>().ok().filter(|&part| part > 0);
    Some(Point { year: element.text_of("Year").parse().ok()?, month: part("Month"), day: part("Day") })
}

fn between(first: Point, last: Point) -> String {
    if first == last {
        return first.text();
    }
    let (opens, closes) = (first.is_first(), last.is_last());
    let same_year = first.year == last.year;
    match (opens, closes) {
        (Some(Unit::Year), Some(Unit::Year)) if same_year => first.year.to_string(),
        (Some(Unit::Year), Some(Unit::Year)) => format!("{} to {}", first.year, last.year),
        (Some(_), Some(_)) if same_year && first.month == last.month => first.month_text(),
        (Some(_), Some(_)) => format!("{} to {}", first.month_text(), last.month_text()),
        _ => format!("{} to {}", first.text(), last.text()),
    }
}

/// What a day is the first or the last of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Month,
    Year,
}

impl Point {
    fn is_first(self) -> Option<Unit> {
        match (self.month, self.day) {
            (Some(1) | None, Some(1) | None) => Some(Unit::Year),
            (_, Some(1) | None) => Some(Unit::Month),
            _ => None,
        }
    }

    fn is_last(self) -> Option<Unit> {
        match (self.month, self.day) {
            (Some(12) | None, Some(31) | None) => Some(Unit::Year),
            (_, None) => Some(Unit::Month),
            (Some(month), Some(day)) => {
                // The day after the last of a month is none of that month.
                let exists = |day| Date::day(self.year, month, day).is_some();
                (exists(day) && !exists(day.saturating_add(1))).then_some(Unit::Month)
            }
            (None, Some(_)) => None,
        }
    }

    fn text(self) -> String {
        match (self.month, self.day) {
            (Some(_), Some(day)) => format!("{day:02} {}", self.month_text()),
            _ => self.month_text(),
        }
    }

    fn month_text(self) -> String {
        match self.month.map(|month| (month, MONTHS.get(usize::from(month) - 1))) {
            Some((_, Some(name))) => format!("{name} {}", self.year),
            // No month of the calendar: a text that is no date, so that it is kept and reported.
            Some((number, None)) => format!("month {number} of {}", self.year),
            None => self.year.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        input::Input,
        xml::{Handler, walk},
    };

    struct Texts(Vec<String>);

    impl<'x> Handler<'x> for Texts {
        fn root(&mut self, _root: &Element<'x>) {}
        fn record(&mut self, _path: &[&'x str], record: &Element<'x>) {
            self.0.push(if record.name == "Date" { date(record) } else { period(record) });
        }
        fn stray_text(&mut self, _path: &[&'x str], _line: u64, _text: &str) {}
    }

    fn texts(inside: &str) -> Vec<String> {
        let bytes = format!("<L>{inside}</L>").into_bytes();
        let input = Input { name: "x".to_owned(), bytes };
        let mut texts = Texts(Vec::new());
        walk(&input, 1, &mut texts).unwrap();
        texts.0
    }

    fn point(name: &str, date: &str) -> String {
        let parts: String = ["Year", "Month", "Day"]
            .iter()
            .zip(date.split('-'))
            .map(|(name, part)| format!("<{name}>{part}</{name}>"))
            .collect();
        format!("<{name}>{parts}</{name}>")
    }

    fn of_points(points: [&str; 4], about: bool) -> String {
        let [a, b, c, d] = points;
        let boundary = |name: &str, from, to| {
            format!("<{name} Approximate='{about}'>{}{}</{name}>", point("From", from), point("To", to))
        };
        texts(&format!("<DatePeriod>{}{}</DatePeriod>", boundary("Start", a, b), boundary("End", c, d))).remove(0)
    }

    // The forms in which the files write periods, and what the CSV files have for them.
    #[test]
    fn a_period_is_written_as_in_the_other_forms() {
        for (points, about, expected) in [
            (["1975-4-13"; 4], false, "13 Apr 1975"),
            (["1966-7-7"; 4], true, "circa 07 Jul 1966"),
            (["1961-1-1", "1961-1-1", "1961-12-31", "1961-12-31"], false, "1961"),
            (["1948-1-1", "1948-1-1", "1948-12-31", "1948-12-31"], true, "circa 1948"),
            (["1968-2-1", "1968-2-1", "1968-2-29", "1968-2-29"], false, "Feb 1968"),
            (["1967-2-1", "1967-2-1", "1967-2-28", "1967-2-28"], false, "Feb 1967"),
            (["1984-1-1", "1984-12-31", "1986-1-1", "1986-12-31"], false, "1984 to 1986"),
            (["1946-9-26", "1946-9-26", "1946-12-7", "1946-12-7"], false, "26 Sep 1946 to 07 Dec 1946"),
            (["1960-2-31"; 4], false, "31 Feb 1960"),
            (["1960-13-1"; 4], false, "01 month 13 of 1960"),
            (["1960-0-0"; 4], false, "1960"),
        ] {
            assert_eq!(of_points(points, about), expected);
        }
        let start_alone = format!("<DatePeriod><Start>{}</Start></DatePeriod>", point("From", "1971"));
        assert_eq!(texts(&start_alone), ["1971"]);
        assert_eq!(texts("<DatePeriod/><Date/>"), ["", ""]);
        assert_eq!(texts(&point("Date", "2001-12-4")), ["04 Dec 2001"]);
    }
}
