//! Why a file could not be fetched, in words, and whether it is worth trying again.
//!
//! In come the errors of the HTTP client, out comes a [`Cause`] that says what the server or the network did. No message holds
//! a secret: an address is shown without user and query, and what a header held is never quoted.

use std::io;

use ureq::Timeout;

use super::{Limits, retry::RetryAfter};

/// A file that could not be fetched.
#[derive(Debug, thiserror::Error)]
#[error("{address}: {cause}{}", tried(*attempts))]
pub struct DownloadError {
    /// Where it was to come from, without secrets.
    pub address: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What happened the last time.
    pub cause: Cause,
}

fn tried(attempts: u32) -> String {
    if attempts > 1 { format!(" (tried {attempts} times)") } else { String::new() }
}

/// What happened.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The address is none.
    #[error("this is no address of a web server; write https://…")]
    Address,
    /// No connection.
    #[error("no connection: {0}")]
    Connect(String),
    /// The certificate or the handshake.
    #[error("no secure connection: {0}; a company's own authority is given with --ca FILE or SSL_CERT_FILE")]
    Tls(String),
    /// The server says nothing.
    #[error("the server said nothing for {0} seconds")]
    Stalled(u64),
    /// It takes too long.
    #[error("the file was not there after {0} seconds")]
    Slow(u64),
    /// The connection ended before the file did.
    #[error("the file was cut: {received} bytes came{}", promised_text(*promised))]
    Cut {
        /// Bytes that came.
        received: u64,
        /// Bytes that were promised.
        promised: Option<u64>,
    },
    /// More than may be.
    #[error("the file is too long: {found} bytes or more, {most} are the most that is taken")]
    TooLong {
        /// Bytes that came or were promised.
        found: u64,
        /// Bytes at most.
        most: u64,
    },
    /// Redirects without end.
    #[error("more than {most} redirects, the last to {last}")]
    Redirects {
        /// Redirects at most.
        most: u32,
        /// Where the last one went.
        last: String,
    },
    /// From a secure address to one that is not.
    #[error("the server sends us from a secure address to {0}, which is not secure; that is not followed")]
    Downgrade(String),
    /// An answer without the file.
    #[error("the server answered {code}{}", meaning(*code))]
    Status {
        /// The status.
        code: u16,
        /// When it asks to be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// Not HTTP.
    #[error("the answer is no proper HTTP: {0}")]
    Protocol(String),
    /// A header that cannot be sent.
    #[error("the header with the secret cannot be sent: its name or value has characters that a header may not have")]
    Header,
}

fn promised_text(promised: Option<u64>) -> String {
    promised.map_or_else(String::new, |bytes| format!(", {bytes} were promised"))
}

/// What a status means for whoever has to act (RFC 9110, section 15).
fn meaning(code: u16) -> &'static str {
    match code {
        401 | 403 => ": it wants a token, or another one",
        404 | 410 => ": there is no such file; has the publisher moved it?",
        407 => ": the proxy wants a name and a password",
        429 => ": it was asked too often",
        500..=599 => ": it has trouble of its own",
        304 => ", though it was not asked whether anything changed",
        _ => "",
    }
}

impl Cause {
    /// Whether the same request may succeed later.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Cause::Connect(_) | Cause::Stalled(_) | Cause::Slow(_) | Cause::Cut { .. } | Cause::Protocol(_) => true,
            Cause::Status { code, .. } => matches!(code, 408 | 425 | 429 | 500..=599),
            _ => false,
        }
    }

    /// When the server asks to be asked again.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Cause::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What the client says before there is a body.
    pub(super) fn of(error: ureq::Error, limits: &Limits) -> Cause {
        match error {
            ureq::Error::Timeout(Timeout::Global | Timeout::PerCall) => Cause::Slow(limits.whole.as_secs()),
            ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                Cause::Connect(format!("none within {} seconds", limits.connect.as_secs()))
            }
            ureq::Error::Timeout(_) => Cause::Stalled(limits.stalled.as_secs()),
            ureq::Error::HostNotFound => Cause::Connect("the name of the server is unknown".to_owned()),
            ureq::Error::ConnectionFailed => Cause::Connect("it was refused".to_owned()),
            ureq::Error::InvalidProxyUrl => {
                Cause::Connect("the address of the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) is none".to_owned())
            }
            ureq::Error::ConnectProxyFailed(_) => {
                Cause::Connect("the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) makes none".to_owned())
            }
            // What it says may quote the address or the header, secrets included.
            ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => Cause::Address,
            ureq::Error::Decompress(_, error) => Cause::of_io(&error, 0, None, limits),
            ureq::Error::Http(_) => Cause::Header,
            ureq::Error::Tls(text) => Cause::Tls(text.to_owned()),
            ureq::Error::Rustls(error) => Cause::Tls(error.to_string()),
            ureq::Error::Io(error) => Cause::of_io(&error, 0, None, limits),
            other => Cause::Protocol(other.to_string()),
        }
    }

    /// What happens while the body is read.
    pub(super) fn of_body(error: io::Error, received: u64, promised: Option<u64>, limits: &Limits) -> Cause {
        match ureq::Error::from(error) {
            ureq::Error::Io(error) | ureq::Error::Decompress(_, error) => {
                Cause::of_io(&error, received, promised, limits)
            }
            other => Cause::of(other, limits),
        }
    }

    fn of_io(error: &io::Error, received: u64, promised: Option<u64>, limits: &Limits) -> Cause {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::TimedOut | Kind::WouldBlock => Cause::Stalled(limits.stalled.as_secs()),
            Kind::ConnectionRefused => Cause::Connect("it was refused".to_owned()),
            Kind::UnexpectedEof | Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => {
                Cause::Cut { received, promised }
            }
            // A packed body that ends early or holds something else.
            Kind::InvalidInput | Kind::InvalidData if received > 0 => Cause::Cut { received, promised },
            Kind::InvalidData => Cause::Tls(error.to_string()),
            _ => Cause::Connect(error.to_string()),
        }
    }
}
