//! Text of others on a page: escaped, isolated, and unable to disguise itself.
//!
//! In comes a text of a list, a customer file or a letter, out comes a `bdi` element (HTML Living Standard, 4.5.25): whatever direction the text is written in, the line around it stays as it
//! is. Where all letters are of one script it says which (`lang="und-Arab"`, BCP 47), so that a browser takes a fitting font. What can hide is shown: characters that are not seen or turn the
//! direction are taken out, marks beyond [`MARKS`] on a letter are cut, and a word with letters of several scripts that look alike is marked; each is said in words behind the text.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};
use mihenk_node::{Script, script::script_of};

use crate::words::Words;

/// Combining marks that may stand on one letter; Vietnamese and vowelled Arabic have two, Tibetan and Hebrew with accents up to four.
pub const MARKS: usize = 4;

/// Text of others.
#[derive(Clone, Debug)]
pub struct Foreign<'a> {
    words: &'a Words,
    text: String,
    hidden: usize,
    is_mixed: bool,
}

impl<'a> Foreign<'a> {
    /// In the language of the page around it.
    #[must_use]
    pub fn new(words: &'a Words, text: &str) -> Foreign<'a> {
        let (text, hidden) = cleaned(text);
        let is_mixed = text.split(|c: char| !c.is_alphabetic() && !is_mark(c)).any(is_mixed);
        Foreign { words, text, hidden, is_mixed }
    }

    /// As it stands in a place that takes no markup, such as an attribute or a title.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.text
    }
}

/// The text without what is not seen, and how many characters that were.
#[must_use]
pub fn cleaned(text: &str) -> (String, usize) {
    let (out, hidden) = without_hidden(text.trim(), |c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    (out, hidden)
}

/// The same for a piece of running text, whose lines and blanks at the ends stay.
#[must_use]
pub fn cleaned_running(text: &str) -> String {
    without_hidden(text, |c| c.is_control() && !matches!(c, '\n' | '\t')).0
}

fn without_hidden(text: &str, is_blank: impl Fn(char) -> bool) -> (String, usize) {
    let (mut out, mut hidden, mut marks) = (String::with_capacity(text.len()), 0, 0);
    for c in text.chars() {
        if is_hidden(c) {
            hidden += 1;
        } else if is_mark(c) {
            marks += 1;
            if marks > MARKS {
                hidden += 1;
            } else {
                out.push(c);
            }
        } else {
            marks = 0;
            out.push(if is_blank(c) { ' ' } else { c });
        }
    }
    (out, hidden)
}

/// Characters that are not seen and can change what is: turns of direction, zero widths, tags, soft hyphens. The joiners U+200C and U+200D are spelling in Persian and
/// Indian scripts, and stay.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Marks that stand on the letter before them, of the scripts that names are written in (Unicode general category Mn, Me by block).
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{302A}'..='\u{302F}' | '\u{FE20}'..='\u{FE2F}')
}

/// Whether a word has letters of two of the scripts whose letters look alike.
fn is_mixed(word: &str) -> bool {
    let alike = |c: char| match Script::of(c) {
        Script::Latin => 1,
        Script::Cyrillic => 2,
        Script::Greek => 4,
        Script::Armenian => 8,
        _ => 0,
    };
    word.chars().map(alike).fold(0_u8, |all, one| all | one).count_ones() > 1
}

/// Opens a `bdi` for this text.
pub(crate) fn open_bdi(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    match script_of(text) {
        Some((script, is_rtl)) => {
            let way = if is_rtl { "rtl" } else { "ltr" };
            write!(f, "<bdi lang=\"und-{script}\" dir=\"{way}\">")
        }
        None => f.write_str("<bdi>"),
    }
}

impl fmt::Display for Foreign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        open_bdi(f, &self.text)?;
        Html.write_escaped_str(&mut *f, &self.text)?;
        f.write_str("</bdi>")?;
        let mut warn = |words: String| {
            f.write_str(" <span class=\"odd\"><span aria-hidden=\"true\">⚠</span> ")?;
            Html.write_escaped_str(&mut *f, &words)?;
            f.write_str("</span>")
        };
        if self.hidden > 0 {
            warn(self.words.with("odd-hidden", &[("n", self.hidden.into())]))?;
        }
        if self.is_mixed {
            warn(self.words.say("odd-mixed"))?;
        }
        Ok(())
    }
}

impl HtmlSafe for Foreign<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn shown(text: &str) -> String {
        Foreign::new(Words::of(Language::English), text).to_string()
    }

    #[test]
    fn text_of_others_is_text_and_turns_nothing_around_it() {
        let shown = shown("<script>\u{202E}alert(1)\u{1}&\"'");
        assert!(!shown.contains("<script") && !shown.contains('\u{202E}') && !shown.contains('\u{1}'), "{shown}");
        assert!(shown.starts_with("<bdi>") && shown.contains("hidden"), "{shown}");
    }

    #[test]
    fn a_name_in_one_script_says_which() {
        assert_eq!(shown("زرین نمونه"), "<bdi lang=\"und-Arab\" dir=\"rtl\">زرین نمونه</bdi>");
        assert_eq!(shown("Иван 2"), "<bdi lang=\"und-Cyrl\" dir=\"ltr\">Иван 2</bdi>");
        assert_eq!(script_of("نمونه\u{200C}زاده"), Some(("Arab", true)));
        assert_eq!(shown("Zerrin Örnek"), "<bdi>Zerrin Örnek</bdi>");
    }

    #[test]
    fn joiners_of_persian_stay() {
        assert_eq!(cleaned("می\u{200C}خواهد"), ("می\u{200C}خواهد".to_owned(), 0));
    }

    #[test]
    fn marks_are_cut_and_said() {
        let flood = format!("a{}b", "\u{301}".repeat(10_000));
        let (text, hidden) = cleaned(&flood);
        assert_eq!((text.chars().count(), hidden), (2 + MARKS, 10_000 - MARKS));
        assert_eq!(cleaned("Nguyễn Thị"), ("Nguyễn Thị".to_owned(), 0));
    }

    #[test]
    fn letters_of_several_scripts_in_one_word_are_said() {
        // A Cyrillic а in a Latin word.
        assert!(shown("Аli Sh\u{430}mkhani").contains("class=\"odd\""));
        assert!(!shown("Ali Иван").contains("odd"), "each word has one script");
    }
}
