//! Why a file could not be fetched, in words, and whether it is worth trying again.
//!
//! In come the errors of the HTTP client, out comes a [`Cause`] that says what the server or the network did. No message holds
//! a secret: an address is shown without user and query, and what a header held is never quoted.

use std::io;

use mihenk_said::Said;
use ureq::Timeout;

use super::{Limits, retry::RetryAfter};
use crate::sayings;

/// A file that could not be fetched.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub struct DownloadError {
    /// Where it was to come from, without secrets.
    pub address: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What happened the last time.
    pub cause: Cause,
}

impl DownloadError {
    /// The same with its name and its facts.
    #[must_use]
    pub fn said(&self) -> Said {
        match self.attempts {
            ..=1 => sayings::fetch_failed(&self.address, self.cause.said()),
            many => sayings::fetch_failed_after(&self.address, self.cause.said(), many),
        }
    }
}

/// What happened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum Cause {
    /// The address is none.
    Address,
    /// No connection.
    Connect(Said),
    /// The certificate or the handshake.
    Tls(String),
    /// The server says nothing.
    Stalled(u64),
    /// It takes too long.
    Slow(u64),
    /// The connection ended before the file did.
    Cut {
        /// Bytes that came.
        received: u64,
        /// Bytes that were promised.
        promised: Option<u64>,
    },
    /// More than may be.
    TooLong {
        /// Bytes that came or were promised.
        found: u64,
        /// Bytes at most.
        most: u64,
    },
    /// Redirects without end.
    Redirects {
        /// Redirects at most.
        most: u32,
        /// Where the last one went.
        last: String,
    },
    /// From a secure address to one that is not.
    Downgrade(String),
    /// An answer without the file.
    Status {
        /// The status.
        code: u16,
        /// When it asks to be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// Not HTTP.
    Protocol(Said),
    /// A header that cannot be sent.
    Header,
}

/// An answer without the file, with what it means for whoever has to act (RFC 9110, section 15).
fn answered(code: u16) -> Said {
    let says = match code {
        401 | 403 => sayings::answered_wants_token,
        404 | 410 => sayings::answered_not_there,
        407 => sayings::answered_by_proxy,
        429 => sayings::answered_too_often,
        500..=599 => sayings::answered_trouble,
        304 => sayings::answered_unasked,
        _ => sayings::answered,
    };
    says(code.to_string())
}

impl Cause {
    /// The same with its name and its facts.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Cause::Address => sayings::no_web_address(),
            Cause::Connect(what) => sayings::no_connection(what),
            Cause::Tls(what) => sayings::no_secure_connection(what),
            Cause::Stalled(seconds) => sayings::server_stalled(*seconds),
            Cause::Slow(seconds) => sayings::file_too_slow(*seconds),
            Cause::Cut { received, promised: None } => sayings::file_cut(*received),
            Cause::Cut { received, promised: Some(promised) } => sayings::file_cut_of(*received, *promised),
            Cause::TooLong { found, most } => sayings::file_too_long(*found, *most),
            Cause::Redirects { most, last } => sayings::redirects_too_many(*most, last),
            Cause::Downgrade(address) => sayings::sent_to_insecure(address),
            Cause::Status { code, .. } => answered(*code),
            Cause::Protocol(what) => sayings::no_proper_http(what),
            Cause::Header => sayings::header_not_sendable(),
        }
    }

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
                Cause::Connect(sayings::none_within(limits.connect.as_secs()))
            }
            ureq::Error::Timeout(_) => Cause::Stalled(limits.stalled.as_secs()),
            ureq::Error::HostNotFound => Cause::Connect(sayings::server_unknown()),
            ureq::Error::ConnectionFailed => Cause::Connect(sayings::connection_refused()),
            ureq::Error::InvalidProxyUrl => Cause::Connect(sayings::proxy_address_wrong()),
            ureq::Error::ConnectProxyFailed(_) => Cause::Connect(sayings::proxy_makes_none()),
            // What it says may quote the address or the header, secrets included.
            ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => Cause::Address,
            ureq::Error::Decompress(_, error) => Cause::of_io(&error, 0, None, limits),
            ureq::Error::Http(_) => Cause::Header,
            ureq::Error::Tls(text) => Cause::Tls(text.to_owned()),
            ureq::Error::Rustls(error) => Cause::Tls(error.to_string()),
            ureq::Error::Io(error) => Cause::of_io(&error, 0, None, limits),
            other => Cause::Protocol(other.to_string().into()),
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
            Kind::ConnectionRefused => Cause::Connect(sayings::connection_refused()),
            Kind::UnexpectedEof | Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => {
                Cause::Cut { received, promised }
            }
            // A packed body that ends early or holds something else.
            Kind::InvalidInput | Kind::InvalidData if received > 0 => Cause::Cut { received, promised },
            Kind::InvalidData => Cause::Tls(error.to_string()),
            _ => Cause::Connect(Said::from(error)),
        }
    }
}
