//! The chain is walked: what was changed behind the store's back is found and named, in the store and in exports.
//!
//! In come stores whose tables somebody changed by hand, out comes the event that is wrong and what is wrong with it.

use mihenk_store::{
    Head, Store,
    erase::Erasure,
    export::{ExportVerdict, Exported, verify_export},
    verify::{Verdict, Verified, Wrong},
};

use crate::{Home, append, both, said};

both!(
    an_untouched_chain_is_whole,
    whatever_is_changed_is_named,
    a_head_that_was_kept_finds_a_chain_written_anew,
    an_export_is_checked_without_the_store,
    an_export_that_was_changed_names_its_line,
    a_range_that_is_not_there_is_refused,
);

fn erasure(seqs: &[i64]) -> Erasure {
    Erasure {
        at: 2_000,
        actor: "retention".to_owned(),
        subject: "subject-1".to_owned(),
        reason: "the time is over".to_owned(),
        seqs: seqs.to_vec(),
        statements: Vec::new(),
    }
}

fn an_untouched_chain_is_whole(home: &Home) {
    let store = home.store();
    let nothing = store.verify(None).unwrap().whole().unwrap();
    assert_eq!((nothing.events, nothing.head.seq, nothing.head.hash), (0, 0, [0; 32]));
    append(&store, 5);
    store.erase(&erasure(&[2, 4])).unwrap();
    append(&store, 1);
    let head = store.head().unwrap();
    assert_eq!(store.verify(Some(head)).unwrap(), Verdict::Whole(Verified { events: 7, erased: 2, head }));
}

fn broken(store: &Store) -> (i64, Wrong) {
    let broken = store.verify(None).unwrap().whole().unwrap_err();
    assert!(broken.to_string().contains(&format!("event {}", broken.seq)), "{broken}");
    (broken.seq, broken.wrong)
}

fn whatever_is_changed_is_named(home: &Home) {
    let store = home.store();
    append(&store, 6);
    store.erase(&erasure(&[2])).unwrap();
    let zeros = match home.place {
        mihenk_store::Place::Sqlite(_) => "zeroblob(32)",
        mihenk_store::Place::Postgres(_) => r"decode(repeat('00', 32), 'hex')",
    };
    let columns = "actor, kind, subject, body, salt, body_hash, prev_hash, hash";
    home.meddle(&format!("CREATE TABLE safe AS SELECT seq, at, {columns} FROM events"));
    let cases = [
        ("UPDATE events SET actor = 'mehmet' WHERE seq = 3", 3, Wrong::Hash),
        ("UPDATE events SET at = at + 1 WHERE seq = 3", 3, Wrong::Hash),
        ("UPDATE events SET kind = 'body.erased' WHERE seq = 3", 3, Wrong::Hash),
        ("UPDATE events SET subject = 'subject-2' WHERE seq = 4", 4, Wrong::Hash),
        ("UPDATE events SET body = '{}' WHERE seq = 5", 5, Wrong::BodyHash),
        ("UPDATE events SET body_hash = ZEROS WHERE seq = 5", 5, Wrong::Hash),
        ("UPDATE events SET prev_hash = ZEROS WHERE seq = 5", 5, Wrong::PrevHash),
        ("UPDATE events SET hash = ZEROS WHERE seq = 5", 5, Wrong::Hash),
        ("UPDATE events SET body = NULL, salt = NULL WHERE seq = 6", 6, Wrong::BodyGone),
        ("UPDATE events SET body = NULL WHERE seq = 6", 6, Wrong::Cell { column: "body" }),
        ("DELETE FROM events WHERE seq = 1", 2, Wrong::Place { expected: 1 }),
        ("DELETE FROM events WHERE seq = 4", 5, Wrong::Place { expected: 4 }),
        ("UPDATE events SET seq = 9 WHERE seq = 4", 5, Wrong::Place { expected: 4 }),
        ("DELETE FROM events WHERE seq = 7", 2, Wrong::BodyGone),
    ];
    for (sql, seq, wrong) in cases {
        home.meddle(&sql.replace("ZEROS", zeros));
        assert_eq!(broken(&store), (seq, wrong), "{sql}");
        home.meddle(&format!("DELETE FROM events; INSERT INTO events (seq, at, {columns}) SELECT * FROM safe"));
        store.verify(None).unwrap().whole().unwrap();
    }
}

