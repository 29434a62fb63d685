//! Whom the subjects of a report may be: on the lists, among customers, in cases, in other reports.
//!
//! In comes a report, out come [`Match`]es with the evidence that screening gives. What is held is put into an index in memory for the moment, so that names in any script and
//! numbers are compared as they are with lists.

use std::path::Path;

use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_ledger::{
    access,
    cases::{PartyKind, queue},
    customers::{self, Filter},
    intake::{Match, ReceivedId, work},
    reports::goaml::{self, Account, Person, Subject},
};
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, build::build},
    model::Model,
    record::Record,
    screener::{Options, Screener},
};

use crate::{desk::Seat, error::NodeError, permission::Permission, portfolio};

/// Somebody who is held: among what, under which id.
struct Held {
    among: &'static str,
    id: String,
    entity: Entity,
}

/// Whom the subjects of a report may be; `own` is the report itself, once it was received.
pub(super) fn of(
    seat: &Seat<'_>,
    root: &Path,
    model: Model,
    report: &goaml::Report,
    own: Option<&ReceivedId>,
) -> Result<Vec<Match>, NodeError> {
    let subjects: Vec<(String, Entity)> = goaml::subjects(report)
        .into_iter()
        .filter_map(|subject| Some((subject.path.clone(), entity(&subject.subject)?)))
        .collect();
    let held = held(seat, own)?;
    let node = portfolio::node(root, model)?;
    let mut found = Vec::new();
    let lists = node.screener();
    found.extend(screened(&lists, &subjects, |number| {
        let view = lists.index.entity(number);
        ("lists", view.id().to_owned(), view.caption().to_owned())
    }));
    let entities: Vec<Entity> = held.iter().map(|held| held.entity.clone()).collect();
    let index = Index::from_bytes(&build(&entities, node.model(), [0; 32]))?;
    let screener = Screener { index: &index, model: node.model() };
    found.extend(screened(&screener, &subjects, |number| {
        let place = index.entity(number).id().strip_prefix("h-").and_then(|at| at.parse::<usize>().ok());
        let held = place.and_then(|place| held.get(place));
        held.map_or(("", String::new(), String::new()), |held| {
            (held.among, held.id.clone(), held.entity.caption().to_owned())
        })
    }));
    found.retain(|found| !found.id.is_empty());
    Ok(found)
}

