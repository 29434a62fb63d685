//! Redress through the public interface: opened, decided by two, answered, corrected.
//!
//! Each rule has a test that tries to break it; a refused act leaves no event.

mod letters;

use mihenk_ledger::{
    LedgerError, Reason, Who,
    alerts::{self, AlertId, CustomerId, Observation, State, work::ToClear},
    attachments::Key,
    cases::{self, CaseId},
    customers::{self, Contents, Party},
    day::Day,
    freezes::{self, FreezeId, Notice, Terms},
    language::Language,
    redress::{
        Compared, Found, House, Redress, RedressId, RedressState,
        decide::{self, Done},
        due::{self, Due, What},
        tell::{self, Telling},
        work::{self, NewRedress},
    },
    regimes::Regimes,
    retention,
};

use crate::world::{DAY, NOW, World, observation, reason, tables_follow_from_events, values};

const COMPLAINT: &str = "I am a baker in Izmir and have never been to sea";
const HOUSE: &str =
    "complain_further = \"The ombudsman of the banks, 1 Example Square\"\nhouse = \"Anadolu Bank, Ankara\"";

fn house() -> House {
    House::read(Some(HOUSE)).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A customer with a name of their own, who may be a listed person.
fn customer(world: &World, name: &str) -> CustomerId {
    let own = Party {
        reference: String::new(),
        role: String::new(),
        schema: "Person".to_owned(),
        properties: values(&[("name", &[name]), ("birthDate", &["1971-02-03"])]),
    };
    let contents = Contents::new(0, vec![own]).unwrap();
    let put = world.act(|act| customers::put(act, &world.ayse, ("retail", name), contents, None, None)).unwrap();
    put.id().clone()
}

fn of(customer: &CustomerId, entity: &str) -> Observation {
    let mut observation = Observation { customer: customer.clone(), ..observation(1, entity) };
    let found = observation.found.as_mut().unwrap();
    found.listings[0].dataset = "un_sc_sanctions".to_owned();
    observation
}

fn complaint(world: &World, customer: &CustomerId, alerts: &[&AlertId], freezes: &[&FreezeId]) -> NewRedress {
    NewRedress {
        customer: customer.clone(),
        person: None,
        complaint: reason(COMPLAINT),
        alerts: alerts.iter().map(|id| (*id).clone()).collect(),
        freezes: freezes.iter().map(|id| (*id).clone()).collect(),
        compared: vec![],
        received: day("2026-11-20"),
        due: None,
        owner: world.ayse.actor.parse().unwrap(),
    }
}

fn opened(world: &World, new: NewRedress) -> RedressId {
    world.act(|act| work::open(act, &world.ayse, &house(), new)).unwrap()
}

fn proposed(world: &World, id: &RedressId, found: Found, code: Option<&str>) -> Result<(), LedgerError> {
    world.act(|act| decide::propose(act, &world.ayse, &world.policy, id, (found, code), reason("the papers"), None))
}

fn confirm(world: &World, who: &Who, id: &RedressId) -> Result<Done, LedgerError> {
    world.act(|act| decide::confirm(act, who, (&world.policy, &house()), id, None))
}

/// Ayşe proposes, Bahram confirms.
fn wrongly(world: &World, id: &RedressId) -> Done {
    proposed(world, id, Found::WronglyMatched, Some("birth-date")).unwrap();
    confirm(world, &world.bahram, id).unwrap()
}

fn redress(world: &World, id: &RedressId) -> Redress {
    world.store.read(|reading| work::redress(reading, id)).unwrap()
}

/// A freeze in force on a UN listing, proposed by Bahram.
fn frozen(world: &World, customer: &CustomerId, entity: &str) -> FreezeId {
    let regimes = Regimes::built_in().unwrap();
    let terms = Terms {
        entity: Some(entity.to_owned()),
        lists: vec!["un_sc_sanctions".to_owned()],
        also: vec![],
        customer: Some(customer.to_string()),
        programme: "un-1267".to_owned(),
        authority: "1267 Committee".to_owned(),
        reference: "QDi.900".to_owned(),
        scope: "no payment".to_owned(),
        start: day("2026-11-26"),
        review: day("2027-05-26"),
        assets: vec![
            "account;TR33;Anadolu Bank;1250.00 EUR".parse().unwrap(),
            "vessel;IMO 9;Harbour of Mersin".parse().unwrap(),
        ],
        alerts: vec![],
        case: None,
    };
    let id = world.act(|act| freezes::propose(act, &world.bahram, &regimes, terms, None, reason("listed"))).unwrap();
    world.act(|act| freezes::confirm(act, &world.ayse, &id, None)).unwrap();
    id
}

fn notice(world: &World, freeze: &FreezeId, holder: &str) {
    let notice = Notice {
        holder: holder.to_owned(),
        to: "Legal department".to_owned(),
        how: "letter".to_owned(),
        on: day("2026-11-26"),
    };
    world.act(|act| freezes::give_notice(act, &world.ayse, freeze, notice)).unwrap();
}

fn freeze(world: &World, id: &FreezeId) -> freezes::Freeze {
    world.store.read(|reading| freezes::show(reading, id)).unwrap()
}

fn case_with(world: &World, alert: &AlertId) -> CaseId {
    let new = cases::work::NewCase {
        title: "Örnek".to_owned(),
        legal_basis: reason("file 12/345"),
        purpose: reason("who is it"),
    };
    let id = world.act(|act| cases::work::open(act, &world.ayse, new)).unwrap();
    let alerts = std::slice::from_ref(alert);
    world.act(|act| cases::work::join_alerts(act, &world.ayse, &id, alerts, &reason("one"), None)).unwrap();
    id
}

fn by_letter() -> Telling {
    Telling { how: "letter".to_owned(), on: None, language: Language::English }
}

fn due(world: &World, when: i64) -> Vec<Due> {
    world.store.read(|reading| due::due(reading, Day::of(when))).unwrap()
}

#[test]
fn a_complaint_is_about_the_customers_own_alerts_and_freezes() {
    let world = World::new();
    let (zerrin, other) = (customer(&world, "Zerrin Örnek"), customer(&world, "Bahram Nemune"));
    let (hers, his) = (world.raise(&of(&zerrin, "un-1")), world.raise(&of(&other, "un-1")));
    let freeze = frozen(&world, &other, "un-1");
    let open = |new: NewRedress| world.refused(|act| work::open(act, &world.ayse, &house(), new));
    let said = open(complaint(&world, &zerrin, &[], &[]));
    assert!(said.contains("by what was") && said.contains(hers.as_str()) && !said.contains(his.as_str()), "{said}");
    assert!(open(complaint(&world, &zerrin, &[&his], &[])).contains("not about"));
    assert!(open(complaint(&world, &zerrin, &[&hers], &[&freeze])).contains("is not about"));
    assert!(open(complaint(&world, &CustomerId::at(9999), &[&hers], &[])).contains("there is no customer"));
    let new = || complaint(&world, &zerrin, &[&hers, &hers], &[]);
    assert!(open(NewRedress { received: day("2026-11-27"), ..new() }).contains("is ahead"));
    assert!(open(NewRedress { due: Some(day("2026-11-19")), ..new() }).contains("before the complaint"));
    assert!(open(NewRedress { person: Some(" ".to_owned()), ..new() }).contains("who complains"));
    assert!(Reason::new(" ").is_err(), "no complaint is empty");

    let id = opened(&world, new());
    let open_one = redress(&world, &id);
    // 20 November and 30 days of the calendar: 10 days to the end of November, and 20.
    assert_eq!((open_one.due, open_one.alerts.len()), (day("2026-12-20"), 1));
    assert_eq!(open_one.person, "Zerrin Örnek");
    // Both sides know a name; only the customer's date of birth is known.
    assert_eq!(open_one.compared, [Compared::Name]);
    assert!(open(new()).contains("already, and not decided"));
}

#[test]
fn a_freeze_brings_the_alert_of_its_pair() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let (alert, _) = (world.raise(&of(&zerrin, "un-1")), world.raise(&of(&zerrin, "un-2")));
    let freeze = frozen(&world, &zerrin, "un-1");
    let id = opened(&world, complaint(&world, &zerrin, &[], &[&freeze]));
    assert_eq!(redress(&world, &id).alerts, [alert]);
}

