//! What tests fetch once from a package registry and keep in the target folder.
//!
//! In comes a folder, what is wanted in it, and how it is made; it is there when the call returns. Tests are processes of their own that begin together: one makes
//! it, the others wait, and nobody finds half of it.

use std::{
    fs::{self, File},
    path::Path,
};

/// Makes what is in the folder, unless it was made from the same text before: file names and versions, say, whatever should make it anew when it changes.
///
/// # Panics
/// When the folder cannot be had, or it cannot be made.
pub fn fetched(folder: &Path, wanted: &str, make: impl FnOnce()) {
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    // Beside the folder, which may be emptied.
    let path = format!("{}.lock", folder.display());
    let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
    let _one = lock.unwrap_or_else(|error| panic!("{path}: {error}"));
    let made = folder.join("made.txt");
    if fs::read_to_string(&made).is_ok_and(|has| has == wanted) {
        return;
    }
    make();
    fs::write(&made, wanted).unwrap_or_else(|error| panic!("{}: {error}", made.display()));
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn one_makes_it_and_the_others_wait() {
        let place = tempfile::tempdir().unwrap();
        let (folder, times) = (place.path().join("tool"), AtomicU32::new(0));
        let make = || {
            std::thread::sleep(std::time::Duration::from_millis(50));
            fs::write(folder.join("it"), "whole").unwrap();
            times.fetch_add(1, Ordering::SeqCst);
        };
        let fetch = || {
            fetched(&folder, "version 1", make);
            assert_eq!(fs::read_to_string(folder.join("it")).unwrap(), "whole");
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(fetch))));
        assert_eq!(times.load(Ordering::SeqCst), 1);
        fetched(&folder, "version 2", make);
        assert_eq!(times.load(Ordering::SeqCst), 2, "something else is wanted");
    }
}
