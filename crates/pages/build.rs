//! Collects the languages of the pages from `words/`, so that another one is its Fluent files and nothing else.
//!
//! In comes the folder, out comes `languages.rs` in the folder of the build, which `src/language.rs` takes in. How files are told apart is in `languages.rs` beside this file.

use std::{env, fs, io, path::Path};

mod languages;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=words");
    println!("cargo::rerun-if-changed=languages.rs");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("languages.rs"), languages::sources(&Path::new(&root).join("words"))?)
}
