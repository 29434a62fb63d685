//! `mihenk customers`: portfolios of customers, watched against the lists.
//!
//! In come a file, or the name of a customer; out comes what became of it on standard output, and how far it is on standard
//! error. Records that were not taken are told with row, column and reason, and end the command with 2. What is done, and by
//! whom it may be, is known in `mihenk-node`.

use std::{io::stdin, path::Path, time::Instant};

use indicatif::ProgressBar;
use mihenk_node::{
    Node, Score,
    batch::{Input, Manner},
    desk::Desk,
    ledger::{
        Reason,
        customers::{Customer, Filter, Hit, Party},
    },
    own,
    portfolio::{self, Added, Done, Edit, Progress, Report, Shown, Way, Which},
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        customers::{Add, Change, Customers, Named},
    },
    desk,
    files::{is_dash, length, name_of, progress_bar},
    paint::{Paint, count},
    say,
    table::Table,
};

/// Rejected records that are told one by one.
const REJECTED_TOLD: usize = 20;

pub(crate) fn run(place: &Place, command: Customers) -> anyhow::Result<Outcome> {
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match command {
        Customers::Add(options) => return add(place, &seat, &options),
        Customers::Screen { full, json } => {
            let (folder, way) = (place.folder()?, if full { Way::Full } else { Way::Changes });
            let node = portfolio::node(&folder, place.model()?)?;
            let meter = Meter::new(None);
            let report = portfolio::screen_for(&seat, &folder, &node, way, &mut |step| meter.tell(step))?;
            meter.clear();
            told(&report, json)?;
        }
        Customers::List { portfolio, hits, left, after, limit, json } => {
            let after = after.map(|id| id.parse()).transpose()?;
            let filter = Filter {
                portfolio: portfolio.as_deref(),
                with_hits: hits,
                with_left: left,
                after: after.as_ref().map_or(Ok(0), mihenk_node::ledger::customers::number)?,
                limit: i64::from(limit),
            };
            list(&portfolio::list(&seat, &filter)?, limit as usize, json)?;
        }
        Customers::Show { who, json } => show(&portfolio::show(&seat, &which(&who))?, json)?,
        Customers::Change(options) => change(place, &seat, &options)?,
        Customers::Remove { who, seen, why } => {
            let id = portfolio::remove(&seat, &which(&who), seen, Reason::new(&why.reason)?)?;
            if why.json {
                say::line(&json!({ "left": id }).to_string())?;
            } else {
                say::line(&format!("{id} has left; its alerts, cases and freezes stay as they are"))?;
            }
        }
        Customers::Portfolios { json } => portfolios(&portfolio::portfolios(&seat)?, json)?,
    }
    Ok(Outcome::Done)
}

fn which(named: &Named) -> Which<'_> {
    Which { name: &named.customer, portfolio: named.portfolio.as_deref() }
}

