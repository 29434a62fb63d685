//! Brings lists up to date for ever: `mihenk lists update --watch`.
//!
//! In comes an [`Update`]; out come reports, one each time that a list was due, and a word at each round. When a list is due is kept in the folder, so that a
//! process that is started again goes on where the last one was. What goes wrong is told and is no reason to end.

use std::time::Duration;

use crate::{
    checks::Checks,
    error::NodeError,
    folder::Folder,
    settings::Settings,
    target::{From, Place, targets},
    update::{Report, Update, update},
};

/// Longest sleep: settings and lists may be changed by others meanwhile.
const SLEEP_MAX: Duration = Duration::from_secs(300);

/// What a watch tells.
#[derive(Debug)]
pub enum Told {
    /// A round begins, every five minutes or sooner: whatever else is done by the clock is done now.
    Round,
    /// Lists were due.
    Updated(Box<Report>),
    /// Something went wrong; it is tried again.
    Failed(NodeError),
}

/// Brings lists up to date whenever they are due, until the clock breaks the waiting off.
///
/// # Errors
/// When the first look at the folder, its settings or the names fails; later failures are told and tried again.
pub fn watch(options: &Update<'_>, mut tell: impl FnMut(Told)) -> Result<(), NodeError> {
    let mut is_first = true;
    loop {
        let due = due(options);
        if let (true, Err(_)) = (is_first, &due) {
            return due.map(drop);
        }
        tell(Told::Round);
        match due {
            Ok((names, wait)) if names.is_empty() => {
                if !options.clock.sleep(wait.clamp(Duration::from_secs(1), SLEEP_MAX)) {
                    return Ok(());
                }
            }
            Ok((names, _)) => {
                let result = update(&Update { names: &names, ..*options });
                let has_failed = result.is_err();
                tell(result.map_or_else(Told::Failed, |report| Told::Updated(Box::new(report))));
                if has_failed && !options.clock.sleep(SLEEP_MAX) {
                    return Ok(());
                }
            }
            Err(error) => {
                tell(Told::Failed(error));
                if !options.clock.sleep(SLEEP_MAX) {
                    return Ok(());
                }
            }
        }
        is_first = false;
    }
}

/// The lists that are due, and how long it is until the next one is.
///
/// # Errors
/// When the folder, its settings or the names cannot be read.
pub fn due(options: &Update<'_>) -> Result<(Vec<String>, Duration), NodeError> {
    let folder = Folder::new(options.folder.to_owned());
    let (settings, current, checks) = (Settings::read(&folder)?, folder.current()?, Checks::read(&folder));
    let now = options.clock.now();
    let (mut names, mut wait) = (Vec::new(), SLEEP_MAX);
    for target in
        targets(&folder, &current, &settings, &From { urls: options.from, manifest: options.manifest }, options.names)?
    {
        if target.place == Place::Nowhere {
            continue;
        }
        let next = checks.next(&target.dataset, now);
        if next <= now {
            names.push(target.dataset);
        } else {
            wait = wait.min(Duration::try_from(next.duration_since(now)).unwrap_or_default());
        }
    }
    Ok((names, wait))
}
