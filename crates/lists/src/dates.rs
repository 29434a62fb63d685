//! Dates as British and European tables write them, the day first.
//!
//! In comes `05/08/2026`, `dd/mm/1975`, `00/04/1960`; out comes the same in ISO form, as exact as it is. Which of two numbers is
//! the day cannot be seen from a date, so this is for sources that say so: it is never used where they do not.

/// The date in ISO form; a text of another form stays as it is.
pub(crate) fn day_first(text: &str) -> String {
    let text = text.trim();
    let bare = text.trim_start_matches('\'');
    let [day, month, year] = bare.split('/').collect::<Vec<_>>()[..] else { return text.to_owned() };
    // Letters and zeros stand for what is not known.
    let number = |part: &str| part.parse::<u8>().ok().filter(|number| *number > 0);
    let placeholder = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic()) || part.bytes().all(|b| b == b'0');
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    match (number(day), number(month)) {
        (Some(day), Some(month)) => format!("{year}-{month:02}-{day:02}"),
        (None, Some(month)) if placeholder(day) => format!("{year}-{month:02}"),
        (None, None) if placeholder(day) && placeholder(month) => year.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // The forms that OpenSanctions found on the UK Sanctions List.
    #[test]
    fn the_day_stands_first_and_may_be_unknown() {
        for (text, expected) in [
            ("05/08/2026", "2026-08-05"),
            ("5/8/2026", "2026-08-05"),
            ("dd/mm/1975", "1975"),
            ("'00/00/1975", "1975"),
            ("dd/04/1960", "1960-04"),
            // A day without a year, and what is no such date, stay as they are.
            ("15/08/19yy", "15/08/19yy"),
            ("15/mm/1960", "15/mm/1960"),
            ("1969-06-06", "1969-06-06"),
            ("circa 1957", "circa 1957"),
        ] {
            assert_eq!(day_first(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "\\PC{0,20}|[0-9dmy/]{0,12}") {
            let _ = day_first(&text);
        }
    }
}
