//! Pages of a house with a great deal of work, as the people see them who sit there.
//!
//! A million invented customers are watched against the UN's and OFAC's lists, which gives some twenty thousand alerts. `mihenk serve` is started on that folder and asked for each page over one connection, again and
//! again, each time for another alert or customer where a page is about one. What counts is the time until the last byte is here.

use std::{
    fs,
    path::Path,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use mihenk_node::{
    Node, alerts, cases,
    desk::Desk,
    ledger::{
        Reason,
        cases::work::NewCase,
        customers::Filter,
        people::{Role, Token},
    },
    portfolio,
};

use super::portfolio::{screen, take_in};
use crate::{
    inputs::{Inputs, model},
    load::{Connection, load},
    office::{desk, hired},
    row::{Line, Measured, seconds, thousands},
    server::Server,
    timing::percentile,
};

/// So many alerts at least are asked for.
const ALERTS: u64 = 10_000;
/// How long each page is asked for.
const TIME: Duration = Duration::from_secs(3);
/// Alerts and customers that are opened.
const OPENED: usize = 200;
const ASKED: f64 = 0.050;
const ASKED_NEXT: f64 = 0.100;
/// Decisions that are timed.
const DECISIONS: usize = 200;

/// The people whose pages are looked at.
struct People {
    analyst: Token,
    approver: Token,
    auditor: Token,
    officer: Token,
}

/// What pages are about.
struct Work {
    alerts: Vec<String>,
    alert_count: u64,
    customers: Vec<String>,
    case: String,
    entity: String,
}

/// A page with the requests for it.
struct Page {
    name: &'static str,
    requests: Vec<Vec<u8>>,
}

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let place = tempfile::tempdir()?;
    let data = place.path().join("data");
    let (people, work) = make(inputs, &data, &place.path().join("customers.jsonl"))?;
    let server = Server::start(&data)?;
    let mut slowest: Vec<(f64, f64, &'static str)> = Vec::new();
    for page in pages(&people, &work) {
        // What is read for the first time is not what people wait for all day.
        load(server.at, &page.requests[..1], 1, Duration::from_millis(300), &AtomicBool::new(false))?;
        let round = load(server.at, &page.requests, 1, TIME, &AtomicBool::new(false))?;
        ensure!(round.failed == 0, "{}: {} answers failed: {:?}", page.name, round.failed, round.first_failure);
        let [p50, p99] = [0.5, 0.99].map(|share| percentile(&round.seconds, share));
        eprintln!("pages: {:<10} p50 {}, p99 {} of {}", page.name, seconds(p50), seconds(p99), round.seconds.len());
        slowest.push((p99, p50, page.name));
    }
    let decided = decided(&server, &people.analyst)?;
    slowest.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (p99, ..) = *slowest.first().context("there are pages")?;
    let told = slowest.iter().map(|(p99, p50, name)| format!("{name} {} ({})", seconds(*p99), seconds(*p50)));
    Ok(Measured::of([
        Line {
            what: format!(
                "pages with {} alerts and {} customers, one reader: p99 (p50) of each",
                thousands(work.alert_count as f64),
                thousands(super::portfolio::CUSTOMERS as f64)
            ),
            figure: told.collect::<Vec<_>>().join(", "),
            asked: "p99 ≤ 50 ms".into(),
            reached: Some(p99 <= ASKED),
            runs: format!("{TIME:?} each"),
            ..Line::default()
        },
        decided,
    ]))
}

/// From sending a decision until the last byte of the next alert is here, as a form does it.
fn decided(server: &Server, analyst: &Token) -> anyhow::Result<Line> {
    let mut connection = Connection::open(server.at)?;
    let (_, work) = connection.ask_text(&get("/scan", analyst))?;
    let csrf = work.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let csrf = csrf.context("a page has the token of its forms")?.to_owned();
    let next = post("/queue/next", analyst, &format!("csrf={csrf}"));
    let mut place = location(&connection.ask_text(&next)?.1)?;
    let mut times = Vec::with_capacity(DECISIONS);
    for _ in 0..DECISIONS {
        let alert = place.split('?').next().unwrap_or_default().to_owned();
        let form = format!("csrf={csrf}&reason=birth-date&note=The+birth+dates+differ");
        let start = Instant::now();
        let (status, answer) = connection.ask_text(&post(&format!("{alert}/clear"), analyst, &form))?;
        ensure!(status == 303, "clearing {alert} was answered with {status}");
        place = location(&answer)?;
        ensure!(connection.ask(&get(&place, analyst))? == 200, "{place} is no page");
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let [p50, p99] = [0.5, 0.99].map(|share| percentile(&times, share));
    Ok(Line {
        what: "from a decision on an alert until the next one is here, the same house".into(),
        figure: format!("p50 {}, p99 {}", seconds(p50), seconds(p99)),
        asked: "< 100 ms".into(),
        reached: Some(p99 < ASKED_NEXT),
        runs: format!("{DECISIONS} decisions"),
        ..Line::default()
    })
}

/// Where an answer leads.
fn location(answer: &str) -> anyhow::Result<String> {
    let line = answer.lines().find_map(|line| line.strip_prefix("location: "));
    Ok(line.with_context(|| format!("no place to go on to: {}", answer.lines().next().unwrap_or_default()))?.to_owned())
}

/// Makes the folder: people, customers, lists, alerts, a case.
fn make(inputs: &Inputs, data: &Path, file: &Path) -> anyhow::Result<(People, Work)> {
    fs::create_dir_all(data)?;
    let desk = desk(data)?;
    let roles = [("cem", Role::Analyst), ("dilek", Role::Approver), ("elif", Role::Auditor), ("farid", Role::Officer)];
    let [analyst, approver, auditor, officer] = hired(&desk, roles)?;
    take_in(&desk, &analyst, data, file)?;
    Node::add_lists(data, &inputs.list_files(), &model(), "1970-01-01T00:00:00Z")?;
    screen(data)?;
    let work = work(&desk, &analyst)?;
    Ok((People { analyst, approver, auditor, officer }, work))
}

fn work(desk: &Desk, analyst: &Token) -> anyhow::Result<Work> {
    let seat = desk.seat(analyst.clone());
    let listed = alerts::list(&seat, &[], OPENED as u32)?;
    ensure!(listed.count >= ALERTS, "there are {} alerts only", listed.count);
    let first = listed.alerts.first().context("there are alerts")?;
    let new = NewCase {
        title: "To be measured".to_owned(),
        legal_basis: Reason::new("none")?,
        purpose: Reason::new("to be measured")?,
    };
    let case = cases::open(&seat, new, std::slice::from_ref(&first.id))?;
    let some = Filter { portfolio: None, with_hits: false, with_left: false, after: 0, limit: OPENED as i64 };
    let every = portfolio::list(&seat, &some)?;
    Ok(Work {
        alert_count: listed.count,
        entity: first.entity.clone(),
        customers: every.iter().map(|customer| customer.id.to_string()).collect(),
        alerts: listed.alerts.iter().map(|alert| alert.id.to_string()).collect(),
        case: case.to_string(),
    })
}

fn pages(people: &People, work: &Work) -> Vec<Page> {
    let one = |name, token: &Token, path: &str| Page { name, requests: vec![get(path, token)] };
    let each = |name, folder: &str, ids: &[String]| Page {
        name,
        requests: ids.iter().map(|id| get(&format!("/{folder}/{id}"), &people.analyst)).collect(),
    };
    vec![
        one("work", &people.analyst, "/work"),
        each("alert", "alerts", &work.alerts),
        each("customer", "customers", &work.customers),
        one("customers", &people.analyst, "/customers"),
        one("screen", &people.analyst, "/screen?q=Mohammad%20Hassan%201970"),
        one("cases", &people.analyst, "/cases"),
        each("case", "cases", std::slice::from_ref(&work.case)),
        each("entity", "entity", std::slice::from_ref(&work.entity)),
        one("lists", &people.analyst, "/lists"),
        one("rules", &people.analyst, "/rules"),
        one("freezes", &people.analyst, "/freezes"),
        one("dashboard", &people.analyst, "/dashboard"),
        one("review", &people.approver, "/review"),
        one("audit", &people.auditor, "/audit"),
        one("reports", &people.officer, "/reports"),
    ]
}

/// A form, sent by somebody who has signed in.
fn post(path: &str, token: &Token, form: &str) -> Vec<u8> {
    let (cookie, length) = (token.reveal(), form.len());
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncookie: mihenk_session={cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
    )
    .into_bytes()
}

/// A request for a page, by somebody who has signed in.
fn get(path: &str, token: &Token) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: mihenk_session={}\r\n\r\n", token.reveal()).into_bytes()
}
