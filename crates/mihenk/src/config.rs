//! What can be set, and where each value comes from: flags before the environment, the environment before one file, the file before what is usual.
//!
//! In come the command line, the environment and a TOML file (`--config FILE`, `MIHENK_CONFIG`), out comes a [`Config`]: a value for each row of
//! [`SETTINGS`], with its [`From`]. A name in the file that is none of the table is an error with the names there are. `mihenk config` shows all of it,
//! secrets as `***`. A setting for which a user of yente has a variable has that one as well.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};
use serde_json::json;

use crate::{Outcome, cli, say, table::Table};

/// Something that can be set.
pub(crate) struct Setting {
    /// Its name in the file; with `--` before it, the flag, if there is one.
    pub(crate) key: &'static str,
    /// The variables that set it, the first that is set.
    pub(crate) variables: &'static [&'static str],
    /// What holds where nothing is said.
    pub(crate) usual: &'static str,
    /// Whether it is never shown.
    pub(crate) is_secret: bool,
    /// What it is, in a line.
    pub(crate) about: &'static str,
}

const fn setting(
    key: &'static str,
    variables: &'static [&'static str],
    usual: &'static str,
    about: &'static str,
) -> Setting {
    Setting { key, variables, usual, is_secret: false, about }
}

const fn secret(key: &'static str, variables: &'static [&'static str], about: &'static str) -> Setting {
    Setting { key, variables, usual: "", is_secret: true, about }
}

/// Everything that can be set.
pub(crate) const SETTINGS: &[Setting] = &[
    setting("data", &["MIHENK_DATA"], "", "Data folder; the user's own if nothing is said"),
    setting("model", &["MIHENK_MODEL"], "", "Model file in place of the one that comes with the program"),
    setting(
        "store",
        &["MIHENK_STORE"],
        "",
        "Store: a file or postgres://…; store.sqlite in the data folder if nothing is said",
    ),
    setting("threads", &[], "", "Threads to work with; all processors if nothing is said"),
    setting("listen", &["MIHENK_LISTEN"], "127.0.0.1:8000", "Address and port; YENTE_HOST and YENTE_PORT too"),
    setting(
        "manifest",
        &["MIHENK_MANIFEST", "YENTE_MANIFEST"],
        "",
        "Manifest in the form of yente's, a file or its address",
    ),
    setting(
        "crontab",
        &["MIHENK_CRONTAB", "YENTE_CRONTAB"],
        "",
        "When lists are looked for, in UTC; once an hour if nothing is said",
    ),
    setting(
        "auto-update",
        &["MIHENK_AUTO_UPDATE", "YENTE_AUTO_REINDEX"],
        "true",
        "Whether lists are looked for at all",
    ),
    setting(
        "delta-updates",
        &["MIHENK_DELTA_UPDATES", "YENTE_DELTA_UPDATES"],
        "true",
        "Whether changes are fetched in place of whole lists",
    ),
    setting(
        "stale-after",
        &["MIHENK_STALE_AFTER"],
        "",
        "How old a copy may be, such as 3d; what its source says if nothing is said",
    ),
    secret(
        "update-token",
        &["MIHENK_UPDATE_TOKEN", "YENTE_UPDATE_TOKEN"],
        "The token of /updatez; nobody may call it without one",
    ),
    secret("http-proxy", &["MIHENK_HTTP_PROXY", "YENTE_HTTP_PROXY"], "Proxy through which lists are fetched"),
    setting("ca", &["SSL_CERT_FILE"], "", "Authorities (PEM) that are trusted when lists are fetched, and no others"),
    setting("log-level", &["MIHENK_LOG_LEVEL"], "info", "error, warn, info or debug"),
    setting(
        "log-format",
        &["MIHENK_LOG_FORMAT"],
        "text",
        "text for a terminal, or json: a line for each event and request",
    ),
    setting("tls-certificate", &["MIHENK_TLS_CERTIFICATE"], "", "Certificate for TLS, a PEM file"),
    setting("tls-key", &["MIHENK_TLS_KEY"], "", "Its key, a PEM file"),
    setting("behind-proxy", &["MIHENK_BEHIND_PROXY"], "", "Addresses of proxies that do TLS, with commas between"),
    setting("open-to", &["MIHENK_OPEN_TO"], "", "Addresses that screen without a key although there are users"),
    setting("address-limit", &["MIHENK_ADDRESS_LIMIT"], "100", "Requests a second of one address; 0 for no limit"),
    setting("key-limit", &["MIHENK_KEY_LIMIT"], "0", "Requests a second of one key; 0 for no limit"),
    setting("url", &["MIHENK_URL"], "", "Where browsers reach the server"),
    setting("oidc-issuer", &["MIHENK_OIDC_ISSUER"], "", "An issuer of OpenID Connect at which people sign in"),
    setting("oidc-client", &["MIHENK_OIDC_CLIENT"], "", "Who the server is there"),
    setting("oidc-secret-file", &["MIHENK_OIDC_SECRET_FILE"], "", "File with the secret it has there"),
    secret("oidc-secret", &["MIHENK_OIDC_SECRET"], "That secret itself"),
    setting("oidc-roots", &["MIHENK_OIDC_ROOTS"], "", "Certificates to trust there in place of the usual ones"),
    setting("title", &["YENTE_TITLE"], "Mihenk", "What the server is called"),
    setting("max-batch", &["YENTE_MAX_BATCH"], "100", "Queries in one request"),
    setting("match-page", &["YENTE_MATCH_PAGE"], "5", "Results of a query where no limit is asked for"),
    setting("max-matches", &["YENTE_MAX_MATCHES"], "500", "The highest limit that can be asked for"),
    setting(
        "match-candidates",
        &["YENTE_MATCH_CANDIDATES"],
        "",
        "Taken and changes nothing: no candidate is lost here",
    ),
    setting("default-algorithm", &["YENTE_DEFAULT_ALGORITHM"], "best", "The algorithm where none is asked for"),
    setting("best-algorithm", &["YENTE_BEST_ALGORITHM"], "logic-v2", "What 'best' means"),
    setting(
        "hidden-algorithms",
        &["YENTE_HIDDEN_ALGORITHMS"],
        "",
        "Algorithms that /algorithms does not tell of, with commas between",
    ),
    setting("max-url-length", &["YENTE_MAX_URL_LENGTH"], "60000", "Bytes of path and query"),
    setting(
        "webhook-private",
        &["MIHENK_WEBHOOK_PRIVATE"],
        "false",
        "Whether webhooks may reach addresses of private networks",
    ),
];

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum From {
    Flag,
    Variable(&'static str),
    File(PathBuf),
    Usual,
}

impl fmt::Display for From {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            From::Flag => write!(f, "flag"),
            From::Variable(name) => write!(f, "variable {name}"),
            From::File(path) => write!(f, "{}", path.display()),
            From::Usual => write!(f, "usual"),
        }
    }
}

