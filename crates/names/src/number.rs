//! Numbers in names: digits, ordinals, Roman numerals and number words.
//!
//! In come the forms of words or the parts of a name, out come values, or parts with the role [`Role::Number`]. Where a number ends
//! that was written together with a word is found in [`crate::cut`].

use crate::{
    name::{Bearer, Part, Role},
    script::Script,
    words::WORDS,
};

/// Digits, ordinals, Roman numerals from II on, and number words. A Roman numeral in a personal name stands last.
pub(crate) fn value(form: &str, at: usize, count: usize, bearer: Bearer) -> Option<u32> {
    let digits = form.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && digits < 10 && matches!(&form[digits..], "" | "st" | "nd" | "rd" | "th") {
        return form[..digits].parse().ok();
    }
    if bearer == Bearer::Person {
        let last = at > 0 && at + 1 == count;
        return match form {
            "ii" if last => Some(2),
            "iii" if last => Some(3),
            "iv" if last => Some(4),
            _ => None,
        };
    }
    roman(form).or_else(|| WORDS.numeral(form))
}

fn roman(form: &str) -> Option<u32> {
    const NUMERALS: [&str; 19] = [
        "ii", "iii", "iv", "", "vi", "vii", "viii", "ix", "", "", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii",
        "xix", "xx",
    ];
    if !form.starts_with(['i', 'v', 'x']) {
        return None;
    }
    NUMERALS.iter().position(|&n| n == form && !n.is_empty()).map(|i| i as u32 + 2)
}

/// *Forty-four* is 44.
pub(crate) fn join(parts: &mut [Part]) {
    for i in 1..parts.len() {
        if let (Role::Number(tens @ 20..=90), Role::Number(ones @ 1..=9)) = (parts[i - 1].role, parts[i].role)
            && tens % 10 == 0
        {
            parts[i - 1].role = Role::Number(tens + ones);
            parts[i].role = Role::Particle;
        }
    }
}

/// `Fund V L.P.`, `Brigade I`: a letter that is a Roman numeral is one at the end of a name.
pub(crate) fn mark_letters(parts: &mut [Part]) {
    for i in 1..parts.len() {
        let is_last = parts.get(i + 1).is_none_or(|next| matches!(next.role, Role::LegalForm(..)));
        let value = match parts[i].form.as_str() {
            "i" => 1,
            "v" => 5,
            "x" => 10,
            _ => continue,
        };
        if is_last
            && parts[i].script == Script::Latin
            && matches!(parts[i].role, Role::Word | Role::Particle)
            && parts[i - 1].form.len() > 1
        {
            parts[i].role = Role::Number(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Name;

    fn roles(text: &str, bearer: Bearer) -> Vec<(String, Role)> {
        Name::read(text, bearer).parts.into_iter().map(|p| (p.form, p.role)).collect()
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let read = |text| -> Vec<(String, Option<u32>)> {
            let value = |role| if let Role::Number(n) = role { Some(n) } else { None };
            roles(text, Bearer::Organization).into_iter().map(|(form, role)| (form, value(role))).collect()
        };
        for text in ["3%ers", "3percenters", "3 Percenters", "Three Percenters", "III%ers", "3-Percenters"] {
            let parts = read(text);
            assert_eq!((parts[0].1, &parts[1].0[..], parts.len()), (Some(3), "percenters", 2), "{text}");
        }
        for text in ["Brigade44", "Brigade 44", "BRIGADE-44", "Бригада44"] {
            assert_eq!(read(text)[1].1, Some(44), "{text}");
        }
        for text in
            ["3rd Brigade", "8rigade", "Brigade2", "F16 Brigade", "4x4 Brigade", "Brigade12345", "a1b2c3 Brigade"]
        {
            assert_eq!(read(text).len(), text.split(' ').count(), "{text}: no number and a word");
        }
        assert_eq!(roles("Brigade44", Bearer::Person).len(), 1);
        let places: Vec<_> =
            Name::read("La Бригада44", Bearer::Vessel).parts.iter().map(|p| (p.start, p.end)).collect();
        assert_eq!(places, [(0, 2), (3, 17), (17, 19)]);
    }
}
