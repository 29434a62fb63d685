//! Alerts: the list, the next one, what is done with one, second reviews, rules.
//!
//! What a term of the list is stands in the book with `mihenk alert list`. Acts that name several alerts do all or none.

use mihenk_node::{
    NodeError, alerts, cases,
    ledger::{
        Reason,
        alerts::{
            Alert, AlertId,
            review::Verdict,
            work::{RuleUntil, ToClear},
        },
        attachments::MOST_BYTES,
    },
    permission::Permission,
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, day, flag, id, list, object, one_of, reason, shape, text, whole, words},
    told,
};
use crate::office::At;

/// Alerts of a page where nothing is said.
const PAGE: usize = 50;
/// Alerts that one act may name.
const MANY: usize = 1_000;

pub(super) fn operations() -> Vec<Operation> {
    [reading(), working(), reviewing()].into_iter().flatten().collect()
}

fn one(operation: Operation) -> Operation {
    operation.at("alert", id("A"))
}

fn revision() -> Schema {
    whole().says("The revision that was looked at; with several alerts, the newest of them.")
}

/// The body of an act on several alerts.
fn several() -> Vec<(&'static str, bool, Schema)> {
    vec![("alerts", true, list(id("A")).not_empty().at_most(MANY)), ("revision", false, revision())]
}

fn done(verb: &'static str) -> Schema {
    super::schema::fields(vec![(verb, true, told::ids("A"))])
}

fn shown() -> Schema {
    shape! {
        "alert": told::alert(), "observation": object().or_null(), "history": list(told::line()), "clearing": told::clearing().or_null(),
        "rule": told::rule().or_null(), "attachments": list(told::attachment()), "others": list(told::alert()), "revision": whole(),
        "priority_says": text(), "names": told::names(),
    }
}

fn reading() -> Vec<Operation> {
    let reason = shape! { "code": text(), "says": text(), "outcome": text(), "kinds": list(text()) };
    let counted = shape! { "kind": text(), "reason": text(), "given": whole(), "waiting": whole(), "agreed": whole(), "sent_back": whole() };
    vec![
        Operation::get("/alerts", "listAlerts", "Alerts, most urgent first")
            .ask("where", list(words().at_most(200).not_empty()).at_most(10).says("Terms that all are so: open, free, gone, state=new, kind=sanctions, list=un_sc_sanctions, customer=K-17, entity=ID, holder=me, older=DAYS, below=PERCENT, from=PERCENT."))
            .paged(50, 500)
            .gives(shape! { "count": whole().says("How many there are in all."), "alerts": list(told::alert()), "names": told::names() })
            .with(Permission::See)
            .may(super::code::Code::Refused)
            .by(list_some),
        one(Operation::get("/alerts/{alert}", "showAlert", "An alert: both sides, the evidence, the history")).gives(shown()).with(Permission::See).by(show),
        Operation::get("/alerts/reasons", "listClearingReasons", "Why an alert may be cleared")
            .gives(shape! { "reasons": list(reason) })
            .with(Permission::See)
            .by(reasons),
        Operation::get("/alerts/statistics", "countClearings", "How often each reason was given, and what second persons thought of it")
            .gives(shape! { "statistics": list(counted) })
            .with(Permission::See)
            .by(statistics),
        Operation::get("/alerts/rules", "listRules", "Rules that keep a pair quiet, the one that runs out next first")
            .ask("ended", flag().says("Also those that have ended."))
            .gives(shape! { "rules": list(told::rule()), "names": told::names() })
            .with(Permission::See)
            .by(rules),
        Operation::get("/alerts/reviews", "listReviews", "Clearings that wait for whoever asks as a second person")
            .gives(shape! { "reviews": list(told::clearing()), "names": told::names() })
            .with(Permission::ReviewQuality)
            .by(reviews),
    ]
}

