//! What is erased is gone from every file, and the chain still verifies.
//!
//! In come bodies that can be looked for, out come the bytes of all files that could still hold them.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use mihenk_store::{
    Place, Query, StoreError,
    erase::{Erasure, Statement},
    params,
};

use crate::{Home, append, both, event, said};

both!(
    an_erased_body_is_in_no_file,
    what_stands_beside_the_chain_goes_too,
    a_backup_out_of_reach_stays_pending_and_is_tried_again,
    what_a_reading_still_sees_stays_pending,
    what_cannot_be_erased_is_refused,
);

pub(crate) fn erasure(seqs: &[i64]) -> Erasure {
    Erasure {
        at: 2_000,
        actor: "retention".to_owned(),
        subject: "subject-1".to_owned(),
        reason: "the time is over".to_owned(),
        seqs: seqs.to_vec(),
        statements: Vec::new(),
    }
}

/// The files below a folder that hold a text.
pub(crate) fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_file(folder, &mut |path, bytes| {
        if !places(bytes, text).is_empty() {
            found.push(path.display().to_string());
        }
    });
    found
}

fn each_file(folder: &Path, each: &mut dyn FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() {
            each_file(&entry.path(), each);
        } else if let Ok(bytes) = fs::read(entry.path()) {
            // A server may remove a file of its own meanwhile.
            each(&entry.path(), &bytes);
        }
    }
}

/// Where a text stands in bytes.
fn places(bytes: &[u8], text: &str) -> Vec<usize> {
    let text = text.as_bytes();
    let first = |at: &usize| bytes[*at..].starts_with(text);
    (0..bytes.len().saturating_sub(text.len() - 1)).filter(|at| bytes[*at] == text[0]).filter(first).collect()
}

/// The numbers of all secrets in the files below some folders.
fn secrets_in(folders: &[PathBuf]) -> HashSet<usize> {
    let mut numbers = HashSet::new();
    for folder in folders {
        each_file(folder, &mut |_, bytes| {
            let number = |at: usize| std::str::from_utf8(bytes.get(at + 7..at + 11)?).ok()?.parse::<usize>().ok();
            numbers.extend(places(bytes, "secret-").into_iter().filter_map(number));
        });
    }
    numbers
}

fn secret(number: usize) -> String {
    // Of many lengths, so that rows move between pages; some need pages of their own.
    format!("secret-{number:04}-{}", "x".repeat(number * 37 % 900 + if number.is_multiple_of(10) { 6_000 } else { 0 }))
}

/// Where the server keeps its tables: all but its write-ahead log, which is the server's own affair.
fn tables_of(home: &Home) -> Vec<PathBuf> {
    match &home.place {
        Place::Sqlite(_) => vec![home.folder.path().to_owned()],
        Place::Postgres(address) => {
            let server = mihenk_testkit::postgresql::shared();
            let database = address.rsplit('/').next().unwrap();
            let oid = "CHECKPOINT; SELECT oid FROM pg_database WHERE datname = current_database()";
            let oid = server.sql(database, oid).unwrap();
            vec![server.folder().join("data/base").join(oid.trim()), home.folder.path().to_owned()]
        }
    }
}

fn an_erased_body_is_in_no_file(home: &Home) {
    let mut store = home.store();
    store.remember_erasures_in(home.path("store.sqlite.erasures"));
    let seqs: Vec<i64> = (0..120).map(|number| said(&store, &secret(number))).collect();
    store.backup(&home.path("monday.mihenk-backup"), 1_500, "test").unwrap();
    assert_eq!(secrets_in(&tables_of(home)).len(), 120);
    let mut gone = Vec::new();
    for round in 0..6 {
        let now: Vec<usize> = (0..120).filter(|number| number * 7 % 12 == round * 2).collect();
        let places: Vec<i64> = now.iter().map(|number| seqs[*number]).collect();
        let erased = store.erase(&erasure(&places)).unwrap();
        assert_eq!(erased.pending, []);
        gone.extend(now);
        append(&store, 3);
    }
    let left: HashSet<usize> = (0..120).filter(|number| !gone.contains(number)).collect();
    assert_eq!(secrets_in(&tables_of(home)), left);
    let verified = store.verify(None).unwrap().whole().unwrap();
    assert_eq!(verified.erased, gone.len() as u64);
    mihenk_store::backup::check(&home.path("monday.mihenk-backup")).unwrap();
}

/// Rows of all lengths in an order without a pattern: pages are split and joined, and may keep copies of what moved.
fn what_stands_beside_the_chain_goes_too(home: &Home) {
    let store = home.store();
    let seq = said(&store, "nothing");
    let insert = "INSERT INTO counters (name, value) VALUES ($1, $2)";
    store
        .act::<_, StoreError>(|act| {
            (0..600_usize).try_for_each(|number| {
                let name = format!("{:08x}-{}", (number as u32).wrapping_mul(2_654_435_761), secret(number));
                act.execute(insert, params![name, number as i64]).map(drop)
            })
        })
        .unwrap();
    store.backup(&home.path("backup"), 1_500, "test").unwrap();
    let statements = (0..400_i64).map(|number| Statement {
        sql: "DELETE FROM counters WHERE value = $1".to_owned(),
        parameters: params![number * 7 % 600].to_vec(),
    });
    let erased = store.erase(&Erasure { statements: statements.collect(), ..erasure(&[seq]) }).unwrap();
    assert_eq!(erased.pending, []);
    let left: HashSet<usize> = (400..600).map(|number| number * 7 % 600).collect();
    assert_eq!(secrets_in(&tables_of(home)), left);
}

