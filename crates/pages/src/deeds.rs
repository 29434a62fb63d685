//! What happened, as sentences of the page's language: the lines of a history.
//!
//! In comes a line with what its event says, out comes a [`Deed`]. The sentence is chosen by the kind of the event; its facts are the fields of the event's body, those of nested ones by
//! their path (`sent_on`). What may be there or not has a tail of its own (`deed-case-task-done-note`), which is said when it is there. What a kind has no sentence for is said by the
//! name of the kind, with the words of the program beneath it.

use mihenk_node::{
    ledger::{happening::Line, money::Currency},
    named::Named,
    said::Meaning,
};
use serde_json::Value as Json;

use crate::{
    foreign::cleaned,
    said::{Sentence, meant},
    words::{Given, Time, Words},
};

/// A line of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
    /// What happened.
    pub sentence: String,
    /// Why screening finds it otherwise, each reason by itself.
    pub because: Vec<Sentence>,
    /// What the program wrote down besides; in English.
    pub detail: Option<String>,
}

/// Facts whose text is a word of a kind: of which event, which fact, which kind of word.
const KINDS: [(&str, &str, &str); 5] = [
    ("alert.cleared", "reason", "reason"),
    ("case.party-added", "kind", "party"),
    ("case.alert-joined", "joined_alert_kind", "kind"),
    ("redress.proposed", "found", "found"),
    ("redress.proposed", "because", "reason"),
];

/// Facts that are users.
const USERS: [&str; 3] = ["to", "owner", "by"];

impl Deed {
    /// A line in words.
    #[must_use]
    pub fn of(words: &Words, named: &Named, line: &Line) -> Deed {
        let (sentence, mut detail) = said(words, named, line);
        let mut reasons = Vec::new();
        if let Some(says) = line.says.as_ref().filter(|_| line.kind == "alert.changed") {
            match because(words, says) {
                Some(known) => reasons = known,
                None => detail = Some(cleaned(&named.within(&line.words)).0),
            }
        }
        let by = words.of_kind("actor", named.of(&line.actor));
        Deed { at: words.minute(line.at), by, sentence, because: reasons, detail }
    }
}

