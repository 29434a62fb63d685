//! Who may do what: the one table.
//!
//! In come a user's roles, a key's scopes and a [`Permission`], out comes yes or no. A key may do what both its owner's roles and its scopes allow: never more
//! than its owner, and never what takes a person: confirm, review, report, administer. That nobody confirms what they proposed is no matter of
//! roles and stands in the ledger, with each act. Whoever may not is told which role may.

use mihenk_ledger::{
    LedgerError,
    people::{Due, Holder, Role, Scope, User},
    refusals,
};

use crate::error::NodeError;

/// Refuses whoever has to do something else first.
pub(crate) fn in_order(holder: &Holder) -> Result<(), NodeError> {
    match holder.due {
        None => Ok(()),
        Some(Due::Password) => Err(NodeError::PasswordDue),
        Some(Due::SecondFactor) => Err(NodeError::SecondFactorDue),
    }
}

/// What somebody may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Screen names and look at lists.
    Screen,
    /// See customers, alerts, cases, freezes.
    See,
    /// Add and change customers, and have them screened.
    KeepCustomers,
    /// Assign, comment, clear and escalate alerts.
    WorkAlerts,
    /// Build cases.
    WorkCases,
    /// Take complaints of people who were taken for somebody else, propose what was found, write down who was told.
    WorkRedress,
    /// Pause, hold, and propose a freeze, a variation, a release, an exemption.
    ProposeRestraint,
    /// Confirm what another proposed against or for a person.
    ConfirmRestraint,
    /// Decide which listed entities are one.
    DecideWhoIsOne,
    /// Bring lists up to date, and say that who is gone from one may go.
    KeepLists,
    /// Look again at alerts that another cleared.
    ReviewQuality,
    /// Draft and send reports to an authority, receive them, and know of them at all.
    Report,
    /// See all that was done and by whom; verify, export, replay.
    Audit,
    /// Propose and confirm changes to users and roles.
    ManagePeople,
    /// Register who is told of what happens, over HTTP.
    ManageWebhooks,
    /// Set how long what is kept, erase what is due, back up and restore.
    ManageStore,
}

impl Permission {
    /// The roles that have it.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::{Administrator, Analyst, Approver, Auditor, Officer, Viewer};
        match self {
            // What a list says is public; whoever works here may ask.
            Permission::Screen => &Role::ALL,
            Permission::See => &[Viewer, Analyst, Approver, Officer, Auditor],
            Permission::KeepCustomers
            | Permission::WorkAlerts
            | Permission::WorkCases
            | Permission::WorkRedress
            | Permission::ProposeRestraint
            | Permission::DecideWhoIsOne => &[Analyst],
            Permission::KeepLists => &[Analyst, Administrator],
            Permission::ConfirmRestraint | Permission::ReviewQuality => &[Approver],
            Permission::Report => &[Officer],
            Permission::Audit => &[Auditor],
            Permission::ManagePeople | Permission::ManageStore | Permission::ManageWebhooks => &[Administrator],
        }
    }

    /// The scopes of keys that have it; none where it takes a person.
    #[must_use]
    pub fn scopes(self) -> &'static [Scope] {
        use Scope::{Audit, Customers, Read, Work};
        match self {
            Permission::Screen => &Scope::ALL,
            Permission::See => &[Read, Customers, Work],
            Permission::KeepCustomers => &[Customers, Work],
            Permission::WorkAlerts
            | Permission::WorkCases
            | Permission::WorkRedress
            | Permission::ProposeRestraint
            | Permission::DecideWhoIsOne => &[Work],
            Permission::Audit => &[Audit],
            Permission::ConfirmRestraint
            | Permission::ReviewQuality
            | Permission::Report
            | Permission::ManagePeople
            | Permission::ManageStore
            | Permission::ManageWebhooks
            | Permission::KeepLists => &[],
        }
    }

    /// The same for whoever has nothing to do first.
    ///
    /// # Errors
    /// As [`Permission::check_holder`], or what they have to do.
    pub fn check_in_order(self, holder: &Holder) -> Result<(), NodeError> {
        in_order(holder)?;
        self.check_holder(holder)
    }

    /// Refuses whoever has none of the roles, and a key that is for something else.
    ///
    /// # Errors
    /// [`NodeError::NotByKey`], [`NodeError::NotInScope`] or [`NodeError::NotAllowed`].
    pub fn check_holder(self, holder: &Holder) -> Result<(), NodeError> {
        if let Some(scopes) = &holder.scopes {
            if self.scopes().is_empty() {
                return Err(NodeError::NotByKey);
            }
            if !scopes.iter().any(|scope| self.scopes().contains(scope)) {
                let scopes = scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ");
                return Err(NodeError::NotInScope { scopes });
            }
        }
        self.check(&holder.user)
    }

    /// Refuses whoever has none of the roles.
    ///
    /// # Errors
    /// [`NodeError::NotAllowed`], which says which roles may.
    pub fn check(self, user: &User) -> Result<(), NodeError> {
        if user.roles.iter().any(|role| self.roles().contains(role)) {
            return Ok(());
        }
        Err(NodeError::NotAllowed { name: user.name.clone(), roles: self.role_words() })
    }

    /// The same within an act of the ledger, as a rule that speaks against it.
    pub(crate) fn must_have(self, user: &User) -> Result<(), LedgerError> {
        self.check(user).map_err(|_| refusals::role_missing(&user.name, self.role_words()))
    }

    fn role_words(self) -> String {
        self.roles().iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" or ")
    }
}