fn working() -> Vec<Operation> {
    let several = |more: Vec<(&'static str, bool, Schema)>| super::schema::fields([several(), more].concat());
    let work = |operation: Operation| operation.with(Permission::WorkAlerts);
    vec![
        work(Operation::post("/alerts/next", "takeNextAlert", "Take the most urgent alert that no colleague holds"))
            .gives(shape! { "next": shown().or_null() })
            .by(next),
        work(Operation::post("/alerts/take", "takeAlerts", "Take alerts for oneself")).body(several(vec![])).revised().gives(done("taken")).by(take),
        work(Operation::post("/alerts/assign", "assignAlerts", "Give alerts to an analyst; what a colleague holds, with a reason"))
            .body(several(vec![("to", true, words().not_empty().says("The analyst's name.")), ("reason", false, reason())]))
            .revised()
            .gives(done("assigned"))
            .by(assign),
        work(Operation::post("/alerts/give-back", "giveBackAlerts", "Give alerts back, so that anybody can take them"))
            .body(super::schema::fields(vec![("alerts", true, list(id("A")).not_empty().at_most(MANY)), ("reason", false, reason())]))
            .gives(done("given_back"))
            .by(give_back),
        work(Operation::post("/alerts/clear", "clearAlerts", "Clear alerts for a reason of the vocabulary"))
            .body(several(vec![
                ("because", true, words().not_empty().says("A code of /alerts/reasons.")),
                ("reason", true, reason()),
                ("not_same", false, flag().says("Make a rule that keeps the pair quiet while what it rests on is as it is.")),
                ("until", false, day().says("The rule's last day; as the house says when nothing is said.")),
            ]))
            .revised()
            .gives(shape! { "cleared": whole(), "proposed": whole().says("How many wait for a second person."), "alerts": told::ids("A") })
            .by(clear),
        Operation::post("/alerts/escalate", "escalateAlerts", "Make alerts part of a case")
            .body(several(vec![("case", true, id("C")), ("reason", true, reason())]))
            .revised()
            .gives(shape! { "case": id("C"), "joined": told::ids("A") })
            .with(Permission::WorkCases)
            .by(escalate),
        one(work(Operation::post("/alerts/{alert}/comment", "commentAlert", "Say something about an alert")))
            .body(shape! { "text": reason().says("What is said.") })
            .gives(done("commented"))
            .by(comment),
        one(work(Operation::post("/alerts/{alert}/reopen", "reopenAlert", "Open a cleared alert again")))
            .body(shape! { "reason": reason(), @may "revision": revision() })
            .revised()
            .gives(done("reopened"))
            .by(reopen),
        one(work(Operation::post("/alerts/{alert}/documents", "attachToAlert", "Attach a document to an alert")))
            .must("name", words().not_empty().says("What the document is called."))
            .file(MOST_BYTES as u64)
            .makes(told::attached())
            .by(attach),
    ]
}

fn reviewing() -> Vec<Operation> {
    vec![
        one(Operation::post("/alerts/{alert}/review", "reviewAlert", "Say what a second person thinks of a clearing"))
            .body(shape! { "verdict": one_of(&["agree", "send-back"]), @may "reason": reason().says("Why it is sent back."), @may "revision": revision() })
            .revised()
            .gives(shape! { "alert": id("A"), "verdict": text() })
            .with(Permission::ReviewQuality)
            .by(review),
        Operation::post("/alerts/rules/{rule}/withdraw", "withdrawRule", "Withdraw a rule; its alert is open again")
            .at("rule", id("X"))
            .body(shape! { "reason": reason() })
            .gives(done("reopened"))
            .with(Permission::WorkAlerts)
            .by(withdraw),
    ]
}

fn with_priority(alert: &Alert, now: i64) -> Value {
    let mut value = json!(alert);
    value["priority"] = json!(alert.priority(now));
    value
}

fn list_some(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (limit, offset) = (ask.count("limit", PAGE), ask.count("offset", 0));
    let most = u32::try_from(limit + offset).unwrap_or(u32::MAX);
    let listed = alerts::list(&at.seat, &ask.texts("where"), most)?;
    let page: Vec<Value> = listed.alerts.iter().skip(offset).map(|alert| with_priority(alert, listed.now)).collect();
    Reply::json(&json!({ "count": listed.count, "alerts": page, "names": listed.named.all() }))
}

fn shown_json(shown: &alerts::Shown) -> Value {
    let (detail, now) = (&shown.detail, shown.now);
    let mut value = json!(detail);
    value["alert"] = with_priority(&detail.alert, now);
    value["priority_says"] = json!(detail.alert.priority_words(now));
    value["names"] = json!(shown.named.all());
    value
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let shown = alerts::show(&at.seat, &ask.parse("alert")?)?;
    Ok(Reply::json(&shown_json(&shown))?.revised(shown.detail.revision))
}

fn next(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let next = alerts::next(&at.seat)?;
    let reply = Reply::json(&json!({ "next": next.as_ref().map(shown_json) }))?;
    Ok(match next {
        Some(shown) => reply.revised(shown.detail.revision),
        None => reply,
    })
}

fn reasons(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::See)?;
    Reply::json(&json!({ "reasons": alerts::policy(Some(at.folder()))?.reasons() }))
}

