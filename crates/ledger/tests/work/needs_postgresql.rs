//! The same statements on PostgreSQL: one redress through its whole life, and the tables made anew from its chain on SQLite.
//!
//! What the rules are is tested on SQLite.

use crate::{redress::whole_life, world::World};

#[test]
fn a_whole_life_on_postgresql() {
    whole_life(&World::on_postgresql());
}
