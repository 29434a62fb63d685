//! What two records have in common besides their names: birth dates, countries, gender, places, numbers.
//!
//! In come the attributes of an asked and a listed record; out come the observed [`Feature`]s. Agreement adds, disagreement
//! subtracts, absence is nothing. Where a record has several values the best agreement counts, and only when none agrees do
//! they differ.

use mihenk_entities::{
    Date,
    country::Country,
    date::{Day, Precision},
    gender::Gender,
};

use crate::{
    bits::Bits,
    index::rows::{OTHER_DAYS, day_code, day_of},
    weights::{FEATURES, Feature, Weights},
};

/// The attributes of a record that are evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Birth dates, or dates of incorporation.
    pub born: Vec<Date>,
    /// Countries of any kind: nationality, residence, flag, jurisdiction.
    pub countries: Vec<Country>,
    /// Genders; none or one as a rule.
    pub genders: Vec<Gender>,
    /// Words of birth places, hashed.
    pub places: Vec<Vec<u32>>,
    /// Words of addresses, hashed.
    pub addresses: Vec<Vec<u32>>,
}

/// How two birth dates compare, best first.
const GRADES: [Feature; 8] = [
    Feature::BornSameDay,
    Feature::BornSwapped,
    Feature::BornAgrees,
    Feature::BornOneDigit,
    Feature::BornSameYear,
    Feature::BornOneYear,
    Feature::BornTwoYears,
    Feature::BornOther,
];

/// Where attributes come from: a record on the heap or a row of the index.
pub trait Source {
    /// Birth dates, or dates of incorporation.
    fn born(&self) -> impl Iterator<Item = Date>;
    /// Countries of any kind.
    fn countries(&self) -> impl Iterator<Item = Country>;
    /// Genders.
    fn genders(&self) -> impl Iterator<Item = Gender>;
    /// Words of birth places, hashed.
    fn places(&self) -> impl Iterator<Item = &[u32]>;
    /// Words of addresses, hashed.
    fn addresses(&self) -> impl Iterator<Item = &[u32]>;
}

impl Source for Attributes {
    fn born(&self) -> impl Iterator<Item = Date> {
        self.born.iter().copied()
    }

    fn countries(&self) -> impl Iterator<Item = Country> {
        self.countries.iter().copied()
    }

    fn genders(&self) -> impl Iterator<Item = Gender> {
        self.genders.iter().copied()
    }

    fn places(&self) -> impl Iterator<Item = &[u32]> {
        self.places.iter().map(Vec::as_slice)
    }

    fn addresses(&self) -> impl Iterator<Item = &[u32]> {
        self.addresses.iter().map(Vec::as_slice)
    }
}

impl Attributes {
    /// Whether there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.born.is_empty()
            && self.countries.is_empty()
            && self.genders.is_empty()
            && self.places.is_empty()
            && self.addresses.is_empty()
    }
}

/// Compares everything but names and numbers.
pub fn compare(
    asked: &Attributes,
    listed: &impl Source,
    country_bits: impl Fn(Country) -> i32,
    amounts: &mut [i32; FEATURES],
) {
    let mut set = |feature: Feature, amount: i32| amounts[feature as usize] = amount;
    if let Some(grade) = best_birth(&asked.born, listed) {
        set(grade, 100);
    }
    if !asked.countries.is_empty() {
        let (mut some, mut shared) = (false, None);
        for country in listed.countries() {
            some = true;
            if asked.countries.contains(&country) {
                shared = shared.max(Some(country_bits(country)));
            }
        }
        match shared {
            Some(bits) => set(Feature::CountrySame, bits.min(300)),
            None if some => set(Feature::CountryDiffers, 100),
            None => {}
        }
    }
    if asked.genders.iter().any(|g| *g != Gender::Other) {
        let mut known = listed.genders().filter(|g| *g != Gender::Other).peekable();
        if known.peek().is_some() {
            set(
                if known.any(|g| asked.genders.contains(&g)) { Feature::GenderSame } else { Feature::GenderDiffers },
                100,
            );
        }
    }
    if !asked.places.is_empty() {
        match overlap(&asked.places, listed.places()) {
            Some(true) => set(Feature::PlaceSame, 100),
            Some(false) => set(Feature::PlaceDiffers, 100),
            None => {}
        }
    }
    if !asked.addresses.is_empty() && overlap(&asked.addresses, listed.addresses()) == Some(true) {
        set(Feature::AddressSame, 100);
    }
}

/// The best grade over all pairs of dates.
#[must_use]
pub fn best_birth(asked: &[Date], listed: &impl Source) -> Option<Feature> {
    if asked.is_empty() { None } else { best_grade(asked, listed.born()) }
}

/// The best grade over all pairs of dates; none if either side has no date.
pub(crate) fn best_grade(asked: &[Date], listed: impl Iterator<Item = Date>) -> Option<Feature> {
    let grades = listed.flat_map(|b| asked.iter().map(move |a| grade(a, &b)));
    grades.min().map(|g| GRADES[g])
}

/// What the birth dates of a record can say of a listed name, before its entity is looked at.
#[derive(Debug)]
pub struct Births<'a> {
    asked: &'a [Date],
    weights: &'a Weights,
    /// The most that they can add.
    pub most: Bits,
}

