//! Relationship records: each interest becomes an `Ownership`, a `Control` or a `Directorship`.
//!
//! In comes a statement, out come entities whose ids are the record's with a number. Shares keep their bounds in the notation of intervals: `(25, 50]` is
//! more than 25 and at most 50. A party that is not named, with a reason, is left open: the holding is there and its holder may be anybody. An
//! interest that is held through others has the status `indirect`; where the record names its components, these tell of it, and it is left out.

use mihenk_entities::Entity;
use serde_json::Value;

use super::{File, Statement, id_of, parties::list, said, text};
use crate::{
    finding::{Severity, quote},
    listing::schema_named,
    sayings,
};

impl File<'_> {
    /// The interests of a relationship.
    pub(super) fn relationship(&mut self, statement: &Statement) -> Vec<Entity> {
        let details = statement.body.get("recordDetails").unwrap_or(&Value::Null);
        let Some(subject) = text(details, "subject") else {
            let expected = sayings::subject_expected();
            self.find(statement, sayings::found_without("subject"), expected, Severity::Medium);
            return Vec::new();
        };
        let party = details.get("interestedParty").unwrap_or(&Value::Null);
        let reason = text(party, "reason");
        match (party.as_str(), reason) {
            (Some(_), _) => {}
            (None, Some("noBeneficialOwners")) => return Vec::new(),
            (None, Some(_)) => {}
            (None, None) => {
                let expected = sayings::taken_as_unknown();
                self.find(statement, sayings::found_without("interestedParty"), expected, Severity::Medium);
            }
        }
        let nothing = [Value::Null];
        let stated: Vec<&Value> = list(details, "interests").collect();
        let interests = if stated.is_empty() { nothing.iter().collect() } else { stated };
        let mut entities = Vec::new();
        for (interest, nth) in interests.into_iter().zip(1..) {
            if self.is_told_by_components(statement, details, interest) {
                continue;
            }
            let record = text(&statement.body, "recordId").unwrap_or_default();
            let Some(id) = self.id(statement, &format!("{record}-{nth}")) else { continue };
            let (schema, from, to) = self.kind(statement, interest);
            let mut entity = Entity::new(id, schema_named(schema));
            entity.add(to, id_of(subject));
            entity.add(from, party.as_str().map(id_of).unwrap_or_default());
            for part in ["reason", "description"] {
                entity.add("description", text(party, part).unwrap_or_default());
            }
            self.fill(statement, interest, &mut entity);
            entities.push(entity);
        }
        entities
    }

    fn is_told_by_components(&mut self, statement: &Statement, details: &Value, interest: &Value) -> bool {
        let fields = ["componentRecordIds", "componentStatementIds", "componentStatementIDs"];
        let has_components = fields.iter().any(|field| list(details, field).next().is_some());
        let is_told = has_components && text(interest, "directOrIndirect") == Some("indirect");
        if is_told {
            let expected = sayings::not_counted_twice();
            self.find(
                statement,
                "an indirect interest whose components are records".to_owned(),
                expected,
                Severity::Low,
            );
        }
        is_told
    }

    /// The schema of an interest and the properties of its two ends. Code list: interestType.
    fn kind(&mut self, statement: &Statement, interest: &Value) -> (&'static str, &'static str, &'static str) {
        const OWNERSHIP: (&str, &str, &str) = ("Ownership", "owner", "asset");
        const CONTROL: (&str, &str, &str) = ("Control", "controller", "controlled");
        match text(interest, "type") {
            Some("shareholding") => OWNERSHIP,
            // What is not said or not published may be shares of any size.
            None | Some("unknownInterest" | "unpublishedInterest") => OWNERSHIP,
            Some("boardMember" | "boardChair" | "seniorManagingOfficial") => {
                ("Directorship", "director", "organization")
            }
            Some(
                "votingRights"
                | "appointmentOfBoard"
                | "otherInfluenceOrControl"
                | "settlor"
                | "trustee"
                | "protector"
                | "beneficiaryOfLegalArrangement"
                | "rightsToSurplusAssetsOnDissolution"
                | "rightsToProfitOrIncome"
                | "rightsGrantedByContract"
                | "conditionalRightsGrantedByContract"
                | "controlViaCompanyRulesOrArticles"
                | "controlByLegalFramework"
                | "enjoymentAndUseOfAssets"
                | "rightToProfitOrIncomeFromAssets"
                | "nominee"
                | "nominator",
            ) => CONTROL,
            Some(other) => {
                let found = sayings::found_interest_of(quote(other));
                let expected = sayings::interest_unknown();
                self.find(statement, found, expected, Severity::Medium);
                CONTROL
            }
        }
    }

    fn fill(&mut self, statement: &Statement, interest: &Value, entity: &mut Entity) {
        let kind = text(interest, "type").unwrap_or("not stated");
        let property = match entity.schema.name() {
            "Ownership" => "ownershipType",
            "Control" => "controlType",
            _ => "role",
        };
        entity.add(property, kind);
        entity.add("percentage", interest.get("share").and_then(percentage).unwrap_or_default());
        if text(interest, "directOrIndirect") == Some("indirect") {
            entity.add("status", "indirect");
        }
        entity.add("summary", text(interest, "details").unwrap_or_default());
        entity.add("startDate", text(interest, "startDate").unwrap_or_default());
        entity.add("endDate", text(interest, "endDate").unwrap_or_default());
        let body = &statement.body;
        if text(body, "recordStatus") == Some("closed") && entity.first("endDate").is_none() {
            match said(body) {
                Some(date) => entity.add("endDate", date.split('T').next().unwrap_or(date)),
                None => {
                    let expected = sayings::end_expected();
                    self.find(statement, sayings::found_closed_record(), expected, Severity::Medium);
                }
            }
        }
        entity.add("recordId", text(body, "recordId").unwrap_or_default());
        entity.add("date", said(body).unwrap_or_default());
        let source = body.get("source").unwrap_or(&Value::Null);
        entity.add("sourceUrl", text(source, "url").unwrap_or_default());
        let publisher = body.get("publicationDetails").and_then(|details| details.get("publisher"));
        entity.add("publisher", publisher.and_then(|publisher| text(publisher, "name")).unwrap_or_default());
    }
}

/// A share as text: the exact one, or an interval.
fn percentage(share: &Value) -> Option<String> {
    let number = |field: &str| share.get(field).and_then(Value::as_f64).map(|number| number.to_string());
    if let Some(exact) = number("exact") {
        return Some(exact);
    }
    // Before 0.4 the bounds were marked as exclusive with true.
    let is_marked = |field: &str| share.get(field) == Some(&Value::Bool(true));
    let (least, above) = (number("minimum"), number("exclusiveMinimum"));
    let (most, below) = (number("maximum"), number("exclusiveMaximum"));
    if [&least, &above, &most, &below].iter().all(|bound| bound.is_none()) {
        return None;
    }
    let from = match (above, least) {
        (Some(above), _) => format!("({above}"),
        (None, Some(least)) if is_marked("exclusiveMinimum") => format!("({least}"),
        (None, least) => format!("[{}", least.unwrap_or_else(|| "0".to_owned())),
    };
    let to = match (below, most) {
        (Some(below), _) => format!("{below})"),
        (None, Some(most)) if is_marked("exclusiveMaximum") => format!("{most})"),
        (None, most) => format!("{}]", most.unwrap_or_else(|| "100".to_owned())),
    };
    Some(format!("{from}, {to}"))
}
