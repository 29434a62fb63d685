//! Acts through the public interface: all or nothing, one after another, sharing commits.
//!
//! In come statements and events, out comes what is stored afterwards, as the same statements read it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mihenk_store::{Migrations, Query, Store, StoreError, params};

use crate::{Home, TABLES, append, both, count, event};

both!(
    an_event_follows_the_one_before,
    an_act_that_fails_or_panics_leaves_nothing,
    an_act_that_goes_on_after_a_refusal_spoils_no_other,
    acts_of_many_threads_are_one_chain_and_lose_nothing,
    two_openings_of_one_place_are_one_chain,
    a_store_of_a_newer_program_is_refused,
    parameters_stand_in_any_order,
    every_kind_of_value_comes_back,
    a_reading_sees_one_state,
);

fn an_event_follows_the_one_before(home: &Home) {
    let store = home.store();
    let (first, second) = store
        .act::<_, StoreError>(|act| Ok((act.append(event("case.opened"))?, act.append(event("case.closed"))?)))
        .unwrap();
    assert_eq!((first.seq, second.seq), (1, 2));
    assert_eq!(first.prev_hash, [0; 32]);
    assert_eq!(second.prev_hash, first.hash);
    assert_eq!(second.computed_hash(), second.hash);
    assert_eq!(store.head().unwrap().hash, second.hash);
}

fn an_act_that_fails_or_panics_leaves_nothing(home: &Home) {
    let store = home.store();
    let refused = store.act::<(), StoreError>(|act| {
        act.append(event("case.opened"))?;
        act.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", params!["a", 1])?;
        act.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", params!["a", 2])?;
        Ok(())
    });
    assert!(matches!(refused, Err(StoreError::Statement(_))), "{refused:?}");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.act::<(), StoreError>(|act| {
            act.append(event("case.opened"))?;
            panic!("in the middle of an act");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(count(&store), 0);
    let next = store.act::<_, StoreError>(|act| act.append(event("case.opened"))).unwrap();
    assert_eq!(next.seq, 1);
}

fn acts_of_many_threads_are_one_chain_and_lose_nothing(home: &Home) {
    let store = home.store();
    let add = "INSERT INTO counters (name, value) VALUES ('a', 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1";
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let store = &store;
            scope.spawn(move || {
                for round in 0..25 {
                    let outcome = store.act::<(), StoreError>(|act| {
                        act.append(event("counted"))?;
                        act.execute(add, &[])?;
                        // Every fifth act changes its mind after it has written.
                        if (thread + round) % 5 == 0 { Err(StoreError::Statement("no".to_owned())) } else { Ok(()) }
                    });
                    assert_eq!(outcome.is_err(), (thread + round) % 5 == 0);
                }
            });
        }
    });
    let value = store.read(|r| r.first("SELECT value FROM counters", &[])?.unwrap().integer(0)).unwrap();
    assert_eq!((value, count(&store)), (320, 320));
    let mut before = [0; 32].to_vec();
    store
        .read::<_, StoreError>(|r| {
            for row in r.query("SELECT prev_hash, hash FROM events ORDER BY seq", &[])? {
                assert_eq!(row.bytes(0)?, before);
                before = row.bytes(1)?;
            }
            Ok(())
        })
        .unwrap();
}

fn two_openings_of_one_place_are_one_chain(home: &Home) {
    let (one, two) = (home.store(), home.store());
    for store in [&one, &two, &two, &one] {
        store.act::<_, StoreError>(|act| act.append(event("counted"))).unwrap();
    }
    assert_eq!((one.head().unwrap().seq, count(&two)), (4, 4));
}

