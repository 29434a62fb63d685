//! Listening: connections in, until it is told to stop.
//!
//! In comes a data folder and an address, out come words of what happens ([`Told`]). Answers begin at once: `/healthz` while the folder is being opened,
//! everything else when it is. A thread looks four times a second whether other lists are in use. A connection that sends its headers too slowly, or
//! too many of them, is closed; when it is told to stop, no new one is taken and those that are open may end.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::Router;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use mihenk_node::{Node, NodeError};
use rustls::ServerConfig;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    app::{self, State},
    deliver,
    live::Holder,
    observe::Answered,
    office::Office,
    settings::Settings,
    unread::{Turn, Worded},
    upkeep::{Keeper, Tell, Upkeep},
    who::{
        address::{Address, Peer},
        patient::Patient,
        places::Places,
        tls::{Tls, TlsFiles},
    },
};

/// How long the headers of a request may take to come, and a connection may wait for the next one.
const HEADER_TIME: Duration = Duration::from_secs(20);
/// How long a handshake of TLS may take.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// How long a client may take nothing of what is written to it.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Bytes of the headers of a request.
const HEADER_MAX: usize = 256 << 10;
/// Headers of a request, beyond which it is refused before it is one ([`crate::unread`]).
const HEADERS_MAX: usize = 250;
/// Connections that are open at once.
const CONNECTIONS: usize = 2_048;
/// How often it is looked whether other lists are in use.
const LOOK: Duration = Duration::from_millis(250);
/// The pause before what ended in a panic begins anew.
const AGAIN: Duration = Duration::from_secs(60);
/// How long those that are open may take to end.
const END: Duration = Duration::from_secs(10);

/// What answers.
#[derive(Debug)]
pub enum Lists {
    /// What is in use in a data folder, whenever it changes.
    Folder {
        /// The folder.
        data: PathBuf,
        /// A model file in place of the built-in model.
        model: Option<PathBuf>,
    },
    /// A node that is never exchanged.
    Node(Box<Node>),
}

/// What is served, and where.
#[derive(Debug)]
pub struct Serve {
    /// Where it listens; port 0 for any that is free.
    pub listen: SocketAddr,
    /// What answers.
    pub lists: Lists,
    /// How lists are kept up to date; not at all if there is none.
    pub upkeep: Option<Upkeep>,
    /// Where people work, if there is a store.
    pub office: Option<Office>,
    /// What can be set.
    pub settings: Settings,
    /// Certificate and key, for TLS.
    pub tls: Option<TlsFiles>,
    /// Threads that screen; as many take connections.
    pub threads: usize,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// It listens.
    Listening {
        /// Where.
        address: SocketAddr,
        /// `https` or `http`.
        scheme: &'static str,
    },
    /// A version of the lists answers from now on.
    Ready {
        /// The version.
        version: String,
        /// Entities that are screened.
        entities: usize,
    },
    /// A collection of the manifest names a list that is not loaded.
    Missing {
        /// The collection.
        collection: String,
        /// The list.
        child: String,
    },
    /// Lists could not be opened, or certificate and key not be read; what answered before still does.
    Failed(String),
    /// Another version of a list is in use.
    Updated {
        /// The list.
        dataset: String,
        /// Entities that were not listed before.
        added: usize,
        /// Entities that are listed otherwise.
        changed: usize,
        /// Entities that are listed no more.
        removed: usize,
    },
    /// A list, or what is said of all, could not be brought up to date; what was loaded before still answers.
    NotUpdated {
        /// The list, if it is one.
        dataset: Option<String>,
        /// Why.
        why: String,
    },
    /// A download is tried again.
    Retrying(String),
    /// A list is old: nobody has looked for a newer version with success for so long.
    Stale {
        /// The list.
        dataset: String,
        /// Seconds since then.
        seconds: i64,
    },
    /// Time ran out for something, which is recorded.
    RanOut {
        /// For what, in words with ids, for a person at a terminal.
        words: String,
        /// How many things.
        count: usize,
    },
    /// What follows from other lists, or from time, could not be done; it is tried again.
    NotFollowed(String),
    /// Something else that a person should know.
    Warning(String),
    /// A request was answered.
    Answered(Answered),
    /// Another certificate answers from now on.
    Certificate,
    /// Nobody works here yet: links by which administrators choose their names and passwords. To be shown to whoever started the server, and to nobody else.
    FirstStart(Vec<String>),
    /// It stops.
    Stopping,
}

/// Why it does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There are no users, so only this machine may ask.
    #[error(
        "there are no users yet who could sign in, so the server listens on this machine only: {0} is an address that others \
         reach; write 127.0.0.1:PORT or [::1]:PORT, make users by the links that it then shows or with 'mihenk user init', and start it there again"
    )]
    Exposed(SocketAddr),
    /// Passwords and keys would be sent for everybody to read.
    #[error(
        "{0} is an address that others reach, and passwords and keys would travel in the clear; right would be --tls-certificate FILE \
         --tls-key FILE, or --behind-proxy ADDRESS where a proxy does TLS"
    )]
    Clear(SocketAddr),
    /// Certificate or key cannot be used.
    #[error("{0}")]
    Tls(String),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] NodeError),
    /// The address cannot be had.
    #[error("cannot listen on {at}: {source}")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system gives no threads or signals.
    #[error("cannot start: {0}")]
    Start(io::Error),
}

