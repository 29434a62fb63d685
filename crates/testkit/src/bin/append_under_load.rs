//! Appends to a store from eight threads until it is killed.
//!
//! In comes the store's address, out comes a line for each act that was acknowledged: the place of its last event. What was
//! printed must be found again, whatever the moment at which the process was ended.

use std::{io::Write, process::ExitCode};

use mihenk_store::{Place, Store};
use mihenk_testkit::load;

/// Threads that write at once.
const THREADS: i64 = 8;

fn main() -> ExitCode {
    let Some(address) = std::env::args().nth(1) else {
        eprintln!("usage: append_under_load STORE");
        return ExitCode::from(2);
    };
    let opened = address.parse::<Place>().and_then(|place| Store::open(&place, &[load::TABLES], 0, &mut |_| Ok(())));
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || append(store, thread));
        }
    });
    ExitCode::FAILURE
}

/// Only an error, or that nobody reads any more, ends it.
fn append(store: &Store, thread: i64) {
    loop {
        let line = match load::act(store, thread) {
            Ok(seq) => format!("{seq}\n"),
            Err(error) => {
                eprintln!("{error}");
                return;
            }
        };
        // One write for a line, so that it arrives as a whole or not at all.
        if std::io::stdout().lock().write_all(line.as_bytes()).and_then(|()| std::io::stdout().flush()).is_err() {
            return;
        }
    }
}