#[test]
fn nobody_decides_alone_and_the_software_not_at_all() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    let (policy, house) = (&world.policy, &house());
    let clock = Who::new("clock", NOW);
    let propose = |who: &Who, what: (Found, Option<&str>)| {
        world.refused(|act| decide::propose(act, who, policy, &id, what, reason("x"), None))
    };
    assert!(propose(&clock, (Found::CannotBeTold, None)).contains("no person"));
    let said = propose(&world.ayse, (Found::WronglyMatched, None));
    assert!(
        said.contains("for which reason") && said.contains("birth-date") && !said.contains("risk-accepted"),
        "{said}"
    );
    assert!(propose(&world.ayse, (Found::WronglyMatched, Some("removed"))).contains("another person"));
    assert!(propose(&world.ayse, (Found::WronglyMatched, Some("risk-accepted"))).contains("no reason for this kind"));
    assert!(propose(&world.ayse, (Found::RightlyMatched, Some("birth-date"))).contains("clears no alert"));
    let confirm_by = |who: &Who| world.refused(|act| decide::confirm(act, who, (policy, house), &id, None));
    assert!(confirm_by(&world.bahram).contains("nothing is proposed"));

    let seen = world.store.read(|reading| work::detail(reading, &id)).unwrap().revision;
    proposed(&world, &id, Found::WronglyMatched, Some("birth-date")).unwrap();
    assert_eq!(world.alert(&alert).state, State::New, "one person clears nothing");
    assert!(confirm_by(&world.ayse).contains("was proposed by you"));
    assert!(confirm_by(&clock).contains("no person"));
    let second = world.refused(|act| {
        decide::propose(act, &world.bahram, policy, &id, (Found::RightlyMatched, None), reason("x"), None)
    });
    assert!(second.contains("ayse proposed wrongly matched") && second.contains("2026-11-26 09:30"), "{second}");
    let late = world.refused(|act| decide::decline(act, &world.bahram, &id, reason("no"), Some(seen)));
    assert!(late.contains("redress.proposed by U-1"), "{late}");
    let letter = world.store.read(|reading| tell::answer(reading, house, &id, (Language::English, day("2026-11-26"))));
    assert!(letter.unwrap_err().to_string().contains("a second person has to confirm"));
    confirm(&world, &world.bahram, &id).unwrap();
    assert!(confirm_by(&world.bahram).contains("was decided on 2026-11-26"));
    assert_eq!(redress(&world, &id).state, RedressState::Decided);
}

