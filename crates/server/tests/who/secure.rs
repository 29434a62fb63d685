//! TLS on a socket: handshakes, certificates that change, clients that are slow.
//!
//! A server in a thread of this process, which ends with it.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use mihenk_server::{Lists, Office, Serve, Settings, TlsFiles, Told, serve};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring, pki_types::ServerName};

use crate::house::House;

/// How long anything may take here; only what fails takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    told: Mutex<Receiver<Told>>,
}

/// What is served to this machine without TLS.
pub(crate) fn plain(office: Office) -> Serve {
    Serve {
        listen: "127.0.0.1:0".parse().unwrap(),
        lists: Lists::Folder { data: "nowhere".into(), model: None },
        office: Some(office),
        upkeep: None,
        settings: Settings::default(),
        tls: None,
        threads: 2,
    }
}

impl Served {
    pub(crate) fn start(options: Serve) -> Served {
        let (sender, told) = channel();
        let sender = Mutex::new(sender);
        std::thread::spawn(move || serve(options, move |told| drop(sender.lock().unwrap().send(told))));
        let Told::Listening { address, .. } = told.recv_timeout(PATIENCE).unwrap() else { panic!("first it listens") };
        Served { address, told: Mutex::new(told) }
    }

    /// Waits for something that is told.
    pub(crate) fn tells(&self, is_it: impl Fn(&Told) -> bool) -> Told {
        let told = self.told.lock().unwrap();
        std::iter::from_fn(|| told.recv_timeout(PATIENCE).ok()).find(is_it).unwrap()
    }

    /// The paths of the links that were told when it started.
    pub(crate) fn links(&self) -> Vec<String> {
        let told = self.told.lock().unwrap();
        let mut all = Vec::new();
        while let Ok(one) = told.recv_timeout(Duration::from_millis(500)) {
            if let Told::FirstStart(links) = one {
                let beginning = format!("http://{}", self.address);
                all.extend(links.iter().map(|link| link.strip_prefix(&beginning).unwrap().to_owned()));
            }
        }
        all
    }

    /// Asks without TLS.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        talk(&mut stream, &self.address.to_string(), method, path, headers, body)
    }
}

pub(crate) fn talk(
    stream: &mut (impl Read + Write),
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> String {
    let mut text =
        format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    headers.iter().for_each(|(name, value)| text.push_str(&format!("{name}: {value}\r\n")));
    let _ = stream.write_all(format!("{text}\r\n{body}").as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// A certificate that a client may trust, in the files that the server reads.
pub(crate) fn certificate(files: &TlsFiles) -> rustls::pki_types::CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

pub(crate) fn files(folder: &Path) -> TlsFiles {
    TlsFiles { certificate: folder.join("cert.pem"), key: folder.join("key.pem") }
}

/// A connection by TLS, trusting one certificate.
pub(crate) fn connected(
    address: SocketAddr,
    trusted: &rustls::pki_types::CertificateDer<'static>,
) -> Result<StreamOwned<ClientConnection, TcpStream>, String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config =
        config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    let socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut stream = StreamOwned::new(client, socket);
    stream.flush().map_err(|error| error.to_string())?;
    Ok(stream)
}

/// Asks by TLS, trusting one certificate.
fn ask(
    address: SocketAddr,
    trusted: &rustls::pki_types::CertificateDer<'static>,
    path: &str,
) -> Result<String, String> {
    let mut stream = connected(address, trusted)?;
    Ok(talk(&mut stream, "localhost", "GET", path, &[], ""))
}

#[test]
fn certificates_change_without_a_restart_and_broken_ones_do_not_count() {
    let house = House::open();
    let files = files(house.path());
    let first = certificate(&files);
    let mut options = plain(house.office());
    options.tls = Some(files.clone());
    let served = Served::start(options);

    let answer = ask(served.address, &first, "/healthz").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.to_lowercase().contains("strict-transport-security: max-age=31536000"), "{answer}");
    // Whoever speaks no TLS gets nothing, and disturbs nobody.
    assert!(!served.ask("GET", "/healthz", &[], "").contains("200 OK"));

    std::fs::write(&files.certificate, "broken").unwrap();
    let Told::Failed(why) = served.tells(|told| matches!(told, Told::Failed(why) if why.contains("cert.pem"))) else {
        panic!()
    };
    assert!(why.contains("there is no certificate in it"), "{why}");
    ask(served.address, &first, "/healthz").unwrap();

    let second = certificate(&files);
    served.tells(|told| *told == Told::Certificate);
    assert!(ask(served.address, &second, "/healthz").unwrap().starts_with("HTTP/1.1 200"));
    assert!(ask(served.address, &first, "/healthz").is_err(), "it answers no more");
}

#[test]
fn whoever_is_slow_with_the_handshake_is_left() {
    let house = House::open();
    let files = files(house.path());
    let trusted = certificate(&files);
    let mut options = plain(house.office());
    options.tls = Some(files);
    let served = Served::start(options);
    let mut slow = TcpStream::connect(served.address).unwrap();
    slow.set_read_timeout(Some(PATIENCE)).unwrap();
    slow.write_all(&[22, 3, 1]).unwrap();
    let (begun, mut rest) = (Instant::now(), Vec::new());
    ask(served.address, &trusted, "/healthz").unwrap();
    let _ = slow.read_to_end(&mut rest);
    assert!((8..40).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}
