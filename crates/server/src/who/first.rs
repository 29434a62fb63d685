//! The first start: two links, by each of which one administrator chooses a name and a password.
//!
//! In comes how many administrators are missing, out come links that are printed once, where the server was started. Each counts once and for an hour, and is kept in
//! memory alone. There is no password that anybody else knows. The page has neither script nor style.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use mihenk_node::{
    NodeError,
    ledger::people::{Secret, Token},
};

use super::{
    address::Address,
    cookie, plain,
    session::{Fields, with_hashing},
};
use crate::{app, office::Office, refusal::Refusal};

type Shared = State<Arc<app::State>>;

/// How long a link counts.
pub(crate) const LINK_TIME: Duration = Duration::from_secs(60 * 60);

/// What the page is called.
const TITLE: &str = "first start";

/// Links that were made.
#[derive(Debug, Default)]
pub(crate) struct Links(Mutex<Vec<(Token, Instant)>>);

impl Links {
    /// Makes as many as administrators are missing.
    pub(crate) fn make(&self, office: &Office) -> Result<Vec<String>, NodeError> {
        let missing = office.desk.missing_administrators()?;
        let made = (0..missing).map(|_| Token::generate()).collect::<Result<Vec<_>, _>>()?;
        let until = Instant::now() + LINK_TIME;
        self.locked().extend(made.iter().map(|token| (token.clone(), until)));
        Ok(made.iter().map(|token| format!("/first/{}", token.reveal())).collect())
    }

    fn counts(&self, token: &Token) -> bool {
        let now = Instant::now();
        self.locked().iter().any(|(known, until)| is_same(known, token) && now < *until)
    }

    fn is_used(&self, token: &Token) {
        self.locked().retain(|(known, _)| !is_same(known, token));
    }

    fn locked(&self) -> MutexGuard<'_, Vec<(Token, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// In a time that does not tell where they differ: what is compared is derived from both.
fn is_same(one: &Token, other: &Token) -> bool {
    one.derived("first start") == other.derived("first start")
}

pub(crate) async fn show(State(state): Shared, Path(link): Path<String>) -> Response {
    match state.door.links.counts(&Token::new(&link)) {
        true => plain::page(StatusCode::OK, TITLE, &form("")),
        false => gone(),
    }
}

pub(crate) async fn choose(
    State(state): Shared,
    Path(link): Path<String>,
    from: Address,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let link = Token::new(&link);
    if cookie::is_foreign(&method, &headers) {
        return Err(Refusal::Foreign);
    }
    if !state.door.links.counts(&link) {
        return Ok(gone());
    }
    let wait = state.door.throttle.tries(from.counted(), "", Instant::now()).map_err(Refusal::TooMany)?;
    tokio::time::sleep(wait).await;
    let mut fields = Fields::read(&headers, body).await?;
    let (name, password) = (fields.take("name").unwrap_or_default(), fields.take("password").unwrap_or_default());
    if fields.take("again").is_some_and(|again| again != password) {
        return Ok(plain::page(StatusCode::UNPROCESSABLE_ENTITY, TITLE, &form("The two passwords are not the same.")));
    }
    let made = with_hashing(&state, move |office| {
        let user = office.desk.first_by_link(name.trim(), &Secret::new(&password))?;
        // From the beginning, so that nobody learns from its being there that something was sealed.
        office.key()?;
        Ok(user)
    });
    match made.await {
        Ok(user) => {
            state.door.links.is_used(&link);
            state.door.gate.forget();
            let told = format!(
                "<h1>{} is an administrator</h1><p>Sign in with the name and the password that you chose. Each change of users takes the other administrator as well.</p><p><a href=\"/\">Go on</a></p>",
                plain::escaped(&user.name)
            );
            Ok(plain::page(StatusCode::CREATED, TITLE, &told))
        }
        Err(Refusal::Node(NodeError::Ledger(error))) => {
            Ok(plain::page(StatusCode::UNPROCESSABLE_ENTITY, TITLE, &form(&error.to_string())))
        }
        Err(refusal) => Err(refusal),
    }
}

fn form(wrong: &str) -> String {
    let wrong = plain::wrong(wrong);
    format!(
        "<h1>You become one of two administrators</h1>{wrong}<form method=\"post\">\
         <p><label>Name to sign in with <input name=\"name\" required maxlength=\"64\" autocomplete=\"username\" autofocus></label></p>\
         <p><label>Password, 12 characters or more <input name=\"password\" type=\"password\" required minlength=\"12\" autocomplete=\"new-password\"></label></p>\
         <p><label>The same again <input name=\"again\" type=\"password\" required minlength=\"12\" autocomplete=\"new-password\"></label></p>\
         <p><button>Choose them</button></p></form>\
         <p>This link counts once, for an hour. The other link is for somebody else: whatever administrators change takes both.</p>"
    )
}

fn gone() -> Response {
    let told = "<h1>This link counts no more</h1><p>It was used, or is older than an hour. As long as an administrator is missing, the server prints a new one when it starts; <code>mihenk user init</code> makes both at once.</p>";
    plain::page(StatusCode::NOT_FOUND, TITLE, told)
}