#[test]
fn a_pair_that_was_wrongly_matched_stays_quiet_while_both_sides_are_as_they_are() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    // Likely enough that clearing it would take two: the two of the redress stand for them.
    let mut likely = of(&zerrin, "un-1");
    likely.found.as_mut().unwrap().probability_millionths = 900_000;
    let alert = world.raise(&likely);
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    assert_eq!(wrongly(&world, &id).cleared, std::slice::from_ref(&alert));
    let cleared = world.alert(&alert);
    assert_eq!(cleared.state, State::Cleared);
    let rule = world.store.read(|reading| alerts::rules::rule(reading, &cleared.rule.clone().unwrap())).unwrap();
    assert_eq!((rule.until, rule.entity.as_str()), (NOW + 365 * DAY, "un-1"));
    assert!(world.last_words(&alert).contains(id.as_str()) && world.last_words(&alert).contains("proposed by U-1"));
    assert_eq!(world.observe(NOW + DAY, &likely), None, "the same is no news");
    // More evidence of the same sides: the rule holds.
    let mut louder = likely.clone();
    louder.found.as_mut().unwrap().bits_hundredths += 100;
    world.observe(NOW + DAY, &louder);
    assert_eq!(world.alert(&alert).state, State::Cleared);
    let mut other = louder;
    other.basis.customer.insert("birthDate".to_owned(), vec!["1958-01-01".to_owned()]);
    world.observe(NOW + 2 * DAY, &other);
    assert_eq!(world.alert(&alert).state, State::Reopened, "what it rested on has changed");
}

