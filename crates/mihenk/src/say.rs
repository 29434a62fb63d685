//! Says things: results to standard output, everything else to standard error.
//!
//! In comes text, out it goes. `println!` panics when whoever reads has stopped (`mihenk … | head -1`); what is said here
//! gives an error instead, which `main` takes for a quiet end. Notes and warnings never fail: if nobody can hear them,
//! the work is done all the same.

use std::{
    io::{Write, stderr, stdout},
    sync::atomic::{AtomicBool, Ordering},
};

use crate::paint::harmless;

/// Results, as they are.
pub(crate) fn out(text: &str) -> anyhow::Result<()> {
    let mut stdout = stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(())
}

/// Results and the end of a line.
pub(crate) fn line(text: &str) -> anyhow::Result<()> {
    out(&format!("{text}\n"))
}

/// Whether notes are lines of JSON: somebody collects them.
static AS_JSON: AtomicBool = AtomicBool::new(false);

/// From now on every note is a line of JSON.
pub(crate) fn notes_as_json() {
    AS_JSON.store(true, Ordering::Relaxed);
}

/// Something beside the results, in one line.
pub(crate) fn note(text: &str) {
    if !AS_JSON.load(Ordering::Relaxed) {
        let _ = writeln!(stderr().lock(), "{}", harmless(text));
        return;
    }
    let level = ["error", "warning"].into_iter().find(|word| text.starts_with(word)).unwrap_or("info");
    let level = if level == "warning" { "warn" } else { level };
    let at = format!("{:.3}", jiff::Timestamp::now());
    event(&serde_json::json!({ "at": at, "level": level, "event": "note", "what": text }).to_string());
}

/// A line of a log that is JSON already.
pub(crate) fn event(line: &str) {
    let _ = writeln!(stderr().lock(), "{line}");
}

/// What an act came to: in words, or as JSON.
pub(crate) fn done(as_json: bool, json: &serde_json::Value, told: &str) -> anyhow::Result<()> {
    if as_json { line(&json.to_string()) } else { line(told) }
}
