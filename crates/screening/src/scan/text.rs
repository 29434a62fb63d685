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
    /// How many elements are open that keep their spaces and line ends.
    kept: usize,
    /// Places where content and source stop running side by side.
    steps: Vec<Step>,
}

/// From here on content and source run side by side, up to the next step; all in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Step {
    /// The place in the content.
    content: usize,
    /// The place in the source.
    source: usize,
    /// What the characters up to the next step take in the source, when that is not their own length: a character
    /// reference, or a line end of two characters.
    written: Option<usize>,
}

/// Elements whose content nobody reads.
const HIDDEN: [&[u8]; 6] = [b"script", b"style", b"noscript", b"template", b"svg", b"head"];
/// What a head may hold. Its own tags may be left out: any other element ends it.
const IN_HEAD: [&[u8]; 11] = [
    b"head",
    b"title",
    b"meta",
    b"link",
    b"base",
    b"style",
    b"script",
    b"noscript",
    b"template",
    b"object",
    b"bgsound",
];
/// Elements inside a line.
const INLINE: [&[u8]; 22] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"em", b"font", b"i", b"kbd", b"label", b"mark", b"q", b"s",
    b"small", b"span", b"strong", b"sub", b"sup", b"u", b"wbr",
];

impl Text {
    /// Plain text: content and source are the same.
    #[must_use]
    pub fn plain(source: &str) -> Text {
        Text { content: source.to_owned(), kept: 0, steps: vec![Step::default()] }
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
        let mut hidden: Option<(Vec<u8>, usize)> = None;
        for token in Tokenizer::new_with_emitter(source, DefaultEmitter::<usize>::new_with_span()) {
            let Ok(token) = token;
            match token {
                Token::StartTag(StartTag { name, span, self_closing, .. }) => {
                    if hidden.as_ref().is_some_and(|h| h.0 == b"head") && !IN_HEAD.contains(&name.as_slice()) {
                        hidden = None;
                    }
                    match &mut hidden {
                        Some((element, depth)) if *element == *name => *depth += usize::from(!self_closing),
                        None if HIDDEN.contains(&name.as_slice()) && !self_closing => hidden = Some((name.to_vec(), 1)),
                        _ => {}
                    }
                    text.end_line(&name, span.start, hidden.is_some());
                    text.kept += usize::from(*name == b"pre"[..]);
                }
                Token::EndTag(tag) => {
                    if let Some((element, depth)) = &mut hidden
                        && *element == *tag.name
                    {
                        *depth -= 1;
                        if *depth == 0 {
                            hidden = None;
                        }
                    }
                    text.end_line(&tag.name, tag.span.start, hidden.is_some());
                    text.kept = text.kept.saturating_sub(usize::from(*tag.name == b"pre"[..]));
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
        let step = self.step(at);
        match step.written {
            Some(_) => step.source,
            None => step.source + (at - step.content),
        }
    }

    /// A range of the content as a range of the source, from the first character's first byte to the last character's
    /// last one: what stands between the last character and the next, such as a tag, is not in it.
    #[must_use]
    pub fn source_range(&self, start: usize, end: usize) -> (usize, usize) {
        let Some((last, c)) = self.content[start..end].char_indices().next_back() else {
            return (self.source_offset(start), self.source_offset(start));
        };
        let last = start + last;
        let len = self.step(last).written.unwrap_or(c.len_utf8());
        (self.source_offset(start), self.source_offset(last) + len)
    }

    fn step(&self, at: usize) -> Step {
        let next = self.steps.partition_point(|s| s.content <= at);
        if next == 0 { Step::default() } else { self.steps[next - 1] }
    }

    /// Ends a line at the tag of an element that is no part of one, and a paragraph at any but a line break.
    fn end_line(&mut self, tag: &[u8], source: usize, hidden: bool) {
        if hidden || INLINE.contains(&tag) || self.content.is_empty() {
            return;
        }
        let ends = if tag == b"br" { 1 } else { 2 };
        let there = self.content.bytes().rev().take_while(|&b| b == b'\n').count();
        for _ in there..ends {
            self.steps.push(Step { content: self.content.len(), source, written: Some(0) });
            self.content.push('\n');
        }
    }

    /// Appends decoded text and notes where it is shorter or longer than its source.
    fn push_decoded(&mut self, decoded: &str, source: &str, start: usize) {
        let (mut at, mut rest) = (0, decoded);
        let mut side_by_side = false;
        while let Some(c) = rest.chars().next() {
            let here = &source[at..];
            let reference = if here.starts_with('&') { reference(here) } else { None };
            let (value, written) = match &reference {
                Some((value, written)) if rest.starts_with(value.as_str()) => (value.as_str(), *written),
                _ if c == '\n' && here.starts_with("\r\n") => ("\n", 2),
                // The standard replaces some characters, one by one.
                _ => (&rest[..c.len_utf8()], here.chars().next().map_or(0, char::len_utf8)),
            };
            rest = &rest[value.len()..];
            // Spaces and line ends of the source are one space to its reader, and none at the start of a line.
            let is_space = matches!(value, "\n" | "\r" | "\t" | " ") && self.kept == 0 && reference.is_none();
            if is_space && (self.content.is_empty() || self.content.ends_with([' ', '\n'])) {
                (at, side_by_side) = (at + written, false);
                continue;
            }
            let as_it_is = here.starts_with(value) && written == value.len();
            if !(as_it_is && side_by_side) {
                let written = (!as_it_is).then_some(written);
                self.steps.push(Step { content: self.content.len(), source: start + at, written });
            }
            side_by_side = as_it_is;
            self.content.push_str(if is_space { " " } else { value });
            at += written;
        }
    }
}

/// What a character reference at the start of `source` stands for, and how many bytes it has; none for a bare ampersand.
fn reference(source: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 40;
    let body = source.bytes().skip(1).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').take(LONGEST).count();
    let semicolon = usize::from(source.as_bytes().get(1 + body) == Some(&b';'));
    let written = &source[..1 + body + semicolon];
    let mut value = String::new();
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            value.push_str(&String::from_utf8_lossy(&text));
        }
    }
    if value == written || value.is_empty() {
        return None;
    }
    // Letters behind a reference that needs no semicolon (`&copyright`) stand for themselves.
    let first = value.chars().next().map_or(1, char::len_utf8);
    let same =
        value[first..].bytes().rev().zip(written.bytes().rev()).take_while(|(a, b)| a == b && a.is_ascii()).count();
    value.truncate(value.len() - same);
    Some((value, written.len() - same))
}

/// Whether a text begins with a tag or a comment and has a tag that ends something; a letter may begin with `<ali@…>`.
fn looks_like_html(source: &str) -> bool {
    const LOOKED_AT: usize = 4_000;
    let start = source.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let start = &start[..start.floor_char_boundary(LOOKED_AT)];
    let Some(first) = start.strip_prefix('<') else { return false };
    let is_document = first.get(..13).is_some_and(|d| d.eq_ignore_ascii_case("!doctype html"));
    let is_tag = first.starts_with("!--") || first.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = first.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(first.len());
    let is_known = ["html", "body", "p", "div", "br", "h1", "article", "table"]
        .iter()
        .any(|t| first[..name].eq_ignore_ascii_case(t));
    is_document || is_known || is_tag && start.contains("</")
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
        assert_eq!(text.content, "Café & Co\n\nAli Shamkhani <said>\n\n");
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

    /// The source of the words `content`, which must stand in what is read.
    fn source_of<'a>(source: &'a str, content: &str) -> &'a str {
        let text = Text::html(source);
        let at = text.content.find(content).unwrap_or_else(|| panic!("{content} is not in {:?}", text.content));
        let (start, end) = text.source_range(at, at + content.len());
        &source[start..end]
    }

    #[test]
    fn a_range_of_the_source_ends_with_its_last_character() {
        let of = source_of;
        assert_eq!(of("<p>x &#1585;&#1610;</p>", "ري"), "&#1585;&#1610;");
        assert_eq!(of("<p>&#x631;&#x64A; ", "ر"), "&#x631;");
        assert_eq!(of("<p>Caf&eacute;</p>", "Café"), "Caf&eacute;");
        assert_eq!(of("<p>Caf&eacute; bar; x</p>", "bar"), "bar");
        assert_eq!(of("<p>Caf&eacute bar; x</p>", "bar"), "bar", "an old reference without its semicolon");
        assert_eq!(of("<p>&copyright by x;</p>", "right"), "right");
        assert_eq!(of("<p>a & b &amp; c && d</p>", "b & c"), "b &amp; c");
        assert_eq!(of("<p>A&NotEqualTilde;B C</p>", "B"), "B", "a reference to two characters");
        assert_eq!(of("<p>one <b> Ali</b>\n\t<i>Shamkhani</i> two", "Ali Shamkhani"), "Ali</b>\n\t<i>Shamkhani");
        assert_eq!(of("<pre>one\r\ntwo\r\nthree</pre>", "three"), "three");
        assert_eq!(of("<p>one\r\ntwo\r\nthree</p>", "three"), "three");
        assert_eq!(
            of("<p>A<b>l</b>i <i>Sham<!-- no -->khani</i>!", "Ali Shamkhani"),
            "A<b>l</b>i <i>Sham<!-- no -->khani"
        );
        assert_eq!(of("<p>&#0;&#x110000;x", "x"), "x");
    }

    #[test]
    fn what_nobody_reads_is_left_out_and_nothing_else() {
        let read = |source: &str| Text::html(source).content.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read("<html><head><title>T</title><body><p>seen"), "seen", "a head without an end");
        assert_eq!(read("<html><head><meta charset=utf-8><p>seen"), "seen", "a head without a body");
        assert_eq!(read("<p>a<svg><text>b<svg>c</svg>d</text></svg>e"), "a e", "one inside the other");
        assert_eq!(read("<img alt='Ali Shamkhani' title=x>a<style>b</style><noscript>c</noscript>"), "a");
        assert_eq!(read("<p>a<!-- b -->c<textarea>d</textarea>"), "ac d");
    }

    proptest! {
        #[test]
        fn every_range_is_read_back_from_its_source(source in "(<[bip]{1}>|</[bip]{1}>|&(amp|lt|eacute|copy|#[0-9]{1,4}|#x[0-9a-f]{1,4}|NotEqualTilde|[a-z]{1,4});?|[a-zé ;#]{1,5}|\\PC|\r?\n){0,30}") {
            let text = Text::html(&source);
            let places: Vec<usize> = text.content.char_indices().map(|(at, _)| at).collect();
            for pair in places.windows(2) {
                let (start, end) = text.source_range(pair[0], pair[1]);
                prop_assert!(start <= end && source.get(start..end).is_some(), "{start}..{end} of {source:?}");
                // What a character was written as is read as that character again.
                let c = &text.content[pair[0]..pair[1]];
                let again = Text::html(&format!("<p>{}", &source[start..end])).content;
                prop_assert!([" ", "\n"].contains(&c) || start == end || again.contains(c), "{c:?} from {:?}", &source[start..end]);
            }
        }

        #[test]
        fn any_html_is_read_and_places_lie_in_the_source(source in "(<[a-z]{1,6}>|</[a-z]{1,6}>|&[a-z#0-9]{0,5};?|[a-zé ]{1,5}|\\PC){0,30}") {
            let text = Text::html(&source);
            for (at, _) in text.content.char_indices() {
                prop_assert!(text.source_offset(at) <= source.len());
            }
        }
    }
}