/// A file of settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    path: PathBuf,
    values: BTreeMap<String, String>,
}

impl File {
    /// Reads the file that is named; nothing is set if none is.
    pub(crate) fn read(path: Option<&Path>) -> anyhow::Result<File> {
        let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else { return Ok(File::default()) };
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let values = values(&text).map_err(|what| anyhow!("{}: {what}", path.display()))?;
        Ok(File { path: path.to_owned(), values })
    }

    /// What it says of a setting.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }
}

/// The values of a file's text.
fn values(text: &str) -> Result<BTreeMap<String, String>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string().trim_end().to_owned())?;
    let mut out = BTreeMap::new();
    for (key, value) in table {
        if !SETTINGS.iter().any(|setting| setting.key == key) {
            let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
            return Err(format!("there is no setting '{key}'; there are {}", names.join(", ")));
        }
        out.insert(
            key.clone(),
            written(&value).ok_or_else(|| format!("'{key}' is neither a text nor a number nor a list of texts"))?,
        );
    }
    Ok(out)
}

fn written(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Array(all) => Some(all.iter().map(written).collect::<Option<Vec<_>>>()?.join(",")),
        _ => None,
    }
}

/// A value for each setting.
#[derive(Clone, Debug)]
pub(crate) struct Config(BTreeMap<&'static str, (String, From)>);

impl Config {
    /// Of what the command line says, the environment and a file.
    pub(crate) fn new(
        flags: &BTreeMap<&'static str, String>,
        variable: impl Fn(&str) -> Option<String>,
        file: &File,
    ) -> Config {
        let of = |setting: &Setting| {
            let said = |name: &'static str| variable(name).filter(|text| !text.is_empty());
            let in_environment = setting.variables.iter().find_map(|name| Some((said(name)?, From::Variable(name))));
            let by_yente = || if setting.key == "listen" { yente_address(said) } else { None };
            let in_file = || Some((file.get(setting.key)?.to_owned(), From::File(file.path.clone())));
            let flag = flags.get(setting.key).map(|text| (text.clone(), From::Flag));
            // What was taken over from the environment or the file already is not a flag.
            let flag = flag.filter(|(text, _)| match &in_environment {
                Some((other, _)) => other != text,
                None => file.get(setting.key) != Some(text),
            });
            let value = flag.or(in_environment).or_else(by_yente).or_else(in_file);
            value.unwrap_or_else(|| (setting.usual.to_owned(), From::Usual))
        };
        Config(SETTINGS.iter().map(|setting| (setting.key, of(setting))).collect())
    }

    /// A value; none if it is empty.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|(text, _)| text.as_str()).filter(|text| !text.is_empty())
    }

    /// A value of a type of its own.
    pub(crate) fn parsed<T>(&self, key: &str) -> anyhow::Result<Option<T>>
    where
        T: std::str::FromStr,
        T::Err: fmt::Display,
    {
        let Some((text, from)) = self.0.get(key).filter(|(text, _)| !text.is_empty()) else { return Ok(None) };
        text.parse().map(Some).map_err(|error| anyhow!("{key} ({from}): {error}"))
    }

    /// Whether something is so.
    pub(crate) fn truth(&self, key: &str) -> anyhow::Result<bool> {
        let Some((text, from)) = self.0.get(key) else { bail!("there is no setting '{key}'") };
        let wrong = || anyhow!("{key} ({from}): '{text}' is neither true nor false; right would be {key} = true");
        mihenk_server::truth(text).ok_or_else(wrong)
    }

    /// A value by the name of a variable, for who reads settings by these; what is no setting of the table is in the environment alone.
    pub(crate) fn by_variable(&self, name: &str) -> Option<String> {
        match SETTINGS.iter().find(|setting| setting.variables.contains(&name)) {
            Some(setting) => self.text(setting.key).map(str::to_owned),
            None => std::env::var(name).ok(),
        }
    }

    /// All of it, as the page of settings shows it to administrators.
    pub(crate) fn told(&self) -> Vec<mihenk_server::Shown> {
        let one = |setting: &Setting| {
            let (value, _) = self.shown(setting);
            let from = self.0.get(setting.key).map_or(&From::Usual, |(_, from)| from);
            let (from, place) = match from {
                From::Flag => ("flag", String::new()),
                From::Variable(name) => ("variable", (*name).to_owned()),
                From::File(path) => ("file", path.display().to_string()),
                From::Usual => ("usual", String::new()),
            };
            mihenk_server::Shown { key: setting.key, value, from, place, about: setting.about }
        };
        SETTINGS.iter().map(one).collect()
    }

    fn shown(&self, setting: &Setting) -> (String, String) {
        let (text, from) = self.0.get(setting.key).cloned().unwrap_or((String::new(), From::Usual));
        let text = match setting {
            _ if text.is_empty() => text,
            Setting { is_secret: true, .. } => "***".to_owned(),
            Setting { key: "store", .. } => without_password(&text),
            Setting { key: "manifest", .. } if text.contains("://") => mihenk_node::manifest::shown(&text),
            _ => text,
        };
        (text, from.to_string())
    }
}

