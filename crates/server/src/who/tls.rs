//! TLS: the certificate and key, and what happens when their files change.
//!
//! In come two files in PEM form (RFC 7468), out comes what the handshake answers with. [`Tls::look`] reads them again: a pair that belongs together takes the
//! place of the one before for new connections, and one that does not, or cannot be read, is said and changes nothing. TLS 1.3 and 1.2, HTTP/1.1.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

/// Where certificate and key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and those that vouch for it, the server's own first.
    pub certificate: PathBuf,
    /// Its key, for nobody else to read.
    pub key: PathBuf,
}

/// What answers handshakes.
pub(crate) struct Tls {
    files: TlsFiles,
    current: RwLock<Arc<CertifiedKey>>,
    /// The files as they were last read, whether they were good or not.
    seen: Mutex<(Vec<u8>, Vec<u8>)>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// Which file cannot be used, and why.
    pub(crate) fn open(files: TlsFiles) -> Result<Arc<Tls>, String> {
        let seen = bytes(&files)?;
        let current = certified(&files, &seen)?;
        Ok(Arc::new(Tls { files, current: RwLock::new(Arc::new(current)), seen: Mutex::new(seen) }))
    }

    /// How handshakes are held.
    pub(crate) fn config(self: &Arc<Tls>) -> Result<Arc<ServerConfig>, String> {
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?;
        let mut config =
            config.with_no_client_auth().with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// Reads the files again if they have changed. `Ok(true)` when others answer from now on.
    ///
    /// # Errors
    /// Why those that are there now do not; said once for the same files.
    pub(crate) fn look(&self) -> Result<bool, String> {
        let mut seen = locked(&self.seen);
        let now = bytes(&self.files).unwrap_or_default();
        if *seen == now {
            return Ok(false);
        }
        seen.clone_from(&now);
        // A file that is gone is said as such.
        let now = bytes(&self.files)?;
        let next = Arc::new(certified(&self.files, &now)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(true)
    }
}

fn bytes(files: &TlsFiles) -> Result<(Vec<u8>, Vec<u8>), String> {
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    Ok((read(&files.certificate)?, read(&files.key)?))
}

fn certified(files: &TlsFiles, (certificate, key): &(Vec<u8>, Vec<u8>)) -> Result<CertifiedKey, String> {
    let at = |path: &Path| path.display().to_string();
    let chain = CertificateDer::pem_slice_iter(certificate).collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(|error| format!("{}: {error}", at(&files.certificate)))?;
    if chain.is_empty() {
        return Err(format!(
            "{}: there is no certificate in it; right would be PEM, which begins with -----BEGIN CERTIFICATE-----",
            at(&files.certificate)
        ));
    }
    let key = PrivateKeyDer::from_pem_slice(key)
        .map_err(|error| format!("{}: {error}; right would be a key in PEM, without a password", at(&files.key)))?;
    CertifiedKey::from_der(chain, key, &ring::default_provider())
        .map_err(|error| format!("{} and {} do not go together: {error}", at(&files.certificate), at(&files.key)))
}

impl ResolvesServerCert for Tls {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("files", &self.files).finish_non_exhaustive()
    }
}

/// What was seen is true at every moment, whoever panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(files: &TlsFiles, certificate: &str, key: &str) {
        fs::write(&files.certificate, certificate).unwrap();
        fs::write(&files.key, key).unwrap();
    }

    fn made() -> (String, String) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        (made.cert.pem(), made.signing_key.serialize_pem())
    }

    fn answers_with(tls: &Tls) -> Vec<u8> {
        tls.current.read().unwrap().end_entity_cert().unwrap().to_vec()
    }

    #[test]
    fn a_good_pair_takes_over_and_a_bad_one_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let files = TlsFiles { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
        assert!(Tls::open(files.clone()).unwrap_err().contains("cert.pem"));
        let (one, other) = (made(), made());
        write(&files, &one.0, &one.1);
        let tls = Tls::open(files.clone()).unwrap();
        let first = answers_with(&tls);
        assert_eq!(tls.look(), Ok(false));

        for (certificate, key, word) in [
            (other.0.as_str(), one.1.as_str(), "do not go together"),
            ("", one.1.as_str(), "there is no certificate in it"),
            (one.0.as_str(), "nonsense", "key.pem"),
            (&one.0[..one.0.len() / 2], one.1.as_str(), "cert.pem"),
        ] {
            write(&files, certificate, key);
            let why = tls.look().unwrap_err();
            assert!(why.contains(word), "{why}");
            assert_eq!(tls.look(), Ok(false), "it is said once");
            assert_eq!(answers_with(&tls), first);
        }
        fs::remove_file(&files.key).unwrap();
        assert!(tls.look().unwrap_err().contains("key.pem"));
        assert_eq!(tls.look(), Ok(false));

        write(&files, &other.0, &other.1);
        assert_eq!(tls.look(), Ok(true));
        assert_ne!(answers_with(&tls), first);
    }
}
