//! `mihenk model`: what weighs the evidence, and how to make another one.
//!
//! In comes a model file, the built-in one, or what a new one is to be made from; out comes what the model was made from
//! and how it was measured, in words or as JSON. Nothing is fitted or measured here: `mihenk-node` makes models.

use mihenk_node::{
    Model,
    model::{Recipe, build},
};

use crate::{
    Outcome,
    cli::{ModelBuild, ModelCommand, Place},
    paint::{Paint, wrapped},
    say,
};

pub(crate) fn run(place: &Place, command: ModelCommand) -> anyhow::Result<Outcome> {
    match command {
        ModelCommand::Show { all, json } => {
            let model = place.model()?;
            if json {
                say::line(&serde_json::to_string(&model.described())?)?;
            } else {
                say::out(&told(&model, all))?;
            }
        }
        ModelCommand::Build(asked) => make(&asked)?,
    }
    Ok(Outcome::Done)
}

fn make(asked: &ModelBuild) -> anyhow::Result<()> {
    let recipe = Recipe {
        lists: asked.lists.clone(),
        backgrounds: asked.background.clone(),
        judged: asked.judged.clone(),
        title: asked.title.clone(),
    };
    let (model, _) = build(&recipe, &asked.out)?;
    say::out(&told(&model, false))?;
    say::note(&format!("written to {}; use it with --model or MIHENK_MODEL", asked.out.display()));
    Ok(())
}

fn told(model: &Model, all: bool) -> String {
    let paint = Paint::for_stdout();
    let described = model.described();
    let mut out = format!("{}  model {}\n", paint.strong(&paint.foreign(&described.about.title)), described.id);
    for (title, lines) in [("Made from", &described.about.inputs), ("Measured", &described.about.measured)] {
        out.push_str(&format!("\n{title}\n"));
        for line in lines.iter().flat_map(|l| wrapped(&paint.foreign(l), "  ", "    ")) {
            out.push_str(&format!("{line}\n"));
        }
    }
    let known = format!(
        "Score 0.70 stands at {} bits of evidence. Known keys of names: {}",
        described.threshold,
        described.known.join(", ")
    );
    out.push_str(&format!("\n{}\n", wrapped(&known, "", "  ").join("\n")));
    if !all {
        out.push_str(&format!("{}\n", paint.dim("'mihenk model show --all' shows every weight and cost")));
        return out;
    }
    for (title, rows) in [("Weights, in bits", &described.weights), ("Costs of change, in bits", &described.costs)] {
        out.push_str(&format!("\n{title}\n"));
        rows.iter().for_each(|(name, bits)| out.push_str(&format!("  {bits:>8}  {name}\n")));
    }
    for (of, points) in [("best hits", &described.calibration), ("two names", &described.calibration_of_pairs)] {
        out.push_str(&format!("\nCalibration of {of}: bits of evidence → log2 odds at even prior odds\n"));
        points.iter().for_each(|(bits, odds)| out.push_str(&format!("  {bits:>8} → {odds:>8}\n")));
    }
    out
}
