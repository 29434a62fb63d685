//! Text of others on a page: escaped, and isolated from what stands around it.
//!
//! In comes a text, out comes a `bdi` element (HTML Living Standard, 4.5.25): whatever direction the text is written in, the line around it stays as it is. Where the script of a text
//! is one alone, it says so (`lang="und-Arab"`, BCP 47), so that a browser takes a fitting font and a screen reader a fitting voice.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};

use crate::script::script_of;

/// Text of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Foreign(String);

impl Foreign {
    /// Without control characters and without those that turn the direction of what follows.
    pub(super) fn new(text: &str) -> Foreign {
        let is_turning =
            |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let plain = text.chars().filter(|c| !is_turning(*c)).map(|c| if c.is_control() { ' ' } else { c });
        Foreign(plain.collect::<String>().trim().to_owned())
    }

    /// As it stands in a place that takes no markup.
    pub(super) fn plain(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match script_of(&self.0) {
            Some((script, is_rtl)) => {
                let way = if is_rtl { "rtl" } else { "ltr" };
                write!(f, "<bdi lang=\"und-{script}\" dir=\"{way}\">")?;
            }
            None => f.write_str("<bdi>")?,
        }
        Html.write_escaped_str(&mut *f, &self.0)?;
        f.write_str("</bdi>")
    }
}

impl HtmlSafe for Foreign {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_is_text_and_turns_nothing_around_it() {
        let shown = Foreign::new("<script>\u{202E}alert(1)\u{1}&\"'").to_string();
        assert!(shown.starts_with("<bdi>") && shown.ends_with("</bdi>"), "{shown}");
        assert!(!shown.contains("<script") && !shown.contains('\u{202E}') && !shown.contains('\u{1}'), "{shown}");
        assert_eq!(shown.matches('<').count(), 2, "{shown}");
    }

    #[test]
    fn a_name_in_one_script_says_which() {
        assert_eq!(Foreign::new("زرین نمونه").to_string(), "<bdi lang=\"und-Arab\" dir=\"rtl\">زرین نمونه</bdi>");
        assert_eq!(Foreign::new("Иван 2").to_string(), "<bdi lang=\"und-Cyrl\" dir=\"ltr\">Иван 2</bdi>");
        assert_eq!(Foreign::new("Zerrin نمونه").to_string(), "<bdi>Zerrin نمونه</bdi>");
        assert_eq!(Foreign::new("Zerrin Örnek").to_string(), "<bdi>Zerrin Örnek</bdi>");
        assert_eq!(Foreign::new("12/345").to_string(), "<bdi>12/345</bdi>");
    }
}
