//! Signing in at a real issuer: `oidc-provider` from npm, started here, with a browser that keeps cookies and follows redirects.
//!
//! Node and npm come from Debian (`cargo xtask setup`); the issuer's package is fetched by npm, as its lock file says, once.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use mihenk_node::{
    ledger::people::{Change, Role},
    people,
};
use mihenk_server::Settings;

use crate::{
    house::House,
    secure::{self, Served},
};

struct Issuer {
    child: Child,
    url: String,
}

/// Where the issuer's packages are, fetched once for all tests.
fn packages() -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/issuer");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("issuer");
    let files = ["package.json", "package-lock.json", "issuer.mjs"]
        .map(|name| (name, std::fs::read_to_string(source.join(name)).unwrap()));
    let wanted: String = files.iter().map(|(_, text)| text.as_str()).collect();
    mihenk_testkit::fetched(&folder, &wanted, || {
        files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
        let npm = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder)
            .output();
        let npm =
            npm.expect("npm is needed: cargo xtask setup installs it; cargo xtask test --without node leaves this out");
        assert!(npm.status.success(), "npm ci: {}", String::from_utf8_lossy(&npm.stderr));
    });
    folder
}

impl Issuer {
    fn start(port: u16, redirect: &str, algorithm: &str) -> Issuer {
        let mut node = Command::new("node");
        node.arg("issuer.mjs").args([&port.to_string(), redirect, algorithm]).current_dir(packages());
        let mut child = node
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node is needed: cargo xtask setup installs it");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = lines.find_map(|line| line.strip_prefix("issuer ").map(str::to_owned)).unwrap();
        // It goes on to say things, and would end if nobody took them.
        std::thread::spawn(move || lines.for_each(drop));
        Issuer { child, url }
    }

    fn port(&self) -> u16 {
        self.url.rsplit_once(':').unwrap().1.parse().unwrap()
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page as it came: status, headers, text.
struct Page {
    status: u16,
    headers: Vec<(String, String)>,
    text: String,
}

/// Cookies by origin, name and path.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<(String, String, String), String>,
}

impl Browser {
    fn ask(&mut self, method: &str, url: &str, form: &str) -> Page {
        let rest = url.strip_prefix("http://").unwrap();
        let (origin, path) = rest.split_at(rest.find('/').unwrap());
        let sent: Vec<String> = self
            .cookies
            .iter()
            .filter(|((of, _, at), _)| of == origin && path.starts_with(at.as_str()))
            .map(|((_, name, _), value)| format!("{name}={value}"))
            .collect();
        let mut stream = TcpStream::connect(origin).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {origin}\r\nconnection: close\r\ncookie: {}\r\n",
            sent.join("; ")
        );
        let kind = "content-type: application/x-www-form-urlencoded";
        stream.write_all(format!("{head}{kind}\r\ncontent-length: {}\r\n\r\n{form}", form.len()).as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server may close as soon as it has answered.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let (head, text) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{method} {url}: {answer:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (pair, rest) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let at = rest
                .split(';')
                .find_map(|part| part.trim().strip_prefix("path=").or_else(|| part.trim().strip_prefix("Path=")));
            self.cookies.insert((origin.to_owned(), name.to_owned(), at.unwrap_or("/").to_owned()), value.to_owned());
        }
        self.cookies.retain(|_, value| !value.is_empty());
        Page { status, headers, text: text.to_owned() }
    }

    /// Goes where it is led, signs in with a name and agrees where it is asked, until it is led to a page that begins so; gives its address.
    fn is_led(&mut self, start: &str, name: &str, end: &str) -> String {
        let mut url = start.to_owned();
        for _ in 0..20 {
            if url.starts_with(end) {
                return url;
            }
            let mut page = self.ask("GET", &url, "");
            if page.status == 200 {
                let login = page.text.contains("value=\"login\"");
                let form =
                    if login { format!("prompt=login&login={name}&password=x") } else { "prompt=consent".to_owned() };
                page = self.ask("POST", &url, &form);
            }
            let next = page.header("location").unwrap_or_else(|| panic!("{} {url}: {}", page.status, page.text));
            let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
            url = if next.starts_with('/') { format!("{origin}{next}") } else { next };
        }
        panic!("it leads nowhere: {url}");
    }
}

impl Page {
    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    }
}

/// A house whose people sign in at an issuer, and the server before it.
struct World {
    house: House,
    issuer: Option<Issuer>,
    served: Served,
    callback: String,
}

