//! What an operation answers.
//!
//! In comes JSON or bytes with a name, out comes a response that nobody keeps and no browser guesses the type of.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use mihenk_node::{NodeError, ledger::LedgerError};
use serde::Serialize;
use serde_json::{Value, json};

/// What an operation answers: JSON, or bytes of another type.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) content: Content,
    revision: Option<i64>,
    headers: Vec<(String, String)>,
}

/// What is in it.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// JSON.
    Json(Value),
    /// Bytes, with the name of a file if they are one.
    Bytes(Vec<u8>, Option<String>),
}

impl Reply {
    /// JSON of anything.
    pub(crate) fn json(value: &impl Serialize) -> Result<Reply, NodeError> {
        let value = serde_json::to_value(value)
            .map_err(|error| LedgerError::refused(format!("the answer cannot be written as JSON: {error}")))?;
        Ok(Reply { content: Content::Json(value), revision: None, headers: Vec::new() })
    }

    /// Nothing.
    pub(crate) fn nothing() -> Reply {
        Reply::text(String::new())
    }

    /// Text of another type.
    pub(crate) fn text(text: String) -> Reply {
        Reply { content: Content::Bytes(text.into_bytes(), None), revision: None, headers: Vec::new() }
    }

    /// A file, to be kept.
    pub(crate) fn file(name: &str, bytes: Vec<u8>) -> Reply {
        Reply { content: Content::Bytes(bytes, Some(name.to_owned())), revision: None, headers: Vec::new() }
    }

    /// Of a thing in this revision: it goes out as an ETag, which `If-Match` takes.
    pub(crate) fn revised(mut self, revision: i64) -> Reply {
        self.revision = Some(revision);
        self
    }

    /// With a header; what cannot stand in one is left out.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// As it is kept for when the same is asked once more.
    pub(crate) fn to_be_kept(&self) -> Vec<u8> {
        let content = match &self.content {
            Content::Json(value) => json!({ "json": value }),
            Content::Bytes(bytes, name) => json!({ "bytes": STANDARD.encode(bytes), "name": name }),
        };
        json!({ "content": content, "revision": self.revision, "headers": self.headers }).to_string().into_bytes()
    }

    /// As it was kept.
    pub(crate) fn kept(bytes: &[u8]) -> Option<Reply> {
        let mut value: Value = serde_json::from_slice(bytes).ok()?;
        let content = value["content"].as_object_mut()?;
        let content = match (content.remove("json"), content.get("bytes")) {
            (Some(value), _) => Content::Json(value),
            (None, Some(bytes)) => {
                let name = content.get("name").and_then(Value::as_str).map(str::to_owned);
                Content::Bytes(STANDARD.decode(bytes.as_str()?).ok()?, name)
            }
            (None, None) => return None,
        };
        let headers = serde_json::from_value(value["headers"].take()).ok()?;
        Some(Reply { content, revision: value["revision"].as_i64(), headers })
    }

    /// As a response.
    pub(crate) fn response(self, status: u16, media: &'static str) -> Response {
        let (bytes, name) = match self.content {
            Content::Json(value) => (value.to_string().into_bytes(), None),
            Content::Bytes(bytes, name) => (bytes, name),
        };
        let mut response = Body::from(bytes).into_response();
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        let headers = response.headers_mut();
        if !media.is_empty() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        }
        // Answers hold data of people.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let revision = self.revision.map(|revision| ("etag".to_owned(), format!("\"{revision}\"")));
        let kept = name.map(|name| ("content-disposition".to_owned(), disposition(&name)));
        for (name, value) in self.headers.into_iter().chain(revision).chain(kept) {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// The name of a file, in a form that any name fits (RFC 6266, RFC 8187): never shown by a browser, always kept.
fn disposition(name: &str) -> String {
    format!("attachment; filename*=UTF-8''{}", crate::params::encoded(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_answered_again() {
        let json = Reply::json(&json!({ "case": "C-1" })).unwrap().revised(17).with("location", "/x");
        let file = Reply::file("a.txt", vec![0, 255, 7]);
        for reply in [json, file, Reply::nothing()] {
            let again = Reply::kept(&reply.to_be_kept()).unwrap();
            assert_eq!(format!("{again:?}"), format!("{reply:?}"));
        }
        assert!(Reply::kept(b"{").is_none() && Reply::kept(b"{}").is_none());
    }
}
