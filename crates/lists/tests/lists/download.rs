//! Downloading from a server that does what servers do on bad days.
//!
//! What a client must send and understand is RFC 9110's; what must be said is this project's. Nothing waits: the clock is the
//! test's, and timeouts are a fifth of a second.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use mihenk_lists::download::{Cause, DownloadError, Downloader, Fetched, Limits, Request, Secret, Step, Validators};

use crate::{
    clock::TestClock,
    server::{Asked, Reply, Server},
};

fn limits() -> Limits {
    Limits { stalled: Duration::from_millis(200), attempts: 3, bytes: 1000, ..Limits::default() }
}

fn clock() -> TestClock {
    TestClock::at("2026-01-02T03:04:05Z")
}

fn plain(url: &str) -> Request<'_> {
    Request { url, secret: None, known: None }
}

fn fetch(request: &Request<'_>, clock: &TestClock) -> Result<Fetched, DownloadError> {
    Downloader::new(limits(), None, 7).unwrap().fetch(request, clock, &|_| {})
}

fn whole(fetched: Result<Fetched, DownloadError>) -> String {
    match fetched.unwrap() {
        Fetched::Whole { bytes, .. } => String::from_utf8(bytes).unwrap(),
        Fetched::Unchanged => panic!("nothing was sent"),
    }
}

#[test]
fn a_file_is_asked_for_again_with_what_the_server_said_of_it() {
    let server = Server::start(|asked| {
        let is_known = asked.header("if-none-match") == Some("\"v1\"");
        if is_known && asked.header("if-modified-since") == Some("Thu, 01 Jan 2026 00:00:00 GMT") {
            return Reply::unchanged();
        }
        Reply::ok("list").header("ETag", "\"v1\"").header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
    });
    let (url, clock) = (server.url("/list"), clock());
    let Fetched::Whole { bytes, validators } = fetch(&plain(&url), &clock).unwrap() else { panic!() };
    assert_eq!(bytes, b"list");
    assert_eq!(validators.etag.as_deref(), Some("\"v1\""));
    let again = Request { known: Some(&validators), ..plain(&url) };
    assert_eq!(fetch(&again, &clock).unwrap(), Fetched::Unchanged);
    let other = Validators { etag: Some("\"v0\"".to_owned()), last_modified: None };
    assert_eq!(whole(fetch(&Request { known: Some(&other), ..plain(&url) }, &clock)), "list");
    assert!(server.asked()[0].header("user-agent").unwrap().starts_with("mihenk/"));
    let unasked = Server::start(|_| Reply::unchanged());
    let error = fetch(&plain(&unasked.url("/")), &clock).unwrap_err().to_string();
    assert!(error.contains("answered 304, though it was not asked"), "{error}");
}

#[test]
fn what_passes_is_tried_again_with_growing_pauses() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::new("500 Oops", ""),
        1 => Reply::ok("whole list").cut(4),
        _ => Reply::ok("whole list"),
    });
    let clock = clock();
    assert_eq!(whole(fetch(&plain(&server.url("/")), &clock)), "whole list");
    let slept = clock.slept();
    assert_eq!(slept.len(), 2);
    // One second and two, each scattered by a quarter.
    assert!((750..=1250).contains(&slept[0].as_millis()) && (1500..=2500).contains(&slept[1].as_millis()), "{slept:?}");
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for_within_bounds() {
    let asking = |value: &'static str| {
        let count = AtomicUsize::new(0);
        Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
            0 => Reply::new("503 Busy", "").header("Retry-After", value),
            _ => Reply::ok("list"),
        })
    };
    for (value, seconds) in [("30", 30), ("Fri, 02 Jan 2026 03:04:50 GMT", 45)] {
        let (server, clock) = (asking(value), clock());
        assert_eq!(whole(fetch(&plain(&server.url("/")), &clock)), "list");
        assert_eq!(clock.slept(), [Duration::from_secs(seconds)], "{value}");
    }
    let (server, clock) = (asking("86400"), clock());
    let error = fetch(&plain(&server.url("/")), &clock).unwrap_err();
    assert!(clock.slept().is_empty(), "a day is too long to sit and wait");
    assert_eq!(error.cause.retry_after().unwrap().wait(clock_now()).as_secs(), 86_400, "but the caller can come back");
}