impl World {
    fn new(algorithm: &str) -> World {
        let house = House::open();
        house.add("cem", &[Role::Viewer]);
        // A port that was free a moment ago: the issuer has to know it before the server listens.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let callback = format!("http://{free}/api/v1/session/oidc/callback");
        let issuer = Issuer::start(0, &callback, algorithm);
        let secret = house.path().join("secret");
        std::fs::write(&secret, "a secret: of tests & nothing else\n").unwrap();
        let settings = Settings::read(|name| match name {
            "MIHENK_OIDC_ISSUER" => Some(issuer.url.clone()),
            "MIHENK_OIDC_CLIENT" => Some("mihenk".to_owned()),
            "MIHENK_OIDC_SECRET_FILE" => Some(secret.display().to_string()),
            "MIHENK_URL" => Some(format!("http://{free}")),
            _ => None,
        });
        let mut options = secure::plain(house.office());
        options.listen = free;
        options.settings = settings.unwrap();
        let served = Served::start(options);
        World { house, issuer: Some(issuer), served, callback }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.served.address)
    }

    fn tie(&self, name: &str, subject: &str) {
        let user = people::find(&self.house.seat("ayse"), name).unwrap().id;
        let issuer = self.issuer.as_ref().unwrap().url.clone();
        self.house.both(Change::Tie { user, issuer, subject: subject.to_owned() });
    }

    /// Comes back from the issuer with a code.
    fn code(&self, browser: &mut Browser, name: &str) -> String {
        self.house.is_now();
        browser.is_led(&self.url("/api/v1/session/oidc?next=/alerts"), name, &self.callback)
    }
}

#[test]
fn whoever_two_administrators_tied_signs_in_and_nobody_else() {
    let world = World::new("RS256");
    let mut browser = Browser::default();
    let back = world.code(&mut browser, "cem-at-issuer");
    let refused = browser.ask("GET", &back, "");
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("nobody here is cem-at-issuer"), "{}", refused.text);

    world.tie("cem", "cem-at-issuer");
    let mut browser = Browser::default();
    let back = world.code(&mut browser, "cem-at-issuer");
    assert_eq!(Browser::default().ask("GET", &back, "").status, 400, "it belongs to the browser that began");
    let mut browser = Browser::default();
    let back = world.code(&mut browser, "cem-at-issuer");
    let page = browser.ask("GET", &back, "");
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("0;url=/alerts"), "{}", page.text);
    let session = page.headers.iter().find(|(_, value)| value.starts_with("mihenk_session=")).unwrap();
    assert!(session.1.contains("HttpOnly; SameSite=Strict"), "{}", session.1);
    let me = browser.ask("GET", &world.url("/api/v1/me"), "");
    assert!(me.status == 200 && me.text.contains("\"cem\""), "{}", me.text);
    assert_eq!(browser.ask("GET", &back, "").status, 400, "once is enough");
}

#[test]
fn keys_of_the_issuer_change_and_the_issuer_may_be_gone() {
    let mut world = World::new("RS256");
    world.tie("cem", "cem-at-issuer");
    let signs_in = |world: &World| {
        let mut browser = Browser::default();
        let back = world.code(&mut browser, "cem-at-issuer");
        browser.ask("GET", &back, "")
    };
    assert_eq!(signs_in(&world).status, 200);
    let port = world.issuer.take().unwrap().port();
    let begun = Browser::default().ask("GET", &world.url("/api/v1/session/oidc"), "");
    assert_eq!(begun.status, 303, "what it is, is known");
    world.issuer = Some(Issuer::start(port, &world.callback, "ES256"));
    // Its keys are asked for no oftener than every five seconds.
    std::thread::sleep(Duration::from_millis(5_100));
    let page = signs_in(&world);
    assert_eq!(page.status, 200, "{}", page.text);

    let mut browser = Browser::default();
    let back = world.code(&mut browser, "cem-at-issuer");
    drop(world.issuer.take());
    let page = browser.ask("GET", &back, "");
    assert_eq!(page.status, 502, "{}", page.text);
    let mut browser = Browser::default();
    browser.ask("GET", &world.url("/api/v1/session/oidc"), "");
    let denied = browser.ask("GET", &format!("{}?error=access_denied&state=x", world.callback), "");
    assert_eq!(denied.status, 400);
}
