//! `cargo xtask generate`: makes the pages of the book that come from code.
//!
//! In comes the tree, out come pages: that of the sources, from what each declares, and that of the API's problems, from their table. The text is made where
//! the declarations are; the test that compares page and declarations writes the page when `MIHENK_RENEW` is set, so xtask needs no crate of the house.

use crate::{failure::Failure, tree::Tree};

/// Package, test program and test of each page.
const PAGES: [[&str; 3]; 2] = [
    ["mihenk-lists", "lists", "the_page_of_sources_is_what_they_declare"],
    ["mihenk-server", "v1", "the_page_of_problems_is_what_the_table_says"],
];

/// Makes all pages.
pub(crate) fn run(tree: &Tree) -> Result<(), Failure> {
    for [package, program, test] in PAGES {
        let status = tree
            .cargo()
            .args(["test", "--quiet", "--package", package, "--test", program, test])
            .env("MIHENK_RENEW", "1")
            .status()
            .map_err(|e| Failure::new(format!("cargo cannot be started: {e}")))?;
        if !status.success() {
            return Err(Failure::new(format!("a page could not be made: {test} of {package} failed")));
        }
    }
    Ok(())
}
