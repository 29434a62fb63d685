//! What two records have in common besides their names: birth dates, countries, gender, places, numbers.
//!
//! In come the attributes of an asked and a listed record; out come the observed [`Feature`]s. Agreement adds, disagreement
//! subtracts, absence is nothing. Where a record has several values the best agreement counts, less log2 of how many there
//! were: several chances to agree are worth less than one.

use mihenk_entities::{Date, country::Country, date::{Day, Precision}, gender::Gender};

use crate::weights::{FEATURES, Feature};

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

/// Compares everything but names and numbers.
pub fn compare(asked: &Attributes, listed: &Attributes, country_bits: impl Fn(Country) -> i32, amounts: &mut [i32; FEATURES]) {
    let mut set = |feature: Feature, amount: i32| amounts[feature as usize] = amount;
    if let Some(grade) = best_birth(&asked.born, &listed.born) {
        set(grade, 100);
    }
    let shared = asked.countries.iter().filter(|c| listed.countries.contains(c)).map(|&c| country_bits(c)).max();
    match shared {
        Some(bits) => set(Feature::CountrySame, bits.min(300)),
        None if !asked.countries.is_empty() && !listed.countries.is_empty() => set(Feature::CountryDiffers, 100),
        None => {}
    }
    if let (Some(a), Some(b)) = (asked.genders.first(), listed.genders.first()) {
        let known = *a != Gender::Other && *b != Gender::Other;
        let same = asked.genders.iter().any(|g| listed.genders.contains(g));
        if known {
            set(if same { Feature::GenderSame } else { Feature::GenderDiffers }, 100);
        }
    }
    match overlap(&asked.places, &listed.places) {
        Some(true) => set(Feature::PlaceSame, 100),
        Some(false) => set(Feature::PlaceDiffers, 100),
        None => {}
    }
    if overlap(&asked.addresses, &listed.addresses) == Some(true) {
        set(Feature::AddressSame, 100);
    }
}

/// The best grade over all pairs of dates.
#[must_use]
pub fn best_birth(asked: &[Date], listed: &[Date]) -> Option<Feature> {
    let grades = asked.iter().flat_map(|a| listed.iter().map(move |b| grade(a, b)));
    grades.min().map(|g| GRADES[g])
}

/// How two dates compare, as an index into [`GRADES`].
fn grade(a: &Date, b: &Date) -> usize {
    if let (Some(x), Some(y)) = (a.exact_day(), b.exact_day()) {
        if x == y {
            return 0;
        }
        if x.year == y.year && x.month == y.day && x.day == y.month {
            return 1;
        }
        if digits_differ(a, b) == 1 || one_unit_off(x, y) {
            return 3;
        }
        if x.year == y.year {
            return 4;
        }
    } else if a.from <= b.to && b.from <= a.to {
        return if a.precision == Precision::Between || b.precision == Precision::Between { 2 } else { agrees(a, b) };
    }
    let years = years_apart(a, b);
    match years {
        0 => 4,
        1 => 5,
        2 => 6,
        _ => 7,
    }
}

/// Overlapping dates of which at least one is not exact.
fn agrees(_a: &Date, _b: &Date) -> usize {
    2
}

/// The years between two dates; an *about* date may be a year off.
fn years_apart(a: &Date, b: &Date) -> i16 {
    let gap = if a.from > b.to { a.from.year - b.to.year } else { (b.from.year - a.to.year).max(0) };
    let about = i16::from(a.precision == Precision::About || b.precision == Precision::About);
    (gap - about).max(0)
}

/// A day, a month or a year too early or too late, the rest the same.
fn one_unit_off(x: Day, y: Day) -> bool {
    let steps = [(x.year - y.year).abs(), (i16::from(x.month) - i16::from(y.month)).abs(), (i16::from(x.day) - i16::from(y.day)).abs()];
    steps.iter().sum::<i16>() == 1
}

fn digits_differ(a: &Date, b: &Date) -> usize {
    let (a, b) = (a.to_string(), b.to_string());
    a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count()
}

/// Whether any two texts share most of the shorter one's words; `None` when one side has none.
fn overlap(asked: &[Vec<u32>], listed: &[Vec<u32>]) -> Option<bool> {
    if asked.iter().all(Vec::is_empty) || listed.iter().all(Vec::is_empty) {
        return None;
    }
    let shares = |a: &Vec<u32>, b: &Vec<u32>| {
        let common = a.iter().filter(|w| b.contains(w)).count();
        let shorter = a.len().min(b.len());
        common > 0 && common * 3 >= shorter * 2
    };
    Some(asked.iter().any(|a| listed.iter().any(|b| shares(a, b))))
}
