//! `mihenk serve`: the API over HTTP, until it is told to stop.
//!
//! In come an address, a data folder or the list that comes with the program, and the environment; out come lines on standard error about what answers.
//! What is answered is in `mihenk-server`.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, bail};
use mihenk_node::{portfolio, starter};
use mihenk_server::{Collection, Lists, Office, Serve, Settings, Told, manifest, serve};

use crate::{
    Outcome,
    cli::{self, Place},
    desk,
    paint::count,
    say,
};

pub(crate) fn run(place: &Place, options: &cli::Serve, threads: Option<u16>) -> anyhow::Result<Outcome> {
    let data = place.folder()?;
    if data.is_file() {
        bail!("{} is a file; the server needs a data folder: load the file with 'mihenk lists add'", data.display());
    }
    let collections = match options.manifest.as_deref().filter(|path| !path.as_os_str().is_empty()) {
        Some(path) => manifest::read_file(path).map_err(anyhow::Error::msg)?,
        None => Vec::new(),
    };
    // A model that cannot be read is said at once.
    place.model()?;
    let model = place.model.clone().filter(|path| !path.as_os_str().is_empty());
    let lists = Lists::Folder { data: data.clone(), model };
    let office = office(place, data.clone())?;
    answer(lists, office, collections, options.listen, threads, &data.display().to_string())
}

/// `mihenk demo --serve`: the list that comes with the program.
pub(crate) fn run_demo(place: &Place, listen: Option<SocketAddr>, threads: Option<u16>) -> anyhow::Result<Outcome> {
    say::note(&format!("note: {}", starter::NOTICE));
    let node = starter::node(place.model()?)?;
    answer(Lists::Node(Box::new(node)), None, Vec::new(), listen, threads, "the list that comes with the program")
}

/// Where people work, if there is a store; one that nobody made yet is not made for looking.
fn office(place: &Place, folder: PathBuf) -> anyhow::Result<Option<Office>> {
    if !portfolio::has_store(&desk::store(place)?) {
        return Ok(None);
    }
    Ok(Some(Office { desk: desk::open(place)?, folder }))
}

fn answer(
    lists: Lists,
    office: Option<Office>,
    collections: Vec<Collection>,
    listen: Option<SocketAddr>,
    threads: Option<u16>,
    what: &str,
) -> anyhow::Result<Outcome> {
    let processors = || std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
    let served = Serve {
        listen: address(listen, set)?,
        lists,
        office,
        collections,
        settings: Settings::read(set).map_err(anyhow::Error::msg)?,
        threads: threads.map_or_else(processors, usize::from),
    };
    let what = what.to_owned();
    serve(served, move |told| say::note(&line(&told, &what)))?;
    Ok(Outcome::Done)
}

/// A variable of the environment.
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Where it listens: as the option says, or as yente's variables say.
fn address(option: Option<SocketAddr>, set: impl Fn(&str) -> Option<String>) -> anyhow::Result<SocketAddr> {
    if let Some(address) = option {
        return Ok(address);
    }
    let given =
        |name: &str, default: &str| set(name).filter(|text| !text.is_empty()).unwrap_or_else(|| default.to_owned());
    let (host, port) = (given("YENTE_HOST", "127.0.0.1"), given("YENTE_PORT", "8000"));
    let host = if host == "localhost" { "127.0.0.1".to_owned() } else { host };
    let address = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    address
        .parse()
        .with_context(|| format!("YENTE_HOST and YENTE_PORT say {address}, which is no address such as 127.0.0.1:8000"))
}

fn line(told: &Told, what: &str) -> String {
    match told {
        Told::Listening(address) => format!("listening on http://{address}, opening {what}"),
        Told::Ready { version, entities } => format!("ready: version {version}, {} entities", count(*entities)),
        Told::Missing { collection, child } => {
            format!("warning: the collection {collection} names {child}, which is not loaded: nobody on it is found")
        }
        Told::Failed(why) => format!("warning: {why}; what answered before still does"),
        Told::Stopping => "stopping: those that are being answered may end".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_comes_before_the_variables() {
        let set = |name: &str| match name {
            "YENTE_HOST" => Some("::1".to_owned()),
            "YENTE_PORT" => Some("9".to_owned()),
            _ => None,
        };
        let text = |option: Option<&str>| address(option.map(|text| text.parse().unwrap()), set).unwrap().to_string();
        assert_eq!(text(Some("127.0.0.1:1")), "127.0.0.1:1");
        assert_eq!(text(None), "[::1]:9");
        assert_eq!(address(None, |_| None).unwrap().to_string(), "127.0.0.1:8000");
        assert!(address(None, |_| Some("many".to_owned())).is_err());
    }
}
