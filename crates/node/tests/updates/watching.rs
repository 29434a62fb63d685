//! For ever: each list when it is due, whatever happens to the others.
//!
//! In goes a clock that moves only when the watch sleeps; out come the times at which each list was looked for.

use std::cell::RefCell;

use mihenk_node::{
    Model,
    status::status,
    update::{Outcome, Report},
    watch::{Told, watch},
};

use crate::{
    clock::TestClock,
    server::Reply,
    world::{START, World, list, sample},
};

/// Watches until the clock breaks the waiting off; gives for each report its lists, failed ones with a mark.
fn watched(world: &World, mut between: impl FnMut(&World, usize)) -> Vec<String> {
    let told = RefCell::new(Vec::new());
    let short = |report: &Report| {
        let one = |l: &mihenk_node::update::ListReport| match &l.outcome {
            Outcome::Failed { .. } => format!("{}!", l.dataset),
            Outcome::Live { .. } => format!("{}*", l.dataset),
            _ => l.dataset.clone(),
        };
        report.lists.iter().map(one).collect::<Vec<_>>().join(" ")
    };
    let mut count = 0;
    world.with(&[], |options| {
        watch(options, |heard| {
            let text = match heard {
                Told::Round => return,
                Told::Updated(report) => short(&report),
                Told::Failed(error) => format!("error {error}"),
            };
            told.borrow_mut().push(format!("{} {text}", world.time()));
            count += 1;
            between(world, count);
        })
        .unwrap();
    });
    told.into_inner()
}

impl World {
    fn time(&self) -> String {
        use mihenk_node::Clock;
        self.clock.now().strftime("%H:%M").to_string()
    }
}

fn world(sleeps: usize) -> World {
    let mut world = World::new();
    world.settings(
        "[source.hourly]\nurl = \"SERVER/hourly\"\ncadence = \"1h\"\n[source.often]\nurl = \"SERVER/often\"\ncadence = \"20m\"\n",
    );
    world.serve("/hourly", list(0..6));
    world.serve("/often", list(10..16));
    world.update(&["hourly", "often"]);
    world.clock = TestClock::at(START).granting(sleeps);
    world
}

#[test]
fn each_list_is_looked_for_as_often_as_it_should_be() {
    // Sleeps are five minutes at most, so that changed settings are seen: thirteen make an hour and five minutes.
    let world = world(13);
    let told = watched(&world, |_, _| {});
    assert_eq!(told, ["12:20 often", "12:40 often", "13:00 hourly often"]);
}

#[test]
fn a_failure_is_tried_again_sooner_and_stops_nobody() {
    let world = world(13);
    world.answer("/hourly", Reply::ok("<html>"));
    world.at("2026-01-10T13:00:00Z");
    let told = watched(&world, |world, count| {
        if count == 2 {
            world.serve("/hourly", list(0..7));
        }
    });
    // Five minutes after the first failure, ten after the second.
    assert_eq!(told[..4], ["13:00 hourly! often", "13:05 hourly!", "13:15 hourly*", "13:20 often"]);
}

#[test]
fn a_process_that_is_started_again_goes_on_where_the_last_one_was() {
    let world = world(2);
    world.at("2026-01-10T12:30:00Z");
    assert_eq!(watched(&world, |_, _| {}), ["12:30 often"]);
    let mut world = world;
    world.clock = TestClock::at("2026-01-10T12:40:00Z").granting(2);
    assert_eq!(watched(&world, |_, _| {}), ["12:50 often"]);
}

#[test]
fn a_list_that_nobody_could_look_for_is_called_old() {
    let world = world(0);
    let stale = |at: &str| {
        let status = status(world.path(), &Model::built_in(), at.parse().unwrap()).unwrap();
        status.lists.iter().filter(|l| l.is_stale).map(|l| l.dataset.clone()).collect::<Vec<_>>()
    };
    // Never before a day has passed, whatever the cadence.
    assert!(stale("2026-01-11T12:00:00Z").is_empty());
    assert_eq!(stale("2026-01-11T12:00:01Z"), ["hourly", "often"]);
    world.answer("/often", Reply::new("404 Not Found", ""));
    world.at("2026-01-11T13:00:00Z").update(&[]);
    assert_eq!(stale("2026-01-11T13:00:01Z"), ["often"], "a failed look does not make it newer");
    let status = status(world.path(), &Model::built_in(), "2026-01-11T13:00:01Z".parse().unwrap()).unwrap();
    let often = status.lists.iter().find(|l| l.dataset == "often").unwrap();
    assert!(often.last_failed && often.last_result.as_ref().unwrap().contains("404"), "{often:?}");
    assert_eq!((status.index, often.next_check.as_deref()), ("live", Some("2026-01-11T13:05:00Z")));
}

#[test]
fn the_age_of_a_list_is_counted_from_the_day_it_was_published() {
    let world = World::new();
    // The sample's dateGenerated is 2026-02-27.
    world.settings("[source.un_sc_sanctions]\nurl = \"SERVER/un\"\n");
    world.serve("/un", sample("un.xml"));
    world.at("2026-02-28T08:00:00Z").update(&["un_sc_sanctions"]);
    let age = |at: &str| {
        let status = status(world.path(), &Model::built_in(), at.parse().unwrap()).unwrap();
        let list = &status.lists[0];
        assert_eq!((list.live_since.as_deref(), list.versions), (Some("2026-02-28T08:00:00Z"), 1));
        (list.published.clone(), list.age_days)
    };
    let day = Some("2026-02-27".to_owned());
    assert_eq!(age("2026-02-28T08:00:01Z"), (day.clone(), Some(1)));
    assert_eq!(age("2026-03-01T00:00:00Z"), (day, Some(2)));
}

#[test]
fn every_round_is_told_so_that_what_runs_out_is_seen_between_updates() {
    let world = world(13);
    let mut rounds = Vec::new();
    world.with(&[], |options| {
        watch(options, |heard| {
            if matches!(heard, Told::Round) {
                rounds.push(world.time());
            }
        })
        .unwrap();
    });
    // Five minutes apart at most, also where no list is due.
    assert_eq!(rounds[..3], ["12:00", "12:05", "12:10"]);
    assert_eq!(rounds.last().map(String::as_str), Some("13:05"));
}
