//! Romanises one word, letter by letter, to lower-case ASCII.
//!
//! Lossy on purpose: the result is for *comparing*, never for showing to a person or for storing. In comes a word as
//! characters in normal form NFKC ([`crate::token`] sees to that), out comes `a–z0–9`. Alphabets whose letters have a
//! usual Latin spelling have a table of their own in a sub-module; Han, Ethiopic and the rest go through the general
//! table of the `deunicode` crate, which was the best of those tried (`docs/decisions/0003-romanisation.md`).
//!
//! Arabic and Hebrew keep their consonants and the letters that may stand for long vowels (alef `a`, waw `w`, yeh `y`);
//! [`crate::sound`] knows that short vowels are missing there.

mod arabic;
mod caucasian;
mod cyrillic;
mod greek;
mod hangul;
mod hebrew;
mod indic;
mod kana;
mod khmer;
mod latin;
mod thai;

use crate::script::Script;

/// Appends the romanised form of `word`, whose letters are of `script`, to `out`.
///
/// Letters of another script inside the word are romanised by their own table.
pub(crate) fn romanise(word: &[char], script: Script, out: &mut String) {
    match script {
        Script::Greek => greek::romanise(word, out),
        Script::Arabic => arabic::romanise(word, out),
        Script::Cyrillic => cyrillic::romanise(word, out),
        Script::Hebrew => hebrew::romanise(word, out),
        Script::Armenian | Script::Georgian => caucasian::romanise(word, out),
        Script::Devanagari => indic::romanise(word, out),
        Script::Kana => kana::romanise(word, out),
        Script::Other if word.first().is_some_and(|&c| indic::has(c)) => indic::romanise(word, out),
        Script::Other if word.first().is_some_and(|&c| thai::has(c)) => thai::romanise(word, out),
        Script::Other if word.first().is_some_and(|&c| khmer::has(c)) => khmer::romanise(word, out),
        _ => {
            for (i, &c) in word.iter().enumerate() {
                letter(c, i == 0, i + 1 == word.len(), out);
            }
        }
    }
}

fn letter(c: char, first: bool, last: bool, out: &mut String) {
    if c.is_ascii() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        }
        return;
    }
    let known = match Script::of(c) {
        Script::Latin => latin::letter(c, out),
        Script::Arabic => arabic::letter(c, first, last, out),
        Script::Cyrillic => cyrillic::letter(c, first, out),
        Script::Hebrew => hebrew::letter(c, first, out),
        Script::Armenian | Script::Georgian => caucasian::letter(c, out),
        Script::Hangul => hangul::syllable(c, out),
        Script::Greek => greek::single(c, out),
        _ => false,
    };
    if !known {
        general(c, out);
    }
}

/// The general table: whatever `deunicode` has for the character, letters and digits only.
fn general(c: char, out: &mut String) {
    let Some(text) = deunicode::deunicode_char(c) else { return };
    out.extend(text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::new();
        romanise(&chars, Script::of(chars[0]), &mut out);
        out
    }

    // Expected values: the usual Latin spelling of the person or place (passport, UN list, encyclopaedia), less what
    // the script does not write.
    #[test]
    fn each_alphabet_comes_close_to_the_usual_spelling() {
        let samples = [
            ("Łukasz", "lukasz"),
            ("Güneş", "gunes"),
            ("İNCE", "ince"),
            ("Işık", "isik"),
            ("Əliyev", "aliyev"),
            ("Strauß", "strauss"),
            ("Владимир", "vladimir"),
            ("Евгений", "yevgeniy"),
            ("Чатаев", "chataev"),
            ("Тимошенко", "timoshenko"),
            ("Љиљана", "ljiljana"),
            ("Αλέξης", "alexis"),
            ("Παπανδρέου", "papandreou"),
            ("Ջիհանգիր", "jihangir"),
            ("სააკაშვილი", "saakashvili"),
            ("Ուրարտու", "urartu"),
            ("Երվանդ", "yervand"),
            ("Ոսկանյան", "voskanyan"),
            ("Գևորգ", "gevorg"),
            ("شمخانی", "shmkhany"),
        ];
        for (from, to) in samples {
            assert_eq!(word(from), to, "{from}");
        }
    }

    // Expected values by the tables that the sub-modules name; for Arabic script the consonants alone.
    #[test]
    fn letters_are_read_beside_their_neighbours() {
        let samples = [
            ("Григорій", "hrihoriy"),
            ("Григорий", "grigoriy"),
            ("سهیل", "sahyl"),
            ("سپهری", "spahry"),
            ("نفيسة", "nfysah"),
            ("مليكة", "mlykah"),
            ("زاده", "zadah"),
            ("الصحراوي", "alsahrawy"),
            ("معمر", "mamr"),
            ("إسحاق", "ashaq"),
            ("ذوالفقاری", "dhwalfqary"),
            ("שמעון", "shmwn"),
            ("כהן", "kahn"),
            ("יצחק", "ytshk"),
            ("אברהם", "avrhm"),
            ("גולדשטיין", "gwldstyyn"),
            ("सिंह", "sinh"),
            ("कृष्ण", "krishna"),
            ("आडवाणी", "advani"),
            ("नरेन्द्र", "narendra"),
            ("जवाहरलाल", "javaharlal"),
            ("रामचन्द्र", "ramchandra"),
            ("हसीना", "hasina"),
            ("শেখ", "shekh"),
            ("ইউনূস", "iunus"),
            ("ทักษิณ", "thaksin"),
            ("ประยุทธ์", "prayuth"),
            ("สมชาย", "somchay"),
            ("แก้ว", "kaew"),
            ("ใจดี", "chaidi"),
            ("เวชชาชีวะ", "wechchachiwa"),
            ("ប៉ុល", "pol"),
            ("ពត", "pot"),
            ("ហ៊ុន", "hun"),
            ("សែន", "sen"),
            ("ខៀវ", "khiev"),
            ("ភ្នំ", "phnum"),
            ("ពេញ", "penh"),
            ("ਸਿੰਘ", "singh"),
            ("ਜਰਨੈਲ", "jarnail"),
            ("பிரபாகரன்", "pirapakaran"),
            ("రెడ్డి", "reddi"),
            ("김", "gim"),
            ("정", "jeong"),
            ("习", "xi"),
            ("トヨタ", "toyota"),
            ("キョウト", "kyoto"),
            ("シンイチ", "shinichi"),
            ("ジュンイチロウ", "junichiro"),
            ("オオノ", "ono"),
            ("エッチュウ", "etchu"),
            ("ハットリ", "hattori"),
            ("ヴィクトル", "vikutoru"),
            ("ウィリアム", "wiriamu"),
            ("フェルナンド", "ferunando"),
            ("つよし", "tsuyoshi"),
            ("٣٧", "37"),
        ];
        for (from, to) in samples {
            assert_eq!(word(from), to, "{from}");
        }
    }
}
