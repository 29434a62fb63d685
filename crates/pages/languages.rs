//! Which languages there are, from the names of the Fluent files: read by `build.rs`, and by a test.
//!
//! In comes the folder of the files, out comes the text of the array `SOURCES`: the code of each language and all its files behind one another. A file is called `CODE.ftl` or
//! `ANYTHING.CODE.ftl`. English is first, since what another language does not say is said in it; the others follow in the order of their codes.

use std::{collections::BTreeMap, fs, io, path::Path};

/// The array as source text, with the files by their absolute paths.
pub(crate) fn sources(folder: &Path) -> io::Result<String> {
    let mut by_code: BTreeMap<(bool, String), Vec<String>> = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(".ftl") else { continue };
        let code = stem.rsplit('.').next().unwrap_or(stem);
        if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(io::Error::other(format!("{name}: right would be CODE.ftl or ANYTHING.CODE.ftl")));
        }
        let path = path.display().to_string();
        by_code.entry((code != "en", code.to_owned())).or_default().push(path);
    }
    let mut out = format!("pub(crate) const SOURCES: [(&str, &str); {}] = [\n", by_code.len());
    for ((_, code), mut paths) in by_code {
        paths.sort_unstable();
        let files: Vec<String> = paths.iter().map(|path| format!("include_str!({path:?}), \"\\n\"")).collect();
        out.push_str(&format!("    ({code:?}, concat!({})),\n", files.join(", ")));
    }
    out.push_str("];\n");
    Ok(out)
}
