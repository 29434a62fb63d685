//! Collects the languages of the pages from `words/`, so that another one is its Fluent files and nothing else.

use std::env;

include!("languages.rs");

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=words");
    println!("cargo::rerun-if-changed=languages.rs");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("languages.rs"), sources(&Path::new(&root).join("words"))?)
}
