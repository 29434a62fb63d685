//! What concerns the house: quiet pairs, the overview, the chain and what is computed again.
//!
//! In comes what acts give, out come pages.

use askama::Template;
use mihenk_node::{
    alerts::{QuietPairs, desk::Overview},
    audit::History,
    ledger::{
        alerts::{Alert, Clearing, Observation, Rule, queue::ListCount, review::ReasonCount},
        audit::Told,
    },
    portfolio::Replayed,
    store::{
        hex,
        verify::{Broken, Verdict, Verified, Wrong},
    },
};

use crate::{frame::Frame, refusal::Why, said::Sentence, words::Given};

/// Rules *not the same person*.
#[derive(Debug, Template)]
#[template(path = "rules.html")]
pub struct RulesPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The rules, with why each pair was found to be two.
    pub pairs: &'a QuietPairs,
    /// Whether those that ended are among them.
    pub with_ended: bool,
}

/// How work goes.
#[derive(Debug, Template)]
#[template(path = "dashboard.html")]
pub struct DashboardPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Alerts in numbers.
    pub overview: &'a Overview,
    /// How often each reason was given.
    pub reasons: &'a [ReasonCount],
}

/// The chain.
#[derive(Debug, Template)]
#[template(path = "audit.html")]
pub struct AuditPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What was asked for.
    pub subject: &'a str,
    /// The events.
    pub history: &'a History,
    /// Whether the chain is whole; none when nobody asked.
    pub verdict: Option<&'a Verdict>,
    /// What was computed again.
    pub replayed: Option<&'a Replayed>,
    /// Why it was not.
    pub refused: Option<&'a Why>,
}

impl RulesPage<'_> {
    fn reason(&self, rule: &Rule) -> Option<&Clearing> {
        self.pairs.reasons.get(&rule.alert)
    }

    /// The alert that the rule keeps quiet.
    fn quiet(&self, rule: &Rule) -> Option<&Alert> {
        self.pairs.quiet.get(&rule.alert).filter(|_| self.is_live(rule))
    }

    /// What would be on the work list without the rule.
    fn without(&self, alert: &Alert) -> String {
        if alert.gone_since.is_some() {
            return self.t.say("rule-without-none");
        }
        let kind = self.t.of("kind", alert.kind.as_str());
        let probability = self.t.percent(alert.probability_millionths);
        self.t.with("rule-without", &[("kind", kind.into()), ("probability", probability.into())])
    }

    fn is_live(&self, rule: &Rule) -> bool {
        rule.ended_at.is_none()
    }

    /// Why a rule ended; what screening found otherwise is in English, as the tables have its words alone.
    fn ended(&self, why: &str) -> Sentence {
        let known = self.t.known(&format!("ended-{}", why.replace(' ', "-")));
        known.map_or_else(|| Sentence::english(why), Sentence::of_page)
    }
}

impl DashboardPage<'_> {
    fn most(&self) -> u64 {
        self.overview.days.iter().map(|day| day.raised.max(day.decided)).max().unwrap_or(1)
    }

    /// Decisions for each hour in which any was made, in tenths; none where nothing was decided.
    fn pace(&self) -> Option<String> {
        let (decided, hours) = self.overview.pace;
        let tenths = (decided * 10).checked_div(hours)?;
        Some(format!("{}{}", self.t.number(tenths / 10), self.tenth(tenths % 10)))
    }

    /// The decimal of a number of tenths, nothing for a whole one.
    fn tenth(&self, tenth: u64) -> String {
        if tenth == 0 {
            String::new()
        } else {
            self.t.with("tenth", &[("n", self.t.digits(&tenth.to_string()).into())])
        }
    }

    /// Millionths of what was decided of a list in which somebody else was meant.
    fn share_of_others(&self, list: &ListCount) -> i64 {
        i64::try_from(list.other * 1_000_000 / list.decided.max(1)).unwrap_or(0)
    }

    /// Where a day's bars begin: fourteen days over the width of the picture.
    fn x(&self, place: &usize) -> usize {
        8 + place * 71
    }

    /// The height of a bar, of 140 at the most.
    fn height(&self, number: &u64) -> u64 {
        number * 140 / self.most().max(1)
    }

    fn top(&self, number: &u64) -> u64 {
        150 - self.height(number)
    }

    /// Day and month of a day since 1970.
    fn short(&self, day: &i64) -> String {
        self.t.short_day(day * 86_400_000)
    }

    fn sent_back(&self, reason: &ReasonCount) -> i64 {
        let reviewed = (reason.agreed + reason.sent_back).max(1);
        i64::try_from(reason.sent_back * 1_000_000 / reviewed).unwrap_or(0)
    }

    fn has_review(&self, reason: &ReasonCount) -> bool {
        reason.agreed + reason.sent_back > 0
    }
}

