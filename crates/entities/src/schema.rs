//! The schemata of FollowTheMoney: what kinds of things there are, what they inherit, which properties they have.
//!
//! The table is `data/followthemoney.txt`, compiled in and read once. A [`Schema`] is a small copyable handle; two are equal
//! if they name the same schema. Terms: a schema *is a* [`Schema::is_a`] its ancestors; it *can match* another when one is
//! an ancestor of the other, so a `LegalEntity` query finds people and companies alike.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A FollowTheMoney schema.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Schema(u8);

/// The type of a property's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PropertyType {
    /// A name of the entity.
    Name,
    /// A date, possibly partial; see [`crate::date`].
    Date,
    /// A country; see [`crate::country`].
    Country,
    /// A gender; see [`crate::gender`].
    Gender,
    /// An identifier; see [`crate::identifier`].
    Identifier,
    /// A postal address on one line.
    Address,
    /// The id of another entity, of this schema or a descendant.
    Entity(&'static str),
    /// An e-mail address, telephone number, web or network address.
    Contact,
    /// Anything else.
    Text,
}

/// A property of a schema.
#[derive(Debug, PartialEq, Eq)]
pub struct Property {
    /// The name used in data, such as `birthDate`.
    pub name: &'static str,
    /// The name for a reader, such as *Birth date*.
    pub label: &'static str,
    /// The type of its values.
    pub kind: PropertyType,
    /// The same as FollowTheMoney names it, which tells more of them apart: `topic`, `phone`.
    pub type_name: &'static str,
    /// Whether values help to tell entities apart.
    pub matchable: bool,
    /// What the other end of an [`PropertyType::Entity`] calls whoever names it: `sanctions` for `Sanction.entity`.
    pub reverse: Option<&'static str>,
}

struct Definition {
    name: &'static str,
    label: &'static str,
    plural: &'static str,
    parents: Vec<Schema>,
    ancestors: Vec<Schema>,
    matchable: bool,
    edge: Option<(&'static str, &'static str)>,
    caption: Vec<&'static str>,
    properties: Vec<Property>,
}

struct Model {
    schemata: Vec<Definition>,
    by_name: FxHashMap<&'static str, Schema>,
}

const FOLLOW_THE_MONEY: &str = include_str!("../../../data/followthemoney.txt");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(FOLLOW_THE_MONEY));

/// What stands for the schemata and their numbers.
#[must_use]
pub fn reading(hash: u64) -> u64 {
    mihenk_names::fingerprint(hash, FOLLOW_THE_MONEY)
}

impl Schema {
    /// The schema of that name, case-sensitive as in FollowTheMoney.
    #[must_use]
    pub fn named(name: &str) -> Option<Schema> {
        MODEL.by_name.get(name).copied()
    }

    /// All schemata, parents before children.
    pub fn all() -> impl Iterator<Item = Schema> {
        (0..MODEL.schemata.len()).map(|i| Schema(i as u8))
    }

    fn definition(self) -> &'static Definition {
        &MODEL.schemata[usize::from(self.0)]
    }

    /// The name used in data, such as `LegalEntity`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The name for a reader, such as *Legal entity*.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.definition().label
    }

    /// The plural for a reader.
    #[must_use]
    pub fn plural(self) -> &'static str {
        self.definition().plural
    }

    /// Whether entities of this schema are screened and found.
    #[must_use]
    pub fn is_matchable(self) -> bool {
        self.definition().matchable
    }

    /// Whether this is `ancestor` or inherits from it.
    #[must_use]
    pub fn is_a(self, ancestor: Schema) -> bool {
        self == ancestor || self.definition().ancestors.contains(&ancestor)
    }

    /// As [`Schema::is_a`], by name; false for a name that is no schema.
    #[must_use]
    pub fn is(self, ancestor: &str) -> bool {
        Schema::named(ancestor).is_some_and(|a| self.is_a(a))
    }

    /// Whether a query of this schema may find an entity of the other.
    #[must_use]
    pub fn can_match(self, other: Schema) -> bool {
        self.is_a(other) || other.is_a(self)
    }

    /// For a relation such as `Ownership`: the properties that name its two ends.
    #[must_use]
    pub fn edge(self) -> Option<(&'static str, &'static str)> {
        self.definition().edge
    }

    /// The properties whose first value makes a caption, best first; inherited if the schema names none.
    #[must_use]
    pub fn caption_properties(self) -> &'static [&'static str] {
        let own = &self.definition().caption;
        if !own.is_empty() {
            return own;
        }
        let inherited = self.definition().ancestors.iter().find(|a| !a.definition().caption.is_empty());
        inherited.map_or(&[], |a| &a.definition().caption)
    }

    /// The property of that name, own or inherited.
    #[must_use]
    pub fn property(self, name: &str) -> Option<&'static Property> {
        self.lineage().flat_map(|s| &s.definition().properties).find(|p| p.name == name)
    }

    /// All properties, own first, then inherited.
    pub fn properties(self) -> impl Iterator<Item = &'static Property> {
        self.lineage().flat_map(|s| &s.definition().properties)
    }

    /// The properties of any schema whose values may be of this one and which have a name for the other direction, in the order of the
    /// table.
    pub fn reverses(self) -> impl Iterator<Item = &'static Property> {
        let properties = Schema::all().flat_map(|schema| &schema.definition().properties);
        properties.filter(move |property| match property.kind {
            PropertyType::Entity(range) => property.reverse.is_some() && self.is(range),
            _ => false,
        })
    }

    fn lineage(self) -> impl Iterator<Item = Schema> {
        std::iter::once(self).chain(self.definition().ancestors.iter().copied())
    }

    /// The number of the schema in this version of the table; for files that name the table they were made with.
    #[must_use]
    pub fn index(self) -> u8 {
        self.0
    }

    /// The schema with that number.
    #[must_use]
    pub fn from_index(index: u8) -> Option<Schema> {
        (usize::from(index) < MODEL.schemata.len()).then_some(Schema(index))
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::fmt::Display for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Model {
    fn read(table: &'static str) -> Model {
        let mut model = Model { schemata: Vec::new(), by_name: FxHashMap::default() };
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            match line.strip_prefix("  ") {
                None => model.add_schema(line),
                Some(line) => {
                    if let Some(schema) = model.schemata.last_mut() {
                        schema.add_line(line);
                    }
                }
            }
        }
        model
    }

    fn add_schema(&mut self, line: &'static str) {
        let mut cut = line.split('|').map(str::trim);
        let mut next = || cut.next().unwrap_or("");
        let (name, label, plural, parents, flags) = (next(), next(), next(), next(), next());
        let parents: Vec<Schema> =
            parents.split(' ').filter(|p| *p != "-").filter_map(|p| self.by_name.get(p).copied()).collect();
        let mut ancestors = Vec::new();
        for &parent in &parents {
            let inherited =
                std::iter::once(parent).chain(self.schemata[usize::from(parent.0)].ancestors.iter().copied());
            for ancestor in inherited {
                if !ancestors.contains(&ancestor) {
                    ancestors.push(ancestor);
                }
            }
        }
        let edge = flags.split(' ').find_map(|f| f.strip_prefix("edge=")?.split_once('>'));
        let matchable = flags.split(' ').any(|f| f == "matchable");
        self.by_name.insert(name, Schema(self.schemata.len() as u8));
        let (caption, properties) = (Vec::new(), Vec::new());
        self.schemata.push(Definition {
            name,
            label,
            plural,
            parents,
            ancestors,
            matchable,
            edge,
            caption,
            properties,
        });
    }
}

