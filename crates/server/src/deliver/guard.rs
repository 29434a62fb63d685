//! Which addresses a webhook may reach: none inside the house by a name outside (server-side request forgery, OWASP A10:2021).
//!
//! In comes a name that is to be looked up, out come its addresses if all of them are of the public internet. The addresses that are checked are those that are connected to, so
//! that a name which means something else a moment later gains nothing. Special addresses are those of the IANA registries (RFC 6890). What is meant by its name as this machine
//! ([`is_here`]) may be this machine.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use mihenk_node::ledger::webhooks::is_here;
use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// Looks names up and refuses addresses inside the house.
#[derive(Debug)]
pub(super) struct Guard {
    inner: DefaultResolver,
    allows_private: bool,
}

impl Guard {
    pub(super) fn new(allows_private: bool) -> Guard {
        Guard { inner: DefaultResolver::default(), allows_private }
    }

    fn allows(&self, authority: &str, ip: IpAddr) -> bool {
        if is_here(authority) {
            return ip.is_loopback();
        }
        match whose(ip) {
            Whose::Public => true,
            Whose::Private => self.allows_private,
            Whose::Nobodys => false,
        }
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        match found.iter().find(|address| !self.allows(authority, address.ip())) {
            None => Ok(found),
            Some(address) => Err(Error::Other(
                format!(
                    "{authority} is {}, which is no address of the public internet; MIHENK_WEBHOOK_PRIVATE=1 allows those of private networks",
                    address.ip()
                )
                .into(),
            )),
        }
    }
}

/// Whose an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Anybody's.
    Public,
    /// A house's own.
    Private,
    /// Of one machine or one line, of many, of examples, or of nobody.
    Nobodys,
}

fn whose(ip: IpAddr) -> Whose {
    match ip {
        IpAddr::V4(ip) => whose_4(ip),
        IpAddr::V6(ip) => whose_6(ip),
    }
}

fn whose_4(ip: Ipv4Addr) -> Whose {
    let [a, b, c, _] = ip.octets();
    match (a, b, c) {
        // Private use (RFC 1918), shared by carriers (RFC 6598).
        (10, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Whose::Private,
        // This network, loopback, link-local, protocol assignments, examples, benchmarks, relays, multicast and what is above.
        (0 | 127 | 224..=255, ..)
        | (169, 254, _)
        | (192, 0, 0 | 2)
        | (192, 88, 99)
        | (198, 18 | 19, _)
        | (198, 51, 100)
        | (203, 0, 113) => Whose::Nobodys,
        _ => Whose::Public,
    }
}

fn whose_6(ip: Ipv6Addr) -> Whose {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return whose_4(inner);
    }
    let words = ip.segments();
    let inner = |high: u16, low: u16| whose_4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match words {
        // Translated (RFC 6052) and 6to4 (RFC 3056): as the address within.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        [first, ..] if first & 0xfe00 == 0xfc00 => Whose::Private,
        // Examples, protocol assignments and Teredo, discarded.
        [0x2001, 0x0db8 | 0..=0x01ff, ..] | [0x0100, 0, 0, 0, ..] => Whose::Nobodys,
        // Global unicast is 2000::/3 (RFC 4291, section 2.4).
        [first, ..] if first & 0xe000 == 0x2000 => Whose::Public,
        _ => Whose::Nobodys,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whose_the_registries_say() {
        for (text, expected) in [
            ("8.8.8.8", Whose::Public),
            ("10.0.0.1", Whose::Private),
            ("172.16.0.1", Whose::Private),
            ("172.32.0.1", Whose::Public),
            ("192.168.1.1", Whose::Private),
            ("100.64.0.1", Whose::Private),
            ("127.0.0.1", Whose::Nobodys),
            ("169.254.169.254", Whose::Nobodys),
            ("0.0.0.0", Whose::Nobodys),
            ("192.0.2.1", Whose::Nobodys),
            ("224.0.0.1", Whose::Nobodys),
            ("255.255.255.255", Whose::Nobodys),
            ("2606:4700::1111", Whose::Public),
            ("::1", Whose::Nobodys),
            ("::", Whose::Nobodys),
            ("fc00::1", Whose::Private),
            ("fe80::1", Whose::Nobodys),
            ("ff02::1", Whose::Nobodys),
            ("::ffff:10.0.0.1", Whose::Private),
            ("::ffff:127.0.0.1", Whose::Nobodys),
            ("64:ff9b::7f00:1", Whose::Nobodys),
            ("2002:7f00:1::", Whose::Nobodys),
            ("2001:db8::1", Whose::Nobodys),
        ] {
            assert_eq!(whose(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn this_machine_is_reached_by_its_own_names_only() {
        let guard = Guard::new(true);
        let here: IpAddr = "127.0.0.1".parse().unwrap();
        assert!(
            guard.allows("localhost:80", here)
                && guard.allows("127.0.0.1:80", here)
                && guard.allows("[::1]", "::1".parse().unwrap())
        );
        assert!(!guard.allows("example.org", here) && !guard.allows("localhost", "10.0.0.1".parse().unwrap()));
        assert!(guard.allows("intranet.example.org", "10.0.0.1".parse().unwrap()));
        assert!(!Guard::new(false).allows("intranet.example.org", "10.0.0.1".parse().unwrap()));
    }
}
