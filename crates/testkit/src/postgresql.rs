//! A PostgreSQL of one's own, from the system's programs, on the loopback interface.
//!
//! It is started once for each test program, or once for all of them under a runner that starts a process for each test, and
//! every test gets a database of its own. A small process waits for the end of whoever started it and then stops the server
//! and removes its folder, so that nothing is left after a test that failed or was killed either. PostgreSQL refuses to run as root;
//! as root the programs run as the user `postgres`, who comes with the package. Nothing is brought to the disk (`fsync=off`)
//! unless that is asked for.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// The line that installs what is missing.
pub const INSTALL: &str = "cargo xtask setup, or: apt-get install --yes --no-install-recommends postgresql";

/// A server that runs.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

/// The server that all tests of this run share.
///
/// # Panics
/// When PostgreSQL is not installed, with the line that installs it, or does not start.
pub fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::shared().unwrap_or_else(|why| panic!("{why}")))
}

/// A new empty database: its address.
///
/// # Panics
/// As [`shared`].
pub fn database() -> String {
    shared().database().unwrap_or_else(|why| panic!("{why}"))
}

impl Server {
    /// The server of this run, which is started if it is not there yet.
    fn shared() -> Result<Server, String> {
        let owner = owner();
        let folder = std::env::temp_dir().join(format!("mihenk-postgresql-{owner}"));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let lock = fs::File::create(folder.join("lock")).map_err(|error| error.to_string())?;
        // Whoever comes first starts it, the others wait.
        lock.lock().map_err(|error| error.to_string())?;
        if let Some(port) = fs::read_to_string(folder.join("port")).ok().and_then(|text| text.parse().ok()) {
            return Ok(Server { programs: programs()?, folder, port });
        }
        Server::start_in(folder, owner, false)
    }

    /// Starts a server that ends with this process; with `durable`, everything is brought to the disk as in real use.
    ///
    /// # Errors
    /// When it is not installed, with the line that installs it, or does not start.
    pub fn start(folder: &Path, durable: bool) -> Result<Server, String> {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Server::start_in(folder.to_owned(), std::process::id(), durable)
    }

    fn start_in(folder: PathBuf, owner: u32, durable: bool) -> Result<Server, String> {
        let programs = programs()?;
        let port = free_port()?;
        let server = Server { programs, folder, port };
        server.give_folder_away()?;
        server.stop_with(owner)?;
        let data = server.data();
        let make = ["-D", &data, "-A", "trust", "-U", "mihenk", "-E", "UTF8", "--no-locale", "--no-sync"];
        server.run("initdb", &make)?;
        server.run(
            "pg_ctl",
            &["-D", &data, "-l", &server.log(), "-w", "-t", "30", "-o", &server.options(durable), "start"],
        )?;
        fs::write(server.folder.join("port"), port.to_string()).map_err(|error| error.to_string())?;
        Ok(server)
    }

    fn options(&self, durable: bool) -> String {
        let sockets = self.folder.display();
        let quick = if durable { "" } else { " -c fsync=off -c synchronous_commit=off -c full_page_writes=off" };
        format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={sockets} -c shared_buffers=64MB \
             -c max_connections=100{quick}",
            self.port
        )
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn log(&self) -> String {
        self.folder.join("server.log").display().to_string()
    }

    /// The folder with everything that the server writes.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Errors
    /// What the server said.
    pub fn database(&self) -> Result<String, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(format!("postgres://mihenk@127.0.0.1:{}/{name}", self.port))
    }

    /// Runs a statement as the superuser and gives back what it printed.
    ///
    /// # Errors
    /// What the server said.
    pub fn sql(&self, database: &str, sql: &str) -> Result<String, String> {
        let port = self.port.to_string();
        self.run("psql", &["-h", "127.0.0.1", "-p", &port, "-U", "mihenk", "-d", database, "-q", "-A", "-t", "-c", sql])
    }

    /// Adds to the server's configuration and starts it again.
    ///
    /// # Errors
    /// What the server said.
    pub fn configure(&self, lines: &str) -> Result<(), String> {
        let path = self.folder.join("data/postgresql.conf");
        let old = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        fs::write(&path, format!("{old}\n{lines}\n")).map_err(|error| error.to_string())?;
        self.run("pg_ctl", &["-D", &self.data(), "-l", &self.log(), "-w", "-m", "fast", "restart"]).map(drop)
    }

    /// As root the server's user owns the folder, as PostgreSQL demands.
    fn give_folder_away(&self) -> Result<(), String> {
        if is_root() {
            said(Command::new("chown").arg("postgres").arg(&self.folder), "chown")?;
        }
        Ok(())
    }

    /// Starts the process that waits for the owner's end.
    fn stop_with(&self, owner: u32) -> Result<(), String> {
        let wait = "while kill -0 \"$1\" 2>/dev/null; do sleep 0.3; done; shift; folder=$1; shift; \
                    \"$@\" -D \"$folder/data\" -m immediate stop; rm -rf \"$folder\"";
        let mut command = Command::new("sh");
        command.args(["-c", wait, "sh", &owner.to_string()]).arg(&self.folder);
        command.args(prefix()).arg(self.programs.join("pg_ctl"));
        // A group of its own: what ends a test with all its processes must leave this one.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().map(drop).map_err(|error| format!("sh cannot be started: {error}"))
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<String, String> {
        let path = self.programs.join(program);
        let mut words = prefix();
        words.push(path.display().to_string());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(arguments).current_dir(&self.folder);
        said(&mut command, program)
    }
}

/// What stands before a command so that it does not run as root.
fn prefix() -> Vec<String> {
    let words: &[&str] = if is_root() { &["runuser", "-u", "postgres", "--"] } else { &[] };
    words.iter().map(ToString::to_string).collect()
}

/// Output of a command that must succeed. It goes to a file: a server that `pg_ctl` starts would hold a pipe open.
fn said(command: &mut Command, program: &str) -> Result<String, String> {
    let output =
        std::env::temp_dir().join(format!("mihenk-{program}-{}-{:?}", std::process::id(), std::thread::current().id()));
    let file = fs::File::create(&output).map_err(|error| error.to_string())?;
    let errors = file.try_clone().map_err(|error| error.to_string())?;
    let status = command.stdin(Stdio::null()).stdout(file).stderr(errors).status();
    let text = fs::read_to_string(&output).unwrap_or_default();
    // One that stays is in the folder for such files.
    let _ = fs::remove_file(&output);
    match status {
        Ok(status) if status.success() => Ok(text),
        Ok(status) => Err(format!("{program} ended with {status}: {text}")),
        Err(error) => Err(format!("{program} cannot be started: {error}")),
    }
}

/// The process with whose end the server ends: a runner that starts a process for each test, or this one.
fn owner() -> u32 {
    #[cfg(unix)]
    if std::env::var_os("NEXTEST").is_some() {
        return std::os::unix::process::parent_id();
    }
    std::process::id()
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The folder of the newest version's programs.
fn programs() -> Result<PathBuf, String> {
    let mut found = Vec::new();
    if let Ok(versions) = Path::new("/usr/lib/postgresql").read_dir() {
        for version in versions.flatten().filter(|version| version.path().join("bin/postgres").is_file()) {
            let number: u32 = version.file_name().to_string_lossy().parse().unwrap_or(0);
            found.push((number, version.path().join("bin")));
        }
    }
    found.sort();
    if let Some((_, folder)) = found.pop() {
        return Ok(folder);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|folder| folder.join("postgres").is_file());
    on_path.ok_or_else(|| format!("PostgreSQL is not on this machine; {INSTALL}"))
}

/// A port that nobody listens on now.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| error.to_string())
}
