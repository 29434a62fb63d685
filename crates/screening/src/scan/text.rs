//! Running text with a way back to its source: plain text as it is, HTML as its reader sees it.
//!
//! In comes a source, out comes a [`Text`]: the characters to read, and for each place in them the byte of the source it
//! came from. Tags, scripts, styles and comments are left out of HTML, character references are decoded, and a block-level
//! tag ends a line. HTML is cut into tokens by `html5gum`, which follows the WHATWG standard (13.2.5, tokenisation).

use html5gum::{DefaultEmitter, Spanned, StartTag, Token, Tokenizer};

/// A text to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// What a reader sees.
    pub content: String,
    /// Places where content and source stop running side by side: (place in the content, place in the source), both in bytes.
    steps: Vec<(usize, usize)>,
}

/// Elements whose content nobody reads.
const HIDDEN: [&[u8]; 6] = [b"script", b"style", b"noscript", b"template", b"svg", b"head"];
/// Elements inside a line.
const INLINE: [&[u8]; 22] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"em", b"font", b"i", b"kbd", b"label", b"mark", b"q", b"s",
    b"small", b"span", b"strong", b"sub", b"sup", b"u", b"wbr",
];

impl Text {
    /// Plain text: content and source are the same.
    #[must_use]
    pub fn plain(source: &str) -> Text {
        Text { content: source.to_owned(), steps: vec![(0, 0)] }
    }

    /// HTML, or plain text that does not look like it.
    #[must_use]
    pub fn of(source: &str) -> Text {
        if looks_like_html(source) { Text::html(source) } else { Text::plain(source) }
    }

    /// What a reader of an HTML page sees.
    #[must_use]
    pub fn html(source: &str) -> Text {
        let mut text = Text::default();
        let mut hidden: Option<Vec<u8>> = None;
        for token in Tokenizer::new_with_emitter(source, DefaultEmitter::<usize>::new_with_span()) {
            let Ok(token) = token;
            match token {
                Token::StartTag(StartTag { name, span, self_closing, .. }) => {
                    if hidden.is_none() && HIDDEN.contains(&name.as_slice()) && !self_closing {
                        hidden = Some(name.to_vec());
                    }
                    text.end_line(&name, span.start, hidden.is_some());
                }
                Token::EndTag(tag) => {
                    if hidden.as_deref() == Some(tag.name.as_slice()) {
                        hidden = None;
                    }
                    text.end_line(&tag.name, tag.span.start, hidden.is_some());
                }
                Token::String(Spanned { value, span }) if hidden.is_none() => {
                    let from = source.get(span.start..span.end).unwrap_or("");
                    text.push_decoded(&String::from_utf8_lossy(&value), from, span.start);
                }
                _ => {}
            }
        }
        text
    }

    /// The byte of the source that a place in the content came from.
    #[must_use]
    pub fn source_offset(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|s| s.0 <= at);
        let (content, source) = if step == 0 { (0, 0) } else { self.steps[step - 1] };
        source + (at - content)
    }

    fn end_line(&mut self, tag: &[u8], source: usize, hidden: bool) {
        if !hidden && !INLINE.contains(&tag) && !self.content.is_empty() && !self.content.ends_with('\n') {
            self.steps.push((self.content.len(), source));
            self.content.push('\n');
        }
    }

    /// Appends decoded text and notes where character references made it shorter than its source.
    fn push_decoded(&mut self, decoded: &str, source: &str, start: usize) {
        self.steps.push((self.content.len(), start));
        let (mut at, mut rest) = (0, decoded);
        while let Some(c) = rest.chars().next() {
            if source[at..].starts_with(c) && !(c == '&' && is_reference(&source[at..])) {
                at += c.len_utf8();
            } else if source[at..].starts_with('&') {
                at += source[at..].find(';').map_or(1, |end| end + 1);
                self.content.push(c);
                rest = &rest[c.len_utf8()..];
                self.steps.push((self.content.len(), start + at));
                continue;
            } else {
                // A carriage return or another character that the standard replaces: one for one.
                at += source[at..].chars().next().map_or(0, char::len_utf8);
                self.content.push(c);
                rest = &rest[c.len_utf8()..];
                self.steps.push((self.content.len(), start + at));
                continue;
            }
            self.content.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
}

/// `&amp;` and its like, as opposed to a bare ampersand.
fn is_reference(source: &str) -> bool {
    let body = source[1..].split(';').next().unwrap_or("");
    body.len() < source.len() - 1
        && !body.is_empty()
        && body.len() < 32
        && body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
}

fn looks_like_html(source: &str) -> bool {
    let start = source.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let start: String = start.chars().take(400).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with('<') && start.contains("<body")
        || ["<p>", "<p ", "<div", "<br", "<h1", "<article", "<table"].iter().any(|tag| start.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_is_read_as_its_reader_sees_it_and_every_word_knows_its_place() {
        let source = "<html><head><title>x</title></head><body><h1>Caf&eacute; &amp; Co</h1><script>var Ali='x'</script>\
                      <p>Ali <b>Sham</b>khani &lt;said&gt;</p><!-- no --></body></html>";
        let text = Text::of(source);
        assert_eq!(text.content, "Café & Co\nAli Shamkhani <said>\n");
        for word in ["Ali", "Co", "said"] {
            let at = text.source_offset(text.content.find(word).unwrap());
            assert!(source[at..].starts_with(word), "{word} at {at}");
        }
        let khani = text.content.find("khani").unwrap();
        assert!(source[text.source_offset(khani)..].starts_with("khani"));
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        let text = Text::of("a < b & c > d");
        assert_eq!((text.content.as_str(), text.source_offset(6)), ("a < b & c > d", 6));
    }

    proptest! {
        #[test]
        fn any_html_is_read_and_places_lie_in_the_source(source in "(<[a-z]{1,6}>|</[a-z]{1,6}>|&[a-z#0-9]{0,5};?|[a-zé ]{1,5}|\\PC){0,30}") {
            let text = Text::html(&source);
            for (at, _) in text.content.char_indices() {
                prop_assert!(text.source_offset(at) <= source.len());
            }
        }
    }
}
