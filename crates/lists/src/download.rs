//! Fetches a file over HTTP: the one place of the program that opens a connection to somewhere else.
//!
//! In come an address, what is known of the copy at hand, and a secret if the server wants one; out come the bytes, or the
//! word that nothing has changed (RFC 9110, section 13), or a [`DownloadError`]. What passes (a stalled server, a cut body, 5xx,
//! 429) is tried again with growing pauses, which `retry` works out; `Retry-After` is respected. Redirects, time and size are
//! bounded. A secret goes to the origin it was meant for and to no other, and never into a message. Proxies are taken from
//! `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`. The clock is passed in.

pub(crate) mod address;
mod error;
pub(crate) mod retry;

use std::{io::Read, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ureq::{
    Agent, Body,
    http::{HeaderMap, Response},
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

pub use address::{same_origin, shown};
pub use error::{Cause, DownloadError};

/// The time, and waiting.
pub trait Clock: Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Waits; false when the waiting was broken off and whoever waits should end.
    fn sleep(&self, time: Duration) -> bool;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) -> bool {
        std::thread::sleep(time);
        true
    }
}

/// How long, how much, how often.
#[derive(Clone, Debug)]
pub struct Limits {
    /// To connect, TLS included.
    pub connect: Duration,
    /// Without a byte from the server.
    pub stalled: Duration,
    /// For one attempt in all.
    pub whole: Duration,
    /// Bytes of a file, unpacked.
    pub bytes: u64,
    /// Redirects in a row.
    pub redirects: u32,
    /// Attempts.
    pub attempts: u32,
    /// Before the second attempt; each later pause is twice as long.
    pub pause: Duration,
    /// Longest pause that a server may ask for; with a longer one the attempt is given up.
    pub pause_max: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(20),
            stalled: Duration::from_secs(60),
            whole: Duration::from_secs(30 * 60),
            bytes: 4 << 30,
            redirects: 8,
            attempts: 5,
            pause: Duration::from_secs(1),
            pause_max: Duration::from_secs(120),
        }
    }
}

/// A header that must not be seen by anyone but the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// The header's name.
    pub header: String,
    /// Its value.
    pub value: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({}: …)", self.header)
    }
}

/// What a server said of a file, to be asked with again (RFC 9110, sections 8.8.2 and 8.8.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is nothing to ask with.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What is to be fetched.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Its address.
    pub url: &'a str,
    /// A header for the address's own origin.
    pub secret: Option<&'a Secret>,
    /// What is known of the copy at hand.
    pub known: Option<&'a Validators>,
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The copy at hand is the newest.
    Unchanged,
    /// The file.
    Whole {
        /// Its content, unpacked.
        bytes: Vec<u8>,
        /// What to ask with next time.
        validators: Validators,
    },
}

/// What happens meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bytes so far, and how many there will be if the server says so.
    Received(u64, Option<u64>),
    /// It is tried again after a pause.
    Again {
        /// Which attempt failed, from 1.
        attempt: u32,
        /// The pause.
        pause: Duration,
        /// Why.
        why: String,
    },
}

/// Fetches files.
#[derive(Debug)]
pub struct Downloader {
    agent: Agent,
    limits: Limits,
    seed: u64,
}

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;
/// Bytes that are reserved at most for what a server says it will send.
const RESERVED_MAX: u64 = 1 << 28;

impl Downloader {
    /// One that trusts the certificates given (PEM), or Mozilla's roots; pauses are scattered from the seed.
    ///
    /// # Errors
    /// In words, when the text holds no certificate.
    pub fn new(limits: Limits, roots: Option<&[u8]>, seed: u64) -> Result<Downloader, String> {
        Downloader::through(limits, roots, seed, None)
    }