fn statistics(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "statistics": alerts::statistics(&at.seat)? }))
}

fn rules(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (rules, named) = alerts::rules(&at.seat, ask.flag("ended"))?;
    Reply::json(&json!({ "rules": rules, "names": named.all() }))
}

fn reviews(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let (waiting, named) = alerts::reviews(&at.seat)?;
    Reply::json(&json!({ "reviews": waiting, "names": named.all() }))
}

fn ids(ask: &Ask) -> Result<Vec<AlertId>, NodeError> {
    ask.parse_all("alerts")
}

fn take(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let ids = ids(ask)?;
    alerts::take(&at.seat, &ids, ask.revision)?;
    Reply::json(&json!({ "taken": ids }))
}

fn assign(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (ids, reason) = (ids(ask)?, ask.maybe("reason").map(Reason::new).transpose()?);
    alerts::assign(&at.seat, &ids, ask.text("to"), reason.as_ref(), ask.revision)?;
    Reply::json(&json!({ "assigned": ids }))
}

fn give_back(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (ids, reason) = (ids(ask)?, ask.maybe("reason").map(Reason::new).transpose()?);
    alerts::give_back(&at.seat, &ids, reason.as_ref())?;
    Reply::json(&json!({ "given_back": ids }))
}

fn clear(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let rule = match (ask.flag("not_same"), ask.day("until")?) {
        (false, None) => None,
        (false, Some(_)) => {
            return Err(NodeError::Act("'until' is the last day of a rule; say 'not_same' too".to_owned()));
        }
        (true, None) => Some(RuleUntil::Usual),
        // The whole day still counts.
        (true, Some(day)) => Some(RuleUntil::At(day.next().begins())),
    };
    let how = ToClear { reason: ask.text("because").to_owned(), note: ask.reason("reason")?, rule };
    let (ids, policy) = (ids(ask)?, alerts::policy(Some(at.folder()))?);
    let cleared = alerts::clear(&at.seat, &policy, &ids, &how, ask.revision)?;
    Reply::json(&json!({ "cleared": cleared.cleared, "proposed": cleared.proposed, "alerts": ids }))
}

fn escalate(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let ids = ids(ask)?;
    cases::join(&at.seat, &ask.parse("case")?, &ids, &ask.reason("reason")?, ask.revision)?;
    Reply::json(&json!({ "case": ask.text("case"), "joined": ids }))
}

fn comment(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    alerts::comment(&at.seat, &ask.parse("alert")?, ask.reason("text")?)?;
    Reply::json(&json!({ "commented": [ask.text("alert")] }))
}

fn reopen(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    alerts::reopen(&at.seat, &ask.parse("alert")?, ask.reason("reason")?, ask.revision)?;
    Reply::json(&json!({ "reopened": [ask.text("alert")] }))
}

fn attach(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::WorkAlerts)?;
    let id = alerts::attach(&at.seat, &ask.parse("alert")?, &at.key()?, ask.text("name"), &ask.bytes()?)?;
    Reply::json(&json!({ "attached": id, "to": ask.text("alert") }))
}

fn review(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let verdict = match ask.text("verdict") {
        "agree" => Verdict::Agree,
        _ => Verdict::SendBack(ask.reason("reason")?),
    };
    alerts::review(&at.seat, &ask.parse("alert")?, verdict, ask.revision)?;
    Reply::json(&json!({ "alert": ask.text("alert"), "verdict": ask.text("verdict") }))
}

fn withdraw(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let alert = alerts::withdraw(&at.seat, &ask.parse("rule")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "reopened": [alert] }))
}
