//! What can go wrong with a request of a program, by code: where the `type` of each problem leads.
//!
//! In comes the one table of codes, out comes a page with an anchor for each. What it says is English, as the codes are: it is for whoever writes programs.

use askama::Template;

use crate::frame::Frame;

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The code, which is the anchor too.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// In a few words.
    pub title: &'static str,
    /// When it is given; what is a name in a program stands between backticks.
    pub when: &'static str,
    /// What to do, in the same way.
    pub remedy: &'static str,
}

/// All codes.
#[derive(Debug, Template)]
#[template(path = "problems.html")]
pub struct ProblemsPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The codes, in the order of their status.
    pub codes: &'a [Coded],
}

/// Parts of a text, and whether each is a name in a program.
fn parts(text: &str) -> impl Iterator<Item = (bool, &str)> {
    text.split('`').enumerate().map(|(number, part)| (number % 2 == 1, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_backticks() {
        let all: Vec<_> = parts("look at `detail`, then go").collect();
        assert_eq!(all, [(false, "look at "), (true, "detail"), (false, ", then go")]);
    }
}
