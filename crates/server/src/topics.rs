//! The topics of FollowTheMoney: what they are called, and which of them mean a risk.
//!
//! In comes a code such as `crime.terror`, out comes what the table `data/topics.txt` says of it.

use std::{collections::HashMap, sync::LazyLock};

/// What the table says of a topic.
struct Topic {
    label: &'static str,
    is_risk: bool,
}

static TOPICS: LazyLock<HashMap<&'static str, Topic>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/topics.txt").lines();
    let rows = lines.filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| {
        let mut cells = line.split('|').map(str::trim);
        let (code, label, risk) = (cells.next(), cells.next(), cells.next());
        (code.unwrap_or(""), Topic { label: label.unwrap_or(""), is_risk: risk == Some("risk") })
    })
    .collect()
});

/// What a topic is called; a code that is not in the table is its own name.
pub(crate) fn label(code: &str) -> &str {
    TOPICS.get(code).map_or(code, |topic| topic.label)
}

/// Whether a topic means a risk in dealing with whoever bears it.
pub(crate) fn is_risk(code: &str) -> bool {
    TOPICS.get(code).is_some_and(|topic| topic.is_risk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_a_topic_means() {
        assert_eq!((label("crime.terror"), is_risk("crime.terror")), ("Terrorism", true));
        assert_eq!((label("role.pep.frmr"), is_risk("role.pep.frmr")), ("Former PEP", false));
        assert_eq!((label("x.y"), is_risk("x.y")), ("x.y", false));
        assert_eq!(TOPICS.values().filter(|topic| topic.is_risk).count(), 28, "as many as FollowTheMoney names");
    }
}
