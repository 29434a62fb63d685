//! A source file with its code and its comments apart.
//!
//! In comes Rust; out comes a [`Source`]: for each line the code, in which strings are empty, and the comments. With it
//! a rule can look for a brace, a word or a macro without being taken in by one inside a string. This is no parser: it
//! knows line and block comments, strings plain and raw, characters and lifetimes (Rust Reference, *Lexical structure*),
//! which is what rustfmt's output needs.

/// The lines of a file, once as code and once as comments.
pub(crate) struct Source {
    /// Each line without comments, `""` for every string, `' '` for every character.
    pub(crate) code: Vec<String>,
    /// Each line's comments, with their slashes.
    pub(crate) comments: Vec<String>,
}

/// What a piece of text is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    Text,
}

impl Source {
    /// Takes a file apart.
    pub(crate) fn read(text: &str) -> Self {
        let (mut code, mut comments) = (String::new(), String::new());
        let mut rest = text;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            let (kind, length) = piece(rest, before);
            let (this, after) = rest.split_at(length);
            match kind {
                Kind::Code => code.push_str(this),
                Kind::Comment => comments.push_str(this),
                Kind::Text => code.push_str(if first == '\'' { "' '" } else { "\"\"" }),
            }
            // Line ends go to every side that has not had them, so that line numbers stay those of the file.
            let line_ends = this.matches('\n').count();
            for (side, has_them) in [(&mut code, kind == Kind::Code), (&mut comments, kind == Kind::Comment)] {
                side.extend(std::iter::repeat_n('\n', if has_them { 0 } else { line_ends }));
            }
            before = this.chars().next_back().unwrap_or(' ');
            rest = after;
        }
        let lines = |side: &str| side.split('\n').map(str::to_owned).collect();
        Self { code: lines(&code), comments: lines(&comments) }
    }
}

/// The words (identifiers and numbers) of a line of code.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !is_word(c)).filter(|word| !word.is_empty())
}

/// Whether a character can be part of an identifier.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What `rest` begins with, and how many bytes of it.
fn piece(rest: &str, before: char) -> (Kind, usize) {
    if rest.starts_with("//") {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, block_comment(rest));
    }
    if rest.starts_with('"') {
        return (Kind::Text, string(rest));
    }
    if rest.starts_with('\'') {
        return character(rest).map_or((Kind::Code, 1), |length| (Kind::Text, length));
    }
    // A word that merely ends in r, such as `for`, opens no raw string.
    let prefixed = ["br", "cr", "r"].iter().find_map(|prefix| rest.strip_prefix(prefix));
    if let Some(length) = prefixed.filter(|_| !is_word(before)).and_then(|quoted| raw_string(rest, quoted)) {
        return (Kind::Text, length);
    }
    (Kind::Code, rest.chars().next().map_or(1, char::len_utf8))
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// None for a lifetime or a label.
fn character(rest: &str) -> Option<usize> {
    let mut inside = rest.char_indices().skip(1);
    let (_, first) = inside.next()?;
    let (at, next) = inside.next()?;
    if first == '\\' {
        let after = at + next.len_utf8();
        return rest[after..].find('\'').map(|end| after + end + 1);
    }
    (next == '\'').then_some(at + 1)
}

/// None when it is no raw string but, say, `r#type`. `quoted` is `rest` behind its prefix.
fn raw_string(rest: &str, quoted: &str) -> Option<usize> {
    let hashes = quoted.len() - quoted.trim_start_matches('#').len();
    let inside = quoted[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - inside.len();
    Some(inside.find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: &str, comments: &str) {
        let source = Source::read(text);
        assert_eq!(source.code.join("|"), code, "code of {text}");
        assert_eq!(source.comments.join("|"), comments, "comments of {text}");
    }

    #[test]
    fn comments_are_apart_and_lines_stay_lines() {
        check("a // b\nc", "a |c", "// b|");
        check("a /* b\n /* c */ d */ e\nf", "a | e|f", "/* b| /* c */ d */|");
        check("//! x\n", "|", "//! x|");
    }

    #[test]
    fn strings_are_empty() {
        check(r#"f("// {", '{')"#, "f(\"\", ' ')", "");
        check(r#"a("\"{", b"\\")"#, "a(\"\", b\"\")", "");
        check("r#\"a \" {\n\"# }", "\"\"| }", "|");
        check("br##\"\"# {\"## }", "\"\" }", "");
        check("\"one\ntwo\" x", "\"\"| x", "|");
    }

    #[test]
    fn lifetimes_and_raw_identifiers_are_code() {
        check("fn f<'a>(r: &'a str) -> &'a str { r }", "fn f<'a>(r: &'a str) -> &'a str { r }", "");
        check("r#type('\\'', '\\u{7D}', 'é')", "r#type(' ', ' ', ' ')", "");
        check("for\"{\"", "for\"\"", "");
    }

    #[test]
    fn an_open_end_is_no_panic() {
        for text in ["\"abc", "/* abc", "r#\"abc\"", "'", "'\\", "'a", "b'\\"] {
            Source::read(text);
        }
    }

    #[test]
    fn words_are_identifiers() {
        assert_eq!(
            words("pub(crate) fn of_1(a: &str)").collect::<Vec<_>>(),
            ["pub", "crate", "fn", "of_1", "a", "str"]
        );
    }
}