#[test]
fn alerts_are_cleared_from_whatever_state_they_are_in() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let ids = ["un-1", "un-2", "un-3", "un-4"].map(|entity| world.raise(&of(&zerrin, entity)));
    let [held, in_case, cleared, quiet] = &ids;
    let bahram = world.bahram.actor.parse().unwrap();
    world.act(|act| alerts::work::assign(act, &world.bahram, std::slice::from_ref(held), &bahram, None, None)).unwrap();
    let case = case_with(&world, in_case);
    for (id, rule) in [(cleared, None), (quiet, Some(alerts::work::RuleUntil::Usual))] {
        let how = ToClear { reason: "name".to_owned(), note: reason("no"), rule };
        let ids = std::slice::from_ref(id);
        world.act(|act| alerts::work::clear(act, &world.ayse, &world.policy, ids, &how, None)).unwrap();
    }
    let before = world.alert(quiet).rule;
    let id = opened(&world, complaint(&world, &zerrin, &ids.iter().collect::<Vec<_>>(), &[]));
    assert_eq!(wrongly(&world, &id).cleared, [held.clone(), in_case.clone(), cleared.clone()]);
    for alert in &ids {
        let now = world.alert(alert);
        assert!(now.state == State::Cleared && now.rule.is_some() && now.case.is_none(), "{alert}");
    }
    assert_eq!(world.alert(quiet).rule, before, "what keeps it quiet stays");
    let lines = world.store.read(|reading| cases::queue::timeline(reading, &case)).unwrap();
    assert!(lines.last().unwrap().words.contains("taken out") && lines.last().unwrap().words.contains(id.as_str()));
}

#[test]
fn an_alert_of_a_closed_case_is_taken_out_by_a_person_first() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let case = case_with(&world, &alert);
    world.act(|act| cases::work::close(act, &world.ayse, &case, reason("done"), None)).unwrap();
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    let said = proposed(&world, &id, Found::WronglyMatched, Some("name")).unwrap_err().to_string();
    assert!(said.contains("which is closed") && said.contains("mihenk case reopen"), "{said}");
    world.act(|act| cases::work::reopen(act, &world.ayse, &case, reason("redress"))).unwrap();
    wrongly(&world, &id);
}

#[test]
fn what_was_proposed_on_other_evidence_is_not_confirmed() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    proposed(&world, &id, Found::WronglyMatched, Some("birth-date")).unwrap();
    let mut other = of(&zerrin, "un-1");
    other.basis.listing.insert("birthDate".to_owned(), vec!["1971-02-03".to_owned()]);
    world.observe(NOW, &other);
    let said = world.refused(|act| decide::confirm(act, &world.bahram, (&world.policy, &house()), &id, None));
    assert!(said.contains("found otherwise since"), "{said}");
    world.act(|act| decide::decline(act, &world.bahram, &id, reason("look again"), None)).unwrap();
    wrongly(&world, &id);
}

#[test]
fn a_freeze_is_never_released_here_and_its_release_is_proposed() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let frozen = frozen(&world, &zerrin, "un-1");
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[&frozen]));
    proposed(&world, &id, Found::WronglyMatched, Some("birth-date")).unwrap();
    assert_eq!(freeze(&world, &frozen).waiting.unwrap().by, world.ayse.actor);
    world.act(|act| decide::decline(act, &world.bahram, &id, reason("look again"), None)).unwrap();
    let after = freeze(&world, &frozen);
    assert!(after.waiting.is_none() && after.state == freezes::State::InForce, "the proposal went with the other");

    wrongly(&world, &id);
    let after = freeze(&world, &frozen);
    assert_eq!(after.state, freezes::State::InForce, "two people decided on the person, not on the release");
    assert!(after.terms.assets.iter().all(|asset| !asset.is_released) && after.waiting.is_some());
    let alone = world.refused(|act| freezes::confirm(act, &world.ayse, &frozen, None));
    assert!(alone.contains("proposed by you"), "{alone}");
    let release = |due: &Due| due.what == What::Release;
    assert!(due(&world, NOW).iter().any(release));
    world.act(|act| freezes::confirm(act, &world.bahram, &frozen, None)).unwrap();
    assert!(!due(&world, NOW).iter().any(release));
}

