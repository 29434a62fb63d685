//! `mihenk screen`: one name, or a file of records.

use std::{
    fs::File,
    io::{BufReader, BufWriter, IsTerminal, Read, stderr},
    path::Path,
    time::Duration,
};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use mihenk_node::{
    BaseRate, Entity, EntityId, Node, Options, Schema, Scratch,
    answer::answer,
    batch::{self, Format},
    query::Query,
};

use crate::{
    Outcome,
    cli::{About, Place, Screen, score_of},
    paint::{Paint, count},
    report::{self, Detail},
};

pub(crate) fn run(place: &Place, screen: &Screen) -> anyhow::Result<Outcome> {
    let options = Options {
        limit: screen.limit,
        cutoff: score_of(screen.cutoff.min(screen.threshold)),
        threshold: score_of(screen.threshold),
        base_rate: BaseRate { one_in: screen.base_rate },
    };
    match (&screen.batch, &screen.out) {
        (Some(file), Some(out)) => run_batch(&place.node()?, file, out, &options),
        _ => run_one(place, screen, &options),
    }
}

fn run_one(place: &Place, screen: &Screen, options: &Options) -> anyhow::Result<Outcome> {
    let entity = entity(screen.name.as_deref(), &screen.about)?;
    let query = Query::of(&entity).map_err(anyhow::Error::msg)?;
    let node = place.node()?;
    let answer = answer(&node.screener(), &query, options, &mut Scratch::default());
    let matched = answer.results.iter().any(|r| r.hit.is_match);
    if screen.json {
        let mut out = serde_json::to_value(&answer)?;
        out["base_rate"] = serde_json::json!(format!("{}", options.base_rate));
        out["model"] = serde_json::json!(node.model().short_id());
        println!("{out}");
    } else {
        print_one(&node, screen, options, &answer.results);
    }
    Ok(if matched { Outcome::Hits } else { Outcome::Done })
}

fn print_one(node: &Node, screen: &Screen, options: &Options, results: &[mihenk_node::answer::Found]) {
    let paint = Paint::for_stdout();
    let asked = screen.name.as_deref().unwrap_or("(numbers only)");
    let lists = node.lists().len();
    let what = format!("{} entities of {lists} list{}", count(node.entity_count()), if lists == 1 { "" } else { "s" });
    println!(
        "{}  {}",
        paint.strong(&paint.foreign(asked)),
        paint.dim(&format!("against {what}, model {}", node.model().short_id()))
    );
    if results.is_empty() {
        println!("\nNothing found with a score of {:.2} or more.", options.cutoff.as_f64());
    }
    let detail = if screen.explain { Detail::Waterfall } else { Detail::Sentence };
    for (i, found) in results.iter().enumerate() {
        println!("\n{}", report::hit(node, found, i + 1, detail, options.base_rate, paint).trim_end());
    }
    for list in node.lists().iter().filter(|l| l.count("high") > 0) {
        eprintln!("\nwarning: {} may be incomplete; see 'mihenk lists show'", list.dataset);
    }
}

/// The record that the options describe.
pub(crate) fn entity(name: Option<&str>, about: &About) -> anyhow::Result<Entity> {
    let schema = about.schema.as_deref().unwrap_or("Thing");
    let Some(schema) = Schema::named(schema) else {
        bail!("--schema: '{schema}' is not a FollowTheMoney schema; write for example Person, Company, Vessel");
    };
    let mut entity = Entity::new(EntityId::new("query")?, schema);
    if let Some(name) = name {
        entity.add("name", name);
    }
    let single = about.gender.iter().map(|g| ("gender", g));
    let lists: [(&str, &Vec<String>); 7] = [
        ("alias", &about.alias),
        ("birthDate", &about.born),
        ("nationality", &about.country),
        ("birthPlace", &about.birth_place),
        ("passportNumber", &about.passport),
        ("idNumber", &about.id_number),
        ("imoNumber", &about.imo),
    ];
    for (property, value) in lists.iter().flat_map(|(p, values)| values.iter().map(move |v| (*p, v))).chain(single) {
        entity.add(country_property(property, schema), value.as_str());
    }
    for (property, value) in &about.with {
        if !Schema::all().any(|s| s.property(property).is_some()) {
            bail!("--with: '{property}' is not a FollowTheMoney property; write for example leiCode=…");
        }
        entity.add(property, value.as_str());
    }
    Ok(entity)
}

/// People have nationalities, everything else has countries.
fn country_property(property: &str, schema: Schema) -> &str {
    if property == "nationality" && !schema.is("Person") { "country" } else { property }
}

fn run_batch(node: &Node, file: &Path, out: &Path, options: &Options) -> anyhow::Result<Outcome> {
    let name = file.display().to_string();
    let opened = File::open(file).with_context(|| format!("{name} cannot be read"))?;
    let length = opened.metadata().map(|m| m.len()).unwrap_or(0);
    let mut start = [0; 64];
    let mut reader = opened;
    let read = reader.read(&mut start).with_context(|| format!("{name} cannot be read"))?;
    let input = BufReader::with_capacity(1 << 20, std::io::Cursor::new(start[..read].to_vec()).chain(reader));
    let format_out =
        if out.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) { Format::Csv } else { Format::JsonLines };
    let written = File::create(out).with_context(|| format!("{} cannot be written", out.display()))?;
    let output = BufWriter::with_capacity(1 << 20, written);
    let bar = progress_bar(length);
    let formats = (Format::of(&start[..read]), format_out);
    let summary = batch::screen(node, &name, input, output, formats, options, |bytes| bar.set_position(bytes))?;
    bar.finish_and_clear();
    tell(&summary, &name, out);
    Ok(if summary.matched > 0 { Outcome::Hits } else { Outcome::Done })
}

/// A bar on standard error, if somebody looks at it.
fn progress_bar(length: u64) -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {eta} left");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn tell(summary: &batch::Summary, name: &str, out: &Path) {
    eprintln!(
        "{}: {} records screened, {} with a match, {} with a possible hit, {} could not be asked; answers in {}",
        name,
        count(summary.records as usize),
        count(summary.matched as usize),
        count(summary.possible as usize),
        count(summary.errors as usize),
        out.display()
    );
    for error in &summary.first_errors {
        eprintln!("  {error}");
    }
    if summary.errors as usize > summary.first_errors.len() {
        eprintln!("  … each is answered in its place in the output");
    }
    for (property, times) in &summary.noticed.unknown {
        eprintln!("note: property '{property}' is not one of the record's schema and says nothing ({times} times)");
    }
    for column in &summary.unknown_columns {
        eprintln!("note: column '{column}' is not understood and says nothing");
    }
}
