//! Armenian and Georgian: two alphabets of one region, letter by letter but for Armenian's *u*.
//!
//! A word in, ASCII letters out. Armenian by BGN/PCGN 1981, which its passports follow (`ու` is *u*; at the start of a word `ո` is
//! *vo* and `ե` is *ye*), Georgian by its national system of 2002, both without apostrophes.

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let mut i = 0;
    while i < word.len() {
        let next = word.get(i + 1).map(|&c| plain(c));
        let (text, used) = match (plain(word[i]), next) {
            ('ո', Some('ւ')) => ("u", 2),
            ('ո', Some('վ')) if i == 0 => ("ov", 2),
            ('ո', _) if i == 0 => ("vo", 1),
            ('ե', Some('ւ')) => ("ev", 2),
            ('ե', _) if i == 0 => ("ye", 1),
            _ => ("", 1),
        };
        if text.is_empty() {
            super::letter(word[i], i == 0, i + 1 == word.len(), out);
        }
        out.push_str(text);
        i += used;
    }
}

fn plain(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Appends the letter; false when this table does not have it.
pub(super) fn letter(c: char, out: &mut String) -> bool {
    let text = match plain(c) {
        'ა' | 'ա' => "a",
        'ბ' | 'բ' => "b",
        'გ' | 'գ' => "g",
        'დ' | 'դ' => "d",
        'ე' | 'ե' | 'է' | 'ը' => "e",
        'ვ' | 'վ' | 'ւ' => "v",
        'ზ' | 'զ' => "z",
        'თ' | 'ტ' | 'թ' | 'տ' => "t",
        'ი' | 'ի' => "i",
        'კ' | 'ქ' | 'կ' | 'ք' => "k",
        'ლ' | 'լ' => "l",
        'მ' | 'մ' => "m",
        'ნ' | 'ն' => "n",
        'ო' | 'ո' | 'օ' => "o",
        'პ' | 'ფ' | 'պ' | 'փ' => "p",
        'ჟ' | 'ժ' => "zh",
        'რ' | 'ր' | 'ռ' => "r",
        'ს' | 'ս' => "s",
        'უ' => "u",
        'ღ' | 'ղ' => "gh",
        'ყ' => "q",
        'შ' | 'շ' => "sh",
        'ჩ' | 'ჭ' | 'չ' | 'ճ' => "ch",
        'ც' | 'წ' | 'ց' | 'ծ' => "ts",
        'ძ' | 'ձ' => "dz",
        'ხ' | 'խ' => "kh",
        'ჯ' | 'ջ' => "j",
        'ჰ' | 'հ' => "h",
        'յ' => "y",
        'և' => "ev",
        'ֆ' => "f",
        _ => return false,
    };
    out.push_str(text);
    true
}
