//! What `q` of a search asks for.
//!
//! In comes a text in the syntax of Lucene's query strings, out comes a [`Query`] that can be held against a thing ([`Query::score`]), or what is
//! wrong with the text. Read are words (`putin`), fields (`country:ru`), beginnings and gaps (`put*`, `p?tin`), likeness (`putin~`, `putin~1`), words
//! in a row (`"bank rossiya"`), `AND`, `OR`, `NOT`, `+`, `-`, `&&`, `||`, `!`, brackets, and a backslash before any of their signs. Without an
//! operator all have to be there. Weights (`^2`) are passed over. Spans (`birthDate:[1950 TO 1960}`) are read ([`span`]), and expressions (`/joh?n/`, [`expression`]). Syntax: <https://lucene.apache.org/core/9_0_0/queryparser/>.

mod expression;
mod span;

use mihenk_node::{entities::Schema, osa};

use self::{expression::Expression, span::Span};
use crate::texts::{Kind, Texts, Value, folded};

/// Brackets within one another; nobody writes so many.
const DEPTH_MAX: usize = 32;
/// Words and signs of a query; each is held against every value of every thing.
const TOKENS_MAX: usize = 200;
/// Expressions of a query.
const EXPRESSIONS_MAX: usize = 8;
/// What a word in a name is worth, and one anywhere else.
const IN_NAME: f64 = 3.0;
const ELSEWHERE: f64 = 1.0;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Query {
    /// Everything.
    All,
    /// Words of one value in a row, or one word.
    Words(Field, Vec<Pattern>),
    /// A value between two.
    Between(Field, Span),
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
}

/// Where it has to be; anywhere if there is no name.
type Field = Option<String>;

/// How a word may be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pattern {
    Exact(String),
    /// With `*` and `?`.
    Gaps(String),
    /// So many letters may differ.
    Alike(String, usize),
    /// Of a form.
    Expression(Box<Expression>),
}

/// What a query is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Against<'a> {
    pub(crate) id: &'a str,
    pub(crate) schema: Schema,
    pub(crate) datasets: &'a [&'a str],
    pub(crate) texts: &'a Texts,
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        match self {
            Pattern::Exact(text) => text == word,
            Pattern::Expression(expression) => expression.fits(word),
            Pattern::Gaps(text) => has_gaps(text.as_bytes(), word.as_bytes()),
            Pattern::Alike(text, most) => {
                text.len().abs_diff(word.len()) <= *most
                    && osa(text.as_bytes(), word.as_bytes(), *most as u32).is_some()
            }
        }
    }
}

/// Whether a word is of a form with gaps; in time linear in both, but for `*` which tries each place once.
fn has_gaps(form: &[u8], word: &[u8]) -> bool {
    let (mut f, mut w, mut star) = (0, 0, None);
    while w < word.len() {
        match form.get(f) {
            Some(b'*') => {
                star = Some((f, w));
                f += 1;
            }
            Some(&c) if c == b'?' || c == word[w] => (f, w) = (f + 1, w + 1),
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                (f, w) = (at + 1, from + 1);
            }
        }
    }
    form[f..].iter().all(|&c| c == b'*')
}

