//! `mihenk demo`: what Mihenk does, on the list and the samples that come with it. No network, no other files.

use std::io::Cursor;

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
    paint::Paint,
    report::{self, Detail},
    scan, screen,
};

pub(crate) fn run(place: &Place) -> anyhow::Result<Outcome> {
    let node = starter::node(place.model()?)?;
    let paint = Paint::for_stdout();
    println!(
        "{}\n{}",
        paint.strong("Mihenk, the touchstone: what is a name worth as evidence?"),
        paint.warn(starter::NOTICE)
    );
    println!("{} entities are loaded, model {}.", node.entity_count(), node.model().short_id());
    let mut scratch = Scratch::default();
    report_part(&node, paint, &mut scratch)?;
    names_part(&node, paint, &mut scratch)?;
    customers_part(&node, paint, &mut scratch)?;
    println!("\n{}", paint.strong("What next"));
    println!(
        "  mihenk lists add sdn.csv alt.csv add.csv     load a real list (UN XML, OFAC CSV, OpenSanctions JSON lines)"
    );
    println!("  mihenk screen \"NAME\" --born 1955 --explain   screen a name, with all its evidence");
    println!("  mihenk screen --batch FILE --out FILE        screen a file of records");
    println!("  mihenk scan FILE                             read a press report");
    println!("\n{}", paint.warn(starter::NOTICE));
    Ok(Outcome::Done)
}

fn title(text: &str, paint: Paint) {
    println!("\n{}\n", paint.strong(text));
}

fn report_part(node: &Node, paint: Paint, scratch: &mut Scratch) -> anyhow::Result<()> {
    title("1. A press report: who and what in it is listed?", paint);
    let options = Options { base_rate: BaseRate::TEXT, ..Options::default() };
    let answer = read(node, "report.txt (sample)", starter::REPORT.as_bytes(), &options, scratch)?;
    print!("{}", scan::told(node, &answer, starter::REPORT, options.base_rate, paint));
    Ok(())
}

fn names_part(node: &Node, paint: Paint, scratch: &mut Scratch) -> anyhow::Result<()> {
    title("2. Names as other people write them, in many scripts", paint);
    for (i, line) in starter::NAMES.lines().filter(|l| !l.trim().is_empty()).enumerate() {
        let entity = screen::entity(Some(name_of(line)), &about(line))?;
        let query = Query::of(&entity).map_err(anyhow::Error::msg)?;
        // The first is shown with all its evidence, the others with the strongest lines.
        let detail = if i == 0 { Detail::Waterfall } else { Detail::Sentence };
        print_query(node, &query, line, detail, paint, scratch);
    }
    Ok(())
}

fn customers_part(node: &Node, paint: Paint, scratch: &mut Scratch) -> anyhow::Result<()> {
    title("3. A customer file", paint);
    let mut lines = starter::CUSTOMERS.lines();
    let columns = Columns::read(lines.next().unwrap_or("").split(',')).map_err(anyhow::Error::msg)?;
    for (i, line) in lines.enumerate() {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let query = columns.query(&cells, i as u64 + 2).map_err(|(_, what)| anyhow::Error::msg(what))?;
        print_query(node, &query, line, Detail::Waterfall, paint, scratch);
    }
    let _ = Cursor::new(());
    Ok(())
}

fn print_query(node: &Node, query: &Query, shown: &str, detail: Detail, paint: Paint, scratch: &mut Scratch) {
    let options = Options::default();
    let answer = answer(&node.screener(), query, &options, scratch);
    let best = answer.results.iter().find(|r| r.hit.is_match);
    match best {
        None => println!("{}  {}", paint.foreign(shown), paint.dim("nothing found")),
        Some(found) => {
            println!("{}", paint.strong(&paint.foreign(shown)));
            println!("{}\n", report::hit(node, found, 1, detail, options.base_rate, paint).trim_end());
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
