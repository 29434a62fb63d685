//! axe-core, which finds what keeps people out of a page (<https://github.com/dequelabs/axe-core>, MPL 2.0).
//!
//! In comes nothing, out comes its script. It is taken once from the npm registry by `npm pack`, held against the hash below, and kept in `target/tools`; nothing of it is in the
//! repository or in the program.

use std::{fs, path::Path, process::Command};

use crate::fetched;

/// The version that is used.
const VERSION: &str = "4.10.3";
/// SHA-256 of the package as npm has it.
const SHA256: &str = "0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292";

/// The script.
///
/// # Panics
/// When it is neither kept nor can be fetched.
#[must_use]
pub fn script() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools").join(format!("axe-core-{VERSION}"));
    let kept = folder.join("package/axe.min.js");
    fetched(&folder, SHA256, || fetch(&folder));
    fs::read_to_string(&kept).unwrap_or_else(|error| panic!("{}: {error}", kept.display()))
}

fn fetch(folder: &Path) {
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).current_dir(folder).output();
        let done =
            done.unwrap_or_else(|error| panic!("{program}: {error}; npm is needed once, to fetch axe-core {VERSION}"));
        assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let package = format!("axe-core-{VERSION}.tgz");
    run("npm", &["pack", "--silent", &format!("axe-core@{VERSION}")]);
    let hash = run("sha256sum", &[&package]);
    assert!(hash.starts_with(SHA256), "axe-core {VERSION} has another hash than was written down: {hash}");
    run("tar", &["xzf", &package]);
}
