//! The tree that is worked on: where it is, which files belong to it, and how cargo is started in it.
//!
//! In comes nothing but the surroundings; out comes a [`Tree`]. Its files are those that git knows, so that build output
//! and drafts are not judged. Where git is missing, or the tree was unpacked from an archive, the folders are walked
//! instead: a machine with Rust and nothing else must be able to run every check.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::failure::Failure;

/// A copy of the repository.
pub(crate) struct Tree {
    root: PathBuf,
}

impl Tree {
    /// The tree that this program belongs to: cargo says where its package lies.
    pub(crate) fn find() -> Result<Self, Failure> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let start = match manifest {
            Some(folder) => folder,
            None => std::env::current_dir().map_err(|e| Failure::new(format!("the current folder: {e}")))?,
        };
        start
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("xtask").is_dir())
            .map(|root| Self { root: root.to_owned() })
            .ok_or_else(|| Failure::new(format!("{} is not inside the repository", start.display())))
    }

    /// Whether a file or folder exists; `path` is relative to the root, with slashes.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// The text of a file; `path` is relative to the root. Bytes that are not UTF-8 are replaced.
    pub(crate) fn read(&self, path: &str) -> Result<String, Failure> {
        match fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(e) => Err(Failure::new(format!("{path} cannot be read: {e}"))),
        }
    }

    /// The files that belong to it, relative to the root, with slashes, in order.
    pub(crate) fn files(&self) -> Result<Vec<String>, Failure> {
        let mut files = match self.known_to_git() {
            Some(files) => files,
            None => {
                let mut files = Vec::new();
                walk(&self.root, "", &mut files)
                    .map_err(|e| Failure::new(format!("the files of {} cannot be listed: {e}", self.root.display())))?;
                files
            }
        };
        files.sort_unstable();
        Ok(files)
    }

    /// Cargo, started at the root without what the cargo that started us has set for this package alone: build scripts
    /// may look at it, and everything would be built again when the same is run by hand.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&*name);
            }
        }
        command
    }

    /// None when git does not know this folder as a repository of ours.
    fn known_to_git(&self) -> Option<Vec<String>> {
        let output = Command::new("git").args(["ls-files", "-z"]).current_dir(&self.root).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        // A file that was removed stays in git's list until the removal is staged.
        let files: Vec<String> =
            text.split('\0').filter(|path| !path.is_empty() && self.has(path)).map(str::to_owned).collect();
        (output.status.success() && !files.is_empty()).then_some(files)
    }
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if !entry.file_type()?.is_dir() {
            files.push(path);
        } else if name != ".git" && name != "target" && !entry.path().join("CACHEDIR.TAG").exists() {
            // CACHEDIR.TAG is how cargo marks build output, whatever its folder is called.
            walk(&entry.path(), &format!("{path}/"), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_listing_find_this_file() {
        let tree = Tree::find().unwrap();
        let mut walked = Vec::new();
        walk(&tree.root, "", &mut walked).unwrap();
        for files in [tree.files().unwrap(), walked] {
            assert!(files.iter().any(|path| path == "xtask/src/tree.rs"));
            assert!(!files.iter().any(|path| path.starts_with("target/") || path.starts_with(".git/")));
        }
    }
}
