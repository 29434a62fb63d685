//! JSON objects one after the other: one on each line, or all of them in a list.
//!
//! In comes UTF-8, out come [`Object`]s, each the bytes of one with the line where it begins. Lines are cut without looking
//! into them. In a list, brackets and quotes are followed to the end of each object; one that is never closed ends where the
//! next one begins on a line of its own, and a list that is never closed says so in its place. [`fields`] takes an object
//! apart: texts, numbers with all their digits, lists of these.

use std::{
    fmt,
    io::{self, BufRead},
};

use mihenk_said::{Fact, Said};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{
    lines::{LINE_LEN_MAX, Lines, too_long},
    row::BETWEEN_VALUES,
    sayings,
};

/// One object as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object {
    /// The line in which it begins, from 1.
    pub line: u64,
    /// Its bytes; of one that is too long, none or the beginning.
    pub bytes: Vec<u8>,
    /// What is wrong with it, as far as that is known without reading it.
    pub problem: Option<Said>,
}

/// The objects of a file.
#[derive(Debug)]
pub struct Objects<R>(Kind<R>);

#[derive(Debug)]
enum Kind<R> {
    Lines(Lines<R>),
    List(List<R>),
}

impl<R: BufRead> Objects<R> {
    /// The objects of `input`, in a list if the first thing in it is a bracket.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn open(mut input: R) -> io::Result<Objects<R>> {
        let start = input.fill_buf()?;
        let first = start.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
        let is_list = first == Some(&b'[');
        Ok(Objects(if is_list { Kind::List(List::new(input)) } else { Kind::Lines(Lines::new(input)) }))
    }

    /// The next object, or what stands in the place of one; none at the end.
    ///
    /// # Errors
    /// When the input cannot be read.
    #[allow(clippy::should_implement_trait, reason = "what is read can fail")]
    pub fn next(&mut self) -> io::Result<Option<Object>> {
        match &mut self.0 {
            Kind::List(list) => list.next(),
            Kind::Lines(lines) => loop {
                let Some(line) = lines.next()? else { return Ok(None) };
                if !line.is_blank() || line.is_cut {
                    let problem = line.is_cut.then(too_long);
                    return Ok(Some(Object { line: line.number, bytes: line.bytes, problem }));
                }
            },
        }
    }
}

/// A list of objects while it is read.
#[derive(Debug)]
struct List<R> {
    input: R,
    line: u64,
    state: State,
    depth: usize,
    /// The object that is being read; of one that is too long, nothing more.
    object: Object,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the bracket that opens the list.
    Before,
    /// Between objects.
    Between,
    /// In an object, outside of texts.
    Object,
    /// In a text of an object.
    Text,
    /// Behind a backslash in a text.
    Escape,
    /// Behind an object that was not closed, at the start of a line.
    LineStart,
    /// Behind an object that was not closed, within a line.
    Line,
    /// In something that is no object.
    Other,
    /// Behind the bracket that closes the list.
    Behind,
    /// All was given.
    End,
}

impl<R: BufRead> List<R> {
    fn new(input: R) -> List<R> {
        List { input, line: 1, state: State::Before, depth: 0, object: Object::default() }
    }

    fn next(&mut self) -> io::Result<Option<Object>> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(self.end());
            }
            let length = buffer.len();
            let mut used = 0;
            let mut done = false;
            // The borrow of the buffer ends before the input is told how much was used.
            for &byte in buffer {
                let (state, takes) = step(self.state, byte, &mut self.depth);
                if let Takes::Not = takes
                    && self.state == State::Other
                {
                    // The byte that ends something else is looked at again.
                    self.state = state;
                    done = true;
                    break;
                }
                used += 1;
                if self.object.bytes.is_empty() && takes != Takes::Nothing {
                    self.object.line = self.line;
                }
                if takes != Takes::Nothing && self.object.bytes.len() <= LINE_LEN_MAX {
                    self.object.bytes.push(byte);
                }
                self.line += u64::from(byte == b'\n');
                done = takes == Takes::Last;
                self.state = state;
                if done {
                    break;
                }
            }
            debug_assert!(used <= length);
            self.input.consume(used);
            if done {
                return Ok(Some(self.take()));
            }
        }
    }

    fn take(&mut self) -> Object {
        let mut object = std::mem::take(&mut self.object);
        if object.bytes.len() > LINE_LEN_MAX {
            object.problem = Some(too_long());
        }
        object
    }

    fn end(&mut self) -> Option<Object> {
        let state = std::mem::replace(&mut self.state, State::End);
        if matches!(state, State::Behind | State::End) {
            return None;
        }
        if !self.object.bytes.is_empty() {
            // What is left of an object is its own problem, and says that the list is not closed.
            return Some(self.take());
        }
        Some(Object { line: self.line, bytes: Vec::new(), problem: Some(sayings::list_not_closed()) })
    }
}