fn a_backup_out_of_reach_stays_pending_and_is_tried_again(home: &Home) {
    let store = home.store();
    let seq = said(&store, "secret-on-a-tape");
    let (here, away) = (home.path("disk/backup"), home.path("safe"));
    store.backup(&here, 1_500, "test").unwrap();
    fs::rename(&here, &away).unwrap();
    let erased = store.erase(&erasure(&[seq])).unwrap();
    let [pending] = erased.pending.as_slice() else { panic!("{:?}", erased.pending) };
    assert!(
        pending.place.as_str().ends_with("backup") && pending.why.as_str().contains("cannot be reached"),
        "{pending:?}"
    );
    let known = store.backups().unwrap();
    assert!(known[0].1.as_ref().is_some_and(|trouble| trouble.contains("cannot be reached")), "{known:?}");
    drop(store);
    fs::rename(&away, &here).unwrap();
    // Opening tries again.
    let store = home.store();
    assert_eq!(store.backups().unwrap()[0].1, None);
    assert_eq!(files_with(home.folder.path(), "secret-on-a-tape"), [] as [String; 0]);
    mihenk_store::backup::check(&here).unwrap();
    // One that was destroyed is forgotten, and nothing is pending for it.
    fs::remove_file(&here).unwrap();
    let seq = said(&store, "another");
    assert_eq!(store.erase(&erasure(&[seq])).unwrap().pending.len(), 1);
    assert!(store.forget_backup(&here).unwrap());
    assert_eq!(store.finish_erasing().unwrap(), []);
}

fn what_a_reading_still_sees_stays_pending(home: &Home) {
    let store = home.store();
    store.wait_for_others(Duration::from_millis(300)).unwrap();
    let seqs: Vec<i64> = (0..3).map(|number| said(&store, &secret(number))).collect();
    store
        .read::<_, StoreError>(|reading| {
            let body = "SELECT body FROM events WHERE seq = 1";
            assert!(reading.first(body, &[])?.unwrap().text(0)?.contains("secret-0000"));
            let erased = store.erase(&erasure(&seqs))?;
            let [pending] = erased.pending.as_slice() else { panic!("{:?}", erased.pending) };
            assert!(pending.why.as_str().contains("a reading that began before"), "{pending:?}");
            assert!(reading.first(body, &[])?.unwrap().text(0)?.contains("secret-0000"), "it sees one state");
            Ok(())
        })
        .unwrap();
    assert_eq!(store.finish_erasing().unwrap(), []);
    assert_eq!(secrets_in(&tables_of(home)), HashSet::new());
}

fn what_cannot_be_erased_is_refused(home: &Home) {
    let store = home.store();
    let seq = said(&store, "secret");
    let told = store.erase(&erasure(&[seq])).unwrap().event.seq;
    append(&store, 1);
    let cases = [
        (Erasure { reason: "  ".to_owned(), ..erasure(&[3]) }, "a reason is missing"),
        (erasure(&[]), "neither an event"),
        (erasure(&[3, 99]), "no event 99"),
        (erasure(&[told]), "says what was erased"),
        (erasure(&[seq]), "erased already"),
    ];
    for (asked, why) in cases {
        let refused = store.erase(&asked).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    // Nothing of what was refused was done.
    let body = store.read(|r| r.first("SELECT body FROM events WHERE seq = 3", &[])).unwrap().unwrap();
    assert!(body.maybe_text(0).unwrap().is_some());
    let panicked = store.act::<(), StoreError>(|act| {
        act.erase(&erasure(&[3]))?;
        act.append(event("more"))?;
        Err(StoreError::Statement("changed its mind".to_owned()))
    });
    assert!(panicked.is_err());
    assert_eq!(store.verify(None).unwrap().whole().unwrap().erased, 1);
}

mod needs_postgresql_itself {
    use super::*;

    #[test]
    fn a_writer_in_another_database_holds_it_up() {
        let (home, other) = (Home::postgresql(), Home::postgresql());
        let (store, writer) = (home.store(), other.store());
        store.wait_for_others(Duration::from_millis(300)).unwrap();
        let seq = said(&store, &secret(1));
        writer
            .act::<_, StoreError>(|act| {
                act.append(event("long"))?;
                let pending = store.erase(&erasure(&[seq]))?.pending;
                assert!(pending.len() == 1 && pending[0].why.as_str().contains("still at work"), "{pending:?}");
                Ok(())
            })
            .unwrap();
        // Other tests write as well.
        store.wait_for_others(Duration::from_secs(30)).unwrap();
        assert_eq!(store.finish_erasing().unwrap(), []);
        assert_eq!(secrets_in(&tables_of(&home)), HashSet::new());
    }
}
