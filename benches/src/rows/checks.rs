//! Labelled pairs of whole entities at the threshold.
//!
//! In come the checks of the nomenklatura project: a query, a candidate, whether they are one. For each an index of the one
//! candidate is built and the query is screened against it, so the whole engine is measured and not only the comparison. The
//! set only measures.

use anyhow::{Context, ensure};
use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, build::build},
    model::{Model, calibration::Score},
    record::Record,
    screener::{Options, Screener},
};
use yaml_rust2::{Yaml, YamlLoader};

use crate::{
    counts::Counts,
    inputs::{Inputs, model},
    levenshtein::{folded, similarity},
    row::{Line, Measured},
};

const F1_ASKED: f64 = 0.95;

/// A labelled pair.
struct Check {
    query: Entity,
    candidate: Entity,
    same: bool,
}

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let checks = read(&inputs.checks()?)?;
    let model = model();
    let scores: Vec<Score> = checks.iter().map(|check| score(&model, check)).collect::<anyhow::Result<_>>()?;
    let said = checks.iter().zip(&scores).map(|(check, score)| (check.same, *score >= Score::THRESHOLD));
    let counts = Counts::of(said.clone());
    for ((check, score), _) in checks.iter().zip(&scores).zip(said).filter(|(_, (truth, said))| truth != said) {
        let (query, candidate) = (&check.query.properties, &check.candidate.properties);
        inputs.miss(|| format!("same {}, score {:.4}: {query:?} {candidate:?}", check.same, score.as_f64()));
    }
    let alike = |c: &Check| similarity(&folded(c.query.caption()), &folded(c.candidate.caption())) >= 0.70;
    let baseline = Counts::of(checks.iter().map(|check| (check.same, alike(check))));
    Ok(Measured::of([Line {
        what: format!("{} labelled pairs of entities (`checks.yml`), at 0.70", checks.len()),
        figure: counts.line(),
        asked: format!("F1 ≥ {F1_ASKED}"),
        reached: Some(counts.f1() >= F1_ASKED),
        baseline: format!("Levenshtein on the names: {}", baseline.line()),
        runs: String::new(),
    }]))
}

fn score(model: &Model, check: &Check) -> anyhow::Result<Score> {
    let index = Index::from_bytes(&build(std::slice::from_ref(&check.candidate), model, [0; 32]))?;
    let screener = Screener { index: &index, model };
    let options = Options { cutoff: Score(500), ..Options::default() };
    let hits = screener.screen(&Record::of(&check.query), &options, &mut Scratch::default());
    Ok(hits.first().map_or(Score(0), |hit| hit.score))
}

/// Reads `checks:`, a list of `match`, `schema`, `query` and `candidate`.
fn read(text: &str) -> anyhow::Result<Vec<Check>> {
    let documents = YamlLoader::load_from_str(text)?;
    let list = documents.first().and_then(|d| d["checks"].as_vec()).context("there is no list 'checks'")?;
    let read_one = |(i, check): (usize, &Yaml)| {
        let number = || format!("check {}", i + 1);
        let schema = check["schema"].as_str().with_context(number)?;
        let schema = Schema::named(schema).with_context(|| format!("{}: schema '{schema}'", number()))?;
        let same = check["match"].as_bool().with_context(number)?;
        let side = |side: &str| entity(side, schema, &check[side]).with_context(number);
        Ok(Check { query: side("query")?, candidate: side("candidate")?, same })
    };
    list.iter().enumerate().map(read_one).collect()
}

fn entity(id: &str, schema: Schema, properties: &Yaml) -> anyhow::Result<Entity> {
    let mut entity = Entity::new(EntityId::new(id)?, schema);
    let properties = properties.as_hash().with_context(|| format!("'{id}' has no properties"))?;
    for (property, values) in properties {
        let property = property.as_str().context("a property without a name")?;
        let values = values.as_vec().map_or(std::slice::from_ref(values), Vec::as_slice);
        for value in values {
            entity.add(property, text(value).with_context(|| format!("{id}.{property} is no text"))?);
        }
    }
    ensure!(!entity.properties.is_empty(), "'{id}' has no properties");
    Ok(entity)
}

fn text(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) | Yaml::Real(text) => Some(text.clone()),
        Yaml::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_read_with_all_its_values() {
        let text = "checks:\n  - match: true\n    schema: Person\n    label: none\n    query:\n      name: [A B, C D]\n    candidate:\n      firstName: A\n      lastName: B\n      birthDate: 1962\n";
        let checks = read(text).unwrap();
        assert_eq!(checks.len(), 1);
        assert!(checks[0].same);
        assert_eq!(checks[0].query.values("name"), ["A B", "C D"]);
        assert_eq!(checks[0].candidate.first("birthDate"), Some("1962"));
    }

    #[test]
    fn a_check_that_cannot_be_read_is_named() {
        let text = "checks:\n  - match: true\n    schema: Pirson\n    query: {name: A}\n    candidate: {name: A}\n";
        assert!(format!("{:#}", read(text).err().unwrap()).contains("check 1: schema 'Pirson'"));
        assert!(read("other: 1\n").is_err());
    }
}
