//! `mihenk login`, `logout` and `user`: who works here, and what they are here for.
//!
//! In come a name, a role, a reason; out comes who that is now, or what waits for a second administrator. A first password is
//! shown once, to whoever confirmed it, and kept nowhere.

use mihenk_node::{
    desk::Seat,
    ledger::{
        Reason,
        people::{Change, Confirmed, Proposal, Role, Secret, User as Person},
    },
    people,
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        people::{Login, OneRole, OneUser, User, Why},
    },
    desk, documents,
    paint::Paint,
    say,
    table::Table,
};

pub(crate) fn login(place: &Place, login: &Login) -> anyhow::Result<Outcome> {
    let password = desk::secret("password", login.password_stdin)?;
    let signed_in = desk::open_as_it_is(place)?.sign_in(&login.name, &password)?;
    if login.print {
        say::line(signed_in.token.reveal())?;
    } else {
        desk::keep(place, &signed_in.token)?;
    }
    let roles = signed_in.user.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    say::note(&format!("signed in as {} ({roles}) for 12 hours", signed_in.user.name));
    if signed_in.must_change {
        say::note("choose a password of your own now: mihenk user password");
    }
    Ok(Outcome::Done)
}

pub(crate) fn logout(place: &Place) -> anyhow::Result<Outcome> {
    desk::open_as_it_is(place)?.seat(desk::token(place)?).sign_out()?;
    desk::forget(place)?;
    say::note("signed out");
    Ok(Outcome::Done)
}

pub(crate) fn run(place: &Place, user: User) -> anyhow::Result<Outcome> {
    let desk = desk::open_as_it_is(place)?;
    if let User::Init { one, other, json } = user {
        let made = desk.first_start([&one, &other])?;
        // From the beginning, so that nobody learns from its being there that something was sealed.
        documents::key(place, &desk)?;
        return told_first(&made, json);
    }
    let seat = desk.seat(desk::token(place)?);
    match user {
        User::Init { .. } => {}
        User::Add { name, roles, why } => propose(&seat, Change::Add { name, roles }, &why)?,
        User::Grant(OneRole { name, role, why }) => {
            propose(&seat, Change::Grant { user: people::find(&seat, &name)?.id, role }, &why)?;
        }
        User::Revoke(OneRole { name, role, why }) => {
            propose(&seat, Change::Revoke { user: people::find(&seat, &name)?.id, role }, &why)?;
        }
        User::Reset(OneUser { name, why }) => {
            propose(&seat, Change::Reset { user: people::find(&seat, &name)?.id }, &why)?;
        }
        User::Leave(OneUser { name, why }) => {
            propose(&seat, Change::Leave { user: people::find(&seat, &name)?.id }, &why)?;
        }
        User::Confirm { id, json } => told_confirmed(&people::confirm(&seat, &id.parse()?)?, json)?,
        User::Decline { id, why } => {
            people::decline(&seat, &id.parse()?, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "declined": id }), &format!("{id} is declined"))?;
        }
        User::List { json } => {
            let (users, proposals) = people::show(&seat)?;
            list(&users, &proposals, json)?;
        }
        User::Password { stdin } => {
            let before = desk::secret("password until now", stdin)?;
            let new = desk::secret("new password", stdin)?;
            seat.choose_password(&before, &new)?;
            say::note("the password is changed; you stay signed in here, and nowhere else");
        }
    }
    Ok(Outcome::Done)
}

fn propose(seat: &Seat<'_>, change: Change, why: &Why) -> anyhow::Result<()> {
    let id = people::propose(seat, change, Reason::new(&why.reason)?)?;
    let told = format!("proposed as {id}; another administrator confirms it with 'mihenk user confirm {id}'");
    say::done(why.json, &json!({ "proposed": id }), &told)
}

fn told_first(made: &[(Person, Secret); 2], as_json: bool) -> anyhow::Result<Outcome> {
    if as_json {
        let rows = made
            .iter()
            .map(|(user, secret)| json!({ "id": user.id, "name": user.name, "first_password": secret.reveal() }));
        say::line(&serde_json::Value::from_iter(rows).to_string())?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["administrator", "first password"]);
    for (user, secret) in made {
        table.row([user.name.clone(), secret.reveal().to_owned()]);
    }
    say::out(&table.to_string())?;
    say::note(
        "Hand each one over to its owner: they are shown only now. Each signs in with 'mihenk login NAME' and chooses a password of their own.",
    );
    Ok(Outcome::Done)
}

fn told_confirmed(confirmed: &Confirmed, as_json: bool) -> anyhow::Result<()> {
    let password = confirmed.first_password.as_ref().map(Secret::reveal);
    if as_json {
        return say::line(&json!({ "user": confirmed.user, "first_password": password }).to_string());
    }
    let user = &confirmed.user;
    let state = if user.is_active { roles(user) } else { "signs in no more".to_owned() };
    say::line(&format!("{} {}: {state}", user.id, user.name))?;
    if let Some(password) = password {
        say::line(&format!("first password, shown only now: {password}"))?;
    }
    Ok(())
}

fn list(users: &[Person], proposals: &[Proposal], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "users": users, "waiting": proposals }).to_string());
    }
    let mut table = Table::new(&["user", "name", "roles", ""]);
    for user in users {
        let state = if user.is_active { "" } else { "left" };
        table.row([user.id.to_string(), user.name.clone(), roles(user), state.to_owned()]);
    }
    say::out(&table.to_string())?;
    if proposals.is_empty() {
        return Ok(());
    }
    say::line(&format!("\n{}", Paint::for_stdout().strong("Waiting for a second administrator")))?;
    let mut table = Table::new(&["proposal", "by", "what"]);
    for proposal in proposals {
        table.row([proposal.id.to_string(), proposal.by.clone(), words(&proposal.change)]);
    }
    say::out(&table.to_string())
}

fn roles(user: &Person) -> String {
    joined(&user.roles)
}

fn joined(roles: &[Role]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")
}

fn words(change: &Change) -> String {
    match change {
        Change::Add { name, roles } => format!("add {name} as {}", joined(roles)),
        Change::Grant { user, role } => format!("{user} becomes {role}"),
        Change::Revoke { user, role } => format!("{user} is {role} no more"),
        Change::Reset { user } => format!("new first password for {user}"),
        Change::Leave { user } => format!("{user} leaves"),
    }
}
