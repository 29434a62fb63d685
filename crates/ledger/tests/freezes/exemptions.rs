//! What may be paid from what is frozen: who agrees, how long the committee has, and how much is left.
//!
//! Days are counted by hand: 26 November 2026 is a Thursday.

use mihenk_ledger::{
    calendar::Calendar,
    day::Day,
    freezes::{
        self, ExemptionId, FreezeId,
        exemptions::{self, Committee, ExemptionState, Wanted},
        register,
    },
    money::Amount,
};

use crate::world::{AYSE, BAHRAM, CEM, CLOCK, HOUR, World, terms, why};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn money(text: &str) -> Amount {
    text.parse().unwrap()
}

fn wanted(kind: &str) -> Wanted {
    Wanted {
        kind: kind.to_owned(),
        limit: Some(money("500.00 EUR")),
        from: day("2026-11-26"),
        until: day("2026-12-31"),
        recipient: "landlord".to_owned(),
        reference: None,
    }
}

impl World {
    fn exempted(&self, freeze: &FreezeId, wanted: &Wanted) -> ExemptionId {
        let freeze = self.freeze(freeze);
        self.act(AYSE, |act, who| exemptions::exempt(act, who, &self.regimes, &freeze, wanted, why())).unwrap()
    }

    fn refuses(&self, freeze: &FreezeId, says: &str, wanted: &Wanted) {
        let freeze = self.freeze(freeze);
        self.refused(AYSE, says, |act, who| exemptions::exempt(act, who, &self.regimes, &freeze, wanted, why()));
    }

    fn agreed(&self, freeze: &FreezeId, wanted: &Wanted) -> ExemptionId {
        let id = self.exempted(freeze, wanted);
        self.refused(AYSE, "proposed by you", |act, who| exemptions::confirm(act, who, &id, None));
        self.act(BAHRAM, |act, who| exemptions::confirm(act, who, &id, None)).unwrap();
        id
    }

    fn committee(&self, id: &ExemptionId, on: &str, said: Committee) -> Result<exemptions::Exemption, String> {
        let calendar = Calendar::default();
        let said = self.act(AYSE, |act, who| exemptions::committee(act, who, id, day(on), said, &calendar));
        said.map_err(|error| error.to_string())
    }

    fn uses(&self, id: &ExemptionId, amount: &str, on: &str) -> Result<exemptions::Exemption, String> {
        let used = self.act(CEM, |act, who| exemptions::use_exemption(act, who, id, money(amount), day(on), why()));
        used.map_err(|error| error.to_string())
    }
}

fn notified() -> Committee {
    Committee::Notified { reference: "N/12".to_owned() }
}

#[test]
fn basic_expenses_wait_three_working_days_for_an_objection() {
    let world = World::new();
    let freeze = world.in_force(terms());
    let id = world.agreed(&freeze, &wanted("basic-expenses"));
    assert!(world.uses(&id, "1.00 EUR", "2026-11-26").unwrap_err().contains("was not notified"));
    assert!(world.committee(&id, "2026-11-27", notified()).unwrap_err().contains("is ahead"));
    let exemption = world.committee(&id, "2026-11-26", notified()).unwrap();
    // A Thursday; Friday, Monday, Tuesday.
    assert_eq!(exemption.may_object_until, Some(day("2026-12-01")));
    world.pass(5 * 24 * HOUR);
    assert!(world.uses(&id, "1.00 EUR", "2026-12-01").unwrap_err().contains("may object until 2026-12-01"));
    world.pass(24 * HOUR);
    let used = world.uses(&id, "200.00 EUR", "2026-12-02").unwrap();
    assert_eq!((used.left(), used.uses), (Some(money("300.00 EUR")), 1));
    world.same_from_chain();
}

#[test]
fn an_objection_ends_it() {
    let world = World::new();
    let freeze = world.in_force(terms());
    let id = world.agreed(&freeze, &wanted("basic-expenses"));
    world.committee(&id, "2026-11-26", notified()).unwrap();
    world.pass(24 * HOUR);
    let objected = world.committee(&id, "2026-11-27", Committee::Objected { reason: why() }).unwrap();
    assert_eq!(objected.state, ExemptionState::Refused);
    world.pass(10 * 24 * HOUR);
    assert!(world.uses(&id, "1.00 EUR", "2026-12-05").unwrap_err().contains("refused it"));
    world.same_from_chain();
}

#[test]
fn extraordinary_expenses_wait_for_approval_however_long() {
    let world = World::new();
    let freeze = world.in_force(terms());
    let id = world.agreed(&freeze, &wanted("extraordinary-expenses"));
    let approved = || Committee::Approved { reference: "OC/7".to_owned() };
    assert!(world.committee(&id, "2026-11-26", approved()).unwrap_err().contains("only when it is notified"));
    world.committee(&id, "2026-11-26", notified()).unwrap();
    world.pass(20 * 24 * HOUR);
    assert!(world.uses(&id, "1.00 EUR", "2026-12-15").unwrap_err().contains("has not approved"));
    world.committee(&id, "2026-12-16", approved()).unwrap();
    world.uses(&id, "500.00 EUR", "2026-12-16").unwrap();
    world.same_from_chain();
}

