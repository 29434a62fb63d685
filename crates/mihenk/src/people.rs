//! `mihenk login`, `logout` and `user`: who works here, and what they are here for.
//!
//! In come a name, a role, a reason; out comes who that is now, or what waits for a second administrator. A first password is
//! shown once, to whoever confirmed it, and kept nowhere.

mod codes;
mod keys;

use mihenk_node::{
    desk::Seat,
    ledger::{
        Reason,
        people::{Change, Confirmed, Manner, Proposal, Role, Secret, User as Person},
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
    let desk = desk::open_as_it_is(place)?;
    let mut signed_in = desk.sign_in(&login.name, &password)?;
    if signed_in.wants_code {
        let code = desk::secret("one-time code", login.password_stdin)?;
        let key = documents::key(place, &desk)?;
        signed_in = desk.enter_code(&signed_in.token, &key, code.reveal(), Manner::COMMAND_LINE)?;
    }
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
        User::AddService { name, roles, why } => propose(&seat, Change::AddService { name, roles }, &why)?,
        User::Key(key) => keys::run(&seat, key)?,
        User::Code(code) => codes::run(place, &seat, code)?,
        User::Tie(tie) => {
            let user = people::find(&seat, &tie.name)?.id;
            propose(&seat, Change::Tie { user, issuer: tie.issuer, subject: tie.subject }, &tie.why)?;
        }
        User::Untie(untie) => {
            let user = people::find(&seat, &untie.name)?.id;
            propose(&seat, Change::Untie { user, issuer: untie.issuer }, &untie.why)?;
        }
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
        User::Confirm { id, json } => {
            let confirmed = people::confirm(&seat, &id.parse()?)?;
            match confirmed.exchanges_key {
                true => documents::exchange(place, &seat, json)?,
                false => told_confirmed(&confirmed, json)?,
            }
        }
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
        let key = confirmed.key.as_ref().map(keys::json);
        return say::line(&json!({ "user": confirmed.user, "first_password": password, "key": key }).to_string());
    }
    let user = &confirmed.user;
    let state = if user.is_active { roles(user) } else { "signs in no more".to_owned() };
    say::line(&format!("{} {}: {state}", user.id, user.name))?;
    if let Some(password) = password {
        say::line(&format!("first password, shown only now: {password}"))?;
    }
    confirmed.key.as_ref().map_or(Ok(()), |key| keys::told(key, false))
}

fn list(users: &[Person], proposals: &[Proposal], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "users": users, "waiting": proposals }).to_string());
    }
    let mut table = Table::new(&["user", "name", "roles", ""]);
    for user in users {
        let state = match (user.is_active, user.is_service) {
            (false, _) => "left",
            (true, true) => "service",
            (true, false) => "",
        };
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
        Change::AddService { name, roles } => format!("add the service {name} as {}", joined(roles)),
        Change::Reset { user } => format!("new first password for {user}"),
        Change::ResetSecondFactor { user } => format!("{user} needs no one-time code until they add a device"),
        Change::RequireSecondFactor { roles } if roles.is_empty() => "nobody needs one-time codes".to_owned(),
        Change::RequireSecondFactor { roles } => format!("one-time codes for {}", joined(roles)),
        Change::MakeKey { user, wanted } => {
            format!("key '{}' for {user}: {}, {} days", wanted.label, keys::scopes(&wanted.scopes), wanted.days)
        }
        Change::RotateKey { key, overlap_days } => {
            format!("new secret for {key}; the one before goes on for {overlap_days} days")
        }
        Change::Tie { user, issuer, subject } => format!("{user} signs in as {subject} at {issuer}"),
        Change::Untie { user, issuer } => format!("{user} signs in at {issuer} no more"),
        Change::ExchangeKey { key } => format!("another key in place of {key}, which documents are sealed with"),
        Change::Leave { user } => format!("{user} leaves"),
    }
}
