//! Everybody a report is about, with their paths: for screening them and for looking for them among what is held.
//!
//! In comes a report; out come its persons, accounts and entities wherever they stand, in the order of the report. Who made the report
//! (`reporting_person`) is not among them.

use super::model::{
    Account, Activity, Entity, FromSide, Party, Person, Report, ReportParty, Signatory, Subject, ToSide, Transaction,
};

/// A person, account or entity of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedSubject<'r> {
    /// Where it stands, such as `report/transaction[2]/t_to/to_account`.
    pub path: String,
    /// Who it is.
    pub subject: Subject<'r>,
}

/// All of them.
#[must_use]
pub fn subjects(report: &Report) -> Vec<ReportedSubject<'_>> {
    let mut found = Found(Vec::new());
    for (at, transaction) in numbered(&report.transaction) {
        found.transaction(transaction, &format!("report/transaction[{at}]"));
    }
    if let Some(activity) = &report.activity {
        found.activity(activity, "report/activity");
    }
    found.0
}

struct Found<'r>(Vec<ReportedSubject<'r>>);

/// Items with their numbers from 1, as paths count.
fn numbered<T>(items: &[T]) -> impl Iterator<Item = (usize, &T)> {
    items.iter().enumerate().map(|(at, item)| (at + 1, item))
}

impl<'r> Found<'r> {
    fn transaction(&mut self, transaction: &'r Transaction, path: &str) {
        for (name, side) in [("t_from_my_client", &transaction.t_from_my_client), ("t_from", &transaction.t_from)] {
            if let Some(from) = side {
                self.from(from, &format!("{path}/{name}"));
            }
        }
        for (name, side) in [("t_to_my_client", &transaction.t_to_my_client), ("t_to", &transaction.t_to)] {
            if let Some(to) = side {
                self.to(to, &format!("{path}/{name}"));
            }
        }
        for (at, party) in numbered(&transaction.involved_parties) {
            self.party(party, &format!("{path}/involved_parties/party[{at}]"));
        }
    }

    fn from(&mut self, from: &'r FromSide, path: &str) {
        self.person(from.t_conductor.as_deref(), path, "t_conductor");
        self.account(from.from_account.as_deref(), path, "from_account");
        self.person(from.from_person.as_deref(), path, "from_person");
        self.entity(from.from_entity.as_deref(), path, "from_entity");
    }

    fn to(&mut self, to: &'r ToSide, path: &str) {
        self.account(to.to_account.as_deref(), path, "to_account");
        self.person(to.to_person.as_deref(), path, "to_person");
        self.entity(to.to_entity.as_deref(), path, "to_entity");
    }

    fn party(&mut self, party: &'r Party, path: &str) {
        self.person(party.person.as_deref(), path, "person");
        self.person(party.person_my_client.as_deref(), path, "person_my_client");
        self.account(party.account.as_deref(), path, "account");
        self.account(party.account_my_client.as_deref(), path, "account_my_client");
        self.entity(party.entity.as_deref(), path, "entity");
        self.entity(party.entity_my_client.as_deref(), path, "entity_my_client");
    }

    fn activity(&mut self, activity: &'r Activity, path: &str) {
        for (at, party) in numbered(&activity.report_parties) {
            self.report_party(party, &format!("{path}/report_parties/report_party[{at}]"));
        }
    }

    fn report_party(&mut self, party: &'r ReportParty, path: &str) {
        self.person(party.person.as_deref(), path, "person");
        self.person(party.person_my_client.as_deref(), path, "person_my_client");
        self.account(party.account.as_deref(), path, "account");
        self.account(party.account_my_client.as_deref(), path, "account_my_client");
        self.entity(party.entity.as_deref(), path, "entity");
        self.entity(party.entity_my_client.as_deref(), path, "entity_my_client");
    }

    fn person(&mut self, person: Option<&'r Person>, path: &str, name: &str) {
        let Some(person) = person else { return };
        let path = format!("{path}/{name}");
        self.0.push(ReportedSubject { path: path.clone(), subject: Subject::Person(person) });
        for (at, related) in numbered(&person.related_persons) {
            let path = format!("{path}/related_persons/person_related_person[{at}]");
            self.person(related.person.as_deref(), &path, "person");
        }
    }

    fn account(&mut self, account: Option<&'r Account>, path: &str, name: &str) {
        let Some(account) = account else { return };
        let path = format!("{path}/{name}");
        self.0.push(ReportedSubject { path: path.clone(), subject: Subject::Account(account) });
        self.entity(account.t_entity.as_deref(), &path, "t_entity");
        for (at, related) in numbered(&account.related_entities) {
            let path = format!("{path}/related_entities/account_related_entity[{at}]");
            self.entity(related.entity.as_deref(), &path, "entity");
        }
        for (at, Signatory { t_person, .. }) in numbered(&account.signatory) {
            self.person(t_person.as_deref(), &format!("{path}/signatory[{at}]"), "t_person");
        }
        for (at, related) in numbered(&account.related_persons) {
            let path = format!("{path}/related_persons/account_related_person[{at}]");
            self.person(related.t_person.as_deref(), &path, "t_person");
        }
        for (at, related) in numbered(&account.related_accounts) {
            let path = format!("{path}/related_accounts/account_related_account[{at}]");
            self.account(related.account.as_deref(), &path, "account");
        }
    }

    fn entity(&mut self, entity: Option<&'r Entity>, path: &str, name: &str) {
        let Some(entity) = entity else { return };
        let path = format!("{path}/{name}");
        self.0.push(ReportedSubject { path: path.clone(), subject: Subject::Entity(entity) });
        for (at, director) in numbered(&entity.director_id) {
            self.person(Some(director), &path, &format!("director_id[{at}]"));
        }
        for (at, related) in numbered(&entity.related_persons) {
            let path = format!("{path}/related_persons/entity_related_person[{at}]");
            self.person(related.person.as_deref(), &path, "person");
        }
        for (at, related) in numbered(&entity.related_entities) {
            let path = format!("{path}/related_entities/entity_related_entity[{at}]");
            self.entity(related.entity.as_deref(), &path, "entity");
        }
    }
}
