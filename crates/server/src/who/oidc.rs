//! Signing in at an issuer of OpenID Connect: authorization code with PKCE (OpenID Connect Core 1.0, RFC 6749, RFC 7636).
//!
//! In comes a browser, which is sent to the issuer and comes back with a code; out comes a session of the user whom two administrators have tied to the subject that
//! the issuer vouches for. An issuer makes nobody a user and gives nobody a role. `issuer` talks to the issuer, `jwt` checks what it signed.
//!
//! What was begun is remembered for ten minutes, in memory, and belongs to the browser that began it: a cookie says so. That cookie is `SameSite=Lax`, as the way back
//! begins at another site; the session's own cookie is not sent along on such a way, so the answer is a page that goes on by itself.

mod issuer;
mod jwt;

use std::{
    collections::HashMap,
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use mihenk_node::ledger::people::{Manner, Token};

use self::issuer::Issuer;
use super::{address::Address, cookie, plain, session};
use crate::{
    app,
    params::{Params, encoded},
    refusal::Refusal,
};

type Shared = State<Arc<app::State>>;
type Answer = Result<Response, Refusal>;

/// How long somebody may take at the issuer.
const BEGUN: Duration = Duration::from_secs(600);
/// Those that may have begun at once.
const MOST: usize = 10_000;
/// Where the way begins and ends.
const PATH: &str = "/api/v1/session/oidc";
/// The cookie that ties what was begun to a browser.
const COOKIE: &str = "mihenk_oidc";

/// Which issuer, and who we are there.
#[derive(Clone)]
pub struct Oidc {
    /// The issuer, as it writes itself (`MIHENK_OIDC_ISSUER`).
    pub issuer: String,
    /// Our id there (`MIHENK_OIDC_CLIENT`).
    pub client: String,
    /// Our secret there (`MIHENK_OIDC_SECRET`, or a file in `MIHENK_OIDC_SECRET_FILE`).
    pub secret: String,
    /// Where browsers reach this server, such as `https://mihenk.example` (`MIHENK_URL`).
    pub url: String,
    /// Certificates to trust in place of the usual ones, in PEM form (`MIHENK_OIDC_ROOTS`).
    pub roots: Option<PathBuf>,
}

impl Oidc {
    /// Reads the variables that `get` gives; none without an issuer.
    ///
    /// # Errors
    /// The variable, what was found, and what would be right.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Option<Oidc>, String> {
        let given = |name: &str| get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(issuer) = given("MIHENK_OIDC_ISSUER") else { return Ok(None) };
        let needed = |name: &str, what: &str| given(name).ok_or_else(|| format!("{name} is missing: {what}"));
        let from_file = |path: String| {
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("MIHENK_OIDC_SECRET_FILE: {path}: {error}"));
            text.map(|text| text.trim().to_owned())
        };
        let secret = match (given("MIHENK_OIDC_SECRET"), given("MIHENK_OIDC_SECRET_FILE")) {
            (Some(secret), _) => secret,
            (None, Some(path)) => from_file(path)?,
            (None, None) => {
                return Err("MIHENK_OIDC_SECRET_FILE is missing: the file with our secret at the issuer".to_owned());
            }
        };
        let url = needed("MIHENK_URL", "where browsers reach this server, such as https://mihenk.example")?;
        for (name, address) in [("MIHENK_OIDC_ISSUER", &issuer), ("MIHENK_URL", &url)] {
            if !is_safe(address) {
                return Err(format!("{name}: '{address}' is no address of https (or of this machine, by http)"));
            }
        }
        Ok(Some(Oidc {
            issuer,
            client: needed("MIHENK_OIDC_CLIENT", "our id at the issuer")?,
            secret,
            url: url.trim_end_matches('/').to_owned(),
            roots: given("MIHENK_OIDC_ROOTS").map(PathBuf::from),
        }))
    }

    fn redirect(&self) -> String {
        format!("{}{PATH}/callback", self.url)
    }
}

/// Whether what is sent there is read by nobody on the way.
fn is_safe(address: &str) -> bool {
    let host = |rest: &str| rest.split(['/', ':']).next().unwrap_or("").to_owned();
    match address.split_once("://") {
        Some(("https", rest)) => !host(rest).is_empty(),
        Some(("http", rest)) => matches!(host(rest).as_str(), "localhost" | "127.0.0.1") || rest.starts_with("[::1]"),
        _ => false,
    }
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oidc").field("issuer", &self.issuer).field("client", &self.client).finish_non_exhaustive()
    }
}

