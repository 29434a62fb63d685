//! The same statements on PostgreSQL: one redress, one webhook and one answer through their whole lives, and the tables made anew from their chain on SQLite.
//!
//! What the rules are is tested on SQLite.

use crate::{redress::whole_life, replies, webhooks, world::World};

#[test]
fn a_whole_life_on_postgresql() {
    whole_life(&World::on_postgresql());
}

#[test]
fn a_webhook_on_postgresql() {
    webhooks::whole_life(&World::on_postgresql());
}

#[test]
fn an_answer_on_postgresql() {
    replies::whole_life(&World::on_postgresql());
}