fn said(words: &Words, named: &Named, line: &Line) -> (String, Option<String>) {
    let what = words.of_kind("event", &line.kind);
    let key = format!("deed-{}", line.kind.replace('.', "-"));
    let Some(says) = &line.says else {
        return (words.with("deed-erased", &[("what", what.into())]), None);
    };
    if words.known(&key).is_none() {
        return (what, Some(cleaned(&named.within(&line.words)).0));
    }
    let mut facts = Vec::new();
    gather(says, String::new(), &mut facts);
    let given: Vec<(&str, Given<'_>)> =
        facts.iter().map(|(name, value)| (name.as_str(), fact(words, named, &line.kind, name, value))).collect();
    let mut sentence = words.with(&key, &given);
    for (name, _) in &facts {
        let tail = format!("{key}-{name}");
        if words.known(&tail).is_some() {
            let whole = sentence.trim_end_matches('.').len();
            sentence.truncate(whole);
            sentence = format!("{sentence} · {}", words.with(&tail, &given));
        }
    }
    (sentence, None)
}

/// Why screening finds an alert otherwise; none where the event is from before its reasons had names.
fn because(words: &Words, says: &Json) -> Option<Vec<Sentence>> {
    let meanings: Vec<Meaning> = serde_json::from_value(says.get("meant")?.clone()).ok()?;
    let changes = says.get("changes")?.as_array()?;
    let said = |(meaning, change): (&Meaning, &Json)| {
        let known = meant(words, "unlike", meaning).map(Sentence::of_page);
        known.unwrap_or_else(|| Sentence::english(change.as_str().unwrap_or_default()))
    };
    (meanings.len() == changes.len()).then(|| meanings.iter().zip(changes).map(said).collect())
}

/// The fields of a body that a sentence may name, by their path; what is not there is not among them.
fn gather<'a>(value: &'a Json, path: String, facts: &mut Vec<(String, &'a Json)>) {
    match value {
        Json::Object(fields) if path.matches('_').count() < 4 && !fields.contains_key("amount_minor") => {
            // The reasons of screening are sentences of their own.
            for (name, value) in fields.iter().filter(|(name, _)| !path.is_empty() || name.as_str() != "meant") {
                let path =
                    if path.is_empty() { name.replace('-', "_") } else { format!("{path}_{}", name.replace('-', "_")) };
                gather(value, path, facts);
            }
        }
        Json::Null => {}
        Json::String(text) if text.is_empty() => {}
        Json::Array(values) if values.is_empty() && !path.ends_with("release_assets") => {}
        _ => facts.push((path, value)),
    }
}

fn fact<'a>(words: &Words, named: &Named, kind: &str, name: &str, value: &Json) -> Given<'a> {
    let text = match value {
        Json::String(text) => text.clone(),
        Json::Bool(true) => return "yes".into(),
        Json::Bool(false) => return "no".into(),
        // A time in milliseconds, such as until when a pair is kept quiet.
        Json::Number(number) if name.ends_with("until") => {
            let at = number.as_i64().unwrap_or_default();
            let time = if name == "rule_until" { words.day(at) } else { words.minute(at) };
            return time.plain().to_owned().into();
        }
        Json::Number(number) => return number.as_i64().unwrap_or_default().into(),
        Json::Array(values) if values.is_empty() => return "all".into(),
        Json::Array(values) => {
            let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            return cleaned(&values.iter().map(text).collect::<Vec<_>>().join(", ")).0.into();
        }
        Json::Object(_) => return amount(words, value).unwrap_or_default().into(),
        Json::Null => String::new(),
    };
    if let Some((_, _, of)) = KINDS.iter().find(|(event, fact, _)| *event == kind && *fact == name) {
        return words.of_kind(of, &text).into();
    }
    if USERS.contains(&name) {
        return named.of(&text).to_owned().into();
    }
    words.moment(&cleaned(&text).0).into()
}

fn amount(words: &Words, value: &Json) -> Option<String> {
    let currency: Currency = value["currency"].as_str()?.parse().ok()?;
    Some(words.amount(value["amount_minor"].as_i64()?, currency.decimals(), currency.code()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mihenk_node::ledger::{
        access::AccessEvent,
        alerts::AlertEvent,
        attachments::{AttachmentEvent, exchange::SealingEvent},
        cases::CaseEvent,
        compartment::CompartmentEvent,
        customers::CustomerEvent,
        freezes::FreezeEvent,
        happening::Happening,
        intake::IntakeEvent,
        merging::MergingEvent,
        people::PeopleEvent,
        redress::RedressEvent,
        reports::ReportEvent,
        retention::RetentionEvent,
        webhooks::WebhookEvent,
    };
    use serde_json::json;

    use super::*;
    use crate::words::Language;

    /// All kinds of a part: reading a variant that is none names those that are.
    fn kinds<H: Happening>() -> Vec<String> {
        let Err(error) = serde_json::from_value::<H>(json!({ "?": null })) else { panic!("? is a kind") };
        let text = error.to_string();
        let names = text.split('`').skip(3).step_by(2).map(|name| format!("{}.{name}", H::PART)).collect::<Vec<_>>();
        assert!(!names.is_empty(), "{text}");
        names
    }

    #[test]
    fn every_kind_of_event_has_a_name_and_every_kind_of_a_history_a_sentence_in_each_language() {
        let histories = [
            kinds::<AlertEvent>(),
            kinds::<AttachmentEvent>(),
            kinds::<CaseEvent>(),
            kinds::<FreezeEvent>(),
            kinds::<RedressEvent>(),
            kinds::<ReportEvent>(),
        ];
        let others = [
            kinds::<AccessEvent>(),
            kinds::<CompartmentEvent>(),
            kinds::<CustomerEvent>(),
            kinds::<IntakeEvent>(),
            kinds::<MergingEvent>(),
            kinds::<PeopleEvent>(),
            kinds::<RetentionEvent>(),
            kinds::<SealingEvent>(),
            kinds::<WebhookEvent>(),
            vec!["body.erased".to_owned()],
        ];
        let told: BTreeSet<String> = histories.concat().into_iter().collect();
        for language in Language::ALL {
            let words = Words::of(language);
            for kind in told.iter().cloned().chain(others.concat()) {
                let key = kind.replace('.', "-");
                assert!(words.has(&format!("event-{key}")), "{language:?}: event-{key}");
                assert!(!told.contains(&kind) || words.has(&format!("deed-{key}")), "{language:?}: deed-{key}");
            }
        }
    }

    fn line(kind: &str, says: Json) -> Line {
        let (kind, actor, subject) = (kind.to_owned(), "U-1".to_owned(), "A-1".to_owned());
        Line { seq: 1, at: 0, actor, key: None, subject, words: "in English".to_owned(), kind, says: Some(says) }
    }

    type Sample = (&'static str, Json);

    /// Each event of an alert or a case with all that it can hold, as the chain has it.
    fn of_alerts_and_cases() -> Vec<Sample> {
        let found = json!({ "caption": "Zerrin Örnek", "evidence": {}, "bits_hundredths": 1 });
        let observation = json!({ "customer": "K-1", "found": found });
        let joined =
            json!({ "alert": "A-1", "customer": "K-1", "customer_name": "A", "entity_name": "B", "alert_kind": "pep" });
        vec![
            ("alert.raised", json!({ "observation": observation })),
            ("alert.changed", json!({ "observation": observation, "changes": ["a"], "reopens": true })),
            ("alert.assigned", json!({ "to": "U-2", "reason": "away" })),
            ("alert.given-back", json!({ "reason": "away" })),
            ("alert.commented", json!({ "text": "seen" })),
            (
                "alert.cleared",
                json!({ "reason": "birth-date", "note": "differs", "rule_until": 1_000, "takes_two": true }),
            ),
            ("alert.sent-back", json!({ "to": "U-2", "reason": "no" })),
            ("alert.escalated", json!({ "case": "C-1", "reason": "true" })),
            ("alert.reopened", json!({ "reason": "again" })),
            ("alert.rule-withdrawn", json!({ "rule": "R-1", "reason": "again" })),
            ("alert.rule-expired", json!({ "rule": "R-1" })),
            ("attachment.attached", json!({ "name": "a.pdf", "length": 1, "sha256": "00" })),
            ("case.opened", json!({ "title": "t", "legal_basis": "l", "purpose": "p" })),
            ("case.alert-joined", json!({ "joined": joined })),
            ("case.alert-parted", json!({ "alert": "A-1", "reason": "r" })),
            ("case.party-added", json!({ "kind": "person", "name": "n", "role": "r", "customer": null })),
            ("case.party-struck", json!({ "party": "CP-1", "reason": "r" })),
            ("case.linked", json!({ "from": "CP-1", "to": "CP-2", "kind": "owns", "source": "s" })),
            ("case.link-struck", json!({ "link": "L-1", "reason": "r" })),
            ("case.noted", json!({ "text": "t" })),
            ("case.task-set", json!({ "what": "w", "due": "2026-11-26", "owner": "U-1" })),
            ("case.task-done", json!({ "task": "T-1", "note": "n" })),
            ("case.offered", json!({ "to": "U-1", "reason": "r" })),
            ("case.offer-ended", json!({ "reason": "r" })),
            ("case.closed", json!({ "reason": "r" })),
            ("case.reopened", json!({ "reason": "r" })),
        ]
    }

    fn of_freezes() -> Vec<Sample> {
        let release = json!({ "release": { "assets": [1, 2] } });
        let amount = json!({ "amount_minor": 125_000, "currency": "EUR" });
        let notice = json!({ "holder": "Örnek Bank", "to": "the branch", "on": "2026-11-26", "how": "by letter" });
        vec![
            ("freeze.paused", json!({ "what": "w", "until": 1_000, "reason": "r" })),
            ("freeze.resumed", json!({ "reason": "r" })),
            ("freeze.held", json!({ "terms": {}, "confirm_until": 1_000, "pause": "PA-1", "reason": "r" })),
            ("freeze.proposed", json!({ "terms": {}, "pause": "PA-1", "reason": "r" })),
            ("freeze.declined", json!({ "reason": "r" })),
            ("freeze.change-proposed", json!({ "change": release, "reason": "r" })),
            ("freeze.change-confirmed", json!({ "change": release })),
            ("freeze.change-declined", json!({ "reason": "r" })),
            ("freeze.reviewed", json!({ "next": "2026-11-26", "reason": "r" })),
            ("freeze.review-overdue", json!({ "day": "2026-11-26" })),
            ("freeze.notice-given", json!({ "notice": notice })),
            ("freeze.delisted", json!({ "lists": ["a", "b"] })),
            ("freeze.exemption-proposed", json!({ "reason": "r" })),
            ("freeze.exemption-declined", json!({ "reason": "r" })),
            (
                "freeze.committee-notified",
                json!({ "on": "2026-11-26", "may_object_until": "2026-11-27", "reference": "n" }),
            ),
            ("freeze.committee-approved", json!({ "on": "2026-11-26", "reference": "n" })),
            ("freeze.committee-objected", json!({ "on": "2026-11-26", "reason": "r" })),
            ("freeze.exemption-ended", json!({ "day": "2026-11-26" })),
            ("freeze.used", json!({ "amount": amount, "on": "2026-11-26", "reason": "r" })),
        ]
    }

    fn of_redress_and_reports() -> Vec<Sample> {
        vec![
            ("redress.opened", json!({ "customer": "K-1", "person": "p", "complaint": "c" })),
            ("redress.assigned", json!({ "to": "U-1", "reason": "r" })),
            ("redress.noted", json!({ "text": "t" })),
            (
                "redress.proposed",
                json!({ "found": "wrongly-matched", "because": "birth-date", "reason": "r", "releases": ["F-1"] }),
            ),
            ("redress.confirmed", json!({ "answer_by": "2026-11-26", "correct_by": "2026-11-27" })),
            ("redress.declined", json!({ "reason": "r" })),
            ("redress.recipient-added", json!({ "name": "n", "received": "r", "reason": "w" })),
            ("redress.corrected", json!({ "name": "n", "how": "h", "on": "2026-11-26", "document": "D-1" })),
            ("redress.answered", json!({ "how": "h", "on": "2026-11-26", "document": "D-1" })),
            ("report.drafted", json!({ "kind": "k", "about": "C-1", "follows": "RP-1", "due": "2026-11-26" })),
            ("report.corrected", json!({ "reason": "r" })),
            ("report.sent", json!({ "sent": { "on": "2026-11-26", "how": "h", "form": "f", "document": "D-1" } })),
            (
                "report.answered",
                json!({ "answer": { "is_taken": true, "on": "2026-11-26", "reference": "n", "note": "n" } }),
            ),
            ("report.asked", json!({ "reference": "n", "on": "2026-11-26", "due": "2026-11-27", "what": "w" })),
            ("report.replied", json!({ "request": "Q-1", "by": "RP-2", "on": "2026-11-26" })),
            ("report.withdrawn", json!({ "reason": "r" })),
            ("report.noted", json!({ "text": "t" })),
        ]
    }

    fn samples() -> Vec<Line> {
        let all = [of_alerts_and_cases(), of_freezes(), of_redress_and_reports()];
        all.into_iter().flatten().map(|(kind, body)| line(kind, body)).collect()
    }

    #[test]
    fn every_sentence_is_filled_by_what_its_event_holds() {
        let samples = samples();
        for words in Language::ALL.map(Words::of) {
            let mut asked = BTreeSet::new();
            for line in &samples {
                let mut facts = Vec::new();
                gather(line.says.as_ref().unwrap(), String::new(), &mut facts);
                let given: Vec<(&str, Given<'_>)> = facts
                    .iter()
                    .map(|(name, value)| (name.as_str(), fact(words, &Named::default(), &line.kind, name, value)))
                    .collect();
                let key = format!("deed-{}", line.kind.replace('.', "-"));
                for tail in facts.iter().map(|(name, _)| format!("{key}-{name}")).chain([key.clone()]) {
                    if words.has(&tail) {
                        let filled = words.checked(&tail, &given);
                        assert!(filled.is_ok(), "{:?} {tail}: {filled:?}", words.language());
                        asked.insert(tail);
                    }
                }
            }
            // A sentence that no sample fills has no facts at all.
            for line in words.language().source().lines().filter(|line| line.starts_with("deed-")) {
                let key = line.split(" =").next().unwrap_or_default();
                let is_alone = key == "deed-erased" || words.checked(key, &[]).is_ok();
                assert!(asked.contains(key) || is_alone, "nothing fills {key}");
            }
        }
    }

    #[test]
    fn a_line_is_a_sentence_of_the_page_with_days_names_and_tails() {
        let body = json!({ "reason": "birth-date", "note": "1960 / 1984", "rule_until": 1_795_685_400_000_i64, "takes_two": false });
        let deed = Deed::of(Words::of(Language::Turkish), &Named::default(), &line("alert.cleared", body));
        let plain: String = deed.sentence.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
        assert!(plain.starts_with("Kapatıldı – Doğum tarihleri"), "{plain}");
        assert!(plain.contains("26.11.2026 tarihine kadar sessiz"), "{plain}");
        assert_eq!(deed.detail, None);
    }

    #[test]
    fn what_was_erased_says_so_and_what_screening_wrote_stays_english() {
        let erased = Line { says: None, ..line("alert.cleared", Json::Null) };
        let deed = Deed::of(Words::of(Language::English), &Named::default(), &erased);
        assert!(deed.sentence.contains("erased"), "{}", deed.sentence);
        let changed = line("alert.changed", json!({ "changes": ["x"], "reopens": false }));
        let deed = Deed::of(Words::of(Language::Persian), &Named::default(), &changed);
        assert_eq!(deed.detail.as_deref(), Some("in English"));
    }

    #[test]
    fn why_screening_finds_otherwise_is_said_in_the_language_of_the_page() {
        let meant = json!([{ "name": "listing_lost", "facts": { "property": "birthDate", "value": "2026-11-26" } }, { "name": "of_tomorrow" }]);
        let body =
            json!({ "changes": ["the listing lost birthDate", "new \u{202E}words"], "meant": meant, "reopens": true });
        let deed = Deed::of(Words::of(Language::Turkish), &Named::default(), &line("alert.changed", body));
        let texts: Vec<String> =
            deed.because.iter().map(|one| one.text.replace(['\u{2068}', '\u{2069}'], "")).collect();
        assert_eq!(texts, ["Liste kaydında artık yok – Doğum tarihi: 26.11.2026", "new words"]);
        assert_eq!((deed.because[0].is_english, deed.because[1].is_english, deed.detail), (false, true, None));
    }

    #[test]
    fn text_of_others_hides_nothing_in_a_sentence() {
        let body = json!({ "text": "a\u{202E}b" });
        let deed = Deed::of(Words::of(Language::English), &Named::default(), &line("alert.commented", body));
        assert!(!deed.sentence.contains('\u{202E}'));
    }
}
