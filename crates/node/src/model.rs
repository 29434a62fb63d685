//! Makes and opens models.
//!
//! In come lists, background counts and judged queries as files; out comes a model file with an account of itself. A
//! background file has a word and a share on each line (`data/background/` shows the form); a file of judged queries has a
//! query in yente's form on each line, with `expected` (ids of the entities it is), `category` and `soft`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mihenk_screening::{
    bits::Bits,
    making::{Inputs, background::Background, examples::Judged, make, measure::Report},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
};

use crate::{
    error::NodeError,
    folder::write_whole,
    records::{assemble, for_index},
};

/// What a model is to be made from.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    /// List files.
    pub lists: Vec<PathBuf>,
    /// Background counts; files that name one population are counted together.
    pub backgrounds: Vec<PathBuf>,
    /// Judged queries.
    pub judged: Vec<PathBuf>,
    /// One line: what it is.
    pub title: String,
}

/// Scores from the one below which nothing is returned, with the evidence that reaches each and the probability, in millionths, where one in so many of those who are screened is listed.
#[must_use]
pub fn score_points(model: &Model, one_in: u32) -> Vec<(Score, Bits, u32)> {
    let base_rate = BaseRate { one_in };
    let point = |score: u16| {
        let bits = model.scale.bits_at(Score(score));
        (Score(score), bits, model.calibration.probability(bits, base_rate))
    };
    (Score::CUTOFF.0..Score::FULL.0).step_by(100).map(point).collect()
}

/// Opens a model file, or takes the one that comes with the program.
///
/// # Errors
/// When the file cannot be read or is no model.
pub fn open(path: Option<&Path>) -> Result<Model, NodeError> {
    let Some(path) = path else { return Ok(Model::built_in()) };
    let bytes = fs::read(path).map_err(NodeError::io(path))?;
    Model::from_bytes(&bytes).map_err(|source| NodeError::Model { path: path.to_owned(), source })
}

/// Makes a model and writes it.
///
/// # Errors
/// When a file cannot be read, understood or written.
pub fn build(recipe: &Recipe, out: &Path) -> Result<(Model, Report), NodeError> {
    let readings = mihenk_lists::read_files(&recipe.lists)?;
    let mut described: Vec<String> = readings
        .iter()
        .map(|r| {
            format!("{}: {} records, for names and as what judged queries are screened against", r.dataset, r.records)
        })
        .collect();
    // The names of each list as they stand in it: what is merged later changes no model.
    let lists: Vec<Vec<_>> = readings.into_iter().map(|r| r.entities).collect();
    let profiles = assemble(&lists);
    let entities: Vec<_> = profiles.iter().map(for_index).collect();
    let backgrounds = backgrounds(&recipe.backgrounds)?;
    described.extend(backgrounds.iter().map(|b| format!("{}: {} words", b.title, b.words.len())));
    let mut judged = Vec::new();
    for path in &recipe.judged {
        let more = read_judged(path)?;
        let listed = more.iter().filter(|j| j.is_listed()).count();
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        described.push(format!("{name}: {} judged queries, {listed} of them listed", more.len()));
        judged.extend(more);
    }
    let inputs = Inputs {
        lists: &entities,
        backgrounds: &backgrounds,
        judged: &judged,
        title: recipe.title.clone(),
        inputs: described,
    };
    let (model, report) = make(&inputs)?;
    write_whole(out, &model.to_bytes())?;
    Ok((model, report))
}

/// Reads background counts; a person of one population has a word of each of its files.
fn backgrounds(paths: &[PathBuf]) -> Result<Vec<Background>, NodeError> {
    let mut all: Vec<Background> = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(NodeError::io(path))?;
        let read = Background::read(&name, &text).and_then(|background| background.add_to(&mut all));
        read.map_err(|e| NodeError::Input { file: name, what: e.to_string() })?;
    }
    Ok(all)
}

fn read_judged(path: &Path) -> Result<Vec<Judged>, NodeError> {
    let text = fs::read_to_string(path).map_err(NodeError::io(path))?;
    let wrong = |line: usize, e: mihenk_entities::EntityError| NodeError::Input {
        file: path.display().to_string(),
        what: format!("line {}: {e}", line + 1),
    };
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(i, line)| Judged::from_json(line).map_err(|e| wrong(i, e))).collect()
}