fn add(place: &Place, seat: &mihenk_node::desk::Seat<'_>, options: &Add) -> anyhow::Result<Outcome> {
    let folder = place.folder()?;
    let map = options.map.as_deref().map(own::open_map).transpose()?;
    let table = options.table.options(map.as_ref().map(|map| &map.options));
    let manner = Manner { map, options: table };
    let (file, name) = (&options.file, name_of(&options.file));
    let bytes = if is_dash(file) { None } else { length(file)? };
    let input = match is_dash(file) {
        true => Input::read(&name, stdin(), &manner)?,
        false => Input::open_file(file, &manner)?,
    };
    input.notes().iter().for_each(|note| say::note(&format!("note: {note}")));
    let node = portfolio::node(&folder, place.model()?)?;
    if node.entity_count() == 0 {
        say::note("warning: no lists are loaded, so nobody is found; customers are screened when lists are");
    }
    let what = portfolio::Add {
        portfolio: &options.portfolio,
        folder: &folder,
        name: &name,
        manner: &manner,
        is_whole: options.full,
        rejected: match &options.rejected {
            Some(path) => portfolio::Rejects::In(path.clone()),
            None => portfolio::Rejects::Beside(name.as_str().into()),
        },
        threshold: options.threshold.zip(options.reason.as_deref()).map(threshold).transpose()?,
    };
    let meter = Meter::new(bytes);
    let added = portfolio::add(seat, &node, input, &what, &mut |step| meter.tell(step));
    meter.clear();
    let added = added?;
    if options.json {
        say::line(&serde_json::to_string(&added)?)?;
    } else {
        say::out(&summary(&added))?;
    }
    notes(&added, file);
    Ok(if added.rejected.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// A threshold as it is kept, and why.
fn threshold((score, reason): (f64, &str)) -> anyhow::Result<(i64, Reason)> {
    Ok((i64::from(Score::of(score).0), Reason::new(reason)?))
}

/// A threshold as it is shown.
fn shown_threshold(ten_thousandths: i64) -> String {
    format!("{:.2}", ten_thousandths as f64 / 10_000.0)
}

/// A number of things.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

fn summary(added: &Added) -> String {
    let paint = Paint::for_stdout();
    let name = paint.strong(&paint.foreign(&added.portfolio));
    if added.added + added.changed + added.left == 0 && added.rejected.is_empty() {
        let customers = counted(added.unchanged, "customer is", "customers are");
        return format!("{name}: nothing has changed; {customers} as before\n");
    }
    let mut out = format!(
        "{name}: {} new, {} changed, {} as before",
        counted(added.added, "customer", "customers"),
        count(added.changed),
        count(added.unchanged)
    );
    if added.left > 0 {
        out += &format!(", {} left", count(added.left));
    }
    if added.related > 0 {
        out += &format!("; {}", counted(added.related, "related party", "related parties"));
    }
    out += &format!(
        "\nscreened at once, from {} on: something new is found of {}, {}\n",
        shown_threshold(added.threshold.into()),
        counted(added.told.customers, "customer", "customers"),
        counted(added.told.alerts, "alert", "alerts")
    );
    out
}

fn notes(added: &Added, file: &Path) {
    for warning in &added.first_warnings {
        say::note(&format!("warning: {warning}"));
    }
    if added.warned > added.first_warnings.len() {
        say::note(&format!("warning: {} have such values in all", counted(added.warned, "record", "records")));
    }
    for column in &added.unknown_columns {
        say::note(&format!("note: column '{column}' is not understood and says nothing"));
    }
    if let Some(why) = &added.nobody_leaves {
        say::note(&format!("warning: nobody has left: {why}"));
    }
    if added.rejected.is_empty() {
        return;
    }
    let (rejected, records) = (added.rejected.len(), count(added.records));
    say::note(&format!(
        "error: {} of {records} {} not taken:",
        counted(rejected, "record", "records"),
        if rejected == 1 { "was" } else { "were" }
    ));
    for one in added.rejected.iter().take(REJECTED_TOLD) {
        let column = one.column.as_ref().map_or_else(String::new, |column| format!(", column '{column}'"));
        let whose = one.reference.as_ref().map_or_else(String::new, |reference| format!(" ({reference})"));
        say::note(&format!("  {}{whose}{column}: {}", one.place, one.reason));
    }
    if rejected > REJECTED_TOLD {
        say::note(&format!("  … and {} more (--json lists all)", count(rejected - REJECTED_TOLD)));
    }
    if let Some(path) = &added.rejected_file {
        let portfolio = &added.portfolio;
        say::note(&format!(
            "  they are in {}; mend them there and add that file: mihenk customers add {} --portfolio {portfolio}",
            path.display(),
            path.display()
        ));
        if path == file {
            say::note("  which is the file that was read");
        }
    }
}

/// What a screening of customers came to, in a line.
pub(crate) fn told(report: &Report, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(report)?);
    }
    say::line(&line(report))
}

