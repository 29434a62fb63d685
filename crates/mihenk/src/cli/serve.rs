//! The commands of the server: answering, and what is set.
//!
//! What they do is in `serve.rs` and `config.rs` of the program.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

#[derive(Args, Debug, Default)]
pub(crate) struct Serve {
    /// Where to listen; an address that others reach needs users, and TLS here or in a proxy [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Manifest in the form of yente's, YAML or JSON, a file or its address: data sets to load, and lists that belong together under one name
    #[arg(long, value_name = "FILE|ADDRESS")]
    pub(crate) manifest: Option<PathBuf>,
    /// Addresses that screen without a key although there are users, with commas between
    #[arg(long, value_name = "ADDRESSES")]
    pub(crate) open_to: Option<String>,
    /// When lists are looked for, as a crontab line in UTC [default: once an hour, at a minute that is drawn]
    #[arg(long, value_name = "LINE")]
    pub(crate) crontab: Option<String>,
    /// How old a copy of a list may be, such as 3d [default: what its source says]
    #[arg(long, value_name = "SPAN")]
    pub(crate) stale_after: Option<String>,
    /// From which level on lines are logged: error, warn, info, debug [default: info]
    #[arg(long, value_name = "LEVEL")]
    pub(crate) log_level: Option<String>,
    /// How lines are logged: text, or json with a line for each request [default: text]
    #[arg(long, value_name = "FORM")]
    pub(crate) log_format: Option<String>,
    /// Certificate for TLS in PEM form, with those that vouch for it; a new one is taken up without a restart
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// Its key in PEM form
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Addresses of proxies that do TLS: only they and this machine may connect, and X-Forwarded-For counts from them
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',')]
    pub(crate) behind_proxy: Vec<std::net::IpAddr>,
}

#[derive(Args, Debug)]
pub(crate) struct Config {
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) serve: Serve,
}
