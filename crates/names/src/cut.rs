//! Where the words of a name begin and end, when its writer cut them otherwise than a reader does.
//!
//! In come the tokens of a name with its text, out come tokens or parts: letters that belong together joined (`S.A.`, `M/V`, a
//! name spelled out letter by letter), words that were written together set apart (`Maritimelimited`, `JSCArgument`, the Arabic
//! article, initials without full stops). What a word *means* is decided in [`crate::name`].

use unicode_normalization::char::is_combining_mark;

use crate::{
    name::{Bearer, Part, Role},
    script::Script,
    sound::is_vowel,
    token::{FORM_LEN_MAX, Token},
    visual::may_be_letter,
    words::WORDS,
};

/// Words written backwards, as they must be stored to be shown the right way round behind a right-to-left override (U+202E).
/// Such a word has its one capital at the end; it is read from there.
pub(crate) fn backwards(text: &str, tokens: &mut [Token]) {
    const LETTERS_MIN: usize = 4;
    for token in tokens.iter_mut().filter(|t| t.script == Script::Latin && t.form.len() >= LETTERS_MIN) {
        let source = &text.as_bytes()[token.start..token.end];
        let (Some(last), Some(rest)) = (source.last(), source.get(..source.len() - 1)) else { continue };
        if last.is_ascii_uppercase() && rest.len() + 1 == token.form.len() && rest.iter().all(u8::is_ascii_lowercase) {
            token.form = token.form.chars().rev().collect();
        }
    }
}

/// The words of a personal name: a name spelled out in single letters is put together, `MK Gandhi` is taken apart.
pub(crate) fn personal(text: &str, tokens: &mut Vec<Token>) {
    const SPELLED_OUT_MIN: usize = 5;
    if tokens.len() >= SPELLED_OUT_MIN && tokens.iter().all(|t| t.form.len() == 1 && t.script != Script::Common) {
        let alike = tokens.iter().all(|t| t.script == tokens[0].script && !t.script.is_syllabic());
        if alike {
            join_spelled_out(tokens);
        }
    }
    if tokens.iter().any(|t| is_letters(text, t)) && tokens.iter().any(|t| has_small_letters(text, t)) {
        *tokens = std::mem::take(tokens).into_iter().flat_map(|t| apart(text, t)).collect();
    }
}

/// Letters that stand one blank apart are one word, a wider gap ends it.
fn join_spelled_out(tokens: &mut Vec<Token>) {
    let mut out: Vec<Token> = Vec::new();
    for token in tokens.drain(..) {
        match out.last_mut() {
            Some(last) if token.start == last.end + 1 && !last.dotted => {
                push_form(last, &token);
                last.end = token.end;
            }
            _ => out.push(token),
        }
    }
    *tokens = out;
}

/// Two or three capital consonants that no word is made of: initials. *Ng* is a surname.
fn is_letters(text: &str, token: &Token) -> bool {
    let form = token.form.as_bytes();
    matches!(form.len(), 2 | 3)
        && token.script == Script::Latin
        && form.iter().all(|&b| b.is_ascii_lowercase() && !is_vowel(b) && b != b'y')
        && text[token.start..token.end].bytes().all(|b| b.is_ascii_uppercase())
        && token.form != "ng"
        && !WORDS.is_title(Bearer::Person, &token.form)
        && WORDS.variants(Bearer::Person, &token.form).is_empty()
}

fn has_small_letters(text: &str, token: &Token) -> bool {
    token.end - token.start > 3 && text[token.start..token.end].chars().any(char::is_lowercase)
}

fn apart(text: &str, token: Token) -> Vec<Token> {
    if !is_letters(text, &token) {
        return vec![token];
    }
    let letter = |i: usize| Token {
        form: token.form[i..=i].to_owned(),
        start: token.start + i,
        end: token.start + i + 1,
        ..token.clone()
    };
    (0..token.form.len()).map(letter).collect()
}

/// Letters that stand alone in the name of an organisation or ship belong together: `S.A.`, `M/V`, `C. I.`. What stands
/// between them must stay the same, so `U.M.V. S.A.` is two words; and a full stop binds closer than a blank, so the last
/// word of `sp. z o.o.` is `oo`.
pub(crate) fn join_letters(text: &str, tokens: &mut Vec<Token>) {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut gap: Option<&str> = None;
    let mut open = false;
    let mut rest = tokens.drain(..).peekable();
    while let Some(token) = rest.next() {
        let letter = is_single(&token);
        let between = out.last().map(|last| between_words(text, last.end, token.start));
        let closer = rest.peek().is_some_and(|next| {
            between == Some(" ") && is_single(next) && between_words(text, token.end, next.start).starts_with('.')
        });
        let same_gap = if gap.is_none() { !closer } else { gap == between };
        match out.last_mut() {
            Some(last) if letter && open && same_gap && last.script == token.script => {
                push_form(last, &token);
                last.end = token.end;
                last.dotted = token.dotted;
                gap = between;
            }
            _ => {
                out.push(token);
                gap = None;
            }
        }
        open = letter;
    }
    drop(rest);
    *tokens = out;
}

