//! Text in any encoding, and the way back from its characters to the bytes of the file.
//!
//! In come bytes, out comes [`Decoded`]: UTF-8, the encoding it was in, and [`Places`]. In this order: a byte order mark;
//! UTF-8 that is valid; what an HTML page or an XML file says of itself; UTF-8 that is nearly valid; a guess. Text that is
//! valid UTF-8 by chance hardly exists, while pages that declare another encoding than they use do. Encodings and their
//! labels are those of the Encoding Standard (WHATWG), by `encoding_rs`; the guess is `chardetng`'s, as in Firefox.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Bytes as text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text; a byte order mark of UTF-8 stays in it.
    pub text: String,
    /// The encoding it was in.
    pub encoding: &'static str,
    /// Where its characters stood.
    pub places: Places,
    /// Runs of bytes that are no characters; each is U+FFFD in the text.
    pub replaced: usize,
    /// The first such byte, counted from 0.
    pub first_replaced: usize,
}

/// Where the characters of a text stood in its source, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Places of the text with their places in the source; both rise. None: the text is its source.
    steps: Vec<(usize, usize)>,
    width: Width,
}

/// How many bytes of the source a character takes, from one step to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Width {
    /// As many as in the text.
    #[default]
    Same,
    One,
    Utf16,
    Utf32,
}

impl Width {
    fn of(self, c: char) -> usize {
        match self {
            Width::Same => c.len_utf8(),
            Width::One => 1,
            Width::Utf16 => 2 * c.len_utf16(),
            Width::Utf32 => 4,
        }
    }
}

/// Where widths have to be added up there is a step each so many characters.
const STRIDE: usize = 64;

impl Places {
    /// The byte of the source at which the character at `at` of the text stood.
    #[must_use]
    pub fn source(&self, text: &str, at: usize) -> usize {
        let next = self.steps.partition_point(|s| s.0 <= at);
        let (from, source) = next.checked_sub(1).map_or((0, 0), |i| self.steps[i]);
        match self.width {
            Width::Same => source + (at - from),
            width => source + text.get(from..at).unwrap_or_default().chars().map(|c| width.of(c)).sum::<usize>(),
        }
    }

    /// Whether the text is its source, byte for byte.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.steps.is_empty() && self.width == Width::Same
    }

    /// Of a text whose characters have these widths, `skipped` bytes into the source.
    fn of_widths(text: &str, width: Width, skipped: usize) -> Places {
        let (mut steps, mut source) = (Vec::with_capacity(text.len() / STRIDE + 1), skipped);
        for (number, (at, c)) in text.char_indices().enumerate() {
            if number % STRIDE == 0 {
                steps.push((at, source));
            }
            source += width.of(c);
        }
        steps.push((text.len(), source));
        Places { steps, width }
    }
}

/// Decodes bytes.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(decoded) = wide(bytes) {
        return decoded;
    }
    let declared = declared(bytes);
    // The one 7-bit encoding of the standard: its bytes are valid UTF-8.
    if declared == Some(ISO_2022_JP) || declared.is_none() && bytes.contains(&0x1B) && guess(bytes) == ISO_2022_JP {
        return stepwise(bytes, ISO_2022_JP);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return of(text.to_owned(), UTF_8.name(), Places::default());
    }
    if let Some(encoding) = declared.filter(|&e| e != UTF_8) {
        return by(bytes, encoding);
    }
    if declared == Some(UTF_8) || bytes.starts_with(b"\xEF\xBB\xBF") || is_nearly_utf8(bytes) {
        return lossy(bytes);
    }
    by(bytes, guess(bytes))
}

fn of(text: String, encoding: &'static str, places: Places) -> Decoded {
    Decoded { text, encoding, places, replaced: 0, first_replaced: 0 }
}

fn by(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    if encoding == UTF_8 {
        return lossy(bytes);
    }
    if !encoding.is_single_byte() {
        return stepwise(bytes, encoding);
    }
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let places = Places::of_widths(&text, Width::One, 0);
    noted(of(text, encoding.name(), places))
}

/// Counts what was replaced.
fn noted(mut decoded: Decoded) -> Decoded {
    let mut runs = decoded.text.match_indices('\u{FFFD}');
    if let Some((at, _)) = runs.next() {
        decoded.first_replaced = decoded.places.source(&decoded.text, at);
        decoded.replaced = 1 + runs.count();
    }
    decoded
}

/// UTF-8 in which some bytes are no characters.
fn lossy(bytes: &[u8]) -> Decoded {
    let (mut text, mut steps, mut source) = (String::with_capacity(bytes.len()), Vec::new(), 0);
    let (mut replaced, mut first_replaced) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        source += chunk.valid().len();
        if chunk.invalid().is_empty() {
            continue;
        }
        if replaced == 0 {
            first_replaced = source;
        }
        replaced += 1;
        steps.push((text.len(), source));
        text.push('\u{FFFD}');
        source += chunk.invalid().len();
        steps.push((text.len(), source));
    }
    Decoded { text, encoding: UTF_8.name(), places: Places { steps, width: Width::Same }, replaced, first_replaced }
}

