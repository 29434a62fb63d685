//! Who the ids of users are, for whoever reads a history.
//!
//! Events name users by id; a name is put in its place where a person reads it.

use std::collections::BTreeMap;

use mihenk_ledger::{LedgerError, Who, access, people};
use mihenk_store::{Act, Query};

/// The names of users by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named(BTreeMap<String, String>);

impl Named {
    /// All names by their ids.
    #[must_use]
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// All users.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn read(query: &mut impl Query) -> Result<Named, LedgerError> {
        let users = people::users(query)?;
        Ok(Named(users.into_iter().map(|user| (user.id.to_string(), user.name)).collect()))
    }

    /// The name of a user; what is no user's id stays as it is.
    #[must_use]
    pub fn of<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// A text with the names of users in place of their ids.
    #[must_use]
    pub fn within(&self, text: &str) -> String {
        let is_part = |c: char| c.is_alphanumeric() || c == '-';
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c| !is_part(c)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            out.push_str(before);
            out.push_str(self.of(word));
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// Something that is shown to a person, who leaves an event by looking at it.
#[derive(Clone, Debug)]
pub struct Shown<D> {
    /// All that is known of it.
    pub detail: D,
    /// Who the ids in it are.
    pub named: Named,
    /// The time at which it is so, in milliseconds since 1970.
    pub now: i64,
}

impl<D> Shown<D> {
    /// Records who looked, by which request.
    pub(crate) fn to(act: &mut Act<'_>, who: &Who, id: &str, request: &str, detail: D) -> Result<Self, LedgerError> {
        access::seen(act, who, id, request)?;
        Ok(Shown { detail, named: Named::read(act)?, now: who.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_within_a_text_become_names() {
        let named = Named(BTreeMap::from([("U-1".into(), "ayse".into()), ("U-12".into(), "bahram".into())]));
        assert_eq!(named.within("assigned to U-12: U-1 is away"), "assigned to bahram: ayse is away");
        assert_eq!(named.within("XU-1 U-1x U-13 “U-1”"), "XU-1 U-1x U-13 “ayse”");
        assert_eq!(named.of("screening"), "screening");
    }
}