fn clock_now() -> jiff::Timestamp {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

/// What goes wrong, how often it is tried, and what is said.
#[test]
fn each_failure_is_said_for_what_it_is() {
    let long = Duration::from_secs(2);
    let body = "x".repeat(500);
    type Answer = Box<dyn Fn(&Asked) -> Reply + Send + Sync>;
    let (a, b, c, d) = (body.clone(), body.clone(), body.clone(), body);
    let cases: [(&str, usize, Answer); 10] = [
        ("the server said nothing for", 3, Box::new(move |_| Reply::ok("").without_length().lying(9).stalling(long))),
        ("the server said nothing for", 3, Box::new(move |_| Reply::ok(a.clone()).cut(100).stalling(long))),
        ("was cut: 100 bytes came, 500 were promised", 3, Box::new(move |_| Reply::ok(b.clone()).cut(100))),
        ("was cut: 500 bytes came, 900 were promised", 3, Box::new(move |_| Reply::ok(c.clone()).lying(900))),
        ("too long: 4000000000 bytes", 1, Box::new(move |_| Reply::ok(d.clone()).lying(4_000_000_000))),
        ("too long", 1, Box::new(|_| Reply::ok("y".repeat(5000)).without_length())),
        ("more than 8 redirects", 1, Box::new(|asked| Reply::redirect(&format!("{}x", asked.target)))),
        ("answered 404: there is no such file", 1, Box::new(|_| Reply::new("404 Not Found", ""))),
        ("answered 403: it wants a token", 1, Box::new(|_| Reply::new("403 Forbidden", ""))),
        ("answered 429: it was asked too often", 3, Box::new(|_| Reply::new("429 Too Many Requests", ""))),
    ];
    for (words, times, answer) in cases {
        let server = Server::start(answer);
        let error = fetch(&plain(&server.url("/list.xml?token=geheim")), &clock()).unwrap_err();
        let told = error.to_string();
        assert!(told.contains(words) && told.contains("/list.xml?…"), "{words}: {told}");
        assert!(!told.contains("geheim"), "{told}");
        assert_eq!(told.contains(&format!("tried {times} times")), times > 1, "{told}");
        let calls = if words.contains("redirects") { 9 } else { times };
        assert_eq!(server.asked().len(), calls, "{told}");
    }
}

#[test]
fn nobody_there_is_said_so() {
    // A port that was just given back: nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/");
    let clock = clock();
    let error = fetch(&plain(&url), &clock).unwrap_err();
    assert!(matches!(error.cause, Cause::Connect(_)), "{error}");
    assert_eq!(clock.slept().len(), 2);
    let wrong = fetch(&plain("ftp://example.invalid/x"), &clock).unwrap_err().to_string();
    assert!(wrong.contains("no address of a web server"), "{wrong}");
}

#[test]
fn a_packed_answer_is_unpacked_and_a_packed_bomb_is_not() {
    // gzip of "hello", made with `printf hello | gzip -n`.
    let hello = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\x00\x00\x00";
    let server = Server::start(|asked| {
        assert!(asked.header("accept-encoding").is_some_and(|v| v.contains("gzip")));
        let reply = Reply::ok(*hello).header("Content-Encoding", "gzip");
        if asked.target == "/cut" { reply.lying(18).cut(18) } else { reply }
    });
    assert_eq!(whole(fetch(&plain(&server.url("/whole")), &clock())), "hello");
    let error = fetch(&plain(&server.url("/cut")), &clock()).unwrap_err();
    assert!(matches!(error.cause, Cause::Cut { .. }), "{error}");
    let limits = Limits { bytes: 4, ..limits() };
    let small = Downloader::new(limits, None, 7).unwrap();
    let error = small.fetch(&plain(&server.url("/whole")), &clock(), &|_| {}).unwrap_err();
    assert!(matches!(error.cause, Cause::TooLong { found: 5, most: 4 }), "what is counted is what comes out: {error}");
}

#[test]
fn a_secret_goes_to_its_own_origin_only() {
    let stranger = Server::start(|_| Reply::ok("list"));
    let to = stranger.url("/elsewhere");
    let server = Server::start(move |asked| match asked.target.as_str() {
        "/far" => Reply::redirect(&to),
        "/near" => Reply::redirect("/here"),
        _ => Reply::ok("list"),
    });
    let secret = Secret { header: "Authorization".to_owned(), value: "Token geheim".to_owned() };
    for path in ["/far", "/near"] {
        let url = server.url(path);
        assert_eq!(whole(fetch(&Request { secret: Some(&secret), ..plain(&url) }, &clock())), "list");
    }
    assert_eq!(server.asked().iter().filter(|a| a.header("authorization") == Some("Token geheim")).count(), 3);
    assert_eq!(stranger.asked().len(), 1);
    assert_eq!(stranger.asked()[0].header("authorization"), None);
    assert!(!format!("{secret:?}").contains("geheim"));
    let bad = Secret { value: "geheim\r\nX: y".to_owned(), ..secret };
    let error = fetch(&Request { secret: Some(&bad), ..plain(&server.url("/here")) }, &clock()).unwrap_err();
    assert!(matches!(error.cause, Cause::Header) && !format!("{error} {error:?}").contains("geheim"), "{error:?}");
}

#[test]
fn progress_is_told_and_waiting_can_be_broken_off() {
    let server = Server::start(|asked| match asked.target.as_str() {
        "/bad" => Reply::new("502 Bad Gateway", ""),
        _ => Reply::ok("x".repeat(900)),
    });
    let steps = std::cell::RefCell::new(Vec::new());
    let downloader = Downloader::new(limits(), None, 7).unwrap();
    downloader.fetch(&plain(&server.url("/")), &clock(), &|step| steps.borrow_mut().push(step)).unwrap();
    assert_eq!(steps.borrow().last(), Some(&Step::Received(900, Some(900))));
    let stopped = clock().granting(0);
    let error = downloader.fetch(&plain(&server.url("/bad")), &stopped, &|_| {}).unwrap_err();
    assert_eq!(error.attempts, 1);
}

#[test]
fn an_authority_file_is_read_or_refused_in_words() {
    let error = Downloader::new(limits(), Some(b"nothing"), 1).unwrap_err();
    assert!(error.contains("no certificate is in it"), "{error}");
    let broken = b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
    assert!(Downloader::new(limits(), Some(broken), 1).is_err());
}
