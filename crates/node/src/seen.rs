//! Since when a list has an entity, and when it changed there: a file `seen` beside the entities of each stored version.
//!
//! In come the entities of a version that is stored, what their publisher says of them ([`Seen`]) and the file of the version before; out comes a row for each
//! entity. Who is new was first seen when the version was loaded; whose line is another one changed then; for everybody else what the version before said goes on.
//! What a publisher says stands above what was seen here. So nothing is compared when somebody asks, and a version is compared with one file of 36 bytes an entity.
//! A row says where the entity's line begins as well, so that what each list says of somebody can be read without reading the list (`SeenIn::said`).
//!
//! The rows are no part of the entities: a version keeps its name when only its publisher's clock goes on. A folder of an earlier program has no such files; when
//! the next version is stored, those of the versions that are kept are worked through in the order in which they were in use.

use std::{fs, io::Write, path::PathBuf};

use mihenk_entities::Entity;
use mihenk_lists::Reading;
pub use mihenk_lists::{Seen, moment};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Current, Folder, write_whole_by},
    lists::ListAbout,
    stored::{ListLines, of_lines},
    versions::Entry,
};

/// How the file begins.
const MAGIC: &[u8; 8] = b"mhkseen1";
/// Bytes of a row.
const ROW: usize = 36;

/// What is known of one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    /// The first half of a half of the SHA-256 of its id.
    id: u64,
    /// The same of its line.
    content: u64,
    /// Where the line begins.
    offset: u64,
    seen: Seen,
}

/// What is known of the entities of a version, in the order of what stands for their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows(Vec<Row>);

