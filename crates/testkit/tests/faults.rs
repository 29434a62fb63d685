//! Stores whose process is killed under load, and whose write-ahead log is cut anywhere.
//!
//! What must hold: the chain verifies, no act is half done, and no act that was acknowledged is lost.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use mihenk_store::{Place, Store};
use mihenk_testkit::load;

/// Rounds of killing.
const ROUNDS: u64 = 200;
/// Rounds after which a new store is begun, as checking takes longer with each.
const ROUNDS_A_STORE: u64 = 25;

fn open(path: &Path) -> Store {
    Store::open(&Place::Sqlite(path.to_owned()), &[load::TABLES], 0, &mut |_| Ok(())).unwrap()
}

/// A number that follows from the round, without a pattern (splitmix64, Steele, Lea and Flood 2014).
fn scattered(round: u64) -> u64 {
    let mut z = round.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_acknowledged() {
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        if round % ROUNDS_A_STORE == 0 {
            acknowledged += kills(round);
        }
    }
    assert!(acknowledged > ROUNDS, "the load was no load: {acknowledged} acts were acknowledged");
}

/// Some rounds on one store; how many acts were acknowledged.
fn kills(first: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.sqlite");
    let mut all = 0;
    for round in first..first + ROUNDS_A_STORE {
        let (last, count) = killed_after(&path, scattered(round) % 40);
        all += count;
        let store = open(&path);
        let head = load::check(&store).unwrap_or_else(|why| panic!("round {round}: {why}"));
        assert!(head >= last, "round {round}: event {last} was acknowledged, and the chain ends with {head}");
    }
    all
}

/// Starts the load, waits for its first act and some milliseconds more, kills it; the last place that was acknowledged, and
/// how many were.
fn killed_after(path: &Path, milliseconds: u64) -> (i64, u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_append_under_load"))
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    lines.read_line(&mut text).unwrap();
    std::thread::sleep(Duration::from_millis(milliseconds));
    // SIGKILL on Unix: nothing of the process runs any more.
    child.kill().unwrap();
    child.wait().unwrap();
    while lines.read_line(&mut text).unwrap() > 0 {}
    let seqs: Vec<i64> = text.lines().map(|line| line.parse().unwrap()).collect();
    (seqs.iter().copied().max().unwrap_or(0), seqs.len() as u64)
}

/// Bytes before the first frame of a write-ahead log, and before the page of each frame (SQLite, "WAL File Format").
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

#[test]
fn a_log_that_is_cut_anywhere_opens_to_an_earlier_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.sqlite");
    let store = open(&path);
    for thread in 0..12 {
        load::act(&store, thread % 3).unwrap();
    }
    let (file, log) = (fs::read(&path).unwrap(), fs::read(folder.path().join("store.sqlite-wal")).unwrap());
    let page = usize::from(u16::from_be_bytes([file[16], file[17]]));
    let frames = (log.len() - LOG_HEAD) / (FRAME_HEAD + page);
    assert!(frames > 30, "{frames} frames are no test");
    let (mut heads, copy) = (Vec::new(), folder.path().join("cut/store.sqlite"));
    for frame in 0..=frames {
        let whole = LOG_HEAD + frame * (FRAME_HEAD + page);
        for cut in [whole, whole + FRAME_HEAD / 2, whole + FRAME_HEAD + page / 2] {
            let cut = &log[..cut.min(log.len())];
            heads.push(opened_to(&copy, &file, cut).unwrap_or_else(|why| panic!("cut at {}: {why}", cut.len())));
        }
    }
    assert!(heads.is_sorted(), "a longer log holds no less: {heads:?}");
    assert_eq!((heads.first(), heads.last()), (Some(&0), Some(&24)));
}

/// Opens a copy with a cut log and checks it; where its chain ends.
fn opened_to(path: &Path, file: &[u8], log: &[u8]) -> Result<i64, String> {
    let folder = path.parent().unwrap();
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(path, file).unwrap();
    fs::write(folder.join("store.sqlite-wal"), log).unwrap();
    load::check(&open(path))
}
