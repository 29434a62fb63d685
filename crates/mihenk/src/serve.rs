//! `mihenk serve`: the API over HTTP, until it is told to stop.
//!
//! In come a data folder or the list that comes with the program, and what is set ([`Config`]); out come lines on standard error about what happens,
//! as text or as JSON. What is answered is in `mihenk-server`.

use std::{
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    path::PathBuf,
};

use anyhow::{Context, anyhow, bail};
use mihenk_node::{Downloader, Limits, Span, manifest::ManifestAt, starter};
use mihenk_server::{Level, Lists, Office, Schedule, Serve, Settings, TlsFiles, Told, Upkeep, serve};

use crate::{
    Outcome, changed, cli::Place, config::Config, demo::office::DemoOffice, desk, documents, paint::count, say,
};

pub(crate) fn run(place: Place, config: &Config) -> anyhow::Result<Outcome> {
    let data = place.folder()?;
    if data.is_file() {
        bail!("{} is a file; the server needs a data folder: load the file with 'mihenk lists add'", data.display());
    }
    // A model that cannot be read is said at once.
    place.model()?;
    let model = place.model.clone().filter(|path| !path.as_os_str().is_empty());
    let what = data.display().to_string();
    let lists = Lists::Folder { data: data.clone(), model: model.clone() };
    // The clock says what ran out by now.
    let office =
        Some(Office { desk: desk::open(&place)?, folder: data.clone(), key_file: documents::key_file(&place)? });
    let upkeep = upkeep(place, config, data, model)?;
    answer(lists, office, Some(upkeep), config, what)
}

/// `mihenk demo --serve`: the list that comes with the program, people of every role, and customers; all of it is gone when it ends.
pub(crate) fn run_demo(place: &Place, config: &Config) -> anyhow::Result<Outcome> {
    say::note(&format!("note: {}", starter::NOTICE));
    let made = DemoOffice::make(&place.model()?)?;
    let what = format!("the list that comes with the program\n{}", made.told());
    let (office, folder) = made.open();
    let lists = Lists::Folder { data: folder.path().to_owned(), model: place.model.clone() };
    let answered = answer(lists, Some(office), None, config, what);
    drop(folder);
    answered
}

/// How lists are kept up to date.
fn upkeep(place: Place, config: &Config, data: PathBuf, model: Option<PathBuf>) -> anyhow::Result<Upkeep> {
    let manifest = match config.text("manifest") {
        Some(place) => ManifestAt::of(place, &data, set).map_err(anyhow::Error::msg)?,
        None => ManifestAt::nowhere(),
    };
    let roots = config.text("ca").map(|file| std::fs::read(file).with_context(|| format!("{file} cannot be read")));
    let seed = RandomState::new().hash_one(0_u8);
    let downloader =
        Downloader::through(Limits::default(), roots.transpose()?.as_deref(), seed, config.text("http-proxy"))
            .map_err(|why| anyhow!("lists cannot be fetched: {why}"))?;
    let schedule = config.parsed::<Cron>("crontab")?.map_or_else(|| Schedule::hourly(seed), |cron| cron.0);
    let told = |error: anyhow::Error| format!("{error:#}");
    Ok(Upkeep {
        data,
        model,
        manifest,
        downloader,
        schedule: config.truth("auto-update")?.then_some(schedule),
        deltas: config.truth("delta-updates")?,
        stale_after: config.parsed::<Span>("stale-after")?.map(|span| span.0),
        follow: Box::new(move || changed::follow(&place).map_err(told)),
    })
}

/// A crontab line, as it is set.
struct Cron(Schedule);

impl std::str::FromStr for Cron {
    type Err = String;

    fn from_str(text: &str) -> Result<Cron, String> {
        Schedule::read(text).map(Cron)
    }
}

/// In which form lines are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

impl std::str::FromStr for Form {
    type Err = String;

    fn from_str(text: &str) -> Result<Form, String> {
        match text {
            "text" => Ok(Form::Text),
            "json" => Ok(Form::Json),
            other => Err(format!("'{other}' is no form; there are text and json")),
        }
    }
}

