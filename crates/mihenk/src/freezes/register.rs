//! The register, in tables, CSV or JSON.
//!
//! In comes what was asked for, out come the assets that are restrained and what they come to, by programme, currency and holder.

use mihenk_node::{
    desk::Seat,
    freezes,
    ledger::freezes::register::{By, Register as Found, Total},
};

use crate::{
    cli::freezes::Register,
    paint::{Paint, count},
    say,
    table::Table,
    when,
};

/// The register as JSON. Totals are whole numbers that may be larger than JSON values usually are; they are written as they are.
fn json(at: &str, register: &Found, by: &[By]) -> anyhow::Result<String> {
    let totals: Vec<(By, Vec<Total>)> = by.iter().map(|by| (*by, register.totals(*by))).collect();
    let parts = [
        ("at", serde_json::to_string(at)?),
        ("seq", register.seq.to_string()),
        ("entries", serde_json::to_string(&register.entries)?),
        ("totals", serde_json::to_string(&totals)?),
    ];
    let parts = parts.map(|(name, value)| format!("\"{name}\":{value}"));
    Ok(format!("{{{}}}", parts.join(",")))
}

/// The last millisecond of a day, or the moment.
fn moment(text: &str) -> anyhow::Result<i64> {
    let at = when::read(text)?;
    Ok(if text.trim().len() == 10 { at + 24 * 60 * 60 * 1000 - 1 } else { at })
}

pub(super) fn show(seat: &Seat<'_>, asked: &Register) -> anyhow::Result<()> {
    let now = seat.desk().now();
    // Today has not ended: what is so until now.
    let at = asked.at.as_deref().map(moment).transpose()?;
    let at = match (at, asked.at.as_deref()) {
        (Some(at), Some(text)) if at > now && text.trim().len() == 10 && when::read(text)? <= now => Some(now),
        (at, _) => at,
    };
    let register = freezes::register(seat, at)?;
    let by = match asked.by.as_deref() {
        Some("programme") => vec![By::Programme],
        Some("currency") => vec![By::Currency],
        Some("holder") => vec![By::Holder],
        _ => vec![By::Programme, By::Currency, By::Holder],
    };
    if asked.csv {
        return say::out(&match asked.by {
            Some(_) => freezes::totals_csv(&register, by[0])?,
            None => freezes::entries_csv(&register)?,
        });
    }
    let shown = when::minute(at.unwrap_or(now));
    if asked.json.json {
        return say::line(&json(&shown, &register, &by)?);
    }
    say::out(&tables(&register, &shown, &by))
}

/// The assets, then totals by each of these.
fn tables(register: &Found, shown: &str, by: &[By]) -> String {
    let number = register.entries.len();
    let plural = if number == 1 { "" } else { "s" };
    let mut out = format!("{} asset{plural} restrained on {shown} UTC\n", count(number));
    if number > 0 {
        out.push_str(&format!("\n{}", entries(register)));
        by.iter().for_each(|by| out.push_str(&totals(register, *by)));
    }
    out
}

fn entries(register: &Found) -> Table {
    let mut table = Table::new(&[
        "freeze",
        "asset",
        "state",
        "programme",
        "reference",
        "kind",
        "identifier",
        "holder",
        "value",
        "review",
    ]);
    for entry in &register.entries {
        table.row([
            entry.freeze.to_string(),
            entry.number.to_string(),
            entry.state.as_str().to_owned(),
            entry.programme.clone(),
            entry.reference.clone(),
            entry.kind.as_str().to_owned(),
            entry.identifier.clone(),
            entry.holder.clone(),
            entry.value.map_or_else(|| "not known".to_owned(), |value| value.to_string()),
            entry.review.to_string(),
        ]);
    }
    table
}

fn totals(register: &Found, by: By) -> String {
    let (heading, column) = match by {
        By::Programme => ("By programme", "programme"),
        By::Currency => ("By currency", "currency"),
        By::Holder => ("By holder", "holder"),
    };
    let mut table = Table::new(&[column, "assets", "held only", "value"]);
    for total in register.totals(by) {
        let value =
            total.currency.map_or_else(|| "not known".to_owned(), |currency| currency.written(total.amount_minor));
        table.row([total.of, count(total.assets), count(total.held), value]);
    }
    format!("\n{}\n{table}", Paint::for_stdout().strong(heading))
}
