//! On what law a freeze can rest, as it is shown: each statement with its source, and whether its text was read.
//!
//! In come the regimes, out come tables for a person, or JSON.

use mihenk_node::ledger::regimes::{LawSource, Procedure, Regime, Regimes};

use crate::{
    Outcome,
    paint::{Paint, wrapped},
    say,
    table::Table,
};

pub(super) fn show(regimes: &Regimes, id: Option<&str>, as_json: bool) -> anyhow::Result<Outcome> {
    if let Some(id) = id {
        let regime = regimes.get(id)?;
        say::out(&if as_json { serde_json::to_string(regime)? + "\n" } else { whole(regime) })?;
        return Ok(Outcome::Done);
    }
    if as_json {
        say::line(&serde_json::to_string(regimes.all())?)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["regime", "title", "hold by one", "exemptions", "not verified"]);
    for regime in regimes.all() {
        let kinds = regime.exemptions.iter().map(|rule| rule.kind.as_str()).collect::<Vec<_>>().join(", ");
        let unverified = sources(regime).filter(|source| !source.verified).count();
        let all = sources(regime).count();
        table.row([
            regime.id.clone(),
            regime.title.clone(),
            if regime.immediate_hold { "yes" } else { "no" }.to_owned(),
            kinds,
            format!("{unverified} of {all} statements"),
        ]);
    }
    say::out(&table.to_string())?;
    say::note(
        "mihenk freeze regimes ID shows the sources; files of your own go into the folder regimes of the data folder",
    );
    Ok(Outcome::Done)
}

fn sources(regime: &Regime) -> impl Iterator<Item = &LawSource> {
    regime.sources.iter().chain(regime.exemptions.iter().flat_map(|rule| &rule.sources))
}

fn whole(regime: &Regime) -> String {
    let paint = Paint::for_stdout();
    let mut out = format!("{}\n  {}\n", paint.strong(&paint.foreign(&regime.title)), paint.foreign(&regime.authority));
    regime.sources.iter().for_each(|source| out.push_str(&said(source, paint)));
    for rule in &regime.exemptions {
        let how = match (rule.procedure, rule.working_days) {
            (Procedure::Notify, Some(days)) => {
                format!("the committee is notified and does not object within {days} working days")
            }
            (Procedure::Notify, None) => "the committee is notified".to_owned(),
            (Procedure::Approve, _) => "the committee is notified and approves".to_owned(),
            (Procedure::Licence, _) => "a licence is quoted".to_owned(),
            (Procedure::Standing, _) => "nothing more is needed".to_owned(),
        };
        let limit = if rule.needs_limit { ", with a limit" } else { "" };
        out.push_str(&format!("\n{}: {}\n", paint.strong(&paint.foreign(&rule.kind)), paint.foreign(&rule.title)));
        out.push_str(&format!("  Two people agree; {how}{limit}.\n"));
        rule.sources.iter().for_each(|source| out.push_str(&said(source, paint)));
    }
    out
}

fn said(source: &LawSource, paint: Paint) -> String {
    let place = format!("{} {}", source.document, source.paragraph);
    let mark = if source.verified { paint.good("verified") } else { paint.warn("NOT VERIFIED") };
    let mut out = format!("  {} [{mark}]\n", paint.foreign(place.trim()));
    let read = if source.read_at.is_empty() { String::new() } else { format!(" (read at {})", source.read_at) };
    for line in wrapped(&paint.foreign(&format!("{}{read}", source.says)), "    ", "    ") {
        out.push_str(&format!("{line}\n"));
    }
    out
}
