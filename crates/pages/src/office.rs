//! Who else works here at the moment.
//!
//! In come those who looked at a thing lately, out comes a line that says so; a page asks for it again from time to time.

use askama::Template;
use mihenk_node::named::Named;

use crate::frame::Frame;

/// Who else looks at the same thing.
#[derive(Debug, Template)]
#[template(path = "here.html")]
pub struct Here<'a> {
    /// What stands around the page.
    pub t: &'a Frame,
    /// Who ids are.
    pub named: &'a Named,
    /// Who looked lately, by id, with when.
    pub readers: &'a [(String, i64)],
    /// Whether somebody changed it since the page was made.
    pub changed: bool,
}

impl askama::filters::HtmlSafe for Here<'_> {}