#[test]
fn what_was_not_wrong_changes_nothing() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let frozen = frozen(&world, &zerrin, "un-1");
    notice(&world, &frozen, "Anadolu Bank");
    for found in [Found::RightlyMatched, Found::CannotBeTold] {
        let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[&frozen]));
        proposed(&world, &id, found, None).unwrap();
        assert_eq!(confirm(&world, &world.bahram, &id).unwrap(), Done::default());
        assert_eq!(world.alert(&alert).state, State::New);
        assert!(freeze(&world, &frozen).waiting.is_none());
        let due = due(&world, NOW).into_iter().filter(|one| one.id == id.as_str()).map(|one| one.what);
        assert_eq!(due.collect::<Vec<_>>(), [What::Answer]);
        let key = Key::generate().unwrap();
        let to = "Anadolu Bank";
        let said = world.refused(|act| tell::corrected(act, &world.ayse, (&house(), &key), &id, to, &by_letter()));
        assert!(said.contains("nothing to correct"), "{said}");
        let said = world.refused(|act| tell::add_recipient(act, &world.ayse, &id, (to, "a copy"), reason("x")));
        assert!(said.contains("nothing to correct"), "{said}");
    }
}

#[test]
fn what_is_over_stands_first() {
    let world = World::new();
    let people = ["Zerrin Örnek", "Bahram Nemune", "Cem Beispiel"].map(|name| customer(&world, name));
    let ids = [0, 1, 2].map(|n| {
        let alert = world.raise(&of(&people[n], "un-1"));
        let due = Some(day(["2026-12-20", "2026-12-10", "2026-12-01"][n]));
        opened(&world, NewRedress { due, ..complaint(&world, &people[n], &[&alert], &[]) })
    });
    wrongly(&world, &ids[0]);
    proposed(&world, &ids[1], Found::CannotBeTold, None).unwrap();
    let all: Vec<_> = due(&world, NOW + 6 * DAY).into_iter().map(|one| (one.id, one.what, one.is_over)).collect();
    // 2 December: the third is over since yesterday; the first has a letter by the 3rd, 7 days after 26 November.
    let expected = [(&ids[2], What::Decide, true), (&ids[0], What::Answer, false), (&ids[1], What::Confirm, false)];
    assert_eq!(all, expected.map(|(id, what, over)| (id.to_string(), what, over)));
    let over = |when: i64| due(&world, when).iter().filter(|one| one.is_over).count();
    assert_eq!((over(NOW + 5 * DAY), over(NOW + 8 * DAY), over(NOW + 15 * DAY)), (0, 2, 3), "a day is over when it is");
}

#[test]
fn tables_made_anew_from_the_chain_are_the_same() {
    whole_life(&World::new());
}

