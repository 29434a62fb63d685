//! Delivering webhooks: the one place of the server that opens a connection to somewhere else.
//!
//! In come the messages whose time has come ([`mihenk_node::webhooks`]), out go posts, and what became of each is written down. An answer of the class 2xx is a message that was
//! taken; 410 says that nobody is there any more; redirects are not followed. `guard` sees to it that no address inside the house is reached by a name outside. Messages to different
//! receivers go at the same time, and none waits for a slow one longer than a message may take.

mod guard;

use std::{sync::Arc, time::Duration};

use mihenk_node::{
    NodeError, certificates,
    webhooks::{self, Became, Looked, Message},
};
use ureq::{Agent, tls::TlsConfig, unversioned::transport::DefaultConnector};

use self::guard::Guard;
use crate::{listen::Told, office::Office, upkeep::Tell};

/// How often it is looked whether a message is due.
const LOOK: Duration = Duration::from_secs(1);
/// How long connecting may take, TLS included.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a message may take in all.
const WHOLE: Duration = Duration::from_secs(20);

/// Delivers webhooks.
#[derive(Debug)]
pub struct Deliverer {
    agent: Agent,
    looked: Looked,
}

impl Deliverer {
    /// One that trusts the certificates in `roots` (PEM), or Mozilla's, and reaches addresses inside the house only if it may.
    ///
    /// # Errors
    /// In words, when the text holds no certificate.
    pub fn new(allows_private: bool, roots: Option<&[u8]>) -> Result<Deliverer, String> {
        let mut config = Agent::config_builder()
            .user_agent(concat!("mihenk/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look names up by itself, past the guard.
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .max_idle_connections(0);
        if let Some(pem) = roots {
            config = config.tls_config(
                TlsConfig::builder()
                    .root_certs(certificates(pem).map_err(|why| format!("SSL_CERT_FILE: {why}"))?)
                    .build(),
            );
        }
        let agent = Agent::with_parts(config.build(), DefaultConnector::new(), Guard::new(allows_private));
        Ok(Deliverer { agent, looked: Looked::new() })
    }

    /// Delivers what is due by now; gives how many messages that were.
    ///
    /// # Errors
    /// When the store or the key cannot be read. What could not be delivered is no error: it is written down.
    pub fn round(&mut self, office: &Office) -> Result<usize, NodeError> {
        let messages = webhooks::due(&office.desk, || office.key(), &mut self.looked)?;
        let agent = &self.agent;
        let results: Vec<Result<(), NodeError>> = std::thread::scope(|scope| {
            let send = |message| move || deliver(agent, office, message);
            let running: Vec<_> = messages.iter().map(|message| scope.spawn(send(message))).collect();
            let panicked = || Err(NodeError::Act("a delivery ended in a panic".to_owned()));
            running.into_iter().map(|one| one.join().unwrap_or_else(|_| panicked())).collect()
        });
        results.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(messages.len())
    }
}

/// Delivers for as long as the program runs, on a thread of its own.
pub(crate) fn begin(office: Arc<Office>, allows_private: bool, tell: Tell) -> std::io::Result<()> {
    let run = move || {
        let mut last = String::new();
        let mut deliverer = None;
        loop {
            let result = match &mut deliverer {
                Some(deliverer) => Deliverer::round(deliverer, &office).map_err(|error| error.to_string()),
                None => roots().and_then(|pem| Deliverer::new(allows_private, pem.as_deref())).map(|made| {
                    deliverer = Some(made);
                    0
                }),
            };
            if let Err(why) = result
                && why != last
            {
                // The next round tries again.
                tell(Told::Warning(format!("webhooks: {why}")));
                last = why;
            }
            std::thread::sleep(LOOK);
        }
    };
    std::thread::Builder::new().name("webhooks".to_owned()).spawn(run).map(drop)
}

/// The authorities that are trusted, if somebody named them: the same as for lists.
fn roots() -> Result<Option<Vec<u8>>, String> {
    let path = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty());
    path.map(|path| std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))).transpose()
}

fn deliver(agent: &Agent, office: &Office, message: &Message) -> Result<(), NodeError> {
    let became =
        if message.is_empty() { Became::Taken("nothing was left of it".to_owned()) } else { post(agent, message) };
    let scatter = u16::try_from(crate::app::random() % 1_000).unwrap_or(0);
    match webhooks::attempted(&office.desk, message, &became, scatter) {
        // It was ended while the message was under way.
        Err(NodeError::Ledger(mihenk_node::ledger::LedgerError::Refused(_))) => Ok(()),
        other => other,
    }
}

fn post(agent: &Agent, message: &Message) -> Became {
    let mut request = agent.post(&message.url).content_type("application/json");
    for (name, value) in &message.headers {
        request = request.header(*name, value);
    }
    match request.send(message.body.as_bytes()) {
        Ok(response) => match response.status().as_u16() {
            status @ 200..=299 => Became::Taken(format!("answered {status}")),
            410 => Became::Refused("answered 410: nobody is there any more".to_owned()),
            status @ 300..=399 => Became::NotTaken(format!("answered {status}: redirects are not followed")),
            status => Became::NotTaken(format!("answered {status}")),
        },
        Err(error) => Became::NotTaken(error.to_string()),
    }
}
