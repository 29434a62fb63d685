//! The program itself, serving in a process of its own, as what is measured from outside.
//!
//! In comes a data folder, out comes a server that has lists ready; it ends when it is dropped. The program is looked for beside the benchmarks.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};

use crate::load::Connection;

/// The program, serving.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) at: SocketAddr,
    /// Versions that it has said to answer with.
    pub(crate) versions: Arc<AtomicUsize>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended; then there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it and waits until lists answer.
    pub(crate) fn start(data: &Path) -> anyhow::Result<Server> {
        let mut child = Command::new(program()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            // Nothing is fetched while something is measured.
            .env("MIHENK_AUTO_UPDATE", "false")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("mihenk cannot be started")?;
        let mut lines = BufReader::new(child.stderr.take().context("no standard error")?).lines();
        let listening = lines.next().context("mihenk ended at once")??;
        let address = listening.split("http://").nth(1).and_then(|rest| rest.split([',', '"']).next());
        let at = address.and_then(|text| text.parse().ok()).with_context(|| format!("no address in '{listening}'"))?;
        let versions = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&versions);
        // Read to the end, so that it never waits for us.
        thread::spawn(move || {
            for _ in lines.map_while(Result::ok).filter(|line| line.contains("ready: version")) {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let server = Server { child, at, versions };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&self) -> anyhow::Result<()> {
        let request = b"GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let start = Instant::now();
        let mut connection = Connection::open(self.at)?;
        while connection.ask(request)? != 200 {
            ensure!(start.elapsed() < Duration::from_secs(60), "the server was not ready within a minute");
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Waits until it answers with another version than these.
    pub(crate) fn wait_for_more(&self, versions: usize) -> anyhow::Result<()> {
        let start = Instant::now();
        while self.versions.load(Ordering::Relaxed) <= versions {
            ensure!(start.elapsed() < Duration::from_secs(60), "the server saw no new lists within a minute");
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// A figure of its memory in MiB: `VmRSS` for now, `VmHWM` for the most.
    pub(crate) fn mib(&self, name: &str) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with(name)).with_context(|| format!("there is no {name}"))?;
        let kib: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
        Ok(kib / 1024.0)
    }

    /// Its number among the processes of this machine.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

fn program() -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let program = here.with_file_name(format!("mihenk{}", std::env::consts::EXE_SUFFIX));
    let looked = program.parent().map(|p| p.display().to_string()).unwrap_or_default();
    ensure!(program.is_file(), "missing the program mihenk; looked in {looked}; `cargo build --release` makes it");
    Ok(program)
}
