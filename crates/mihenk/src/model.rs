//! `mihenk model`: what weighs the evidence, and how to make another one.

use mihenk_node::{
    Model,
    model::{Recipe, build},
};

use crate::{
    Outcome,
    cli::{ModelBuild, ModelCommand, Place},
    paint::Paint,
};

pub(crate) fn run(place: &Place, command: ModelCommand) -> anyhow::Result<Outcome> {
    match command {
        ModelCommand::Show { all, json } => {
            let model = place.model()?;
            if json {
                println!("{}", serde_json::to_string(&model.described())?);
            } else {
                print_model(&model, all);
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
    print_model(&model, false);
    println!("\nwritten to {}; use it with --model or MIHENK_MODEL", asked.out.display());
    Ok(())
}

fn print_model(model: &Model, all: bool) {
    let paint = Paint::for_stdout();
    let described = model.described();
    println!("{}  model {}", paint.strong(&paint.foreign(&described.about.title)), described.id);
    println!("\nMade from");
    described.about.inputs.iter().for_each(|line| println!("  {}", paint.foreign(line)));
    println!("\nMeasured");
    described.about.measured.iter().for_each(|line| println!("  {}", paint.foreign(line)));
    println!(
        "\nScore 0.70 stands at {} bits of evidence. Known keys of names: {}",
        described.threshold,
        described.known.join(", ")
    );
    if !all {
        println!("{}", paint.dim("'mihenk model show --all' shows every weight and cost"));
        return;
    }
    for (title, rows) in [("Weights, in bits", &described.weights), ("Costs of change, in bits", &described.costs)] {
        println!("\n{title}");
        rows.iter().for_each(|(name, bits)| println!("  {bits:>8}  {name}"));
    }
    println!("\nCalibration: bits of evidence → log2 odds at even prior odds");
    described.calibration.iter().for_each(|(bits, odds)| println!("  {bits:>8} → {odds:>8}"));
}
