//! An exchange of the key that two administrators decided on goes on when the server starts.
//!
//! In comes a store as a crash leaves it, out comes one that is sealed with another key.

use mihenk_node::{ledger::people::Change, sealing};
use mihenk_server::Told;

use crate::{
    house::House,
    secure::{Served, plain},
};

#[test]
fn what_two_decided_goes_on_when_the_server_starts() {
    let house = House::open();
    let file = house.path().join("store.key");
    let before = sealing::key(&house.desk, &file).unwrap();
    let goes_on = || sealing::is_due(&house.desk, &file).unwrap();
    assert!(!goes_on());
    assert!(house.both(Change::ExchangeKey { key: before.id() }).exchanges_key);
    assert!(goes_on(), "the program died before it began");

    let served = Served::start(plain(house.office()));
    let told = served.tells(|told| matches!(told, Told::Warning(what) if what.contains("exchange of the key")));
    let now = sealing::key(&house.desk, &file).unwrap();
    assert_ne!(now.id(), before.id());
    let Told::Warning(what) = told else { panic!("{told:?}") };
    assert!(what.contains(&format!("is over: {} is exchanged for {}", before.id(), now.id())), "{what}");
    assert!(!goes_on());
}
