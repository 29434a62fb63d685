//! Whole records beside the index: what a list says of an entity, as it says it.
//!
//! In come the lists' entities, out come [`Profile`]s: one for each entity that is matched, in the order of the index, with
//! what belongs to it (listings, documents, addresses, relations). [`assemble`] joins the records of several lists that have
//! one id, [`assemble_merged`] those that are one as well, and [`for_index`] gives each entity the numbers of its documents for the index to find. [`Records`] keeps profiles in one file,
//! a line each, and reads only those that are shown.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use mihenk_entities::{Entity, PropertyType, country::Country};
use mihenk_screening::model::Model;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    error::NodeError,
    folder::{read_at, write_whole},
    lists::is_screened,
    merging::{
        decisions::Decisions,
        joining::{self, Ids},
        merges::Merges,
    },
};

/// An entity with everything the lists say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// The entity.
    pub entity: Entity,
    /// What belongs to it: listings, documents, addresses, relations.
    pub related: Vec<Entity>,
}

/// An entry of an entity on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Who lists it.
    pub authority: String,
    /// The same in short, as analysts say it: `OFAC SDN`, `UN`.
    pub short: String,
    /// The reference under which it is listed.
    pub reference: Option<String>,
    /// The programmes.
    pub programmes: Vec<String>,
    /// When it was listed, as the list writes it.
    pub listed_on: Option<String>,
}

impl Profile {
    /// Its entries on lists.
    pub fn listings(&self) -> impl Iterator<Item = Listing> + '_ {
        self.related.iter().filter(|e| e.schema.name() == "Sanction").map(|s| {
            let authority = s.first("authority").or_else(|| s.first("publisher")).unwrap_or("unnamed list");
            Listing {
                authority: authority.to_owned(),
                short: short(authority, &s.datasets),
                reference: s.first("authorityId").or_else(|| s.first("unscId")).map(str::to_owned),
                programmes: s.values("program").to_vec(),
                listed_on: s.first("listingDate").or_else(|| s.first("startDate")).map(str::to_owned),
            }
        })
    }

    /// The names of its countries, whatever the property, each once.
    #[must_use]
    pub fn countries(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for (property, values) in &self.entity.properties {
            let kind = self.entity.schema.property(property).map(|p| p.kind);
            if kind != Some(PropertyType::Country) {
                continue;
            }
            for value in values {
                let name = match Country::parse(value) {
                    Some(country) => country.name(),
                    None => value.as_str(),
                };
                if !out.contains(&name) {
                    out.push(name);
                }
            }
        }
        out
    }
}

/// An authority in short.
fn short(authority: &str, datasets: &[String]) -> String {
    let of_dataset = datasets.iter().find_map(|d| match d.as_str() {
        "us_ofac_sdn" => Some("OFAC SDN"),
        "us_ofac_cons" => Some("OFAC non-SDN"),
        "un_sc_sanctions" => Some("UN"),
        "eu_fsf" => Some("EU"),
        _ => None,
    });
    let of_authority = || match authority {
        "United Nations Security Council" | "UN Security Council" => "UN",
        "European Union" => "EU",
        a if a.starts_with("Office of Foreign Assets Control") => "OFAC",
        a => a,
    };
    of_dataset.unwrap_or_else(of_authority).to_owned()
}

/// The properties by which a record says to whom it belongs.
pub(crate) const OWNERS: [&str; 10] =
    ["entity", "holder", "subject", "owner", "asset", "person", "organization", "director", "member", "object"];

/// Joins the entities of all lists that have one id into profiles, in the order in which they first come.
#[must_use]
pub(crate) fn assemble(lists: &[Vec<Entity>]) -> Vec<Profile> {
    gathered(lists, &BTreeMap::new())
}

