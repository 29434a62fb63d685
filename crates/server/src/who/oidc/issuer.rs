//! What is asked of the issuer: what it is, its keys, who has signed in.
//!
//! In come its address and a code, out comes a subject. Everything goes over TLS (or stays on this machine), takes ten seconds at most, follows no redirects and
//! reads a mebibyte at most. What it is, is asked again after an hour; its keys, when something is signed with one that is not known, but not oftener than every
//! five seconds.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use mihenk_node::certificates;
use serde::{Deserialize, de::DeserializeOwned};
use ureq::{Agent, tls::TlsConfig};

use super::{Oidc, encoded, form, is_safe, jwt, printable};

/// How long a call may take.
const CALL: Duration = Duration::from_secs(10);
/// Bytes of an answer.
const ANSWER: u64 = 1 << 20;
/// How long what the issuer says of itself is believed.
const FRESH: Duration = Duration::from_secs(3600);
/// How far apart its keys are asked for.
const KEYS_EVERY: Duration = Duration::from_secs(5);

/// An issuer.
pub(super) struct Issuer {
    agent: Agent,
    pub(super) authorization: String,
    token: String,
    jwks: String,
    /// Whether it takes our secret in the header; else in the form.
    takes_basic: bool,
    at: Instant,
    keys: Mutex<Keys>,
}

#[derive(Default)]
struct Keys {
    keys: Vec<jwt::Jwk>,
    at: Option<Instant>,
}

/// OpenID Connect Discovery 1.0, section 3, as far as it is needed.
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Jwks {
    /// Keys of kinds that we do not know are passed over.
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

#[derive(Deserialize)]
struct Wrong {
    error: String,
}

impl Issuer {
    /// Asks the issuer what it is.
    pub(super) fn discover(settings: &Oidc) -> Result<Issuer, String> {
        let agent = agent(settings)?;
        let place = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
        let metadata: Metadata = read(&place, agent.get(&place).call())?;
        if metadata.issuer != settings.issuer {
            return Err(format!(
                "it writes itself '{}', and MIHENK_OIDC_ISSUER says '{}'",
                printable(&metadata.issuer),
                settings.issuer
            ));
        }
        for address in [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri] {
            if !is_safe(address) {
                return Err(format!("it names '{}', which is no address of https", printable(address)));
            }
        }
        let methods = metadata.token_endpoint_auth_methods_supported;
        Ok(Issuer {
            agent,
            authorization: metadata.authorization_endpoint,
            token: metadata.token_endpoint,
            jwks: metadata.jwks_uri,
            // Section 3: client_secret_basic where nothing is said.
            takes_basic: methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic")),
            at: Instant::now(),
            keys: Mutex::default(),
        })
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.at.elapsed() < FRESH
    }

    /// Exchanges a code for the subject that the issuer vouches for; `now` in seconds since 1970.
    pub(super) fn redeem(
        &self,
        settings: &Oidc,
        code: &str,
        verifier: &str,
        nonce: &str,
        now: i64,
    ) -> Result<String, String> {
        let redirect = settings.redirect();
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect),
            ("code_verifier", verifier),
        ];
        let mut request = self.agent.post(&self.token).content_type("application/x-www-form-urlencoded");
        if self.takes_basic {
            // RFC 6749, section 2.3.1: each is written as in a form before they are joined.
            let pair = format!("{}:{}", encoded(&settings.client), encoded(&settings.secret));
            request = request.header("authorization", format!("Basic {}", STANDARD.encode(pair)));
        } else {
            fields.extend([("client_id", settings.client.as_str()), ("client_secret", settings.secret.as_str())]);
        }
        let tokens: Tokens = read(&self.token, request.send(form(&fields)))?;
        let expected = jwt::Expected { issuer: &settings.issuer, client: &settings.client, nonce, now };
        let token = jwt::Jwt::read(&tokens.id_token)?;
        let known = self.key(&token, false)?;
        let key = match known {
            Some(key) => key,
            // Keys are exchanged from time to time.
            None => self.key(&token, true)?.ok_or("it signed with a key that it does not publish")?,
        };
        token.subject(&key, &expected)
    }

    fn key(&self, token: &jwt::Jwt<'_>, anew: bool) -> Result<Option<jwt::Jwk>, String> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = keys.at.is_none_or(|at| anew && at.elapsed() >= KEYS_EVERY);
        if is_due {
            let found: Jwks = read(&self.jwks, self.agent.get(&self.jwks).call())?;
            keys.keys = found.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
            keys.at = Some(Instant::now());
        }
        Ok(keys.keys.iter().find(|key| token.is_for(key)).cloned())
    }
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer").field("token", &self.token).finish_non_exhaustive()
    }
}

fn agent(settings: &Oidc) -> Result<Agent, String> {
    let mut config = Agent::config_builder()
        .user_agent(concat!("mihenk/", env!("CARGO_PKG_VERSION")))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(CALL));
    if let Some(path) = &settings.roots {
        let pem = std::fs::read(path).map_err(|error| format!("MIHENK_OIDC_ROOTS: {}: {error}", path.display()))?;
        let roots = certificates(&pem).map_err(|why| format!("MIHENK_OIDC_ROOTS: {}: {why}", path.display()))?;
        config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
    }
    Ok(config.build().new_agent())
}

/// An answer of the issuer as JSON; what it says is wrong is said, but for anything secret.
fn read<T: DeserializeOwned>(
    place: &str,
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<T, String> {
    let mut answer = answer.map_err(|error| format!("{place}: {error}"))?;
    let status = answer.status();
    let text =
        answer.body_mut().with_config().limit(ANSWER).read_to_vec().map_err(|error| format!("{place}: {error}"))?;
    if !status.is_success() {
        let wrong =
            serde_json::from_slice::<Wrong>(&text).map_or_else(|_| String::new(), |wrong| printable(&wrong.error));
        return Err(format!("{place}: it answered {status} {wrong}").trim_end().to_owned());
    }
    serde_json::from_slice(&text).map_err(|error| format!("{place}: its answer cannot be read: {error}"))
}
