//! A standing in words for a terminal.
//!
//! In comes a [`Standing`], out comes text: answers first, then holders, the proof of each answer as a sum, ways, what is doubtful, what a change alters. Names and
//! records of others pass through [`Paint::foreign`].

use mihenk_node::{
    ledger::ownership::{
        account::Counts,
        holding::Interest,
        share::{told, told_upper},
        solve::Answer,
    },
    ownership::{HolderTold, ProofTold, RegimeTold, Standing, StepTold, SumTold, TermTold},
};

use crate::{
    paint::{Paint, columns, count, wrapped},
    table::Table,
};

/// Rows that are shown of lists that may be long.
const HOLDERS: usize = 25;
const DOUBTS: usize = 20;
const ALTERED: usize = 25;
const TIES: usize = 12;

pub(crate) fn standing(standing: &Standing, with_law: bool) -> String {
    let paint = Paint::for_stdout();
    let mut out = heading(standing, paint);
    answers(&mut out, standing, paint);
    holders(&mut out, standing, paint);
    for (nth, regime) in standing.regimes.iter().enumerate() {
        let twin = standing.regimes[..nth].iter().find(|other| is_same(&other.proofs, &regime.proofs));
        match twin {
            Some(twin) => title(&mut out, &format!("{}: the sum is that of {}", regime.title, twin.title), paint),
            None => proofs(&mut out, regime, paint),
        }
        if with_law {
            law(&mut out, regime, paint);
        }
    }
    ways(&mut out, standing, paint);
    ties(&mut out, standing, paint);
    held(&mut out, standing, paint);
    altered(&mut out, standing, paint);
    doubts(&mut out, standing, paint);
    if !with_law {
        out.push_str(&format!("\n{}\n", paint.dim("The law behind each answer, and what of it was not read: --law")));
    }
    out
}

fn heading(standing: &Standing, paint: Paint) -> String {
    let name = paint.strong(&paint.foreign(&standing.entity.name));
    let id = paint.dim(&paint.foreign(&format!(" · {}", standing.entity.id)));
    let about = format!(
        "on {}, of {} parties and {} holdings in {}",
        standing.day,
        count(standing.parties),
        count(standing.holdings),
        standing.sources.join(", ")
    );
    let mut out = format!("{name}{id}\n");
    wrapped(&paint.foreign(&about), "", "  ").iter().for_each(|line| out.push_str(&format!("{}\n", paint.dim(line))));
    for assumed in &standing.assumed {
        out.push_str(&format!("{}\n", paint.warn(&paint.foreign(&format!("what if: {assumed}")))));
    }
    out
}

fn coloured(answer: Answer, text: &str, paint: Paint) -> String {
    match answer {
        Answer::Listed | Answer::Blocked => paint.bad(text),
        Answer::CannotBeTold => paint.warn(text),
        Answer::NotBlocked => paint.good(text),
    }
}

fn answers(out: &mut String, standing: &Standing, paint: Paint) {
    out.push('\n');
    let wide = standing.regimes.iter().map(|regime| regime.id.len()).max().unwrap_or(0);
    for regime in &standing.regimes {
        let word = format!("{:<14}", regime.answer.told());
        let name = format!("{:<wide$}", regime.id.to_uppercase());
        let under = " ".repeat(wide + 2 + 14 + 2);
        let lines = wrapped(&paint.foreign(&unbroken(&regime.why)), &under, &under);
        out.push_str(&format!(
            "{}  {}  {}\n",
            paint.strong(&name),
            coloured(regime.answer, &word, paint),
            lines[0].trim_start()
        ));
        lines[1..].iter().for_each(|line| out.push_str(&format!("{line}\n")));
        if let Some(recorded) = regime.as_recorded {
            let text = match recorded == regime.answer {
                true => "more than all is recorded; the answer is the same if shares sum to at most 100 %".to_owned(),
                false => format!(
                    "more than all is recorded: {} if shares are taken as they stand, {} if they sum to at most 100 %",
                    recorded.told(),
                    regime.answer.told()
                ),
            };
            wrapped(&unbroken(&text), &under, &under)
                .iter()
                .for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
        }
    }
}

