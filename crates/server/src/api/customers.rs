//! Customers: taken in from a file, shown, changed, let go, held against the lists.
//!
//! The acts of `mihenk customers`; a file comes as the body, and screening everybody is a job.

use mihenk_node::{
    NodeError, Score,
    batch::{Input, Manner},
    ledger::{
        LedgerError,
        customers::{self, CustomerId, Filter},
    },
    permission::Permission,
    portfolio::{self, Edit, Progress, Way, Which},
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    jobs,
    operation::Operation,
    reply::Reply,
    schema::{Schema, count, flag, id, list, object, properties, reason, shape, share, text, whole, words},
    told,
};
use crate::office::At;

/// Bytes of a file of customers.
const FILE: u64 = 1 << 30;
/// Customers of a page where nothing is said.
const PAGE: i64 = 50;

pub(super) fn operations() -> Vec<Operation> {
    let who = || words().not_empty().says("An id such as K-17, or the house's own number.");
    let portfolio = || words().says("The portfolio of the number, if it is a number.");
    let revision = || whole().says("The revision that was looked at.");
    vec![
        Operation::get("/portfolios", "listPortfolios", "The portfolios and their thresholds")
            .gives(shape! { "portfolios": list(shape! {
                "portfolio": text(), "customers": whole(), "left": whole(), "with_hits": whole(), "threshold": whole().or_null(),
            }) })
            .with(Permission::See)
            .by(portfolios),
        Operation::get("/customers", "listCustomers", "Customers, a page at a time")
            .ask("portfolio", words())
            .ask("hits", flag().says("Only those of whom something is found."))
            .ask("left", flag().says("Also those who have left."))
            .ask("after", id("K").says("The last one of the page before."))
            .ask("limit", count(1, 1_000).usually(PAGE))
            .gives(shape! { "customers": list(told::customer()), "next": id("K").or_null().says("What 'after' takes for the next page.") })
            .with(Permission::See)
            .by(list_some),
        Operation::post("/customers/import", "importCustomers", "Take a file of customers in: CSV, XLSX, JSON lines")
            .must("portfolio", words().not_empty())
            .ask("name", words().says("What the file is called; its ending says how it is read."))
            .ask("whole", flag().says("Whoever is missing has left."))
            .ask("threshold", share().says("The portfolio's threshold from now on; takes a reason."))
            .ask("reason", words())
            .file(FILE)
            .gives(imported())
            .with(Permission::KeepCustomers)
            .by(import),
        Operation::post("/customers/screen", "screenCustomers", "Hold customers against the lists now; answered at once, and done as a job")
            .body(shape! { @may "full": flag().says("Everybody, not only whom a change can touch.") })
            .makes(jobs::schema())
            .with(Permission::KeepCustomers)
            .by(screen),
        Operation::get("/customers/{customer}", "showCustomer", "A customer with all that is known and found")
            .at("customer", who())
            .ask("portfolio", portfolio())
            .gives(shown())
            .with(Permission::See)
            .by(show),
        Operation::patch("/customers/{customer}", "changeCustomer", "Change a customer by hand, and hold it against the lists in the same act")
            .at("customer", who())
            .ask("portfolio", portfolio())
            .body(shape! {
                @may "set": properties().says("Properties and their values from now on; one without values is taken away."),
                @may "exposure": whole().says("What is at stake from now on."), @may "party": words().says("The related party that is meant."),
                @may "drop_party": flag().says("That party is related no more."), "reason": reason(), @may "revision": revision(),
            })
            .revised()
            .gives(shape! { "changed": id("K"), "told": object() })
            .with(Permission::KeepCustomers)
            .by(change),
        Operation::post("/customers/{customer}/remove", "removeCustomer", "Let a customer leave; alerts, cases and freezes stay as they are")
            .at("customer", who())
            .ask("portfolio", portfolio())
            .body(shape! { "reason": reason(), @may "revision": revision() })
            .revised()
            .gives(shape! { "left": id("K") })
            .with(Permission::KeepCustomers)
            .by(remove),
    ]
}

fn imported() -> Schema {
    shape! {
        "portfolio": text(), "threshold": whole(), "records": whole(), "added": whole(), "changed": whole(), "unchanged": whole(),
        "left": whole(), "related": whole(), "told": shape! { "customers": whole(), "alerts": whole() }, "warned": whole(),
        "first_warnings": list(text()), "unknown_columns": list(text()), "rejected": list(object()), "nobody_leaves": text().or_null(),
        "notes": list(text()),
    }
}

