//! FollowTheMoney entities, one JSON object a line: the form in which OpenSanctions publishes lists.
//!
//! In comes a file of lines; out come the entities with their ids as given. A line that is no entity is a finding with
//! its number, and reading goes on; a last line without line end that does not parse means that the file was cut, and
//! is an error (a file cut exactly between two lines cannot be told from a whole one). Nested entities
//! (`targets.nested.json`) become entities of their own. Form: <https://www.opensanctions.org/docs/bulk/json/>.

use mihenk_entities::{Entity, EntityError};
use mihenk_said::Said;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::{
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::Input,
    reading::Reading,
    relations::Draft,
    sayings,
    seen::Seen,
};

/// Reads one file.
pub(crate) fn read(input: &Input) -> Result<Draft, Error> {
    let mut file =
        File { input, reading: Reading::new(None, "", [input]), places: FxHashMap::default(), unknown: Vec::new() };
    let body = input.body();
    let lines: Vec<&[u8]> = body.split_inclusive(|&b| b == b'\n').collect();
    // All but the last end with a line end, or else the file may have been cut there.
    let whole = if body.ends_with(b"\n") { lines.len() } else { lines.len().saturating_sub(1) };
    for (piece, from) in lines.chunks(PIECE).zip((0..).step_by(PIECE)) {
        let parsed: Vec<Parsed> = piece.par_iter().map(|line| Parsed::of(line.trim_ascii())).collect();
        for (i, (line, parsed)) in piece.iter().zip(parsed).enumerate() {
            file.line(from as u64 + i as u64 + 1, line.trim_ascii(), parsed, from + i >= whole)?;
        }
    }
    file.finish()
}

/// Lines that are parsed before they are entered, in parallel.
const PIECE: usize = 8_192;

/// What a line holds.
enum Parsed {
    /// An empty line.
    Nothing,
    /// A record and those nested in it.
    Entities(Vec<(Result<Entity, EntityError>, Seen)>),
    /// Not JSON.
    NoJson(serde_json::Error),
}

impl Parsed {
    fn of(line: &[u8]) -> Parsed {
        if line.is_empty() {
            return Parsed::Nothing;
        }
        match serde_json::from_slice::<Value>(line) {
            Ok(value) => {
                let mut entities = Vec::with_capacity(1);
                unfold(value, &mut entities);
                Parsed::Entities(entities)
            }
            Err(error) => Parsed::NoJson(error),
        }
    }
}

/// An entity, and behind it those nested in it, each followed by its own.
fn unfold(mut value: Value, into: &mut Vec<(Result<Entity, EntityError>, Seen)>) {
    let mut nested = Vec::new();
    take_nested(&mut value, &mut nested);
    let seen = Seen::of(&value);
    into.push((Entity::from_value(value), seen));
    for value in nested {
        unfold(value, into);
    }
}

struct File<'a> {
    input: &'a Input,
    reading: Reading,
    /// Where the entity with an id is, and the line it came from.
    places: FxHashMap<String, usize>,
    /// Schema and property that is none of the schema's, the line of the first, and how many there are.
    unknown: Vec<(String, u64, usize)>,
}

