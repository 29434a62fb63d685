//! Why an act of a person is not done, before it is put into a form.
//!
//! It is answered as a problem (RFC 9457); pages say its words beside what was typed.

use std::time::Duration;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mihenk_node::{NodeError, ledger::LedgerError};
use mihenk_pages::{refusal::Why, words::Words};

use crate::{
    api::{code::Code, problem::Problem},
    app::NotDone,
};

/// Why an act is not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The server has no store.
    NoOffice,
    /// Nobody says who they are.
    NotSignedIn,
    /// A page of another site sent it, and a browser the cookie with it.
    Foreign,
    /// It came with a cookie and without the token of our forms.
    NoCsrf,
    /// Too often; after which time it may be tried again.
    TooMany(Duration),
    /// The body is not what it should be: what would be right.
    Unread(&'static str),
    /// Nobody signs in at an issuer here.
    NoIssuer,
    /// The issuer of OpenID Connect does not answer as it should: how.
    Issuer(String),
    /// So much is being done already.
    Busy,
    /// What the node says.
    Node(NodeError),
    /// Something of ours is broken; the words are for the log.
    Broken(String),
}

impl From<NotDone> for Refusal {
    fn from(not: NotDone) -> Refusal {
        match not {
            NotDone::Busy => Refusal::Busy,
            NotDone::Broken(why) => Refusal::Broken(why),
        }
    }
}

impl Refusal {
    /// What it is in the table of what can go wrong.
    pub(crate) fn code(&self) -> Code {
        match self {
            Refusal::NoOffice => Code::NoStore,
            Refusal::NotSignedIn => Code::NotSignedIn,
            Refusal::Foreign => Code::ForeignPage,
            Refusal::NoCsrf => Code::NoFormToken,
            Refusal::TooMany(_) => Code::TooMany,
            Refusal::Unread(_) => Code::UnreadBody,
            Refusal::NoIssuer => Code::NoIssuer,
            Refusal::Issuer(_) => Code::IssuerFailed,
            Refusal::Busy => Code::Busy,
            Refusal::Broken(_) => Code::Broken,
            Refusal::Node(error) => of_node(error),
        }
    }

    /// The status that belongs to it (RFC 9110).
    pub(crate) fn status(&self) -> StatusCode {
        self.code().status()
    }

    /// Why, in the language of a page.
    pub(crate) fn said(&self, words: &Words) -> Why {
        match self {
            Refusal::TooMany(wait) => Why::too_many(words, seconds(*wait)),
            Refusal::Node(error) => Why::of(words, self.code().about().name, error),
            other => Why::of_code(words, other.code().about().name, &other.words()),
        }
    }

    /// In words, for whoever asked.
    pub(crate) fn words(&self) -> String {
        match self {
            Refusal::NoOffice => "this server has no store, so nobody works here".to_owned(),
            Refusal::NotSignedIn => "nobody is signed in; send a key or sign in".to_owned(),
            Refusal::Foreign => "this came from a page of another site".to_owned(),
            Refusal::NoCsrf => "the form's token is missing or of another session; load the page again".to_owned(),
            Refusal::TooMany(wait) => format!("too many tries; try again in {} seconds", seconds(*wait)),
            Refusal::NoIssuer => "this server has no issuer at which somebody could sign in".to_owned(),
            Refusal::Issuer(why) => format!("signing in at the issuer failed: {why}"),
            Refusal::Unread(why) => (*why).to_owned(),
            Refusal::Busy => "too much is being done at once; try again in a second".to_owned(),
            Refusal::Node(error) => error.to_string(),
            Refusal::Broken(why) => why.clone(),
        }
    }
}

fn of_node(error: &NodeError) -> Code {
    match error {
        NodeError::NotSignedIn => Code::NotSignedIn,
        NodeError::WrongPassword | NodeError::WrongCode => Code::NotProved,
        NodeError::PasswordDue => Code::PasswordDue,
        NodeError::SecondFactorDue => Code::SecondFactorDue,
        NodeError::NotAllowed { .. } => Code::NotAllowed,
        NodeError::NotByKey | NodeError::NotInScope { .. } => Code::NotByKey,
        NodeError::Busy(_) => Code::Busy,
        NodeError::NoLists(_) | NodeError::NoIndex => Code::NotReady,
        NodeError::Ledger(LedgerError::Unknown { .. }) => Code::NoSuchThing,
        NodeError::Ledger(LedgerError::Changed { .. }) => Code::ChangedMeanwhile,
        NodeError::Ledger(LedgerError::Refused(_))
        | NodeError::Act(_)
        | NodeError::Input { .. }
        | NodeError::Unreadable { .. }
        | NodeError::Refused(_)
        | NodeError::Table(_) => Code::Refused,
        _ => Code::Broken,
    }
}

/// Whole seconds, none of which is zero.
fn seconds(wait: Duration) -> u64 {
    (wait.as_millis().div_ceil(1000) as u64).max(1)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let wait = if let Refusal::TooMany(wait) = self { Some(seconds(wait)) } else { None };
        let mut response = Problem::from(self).into_response();
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use mihenk_pages::words::Language;

    use super::*;

    #[test]
    fn every_code_has_a_sentence_in_each_language() {
        for code in Code::ALL {
            for words in Language::ALL.map(Words::of) {
                let key = format!("code-{}", code.about().name);
                assert!(words.known(&key).is_some(), "{:?}: {key}", words.language());
            }
        }
    }

    #[test]
    fn what_is_broken_is_for_the_log_and_not_for_the_page() {
        let why = Refusal::Broken("no space left on /srv".to_owned()).said(Words::of(Language::Turkish));
        assert!(why.detail.is_none() && !why.sentence.contains("/srv"), "{why:?}");
    }
}