/// The same for standard error, after the lists have changed.
pub(crate) fn line(report: &Report) -> String {
    let (customers, alerts) = (report.told.customers, counted(report.told.alerts, "alert", "alerts"));
    let found = format!("something else is found of {}, {alerts}", counted(customers, "customer", "customers"));
    match (report.done, report.entities) {
        (Done::Nothing, _) => "customers: all are screened against the lists in use; nothing was to be done".to_owned(),
        (Done::Changes, entities) => format!(
            "customers: {} changed, {} looked at; {found}",
            counted(entities.unwrap_or(0), "listed entity", "listed entities"),
            counted(report.screened, "customer", "customers")
        ),
        (Done::Full, _) => {
            format!("customers: {} held against all lists; {found}", counted(report.screened, "customer", "customers"))
        }
    }
}

/// Screens the customers against lists that have changed, if there are any.
pub(crate) fn after_lists_changed(desk: &Desk, folder: &Path, node: &Node) -> anyhow::Result<()> {
    let meter = Meter::new(None);
    let report = portfolio::after_lists_changed(desk, folder, node, &mut |step| meter.tell(step));
    meter.clear();
    if let Some(report) = report?.filter(|report| report.done != Done::Nothing) {
        say::note(&line(&report));
    }
    Ok(())
}

fn list(customers: &[Customer], limit: usize, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(customers)?);
    }
    if customers.is_empty() {
        return say::line("There are no such customers.");
    }
    let mut table = Table::new(&["customer", "portfolio", "number", "name", "born", "country", "related", ""]);
    for customer in customers {
        let own = customer.contents.own();
        let of = |properties: &[&str]| own.map(|own| first(own, properties)).unwrap_or_default();
        let related = customer.contents.parties.len().saturating_sub(1);
        table.row([
            customer.id.to_string(),
            customer.portfolio.clone(),
            customer.reference.clone(),
            own.map(|own| own.caption().to_owned()).unwrap_or_default(),
            of(&["birthDate", "incorporationDate"]),
            of(&["nationality", "country", "jurisdiction", "flag"]),
            if related == 0 { String::new() } else { count(related) },
            if customer.has_left { "left".to_owned() } else { String::new() },
        ]);
    }
    say::out(&table.to_string())?;
    if let Some(last) = customers.last().filter(|_| customers.len() == limit) {
        say::note(&format!("there may be more: --after {}", last.id));
    }
    Ok(())
}

fn first(party: &Party, properties: &[&str]) -> String {
    let values = properties.iter().filter_map(|property| party.properties.get(*property));
    values.flatten().next().cloned().unwrap_or_default()
}

fn show(shown: &Shown, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(shown)?);
    }
    let (paint, customer) = (Paint::for_stdout(), &shown.customer);
    let caption = customer.contents.own().map_or("", Party::caption);
    let state = if customer.has_left { " · has left" } else { "" };
    let head = format!("{} · {} {}{state}", customer.id, customer.portfolio, customer.reference);
    say::line(&format!("{}  {}", paint.strong(&paint.foreign(caption)), paint.dim(&paint.foreign(&head))))?;
    say::line(&format!("  hits are kept from {} on", shown_threshold(shown.threshold.into())))?;
    if customer.contents.exposure > 0 {
        say::line(&format!("  at stake: {}", count(customer.contents.exposure as usize)))?;
    }
    for party in &customer.contents.parties {
        if !party.reference.is_empty() {
            let role = if party.role.is_empty() { "related" } else { &party.role };
            let title = format!("{role} {}: {}", party.reference, party.caption());
            say::line(&format!("\n  {}", paint.strong(&paint.foreign(&title))))?;
        }
        say::line(&format!("  {}", paint.dim(&paint.foreign(&party.schema))))?;
        for (property, values) in &party.properties {
            say::line(&format!("    {property}: {}", paint.foreign(&values.join("; "))))?;
        }
    }
    hits(shown, paint)?;
    say::line(&paint.dim(&format!("\nrevision {}", shown.revision)))
}

