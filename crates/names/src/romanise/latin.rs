//! Latin letters beyond ASCII: the base letter without its marks, and the few that are letters of their own.

use unicode_normalization::char::decompose_compatible;

/// Appends the ASCII letters for `c`; false when it is not a Latin letter with an ASCII base.
pub(super) fn letter(c: char, out: &mut String) -> bool {
    let special = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ǣ' | 'Ǣ' | 'ǽ' | 'Ǽ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' | 'ǿ' | 'Ǿ' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ə' | 'Ə' => "a",
        'ħ' | 'Ħ' => "h",
        'ŋ' | 'Ŋ' => "ng",
        'ŧ' | 'Ŧ' => "t",
        'ƒ' => "f",
        'ɓ' | 'Ɓ' => "b",
        'ɗ' | 'Ɗ' => "d",
        'ƙ' | 'Ƙ' => "k",
        'ƴ' | 'Ƴ' => "y",
        _ => "",
    };
    if !special.is_empty() {
        out.push_str(special);
        return true;
    }
    let before = out.len();
    decompose_compatible(c, |part| {
        if part.is_ascii_alphanumeric() {
            out.push(part.to_ascii_lowercase());
        }
    });
    out.len() > before
}