/// Letters that may differ when nothing says how many: none in words up to two letters, one up to five, else two.
fn likeness(word: &str) -> usize {
    match word.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

impl Query {
    /// How well it fits; none if it does not.
    pub(crate) fn score(&self, against: &Against) -> Option<f64> {
        match self {
            Query::All => Some(0.0),
            Query::Words(field, words) => words_score(field.as_deref(), words, against),
            Query::Between(field, span) => span::score(field.as_deref(), span, against),
            Query::And(all) => all.iter().map(|query| query.score(against)).sum(),
            Query::Or(any) => {
                let scores: Vec<f64> = any.iter().filter_map(|query| query.score(against)).collect();
                (!scores.is_empty()).then(|| scores.iter().sum())
            }
            Query::Not(query) => query.score(against).is_none().then_some(0.0),
        }
    }

    /// Whether an expression was not held against everything, because the time was over.
    pub(crate) fn is_late(&self) -> bool {
        match self {
            Query::Words(_, words) => {
                words.iter().any(|word| matches!(word, Pattern::Expression(expression) if expression.is_late()))
            }
            Query::And(some) | Query::Or(some) => some.iter().any(Query::is_late),
            Query::Not(query) => query.is_late(),
            Query::All | Query::Between(..) => false,
        }
    }

    /// Reads a text; `fuzzy` lets every word be written a little otherwise.
    pub(crate) fn read(text: &str, fuzzy: bool) -> Result<Query, String> {
        Query::of(tokens(text)?, fuzzy)
    }

    fn of(tokens: Vec<Token>, fuzzy: bool) -> Result<Query, String> {
        if tokens.is_empty() {
            return Ok(Query::All);
        }
        if tokens.len() > TOKENS_MAX {
            return Err(format!("it has more than {TOKENS_MAX} words and signs"));
        }
        if tokens.iter().filter(|token| matches!(token, Token::Expression(_))).count() > EXPRESSIONS_MAX {
            return Err(format!("it has more than {EXPRESSIONS_MAX} expressions"));
        }
        let mut parser = Parser { tokens, at: 0, fuzzy, depth: 0 };
        let query = parser.either(&None)?;
        match parser.peek() {
            None => Ok(query),
            Some(Token::Close) => Err("a bracket closes that none opened".to_owned()),
            Some(other) => Err(format!("{other:?} has no place here")),
        }
    }

    /// Names in which these words stand in a row, the last one perhaps only begun; words as [`folded`] gives them.
    pub(crate) fn beginning(words: &str) -> Query {
        let mut patterns: Vec<Pattern> = words.split(' ').map(|word| Pattern::Exact(word.to_owned())).collect();
        if let Some(Pattern::Exact(last)) = patterns.pop() {
            patterns.push(Pattern::Gaps(format!("{last}*")));
        }
        Query::Words(Some("names".to_owned()), patterns)
    }

    /// Reads a text of which nothing is wrong: what cannot be read as a query is words.
    pub(crate) fn read_simple(text: &str, fuzzy: bool) -> Query {
        // In the simple syntax a slash is no sign.
        let read = if text.contains('/') { Err(String::new()) } else { Query::read(text, fuzzy) };
        read.unwrap_or_else(|_| {
            let words = folded(text)
                .split(' ')
                .filter(|word| !word.is_empty())
                .take(TOKENS_MAX)
                .map(|word| one_word(&None, word, fuzzy))
                .collect();
            Query::And(words)
        })
    }
}

fn one_word(field: &Field, word: &str, fuzzy: bool) -> Query {
    let pattern = if fuzzy { Pattern::Alike(word.to_owned(), likeness(word)) } else { Pattern::Exact(word.to_owned()) };
    Query::Words(field.clone(), vec![pattern])
}

fn words_score(field: Option<&str>, words: &[Pattern], against: &Against) -> Option<f64> {
    let all = || against.texts.all().iter();
    let of_kind = |kind: Kind| best(words, all().filter(|value| value.kind == kind));
    match field {
        None => best(words, all()),
        Some("id" | "entity_id" | "canonical_id") => whole(words, std::iter::once(against.id)),
        Some("schema" | "schemata") => {
            let lineage = Schema::all().filter(|schema| against.schema.is_a(*schema));
            whole(words, lineage.map(Schema::name))
        }
        Some("datasets" | "dataset") => whole(words, against.datasets.iter().copied()),
        Some("names" | "name_parts") => of_kind(Kind::Name),
        Some("countries") => of_kind(Kind::Country),
        Some("genders") => of_kind(Kind::Gender),
        Some("identifiers") => of_kind(Kind::Identifier),
        Some(property) => best(words, all().filter(|value| &*value.property == property)),
    }
}

/// How well words fit the value that they fit best; none if they fit none.
fn best<'a>(words: &[Pattern], values: impl Iterator<Item = &'a Value>) -> Option<f64> {
    let of_value = |value: &'a Value| {
        let all: Vec<&str> = value.words.split(' ').collect();
        let fits = |some: &[&str]| some.iter().zip(words).all(|(word, pattern)| pattern.fits(word));
        let worth = if value.kind == Kind::Name { IN_NAME } else { ELSEWHERE };
        // The fewer other words a value has, the more it is what was asked for.
        let score = worth * (1.0 + words.len() as f64 / all.len() as f64);
        all.windows(words.len()).any(fits).then_some(score)
    };
    values.filter_map(of_value).max_by(f64::total_cmp)
}