fn a_head_that_was_kept_finds_a_chain_written_anew(home: &Home) {
    let store = home.store();
    append(&store, 3);
    let kept = store.head().unwrap();
    home.meddle("DELETE FROM events WHERE seq = 3");
    let short = store.verify(Some(kept)).unwrap().whole().unwrap_err();
    assert_eq!((short.seq, &short.wrong), (3, &Wrong::Short { last: 2 }));
    append(&store, 2);
    // Right in itself, and not what it was: the salt is another.
    store.verify(None).unwrap().whole().unwrap();
    let other = store.verify(Some(kept)).unwrap().whole().unwrap_err();
    assert!(matches!(other.wrong, Wrong::NotKept { .. }) && other.seq == 3, "{other}");
}

fn exported(store: &Store, first: i64, last: Option<i64>) -> (String, Exported) {
    let mut out = Vec::new();
    let exported = store.export(first, last, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), exported)
}

fn an_export_is_checked_without_the_store(home: &Home) {
    let store = home.store();
    said(&store, "quotes \" and \\ and \n and علي");
    append(&store, 5);
    store.erase(&erasure(&[3])).unwrap();
    append(&store, 3);
    let (text, all) = exported(&store, 1, None);
    assert_eq!((all.head, all.erased, all.erased_beyond), (store.head().unwrap(), 1, 0));
    assert_eq!(verify_export(&mut text.as_bytes()).unwrap(), ExportVerdict::Whole(all));
    let (text, part) = exported(&store, 2, Some(5));
    assert_eq!((part.head.seq, part.erased, part.erased_beyond), (5, 1, 1));
    assert_eq!(text.lines().count(), 5);
    assert_eq!(verify_export(&mut text.as_bytes()).unwrap(), ExportVerdict::Whole(part));
    // The range hangs on the chain of the whole.
    let (before, _) = exported(&store, 1, Some(1));
    let ExportVerdict::Whole(before) = verify_export(&mut before.as_bytes()).unwrap() else { panic!("{before}") };
    assert_eq!(part.prev_hash, before.head.hash);
    assert_eq!(before.head, Head { seq: 1, hash: part.prev_hash });
}

fn an_export_that_was_changed_names_its_line(home: &Home) {
    let store = home.store();
    append(&store, 4);
    let (text, _) = exported(&store, 1, None);
    let lines: Vec<&str> = text.lines().collect();
    let found = |text: &str| match verify_export(&mut text.as_bytes()).unwrap() {
        ExportVerdict::Broken(broken) => (broken.line, broken.what),
        ExportVerdict::Whole(exported) => panic!("{exported:?}"),
    };
    let joined = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    let cases = [
        (text.replacen("\"ayse\"", "\"mehmet\"", 1), 2, "was changed"),
        (text.replacen("a test", "a lie", 1), 2, "body hash"),
        (joined(&[lines[0], lines[1], lines[3], lines[2], lines[4]]), 3, "stands where event 2 must be"),
        (joined(&lines[..4]), 5, "ends after event 3"),
        (format!("{text}{}\n", lines[4]), 6, "follows event 4"),
        (text.replacen("mihenk-export-1", "mihenk-export-2", 1), 1, "mihenk-export-1"),
        (text[..text.len() - 10].to_owned(), 5, "cut"),
        (String::new(), 1, "empty"),
        (text.replacen("\"salt\":\"", "\"salt\":\"zz", 1), 2, "salt"),
    ];
    for (text, line, what) in cases {
        let found = found(&text);
        assert!(found.0 == line && found.1.contains(what), "{found:?}, expected line {line}: {what}");
    }
    // Cut anywhere, or with any line gone, it never passes and never panics.
    for hundredth in 0..100 {
        found(&text[..text.len() * hundredth / 100]);
    }
    for gone in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(gone);
        found(&joined(&rest));
    }
}

fn a_range_that_is_not_there_is_refused(home: &Home) {
    let store = home.store();
    append(&store, 2);
    for (first, last) in [(0, None), (3, None), (2, Some(1)), (1, Some(3))] {
        let refused = store.export(first, last, &mut Vec::new()).unwrap_err().to_string();
        assert!(refused.contains("events 1 to 2"), "{refused}");
    }
}