/// What was begun, and what is known of the issuer.
#[derive(Debug, Default)]
pub(crate) struct SignOn {
    issuer: Mutex<Option<Arc<Issuer>>>,
    begun: Mutex<HashMap<String, Begun>>,
}

/// What somebody began.
#[derive(Clone, Debug)]
struct Begun {
    browser: Token,
    nonce: String,
    verifier: String,
    next: Option<String>,
    at: Instant,
}

impl SignOn {
    fn remember(&self, state: String, begun: Begun) {
        let mut all = locked(&self.begun);
        all.retain(|_, begun| begun.at.elapsed() < BEGUN);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(state, begun);
    }

    /// What was begun with this state, by this browser; it is used up.
    fn take(&self, state: &str, browser: &Token) -> Option<Begun> {
        let begun = locked(&self.begun).remove(state)?;
        (begun.at.elapsed() < BEGUN && begun.browser.derived("oidc") == browser.derived("oidc")).then_some(begun)
    }

    /// The issuer, which is asked for what it is the first time; it waits for the network.
    fn issuer(&self, settings: &Oidc) -> Result<Arc<Issuer>, Refusal> {
        let known = locked(&self.issuer).clone();
        if let Some(issuer) = known.filter(|issuer| issuer.is_fresh()) {
            return Ok(issuer);
        }
        let found = Arc::new(Issuer::discover(settings).map_err(Refusal::Issuer)?);
        *locked(&self.issuer) = Some(Arc::clone(&found));
        Ok(found)
    }
}

/// Sends a browser to the issuer.
pub(crate) async fn begin(State(state): Shared, RawQuery(query): RawQuery) -> Answer {
    let settings = configured(&state)?;
    let next = Params::read(query.as_deref()).text("next").map(str::to_owned);
    let issuer = at_issuer(&state, |state, settings| state.door.sign_on.issuer(settings)).await?;
    let random =
        || Token::generate().map(|token| token.reveal().to_owned()).map_err(|error| Refusal::Broken(error.to_string()));
    let (label, nonce, verifier) = (random()?, random()?, random()?);
    let browser = Token::new(&random()?);
    let asked = [
        ("response_type", "code"),
        ("scope", "openid"),
        ("client_id", &settings.client),
        ("redirect_uri", &settings.redirect()),
        ("state", &label),
        ("nonce", &nonce),
        ("code_challenge", &jwt::challenge(&verifier)),
        ("code_challenge_method", "S256"),
    ];
    let joint = if issuer.authorization.contains('?') { '&' } else { '?' };
    let place = format!("{}{joint}{}", issuer.authorization, form(&asked));
    let kept = cookie_of(browser.reveal(), "; Max-Age=600", state.settings.is_secure);
    state.door.sign_on.remember(label, Begun { browser, nonce, verifier, next, at: Instant::now() });
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let place = HeaderValue::from_str(&place).map_err(|_| Refusal::Issuer("its address is none".to_owned()))?;
    response.headers_mut().insert(header::LOCATION, place);
    response.headers_mut().insert(header::SET_COOKIE, kept);
    Ok(session::private(response))
}

