//! How many requests a key and an address may send: a bucket of tokens for each.
//!
//! In comes a request, out comes the same, or 429 with the time after which it may come again. A bucket holds ten seconds' worth; what the headers say follows
//! draft-ietf-httpapi-ratelimit-headers (`RateLimit-Policy`, `RateLimit`). This machine itself has no limit by address. A key is counted by what was sent, before
//! it is known whether it is one: whoever makes keys up is counted by address as well.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    extract::{Request, State as Shared},
    http::HeaderValue,
    middleware::Next,
    response::{IntoResponse, Response},
};
use mihenk_node::ledger::people::Token;

use super::address::{Address, Peer};
use crate::{app::State, caller::bearer, refusal::Refusal};

/// Seconds' worth of requests in a full bucket.
const WINDOW: u32 = 10;
/// Buckets that are remembered of either kind.
const REMEMBERED: usize = 50_000;

/// The buckets.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    addresses: Buckets<IpAddr>,
    keys: Buckets<Token>,
}

#[derive(Debug)]
struct Buckets<K>(Mutex<HashMap<K, Bucket>>);

impl<K> Default for Buckets<K> {
    fn default() -> Buckets<K> {
        Buckets(Mutex::default())
    }
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

/// How a bucket stands after a request.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stand {
    /// Requests in a full bucket.
    full: u32,
    /// Those that are left.
    left: u32,
    /// Time until it is full again, or until the next request may come.
    wait: Duration,
    is_over: bool,
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&self, key: K, per_second: u32, now: Instant) -> Stand {
        let (rate, full) = (f64::from(per_second), per_second.saturating_mul(WINDOW));
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            // A bucket that has been left alone for so long is full, and need not be remembered.
            let window = Duration::from_secs(u64::from(WINDOW));
            buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at) < window);
            if buckets.len() >= REMEMBERED {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: f64::from(full), at: now });
        let more = now.saturating_duration_since(bucket.at).as_secs_f64() * rate;
        *bucket = Bucket { left: (bucket.left + more).min(f64::from(full)), at: now };
        let is_over = bucket.left < 1.0;
        if !is_over {
            bucket.left -= 1.0;
        }
        let lacking = if is_over { 1.0 - bucket.left } else { f64::from(full) - bucket.left };
        Stand { full, left: bucket.left as u32, wait: Duration::from_secs_f64(lacking / rate), is_over }
    }
}

/// Refuses what is too much.
pub(crate) async fn hold(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let (settings, limits, now) = (&state.settings, &state.door.limits, Instant::now());
    let peer = request.extensions().get::<Peer>().copied();
    let from = Address::of(peer, request.headers(), &settings.proxies);
    let is_here = from.0.is_none_or(|from| from.is_loopback());
    let mut stands = Vec::new();
    if settings.address_limit > 0 && !is_here {
        stands.push(("address", limits.addresses.take(from.counted(), settings.address_limit, now)));
    }
    if let Some(token) = bearer(request.headers()).filter(|token| settings.key_limit > 0 && token.is_key()) {
        stands.push(("key", limits.keys.take(token, settings.key_limit, now)));
    }
    let mut response = match stands.iter().find(|(_, stand)| stand.is_over) {
        Some((_, stand)) => Refusal::TooMany(stand.wait).into_response(),
        None => next.run(request).await,
    };
    // The one of which the least is left.
    if let Some((name, stand)) = stands.into_iter().min_by_key(|(_, stand)| (stand.left, stand.full)) {
        tell(&mut response, name, stand);
    }
    response
}

fn tell(response: &mut Response, name: &str, stand: Stand) {
    let (full, left, wait) = (stand.full, stand.left, stand.wait.as_secs_f64().ceil());
    let told = [
        ("ratelimit-policy", format!("\"{name}\";q={full};w={WINDOW}")),
        ("ratelimit", format!("\"{name}\";r={left};t={wait}")),
    ];
    for (header, value) in told {
        // Digits and words of ours.
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(header, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (buckets, now) = (Buckets::default(), Instant::now());
        for left in (0..20).rev() {
            let stand = buckets.take("a", 2, now);
            assert_eq!((stand.full, stand.left, stand.is_over), (20, left, false));
        }
        let over = buckets.take("a", 2, now);
        assert_eq!((over.is_over, over.wait), (true, Duration::from_millis(500)));
        assert!(!buckets.take("b", 2, now).is_over);
        assert!(!buckets.take("a", 2, now + Duration::from_millis(500)).is_over);
        assert!(buckets.take("a", 2, now + Duration::from_millis(500)).is_over);
        assert_eq!(buckets.take("a", 2, now + Duration::from_secs(60)).left, 19);
    }

    #[test]
    fn made_up_keys_fill_no_memory() {
        let (buckets, now) = (Buckets::default(), Instant::now());
        for number in 0..200_000_u32 {
            buckets.take(number, 1, now);
        }
        assert!(buckets.0.lock().unwrap().len() <= REMEMBERED);
    }
}