/// Joins the entities of all lists that are one into profiles, by rules and decisions, in the order in which they first come.
#[must_use]
pub(crate) fn assemble_merged(lists: &[Vec<Entity>], decisions: &Decisions, model: &Model) -> (Vec<Profile>, Merges) {
    let mut profiles = assemble(lists);
    let positions: BTreeMap<&str, u32> =
        profiles.iter().zip(0..).map(|(profile, at)| (profile.entity.id.as_str(), at)).collect();
    let mut lists_of: Vec<Vec<u32>> = vec![Vec::new(); profiles.len()];
    for (list, number) in lists.iter().zip(0..) {
        for at in list.iter().filter_map(|entity| positions.get(entity.id.as_str())) {
            let lists = &mut lists_of[*at as usize];
            if lists.last() != Some(&number) {
                lists.push(number);
            }
        }
    }
    let mut keys = Vec::new();
    for (profile, at) in profiles.iter().zip(0..) {
        for record in std::iter::once(&profile.entity).chain(&profile.related) {
            let values = record.properties.iter();
            let values = values.flat_map(|(p, values)| values.iter().map(move |v| (p.as_str(), v.as_str())));
            keys.extend(joining::hashes(record.schema, values).into_iter().map(|hash| (hash, at)));
        }
        for (id, &other) in profile.entity.referents.iter().filter_map(|id| Some((id, positions.get(id.as_str())?))) {
            let hash = joining::id_key(id);
            keys.extend([(hash, at), (hash, other)]);
        }
    }
    let mut meeting = joining::meeting(keys, |at| lists_of[at as usize].clone());
    meeting.numbers.extend(decisions.ids().iter().filter_map(|id| positions.get(id)));
    let subject = |&at: &u32| {
        let (profile, lists) = (&profiles[at as usize], lists_of[at as usize].clone());
        (at, joining::subject(profile, lists, &meeting))
    };
    let joined = joining::joined(meeting.numbers.iter().map(subject).collect(), decisions, model);
    if !joined.groups.is_empty() {
        let mut names: BTreeMap<String, &Ids> = BTreeMap::new();
        for (members, ids) in &joined.groups {
            names.extend(members.iter().map(|&at| (profiles[at as usize].entity.id.to_string(), ids)));
        }
        profiles = gathered(lists, &names);
    }
    (profiles, joined.merges)
}

/// Joins the entities that have one id, or ids of one entity.
fn gathered(lists: &[Vec<Entity>], names: &BTreeMap<String, &Ids>) -> Vec<Profile> {
    let canonical = |id: &str| names.get(id).map_or(id, |ids| ids.canonical()).to_owned();
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let mut profiles: Vec<Profile> = Vec::new();
    let mut satellites: Vec<&Entity> = Vec::new();
    for entity in lists.iter().flatten() {
        if !is_screened(entity) {
            satellites.push(entity);
            continue;
        }
        let id = canonical(entity.id.as_str());
        match order.get(&id) {
            Some(&at) => merge(&mut profiles[at].entity, entity),
            None => {
                order.insert(id, profiles.len());
                profiles.push(Profile { entity: entity.clone(), related: Vec::new() });
            }
        }
    }
    for profile in &mut profiles {
        if let Some(ids) = names.get(profile.entity.id.as_str()) {
            ids.give(&mut profile.entity);
        }
    }
    let addresses: BTreeMap<&str, &Entity> =
        satellites.iter().filter(|e| e.schema.is("Address")).map(|e| (e.id.as_str(), *e)).collect();
    for profile in &mut profiles {
        let ids = profile.entity.values("addressEntity").to_vec();
        profile.related.extend(ids.iter().filter_map(|id| addresses.get(id.as_str()).map(|e| (*e).clone())));
    }
    for satellite in satellites.iter().filter(|e| !e.schema.is("Address")) {
        let owners = OWNERS.iter().flat_map(|p| satellite.values(p)).filter_map(|id| order.get(&canonical(id)));
        for &at in owners {
            if !profiles[at].related.contains(satellite) {
                profiles[at].related.push((*satellite).clone());
            }
        }
    }
    profiles
}

