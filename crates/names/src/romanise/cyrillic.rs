//! Cyrillic: Russian and Ukrainian as their passports write them, and the letters of Serbian, Macedonian, Belarusian and
//! the Turkic and Iranian languages of Central Asia. One letter, one spelling: which system was used (`kh` or `h`, `ts`
//! or `c`) is for [`crate::distance`] to forgive.

/// Appends the word, which may hold letters of other scripts. In a word with a letter that only Ukrainian and Belarusian have,
/// `г` is *h* (Ukraine's Cabinet resolution 55 of 2010; Belarus's instruction of 2007); Kazakh has one of these letters too, and is
/// told by its own.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let has = |letters: &[char]| word.iter().any(|&c| letters.contains(&lower(c)));
    let says_h = word.iter().any(|&c| lower(c) == 'г')
        && has(&['і', 'ї', 'є', 'ґ', 'ў'])
        && !has(&['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ']);
    for (i, &c) in word.iter().enumerate() {
        if says_h && lower(c) == 'г' {
            out.push('h');
        } else {
            super::letter(c, i == 0, i + 1 == word.len(), out);
        }
    }
}

/// Appends the letter; false when this table does not have it.
pub(super) fn letter(c: char, first: bool, out: &mut String) -> bool {
    let text = match c.to_lowercase().next().unwrap_or(c) {
        'а' | 'ә' | 'ӓ' | 'ӑ' | 'ѣ' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'ғ' => "gh",
        'ѓ' => "gj",
        'д' => "d",
        'ђ' => "dj",
        'е' if first => "ye",
        'е' | 'э' | 'ӗ' => "e",
        'є' => "ye",
        'ё' => "yo",
        'ж' | 'җ' => "zh",
        'з' => "z",
        'ѕ' => "dz",
        'и' | 'і' | 'ӣ' | 'ѝ' | 'ѵ' => "i",
        'ї' => "yi",
        'й' | 'ы' => "y",
        'ј' => "j",
        'к' => "k",
        'қ' => "q",
        'ќ' => "kj",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'ң' | 'ҥ' => "ng",
        'њ' => "nj",
        'о' | 'ө' | 'ӧ' => "o",
        'п' => "p",
        'р' => "r",
        'с' | 'ҫ' => "s",
        'т' => "t",
        'ћ' => "c",
        'у' | 'ў' | 'ұ' | 'ү' | 'ӯ' | 'ӱ' => "u",
        'ф' | 'ѳ' => "f",
        'х' => "kh",
        'ҳ' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ҷ' => "j",
        'џ' => "dz",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return false,
    };
    out.push_str(text);
    true
}