/// What happens with a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// It is nothing of an object.
    Nothing,
    /// It is of the object.
    Byte,
    /// It is the last of the object.
    Last,
    /// It belongs to what comes next.
    Not,
}

fn step(state: State, byte: u8, depth: &mut usize) -> (State, Takes) {
    match (state, byte) {
        (State::Before, b'[') => (State::Between, Takes::Nothing),
        (State::Before, _) => (State::Before, Takes::Nothing),
        (State::Between | State::LineStart, b'{') => {
            *depth = 1;
            (State::Object, Takes::Byte)
        }
        (State::Between | State::LineStart, b']') => (State::Behind, Takes::Nothing),
        (State::Between | State::LineStart, b',' | b' ' | b'\t' | b'\r' | b'\n') => (state, Takes::Nothing),
        (State::Between | State::Behind, b) if !b.is_ascii_whitespace() => (State::Other, Takes::Byte),
        (State::Other, b',' | b'\n' | b'{') => (State::Between, Takes::Not),
        (State::Other, b']') => (State::Behind, Takes::Not),
        (State::Other, _) => (State::Other, Takes::Byte),
        (State::Line, b'\n') => (State::LineStart, Takes::Nothing),
        (State::LineStart | State::Line, _) => (State::Line, Takes::Nothing),
        (State::Text, b'\\') => (State::Escape, Takes::Byte),
        (State::Text, b'"') => (State::Object, Takes::Byte),
        // No text of JSON goes over a line: a quote was forgotten, and what follows may be anything up to the next line.
        (State::Text | State::Escape, b'\n') => (State::LineStart, Takes::Last),
        (State::Text | State::Escape, _) => (State::Text, Takes::Byte),
        (State::Object, b'"') => (State::Text, Takes::Byte),
        (State::Object, b'{' | b'[') => {
            *depth += 1;
            (State::Object, Takes::Byte)
        }
        (State::Object, b'}' | b']') => {
            *depth -= 1;
            if *depth == 0 { (State::Between, Takes::Last) } else { (State::Object, Takes::Byte) }
        }
        (State::Object, _) => (State::Object, Takes::Byte),
        (State::Behind | State::End | State::Between, _) => (state, Takes::Nothing),
    }
}

/// The fields of an object in their order, values as text; the error names what is wrong. A field of an object within it has
/// the names of both (`address.city`), a list of objects several values of each field.
pub(crate) fn fields(object: &Object) -> Result<Vec<(String, String)>, Said> {
    if let Some(problem) = &object.problem {
        return Err(problem.clone());
    }
    let text = std::str::from_utf8(&object.bytes).map_err(|e| sayings::byte_not_utf8(e.valid_up_to() + 1))?;
    let flat: Flat = serde_json::from_str(text).map_err(|e| {
        let told = e.to_string();
        sayings::no_json_object(told.split(" at line ").next().unwrap_or(&told))
    })?;
    let mut fields = Vec::with_capacity(flat.0.len());
    for (name, raw) in flat.0 {
        take(name, raw, DEPTH_MAX, &mut fields)?;
    }
    Ok(fields)
}

/// Objects within objects that are looked into.
const DEPTH_MAX: usize = 8;

/// Takes the values of a field.
fn take(name: String, raw: &RawValue, depth: usize, fields: &mut Vec<(String, String)>) -> Result<(), Said> {
    let text = raw.get();
    let wrong = |what: Fact| sayings::field_no_text(&name, what);
    match text.as_bytes().first() {
        Some(b'n') | None => fields.push((name, String::new())),
        Some(b'"') => {
            let value = serde_json::from_str::<String>(text).map_err(|_| wrong(sayings::half_a_pair().into()))?;
            fields.push((name, value));
        }
        Some(b'{' | b'[') if depth == 0 => return Err(wrong(sayings::too_deep().into())),
        Some(b'[') => {
            let values: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| wrong(e.to_string().into()))?;
            let is_deep = values.iter().any(|value| value.get().starts_with(['{', '[']));
            let mut inner = Vec::with_capacity(values.len());
            for value in values {
                take(name.clone(), value, depth - 1, &mut inner)?;
            }
            if is_deep {
                fields.append(&mut inner);
            } else {
                let values: Vec<String> = inner.into_iter().map(|(_, value)| value).collect();
                fields.push((name, values.join(&BETWEEN_VALUES.to_string())));
            }
        }
        Some(b'{') => {
            let flat: Flat = serde_json::from_str(text).map_err(|e| wrong(e.to_string().into()))?;
            for (inner, value) in flat.0 {
                take(format!("{name}.{inner}"), value, depth - 1, fields)?;
            }
        }
        _ => fields.push((name, text.to_owned())),
    }
    Ok(())
}

/// The fields of an object in their order, also those that stand twice.
struct Flat<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Flat<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Flat<'de>, D::Error> {
        deserializer.deserialize_map(FlatVisitor)
    }
}

struct FlatVisitor;

