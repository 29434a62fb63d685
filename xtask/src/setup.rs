//! `cargo xtask setup [--all]`: installs what the tests need from Debian's packages.
//!
//! In comes whether everything of the roadmap is wanted or only what the tests of this tree need today; out comes a
//! machine that has it. Nothing else in the project installs anything, and this does only when it is asked. It says what
//! it is going to run before it runs it, asks no questions (Debian's `DEBIAN_FRONTEND=noninteractive`), and works as
//! root or through sudo.

use std::process::Command;

use crate::{
    failure::Failure,
    services::{self, Package, SERVICES, Service},
    tree::Tree,
};

/// Whether `--all` was given.
pub(crate) fn all(arguments: &[String]) -> Result<bool, Failure> {
    match arguments {
        [] => Ok(false),
        [flag] if flag == "--all" => Ok(true),
        _ => Err(Failure::usage(
            format!("setup does not know {:?}", arguments.join(" ")),
            "usage: cargo xtask setup [--all]",
        )),
    }
}

/// Installs what is missing.
pub(crate) fn run(tree: &Tree, all: bool) -> Result<(), Failure> {
    let wanted: Vec<&Service> = if all { SERVICES.iter().collect() } else { services::needed(tree)? };
    if wanted.is_empty() {
        println!("setup: the tests of this tree need nothing besides Rust.");
        return Ok(());
    }
    for service in &wanted {
        println!("setup: {}, for {}", service.name, service.purpose);
    }
    let missing =
        missing(&wanted, |package| package.program.is_some_and(services::is_installed) || debian_has(package.name));
    if missing.is_empty() {
        println!("setup: nothing is missing.");
        return Ok(());
    }
    install(&missing)
}

/// The packages of the services that are not here yet.
fn missing<'a>(services: &[&'a Service], is_here: impl Fn(&Package) -> bool) -> Vec<&'a str> {
    let packages = services.iter().flat_map(|service| service.packages);
    let mut missing = Vec::new();
    for package in packages.filter(|package| !is_here(package)) {
        // Two services may need the same one.
        if !missing.contains(&package.name) {
            missing.push(package.name);
        }
    }
    missing
}

/// Whether Debian's own records say that the package is installed; false on other systems.
fn debian_has(package: &str) -> bool {
    let query = Command::new("dpkg-query").args(["--show", "--showformat", "${db:Status-Status}", package]).output();
    query.is_ok_and(|output| output.stdout == b"installed")
}

fn install(packages: &[&str]) -> Result<(), Failure> {
    if !services::is_installed("apt-get") {
        return Err(Failure::new(format!("{} missing, and there is no apt-get on this machine", packages.join(", ")))
            .hint("install what your system calls them by its own means; only the programs are looked for"));
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if !is_root && !services::is_installed("sudo") {
        return Err(Failure::new("packages are installed by root, and there is no sudo on this machine")
            .hint(format!("as root: apt-get install {}", packages.join(" "))));
    }
    for line in commands(packages, is_root) {
        println!("setup: {}", line.join(" "));
        let [program, arguments @ ..] = line.as_slice() else { continue };
        match Command::new(program).args(arguments).status() {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(Failure::new(format!("{} ended with {status}", line.join(" ")))),
            Err(e) => return Err(Failure::new(format!("{program} cannot be started: {e}"))),
        }
    }
    println!("setup: done.");
    Ok(())
}

/// What is run, word by word. Recommended packages are left out: no test needs them, and they are most of the bytes.
fn commands<'a>(packages: &[&'a str], is_root: bool) -> [Vec<&'a str>; 2] {
    let prefix: &[&str] = if is_root { &["env"] } else { &["sudo", "env"] };
    let apt = ["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let install = ["install", "--yes", "--no-install-recommends"];
    [[prefix, &apt, &["update"]].concat(), [prefix, &apt, &install, packages].concat()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        let chromium = Service::named("chromium").unwrap();
        let here = |package: &Package| package.program.is_some();
        assert_eq!(missing(&[chromium], here), ["fonts-noto-core", "fonts-noto-cjk"]);
        assert!(missing(&[], here).is_empty());
    }

    #[test]
    fn all_is_the_roadmap() {
        let services: Vec<&Service> = SERVICES.iter().collect();
        assert_eq!(
            missing(&services, |_| false),
            [
                "postgresql",
                "chromium",
                "npm",
                "fonts-noto-core",
                "fonts-noto-cjk",
                "nodejs",
                "libxml2-utils",
                "python3",
                "python3-venv",
                "libicu-dev",
                "pkg-config",
                "g++",
                "python3-dev",
                "curl",
                "jq"
            ]
        );
    }

    #[test]
    fn no_question_is_asked() {
        let [update, install] = commands(&["postgresql"], false);
        assert_eq!(update.join(" "), "sudo env DEBIAN_FRONTEND=noninteractive apt-get update");
        assert_eq!(
            install.join(" "),
            "sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql"
        );
        assert_eq!(commands(&["postgresql"], true)[0][0], "env");
    }

    #[test]
    fn the_only_argument_is_all() {
        let line = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(!all(&line("")).unwrap());
        assert!(all(&line("--all")).unwrap());
        assert_eq!(all(&line("--all postgresql")).unwrap_err().code(), 2);
    }
}
