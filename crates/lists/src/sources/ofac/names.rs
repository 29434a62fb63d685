//! Names as OFAC writes them: `EXAMPLE, Ali Reza, Jr.` for people, as they are for everything else.
//!
//! In comes a name of the primary or the alias file, or a weak alias from a remark; out comes the name in natural
//! order with its parts. OFAC puts family names first, in capitals, before a comma. A name without a comma has one
//! part that is neither given nor family name for sure.

/// A person's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// In natural order: *Ali Reza EXAMPLE Jr.*
    pub(crate) full: String,
    /// Given names.
    pub(crate) first: String,
    /// Family names.
    pub(crate) last: String,
    /// *Jr.*, *III*.
    pub(crate) suffix: String,
}

const SUFFIXES: [&str; 8] = ["JR", "SR", "II", "III", "IV", "V", "FILHO", "NETO"];

/// Reads a person's name.
pub(crate) fn person(text: &str) -> PersonName {
    let mut parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let (Some(last), given) = (parts.next(), parts.collect::<Vec<_>>()) else { return PersonName::default() };
    if given.is_empty() {
        return PersonName { full: last.to_owned(), ..PersonName::default() };
    }
    let is_suffix = |part: &&str| SUFFIXES.contains(&part.trim_end_matches('.').to_uppercase().as_str());
    let suffix = given.iter().find(|part| is_suffix(part)).copied().unwrap_or("");
    let first = given.iter().filter(|part| !is_suffix(part)).copied().collect::<Vec<_>>().join(" ");
    let full = [first.as_str(), last, suffix].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    PersonName { full, first, last: last.to_owned(), suffix: suffix.to_owned() }
}

/// The text between the quotes that mark a weak alias; names have apostrophes of their own.
pub(crate) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_put_in_natural_order() {
        for (text, full, first, last, suffix) in [
            ("EXAMPLE, Ali", "Ali EXAMPLE", "Ali", "EXAMPLE", ""),
            (
                "DE LA MUESTRA SOTO, Juan Jose, Jr.",
                "Juan Jose DE LA MUESTRA SOTO Jr.",
                "Juan Jose",
                "DE LA MUESTRA SOTO",
                "Jr.",
            ),
            ("ABU EXAMPLE", "ABU EXAMPLE", "", "", ""),
            ("EXAMPLE, III", "EXAMPLE III", "", "EXAMPLE", "III"),
            (" , ", "", "", "", ""),
        ] {
            let name = person(text);
            assert_eq!(
                (name.full, name.first, name.last, name.suffix),
                (full.into(), first.into(), last.into(), suffix.into())
            );
        }
    }

    #[test]
    fn weak_aliases_lose_their_quotes_and_keep_their_apostrophes() {
        assert_eq!(unquoted("'BNC'"), "BNC");
        assert_eq!(unquoted("''ABD AL-EXAMPLE'"), "'ABD AL-EXAMPLE");
        assert_eq!(unquoted("'EXAMPLE''"), "EXAMPLE'");
        assert_eq!(unquoted("X"), "X");
        assert_eq!(unquoted("'"), "'");
    }
}
