//! Who looks at a page, and how they want it.
//!
//! In come the headers of a request, out comes a [`Visitor`]: who they say they are, their language and colours, the address they asked for. [`Visitor::show`] reads through their seat
//! and writes a page; [`Visitor::act`] does what a form asks for.

use std::{convert::Infallible, fmt::Display, str::FromStr, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::Response,
};
use mihenk_node::{
    NodeError,
    alerts::desk::can_undo,
    ledger::{LedgerError, people::User},
    permission::Permission,
};
use mihenk_pages::{
    Template,
    frame::{Frame, Theme, Told},
    words::{Language, Words},
};

use super::{
    answer::{html, onward, refused, see_other},
    form::Form,
};
use crate::{
    app::State,
    caller::Caller,
    office::At,
    params::{Params, encoded},
    refusal::Refusal,
    who::{cookie, csrf, gate},
};

/// The cookie with language and theme, such as `fa.dark`.
pub(super) const LOOK: &str = "mihenk_look";

/// Somebody who looks at a page.
pub(crate) struct Visitor {
    pub(super) caller: Result<Caller, Refusal>,
    language: Language,
    theme: Theme,
    method: Method,
    /// The address, with what stands behind the `?`.
    pub(super) path: String,
    has_office: bool,
    /// Whether a link at another site led here. A browser sends no cookie of ours along then (`SameSite=Strict`).
    is_from_elsewhere: bool,
}

/// What came of asking: a frame and a result, or a response that says why not.
type Asked<T> = Result<(Frame, T), Box<Response>>;

impl FromRequestParts<Arc<State>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Visitor, Infallible> {
        let caller = Caller::from_request_parts(parts, state).await;
        let (language, theme) = look(&parts.headers);
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let (method, has_office) = (parts.method.clone(), state.office.is_some());
        let said = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let is_from_elsewhere = said("sec-fetch-site") == Some("cross-site")
            && said("sec-fetch-mode") == Some("navigate")
            && cookie::session(&parts.headers, state.settings.is_secure).is_none();
        Ok(Visitor { caller, language, theme, method, path, has_office, is_from_elsewhere })
    }
}

/// Language and theme: what was chosen, else what the browser says.
fn look(headers: &HeaderMap) -> (Language, Theme) {
    let chosen = cookie::named(headers, LOOK).unwrap_or("");
    let (language, theme) = chosen.split_once('.').unwrap_or((chosen, ""));
    let accepted = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Language::accepted);
    let language = Language::of_code(language).or_else(accepted).unwrap_or(Language::English);
    (language, theme_of(theme))
}

/// The theme of a word.
pub(super) fn theme_of(word: &str) -> Theme {
    match word {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    }
}

impl Visitor {
    /// What stands around a page for nobody in particular.
    pub(super) fn frame(&self) -> Frame {
        Frame {
            words: Words::of(self.language),
            theme: self.theme,
            user: None,
            csrf: self.caller.as_ref().map(Caller::csrf).unwrap_or_default(),
            path: self.path.clone(),
            has_office: self.has_office,
            told: None,
        }
    }

    /// Language and theme as the cookie has them.
    pub(super) fn look(&self) -> (Language, Theme) {
        (self.language, self.theme)
    }

    /// Parameters of the address.
    pub(super) fn params(&self) -> Params {
        Params::read(self.path.split_once('?').map(|(_, query)| query))
    }

    /// Asks through the seat of the visitor.
    pub(super) async fn ask<T: Send + 'static>(
        self,
        state: &Arc<State>,
        act: impl FnOnce(&At<'_>) -> Result<T, NodeError> + Send + 'static,
    ) -> Asked<T> {
        self.ask_with(state, &[], act).await
    }

    /// As [`Visitor::ask`]; a refusal shows what was typed.
    pub(super) async fn ask_with<T: Send + 'static>(
        self,
        state: &Arc<State>,
        typed: &[(String, String)],
        act: impl FnOnce(&At<'_>) -> Result<T, NodeError> + Send + 'static,
    ) -> Asked<T> {
        let mut frame = self.frame();
        let caller = match self.caller {
            Ok(caller) => caller,
            Err(Refusal::NotSignedIn) if self.is_from_elsewhere && csrf::is_safe(&self.method) => {
                return Err(Box::new(onward(&frame)));
            }
            Err(refusal) => return Err(Box::new(turned_away(&frame, &self.method, &refusal, typed))),
        };
        let asked = state.act(caller, move |at| {
            let (user, now) = (at.seat.user()?, at.seat.desk().now());
            Ok((user, now, act(at)))
        });
        let (user, now, result): (User, i64, Result<T, NodeError>) = match asked.await {
            Ok(asked) => asked,
            Err(refusal) => return Err(Box::new(turned_away(&frame, &self.method, &refusal, typed))),
        };
        frame.user = Some(user);
        match result {
            Ok(value) => {
                frame.told = told(&frame, now);
                Ok((frame, value))
            }
            Err(error) => Err(Box::new(turned_away(&frame, &self.method, &Refusal::Node(error), typed))),
        }
    }

    /// Reads through the seat of the visitor and writes a page.
    pub(super) async fn show<T: Send + 'static>(
        self,
        state: &Arc<State>,
        act: impl FnOnce(&At<'_>) -> Result<T, NodeError> + Send + 'static,
        write: impl FnOnce(&Frame, &T) -> Response,
    ) -> Response {
        match self.ask(state, act).await {
            Ok((frame, value)) => write(&frame, &value),
            Err(response) => *response,
        }
    }