/// Answers until the program is told to stop (SIGINT, SIGTERM).
///
/// # Errors
/// When it cannot listen there. What goes wrong later is told.
pub fn serve(options: Serve, tell: impl Fn(Told) + Send + Sync + 'static) -> Result<(), ServeError> {
    may_listen(&options)?;
    let tls = options.tls.map(Tls::open).transpose().map_err(ServeError::Tls)?;
    let secure = tls.as_ref().map(|tls| tls.config()).transpose().map_err(ServeError::Tls)?;
    let mut settings = options.settings;
    settings.is_secure = tls.is_some() || !settings.proxies.is_empty();
    let threads = options.threads.max(1);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        // One more for what waits for the disk.
        .max_blocking_threads(threads + 1)
        .enable_all()
        .build()
        .map_err(ServeError::Start)?;
    let at = options.listen;
    let listener = runtime.block_on(TcpListener::bind(at)).map_err(|source| ServeError::Listen { at, source })?;
    let address = listener.local_addr().map_err(ServeError::Start)?;
    let datasets = options.upkeep.as_ref().map(|upkeep| upkeep.manifest.now().datasets().to_vec()).unwrap_or_default();
    let holder = match options.lists {
        Lists::Folder { data, model } => Holder::of_folder(data, model, datasets),
        Lists::Node(node) => Holder::of_node(*node, datasets),
    };
    let tell: Tell = Arc::new(tell);
    let keeper = options.upkeep.map(|upkeep| Keeper::new(upkeep, Arc::clone(&tell)));
    let state = State::kept(holder, options.office, settings, keeper, Arc::clone(&tell));
    let scheme = if tls.is_some() { "https" } else { "http" };
    tell(Told::Listening { address, scheme });
    if let Some(office) = &state.office {
        let links = state.door.links.make(office)?;
        if !links.is_empty() {
            tell(Told::FirstStart(links.iter().map(|path| format!("{scheme}://{address}{path}")).collect()));
        }
    }
    let (watched, told) = (Arc::clone(&state), Arc::clone(&tell));
    // It ends with the program.
    std::thread::Builder::new()
        .name("lists".to_owned())
        .spawn(move || for_ever(AGAIN, &*told, || watch(&watched.holder, tls.as_deref(), &*told)))
        .map_err(ServeError::Start)?;
    if let Some(office) = &state.office {
        let private = state.settings.webhook_private;
        deliver::begin(Arc::clone(office), private, Arc::clone(&tell)).map_err(ServeError::Start)?;
        let (office, told) = (Arc::clone(office), Arc::clone(&tell));
        let go_on = move || office.goes_on().into_iter().for_each(|what| told(Told::Warning(what)));
        std::thread::Builder::new().name("key-exchange".to_owned()).spawn(go_on).map_err(ServeError::Start)?;
    }
    if state.keeper.is_some() {
        let kept = Arc::clone(&state);
        let keep = move || {
            for_ever(AGAIN, &*kept.tell, || {
                kept.keeper.iter().for_each(|keeper| keeper.keep(&kept.holder, kept.office.as_deref()));
            });
        };
        std::thread::Builder::new().name("upkeep".to_owned()).spawn(keep).map_err(ServeError::Start)?;
    }
    let proxies = state.settings.proxies.clone();
    let door = Doorway { listener, router: app::router(state), secure, proxies };
    runtime.block_on(answer(door, async {
        stopped().await;
        tell(Told::Stopping);
    }));
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(())
}

/// Does something that has no end; a fault of ours in it is said, and it begins anew: lists that nobody looks for any more would grow old without a word.
fn for_ever(pause: Duration, tell: &(impl Fn(Told) + ?Sized), act: impl Fn()) {
    // What is behind a lock is taken over as it is, here as everywhere.
    while catch_unwind(AssertUnwindSafe(&act)).is_err() {
        let name = std::thread::current().name().unwrap_or("a thread").to_owned();
        tell(Told::Warning(format!("'{name}' ended in a panic and begins anew in {} s", pause.as_secs())));
        std::thread::sleep(pause);
    }
}

/// Looks for other lists for ever; the same failure is told once.
fn watch(holder: &Holder, tls: Option<&Tls>, tell: &(impl Fn(Told) + ?Sized)) {
    let mut last = None;
    tell_ready(holder, tell);
    loop {
        match look(holder, false, tell) {
            Ok(_) => last = None,
            Err(error) => {
                let told = Some(error.to_string());
                if told != last {
                    tell(Told::Failed(error.to_string()));
                    last = told;
                }
            }
        }
        match tls.map(Tls::look) {
            Some(Ok(true)) => tell(Told::Certificate),
            Some(Err(why)) => tell(Told::Failed(why)),
            Some(Ok(false)) | None => {}
        }
        std::thread::sleep(LOOK);
    }
}