/// How well words fit a whole text of some; none if they fit none.
fn whole<'a>(words: &[Pattern], mut texts: impl Iterator<Item = &'a str>) -> Option<f64> {
    let fits = |text: &str| {
        let text = text.to_lowercase();
        matches!(words, [pattern] if pattern.fits(&text)) || joined(words).is_some_and(|words| words == folded(&text))
    };
    texts.any(fits).then_some(ELSEWHERE)
}

/// Words that are written as they are, with spaces between.
fn joined(words: &[Pattern]) -> Option<String> {
    let exact = |pattern: &Pattern| if let Pattern::Exact(text) = pattern { Some(text.clone()) } else { None };
    words.iter().map(exact).collect::<Option<Vec<_>>>().map(|words| words.join(" "))
}

/// A piece of a query string.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Must,
    Field(String),
    /// With signs before which no backslash stood.
    Word(String),
    Phrase(String),
    Span(Span),
    Expression(Box<Expression>),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&c) = chars.peek() {
        match c {
            c if c.is_whitespace() => {
                chars.next();
            }
            '(' | ')' | '!' => {
                chars.next();
                out.push(if c == '(' {
                    Token::Open
                } else if c == ')' {
                    Token::Close
                } else {
                    Token::Not
                });
            }
            '+' | '-' => {
                chars.next();
                out.push(if c == '+' { Token::Must } else { Token::Not });
            }
            '&' | '|' => {
                chars.next();
                if chars.next_if_eq(&c).is_some() {
                    out.push(if c == '&' { Token::And } else { Token::Or });
                }
            }
            '"' => {
                chars.next();
                out.push(Token::Phrase(quoted(&mut chars)?));
                skip_suffix(&mut chars);
            }
            '/' => {
                out.push(Token::Expression(Box::new(Expression::read(&mut chars)?)));
                skip_suffix(&mut chars);
            }
            '[' | '{' => out.push(Token::Span(Span::read(&mut chars)?)),
            ']' | '}' => return Err(format!("{c} closes a span that none opened; write \\{c} for the sign itself")),
            ':' => return Err("a colon stands behind no field; write \\: for the sign itself".to_owned()),
            _ => out.push(word(&mut chars)?),
        }
    }
    Ok(out)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn quoted(chars: &mut Chars<'_>) -> Result<String, String> {
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => return Ok(text),
            '\\' => text.extend(chars.next()),
            c => text.push(c),
        }
    }
    Err("a quote is opened and not closed".to_owned())
}

/// Passes over how far words may be apart and what they weigh.
fn skip_suffix(chars: &mut Chars<'_>) {
    while chars.next_if(|c| matches!(c, '~' | '^')).is_some() {
        while chars.next_if(|c| c.is_ascii_digit() || *c == '.').is_some() {}
    }
}

