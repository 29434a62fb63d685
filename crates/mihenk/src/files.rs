//! The files of a batch: where records come from and where answers go.
//!
//! In come the paths of `--batch` and `--out`, `-` for standard input and output; out come a reader and a [`Destination`], or an
//! [`Output`] for pairs. They are written beside their place and moved there when all are written, so a run that ends early
//! leaves no file that looks complete, and the one that was there before stays. The input is never its own output.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write, stderr, stdin, stdout},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

/// Bytes read or written at once.
const BUFFER: usize = 1 << 20;

/// A path that stands for standard input or output.
pub(crate) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// How an input is called in messages.
pub(crate) fn name_of(path: &Path) -> String {
    if is_dash(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Opens what is to be read; gives its length, if it has one.
pub(crate) fn input(path: &Path) -> anyhow::Result<(Box<dyn BufRead>, Option<u64>)> {
    if is_dash(path) {
        return Ok((Box::new(BufReader::with_capacity(BUFFER, stdin())), None));
    }
    let length = length(path)?;
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok((Box::new(BufReader::with_capacity(BUFFER, file)), length))
}

/// The length of a file that is to be read; none of a device.
pub(crate) fn length(path: &Path) -> anyhow::Result<Option<u64>> {
    // Not opened: a pipe can be opened once.
    let about = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
    if about.is_dir() {
        bail!("{} is a folder; give a file, or - for standard input", path.display());
    }
    Ok(about.is_file().then_some(about.len()))
}

/// Where something is written.
pub(crate) enum Destination {
    /// Standard output or a device.
    Stream(Box<dyn Write + Send>),
    /// A file, which may exist.
    File(PathBuf),
}

/// Looks whether a path can be written by a run that reads `input`.
pub(crate) fn destination(path: &Path, input: &Path) -> anyhow::Result<Destination> {
    if is_dash(path) {
        return Ok(Destination::Stream(Box::new(stdout())));
    }
    let shown = path.display();
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if !is_dash(input) && input.canonicalize().is_ok_and(|from| from == place) {
        bail!("{shown} is read and cannot be written at the same time; give --out another name");
    }
    if place.is_dir() {
        bail!("{shown} is a folder; give --out the name of a file in it");
    }
    if place.exists() && !place.is_file() {
        let file = File::options().write(true).open(&place);
        return Ok(Destination::Stream(Box::new(file.with_context(|| format!("{shown} cannot be written"))?)));
    }
    let folder = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("{shown} cannot be written: there is no folder {}", folder.display());
    }
    Ok(Destination::File(place))
}

/// Whether a name ends so, a further ending .gz left aside.
pub(crate) fn ends_in(path: &Path, ending: &str) -> bool {
    let is = |path: &Path, ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    if is(path, "gz") { path.file_stem().is_some_and(|stem| is(Path::new(stem), ending)) } else { is(path, ending) }
}

/// Where pairs go.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    /// Where the file is written, and where it belongs.
    moved: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Makes the output of a run that reads `input`.
    pub(crate) fn create(path: &Path, input: &Path) -> anyhow::Result<Output> {
        let to = |writer: Box<dyn Write>| BufWriter::with_capacity(BUFFER, writer);
        let shown = path.display();
        let place = match destination(path, input)? {
            Destination::Stream(writer) => return Ok(Output { writer: to(writer), moved: None }),
            Destination::File(place) => place,
        };
        let mut beside = place.clone().into_os_string();
        beside.push(format!(".{}.part", std::process::id()));
        let beside = PathBuf::from(beside);
        let file = File::create(&beside).with_context(|| format!("{shown} cannot be written"))?;
        if let Ok(before) = fs::metadata(&place) {
            // Whoever could not read the file that is replaced cannot read the new one.
            fs::set_permissions(&beside, before.permissions()).with_context(|| format!("{shown} cannot be written"))?;
        }
        Ok(Output { writer: to(Box::new(file)), moved: Some((beside, place)) })
    }

    /// Puts the file in its place; without this, it is gone.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.writer.flush()?;
        if let Some((beside, place)) = self.moved.take() {
            fs::rename(&beside, &place).with_context(|| format!("{} cannot be written", place.display()))?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.moved {
            // It was never complete; if it cannot be deleted, its name says so.
            let _ = fs::remove_file(beside);
        }
    }
}

/// A bar on standard error, if somebody looks at it.
pub(crate) fn progress_bar(length: Option<u64>, out: &Path) -> ProgressBar {
    let mixes = is_dash(out) && stdout().is_terminal();
    if !stderr().is_terminal() || mixes {
        return ProgressBar::hidden();
    }
    let (bar, form) = match length {
        Some(length) => (ProgressBar::new(length), "{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {eta} left"),
        None => (ProgressBar::no_length(), "{spinner} {bytes}  {bytes_per_sec}"),
    };
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "before").unwrap();
        let mut output = Output::create(&path, Path::new("-")).unwrap();
        output.write_all(b"half").unwrap();
        drop(output);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        let mut output = Output::create(&path, Path::new("-")).unwrap();
        output.write_all(b"whole").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn an_output_has_the_permissions_of_the_file_it_replaces() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        Output::create(&path, Path::new("-")).unwrap().finish().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
