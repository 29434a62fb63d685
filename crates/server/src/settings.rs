//! What can be set, under the names that yente's users know.
//!
//! In come environment variables, out come [`Settings`]. A value that cannot be read is an error that names the variable: a limit that was meant and
//! is not held is worse than a server that does not start.

use std::{net::IpAddr, time::Duration};

use crate::{algorithms::Algorithm, who::oidc::Oidc};

/// What can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Queries in one request (`YENTE_MAX_BATCH`).
    pub max_batch: usize,
    /// Results of a query where no limit is asked for (`YENTE_MATCH_PAGE`).
    pub match_page: usize,
    /// The highest limit that can be asked for (`YENTE_MAX_MATCHES`).
    pub max_matches: usize,
    /// The algorithm where none is asked for (`YENTE_DEFAULT_ALGORITHM`).
    pub default_algorithm: String,
    /// What `best` means (`YENTE_BEST_ALGORITHM`).
    pub(crate) best_algorithm: Algorithm,
    /// Algorithms that are not told of (`YENTE_HIDDEN_ALGORITHMS`, with commas between).
    pub hidden_algorithms: Vec<String>,
    /// What the server is called (`YENTE_TITLE`).
    pub title: String,
    /// The word with which `/updatez` may be called (`YENTE_UPDATE_TOKEN`); nobody may if there is none.
    pub update_token: String,
    /// Bytes of path and query (`YENTE_MAX_URL_LENGTH`).
    pub max_url_length: usize,
    /// Whether browsers come by TLS, to the server itself or to a proxy before it: cookies are then never sent without.
    pub is_secure: bool,
    /// Proxies whose `x-forwarded-for` counts (`MIHENK_BEHIND_PROXY`, with commas between).
    pub proxies: Vec<IpAddr>,
    /// Addresses that screen without a key although there are users (`MIHENK_OPEN_TO`, with commas between).
    pub open_to: Vec<IpAddr>,
    /// Requests a second of one key, ten seconds' worth at once (`MIHENK_KEY_LIMIT`); 0 for no limit.
    pub key_limit: u32,
    /// Requests a second of one address, ten seconds' worth at once (`MIHENK_ADDRESS_LIMIT`); 0 for no limit. This machine has none.
    pub address_limit: u32,
    /// An issuer at which people sign in.
    pub oidc: Option<Oidc>,
    /// Whether webhooks may reach addresses of private networks (`MIHENK_WEBHOOK_PRIVATE`).
    pub webhook_private: bool,
    /// How long an answer may take; a file of customers may take twenty times as long to come. An act under `/api/v1` has a twelfth less, so that it says
    /// itself what was not done.
    pub answer_time: Duration,
    /// Everything that can be set, as it is shown to administrators.
    pub shown: Vec<Shown>,
}

