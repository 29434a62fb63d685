//! Reading: what a reporting entity sent, of either version.
//!
//! In come the bytes of a file; out comes the report with findings on everything in it that is wrong or unknown, each with line, column
//! and path, or one [`ReadError`] when the bytes are no goAML report as a whole: cut, not UTF-8, not well-formed, too large, or with a document type. A
//! file is never read in half. Memory is bounded by [`BYTES_MAX`] and [`ELEMENTS_MAX`], the stack by [`DEPTH_MAX`].

mod parse;

use super::{
    Report, Version, check,
    check::{FINDINGS_MAX, Finding},
    element::{Element, Place},
    model::Content as _,
    rules::{Holds, Rules, rules},
};

/// Bytes of a report. What units accept in one file is far less.
pub const BYTES_MAX: usize = 64 * 1024 * 1024;

/// Elements of a report; one with ten thousand transactions has about a million.
pub const ELEMENTS_MAX: usize = 2_000_000;

/// Elements inside one another; accounts of entities of accounts nest, but not often.
pub const DEPTH_MAX: usize = 64;

/// A report that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// What it says, as far as the model has a place for it.
    pub report: Report,
    /// Which version it was read as: the one it names, or the one whose elements it has.
    pub version: Version,
    /// Everything else: what is missing, wrong or unknown. Where text has no place in the model, the finding keeps it.
    pub findings: Vec<Finding>,
}

/// Why a file is no goAML report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{found}; right would be {right}", at(*.place), within(.path))]
pub struct ReadError {
    /// What kind of thing is wrong.
    pub kind: ReadErrorKind,
    /// Where.
    pub place: Option<Place>,
    /// Within which elements, such as `report/transaction`; empty outside all of them.
    pub path: String,
    /// What was found.
    pub found: String,
    /// What would be right.
    pub right: String,
}

/// What kind of thing is wrong with a file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// More bytes, elements or levels than are read.
    TooLarge,
    /// Not UTF-8, or said not to be.
    Encoding,
    /// A document type, or an entity that only one could declare.
    DocumentType,
    /// The file ends too early.
    Cut,
    /// Not well-formed XML.
    Malformed,
    /// XML, but no report.
    NoReport,
}

fn at(place: Option<Place>) -> String {
    place.map_or_else(String::new, |place| format!("{place}: "))
}

fn within(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("in {path}: ") }
}

/// Reads a report.
///
/// What only some authorities demand of those who report to them is not told here; see [`read_for`].
///
/// # Errors
/// When the bytes are no goAML report as a whole: what was found and where.
pub fn read(bytes: &[u8]) -> Result<Incoming, ReadError> {
    let mut incoming = read_for(bytes, None)?;
    incoming.findings.retain(|finding| finding.is_error() || finding.demanded_by.is_empty());
    Ok(incoming)
}

/// Reads a report that was sent to the authority of one of the sources of the table.
///
/// # Errors
/// As [`read`].
pub fn read_for(bytes: &[u8], authority: Option<&str>) -> Result<Incoming, ReadError> {
    let parsed = parse::parse(bytes)?;
    let report = Report::of(&parsed.root).unwrap_or_default();
    let (version, found) = versions(&parsed.root, authority);
    let mut findings = parsed.findings;
    findings.extend(found);
    if findings.len() > FINDINGS_MAX {
        return Err(ReadError {
            kind: ReadErrorKind::TooLarge,
            place: findings.last().and_then(|finding| finding.place),
            path: findings.last().map(|finding| finding.path.clone()).unwrap_or_default(),
            found: format!("more than {FINDINGS_MAX} things that are wrong up to here"),
            right: "a goAML report; the first of them: ".to_owned() + &findings[0].to_string(),
        });
    }
    findings.sort_by_key(|finding| finding.place);
    Ok(Incoming { report, version, findings })
}

/// The version of a report and what is wrong with it as one of that version.
///
/// It is the one that it names, or the one that the authority has, or the one that alone has an element of it, or the older one, unless the
/// newer one finds less wrong with it.
fn versions(root: &Element<'_>, authority: Option<&str>) -> (Version, Vec<Finding>) {
    let held = |version| (version, check::check(root, rules(version), authority));
    let named = root.child("schema_version").map(|named| named.text.trim().starts_with('4'));
    let is_source = |version| rules(version).sources.iter().any(|source| Some(source.id.as_str()) == authority);
    let of_authority = Version::ALL.into_iter().find(|&version| is_source(version));
    match named.or(of_authority.map(|version| version == Version::V4_0)) {
        Some(true) => return held(Version::V4_0),
        Some(false) => return held(Version::V5_0_2),
        None if is_newer(root, "report", "report") => return held(Version::V5_0_2),
        None => {}
    }
    let errors = |findings: &[Finding]| findings.iter().filter(|finding| finding.is_error()).count();
    let older = held(Version::V4_0);
    if errors(&older.1) == 0 {
        return older;
    }
    let newer = held(Version::V5_0_2);
    if errors(&newer.1) < errors(&older.1) { newer } else { older }
}

/// Whether an element, read as a type of both versions, holds one that only the newer has.
fn is_newer(element: &Element<'_>, older: &str, newer: &str) -> bool {
    let (old, new) = (rules(Version::V4_0), rules(Version::V5_0_2));
    element.children.iter().any(|child| {
        let Some((item, newer)) = held(new, newer, &child.name) else { return false };
        let Some((_, older)) = held(old, older, &child.name) else { return true };
        match (older, newer, item) {
            (Some(older), Some(newer), true) => child.children.iter().any(|item| is_newer(item, older, newer)),
            (Some(older), Some(newer), false) => is_newer(child, older, newer),
            _ => false,
        }
    })
}

/// Whether an element of a type is a list, and the type of what it holds. None when the type has no such element.
fn held<'r>(rules: &'r Rules, complex: &str, name: &str) -> Option<(bool, Option<&'r str>)> {
    let (_, rule) = rules.types.iter().find(|one| one.name == complex)?.element(name)?;
    let of = match rule.holds {
        Holds::Type(at) => rules.types.get(at).map(|one| one.name.as_str()),
        _ => None,
    };
    Some((rule.item.is_some(), of))
}
