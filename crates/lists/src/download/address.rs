//! Addresses: where a redirect leads, whose a secret is, and how an address is shown.
//!
//! In comes an address as text, out comes a part of it or another one. Enough of RFC 3986 for `http` and `https`; what is none
//! of these is refused.

use std::net::IpAddr;

use super::error::Cause;

/// Scheme, host and port: who may see a secret that was meant for this address.
pub(crate) fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("").to_ascii_lowercase();
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    if host.is_empty() || host.starts_with(':') {
        return None;
    }
    Some(if has_port { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{default}") })
}

/// Whether two addresses are of one server, so that a secret for one may be seen by the other.
#[must_use]
pub fn same_origin(one: &str, other: &str) -> bool {
    origin(one).is_some_and(|one| origin(other) == Some(one))
}

/// Whether an origin is this machine itself.
pub(crate) fn is_here(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host).trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where a redirect leads (RFC 3986, section 5.2); never from a secure address to one that is not.
pub(crate) fn follow(from: &str, location: &str) -> Result<String, Cause> {
    let location = location.split('#').next().unwrap_or("").trim();
    let (scheme, rest) = from.split_once("://").ok_or(Cause::Address)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let to = if location.contains("://") && !location.starts_with('/') {
        location.to_owned()
    } else if let Some(rest) = location.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else {
        let path = rest[end..].split(['?', '#']).next().unwrap_or("");
        let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        format!("{scheme}://{authority}{folder}{location}")
    };
    let origin = origin(&to).ok_or_else(|| Cause::Protocol(crate::sayings::redirect_to_no_address()))?;
    if scheme.eq_ignore_ascii_case("https") && !origin.starts_with("https://") {
        return Err(Cause::Downgrade(shown(&to)));
    }
    Ok(to)
}

/// An address as it may be shown: without user, password, query and fragment, each of which may be a secret.
#[must_use]
pub fn shown(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (rest, has_query) = (&rest[..end], end < rest.len());
    let slash = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(slash);
    let host = authority.rsplit('@').next().unwrap_or("");
    let path: String = path.chars().filter(|c| !c.is_control()).collect();
    format!("{scheme}://{host}{path}{}", if has_query { "?…" } else { "" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin("https://Example.org/a?b").as_deref(), Some("https://example.org:443"));
        assert_eq!(origin("https://u:p@example.org:8443/a").as_deref(), Some("https://example.org:8443"));
        assert_eq!(origin("http://[::1]:80").as_deref(), Some("http://[::1]:80"));
        for wrong in ["ftp://example.org", "example.org", "https:///a", "", "https://"] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for (url, here) in [
            ("http://127.0.0.1:8080/a", true),
            ("http://localhost", true),
            ("https://[::1]/a", true),
            ("https://example.org/127.0.0.1", false),
            ("https://localhost.example.org", false),
        ] {
            assert_eq!(is_here(&origin(url).unwrap()), here, "{url}");
        }
    }

    #[test]
    fn redirects_lead_where_rfc_3986_says() {
        // Section 5.4 of the RFC, as far as servers send it.
        let from = "http://a/b/c/d;p?q";
        for (location, to) in [
            ("g", "http://a/b/c/g"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("https://h/i", "https://h/i"),
            ("g?y#s", "http://a/b/c/g?y"),
        ] {
            assert_eq!(follow(from, location).unwrap(), to, "{location}");
        }
        assert_eq!(follow("http://a", "g").unwrap(), "http://a/g");
        assert!(matches!(follow("https://a/b", "http://a/b"), Err(Cause::Downgrade(_))));
        assert!(matches!(follow("https://a/b", "file:///etc/passwd"), Err(Cause::Protocol(_))));
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        assert_eq!(shown("https://user:pass@example.org/a/list.xml?token=x#y"), "https://example.org/a/list.xml?…");
        assert_eq!(shown("https://example.org"), "https://example.org");
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_or_none(from in "(https?://)?\\PC{0,30}", to in "[a-z:/?#.@]{0,30}|\\PC{0,30}") {
            let _ = (origin(&from), shown(&from));
            if let Ok(url) = follow(&from, &to) {
                prop_assert!(origin(&url).is_some(), "{}", url);
                prop_assert!(!from.starts_with("https://") || origin(&url).unwrap().starts_with("https://"));
            }
        }

        #[test]
        fn what_may_be_secret_is_never_shown(secret in "[a-z]{12}", path in "[A-Z/]{0,9}") {
            let url = format!("https://{secret}:{secret}@E.org/{path}?{secret}#{secret}");
            prop_assert!(!shown(&url).contains(&secret));
        }
    }
}
