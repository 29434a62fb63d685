//! What of a record ties it to others.
//!
//! In comes an entity with what belongs to it, out come [`Facts`]: who it is, what it bears, how it is related. Values are brought into a form that can be compared by
//! `mihenk-entities`; what has no such form (a telephone without a country, an address without a number) is counted, and ties nobody. Numbers that are unique
//! within a country only are told apart by the country, where the record has one.

use std::sync::Arc;

use mihenk_entities::{Entity, IdentifierKind, Schema, address, country::Country, identifier::Identifier, telephone};
use mihenk_ledger::{
    cases::PartyKind,
    networks::{Attribute, AttributeKind, Relation, RelationKind, Source, Subject},
};
use serde::Serialize;

/// The topic of whoever a crime was done to. FollowTheMoney has none; lists of one's own write this.
const VICTIM: &str = "victim";

/// The fewest characters of a number: shorter ones are shared by chance.
const NUMBER_MIN: usize = 6;

/// Properties that hold no number of the one who has them, but of a bank, a type, a territory.
const NOT_OWN: [&str; 9] =
    ["bic", "swiftBic", "icaoCode", "ticker", "coatoCode", "kppCode", "isin", "isinCode", "figiCode"];

/// What a record says.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) subject: Subject,
    pub(super) is_victim: bool,
    pub(super) bears: Vec<(Attribute, Source)>,
    pub(super) relations: Vec<(String, String, Relation)>,
    pub(super) unread: Unread,
}

/// Values that have no form that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Telephone numbers without a country.
    pub telephones: usize,
    /// Addresses that are a town or a street.
    pub addresses: usize,
    /// Numbers that are too short.
    pub numbers: usize,
    /// Records of victims, which are in no network.
    pub victims: usize,
}

impl Unread {
    pub(super) fn add(&mut self, other: Unread) {
        self.telephones += other.telephones;
        self.addresses += other.addresses;
        self.numbers += other.numbers;
        self.victims += other.victims;
    }
}

/// Whether a topic, or a word of a role, says that somebody is a victim.
pub(super) fn is_victim(said: &str) -> bool {
    said.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == VICTIM || word == "victims")
}

impl Facts {
    /// What an entity says, of a source of that name; `related` is what belongs to it.
    pub(super) fn of(entity: &Entity, related: &[Entity], origin: &dyn Fn(&[String]) -> Arc<str>) -> Facts {
        let source = Source::of(&origin(&entity.datasets), entity.id.as_str());
        let mut facts = Facts {
            subject: Subject {
                id: entity.id.to_string(),
                kind: PartyKind::of_schema(Some(entity.schema.name())),
                what: entity.schema.label().to_lowercase(),
                name: entity.caption().to_owned(),
                is_listed: false,
            },
            is_victim: entity.values("topics").iter().any(|topic| is_victim(topic)),
            bears: Vec::new(),
            relations: Vec::new(),
            unread: Unread::default(),
        };
        facts.values(entity, &source);
        facts.properties(entity, &source);
        let mut others: Vec<(&Entity, Source)> = Vec::new();
        for other in related {
            let source = Source {
                since: other.first("startDate").or_else(|| other.first("date")).unwrap_or("").into(),
                until: other.first("endDate").unwrap_or("").into(),
                ..Source::of(&origin(&other.datasets), other.id.as_str())
            };
            others.push((other, source));
        }
        for (other, source) in others {
            match other.schema.name() {
                "Address" => facts.address(&whole_address(other), &source),
                "Passport" | "Identification" => facts.document(entity, other, &source),
                _ => facts.relation(other, &source),
            }
        }
        facts
    }

    /// Telephones, e-mail and postal addresses, numbers.
    pub(super) fn values(&mut self, entity: &Entity, source: &Source) {
        entity.values("address").iter().for_each(|value| self.address(value, source));
        for value in entity.values("phone") {
            match telephone::international(value) {
                Some(digits) => self.bear(AttributeKind::Telephone, digits, value, source),
                None => self.unread.telephones += 1,
            }
        }
        for value in entity.values("email") {
            if let Some(normal) = mailbox(value) {
                self.bear(AttributeKind::Email, normal, value, source);
            }
        }
        for (property, values) in &entity.properties {
            let Some(kind) = IdentifierKind::of_property(property).filter(|_| !NOT_OWN.contains(&property.as_str()))
            else {
                continue;
            };
            values.iter().for_each(|value| self.number(kind, value, only_country(entity), source));
        }
    }

    fn address(&mut self, value: &str, source: &Source) {
        match address::comparable(value) {
            Some(normal) => self.bear(AttributeKind::Address, normal, value, source),
            None => self.unread.addresses += 1,
        }
    }

