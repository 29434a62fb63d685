//! What is refused before it is a request is refused in words, and everything else comes as it did.
//!
//! In come bytes over sockets, with TLS and without, out come answers as they are.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

use crate::{
    house::House,
    secure::{Served, certificate, connected, files, plain},
};

/// What the other end says until it closes.
fn said(stream: &mut (impl Read + Write), bytes: &[u8]) -> String {
    // It may be refused before all of it is sent.
    let _ = stream.write_all(bytes).and_then(|()| stream.flush());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Requests that no route ever sees, with status and code.
fn refused() -> Vec<(&'static str, String, u16, &'static str)> {
    let line = "GET /healthz HTTP/1.1\r\nhost: a\r\n";
    let many: String = (0..300).map(|number| format!("x-{number}: 1\r\n")).collect();
    vec![
        ("no HTTP", "hello, is anybody there?\r\n\r\n".to_owned(), 400, "not-http"),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n".to_owned(), 400, "not-http"),
        ("a header that is none", format!("{line}no colon\r\n\r\n"), 400, "not-http"),
        (
            "two lengths",
            "POST /match/default HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}".to_owned(),
            400,
            "not-http",
        ),
        (
            "an address that is too long",
            format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(70_000)),
            414,
            "address-too-long",
        ),
        ("headers that are too many", format!("{line}{many}\r\n"), 431, "headers-too-large"),
        ("a head that is too large", format!("{line}x: {}\r\n\r\n", "a".repeat(600 << 10)), 431, "headers-too-large"),
    ]
}

fn has_words(what: &str, answer: &str, status: u16, code: &str) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{what}: {answer:?}"));
    let told: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{what}: {error}: {answer}"));
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {head}");
    for header in
        ["content-type: application/problem+json", "connection: close", &format!("content-length: {}", body.len())]
    {
        assert!(head.lines().any(|line| line == header), "{what}: {header}: {head}");
    }
    assert_eq!(head.lines().filter(|line| line.starts_with("date: ")).count(), 1, "{what}: {head}");
    assert_eq!((&told["code"], &told["status"]), (&code.into(), &status.into()), "{what}");
    assert_eq!(told["type"], format!("/reference/problems.html#{code}"), "{what}");
    assert!(told["detail"].as_str().unwrap().ends_with('.'), "{what}: {told}");
}

#[test]
fn what_no_route_sees_is_refused_in_words() {
    let house = House::open();
    let served = Served::start(plain(house.office()));
    let open = || {
        let stream = TcpStream::connect(served.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    };
    let fine = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
    for (what, request, status, code) in refused() {
        has_words(what, &said(&mut open(), request.as_bytes()), status, code);
        // After an answer that is ours, which stays as it is.
        let mut stream = open();
        stream.write_all(fine.as_bytes()).unwrap();
        let mut first = vec![0; 4096];
        let length = stream.read(&mut first).unwrap();
        let first = String::from_utf8_lossy(&first[..length]).into_owned();
        assert!(first.starts_with("HTTP/1.1 200 ") && first.contains("x-request-id: "), "{first}");
        has_words(what, &said(&mut stream, request.as_bytes()), status, code);
    }
    // Bytes that come one by one, and others at the same time.
    let mut slow = open();
    for byte in b"nonsense\r\n\r\n" {
        if slow.write_all(&[*byte]).is_err() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    has_words("byte by byte", &said(&mut slow, b""), 400, "not-http");
    assert!(served.ask("GET", "/healthz", &[], "").starts_with("HTTP/1.1 200"));
}

#[test]
fn what_no_route_sees_is_refused_in_words_by_tls_too() {
    let house = House::open();
    let files = files(house.path());
    let trusted = certificate(&files);
    let mut options = plain(house.office());
    options.tls = Some(files);
    let served = Served::start(options);
    for (what, request, status, code) in refused() {
        has_words(what, &said(&mut connected(served.address, &trusted).unwrap(), request.as_bytes()), status, code);
    }
}

#[test]
fn answers_of_routes_that_look_alike_stay_as_they_are() {
    let house = House::open();
    let served = Served::start(plain(house.office()));
    // A 400 of ours, by its own words, and several requests that come at once.
    let answer =
        said(&mut TcpStream::connect(served.address).unwrap(), b"GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("The header Host is missing"), "{answer}");
    assert!(answer.contains("x-request-id: ") && answer.contains("content-type: application/json"), "{answer}");
    let one = "HEAD /healthz HTTP/1.1\r\nhost: a\r\n\r\nGET /nothing HTTP/1.1\r\nhost: a\r\n\r\n".repeat(10);
    let last = "GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let answer = said(&mut TcpStream::connect(served.address).unwrap(), format!("{one}{last}").as_bytes());
    let count = |text: &str| answer.matches(text).count();
    assert_eq!((count("HTTP/1.1 200 "), count("HTTP/1.1 404 "), count("x-request-id: ")), (11, 10, 21), "{answer}");
    assert!(!answer.contains("problem+json") && answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
}