impl<'a> Births<'a> {
    /// Of the birth dates of a record.
    #[must_use]
    pub fn new(asked: &'a [Date], weights: &'a Weights) -> Births<'a> {
        let most = GRADES.iter().map(|&grade| worth(grade, weights)).max().unwrap_or(Bits::ZERO).max(Bits::ZERO);
        Births { asked, weights, most: if asked.is_empty() { Bits::ZERO } else { most } }
    }

    /// By how much an entity has less from its birth date than the most; zero or below.
    #[must_use]
    pub fn less(&self, code: u16) -> Bits {
        if self.asked.is_empty() || code == OTHER_DAYS {
            return Bits::ZERO;
        }
        let Some(day) = day_of(code) else { return -self.most };
        let date = Date { from: day, to: day, precision: Precision::Day };
        best_grade(self.asked, std::iter::once(date)).map_or(-self.most, |grade| worth(grade, self.weights) - self.most)
    }

    /// The codes of the days that the dates may be, as they stand or with day and month the other way round; none where a date
    /// is not a day, for then any day may agree with it.
    pub fn days(&self) -> impl Iterator<Item = u16> + '_ {
        let days = self.asked.iter().filter(|_| self.are_days()).filter_map(Date::exact_day);
        let both = days.flat_map(|day| [day, Day { month: day.day, day: day.month, ..day }]);
        let dates = both.map(|day| Date { from: day, to: day, precision: Precision::Day });
        dates.map(|date| day_code(&[date])).filter(|&code| code != OTHER_DAYS)
    }

    /// The most that they can add to an entity that was born on one day which is none of [`Births::days`], or on none that is known.
    #[must_use]
    pub fn most_of_other_days(&self) -> Bits {
        if !self.are_days() {
            return self.most;
        }
        // Two days agree when they are the same, so what agrees only as far as one side is known is left out as well.
        let others = &GRADES[AGREES + 1..];
        others.iter().map(|&grade| worth(grade, self.weights)).max().unwrap_or(Bits::ZERO).clamp(Bits::ZERO, self.most)
    }

    fn are_days(&self) -> bool {
        !self.asked.is_empty() && self.asked.iter().all(|date| day_code(&[*date]) != OTHER_DAYS)
    }
}

fn worth(grade: Feature, weights: &Weights) -> Bits {
    Bits(100).scaled(weights.of(grade))
}

/// The place of dates that agree in [`GRADES`].
const AGREES: usize = 2;

/// How two dates compare, as an index into [`GRADES`].
fn grade(a: &Date, b: &Date) -> usize {
    if let (Some(x), Some(y)) = (a.exact_day(), b.exact_day()) {
        if x == y {
            return 0;
        }
        if x.year == y.year && x.month == y.day && x.day == y.month {
            return 1;
        }
        let same_year = x.year == y.year;
        let same_day = x.month == y.month && x.day == y.day;
        if (same_year || same_day) && (digits_differ(x, y) == 1 || one_unit_off(x, y)) {
            return 3;
        }
        if same_year {
            return 4;
        }
    } else if a.from <= b.to && b.from <= a.to {
        return 2;
    }
    let years = years_apart(a, b);
    match years {
        0 => 4,
        1 => 5,
        2 => 6,
        _ => 7,
    }
}

/// The years between two dates; an *about* date may be a year off.
fn years_apart(a: &Date, b: &Date) -> i16 {
    let gap = if a.from > b.to { a.from.year - b.to.year } else { (b.from.year - a.to.year).max(0) };
    let about = i16::from(a.precision == Precision::About || b.precision == Precision::About);
    (gap - about).max(0)
}

/// A day, a month or a year too early or too late, the rest the same.
fn one_unit_off(x: Day, y: Day) -> bool {
    let steps = [
        (x.year - y.year).abs(),
        (i16::from(x.month) - i16::from(y.month)).abs(),
        (i16::from(x.day) - i16::from(y.day)).abs(),
    ];
    steps.iter().sum::<i16>() == 1
}

/// How many digits of YYYYMMDD differ.
fn digits_differ(x: Day, y: Day) -> usize {
    let number = |d: Day| u32::from(d.year.unsigned_abs()) * 10_000 + u32::from(d.month) * 100 + u32::from(d.day);
    let (mut a, mut b, mut differ) = (number(x), number(y), 0);
    for _ in 0..8 {
        differ += usize::from(a % 10 != b % 10);
        (a, b) = (a / 10, b / 10);
    }
    differ
}

/// Whether any two texts share most of the shorter one's words; `None` when one side has none.
fn overlap<'a>(asked: &[Vec<u32>], listed: impl Iterator<Item = &'a [u32]>) -> Option<bool> {
    if asked.iter().all(Vec::is_empty) {
        return None;
    }
    let mut found = None;
    for b in listed.filter(|b| !b.is_empty()) {
        let shares = |a: &Vec<u32>| {
            let common = a.iter().filter(|w| b.contains(w)).count();
            common > 0 && common * 3 >= a.len().min(b.len()) * 2
        };
        found = Some(found == Some(true) || asked.iter().any(shares));
    }
    found
}
