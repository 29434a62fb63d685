//! Sessions: signing in and out, passwords, one-time codes, an issuer of OpenID Connect.
//!
//! What answers is in `crate::who`; here stands what it takes and gives.

use axum::routing::{delete, get, post};

use super::{
    code::Code,
    operation::{
        Before::{Anybody, SignedIn, Token},
        Operation,
    },
    schema::{Schema, flag, list, one_of, shape, text, whole, words},
    told,
};
use crate::who::{codes, oidc, session};

pub(super) fn operations() -> Vec<Operation> {
    [ours(), ending(), second_factor(), issuer()].into_iter().flatten().collect()
}

fn ours() -> Vec<Operation> {
    let shown = shape! {
        "user": told::user(), "due": one_of(&["password", "second-factor"]).or_null().says("What has to be done first."),
        "scopes": list(one_of(&["screen", "read", "customers", "work", "audit"])).or_null().says("What a key is for."), "csrf": csrf(),
    };
    vec![
        Operation::get(
            "/session",
            "showSession",
            "Who is signed in, what they have to do first, and the token of forms",
        )
        .gives(shown)
        .at_door(SignedIn, || get(session::show)),
        Operation::post("/session", "beginSession", "Sign in with name and password; a cookie comes with the answer")
            .form(shape! { "name": words(), "password": words(), @may "next": next() })
            .gives(begun())
            .may(Code::NotProved)
            .may(Code::ForeignPage)
            .at_door(Anybody, || post(session::begin)),
        Operation::post("/session/code", "enterCode", "End signing in with a one-time code, or a recovery code")
            .form(shape! { "code": code(), @may "next": next() })
            .gives(begun())
            .may(Code::NotProved)
            .at_door(Token, || post(codes::enter_code)),
        Operation::post("/session/password", "choosePassword", "Choose another password; other sessions end")
            .form(shape! { "before": words().says("The password until now."), "new": words(), @may "next": next() })
            .gives_nothing()
            .at_door(SignedIn, || post(session::choose_password)),
    ]
}

/// Whoever is not signed in any more is signed out as well.
fn ending() -> Vec<Operation> {
    vec![
        Operation { method: "DELETE", ..Operation::post("/session", "deleteSession", "Sign out") }
            .gives_nothing()
            .at_door(Token, || delete(session::end)),
        Operation::post("/session/end", "endSession", "Sign out, where only posts can be sent")
            .gives_nothing()
            .at_door(Token, || post(session::end)),
        Operation::post("/session/end-all", "endAllSessions", "End all of one's sessions")
            .gives_nothing()
            .at_door(Token, || post(session::end_all)),
    ]
}

fn second_factor() -> Vec<Operation> {
    let recovery = || shape! { "recovery_codes": list(text()).says("Shown once.") };
    vec![
        Operation::get("/session/second-factor", "showSecondFactor", "How it stands with one's device for one-time codes")
            .gives(shape! { "is_enrolled": flag(), "is_required": flag(), "recovery_codes": whole().says("How many are left.") })
            .at_door(SignedIn, || get(codes::show)),
        Operation::post("/session/second-factor", "enrolSecondFactor", "A secret for a new device; it counts when a code of it was given")
            .gives(shape! { "secret": text(), "uri": text(), "svg": text().says("The address as a QR code.") })
            .at_door(SignedIn, || post(codes::enrol)),
        Operation::post("/session/second-factor/confirm", "confirmSecondFactor", "Prove that the device shows the right code")
            .body(shape! { "code": code() })
            .gives(recovery())
            .at_door(SignedIn, || post(codes::confirm)),
        Operation::post("/session/second-factor/recovery-codes", "renewRecoveryCodes", "New recovery codes; those before count no more")
            .body(shape! { "code": code() })
            .gives(recovery())
            .at_door(SignedIn, || post(codes::renew)),
    ]
}

fn issuer() -> Vec<Operation> {
    let answered = |operation: Operation| operation.may(Code::NoIssuer).may(Code::IssuerFailed);
    vec![
        answered(Operation::get("/session/oidc", "beginAtIssuer", "Sends a browser to the issuer of OpenID Connect"))
            .ask("next", next())
            .leads_on()
            .at_door(Anybody, || get(oidc::begin)),
        answered(Operation::get(
            "/session/oidc/callback",
            "finishAtIssuer",
            "Where the issuer sends the browser back (OpenID Connect Core 1.0, section 3.1.2.5)",
        ))
        .ask("state", words())
        .ask("code", text().at_most(4_096))
        .ask("iss", words())
        .ask("error", words())
        .and_others()
        .writes("text/html; charset=utf-8")
        .may(Code::UnreadBody)
        .may(Code::NotProved)
        .may(Code::Refused)
        .at_door(Anybody, || get(oidc::finish)),
    ]
}

/// What whoever has signed in, or is about to, has to know.
fn begun() -> Schema {
    shape! {
        "user": told::user(), "until": whole().says("When the session ends, in milliseconds since 1970 (UTC)."),
        "must_change": flag().says("Whether a password has to be chosen first."), "wants_code": flag().says("Whether a one-time code is still to come."), "csrf": csrf(),
    }
}

fn csrf() -> Schema {
    text().says("Sent back as x-csrf-token with whatever changes something and comes with a cookie.")
}

fn next() -> Schema {
    words().says("The page of ours to lead on to.")
}

fn code() -> Schema {
    text().at_most(100)
}
