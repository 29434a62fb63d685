//! TLS: who is trusted, who is not, and never from a secure address to one that is not.
//!
//! An authority and a server on the loopback interface are made for each test.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::Arc,
    thread,
};

use mihenk_lists::download::{Cause, DownloadError, Downloader, Fetched, Limits, Request};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::clock::TestClock;

/// An authority's certificate as PEM, and the address of a server that it vouches for.
fn authority_and_server(answer: &'static str) -> (String, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let server_key = KeyPair::generate().unwrap();
    let names = vec!["127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names).unwrap().signed_by(&server_key, &issuer).unwrap();
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!("https://{}/list", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            // A client that does not trust us hangs up in the middle.
            let lines = BufReader::new(&mut stream).lines().map_while(Result::ok);
            if lines.take_while(|line| !line.is_empty()).count() > 0 {
                let _ = stream.write_all(answer.as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (pem, url)
}

fn fetch(url: &str, roots: Option<&str>) -> Result<Fetched, DownloadError> {
    let downloader = Downloader::new(Limits::default(), roots.map(str::as_bytes), 1).unwrap();
    let request = Request { url, secret: None, known: None };
    downloader.fetch(&request, &TestClock::at("2026-01-02T03:04:05Z"), &|_| {})
}

const LIST: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlist";

#[test]
fn an_authority_of_the_house_is_trusted_when_it_is_given() {
    let (pem, url) = authority_and_server(LIST);
    let (other, _) = authority_and_server(LIST);
    let Fetched::Whole { bytes, .. } = fetch(&url, Some(&format!("{other}\n{pem}"))).unwrap() else { panic!() };
    assert_eq!(bytes, b"list");
    for roots in [None, Some(other.as_str())] {
        let error = fetch(&url, roots).unwrap_err();
        assert!(matches!(error.cause, Cause::Tls(_)) && error.attempts == 1, "{error:?}");
        assert!(error.to_string().contains("--ca FILE or SSL_CERT_FILE"), "{error}");
    }
}

#[test]
fn a_secure_address_leads_to_secure_ones_only() {
    let (pem, url) =
        authority_and_server("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/list\r\nContent-Length: 0\r\n\r\n");
    let error = fetch(&url, Some(&pem)).unwrap_err();
    assert!(matches!(error.cause, Cause::Downgrade(_)), "{error}");
}
