//! The server under load, as its clients meet it: the program itself, a socket, a load generator in another process.
//!
//! `mihenk serve` is started on a data folder with the UN's and OFAC's lists, and asked from this process over as many connections as there are
//! cores. Both share two cores, so that what the generator takes, the server does not have; the processor time of the server for each request
//! stands beside. Then lists are exchanged two hundred times while requests go on, and memory is looked at after the tenth and the last.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant, UNIX_EPOCH},
};

use anyhow::ensure;
use mihenk_entities::Entity;
use mihenk_node::{
    Node,
    desk::Desk,
    ledger::people::{Scope, Secret, keys::Wanted},
    people,
    store::Place,
};
use serde_json::json;

use crate::{
    inputs::{Inputs, model},
    load::{Connection, Round, load, post, with_key},
    row::{Line, Measured, seconds, thousands},
    server::Server,
    timing::{RUNS, Spread, percentile, processor_of},
};

const ASKED_RATE: f64 = 4_000.0;
const ASKED_P50: f64 = 1e-3;
const ASKED_P99: f64 = 5e-3;
const ASKED_BATCH_RATE: f64 = 10_000.0;
const ASKED_READY: f64 = 0.100;
const ASKED_MIB: f64 = 300.0;
/// Connections that ask at the same time: as many as there are cores.
const CONNECTIONS: usize = 2;
/// How long a round is.
const TIME: Duration = Duration::from_secs(4);
/// Queries of one request of a batch.
const BATCH: usize = 100;
/// Exchanges of lists under load.
const SWAPS: usize = 200;
/// Memory is held against what it was after this exchange.
const SETTLED: usize = 10;
/// What may be another page or two, and no growth.
const GROWTH_MIB: f64 = 16.0;

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let folder = tempfile::tempdir()?;
    Node::add_lists(folder.path(), &inputs.list_files(), &model(), "1970-01-01T00:00:00Z")?;
    let queries = queries(inputs)?;
    let single: Vec<Vec<u8>> = queries.iter().map(|query| asking(std::slice::from_ref(query))).collect();
    let batches: Vec<Vec<u8>> = queries.chunks_exact(BATCH).map(asking).collect();
    let ready = ready(folder.path())?;
    let server = Server::start(folder.path())?;
    let without = format!(
        "`/match`, one query a request, UN + OFAC, {CONNECTIONS} connections, two cores shared with the generator"
    );
    let mut lines = vec![
        one_by_one(&server, &single, without)?,
        in_batches(&server, &batches)?,
        ready,
        memory(&server)?,
        swaps(&server, folder.path(), &single)?,
    ];
    drop(server);
    lines.insert(1, by_key(folder.path(), &single)?);
    Ok(Measured::of(lines))
}

/// Judged queries, most of which are near somebody listed, and invented customers, most of whom are near nobody, in turn.
fn queries(inputs: &Inputs) -> anyhow::Result<Vec<Entity>> {
    let asked = ["Person", "Company", "Organization", "LegalEntity"];
    let judged = inputs.judged()?.into_iter().map(|judged| judged.query);
    let judged = judged.filter(|query| asked.contains(&query.schema.name()));
    let customers = inputs.people(5)?.into_iter();
    Ok(judged.zip(customers).flat_map(|(one, other)| [one, other]).collect())
}

/// A request that asks for all of these.
fn asking(queries: &[Entity]) -> Vec<u8> {
    let one = |query: &Entity| json!({ "schema": query.schema.name(), "properties": query.properties });
    let all: serde_json::Map<String, serde_json::Value> =
        queries.iter().enumerate().map(|(at, query)| (format!("q{at}"), one(query))).collect();
    post("/match/default", &json!({ "queries": all }).to_string())
}

