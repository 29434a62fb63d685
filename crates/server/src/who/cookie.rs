//! The cookie that holds a session, and whether a request comes from a page of ours.
//!
//! In come headers, out comes the token in the cookie; or a cookie to set. A script cannot read it (`HttpOnly`), a browser sends it to this host alone and not
//! along with requests that other sites begin (`SameSite=Strict`), and under TLS never without (`Secure`, and the prefix `__Host-`, which keeps other hosts of
//! a domain from setting it): RFC 6265bis.
//!
//! As a second wall, [`is_foreign`] looks at what browsers say of where a request began: `Sec-Fetch-Site` (Fetch Metadata) and `Origin`.

use axum::http::{HeaderMap, HeaderValue, Method, header};
use mihenk_node::ledger::people::Token;

/// The cookie's name without TLS.
const PLAIN: &str = "mihenk_session";
/// The cookie's name under TLS.
const SECURE: &str = "__Host-mihenk_session";

fn name(is_secure: bool) -> &'static str {
    if is_secure { SECURE } else { PLAIN }
}

/// The value of a cookie.
pub(crate) fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(other, _)| *other == name).map(|(_, value)| value)
}

/// The session in the cookie of a request.
pub(crate) fn session(headers: &HeaderMap, is_secure: bool) -> Option<Token> {
    named(headers, name(is_secure)).filter(|value| !value.is_empty()).map(Token::new)
}

/// The cookie of a session: for as long as the browser is open, and no longer than the server says.
pub(crate) fn keep(token: &Token, is_secure: bool) -> HeaderValue {
    cookie(name(is_secure), token.reveal(), "", is_secure)
}

/// Takes the cookie away.
pub(crate) fn forget(is_secure: bool) -> HeaderValue {
    cookie(name(is_secure), "", "; Max-Age=0", is_secure)
}

fn cookie(name: &str, value: &str, more: &str, is_secure: bool) -> HeaderValue {
    let secure = if is_secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{more}");
    // Tokens are hexadecimal digits.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Whether a page of another site, or of another host, began this request.
pub(crate) fn is_foreign(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    // Whoever follows a link from elsewhere only looks at a page; a browser that sends the cookie with it may.
    let is_visit = method == Method::GET && text("sec-fetch-mode") == Some("navigate");
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none") && !is_visit) {
        return true;
    }
    let Some(origin) = text("origin") else { return false };
    let host = origin.split_once("://").map(|(_, host)| host);
    match (host, text("host")) {
        (Some(origin), Some(host)) => !origin.eq_ignore_ascii_case(host),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_is_for_this_host_alone() {
        let token = Token::new("ab12");
        let plain = "mihenk_session=ab12; Path=/; HttpOnly; SameSite=Strict";
        assert_eq!(keep(&token, false), plain);
        assert_eq!(keep(&token, true), format!("__Host-{plain}; Secure"));
        let sent = headers(&[("cookie", "a=b; mihenk_session=cd; c=d")]);
        assert_eq!(session(&sent, false), Some(Token::new("cd")));
        // Another host of the domain may have set it.
        assert_eq!(session(&sent, true), None);
    }

    #[test]
    fn pages_of_others_are_told_from_ours() {
        let asks = |method: Method, pairs: &[(&'static str, &str)]| {
            let mut all = vec![("host", "mihenk.example:8000")];
            all.extend(pairs);
            is_foreign(&method, &headers(&all))
        };
        for ours in [
            &[][..],
            &[("sec-fetch-site", "same-origin"), ("origin", "http://mihenk.example:8000")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://MIHENK.example:8000")],
        ] {
            assert!(!asks(Method::POST, ours), "{ours:?}");
        }
        for foreign in [
            &[("origin", "https://other.example")][..],
            &[("origin", "http://mihenk.example:8001")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "navigate")],
            &[("sec-fetch-site", "a new word")],
        ] {
            assert!(asks(Method::POST, foreign), "{foreign:?}");
        }
        let visit = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        assert!(!asks(Method::GET, &visit));
        assert!(asks(Method::GET, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]));
    }
}
