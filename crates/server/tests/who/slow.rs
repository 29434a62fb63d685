//! What takes too long is given up, and others go on.
//!
//! In comes a server that gives an answer half a second, and somebody who keeps everybody else from writing to the store.

use std::{
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    house::House,
    secure::{Served, plain},
};

/// Status and body of an answer.
fn parts(answer: &str) -> (u16, Value) {
    let status = answer.split(' ').nth(1).unwrap_or_else(|| panic!("no answer: {answer:?}")).parse().unwrap();
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

#[test]
fn what_takes_too_long_is_given_up_and_others_go_on() {
    let house = House::open();
    let browser = house.browser("ayse");
    let mut options = plain(house.office());
    options.settings.answer_time = Duration::from_millis(600);
    // Two that wait, and one that does not.
    options.threads = 3;
    let served = Served::start(options);
    let ask = |path: &str| parts(&served.ask("GET", path, &[("cookie", &browser.cookie)], ""));
    assert_eq!(ask("/api/v1/people").0, 200, "it is fast enough when nobody is in the way");

    // Somebody else writes to the store, as an import does, and holds it.
    let (held, is_held) = channel();
    let (let_go, may_go) = channel::<()>();
    let desk = house.open_again();
    let holder = std::thread::spawn(move || {
        desk.act_as("test", |_, _| {
            held.send(()).unwrap();
            may_go.recv().unwrap();
            Ok::<_, mihenk_node::NodeError>(())
        })
        .unwrap();
    });
    is_held.recv().unwrap();

    std::thread::scope(|scope| {
        let waits = ["/api/v1/people", "/people"].map(|path| {
            scope.spawn(move || {
                let began = Instant::now();
                (ask(path), began.elapsed())
            })
        });
        // Whoever asks for something else is answered meanwhile.
        for _ in 0..5 {
            assert_eq!(ask("/healthz").0, 200);
            assert_eq!(ask("/api/v1/problems").0, 200);
        }
        let [by_program, by_browser] = waits.map(|one| one.join().unwrap());
        // RFC 9110, section 15.6.4: the server cannot at the moment. 504 would be a gateway's, 408 the client's fault.
        let ((status, body), took) = by_program;
        assert_eq!((status, &body["code"], &body["status"]), (503, &"takes-too-long".into(), &503.into()), "{body}");
        assert!(body["detail"].as_str().unwrap().contains("may still be"), "{body}");
        assert!((Duration::from_millis(500)..Duration::from_secs(10)).contains(&took), "{took:?}");
        let ((status, body), took) = by_browser;
        assert_eq!(status, 503, "{body}");
        assert!(body["detail"].as_str().unwrap().contains("within 0.6 seconds"), "{body}");
        assert!((Duration::from_millis(600)..Duration::from_secs(10)).contains(&took), "{took:?}");
    });
    let_go.send(()).unwrap();
    holder.join().unwrap();
    assert_eq!(ask("/api/v1/people").0, 200, "and it goes on");
}
