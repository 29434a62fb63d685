//! In which encoding a text is, and how it becomes UTF-8.
//!
//! In comes the beginning of a text, out comes its [`Encoding`]: by its byte order mark, by the NUL bytes of UTF-16, as UTF-8
//! where that fits, else by what the crate `chardetng` (the detector of Firefox) finds likely. Names are those of the Encoding
//! Standard (<https://encoding.spec.whatwg.org/#names-and-labels>).

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
pub use encoding_rs::Encoding;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use mihenk_said::Said;

use crate::sayings;

/// The encoding of that name, such as `windows-1254`, `utf-16le`, `iso-8859-9`.
///
/// # Errors
/// What would be right.
pub fn named(name: &str) -> Result<&'static Encoding, Said> {
    let known = Encoding::for_label_no_replacement(name.trim().as_bytes());
    known.ok_or_else(|| sayings::not_an_encoding(name))
}

/// What a text is in, by its beginning.
#[must_use]
pub fn detect(beginning: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(beginning) {
        return encoding;
    }
    if let Some(encoding) = utf_16_by_nul_bytes(beginning) {
        return encoding;
    }
    // A character may be cut at the end of the beginning.
    let whole = beginning.iter().rposition(|&b| b == b'\n').map_or(beginning, |end| &beginning[..=end]);
    let (mut fitting, mut wrong) = (0, 0);
    for chunk in whole.utf8_chunks() {
        fitting += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    // Bytes of another encoding are UTF-8 by chance only; a few of them in a text of UTF-8 are spoiled rows.
    if wrong <= fitting {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(whole, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Latin text in UTF-16 has a NUL in every second byte.
fn utf_16_by_nul_bytes(beginning: &[u8]) -> Option<&'static Encoding> {
    let head = &beginning[..beginning.len().min(512) & !1];
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), head.len() / 2);
    match () {
        () if half < 2 => None,
        () if odd * 2 > half && even == 0 => Some(UTF_16LE),
        () if even * 2 > half && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// A text in some encoding as UTF-8, without a byte order mark.
pub(crate) fn decoded<R: Read>(encoding: &'static Encoding, input: R) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new().encoding(Some(encoding)).strip_bom(true).build(input)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        let mut out = String::new();
        decoded(detect(bytes), Cursor::new(bytes)).read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn the_usual_encodings_of_customer_files_are_told() {
        for (encoding, text) in [
            ("windows-1252", "name;city\nJosé Núñez;Málaga\nFrançois Lefèvre;Besançon\nBjörn Größl;München\n"),
            ("windows-1254", "adı;şehir\nŞükrü Çağlayan Yıldırım;İzmir\nGülşah Işık Doğan;Eskişehir\n"),
            ("windows-1251", "имя;город\nВладимир Сергеевич Кузнецов;Москва\nЕлена Игоревна Смирнова;Тверь\n"),
            ("windows-1256", "الاسم;المدينة\nمحمد عبد الرحمن الخطيب;القاهرة\nفاطمة الزهراء حسن;بغداد\n"),
        ] {
            let (bytes, _, unmappable) = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap().encode(text);
            assert!(!unmappable);
            assert_eq!((detect(&bytes).name(), text_of(&bytes).as_str()), (encoding, text));
        }
    }

    #[test]
    fn unicode_is_told_with_and_without_its_mark() {
        let text = "name;city\nÖmer;Мо\n";
        let units = |swap: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        for (mark, body) in [
            (&b"\xEF\xBB\xBF"[..], text.as_bytes().to_vec()),
            (b"", text.as_bytes().to_vec()),
            (b"\xFF\xFE", units(false)),
            (b"\xFE\xFF", units(true)),
            (b"", units(false)),
            (b"", units(true)),
        ] {
            assert_eq!(text_of(&[mark, &body].concat()), text);
        }
    }

    #[test]
    fn a_spoiled_row_makes_no_other_encoding() {
        assert_eq!(detect("Ömer\nMüller\nx\n".as_bytes()), UTF_8);
        assert_eq!(detect(b"\xC3\x96mer\nM\xC3\xBCller\n\xFF\n"), UTF_8);
        assert_eq!(detect(b"name\nAli\nM\xC3"), UTF_8, "a character that is cut");
    }

    #[test]
    fn an_encoding_is_called_by_its_usual_names() {
        assert_eq!(named(" Latin5 ").unwrap().name(), "windows-1254");
        assert_eq!(named("cp1256").unwrap().name(), "windows-1256");
        assert!(named("klingon").unwrap_err().as_str().contains("'klingon' is no encoding"));
    }

    proptest! {
        #[test]
        fn any_bytes_become_text(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(text_of(&bytes).len() <= 3 * bytes.len());
        }
    }
}
