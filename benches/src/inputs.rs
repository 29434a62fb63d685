//! The inputs: a folder of real lists, queries and labelled pairs, and what of it each row reads.
//!
//! In comes a folder (`--shared DIR`, else `MIHENK_SHARED`, else `../shared/data` beside the workspace), out come entities,
//! judged queries and names. A file that is missing is an error that names it and the folder. What several rows need and
//! takes long ([`crate::held_out`]) is made once.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::{Context, bail};
use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_node::Model;
use mihenk_screening::making::{background::Background, examples::Judged};

use crate::held_out::HeldOut;

/// The UN's list and both of OFAC's.
pub(crate) const LISTS: &[&str] = &[
    "lists/un_consolidated.xml",
    "lists/ofac/sdn.csv",
    "lists/ofac/alt.csv",
    "lists/ofac/add.csv",
    "lists/ofac/sdn_comments.csv",
    "lists/ofac/cons_prim.csv",
    "lists/ofac/cons_alt.csv",
    "lists/ofac/cons_add.csv",
];
/// Judged queries.
pub(crate) const QUERIES: &str = "screening_dev/queries.jsonl";
/// What they are screened against.
pub(crate) const INDEX: &str = "screening_dev/index.ftm.jsonl.gz";
/// Labelled pairs of names.
pub(crate) const CASES: &str = "name_bench/cases.csv";
/// Labelled pairs of entities.
pub(crate) const CHECKS: &str = "name_bench/checks.yml";
/// Invented people who are on no list.
pub(crate) const PEOPLE: [&str; 2] = ["fixtures/unlisted_people.csv", "fixtures/unlisted_people_us.csv"];

/// A folder of inputs.
pub(crate) struct Inputs {
    folder: PathBuf,
    shows_misses: bool,
    held_out: OnceLock<HeldOut>,
}

/// A labelled pair of names.
pub(crate) struct Case {
    pub(crate) schema: Schema,
    pub(crate) names: [String; 2],
    pub(crate) same: bool,
}

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn workspace() -> &'static Path {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    benches.parent().unwrap_or(benches)
}

impl Inputs {
    /// The folder given, else the one of the environment, else the usual one.
    pub(crate) fn at(folder: Option<PathBuf>, shows_misses: bool) -> Inputs {
        let folder = folder
            .or_else(|| env::var_os("MIHENK_SHARED").map(PathBuf::from))
            .unwrap_or_else(|| workspace().join("../shared/data"));
        Inputs { folder, shows_misses, held_out: OnceLock::new() }
    }

    /// Says which of these files are missing, if any is.
    pub(crate) fn require(&self, files: &[&str]) -> anyhow::Result<()> {
        let missing: Vec<&str> = files.iter().copied().filter(|f| !self.path(f).is_file()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        bail!(
            "missing {}; looked in {} (another folder: --shared DIR or MIHENK_SHARED)",
            missing.join(", "),
            self.folder.display()
        )
    }

    /// Prints something that was answered wrongly, for those who want to see it (`--misses`).
    pub(crate) fn miss(&self, what: impl FnOnce() -> String) {
        if self.shows_misses {
            eprintln!("miss: {}", what());
        }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The files of the UN's list and of both of OFAC's.
    pub(crate) fn list_files(&self) -> Vec<PathBuf> {
        LISTS.iter().map(|f| self.path(f)).collect()
    }

    /// The entities of these lists that are screened.
    pub(crate) fn listed(&self) -> anyhow::Result<Vec<Entity>> {
        let readings = mihenk_lists::read_files(&self.list_files())?;
        let all = readings.into_iter().flat_map(|r| r.entities);
        Ok(all.filter(|e| e.schema.is_matchable() && !e.schema.is("Address")).collect())
    }

    /// A text file, unpacked if it is packed.
    fn text(&self, file: &str) -> anyhow::Result<String> {
        let path = self.path(file);
        let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut text = String::new();
        let read = if file.ends_with(".gz") {
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text)
        } else {
            bytes.as_slice().read_to_string(&mut text)
        };
        read.with_context(|| format!("{} cannot be read as text", path.display()))?;
        Ok(text)
    }

    /// Reads the lines of a file, one thing each.
    fn lines<T>(&self, file: &str, read: impl Fn(&str) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
        let text = self.text(file)?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(i, line)| read(line).with_context(|| format!("{file}, line {}", i + 1))).collect()
    }

