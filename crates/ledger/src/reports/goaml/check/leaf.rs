//! The check of a single value: its characters, its length, its form.
//!
//! In come an element without children and its rule; findings go to the check. What the model cannot hold is found here, by the
//! functions that the model reads with.

use super::{
    super::{
        element::Element,
        rules::{ElementRule, Holds},
        sayings,
        value::{self, Decimal, Without},
    },
    Around, Check, Demand, Finding,
    finding::cut,
};
use mihenk_said::Said;

use crate::money::Currency;

impl<'r> Check<'r> {
    /// A value.
    pub(super) fn leaf(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: &str, around: &Around) {
        let text = element.text.as_ref();
        if let Some((_, c)) = value::forbidden(text) {
            let found = sayings::character(format!("{:04X}", u32::from(c)));
            self.found(Finding::at(path, element.place, found, sayings::allowed_text()));
        }
        let is_text = matches!(rule.holds, Holds::Text);
        if !is_text && text.trim_matches(value::is_blank).is_empty() {
            return self.empty(element, rule, path, around);
        }
        let wrong = match rule.holds {
            Holds::Text => self.text(element, rule, path),
            Holds::Int => integer(text, rule).then(|| found(text)),
            Holds::Decimal => self.decimal(text, rule),
            Holds::DateTime => return self.date_time(element, rule, path),
            Holds::Boolean => value::boolean(text).is_none().then(|| found(text)),
            Holds::Flag => (value::boolean(text) != Some(true)).then(|| found(text)),
            Holds::Country => return self.country(element, rule, path),
            Holds::Currency => return self.currency(element, rule, path),
            Holds::Code(at) => return self.code(element, at, path),
            Holds::Type(_) => None,
        };
        if let Some(found) = wrong {
            let finding = Finding::at(path, element.place, found, rule.right(self.rules));
            self.found(finding.kept(text.to_owned()));
        }
    }

    /// An element that should hold a value and holds none.
    fn empty(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: &str, around: &Around) {
        let demand = self.demand_of(&rule.must, &rule.must_my_client, around.is_client);
        let finding = Finding::at(path, element.place, sayings::empty_element(), rule.right(self.rules));
        // The schema has no value for it either, so it is an error for whoever demands it and for nobody else.
        self.found(if matches!(demand, Demand::Everybody) { finding } else { finding.warning() });
    }

    fn text(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: &str) -> Option<Said> {
        let text = element.text.as_ref();
        let is_latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '-');
        if let Some(c) = text.chars().find(|&c| !is_latin(c)) {
            let counts = |source: &&String| self.authority.is_none_or(|authority| authority == source.as_str());
            let by: Vec<&str> = rule.latin_by.iter().filter(counts).map(|one| self.rules.authority(one)).collect();
            if !by.is_empty() {
                let found = sayings::character_in(format!("{c:?}"), cut(text));
                let finding = Finding::at(path, element.place, found, sayings::latin_text());
                self.found(if self.authority.is_some() { finding } else { finding.warning() }.demanded_by(&by));
            }
        }
        let length = text.chars().count();
        match length {
            0 if rule.min > 0 => Some(sayings::empty_element()),
            _ if length < rule.min || length > rule.max => Some(sayings::text_of_length(length, cut(text))),
            _ => None,
        }
    }

    fn decimal(&self, text: &str, rule: &ElementRule) -> Option<Said> {
        let Ok(number) = text.parse::<Decimal>() else { return Some(found(text)) };
        let bounds = rule.bounds;
        let is_outside = bounds.low.is_some_and(|low| number.is_below(low))
            || bounds.high.is_some_and(|high| number.is_above(high))
            || bounds.decimals.is_some_and(|decimals| number.decimals() > decimals);
        is_outside.then(|| found(text))
    }

    fn date_time(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: &str) {
        let text = element.text.as_ref();
        let at = |found: Said| Finding::at(path, element.place, found, rule.right(self.rules));
        let finding = match value::date_time(text) {
            None => at(found(text)).kept(text.to_owned()),
            Some(read) if read.value.year() < 1753 => at(found(text)),
            Some(read) => {
                let found = match read.without {
                    Some(Without::Time) => sayings::without_time(cut(text)),
                    Some(Without::Rest(rest)) => sayings::behind_seconds(cut(text), rest),
                    None => return,
                };
                at(found).warning().kept(text.to_owned())
            }
        };
        self.found(finding);
    }

    fn country(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: &str) {
        let text = element.text.as_ref();
        let is_code = text == "-" || (text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()));
        let finding = || Finding::at(path, element.place, found(text), rule.right(self.rules));
        if !is_code {
            self.found(finding());
        } else if text != "-" && mihenk_entities::country::Country::parse(&text.to_lowercase()).is_none() {
            self.found(finding().warning());
        }
    }

    fn currency(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: &str) {
        let text = element.text.as_ref();
        let is_code = text == "-" || (text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()));
        let finding = || Finding::at(path, element.place, found(text), rule.right(self.rules));
        if !is_code {
            self.found(finding());
        } else if text != "-" && text.parse::<Currency>().is_err() {
            self.found(finding().warning());
        }
    }

    /// A code: of the list if it is the same for all, else of some list that was read, or nobody can say.
    fn code(&mut self, element: &Element<'_>, at: usize, path: &str) {
        let Some(codes) = self.rules.codes.get(at) else { return };
        let text = element.text.as_ref();
        let of_authority = self.authority.and_then(|authority| codes.lists.get(authority));
        let lists: Vec<&Vec<String>> = match of_authority {
            Some(list) => vec![list],
            None => codes.lists.values().collect(),
        };
        if lists.iter().any(|list| list.iter().any(|code| code == text)) || (lists.is_empty() && !text.is_empty()) {
            return;
        }
        let is_refused = codes.strict || of_authority.is_some();
        if !is_refused && !self.codes.insert((at, text.to_owned())) {
            return;
        }
        let known = lists.iter().flat_map(|list| list.iter()).map(String::as_str);
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        known.dedup();
        let right = if is_refused {
            sayings::one_of_codes(known.join(", "))
        } else {
            sayings::code_of_authority(&codes.name, known.join(", "))
        };
        let finding = Finding::at(path, element.place, found(text), right);
        self.found(if is_refused { finding } else { finding.warning() });
    }
}

/// A value that is found, as it is.
fn found(text: &str) -> Said {
    sayings::text(cut(text))
}

/// Whether a text is no whole number within its bounds.
fn integer(text: &str, rule: &ElementRule) -> bool {
    let Ok(number) = text.trim_matches(value::is_blank).parse::<i64>() else { return true };
    rule.bounds.low.is_some_and(|low| number < low) || rule.bounds.high.is_some_and(|high| number > high)
}
