//! `mihenk demo`: what Mihenk does, on the list and the samples that come with it.
//!
//! In comes nothing: no network, no other files. Out come the built-in press report, names in many scripts and a customer
//! file, screened against the built-in list, each hit with its place, its listings and its waterfall; then what to run
//! next. Everything goes through the same code as with real lists.

pub(crate) mod office;

use mihenk_node::{
    BaseRate, Node, Options, Scratch,
    answer::answer,
    query::{Columns, Query},
    scan::read,
    starter,
};

use crate::{
    Outcome,
    cli::{About, Place},
    paint::{Paint, wrapped},
    report::{self, Detail},
    say, scan, screen,
};

/// What the numbers mean, before the first of them.
const READING: &str = "Evidence is counted in bits: one bit doubles the odds, ten are a factor of about a thousand. \
                       Lines add up. From a score of 0.70 on a hit is called a match. How likely it is also depends \
                       on how many of those screened are listed: the base rate. A person decides.";

const NEXT: [(&str, &str); 5] = [
    ("mihenk lists add sdn.csv alt.csv add.csv", "load a real list: UN XML, OFAC CSV, OpenSanctions"),
    ("mihenk screen \"NAME\" --born 1955 --explain", "screen a name, with all its evidence"),
    ("mihenk screen --batch FILE --out FILE", "screen a file: JSON lines or CSV"),
    ("mihenk scan FILE", "read a press report"),
    ("mihenk compare NAME NAME", "compare two names"),
];

pub(crate) fn run(place: &Place) -> anyhow::Result<Outcome> {
    let node = starter::node(place.model()?)?;
    let paint = Paint::for_stdout();
    let mut out = format!("{}\n\n", paint.strong("Mihenk, the touchstone: what is a name worth as evidence?"));
    let loaded = format!("{} entities are loaded, model {}. {READING}", node.entity_count(), node.model().short_id());
    wrapped(starter::NOTICE, "", "").iter().for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
    wrapped(&loaded, "", "").iter().for_each(|line| out.push_str(&format!("{line}\n")));
    say::out(&out)?;
    let mut scratch = Scratch::default();
    say::out(&report_part(&node, paint, &mut scratch)?)?;
    say::out(&names_part(&node, paint, &mut scratch)?)?;
    say::out(&customers_part(&node, paint, &mut scratch)?)?;
    let mut out = title("What next", paint);
    NEXT.iter().for_each(|(command, what)| out.push_str(&format!("  {}\n      {}\n", paint.strong(command), what)));
    out.push('\n');
    wrapped(starter::NOTICE, "", "").iter().for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
    say::out(&out)?;
    Ok(Outcome::Done)
}

fn title(text: &str, paint: Paint) -> String {
    format!("\n{}\n\n", paint.strong(text))
}

fn report_part(node: &Node, paint: Paint, scratch: &mut Scratch) -> anyhow::Result<String> {
    let options = Options { base_rate: BaseRate::TEXT, ..Options::default() };
    let answer = read(node, "report.txt (sample)", starter::REPORT.as_bytes(), &options, scratch)?;
    let told = scan::told(node, &answer, Detail::Waterfall, options.base_rate, paint);
    Ok(title("1. A press report: who and what in it is listed?", paint) + &told)
}

fn names_part(node: &Node, paint: Paint, scratch: &mut Scratch) -> anyhow::Result<String> {
    let mut out = title("2. Names as other people write them, in many scripts", paint);
    for line in starter::NAMES.lines().filter(|l| !l.trim().is_empty()) {
        let query = Query::of(screen::entity(Some(name_of(line)), &about(line))?).map_err(anyhow::Error::msg)?;
        out.push_str(&told(node, &query, line, paint, scratch));
    }
    Ok(out)
}

fn customers_part(node: &Node, paint: Paint, scratch: &mut Scratch) -> anyhow::Result<String> {
    let mut out = title("3. A customer file", paint);
    let mut lines = starter::CUSTOMERS.lines();
    let columns = Columns::read(lines.next().unwrap_or("").split(',')).map_err(anyhow::Error::msg)?;
    for (i, line) in lines.enumerate() {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let query = columns.query(&cells, i as u64 + 2).map_err(|refusal| anyhow::Error::msg(refusal.what))?;
        let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
        out.push_str(&told(node, &query, &filled.join(" | "), paint, scratch));
    }
    Ok(out)
}

/// A sample and what was found for it.
fn told(node: &Node, query: &Query, shown: &str, paint: Paint, scratch: &mut Scratch) -> String {
    let options = Options::default();
    let answer = answer(&node.screener(), query, &options, scratch);
    match answer.results.iter().find(|r| r.hit.is_match) {
        None => format!("{}  →  {}\n\n", paint.foreign(shown), paint.dim("nothing found")),
        Some(found) => {
            let hit = report::hit(node, found, 1, Detail::Waterfall, options.base_rate, paint);
            format!("{}\n{hit}\n", paint.strong(&paint.foreign(shown)))
        }
    }
}

/// The name of a sample line, before the first `|`.
fn name_of(line: &str) -> &str {
    line.split('|').next().unwrap_or(line).trim()
}

/// What a sample line says besides the name.
fn about(line: &str) -> About {
    let mut about = About {
        schema: None,
        alias: Vec::new(),
        born: Vec::new(),
        country: Vec::new(),
        gender: None,
        birth_place: Vec::new(),
        passport: Vec::new(),
        id_number: Vec::new(),
        imo: Vec::new(),
        with: Vec::new(),
    };
    for part in line.split('|').skip(1).map(str::trim) {
        match part.strip_prefix("born ") {
            Some(born) => about.born.push(born.to_owned()),
            None => about.country.push(part.to_owned()),
        }
    }
    about
}