/// An address as yente's variables say it.
fn yente_address(variable: impl Fn(&'static str) -> Option<String>) -> Option<(String, From)> {
    let (host, port) = (variable("YENTE_HOST"), variable("YENTE_PORT"));
    let from = From::Variable(if host.is_some() { "YENTE_HOST" } else { "YENTE_PORT" });
    if host.is_none() && port.is_none() {
        return None;
    }
    let host = host.filter(|host| host != "localhost").unwrap_or_else(|| "127.0.0.1".to_owned());
    let port = port.unwrap_or_else(|| "8000".to_owned());
    let text = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    Some((text, from))
}

/// An address of a database without the password in it.
fn without_password(text: &str) -> String {
    let parts = text.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?)));
    match parts {
        Some((scheme, (user, rest))) if user.contains(':') => {
            format!("{scheme}://{}:***@{rest}", user.split(':').next().unwrap_or(""))
        }
        _ => text.to_owned(),
    }
}

/// `mihenk config`.
pub(crate) fn run(config: &Config, as_json: bool) -> anyhow::Result<Outcome> {
    if as_json {
        let one = |setting: &Setting| {
            let (value, from) = config.shown(setting);
            (setting.key.to_owned(), json!({ "value": value, "from": from, "about": setting.about }))
        };
        let all: serde_json::Map<String, serde_json::Value> = SETTINGS.iter().map(one).collect();
        say::line(&serde_json::Value::Object(all).to_string())?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["SETTING", "VALUE", "FROM"]);
    for setting in SETTINGS {
        let (value, from) = config.shown(setting);
        table.row([setting.key.to_owned(), if value.is_empty() { "–".to_owned() } else { value }, from]);
    }
    say::out(&table.to_string())?;
    Ok(Outcome::Done)
}