fn hashed(bytes: &[u8]) -> u64 {
    let hash = Sha256::digest(bytes);
    hash[..8].iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

impl Row {
    fn new(id: &str, line: &[u8], says: Seen, before: Option<&Rows>, at: Option<u32>) -> Row {
        let (id, content) = (hashed(id.as_bytes()), hashed(line));
        let known = before.and_then(|before| before.of(id));
        let first = says.first.or_else(|| known.map_or(at, |known| known.seen.first));
        let same = known.filter(|known| known.content == content);
        let change = says.change.or_else(|| same.map_or(at, |known| known.seen.change));
        Row { id, content, offset: 0, seen: Seen { first, last: says.last, change } }
    }

    fn bytes(&self) -> [u8; ROW] {
        let mut out = [0; ROW];
        out[..8].copy_from_slice(&self.id.to_le_bytes());
        out[8..16].copy_from_slice(&self.content.to_le_bytes());
        out[16..24].copy_from_slice(&self.offset.to_le_bytes());
        let moments = [self.seen.first, self.seen.last, self.seen.change];
        for (place, moment) in out[24..].as_chunks_mut::<4>().0.iter_mut().zip(moments) {
            *place = moment.unwrap_or(0).to_le_bytes();
        }
        out
    }

    fn read(bytes: &[u8; ROW]) -> Row {
        let (eights, fours) = (bytes[..24].as_chunks::<8>().0, bytes[24..].as_chunks::<4>().0);
        let number = |at: usize| u64::from_le_bytes(eights[at]);
        let moment = |at: usize| Some(u32::from_le_bytes(fours[at])).filter(|&seconds| seconds > 0);
        let seen = Seen { first: moment(0), last: moment(1), change: moment(2) };
        Row { id: number(0), content: number(1), offset: number(2), seen }
    }
}

impl Rows {
    fn sorted(mut rows: Vec<Row>) -> Rows {
        rows.par_sort_unstable_by_key(|row| row.id);
        Rows(rows)
    }

    fn of(&self, id: u64) -> Option<&Row> {
        self.0.binary_search_by_key(&id, |row| row.id).ok().map(|at| &self.0[at])
    }

    /// Of entities that come after those of `before`, `at` a time; without a time it is known only what the publisher says.
    fn next(entities: &[Entity], reading: &Reading, before: Option<&Rows>, at: Option<u32>) -> Rows {
        let row = |entity: &Entity| {
            let says = reading.seen.get(entity.id.as_str()).copied().unwrap_or_default();
            // Texts only: JSON can always write them.
            let line = serde_json::to_vec(entity).unwrap_or_default();
            (Row::new(entity.id.as_str(), &line, says, before, at), line.len() as u64 + 1)
        };
        let rows: Vec<(Row, u64)> = entities.par_iter().map(row).collect();
        let mut offset = 0;
        let placed = rows.into_iter().map(|(row, length)| {
            offset += length;
            Row { offset: offset - length, ..row }
        });
        Rows::sorted(placed.collect())
    }

    /// Of the lines of a stored version.
    fn of_stored(folder: &Folder, entry: &Entry, version: &str, before: Option<&Rows>) -> Result<Rows, NodeError> {
        #[derive(serde::Deserialize)]
        struct Id {
            id: String,
        }
        let list = ListLines::open(folder, &entry.dataset, version)?;
        let (at, mut rows) = (moment(&entry.at), Vec::new());
        list.each_block(version, |lines, lines_before| {
            rows.extend(of_lines(lines, |i, offset, line| {
                let wrong = |e: serde_json::Error| list.damaged(format!("line {}: {e}", lines_before + i + 1));
                let Id { id } = serde_json::from_slice(line).map_err(wrong)?;
                Ok(Row { offset, ..Row::new(&id, line, Seen::default(), before, at) })
            })?);
            Ok(())
        })?;
        Ok(Rows::sorted(rows))
    }

    /// Reads the file of a version; none when there is none, or it is not whole.
    pub(crate) fn read(folder: &Folder, dataset: &str, version: &str) -> Option<Rows> {
        let bytes = fs::read(place(folder, dataset, version)).ok()?;
        let (rows, rest) = bytes.strip_prefix(MAGIC)?.as_chunks::<ROW>();
        let rows = Rows(rows.iter().map(Row::read).collect());
        (rest.is_empty() && rows.0.is_sorted_by_key(|row| row.id)).then_some(rows)
    }

    /// What is known of lists that are in memory: what their publisher says.
    pub(crate) fn in_memory(reading: &Reading) -> Rows {
        let said = |entity: &Entity| reading.seen.contains_key(entity.id.as_str());
        let said: Vec<Entity> = reading.entities.iter().filter(|entity| said(entity)).cloned().collect();
        Rows::next(&said, reading, None, None)
    }
}

fn place(folder: &Folder, dataset: &str, version: &str) -> PathBuf {
    folder.list(dataset, version).join("seen")
}

/// What is known of the entities of the version that a list had last; what no file says is worked out of the versions that are kept.
pub(crate) fn before(folder: &Folder, current: &Current, dataset: &str) -> Option<Rows> {
    let history = current.history(folder);
    let own: Vec<&Entry> = history.iter().filter(|entry| entry.dataset == dataset).collect();
    let read = |entry: &Entry| Rows::read(folder, dataset, entry.version.as_deref()?);
    let known = own.iter().enumerate().rev().find_map(|(at, entry)| Some((at + 1, read(entry)?)));
    let (from, mut rows) = known.map_or((0, None), |(from, rows)| (from, Some(rows)));
    for entry in &own[from..] {
        let Some(version) = &entry.version else { continue };
        // A version that was swept, or is damaged, says nothing.
        rows = Rows::of_stored(folder, entry, version, rows.as_ref()).ok().or(rows);
    }
    rows
}

/// Writes what is known of the entities of a version.
pub(crate) fn write(
    folder: &Folder,
    about: &ListAbout,
    entities: &[Entity],
    reading: &Reading,
    before: Option<&Rows>,
) -> Result<(), NodeError> {
    let rows = Rows::next(entities, reading, before, moment(&about.loaded));
    write_whole_by(&place(folder, &about.dataset, &about.version), |out| {
        out.write_all(MAGIC)?;
        rows.0.iter().try_for_each(|row| out.write_all(&row.bytes()))
    })
}

/// What several lists know of their entities.
#[derive(Debug, Default)]
pub(crate) struct SeenIn(Vec<Known>);

/// What a list knows of its entities.
#[derive(Debug)]
struct Known {
    dataset: String,
    rows: Rows,
    /// When it was loaded last.
    loaded: Option<u32>,
    /// Its lines; none for a list that is in memory.
    lines: Option<ListLines>,
}

/// What one list says of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The list.
    pub dataset: String,
    /// The entity, as that list has it.
    pub entity: Entity,
    /// Since when, and when it changed there.
    pub seen: Seen,
}

impl SeenIn {
    /// Of the lists of a folder; of those of an earlier program nothing is known.
    pub(crate) fn of_folder(folder: &Folder, lists: &[ListAbout]) -> SeenIn {
        let read = |list: &ListAbout| {
            let rows = Rows::read(folder, &list.dataset, &list.version)?;
            let lines = ListLines::open(folder, &list.dataset, &list.version).ok();
            Some(Known { dataset: list.dataset.clone(), rows, loaded: moment(&list.loaded), lines })
        };
        SeenIn(lists.iter().filter_map(read).collect())
    }

