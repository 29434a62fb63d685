//! Elements: a report as a tree of names and texts, with the places of a file when it was read from one.
//!
//! The model becomes such a tree to be checked and written, and a file becomes one to be checked and read. What is in it
//! beyond names and texts (attributes, comments) is no part of goAML.

use std::{borrow::Cow, fmt::Write as _};

use serde::{Deserialize, Serialize};

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element<'x> {
    pub(super) name: Cow<'x, str>,
    /// Its own text.
    pub(super) text: Cow<'x, str>,
    pub(super) children: Vec<Element<'x>>,
    /// Where its start tag stands.
    pub(super) place: Option<Place>,
}

impl<'x> Element<'x> {
    /// One that holds text.
    pub(super) fn leaf(name: &'static str, text: impl Into<Cow<'x, str>>) -> Element<'x> {
        Element { name: Cow::Borrowed(name), text: text.into(), ..Element::default() }
    }

    /// One that holds others.
    pub(super) fn branch(name: &'static str, children: Vec<Element<'x>>) -> Element<'x> {
        Element { name: Cow::Borrowed(name), children, ..Element::default() }
    }

    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Element<'x>> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Writes it as XML, each element on a line of its own, indented by two blanks a level.
    pub(super) fn write(&self, depth: usize, into: &mut String) {
        let indent = "  ".repeat(depth);
        let name = &self.name;
        if self.children.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(into, "{indent}<{name}>{}</{name}>", escaped(&self.text));
            return;
        }
        let _ = writeln!(into, "{indent}<{name}>");
        for child in &self.children {
            child.write(depth + 1, into);
        }
        let _ = writeln!(into, "{indent}</{name}>");
    }

    /// It as XML, with the text that stands beside its children.
    pub(super) fn whole(&self) -> String {
        let mut xml = String::new();
        self.write(0, &mut xml);
        let beside = if self.children.is_empty() { "" } else { self.text.trim_matches(super::value::is_blank) };
        format!("{}{}", xml.trim_end(), escaped(beside))
    }
}

/// Text as it stands in XML. A carriage return is written as a reference, or a reader would make a line feed of it (XML 1.0, 2.11).
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_where_xml_would_read_something_else() {
        let element = Element::leaf("reason", "a < b & c ]]> d \"e\" 'f'\r\n");
        let mut xml = String::new();
        element.write(1, &mut xml);
        assert_eq!(xml, "  <reason>a &lt; b &amp; c ]]&gt; d \"e\" 'f'&#13;\n</reason>\n");
    }
}
