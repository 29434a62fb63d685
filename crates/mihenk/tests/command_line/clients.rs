//! The real clients of yente's API against the server, and the examples of the book for scripts.
//!
//! In come Python files below `tests/clients` with the versions of what they import, and the page `scripts.md` of the book; out comes whether what they
//! expect is so. Environments are made below `target/` and kept as long as the versions are the same; packages come from the registry.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    serve::Server,
    world::{World, tree},
};

/// A server over the list of the clients.
fn serving() -> (World, Server) {
    let world = World::new();
    let list = tree("crates/mihenk/tests/clients/list.ftm.json");
    world.copy("crates/mihenk/tests/clients/list.ftm.json", "examples.ftm.json");
    assert!(list.exists());
    world.run(&["lists", "add", &world.text("examples.ftm.json")]).done();
    let server = Server::start(&world);
    server.line("ready: version ");
    (world, server)
}

/// Runs something to its end; what it said is shown when it fails.
pub(crate) fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).join("\n");
    assert!(output.status.success(), "{command:?}: {}\n{said}", output.status);
}

/// Python with what a file of versions names.
pub(crate) fn python(versions: &str) -> PathBuf {
    let wanted = fs::read_to_string(tree("crates/mihenk/tests/clients").join(versions)).unwrap();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(versions.trim_end_matches(".txt"));
    let python = place.join("bin/python");
    mihenk_testkit::fetched(&place, &wanted, || {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place));
        let file = place.join("wanted.txt");
        fs::write(&file, &wanted).unwrap();
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r"])
            .arg(file));
    });
    python
}

fn runs_against_a_server(python: &Path, test: &str) {
    let (_world, server) = serving();
    let file = tree("crates/mihenk/tests/clients").join(test);
    run(Command::new(python).arg("-B").arg(file).arg(server.url()));
}

/// The blocks of a language on a page of the book, as they stand there.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(tree("docs/book/src").join(page)).unwrap();
    let begin = format!("```{language}\n");
    let all: Vec<String> =
        text.split(&begin).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n").collect();
    assert!(!all.is_empty(), "{page} has no {language}");
    all
}

/// What an example of the book prints, run as it stands there beside the server that it asks.
fn printed(program: &str, block: &str) -> String {
    let (world, server) = serving();
    let file = world.write("example", block);
    world.write("customers.csv", "id,name,born\n1,Kerem Ornekoglu,1961-04-05\n2,Nobody Atall,1980\n");
    let mut command = Command::new(program);
    command.arg(&file).current_dir(world.path("")).env("MIHENK_URL", server.url());
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{block}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

mod needs_python {
    use super::*;

    #[test]
    fn yente_client_finds_what_it_expects() {
        runs_against_a_server(&python("requirements.txt"), "yente_client_test.py");
    }

    #[test]
    fn recorded_shapes_of_other_clients_are_answered() {
        runs_against_a_server(Path::new("python3"), "shapes_test.py");
    }

    #[test]
    fn the_examples_of_the_book_in_python_run() {
        let said: Vec<String> = blocks("scripts.md", "python").iter().map(|block| printed("python3", block)).collect();
        let lines: Vec<&str> = said[0].lines().collect();
        assert!(lines[0].starts_with("1 Kerem Ornekoglu: ex-p1 Kerem Örnekoğlu, score "), "{lines:?}");
        assert_eq!(lines[1..], ["2 Nobody Atall: nobody"]);
    }
}

mod needs_icu {
    use super::*;

    #[test]
    fn nomenklatura_enriches() {
        runs_against_a_server(&python("nomenklatura.txt"), "nomenklatura_test.py");
    }
}

mod needs_curl {
    use super::*;

    #[test]
    fn the_examples_of_the_book_for_the_shell_run() {
        let said: Vec<String> = blocks("scripts.md", "sh").iter().map(|block| printed("sh", block)).collect();
        assert_eq!(said[0], "ex-p1\tKerem Örnekoğlu\ttrue\n");
        assert_eq!(said[1], "examples\tcurrent\n");
    }
}