/// Certificate and key, if TLS is done here; one without the other is a mistake.
fn tls(config: &Config) -> anyhow::Result<Option<TlsFiles>> {
    match (config.text("tls-certificate"), config.text("tls-key")) {
        (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate: certificate.into(), key: key.into() })),
        (None, None) => Ok(None),
        (Some(_), None) => bail!("tls-certificate is set and tls-key is not; TLS needs both"),
        (None, Some(_)) => bail!("tls-key is set and tls-certificate is not; TLS needs both"),
    }
}

fn answer(
    lists: Lists,
    office: Option<Office>,
    upkeep: Option<Upkeep>,
    config: &Config,
    what: String,
) -> anyhow::Result<Outcome> {
    let mut settings = Settings::read(|name| config.by_variable(name)).map_err(anyhow::Error::msg)?;
    settings.shown = config.told();
    let processors = || std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
    let served = Serve {
        listen: config.parsed::<SocketAddr>("listen")?.context("listen: no address is set")?,
        lists,
        office,
        upkeep,
        tls: tls(config)?,
        settings,
        threads: config.parsed("threads")?.unwrap_or_else(processors),
    };
    let level = config.parsed::<Level>("log-level")?.unwrap_or(Level::Info);
    let form = config.parsed::<Form>("log-format")?.unwrap_or(Form::Text);
    if form == Form::Json {
        say::notes_as_json();
        panics_as_json();
    }
    serve(served, move |told| {
        if told.level() > level {
            return;
        }
        match form {
            Form::Json => say::event(&told.json(jiff::Timestamp::now())),
            Form::Text => line(&told, &what).iter().flat_map(|told| told.lines()).for_each(say::note),
        }
    })?;
    Ok(Outcome::Done)
}

/// A panic is a line like others, with its place in the program and without its words: these may hold what was asked.
fn panics_as_json() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let at = jiff::Timestamp::now();
        let line = serde_json::json!({ "at": format!("{at:.3}"), "level": "error", "event": "panic", "place": place });
        say::event(&line.to_string());
    }));
}

/// A variable of the environment.
pub(crate) fn set(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// What happens, for a person; requests are not told one by one, but for those in which something of ours was broken.
fn line(told: &Told, what: &str) -> Option<String> {
    Some(match told {
        Told::Listening { address, scheme } => format!("listening on {scheme}://{address}, opening {what}"),
        Told::Certificate => "another certificate answers from now on".to_owned(),
        Told::FirstStart(links) => {
            let links = links.join("\n  ");
            format!(
                "nobody works here yet, and whoever is on this machine may screen. Two people become administrators, each by a link that counts once, for an hour:\n  {links}"
            )
        }
        Told::Ready { version, entities } => format!("ready: version {version}, {} entities", count(*entities)),
        Told::Missing { collection, child } => {
            format!("warning: the collection {collection} names {child}, which is not loaded: nobody on it is found")
        }
        Told::Failed(why) => format!("warning: {why}; what answered before still does"),
        Told::Updated { dataset, added, changed, removed } => {
            let [added, changed, removed] = [added, changed, removed].map(|number| count(*number));
            format!("{dataset}: another version is in use: {added} added, {changed} changed, {removed} removed")
        }
        Told::NotUpdated { dataset: Some(dataset), why } => {
            format!("warning: {dataset} could not be brought up to date: {why}; what was loaded before still answers")
        }
        Told::NotUpdated { dataset: None, why } => format!("warning: lists could not be brought up to date: {why}"),
        Told::Retrying(why) => format!("a download is tried again: {why}"),
        Told::Stale { dataset, seconds } => {
            let days = seconds / 86_400;
            format!("error: {dataset} is old: nobody has looked for a newer version with success for {days} days")
        }
        Told::RanOut { words, .. } => format!("clock: {words}"),
        Told::NotFollowed(why) => format!("warning: customers and freezes were not looked at: {why}"),
        Told::Warning(what) => format!("warning: {what}"),
        Told::Answered(answered) => {
            let broken = answered.broken.as_ref()?;
            format!("error: request {} ({}): {broken}", answered.id, answered.route)
        }
        Told::Stopping => "stopping: those that are being answered may end".to_owned(),
    })
}