    /// Of lists that are in memory.
    pub(crate) fn of_readings(readings: &[Reading]) -> SeenIn {
        let known = |reading: &Reading| Known {
            dataset: reading.dataset.clone(),
            rows: Rows::in_memory(reading),
            loaded: None,
            lines: None,
        };
        SeenIn(readings.iter().map(known).collect())
    }

    /// What is known of an entity by its ids: seen first in the first list that had it, seen last when one that has it was loaded last.
    pub(crate) fn of<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Seen {
        let mut seen = Seen::default();
        for id in ids {
            let id = hashed(id.as_bytes());
            for known in &self.0 {
                if let Some(row) = known.rows.of(id) {
                    seen = seen.and(known.seen(row));
                }
            }
        }
        seen
    }

    /// What each list says of an entity, by its ids, in the order of the ids and the lists.
    pub(crate) fn said<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<Vec<Said>, NodeError> {
        let mut all = Vec::new();
        for id in ids {
            for known in &self.0 {
                let row = known.rows.of(hashed(id.as_bytes()));
                let Some((row, lines)) = row.zip(known.lines.as_ref()) else { continue };
                let line = lines.line_at(row.offset)?;
                if hashed(&line) != row.content {
                    return Err(lines.damaged(format!("at byte {}: it is not the line that was stored", row.offset)));
                }
                let wrong = |what: String| lines.damaged(format!("at byte {}: {what}", row.offset));
                let text = std::str::from_utf8(&line).map_err(|error| wrong(error.to_string()))?;
                let entity = Entity::from_json(text).map_err(|error| wrong(error.to_string()))?;
                all.push(Said { dataset: known.dataset.clone(), entity, seen: known.seen(row) });
            }
        }
        Ok(all)
    }
}

impl Known {
    fn seen(&self, row: &Row) -> Seen {
        Seen { last: row.seen.last.or(self.loaded), ..row.seen }
    }
}

#[cfg(test)]
mod tests {
    use mihenk_lists::{Input, read_inputs};
    use proptest::prelude::*;

    use super::*;
    use crate::lists;

    const DAYS: [&str; 5] = [
        "2026-01-01T00:00:00Z",
        "2026-01-02T00:00:00Z",
        "2026-01-03T00:00:00Z",
        "2026-01-04T00:00:00Z",
        "2026-01-05T00:00:00Z",
    ];

    fn line((id, name, more): (&str, &str, &str)) -> String {
        format!(
            "{{\"id\":\"{id}\",\"schema\":\"Person\",\"datasets\":[\"x\"],\"properties\":{{\"name\":[\"{name}\"]}}{more}}}\n"
        )
    }

    fn reading(people: &[(&str, &str, &str)]) -> Reading {
        let bytes = people.iter().copied().map(line).collect::<String>().into_bytes();
        read_inputs(&[Input { name: "x.json".to_owned(), bytes }]).unwrap().remove(0)
    }

    /// When an entity was first seen and changed, as days of January 2026.
    type Days = Box<dyn Fn(&str) -> (u32, u32)>;

    /// Stores a version and puts it in use; gives what is known then of an id, as days of January 2026.
    fn stored(folder: &Folder, at: &str, people: &[(&str, &str, &str)]) -> Days {
        let lock = folder.lock().unwrap();
        let (abouts, next) = lists::store(folder, &lock, &[reading(people)], at).unwrap();
        folder.set_current(&lock, &next).unwrap();
        let rows = Rows::read(folder, "x", &abouts[0].version).unwrap();
        let day = |moment: Option<u32>| moment.map_or(0, |at| (at - moment_of_january()) / 86_400 + 1);
        Box::new(move |id: &str| {
            let seen = rows.of(hashed(id.as_bytes())).unwrap().seen;
            (day(seen.first), day(seen.change))
        })
    }

    fn moment_of_january() -> u32 {
        moment(DAYS[0]).unwrap()
    }

