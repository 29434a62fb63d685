//! Users and their roles, keys, ties to an issuer, who needs one-time codes: proposed by one administrator, confirmed by another.
//!
//! In come forms, out come pages. Whether somebody may is looked up before anything that they wrote is. A first password, or the key of a service, is on the page that answers and nowhere
//! again.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError,
    ledger::{
        LedgerError, Reason,
        people::{Change, Role, Scope, Secret, keys::Wanted},
    },
    people::{self, Shown},
    permission::Permission,
};
use mihenk_pages::{frame::Frame, people::PeoplePage};

use super::{
    Shared,
    form::{Form, form_of},
    settings::exchanging,
    visitor::{Visitor, page as shown},
};
use crate::{api::sealing::exchange_begun, office::At};

/// Everything, and the time.
type Now = (Shown, i64);

fn read(at: &At<'_>) -> Result<Now, NodeError> {
    Ok((people::everything(&at.seat)?, at.seat.desk().now()))
}

fn issuer(state: &crate::app::State) -> String {
    state.settings.oidc.as_ref().map(|oidc| oidc.issuer.clone()).unwrap_or_default()
}

pub(super) async fn page(State(state): Shared, visitor: Visitor) -> Response {
    let issuer = issuer(&state);
    let write =
        |t: &Frame, (all, now): &Now| shown(&PeoplePage { t, shown: all, now: *now, issuer: &issuer, first: None });
    visitor.show(&state, read, write).await
}

/// Does something about people, and comes back; whoever may not is told so first.
async fn act(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    form: &Form,
    act: impl FnOnce(&At<'_>, Reason) -> Result<(), NodeError> + Send + 'static,
) -> Response {
    let why = form.reason("why", "");
    let act = move |at: &At<'_>| {
        at.seat.may(Permission::ManagePeople)?;
        act(at, why?)
    };
    visitor.act_at(state, "/people", form, act).await
}

/// Proposes the change that a form writes, and comes back.
async fn propose(
    state: Shared,
    visitor: Visitor,
    body: Body,
    change: fn(&Form) -> Result<Change, NodeError>,
) -> Response {
    let form = form_of!(body, visitor);
    let change = change(&form);
    let act_on = move |at: &At<'_>, why| people::propose(&at.seat, change?, why).map(drop);
    act(&state.0, visitor, &form, act_on).await
}

fn roles(form: &Form) -> Result<Vec<Role>, LedgerError> {
    form.all("role").map(str::parse).collect()
}

/// A field of whole days.
pub(super) fn days(form: &Form) -> Result<u16, NodeError> {
    let wrong = |_| NodeError::Act("days: right would be a whole number such as 90".to_owned());
    form.text("days").parse().map_err(wrong)
}

pub(super) async fn add(state: Shared, visitor: Visitor, body: Body) -> Response {
    let change = |form: &Form| {
        let (name, roles) = (form.text("name").to_owned(), roles(form)?);
        let is_service = form.text("kind") == "service";
        Ok(if is_service { Change::AddService { name, roles } } else { Change::Add { name, roles } })
    };
    propose(state, visitor, body, change).await
}

pub(super) async fn change(state: Shared, visitor: Visitor, body: Body) -> Response {
    let change = |form: &Form| {
        let user = form.text("user").parse()?;
        let role = || form.text("role").parse();
        match form.text("what") {
            "grant" => Ok(Change::Grant { user, role: role()? }),
            "revoke" => Ok(Change::Revoke { user, role: role()? }),
            "reset" => Ok(Change::Reset { user }),
            "reset-code" => Ok(Change::ResetSecondFactor { user }),
            "leave" => Ok(Change::Leave { user }),
            other => Err(NodeError::Act(format!(
                "{other:?} is no change; right would be grant, revoke, reset, reset-code or leave"
            ))),
        }
    };
    propose(state, visitor, body, change).await
}

/// A key for a service.
pub(super) async fn make_key(state: Shared, visitor: Visitor, body: Body) -> Response {
    let change = |form: &Form| {
        let scopes = form.all("scope").map(str::parse).collect::<Result<Vec<Scope>, _>>()?;
        let wanted = Wanted { label: form.text("label").to_owned(), scopes, days: days(form)? };
        Ok(Change::MakeKey { user: form.text("user").parse()?, wanted })
    };
    propose(state, visitor, body, change).await
}

/// A new secret for the key of a service.
pub(super) async fn rotate_key(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let overlap = days(&form);
    let propose = move |at: &At<'_>, why| {
        let change = Change::RotateKey { key: id.parse()?, overlap_days: overlap? };
        people::propose(&at.seat, change, why).map(drop)
    };
    act(&state, visitor, &form, propose).await
}

/// Revokes a key, at once.
pub(super) async fn revoke_key(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let revoke = move |at: &At<'_>, why| {
        people::revoke_key(&at.seat, &id.parse()?, why)?;
        at.state.door.gate.forget();
        Ok(())
    };
    act(&state, visitor, &form, revoke).await
}

/// That somebody signs in at an issuer.
pub(super) async fn tie(state: Shared, visitor: Visitor, body: Body) -> Response {
    let change = |form: &Form| {
        let [issuer, subject] = ["issuer", "subject"].map(|name| form.text(name).to_owned());
        Ok(Change::Tie { user: form.text("user").parse()?, issuer, subject })
    };
    propose(state, visitor, body, change).await
}

/// That they do so no more.
pub(super) async fn untie(state: Shared, visitor: Visitor, body: Body) -> Response {
    let change =
        |form: &Form| Ok(Change::Untie { user: form.text("user").parse()?, issuer: form.text("issuer").to_owned() });
    propose(state, visitor, body, change).await
}

/// Which roles need one-time codes, and no others.
pub(super) async fn require_codes(state: Shared, visitor: Visitor, body: Body) -> Response {
    propose(state, visitor, body, |form| Ok(Change::RequireSecondFactor { roles: roles(form)? })).await
}

/// Confirms a change; a secret that it makes is shown on the page that answers. The key of documents is exchanged at once.
pub(super) async fn confirm(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let issuer = issuer(&state);
    let act = move |at: &At<'_>| {
        let confirmed = people::confirm(&at.seat, &id.parse()?)?;
        // A key may count no more, and somebody may have a role less.
        at.state.door.gate.forget();
        let job = confirmed.exchanges_key.then(|| exchange_begun(at)).transpose()?;
        Ok((confirmed, read(at)?, job))
    };
    let (t, (confirmed, (all, now), job)) = match visitor.ask(&state, act).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    if let Some(job) = job {
        return exchanging(&state, job).await;
    }
    let password = confirmed.first_password.as_ref().map(Secret::reveal);
    let secret = password.or_else(|| confirmed.key.as_ref().map(|key| key.secret.reveal()));
    let first = secret.map(|secret| (confirmed.user.name.as_str(), secret));
    shown(&PeoplePage { t: &t, shown: &all, now, issuer: &issuer, first })
}

pub(super) async fn decline(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    act(&state, visitor, &form, move |at: &At<'_>, why| people::decline(&at.seat, &id.parse()?, why)).await
}
