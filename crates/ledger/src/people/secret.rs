//! Passwords and tokens: made at random, kept as hashes, never shown by `Debug`.
//!
//! A [`Secret`] is hashed with argon2id (RFC 9106), 64 MiB, three passes, one lane. A [`Token`] is 32 random bytes, of which SHA-256
//! is kept: nothing that is random needs a slow hash.

use std::fmt;

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use mihenk_store::StoreError;
use sha2::{Digest, Sha256};

use crate::{error::LedgerError, refusals};

/// Memory in KiB, passes, lanes: RFC 9106, section 4, the option for who has less memory, on one lane.
const COST: (u32, u32, u32) = (64 * 1024, 3, 1);
/// Letters of a password that is made at random: none that is mistaken for another.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// How many: 20 of 31 are 99 bits.
const LENGTH: usize = 20;
/// The fewest characters of a password that somebody chooses.
const SHORTEST: usize = 12;

/// How a key of the API begins.
const KEY: &str = "mihenk_";

/// A password.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What proves that somebody has signed in, or a key of the API.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token(String);

impl Secret {
    /// A password as it was typed.
    #[must_use]
    pub fn new(text: &str) -> Secret {
        Secret(text.to_owned())
    }

    /// One made at random.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Secret, LedgerError> {
        random_letters(LENGTH).map(Secret)
    }

    /// As text, to be shown once to whom it is for.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept.
    pub(crate) fn hashed(&self) -> Result<String, LedgerError> {
        let salt = random::<16>()?;
        let hash = argon2()?.hash_password_with_salt(self.0.as_bytes(), &salt).map_err(not_hashed)?;
        Ok(hash.to_string())
    }

    /// Whether it is the one that is kept. Without one, as much is computed and the answer is no.
    pub(crate) fn is(&self, kept: Option<&str>) -> bool {
        let hash = kept.and_then(|kept| PasswordHash::new(kept).ok());
        match (hash, argon2()) {
            (Some(hash), Ok(argon2)) => argon2.verify_password(self.0.as_bytes(), &hash).is_ok(),
            (_, Ok(argon2)) => {
                let _ = argon2.hash_password_with_salt(self.0.as_bytes(), &[0; 16]);
                false
            }
            (_, Err(_)) => false,
        }
    }

    /// Refuses a short one.
    fn is_long_enough(&self) -> Result<(), LedgerError> {
        if self.0.chars().count() < SHORTEST {
            return Err(refusals::password_short(SHORTEST));
        }
        Ok(())
    }

    /// Refuses a short one and the one before.
    pub(crate) fn is_good_enough(&self, before: &Secret) -> Result<(), LedgerError> {
        self.is_long_enough()?;
        if self == before {
            return Err(refusals::password_same());
        }
        Ok(())
    }
}

/// A password that somebody chose, hashed.
#[derive(Debug)]
pub struct ChosenPassword(String);

impl ChosenPassword {
    /// Hashes it, which takes a tenth of a second.
    ///
    /// # Errors
    /// When it is short.
    pub fn new(password: &Secret) -> Result<ChosenPassword, LedgerError> {
        password.is_long_enough()?;
        password.hashed().map(ChosenPassword)
    }

    pub(super) fn hash(&self) -> &str {
        &self.0
    }
}

impl Token {
    /// A key of the API made at random; its beginning tells it from the token of a session, and those who look for keys in files what it is.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate_key() -> Result<Token, LedgerError> {
        Ok(Token(format!("{KEY}{}", mihenk_store::hex::text(&random::<32>()?))))
    }

    /// Whether it is a key of the API.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.0.starts_with(KEY)
    }

    /// One made at random.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Token, LedgerError> {
        Ok(Token(mihenk_store::hex::text(&random::<32>()?)))
    }

    /// A token as it was kept by whom it was given to.
    #[must_use]
    pub fn new(text: &str) -> Token {
        Token(text.trim().to_owned())
    }

    /// As text, to be kept by whom it is for.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn hashed(&self) -> String {
        mihenk_store::hex::text(&Sha256::digest(&self.0))
    }

    /// A secret that follows from this one and tells nothing of it, such as what forms of a session carry. The token is 32 random bytes, so a hash over
    /// a label and it is as good as a keyed one.
    #[must_use]
    pub fn derived(&self, label: &str) -> String {
        let hash = Sha256::new().chain_update(label).chain_update([0]).chain_update(&self.0).finalize();
        mihenk_store::hex::text(&hash)
    }
}

fn argon2() -> Result<Argon2<'static>, LedgerError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(not_hashed)?;
    Ok(Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params))
}

#[allow(clippy::needless_pass_by_value)] // for map_err
fn not_hashed(error: impl ToString) -> LedgerError {
    LedgerError::refused(format!("the password cannot be hashed: {}", error.to_string()))
}

/// Letters made at random, none likelier than another.
pub(super) fn random_letters(length: usize) -> Result<String, LedgerError> {
    let mut text = String::new();
    while text.len() < length {
        for byte in random::<32>()? {
            // Bytes that would make the first letters likelier than the others are not used.
            let fair = (256 / LETTERS.len()) * LETTERS.len();
            if usize::from(byte) < fair && text.len() < length {
                text.push(char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
            }
        }
    }
    Ok(text)
}

pub(super) fn random<const N: usize>() -> Result<[u8; N], LedgerError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Random(error.to_string()))?;
    Ok(bytes)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