    fn document(&mut self, entity: &Entity, document: &Entity, source: &Source) {
        let is_own = |id: &String| id == entity.id.as_str() || entity.referents.contains(id);
        if !document.values("holder").iter().any(is_own) {
            return;
        }
        let kind = match document.schema.name() {
            "Passport" => IdentifierKind::Passport,
            _ => IdentifierKind::National,
        };
        let country = only_country(document).or_else(|| only_country(entity));
        for value in document.values("number").iter().chain(document.values("passportNumber")) {
            self.number(kind, value, country, source);
        }
    }

    /// A number of a kind; `country` is where it is from, if the record says so.
    pub(super) fn number(&mut self, kind: IdentifierKind, value: &str, country: Option<Country>, source: &Source) {
        use IdentifierKind::{
            Account, Iban, Imo, Inn, Lei, Mmsi, National, Ogrn, Other, Passport, Registration, Tax, Wallet,
        };
        let Some(identifier) = Identifier::read(kind, value) else { return self.unread.numbers += 1 };
        if identifier.normal.len() < NUMBER_MIN || !identifier.normal.bytes().any(|b| b.is_ascii_digit()) {
            return self.unread.numbers += 1;
        }
        let normal = match (kind, country) {
            (Lei | Iban | Ogrn | Inn | Imo | Mmsi | Wallet, _) => identifier.normal,
            (Passport | National | Tax | Registration | Account | Other, Some(country)) => {
                format!("{}:{}", country.code(), identifier.normal)
            }
            _ => identifier.normal,
        };
        self.bear(AttributeKind::number(kind), normal, value, source);
    }

    fn bear(&mut self, kind: AttributeKind, normal: String, shown: &str, source: &Source) {
        self.bears.push((Attribute { kind, normal, shown: shown.to_owned() }, source.clone()));
    }

    /// Others that an entity names in its own properties.
    fn properties(&mut self, entity: &Entity, source: &Source) {
        use RelationKind::{Holder, Operator, Other, Ownership, Parent};
        let named = [
            ("parent", "LegalEntity", Parent),
            ("owner", "Vehicle", Ownership),
            ("operator", "Vehicle", Operator),
            ("holder", "CryptoWallet", Holder),
            ("owner", "UserAccount", Holder),
            ("bank", "BankAccount", Other),
            ("issuer", "Security", Other),
        ];
        for (property, _, kind) in named.into_iter().filter(|(_, schema, _)| entity.schema.is(schema)) {
            for other in entity.values(property) {
                let relation = Relation { kind, words: "".into(), source: source.clone() };
                self.relations.push((other.clone(), entity.id.to_string(), relation));
            }
        }
    }

    /// A record that relates two others.
    fn relation(&mut self, record: &Entity, source: &Source) {
        let (Some(kind), Some((from, to))) = (kind_of(record.schema), record.schema.edge()) else { return };
        let words = words(record);
        for one in record.values(from) {
            for other in record.values(to) {
                let relation = Relation { kind, words: words.as_str().into(), source: source.clone() };
                self.relations.push((one.clone(), other.clone(), relation));
            }
        }
    }
}

fn kind_of(schema: Schema) -> Option<RelationKind> {
    use RelationKind::*;
    Some(match schema.name() {
        "Ownership" => Ownership,
        "Control" => Control,
        "Succession" => Succession,
        "Family" => Family,
        "Directorship" => Directorship,
        "Representation" => Representation,
        "Associate" => Associate,
        "Employment" => Employment,
        "Membership" => Membership,
        "UnknownLink" => Linked,
        "Debt" => Debt,
        "Payment" => Payment,
        // Two who hold one post; what hundreds hold is not passed.
        "Occupancy" => Other,
        _ => return None,
    })
}

/// What a relation says of itself: a share, a role, a degree of kinship.
fn words(record: &Entity) -> String {
    let percentage = record.first("percentage").map(|share| {
        let share = share.trim();
        if share.ends_with('%') || share.contains(' ') { share.to_owned() } else { format!("{share} %") }
    });
    let said = ["ownershipType", "controlType", "role", "relationship"].into_iter().flat_map(|p| record.values(p));
    let said = said.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
    percentage.into_iter().chain(said).collect::<Vec<_>>().join(", ")
}

/// The country, if a record has just one.
fn only_country(entity: &Entity) -> Option<Country> {
    for property in ["jurisdiction", "country", "nationality", "citizenship", "flag"] {
        let mut countries: Vec<Country> =
            entity.values(property).iter().filter_map(|value| Country::parse(value)).collect();
        countries.dedup();
        match countries[..] {
            [] => {}
            [country] => return Some(country),
            _ => return None,
        }
    }
    None
}

