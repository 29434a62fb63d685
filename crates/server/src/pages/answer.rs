//! Pages as responses: the headers that every page has, redirects, and problems in words.
//!
//! In comes HTML or a refusal, out comes a response. The policy allows the style sheet and the script of this server and nothing else (Content Security Policy, level 3); no other site
//! may show a page in a frame, and no cache keeps one.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use mihenk_node::{NodeError, ledger::LedgerError};
use mihenk_pages::{
    Template,
    frame::{Frame, OnwardPage, ProblemPage},
    refusal::Why,
};

use crate::{api::code::Code, observe::Broken, params::encoded, problem::Failure, refusal::Refusal, who::session};

/// What a page may load: nothing but from here, and no script or style that stands in it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// A page.
pub(super) fn html(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => with_headers(status, text),
        // A template of ours that cannot be written is broken; there is no page that could say so.
        Err(error) => with_headers(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

fn with_headers(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // A form of ours has to say where it comes from; other sites are told nothing.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A file that a browser keeps and never shows, whatever is in it.
pub(super) fn file(name: &str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    // RFC 6266 and RFC 8187: the name in UTF-8, each byte encoded.
    let kept = format!("attachment; filename*=UTF-8''{}", encoded(name));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(kept) = HeaderValue::from_str(&kept) {
        headers.insert(header::CONTENT_DISPOSITION, kept);
    }
    response
}

/// Leads to another page of ours.
pub(super) fn see_other(path: &str) -> Response {
    session::see_other(Some(path.to_owned()))
}

/// Leads to the same address once more, this time from a page of ours: a browser sends the session's cookie along then, if it has one.
pub(super) fn onward(frame: &Frame) -> Response {
    let place = session::local(Some(frame.path.clone()));
    let mut response = html(StatusCode::OK, &OnwardPage { t: frame, place: &place, refused: None });
    if let Ok(value) = HeaderValue::from_str(&format!("0;url={place}")) {
        response.headers_mut().insert(header::REFRESH, value);
    }
    response
}

/// A refusal in words, with what was typed.
pub(super) fn refused(frame: &Frame, refusal: &Refusal, typed: &[(String, String)]) -> Response {
    let status = refusal.status();
    let heading = match refusal {
        Refusal::NotSignedIn | Refusal::Node(NodeError::NotSignedIn) => "problem-sign-in",
        Refusal::Node(NodeError::NotAllowed { .. }) => "problem-not-allowed",
        Refusal::Node(NodeError::PasswordDue) => "problem-password",
        Refusal::NoOffice | Refusal::Node(NodeError::Ledger(LedgerError::Unknown { .. })) => "problem-unknown",
        Refusal::Node(NodeError::Ledger(LedgerError::Changed { .. })) => "problem-changed",
        Refusal::Busy | Refusal::Node(NodeError::Busy(_)) => "problem-busy",
        _ if status == StatusCode::INTERNAL_SERVER_ERROR => "problem-broken",
        _ => "problem-refused",
    };
    let why = refusal.said(frame.words);
    let mut response = problem(frame, status, heading, Some(&why), typed);
    if refusal.code() == Code::Broken {
        response.extensions_mut().insert(Broken(refusal.words()));
    }
    response
}

/// What is asked of the lists and cannot be answered.
pub(super) fn failed(frame: &Frame, failure: Failure) -> Response {
    match failure {
        Failure::Busy => refused(frame, &Refusal::Busy, &[]),
        Failure::Told(status, what) => {
            let code = Code::of_status(status.as_u16()).about().name;
            problem(frame, status, "problem-refused", Some(&Why::of_code(frame.words, code, &what)), &[])
        }
        Failure::Broken(why) => refused(frame, &Refusal::Broken(why), &[]),
        _ => problem(frame, StatusCode::BAD_REQUEST, "problem-refused", None, &[]),
    }
}

/// There is no such page.
pub(super) fn unknown(frame: &Frame) -> Response {
    problem(frame, StatusCode::NOT_FOUND, "problem-unknown", None, &[])
}

fn problem(
    frame: &Frame,
    status: StatusCode,
    heading: &str,
    why: Option<&Why>,
    typed: &[(String, String)],
) -> Response {
    let hidden = ["csrf", "password", "before", "new", "revision", "back", "next"];
    let typed: Vec<(String, String)> = typed
        .iter()
        .filter(|(name, text)| !text.trim().is_empty() && !hidden.contains(&name.as_str()))
        .cloned()
        .collect();
    html(status, &ProblemPage { t: frame, status: status.as_u16(), heading, why, typed: &typed })
}