/// Adds what a second list says of an entity to what the first one said; of two schemata the one that says more holds.
pub(crate) fn merge(into: &mut Entity, from: &Entity) {
    if from.schema.is_a(into.schema) {
        into.schema = from.schema;
    }
    for referent in &from.referents {
        if !into.referents.contains(referent) {
            into.referents.push(referent.clone());
        }
    }
    for (property, values) in &from.properties {
        for value in values {
            into.add(property, value.clone());
        }
    }
    for dataset in &from.datasets {
        if !into.datasets.contains(dataset) {
            into.datasets.push(dataset.clone());
        }
    }
}

/// The entity as the index needs it: with the numbers of its documents and the text of its addresses.
#[must_use]
pub(crate) fn for_index(profile: &Profile) -> Entity {
    let mut entity = profile.entity.clone();
    for related in &profile.related {
        let (from, to) = match related.schema.name() {
            "Passport" => ("number", "passportNumber"),
            "Identification" => ("number", "idNumber"),
            "Address" => ("full", "address"),
            _ => continue,
        };
        let is_own = |id: &String| id == entity.id.as_str() || entity.referents.contains(id);
        let owned = related.values("holder").iter().any(is_own) || related.schema.is("Address");
        for value in related.values(from).iter().filter(|_| owned) {
            let known = entity.properties.values().flatten().any(|v| v == value);
            if !known {
                entity.add(to, value.clone());
            }
        }
    }
    entity
}

/// Profiles on disk or in memory.
#[derive(Debug)]
pub(crate) enum Records {
    /// A file of lines and the place of each.
    File {
        /// Where they are.
        path: PathBuf,
        /// The lines.
        file: File,
        /// Where each line starts, and where the last one ends.
        offsets: Vec<u64>,
        /// The CRC-32 of each line.
        sums: Vec<u32>,
    },
    /// Profiles that were just read.
    Memory(Vec<Profile>),
}

impl Records {
    /// Opens what a [`RecordsWriter`] wrote.
    pub(crate) fn open(folder: &Path, id: &str) -> Result<Records, NodeError> {
        let path = folder.join(format!("{id}.records"));
        let file = File::open(&path).map_err(NodeError::io(&path))?;
        let length = file.metadata().map_err(NodeError::io(&path))?.len();
        let offsets_path = folder.join(format!("{id}.offsets"));
        let bytes = std::fs::read(&offsets_path).map_err(NodeError::io(&offsets_path))?;
        // Where the lines start and the last ends, then their checksums: one number more of the first.
        let (starts, sums) = bytes.split_at(bytes.len().saturating_sub(8) / 12 * 8 + 8.min(bytes.len()));
        let offsets: Vec<u64> = starts.as_chunks::<8>().0.iter().map(|c| u64::from_le_bytes(*c)).collect();
        let sums: Vec<u32> = sums.as_chunks::<4>().0.iter().map(|c| u32::from_le_bytes(*c)).collect();
        if offsets.last() != Some(&length) || !offsets.is_sorted() || sums.len() + 1 != offsets.len() {
            return Err(NodeError::Damaged {
                path,
                what: format!("it has {length} bytes, which its offsets do not fit"),
            });
        }
        Ok(Records::File { path, file, offsets, sums })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Records::File { offsets, .. } => offsets.len().saturating_sub(1),
            Records::Memory(profiles) => profiles.len(),
        }
    }

    /// The line of a profile as it is kept; none when profiles are in memory.
    pub(crate) fn line(&self, number: u32) -> Result<Option<Vec<u8>>, NodeError> {
        let Records::File { path, file, offsets, sums } = self else { return Ok(None) };
        let number = number as usize;
        let (Some(&from), Some(&to), Some(&sum)) = (offsets.get(number), offsets.get(number + 1), sums.get(number))
        else {
            return Err(NodeError::Damaged { path: path.clone(), what: format!("record {number} is missing") });
        };
        let mut bytes = vec![0; to.saturating_sub(from) as usize];
        read_at(file, &mut bytes, from).map_err(NodeError::io(path))?;
        if crc32fast::hash(&bytes) != sum {
            return Err(NodeError::Damaged { path: path.clone(), what: format!("record {number} is altered") });
        }
        Ok(Some(bytes))
    }

    /// One profile, by the entity's number in the index.
    pub(crate) fn get(&self, number: u32) -> Result<Profile, NodeError> {
        let number = number as usize;
        match self {
            Records::Memory(profiles) => profiles.get(number).cloned().ok_or_else(|| NodeError::Damaged {
                path: "the records in memory".into(),
                what: format!("record {number} is missing"),
            }),
            Records::File { path, .. } => {
                let line = self.line(number as u32)?.unwrap_or_default();
                parse(&line).map_err(|what| NodeError::Damaged { path: path.clone(), what })
            }
        }
    }
}

