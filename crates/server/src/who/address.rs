//! Where a request comes from.
//!
//! In comes the other end of the connection, and the header `x-forwarded-for` where a proxy that is trusted set it; out comes an [`Address`]. What anybody
//! else writes into that header counts for nothing.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};

use crate::app::State;

/// The other end of the connection; put into each request by whoever took it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Where a request comes from; `None` without a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) Option<IpAddr>);

impl Address {
    /// Of a request with these headers, when these proxies are trusted.
    pub(crate) fn of(peer: Option<Peer>, headers: &HeaderMap, proxies: &[IpAddr]) -> Address {
        let Some(Peer(peer)) = peer else { return Address(None) };
        let peer = peer.ip().to_canonical();
        if !proxies.contains(&peer) {
            return Address(Some(peer));
        }
        let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
        // From the right: each proxy appends whom it took the request from. The first that is not trusted is the client.
        for hop in hops.into_iter().rev() {
            match read(hop) {
                Some(hop) if proxies.contains(&hop) => {}
                Some(hop) => return Address(Some(hop)),
                None => break,
            }
        }
        Address(Some(peer))
    }

    /// What limits count by: whoever has an IPv6 network has 2^64 addresses in it.
    pub(crate) fn counted(self) -> IpAddr {
        match self.0 {
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            Some(address) => address,
            None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        }
    }
}

/// An address as proxies write it: with a port or not, IPv6 in brackets or not.
fn read(text: &str) -> Option<IpAddr> {
    let address = text.parse::<IpAddr>().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    address.or_else(bare).map(|address| address.to_canonical())
}

impl FromRequestParts<Arc<State>> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Address, Infallible> {
        let peer = parts.extensions.get::<Peer>().copied();
        Ok(Address::of(peer, &parts.headers, &state.settings.proxies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let proxies = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let address = Address::of(Some(Peer(peer.parse().unwrap())), &headers, &proxies);
        address.0.unwrap().to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_who_is_behind_it() {
        assert_eq!(seen("192.0.2.7:1", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(seen("10.0.0.1:1", &["198.51.100.1"]), "198.51.100.1");
        // What the client made up stands to the left of what the proxy wrote.
        assert_eq!(seen("10.0.0.1:1", &["203.0.113.9, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1:1", &["203.0.113.9", "198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(seen("[::ffff:10.0.0.1]:1", &["[2001:db8::1]:443"]), "2001:db8::1");
        for nonsense in [&[][..], &["unknown"], &["203.0.113.9, _hidden"], &["10.0.0.2"]] {
            assert_eq!(seen("10.0.0.1:1", nonsense), "10.0.0.1", "{nonsense:?}");
        }
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let counted = |text: &str| Address(Some(text.parse().unwrap())).counted();
        assert_eq!(counted("2001:db8:1:2:3::4"), counted("2001:db8:1:2::"));
        assert_ne!(counted("2001:db8:1:2::"), counted("2001:db8:1:3::"));
        assert_ne!(counted("192.0.2.1"), counted("192.0.2.2"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_a_client_writes_the_proxy_has_the_last_word(made_up in "[ -~]{0,80}") {
            proptest::prop_assert_eq!(seen("10.0.0.1:1", &[&made_up, "198.51.100.1"]), "198.51.100.1");
            proptest::prop_assert_eq!(seen("192.0.2.7:1", &[&made_up]), "192.0.2.7");
        }
    }
}
