//! Acts on complaints of people who were taken for somebody else: open, decide by two, answer, correct, and what is due.
//!
//! In come a seat, the data folder and what somebody wants; out comes what is so now. Analysts work and propose, approvers confirm; rules and letters are the ledger's. The house's
//! own `redress.toml` lies in the data folder ([`house`]).

use std::{fs, io, path::Path};

use mihenk_ledger::{
    Reason, access,
    attachments::{AttachmentId, Key},
    customers::CustomerId,
    day::Day,
    freezes::{FreezeId, notice::Letter},
    language::Language,
    people,
    redress::{
        Compared, Found, House, Redress, RedressId,
        decide::{self, Done},
        due::{self, Due},
        house::FILE,
        tell::{self, Telling},
        work::{self, Detail, NewRedress},
    },
};

use crate::{
    alerts::{policy, who_may},
    desk::Seat,
    error::NodeError,
    ledger::alerts::AlertId,
    named::Named,
    permission::Permission,
};

/// What somebody wants to open.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// The customer that was matched.
    pub customer: CustomerId,
    /// Who complains; the customer's name when nobody says.
    pub person: Option<String>,
    /// Of what.
    pub complaint: Reason,
    /// The alerts that it is about.
    pub alerts: Vec<AlertId>,
    /// The freezes that it is about.
    pub freezes: Vec<FreezeId>,
    /// What was compared; what both sides know when it is empty.
    pub compared: Vec<Compared>,
    /// When it was received; today when nobody says.
    pub received: Option<Day>,
    /// By when it is decided; as the house's clock says when nobody does.
    pub due: Option<Day>,
    /// Who works on it; whoever opens it when nobody says.
    pub owner: Option<String>,
}

/// A redress as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// All that is known of it.
    pub detail: Detail,
    /// Who the ids are.
    pub named: Named,
    /// The day on which it is shown.
    pub today: Day,
}

/// The clocks, and what letters say of the house.
///
/// # Errors
/// When the file of the data folder cannot be read or is wrong.
pub fn house(root: &Path) -> Result<House, NodeError> {
    let path = root.join(FILE);
    let own = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(source) => return Err(NodeError::Io { path, source }),
    };
    Ok(House::read(own.as_deref())?)
}

/// Opens a redress.
///
/// # Errors
/// When whoever sits here is no analyst, or a rule of the ledger speaks against it.
pub fn open(seat: &Seat<'_>, root: &Path, new: Complaint) -> Result<RedressId, NodeError> {
    let house = house(root)?;
    seat.act(Permission::WorkRedress, |act, who| {
        let owner = match &new.owner {
            Some(name) => who_may(act, name, Permission::WorkRedress)?,
            None => who.actor.parse()?,
        };
        let new = NewRedress {
            customer: new.customer,
            person: new.person,
            complaint: new.complaint,
            alerts: new.alerts,
            freezes: new.freezes,
            compared: new.compared,
            received: new.received.unwrap_or_else(|| Day::of(who.at)),
            due: new.due,
            owner,
        };
        work::open(act, who, &house, new)
    })
}

/// All redresses, oldest first; those of which nothing is left to do only when they are asked for.
///
/// # Errors
/// When whoever sits here may not see them.
pub fn list(seat: &Seat<'_>, with_done: bool) -> Result<(Vec<Redress>, Named), NodeError> {
    seat.act(Permission::See, |act, who| {
        let all = work::list(act, with_done)?;
        access::many_seen(act, who, all.iter().map(|one| one.id.as_str()), "redress list")?;
        Ok((all, Named::read(act)?))
    })
}

/// A redress with all that is known of it.
///
/// # Errors
/// When there is none, or whoever sits here may not see it.
pub fn show(seat: &Seat<'_>, id: &RedressId) -> Result<Shown, NodeError> {
    seat.act(Permission::See, |act, who| {
        let detail = work::detail(act, id)?;
        access::seen(act, who, id.as_str(), "redress show")?;
        Ok(Shown { detail, named: Named::read(act)?, today: Day::of(who.at) })
    })
}

/// What has to be done, first what is over.
///
/// # Errors
/// When whoever sits here may not see it.
pub fn due(seat: &Seat<'_>) -> Result<(Vec<Due>, Named), NodeError> {
    seat.act(Permission::See, |act, who| {
        let all = due::due(act, Day::of(who.at))?;
        access::many_seen(act, who, all.iter().map(|one| one.id.as_str()), "redress due")?;
        Ok((all, Named::read(act)?))
    })
}

