//! Requests that may come twice: what is kept of them, for how long, and who can read it.
//!
//! In come requests with keys, out comes whether they are to be done.

use mihenk_ledger::{
    people::Token,
    replies::{ANSWER_BYTES, Begun, KEPT_MS, Request, begin, done, forget},
};

use crate::world::{NOW, World};

fn request(token: &str, key: &str, asked: &str) -> Request {
    Request::new(&Token::new(token), key, &[b"makeCase", asked.as_bytes()]).unwrap()
}

#[test]
fn a_request_is_done_once_a_day_by_whoever_has_the_token() {
    whole_life(&World::new());
}

pub(crate) fn whole_life(world: &World) {
    let begun = |one: &Request, at: i64| world.store.act(|act| begin(act, at, one)).unwrap();
    let nets = request("aa", "k-1", "nets");
    assert_eq!((begun(&nets, NOW), begun(&nets, NOW)), (Begun::Now, Begun::Open));
    world.store.act(|act| done(act, &nets, b"C-1")).unwrap();
    assert_eq!(begun(&nets, NOW + 1), Begun::Before(Some(b"C-1".to_vec())));
    assert_eq!(begun(&request("aa", "k-1", "ropes"), NOW + 1), Begun::Other);
    // Another key, and another's key of the same name, are others.
    assert_eq!(begun(&request("aa", "k-2", "nets"), NOW), Begun::Now);
    assert_eq!(begun(&request("bb", "k-1", "nets"), NOW), Begun::Now);
    // What was refused may come again, and so may everything after a day.
    let refused = request("aa", "k-3", "x");
    assert_eq!(begun(&refused, NOW), Begun::Now);
    world.store.act(|act| forget(act, &refused)).unwrap();
    assert_eq!(begun(&refused, NOW), Begun::Now);
    assert_eq!(begun(&nets, NOW + KEPT_MS), Begun::Before(Some(b"C-1".to_vec())));
    assert_eq!(begun(&nets, NOW + KEPT_MS + 1), Begun::Now);
}

#[test]
fn what_is_too_long_is_done_and_not_kept() {
    let world = World::new();
    let one = request("aa", "k", "x");
    world.store.act(|act| begin(act, NOW, &one)).unwrap();
    world.store.act(|act| done(act, &one, &vec![7; ANSWER_BYTES + 1])).unwrap();
    assert_eq!(world.store.act(|act| begin(act, NOW, &one)).unwrap(), Begun::Before(None));
}
