//! Writing: a report as the XML that goAML takes.
//!
//! In comes a report; out comes UTF-8 text in the order of the schema's elements, the same for the same report, or the findings when the
//! authority could not take it. The order is the table's.

use super::{
    Report, Version, check,
    check::Finding,
    element::Element,
    model::Content as _,
    rules::{ComplexType, Holds, Rules, rules},
};

/// Writes a report.
///
/// # Errors
/// The findings, errors and warnings, when one of them is an error: something mandatory is missing, too long, or not of its kind.
pub fn write(report: &Report, version: Version) -> Result<String, Vec<Finding>> {
    write_for(report, version, None)
}

/// Writes a report for the authority of one of the sources of the table: what its schema demands is demanded here.
///
/// # Errors
/// As [`write()`].
pub fn write_for(report: &Report, version: Version, authority: Option<&str>) -> Result<String, Vec<Finding>> {
    let tree = tree(report, rules(version));
    let findings = check::check(&tree, rules(version), authority);
    if findings.iter().any(Finding::is_error) {
        return Err(findings);
    }
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    tree.write(0, &mut xml);
    Ok(xml)
}

/// A report as a tree in the order of the schema.
pub(super) fn tree(report: &Report, rules: &Rules) -> Element<'static> {
    let mut tree = report.to_element("report");
    if let Some(complex) = rules.report() {
        arrange(&mut tree, complex, rules);
    }
    tree
}

/// Puts elements in the order of their type; what the type does not know comes last, for the check to find.
fn arrange(element: &mut Element<'static>, complex: &ComplexType, rules: &Rules) {
    element.children.sort_by_key(|child| complex.element(&child.name).map_or(usize::MAX, |(at, _)| at));
    for child in &mut element.children {
        let Some((_, rule)) = complex.element(&child.name) else { continue };
        let Holds::Type(at) = rule.holds else { continue };
        let Some(inner) = rules.types.get(at) else { continue };
        if rule.item.is_some() {
            child.children.iter_mut().for_each(|item| arrange(item, inner, rules));
        } else {
            arrange(child, inner, rules);
        }
    }
}
