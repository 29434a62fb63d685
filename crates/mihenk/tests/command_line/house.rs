//! People at work, each in a session of their own, so that one command follows another by somebody else without signing in anew.
//!
//! In come names and roles, out comes a [`House`] in which each of them runs commands.

use crate::world::{Said, World};

pub(crate) struct House {
    pub(crate) world: World,
    tokens: Vec<(&'static str, String)>,
}

impl House {
    /// With two administrators and these people.
    pub(crate) fn new(administrators: [&'static str; 2], people: &[(&'static str, &[&str])]) -> House {
        let world = World::new();
        let [one, other] = administrators;
        let made = world.run(&["user", "init", one, other, "--json"]).done().json().remove(0);
        let mut house = House { world, tokens: Vec::new() };
        for (at, name) in administrators.into_iter().enumerate() {
            house.sign_in(name, made[at]["first_password"].as_str().unwrap());
        }
        for (name, roles) in people {
            let roles = roles.iter().flat_map(|role| ["--role", role]);
            let add: Vec<&str> =
                ["user", "add", name, "--reason", "joins", "--json"].into_iter().chain(roles).collect();
            let id = house.run(one, &add).done().json().remove(0)["proposed"].as_str().unwrap().to_owned();
            let confirmed = house.run(other, &["user", "confirm", &id, "--json"]).done().json().remove(0);
            house.sign_in(name, confirmed["first_password"].as_str().unwrap());
        }
        house
    }

    fn sign_in(&mut self, name: &'static str, first: &str) {
        let own = "a password of their own";
        self.world.run_with(&["login", name, "--password-stdin"], format!("{first}\n").as_bytes()).done();
        self.world.run_with(&["user", "password", "--stdin"], format!("{first}\n{own}\n").as_bytes()).done();
        let login = self.world.run_with(&["login", name, "--password-stdin", "--print"], format!("{own}\n").as_bytes());
        self.tokens.push((name, login.done().out.trim().to_owned()));
    }

    /// What one of them signs in with.
    pub(crate) fn token(&self, name: &str) -> &str {
        &self.tokens.iter().find(|(user, _)| *user == name).unwrap().1
    }

    /// Runs a command as one of them, with nothing on standard input.
    pub(crate) fn run(&self, name: &str, arguments: &[&str]) -> Said {
        let token = self.token(name);
        let mut command = self.world.command(arguments);
        command.env("MIHENK_SESSION", token);
        let output = assert_cmd::Command::from_std(command).write_stdin(&b""[..]).output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
