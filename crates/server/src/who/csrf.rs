//! The token that a form of ours carries, so that no other page can send one in a user's name.
//!
//! It follows from the session's token and is bound to it; it is read from the header `x-csrf-token`, or from the field `csrf` of a form. In a form with files
//! that field has to be the first, so that no file is read before it is known who sends it. [`read`] is a layer that finds what was given and puts it into the
//! request as [`Given`]; [`Caller`](crate::caller::Caller) holds it against the session. Requests that carry no cookie of a session are passed on as they are.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State as Shared},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use hyper::body::{Body as HttpBody, Frame};
use mihenk_node::ledger::people::Token;

use crate::{
    app::{State, read_body},
    params,
    who::cookie,
};

/// The header that a script sends.
const HEADER: &str = "x-csrf-token";
/// The field that a form sends.
const FIELD: &str = "csrf";
/// What the token is derived for.
const LABEL: &str = "mihenk form";
/// How far into a form with files the token is looked for, in bytes.
const FIRST_BYTES: usize = 4096;

/// The token that came with a request.
#[derive(Clone, Debug)]
pub(crate) struct Given(String);

/// The token that belongs to a session.
pub(crate) fn token(session: &Token) -> String {
    session.derived(LABEL)
}

impl Given {
    /// Whether it belongs to the session; compared in a time that does not tell where it differs.
    pub(crate) fn belongs_to(&self, session: &Token) -> bool {
        let (given, right) = (self.0.as_bytes(), token(session));
        given.len() == right.len() && given.iter().zip(right.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

/// Whether a method changes nothing (RFC 9110, section 9.2.1).
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Finds the token of a request that needs one.
pub(crate) async fn read(Shared(state): Shared<Arc<State>>, mut request: Request, next: Next) -> Response {
    let needs_none = is_safe(request.method())
        || request.headers().contains_key(header::AUTHORIZATION)
        || cookie::session(request.headers(), state.settings.is_secure).is_none();
    if needs_none {
        return next.run(request).await;
    }
    if let Some(value) = request.headers().get(HEADER) {
        let given = Given(value.to_str().unwrap_or("").to_owned());
        request.extensions_mut().insert(given);
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let kind = content_type(&parts.headers);
    let (given, body) = if kind.starts_with("application/x-www-form-urlencoded") {
        match read_body(body).await {
            Ok(bytes) => (in_form(&bytes), Body::from(bytes)),
            Err(failure) => return failure.into_response(),
        }
    } else if kind.starts_with("multipart/form-data") {
        let (bytes, rest) = beginning(body).await;
        (in_first_part(&bytes), Body::new(Resumed { beginning: Some(bytes), rest }))
    } else {
        (None, body)
    };
    if let Some(given) = given {
        parts.extensions.insert(Given(given));
    }
    next.run(Request::from_parts(parts, body)).await
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or("").trim().to_ascii_lowercase()
}

fn in_form(bytes: &[u8]) -> Option<String> {
    params::pairs(bytes).into_iter().find(|(name, _)| name == FIELD).map(|(_, value)| value)
}

/// The value of the first part of a form with files (RFC 7578), if it is our field.
fn in_first_part(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let is_ours = disposition.split(';').any(|part| part.trim() == "name=\"csrf\"");
    if !is_ours {
        return None;
    }
    rest.split_once("\r\n--").map(|(value, _)| value.to_owned())
}

/// As much of a body as may hold the token, and the rest of it.
async fn beginning(mut body: Body) -> (Bytes, Body) {
    let mut bytes = Vec::new();
    while bytes.len() < FIRST_BYTES && in_first_part(&bytes).is_none() {
        // An error shows itself again to whoever reads the rest.
        let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await else { break };
        if let Ok(data) = frame.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    (Bytes::from(bytes), body)
}

/// A body of which the beginning was read.
struct Resumed {
    beginning: Option<Bytes>,
    rest: Body,
}

impl HttpBody for Resumed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.beginning.take() {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_session() {
        let session = Token::new("ab12");
        assert!(Given(token(&session)).belongs_to(&session));
        for wrong in [token(&Token::new("ab13")), String::new(), token(&session)[1..].to_owned(), "ab12".to_owned()] {
            assert!(!Given(wrong).belongs_to(&session));
        }
    }

    #[test]
    fn it_is_the_first_field_of_a_form_with_files() {
        let part = |name: &str| {
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nab12\r\n--x\r\nContent-Disposition: …"
            )
        };
        assert_eq!(in_first_part(part("csrf").as_bytes()), Some("ab12".to_owned()));
        assert_eq!(in_first_part(part("file").as_bytes()), None);
        let whole = part("csrf");
        let end = whole.find("\r\n--x\r\nC").unwrap() + "\r\n--".len();
        (0..end).for_each(|cut| assert_eq!(in_first_part(&whole.as_bytes()[..cut]), None, "{cut}"));
        assert_eq!(in_first_part(b"\xff\xfe"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_beginning_of_a_form_is_read_or_is_none(before in ".{0,40}", value in "[0-9a-f]{0,64}", after in ".{0,40}") {
            let whole = format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{value}\r\n--x{after}");
            proptest::prop_assert_eq!(in_first_part(whole.as_bytes()), Some(value));
            let _ = (in_first_part(before.as_bytes()), in_form(before.as_bytes()), in_first_part(format!("{before}{whole}").as_bytes()));
        }
    }
}