    #[test]
    fn who_is_new_who_changed_and_who_stayed() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let of = stored(&folder, DAYS[0], &[("a", "Kerem", ""), ("b", "Zerrin", "")]);
        assert_eq!((of("a"), of("b")), ((1, 1), (1, 1)));
        let of = stored(&folder, DAYS[1], &[("a", "Kerem", ""), ("b", "Zerrin Hanım", ""), ("c", "Emre", "")]);
        assert_eq!((of("a"), of("b"), of("c")), ((1, 1), (1, 2), (2, 2)));
        // The same again, and back to how it was.
        let of = stored(&folder, DAYS[2], &[("a", "Kerem", ""), ("b", "Zerrin Hanım", ""), ("c", "Emre", "")]);
        assert_eq!((of("a"), of("b"), of("c")), ((1, 1), (1, 2), (2, 2)));
        let of = stored(&folder, DAYS[3], &[("a", "Kerem", ""), ("b", "Zerrin", "")]);
        assert_eq!((of("a"), of("b")), ((1, 1), (1, 4)));
    }

    #[test]
    fn what_the_publisher_says_stands_above_what_was_seen_here() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let says =
            ",\"first_seen\":\"2026-01-03T12:00:00\",\"last_change\":\"2026-01-04\",\"last_seen\":\"2026-01-05\"";
        let of = stored(&folder, DAYS[4], &[("a", "Kerem", says), ("b", "Zerrin", "")]);
        assert_eq!((of("a"), of("b")), ((3, 4), (5, 5)));
        // Another day on which only the publisher's clock has gone on is the same version.
        let later = says.replace("2026-01-05", "2026-01-06");
        let lists = |more: &str| lists::version_of(&reading(&[("a", "Kerem", more)]).entities);
        assert_eq!(lists(says), lists(&later));
    }

    #[test]
    fn what_a_list_says_is_read_where_it_stands() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let people = [("a", "Kerem", ""), ("b", "Zerrin", ""), ("c", &"x".repeat(100_000), "")];
        let _ = stored(&folder, DAYS[0], &people);
        let lists = lists::show(&folder).unwrap();
        let said = |ids: &[&str]| SeenIn::of_folder(&folder, &lists).said(ids.iter().copied());
        for (id, name, _) in people {
            let all = said(&["nobody", id]).unwrap();
            assert_eq!((all.len(), all[0].entity.first("name"), all[0].dataset.as_str()), (1, Some(name), "x"));
            assert_eq!(all[0].seen.change, moment(DAYS[0]));
        }
        let file = folder.list("x", &lists[0].version).join("entities.jsonl");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("Zerrin", "Zerren")).unwrap();
        assert!(said(&["a"]).is_ok() && said(&["b"]).unwrap_err().to_string().contains("not the line"));
        fs::write(&file, "").unwrap();
        assert!(said(&["a"]).is_err());
    }

    #[test]
    fn versions_of_an_earlier_program_are_worked_through() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let _ = stored(&folder, DAYS[0], &[("a", "Kerem", ""), ("b", "Zerrin", "")]);
        let _ = stored(&folder, DAYS[1], &[("a", "Kerem", ""), ("b", "Zerrin Hanım", "")]);
        for version in crate::versions::stored(&folder) {
            fs::remove_file(super::place(&folder, "x", &version.version)).unwrap();
        }
        let of = stored(&folder, DAYS[2], &[("a", "Kerem Bey", ""), ("b", "Zerrin Hanım", ""), ("c", "Emre", "")]);
        assert_eq!((of("a"), of("b"), of("c")), ((1, 3), (1, 2), (3, 3)));
    }

    #[test]
    fn of_several_lists_the_first_and_the_last_count() {
        let rows =
            |says: &str| Rows::next(&reading(&[("a", "K", says)]).entities, &reading(&[("a", "K", says)]), None, None);
        let one = rows(",\"first_seen\":\"2026-01-02\",\"last_change\":\"2026-01-04\"");
        let other = rows(",\"first_seen\":\"2026-01-01\",\"last_change\":\"2026-01-03\",\"last_seen\":\"2026-01-05\"");
        let known = |rows, loaded| Known { dataset: "x".to_owned(), rows, loaded, lines: None };
        let seen = SeenIn(vec![known(one, moment(DAYS[3])), known(other, None)]).of(["a"].into_iter());
        assert_eq!(seen, Seen { first: moment(DAYS[0]), last: moment(DAYS[4]), change: moment(DAYS[3]) });
        assert!(SeenIn::default().of(["a"].into_iter()).is_unknown());
    }

    proptest! {
        #[test]
        fn any_file_is_read_or_is_none(bytes in prop::collection::vec(any::<u8>(), 0..120), is_ours in any::<bool>()) {
            let place = tempfile::tempdir().unwrap();
            let folder = Folder::new(place.path().to_owned());
            fs::create_dir_all(folder.list("x", "1")).unwrap();
            let bytes = if is_ours { [&MAGIC[..], &bytes].concat() } else { bytes };
            fs::write(super::place(&folder, "x", "1"), &bytes).unwrap();
            if let Some(rows) = Rows::read(&folder, "x", "1") {
                prop_assert_eq!(rows.0.len() * ROW + MAGIC.len(), bytes.len());
            }
        }
    }
}
