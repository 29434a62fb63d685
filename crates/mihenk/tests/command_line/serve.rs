//! The server as its clients meet it: a process, a socket, lists that change under it.
//!
//! In come a data folder and bytes of requests, out come what the process says on standard error and what it answers.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use crate::world::World;

/// How long anything may take here; only what fails takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Server {
    child: Child,
    address: String,
    lines: Mutex<Receiver<String>>,
}

impl Server {
    pub(crate) fn start(world: &World) -> Server {
        Server::of(world, &["serve", "--listen", "127.0.0.1:0"])
    }

    pub(crate) fn of(world: &World, arguments: &[&str]) -> Server {
        Server::by(world.command(arguments))
    }

    /// Starts a command that serves.
    pub(crate) fn by(mut command: Command) -> Server {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let mut server = Server { child, address: String::new(), lines: Mutex::new(lines) };
        let line = server.line_with("listening");
        let address = line.split(['/', ',', '"', ' ']).find(|word| word.starts_with("127.0.0.1:"));
        server.address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        server
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next line that begins so.
    pub(crate) fn line(&self, beginning: &str) -> String {
        loop {
            let line = self
                .lines
                .lock()
                .unwrap()
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("no line began with '{beginning}'"));
            if line.starts_with(beginning) {
                return line;
            }
        }
    }

    /// The next line that has this in it.
    pub(crate) fn line_with(&self, part: &str) -> String {
        loop {
            let line = self.lines.lock().unwrap().recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no line had '{part}'"));
            if line.contains(part) {
                return line;
            }
        }
    }

    /// Sends bytes and reads the answer to its end.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // A server that refuses what is too much closes while we still write; what it said has come before, or not at all.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.address);
        let kind = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
        self.raw(format!("{head}{kind}content-length: {}\r\n\r\n{body}", body.len()).as_bytes())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn version(answer: &str) -> String {
    let line = answer.lines().find(|line| line.starts_with("x-mihenk-version: ")).unwrap_or_else(|| panic!("{answer}"));
    line["x-mihenk-version: ".len()..].to_owned()
}

const QUESTION: &str = r#"{"queries": {"q": {"schema": "Organization", "properties": {"name": ["Da'esh"]}}}}"#;

#[test]
fn lists_that_another_process_loads_are_picked_up() {
    let world = World::starter();
    let server = Server::start(&world);
    let ready = server.line("ready: version ");
    let answer = server.ask("POST", "/match/default", QUESTION);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"id\":\"starter-isil\""), "{answer}");
    assert!(ready.contains(&version(&answer)), "{ready}: {answer}");
    let other = r#"{"id":"x1","schema":"Person","datasets":["other"],"properties":{"name":["Feride Örnekgil"]}}"#;
    let file = world.write("other.ftm.json", format!("{other}\n"));
    world.run(&["lists", "add", &file]).done();
    let later = server.line("ready: version ");
    let found = server.ask(
        "POST",
        "/match/other",
        &QUESTION.replace("Organization", "Person").replace("Da'esh", "Feride Ornekgil"),
    );
    assert!(found.contains("\"id\":\"x1\"") && later.contains(&version(&found)), "{later}: {found}");
    assert_ne!(version(&answer), version(&found));
}

#[test]
fn the_first_start_shows_two_links_and_then_no_more() {
    let world = World::starter();
    let server = Server::start(&world);
    assert!(server.line("nobody works here yet").contains("each by a link that counts once"));
    let links: Vec<String> = (0..2).map(|_| server.line("  http://").trim().to_owned()).collect();
    for (link, name) in links.iter().zip(["ayse", "bahram"]) {
        let path = link.strip_prefix(&format!("http://{}", server.address)).unwrap();
        assert!(server.ask("GET", path, "").contains("You become one of two administrators"));
        let body = format!("{{\"name\":\"{name}\",\"password\":\"correct horse {name}\"}}");
        assert!(server.ask("POST", path, &body).starts_with("HTTP/1.1 201"));
        assert!(server.ask("POST", path, &body).starts_with("HTTP/1.1 404"));
    }
    server.line("ready: version ");
    assert!(server.ask("POST", "/match/default", QUESTION).starts_with("HTTP/1.1 401"), "a key is asked for");
    world.run_with(&["login", "ayse", "--password-stdin"], b"correct horse ayse").done();
    world.run(&["user", "list"]).done();
    let refused = world.run(&["serve", "--listen", "192.0.2.1:80"]);
    refused.refused(&["would travel in the clear", "--tls-certificate", "--behind-proxy"]);
}