fn a_store_of_a_newer_program_is_refused(home: &Home) {
    const NEWER: Migrations =
        Migrations { part: "test", versions: &[TABLES.versions[0], "CREATE TABLE more (name TEXT PRIMARY KEY)"] };
    drop(home.store());
    let older = Migrations { part: "test", versions: &[] };
    let refused = Store::open(&home.place, &[older], 0, &mut |_| Ok(())).err().unwrap().to_string();
    assert!(refused.contains("test version 1, this one knows 0"), "{refused}");
    let mut backups = 0;
    Store::open(&home.place, &[NEWER], 0, &mut |_| {
        backups += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(backups, 1, "a backup is made before tables that hold something are changed");
}

fn an_act_that_goes_on_after_a_refusal_spoils_no_other(home: &Home) {
    let store = home.store();
    let begun = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        let good = scope.spawn(|| {
            store.act::<_, StoreError>(|act| {
                begun.wait();
                // The other one waits meanwhile and goes on in the same transaction.
                std::thread::sleep(std::time::Duration::from_millis(100));
                act.append(event("good"))
            })
        });
        begun.wait();
        std::thread::sleep(std::time::Duration::from_millis(20));
        let careless = store.act::<_, StoreError>(|act| {
            let refused = act.execute("INSERT INTO counters (name, value) VALUES ($1, NULL)", params!["a"]);
            assert!(refused.is_err());
            act.append(event("careless"))
        });
        let acknowledged = 1 + i64::from(careless.is_ok());
        assert_eq!(good.join().unwrap().unwrap().seq, 1);
        assert_eq!(count(&store), acknowledged, "what is acknowledged is stored: {careless:?}");
    });
    append(&store, 1);
    store.verify(None).unwrap().whole().unwrap();
}

fn parameters_stand_in_any_order(home: &Home) {
    let store = home.store();
    let insert = "INSERT INTO counters (value, name) VALUES ($2, $1)";
    store.act::<_, StoreError>(|act| act.execute(insert, params!["a", 7])).unwrap();
    let again = "UPDATE counters SET value = $3 WHERE name = $1 AND value = $2 AND name = $1";
    let changed = store.act::<_, StoreError>(|act| act.execute(again, params!["a", 7, 8])).unwrap();
    let row = store.read(|r| r.first("SELECT value FROM counters WHERE name = $1", params!["a"])).unwrap().unwrap();
    assert_eq!((changed, row.integer(0).unwrap()), (1, 8));
    let missing = store.act::<_, StoreError>(|act| act.execute(again, params!["a"])).unwrap_err();
    assert!(matches!(missing, StoreError::Statement(_)), "{missing}");
}

fn every_kind_of_value_comes_back(home: &Home) {
    const KINDS: Migrations = Migrations {
        part: "kinds",
        versions: &[
            "CREATE TABLE kinds (id BIGINT PRIMARY KEY, share DOUBLE PRECISION, name TEXT, photo BYTEA, size BIGINT)",
        ],
    };
    let store = Store::open(&home.place, &[KINDS], 0, &mut |_| Ok(())).unwrap();
    let insert = "INSERT INTO kinds (id, share, name, photo, size) VALUES ($1, $2, $3, $4, $5)";
    let rows = [
        params![1, 0.25, "Şükrü علي", [0u8, 255].as_slice(), i64::MIN].to_vec(),
        params![2, 3, "", Vec::<u8>::new(), true].to_vec(),
        params![3, None::<f64>, None::<String>, None::<Vec<u8>>, None::<i64>].to_vec(),
    ];
    store.act::<_, StoreError>(|act| rows.iter().try_for_each(|row| act.execute(insert, row).map(drop))).unwrap();
    let found = store.read(|r| r.query("SELECT id, share, name, photo, size FROM kinds ORDER BY id", &[])).unwrap();
    assert_eq!(found[0].cells(), rows[0]);
    // A whole number in a column of floating point is one.
    assert_eq!(found[1].cells(), params![2, 3.0, "", Vec::<u8>::new(), 1]);
    assert_eq!(found[2].cells(), rows[2]);
}

fn a_reading_sees_one_state(home: &Home) {
    let store = home.store();
    append(&store, 1);
    let (before, after) = store
        .read::<_, StoreError>(|reading| {
            let count = "SELECT count(*) FROM events";
            let before = reading.first(count, &[])?.unwrap().integer(0)?;
            append(&store, 2);
            Ok((before, reading.first(count, &[])?.unwrap().integer(0)?))
        })
        .unwrap();
    assert_eq!((before, after, count(&store)), (1, 1, 3));
}
