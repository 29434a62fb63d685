//! False hits on listed names with one word exchanged: the namesake, the brother, the sister company.
//!
//! Two sets. The kinds of that name in `screening_dev`, held out; and names made here from the UN's and OFAC's lists
//! ([`super::mined`]), screened against those lists by the built-in model. The model has seen other names made in a like way
//! from the same lists, so the second set is less of a surprise to it than life would be.

use anyhow::Context;
use mihenk_entities::Schema;
use mihenk_node::Node;
use mihenk_screening::{candidates::Scratch, record::Record, screener::Options};

use super::mined::{Exchanged, judged, one_word_exchanged};
use crate::{
    counts::Counts,
    inputs::{Inputs, model},
    row::{Line, Measured, percent, thousands},
};

/// Names made of each kind.
const EACH: usize = 2_000;
const ASKED: f64 = 0.05;

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let held_out = inputs.held_out()?;
    let mut lines = Vec::new();
    for (kind, who) in [("neg_hard_one_token", "people"), ("neg_company_one_token", "companies")] {
        let counts = held_out.counts(|a| a.category == kind);
        let what = format!("{} {who} of `screening_dev` (`{kind}`), held out, at 0.70", counts.negatives);
        lines.push(line(what, counts.false_rate()));
    }
    let node = Node::from_files(&inputs.list_files(), model())?;
    let listed = inputs.listed()?;
    for (schema, least, who) in [("Person", 3, "people"), ("Organization", 2, "companies")] {
        let schema = Schema::named(schema).context("a schema is missing")?;
        let names = one_word_exchanged(&listed, schema, least, EACH);
        let found = found(inputs, &node, schema, &names)?;
        let what = format!(
            "{} listed {who} (UN, OFAC) with one word of another put in its place, built-in model, at 0.70",
            thousands(names.len() as f64)
        );
        let all = Counts::of(found.iter().map(|found| (false, *found)));
        let only = names.iter().zip(&found).filter(|(name, _)| name.is_only_name);
        let only = Counts::of(only.map(|(_, found)| (false, *found)));
        let mut line = line(what, all.false_rate());
        let rate = percent(only.false_rate());
        line.figure.push_str(&format!(
            "; {rate} of the {} of entities without another name",
            thousands(only.negatives.into())
        ));
        lines.push(line);
    }
    Ok(Measured::of(lines))
}

fn line(what: String, false_rate: f64) -> Line {
    Line {
        what,
        figure: format!("false {}", percent(false_rate)),
        asked: "≤ 5 %".into(),
        reached: Some(false_rate <= ASKED),
        ..Line::default()
    }
}

/// Which of these names have a match.
fn found(inputs: &Inputs, node: &Node, schema: Schema, names: &[Exchanged]) -> anyhow::Result<Vec<bool>> {
    let (screener, options, mut scratch) = (node.screener(), Options::default(), Scratch::default());
    let one = |exchanged: &Exchanged| {
        let name = &exchanged.name;
        let query = judged(schema, name, Vec::new())?.query;
        let hits = screener.screen(&Record::of(&query), &options, &mut scratch);
        let hit = hits.first().filter(|hit| hit.is_match);
        if let Some(hit) = hit {
            let listed = hit.basis.names.map(|n| screener.index.name_text(&screener.index.names()[n.2 as usize]));
            let only = if exchanged.is_only_name { ", no other name" } else { "" };
            inputs.miss(|| format!("{name:?} is found as {:?}, bits {}{only}", listed.unwrap_or_default(), hit.bits));
        }
        Ok(hit.is_some())
    };
    names.iter().map(one).collect()
}
