//! Ids: a letter that says of what, and the place in the chain of the event that made it, such as `A-17`.
//!
//! An id is opaque: no name, no number of a document, so that it may stand in a log or in an event that outlives the
//! person's data. Each kind of thing has its own type, made by `id!`; its constructor refuses another's.

/// Declares the type of an id: `id!(AlertId, "A", "an alert")`.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id of what the event in this place of the chain makes.
            #[must_use]
            pub fn at(seq: i64) -> $name {
                $name(format!(concat!($letter, "-{}"), seq))
            }

            /// As text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::LedgerError;

            fn from_str(text: &str) -> Result<$name, $crate::LedgerError> {
                let text = text.trim().to_ascii_uppercase();
                let number = text.strip_prefix(concat!($letter, "-")).and_then(|number| number.parse::<i64>().ok());
                match number {
                    Some(seq) if seq > 0 => Ok($name::at(seq)),
                    _ => Err($crate::refusals::not_an_id(text, $what, $letter)),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::LedgerError;

            fn try_from(text: String) -> Result<$name, $crate::LedgerError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&$name> for mihenk_store::Value {
            fn from(id: &$name) -> mihenk_store::Value {
                mihenk_store::Value::Text(id.0.clone())
            }
        }
    };
}

id!(
    /// A customer.
    CustomerId, "K", "a customer"
);
id!(
    /// An alert.
    AlertId, "A", "an alert"
);

id!(
    /// A case.
    CaseId, "C", "a case"
);