impl<'de> Visitor<'de> for FlatVisitor {
    type Value = Flat<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Flat<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry::<String, &'de RawValue>()? {
            fields.push(field);
        }
        Ok(Flat(fields))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn objects(text: &str) -> Vec<Object> {
        let mut objects = Objects::open(text.as_bytes()).unwrap();
        std::iter::from_fn(|| objects.next().unwrap()).collect()
    }

    /// A line, and the fields of the object in it or what is wrong with it.
    type Told = (u64, Result<Vec<(String, String)>, String>);

    fn told(text: &str) -> Vec<Told> {
        objects(text).iter().map(|o| (o.line, fields(o).map_err(String::from))).collect()
    }

    fn one(line: u64, name: &str, value: &str) -> Told {
        (line, Ok(vec![(name.to_owned(), value.to_owned())]))
    }

    #[test]
    fn lines_and_lists_give_the_same_objects() {
        let lines = "{\"a\":\"x\"}\n\n{\"a\":1}\n";
        assert_eq!(told(lines), [one(1, "a", "x"), one(3, "a", "1")]);
        let list = "[\n {\"a\":\"x\"},\n {\n \"a\" : 1}\n]\n";
        assert_eq!(told(list), [one(2, "a", "x"), one(3, "a", "1")]);
        assert_eq!(told("[{\"a\":\"x\"},{\"a\":1}]"), [one(1, "a", "x"), one(1, "a", "1")], "all in one line");
        assert!(told("[]").is_empty());
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let text =
            "{\"n\":12345678901234567890.50,\"t\":\"a\\n\\u00e9\",\"b\":true,\"z\":null,\"l\":[\"x\",2],\"n\":7}";
        let (_, fields) = told(text).remove(0);
        let values: Vec<String> = fields.unwrap().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(values, ["n=12345678901234567890.50", "t=a\né", "b=true", "z=", "l=x\u{1F}2", "n=7"]);
        let deep = "[".repeat(60) + &"]".repeat(60);
        assert!(told(&format!("{{\"a\":{deep}}}"))[0].1.as_ref().unwrap_err().contains("too deep in one another"));
        assert!(told("{\"a\":\"\\ud800\"}")[0].1.is_err());
    }

    #[test]
    fn objects_within_objects_have_the_names_of_both() {
        let text = "{\"a\":{\"b\":1,\"c\":{\"d\":\"x\"}},\"l\":[{\"m\":1},{\"m\":2,\"n\":3}],\"e\":{},\"f\":[[1]]}";
        let (_, fields) = told(text).remove(0);
        let values: Vec<String> = fields.unwrap().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(values, ["a.b=1", "a.c.d=x", "l.m=1", "l.m=2", "l.n=3", "f=1"]);
    }

    #[test]
    fn a_bad_object_costs_no_other() {
        let list = "[{\"a\":1},\n{\"a\":\"x},\n{\"a\":2},\n oops, {\"a\":{\"b\":[\"}\"]}},\n{\"a\":3}]";
        let found = told(list);
        let bad: Vec<(u64, bool)> = found.iter().map(|(line, r)| (*line, r.is_err())).collect();
        assert_eq!(bad, [(1, false), (2, true), (3, false), (4, true), (4, false), (5, false)]);
    }

    #[test]
    fn a_list_that_is_cut_says_so() {
        let whole = "[{\"a\":1},\n{\"a\":2}]";
        for end in 1..whole.len() {
            let found = told(&whole[..end]);
            assert!(found.last().unwrap().1.is_err(), "{}", &whole[..end]);
        }
        assert!(objects("[{\"a\":1},\n")[1].problem.as_ref().unwrap().as_str().contains("seems to be cut"));
    }

    #[test]
    fn an_object_without_end_is_read_in_bounded_memory() {
        let long = format!("[{{\"a\":\"{}\"}},{{\"a\":1}}]", "x".repeat(3 * LINE_LEN_MAX));
        let found = objects(&long);
        assert!(found[0].problem.as_ref().unwrap().as_str().contains("4194304 bytes"));
        assert!(found[0].bytes.capacity() <= 4 * LINE_LEN_MAX);
        assert_eq!(fields(&found[1]).unwrap(), [("a".to_owned(), "1".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_text_is_objects(text in "[\\[\\]{}\",:a1\\\\ \n]{0,80}|\\PC{0,40}") {
            let mut last = 0;
            for object in objects(&text) {
                prop_assert!(object.line >= last && object.line > 0);
                last = object.line;
                let _ = fields(&object);
            }
        }

        /// Whatever the buffer, the same objects.
        #[test]
        fn buffers_change_nothing(text in "[\\[{]{1}[\\[\\]{}\",:a1\\\\ \n]{0,80}", size in 1usize..9) {
            let mut small = Objects::open(io::BufReader::with_capacity(size, text.as_bytes())).unwrap();
            let pieces: Vec<Object> = std::iter::from_fn(|| small.next().unwrap()).collect();
            prop_assert_eq!(pieces, objects(&text));
        }
    }
}
