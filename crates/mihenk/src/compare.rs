//! `mihenk compare`: two names, or a file of pairs.
//!
//! In come two names or a CSV file with the columns `schema`, `name1`, `name2`; out comes the evidence that one and the same
//! is meant: for a person, as JSON, or as columns behind those of the file. No list is needed, only the model.

use std::path::Path;

use anyhow::bail;
use mihenk_node::{BaseRate, answer, compare};

use crate::{
    Outcome,
    cli::{Compare, Place},
    files::{Output, input, name_of, progress_bar},
    paint::{Paint, count},
    report, say,
};

pub(crate) fn run(place: &Place, asked: &Compare) -> anyhow::Result<Outcome> {
    let base_rate = BaseRate { one_in: asked.base_rate };
    if let Some(file) = &asked.batch {
        return run_file(place, file, &asked.out, base_rate, asked.threshold);
    }
    let [first, second] = asked.names.as_slice() else { bail!("two names are needed") };
    let model = place.model()?;
    let compared = compare::names(&model, &asked.schema, first, second, base_rate).map_err(anyhow::Error::msg)?;
    let matched = compared.weighed.score.as_f64() >= asked.threshold;
    if asked.json {
        let out = serde_json::json!({
            "name1": first,
            "name2": second,
            "schema": asked.schema,
            "score": compared.weighed.score.as_f64(),
            "match": matched,
            "probability": answer::share(compared.weighed.probability),
            "base_rate": base_rate.to_string(),
            "bits": compared.weighed.bits.as_f64(),
            "explanation": answer::lines(&compared.explanation),
            "model": model.short_id(),
        });
        say::line(&out.to_string())?;
    } else {
        let paint = Paint::for_stdout();
        let verdict = if matched { paint.bad("match") } else { paint.good("no match") };
        let score = paint.strong(&format!("{:.4}", compared.weighed.score.as_f64()));
        let likely = report::probability(compared.weighed.probability, base_rate);
        let waterfall = report::waterfall(&compared.explanation, "  ", paint);
        say::out(&format!("{verdict} · score {score} · {likely}\n{waterfall}"))?;
    }
    Ok(if matched { Outcome::Hits } else { Outcome::Done })
}

fn run_file(place: &Place, file: &Path, out: &Path, base_rate: BaseRate, threshold: f64) -> anyhow::Result<Outcome> {
    let (name, (reader, length)) = (name_of(file), input(file)?);
    let pairs = compare::Pairs::open(&name, reader)?;
    let model = place.model()?;
    let mut output = Output::create(out, file)?;
    let bar = progress_bar(length, out);
    let summary = compare::file(&model, pairs, &mut output, base_rate, threshold, |bytes| bar.set_position(bytes))?;
    bar.finish_and_clear();
    output.finish()?;
    say::note(&format!(
        "{name}: {} pairs compared, {} at or above {threshold:.2}, {} could not be compared; model {}",
        count(summary.pairs as usize),
        count(summary.matched as usize),
        count(summary.errors as usize),
        model.short_id()
    ));
    summary.first_errors.iter().for_each(|error| say::note(&format!("  {error}")));
    if summary.errors as usize > summary.first_errors.len() {
        say::note("  … each is answered in its row");
    }
    Ok(if summary.matched > 0 { Outcome::Hits } else { Outcome::Done })
}
