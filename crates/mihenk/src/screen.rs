//! `mihenk screen`: one name, or with `--batch` a file of records (`batch`).
//!
//! In comes a name with what is known besides it; out come the listed entities that it may be, with their evidence: for a
//! person, or as JSON. What a record means is read in `mihenk-node`.

use anyhow::{Context, anyhow, bail};
use mihenk_node::{
    BaseRate, Entity, EntityId, Node, Options, Schema, Scratch,
    answer::{Answer, Signed},
    query::{Query, schema_of},
};

use crate::{
    Outcome, batch,
    cli::{About, Place, Screen, score_of},
    paint::{Paint, count},
    report::{self, Detail},
    say,
};

pub(crate) fn run(place: &Place, screen: &Screen) -> anyhow::Result<Outcome> {
    let options = Options {
        limit: screen.limit as usize,
        cutoff: score_of(screen.cutoff.min(screen.threshold)),
        threshold: score_of(screen.threshold),
        base_rate: BaseRate { one_in: screen.base_rate },
    };
    match &screen.batch {
        Some(file) => batch::run(place, screen, file, &options),
        None if screen.table.is_given() => {
            bail!("--encoding, --delimiter, --sheet and --heading-row are for --batch FILE")
        }
        None => run_one(place, screen, &options),
    }
}

fn run_one(place: &Place, screen: &Screen, options: &Options) -> anyhow::Result<Outcome> {
    let entity = entity(screen.name.as_deref(), &screen.about)?;
    if entity.properties.is_empty() {
        bail!("nothing to screen: give a NAME, a number such as --passport, or a file with --batch");
    }
    let query = Query::of(entity).map_err(anyhow::Error::msg)?;
    let node = place.node()?;
    query.warnings.iter().for_each(|warning| say::note(&format!("warning: {warning}")));
    for property in &query.unknown {
        say::note(&format!("warning: '{property}' is not a property of {} and says nothing", query.record.schema));
    }
    let mut answer = node.answer(&query, options, &mut Scratch::default());
    if let Some(error) = &answer.error {
        bail!("{error}");
    }
    let matched = answer.results.iter().any(|r| r.hit.is_match);
    if screen.json {
        node.add_listings(&mut answer);
        say::line(&serde_json::to_string(&Signed::new(&node, &answer, options))?)?;
    } else {
        say::out(&told(&node, screen, options, &answer))?;
    }
    Ok(if matched { Outcome::Hits } else { Outcome::Done })
}

fn told(node: &Node, screen: &Screen, options: &Options, answer: &Answer) -> String {
    let paint = Paint::for_stdout();
    let asked = screen.name.as_deref().unwrap_or("(numbers only)");
    let mut out = format!("{}\n{}\n", paint.strong(&paint.foreign(asked)), paint.dim(&against(node)));
    if answer.results.is_empty() {
        out.push_str(&format!("\nNothing found with a score of {:.2} or more.\n", options.cutoff.as_f64()));
    }
    let detail = if screen.explain { Detail::Waterfall } else { Detail::Sentence };
    for (i, found) in answer.results.iter().enumerate() {
        out.push('\n');
        out.push_str(&report::hit(node, found, i + 1, detail, options.base_rate, paint));
    }
    out
}

/// What was screened against.
pub(crate) fn against(node: &Node) -> String {
    let lists = node.lists().len();
    let plural = if lists == 1 { "" } else { "s" };
    format!(
        "against {} entities of {lists} list{plural}, model {}",
        count(node.entity_count()),
        node.model().short_id()
    )
}

/// The record that the options describe.
pub(crate) fn entity(name: Option<&str>, about: &About) -> anyhow::Result<Entity> {
    let schema = about.schema.as_deref().map_or(Ok("Thing"), schema_of).map_err(|e| anyhow!("--schema: {e}"))?;
    let schema = Schema::named(schema).with_context(|| format!("schema '{schema}' is unknown"))?;
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
