//! Fetches the lists of one publisher and reads them.
//!
//! In come targets with what is known of the copies at hand; out comes for each that nothing changed, a reading, or why there is
//! none. Nothing is written here and nothing is put in use. Lists of one publisher are read together; when one of them is no
//! list, the others are read without it. A list of which one file changed is fetched whole. A catalogue of OpenSanctions is
//! asked for its version first, and its deltas are put onto the version at hand when they fit.

use std::{path::Path, time::Duration};

use mihenk_entities::{Date, Entity};
use mihenk_lists::{
    Input, Reading, catalogue,
    download::{Clock, DownloadError, Downloader, Fetched, Request, Secret, Step, Validators, same_origin, shown},
    patched, read_inputs,
};
use mihenk_said::Said;

use crate::{
    checks::Known,
    folder::Folder,
    lists,
    manifest::{Dataset, Origin},
    namespace::{check, signed},
    sayings,
    target::{Place, Target},
    versions,
};

/// Deltas that are put onto a version at most; with more, the whole list is less to fetch.
const DELTAS_MAX: usize = 60;

/// What is needed to fetch.
pub(crate) struct Tools<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) downloader: &'a Downloader,
    pub(crate) clock: &'a dyn Clock,
    /// Told what happens meanwhile, with the dataset it is about.
    pub(crate) watch: &'a (dyn Fn(&str, Step) + Sync),
}

/// A target with what is known of the copy at hand.
pub(crate) struct Wanted {
    pub(crate) target: Target,
    /// What to ask with, if it holds for the version at hand.
    pub(crate) known: Option<Known>,
}

/// What came.
#[derive(Debug)]
pub(crate) enum Brought {
    /// Nothing new; what to ask with next time.
    Unchanged(Known),
    /// Another edition, and what to ask with next time but for its version.
    Read(Box<Reading>, Vec<Validators>, Option<String>),
    /// Nothing usable.
    Failed(Failure),
    /// No address.
    Nowhere,
}

/// Why nothing usable came.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) why: Said,
    /// When the server asks to be asked again.
    pub(crate) again: Option<Duration>,
}

impl From<Said> for Failure {
    fn from(why: Said) -> Failure {
        Failure { why, again: None }
    }
}

/// The files of a target, before they are read.
enum Files {
    Unchanged(Known),
    Whole(Vec<Input>, Vec<Validators>),
    Failed(Failure),
}

/// Fetches and reads the lists of one publisher.
pub(crate) fn bring(tools: &Tools<'_>, group: &[Wanted]) -> Vec<Brought> {
    if let [wanted] = group {
        match &wanted.target.place {
            Place::Catalogue(..) => return vec![tools.by_catalogue(wanted).unwrap_or_else(Brought::Failed)],
            Place::Manifest(said) => {
                return vec![tools.by_manifest(wanted, said).unwrap_or_else(Brought::Failed)];
            }
            _ => {}
        }
    }
    let mut files: Vec<Option<Files>> = group.iter().map(|wanted| tools.files(wanted)).collect();
    let is_new = |files: &Option<Files>| matches!(files, Some(Files::Whole(..)));
    if files.iter().any(is_new) {
        for (wanted, files) in group.iter().zip(&mut files) {
            if matches!(files, Some(Files::Unchanged(_))) {
                // What it says of the sister that changed may be other now.
                *files = tools.files(&Wanted { target: wanted.target.clone(), known: None });
            }
        }
    }
    read(group, files)
}

/// Reads what came: each list alone, so that none spoils another, and then those that are lists together.
fn read(group: &[Wanted], files: Vec<Option<Files>>) -> Vec<Brought> {
    let mut together: Vec<(usize, Vec<Input>, Vec<Validators>)> = Vec::new();
    let mut out: Vec<Brought> = Vec::with_capacity(files.len());
    for (at, files) in files.into_iter().enumerate() {
        out.push(match files {
            None => Brought::Nowhere,
            Some(Files::Unchanged(known)) => Brought::Unchanged(known),
            Some(Files::Failed(failure)) => Brought::Failed(failure),
            Some(Files::Whole(inputs, validators)) => match read_inputs(&inputs) {
                Err(error) => Brought::Failed(error.said().into()),
                Ok(readings) => {
                    if readings.iter().all(|reading| reading.source.is_some()) {
                        together.push((at, inputs, validators.clone()));
                    }
                    named(&group[at].target, readings, validators)
                }
            },
        });
    }
    if together.len() < 2 {
        return out;
    }
    let inputs: Vec<Input> = together.iter().flat_map(|(_, inputs, _)| inputs.clone()).collect();
    let Ok(readings) = read_inputs(&inputs) else { return out };
    for (at, _, validators) in together {
        let target = &group[at].target;
        let is_own = |reading: &&Reading| reading.source.is_some_and(|source| source.name == target.dataset);
        out[at] = named(target, readings.iter().filter(is_own).cloned().collect(), validators);
    }
    out
}

