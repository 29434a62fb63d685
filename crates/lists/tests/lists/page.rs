//! The book's page of sources is what the sources declare.
//!
//! `cargo xtask generate` renews it: it runs this test with `MIHENK_RENEW` set.

use std::{fs, path::Path};

use mihenk_lists::page::sources_page;

#[test]
fn the_page_of_sources_is_what_they_declare() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book/src/reference/sources.md");
    let page = sources_page();
    if std::env::var_os("MIHENK_RENEW").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/book/src/reference/sources.md is not what the sources declare: cargo xtask generate");
}
