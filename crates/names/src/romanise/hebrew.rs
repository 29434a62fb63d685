//! Hebrew: consonants by their usual Latin letters, vav and yod as `w` and `y`, whatever they stand for.

/// Appends the letter; false when this table does not have it.
pub(super) fn letter(c: char, first: bool, out: &mut String) -> bool {
    let text = match c {
        'א' | 'ע' if first => "a",
        'א' | 'ע' => "",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' => "h",
        'ו' | 'װ' => "w",
        'ז' => "z",
        'ח' => "kh",
        'ט' | 'ת' => "t",
        'י' | 'ײ' => "y",
        'כ' | 'ך' | 'ק' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ts",
        'ר' => "r",
        'ש' => "sh",
        '\u{591}'..='\u{5C7}' | '׳' | '״' => "",
        _ => return false,
    };
    out.push_str(text);
    true
}
