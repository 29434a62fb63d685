//! The desk: a store that is open, a clock, and who sits at it.
//!
//! [`Desk::open`] opens the store of a node. A [`Seat`] is somebody who has signed in; every act of a person goes through
//! [`Seat::act`], which looks up within the act's own transaction whether they still are signed in and what their roles are.
//! What the software does by itself goes through [`Desk::act_as`]. Reading a person's data is an act too, because it leaves an
//! event ([`mihenk_ledger::access`]).
//!
//! Beside the store is another one with a chain of its own, the compartment ([`mihenk_ledger::reports`]): what is in it may be known to reporting officers
//! alone. It is always there, and nothing in the store depends on what it holds (`act_apart`).

use std::path::Path;

use mihenk_ledger::{
    LedgerError, MIGRATIONS, Who, compartment,
    people::{self, Secret, SignedIn, Token, User},
    reports::COMPARTMENT,
};
use mihenk_store::{Act, Place, Query, Reading, Store};

use crate::{error::NodeError, permission::Permission};

/// Gives the time in milliseconds since 1970 (UTC).
pub type Now = Box<dyn Fn() -> i64 + Send + Sync>;

/// The program's name and version, as backups keep them.
pub(crate) const PROGRAM: &str = concat!("mihenk ", env!("CARGO_PKG_VERSION"));

/// A clock that stands still.
pub(crate) fn fixed(at: i64) -> Now {
    Box::new(move || at)
}

/// The name of the store beside the store.
pub(crate) const APART: &str = "compartment";

/// A store that is open, and a clock.
pub struct Desk {
    store: Store,
    compartment: Store,
    now: Now,
}

/// Somebody who has signed in.
pub struct Seat<'a> {
    desk: &'a Desk,
    token: Token,
}

impl Desk {
    /// Opens the store of a node; its tables are made or brought up to date, with a backup in `backups` before.
    ///
    /// # Errors
    /// When it cannot be opened, or is newer than the program.
    pub fn open(place: &Place, backups: &Path, now: Now) -> Result<Desk, NodeError> {
        let mut store = Store::open_with_backup(place, MIGRATIONS, now(), PROGRAM, backups)?;
        let mut compartment =
            Store::open_with_backup(&place.beside(APART), COMPARTMENT, now(), PROGRAM, &backups.join(APART))?;
        if matches!(place, Place::Postgres(_)) {
            let name = place.fingerprint();
            store.remember_erasures_in(backups.join(format!("{name}.erasures")));
            compartment.remember_erasures_in(backups.join(format!("{name}-{APART}.erasures")));
        }
        let desk = Desk { store, compartment, now };
        desk.tie_compartment()?;
        Ok(desk)
    }

    /// Names the head of the compartment's chain in the store's, once a day and whatever happened ([`mihenk_ledger::compartment`]).
    pub(crate) fn tie_compartment(&self) -> Result<(), NodeError> {
        let who = Who { actor: "clock".to_owned(), at: self.now() };
        if !self.store.read(|reading| compartment::wants_head(reading, who.at))? {
            return Ok(());
        }
        let hash = self.compartment.act(|act| compartment::day(act, &who))?;
        // Another process may have been faster; a second head of a day does no harm.
        Ok(self.store.act(|act| compartment::head(act, &who, hash))?)
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store of what reporting officers alone may know.
    pub(crate) fn compartment(&self) -> &Store {
        &self.compartment
    }

    /// The time, in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// Makes the two administrators of the first start.
    ///
    /// # Errors
    /// When there are users already.
    pub fn first_start(&self, names: [&str; 2]) -> Result<[(User, Secret); 2], NodeError> {
        Ok(self.store.act(|act| people::first_start(act, self.now(), names))?)
    }

    /// Signs somebody in.
    ///
    /// # Errors
    /// When name or password is wrong.
    pub fn sign_in(&self, name: &str, password: &Secret) -> Result<SignedIn, NodeError> {
        Ok(self.store.act(|act| people::sign_in(act, self.now(), name, password))?)
    }

    /// The seat of whoever holds this token; whether it still counts is looked up with each act.
    #[must_use]
    pub fn seat(&self, token: Token) -> Seat<'_> {
        Seat { desk: self, token }
    }

