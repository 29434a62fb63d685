//! `mihenk compare`: two names, or a file of pairs.

use std::{
    fs::File,
    io::{BufReader, BufWriter},
    path::Path,
};

use anyhow::{Context, bail};
use mihenk_node::{BaseRate, answer, compare};

use crate::{
    Outcome,
    cli::{Compare, Place},
    paint::{Paint, count},
    report,
};

pub(crate) fn run(place: &Place, asked: &Compare) -> anyhow::Result<Outcome> {
    let base_rate = BaseRate { one_in: asked.base_rate };
    if let (Some(file), Some(out)) = (&asked.batch, &asked.out) {
        return run_file(place, file, out, base_rate, asked.threshold);
    }
    let [first, second] = asked.names.as_slice() else { bail!("two names are needed") };
    let model = place.model()?;
    let compared = compare::names(&model, &asked.schema, first, second, base_rate).map_err(anyhow::Error::msg)?;
    let matched = compared.score.as_f64() >= asked.threshold;
    if asked.json {
        let out = serde_json::json!({
            "name1": first,
            "name2": second,
            "schema": asked.schema,
            "score": compared.score.as_f64(),
            "match": matched,
            "probability": answer::share(compared.probability),
            "base_rate": base_rate.to_string(),
            "bits": compared.bits.as_f64(),
            "explanation": answer::lines(&compared.explanation),
            "model": model.short_id(),
        });
        println!("{out}");
    } else {
        let paint = Paint::for_stdout();
        let verdict = if matched { paint.bad("match") } else { paint.good("no match") };
        let score = paint.strong(&format!("{:.4}", compared.score.as_f64()));
        println!("{verdict}  score {score}  {}", report::probability(compared.probability, base_rate));
        print!("{}", report::waterfall(&compared.explanation, "  ", paint));
    }
    Ok(if matched { Outcome::Hits } else { Outcome::Done })
}

fn run_file(place: &Place, file: &Path, out: &Path, base_rate: BaseRate, threshold: f64) -> anyhow::Result<Outcome> {
    let name = file.display().to_string();
    let input = BufReader::new(File::open(file).with_context(|| format!("{name} cannot be read"))?);
    let output = BufWriter::new(File::create(out).with_context(|| format!("{} cannot be written", out.display()))?);
    let summary = compare::file(&place.model()?, &name, input, output, base_rate, threshold)?;
    eprintln!(
        "{name}: {} pairs compared, {} at or above {threshold:.2}, {} could not be compared; rows in {}",
        count(summary.pairs as usize),
        count(summary.matched as usize),
        count(summary.errors as usize),
        out.display()
    );
    for error in &summary.first_errors {
        eprintln!("  {error}");
    }
    Ok(if summary.matched > 0 { Outcome::Hits } else { Outcome::Done })
}
