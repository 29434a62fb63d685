//! Encryption to PostgreSQL: what an address asks for, and the certificates that are believed.
//!
//! In comes an address, out come the driver's configuration and, with `sslmode=require` or `verify-full`, a connector. Both
//! mean the same here: the server must show a certificate for its name that leads to one of the believed authorities, which
//! are those of the file `sslrootcert=FILE` (PEM) or, without it, Mozilla's. PostgreSQL's own client lets `require`
//! believe anybody; whoever reads the traffic could then write it as well. Without `sslmode` nothing is encrypted.

use std::sync::Arc;

use postgres::config::{Config, SslMode};
use rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer, pki_types::pem::PemObject};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What an address asks for.
pub(super) struct Asked {
    pub(super) config: Config,
    pub(super) connector: Option<MakeRustlsConnect>,
}

/// Reads an address; what is wrong with it is said without its password.
pub(super) fn read(address: &str) -> Result<Asked, String> {
    let (address, roots) = without_roots(&address.replace("sslmode=verify-full", "sslmode=require"));
    let config: Config = address.parse().map_err(|error: postgres::Error| {
        let source = std::error::Error::source(&error).map_or_else(String::new, |source| format!(": {source}"));
        format!("its address is not understood{source}; of sslmode it knows disable, require and verify-full")
    })?;
    let connector = match config.get_ssl_mode() {
        SslMode::Require => Some(connector(roots.as_deref())?),
        _ => None,
    };
    Ok(Asked { config, connector })
}

/// The address without the parameter `sslrootcert`, which the driver does not know, and its value.
fn without_roots(address: &str) -> (String, Option<String>) {
    let Some((place, parameters)) = address.split_once('?') else { return (address.to_owned(), None) };
    let (roots, rest): (Vec<&str>, Vec<&str>) =
        parameters.split('&').partition(|parameter| parameter.starts_with("sslrootcert="));
    let roots = roots.first().and_then(|parameter| parameter.split_once('=')).map(|(_, path)| path.replace("%2F", "/"));
    let address = if rest.is_empty() { place.to_owned() } else { format!("{place}?{}", rest.join("&")) };
    (address, roots)
}

fn connector(roots: Option<&str>) -> Result<MakeRustlsConnect, String> {
    let mut believed = RootCertStore::empty();
    match roots {
        None => believed.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let unread = |error: &dyn ToString| format!("the certificates in {path}: {}", error.to_string());
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unread(&error))? {
                let certificate = certificate.map_err(|error| unread(&error))?;
                believed.add(certificate).map_err(|error| unread(&error))?;
            }
            if believed.is_empty() {
                return Err(unread(&"the file holds no certificate"));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(believed)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_asks_for() {
        let plain = read("postgres://mihenk@db.example/node").unwrap();
        assert!(plain.connector.is_none());
        for mode in ["require", "verify-full"] {
            let asked = read(&format!("postgres://mihenk@db.example/node?sslmode={mode}")).unwrap();
            assert!(asked.connector.is_some(), "{mode}");
        }
        let refused = read("postgres://mihenk:secret@db.example/node?sslmode=perhaps").err().unwrap();
        assert!(refused.contains("sslmode") && !refused.contains("secret"), "{refused}");
    }

    #[test]
    fn authorities_of_ones_own_are_read_from_a_file() {
        let address = "postgres://db.example/node?sslrootcert=/etc/none.pem&sslmode=require";
        let refused = read(address).err().unwrap();
        assert!(refused.contains("/etc/none.pem"), "{refused}");
        let (rest, roots) = without_roots("postgres://h/d?a=b&sslrootcert=%2Fetc%2Fca.pem");
        assert_eq!((rest.as_str(), roots.as_deref()), ("postgres://h/d?a=b", Some("/etc/ca.pem")));
    }
}
