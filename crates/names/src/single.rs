//! What a single word is read as, seen before it is read as a name.
//!
//! In come a word of plain letters and its romanised form ([`crate::place`]), out comes the form of the one unit that
//! [`Name::read`](crate::Name::read) would give, as long as that is certain. A text has millions of words, and most of them
//! need not be read as names to see that they are none.

use crate::{
    compound, cut,
    name::{Bearer, Role, role_of},
    script::Script,
    words::WORDS,
};

/// The form of the one unit that a single word of plain letters is read as, without reading it as a name; nothing when it may
/// be read as several or in another form, so that it has to be read. A word that is read as a number alone has no unit.
#[must_use]
pub fn only_unit<'a>(source: &str, form: &'a str, script: Script, bearer: Bearer) -> Option<&'a str> {
    let bytes = source.as_bytes();
    if bearer != Bearer::Person && cut::number_and_word(form).is_some() {
        return None;
    }
    let unit = match script {
        Script::Latin => {
            let upper = |b: &u8| b.is_ascii_uppercase();
            let is_backwards = form.len() > 3 && !bytes.first().is_some_and(upper) && bytes.last().is_some_and(upper);
            let may_hold_form = bearer == Bearer::Organization
                && (source.chars().skip(1).any(char::is_uppercase) || cut::ends_in_legal_form(form));
            (!is_backwards && !may_hold_form).then_some(form)?
        }
        Script::Arabic if form == "allh" => form,
        Script::Arabic => {
            let behind_article = form.strip_prefix("al").filter(|rest| rest.len() >= 3);
            let is_conjunction = form.starts_with("wal") && form.len() >= 6;
            let is_plain = |rest: &str| {
                role_of(rest, script, 1, 2, bearer) == Role::Word
                    && (bearer != Bearer::Organization
                        || WORDS.legal_form(&[WORDS.meant_in_legal_form(rest)]).is_none())
            };
            if is_conjunction || behind_article.is_some_and(|rest| !is_plain(rest)) {
                return None;
            }
            behind_article.unwrap_or(form)
        }
        _ => return None,
    };
    let stays = bearer != Bearer::Person || !compound::may_change(unit);
    stays.then_some(unit)
}

/// What stands behind the article, with or without *wa* (and) before it, of a form that was written in Arabic letters; the form
/// itself if there is none. Whether it becomes a part of its own, only [`Name::read`](crate::Name::read) knows.
#[must_use]
pub fn behind_article(form: &str) -> &str {
    if form == "allh" {
        return form;
    }
    let rest = ["wal", "al"].into_iter().find_map(|article| form.strip_prefix(article).filter(|rest| rest.len() >= 3));
    rest.unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{name::Name, place::plain_form, token::tokenize};

    /// Whether the only unit that is foreseen is the one that is read.
    fn foreseen(word: &str) {
        let tokens = tokenize(word);
        let Some(token) = tokens.first() else { return };
        let mut form = String::new();
        plain_form(word, token.script, &mut form);
        for bearer in Bearer::ALL {
            let Some(unit) = only_unit(word, &form, token.script, bearer) else { continue };
            let read = Name::read(word, bearer).units();
            let read: Vec<&str> = read.iter().filter(|u| !u.is_merged()).map(|u| u.form.as_str()).collect();
            let is_number = read.is_empty() || matches!(role_of(unit, token.script, 0, 1, bearer), Role::Number(_));
            assert!(is_number || read == [unit], "{word} as {bearer:?}: {unit} and {read:?}");
        }
    }

    #[test]
    fn a_word_behind_the_article_is_what_its_name_has() {
        for (form, rest) in
            [("alqadh", "qadh"), ("walzwahry", "zwahry"), ("allh", "allh"), ("aly", "aly"), ("wly", "wly")]
        {
            assert_eq!(behind_article(form), rest);
        }
    }

    #[test]
    fn the_only_unit_of_a_word_is_foreseen() {
        let lists = WORDS.each_form();
        for form in lists.iter().filter(|f| f.bytes().all(|b| b.is_ascii_alphanumeric())) {
            foreseen(form);
            foreseen(&form.to_uppercase());
            foreseen(&format!("Xar{form}"));
            foreseen(&format!("Xar{}", form.to_uppercase()));
        }
        for word in [
            "الشيخ",
            "والشيخ",
            "الشركة",
            "شركة",
            "المحدودة",
            "العقيد",
            "الله",
            "عبدالله",
            "عبدالرحمن",
            "القاعدة",
            "ولي",
        ] {
            foreseen(word);
        }
        for word in [
            "abduL",
            "Saifuddin",
            "Maritimelimited",
            "JSCArgument",
            "JSCARGUMENT",
            "VIII",
            "Güneş",
            "ÖZGÜR",
            "3percenters",
            "Brigade44",
            "3rd",
            "F16",
        ] {
            foreseen(word);
        }
    }

    proptest! {
        #[test]
        fn the_only_unit_of_any_word_is_foreseen(word in "[a-zA-Z]{2,12}|[0-9]{0,2}[a-z]{2,6}[0-9]{0,5}|[A-Zö][a-zéö]{1,9}|[abd]{3}[aeiul]{1,3}[a-z]{2,5}|[a-z]{3}(al|ud)?d(in|een)|و?(ال)?[بتثجحخدذرزسشصضطظعغفقكلمنهويءة]{1,7}") {
            foreseen(&word);
        }
    }
}