#[test]
fn uses_never_exceed_the_limit_nor_the_days() {
    let world = World::new();
    let order = mihenk_ledger::freezes::Terms { programme: "court-order".to_owned(), ..terms() };
    let freeze = world.in_force(order);
    let licence = Wanted { reference: Some("2026/44".to_owned()), from: day("2026-11-27"), ..wanted("licence") };
    let id = world.agreed(&freeze, &licence);
    assert!(world.uses(&id, "1.00 EUR", "2026-11-26").unwrap_err().contains("valid from 2026-11-27 to 2026-12-31"));
    assert!(world.uses(&id, "1.00 EUR", "2026-11-27").unwrap_err().contains("is ahead"));
    world.pass(24 * HOUR);
    world.uses(&id, "499.99 EUR", "2026-11-27").unwrap();
    assert!(world.uses(&id, "0.02 EUR", "2026-11-27").unwrap_err().contains("left of L-"), "over the limit");
    assert!(world.uses(&id, "0.01 USD", "2026-11-27").unwrap_err().contains("another currency"));
    assert!(world.uses(&id, "0.00 EUR", "2026-11-27").unwrap_err().contains("above 0"));
    let full = world.uses(&id, "0.01 EUR", "2026-11-27").unwrap();
    assert_eq!(full.left(), Some(money("0.00 EUR")));
    world.pass(40 * 24 * HOUR);
    assert!(world.uses(&id, "0.01 EUR", "2027-01-01").unwrap_err().contains("valid from"));
    let uses = world.store.read(|reading| register::uses(reading, &id)).unwrap();
    assert_eq!(uses.iter().map(|used| used.amount.minor()).collect::<Vec<_>>(), [49_999, 1]);
    world.same_from_chain();
}

#[test]
fn the_humanitarian_exemption_stands_without_a_limit() {
    let world = World::new();
    let freeze = world.in_force(terms());
    let id = world.agreed(&freeze, &Wanted { limit: None, ..wanted("humanitarian") });
    assert!(world.committee(&id, "2026-11-26", notified()).unwrap_err().contains("no committee"));
    let used = world.uses(&id, "80000.00 USD", "2026-11-26").unwrap();
    assert_eq!((used.left(), used.uses), (None, 1));
    // Its last day, 2026-12-31, is 35 days away, and it is 09:00.
    world.pass((35 * 24 + 14) * HOUR);
    assert!(world.tick().is_empty(), "the last day still counts");
    world.pass(HOUR);
    assert_eq!(world.tick(), [id.to_string()]);
    assert!(world.tick().is_empty(), "once");
    world.same_from_chain();
}

#[test]
fn an_exemption_that_cannot_be() {
    let world = World::new();
    let freeze = world.in_force(terms());
    world.refuses(&freeze, "knows no exemption \"holiday\"; it knows: basic-expenses", &wanted("holiday"));
    world.refuses(&freeze, "needs a limit", &Wanted { limit: None, ..wanted("basic-expenses") });
    world.refuses(&freeze, "needs a limit", &Wanted { limit: Some(money("0.00 EUR")), ..wanted("basic-expenses") });
    world.refuses(
        &freeze,
        "has passed",
        &Wanted { from: day("2026-01-01"), until: day("2026-11-25"), ..wanted("basic-expenses") },
    );
    world.refuses(&freeze, "before the first", &Wanted { until: day("2026-11-25"), ..wanted("basic-expenses") });
    world.refuses(&freeze, "who is paid", &Wanted { recipient: String::new(), ..wanted("basic-expenses") });
    let order = mihenk_ledger::freezes::Terms { programme: "court-order".to_owned(), ..terms() };
    let freeze = world.in_force(order);
    world.refuses(&freeze, "number of the licence", &wanted("licence"));
    let proposed = world.proposed(AYSE, terms());
    world.refuses(&proposed, "nothing to exempt", &wanted("basic-expenses"));
}

#[test]
fn a_declined_exemption_and_a_released_freeze_pay_nothing() {
    let world = World::new();
    let freeze = world.in_force(terms());
    let id = world.exempted(&freeze, &Wanted { limit: None, ..wanted("humanitarian") });
    assert!(world.uses(&id, "1.00 EUR", "2026-11-26").unwrap_err().contains("has not confirmed"));
    world.refused(CLOCK, "no person", |act, who| exemptions::confirm(act, who, &id, None));
    world.act(AYSE, |act, who| exemptions::decline(act, who, &id, None, why())).unwrap();
    world.refused(BAHRAM, "only when it is proposed", |act, who| exemptions::confirm(act, who, &id, None));
    assert!(world.uses(&id, "1.00 EUR", "2026-11-26").unwrap_err().contains("was declined"));
    let id = world.agreed(&freeze, &Wanted { limit: None, ..wanted("humanitarian") });
    world.act(AYSE, |act, who| freezes::propose_release(act, who, &freeze, None, vec![], why())).unwrap();
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &freeze, None)).unwrap();
    assert!(world.uses(&id, "1.00 EUR", "2026-11-26").unwrap_err().contains("no exemption is needed"));
}
