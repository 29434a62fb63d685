//! A folder with a program in it: where a test runs `mihenk`.
//!
//! [`World::new`] is empty, [`World::starter`] has the built-in starter list loaded. [`World::run`] runs a command line
//! with the world's data folder and no settings of the machine, and gives what it [`Said`].

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// The list that comes with the program, as a file.
pub(crate) fn starter_list() -> PathBuf {
    tree("data/starter/list.ftm.jsonl")
}

/// A file of the tree.
pub(crate) fn tree(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

pub(crate) struct World {
    folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new() -> World {
        World { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn starter() -> World {
        let world = World::new();
        let list = starter_list();
        world.run(&["lists", "add", list.to_str().unwrap()]).done();
        world
    }

    /// A path in this world.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), bytes).unwrap();
        self.text(name)
    }

    /// Brings a file of the tree here, so that its path is the same on every machine.
    pub(crate) fn copy(&self, from: &str, name: &str) {
        fs::copy(tree(from), self.path(name)).unwrap();
    }

    /// A path as an argument.
    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mihenk"));
        command.args(arguments).current_dir(self.folder.path());
        for variable in [
            "MIHENK_MODEL",
            "MIHENK_STORE",
            "MIHENK_SESSION",
            "NO_COLOR",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
            "SSL_CERT_FILE",
        ] {
            command.env_remove(variable);
        }
        let is_setting = |name: &str| name.starts_with("YENTE_") || name.starts_with("MIHENK_");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(is_setting) {
                command.env_remove(name);
            }
        }
        // A proxy of the machine would be asked for what is on the loopback interface.
        for variable in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            command.env_remove(variable).env_remove(variable.to_lowercase());
        }
        command.env("MIHENK_DATA", self.path("data")).env("HOME", self.path("nobody"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, b"")
    }

    /// Runs with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Said {
        let output = assert_cmd::Command::from_std(self.command(arguments)).write_stdin(input).output().unwrap();
        let said = Said {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).expect("text on standard output"),
            err: String::from_utf8(output.stderr).expect("text on standard error"),
        };
        assert!(!said.err.contains("panicked"), "{arguments:?}: {}", said.err);
        said
    }
}

impl Said {
    /// It was done.
    pub(crate) fn done(self) -> Said {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }

    /// It could not be done, and the words say so, without results.
    pub(crate) fn refused(self, words: &[&str]) -> Said {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "'{word}' is not in: {}", self.err);
        }
        self
    }

    /// The lines of standard output as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Lines of JSON as values.
pub(crate) fn json_lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
