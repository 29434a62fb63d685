//! Lists, what differs between their versions, what is decided of removals, and one listed party.
//!
//! In come names, versions and ids, out come pages. A list is looked at in the data folder, where there is one, so that what was decided a moment ago is on the page.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::Body,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use mihenk_node::{
    Clock, Node, NodeError, Profile, Source, SystemClock, diff,
    folder::Folder,
    ledger::{LedgerError, day::Day},
    lists::{self, ListAbout},
    ownership::{Holdings, Question, Standing},
    permission::Permission,
    portfolio,
    removals::Decision,
    said::Said,
    status, upkeep,
    versions::{self, Kept},
};
use mihenk_pages::{
    entity::EntityPage,
    frame::Frame,
    lists::{DIFF_PAGE, DiffPage, DiffPart, ListPage, ListsPage, Looked},
    refusal::Why,
};

use super::{
    Shared,
    answer::{failed, html, see_other, unknown},
    form::form_of,
    visitor::{Visitor, did, page as shown},
};
use crate::{
    api::{code::Code, jobs, lists as lists_api},
    office::At,
    problem::Failure,
};

/// Entities of lists up to which the records of holdings are read for one page; with more it is asked for by a link.
const HOLDINGS_UP_TO: usize = 5_000;

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let run = state.run(move |_, live| {
        let now = jiff::Timestamp::now();
        Ok(folder.map(|folder| status::status(&folder, live.node.model(), now)).transpose()?)
    });
    let (live, status) = match run.await {
        Ok(done) => done,
        Err(failure) => return failed(&frame, failure),
    };
    let (lists, entities) = (live.node.lists(), live.node.entity_count());
    shown(&ListsPage { t: &frame, status: status.as_ref(), lists, entities, version: &live.version })
}

/// Looks for a newer version: fetches it and leaves what is in use as it is.
pub(super) async fn look(State(state): Shared, visitor: Visitor, Path(name): Path<String>) -> Response {
    fetch(&state, visitor, name, Fetch::Look).await
}

/// Fetches what is new of a list and puts it in use; when somebody looked at a version, that one or none.
pub(super) async fn update(State(state): Shared, visitor: Visitor, Path(name): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let version = Some(form.text("version").to_owned()).filter(|version| !version.is_empty());
    fetch(&state, visitor, name, Fetch::Update(version)).await
}

/// What a list is fetched for.
#[derive(Clone)]
enum Fetch {
    /// To look at it.
    Look,
    /// To put it in use, if it is the version that somebody looked at.
    Update(Option<String>),
}

impl Fetch {
    /// The kind of work.
    fn kind(&self) -> &'static str {
        if matches!(self, Fetch::Look) { "lists-look" } else { "lists-update" }
    }

    /// The request as it is recorded.
    fn asked(&self, name: &str) -> String {
        match self {
            Fetch::Look => format!("lists look {name}"),
            Fetch::Update(None) => format!("lists update {name}"),
            Fetch::Update(Some(version)) => format!("lists update {name} to {version}"),
        }
    }
}

async fn fetch(state: &std::sync::Arc<crate::app::State>, visitor: Visitor, name: String, what: Fetch) -> Response {
    let (place, asked) = (place_of(&name), name.clone());
    let act = move |at: &At<'_>| {
        upkeep::asks(&at.seat, &what.asked(&name))?;
        let job = jobs::begin(at.state, what.kind(), at.seat.desk().now(), move |state, tell| match &what {
            Fetch::Look => lists_api::looked(state, &name, tell),
            Fetch::Update(None) => lists_api::updated(state, std::slice::from_ref(&name), tell),
            Fetch::Update(Some(version)) => lists_api::updated_to(state, &name, version, tell),
        })?;
        Ok(job.number())
    };
    match visitor.ask(state, act).await {
        Ok((_, job)) => {
            jobs::wait(state, job).await;
            // What the publisher has instead is shown at once.
            match outcome(state, job, &asked) {
                Some(Looked::Instead(version)) => see_other(&format!("{place}/diff?to={version}&instead=1")),
                _ => see_other(&format!("{place}?job={job}")),
            }
        }
        Err(response) => *response,
    }
}

