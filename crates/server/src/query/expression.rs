//! Expressions: `/joh?n(ath[oa]n)/`, a form that a whole word has.
//!
//! In come the signs between two slashes, in the syntax of Lucene's regular expressions
//! (<https://lucene.apache.org/core/9_0_0/core/org/apache/lucene/util/automaton/RegExp.html>), out comes an [`Expression`] that can be held against words. Read are
//! letters, `.`, `?`, `*`, `+`, `{2,5}`, `|`, brackets, classes (`[a-f]`, `[^a]`, `\d`, `\w`, `\s`) and a backslash before any sign; `^` and `$` are signs like others, for an expression is of the whole
//! word anyway. Lucene's optional operators (`~`, `<1-5>`, `&`, `@`, `#`, quotes) are refused, for to take them for signs would give another answer than was asked for.
//! Words are in lower case and Latin letters; capitals of an expression are as good as small ones.
//!
//! The crate `regex` takes a time linear in a word's length. What is left to bound is the length of an expression, the size of what it becomes, and the time that all words
//! together take.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use regex::{Regex, RegexBuilder, escape};

use super::Chars;

/// Characters of an expression, as Elasticsearch bounds them (`index.max_regex_length`).
const LENGTH_MAX: usize = 1_000;
/// Bytes of what an expression becomes.
const SIZE_MAX: usize = 256 << 10;
/// Brackets within one another.
const DEPTH_MAX: u32 = 32;
/// Bytes of a word; a longer one is no word, and is not looked at.
const WORD_MAX: usize = 256;
/// How long an expression is held against words.
const TIME: Duration = Duration::from_secs(3);

/// What a word may look like.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    text: String,
    regex: Regex,
    until: Instant,
    is_late: Arc<AtomicBool>,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Expression) -> bool {
        self.text == other.text
    }
}

impl Expression {
    /// Reads one whose opening sign is next.
    pub(super) fn read(chars: &mut Chars<'_>) -> Result<Expression, String> {
        chars.next();
        let mut text = String::new();
        loop {
            match chars.next() {
                None => {
                    return Err("an expression is opened by / and not closed; write \\/ for the sign itself".to_owned());
                }
                Some('/') => break,
                Some('\\') => {
                    text.push('\\');
                    text.extend(chars.next());
                }
                Some(c) => text.push(c),
            }
        }
        Expression::of(&text)
    }

    fn of(text: &str) -> Result<Expression, String> {
        let length = text.chars().count();
        if length > LENGTH_MAX {
            return Err(format!("an expression has {length} characters, and at most {LENGTH_MAX} are read"));
        }
        let whole = format!("^(?:{})$", translated(text)?);
        let regex = RegexBuilder::new(&whole)
            .case_insensitive(true)
            .size_limit(SIZE_MAX)
            .dfa_size_limit(4 * SIZE_MAX)
            .nest_limit(DEPTH_MAX)
            .build()
            .map_err(|error| format!("the expression /{text}/ {}", told(&error)))?;
        Ok(Expression {
            text: text.to_owned(),
            regex,
            until: Instant::now() + TIME,
            is_late: Arc::new(AtomicBool::new(false)),
        })
    }

    /// Whether a word is of this form; none is when the time is over.
    pub(super) fn fits(&self, word: &str) -> bool {
        if word.len() > WORD_MAX || self.is_late() {
            return false;
        }
        if Instant::now() > self.until {
            self.is_late.store(true, Ordering::Relaxed);
            return false;
        }
        self.regex.is_match(word)
    }

    /// Whether the time was over before all words were looked at.
    pub(super) fn is_late(&self) -> bool {
        self.is_late.load(Ordering::Relaxed)
    }
}

/// What is wrong with an expression.
fn told(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "becomes too large; repeat less in it".to_owned(),
        error => {
            // The places that it names are those of what the expression was turned into.
            let text = error.to_string();
            let last = text.lines().last().unwrap_or("").trim_start_matches("error: ");
            format!("cannot be read: {last}")
        }
    }
}

