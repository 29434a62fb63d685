//! `mihenk serve`: the API over HTTP, until it is told to stop.
//!
//! In come an address, a data folder or the list that comes with the program, and the environment; out come lines on standard error about what answers.
//! What is answered is in `mihenk-server`.

use std::net::SocketAddr;

use anyhow::{Context, bail};
use mihenk_node::starter;
use mihenk_server::{Lists, Office, Serve, Settings, TlsFiles, Told, manifest, serve};

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
    // The clock says what ran out by now.
    let office = Office { desk: desk::open(place)?, folder: data.clone() };
    let mut served = served(lists, options.listen, threads)?;
    served.office = Some(office);
    served.collections = collections;
    served.settings.proxies.clone_from(&options.behind_proxy);
    served.tls = match (&options.tls_certificate, &options.tls_key) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate: certificate.clone(), key: key.clone() }),
        _ => None,
    };
    answer(served, &data.display().to_string())
}

/// `mihenk demo --serve`: the list that comes with the program.
pub(crate) fn run_demo(place: &Place, listen: Option<SocketAddr>, threads: Option<u16>) -> anyhow::Result<Outcome> {
    say::note(&format!("note: {}", starter::NOTICE));
    let node = starter::node(place.model()?)?;
    let served = served(Lists::Node(Box::new(node)), listen, threads)?;
    answer(served, "the list that comes with the program")
}

/// What is served without people, collections and TLS.
fn served(lists: Lists, listen: Option<SocketAddr>, threads: Option<u16>) -> anyhow::Result<Serve> {
    let processors = || std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
    Ok(Serve {
        listen: address(listen, set)?,
        lists,
        office: None,
        collections: Vec::new(),
        settings: Settings::read(set).map_err(anyhow::Error::msg)?,
        tls: None,
        threads: threads.map_or_else(processors, usize::from),
    })
}

fn answer(served: Serve, what: &str) -> anyhow::Result<Outcome> {
    let what = what.to_owned();
    serve(served, move |told| line(&told, &what).lines().for_each(say::note))?;
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
