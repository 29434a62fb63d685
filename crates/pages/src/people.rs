//! Who works here, what two administrators decide about them: roles, keys of services, who somebody is at an issuer, who needs one-time codes.
//!
//! In comes what acts give, out comes a page. What waits for a second administrator stands first; a secret is shown on the page that answers, and nowhere again.

use askama::Template;
use mihenk_node::{
    ledger::people::{ApiKey, Change, Role, Scope, User},
    people::Shown,
};

use crate::{frame::Frame, keys};

/// Users, their keys, and what waits for a second administrator.
#[derive(Debug, Template)]
#[template(path = "people.html")]
pub struct PeoplePage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Everything that is decided on here.
    pub shown: &'a Shown,
    /// The time, in milliseconds since 1970.
    pub now: i64,
    /// The issuer of OpenID Connect that the server asks, if there is one.
    pub issuer: &'a str,
    /// A first password, or the key of a service, shown once.
    pub first: Option<(&'a str, &'a str)>,
}

impl PeoplePage<'_> {
    /// Who may be chosen: services, or people.
    fn active(&self, are_services: bool) -> impl Iterator<Item = &User> {
        self.shown.users.iter().filter(move |user| user.is_active && user.is_service == are_services)
    }

    fn has_services(&self) -> bool {
        self.active(true).next().is_some()
    }

    /// What a key of a service may be for; that somebody decides is for people.
    fn scopes(&self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(|scope| *scope != Scope::Work)
    }

    fn key_state(&self, key: &ApiKey) -> &'static str {
        keys::state(key, self.now)
    }

    fn overlap(&self, key: &ApiKey) -> Option<i64> {
        keys::overlap(key, self.now)
    }

    fn is_of_service(&self, key: &ApiKey) -> bool {
        self.active(true).any(|user| user.id == key.user)
    }

    fn roles(&self) -> [Role; 6] {
        Role::ALL
    }

    fn name_of(&self, id: &str) -> String {
        self.shown
            .users
            .iter()
            .find(|user| user.id.as_str() == id)
            .map_or_else(|| id.to_owned(), |user| user.name.clone())
    }

    /// A change in words of the page.
    fn told(&self, change: &Change) -> String {
        let role = |role: &Role| self.t.of("role", role.as_str());
        let of =
            |key: &str, name: String, role: String| self.t.with(key, &[("name", name.into()), ("role", role.into())]);
        match change {
            Change::Add { name, roles } => {
                of("change-add", name.clone(), roles.iter().map(role).collect::<Vec<_>>().join(", "))
            }
            Change::Grant { user, role: one } => of("change-grant", self.name_of(user.as_str()), role(one)),
            Change::Revoke { user, role: one } => of("change-revoke", self.name_of(user.as_str()), role(one)),
            Change::Reset { user } => of("change-reset", self.name_of(user.as_str()), String::new()),
            Change::AddService { name, roles } => {
                of("change-add-service", name.clone(), roles.iter().map(role).collect::<Vec<_>>().join(", "))
            }
            Change::ResetSecondFactor { user } => of("change-reset-code", self.name_of(user.as_str()), String::new()),
            Change::RequireSecondFactor { roles } => {
                of("change-require-code", String::new(), roles.iter().map(role).collect::<Vec<_>>().join(", "))
            }
            Change::MakeKey { user, .. } => of("change-make-key", self.name_of(user.as_str()), String::new()),
            Change::RotateKey { key, .. } => of("change-rotate-key", key.to_string(), String::new()),
            Change::Tie { user, issuer, .. } => of("change-tie", self.name_of(user.as_str()), issuer.clone()),
            Change::Untie { user, issuer } => of("change-untie", self.name_of(user.as_str()), issuer.clone()),
            Change::ExchangeKey { key } => of("change-exchange-key", key.clone(), String::new()),
            Change::Leave { user } => of("change-leave", self.name_of(user.as_str()), String::new()),
        }
    }
}