fn place_of(name: &str) -> String {
    format!("/lists/{}", crate::params::encoded(name).replace("%5F", "_").replace("%2D", "-"))
}

/// How the work stands that an address names.
fn looked(state: &crate::app::State, visitor: &Visitor, name: &str) -> Option<Looked> {
    outcome(state, visitor.params().text("job")?.parse().ok()?, name)
}

fn outcome(state: &crate::app::State, number: u64, name: &str) -> Option<Looked> {
    let job = state.api.jobs.get(number).filter(|job| job.is("lists-look") || job.is("lists-update"))?;
    if job.is_running() {
        return Some(Looked::Running);
    }
    if let Some(why) = job.problem() {
        return Some(Looked::Failed(why.clone()));
    }
    let lists = job.report()?["lists"]["lists"].as_array()?;
    let list = lists.iter().find(|list| list["dataset"] == name)?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    Some(match list["outcome"].as_str()? {
        "unchanged" => Looked::Unchanged,
        "live" if !job.report()?["instead"].is_null() => Looked::Instead(text(&list["list"]["version"])),
        "live" if job.is("lists-look") => Looked::Waits(text(&list["list"]["version"])),
        "live" => Looked::Live,
        "failed" => Looked::Failed(job.failed(name).cloned().unwrap_or_else(|| text(&list["why"]).into())),
        _ => Looked::Nowhere,
    })
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(name): Path<String>) -> Response {
    let looked = looked(&state, &visitor, &name);
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let asked = name.clone();
    let run = state.run(move |_, live| {
        let kept = folder.as_ref().map(|folder| Folder::new(folder.clone()));
        let about = match &kept {
            Some(folder) => lists::show(folder)?.into_iter().find(|list| list.dataset == asked),
            None => live.node.lists().iter().find(|list| list.dataset == asked).cloned(),
        };
        let about = about.ok_or_else(|| Failure::none("Not Found"))?;
        let (findings, versions) = match &kept {
            Some(folder) => {
                (lists::findings_of(folder, &about.dataset, &about.version)?, versions::of_list(folder, &asked)?)
            }
            None => (Vec::new(), Vec::new()),
        };
        let name_of = |id: &String| {
            let number = live.node.number_of(id);
            (id.clone(), number.map_or_else(|| id.clone(), |number| live.node.heading(number).1.to_owned()))
        };
        let [waiting, kept_by_word] =
            [about.waiting(), about.kept()].map(|ids| ids.iter().map(name_of).collect::<Vec<(String, String)>>());
        let compared = folder.map(|folder| match diff::compared(&folder, &asked, None) {
            Ok(compared) => Ok(listed_alone(compared)),
            Err(error) => Err(error.said()),
        });
        Ok((about, findings, [waiting, kept_by_word], compared, versions))
    });
    let (about, findings, [waiting, stay], compared, versions) = match run.await {
        Ok((_, done)) => done,
        Err(Failure::Told(status, _)) if status == 404 => return unknown(&frame),
        Err(failure) => return failed(&frame, failure),
    };
    let not_compared = compared.as_ref().and_then(|compared| compared.as_ref().err());
    let compared = compared.as_ref().and_then(|compared| compared.as_ref().ok());
    shown(&ListPage {
        t: &frame,
        about: &about,
        findings: &findings,
        compared,
        not_compared,
        waiting: &waiting,
        stay: &stay,
        versions: &versions,
        looked: looked.as_ref(),
    })
}

/// What is shown of two versions of a list.
struct Differs {
    about: ListAbout,
    versions: Vec<Kept>,
    part: Result<DiffPart, Said>,
}

