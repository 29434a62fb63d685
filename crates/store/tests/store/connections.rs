//! Connections that break, writers that wait for others, encryption.
//!
//! Connections are ended by the server itself, and servers show certificates that are believed or not.

use std::time::{Duration, Instant};

use mihenk_store::{Place, Query, Store, StoreError, params};

use crate::{Home, TABLES, append, both, count, event};

both!(many_readers_at_once, a_writer_that_waits_in_vain_says_for_whom);

fn many_readers_at_once(home: &Home) {
    let store = home.store();
    append(&store, 5);
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| (0..10).for_each(|_| assert_eq!(count(&store), 5)));
        }
    });
}

fn a_writer_that_waits_in_vain_says_for_whom(home: &Home) {
    let (store, other) = (home.store(), home.store());
    store.wait_for_others(Duration::from_secs(1)).unwrap();
    let start = Instant::now();
    other
        .act::<_, StoreError>(|act| {
            act.append(event("counted"))?;
            let busy = store.act::<_, StoreError>(|act| act.append(event("counted"))).unwrap_err();
            assert!(start.elapsed() >= Duration::from_secs(1));
            let words = "another program has been writing to the store for more than 1 s; nothing was stored";
            assert!(busy.to_string().contains(words), "{busy}");
            Ok(())
        })
        .unwrap();
    append(&store, 1);
    assert_eq!(count(&store), 2);
}

#[test]
fn a_reading_cannot_write() {
    let store = Home::sqlite().store();
    let sql = "INSERT INTO counters (name, value) VALUES ('a', 1) RETURNING name";
    assert!(store.read::<_, StoreError>(|reading| reading.query(sql, &[])).is_err());
}

mod needs_postgresql_itself {
    use super::*;

    /// Ends all connections to the database of a test but that which says so.
    fn break_connections(home: &Home) {
        home.meddle(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
    }

    #[test]
    fn a_broken_connection_is_opened_anew() {
        let home = Home::postgresql();
        let store = home.store();
        append(&store, 2);
        assert_eq!(count(&store), 2);
        break_connections(&home);
        // Nothing was begun yet, so nobody notices.
        append(&store, 1);
        assert_eq!(count(&store), 3);
        store.verify(None).unwrap().whole().unwrap();
    }

    #[test]
    fn an_act_whose_connection_breaks_leaves_nothing_and_says_so() {
        let home = Home::postgresql();
        let store = home.store();
        let broken = store.act::<_, StoreError>(|act| {
            act.append(event("counted"))?;
            break_connections(&home);
            act.execute("INSERT INTO counters (name, value) VALUES ('a', 1)", &[])
        });
        assert!(broken.is_err());
        // When it breaks behind the last statement, the commit is what fails.
        let broken = store.act::<_, StoreError>(|act| {
            let event = act.append(event("counted"))?;
            break_connections(&home);
            Ok(event)
        });
        let error = broken.unwrap_err();
        assert!(!matches!(error, StoreError::CommitUnknown(_)), "the store was asked: {error}");
        append(&store, 1);
        assert_eq!(count(&store), 1);
    }

    #[test]
    fn a_commit_whose_answer_is_lost_is_looked_for() {
        let home = Home::postgresql();
        let store = home.store();
        append(&store, 1);
        // A constraint that is checked at the commit, and ends the connection: the client never hears what became of it.
        home.meddle(
            "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON counters DEFERRABLE INITIALLY DEFERRED
                 FOR EACH ROW EXECUTE FUNCTION leave()",
        );
        let insert = "INSERT INTO counters (name, value) VALUES ($1, 1)";
        let with_event = store.act::<_, StoreError>(|act| {
            act.append(event("counted"))?;
            act.execute(insert, params!["a"])
        });
        let said = with_event.unwrap_err();
        assert!(matches!(said, StoreError::Commit(_)), "it was looked for and is not there: {said}");
        let without = store.act::<_, StoreError>(|act| act.execute(insert, params!["b"]));
        let said = without.unwrap_err();
        assert!(matches!(said, StoreError::CommitUnknown(_)), "{said}");
        assert!(said.to_string().contains("unknown whether this was stored"), "{said}");
        append(&store, 1);
        assert_eq!(count(&store), 2);
    }

    #[test]
    fn a_connection_is_encrypted_when_asked_and_only_to_whom_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let server = mihenk_testkit::postgresql::Server::start(&folder.path().join("server"), false).unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let own = folder.path().join("own.pem");
        std::fs::write(&own, made.cert.pem()).unwrap();
        let data = server.folder().join("data");
        std::fs::write(data.join("server.crt"), made.cert.pem()).unwrap();
        std::fs::write(data.join("server.key"), made.signing_key.serialize_pem()).unwrap();
        server.protect("data/server.key").unwrap();
        let address = server.database().unwrap().replace("127.0.0.1", "localhost");
        let open = |parameters: &str| {
            let place: Place = format!("{address}{parameters}").parse().unwrap();
            Store::open(&place, &[TABLES], 0, &mut |_| Ok(()))
        };
        let plain = open("?sslmode=require").err().unwrap().to_string();
        assert!(plain.contains("cannot be opened"), "a server without encryption is refused: {plain}");
        server.configure("ssl = on").unwrap();
        let unknown = open("?sslmode=require").err().unwrap().to_string();
        assert!(unknown.to_lowercase().contains("certificate"), "{unknown}");
        let store = open(&format!("?sslmode=verify-full&sslrootcert={}", own.display())).unwrap();
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        assert!(store.read(|r| r.first(sql, &[])).unwrap().unwrap().truth(0).unwrap());
        append(&store, 1);
        assert_eq!(count(&store), 1);
    }
}