/// What the command line says, by the names of settings.
pub(crate) fn flags(
    place: &cli::Place,
    serve: &cli::serve::Serve,
    threads: Option<u16>,
) -> BTreeMap<&'static str, String> {
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let proxies: Vec<String> = serve.behind_proxy.iter().map(ToString::to_string).collect();
    let pairs = [
        ("data", path(&place.data)),
        ("model", path(&place.model)),
        ("store", place.store.clone()),
        ("threads", threads.map(|threads| threads.to_string())),
        ("listen", serve.listen.map(|listen| listen.to_string())),
        ("manifest", path(&serve.manifest)),
        ("tls-certificate", path(&serve.tls_certificate)),
        ("tls-key", path(&serve.tls_key)),
        ("open-to", serve.open_to.clone()),
        ("behind-proxy", Some(proxies.join(","))),
        ("crontab", serve.crontab.clone()),
        ("stale-after", serve.stale_after.clone()),
        ("log-level", serve.log_level.clone()),
        ("log-format", serve.log_format.clone()),
    ];
    pairs.into_iter().filter_map(|(key, text)| Some((key, text.filter(|text| !text.is_empty())?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(flags: &[(&'static str, &str)], variables: &[(&str, &str)], file: &str) -> Config {
        let flags = flags.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).to_owned());
        Config::new(&flags, variable, &File { path: "mihenk.toml".into(), values: values(file).unwrap() })
    }

    fn told(config: &Config, key: &str) -> (String, String) {
        config.shown(SETTINGS.iter().find(|setting| setting.key == key).unwrap())
    }

    #[test]
    fn flags_come_before_the_environment_and_that_before_the_file() {
        let file = "listen = \"127.0.0.1:3\"\nmax-batch = 7\nhidden-algorithms = [\"ofac\", \"logic-v1\"]\nauto-update = false\n";
        let one = |flags: &[(&'static str, &str)], variables: &[(&str, &str)]| {
            told(&config(flags, variables, file), "listen")
        };
        let pair = |text: &str, from: &str| (text.to_owned(), from.to_owned());
        assert_eq!(one(&[("listen", "127.0.0.1:1")], &[("MIHENK_LISTEN", "127.0.0.1:2")]), pair("127.0.0.1:1", "flag"));
        assert_eq!(one(&[], &[("MIHENK_LISTEN", "127.0.0.1:2")]), pair("127.0.0.1:2", "variable MIHENK_LISTEN"));
        assert_eq!(one(&[], &[("YENTE_HOST", "::1"), ("YENTE_PORT", "9")]), pair("[::1]:9", "variable YENTE_HOST"));
        assert_eq!(one(&[], &[("YENTE_HOST", "")]), pair("127.0.0.1:3", "mihenk.toml"));
        assert_eq!(told(&config(&[], &[], ""), "listen"), pair("127.0.0.1:8000", "usual"));
        let all = config(&[], &[], file);
        assert_eq!(all.by_variable("YENTE_MAX_BATCH").as_deref(), Some("7"));
        assert_eq!(all.by_variable("YENTE_HIDDEN_ALGORITHMS").as_deref(), Some("ofac,logic-v1"));
        assert!(!all.truth("auto-update").unwrap() && all.truth("delta-updates").unwrap());
    }

    #[test]
    fn pages_say_in_every_language_what_each_setting_is_for_and_of_nothing_else() {
        let mut keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        keys.sort_unstable();
        for (language, explained) in mihenk_server::explained() {
            assert_eq!(explained, keys, "{language}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let all = config(&[("store", "postgres://cem:geheim@db/x")], &[("YENTE_UPDATE_TOKEN", "geheim")], "");
        assert_eq!(told(&all, "update-token").0, "***");
        assert_eq!(told(&all, "store").0, "postgres://cem:***@db/x");
        assert_eq!(all.text("update-token"), Some("geheim"));
        let other = config(&[("manifest", "https://lists.example/m.yml?token=geheim")], &[], "");
        let manifest = told(&other, "manifest").0;
        assert!(manifest.starts_with("https://lists.example/m.yml") && !manifest.contains("geheim"), "{manifest}");
        let told = all.told();
        assert_eq!(told.len(), SETTINGS.len());
        assert!(told.iter().all(|one| !one.value.contains("geheim") && !one.place.contains("geheim")));
        let token = told.iter().find(|one| one.key == "update-token").unwrap();
        assert_eq!((token.value.as_str(), token.from, token.place.as_str()), ("***", "variable", "YENTE_UPDATE_TOKEN"));
    }

    #[test]
    fn what_is_not_understood_is_said_with_its_place() {
        assert!(values("lisen = 1").unwrap_err().contains("no setting 'lisen'; there are data, model"));
        assert!(values("listen = [[1]]\nmax-batch = 1.5").unwrap_err().contains("neither a text"));
        assert!(values("listen =").unwrap_err().contains("line 1"));
        let all = config(&[], &[("MIHENK_AUTO_UPDATE", "perhaps"), ("MIHENK_LISTEN", "many")], "");
        let error = all.truth("auto-update").unwrap_err().to_string();
        assert!(error.contains("variable MIHENK_AUTO_UPDATE") && error.contains("'perhaps'"), "{error}");
        assert!(all.parsed::<std::net::SocketAddr>("listen").unwrap_err().to_string().contains("MIHENK_LISTEN"));
    }

    #[test]
    fn every_variable_that_yentes_users_set_means_something() {
        let known: Vec<&str> = SETTINGS.iter().flat_map(|setting| setting.variables).copied().collect();
        for name in [
            "MANIFEST",
            "UPDATE_TOKEN",
            "CRONTAB",
            "AUTO_REINDEX",
            "DELTA_UPDATES",
            "MAX_BATCH",
            "MATCH_PAGE",
            "MAX_MATCHES",
            "MATCH_CANDIDATES",
            "DEFAULT_ALGORITHM",
            "BEST_ALGORITHM",
            "HIDDEN_ALGORITHMS",
            "TITLE",
            "HTTP_PROXY",
        ] {
            assert!(known.contains(&format!("YENTE_{name}").as_str()), "{name}");
        }
        let all = config(&[], &[("YENTE_PORT", "81"), ("YENTE_HOST", "localhost")], "");
        assert_eq!(all.text("listen"), Some("127.0.0.1:81"));
    }

    #[test]
    fn every_setting_has_a_name_of_its_own() {
        for (at, setting) in SETTINGS.iter().enumerate() {
            assert!(SETTINGS[..at].iter().all(|other| other.key != setting.key), "{}", setting.key);
        }
    }
}