/// Every statement at least once; then the tables made anew from the chain are compared.
pub(crate) fn whole_life(world: &World) {
    let zerrin = customer(world, "Zerrin Örnek");
    let (first, second) = (world.raise(&of(&zerrin, "un-1")), world.raise(&of(&zerrin, "un-2")));
    let frozen = frozen(world, &zerrin, "un-1");
    notice(world, &frozen, "Anadolu Bank");
    let (id, other) = (
        opened(world, complaint(world, &zerrin, &[&first], &[&frozen])),
        opened(world, complaint(world, &zerrin, &[&second], &[])),
    );
    let key = Key::generate().unwrap();
    world.act(|act| work::attach(act, &world.ayse, &id, &key, "passport.txt", b"a copy")).unwrap();
    world.act(|act| work::note(act, &world.ayse, &id, reason("she came herself"))).unwrap();
    let bahram = world.bahram.actor.parse().unwrap();
    world.act(|act| work::assign(act, &world.ayse, &other, bahram, reason("leave"))).unwrap();
    world.refused(|act| work::assign(act, &world.ayse, &other, world.bahram.actor.parse().unwrap(), reason("leave")));
    wrongly(world, &id);
    world.act(|act| tell::corrected(act, &world.ayse, (&house(), &key), &id, "Anadolu Bank", &by_letter())).unwrap();
    world.act(|act| tell::answered(act, &world.ayse, (&house(), &key), &id, &by_letter())).unwrap();
    proposed(world, &other, Found::CannotBeTold, None).unwrap();
    let tables = ["redresses", "redress_subjects", "redress_recipients", "alerts", "clearings", "not_same", "freezes"];
    world.act(|act| decide::decline(act, &world.bahram, &other, reason("look again"), None)).unwrap();
    world.act(|act| tell::add_recipient(act, &world.ayse, &other, ("Cem & Co", "a copy"), reason("mail"))).unwrap();
    assert!(!world.store.read(|reading| due::due(reading, Day::of(NOW))).unwrap().is_empty());
    assert_eq!(world.store.read(|reading| work::detail(reading, &id)).unwrap().documents.len(), 3);
    tables_follow_from_events(world, &tables);
    assert_eq!(world.store.read(|reading| work::list(reading, false)).unwrap().len(), 1);
    assert_eq!(world.store.read(|reading| work::list(reading, true)).unwrap().len(), 2);
}

#[test]
fn what_is_left_to_be_done_is_kept_with_what_it_is_about() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let how = ToClear { reason: "name".to_owned(), note: reason("no"), rule: None };
    let ids = std::slice::from_ref(&alert);
    world.act(|act| alerts::work::clear(act, &world.ayse, &world.policy, ids, &how, None)).unwrap();
    for part in ["alert", "redress", "attachment"] {
        let rule = retention::Rule { part: part.to_owned(), keep_days: 30, purpose: "the law of the house".to_owned() };
        let proposed =
            world.act(|act| retention::propose(act, &world.ayse, mihenk_ledger::KEPT, rule, reason("a test"))).unwrap();
        world.act(|act| retention::confirm(act, &world.bahram, &proposed)).unwrap();
    }
    let due = || {
        let due = world.store.read(|reading| retention::due(reading, mihenk_ledger::KEPT, NOW + 31 * DAY)).unwrap();
        let mut all: Vec<_> = due.iter().map(|due| (due.part.clone(), due.subject.clone())).collect();
        all.sort();
        all
    };
    let pair = |part: &str, id: &str| (part.to_owned(), id.to_owned());
    assert_eq!(due(), [pair("alert", alert.as_str())]);
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    let key = Key::generate().unwrap();
    world.act(|act| work::attach(act, &world.ayse, &id, &key, "passport.txt", b"a copy")).unwrap();
    assert_eq!(due(), [], "while it is open");
    proposed(&world, &id, Found::RightlyMatched, None).unwrap();
    confirm(&world, &world.bahram, &id).unwrap();
    assert_eq!(due(), [], "the person has no answer");
    world.act(|act| tell::answered(act, &world.ayse, (&house(), &key), &id, &by_letter())).unwrap();
    assert_eq!(due(), [pair("alert", alert.as_str()), pair("attachment", id.as_str()), pair("redress", id.as_str())]);
    let found = world.store.read(|reading| retention::due(reading, mihenk_ledger::KEPT, NOW + 31 * DAY)).unwrap();
    for statement in found.iter().flat_map(|due| retention::forget(mihenk_ledger::KEPT, due)) {
        world
            .store
            .act::<_, mihenk_store::StoreError>(|act| act.execute(&statement.sql, &statement.parameters))
            .unwrap();
    }
    for table in ["redresses", "redress_subjects", "redress_recipients", "alerts", "attachments", "attachment_contents"]
    {
        let sql = format!("SELECT * FROM {table}");
        let left = world.store.read(|reading| mihenk_store::Query::query(reading, &sql, &[])).unwrap();
        assert_eq!(left, [], "{table}");
    }
}
