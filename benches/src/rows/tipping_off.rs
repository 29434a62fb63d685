//! No tipping off: how long a refusal takes about a report that is there, and about one that is not.
//!
//! An office with a reporting officer who has drafted a report, in a store in the folder for temporary files. An analyst and an auditor ask for that report and for one that there is not, in turn,
//! 10,000 times each: what they hear is the same, and so must be the time until they do (FATF R.21). The baseline is the reporting officer's own look at the report.

use std::{hint::black_box, time::Instant};

use anyhow::{Context, ensure};
use mihenk_node::{
    desk::{Desk, Seat},
    ledger::{
        Reason,
        people::{Change, Role, Secret},
        reports::{ReportId, goaml::Version},
    },
    people, reports,
    store::Place,
};

use crate::{
    inputs::Inputs,
    row::{Line, Measured, seconds},
    timing::percentile,
};

const REQUESTS: usize = 10_000;
const LOOKS: usize = 200;
/// How far the medians may be apart.
const APART: f64 = 0.05;

pub(super) fn measure(_inputs: &Inputs) -> anyhow::Result<Measured> {
    let folder = tempfile::tempdir()?;
    let place = Place::Sqlite(folder.path().join("store.sqlite"));
    let desk = Desk::open(&place, folder.path(), Box::new(|| 1_795_651_200_000))?;
    let [(_, one), (_, other)] = desk.first_start(["ayse", "bahram"])?;
    chooses(&desk, "ayse", &one)?;
    chooses(&desk, "bahram", &other)?;
    for (name, role) in [("cem", Role::Analyst), ("elif", Role::Auditor), ("farid", Role::Officer)] {
        let change = Change::Add { name: name.to_owned(), roles: vec![role] };
        let id = people::propose(&seat(&desk, "ayse")?, change, Reason::new("joins")?)?;
        let first = people::confirm(&seat(&desk, "bahram")?, &id)?.first_password;
        chooses(&desk, name, &first.context("a new user has a first password")?)?;
    }
    let officer = seat(&desk, "farid")?;
    let draft = reports::Draft {
        kind: "ofac-rejected".to_owned(),
        about: None,
        title: Some("payment 4711".to_owned()),
        event_day: Some("2026-11-25".parse()?),
        follows: None,
    };
    let there = reports::draft(&officer, folder.path(), &draft)?;
    let absent: ReportId = "RP-999999".parse()?;
    let look = |seat: &Seat<'_>, id: &ReportId| reports::show(seat, folder.path(), id, Version::default()).map(drop);
    let own = median(LOOKS, || look(&officer, &there))?;
    let mut lines = Vec::new();
    for name in ["cem", "elif"] {
        let seat = seat(&desk, name)?;
        let told = [&there, &absent].map(|id| look(&seat, id).err().map(|error| error.to_string()));
        ensure!(told[0].is_some() && told[0] == told[1], "{name} hears {told:?}");
        let mut times = [Vec::with_capacity(REQUESTS), Vec::with_capacity(REQUESTS)];
        for _ in 0..REQUESTS {
            for (id, times) in [&there, &absent].into_iter().zip(&mut times) {
                let start = Instant::now();
                // That it is refused is what is measured.
                let _ = black_box(look(&seat, id));
                times.push(start.elapsed().as_secs_f64());
            }
        }
        times.iter_mut().for_each(|times| times.sort_by(f64::total_cmp));
        let [there, absent] = [percentile(&times[0], 0.5), percentile(&times[1], 0.5)];
        let apart = (there / absent - 1.0).abs();
        let who = if name == "cem" { "an analyst" } else { "an auditor" };
        lines.push(Line {
            what: format!("{who} is refused a report, {REQUESTS} requests each, medians"),
            figure: format!("there {}, not there {}: {:.2} % apart", seconds(there), seconds(absent), apart * 100.0),
            asked: "≤ 5 % apart".to_owned(),
            reached: Some(apart <= APART),
            baseline: format!("the reporting officer sees it in {}", seconds(own)),
            runs: String::new(),
        });
    }
    Ok(Measured::of(lines))
}

fn password(name: &str) -> Secret {
    Secret::new(&format!("correct horse {name}"))
}

fn chooses(desk: &Desk, name: &str, first: &Secret) -> anyhow::Result<()> {
    let seat = desk.seat(desk.sign_in(name, first)?.token);
    Ok(seat.choose_password(first, &password(name))?)
}

fn seat<'a>(desk: &'a Desk, name: &str) -> anyhow::Result<Seat<'a>> {
    Ok(desk.seat(desk.sign_in(name, &password(name))?.token))
}

fn median<E: Into<anyhow::Error>>(runs: usize, mut run: impl FnMut() -> Result<(), E>) -> anyhow::Result<f64> {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let start = Instant::now();
        run().map_err(Into::into)?;
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(percentile(&times, 0.5))
}
