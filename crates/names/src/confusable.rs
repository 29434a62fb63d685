//! Undoes look-alike letters: a Cyrillic *а* in a Latin word, a Greek word made only of shapes that Latin has too.
//!
//! In come the characters of a word, or the tokens of a text; out come the same with the letters that were meant. Only
//! shapes that are the same in common typefaces are in the table (from the Unicode Consortium's confusables data, UTS 39),
//! and only mixtures are touched: a word that is Cyrillic throughout, in a text without Latin, stays what it is.

use crate::{script::Script, token::Token};

/// Replaces letters of other alphabets inside a word of `script` by the letter of `script` that looks the same.
pub(crate) fn repair_letters(word: &mut [char], script: Script) {
    if !matches!(script, Script::Latin | Script::Cyrillic | Script::Greek) {
        return;
    }
    for c in word {
        let own = Script::of(*c);
        if own == script || own == Script::Common {
            continue;
        }
        let latin = if own == Script::Latin { Some(*c) } else { latin_shape(*c) };
        let Some(latin) = latin else { continue };
        *c = if script == Script::Latin { latin } else { shape_in(latin, script).unwrap_or(*c) };
    }
}

/// In a text whose words are Latin, reads words of nothing but look-alikes as Latin too; `more_latin` words of more than one
/// letter are Latin besides.
pub(crate) fn repair_words(text: &str, tokens: &mut [Token], more_latin: usize) {
    let latin = more_latin + tokens.iter().filter(|t| t.script == Script::Latin && t.form.len() > 1).count();
    let disguised = |t: &Token| {
        matches!(t.script, Script::Cyrillic | Script::Greek | Script::Armenian | Script::Other) && t.form.len() > 1
    };
    if latin == 0 || latin < tokens.iter().filter(|t| disguised(t)).count() {
        return;
    }
    for token in tokens.iter_mut().filter(|t| disguised(t)) {
        let shapes: Option<String> = text[token.start..token.end]
            .chars()
            .map(|c| if c.is_ascii() { Some(c) } else { latin_shape(c) })
            .map(|c| c.map(|c| c.to_ascii_lowercase()))
            .collect();
        if let Some(form) = shapes.filter(|s| !s.is_empty()) {
            token.form = form.chars().filter(char::is_ascii_alphanumeric).collect();
            token.script = Script::Latin;
        }
    }
}

/// The Latin letter that a Cyrillic, Greek, Armenian, Cherokee or Lisu one looks like.
fn latin_shape(c: char) -> Option<char> {
    // The capitals of these two scripts are Latin ones in shape; no name is written in them.
    const CHEROKEE: &str = "ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎥiᎫJᏦKᏞLᎷMᏢPᎡRᏚSᎢTᏙVᎳWᎩYᏃZᏩGᏔWᏒR";
    const LISU: &str = "ꓮAꓐBꓚCꓓDꓰEꓝFꓖGꓧHꓲIꓙJꓗKꓡLꓟMꓠNꓳOꓑPꓣRꓢSꓔTꓴUꓦVꓪWꓫXꓬYꓜZ";
    let in_pairs = |pairs: &str| pairs.chars().skip_while(|&own| own != c).nth(1);
    match c as u32 {
        0x13A0..=0x13F5 => return in_pairs(CHEROKEE),
        0xA4D0..=0xA4FF => return in_pairs(LISU),
        _ => {}
    }
    Some(match c {
        'а' | 'α' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'с' | 'ϲ' => 'c',
        'С' | 'Ϲ' => 'C',
        'ԁ' => 'd',
        'е' => 'e',
        'Е' | 'Ε' => 'E',
        'һ' | 'հ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ι' => 'i',
        'І' | 'Ι' | 'Ӏ' | 'ӏ' => 'I',
        'ј' | 'ϳ' => 'j',
        'Ј' => 'J',
        'К' | 'Κ' | 'к' | 'κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'ո' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'О' | 'Ο' | 'Օ' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ԛ' => 'q',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'Х' | 'Χ' => 'X',
        'у' | 'γ' => 'y',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}

/// The letter of Cyrillic or Greek that looks like a Latin one.
fn shape_in(latin: char, script: Script) -> Option<char> {
    const CYRILLIC: &[(char, char)] = &[
        ('a', 'а'),
        ('A', 'А'),
        ('B', 'В'),
        ('c', 'с'),
        ('C', 'С'),
        ('e', 'е'),
        ('E', 'Е'),
        ('H', 'Н'),
        ('i', 'і'),
        ('I', 'І'),
        ('j', 'ј'),
        ('J', 'Ј'),
        ('K', 'К'),
        ('M', 'М'),
        ('o', 'о'),
        ('O', 'О'),
        ('p', 'р'),
        ('P', 'Р'),
        ('s', 'ѕ'),
        ('S', 'Ѕ'),
        ('T', 'Т'),
        ('x', 'х'),
        ('X', 'Х'),
        ('y', 'у'),
        ('Y', 'У'),
    ];
    const GREEK: &[(char, char)] = &[
        ('a', 'α'),
        ('A', 'Α'),
        ('B', 'Β'),
        ('E', 'Ε'),
        ('H', 'Η'),
        ('i', 'ι'),
        ('I', 'Ι'),
        ('K', 'Κ'),
        ('M', 'Μ'),
        ('N', 'Ν'),
        ('o', 'ο'),
        ('O', 'Ο'),
        ('p', 'ρ'),
        ('P', 'Ρ'),
        ('T', 'Τ'),
        ('u', 'υ'),
        ('v', 'ν'),
        ('X', 'Χ'),
        ('Y', 'Υ'),
        ('Z', 'Ζ'),
    ];
    let table = if script == Script::Cyrillic { CYRILLIC } else { GREEK };
    table.iter().find(|(l, _)| *l == latin).map(|(_, own)| *own)
}