impl Definition {
    fn add_line(&mut self, line: &'static str) {
        if let Some(caption) = line.strip_prefix("caption: ") {
            self.caption = caption.split(' ').collect();
            return;
        }
        let mut cut = line.split('|').map(str::trim);
        let mut next = || cut.next().unwrap_or("");
        let (name, kind, label, matchable, reverse) = (next(), next(), next(), next(), next());
        let type_name = kind.split(':').next().unwrap_or(kind);
        let (kind, matchable) = (property_type(kind), matchable == "matchable");
        let reverse = (!reverse.is_empty()).then_some(reverse);
        self.properties.push(Property { name, label, kind, type_name, matchable, reverse });
    }
}

fn property_type(text: &'static str) -> PropertyType {
    let (kind, detail) = text.split_once(':').unwrap_or((text, ""));
    match kind {
        "name" => PropertyType::Name,
        "date" => PropertyType::Date,
        "country" => PropertyType::Country,
        "gender" => PropertyType::Gender,
        "identifier" => PropertyType::Identifier,
        "address" => PropertyType::Address,
        "entity" => PropertyType::Entity(detail),
        "email" | "phone" | "url" | "ip" => PropertyType::Contact,
        _ => PropertyType::Text,
    }
}

impl Schema {
    /// The schemata it inherits from directly.
    #[must_use]
    pub fn parents(self) -> &'static [Schema] {
        &self.definition().parents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(name: &str) -> Schema {
        Schema::named(name).unwrap()
    }

    #[test]
    fn the_table_has_all_schemata_with_their_parents() {
        assert_eq!(Schema::all().count(), 71, "FollowTheMoney 4.11.2 has 71");
        assert_eq!(Schema::all().filter(|s| s.is_matchable()).count(), 15);
        assert!(schema("Company").is("Organization") && schema("Company").is("Asset"));
        assert!(schema("Vessel").is("Thing") && !schema("Vessel").is("LegalEntity"));
        assert_eq!(schema("Ownership").edge(), Some(("owner", "asset")));
    }

    #[test]
    fn properties_are_inherited() {
        let born = schema("Person").property("birthDate").unwrap();
        assert_eq!((born.kind, born.label, born.matchable), (PropertyType::Date, "Birth date", true));
        assert_eq!(schema("Company").property("name").unwrap().kind, PropertyType::Name);
        let type_of = |name: &str| schema("Person").property(name).unwrap().type_name;
        assert_eq!([type_of("topics"), type_of("wikidataId"), type_of("phone")], ["topic", "identifier", "phone"]);
        assert_eq!(schema("Passport").property("holder").unwrap().kind, PropertyType::Entity("LegalEntity"));
        assert!(schema("Vessel").property("birthDate").is_none());
        assert_eq!(schema("Person").caption_properties()[0], "name");
        assert!(!schema("PublicBody").caption_properties().is_empty());
    }

    #[test]
    fn a_property_has_a_name_for_the_other_direction() {
        let names = |name: &str| schema(name).reverses().filter_map(|p| p.reverse).collect::<Vec<_>>();
        assert_eq!(schema("Sanction").property("entity").unwrap().reverse, Some("sanctions"));
        assert_eq!(schema("Thing").property("riskSource").unwrap().reverse, None);
        let person = names("Person");
        assert!(["sanctions", "ownershipOwner", "familyPerson", "unknownLinkFrom"].iter().all(|n| person.contains(n)));
        assert!(!person.contains(&"ownershipAsset") && names("Company").contains(&"ownershipAsset"));
    }

    #[test]
    fn a_schema_matches_its_relatives_in_both_directions() {
        assert!(schema("LegalEntity").can_match(schema("Person")));
        assert!(schema("Person").can_match(schema("LegalEntity")));
        assert!(schema("Thing").can_match(schema("Vessel")));
        assert!(!schema("Person").can_match(schema("Company")));
        assert!(!schema("Vessel").can_match(schema("Company")));
    }
}