/// What differs between two versions of a list, a page of it.
pub(super) async fn difference(State(state): Shared, visitor: Visitor, Path(name): Path<String>) -> Response {
    let params = visitor.params();
    // What a version may be called; anything else could be the name of a file.
    let is_version = |text: &&str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'));
    let version = |key: &str| params.text(key).map(str::trim).filter(is_version).unwrap_or("").to_owned();
    let (from, to) = (version("from"), version("to"));
    let of = params.text("of").unwrap_or("").to_owned();
    let is_instead = params.text("instead").is_some();
    let after = params.text("after").and_then(|text| text.parse().ok()).unwrap_or(0);
    let asked = (from.clone(), to.clone());
    let read = move |at: &At<'_>| {
        Permission::Screen.check_in_order(&at.seat.holder_now()?)?;
        let folder = Folder::new(at.folder().to_owned());
        let about = lists::show(&folder)?.into_iter().find(|list| list.dataset == name);
        let about = about.ok_or_else(|| LedgerError::unknown("list", &name))?;
        let versions = versions::of_list(&folder, &name)?;
        let part = match compared(at, &name, (&asked.0, &asked.1)) {
            Ok(compared) => Ok(part_of(at, compared, &of, after)?),
            Err(error) => Err(error.said()),
        };
        Ok(Differs { about, versions, part })
    };
    let write = |t: &Frame, found: &Differs| {
        let (part, refused) = (found.part.as_ref().ok(), found.part.as_ref().err());
        let page = DiffPage {
            t,
            about: &found.about,
            versions: &found.versions,
            asked: (&from, &to),
            part,
            refused,
            is_instead,
        };
        html(if refused.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
    };
    visitor.show(&state, read, write).await
}

fn compared(at: &At<'_>, name: &str, (from, to): (&str, &str)) -> Result<diff::Compared, NodeError> {
    let named = |version: &str| format!("{name}@{version}");
    match (from, to) {
        ("", "") => diff::compared(at.folder(), name, None),
        (from, "") => diff::compared(at.folder(), &named(from), Some(name)),
        ("", to) => diff::compared(at.folder(), name, Some(&named(to))),
        (from, to) => diff::compared(at.folder(), &named(from), Some(&named(to))),
    }
}

/// A difference without what belongs to others, such as listings and addresses.
fn listed_alone(mut compared: diff::Compared) -> diff::Compared {
    let difference = &mut compared.difference;
    difference.added.retain(diff::is_listed);
    difference.removed.retain(diff::is_listed);
    difference.changed.retain(|change| diff::is_listed(&change.entity));
    compared
}

/// The page of a difference that is asked for: of those who are looked for by themselves.
fn part_of(at: &At<'_>, compared: diff::Compared, of: &str, after: usize) -> Result<DiffPart, NodeError> {
    let diff::Compared { from, to, difference } = listed_alone(compared);
    let (added, changed, removed) = (difference.added, difference.changed, difference.removed);
    let counts = [added.len(), changed.len(), removed.len()];
    let touched: BTreeSet<&str> =
        changed.iter().map(|change| &change.entity).chain(&removed).map(|entity| entity.id.as_str()).collect();
    let customers = match portfolio::touched(&at.seat, &touched) {
        Ok(customers) => Some(customers),
        Err(NodeError::NotAllowed { .. } | NodeError::NotInScope { .. }) => None,
        Err(error) => return Err(error),
    };
    let which = match of {
        "added" => "added",
        "changed" => "changed",
        "removed" => "removed",
        _ if counts[2] > 0 => "removed",
        _ if counts[1] > 0 => "changed",
        _ => "added",
    };
    let mut part = DiffPart { from, to, counts, which, after, customers, ..DiffPart::default() };
    match which {
        "changed" => part.changes = changed.into_iter().skip(after).take(DIFF_PAGE).collect(),
        "removed" => part.entities = removed.into_iter().skip(after).take(DIFF_PAGE).collect(),
        _ => part.entities = added.into_iter().skip(after).take(DIFF_PAGE).collect(),
    }
    Ok(part)
}

/// Decides on removals that wait.
pub(super) async fn decide(State(state): Shared, visitor: Visitor, Path(name): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    let seen = Some(form.text("version").to_owned()).filter(|version| !version.is_empty());
    let decision = match form.text("decision") {
        "accept" => Some(Decision::Accept),
        "reject" => Some(Decision::Reject),
        _ => None,
    };
    let place = place_of(&name);
    let act = move |at: &At<'_>| {
        upkeep::asks(&at.seat, "lists decide")?;
        let decision = decision.ok_or_else(|| NodeError::Act("choose whether they go or stay".to_owned()))?;
        let now = versions::written(SystemClock.now());
        upkeep::decide(&at.seat, at.folder(), (&name, seen.as_deref(), decision), Some(&why?), at.model(), &now)?;
        // What is in use from now on answers at once.
        at.state.holder.look(false)?;
        Ok(at.seat.desk().now())
    };
    visitor.act(&state, &form.pairs, act, move |at| format!("{place}?{}", did("done", "", at))).await
}

