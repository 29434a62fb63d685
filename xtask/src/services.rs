//! The services that tests may need, in one table: what each is for, its packages in Debian, the programs looked for.
//!
//! A test says what it needs by where it stands: inside a module (or as a function) called `needs_NAME`, such as `mod
//! needs_postgresql`. From that follow, with no other list to keep: which services this tree needs (the modules are
//! searched for in the sources), what `setup` installs, and which tests `--without NAME` leaves out (both test runners
//! select by a part of a test's path). A service that is needed, not left out and not there is a failure that says how
//! to install it; a test is never skipped because something happens to be missing.

use std::{path::Path, process::Command};

use crate::{failure::Failure, tidy::scan, tree::Tree};

/// A program or set of programs that some tests talk to.
#[derive(Debug)]
pub(crate) struct Service {
    /// How it is called on the command line and, after `needs_`, in the tests.
    pub(crate) name: &'static str,
    /// What needs it.
    pub(crate) purpose: &'static str,
    /// What Debian calls it; all of them are needed.
    pub(crate) packages: &'static [Package],
}

/// A package of Debian's.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: &'static str,
    /// The program that shows that it is there, however it was installed; fonts have none.
    pub(crate) program: Option<&'static str>,
}

/// All services, also those that only later parts of the roadmap need.
pub(crate) const SERVICES: &[Service] = &[
    Service {
        name: "postgresql",
        purpose: "the store on a database server",
        packages: &[package("postgresql", Some("postgres"))],
    },
    Service {
        name: "chromium",
        purpose: "the pages as a user sees them, in every script",
        packages: &[
            package("chromium", Some("chromium")),
            package("npm", Some("npm")),
            package("fonts-noto-core", None),
            package("fonts-noto-cjk", None),
        ],
    },
    Service {
        name: "node",
        purpose: "an issuer of OpenID Connect, from npm",
        packages: &[package("nodejs", Some("node")), package("npm", Some("npm"))],
    },
    Service {
        name: "xmllint",
        purpose: "reports held against a schema that the user has",
        packages: &[package("libxml2-utils", Some("xmllint"))],
    },
    Service {
        name: "python",
        purpose: "the API as its real clients use it, and the book's examples",
        packages: &[package("python3", Some("python3")), package("python3-venv", Some("ensurepip"))],
    },
    Service {
        name: "icu",
        purpose: "nomenklatura's enricher, for which a part is compiled",
        packages: &[
            package("libicu-dev", Some("icuinfo")),
            package("pkg-config", Some("pkg-config")),
            package("g++", Some("g++")),
            package("python3-dev", None),
            package("python3-venv", Some("ensurepip")),
        ],
    },
    Service {
        name: "curl",
        purpose: "the book's examples for the shell",
        packages: &[package("curl", Some("curl")), package("jq", Some("jq"))],
    },
];

const fn package(name: &'static str, program: Option<&'static str>) -> Package {
    Package { name, program }
}

impl Service {
    /// The row of that name, or an error that says which there are.
    pub(crate) fn named(name: &str) -> Result<&'static Self, String> {
        // Its users call it by a shorter name as well.
        let name = if name == "postgres" { "postgresql" } else { name };
        SERVICES.iter().find(|service| service.name == name).ok_or_else(|| {
            let names: Vec<&str> = SERVICES.iter().map(|service| service.name).collect();
            format!("there is no service {name:?}; the services are {}", names.join(", "))
        })
    }

    /// The part of a test's path that says that it needs this service.
    pub(crate) fn mark(&self) -> String {
        format!("needs_{}", self.name)
    }

    /// Whether its programs are on this machine.
    pub(crate) fn is_here(&self) -> bool {
        self.packages.iter().filter_map(|package| package.program).all(is_installed)
    }

    /// Whether a source file holds tests that need it.
    fn is_needed_by(&self, source: &str) -> bool {
        let mark = self.mark();
        // Most files do not: reading them word by word is for those that may.
        source.contains(&mark)
            && scan::Source::read(source).code.iter().any(|line| {
                let mut words = scan::words(line);
                words.any(|word| word == "mod" || word == "fn") && words.next().is_some_and(|w| w.starts_with(&mark))
            })
    }
}

