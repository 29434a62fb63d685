//! A body that is a file: written to the disk as it comes, and not into memory.
//!
//! In comes a body, out comes a [`Spool`] that nobody else can read and that goes with its request.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use axum::body::{Body, HttpBody};

use super::{ask::Spool, code::Code, problem::Problem};

/// How long the next bytes may take to come.
const PAUSE: Duration = Duration::from_secs(30);
/// How long a body may take in all.
const WHOLE: Duration = Duration::from_secs(15 * 60);

/// Takes a body of at most so many bytes into a file in the folder `uploads`.
pub(crate) async fn take(folder: Option<&Path>, body: Body, most: u64) -> Result<Spool, Problem> {
    let too_large = || {
        Problem::new(Code::TooLarge, format!("the file has more than {most} bytes, which are the most that are taken"))
    };
    if body.size_hint().lower() > most {
        return Err(too_large());
    }
    let broken = |error: std::io::Error| Problem::broken(format!("an upload cannot be kept: {error}"));
    let (mut file, path) = new_file(folder).map_err(broken)?;
    let mut spool = Spool { path, length: 0 };
    let receive = async {
        let mut body = std::pin::pin!(body);
        loop {
            let frame = std::future::poll_fn(|context| body.as_mut().poll_frame(context));
            let slow = |_| Problem::new(Code::TooSlow, format!("nothing came for {} seconds", PAUSE.as_secs()));
            let Some(frame) = tokio::time::timeout(PAUSE, frame).await.map_err(slow)? else { return Ok(()) };
            let frame = frame.map_err(|_| Problem::new(Code::TooSlow, "the body ended before it was whole"))?;
            let Ok(bytes) = frame.into_data() else { continue };
            spool.length += bytes.len() as u64;
            if spool.length > most {
                return Err(too_large());
            }
            // Some pages into the cache of the system: shorter than to hand them to another thread.
            file.write_all(&bytes).map_err(broken)?;
        }
    };
    let late = |_| Problem::new(Code::TooSlow, format!("the body was not whole within {} seconds", WHOLE.as_secs()));
    tokio::time::timeout(WHOLE, receive).await.map_err(late)??;
    Ok(spool)
}

fn new_file(folder: Option<&Path>) -> std::io::Result<(fs::File, PathBuf)> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let folder = folder.map_or_else(std::env::temp_dir, |folder| folder.join("uploads"));
    fs::create_dir_all(&folder)?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!("{}-{number}-{:016x}.upload", std::process::id(), crate::app::random()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok((options.open(&path)?, path))
}