/// Gives a redress to an analyst.
///
/// # Errors
/// When there is no such analyst, or it is theirs already.
pub fn assign(seat: &Seat<'_>, id: &RedressId, to: &str, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkRedress, |act, who| {
        let to = who_may(act, to, Permission::WorkRedress)?;
        work::assign(act, who, id, to, reason)
    })
}

/// Notes something.
///
/// # Errors
/// When there is no such redress.
pub fn note(seat: &Seat<'_>, id: &RedressId, text: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkRedress, |act, who| work::note(act, who, id, text))
}

/// Attaches a document.
///
/// # Errors
/// When there is no such redress, or the document is refused.
pub fn attach(
    seat: &Seat<'_>,
    id: &RedressId,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, NodeError> {
    seat.act(Permission::WorkRedress, |act, who| work::attach(act, who, id, key, name, content))
}

/// Proposes what was found.
///
/// # Errors
/// When whoever sits here is no analyst, or it cannot be.
pub fn propose(
    seat: &Seat<'_>,
    root: &Path,
    id: &RedressId,
    (found, because): (Found, Option<&str>),
    reason: Reason,
    seen: Option<i64>,
) -> Result<(), NodeError> {
    let policy = policy(Some(root))?;
    seat.act(Permission::WorkRedress, |act, who| decide::propose(act, who, &policy, id, (found, because), reason, seen))
}

/// Confirms what another person proposed.
///
/// # Errors
/// When whoever sits here is no approver, or it is their own.
pub fn confirm(seat: &Seat<'_>, root: &Path, id: &RedressId, seen: Option<i64>) -> Result<Done, NodeError> {
    let (policy, house) = (policy(Some(root))?, house(root)?);
    seat.act(Permission::ConfirmRestraint, |act, who| decide::confirm(act, who, (&policy, &house), id, seen))
}

/// Takes one's own proposal back, or, as an approver, declines another's.
///
/// # Errors
/// When nothing is proposed, or whoever sits here may not.
pub fn decline(seat: &Seat<'_>, id: &RedressId, reason: Reason, seen: Option<i64>) -> Result<(), NodeError> {
    seat.act(Permission::See, |act, who| {
        let by = work::redress(act, id)?.decision.map(|decision| decision.by);
        let is_own = by.as_deref() == Some(who.actor.as_str());
        let needed = if is_own { Permission::WorkRedress } else { Permission::ConfirmRestraint };
        let user = people::user(act, &who.actor.parse()?)?;
        needed.must_have(&user)?;
        decide::decline(act, who, id, reason, seen)
    })
}

/// The letter of today: to the person, or to somebody who received the wrong record.
///
/// # Errors
/// When it is not decided, nothing is to be corrected there, or the house does not say how to complain further.
pub fn letter(
    seat: &Seat<'_>,
    root: &Path,
    id: &RedressId,
    to: Option<&str>,
    language: Language,
) -> Result<Letter, NodeError> {
    let house = house(root)?;
    seat.act(Permission::See, |act, who| {
        let today = Day::of(who.at);
        let letter = match to {
            None => tell::answer(act, &house, id, (language, today))?,
            Some(to) => tell::correction(act, &house, id, to, (language, today))?,
        };
        access::seen(act, who, id.as_str(), "redress letter")?;
        Ok(letter)
    })
}

/// Writes down that the person has the answer, and keeps it.
///
/// # Errors
/// When it is not decided, or they have it already.
pub fn answered(
    seat: &Seat<'_>,
    root: &Path,
    id: &RedressId,
    key: &Key,
    telling: &Telling,
) -> Result<AttachmentId, NodeError> {
    let house = house(root)?;
    seat.act(Permission::WorkRedress, |act, who| tell::answered(act, who, (&house, key), id, telling))
}

/// Writes down somebody else who received the wrong record.
///
/// # Errors
/// When they are written down already.
pub fn add_recipient(
    seat: &Seat<'_>,
    id: &RedressId,
    (name, received): (&str, &str),
    reason: Reason,
) -> Result<(), NodeError> {
    seat.act(Permission::WorkRedress, |act, who| tell::add_recipient(act, who, id, (name, received), reason))
}

/// Writes down that a recipient was told, and keeps the letter.
///
/// # Errors
/// When they received nothing, or were told already.
pub fn corrected(
    seat: &Seat<'_>,
    root: &Path,
    id: &RedressId,
    key: &Key,
    to: &str,
    telling: &Telling,
) -> Result<AttachmentId, NodeError> {
    let house = house(root)?;
    seat.act(Permission::WorkRedress, |act, who| tell::corrected(act, who, (&house, key), id, to, telling))
}
