//! `cargo xtask generate`: makes the pages of the book that come from code.
//!
//! In comes the tree, out come pages: that of the sources, from what each declares. The text is made where the declarations are; the
//! test that compares page and declarations writes the page when `MIHENK_RENEW` is set, so xtask needs no crate of the house.

use crate::{failure::Failure, tree::Tree};

const TEST: [&str; 7] =
    ["test", "--quiet", "--package", "mihenk-lists", "--test", "lists", "the_page_of_sources_is_what_they_declare"];

/// Makes all pages.
pub(crate) fn run(tree: &Tree) -> Result<(), Failure> {
    let status = tree
        .cargo()
        .args(TEST)
        .env("MIHENK_RENEW", "1")
        .status()
        .map_err(|e| Failure::new(format!("cargo cannot be started: {e}")))?;
    if status.success() { Ok(()) } else { Err(Failure::new("the page of sources could not be made")) }
}
