//! The style sheet, the script and the icon, under names with the hash of their content, so that a browser may keep them for ever.
//!
//! In comes nothing, out come bytes with their address and type.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// A file that pages refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its address.
    pub path: String,
    /// Its type (RFC 9110, 8.3).
    pub kind: &'static str,
    /// Its content.
    pub content: &'static str,
}

/// The style sheet.
#[must_use]
pub fn style() -> Asset {
    static MADE: OnceLock<Asset> = OnceLock::new();
    MADE.get_or_init(|| made("style", "css", "text/css; charset=utf-8", include_str!("../assets/style.css"))).clone()
}

/// The script.
#[must_use]
pub fn script() -> Asset {
    static MADE: OnceLock<Asset> = OnceLock::new();
    MADE.get_or_init(|| made("script", "js", "text/javascript; charset=utf-8", include_str!("../assets/script.js")))
        .clone()
}

/// The asset of an address.
#[must_use]
pub fn of_path(path: &str) -> Option<Asset> {
    [style(), script()].into_iter().find(|asset| asset.path == path)
}

fn made(name: &str, ending: &str, kind: &'static str, content: &'static str) -> Asset {
    let hash = Sha256::digest(content);
    let hash: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Asset { path: format!("/assets/{name}-{hash}.{ending}"), kind, content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_its_address_alone() {
        let style = style();
        assert_eq!(of_path(&style.path), Some(style));
        assert_eq!(of_path("/assets/style.css"), None);
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        for asset in [style(), script()] {
            assert!(
                !asset.content.contains("http:")
                    && !asset.content.contains("https:")
                    && !asset.content.contains("@import")
            );
        }
    }
}