/// A setting as it is shown. A secret never comes here: what stands for it is three stars.
pub type Shown = mihenk_pages::settings::Setting;

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            max_batch: 100,
            match_page: 5,
            max_matches: 500,
            default_algorithm: "best".to_owned(),
            best_algorithm: Algorithm::LogicV2,
            hidden_algorithms: Vec::new(),
            title: "Mihenk".to_owned(),
            update_token: String::new(),
            max_url_length: 60_000,
            is_secure: false,
            proxies: Vec::new(),
            open_to: Vec::new(),
            key_limit: 0,
            address_limit: 100,
            oidc: None,
            webhook_private: false,
            answer_time: Duration::from_secs(60),
            shown: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the variables that `get` gives.
    ///
    /// # Errors
    /// The variable, what was found, and what would be right.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Settings, String> {
        let given = |name: &str| get(name).filter(|value| !value.trim().is_empty());
        let count = |name: &str, default: usize| match given(name) {
            None => Ok(default),
            Some(text) => match text.trim().parse::<usize>() {
                Ok(number) if number > 0 => Ok(number),
                _ => Err(format!("{name}: '{text}' is not a whole number above zero, such as {default}")),
            },
        };
        let limit = |name: &str, default: u32| match given(name) {
            None => Ok(default),
            Some(text) => text.trim().parse::<u32>().map_err(|_| {
                format!("{name}: '{text}' is not a whole number of requests a second, such as 100; 0 is no limit")
            }),
        };
        let said = |name: &str, default: bool| match given(name) {
            None => Ok(default),
            Some(text) => truth(&text).ok_or_else(|| {
                format!("{name}: '{text}' is neither true nor false; right would be {name}=true or {name}=false")
            }),
        };
        let usual = Settings::default();
        let algorithm = |name: &str, default: &str| {
            let text = given(name).unwrap_or_else(|| default.to_owned());
            let known = || Algorithm::ALL.map(Algorithm::name).join(", ");
            let found = Algorithm::named(&text, Algorithm::LogicV2);
            found
                .map(|found| (text.clone(), found))
                .map_err(|_| format!("{name}: '{text}' is not an algorithm; there are best, {}", known()))
        };
        let hidden = given("YENTE_HIDDEN_ALGORITHMS").unwrap_or_default();
        let names = hidden.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        Ok(Settings {
            max_batch: count("YENTE_MAX_BATCH", usual.max_batch)?,
            match_page: count("YENTE_MATCH_PAGE", usual.match_page)?,
            max_matches: count("YENTE_MAX_MATCHES", usual.max_matches)?,
            default_algorithm: algorithm("YENTE_DEFAULT_ALGORITHM", &usual.default_algorithm)?.0,
            best_algorithm: algorithm("YENTE_BEST_ALGORITHM", usual.best_algorithm.name())?.1,
            hidden_algorithms: names.collect(),
            title: given("YENTE_TITLE").unwrap_or(usual.title),
            update_token: get("YENTE_UPDATE_TOKEN").unwrap_or_default().trim().to_owned(),
            max_url_length: count("YENTE_MAX_URL_LENGTH", usual.max_url_length)?,
            is_secure: usual.is_secure,
            proxies: addresses("MIHENK_BEHIND_PROXY", given("MIHENK_BEHIND_PROXY"))?,
            open_to: addresses("MIHENK_OPEN_TO", given("MIHENK_OPEN_TO"))?,
            key_limit: limit("MIHENK_KEY_LIMIT", usual.key_limit)?,
            address_limit: limit("MIHENK_ADDRESS_LIMIT", usual.address_limit)?,
            oidc: Oidc::read(&get)?,
            webhook_private: said("MIHENK_WEBHOOK_PRIVATE", usual.webhook_private)?,
            answer_time: usual.answer_time,
            shown: usual.shown,
        })
    }
}

/// Yes or no, in each way in which a setting may say it; none if it says neither.
#[must_use]
pub fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Addresses with commas between.
///
/// # Errors
/// What is none, with the name of the setting.
pub(crate) fn addresses(name: &str, text: Option<String>) -> Result<Vec<IpAddr>, String> {
    let text = text.unwrap_or_default();
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let read = |part: &str| {
        let wrong = |_| {
            format!(
                "{name}: '{part}' is no address; right would be addresses with commas between, such as 127.0.0.1,::1"
            )
        };
        part.parse::<IpAddr>().map(|address| address.to_canonical()).map_err(wrong)
    };
    parts.map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        Settings::read(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn what_is_not_set_is_as_usual() {
        let settings =
            read(&[("YENTE_MAX_BATCH", "7"), ("YENTE_BEST_ALGORITHM", "ofac"), ("YENTE_TITLE", "")]).unwrap();
        assert_eq!((settings.max_batch, settings.match_page, settings.max_matches), (7, 5, 500));
        assert_eq!((settings.best_algorithm, settings.title.as_str()), (Algorithm::Ofac, "Mihenk"));
    }

    #[test]
    fn yes_and_no_are_said_in_each_way() {
        let private = |text: &str| read(&[("MIHENK_WEBHOOK_PRIVATE", text)]).unwrap().webhook_private;
        assert!(["true", "1", "yes", "on", "On", " TRUE "].into_iter().all(private));
        assert!(!["false", "0", "no", "off", "", " "].into_iter().any(private));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_name() {
        assert!(read(&[("YENTE_MAX_BATCH", "many")]).unwrap_err().starts_with("YENTE_MAX_BATCH: 'many'"));
        assert!(
            read(&[("MIHENK_OPEN_TO", "127.0.0.1, everywhere")]).unwrap_err().contains("'everywhere' is no address")
        );
        assert!(read(&[("MIHENK_KEY_LIMIT", "-1")]).unwrap_err().starts_with("MIHENK_KEY_LIMIT"));
        assert!(read(&[("YENTE_MATCH_PAGE", "0")]).unwrap_err().starts_with("YENTE_MATCH_PAGE"));
        let said = read(&[("MIHENK_WEBHOOK_PRIVATE", "ja")]).unwrap_err();
        assert!(said.starts_with("MIHENK_WEBHOOK_PRIVATE: 'ja' is neither") && said.contains("PRIVATE=true"), "{said}");
        assert!(read(&[("YENTE_DEFAULT_ALGORITHM", "magic")]).unwrap_err().contains("logic-v2"));
    }
}