fn shown() -> Schema {
    let hit = shape! {
        @may "party": text(), "entity": text(), "kind": told::alert_kind(), "score": whole(), "probability": whole(), "bits": whole(),
        "evidence": text(),
    };
    shape! {
        "id": id("K"), "portfolio": text(), "reference": text(), "contents": object(), "changed": whole(), "screened": whole(),
        "has_left": flag(), "hits": list(hit), "threshold": whole(), "revision": whole(),
    }
}

fn which(ask: &Ask) -> Which<'_> {
    Which { name: ask.text("customer"), portfolio: ask.maybe("portfolio") }
}

fn portfolios(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "portfolios": portfolio::portfolios(&at.seat)? }))
}

fn list_some(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let limit = ask.whole("limit").unwrap_or(PAGE);
    let after = ask.maybe_parse::<CustomerId>("after")?;
    let filter = Filter {
        portfolio: ask.maybe("portfolio"),
        with_hits: ask.flag("hits"),
        with_left: ask.flag("left"),
        after: after.as_ref().map_or(Ok(0), customers::number)?,
        limit,
    };
    let found = portfolio::list(&at.seat, &filter)?;
    let is_full = i64::try_from(found.len()).is_ok_and(|length| length >= limit);
    let next = found.last().filter(|_| is_full).map(|customer| &customer.id);
    Reply::json(&json!({ "customers": found, "next": next }))
}

fn import(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::KeepCustomers)?;
    let (folder, manner) = (at.folder(), Manner::default());
    let name = ask.maybe("name").unwrap_or("customers.csv");
    let threshold = match ask.number("threshold") {
        None => None,
        Some(score) => Some((i64::from(Score::of(score).0), ask.reason("reason")?)),
    };
    let path = &ask.file()?.path;
    let file = std::fs::File::open(path).map_err(|source| NodeError::Io { path: path.clone(), source })?;
    let input = Input::read(name, file, &manner)?;
    let notes = input.notes().to_vec();
    let what = portfolio::Add {
        portfolio: ask.text("portfolio"),
        folder,
        name,
        manner: &manner,
        is_whole: ask.flag("whole"),
        rejected: portfolio::Rejects::Nowhere,
        threshold,
    };
    let feed = &at.state.api.feed;
    let mut tell = |progress: Progress| {
        if let Progress::Screened(done, of) = progress {
            feed.tell_progress(0, "customers-import", &json!({ "screened": done, "of": of }));
        }
    };
    let added = portfolio::add(&at.seat, &at.node()?, input, &what, &mut tell)?;
    let mut out = json!(added);
    out["notes"] = json!(notes);
    if let Some(fields) = out.as_object_mut() {
        // It is told here whole.
        fields.remove("rejected_file");
    }
    Reply::json(&out)
}

fn screen(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let way = if ask.flag("full") { Way::Full } else { Way::Changes };
    at.seat.may(Permission::KeepCustomers)?;
    let (node, token) = (at.node()?, at.token.clone());
    let job = jobs::begin(at.state, "customers-screen", at.seat.desk().now(), move |state, tell| {
        let office = state.office.clone().ok_or(NodeError::NotSignedIn)?;
        let seat = office.desk.seat(token);
        let report = portfolio::screen_for(&seat, &office.folder, &node, way, &mut |progress| {
            if let Progress::Screened(done, of) = progress {
                tell(json!({ "screened": done, "of": of }));
            }
        })?;
        serde_json::to_value(report).map_err(|error| LedgerError::refused(error.to_string()).into())
    })?;
    let place = format!("{}/jobs/{}", super::BASE, json!(job)["job"]);
    Ok(Reply::json(&job)?.with("location", place))
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let shown = portfolio::show(&at.seat, &which(ask))?;
    Ok(Reply::json(&shown)?.revised(shown.revision))
}

fn change(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::KeepCustomers)?;
    let set = ask.raw("set").and_then(Value::as_object).into_iter().flatten().map(|(name, values)| {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        (name.clone(), values.collect())
    });
    let edit = Edit {
        set: set.collect(),
        exposure: ask.whole("exposure"),
        party: ask.own("party"),
        drop_party: ask.flag("drop_party"),
        seen: ask.revision,
    };
    let reason = ask.reason("reason")?;
    let (id, told) = portfolio::change(&at.seat, at.folder(), &at.node()?, &which(ask), &edit, &reason)?;
    Reply::json(&json!({ "changed": id, "told": told }))
}

fn remove(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let left = portfolio::remove(&at.seat, &which(ask), ask.revision, ask.reason("reason")?)?;
    Reply::json(&json!({ "left": left }))
}