#[test]
fn the_demonstration_is_served_from_an_empty_folder() {
    let world = World::new();
    let server = Server::of(&world, &["demo", "--serve", "--listen", "127.0.0.1:0"]);
    let told = server.line_with("everybody's password is ");
    let (_, password) = told.split_once("everybody's password is ").unwrap();
    server.line("ready: version ");
    assert!(server.ask("POST", "/match/starter", QUESTION).contains("\"id\":\"starter-isil\""));
    let who = format!("{{\"name\":\"cem\",\"password\":\"{password}\"}}");
    let token = server.ask("POST", "/api/v1/session", &who);
    assert!(token.starts_with("HTTP/1.1 200"), "{token}");
    assert!(!world.path("data").exists(), "nothing is left behind");
}

#[test]
fn a_folder_without_lists_is_not_ready_until_there_are_some() {
    let world = World::new();
    let server = Server::start(&world);
    assert!(server.line("warning: ").contains("no lists are loaded"));
    assert!(server.ask("GET", "/healthz", "").starts_with("HTTP/1.1 200"));
    assert!(server.ask("GET", "/readyz", "").starts_with("HTTP/1.1 503"));
    let list = crate::world::starter_list();
    world.run(&["lists", "add", list.to_str().unwrap()]).done();
    server.line("ready: version ");
    assert!(server.ask("GET", "/readyz", "").starts_with("HTTP/1.1 200"));
}

#[test]
fn lists_are_exchanged_under_load_without_a_failed_or_mixed_answer() {
    let world = World::starter();
    let server = Server::start(&world);
    let mut versions = vec![server.line("ready: version ")];
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let ask = || {
            let mut seen = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                let answer = server.ask(
                    "POST",
                    "/match/default?cutoff=0.5&limit=50",
                    &QUESTION.replace("Da'esh", "Feride Ornekgil"),
                );
                assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                seen.push((version(&answer), answer.matches("\"caption\":\"Feride").count()));
            }
            seen
        };
        let askers: Vec<_> = (0..3).map(|_| scope.spawn(ask)).collect();
        for number in 1..=4 {
            let entity = r#"{"id":"xN","schema":"Organization","datasets":["otherN"],"properties":{"name":["Feride Örnekgil"]}}"#;
            let file = world.write(&format!("other{number}.ftm.json"), entity.replace('N', &number.to_string()) + "\n");
            world.run(&["lists", "add", &file]).done();
            versions.push(server.line("ready: version "));
        }
        is_over.store(true, Ordering::Relaxed);
        for asker in askers {
            for (version, found) in asker.join().unwrap() {
                let at = versions.iter().position(|line| line.contains(&version)).unwrap();
                assert_eq!(found, at, "as many as that version has: {version}");
            }
        }
    });
}