    /// Does what a form asks for, and leads to the page that `then` gives.
    pub(super) async fn act<T: Send + 'static>(
        self,
        state: &Arc<State>,
        typed: &[(String, String)],
        act: impl FnOnce(&At<'_>) -> Result<T, NodeError> + Send + 'static,
        then: impl FnOnce(T) -> String,
    ) -> Response {
        match self.ask_with(state, typed, act).await {
            Ok((_, value)) => see_other(&then(value)),
            Err(response) => *response,
        }
    }

    /// Does what a form asks for with the thing of an id, and comes back to its page below `place`, such as `/cases`.
    pub(super) async fn act_on<I: FromStr<Err = LedgerError> + Display + Send + 'static>(
        self,
        state: &Arc<State>,
        thing: (&str, String),
        form: &Form,
        act: impl FnOnce(&At<'_>, &I) -> Result<(), NodeError> + Send + 'static,
    ) -> Response {
        self.act_on_if(state, thing, form, |_| Ok(()), act).await
    }

    /// Does something about what one page shows, and comes back to it.
    pub(super) async fn act_at(
        self,
        state: &Arc<State>,
        place: &'static str,
        form: &Form,
        act: impl FnOnce(&At<'_>) -> Result<(), NodeError> + Send + 'static,
    ) -> Response {
        let act = move |at: &At<'_>| {
            act(at)?;
            Ok(at.seat.desk().now())
        };
        self.act(state, &form.pairs, act, |at| format!("{place}?{}", did("done", "", at))).await
    }

    /// As [`Visitor::act_on`], where `may` is asked before the id is looked at.
    pub(super) async fn act_on_if<I: FromStr<Err = LedgerError> + Display + Send + 'static>(
        self,
        state: &Arc<State>,
        (place, id): (&str, String),
        form: &Form,
        may: impl FnOnce(&At<'_>) -> Result<(), NodeError> + Send + 'static,
        act: impl FnOnce(&At<'_>, &I) -> Result<(), NodeError> + Send + 'static,
    ) -> Response {
        let act = move |at: &At<'_>| {
            may(at)?;
            let id: I = id.parse()?;
            act(at, &id)?;
            Ok((at.seat.desk().now(), id.to_string()))
        };
        self.act(state, &form.pairs, act, |(at, id)| format!("{place}/{id}?{}", did("done", &id, at))).await
    }

    /// Who looks, where nobody has to be anybody unless people work here.
    pub(super) async fn anybody(self, state: &Arc<State>) -> Result<Frame, Box<Response>> {
        self.anybody_with(state, &[]).await
    }

    /// As [`Visitor::anybody`]; a refusal shows what was typed.
    pub(super) async fn anybody_with(
        self,
        state: &Arc<State>,
        typed: &[(String, String)],
    ) -> Result<Frame, Box<Response>> {
        match gate::has_people(state).await {
            Ok(false) => return Ok(Frame { has_office: false, ..self.frame() }),
            Ok(true) => {}
            Err(refusal) => return Err(Box::new(refused(&self.frame(), &refusal, typed))),
        }
        let may = |at: &At<'_>| Permission::Screen.check_in_order(&at.seat.holder_now()?);
        self.ask_with(state, typed, may).await.map(|(frame, ())| frame)
    }
}

/// Whoever is not signed in comes to the page for that, and back; a form that came too late shows what was typed.
fn turned_away(frame: &Frame, method: &Method, refusal: &Refusal, typed: &[(String, String)]) -> Response {
    match refusal {
        Refusal::NotSignedIn | Refusal::Node(NodeError::NotSignedIn) if csrf::is_safe(method) => {
            see_other(&format!("/login?next={}", encoded(&frame.path)))
        }
        Refusal::Node(NodeError::PasswordDue) if csrf::is_safe(method) => see_other("/password"),
        Refusal::Node(NodeError::SecondFactorDue) if csrf::is_safe(method) => see_other("/second-factor"),
        _ => refused(frame, refusal, typed),
    }
}

/// What was just done, as the address says it: `did` a key, `of` an id, `at` when.
fn told(frame: &Frame, now: i64) -> Option<Told> {
    const DEEDS: [&str; 12] = [
        "did-cleared",
        "did-proposed",
        "did-taken",
        "did-given-back",
        "did-noted",
        "did-escalated",
        "did-undone",
        "did-reopened",
        "did-agreed",
        "did-sent-back",
        "did-done",
        "did-imported",
    ];
    let params = Params::read(frame.path.split_once('?').map(|(_, query)| query));
    let did = format!("did-{}", params.text("did")?);
    let key = DEEDS.into_iter().find(|known| **known == did)?;
    let of = params.text("of").unwrap_or("");
    let is_id = of.len() < 40 && of.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let at = params.text("at")?.parse().ok()?;
    // An address that was mailed or kept tells nothing that was done long ago.
    if !is_id || !can_undo(at, now) {
        return None;
    }
    let can_be = matches!(key, "did-cleared" | "did-proposed" | "did-taken" | "did-escalated");
    let undo = can_be.then(|| format!("/alerts/{of}/undo"));
    Some(Told { text: frame.with(key, &[("of", of.into())]), undo, is_refusal: false })
}

/// The end of an address that says what was done.
pub(super) fn did(what: &str, of: &str, at: i64) -> String {
    format!("did={what}&of={}&at={at}", encoded(of).replace("%2D", "-"))
}

/// A page.
pub(super) fn page(page: &impl Template) -> Response {
    html(StatusCode::OK, page)
}