/// Opens the folder again if something else is in use there, or if it `must`, and says what answers then; says whether it did.
pub(crate) fn look(holder: &Holder, must: bool, tell: &(impl Fn(Told) + ?Sized)) -> Result<bool, NodeError> {
    let is_other = holder.look(must)?;
    if is_other {
        tell_ready(holder, tell);
    }
    Ok(is_other)
}

/// Says what answers, if anything does.
fn tell_ready(holder: &Holder, tell: &(impl Fn(Told) + ?Sized)) {
    let Ok(live) = holder.live() else { return };
    tell(Told::Ready { version: live.version.clone(), entities: live.node.entity_count() });
    let missing = live.missing().into_iter();
    missing.for_each(|(collection, child)| tell(Told::Missing { collection, child }));
}

/// Waits until the program is told to stop.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Whether it may listen there: on this machine always, elsewhere with users and TLS.
fn may_listen(options: &Serve) -> Result<(), ServeError> {
    if options.listen.ip().is_loopback() {
        return Ok(());
    }
    let missing = options.office.as_ref().map_or(Ok(2), |office| office.desk.missing_administrators())?;
    if missing > 0 {
        return Err(ServeError::Exposed(options.listen));
    }
    if options.tls.is_none() && options.settings.proxies.is_empty() {
        return Err(ServeError::Clear(options.listen));
    }
    Ok(())
}

/// Where connections come in.
struct Doorway {
    listener: TcpListener,
    router: Router,
    secure: Option<Arc<ServerConfig>>,
    /// When there are some, nobody else but this machine comes in without TLS.
    proxies: Vec<IpAddr>,
}

impl Doorway {
    /// Whether somebody may come in without TLS.
    fn takes(&self, peer: SocketAddr) -> bool {
        self.secure.is_some() || self.proxies.is_empty() || self.is_ours(peer)
    }

    /// Whether it is this machine or a proxy.
    fn is_ours(&self, peer: SocketAddr) -> bool {
        let peer = peer.ip().to_canonical();
        peer.is_loopback() || self.proxies.contains(&peer)
    }
}

/// Takes connections until `stop`, then lets those that are open end.
async fn answer(door: Doorway, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(HEADER_MAX).max_headers(HEADERS_MAX);
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let (secure, of_addresses) = (door.secure.clone().map(TlsAcceptor::from), Arc::new(Places::default()));
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&door.listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        let of_address = if door.is_ours(peer) { None } else { of_addresses.take(Address(Some(peer.ip())).counted()) };
        if !door.takes(peer) || (of_address.is_none() && !door.is_ours(peer)) {
            continue;
        }
        let (http, watcher, secure) = (http.clone(), graceful.watcher(), secure.clone());
        let (answered, turn) = (TowerToHyperService::new(door.router.clone()), Turn::default());
        let of_service = turn.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            of_service.begins();
            let (answer, turn) = (answered.call(request), of_service.clone());
            async move { answer.await.map(|response| response.map(|body| turn.over(body))) }
        });
        tokio::spawn(async move {
            let stream = Patient::new(stream, WRITE_TIME);
            // Whoever hangs up or speaks neither TLS nor HTTP has nothing to be told.
            match secure {
                None => {
                    let stream = TokioIo::new(Worded::new(stream, turn));
                    drop(watcher.watch(http.serve_connection(stream, service)).await);
                }
                Some(secure) => {
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE_TIME, secure.accept(stream)).await {
                        let stream = TokioIo::new(Worded::new(stream, turn));
                        drop(watcher.watch(http.serve_connection(stream, service)).await);
                    }
                }
            }
            drop((place, of_address));
        });
    }
    drop(door);
    let _ = timeout(END, graceful.shutdown()).await;
}

/// The next connection, when there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are written whole; to wait for more would only be slower.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, place))
        }
        Err(_) => {
            // No more files can be opened, mostly; those that are open close after a while.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_in_a_panic_is_said_and_begins_anew() {
        let (tries, told) = (std::sync::atomic::AtomicUsize::new(0), std::sync::Mutex::new(Vec::new()));
        let act = || assert!(tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 0, "the first time");
        for_ever(Duration::ZERO, &|what| told.lock().unwrap().push(what), act);
        assert_eq!(tries.into_inner(), 2);
        assert!(matches!(&told.into_inner().unwrap()[..], [Told::Warning(what)] if what.contains("begins anew")));
    }

    #[test]
    fn addresses_that_others_reach_are_refused() {
        for at in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0"] {
            let options = Serve {
                listen: at.parse().unwrap(),
                lists: Lists::Folder { data: "nowhere".into(), model: None },
                upkeep: None,
                office: None,
                settings: Settings::default(),
                threads: 1,
                tls: None,
            };
            let error = serve(options, |_| {}).unwrap_err().to_string();
            assert!(error.contains(at) && error.contains("127.0.0.1:PORT"), "{error}");
        }
    }
}