/// An expression of Lucene's in the syntax of the crate `regex`.
fn translated(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(2 * text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push_str(&escaped(&mut chars)?),
            '[' => class(&mut chars, &mut out)?,
            '~' | '<' | '>' | '&' | '@' | '#' | '"' => {
                return Err(format!(
                    "the operator {c} of an expression is not understood; write \\{c} for the sign itself"
                ));
            }
            '(' if chars.peek() == Some(&'?') => {
                return Err("in an expression nothing stands before ?; write \\? for the sign itself".to_owned());
            }
            // Lucene has no reluctant and no possessive repetition: a second sign repeats what is repeated.
            '*' | '+' | '?' | '}' => {
                out.push(c);
                if matches!(chars.peek(), Some('*' | '+' | '?')) {
                    return Err(format!(
                        "in an expression a sign of repetition stands behind {c}; put brackets around what is repeated"
                    ));
                }
            }
            '.' | '|' | '(' | ')' | '{' => out.push(c),
            c => out.push_str(&escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    Ok(out)
}

/// What stands behind a backslash.
fn escaped(chars: &mut Chars<'_>) -> Result<String, String> {
    let c = chars.next().ok_or("a backslash at the end of an expression stands before nothing")?;
    Ok(match c {
        'd' => "[0-9]".to_owned(),
        'D' => "[^0-9]".to_owned(),
        'w' => "[A-Za-z0-9_]".to_owned(),
        'W' => "[^A-Za-z0-9_]".to_owned(),
        's' => "[ \\t\\n\\r]".to_owned(),
        'S' => "[^ \\t\\n\\r]".to_owned(),
        c => escape(c.encode_utf8(&mut [0; 4])),
    })
}

/// A class of characters, whose opening bracket was read. Nothing in it has a meaning but `^` at its beginning, `-` between two and the backslash.
fn class(chars: &mut Chars<'_>, out: &mut String) -> Result<(), String> {
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_empty = true;
    loop {
        let c = chars.next().ok_or("a class of an expression is opened by [ and not closed")?;
        match c {
            ']' if is_empty => return Err("a class of an expression, [ and ], has nothing in it".to_owned()),
            ']' => break,
            '-' if !is_empty && chars.peek().is_some_and(|next| *next != ']') => out.push('-'),
            '\\' => out.push_str(&escaped(chars)?),
            c => {
                // What is a sign in this place is none with a backslash before it, and letters need none.
                if c.is_ascii_punctuation() {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        is_empty = false;
    }
    out.push(']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fits(text: &str, word: &str) -> bool {
        Expression::of(text).unwrap_or_else(|what| panic!("{text}: {what}")).fits(word)
    }

    #[test]
    fn a_whole_word_has_the_form() {
        // The example of Lucene's syntax page, and its operators one after the other.
        assert!(fits("joh?n(ath[oa]n)", "jonathon") && fits("joh?n(ath[oa]n)", "johnathan") && !fits("joh?n", "johns"));
        assert!(
            fits("a.c", "abc") && !fits("a.c", "ac") && fits("ab*", "a") && fits("ab+c?", "abb") && !fits("ab+", "a")
        );
        assert!(fits("ab{2}", "abb") && fits("ab{1,2}", "ab") && !fits("ab{1,2}", "abbb") && fits("(ab|cd)e", "cde"));
        assert!(
            fits("[a-c]x", "bx")
                && !fits("[^a-c]x", "bx")
                && fits("[a-]x", "-x")
                && fits("[.*]", "*")
                && !fits("[.*]", "a")
        );
        assert!(fits("\\d\\d", "42") && !fits("\\d", "x") && fits("\\w+", "abc") && fits("[\\d]", "7"));
        assert!(fits("a\\.b", "a.b") && !fits("a\\.b", "axb") && fits("\\~a", "~a") && fits("\\b", "b"));
        assert!(fits("^a$", "^a$") && !fits("^a$", "a"), "the ends of a word need no sign");
        assert!(fits("PUTIN", "putin"));
        assert!(!fits("a*", &"a".repeat(WORD_MAX + 1)));
    }

    #[test]
    fn what_is_no_expression_is_said() {
        for (text, what) in [
            ("(", "unclosed group"),
            ("a)", "unopened group"),
            ("[", "not closed"),
            ("[]", "nothing in it"),
            ("[z-a]", "invalid"),
            ("*a", "missing expression"),
            ("a{2,1}", "invalid"),
            ("a{", "cannot be read"),
            ("a\\", "nothing"),
            ("a**", "brackets"),
            ("(?i)a", "nothing stands before ?"),
            ("~a", "not understood"),
            ("<1-5>", "not understood"),
            ("a&b", "not understood"),
            ("@", "not understood"),
            ("\"a\"", "not understood"),
        ] {
            let told = Expression::of(text).unwrap_err();
            assert!(told.contains(what), "{text}: {told}");
        }
    }

    #[test]
    fn what_would_take_long_is_refused_or_ends() {
        assert!(Expression::of(&"a".repeat(LENGTH_MAX + 1)).unwrap_err().contains("1001 characters"));
        assert!(Expression::of("((((a{1,99}){1,99}){1,99}){1,99})").unwrap_err().contains("too large"));
        assert!(Expression::of(&format!("{}a{}", "(".repeat(400), ")".repeat(400))).is_err());
        // Exponential for an engine that goes back.
        let began = Instant::now();
        assert!(!fits("(a+)+b", &"a".repeat(200)) && !fits("(a|a)*b", &"a".repeat(200)));
        assert!(began.elapsed() < TIME);
        let mut late = Expression::of("a").unwrap();
        late.until = Instant::now();
        std::thread::sleep(Duration::from_millis(2));
        assert!(!late.fits("a") && late.is_late());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}|[a-c\\[\\]\\^{}(),.*+?|\\\\0-3-]{0,20}", word in "[a-c]{0,6}") {
            if let Ok(expression) = Expression::of(&text) {
                let _ = expression.fits(&word);
            }
        }

        #[test]
        fn letters_mean_themselves(word in "[a-z0-9]{1,12}", other in "[a-z0-9]{1,12}") {
            prop_assert_eq!(fits(&word, &other), word == other);
        }
    }
}
