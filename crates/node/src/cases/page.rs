//! A case as one page of HTML that needs nothing beside itself: to be read on any screen, to be printed, to be handed on.
//!
//! In comes a seat and a case, out comes the page. There is no script in it and nothing that is fetched, and a Content-Security-Policy (W3C, level 3) forbids both. Text of others
//! is escaped and isolated ([`text`]); evidence stands as tables that can be added up ([`evidence`]). What is in the page is what anybody sees who may see the case: nothing here
//! opens another store. The layout is `templates/case.html`, a template of askama.

mod evidence;
mod text;

use std::path::Path;

use askama::Template;
use mihenk_ledger::{
    LedgerError,
    access::{many_seen, seen},
    alerts,
    attachments::Attachment,
    cases::{
        CaseId,
        graph::{self, Graph},
        queue::{self, Detail},
    },
    day::minute,
    freezes::{self, Freeze},
    people,
    regimes::Regimes,
};

use self::{evidence::AlertPart, text::Foreign};
use crate::{desk::Seat, error::NodeError, named::Named, permission::Permission};

/// What the template shows.
#[derive(Template)]
#[template(path = "case.html")]
struct Page {
    id: String,
    title: Foreign,
    state: String,
    facts: Vec<(&'static str, Foreign)>,
    parties: Vec<PartyRow>,
    ties: Vec<TieRow>,
    /// Drawn by [`crate::graph`], which escapes what it writes.
    picture: Option<String>,
    alerts: Vec<AlertPart>,
    freezes: Vec<FreezePart>,
    tasks: Vec<TaskRow>,
    documents: Vec<DocumentRow>,
    timeline: Vec<EventRow>,
    by: Foreign,
    at: String,
    /// The place of the last event that changed the case or its alerts. Who has read it since shows nowhere on the page.
    last: i64,
}

struct PartyRow {
    id: String,
    kind: String,
    name: Foreign,
    role: Foreign,
    is: Foreign,
    is_struck: bool,
}

struct TieRow {
    from: Foreign,
    how: Foreign,
    to: Foreign,
    source: Foreign,
}

struct TaskRow {
    id: String,
    what: Foreign,
    owner: Foreign,
    due: String,
    state: String,
}

struct DocumentRow {
    id: String,
    of: String,
    name: Foreign,
    length: i64,
    sha256: String,
    by: Foreign,
    at: String,
}

struct EventRow {
    at: String,
    who: Foreign,
    about: String,
    what: Foreign,
}

struct FreezePart {
    id: String,
    state: &'static str,
    facts: Vec<(&'static str, Foreign)>,
    assets: Vec<AssetRow>,
}

struct AssetRow {
    kind: &'static str,
    identifier: Foreign,
    holder: Foreign,
    value: String,
    is_released: bool,
}

/// The page of a case. That it was made, and what was read for it, is recorded.
///
/// # Errors
/// When there is none, or whoever sits here may not see cases.
pub fn export(seat: &Seat<'_>, root: &Path, id: &CaseId) -> Result<String, NodeError> {
    let regimes = crate::freezes::regimes(root)?;
    let page = seat.act(Permission::See, |act, who| {
        let detail = queue::detail(act, id)?;
        let lines = queue::timeline(act, id)?;
        let named = Named::read(act)?;
        let by = people::user(act, &who.actor.parse()?)?.name;
        let found = detail.alerts.iter().map(|joined| alerts::queue::detail(act, &joined.alert));
        let found = found.collect::<Result<Vec<_>, LedgerError>>()?;
        let mut frozen = freezes::list(act, true)?;
        frozen.retain(|freeze| freeze.terms.case.as_deref() == Some(id.as_str()));
        frozen.reverse();
        seen(act, who, id.as_str(), "case export")?;
        let others = found.iter().map(|one| one.alert.id.as_str()).chain(frozen.iter().map(|one| one.id.as_str()));
        many_seen(act, who, others, "case export")?;
        let graph = graph::of(&detail);
        Ok(Page {
            id: id.to_string(),
            title: Foreign::new(&detail.case.title),
            state: if detail.case.is_open() { "open" } else { "closed" }.to_owned(),
            facts: facts(&detail, &named),
            parties: parties(&detail),
            ties: ties(&graph),
            picture: picture(&detail, &graph),
            documents: documents(&detail, &found, &named),
            alerts: found.iter().map(|one| AlertPart::of(one, &named)).collect(),
            freezes: frozen.iter().map(|freeze| frozen_part(freeze, &regimes, &named)).collect(),
            tasks: tasks(&detail, &named, who.at),
            timeline: timeline(&lines, &named),
            by: Foreign::new(&by),
            at: minute(who.at),
            last: lines.iter().map(|line| line.seq).max().unwrap_or_default(),
        })
    })?;
    page.render().map_err(|error| NodeError::Act(format!("the page of {id} cannot be written: {error}")))
}

fn facts(detail: &Detail, named: &Named) -> Vec<(&'static str, Foreign)> {
    let case = &detail.case;
    let mut facts = vec![
        ("Legal basis", Foreign::new(&case.legal_basis)),
        ("Purpose", Foreign::new(&case.purpose)),
        ("Owner", Foreign::new(named.of(&case.owner))),
        ("Opened", Foreign::new(&format!("{} by {}", minute(case.opened_at), named.of(&case.opened_by)))),
    ];
    facts.extend(case.offered_to.as_ref().map(|to| ("Offered to", Foreign::new(named.of(to)))));
    if let Some(at) = case.closed_at {
        let why = case.closed_why.as_deref().unwrap_or_default();
        facts.push(("Closed", Foreign::new(&format!("{}: {why}", minute(at)))));
    }
    facts
}

fn parties(detail: &Detail) -> Vec<PartyRow> {
    let row = |party: &mihenk_ledger::cases::Party| {
        let is = party.customer.as_ref().map(|id| format!("customer {id}"));
        let is = is.or_else(|| party.entity.as_ref().map(|id| format!("listed as {id}")));
        PartyRow {
            id: party.id.to_string(),
            kind: party.kind.to_string(),
            name: Foreign::new(&party.name),
            role: Foreign::new(&party.role),
            is: Foreign::new(&is.unwrap_or_default()),
            is_struck: party.is_struck,
        }
    };
    detail.parties.iter().map(row).collect()
}

fn ties(graph: &Graph) -> Vec<TieRow> {
    let name = |key: &str| {
        graph.nodes.iter().find(|node| node.key == key).map_or_else(|| key.to_owned(), |node| node.label.clone())
    };
    let row = |tie: &graph::Tie| TieRow {
        from: Foreign::new(&name(&tie.from)),
        how: Foreign::new(&tie.label),
        to: Foreign::new(&name(&tie.to)),
        source: Foreign::new(&tie.source),
    };
    graph.ties.iter().map(row).collect()
}

fn picture(detail: &Detail, graph: &Graph) -> Option<String> {
    let heading = format!("{}  {}", detail.case.id, detail.case.title);
    (!graph.nodes.is_empty()).then(|| crate::graph::draw(&heading, graph))
}

fn tasks(detail: &Detail, named: &Named, now: i64) -> Vec<TaskRow> {
    let row = |task: &mihenk_ledger::cases::Task| TaskRow {
        id: task.id.to_string(),
        what: Foreign::new(&task.what),
        owner: Foreign::new(named.of(&task.owner)),
        due: task.due.to_string(),
        state: match (task.done_at, task.is_overdue(now)) {
            (Some(at), _) => {
                format!("done {} by {}", minute(at), named.of(task.done_by.as_deref().unwrap_or_default()))
            }
            (None, true) => "overdue".to_owned(),
            (None, false) => "open".to_owned(),
        },
    };
    detail.tasks.iter().map(row).collect()
}

/// The documents of the case and of its alerts: what they are called and their hashes, not what is in them.
fn documents(detail: &Detail, found: &[alerts::queue::Detail], named: &Named) -> Vec<DocumentRow> {
    let row = |one: &Attachment| DocumentRow {
        id: one.id.to_string(),
        of: one.subject.clone(),
        name: Foreign::new(&one.name),
        length: one.length,
        sha256: one.sha256.clone(),
        by: Foreign::new(named.of(&one.by)),
        at: minute(one.at),
    };
    detail.documents.iter().chain(found.iter().flat_map(|one| &one.attachments)).map(row).collect()
}

fn timeline(lines: &[mihenk_ledger::happening::Line], named: &Named) -> Vec<EventRow> {
    let row = |line: &mihenk_ledger::happening::Line| EventRow {
        at: minute(line.at),
        who: Foreign::new(named.of(&line.actor)),
        about: line.subject.clone(),
        what: Foreign::new(&named.within(&line.words)),
    };
    lines.iter().map(row).collect()
}

fn frozen_part(freeze: &Freeze, regimes: &Regimes, named: &Named) -> FreezePart {
    let terms = &freeze.terms;
    let regime = regimes.get(&terms.programme).map_or(terms.programme.as_str(), |regime| regime.title.as_str());
    let mut facts = vec![
        ("Basis", Foreign::new(regime)),
        ("Authority", Foreign::new(&terms.authority)),
        ("Reference", Foreign::new(&terms.reference)),
        ("Scope", Foreign::new(&terms.scope)),
        ("Since", Foreign::new(&format!("{}, to be looked at again by {}", terms.start, terms.review))),
        ("Proposed", Foreign::new(&format!("{} by {}", minute(freeze.proposed_at), named.of(&freeze.proposed_by)))),
    ];
    if let (Some(by), Some(at)) = (&freeze.confirmed_by, freeze.confirmed_at) {
        facts.push(("Confirmed", Foreign::new(&format!("{} by {}", minute(at), named.of(by)))));
    }
    if let Some(waiting) = &freeze.waiting {
        facts.push(("Waits", Foreign::new(&format!("{}, proposed by {}", waiting.change, named.of(&waiting.by)))));
    }
    let asset = |asset: &freezes::Asset| AssetRow {
        kind: asset.kind.as_str(),
        identifier: Foreign::new(&asset.identifier),
        holder: Foreign::new(&asset.holder),
        value: asset.value.map_or_else(|| "not known".to_owned(), |value| value.to_string()),
        is_released: asset.is_released,
    };
    FreezePart {
        id: freeze.id.to_string(),
        state: freeze.state.as_str(),
        facts,
        assets: terms.assets.iter().map(asset).collect(),
    }
}