impl File<'_> {
    fn line(&mut self, number: u64, line: &[u8], parsed: Parsed, last_without_end: bool) -> Result<(), Error> {
        match parsed {
            Parsed::Nothing => {}
            Parsed::Entities(entities) => {
                for (i, (entity, seen)) in entities.into_iter().enumerate() {
                    let added = self.add(number, entity, seen);
                    // The first is the record, the others are nested in it.
                    self.reading.records += usize::from(added && i == 0);
                }
            }
            Parsed::NoJson(error) if last_without_end => return Err(self.cut(number, &error, line)),
            Parsed::NoJson(error) => {
                // The line and column of the parser are those inside this one line.
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
                let found =
                    format!("{reason}, at byte {} of {}", error.column(), quote(&String::from_utf8_lossy(line)));
                let expected = sayings::line_no_object();
                self.find(number, None, found, expected, Severity::High);
            }
        }
        Ok(())
    }

    /// Adds an entity; false if it is none.
    fn add(&mut self, number: u64, entity: Result<Entity, EntityError>, seen: Seen) -> bool {
        match entity {
            Ok(entity) => {
                if !seen.is_unknown() {
                    let known = self.reading.seen.entry(entity.id.to_string()).or_default();
                    *known = known.and(seen);
                }
                self.enter(number, entity);
                true
            }
            Err(error) => {
                self.refuse(number, &error);
                false
            }
        }
    }

    fn refuse(&mut self, number: u64, error: &EntityError) {
        self.find(number, None, error.to_string(), sayings::entity_not_read(), Severity::High);
    }

    fn enter(&mut self, number: u64, entity: Entity) {
        for property in entity.unknown_properties() {
            let name = format!("{}:{property}", entity.schema);
            match self.unknown.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, _, count)) => *count += 1,
                None => self.unknown.push((name, number, 1)),
            }
        }
        let id = entity.id.to_string();
        let Some(&known) = self.places.get(&id) else {
            self.places.insert(id, self.reading.entities.len());
            return self.reading.entities.push(entity);
        };
        let first = &mut self.reading.entities[known];
        if *first == entity {
            // A nested entity is repeated wherever it is referred to.
            return;
        }
        if first.schema != entity.schema {
            let found = sayings::found_id_again_as(id.as_str(), first.schema.name(), entity.schema.name());
            let expected = sayings::second_not_read();
            return self.find(number, Some(id), found, expected, Severity::High);
        }
        for (property, values) in &entity.properties {
            for value in values {
                first.add(property, value.as_str());
            }
        }
        for (own, more) in [(&mut first.datasets, &entity.datasets), (&mut first.referents, &entity.referents)] {
            own.extend(more.iter().filter(|name| !own.contains(name)).cloned().collect::<Vec<_>>());
        }
        let expected = sayings::both_put_together();
        self.find(number, Some(id), sayings::found_id_again(), expected, Severity::Low);
    }

    fn cut(&self, number: u64, error: &serde_json::Error, line: &[u8]) -> Error {
        let text = String::from_utf8_lossy(line);
        let text = quote(&text);
        Error::Cut {
            file: self.input.name.clone(),
            line: number,
            byte: self.input.bytes.len() as u64,
            found: if error.is_eof() { sayings::last_line_open(text) } else { sayings::last_line_no_json(text) },
            expected: sayings::object_a_line_ended(),
        }
    }

    fn find(&mut self, line: u64, record: Option<String>, found: impl Into<Said>, expected: Said, severity: Severity) {
        let place = Place { line: Some(line), record, field: None };
        self.reading.findings.push(Finding {
            file: self.input.name.clone(),
            place,
            found: found.into(),
            expected,
            severity,
        });
    }

    fn finish(mut self) -> Result<Draft, Error> {
        if self.reading.entities.is_empty() {
            return Err(Error::NoRecords { file: self.input.name.clone() });
        }
        for (name, line, count) in std::mem::take(&mut self.unknown) {
            let expected = sayings::property_unknown();
            self.find(line, None, sayings::found_times(count, name), expected, Severity::Low);
        }
        self.reading.dataset = self.dataset();
        for entity in &mut self.reading.entities {
            if entity.datasets.is_empty() {
                entity.datasets.push(self.reading.dataset.clone());
            }
        }
        Ok(Draft::of(self.reading))
    }

    /// The dataset that all entities are in; the name of the file if there is none.
    fn dataset(&self) -> String {
        let mut entities = self.reading.entities.iter().filter(|entity| !entity.datasets.is_empty());
        let mut common = entities.next().map_or_else(Vec::new, |first| first.datasets.clone());
        for entity in entities {
            common.retain(|dataset| entity.datasets.contains(dataset));
        }
        let stem = Some(self.input.stem()).filter(|stem| !stem.is_empty()).unwrap_or("followthemoney");
        common.into_iter().next().unwrap_or_else(|| stem.to_owned())
    }
}