impl Server {
    /// Rounds of load, after one that does not count, with the processor time of the server in each.
    fn rounds(&self, requests: &[Vec<u8>], connections: usize) -> anyhow::Result<Vec<(Round, f64)>> {
        let mut rounds = Vec::new();
        for _ in 0..=RUNS {
            let before = processor_of(self.process());
            let round = load(self.at, requests, connections, TIME, &AtomicBool::new(false))?;
            ensure!(round.failed == 0, "{} requests failed: {:?}", round.failed, round.first_failure);
            rounds.push((round, processor_of(self.process()).zip(before).map_or(0.0, |(to, from)| to - from)));
        }
        rounds.remove(0);
        Ok(rounds)
    }
}

fn one_by_one(server: &Server, requests: &[Vec<u8>], what: String) -> anyhow::Result<Line> {
    let rounds = server.rounds(requests, CONNECTIONS)?;
    let of = |value: fn(&Round) -> f64| Spread::of(rounds.iter().map(|(round, _)| value(round)).collect());
    let (rate, p50) = (of(Round::rate), of(|round| percentile(&round.seconds, 0.5)));
    let p99 = of(|round| percentile(&round.seconds, 0.99));
    let processor = Spread::of(rounds.iter().map(|(round, time)| time / round.seconds.len() as f64).collect());
    Ok(Line {
        what,
        figure: format!(
            "{} requests a second; p50 {}, p99 {}; {} of the server's processor time each",
            thousands(rate.median),
            seconds(p50.median),
            seconds(p99.median),
            seconds(processor.median)
        ),
        asked: "≥ 4,000 a second; p50 ≤ 1 ms, p99 ≤ 5 ms".into(),
        reached: Some(rate.median >= ASKED_RATE && p50.median <= ASKED_P50 && p99.median <= ASKED_P99),
        baseline: "yente's documentation: 4 requests a second a core with logic-v2, 15 with logic-v1".into(),
        runs: rate.told(thousands),
    })
}

/// The same load on a server where people work, by a key of one of them with each request.
fn by_key(data: &Path, requests: &[Vec<u8>]) -> anyhow::Result<Line> {
    let key = key_of_an_office(data)?;
    let server = Server::start(data)?;
    let unknown = Connection::open(server.at)?.ask(&requests[0])?;
    ensure!(unknown == 401, "a request without a key was answered with {unknown}");
    let requests: Vec<Vec<u8>> = requests.iter().map(|request| with_key(request, &key)).collect();
    one_by_one(&server, &requests, "the same with an API key in each request, on a server with users".to_owned())
}

/// Makes the first two administrators in a data folder, and a key of one of them.
fn key_of_an_office(data: &Path) -> anyhow::Result<String> {
    let now = || UNIX_EPOCH.elapsed().map_or(0, |since| since.as_millis() as i64);
    let desk = Desk::open(&Place::Sqlite(data.join("store.sqlite")), &data.join("backups"), Box::new(now))?;
    let [(user, first), _] = desk.first_start(["one", "other"])?;
    let chosen = Secret::new("correct horse battery staple");
    desk.seat(desk.sign_in(&user.name, &first)?.token).choose_password(&first, &chosen)?;
    let seat = desk.seat(desk.sign_in(&user.name, &chosen)?.token);
    let wanted = Wanted { label: "load".to_owned(), scopes: vec![Scope::Screen], days: 1 };
    Ok(people::make_key(&seat, wanted)?.secret.reveal().to_owned())
}

fn in_batches(server: &Server, requests: &[Vec<u8>]) -> anyhow::Result<Line> {
    let rounds = server.rounds(requests, CONNECTIONS)?;
    let rate = Spread::of(rounds.iter().map(|(round, _)| round.rate() * BATCH as f64).collect());
    let of = |(round, time): &(Round, f64)| time / (round.seconds.len() * BATCH) as f64;
    let processor = Spread::of(rounds.iter().map(of).collect());
    Ok(Line {
        what: format!("`/match`, {BATCH} queries a request, the same"),
        figure: format!(
            "{} queries a second; {} of the server's processor time each",
            thousands(rate.median),
            seconds(processor.median)
        ),
        asked: "≥ 10,000 a second".into(),
        reached: Some(rate.median >= ASKED_BATCH_RATE),
        runs: rate.told(thousands),
        ..Line::default()
    })
}

