//! The clocks of redress, and what letters say of the house: `data/redress.toml`, and the house's own file.
//!
//! In come the texts, out comes a [`House`], or what is wrong with the file. Which lists a letter may name stands here and nowhere else.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{day::Day, error::LedgerError};

/// The name of the file in a data folder.
pub const FILE: &str = "redress.toml";

const BUILT_IN: &str = include_str!("../../../../data/redress.toml");

/// The longest time that a clock may give, in days.
const MOST_DAYS: u32 = 366;

/// What holds in this house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// After a complaint was received: by when it is decided.
    pub decide_days: u32,
    /// After the decision: by when the person has the letter.
    pub answer_days: u32,
    /// After the decision: by when recipients are told.
    pub correct_days: u32,
    /// Who writes.
    pub house: Option<String>,
    /// To whom the person may turn further.
    pub complain_further: Option<String>,
    public_lists: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    decide_days: Option<u32>,
    answer_days: Option<u32>,
    correct_days: Option<u32>,
    house: Option<String>,
    complain_further: Option<String>,
    public_lists: BTreeMap<String, String>,
}

impl House {
    /// Reads what comes with the program, and over it the house's own file if there is one.
    ///
    /// # Errors
    /// With the file's name and what is wrong.
    pub fn read(own: Option<&str>) -> Result<House, LedgerError> {
        let mut house = House {
            decide_days: 0,
            answer_days: 0,
            correct_days: 0,
            house: None,
            complain_further: None,
            public_lists: BTreeMap::new(),
        };
        for text in [Some(BUILT_IN), own].into_iter().flatten() {
            let wrong = |why: String| LedgerError::refused(format!("{FILE}: {why}"));
            let written: Written = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
            house.overlay(written);
            house.check().map_err(wrong)?;
        }
        Ok(house)
    }

    fn overlay(&mut self, written: Written) {
        let filled = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.decide_days = written.decide_days.unwrap_or(self.decide_days);
        self.answer_days = written.answer_days.unwrap_or(self.answer_days);
        self.correct_days = written.correct_days.unwrap_or(self.correct_days);
        self.house = filled(written.house).or(self.house.take());
        self.complain_further = filled(written.complain_further).or(self.complain_further.take());
        for (list, words) in written.public_lists {
            match words.trim() {
                "" => self.public_lists.remove(&list),
                words => self.public_lists.insert(list, words.to_owned()),
            };
        }
    }

    fn check(&self) -> Result<(), String> {
        let clocks =
            [("decide_days", self.decide_days), ("answer_days", self.answer_days), ("correct_days", self.correct_days)];
        match clocks.into_iter().find(|(_, days)| !(1..=MOST_DAYS).contains(days)) {
            Some((name, days)) => Err(format!("{name} = {days}; right would be 1 to {MOST_DAYS} days")),
            None => Ok(()),
        }
    }

    /// What a letter calls a list; `None` when it may not name it.
    #[must_use]
    pub fn public_list(&self, dataset: &str) -> Option<&str> {
        self.public_lists.get(dataset).map(String::as_str)
    }

    /// The day so many days after another.
    #[must_use]
    pub fn days_after(day: Day, days: u32) -> Day {
        (0..days).fold(day, |day, _| day.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_house_says_goes_over_what_is_built_in() {
        let built_in = House::read(None).unwrap();
        assert_eq!((built_in.decide_days, built_in.complain_further.as_deref()), (30, None));
        assert!(built_in.public_list("un_sc_sanctions").unwrap().contains("Security Council"));
        assert_eq!(built_in.public_list("watch_list_of_ours"), None);
        let own = "decide_days = 10\ncomplain_further = \" the ombudsman \"\n[public_lists]\nours = \"our list\"\nun_sc_sanctions = \"\"";
        let house = House::read(Some(own)).unwrap();
        assert_eq!((house.decide_days, house.answer_days), (10, built_in.answer_days));
        assert_eq!(house.complain_further.as_deref(), Some("the ombudsman"));
        assert_eq!((house.public_list("ours"), house.public_list("un_sc_sanctions")), (Some("our list"), None));
        assert!(house.public_list("eu_fsf").is_some());
    }

    #[test]
    fn a_file_that_cannot_be_is_refused_with_its_name() {
        for (text, why) in
            [("decide_days = 0", "decide_days = 0"), ("decde_days = 3", "decde_days"), ("house = 3", "house")]
        {
            let said = House::read(Some(text)).unwrap_err().to_string();
            assert!(said.starts_with("redress.toml: ") && said.contains(why), "{said}");
        }
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        // November has 30 days.
        assert_eq!(House::days_after(day("2026-11-26"), 7), day("2026-12-03"));
    }
}
