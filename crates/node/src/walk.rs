//! Which files are meant: folders are walked in a fixed order.
//!
//! In come the paths that somebody gave, out come files in the order in which they are read, or why a path gives none. In a
//! folder, names are taken in the order of their bytes, whatever the disk says; folders are entered where their name
//! stands. Links to files are followed, links to folders inside a folder are not: they may lead round in a circle.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use crate::error::NodeError;

/// Folders inside one another; a disk allows more, people do not make them.
const DEPTH_MAX: usize = 64;

/// A file to read, or a path that gives none.
#[derive(Debug)]
pub struct Found {
    /// The path.
    pub path: PathBuf,
    /// Why there is no file to read.
    pub refused: Option<NodeError>,
}

/// The files that are meant by a path: itself, or all in the folder.
#[must_use]
pub fn files(path: &Path) -> Vec<Found> {
    let mut out = Vec::new();
    if path.is_dir() {
        enter(path, 0, &mut out);
    } else {
        out.push(Found { path: path.to_owned(), refused: None });
    }
    out
}

fn enter(folder: &Path, depth: usize, out: &mut Vec<Found>) {
    let refused = |path: &Path, error| Found { path: path.to_owned(), refused: Some(error) };
    if depth > DEPTH_MAX {
        let what = format!("it is more than {DEPTH_MAX} folders deep and was not entered");
        return out.push(refused(folder, wrong(folder, what)));
    }
    let names = fs::read_dir(folder)
        .and_then(|all| all.map(|e| e.map(|e| e.file_name())).collect::<Result<Vec<OsString>, _>>());
    let mut names = match names {
        Ok(names) => names,
        Err(error) => return out.push(refused(folder, NodeError::io(folder)(error))),
    };
    names.sort_unstable();
    for name in names {
        let path = folder.join(name);
        let is_link = path.symlink_metadata().is_ok_and(|m| m.is_symlink());
        let refused_as = match fs::metadata(&path) {
            Ok(about) if about.is_dir() && is_link => {
                Some(wrong(&path, "it is a link to a folder, which is not followed; give the folder itself".to_owned()))
            }
            Ok(about) if about.is_dir() => {
                enter(&path, depth + 1, out);
                continue;
            }
            Ok(about) if about.is_file() => None,
            Ok(_) => Some(wrong(&path, "it is no file: a socket, a pipe or a device".to_owned())),
            Err(error) => Some(NodeError::io(&path)(error)),
        };
        out.push(Found { path, refused: refused_as });
    }
}

fn wrong(path: &Path, what: String) -> NodeError {
    NodeError::Input { file: path.display().to_string(), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b.txt", "a/z.txt", "a/B.txt", "c/d/e.txt"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::create_dir(folder.path().join("empty")).unwrap();
        let found: Vec<PathBuf> = files(folder.path()).into_iter().map(|f| f.path).collect();
        let expected = ["a/B.txt", "a/z.txt", "b.txt", "c/d/e.txt"].map(|f| folder.path().join(f));
        assert_eq!(found, expected);
        assert_eq!(files(&folder.path().join("missing")).len(), 1, "said when it is opened");
    }

    #[test]
    #[cfg(unix)]
    fn links_to_folders_are_said_and_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        symlink(folder.path(), folder.path().join("round")).unwrap();
        symlink(folder.path().join("a.txt"), folder.path().join("z.txt")).unwrap();
        symlink(folder.path().join("nowhere"), folder.path().join("lost")).unwrap();
        let found: Vec<String> = files(folder.path())
            .into_iter()
            .map(|f| f.refused.map_or_else(|| f.path.display().to_string(), |error| error.to_string()))
            .collect();
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].ends_with("a.txt") && found[1].contains("lost") && found[3].ends_with("z.txt"), "{found:?}");
        assert!(found[2].contains("a link to a folder"), "{found:?}");
    }
}