/// A number and its sign stay on one line.
fn unbroken(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

fn title(out: &mut String, text: &str, paint: Paint) {
    out.push_str(&format!("\n{}\n", paint.strong(text)));
}

fn holders(out: &mut String, standing: &Standing, paint: Paint) {
    if standing.holders.is_empty() {
        return;
    }
    title(out, "Who has shares of it", paint);
    out.push_str(&table(&standing.holders, standing, "IN EFFECT"));
    let hidden = standing.holders.len().saturating_sub(HOLDERS);
    if hidden > 0 || standing.holders_cut {
        let more = if standing.holders_cut { "more".to_owned() } else { count(hidden) };
        out.push_str(&format!("{}\n", paint.dim(&format!("… and {more} behind them: --json"))));
    }
}

fn held(out: &mut String, standing: &Standing, paint: Paint) {
    if standing.holds.is_empty() {
        return;
    }
    title(out, "What it has shares of", paint);
    out.push_str(&table(&standing.holds, standing, ""));
    let hidden = standing.holds.len().saturating_sub(HOLDERS);
    if hidden > 0 {
        out.push_str(&format!("{}\n", paint.dim(&format!("… and {} more: --json", count(hidden)))));
    }
}

fn table(rows: &[HolderTold], standing: &Standing, effective: &'static str) -> String {
    let mut table = Table::new(&["NAME", "ID", "DIRECT", effective, "STANDING"]);
    for row in rows.iter().take(HOLDERS) {
        let direct = row.direct.clone().unwrap_or_else(|| "–".to_owned());
        let effective = if effective.is_empty() { String::new() } else { row.effective.clone() };
        table.row([row.party.name.clone(), row.party.id.clone(), direct, effective, stands(&row.answers, standing)]);
    }
    table.to_string()
}

/// `listed: ofac, eu · blocked: uk`; nothing where nothing stands against them.
fn stands(answers: &[Answer], standing: &Standing) -> String {
    let of = |wanted: Answer| {
        let named = standing.regimes.iter().zip(answers).filter(|(_, answer)| **answer == wanted);
        let named: Vec<&str> = named.map(|(regime, _)| regime.id.as_str()).collect();
        (!named.is_empty()).then(|| format!("{}: {}", wanted.told(), named.join(", ")))
    };
    let all = [Answer::Listed, Answer::Blocked, Answer::CannotBeTold].into_iter().filter_map(of);
    all.collect::<Vec<_>>().join(" · ")
}

fn proofs(out: &mut String, regime: &RegimeTold, paint: Paint) {
    let is_empty = |proof: &ProofTold| proof.steps.iter().all(|step| step.terms.is_empty());
    if regime.proofs.iter().all(is_empty) {
        return;
    }
    title(out, &format!("{}: the sum", regime.title), paint);
    for proof in regime.proofs.iter().filter(|proof| !is_empty(proof)) {
        if let Some(person) = &proof.person {
            out.push_str(&format!("  {}\n", paint.foreign(&format!("for {}", person.name))));
        }
        for step in &proof.steps {
            account(out, step, proof.steps.len() > 1, paint);
        }
        if proof.is_cut {
            out.push_str(&format!("  {}\n", paint.dim("… there are more steps than are shown")));
        }
    }
}

/// Whether two proofs are the same to a reader.
fn is_same(one: &[ProofTold], other: &[ProofTold]) -> bool {
    let has_terms =
        |proofs: &[ProofTold]| proofs.iter().flat_map(|proof| &proof.steps).any(|step| !step.terms.is_empty());
    has_terms(one) && serde_json::to_string(one).ok() == serde_json::to_string(other).ok()
}

/// One account: each holder on a line, a rule, the sum.
fn account(out: &mut String, step: &StepTold, is_numbered: bool, paint: Paint) {
    let number = if is_numbered { format!("{}. ", step.nth) } else { String::new() };
    let answer = coloured(step.answer, step.answer.told(), paint);
    out.push_str(&format!("  {number}{} – {answer}\n", paint.foreign(&step.party.name)));
    let amount = |term: &TermTold| if term.interest.is_counted() { term.share.clone() } else { "all".to_owned() };
    let wide = step.terms.iter().map(|term| columns(&amount(term))).max().unwrap_or(0);
    let sums = [&step.shares, &step.votes].into_iter().flatten().map(|sum| columns(&sum.told)).max().unwrap_or(0);
    let wide = wide.max(sums);
    let pad = |text: &str| format!("{}{text}", " ".repeat(wide - columns(text).min(wide)));
    for (interest, sum) in [(Interest::Shares, &step.shares), (Interest::Votes, &step.votes)] {
        for term in step.terms.iter().filter(|term| term.interest == interest) {
            let line = format!("       {}  {}", pad(&amount(term)), paint.foreign(&told_term(term)));
            let is_counted = term.counts != Counts::No && term.counts != Counts::InConsequence;
            out.push_str(&format!("{}\n", if is_counted { line } else { paint.dim(&line) }));
        }
        if let Some(sum) = sum {
            out.push_str(&format!("    {}\n", paint.dim(&format!("   {}", "─".repeat(wide)))));
            out.push_str(&format!("     = {}  {}\n", pad(&sum.told), told_sum(sum, interest)));
        }
    }
    for term in step.terms.iter().filter(|term| !term.interest.is_counted()) {
        out.push_str(&format!("       {}\n", paint.foreign(&told_term(term))));
    }
}

fn told_term(term: &TermTold) -> String {
    let why = match (term.counts, term.step) {
        (Counts::Listed, _) => "listed".to_owned(),
        (Counts::Blocked, Some(step)) => format!("blocked, step {step}"),
        (Counts::Blocked, None) => "blocked".to_owned(),
        (Counts::Perhaps, Some(step)) => format!("may be blocked, step {step}"),
        (Counts::Perhaps, None) => "may be blocked or listed".to_owned(),
        (Counts::InConsequence, _) => "blocked only in consequence, not counted".to_owned(),
        (Counts::No, _) => "not blocked, not counted".to_owned(),
    };
    let what = match term.interest {
        Interest::Shares => String::new(),
        Interest::Votes => " of the votes".to_owned(),
        other => format!(": {}", other.told()),
    };
    let records = term.records.join("; ");
    format!("{}{what} ({why})  [{records}]", term.holder.name)
}

fn told_sum(sum: &SumTold, interest: Interest) -> String {
    let mut told_sum = match interest {
        Interest::Votes => "of the votes".to_owned(),
        _ => "of the shares".to_owned(),
    };
    if sum.told_bounded != sum.told {
        told_sum.push_str(&format!("; {} as all shares sum to at most 100 %", sum.told_bounded));
    }
    if sum.sum.excess > 0 {
        told_sum.push_str(&format!("; {} is recorded in all", told(sum.sum.recorded)));
    } else if sum.unrecorded_ppb > 0 {
        let told = told_upper(sum.unrecorded_ppb);
        let up_to = if sum.is_exact || told.starts_with("less") { "" } else { "up to " };
        told_sum.push_str(&format!("; {up_to}{told} is recorded of nobody"));
    }
    told_sum
}

fn law(out: &mut String, regime: &RegimeTold, paint: Paint) {
    out.push_str(&format!("  {}\n", paint.dim("the law")));
    for source in &regime.law {
        let mark = if source.verified { "read" } else { "NOT VERIFIED" };
        let text = format!("{}, {}: {} ({mark}: {})", source.document, source.paragraph, source.says, source.read_at);
        let lines = wrapped(&text, "    - ", "      ");
        for line in lines {
            out.push_str(&format!("{}\n", if source.verified { paint.dim(&line) } else { paint.warn(&line) }));
        }
    }
}

fn ways(out: &mut String, standing: &Standing, paint: Paint) {
    if standing.ways.is_empty() {
        return;
    }
    title(out, "Ways from whoever is listed or unknown", paint);
    for way in &standing.ways {
        let mut text = way.parties.first().map_or_else(String::new, |party| party.name.clone());
        for (party, share) in way.parties[1..].iter().zip(&way.shares) {
            text.push_str(&format!(" ─ {share} → {}", party.name));
        }
        if way.shares.len() > 1 {
            text.push_str(&format!("  = {} in effect", way.product));
        }
        wrapped(&paint.foreign(&unbroken(&text)), "  ", "      ")
            .iter()
            .for_each(|line| out.push_str(&format!("{line}\n")));
    }
}

fn ties(out: &mut String, standing: &Standing, paint: Paint) {
    if standing.ties.is_empty() {
        return;
    }
    title(out, "Offices and ties, which decide nothing by themselves", paint);
    let mut table = Table::new(&["NAME", "ID", "TIE", "STANDING"]);
    for tie in standing.ties.iter().take(TIES) {
        table.row([tie.party.name.clone(), tie.party.id.clone(), tie.kind.clone(), stands(&tie.answers, standing)]);
    }
    out.push_str(&table.to_string());
    let hidden = standing.ties.len().saturating_sub(TIES);
    if hidden > 0 {
        out.push_str(&format!("{}\n", paint.dim(&format!("… and {} more: --json", count(hidden)))));
    }
}

fn altered(out: &mut String, standing: &Standing, paint: Paint) {
    if standing.assumed.is_empty() {
        return;
    }
    title(out, "What that would alter", paint);
    if standing.altered.is_empty() {
        out.push_str("  nothing, for anybody\n");
        return;
    }
    let mut table = Table::new(&["NAME", "ID", "REGIME", "NOW", "THEN"]);
    for altered in standing.altered.iter().take(ALTERED) {
        let before = altered.before.map_or("not recorded", Answer::told);
        let party = &altered.party;
        let cells = [&party.name, &party.id, &altered.regime, before, altered.after.told()].map(str::to_owned);
        table.row(cells);
    }
    out.push_str(&table.to_string());
    let hidden = standing.altered_count.saturating_sub(ALTERED);
    if hidden > 0 {
        out.push_str(&format!("{}\n", paint.dim(&format!("… and {} more: --json", count(hidden)))));
    }
}

fn doubts(out: &mut String, standing: &Standing, paint: Paint) {
    if standing.doubts.is_empty() {
        return;
    }
    title(out, "What is doubtful", paint);
    for doubtful in standing.doubts.iter().take(DOUBTS) {
        let whom: Vec<&str> = doubtful.parties.iter().map(|party| party.name.as_str()).collect();
        let place = doubtful.doubt.source.as_ref().map_or_else(String::new, |source| format!(" [{source}]"));
        let text = format!("{}: {}{place}", whom.join(" → "), doubtful.doubt.what);
        wrapped(&paint.foreign(&unbroken(&text)), "  - ", "    ")
            .iter()
            .for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
    }
    let hidden = standing.doubts.len().saturating_sub(DOUBTS);
    if hidden > 0 {
        out.push_str(&format!("{}\n", paint.dim(&format!("… and {} more: --json", count(hidden)))));
    }
}
