//! Webhooks through the public interface: registered by two, told, tried again, given up, delivered again.
//!
//! Each rule has a test that tries to break it; a refused act leaves no event.

use mihenk_ledger::{
    Who,
    attachments::Key,
    webhooks::{self, LetterId, LetterState, State, WebhookEvent, WebhookId},
};

use crate::world::{World, at, reason, tables_follow_from_events};

const URL: &str = "https://example.org/hook";

fn software() -> Who {
    Who::new("webhooks", crate::world::NOW)
}

fn proposed(world: &World) -> WebhookId {
    world.act(|act| webhooks::propose(act, &world.ayse, URL, &["alert".to_owned()], reason("ours"))).unwrap()
}

fn active(world: &World, key: &Key) -> WebhookId {
    let id = proposed(world);
    world.act(|act| webhooks::confirm(act, &world.bahram, &id, key)).unwrap();
    id
}

fn attempted(world: &World, id: &WebhookId, what: &WebhookEvent) {
    world.act(|act| webhooks::attempted(act, &software(), id, what)).unwrap();
}

fn delivered(upto: i64, letter: Option<LetterId>, is_last: bool) -> WebhookEvent {
    WebhookEvent::Delivered { upto, events: 1, told: "answered 204".to_owned(), letter, is_last }
}

fn failed(letter: Option<LetterId>) -> WebhookEvent {
    WebhookEvent::Failed { why: "answered 500".to_owned(), next_at: 5, letter }
}

#[test]
fn it_takes_two_administrators_and_shows_its_secret_once() {
    let (world, key) = (World::new(), Key::generate().unwrap());
    let id = proposed(&world);
    let own = world.refused(|act| webhooks::confirm(act, &world.ayse, &id, &key).map(drop));
    assert!(own.contains("your own proposal"), "{own}");
    let (webhook, secret) = world.act(|act| webhooks::confirm(act, &world.bahram, &id, &key)).unwrap();
    assert_eq!((webhook.state, webhook.parts), (State::Active, vec!["alert".to_owned()]));
    assert!(world.refused(|act| webhooks::confirm(act, &world.bahram, &id, &key).map(drop)).contains("is active"));
    let kept = world.store.read(|reading| webhooks::secret(reading, &id, &key)).unwrap();
    assert_eq!(kept, secret);
    let other = Key::generate().unwrap();
    assert!(world.store.read(|reading| webhooks::secret(reading, &id, &other)).is_err());
    // It goes along when the key is exchanged.
    assert!(world.act(|act| webhooks::seal_again(act, &[key], &other)).unwrap());
    assert_eq!(world.store.read(|reading| webhooks::secret(reading, &id, &other)).unwrap(), secret);
    world.act(|act| webhooks::end(act, &world.ayse, &id, reason("over"))).unwrap();
    assert!(!world.store.read(|reading| webhooks::has_secrets(reading)).unwrap(), "its secret goes with it");
}

#[test]
fn what_cannot_be_told_is_refused() {
    let world = World::new();
    let told =
        world.refused(|act| webhooks::propose(act, &world.ayse, "http://example.org", &[], reason("x")).map(drop));
    assert!(told.contains("over https"), "{told}");
    let parts = ["report".to_owned()];
    let told = world.refused(|act| webhooks::propose(act, &world.ayse, URL, &parts, reason("x")).map(drop));
    assert!(told.contains("\"report\" is nothing that is told of"), "{told}");
    let id = proposed(&world);
    world.act(|act| webhooks::decline(act, &world.ayse, &id, reason("no"))).unwrap();
    assert!(world.refused(|act| webhooks::attempted(act, &software(), &id, &failed(None))).contains("is declined"));
    world.refused(|act| webhooks::end(act, &world.ayse, &id, reason("x")));
}

/// From a proposal to a letter that was delivered again.
pub(crate) fn whole_life(world: &World) {
    let key = Key::generate().unwrap();
    let id = active(world, &key);
    let begun = world.store.read(|reading| webhooks::webhook(reading, &id)).unwrap();
    assert_eq!(begun.after, world.events(), "what was before is not told");
    attempted(world, &id, &failed(None));
    let one = world.store.read(|reading| webhooks::webhook(reading, &id)).unwrap();
    assert_eq!((one.failed, one.next_at, one.after), (1, 5, begun.after));
    attempted(world, &id, &delivered(begun.after + 3, None, false));
    let one = world.store.read(|reading| webhooks::webhook(reading, &id)).unwrap();
    assert_eq!((one.failed, one.after, one.last_told.as_deref()), (0, begun.after + 3, Some("answered 204")));
    let given_up =
        WebhookEvent::GivenUp { after: one.after, upto: one.after + 9, why: "answered 500".to_owned(), letter: None };
    attempted(world, &id, &given_up);
    let letters = world.store.read(|reading| webhooks::letters(reading, false)).unwrap();
    let letter = letters[0].clone();
    assert_eq!((letter.state, letter.after, letter.upto), (LetterState::Dead, one.after, one.after + 9));
    assert_eq!(world.store.read(|reading| webhooks::webhook(reading, &id)).unwrap().after, one.after + 9);
    world.act(|act| webhooks::replay(act, &at(&world.ayse, 9), &letter.id)).unwrap();
    assert!(world.refused(|act| webhooks::replay(act, &world.ayse, &letter.id)).contains("is waiting"));
    attempted(world, &id, &failed(Some(letter.id.clone())));
    attempted(world, &id, &delivered(one.after + 4, Some(letter.id.clone()), false));
    let again = WebhookEvent::GivenUp {
        after: one.after + 4,
        upto: letter.upto,
        why: "gone".to_owned(),
        letter: Some(letter.id.clone()),
    };
    attempted(world, &id, &again);
    let now = world.store.read(|reading| webhooks::letter(reading, &letter.id)).unwrap();
    assert_eq!((now.state, now.after, now.why.as_str()), (LetterState::Dead, one.after + 4, "gone"), "the rest of it");
    world.act(|act| webhooks::replay(act, &world.ayse, &letter.id)).unwrap();
    attempted(world, &id, &delivered(letter.upto, Some(letter.id.clone()), true));
    assert!(world.store.read(|reading| webhooks::letters(reading, false)).unwrap().is_empty());
    let other = proposed(world);
    world.act(|act| webhooks::decline(act, &world.bahram, &other, reason("no"))).unwrap();
    tables_follow_from_events(world, &["webhooks", "webhook_letters"]);
    world.act(|act| webhooks::end(act, &world.ayse, &id, reason("over"))).unwrap();
    assert!(world.refused(|act| webhooks::replay(act, &world.ayse, &letter.id)).contains("is delivered"));
    tables_follow_from_events(world, &["webhooks", "webhook_letters"]);
}

#[test]
fn tables_made_anew_from_the_chain_are_the_same() {
    whole_life(&World::new());
}