fn hits(shown: &Shown, paint: Paint) -> anyhow::Result<()> {
    if shown.hits.is_empty() {
        return say::line(&format!("\n{}", paint.good("nothing is found on the lists")));
    }
    say::line(&format!("\n{}", paint.strong("Found on the lists")))?;
    let mut table = Table::new(&["listed entity", "score", "probability", "kind", "who"]);
    let mut sorted: Vec<&Hit> = shown.hits.iter().collect();
    sorted.sort_by_key(|hit| std::cmp::Reverse(hit.bits));
    for hit in sorted {
        let party = shown.customer.contents.parties.iter().find(|party| party.reference == hit.party);
        table.row([
            hit.entity.clone(),
            format!("{:.2}", hit.score as f64 / 10_000.0),
            format!("{:.1} %", hit.probability as f64 / 10_000.0),
            hit.kind.to_string(),
            party.map(|party| party.caption().to_owned()).unwrap_or_default(),
        ]);
    }
    say::out(&table.to_string())
}

fn change(place: &Place, seat: &mihenk_node::desk::Seat<'_>, options: &Change) -> anyhow::Result<()> {
    let mut set: Vec<(String, Vec<String>)> = Vec::new();
    for (property, value) in &options.set {
        let values = value.split('\n').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        match set.iter_mut().find(|(known, _)| known == property) {
            Some((_, known)) => known.extend(values),
            None => set.push((property.clone(), values.collect())),
        }
    }
    let edit = Edit {
        set,
        exposure: options.exposure,
        party: options.party.clone(),
        drop_party: options.drop_party,
        seen: options.seen,
    };
    let (folder, reason) = (place.folder()?, Reason::new(&options.why.reason)?);
    let node = portfolio::node(&folder, place.model()?)?;
    let (id, told) = portfolio::change(seat, &folder, &node, &which(&options.who), &edit, &reason)?;
    if options.why.json {
        return say::line(&json!({ "changed": id, "told": told }).to_string());
    }
    let found = if told.customers == 0 { "what is found is as before" } else { "something else is found than before" };
    say::line(&format!("{id} is changed and screened; {found}, {}", counted(told.alerts, "alert", "alerts")))
}

fn portfolios(all: &[mihenk_node::ledger::customers::Counts], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(all)?);
    }
    if all.is_empty() {
        return say::line("There are no portfolios yet; make one with 'mihenk customers add FILE --portfolio NAME'.");
    }
    let mut table = Table::new(&["portfolio", "customers", "with hits", "left", "threshold"]);
    for one in all {
        let counted = |number: i64| count(usize::try_from(number).unwrap_or(0));
        let threshold = one.threshold.map(shown_threshold).unwrap_or_default();
        table.row([
            one.portfolio.clone(),
            counted(one.customers),
            counted(one.with_hits),
            counted(one.left),
            threshold,
        ]);
    }
    say::out(&table.to_string())
}

/// How far it is, for whoever looks at standard error; a line now and then for everybody else.
struct Meter {
    bar: ProgressBar,
    reads: bool,
    began: Instant,
    told: std::cell::Cell<u64>,
}

impl Meter {
    fn new(bytes: Option<u64>) -> Meter {
        let bar = progress_bar(bytes, Path::new(""));
        Meter { bar, reads: bytes.is_some(), began: Instant::now(), told: std::cell::Cell::new(0) }
    }

    fn tell(&self, step: Progress) {
        /// Seconds between two lines.
        const EVERY: u64 = 10;
        let text = match step {
            Progress::Read(bytes) => {
                self.bar.set_position(bytes);
                return;
            }
            Progress::Screened(done, all) => format!("screened {} of {} customers", count(done), count(all)),
            Progress::Indexed(done) => format!("read {} customers, to find them by their names", count(done)),
        };
        let seconds = self.began.elapsed().as_secs();
        if self.bar.is_hidden() && seconds >= self.told.get() + EVERY {
            self.told.set(seconds);
            say::note(&text);
        } else if !self.reads {
            self.bar.set_message(text);
        }
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