fn word(chars: &mut Chars<'_>) -> Result<Token, String> {
    let mut text = String::new();
    while let Some(&c) = chars.peek() {
        match c {
            ':' => {
                chars.next();
                return Ok(Token::Field(text));
            }
            '[' | ']' | '{' | '}' => {
                return Err(format!("the sign {c} within a word; write \\{c} for the sign itself"));
            }
            '^' => {
                skip_suffix(chars);
            }
            '\\' => {
                chars.next();
                let Some(c) = chars.next() else { return Err("a backslash stands before nothing".to_owned()) };
                // What is escaped is no sign of the syntax, and no part of a word.
                text.push(if c.is_alphanumeric() { c } else { ' ' });
            }
            c if c.is_whitespace() || matches!(c, '(' | ')' | '"' | '/') => break,
            c => {
                chars.next();
                text.push(c);
            }
        }
    }
    Ok(match text.as_str() {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => Token::Word(text),
    })
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    fuzzy: bool,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_it = self.peek() == Some(token);
        self.at += usize::from(is_it);
        is_it
    }

    fn either(&mut self, field: &Field) -> Result<Query, String> {
        let mut any = vec![self.both(field)?];
        while self.take(&Token::Or) {
            any.push(self.both(field)?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Query::Or(any) })
    }

    fn both(&mut self, field: &Field) -> Result<Query, String> {
        let mut all = vec![self.one(field)?];
        loop {
            let is_said = self.take(&Token::And);
            match self.peek() {
                None | Some(Token::Close | Token::Or) if is_said => return Err("AND stands before nothing".to_owned()),
                None | Some(Token::Close | Token::Or) => break,
                Some(_) => all.push(self.one(field)?),
            }
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Query::And(all) })
    }

    fn one(&mut self, field: &Field) -> Result<Query, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("more than {DEPTH_MAX} brackets or signs within one another"));
        }
        let token = self.peek().cloned();
        self.at += 1;
        let query = match token {
            None => Err("the query ends where a word is expected".to_owned()),
            Some(Token::Must) => self.one(field),
            Some(Token::Not) => Ok(Query::Not(Box::new(self.one(field)?))),
            Some(Token::Open) => {
                let query = self.either(field)?;
                if self.take(&Token::Close) { Ok(query) } else { Err("a bracket is opened and not closed".to_owned()) }
            }
            Some(Token::Field(name)) => {
                let name = name.strip_prefix("properties.").unwrap_or(&name).to_owned();
                self.one(&Some(name))
            }
            Some(Token::Phrase(text)) => Ok(in_a_row(field, &text)),
            Some(Token::Expression(expression)) => {
                Ok(Query::Words(field.clone(), vec![Pattern::Expression(expression)]))
            }
            Some(Token::Span(span)) => Ok(Query::Between(field.clone(), span)),
            Some(Token::Word(text)) => Ok(self.word(field, &text)),
            Some(Token::And | Token::Or) => Err("an operator stands behind nothing".to_owned()),
            Some(Token::Close) => Err("a bracket closes where a word is expected".to_owned()),
        };
        self.depth -= 1;
        query
    }

    fn word(&self, field: &Field, text: &str) -> Query {
        if text == "*" {
            return Query::All;
        }
        let (text, likely) = match text.split_once('~') {
            Some((word, most)) => (word, Some(most.parse::<usize>().ok())),
            None => (text, None),
        };
        if text.contains(['*', '?']) {
            let form: String =
                text.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, '*' | '?')).collect();
            return Query::Words(field.clone(), vec![Pattern::Gaps(form)]);
        }
        if field.as_deref().is_some_and(|field| {
            matches!(field, "id" | "entity_id" | "canonical_id" | "schema" | "datasets" | "dataset" | "topics")
        }) {
            return Query::Words(field.clone(), vec![Pattern::Exact(text.to_lowercase())]);
        }
        let folded = folded(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        match (words.as_slice(), likely) {
            ([], _) => Query::All,
            ([word], Some(most)) => {
                let most = most.unwrap_or_else(|| likeness(word)).min(2);
                Query::Words(field.clone(), vec![Pattern::Alike((*word).to_owned(), most)])
            }
            ([word], None) => one_word(field, word, self.fuzzy),
            // One word of the query that is several of ours: Al-Qaida.
            (words, _) => {
                Query::Words(field.clone(), words.iter().map(|word| Pattern::Exact((*word).to_owned())).collect())
            }
        }
    }
}

fn in_a_row(field: &Field, text: &str) -> Query {
    let folded = folded(text);
    let words: Vec<Pattern> =
        folded.split(' ').filter(|word| !word.is_empty()).map(|word| Pattern::Exact(word.to_owned())).collect();
    if words.is_empty() { Query::All } else { Query::Words(field.clone(), words) }
}

#[cfg(test)]
#[path = "query/tests.rs"]
mod tests;
