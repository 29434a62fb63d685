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
    LedgerError, MIGRATIONS, Who,
    attachments::Key,
    compartment,
    people::{
        self, ChosenPassword, Holder, Manner, NewPassword, Secret, SignedIn, Token, User,
        second_factor::{self, Enrolment, RecoveryCodes, SecondFactor},
    },
    reports::COMPARTMENT,
};
use mihenk_store::{Act, Place, Query, Reading, Store};

use crate::{
    error::NodeError,
    permission::{Permission, in_order},
};

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
        let who = Who::new("clock", self.now());
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

    /// Signs somebody in at the command line.
    ///
    /// # Errors
    /// When name or password is wrong.
    pub fn sign_in(&self, name: &str, password: &Secret) -> Result<SignedIn, NodeError> {
        self.sign_in_as(name, password, Manner::COMMAND_LINE)
    }

    /// Signs somebody in, for as long as `manner` says. It computes for a tenth of a second and holds up nobody's act meanwhile.
    ///
    /// # Errors
    /// [`NodeError::WrongPassword`] when name or password is wrong.
    pub fn sign_in_as(&self, name: &str, password: &Secret, manner: Manner) -> Result<SignedIn, NodeError> {
        let candidate = self.store.read(|reading| people::candidate(reading, name))?;
        let proven = candidate.proves(password).ok_or(NodeError::WrongPassword)?;
        Ok(self.store.act(|act| people::sign_in(act, self.now(), &proven, manner))?)
    }

    /// Ends signing in with a one-time code or a recovery code; `pending` is the token that the password gave.
    ///
    /// # Errors
    /// [`NodeError::WrongCode`] when it is wrong; when it came too late.
    pub fn enter_code(&self, pending: &Token, key: &Key, code: &str, manner: Manner) -> Result<SignedIn, NodeError> {
        let at = self.now();
        let entered = self.store.act(|act| second_factor::enter(act, at, pending, key, code, manner))?;
        entered.ok_or(NodeError::WrongCode)
    }

    /// Signs in whom an issuer of OpenID Connect vouches for.
    ///
    /// # Errors
    /// When two administrators have tied nobody to the subject.
    pub fn sign_in_at_issuer(&self, issuer: &str, subject: &str, manner: Manner) -> Result<SignedIn, NodeError> {
        Ok(self.store.act(|act| people::sign_in_at_issuer(act, self.now(), issuer, subject, manner))?)
    }

    /// How many administrators of the first start are still to be made.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn missing_administrators(&self) -> Result<usize, NodeError> {
        self.read(|reading| people::missing_administrators(reading))
    }

    /// Makes one administrator of the first start, with the password of their choice. That whoever asks may is seen to by the caller, who gave them a link.
    ///
    /// # Errors
    /// When there are two already, the name is none or taken, or the password short.
    pub fn first_by_link(&self, name: &str, password: &Secret) -> Result<User, NodeError> {
        let chosen = ChosenPassword::new(password)?;
        Ok(self.store.act(|act| people::first_by_link(act, self.now(), name, &chosen))?)
    }

    /// Whose token it is, if it counts; that it is used is written down, at most once a minute.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn holder(&self, token: &Token) -> Result<Option<Holder>, NodeError> {
        let at = self.now();
        let holder = self.read(|reading| people::holder(reading, token, at))?;
        if let Some(holder) = holder.as_ref().filter(|holder| holder.is_to_be_seen()) {
            self.store.act(|act| people::is_seen(act, token, holder, at))?;
        }
        Ok(holder)
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
        let who = Who::new(part, self.now());
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
        Ok(self.desk.store.read(|reading| self.holder(reading, at))?.user)
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
            let (who, holder) = self.permitted(open, permission)?;
            people::is_seen(open, &self.token, &holder, who.at)?;
            Ok(act(open, &who)?)
        })
    }

    /// Refuses whoever sits here if they may not, before anything else is looked at: for what is not asked of the store, or by acts that ask for less.
    ///
    /// # Errors
    /// As [`Seat::act`].
    pub fn may(&self, permission: Permission) -> Result<(), NodeError> {
        self.act(permission, |_, _| Ok(()))
    }

    /// An act within the compartment. Whether somebody may is looked up before anything of the compartment is, so that whoever may not learns the same,
    /// in the same time, whatever there is.
    ///
    /// # Errors
    /// As [`Seat::act`].
    pub(crate) fn act_apart<T>(
        &self,
        permission: Permission,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
    ) -> Result<T, NodeError> {
        let (who, _) = self.desk.store.read(|reading| self.permitted(reading, permission))?;
        self.desk.compartment.act(|open| Ok(act(open, &who)?))
    }

    /// Who sits here, if they may.
    fn permitted(&self, query: &mut impl Query, permission: Permission) -> Result<(Who, Holder), NodeError> {
        let at = self.desk.now();
        let holder = self.holder(query, at)?;
        permission.check_in_order(&holder)?;
        Ok((Who { key: holder.key.clone(), ..Who::new(holder.user.id.to_string(), at) }, holder))
    }

    fn holder(&self, query: &mut impl Query, at: i64) -> Result<Holder, NodeError> {
        people::holder(query, &self.token, at)?.ok_or(NodeError::NotSignedIn)
    }

    /// Chooses a password of one's own. This seat goes on; whoever else is signed in with the one before signs in anew.
    ///
    /// # Errors
    /// When the one before is wrong or the new one not good enough.
    pub fn choose_password(&self, before: &Secret, new: &Secret) -> Result<(), NodeError> {
        // A key learns nothing of its owner's password.
        let name = self.as_self(|act, who| people::user(act, &who.actor.parse()?))?.name;
        let candidate = self.desk.store.read(|reading| people::candidate(reading, &name))?;
        let new = NewPassword::new(candidate, before, new)?;
        self.as_self(|act, who| people::choose_password(act, who, &self.token, &new))
    }

    /// Signs out.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn sign_out(&self) -> Result<(), NodeError> {
        self.as_self(|act, who| people::sign_out(act, who, &self.token))
    }

    /// Ends all sessions of whoever sits here.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn sign_out_everywhere(&self) -> Result<(), NodeError> {
        self.as_self(people::sign_out_everywhere)
    }

    /// Makes a secret for a device that shows one-time codes.
    ///
    /// # Errors
    /// When whoever sits here has one already.
    pub fn enrol_second_factor(&self, key: &Key) -> Result<Enrolment, NodeError> {
        self.as_self(|act, who| second_factor::enrol(act, who, key))
    }

    /// Proves that the device shows the right code; from then on it is asked for.
    ///
    /// # Errors
    /// When the code is wrong.
    pub fn confirm_second_factor(&self, key: &Key, code: &str) -> Result<RecoveryCodes, NodeError> {
        self.as_self(|act, who| second_factor::confirm(act, who, key, code))
    }

    /// Makes new recovery codes.
    ///
    /// # Errors
    /// When the code is wrong.
    pub fn renew_recovery_codes(&self, key: &Key, code: &str) -> Result<RecoveryCodes, NodeError> {
        self.as_self(|act, who| second_factor::renew_recovery_codes(act, who, key, code))
    }

    /// How it stands with one's own second factor.
    ///
    /// # Errors
    /// When they are not signed in any more.
    pub fn second_factor(&self) -> Result<SecondFactor, NodeError> {
        self.as_self(|act, who| second_factor::of(act, &who.actor.parse()?))
    }

    /// Whose seat it is, and what they have to do first.
    ///
    /// # Errors
    /// When they are not signed in any more.
    pub fn holder_now(&self) -> Result<Holder, NodeError> {
        let at = self.desk.now();
        self.desk.store.read(|reading| self.holder(reading, at))
    }

    /// What everybody may do about themselves once they have chosen a password and, where one is needed, have a second factor.
    pub(crate) fn as_self_in_order<T>(
        &self,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
    ) -> Result<T, NodeError> {
        self.about_self(act, in_order)
    }

    /// What everybody may do about themselves.
    fn as_self<T>(&self, act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>) -> Result<T, NodeError> {
        self.about_self(act, |_| Ok(()))
    }

    /// A key is for what its scopes say: with it nobody changes a password, makes other keys or ends sessions.
    fn about_self<T>(
        &self,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
        check: impl FnOnce(&Holder) -> Result<(), NodeError>,
    ) -> Result<T, NodeError> {
        self.desk.store.act(|open| {
            let at = self.desk.now();
            let holder = self.holder(open, at)?;
            if holder.key.is_some() {
                return Err(NodeError::NotByKey);
            }
            check(&holder)?;
            people::is_seen(open, &self.token, &holder, at)?;
            Ok(act(open, &Who::new(holder.user.id.to_string(), at))?)
        })
    }
}