/// The one reading of a target, by the target's name.
fn named(target: &Target, mut readings: Vec<Reading>, validators: Vec<Validators>) -> Brought {
    let (Some(mut reading), true) = (readings.pop(), readings.is_empty()) else {
        return Brought::Failed(sayings::addresses_give_no_one_list(&target.dataset).into());
    };
    // Anyone's list can come in FollowTheMoney form, an official one too; another official list is a wrong address.
    if let Some(source) = reading.source.filter(|source| source.name != target.dataset) {
        return Brought::Failed(sayings::address_gives_another(&target.dataset, source.name).into());
    }
    rename(&mut reading, &target.dataset);
    Brought::Read(Box::new(reading), validators, None)
}

/// Calls a list by its name here; entities that said of no dataset were put into one with the file's name.
fn rename(reading: &mut Reading, dataset: &str) {
    let file = reading.inputs.first().map(|input| Input { name: input.name.clone(), bytes: Vec::new() });
    let made_up = file.filter(|file| reading.source.is_none() && file.stem() == reading.dataset);
    if made_up.is_some() {
        for name in reading.entities.iter_mut().flat_map(|entity| &mut entity.datasets) {
            if *name == reading.dataset {
                dataset.clone_into(name);
            }
        }
    }
    dataset.clone_into(&mut reading.dataset);
}