/// An encoding with characters of several bytes: each byte is given to the decoder alone, to see which begin a character.
fn stepwise(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut steps) = (String::with_capacity(bytes.len() * 2), Vec::new());
    // The first byte of the character that is being read.
    let mut begun = 0;
    let mut side_by_side = true;
    for at in 0..=bytes.len() {
        // A byte gives at most two characters: the sign for a broken one, and itself.
        text.reserve(16);
        let (from, is_last) = (text.len(), at == bytes.len());
        let _ = decoder.decode_to_string(bytes.get(at..=at).unwrap_or_default(), &mut text, is_last);
        if text.len() == from {
            continue;
        }
        let as_it_is = at < bytes.len() && begun == at && text.as_bytes().get(from..) == bytes.get(at..=at);
        if !(as_it_is && side_by_side) {
            steps.push((from, begun));
        }
        (side_by_side, begun) = (as_it_is, at + 1);
    }
    steps.push((text.len(), bytes.len()));
    noted(of(text, encoding.name(), Places { steps, width: Width::Same }))
}

/// UTF-16 and UTF-32: by their byte order mark, or by the zeros that they are full of.
fn wide(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, skipped) = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => return Some(utf32(bytes, u32::from_le_bytes, "UTF-32LE")),
        [0, 0, 0xFE, 0xFF, ..] => return Some(utf32(bytes, u32::from_be_bytes, "UTF-32BE")),
        [0xFF, 0xFE, ..] => (UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (UTF_16BE, 2),
        _ => (utf16_without_mark(bytes)?, 0),
    };
    let text = encoding.decode_without_bom_handling(&bytes[skipped..]).0.into_owned();
    let places = Places::of_widths(&text, Width::Utf16, skipped);
    Some(noted(of(text, encoding.name(), places)))
}

/// Whether bytes are UTF-16 or UTF-32.
pub(crate) fn is_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 0, 0xFE, 0xFF, ..]) || utf16_without_mark(bytes).is_some()
}

/// Spaces, digits and Latin letters have a zero at the same side of every pair; no other text has any zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 64 * 1024;
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // One character in twenty is a space at least; a few zeros may be anything.
    let (encoding, other, most) = if odd > even { (UTF_16LE, even, odd) } else { (UTF_16BE, odd, even) };
    if most < 4 || most * 40 < head.len() || other * 8 > most {
        return None;
    }
    let (text, had_errors) = encoding.decode_without_bom_handling(head);
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    (!had_errors && controls * 50 <= text.len()).then_some(encoding)
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32, name: &'static str) -> Decoded {
    let units = bytes[4..].chunks(4);
    let read = |unit: &[u8]| unit.try_into().ok().map(number).and_then(char::from_u32).unwrap_or('\u{FFFD}');
    let text: String = units.map(read).collect();
    let places = Places::of_widths(&text, Width::Utf32, 4);
    noted(of(text, name, places))
}

/// What a page or an XML file says of its encoding, in the first kilobyte (HTML Standard, 13.2.3.2).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if !start.starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(&start[..start.len().min(1024)]).to_ascii_lowercase();
    let xml =
        head.strip_prefix("<?xml").and_then(|d| d.split_once("?>")).and_then(|(d, _)| label_behind(d, "encoding"));
    let label = xml.or_else(|| {
        head.match_indices("<meta").find_map(|(at, _)| {
            let tag = head[at..].split_once('>').map_or(&head[at..], |(tag, _)| tag);
            label_behind(tag, "charset")
        })
    })?;
    match Encoding::for_label(label.as_bytes())? {
        // They could not have been read so far.
        e if e == UTF_16LE || e == UTF_16BE => Some(UTF_8),
        e if e == X_USER_DEFINED => Some(WINDOWS_1252),
        e => Some(e),
    }
}

/// The value behind `word =`.
fn label_behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.match_indices(word).find_map(|(at, _)| {
        let value = text[at + word.len()..].trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '?' | '/'));
        Some(&value[..end.unwrap_or(value.len())]).filter(|label| !label.is_empty())
    })
}