    /// As [`Downloader::new`], through this proxy (`http://HOST:PORT`) in place of the one that the environment names.
    ///
    /// # Errors
    /// In words, also when the address of the proxy is none.
    pub fn through(limits: Limits, roots: Option<&[u8]>, seed: u64, proxy: Option<&str>) -> Result<Downloader, String> {
        let mut config = Agent::config_builder()
            .user_agent(concat!("mihenk/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // Redirects are followed here, where the secret can be left behind.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.stalled))
            .timeout_per_read(Some(limits.stalled))
            .timeout_per_call(Some(limits.whole))
            .max_idle_connections_per_host(1);
        if let Some(pem) = roots {
            config = config.tls_config(TlsConfig::builder().root_certs(certificates(pem)?).build());
        }
        if let Some(proxy) = proxy {
            // The address may hold a password, so it is not repeated.
            let proxy = ureq::Proxy::new(proxy).map_err(|_| "the proxy's address is none such as http://HOST:PORT")?;
            config = config.proxy(Some(proxy));
        }
        Ok(Downloader { agent: config.build().new_agent(), limits, seed })
    }

    /// The same client for what has no more bytes than these.
    #[must_use]
    pub fn at_most(&self, bytes: u64) -> Downloader {
        let limits = Limits { bytes: self.limits.bytes.min(bytes), ..self.limits.clone() };
        Downloader { agent: self.agent.clone(), limits, seed: self.seed }
    }

    /// Fetches a file, again and again if it must.
    ///
    /// # Errors
    /// [`DownloadError`] names the address without its secrets, what happened, and how often it was tried.
    pub fn fetch(
        &self,
        request: &Request<'_>,
        clock: &dyn Clock,
        watch: &dyn Fn(Step),
    ) -> Result<Fetched, DownloadError> {
        let mut attempt = 1;
        loop {
            let cause = match self.attempt(request, watch) {
                Ok(fetched) => return Ok(fetched),
                Err(cause) => cause,
            };
            let failed = |cause| Err(DownloadError { address: shown(request.url), attempts: attempt, cause });
            if !cause.may_pass() || attempt >= self.limits.attempts {
                return failed(cause);
            }
            let own = retry::pause(self.limits.pause, attempt, self.seed ^ retry::hash(request.url));
            let asked = cause.retry_after().map(|asked| asked.wait(clock.now()));
            let pause = asked.map_or(own, |asked| asked.max(own));
            if pause > self.limits.pause_max {
                return failed(cause);
            }
            watch(Step::Again { attempt, pause, why: cause.to_string() });
            if !clock.sleep(pause) {
                return failed(cause);
            }
            attempt += 1;
        }
    }

    fn attempt(&self, request: &Request<'_>, watch: &dyn Fn(Step)) -> Result<Fetched, Cause> {
        let mut url = request.url.to_owned();
        for _ in 0..=self.limits.redirects {
            let response = self.call(request, &url)?;
            let status = response.status().as_u16();
            let header = |name: &str| text_of(response.headers(), name);
            match status {
                200 => return self.body(response, watch),
                304 if request.known.is_some_and(|known| !known.is_empty()) => return Ok(Fetched::Unchanged),
                301 | 302 | 303 | 307 | 308 => {
                    let Some(to) = header("location") else {
                        return Err(Cause::Protocol(crate::sayings::redirect_without_address()));
                    };
                    url = address::follow(&url, &to)?;
                }
                _ => {
                    let retry_after = header("retry-after").and_then(|text| retry::RetryAfter::parse(&text));
                    return Err(Cause::Status { code: status, retry_after });
                }
            }
        }
        Err(Cause::Redirects { most: self.limits.redirects, last: shown(&url) })
    }

    fn call(&self, request: &Request<'_>, url: &str) -> Result<Response<Body>, Cause> {
        let origin = address::origin(url).ok_or(Cause::Address)?;
        let mut config = self.agent.get(url).config().https_only(origin.starts_with("https://"));
        if address::is_here(&origin) {
            // No proxy knows what this machine calls itself.
            config = config.proxy(None);
        }
        let mut call = config.build();
        if let Some(known) = request.known {
            // RFC 9110, 13.1.3: who has an ETag is not asked for the date; servers that know no ETag need it.
            if let Some(etag) = &known.etag {
                call = call.header("If-None-Match", etag);
            }
            if let Some(date) = &known.last_modified {
                call = call.header("If-Modified-Since", date);
            }
        }
        if let Some(secret) = request.secret.filter(|_| same_origin(request.url, url)) {
            call = call.header(secret.header.as_str(), secret.value.as_str());
        }
        call.call().map_err(|error| Cause::of(error, &self.limits))
    }

    fn body(&self, response: Response<Body>, watch: &dyn Fn(Step)) -> Result<Fetched, Cause> {
        let validators = Validators {
            etag: text_of(response.headers(), "etag"),
            last_modified: text_of(response.headers(), "last-modified"),
        };
        let packed = response.headers().contains_key("content-encoding");
        let promised = text_of(response.headers(), "content-length").and_then(|text| text.trim().parse().ok());
        let promised: Option<u64> = if packed { None } else { promised };
        let too_long = |found| Cause::TooLong { found, most: self.limits.bytes };
        if let Some(length) = promised.filter(|length| *length > self.limits.bytes) {
            return Err(too_long(length));
        }
        let mut reader = response.into_body().into_reader();
        // A promise is no reason to take all the memory there is.
        let expected = promised.unwrap_or(0).min(RESERVED_MAX) as usize;
        let (mut bytes, mut chunk) = (Vec::with_capacity(expected), vec![0; CHUNK]);
        loop {
            let read = reader
                .read(&mut chunk)
                .map_err(|error| Cause::of_body(error, bytes.len() as u64, promised, &self.limits))?;
            if read == 0 {
                break;
            }
            bytes.extend_from_slice(&chunk[..read]);
            if bytes.len() as u64 > self.limits.bytes {
                return Err(too_long(bytes.len() as u64));
            }
            watch(Step::Received(bytes.len() as u64, promised));
        }
        if let Some(promised) = promised.filter(|promised| *promised != bytes.len() as u64) {
            return Err(Cause::Cut { received: bytes.len() as u64, promised: Some(promised) });
        }
        Ok(Fetched::Whole { bytes, validators })
    }
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The certificates in a text (PEM), as those that are trusted.
///
/// # Errors
/// In words, when one cannot be read, or there is none.
pub fn certificates(pem: &[u8]) -> Result<RootCerts, String> {
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => return Err(format!("a certificate cannot be read: {error}")),
        }
    }
    if certificates.is_empty() {
        return Err("no certificate is in it; expected PEM, '-----BEGIN CERTIFICATE-----'".to_owned());
    }
    Ok(RootCerts::from(certificates))
}