impl Tools<'_> {
    fn get(&self, target: &Target, url: &str, known: Option<&Validators>) -> Result<Fetched, Failure> {
        let secret = target.secret.as_ref().map_err(|why| Failure::from(Said::words(why.clone())))?.as_ref();
        let home = match &target.place {
            Place::Manifest(said) => return self.get_with(target, url, said.secret_for(url).as_ref(), known),
            Place::Files(urls) => urls.first().map(String::as_str),
            Place::Catalogue(url, _) => Some(url.as_str()),
            Place::Nowhere => None,
        };
        // A catalogue may point anywhere; what is meant for it goes nowhere else.
        let secret = secret.filter(|_| home.is_some_and(|home| same_origin(home, url)));
        self.get_with(target, url, secret, known)
    }

    fn get_with(
        &self,
        target: &Target,
        url: &str,
        secret: Option<&Secret>,
        known: Option<&Validators>,
    ) -> Result<Fetched, Failure> {
        let request = Request { url, secret, known };
        self.downloader.fetch(&request, self.clock, &|step| (self.watch)(&target.dataset, step)).map_err(|error| {
            let DownloadError { cause, .. } = &error;
            let again = cause.retry_after().map(|asked| asked.wait(self.clock.now()));
            Failure { why: error.said(), again }
        })
    }

    fn input(&self, target: &Target, url: &str) -> Result<(Input, Validators), Failure> {
        match self.get(target, url, None)? {
            Fetched::Whole { bytes, validators } => Ok((Input { name: shown(url), bytes }, validators)),
            // Never sent to who did not ask; the downloader makes an error of it.
            Fetched::Unchanged => Err(Failure::from(sayings::nothing_was_sent(shown(url)))),
        }
    }

    /// All files of a target, or none of them if none has changed; nothing for one without an address.
    fn files(&self, wanted: &Wanted) -> Option<Files> {
        let Place::Files(urls) = &wanted.target.place else { return None };
        Some(self.fetch(wanted, urls).unwrap_or_else(Files::Failed))
    }

    fn fetch(&self, wanted: &Wanted, urls: &[String]) -> Result<Files, Failure> {
        let target = &wanted.target;
        let mut got: Vec<Option<(Input, Validators)>> = Vec::with_capacity(urls.len());
        for (at, url) in urls.iter().enumerate() {
            let known = wanted.known.as_ref().and_then(|known| known.files.get(at)).filter(|v| !v.is_empty());
            got.push(match self.get(target, url, known)? {
                Fetched::Unchanged => None,
                Fetched::Whole { bytes, validators } => Some((Input { name: shown(url), bytes }, validators)),
            });
        }
        if let (true, Some(known)) = (got.iter().all(Option::is_none), &wanted.known) {
            return Ok(Files::Unchanged(known.clone()));
        }
        let mut all = Vec::with_capacity(urls.len());
        for (url, got) in urls.iter().zip(got) {
            all.push(match got {
                Some(got) => got,
                None => self.input(target, url)?,
            });
        }
        let (inputs, validators) = all.into_iter().unzip();
        Ok(Files::Whole(inputs, validators))
    }

    fn by_catalogue(&self, wanted: &Wanted) -> Result<Brought, Failure> {
        let target = &wanted.target;
        let Place::Catalogue(url, dataset) = &target.place else { return Ok(Brought::Nowhere) };
        let known = wanted.known.as_ref();
        let (index, validators) = match self.get(target, url, known.and_then(|k| k.files.first()))? {
            Fetched::Unchanged => return Ok(known.map_or(Brought::Nowhere, |k| Brought::Unchanged(k.clone()))),
            Fetched::Whole { bytes, validators } => (Input { name: shown(url), bytes }, validators),
        };
        let edition = catalogue::edition(&index, dataset).map_err(|e| Failure::from(e.said()))?;
        let files = vec![validators];
        if let Some(known) = known.filter(|k| k.edition.as_deref() == Some(edition.version.as_str())) {
            return Ok(Brought::Unchanged(Known { files, ..known.clone() }));
        }
        // Deltas spare a download; whatever is wrong with them, the whole list is right.
        let mut reading = match known.and_then(|known| self.by_deltas(target, known, &edition)) {
            Some(Changes::None(known)) => {
                return Ok(Brought::Unchanged(Known { files, edition: Some(edition.version), ..known }));
            }
            Some(Changes::To(reading)) => *reading,
            None => self.whole(target, &edition)?,
        };
        reading.dataset.clone_from(&target.dataset);
        reading.published = edition.exported.as_deref().and_then(|day| Date::parse(day).ok());
        Ok(Brought::Read(Box::new(reading), files, Some(edition.version)))
    }

    fn by_deltas(&self, target: &Target, known: &Known, edition: &catalogue::Edition) -> Option<Changes> {
        let about = lists::about_of(self.folder, &target.dataset, &known.version).ok()?;
        if about.count("high") > 0 {
            return None;
        }
        let (index, _) = self.input(target, edition.deltas.as_ref()?).ok()?;
        let urls = catalogue::deltas(&index, known.edition.as_ref()?, &edition.version).ok()??;
        if urls.is_empty() {
            return Some(Changes::None(known.clone()));
        }
        if urls.len() > DELTAS_MAX {
            return None;
        }
        let signed = |input: Input| match &target.place {
            Place::Manifest(said) if said.namespace => signed(input, &said.name).ok(),
            _ => Some(input),
        };
        let delta = |url: &String| self.input(target, url).ok().and_then(|(input, _)| signed(input));
        let deltas: Option<Vec<Input>> = urls.iter().map(delta).collect();
        let before = lists::entities_of(self.folder, &target.dataset, &known.version).ok()?;
        let reading = patched(&target.dataset, before, &deltas?).ok()?;
        Some(Changes::To(Box::new(reading)))
    }

    fn whole(&self, target: &Target, edition: &catalogue::Edition) -> Result<Reading, Failure> {
        let (input, _) = self.input(target, &edition.entities)?;
        if let Some(bytes) = edition.bytes.filter(|bytes| *bytes != input.bytes.len() as u64) {
            let (name, came) = (&input.name, input.bytes.len());
            return Err(sayings::length_is_another(name, came, bytes).into());
        }
        read_whole(target, input)
    }
}