    /// The entities that the judged queries are screened against.
    pub(crate) fn dev_index(&self) -> anyhow::Result<Vec<Entity>> {
        self.lines(INDEX, |line| Ok(Entity::from_json(line)?))
    }

    /// The judged queries.
    pub(crate) fn judged(&self) -> anyhow::Result<Vec<Judged>> {
        self.lines(QUERIES, |line| Ok(Judged::from_json(line)?))
    }

    /// The labelled pairs of names.
    pub(crate) fn cases(&self) -> anyhow::Result<Vec<Case>> {
        let text = self.text(CASES)?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = columns(reader.headers()?, ["schema", "name1", "name2", "is_match"])?;
        let mut cases = Vec::new();
        for row in reader.records() {
            let row = row?;
            let [schema, first, second, same] = columns.map(|c| row.get(c).unwrap_or_default().to_owned());
            let schema = Schema::named(&schema).with_context(|| format!("{CASES}: '{schema}' is no schema"))?;
            cases.push(Case { schema, names: [first, second], same: same == "true" });
        }
        Ok(cases)
    }

    /// Every `step`th of the invented people, as entities.
    pub(crate) fn people(&self, step: usize) -> anyhow::Result<Vec<Entity>> {
        const COLUMNS: [(&str, &str); 5] = [
            ("full_name", "name"),
            ("date_of_birth", "birthDate"),
            ("place_of_birth", "birthPlace"),
            ("nationality", "nationality"),
            ("gender", "gender"),
        ];
        let schema = Schema::named("Person").context("there is no schema Person")?;
        let mut people = Vec::new();
        for file in PEOPLE {
            let text = self.text(file)?;
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let columns = columns(reader.headers()?, COLUMNS.map(|c| c.0))?;
            for (i, row) in reader.records().enumerate().step_by(step) {
                let row = row?;
                let mut person = Entity::new(EntityId::new(format!("{}-{i}", people.len()))?, schema);
                for (column, (_, property)) in columns.iter().zip(COLUMNS) {
                    person.add(property, row.get(*column).unwrap_or_default());
                }
                people.push(person);
            }
        }
        Ok(people)
    }

    /// The labelled pairs of entities as they stand.
    pub(crate) fn checks(&self) -> anyhow::Result<String> {
        self.text(CHECKS)
    }

    /// What cross-validation on the judged queries gave; made when it is first asked for.
    pub(crate) fn held_out(&self) -> anyhow::Result<&HeldOut> {
        if let Some(made) = self.held_out.get() {
            return Ok(made);
        }
        let made = HeldOut::make(&self.dev_index()?, &self.judged()?, &backgrounds()?)?;
        Ok(self.held_out.get_or_init(|| made))
    }
}

/// The model that comes with the program.
pub(crate) fn model() -> Model {
    Model::built_in()
}

fn columns<const N: usize>(header: &csv::StringRecord, names: [&str; N]) -> anyhow::Result<[usize; N]> {
    let mut found = [0; N];
    for (slot, name) in found.iter_mut().zip(names) {
        *slot = header.iter().position(|c| c == name).with_context(|| format!("there is no column '{name}'"))?;
    }
    Ok(found)
}

/// The background populations in `data/background`, in the form that `mihenk model build` reads.
pub(crate) fn backgrounds() -> anyhow::Result<Vec<Background>> {
    let folder = workspace().join("data/background");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let mut all: Vec<Background> = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path.display().to_string();
        Background::read(&name, &text).and_then(|b| b.add_to(&mut all)).with_context(|| name)?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_named_with_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = Inputs::at(Some(folder.path().to_owned()), false);
        assert!(inputs.require(&[]).is_ok());
        let error = inputs.require(&[CASES, CHECKS]).unwrap_err().to_string();
        assert!(error.contains(CASES) && error.contains(CHECKS), "{error}");
        assert!(error.contains(&folder.path().display().to_string()), "{error}");
    }

    #[test]
    fn the_backgrounds_of_the_tree_are_read() {
        let all = backgrounds().unwrap();
        assert!(all.iter().all(|b| !b.title.is_empty() && b.words.len() > 100));
    }
}