fn screened(
    screener: &Screener<'_>,
    subjects: &[(String, Entity)],
    whose: impl Fn(u32) -> (&'static str, String, String),
) -> Vec<Match> {
    let options = Options { limit: 20, ..Options::default() };
    let mut scratch = Scratch::default();
    let mut all = Vec::new();
    for (path, entity) in subjects {
        let record = Record::of(entity);
        let hits = screener.screen(&record, &options, &mut scratch);
        for hit in hits.into_iter().filter(|hit| hit.is_match) {
            let (among, id, caption) = whose(hit.entity);
            all.push(Match {
                path: path.clone(),
                name: entity.caption().to_owned(),
                among: among.to_owned(),
                id,
                caption,
                score: i64::from(hit.score.0),
                bits: i64::from(hit.bits.0),
            });
        }
    }
    all
}

/// Everybody who is held here, each under a number of its own.
fn held(seat: &Seat<'_>, own: Option<&ReceivedId>) -> Result<Vec<Held>, NodeError> {
    let mut all: Vec<Held> = Vec::new();
    seat.act(Permission::See, |act, who| {
        let customers = customers::list(act, &Filter { limit: i64::MAX, ..Filter::default() })?;
        access::many_seen(act, who, customers.iter().map(|customer| customer.id.as_str()), "customers list")?;
        for customer in &customers {
            for party in &customer.contents.parties {
                let Some(entity) = portfolio::entity_of(&next(&all), party) else { continue };
                all.push(Held { among: "customers", id: customer.id.to_string(), entity });
            }
        }
        let cases = queue::list(act, true)?;
        access::many_seen(act, who, cases.iter().map(|case| case.id.as_str()), "case list")?;
        for case in &cases {
            let parties = queue::detail(act, &case.id)?.parties;
            for party in parties.into_iter().filter(|party| !party.is_struck) {
                let Some(entity) = named(&next(&all), party.kind, &party.name) else { continue };
                all.push(Held { among: "cases", id: case.id.to_string(), entity });
            }
        }
        Ok(())
    })?;
    seat.act_apart(Permission::Report, |act, who| {
        let reports = work::list(act, true)?;
        access::many_seen(act, who, reports.iter().map(|received| received.id.as_str()), "intake match")?;
        for received in reports.iter().filter(|received| own != Some(&received.id)) {
            for subject in goaml::subjects(&received.report) {
                let Some(mut entity) = entity(&subject.subject) else { continue };
                let Ok(id) = EntityId::new(next(&all)) else { continue };
                entity.id = id;
                all.push(Held { among: "reports", id: received.id.to_string(), entity });
            }
        }
        Ok(())
    })?;
    Ok(all)
}

fn next(all: &[Held]) -> String {
    format!("h-{}", all.len())
}

fn blank(id: &str, schema: &str) -> Option<Entity> {
    Some(Entity::new(EntityId::new(id).ok()?, Schema::named(schema)?))
}

/// A party of a case, of which no more than a name is known.
fn named(id: &str, kind: PartyKind, name: &str) -> Option<Entity> {
    let (schema, property) = match kind {
        PartyKind::Person => ("Person", "name"),
        PartyKind::Company => ("Organization", "name"),
        PartyKind::Account => ("BankAccount", "accountNumber"),
        PartyKind::Wallet => ("CryptoWallet", "publicKey"),
        PartyKind::Vessel => ("Vessel", "name"),
        PartyKind::Other => ("Thing", "name"),
    };
    let mut entity = blank(id, schema)?;
    entity.add(property, name.to_owned());
    Some(entity)
}

/// A subject of a report as an entity that is screened.
fn entity(subject: &Subject<'_>) -> Option<Entity> {
    match subject {
        Subject::Person(person) => of_person(person),
        Subject::Account(account) => of_account(account),
        Subject::Entity(company) => {
            let mut entity = blank("subject", "Organization")?;
            add(&mut entity, "name", &company.name);
            add(&mut entity, "alias", &company.commercial_name);
            add(&mut entity, "registrationNumber", &company.incorporation_number);
            add(&mut entity, "country", &company.incorporation_country_code);
            Some(entity)
        }
    }
}

fn of_person(person: &Person) -> Option<Entity> {
    let mut entity = blank("subject", "Person")?;
    let parts = [&person.first_name, &person.middle_name, &person.prefix, &person.last_name];
    let whole = parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty());
    let whole = whole.collect::<Vec<_>>().join(" ");
    add(&mut entity, "name", &Some(whole).filter(|name| !name.is_empty()));
    add(&mut entity, "alias", &person.alias);
    add(&mut entity, "alias", &person.full_name_frn);
    add(&mut entity, "birthDate", &person.birthdate.map(|day| day.date().to_string()));
    add(&mut entity, "passportNumber", &person.passport_number);
    add(&mut entity, "idNumber", &person.id_number);
    add(&mut entity, "idNumber", &person.ssn);
    add(&mut entity, "taxNumber", &person.tax_number);
    for document in person.documents() {
        add(&mut entity, "idNumber", &document.number);
    }
    for country in [&person.nationality1, &person.nationality2, &person.nationality3] {
        add(&mut entity, "nationality", country);
    }
    Some(entity)
}

fn of_account(account: &Account) -> Option<Entity> {
    let mut entity = blank("subject", "BankAccount")?;
    add(&mut entity, "accountNumber", &account.account);
    add(&mut entity, "iban", &account.iban);
    Some(entity)
}

fn add(entity: &mut Entity, property: &str, value: &Option<String>) {
    if let Some(value) = value.as_ref().filter(|value| !value.trim().is_empty()) {
        entity.add(property, value.clone());
    }
}
