//! Where a store is: a file for SQLite, or an address of PostgreSQL.
//!
//! In comes what a user wrote, out comes a [`Place`]. Its `Display` is for messages and leaves a password out.

use std::{fmt, path::PathBuf, str::FromStr};

use sha2::{Digest, Sha256};

use crate::{error::StoreError, hex};

/// Where a store is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, with its write-ahead log beside it.
    Sqlite(PathBuf),
    /// `postgres://USER:PASSWORD@HOST:PORT/DATABASE`.
    Postgres(String),
}

impl Place {
    /// A short name for the store that says nothing of it: 16 letters of a hash.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let text = match self {
            Place::Sqlite(path) => std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string(),
            Place::Postgres(_) => self.to_string(),
        };
        hex::text(&Sha256::digest(text)[..8])
    }

    /// Another store beside this one: a file in the same folder, whose name ends so, or a schema of that name in the same database. `name` has small
    /// letters only.
    #[must_use]
    pub fn beside(&self, name: &str) -> Place {
        match self {
            Place::Sqlite(path) => {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                let extension = path.extension().map_or_else(|| "sqlite".into(), |ending| ending.to_string_lossy());
                Place::Sqlite(path.with_file_name(format!("{stem}-{name}.{extension}")))
            }
            Place::Postgres(address) => {
                let joined = if address.contains('?') { '&' } else { '?' };
                Place::Postgres(format!("{address}{joined}options=-csearch_path%3D{name}"))
            }
        }
    }
}

impl FromStr for Place {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Place, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Place::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        if path.is_empty() || path.contains("://") {
            return Err(StoreError::Address { found: without_password(text) });
        }
        Ok(Place::Sqlite(PathBuf::from(path)))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sqlite(path) => write!(f, "{}", path.display()),
            Place::Postgres(address) => f.write_str(&without_password(address)),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

/// The address with what stands between the user's name and the host left out, and without parameters, which may hold a
/// password as well.
fn without_password(address: &str) -> String {
    let address = address.split('?').next().unwrap_or(address);
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return address.to_owned() };
    let user = user.split(':').next().unwrap_or(user);
    format!("{scheme}://{user}@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_beside_another_has_a_name_of_its_own() {
        let file = Place::Sqlite("/srv/store.sqlite".into()).beside("compartment");
        assert_eq!(file, Place::Sqlite("/srv/store-compartment.sqlite".into()));
        let place: Place = "postgres://mihenk@db/node?sslmode=require".parse().unwrap();
        let beside = "postgres://mihenk@db/node?sslmode=require&options=-csearch_path%3Dcompartment";
        assert_eq!(place.beside("compartment"), Place::Postgres(beside.to_owned()));
    }

    #[test]
    fn an_address_is_read_and_its_password_never_shown() {
        let place: Place = "postgres://mihenk:p@ss:word@db.example:5432/node?password=x".parse().unwrap();
        assert_eq!(place.to_string(), "postgres://mihenk@db.example:5432/node");
        assert_eq!(format!("{place:?}"), "Place(postgres://mihenk@db.example:5432/node)");
        let file: Place = "sqlite:/var/lib/mihenk/store.sqlite".parse().unwrap();
        assert_eq!(file, Place::Sqlite("/var/lib/mihenk/store.sqlite".into()));
        let other = "mysql://root:secret@host/db".parse::<Place>().unwrap_err().to_string();
        assert!(other.contains("mysql://root@host/db") && !other.contains("secret"), "{other}");
    }
}