/// Takes entities out of the values of another; their ids stay behind.
fn take_nested(value: &mut Value, nested: &mut Vec<Value>) {
    let Some(Value::Object(properties)) = value.get_mut("properties") else { return };
    for values in properties.values_mut() {
        let Value::Array(values) = values else { continue };
        for value in values {
            let is_entity = value.get("schema").is_some() && value.get("properties").is_some();
            if let (true, Some(id)) = (is_entity, value.get("id").cloned()) {
                nested.push(std::mem::replace(value, id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_text(text: &str) -> Result<Reading, String> {
        let input = Input { name: "lists/sample.json".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&input).map(|draft| draft.reading).map_err(|error| error.to_string())
    }

    fn line(id: &str, more: &str) -> String {
        format!("{{\"id\":\"{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{id}\"]}}{more}}}\n")
    }

    #[test]
    fn a_bad_line_is_a_finding_and_the_rest_is_read() {
        let text = line("a", "") + "{oops\n\n" + "{\"id\":\"b\",\"schema\":\"Persn\"}\n" + &line("c", "");
        let reading = read_text(&text).unwrap();
        assert_eq!(reading.entities.len(), 2);
        let lines: Vec<_> = reading.findings.iter().map(|f| (f.place.line, f.severity)).collect();
        assert_eq!(lines, [(Some(2), Severity::High), (Some(4), Severity::High)]);
        assert!(reading.findings[1].found.as_str().contains("did you mean 'Person'?"));
    }

    #[test]
    fn a_last_line_that_is_cut_is_an_error() {
        let whole = line("a", "") + &line("b", "");
        let error = read_text(&whole[..whole.len() - 10]).unwrap_err();
        assert!(error.contains("cut in the middle, at line 2"), "{error}");
        assert!(read_text(whole.trim_end()).is_ok(), "a last line without line end is a whole one");
    }

    #[test]
    fn the_dataset_is_what_all_entities_have_in_common() {
        let both = line("a", ",\"datasets\":[\"x\",\"y\"]") + &line("b", ",\"datasets\":[\"y\"]");
        assert_eq!(read_text(&both).unwrap().dataset, "y");
        let none = line("a", ",\"datasets\":[\"x\"]") + &line("b", ",\"datasets\":[\"y\"]") + &line("c", "");
        let reading = read_text(&none).unwrap();
        assert_eq!(reading.dataset, "sample", "the stem of the file");
        assert_eq!(reading.entities[2].datasets, ["sample"]);
    }

    #[test]
    fn what_the_publisher_saw_when_is_kept_beside_the_entities() {
        let more = ",\"first_seen\":\"2021-09-20T05:38:53\",\"last_change\":\"2024-01-02\",\"last_seen\":\"never\"";
        let reading = read_text(&(line("a", more) + &line("b", ""))).unwrap();
        let seen = Seen { first: Some(1_632_116_333), last: None, change: Some(1_704_153_600) };
        assert_eq!(reading.seen.into_iter().collect::<Vec<_>>(), [("a".to_owned(), seen)]);
    }

    #[test]
    fn nested_entities_become_entities() {
        let text = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"addressEntity\":[{\"id\":\"b\",\
                    \"schema\":\"Address\",\"properties\":{\"city\":[\"X\"]}}]}}\n";
        let reading = read_text(text).unwrap();
        assert_eq!(reading.entities[0].values("addressEntity"), ["b"]);
        assert_eq!(reading.entities[1].first("city"), Some("X"));
        assert_eq!(reading.records, 1);
    }

    #[test]
    fn an_id_that_comes_twice_is_put_together_and_reported() {
        let more = ",\"datasets\":[\"x\"],\"referents\":[\"b\"]";
        let text = line("a", more)
            + "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"alias\":[\"z\"]},\"datasets\":[\"x\",\"y\"],\
               \"referents\":[\"c\"]}\n";
        let reading = read_text(&text).unwrap();
        assert_eq!(reading.entities.len(), 1);
        assert_eq!(reading.entities[0].first("alias"), Some("z"));
        assert_eq!(reading.entities[0].datasets, ["x", "y"]);
        assert_eq!(reading.entities[0].referents, ["b", "c"]);
        assert_eq!(reading.findings.len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[{}\":,a-c\\[\\]\n\\\\]{0,60}|\\PC{0,60}") {
            let _ = read_text(&text);
        }
    }
}
