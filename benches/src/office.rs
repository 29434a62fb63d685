//! An office to be measured in: a store with people who have signed in.
//!
//! In come a data folder and who shall work there, out come a desk and sessions. Nobody of them exists.

use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use mihenk_node::{
    desk::Desk,
    ledger::{
        Reason,
        people::{Change, Role, Secret, Token},
    },
    people,
    store::Place,
};

/// The desk of the store in a data folder, which is made if there is none.
pub(crate) fn desk(data: &Path) -> anyhow::Result<Desk> {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    Ok(Desk::open(&Place::Sqlite(data.join("store.sqlite")), &data.join("backups"), Box::new(now))?)
}

/// The first start: two administrators, who add these people; the session of each.
pub(crate) fn hired<const N: usize>(desk: &Desk, people: [(&str, Role); N]) -> anyhow::Result<[Token; N]> {
    let [(_, one), (_, two)] = desk.first_start(["ayse", "bahram"])?;
    let (one, two) = (signed_in(desk, "ayse", &one)?, signed_in(desk, "bahram", &two)?);
    let hire = |(name, role): (&str, Role)| -> anyhow::Result<Token> {
        let change = Change::Add { name: name.to_owned(), roles: vec![role] };
        let proposed = people::propose(&desk.seat(one.clone()), change, Reason::new("to be measured")?)?;
        let password = people::confirm(&desk.seat(two.clone()), &proposed)?.first_password;
        signed_in(desk, name, &password.context("a new user has a password")?)
    };
    let tokens = people.into_iter().map(hire).collect::<anyhow::Result<Vec<Token>>>()?;
    tokens.try_into().ok().context("each is hired once")
}

/// Signs in with a first password and chooses another.
fn signed_in(desk: &Desk, name: &str, first: &Secret) -> anyhow::Result<Token> {
    let own = Secret::new("a password of my own");
    desk.seat(desk.sign_in(name, first)?.token).choose_password(first, &own)?;
    Ok(desk.sign_in(name, &own)?.token)
}
