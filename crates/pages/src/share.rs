//! What somebody has of a party, in the language of the page.
//!
//! In come bounds in parts per billion, as the ledger has them, out comes such as *more than 25%*. Digits are as many as there are, so that shares add up on the page.

use mihenk_node::ledger::ownership::share::{WHOLE, lower_bound, upper_bound};

use crate::words::Words;

/// A share as a fact has it: `lower-upper`, `lower-` for what is at the least, or `none`.
pub(crate) fn of_fact(words: &Words, text: &str) -> String {
    let bounds = text.split_once('-').map(|(lower, upper)| (lower.parse::<u64>(), upper.parse::<u64>()));
    match bounds {
        Some((Ok(lower), Ok(upper))) => between(words, lower, upper),
        Some((Ok(lower), Err(_))) => at_least(words, lower),
        _ if text == "none" => words.say("share-none"),
        _ => text.to_owned(),
    }
}

/// What lies between two bounds.
pub(crate) fn between(words: &Words, lower: u64, upper: u64) -> String {
    let has_end = upper != u64::from(WHOLE);
    match (lower, has_end) {
        _ if lower == upper => words.share_of_all(lower),
        (0, false) => words.say("share-unknown"),
        (0, true) if upper_bound(upper).1 => at_most(words, upper),
        (0, true) => words.with("share-up-to", &[("share", at_most(words, upper).into())]),
        (_, false) if lower_bound(lower).1 => at_least(words, lower),
        (_, false) => words.with("share-at-least", &[("share", at_least(words, lower).into())]),
        _ => words
            .with("share-between", &[("low", at_least(words, lower).into()), ("high", at_most(words, upper).into())]),
    }
}

/// A lower bound; one that excludes its number is more than that.
fn at_least(words: &Words, lower: u64) -> String {
    let (number, is_open) = lower_bound(lower);
    let share = words.share_of_all(number);
    if is_open { words.with("share-more-than", &[("share", share.into())]) } else { share }
}

/// An upper bound; one that excludes its number is less than that.
fn at_most(words: &Words, upper: u64) -> String {
    let (number, is_open) = upper_bound(upper);
    let share = words.share_of_all(number);
    if is_open { words.with("share-less-than", &[("share", share.into())]) } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn plain(text: &str) -> String {
        text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect()
    }

    #[test]
    fn bounds_are_said_as_the_language_says_them() {
        let said = |lower, upper| {
            [Language::English, Language::Turkish, Language::Persian]
                .map(|one| plain(&between(Words::of(one), lower, upper)))
        };
        assert_eq!(said(500_000_000, 500_000_000), ["50%", "%50", "۵۰٪"]);
        assert_eq!(said(333_333_333, 333_333_333), ["33.3333333%", "%33,3333333", "۳۳٫۳۳۳۳۳۳۳٪"]);
        assert_eq!(said(0, 300_000_000), ["up to 30%", "en çok %30", "حداکثر ۳۰٪"]);
        assert_eq!(said(0, 299_999_999), ["less than 30%", "%30 altı", "کمتر از ۳۰٪"]);
        assert_eq!(said(250_000_001, 1_000_000_000), ["more than 25%", "%25 üzeri", "بیش از ۲۵٪"]);
        assert_eq!(said(250_000_000, 1_000_000_000), ["at least 25%", "en az %25", "دست‌کم ۲۵٪"]);
        assert_eq!(said(250_000_001, 700_000_000), ["more than 25% to 70%", "%25 üzeri – %70", "بیش از ۲۵٪ تا ۷۰٪"]);
        assert_eq!(said(0, 1_000_000_000), ["not known", "bilinmiyor", "نامعلوم"]);
    }

    #[test]
    fn a_share_is_read_as_a_fact_has_it() {
        let words = Words::of(Language::English);
        assert_eq!(plain(&of_fact(words, "0-300000000")), "up to 30%");
        assert_eq!(plain(&of_fact(words, "250000001-")), "more than 25%");
        assert_eq!(of_fact(words, "none"), "no part");
        assert_eq!(of_fact(words, "some"), "some");
    }
}