/// An address record on one line.
fn whole_address(record: &Entity) -> String {
    if let Some(full) = record.first("full") {
        return full.to_owned();
    }
    let parts = ["street", "street2", "postOfficeBox", "postalCode", "city", "region", "state"];
    parts.iter().filter_map(|part| record.first(part)).collect::<Vec<_>>().join(", ")
}

/// An e-mail address in small letters. What a host makes of dots or `+` before the `@` is its own affair.
fn mailbox(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text);
    let (before, host) = text.split_once('@')?;
    let is_one = !before.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(char::is_whitespace);
    is_one.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(entity: &str, related: &[&str]) -> Facts {
        let entity = Entity::from_json(entity).unwrap();
        let related: Vec<Entity> = related.iter().map(|line| Entity::from_json(line).unwrap()).collect();
        Facts::of(&entity, &related, &|datasets| Arc::from(format!("list {}", datasets.join(", "))))
    }

    fn borne(facts: &Facts) -> Vec<(&'static str, &str)> {
        facts.bears.iter().map(|(attribute, _)| (attribute.kind.label(), attribute.normal.as_str())).collect()
    }

    #[test]
    fn values_are_brought_into_a_form_that_can_be_compared() {
        let facts = facts(
            r#"{"id":"c","schema":"Company","datasets":["x"],"properties":{"name":["C"],"phone":["+44 (0)20 7946 0018","7946 0018"],
                "email":["Info@Example.ORG","nobody"],"address":["12 Long St., Karim City, Iran","Tehran"],"jurisdiction":["Iran"],
                "registrationNumber":["No. 123456","12"],"leiCode":["506700GE1G29325QX363"],"swiftBic":["DEUTDEFF"]}}"#,
            &[r#"{"id":"a","schema":"Address","properties":{"street":["5 Short Street"],"city":["Karim City"]}}"#],
        );
        let expected = [
            ("address", "12 city karim long street"),
            ("telephone", "442079460018"),
            ("e-mail address", "info@example.org"),
            ("LEI", "506700GE1G29325QX363"),
            ("registration number", "ir:123456"),
            ("address", "5 city karim short street"),
        ];
        assert_eq!(borne(&facts), expected);
        assert_eq!(facts.unread, Unread { telephones: 1, addresses: 1, numbers: 1, victims: 0 });
        assert_eq!((&*facts.bears[0].1.origin, &*facts.bears[0].1.record), ("list x", "c"));
    }

    #[test]
    fn relations_keep_what_their_source_says() {
        let facts = facts(
            r#"{"id":"p","schema":"Person","properties":{"name":["P"]}}"#,
            &[
                r#"{"id":"o","schema":"Ownership","datasets":["y"],"properties":{"owner":["p"],"asset":["c"],"percentage":["51"],"startDate":["2019-05"]}}"#,
                r#"{"id":"f","schema":"Family","properties":{"person":["q"],"relative":["p"],"relationship":["brother"]}}"#,
                r#"{"id":"s","schema":"Sanction","properties":{"entity":["p"],"authority":["A"]}}"#,
                r#"{"id":"d","schema":"Passport","properties":{"holder":["p"],"number":["A 1234567"],"country":["ir"]}}"#,
            ],
        );
        let told: Vec<_> =
            facts.relations.iter().map(|(a, b, r)| (a.as_str(), r.kind, b.as_str(), &*r.words)).collect();
        let expected = [("p", RelationKind::Ownership, "c", "51 %"), ("q", RelationKind::Family, "p", "brother")];
        assert_eq!(told, expected);
        let source = &facts.relations[0].2.source;
        assert_eq!((&*source.origin, &*source.record, &*source.since), ("list y", "o", "2019-05"));
        assert_eq!(borne(&facts), [("passport", "ir:A1234567")]);
    }

    #[test]
    fn a_vessel_names_its_owner_and_a_wallet_its_holder() {
        let vessel = facts(
            r#"{"id":"v","schema":"Vessel","properties":{"name":["V"],"owner":["c"],"operator":["d"],"imoNumber":["IMO 9187629"]}}"#,
            &[],
        );
        let told: Vec<_> = vessel.relations.iter().map(|(a, b, r)| (a.as_str(), r.kind, b.as_str())).collect();
        assert_eq!(told, [("c", RelationKind::Ownership, "v"), ("d", RelationKind::Operator, "v")]);
        assert_eq!(borne(&vessel), [("IMO number", "9187629")]);
        assert_eq!(vessel.subject.kind, PartyKind::Vessel);
    }

    #[test]
    fn a_victim_is_known_by_topic_or_role() {
        assert!(
            ["victim", "victim.trafficking", "Victim of trafficking", "possible victim"]
                .iter()
                .all(|said| is_victim(said))
        );
        assert!(["crime.traffick.human", "victimiser", ""].iter().all(|said| !is_victim(said)));
    }
}