    /// What a part of the software does by itself: `clock`, `screening`.
    ///
    /// # Errors
    /// What the act returns.
    pub fn act_as<T, E: Into<NodeError> + From<mihenk_store::StoreError>>(
        &self,
        part: &str,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, E>,
    ) -> Result<T, NodeError> {
        let who = Who { actor: part.to_owned(), at: self.now() };
        self.store.act(|open| act(open, &who)).map_err(Into::into)
    }

    /// Reads what is no person's data, such as counts for the program itself.
    ///
    /// # Errors
    /// What the reading returns.
    pub fn read<T>(&self, reading: impl FnOnce(&mut Reading<'_>) -> Result<T, LedgerError>) -> Result<T, NodeError> {
        Ok(self.store.read(reading)?)
    }
}

impl<'a> Seat<'a> {
    /// The desk.
    #[must_use]
    pub fn desk(&self) -> &'a Desk {
        self.desk
    }

    /// Who sits here.
    ///
    /// # Errors
    /// When they are not signed in any more.
    pub fn user(&self) -> Result<User, NodeError> {
        let at = self.desk.now();
        let found = self.desk.store.read(|reading| people::signed_in(reading, &self.token, at))?;
        found.map(|(user, _)| user).ok_or(NodeError::NotSignedIn)
    }

    /// Does something that takes a permission, as one transaction.
    ///
    /// # Errors
    /// When they are not signed in, have to choose a password first, may not, or what the act returns.
    pub fn act<T>(
        &self,
        permission: Permission,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
    ) -> Result<T, NodeError> {
        self.desk.store.act(|open| {
            let who = self.permitted(open, permission)?;
            Ok(act(open, &who)?)
        })
    }

    /// The same within the compartment. Whether somebody may is looked up before anything of the compartment is, so that whoever may not learns the same,
    /// in the same time, whatever there is.
    ///
    /// # Errors
    /// As [`Seat::act`].
    pub(crate) fn act_apart<T>(
        &self,
        permission: Permission,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
    ) -> Result<T, NodeError> {
        let who = self.desk.store.read(|reading| self.permitted(reading, permission))?;
        self.desk.compartment.act(|open| Ok(act(open, &who)?))
    }

    /// Who sits here, if they may.
    fn permitted(&self, query: &mut impl Query, permission: Permission) -> Result<Who, NodeError> {
        let at = self.desk.now();
        let (user, must_change) = people::signed_in(query, &self.token, at)?.ok_or(NodeError::NotSignedIn)?;
        if must_change {
            return Err(NodeError::PasswordDue);
        }
        permission.check(&user)?;
        Ok(Who { actor: user.id.to_string(), at })
    }

    /// Chooses a password of one's own. Whoever is signed in with the one before, this seat too, signs in anew.
    ///
    /// # Errors
    /// When the one before is wrong or the new one not good enough.
    pub fn choose_password(&self, before: &Secret, new: &Secret) -> Result<(), NodeError> {
        self.as_self(|act, who| people::choose_password(act, who, before, new))
    }

    /// Signs out.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn sign_out(&self) -> Result<(), NodeError> {
        self.as_self(|act, who| people::sign_out(act, who, &self.token))
    }

    /// What everybody may do about themselves.
    fn as_self<T>(&self, act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>) -> Result<T, NodeError> {
        self.desk.store.act(|open| {
            let at = self.desk.now();
            let (user, _) = people::signed_in(open, &self.token, at)?.ok_or(NodeError::NotSignedIn)?;
            Ok(act(open, &Who { actor: user.id.to_string(), at })?)
        })
    }
}