/// How what lists say of a party has changed, of its listings too.
fn turns_of(
    folder: &std::path::Path,
    node: &mihenk_node::Node,
    profile: &Profile,
) -> Result<Vec<diff::Turn>, NodeError> {
    let own = profile.entity.id.as_str();
    let listings = profile.related.iter().filter(|one| one.schema.name() == "Sanction").map(|one| one.id.to_string());
    let ids: Vec<String> = [own.to_owned()]
        .into_iter()
        .chain(node.referents(own))
        .chain(profile.entity.referents.clone())
        .chain(listings)
        .collect();
    diff::turns(folder, &profile.entity.datasets, &ids)
}

/// What a page of a listed party is made of.
struct Party {
    profile: Profile,
    caption: String,
    referents: Vec<String>,
    removal_waits: Vec<String>,
    standing: Option<Result<Standing, NodeError>>,
    turns: Option<Result<Vec<diff::Turn>, NodeError>>,
    others: BTreeMap<String, String>,
}

/// What those are called that relations of a party name, but for itself.
fn others_of(node: &Node, profile: &Profile, number: u32) -> BTreeMap<String, String> {
    let values = profile.related.iter().flat_map(|one| one.properties.values()).flatten();
    let named = values.filter_map(|id| Some((id, node.number_of(id)?))).filter(|(_, other)| *other != number);
    named.map(|(id, other)| (id.clone(), node.heading(other).1.to_owned())).collect()
}

pub(super) async fn entity(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let wants_holdings = visitor.params().text("ownership").is_some();
    let wants_turns = visitor.params().text("changes").is_some();
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let run = state.run(move |_, live| {
        let node = &live.node;
        let number = node.number_of(&id).or_else(|| node.number_of(node.lookup().canonical(&id)));
        let number = number.ok_or_else(|| Failure::none("Not Found"))?;
        let profile = node.profile(number)?;
        let (canonical, caption, _) = node.heading(number);
        let is_small = node.entity_count() <= HOLDINGS_UP_TO;
        let turns = folder.as_ref().filter(|_| is_small || wants_turns).map(|folder| turns_of(folder, node, &profile));
        let standing = folder.filter(|_| is_small || wants_holdings).map(|folder| {
            let holdings = Holdings::read(&Source::of(folder), Some(node), &[])?;
            let day = Day::of(jiff::Timestamp::now().as_millisecond());
            let question = Question { entity: canonical.to_owned(), day, regimes: Vec::new(), changes: Vec::new() };
            holdings.standing(&question)
        });
        Ok(Party {
            caption: caption.to_owned(),
            referents: node.referents(canonical),
            removal_waits: node.removal_waits(canonical),
            others: others_of(node, &profile, number),
            profile,
            standing,
            turns,
        })
    });
    let party = match run.await {
        Ok((_, party)) => party,
        Err(Failure::Told(status, _)) if status == 404 => return unknown(&frame),
        Err(failure) => return failed(&frame, failure),
    };
    let why = |error: &NodeError| Why::of(frame.words, Code::Refused.about().name, error);
    let no_standing = party.standing.as_ref().and_then(|standing| standing.as_ref().err()).map(why);
    let no_turns = party.turns.as_ref().and_then(|turns| turns.as_ref().err()).map(why);
    shown(&EntityPage {
        t: &frame,
        profile: &party.profile,
        caption: &party.caption,
        referents: &party.referents,
        removal_waits: &party.removal_waits,
        standing: party.standing.as_ref().and_then(|standing| standing.as_ref().ok()),
        no_standing: no_standing.as_ref(),
        turns: party.turns.as_ref().and_then(|turns| turns.as_ref().ok()).map(Vec::as_slice),
        no_turns: no_turns.as_ref(),
        can_ask_for_turns: state.office.is_some() && party.turns.is_none(),
        others: &party.others,
    })
}
