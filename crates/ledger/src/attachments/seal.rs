//! Sealing: XChaCha20-Poly1305 with a key of the house's own.
//!
//! ChaCha20-Poly1305 is RFC 8439; the form with a nonce of 24 bytes (draft-irtf-cfrg-xchacha-03) lets every nonce be random. The id of the
//! document is sealed with it, so that two documents cannot be exchanged. Which key sealed a document stands beside it as eight bytes of a
//! hash, so that a wrong key is told from a damaged document.

use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use mihenk_store::{StoreError, hex};
use sha2::{Digest, Sha256};

use crate::error::LedgerError;

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
/// Bytes of a nonce.
const NONCE_BYTES: usize = 24;

/// The key of the house.
#[derive(Clone)]
pub struct Key([u8; KEY_BYTES]);

/// What is kept of a document, or of another secret.
pub(crate) struct Sealed {
    pub(crate) key_id: String,
    pub(crate) nonce: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

impl Key {
    /// A key as it was kept.
    ///
    /// # Errors
    /// When it does not have 32 bytes.
    pub fn new(bytes: &[u8]) -> Result<Key, LedgerError> {
        let wrong = |_| LedgerError::refused(format!("a key has {KEY_BYTES} bytes, and this one {}", bytes.len()));
        bytes.try_into().map(Key).map_err(wrong)
    }

    /// One made at random.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Key, LedgerError> {
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        Ok(Key(bytes))
    }

    /// What is to be kept where nobody else can read it.
    #[must_use]
    pub fn reveal(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// A name for the key that does not tell it.
    #[must_use]
    pub fn id(&self) -> String {
        let hash = Sha256::new().chain_update("mihenk-key-id").chain_update(self.0).finalize();
        hex::text(&hash[..8])
    }

    pub(crate) fn seal(&self, id: &str, content: &[u8]) -> Result<Sealed, LedgerError> {
        let mut nonce = [0; NONCE_BYTES];
        fill(&mut nonce)?;
        let payload = Payload { msg: content, aad: id.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let bytes = sealed.map_err(|_| LedgerError::refused(format!("{id} cannot be sealed")))?;
        Ok(Sealed { key_id: self.id(), nonce: nonce.to_vec(), bytes })
    }

    pub(crate) fn open(&self, id: &str, sealed: &Sealed) -> Result<Vec<u8>, LedgerError> {
        if sealed.key_id != self.id() {
            let why = format!("{id} was sealed with the key {}, and this one is {}", sealed.key_id, self.id());
            return Err(LedgerError::refused(why));
        }
        let damaged = || LedgerError::refused(format!("{id} is damaged: it does not open with the key that sealed it"));
        let nonce: [u8; NONCE_BYTES] = sealed.nonce.as_slice().try_into().map_err(|_| damaged())?;
        let payload = Payload { msg: &sealed.bytes, aad: id.as_bytes() };
        self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| damaged())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), LedgerError> {
    getrandom::fill(bytes).map_err(|error| StoreError::Random(error.to_string()).into())
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}…)", self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_id_alone() {
        let key = Key::generate().unwrap();
        let sealed = key.seal("D-1", b"a passport").unwrap();
        assert!(!sealed.bytes.windows(8).any(|window| window == b"passport"));
        assert_eq!(key.open("D-1", &sealed).unwrap(), b"a passport");
        assert!(key.open("D-2", &sealed).unwrap_err().to_string().contains("D-2 is damaged"));
        let other = Key::generate().unwrap().open("D-1", &sealed).unwrap_err().to_string();
        assert!(other.contains("was sealed with the key"), "{other}");
        for at in 0..sealed.bytes.len() {
            let mut bytes = sealed.bytes.clone();
            bytes[at] ^= 1;
            let changed = Sealed { key_id: sealed.key_id.clone(), nonce: sealed.nonce.clone(), bytes };
            assert!(key.open("D-1", &changed).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_key_never_shows_itself() {
        let key = Key::new(&[7; 32]).unwrap();
        assert!(!format!("{key:?}").contains("0707"));
        assert!(Key::new(&[7; 31]).is_err());
    }
}