/// Writes the lines of profiles in the order of the index, a piece after the other, and puts them in place when all are there.
pub(crate) struct RecordsWriter {
    folder: PathBuf,
    id: String,
    lines: BufWriter<File>,
    at: u64,
    offsets: Vec<u8>,
    sums: Vec<u8>,
}

impl RecordsWriter {
    /// Begins beside the place of the files.
    pub(crate) fn begin(folder: &Path, id: &str) -> Result<RecordsWriter, NodeError> {
        let path = folder.join(format!("{id}.records.new"));
        let file = File::create(&path).map_err(NodeError::io(&path))?;
        let lines = BufWriter::with_capacity(1 << 20, file);
        Ok(RecordsWriter {
            folder: folder.to_owned(),
            id: id.to_owned(),
            lines,
            at: 0,
            offsets: Vec::new(),
            sums: Vec::new(),
        })
    }

    /// Adds a line as it is kept, with its line end.
    pub(crate) fn add_line(&mut self, line: &[u8]) -> Result<(), NodeError> {
        self.offsets.extend(self.at.to_le_bytes());
        self.sums.extend(crc32fast::hash(line).to_le_bytes());
        self.at += line.len() as u64;
        self.lines.write_all(line).map_err(NodeError::io(&self.beside()))
    }

    /// Puts both files in their place.
    pub(crate) fn finish(mut self) -> Result<(), NodeError> {
        self.offsets.extend(self.at.to_le_bytes());
        self.offsets.append(&mut self.sums);
        let beside = self.beside();
        let io = NodeError::io(&beside);
        self.lines.flush().and_then(|()| self.lines.get_ref().sync_all()).map_err(io)?;
        let path = self.folder.join(format!("{}.records", self.id));
        fs::rename(&beside, &path).map_err(NodeError::io(&path))?;
        write_whole(&self.folder.join(format!("{}.offsets", self.id)), &self.offsets)
    }

    fn beside(&self) -> PathBuf {
        self.folder.join(format!("{}.records.new", self.id))
    }
}

/// A profile as a line.
pub(crate) fn line(profile: &Profile) -> Vec<u8> {
    // Texts and numbers only: JSON can always write them.
    let mut line = serde_json::to_vec(profile).unwrap_or_default();
    line.push(b'\n');
    line
}

fn parse(line: &[u8]) -> Result<Profile, String> {
    let mut object: Map<String, Value> = serde_json::from_slice(line).map_err(|e| e.to_string())?;
    let entity = Entity::from_value(object.remove("entity").unwrap_or_default()).map_err(|e| e.to_string())?;
    let related = match object.remove("related") {
        Some(Value::Array(related)) => related.into_iter().map(Entity::from_value).collect::<Result<_, _>>(),
        _ => Ok(Vec::new()),
    };
    Ok(Profile { entity, related: related.map_err(|e| e.to_string())? })
}