/// What stands between two words; nothing, when both come from one character that is several words (`ﷺ`).
fn between_words(text: &str, end: usize, start: usize) -> &str {
    text.get(end..start).unwrap_or("")
}

/// What is put together stays within the length of a word: the cost of what follows grows with its square.
fn push_form(word: &mut Token, more: &Token) {
    if word.form.len() + more.form.len() <= FORM_LEN_MAX {
        word.form.push_str(&more.form);
    }
}

fn is_single(token: &Token) -> bool {
    token.form.len() == 1 && token.script != Script::Common && !token.script.is_syllabic()
}

/// A number that was written together with a word of the name of an organisation or ship, before it or behind it:
/// *3percenters*, *Brigade44*. An ordinal (*3rd*) and a short code (*F16*, *4x4*) are words of their own, and one digit that a
/// scanner reads for a letter is that letter (*5hipping*).
pub(crate) fn numbers(text: &str, tokens: &mut Vec<Token>) {
    let mut i = 0;
    while i < tokens.len() {
        if let Some((source_at, form_at)) = between_number_and_word(text, &tokens[i]) {
            let before = &mut tokens[i];
            let behind =
                Token { form: before.form.split_off(form_at), start: before.start + source_at, ..before.clone() };
            (before.end, before.dotted) = (behind.start, false);
            tokens.insert(i + 1, behind);
            i += 1;
        }
        i += 1;
    }
}

/// Where a number and the word that was written together with it touch: byte in the source, byte in the form. The digits must
/// be the same in both, or it is not known where they end.
fn between_number_and_word(text: &str, token: &Token) -> Option<(usize, usize)> {
    let form_at = number_and_word(&token.form)?;
    let source = &text[token.start..token.end];
    let (number, word) = token.form.split_at(form_at);
    if source.strip_prefix(number).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Some((form_at, form_at));
    }
    source.ends_with(word).then(|| (source.len() - word.len(), form_at))
}

/// Where a number and a word touch that make one form.
pub(crate) fn number_and_word(form: &str) -> Option<usize> {
    const DIGITS_MAX: usize = 4;
    const LETTERS_MIN: usize = 4;
    let digits_first = form.starts_with(|c: char| c.is_ascii_digit());
    if !digits_first && !form.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let at = form.find(|c: char| c.is_ascii_digit() != digits_first)?;
    let (number, word) = if digits_first { form.split_at(at) } else { (&form[at..], &form[..at]) };
    let is_number = number.len() <= DIGITS_MAX && number.bytes().all(|b| b.is_ascii_digit());
    let is_misread = matches!(number.as_bytes(), [digit] if may_be_letter(*digit));
    (is_number && !is_misread && word.len() >= LETTERS_MIN && word.bytes().all(|b| b.is_ascii_lowercase()))
        .then_some(at)
}

/// A legal form that was written together with the word before it (`Maritimelimited`, `SiemensAG`) or behind it
/// (`JSCArgument`). A short one counts only where capitals set it apart, or where no word can begin so.
pub(crate) fn legal_forms(text: &str, tokens: &mut Vec<Token>) {
    let mut i = 0;
    while i < tokens.len() {
        if let Some((source_at, form_at)) = between_form_and_word(text, &tokens[i]) {
            let before = &mut tokens[i];
            let behind =
                Token { form: before.form.split_off(form_at), start: before.start + source_at, ..before.clone() };
            (before.end, before.dotted) = (behind.start, false);
            tokens.insert(i + 1, behind);
            i += 1;
        }
        i += 1;
    }
}

/// So many letters of a word are left before a legal form.
const STEM_MIN: usize = 3;

