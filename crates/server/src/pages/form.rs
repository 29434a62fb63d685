//! What a form sends.
//!
//! In comes a body, out come its fields. A form with a file is read by `axum`'s reader of `multipart/form-data` (RFC 7578).

use axum::{
    body::Body,
    extract::{Multipart, multipart::MultipartError},
};
use mihenk_node::{
    NodeError,
    ledger::{LedgerError, Reason, day::Day},
};

use crate::{app::read_body, params, problem::Failure};

/// The fields of a form.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) pairs: Vec<(String, String)>,
}

/// A field of a form with files.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// What the sender's machine calls the file; empty where it is none.
    pub(super) file_name: String,
    pub(super) bytes: Vec<u8>,
}

/// The fields of a form with files (RFC 7578).
pub(super) async fn fields(mut form: Multipart) -> Result<Vec<Field>, Failure> {
    let mut fields = Vec::new();
    let wrong = |error: MultipartError| Failure::bad(error.body_text());
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let (name, file_name) = (field.name().unwrap_or("").to_owned(), field.file_name().unwrap_or("").to_owned());
        fields.push(Field { name, file_name, bytes: field.bytes().await.map_err(wrong)?.to_vec() });
    }
    Ok(fields)
}

/// The file of a form that has to have one.
pub(super) fn file_of(fields: Vec<Field>) -> Result<Field, NodeError> {
    let file = fields.into_iter().find(|field| field.name == "file");
    file.ok_or_else(|| NodeError::Act("there is no file in the form".to_owned()))
}

/// The fields of a form with files; one that cannot be read is answered at once.
macro_rules! fields_of {
    ($multipart:expr, $visitor:expr) => {
        match $crate::pages::form::fields($multipart).await {
            Ok(fields) => fields,
            Err(failure) => return $crate::pages::answer::failed(&$visitor.frame(), failure),
        }
    };
}
pub(super) use fields_of;

/// The form in a body; a body that cannot be read is answered at once.
macro_rules! form_of {
    ($body:expr, $visitor:expr) => {
        match $crate::pages::form::Form::read($body).await {
            Ok(form) => form,
            Err(failure) => return $crate::pages::answer::failed(&$visitor.frame(), failure),
        }
    };
}
pub(super) use form_of;

impl Form {
    pub(super) async fn read(body: Body) -> Result<Form, Failure> {
        Ok(Form { pairs: params::pairs(&read_body(body).await?) })
    }

    /// A field as it was typed, blanks and all, for passwords.
    pub(super) fn typed(&self, name: &str) -> &str {
        self.pairs.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field without the blanks around it; nothing when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.typed(name).trim()
    }

    /// All fields of that name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The revision that the sender looked at.
    pub(super) fn revision(&self) -> Option<i64> {
        self.text("revision").parse().ok()
    }

    /// A day, such as 2026-11-26.
    pub(super) fn day(&self, name: &str) -> Result<Day, LedgerError> {
        self.text(name).parse()
    }

    /// A day, if one was typed.
    pub(super) fn maybe_day(&self, name: &str) -> Result<Option<Day>, LedgerError> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::parse).transpose()
    }

    /// A reason, or `otherwise` where none was typed.
    pub(super) fn reason(&self, name: &str, otherwise: &str) -> Result<Reason, LedgerError> {
        let typed = self.text(name);
        Reason::new(if typed.is_empty() { otherwise } else { typed })
    }
}
