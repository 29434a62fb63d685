//! Schemas of answers that more than one noun gives.
//!
//! They name what clients rest on; an answer may have more fields than these. Amounts of evidence: `bits` of two decimals, or `…_hundredths`; scores from 0 to 1, or
//! `…_ten_thousandths`; probabilities from 0 to 1, or `…_millionths`.

use super::schema::{
    Schema, count, day, flag, id, list, map, millis, number, object, one_of, shape, share, text, whole,
};

/// Ids, under the name of what was done to them.
pub(crate) fn ids(letter: &str) -> Schema {
    list(id(letter))
}

/// Users' names by their ids.
pub(crate) fn names() -> Schema {
    map(text()).says("The names of users by the ids that stand in the answer.")
}

/// A line of a history.
pub(crate) fn line() -> Schema {
    shape! {
        "seq": whole(), "at": millis(), "actor": text(), @may "key": text().says("By which key of the API, if by one."), "subject": text(), "words": text(),
    }
}

/// A document that was attached.
pub(crate) fn attachment() -> Schema {
    shape! {
        "id": id("D"), "subject": text(), "name": text(), "length": whole(), "sha256": text(), "by": text(), "at": millis(),
    }
}

/// That a document was attached.
pub(crate) fn attached() -> Schema {
    shape! { "attached": id("D"), "to": text() }
}

/// A line of the evidence.
pub(crate) fn evidence() -> Schema {
    let line = shape! {
        "feature": text(), "bits": number().says("What it is worth; the lines add up to the bits of the hit."), "text": text(),
        @may "asked": text(), @may "listed": text(),
    };
    list(line)
}

/// A listed entity that a record may be.
pub(crate) fn hit() -> Schema {
    shape! {
        "id": text(), "caption": text(), "schema": text(), "score": share(), "match": flag(), "probability": share(), "bits": number(),
        "explanation": evidence(), @may "referents": list(text()), @may "listings": list(object()), @may "removal_waits": list(text()),
    }
}

/// The lists that an answer rests on.
pub(crate) fn against() -> Schema {
    list(shape! { "dataset": text(), "version": text(), "published": text().or_null() })
}

/// Kinds of alerts.
pub(crate) fn alert_kind() -> Schema {
    one_of(&["sanctions", "pep", "wanted", "adverse-press", "own-list"])
}

/// An alert.
pub(crate) fn alert() -> Schema {
    shape! {
        "id": id("A"), "customer": id("K"), "entity": text(), "kind": alert_kind(),
        "state": one_of(&["new", "assigned", "reopened", "proposed", "cleared", "escalated"]),
        "holder": text().or_null(), "caption": text(), "lists": list(text()), "score_ten_thousandths": count(0, 10_000),
        "probability_millionths": count(0, 1_000_000), "bits_hundredths": whole(), "raised_at": millis(), "opened_at": millis(),
        "gone_since": whole().or_null(), "clearing": whole().or_null(), "rule": text().or_null(), "case": text().or_null(),
        @may "priority": whole().says("Higher is more urgent."),
    }
    .open()
}

/// A clearing of an alert.
pub(crate) fn clearing() -> Schema {
    shape! {
        "seq": whole(), "alert": id("A"), "kind": alert_kind(), "reason": text(), "outcome": text(), "note": text(), "by": text(),
        "at": millis(), "rule_until": whole().or_null(), "review": text(), "reviewed_by": text().or_null(),
        "reviewed_at": whole().or_null(),
    }
}

/// A rule *not the same person*.
pub(crate) fn rule() -> Schema {
    shape! { "id": text(), "alert": id("A"), "customer": id("K"), "entity": text(), "made_by": text(), "made_at": millis(), "until": millis() }.open()
}

/// A customer.
pub(crate) fn customer() -> Schema {
    let party = shape! {
        @may "reference": text(), @may "role": text(), "schema": text(), "properties": map(list(text())),
    };
    shape! {
        "id": id("K"), "portfolio": text(), "reference": text(),
        "contents": shape! { "exposure": whole(), "parties": list(party) },
        "changed": whole(), "screened": whole(), "has_left": flag(),
    }
    .open()
}

/// A case.
pub(crate) fn case() -> Schema {
    shape! {
        "id": id("C"), "title": text(), "legal_basis": text(), "purpose": text(), "owner": text(), "offered_to": text().or_null(),
        "opened_by": text(), "opened_at": millis(), "closed_at": whole().or_null(), "closed_why": text().or_null(),
    }
}

/// A task of a case.
pub(crate) fn task() -> Schema {
    shape! {
        "id": text(), "case": id("C"), "what": text(), "due": day(), "owner": text(), "done_at": whole().or_null(),
        "done_by": text().or_null(),
    }
}

/// A freeze.
pub(crate) fn freeze() -> Schema {
    shape! {
        "id": id("F"), "state": one_of(&["proposed", "held", "in-force", "released", "declined"]), "terms": object(),
        "proposed_by": text(), "proposed_at": millis(), "confirmed_by": text().or_null(), "confirmed_at": whole().or_null(),
        "ran_out": flag(), "notices": list(object()), "revision": whole(),
    }
    .open()
}

/// An exemption from a freeze.
pub(crate) fn exemption() -> Schema {
    shape! {
        "id": id("L"), "state": text(), "terms": object(), "proposed_by": text(), "proposed_at": millis(), "revision": whole(),
    }
    .open()
}

/// A pause.
pub(crate) fn pause() -> Schema {
    shape! {
        "id": id("P"), "state": one_of(&["paused", "ran-out", "decided", "resumed"]), "what": text(), "by": text(), "at": millis(),
        "until": millis(), "revision": whole(),
    }
    .open()
}

/// A user.
pub(crate) fn user() -> Schema {
    let role = one_of(&["viewer", "analyst", "approver", "officer", "auditor", "administrator"]);
    shape! { "id": id("U"), "name": text(), "is_active": flag(), "is_service": flag(), "roles": list(role) }
}

/// What is known of a list that is loaded.
pub(crate) fn list_about() -> Schema {
    shape! { "dataset": text(), "title": text(), "version": text(), "published": text().or_null(), "loaded": text() }
        .open()
}
