//! Latin letters beyond ASCII: the base letter without its marks, and the few that are letters of their own.
//!
//! One character in, its ASCII letters out. `ø` is *o* and `å` is *a*; that some write *oe* and *aa* for them, and *ue* for `ü`,
//! is for [`crate::sound`] and [`crate::distance`] to forgive, because *oe* may as well be two vowels.

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
        'ı' | 'ɩ' | 'Ɩ' => "i",
        'ɑ' | 'Ɑ' | 'ᴀ' => "a",
        'ə' | 'Ə' | 'ǝ' | 'Ǝ' => "a",
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
