//! Listening: connections in, until it is told to stop.
//!
//! In comes a data folder and an address, out come words of what happens ([`Told`]). Answers begin at once: `/healthz` while the folder is being opened,
//! everything else when it is. A thread looks every two seconds whether other lists are in use. A connection that sends its headers too slowly, or
//! too many of them, is closed; when it is told to stop, no new one is taken and those that are open may end.

use std::{future::Future, io, net::SocketAddr, path::PathBuf, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use mihenk_node::Node;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

use crate::{
    app::{self, State},
    live::Holder,
    manifest::Collection,
    office::Office,
    settings::Settings,
};

/// How long the headers of a request may take to come, and a connection may wait for the next one.
const HEADER_TIME: Duration = Duration::from_secs(20);
/// Bytes of the headers of a request.
const HEADER_MAX: usize = 256 << 10;
/// Connections that are open at once.
const CONNECTIONS: usize = 2_048;
/// How often it is looked whether other lists are in use.
const LOOK: Duration = Duration::from_secs(2);
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
    /// Where people work, if there is a store.
    pub office: Option<Office>,
    /// Collections of a manifest.
    pub collections: Vec<Collection>,
    /// What can be set.
    pub settings: Settings,
    /// Threads that screen; as many take connections.
    pub threads: usize,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It listens.
    Listening(SocketAddr),
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
    /// Lists could not be opened; what answered before still does.
    Failed(String),
    /// It stops.
    Stopping,
}

/// Why it does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There are no users, so only this machine may ask.
    #[error(
        "there are no users yet who could sign in, so the server listens on this machine only: {0} is an address that others \
         reach; write 127.0.0.1:PORT or [::1]:PORT, and put a proxy that knows its users before it"
    )]
    Exposed(SocketAddr),
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
    if !options.listen.ip().is_loopback() {
        return Err(ServeError::Exposed(options.listen));
    }
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
    let holder = match options.lists {
        Lists::Folder { data, model } => Holder::of_folder(data, model, options.collections),
        Lists::Node(node) => Holder::of_node(*node, options.collections),
    };
    let state = State::new(holder, options.office, options.settings);
    let tell = Arc::new(tell);
    tell(Told::Listening(address));
    let (watched, told) = (Arc::clone(&state), Arc::clone(&tell));
    // It ends with the program.
    std::thread::Builder::new()
        .name("lists".to_owned())
        .spawn(move || watch(&watched.holder, &*told))
        .map_err(ServeError::Start)?;
    runtime.block_on(answer(listener, app::router(state), async {
        stopped().await;
        tell(Told::Stopping);
    }));
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(())
}

/// Looks for other lists for ever; the same failure is told once.
fn watch(holder: &Holder, tell: &(impl Fn(Told) + ?Sized)) {
    let mut last = None;
    tell_ready(holder, tell);
    loop {
        match holder.look(false) {
            Ok(true) => {
                tell_ready(holder, tell);
                last = None;
            }
            Ok(false) => last = None,
            Err(error) => {
                let told = Some(error.to_string());
                if told != last {
                    tell(Told::Failed(error.to_string()));
                    last = told;
                }
            }
        }
        std::thread::sleep(LOOK);
    }
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

/// Takes connections until `stop`, then lets those that are open end.
async fn answer(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(HEADER_MAX);
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, place)) = accepted else { continue };
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // Whoever hangs up or speaks no HTTP has nothing to be told.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(END, graceful.shutdown()).await;
}

/// The next connection, when there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Answers are written whole; to wait for more would only be slower.
            let _ = stream.set_nodelay(true);
            Some((stream, place))
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
    fn addresses_that_others_reach_are_refused() {
        for at in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0"] {
            let options = Serve {
                listen: at.parse().unwrap(),
                lists: Lists::Folder { data: "nowhere".into(), model: None },
                office: None,
                collections: Vec::new(),
                settings: Settings::default(),
                threads: 1,
            };
            let error = serve(options, |_| {}).unwrap_err().to_string();
            assert!(error.contains(at) && error.contains("127.0.0.1:PORT"), "{error}");
        }
    }
}