/// Takes a browser back.
pub(crate) async fn finish(
    State(state): Shared,
    from: Address,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer {
    let settings = configured(&state)?;
    let wait = state.door.throttle.tries(from.counted(), "", Instant::now()).map_err(Refusal::TooMany)?;
    tokio::time::sleep(wait).await;
    let params = Params::read(query.as_deref());
    let text = |name: &str| params.text(name).map(str::to_owned);
    let browser = cookie::named(&headers, COOKIE).map(Token::new);
    let begun = text("state").zip(browser).and_then(|(label, browser)| state.door.sign_on.take(&label, &browser));
    let begun = begun
        .ok_or(Refusal::Unread("this way of signing in was not begun in this browser, or too long ago; begin again"))?;
    // RFC 9207: who answers is whom we asked.
    if text("iss").is_some_and(|iss| iss != settings.issuer) {
        return Err(Refusal::Issuer("another issuer answered".to_owned()));
    }
    if let Some(error) = text("error") {
        return Err(Refusal::Issuer(format!("it says '{}'", printable(&error))));
    }
    let code = text("code").ok_or(Refusal::Unread("the issuer sent no code"))?;
    let subject = at_issuer(&state, move |state, settings| {
        let issuer = state.door.sign_on.issuer(settings)?;
        let now = state.office.as_ref().map_or(0, |office| office.desk.now()) / 1000;
        let subject = issuer.redeem(settings, &code, &begun.verifier, &begun.nonce, now).map_err(Refusal::Issuer)?;
        Ok((subject, begun.next))
    });
    let (subject, next) = subject.await?;
    let of = settings.issuer.clone();
    let signed_in =
        state.office_act(move |office| office.desk.sign_in_at_issuer(&of, &subject, Manner::BROWSER)).await?;
    state.door.throttle.right(from.counted(), "");
    let place = if signed_in.wants_code { session::code_page(next) } else { session::local(next) };
    let mut response = plain::onward(&place);
    let secure = state.settings.is_secure;
    response.headers_mut().append(header::SET_COOKIE, cookie::keep(&signed_in.token, secure));
    response.headers_mut().append(header::SET_COOKIE, cookie_of("", "; Max-Age=0", secure));
    Ok(response)
}

fn configured(state: &app::State) -> Result<Oidc, Refusal> {
    if state.office.is_none() {
        return Err(Refusal::NoOffice);
    }
    state.settings.oidc.clone().ok_or(Refusal::NoIssuer)
}

/// Talks to the issuer on a thread of its own: it may take as long as the network does.
async fn at_issuer<T: Send + 'static>(
    state: &Arc<app::State>,
    act: impl FnOnce(&app::State, &Oidc) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let (state, settings) = (Arc::clone(state), configured(state)?);
    let door = Arc::clone(&state);
    door.door.issuers.run(move || act(&state, &settings)).await?
}

fn cookie_of(value: &str, more: &str, is_secure: bool) -> HeaderValue {
    let secure = if is_secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path={PATH}; HttpOnly; SameSite=Lax{secure}{more}");
    // Tokens are hexadecimal digits.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Names and values as a form (RFC 6749, appendix B).
fn form(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(100).collect()
}

/// What is remembered is true at every moment, whoever panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_with_its_name() {
        let all = [
            ("MIHENK_OIDC_ISSUER", "https://login.example"),
            ("MIHENK_OIDC_CLIENT", "mihenk"),
            ("MIHENK_OIDC_SECRET", "s"),
            ("MIHENK_URL", "https://mihenk.example/"),
        ];
        let read = |without: &str| {
            Oidc::read(|name| all.iter().find(|(n, _)| *n == name && *n != without).map(|(_, v)| (*v).to_owned()))
        };
        let whole = read("").unwrap().unwrap();
        assert_eq!(whole.redirect(), "https://mihenk.example/api/v1/session/oidc/callback");
        assert!(!format!("{whole:?}").contains("secret"));
        assert!(read("MIHENK_OIDC_ISSUER").unwrap().is_none());
        for name in ["MIHENK_OIDC_CLIENT", "MIHENK_OIDC_SECRET", "MIHENK_URL"] {
            assert!(read(name).unwrap_err().starts_with(name), "{name}");
        }
        assert!(is_safe("http://127.0.0.1:3000") && is_safe("http://localhost") && is_safe("http://[::1]:1"));
        for unsafe_one in ["http://login.example", "http://127.0.0.1.example", "login.example", "https://", "file:///x"]
        {
            assert!(!is_safe(unsafe_one), "{unsafe_one}");
        }
    }

    #[test]
    fn what_was_begun_belongs_to_a_browser_and_counts_once() {
        let sign_on = SignOn::default();
        let (ours, other) = (Token::new("aa"), Token::new("bb"));
        let begun = |label: &str| {
            let begun = Begun {
                browser: ours.clone(),
                nonce: String::new(),
                verifier: String::new(),
                next: None,
                at: Instant::now(),
            };
            sign_on.remember(label.to_owned(), begun);
        };
        begun("x");
        assert!(sign_on.take("y", &ours).is_none());
        assert!(sign_on.take("x", &ours).is_some() && sign_on.take("x", &ours).is_none());
        begun("x");
        assert!(
            sign_on.take("x", &other).is_none() && sign_on.take("x", &ours).is_none(),
            "whoever tries has used it up"
        );
    }
}