/// Whether most of what is not ASCII is UTF-8: a text that was cut, or in which one byte was lost.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every character of the text stands in the source where its place says; `write` writes a text in the encoding.
    fn leads_back(text: &str, bytes: &[u8], write: impl Fn(&str) -> Vec<u8>) -> Decoded {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, text, "{}", decoded.encoding);
        let mut chars = decoded.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let end = chars.peek().map_or(text.len(), |n| n.0);
            let range = decoded.places.source(text, at)..decoded.places.source(text, end);
            assert_eq!(bytes[range.clone()], write(&c.to_string()), "{c} at {range:?}, {}", decoded.encoding);
        }
        decoded
    }

    fn in_encoding(encoding: &'static Encoding) -> impl Fn(&str) -> Vec<u8> {
        move |text| encoding.encode(text).0.into_owned()
    }

    const TURKISH: &str = "Görüşmede Karayılan'ın adı geçti; Şırnak'ta ve İstanbul'da çığ düştü. Ağustos'ta ölçülmüş.";
    const RUSSIAN: &str = "Они говорили о Сергее Шойгу и о других людях, которых назвали вчера в Москве.";
    const ARABIC: &str = "تحدثوا عن أيمن الظواهري وعن آخرين في العراق والشام يوم أمس";

    #[test]
    fn utf8_is_its_own_source() {
        let decoded = leads_back(TURKISH, TURKISH.as_bytes(), |t| t.as_bytes().to_vec());
        assert!(decoded.places.is_same() && decoded.encoding == "UTF-8");
    }

    #[test]
    fn encodings_are_guessed_and_lead_back() {
        for (text, encoding) in [
            (TURKISH, encoding_rs::WINDOWS_1254),
            (RUSSIAN, encoding_rs::WINDOWS_1251),
            (RUSSIAN, encoding_rs::KOI8_U),
            (ARABIC, encoding_rs::WINDOWS_1256),
            ("他们昨天在北京谈到了孟晚舟和中国进出口银行的事情。", encoding_rs::GBK),
            ("彼らは昨日、東京で話した。テロ組織について話しました。", encoding_rs::SHIFT_JIS),
            ("彼らは昨日、東京で話した。テロ組織について話しました。", encoding_rs::EUC_JP),
            ("그들은 어제 평양에서 김정은에 대하여 이야기했다고 한다.", encoding_rs::EUC_KR),
        ] {
            let bytes = in_encoding(encoding)(text);
            assert_eq!(leads_back(text, &bytes, in_encoding(encoding)).encoding, encoding.name());
        }
    }

    #[test]
    fn a_seven_bit_encoding_is_noticed() {
        let text = "彼らは昨日、東京で話した。 Ali";
        let decoded = decode(&in_encoding(ISO_2022_JP)(text));
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, "ISO-2022-JP"));
    }

    #[test]
    fn wide_encodings_are_read_with_and_without_their_mark() {
        for text in [TURKISH, RUSSIAN, ARABIC, "x 𐍈𐍉 Ali Shamkhani"] {
            let little = |t: &str| t.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
            let big = |t: &str| t.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
            let longest = |t: &str| t.chars().flat_map(|c| (c as u32).to_le_bytes()).collect::<Vec<u8>>();
            leads_back(text, &little(text), little);
            leads_back(text, &big(text), big);
            leads_back(text, &[&[0xFF, 0xFE][..], &little(text)].concat(), little);
            leads_back(text, &[&[0xFE, 0xFF][..], &big(text)].concat(), big);
            leads_back(text, &[&[0xFF, 0xFE, 0, 0][..], &longest(text)].concat(), longest);
        }
    }

    #[test]
    fn a_page_says_its_encoding_unless_it_is_valid_utf8() {
        let page = |declaration: &str| format!("<html><head>{declaration}</head><body>Şırnak ve Iğdır</body></html>");
        for declaration in [
            "<meta charset=\"windows-1254\">",
            "<META http-equiv='Content-Type' content='text/html; charset=iso-8859-9'>",
            "<meta name=x><meta charset = windows-1254 >",
        ] {
            let page = page(declaration);
            let bytes = in_encoding(encoding_rs::WINDOWS_1254)(&page);
            assert_eq!(decode(&bytes).text, page);
            assert_eq!(decode(page.as_bytes()).text, page, "declared wrongly");
        }
        let xml = "<?xml version='1.0' encoding='windows-1251'?><html><body>Шойгу</body></html>";
        assert_eq!(decode(&in_encoding(encoding_rs::WINDOWS_1251)(xml)).text, xml);
    }

    #[test]
    fn a_lost_byte_is_counted_and_moves_nothing() {
        let mut bytes = TURKISH.as_bytes().to_vec();
        // The second byte of the first `ö`.
        bytes.remove(2);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.replaced, decoded.first_replaced), ("UTF-8", 1, 1));
        let at = decoded.text.find("Karay").unwrap();
        assert!(bytes[decoded.places.source(&decoded.text, at)..].starts_with(b"Karay"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_whose_places_rise_and_lie_in_the_source(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let decoded = decode(&bytes);
            let mut last = 0;
            for (at, _) in decoded.text.char_indices() {
                let place = decoded.places.source(&decoded.text, at);
                prop_assert!(place >= last && place <= bytes.len(), "{place} behind {last} of {}", bytes.len());
                last = place;
            }
            prop_assert_eq!(decoded.text.contains('\u{FFFD}'), decoded.replaced > 0 || decoded.encoding == "UTF-8" && bytes.windows(3).any(|w| w == "\u{FFFD}".as_bytes()));
        }
    }
}
