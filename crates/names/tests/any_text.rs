//! Whatever the text, a name is read from it: nothing panics, forms are ASCII, places are those of the source.
//!
//! The texts are made of pieces that each rule for cutting words looks for (single letters, capitals, legal forms, articles,
//! vowel marks, look-alikes, half-width kana, invisible characters), in any order and with anything between them.

use mihenk_names::{Bearer, Name};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "M",
    "K",
    "MK",
    "JSC",
    "ООО",
    "JSCArgument",
    "ОООВолга",
    "Maritimelimited",
    "sp. z o.o.",
    "S.à r.l.",
    "№",
    "12",
    "III",
    "v",
    "i",
    "ال",
    "الع",
    "وال",
    "ﺍﻟﻘﺬﺍﻓﻲ",
    "ﻻ",
    "ع",
    "معمر",
    "سهيل",
    "كة",
    "عبد",
    "الله",
    "\u{64E}",
    "ـ",
    "\u{200D}",
    "\u{202E}",
    "\u{AD}",
    "Ж.",
    "Ch.",
    "Dhu",
    "al",
    "din",
    "Abd",
    "oglu",
    "Hojjat",
    "ol",
    "eslam",
    "Rear",
    "Admiral",
    "Ꭺ",
    "ꓮ",
    "Оѕаmа",
    "ｶ",
    "ﾞ",
    "ッ",
    "チ",
    "ァ",
    "か",
    "\u{3099}",
    "김",
    "이",
    "习",
    "㈱",
    "Ⅷ",
    "ﷺ",
    "क",
    "\u{94D}",
    "ि",
    "ক",
    "ൻ",
    "அ",
    "เ",
    "ก",
    "\u{E4C}",
    "ิ",
    "ո",
    "ւ",
    "ე",
    "ש",
    "ט",
    "כ",
    "ה",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "ﬃ",
    "𝐎",
    "Ａ",
    "\u{301}",
    "'",
    "’",
    "-",
    " ",
    "  ",
    ".",
    "/",
    "&",
    "(",
    "ÅngströM",
    "ПАО",
    "\u{FFFD}",
    "😀",
    "\u{10FFFF}",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,4}", 3 => Just(" ".to_owned())];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_name_is_read_from_any_text(text in text()) {
        for bearer in Bearer::ALL {
            let name = Name::read(&text, bearer);
            for part in &name.parts {
                prop_assert!(!part.form.is_empty() && part.form.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
                prop_assert!(part.start <= part.end && text.get(part.start..part.end).is_some(), "{part:?} of {text:?}");
            }
            prop_assert!(name.parts.is_sorted_by_key(|part| part.start));
            for unit in name.units() {
                prop_assert!(usize::from(unit.last) < name.parts.len() && !unit.form.is_empty());
            }
        }
    }
}

#[test]
fn a_name_of_a_megabyte_is_read() {
    for piece in ["a", "ع", "김", "क", "A B ", "ООО", "\u{301}", "ｶﾞ"] {
        let text = piece.repeat(1_000_000 / piece.len());
        for bearer in Bearer::ALL {
            let name = Name::read(&text, bearer);
            assert!(name.parts.len() <= mihenk_names::name::PARTS_MAX);
        }
    }
}
