//! Who may do what: the one table.
//!
//! In come a user's roles and a [`Permission`], out comes yes or no. That nobody confirms what they proposed is no matter of
//! roles and stands in the ledger, with each act. Whoever may not is told which role may.

use mihenk_ledger::people::{Role, User};

use crate::error::NodeError;

/// What somebody may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
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
    /// Look again at alerts that another cleared.
    ReviewQuality,
    /// Draft and send reports to an authority, receive them, and know of them at all.
    Report,
    /// See all that was done and by whom; verify, export, replay.
    Audit,
    /// Propose and confirm changes to users and roles.
    ManagePeople,
    /// Set how long what is kept, erase what is due, back up and restore.
    ManageStore,
}

impl Permission {
    /// The roles that have it.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::{Administrator, Analyst, Approver, Auditor, Officer, Viewer};
        match self {
            Permission::See => &[Viewer, Analyst, Approver, Officer, Auditor],
            Permission::KeepCustomers
            | Permission::WorkAlerts
            | Permission::WorkCases
            | Permission::WorkRedress
            | Permission::ProposeRestraint
            | Permission::DecideWhoIsOne => &[Analyst],
            Permission::ConfirmRestraint | Permission::ReviewQuality => &[Approver],
            Permission::Report => &[Officer],
            Permission::Audit => &[Auditor],
            Permission::ManagePeople | Permission::ManageStore => &[Administrator],
        }
    }

    /// Refuses whoever has none of the roles.
    ///
    /// # Errors
    /// [`NodeError::NotAllowed`], which says which roles may.
    pub fn check(self, user: &User) -> Result<(), NodeError> {
        if user.roles.iter().any(|role| self.roles().contains(role)) {
            return Ok(());
        }
        let roles = self.roles().iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" or ");
        Err(NodeError::NotAllowed { name: user.name.clone(), roles })
    }
}