fn ready(data: &Path) -> anyhow::Result<Line> {
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let start = Instant::now();
        let server = Server::start(data)?;
        times.push(start.elapsed().as_secs_f64());
        drop(server);
    }
    times.remove(0);
    let spread = Spread::of(times);
    Ok(Line {
        what: "from the start of the program until `/readyz` says so, index on disk".into(),
        figure: seconds(spread.median),
        asked: "≤ 100 ms".into(),
        reached: Some(spread.median <= ASKED_READY),
        runs: spread.told(seconds),
        ..Line::default()
    })
}

fn memory(server: &Server) -> anyhow::Result<Line> {
    let (now, most) = (server.mib("VmRSS:")?, server.mib("VmHWM:")?);
    Ok(Line {
        what: "resident memory of the server after that load".into(),
        figure: format!("{now:.0} MiB, {most:.0} MiB at most"),
        asked: "≤ 300 MiB".into(),
        reached: Some(most <= ASKED_MIB),
        ..Line::default()
    })
}

/// Exchanges lists under load: a small list of the user's own gains a person, again and again.
fn swaps(server: &Server, data: &Path, requests: &[Vec<u8>]) -> anyhow::Result<Line> {
    let (stop, list) = (AtomicBool::new(false), data.join("exchanged.ftm.json"));
    let mut resident = Vec::with_capacity(SWAPS);
    let round = thread::scope(|scope| {
        let asking = scope.spawn(|| load(server.at, requests, CONNECTIONS, Duration::MAX / 4, &stop));
        let mut exchange = || -> anyhow::Result<()> {
            for number in 0..SWAPS {
                let before = server.versions.load(Ordering::Relaxed);
                exchange(data, &list, number)?;
                server.wait_for_more(before)?;
                let now = server.mib("VmRSS:")?;
                if number % 20 == 9 {
                    eprintln!("serve: exchange {}, {now:.0} MiB", number + 1);
                }
                resident.push(now);
            }
            Ok(())
        };
        let exchanged = exchange();
        stop.store(true, Ordering::Relaxed);
        // A panic of the generator is a fault of this program.
        let round = asking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        exchanged.and(round)
    })?;
    let settled = resident[..SETTLED.min(resident.len())].iter().copied().fold(0.0, f64::max);
    let last = resident[SETTLED..].iter().copied().fold(0.0, f64::max);
    let most = server.mib("VmHWM:")?;
    Ok(Line {
        what: format!("{SWAPS} exchanges of lists under the same load"),
        figure: format!(
            "{} of {} requests failed; p99 {}; memory {settled:.0} MiB in the first {SETTLED}, {last:.0} MiB at most later, {:.0} MiB at the end",
            round.failed,
            thousands(round.seconds.len() as f64),
            seconds(percentile(&round.seconds, 0.99)),
            resident.last().copied().unwrap_or(0.0)
        ),
        asked: "none fails, no growth after the tenth, ≤ 300 MiB".into(),
        reached: Some(round.failed == 0 && last <= settled + GROWTH_MIB && most <= ASKED_MIB),
        ..Line::default()
    })
}

/// Puts another version of the small list in use.
fn exchange(data: &Path, list: &Path, number: usize) -> anyhow::Result<()> {
    let person = |at: usize| {
        let properties = json!({ "name": [format!("Feride Örnek{}", "a".repeat(at % 7 + 1))], "birthDate": [format!("19{:02}", at % 90 + 10)] });
        json!({ "id": format!("x{at}"), "schema": "Person", "datasets": ["exchanged"], "properties": properties })
            .to_string()
            + "\n"
    };
    // One more and one fewer in turn, so that what is in memory is as much at the end as at the beginning.
    let lines: String = (0..=1 + number % 2).map(|at| person(number * 3 + at)).collect();
    fs::write(list, lines)?;
    Node::add_lists(data, &[list.to_owned()], &model(), "1970-01-01T00:00:00Z")?;
    Ok(())
}