#[test]
fn bad_input_is_refused_and_others_are_unhurt() {
    let world = World::starter();
    let server = Server::start(&world);
    server.line("ready: version ");
    let status = |answer: &str| answer.split(' ').nth(1).map(str::to_owned).unwrap_or_default();
    let slow = TcpStream::connect(&server.address).unwrap();
    (&slow).write_all(b"GET /healthz HTTP/1.1\r\nhost:").unwrap();
    assert_eq!(status(&server.raw(b"\x00\xff\xfe nonsense\r\n\r\n")), "400");
    let nameless = server.raw(b"GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n");
    assert!(status(&nameless) == "400" && nameless.contains("Host is missing"), "{nameless}");
    assert_eq!(status(&server.raw(b"GET /healthz HTTP/1.0\r\n\r\n")), "200");
    let flood = |count: usize| {
        let headers: String = (0..count).map(|at| format!("x-{at}: y\r\n")).collect();
        server.raw(format!("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n").as_bytes())
    };
    let some = flood(150);
    assert!(status(&some) == "431" && some.contains("100 at most"), "{some}");
    assert_eq!(status(&flood(2_000)), "431");
    let long = format!("GET /{} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "a".repeat(70_000));
    assert_eq!(status(&server.raw(long.as_bytes())), "414");
    let huge = format!(
        "POST /match/default HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        100 << 20
    );
    let mut bytes = huge.into_bytes();
    bytes.resize(bytes.len() + (17 << 20), b' ');
    let answer = server.raw(&bytes);
    assert!(answer.is_empty() || status(&answer) == "413", "{answer}");
    assert_eq!(status(&server.ask("POST", "/match/default", QUESTION)), "200");
}

#[test]
fn slow_clients_are_left_and_others_are_unhurt() {
    let world = World::starter();
    let server = Server::start(&world);
    server.line("ready: version ");
    let open = |bytes: &[u8]| {
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        (&stream).write_all(bytes).unwrap();
        stream
    };
    // Headers have twenty seconds, whether nothing comes or a line now and then; a body has thirty.
    let (silent, dripping) = (open(b"GET /healthz HTTP/1.1\r\nhost:"), open(b"GET /healthz HTTP/1.1\r\nhost: x\r\n"));
    let body = open(b"POST /match/default HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 1000\r\n\r\n{");
    let rest = |mut stream: &TcpStream| {
        let mut answer = String::new();
        // A connection that is reset has ended as well.
        let _ = stream.read_to_string(&mut answer);
        answer
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            (0..40).all(|_| {
                std::thread::sleep(Duration::from_secs(1));
                (&dripping).write_all(b"x: y\r\n").is_ok() && (&body).write_all(b" ").is_ok()
            })
        });
        for _ in 0..20 {
            assert!(server.ask("POST", "/match/default", QUESTION).starts_with("HTTP/1.1 200"));
        }
        assert_eq!((rest(&silent).as_str(), rest(&dripping).as_str()), ("", ""));
        let told = rest(&body);
        assert!(told.starts_with("HTTP/1.1 408") && told.contains("within 30 seconds"), "{told}");
    });
}

#[test]
#[cfg(unix)]
fn it_stops_when_it_is_told_to() {
    let world = World::starter();
    let mut server = Server::start(&world);
    server.line("ready: version ");
    // A request of which half has come is answered all the same.
    let mut under_way = TcpStream::connect(&server.address).unwrap();
    under_way.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!("POST /match/default HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", QUESTION.len());
    under_way.write_all(format!("{head}{}", &QUESTION[..20]).as_bytes()).unwrap();
    assert!(server.ask("GET", "/healthz", "").starts_with("HTTP/1.1 200"), "by now it has been read");
    let kill = Command::new("kill").arg(server.child.id().to_string()).status().unwrap();
    assert!(kill.success());
    server.line("stopping");
    under_way.write_all(&QUESTION.as_bytes()[20..]).unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("starter-isil"), "{answer}");
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn addresses_that_others_reach_are_refused_in_words() {
    let world = World::starter();
    world.run(&["serve", "--listen", "0.0.0.0:0"]).refused(&["0.0.0.0:0", "this machine only", "127.0.0.1:PORT"]);
    let manifest = world.write("manifest.yml", "catalogs:\n  - url: x.json\n");
    world.run(&["serve", "--listen", "127.0.0.1:0", "--manifest", &manifest]).refused(&["manifest.yml", "catalogs[0]"]);
}