/// The services that some test of this tree needs.
pub(crate) fn needed(tree: &Tree) -> Result<Vec<&'static Service>, Failure> {
    let mut needed = Vec::new();
    for path in tree.files()?.iter().filter(|path| path.ends_with(".rs")) {
        let source = tree.read(path)?;
        needed.extend(SERVICES.iter().filter(|service| service.is_needed_by(&source)));
    }
    needed.sort_unstable_by_key(|service| service.name);
    needed.dedup_by_key(|service| service.name);
    Ok(needed)
}

/// Fails when a service is needed, not left out, and not on this machine.
pub(crate) fn check(
    needed: &[&Service],
    without: &[&Service],
    is_here: impl Fn(&Service) -> bool,
) -> Result<(), Failure> {
    let left_out = |service: &Service| without.iter().any(|other| other.name == service.name);
    let missing: Vec<&str> =
        needed.iter().filter(|service| !left_out(service) && !is_here(service)).map(|service| service.name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("some tests need what is not on this machine: {}", missing.join(", "))).hint(format!(
        "cargo xtask setup installs it; cargo xtask test --without {} leaves those tests out",
        missing.join(" --without ")
    )))
}

/// Whether a program is on the path, or where Debian puts servers that are not meant to be on it.
pub(crate) fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if std::env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
        return true;
    }
    if program == "ensurepip" {
        // A module of Python's: whether Python finds it says whether it can make an environment.
        return Command::new("python3")
            .args(["-c", "import ensurepip"])
            .output()
            .is_ok_and(|output| output.status.success());
    }
    let Ok(versions) = Path::new("/usr/lib/postgresql").read_dir() else { return false };
    versions.flatten().any(|version| version.path().join("bin").join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<&'static Service> {
        names.iter().map(|name| Service::named(name).unwrap()).collect()
    }

    #[test]
    fn a_missing_service_fails_with_the_line_that_installs_it() {
        let needed = named(&["chromium", "postgresql"]);
        let failure = check(&needed, &[], |service| service.name == "chromium").unwrap_err().to_string();
        assert!(failure.contains("not on this machine: postgresql"), "{failure}");
        assert!(failure.contains("cargo xtask setup"), "{failure}");
        assert!(failure.contains("cargo xtask test --without postgresql"), "{failure}");
    }

    #[test]
    fn nothing_is_asked_for_that_is_left_out_or_not_needed() {
        let both = named(&["chromium", "postgresql"]);
        assert!(check(&both, &both, |_| false).is_ok());
        assert!(check(&[], &[], |_| false).is_ok());
        assert!(check(&both, &[], |_| true).is_ok());
    }

    #[test]
    fn a_test_says_by_its_module_what_it_needs() {
        let postgresql = Service::named("postgresql").unwrap();
        for needs in ["mod needs_postgresql {\n}", "#[test]\nfn needs_postgresql_15() {}", "pub mod needs_postgresql;"]
        {
            assert!(postgresql.is_needed_by(needs), "{needs}");
        }
        for does_not in ["// mod needs_postgresql", "let a = \"mod needs_postgresql\";", "mod needs_chromium {}"] {
            assert!(!postgresql.is_needed_by(does_not), "{does_not}");
        }
    }

    #[test]
    fn an_unknown_service_is_answered_with_those_there_are() {
        assert_eq!(Service::named("postgres").unwrap().name, "postgresql");
        assert_eq!(
            Service::named("oracle").unwrap_err(),
            "there is no service \"oracle\"; the services are postgresql, chromium, node, xmllint, python, icu, curl"
        );
    }

    #[test]
    fn a_program_is_found_or_not() {
        assert!(!is_installed("no-such-program-anywhere"));
    }
}