impl AuditPage<'_> {
    fn events(&self, whole: &Verified) -> String {
        self.t.number(whole.events)
    }

    /// What is wrong with the chain.
    fn broken(&self, broken: &Broken) -> String {
        let seq = |number: i64| Given::from(self.t.digits(&number.to_string()));
        let (key, facts) = match &broken.wrong {
            Wrong::Place { expected } => ("broken-place", vec![("expected", seq(*expected))]),
            Wrong::PrevHash => ("broken-prev-hash", vec![]),
            Wrong::Hash => ("broken-hash", vec![]),
            Wrong::BodyHash => ("broken-body-hash", vec![]),
            Wrong::BodyGone => ("broken-body-gone", vec![]),
            Wrong::BodyThere { by } => ("broken-body-there", vec![("by", seq(*by))]),
            Wrong::Cell { column } => ("broken-cell", vec![("column", (*column).into())]),
            Wrong::ErasedBody => ("broken-erased-body", vec![]),
            Wrong::Short { last } => ("broken-short", vec![("last", seq(*last))]),
            Wrong::NotKept { kept, found } => {
                ("broken-not-kept", vec![("kept", hex::text(kept).into()), ("found", hex::text(found).into())])
            }
        };
        let facts: Vec<(&str, Given<'_>)> = facts.into_iter().chain([("seq", seq(broken.seq))]).collect();
        self.t.with(key, &facts)
    }

    fn body(&self, body: &Option<serde_json::Value>) -> String {
        let text = body.as_ref().map(ToString::to_string).unwrap_or_default();
        if text.chars().count() <= 160 { text } else { text.chars().take(159).chain(['…']).collect() }
    }

    fn newest_first(&self) -> impl Iterator<Item = &Told> {
        self.history.events.iter().rev()
    }

    fn bits_then(&self, replayed: &Replayed) -> String {
        self.bits(Some(&replayed.then))
    }

    fn bits_now(&self, replayed: &Replayed) -> String {
        self.bits(replayed.now.as_ref())
    }

    fn bits(&self, observation: Option<&Observation>) -> String {
        let found = observation.and_then(|one| one.found.as_ref());
        found.map_or_else(|| "—".to_owned(), |found| self.t.bits(found.bits_hundredths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Words};

    #[test]
    fn why_a_quiet_pair_ended_is_said_in_each_language_and_what_screening_found_is_marked_as_english() {
        let whys =
            ["sent back by a second person", "escalated to a case", "opened again by a person", "withdrawn", "ran out"];
        for language in Language::ALL {
            let t = &Frame::plain(language);
            let page = RulesPage { t, pairs: &QuietPairs::default(), with_ended: true };
            for why in whys {
                assert!(Words::of(language).has(&format!("ended-{}", why.replace(' ', "-"))), "{language:?}: {why}");
                assert!(!page.ended(why).is_english, "{why}");
            }
            assert!(page.ended("the customer lost birthDate \"1971-02-03\"").is_english);
        }
    }

    #[test]
    fn whatever_is_wrong_with_the_chain_is_said_in_each_language_with_all_its_facts() {
        let history = History { events: Vec::new(), among_many: 0 };
        let of = [
            Wrong::Place { expected: 1_234 },
            Wrong::PrevHash,
            Wrong::Hash,
            Wrong::BodyHash,
            Wrong::BodyGone,
            Wrong::BodyThere { by: 1_234 },
            Wrong::Cell { column: "salt" },
            Wrong::ErasedBody,
            Wrong::Short { last: 1_234 },
            Wrong::NotKept { kept: [0xAB; 32], found: [0xCD; 32] },
        ];
        for (wrong, language) in of.iter().flat_map(|wrong| Language::ALL.map(|language| (wrong, language))) {
            let t = &Frame::plain(language);
            let page = AuditPage { t, subject: "", history: &history, verdict: None, replayed: None, refused: None };
            let text = page.broken(&Broken { seq: 9_876, wrong: wrong.clone() });
            let words = Words::of(language);
            assert!(!text.starts_with("broken-") && text.contains(&words.digits("9876")), "{language:?}: {text}");
            let facts: &[&str] = match wrong {
                Wrong::Place { .. } | Wrong::BodyThere { .. } | Wrong::Short { .. } => &["1234"],
                Wrong::Cell { .. } => &["salt"],
                Wrong::NotKept { .. } => &["abababab", "cdcdcdcd"],
                _ => &[],
            };
            for fact in facts {
                let fact = if fact.starts_with('1') { words.digits(fact) } else { (*fact).to_owned() };
                assert!(text.contains(&fact), "{language:?}: {text}");
            }
        }
    }
}
