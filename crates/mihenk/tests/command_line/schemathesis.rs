//! Schemathesis against `/api/v1`: what the description says is what is taken and given, whoever asks.
//!
//! In comes a data folder that the program itself has filled, with lists, customers, alerts, a case and a freeze; requests are made from the description, by what it allows and by
//! what it does not. Answers have to be described, in their status, their type and their shape, and none may be a fault of the server. The versions of what runs
//! are in `tests/clients/schemathesis.txt`.

mod needs_python {
    use std::{path::Path, process::Command};

    use crate::{
        clients::{python, run},
        house::House,
        serve::Server,
        world::tree,
    };

    const PEOPLE: [(&str, &[&str]); 5] = [
        ("cem", &["analyst"]),
        ("dilek", &["approver"]),
        ("elif", &["auditor"]),
        ("farid", &["officer"]),
        ("gonca", &["viewer"]),
    ];

    fn house() -> House {
        let house = House::new(["ayse", "bahram"], &PEOPLE);
        house.world.copy("crates/mihenk/tests/clients/list.ftm.json", "examples.ftm.json");
        house.world.run(&["lists", "add", &house.world.text("examples.ftm.json")]).done();
        let customers = house.world.write(
            "customers.csv",
            "id,schema,name,birthDate\n1,Person,Kerem Örnekoğlu,1961-04-05\n2,Person,Nobody Atall,1980-01-01\n",
        );
        house.run("cem", &["customers", "add", &customers, "--portfolio", "retail"]).done();
        let case = ["case", "open", "Deposits", "--legal-basis", "Law 1", "--purpose", "to know"];
        house.run("cem", &case).done();
        house
    }

    /// Asks as somebody, or as nobody.
    fn asked(server: &Server, folder: &Path, program: &Path, token: Option<&str>, more: &[&str]) {
        let config = tree("crates/mihenk/tests/clients/schemathesis.toml");
        let mut command = Command::new(program);
        command.arg("--config-file").arg(config).arg("run").arg(format!("{}/api/v1/openapi.json", server.url()));
        command.args([
            "--max-examples",
            "3",
            "--workers",
            "1",
            "--continue-on-failure",
            "--no-shrink",
            "--warnings",
            "off",
        ]);
        command.args(more);
        if let Some(token) = token {
            command.args(["--header", &format!("Authorization: Bearer {token}")]);
        }
        // It keeps files where it runs. One worker: with two, what makes the requests trips over itself now and then.
        command.current_dir(folder).env("NO_COLOR", "1");
        run(&mut command);
    }

    #[test]
    fn schemathesis_finds_nothing() {
        let house = house();
        let server = Server::start(&house.world);
        server.line("ready: version ");
        let folder = house.world.path(".");
        let program = python("schemathesis.txt").with_file_name("st");
        // Whoever is not signed in is refused before anything is read: what their requests hold is not told.
        let unread = ["--exclude-checks", "positive_data_acceptance,negative_data_rejection", "--phases", "fuzzing"];
        asked(&server, &folder, &program, None, &unread);
        for name in ["cem", "dilek", "ayse", "farid"] {
            asked(&server, &folder, &program, Some(house.token(name)), &["--phases", "examples,coverage,fuzzing"]);
        }
    }
}