/// Where a legal form and the word that was written together with it touch: byte in the source, byte in the form.
fn between_form_and_word(text: &str, token: &Token) -> Option<(usize, usize)> {
    let source = &text[token.start..token.end];
    let plain = source.len() == token.form.len();
    if let Some(found) = prefix(source, &token.form, plain) {
        return Some(found);
    }
    if !plain {
        return None;
    }
    let cut = (STEM_MIN..token.form.len().saturating_sub(1)).find(|&at| {
        let ending = &token.form[at..];
        let set_apart = || source.as_bytes()[at].is_ascii_uppercase() && source.as_bytes()[at - 1].is_ascii_lowercase();
        (ending.len() >= UNMARKED_MIN || set_apart()) && WORDS.legal_form(&[ending]).is_some_and(|p| p.len == 1)
    });
    cut.map(|at| (at, at))
}

/// A legal form that no capital sets apart from the word before it is at least so long.
const UNMARKED_MIN: usize = 6;

/// Whether a form ends in a legal form that may be set apart though no capital shows it.
pub(crate) fn ends_in_legal_form(form: &str) -> bool {
    let last = form.len().saturating_sub(UNMARKED_MIN);
    (STEM_MIN..=last).any(|at| WORDS.legal_form(&[&form[at..]]).is_some_and(|p| p.len == 1))
}

/// Where the word begins that a legal form was put before: byte in the source, byte in the form.
fn prefix(source: &str, form: &str, plain: bool) -> Option<(usize, usize)> {
    const STEM_MIN: usize = 4;
    let is_form = |at: usize| WORDS.legal_form(&[form.get(..at)?]).filter(|p| p.len == 1);
    // "JSCArgument": capitals, the last of which begins a word.
    let capitals = source.chars().take_while(|c| c.is_uppercase()).count();
    let small = source.chars().nth(capitals).is_some_and(char::is_lowercase);
    if capitals >= 3 && small && form.len() >= capitals + STEM_MIN {
        let at = source.char_indices().nth(capitals - 1)?.0;
        // Legal forms of letters that become one letter each: AO, OOO, JSC.
        return is_form(capitals - 1).map(|_| (at, capitals - 1));
    }
    // "JSCARGUMENT": no word begins with three consonants that are a legal form, nor with "ooo".
    let unspeakable = |at: usize| form[..at].bytes().all(|b| !is_vowel(b) && b != b'y') || &form[..at] == "ooo";
    if !plain || small || capitals < 3 || form.len() < 3 + STEM_MIN {
        return None;
    }
    (3..=4.min(form.len() - STEM_MIN)).rev().find(|&at| unspeakable(at) && is_form(at).is_some()).map(|at| (at, at))
}

/// The Arabic article, with or without *wa* (and) before it, is written together with its word in Arabic script and apart
/// from it in most Latin spellings: it becomes a part of its own. *Allah* is a word, not an article and a word. A word of one
/// letter is an initial, also where its letter takes two in Latin (`Ж`, `Ch.`).
pub(crate) fn article(text: &str, token: Token, bearer: Bearer, out: &mut Vec<Part>) {
    let is_last = || !text[token.end..].contains(char::is_alphanumeric);
    let is_initial = bearer == Bearer::Person && is_initial(&token, is_last);
    let Token { mut form, script, mut start, end, .. } = token;
    if is_initial {
        form.truncate(1);
        out.push(Part { form, script, role: Role::Initial, start, end });
        return;
    }
    if script == Script::Arabic && form != "allh" {
        let prefix = ["wal", "al"].into_iter().find(|p| form.starts_with(p) && form.len() >= p.len() + 3);
        if let Some((prefix, at)) = prefix.and_then(|p| Some((p, behind_letters(text, start, end, p.len())?))) {
            out.push(Part { form: prefix.to_owned(), script, role: Role::Particle, start, end: at });
            form.drain(..prefix.len());
            start = at;
        }
    }
    out.push(Part { form, script, role: Role::Word, start, end });
}

/// The byte behind the first `count` letters of a word, marks and invisible characters not counted; none when nothing follows.
fn behind_letters(text: &str, start: usize, end: usize, count: usize) -> Option<usize> {
    let letters =
        text[start..end].char_indices().filter(|(_, c)| c.is_alphabetic() && !is_combining_mark(*c) && *c != 'ـ');
    letters.map(|(at, _)| start + at).nth(count)
}

fn is_initial(token: &Token, is_last: impl Fn() -> bool) -> bool {
    let letters = token.form.len();
    let bytes = token.end - token.start;
    match token.script {
        Script::Latin => {
            token.dotted
                && matches!(token.form.as_str(), "ch" | "sh" | "kh" | "zh" | "ts" | "yu" | "ya" | "ye" | "yo")
                && !is_last()
        }
        Script::Cyrillic | Script::Armenian | Script::Greek => letters > 1 && bytes == 2,
        Script::Georgian => letters > 1 && bytes == 3,
        _ => false,
    }
}
