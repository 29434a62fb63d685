//! Plain pages: what somebody needs before they are in, without script, style or anything that has to be fetched.
//!
//! In come words and forms of ours, out comes a page that no other site can frame and no cache keeps. Text of others goes through [`escaped`].

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use super::session::private;

/// What such a page may do: send its forms to us.
const POLICY: &str = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A page with a title.
pub(super) fn page(status: StatusCode, title: &str, body: &str) -> Response {
    whole(status, title, "", body)
}

/// A page that goes on by itself. After a way that began at another site a browser sends no cookie of ours along; after this page it does.
pub(super) fn onward(place: &str) -> Response {
    let place = escaped(place);
    let head = format!("<meta http-equiv=\"refresh\" content=\"0;url={place}\">");
    whole(StatusCode::OK, "Signed in", &head, &format!("<p>Signed in. <a href=\"{place}\">Go on</a></p>"))
}

fn whole(status: StatusCode, title: &str, head: &str, body: &str) -> Response {
    let text = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">{head}<title>Mihenk: {title}</title></head><body><main>{body}</main></body></html>"
    );
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    private(response)
}

/// Text of others, as it may stand in a page and in an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A sentence on what went wrong, if anything did.
pub(super) fn wrong(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<p role=\"alert\">{}</p>", escaped(words)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_stays_text() {
        assert_eq!(escaped("<script>'\"&"), "&lt;script&gt;&#39;&quot;&amp;");
        assert_eq!(wrong(""), "");
        let response = onward("/x?a=\"><script>");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}
