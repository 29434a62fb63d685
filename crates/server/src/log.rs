//! Lines of the log: one JSON object for each thing that happens.
//!
//! In comes what is [`Told`], out comes a line with the moment, the level and the event's fields. Whoever runs the server says from which level on lines are
//! wanted. What a person asked, and whom it found, is in none.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::listen::Told;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something is broken, or a list is old.
    Error,
    /// Something went wrong and is tried again.
    Warn,
    /// What happens.
    Info,
    /// Everything, downloads that are tried again included.
    Debug,
}

impl std::str::FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Level, String> {
        Ok(match text.trim().to_lowercase().as_str() {
            "error" => Level::Error,
            "warn" | "warning" => Level::Warn,
            "info" => Level::Info,
            "debug" => Level::Debug,
            other => return Err(format!("'{other}' is no level; there are error, warn, info, debug")),
        })
    }
}

impl Level {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warn => "warn",
            Level::Info => "info",
            Level::Debug => "debug",
        }
    }
}

impl Told {
    /// How much it matters.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Told::Stale { .. } => Level::Error,
            Told::Answered(answered) if answered.status >= 500 && answered.status != 503 => Level::Error,
            Told::Failed(_)
            | Told::NotUpdated { .. }
            | Told::Missing { .. }
            | Told::NotFollowed(_)
            | Told::Warning(_) => Level::Warn,
            Told::RanOut { .. }
            | Told::Listening { .. }
            | Told::Certificate
            | Told::FirstStart(_)
            | Told::Ready { .. }
            | Told::Updated { .. }
            | Told::Answered(_)
            | Told::Stopping => Level::Info,
            Told::Retrying(_) => Level::Debug,
        }
    }

    /// As a line of JSON, without its end.
    #[must_use]
    pub fn json(&self, at: Timestamp) -> String {
        let (event, mut fields) = self.fields();
        let mut line = json!({ "at": format!("{at:.3}"), "level": self.level().name(), "event": event });
        if let (Value::Object(line), Value::Object(fields)) = (&mut line, &mut fields) {
            line.append(fields);
        }
        line.to_string()
    }

    fn fields(&self) -> (&'static str, Value) {
        match self {
            Told::Listening { address, scheme } => {
                ("listening", json!({ "address": address.to_string(), "scheme": scheme }))
            }
            Told::Certificate => ("certificate", json!({})),
            // The links make whoever has them an administrator, and a log is read by many: they are told at a terminal alone.
            Told::FirstStart(_) => ("first_start", json!({ "next": "mihenk user init" })),
            Told::Ready { version, entities } => ("ready", json!({ "version": version, "entities": entities })),
            Told::Missing { collection, child } => {
                ("list_missing", json!({ "collection": collection, "dataset": child }))
            }
            Told::Failed(why) => ("open_failed", json!({ "why": why })),
            Told::Updated { dataset, added, changed, removed } => {
                ("list_updated", json!({ "dataset": dataset, "added": added, "changed": changed, "removed": removed }))
            }
            Told::NotUpdated { dataset, why } => ("refresh_failed", json!({ "dataset": dataset, "why": why })),
            Told::Retrying(why) => ("download_again", json!({ "why": why })),
            Told::Stale { dataset, seconds } => ("list_stale", json!({ "dataset": dataset, "seconds": seconds })),
            // Which ones is in the ledger.
            Told::RanOut { count, .. } => ("ran_out", json!({ "count": count })),
            Told::NotFollowed(why) => ("follow_failed", json!({ "why": why })),
            Told::Warning(what) => ("warning", json!({ "what": what })),
            Told::Stopping => ("stopping", json!({})),
            Told::Answered(request) => {
                let mut fields = json!({
                    "request": request.id, "method": request.method, "route": request.route, "status": request.status,
                    "ms": request.ms, "version": request.version,
                });
                if let Some(broken) = &request.broken {
                    fields["broken"] = json!(broken);
                }
                ("request", fields)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::Answered;

    #[test]
    fn a_line_is_one_object() {
        let answered = Answered {
            id: "r1".into(),
            method: "POST".into(),
            route: "/match/{dataset}".into(),
            status: 200,
            ms: 0.5,
            version: Some("v".into()),
            broken: None,
        };
        let line = Told::Answered(answered).json("2026-01-31T12:00:00Z".parse().unwrap());
        let expected = json!({
            "at": "2026-01-31T12:00:00.000Z", "level": "info", "event": "request", "request": "r1", "method": "POST",
            "route": "/match/{dataset}", "status": 200, "ms": 0.5, "version": "v",
        });
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), expected);
        assert!(!line.contains('\n'));
    }

    #[test]
    fn levels_are_in_order() {
        assert!(Level::Error < Level::Debug && "WARN".parse() == Ok(Level::Warn) && "loud".parse::<Level>().is_err());
    }
}