/// The one list of a file; its entities in the order in which deltas leave them.
fn read_whole(target: &Target, input: Input) -> Result<Reading, Failure> {
    let readings = read_inputs(&[input]).map_err(|e| Failure::from(e.said()))?;
    match named(target, readings, Vec::new()) {
        Brought::Read(mut reading, ..) => {
            reading.entities.sort_by(|a: &Entity, b| a.id.cmp(&b.id));
            Ok(*reading)
        }
        Brought::Failed(failure) => Err(failure),
        _ => Err(sayings::gives_no_list(&target.dataset).into()),
    }
}

impl Tools<'_> {
    /// A data set of a manifest. A version that is no later than the one at hand is not loaded; one that is comes by its deltas, if they reach.
    fn by_manifest(&self, wanted: &Wanted, said: &Dataset) -> Result<Brought, Failure> {
        let (target, known) = (&wanted.target, wanted.known.as_ref());
        let Some(origin) = &said.origin else { return Ok(Brought::Nowhere) };
        let version = match origin {
            Origin::Path(path) => said.version.clone().or_else(|| changed(path)),
            Origin::Url(..) => said.version.clone(),
        };
        if let (Some(known), Some(version)) = (known, &version)
            && known.edition.as_deref().is_some_and(|at_hand| at_hand >= version.as_str())
        {
            return Ok(Brought::Unchanged(known.clone()));
        }
        let edition = |entities: &str| catalogue::Edition {
            version: version.clone().unwrap_or_default(),
            entities: entities.to_owned(),
            bytes: None,
            deltas: said.delta_url.clone(),
            exported: None,
        };
        let (reading, validators) = match origin {
            Origin::Path(path) => (self.of_path(target, said, path)?, Validators::default()),
            Origin::Url(url, checksum) => {
                let deltas = known.filter(|_| version.is_some() && said.delta_url.is_some());
                match deltas.and_then(|known| self.by_deltas(target, known, &edition(url))) {
                    Some(Changes::None(known)) => {
                        return Ok(Brought::Unchanged(Known { edition: version, ..known }));
                    }
                    Some(Changes::To(reading)) => (*reading, Validators::default()),
                    None => match self.of_url(
                        target,
                        said,
                        url,
                        checksum.as_deref(),
                        known.filter(|_| version.is_none()),
                    )? {
                        Some(whole) => whole,
                        None => return Ok(known.map_or(Brought::Nowhere, |known| Brought::Unchanged(known.clone()))),
                    },
                }
            }
        };
        let mut reading = reading;
        reading.dataset.clone_from(&target.dataset);
        Ok(Brought::Read(Box::new(reading), vec![validators], version))
    }

    fn of_path(&self, target: &Target, said: &Dataset, path: &Path) -> Result<Reading, Failure> {
        let input = Input::open(path).map_err(|error| Failure::from(error.said()))?;
        read_whole(target, namespaced(input, said)?)
    }

    /// The whole file; nothing if the copy at hand is the newest.
    fn of_url(
        &self,
        target: &Target,
        said: &Dataset,
        url: &str,
        checksum: Option<&str>,
        known: Option<&Known>,
    ) -> Result<Option<(Reading, Validators)>, Failure> {
        let known = known.and_then(|known| known.files.first()).filter(|known| !known.is_empty());
        let Fetched::Whole { bytes, validators } = self.get(target, url, known)? else { return Ok(None) };
        let input = Input { name: shown(url), bytes };
        if let Some(checksum) = checksum {
            check(&input, checksum)?;
        }
        Ok(Some((read_whole(target, namespaced(input, said)?)?, validators)))
    }
}

fn namespaced(input: Input, said: &Dataset) -> Result<Input, Failure> {
    if said.namespace { signed(input, &said.name).map_err(Failure::from) } else { Ok(input) }
}

/// A version of when a file was last changed, as digits.
fn changed(path: &Path) -> Option<String> {
    let changed = std::fs::metadata(path).ok()?.modified().ok()?;
    let changed = jiff::Timestamp::try_from(changed).ok()?;
    Some(versions::written(changed).chars().filter(char::is_ascii_digit).collect())
}

/// What deltas came to.
enum Changes {
    /// Nothing changed.
    None(Known),
    /// A later version.
    To(Box<Reading>),
}
