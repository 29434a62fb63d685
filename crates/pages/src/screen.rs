//! Screening from one box, with results while typing.
//!
//! In comes what was typed and what was found, out comes the page, or the results alone for a script that puts them in.

use askama::Template;
use mihenk_node::{answer::Found, said::Said};

use crate::{
    evidence::{Evidence, lines_fresh},
    frame::Frame,
    scan::Mention,
};

/// The page.
#[derive(Debug, Template)]
#[template(path = "screen.html")]
pub struct ScreenPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What was typed.
    pub q: &'a str,
    /// What was found.
    pub results: Results<'a>,
}

/// What was found.
#[derive(Debug, Template)]
#[template(path = "results.html")]
pub struct Results<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What was typed.
    pub q: &'a str,
    /// Who it may be, best first; none when nothing was asked.
    pub found: Option<&'a [Found]>,
    /// What of the question could not be read.
    pub warnings: &'a [Said],
    /// Why nothing was asked.
    pub refused: Option<&'a Said>,
    /// Who is named in it, where it is rather a text.
    pub named: Option<Vec<Mention<'a>>>,
    /// The version of the lists.
    pub version: &'a str,
}

impl askama::filters::HtmlSafe for Results<'_> {}

impl Results<'_> {
    fn evidence(&self, found: &Found) -> Evidence {
        Evidence::of(self.t.words, &lines_fresh(&found.explanation))
    }

    fn ten_thousandths(&self, found: &Found) -> i64 {
        i64::from(found.hit.score.0)
    }
}
