//! The word lists of `data/`, read line by line as their heads describe them.
//!
//! A form that the tokenizer would write otherwise can never be found in a name, a form that stands twice says nothing the
//! second time, and a legal form that is cut differently inside a name is no legal form. Each test gathers all faults of
//! its lists before it fails, so that one run shows them all.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_names::{Bearer, Name, Role, Script, tokenize};

const TITLES: &str = include_str!("../../../data/titles.txt");
const PARTICLES: &str = include_str!("../../../data/particles.txt");
const LEGAL_FORMS: &str = include_str!("../../../data/legal_forms.txt");
const VARIANTS: &str = include_str!("../../../data/variants.txt");
const NUMERALS: &str = include_str!("../../../data/numerals.txt");
const ORGANIZATION_WORDS: &str = include_str!("../../../data/organization_words.txt");

const LINE_CHARS_MAX: usize = 160;
const LINES_PER_FORM_MAX: usize = 3;
const LEGAL_FORM_TOKENS_MAX: usize = 8;
const FAMILIES: [&str; 11] = [
    "general",
    "limited",
    "joint-stock",
    "partnership",
    "branch",
    "foundation",
    "cooperative",
    "free-zone",
    "state",
    "association",
    "sole",
];

/// One line of a list: where it stands, what is before the first `|`, what is behind it.
struct Line {
    place: String,
    kind: &'static str,
    rest: &'static str,
}

/// How many lines have each form, by kind of line.
type Count = BTreeMap<(&'static str, String), usize>;

fn lines(file: &str, list: &'static str) -> Vec<Line> {
    list.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(i, line)| {
            let (kind, rest) = line.split_once('|').unwrap_or((line, ""));
            Line { place: format!("{file}:{}", i + 1), kind: kind.trim(), rest: rest.trim() }
        })
        .collect()
}

/// The form as the tokenizer writes it, its words with a space between them.
fn romanised(form: &str) -> String {
    tokenize(form).into_iter().map(|t| t.form).collect::<Vec<_>>().join(" ")
}

/// The forms of one line as the tokenizer writes them; a fault for each that is not so written, and for each repetition.
fn check_forms<'a>(place: &str, forms: impl Iterator<Item = &'a str>, faults: &mut Vec<String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for form in forms {
        let read = romanised(form);
        if read.is_empty() || form.is_ascii() && read != form {
            faults.push(format!("{place}: `{form}` is read as `{read}`"));
        }
        if !seen.insert(read) {
            faults.push(format!("{place}: `{form}` stands twice"));
        }
    }
    seen
}

/// Reads a list of single words whose lines begin with one of `kinds` (any, when there are none).
fn check_words(file: &str, list: &'static str, kinds: &[&str], faults: &mut Vec<String>) -> Count {
    let mut count = Count::new();
    for Line { place, kind, rest } in lines(file, list) {
        if !kinds.is_empty() && !kinds.contains(&kind) {
            faults.push(format!("{place}: a line begins with one of {kinds:?}, not `{kind}`"));
        }
        if rest.matches(';').count() > usize::from(file == "variants.txt") {
            faults.push(format!("{place}: too many `;`"));
        }
        let forms = check_forms(&place, words(rest), faults);
        if forms.is_empty() {
            faults.push(format!("{place}: no forms"));
        }
        for form in forms {
            if form.contains(' ') {
                faults.push(format!("{place}: `{form}` is more than one word"));
            }
            *count.entry((kind, form)).or_default() += 1;
        }
    }
    count
}

fn words(rest: &str) -> impl Iterator<Item = &str> {
    rest.split([' ', ';']).filter(|form| !form.is_empty())
}

fn check_count(max: usize, file: &str, count: &Count, faults: &mut Vec<String>) {
    for ((kind, form), lines) in count.iter().filter(|&(_, &lines)| lines > max) {
        faults.push(format!("{file}: `{kind} | {form}` stands in {lines} lines"));
    }
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_list_says_what_it_is_in_lines_of_readable_length() {
    let mut faults = Vec::new();
    for (file, list) in [
        ("titles.txt", TITLES),
        ("particles.txt", PARTICLES),
        ("legal_forms.txt", LEGAL_FORMS),
        ("variants.txt", VARIANTS),
        ("numerals.txt", NUMERALS),
        ("organization_words.txt", ORGANIZATION_WORDS),
    ] {
        let head: Vec<&str> =
            list.lines().map_while(|line| line.strip_prefix('#')).flat_map(str::split_whitespace).collect();
        assert!(head.join(" ").contains("ompiled by Mihenk's authors"), "the head of {file} says who compiled it");
        for (i, line) in list.lines().enumerate() {
            let chars = line.chars().count();
            if chars > LINE_CHARS_MAX {
                faults.push(format!("{file}:{}: {chars} characters", i + 1));
            }
            if line != line.trim_end() {
                faults.push(format!("{file}:{}: blanks at the end", i + 1));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn titles_and_particles_are_single_words_listed_once() {
    let mut faults = Vec::new();
    let titles = check_words("titles.txt", TITLES, &["person", "honorific", "beside", "vessel"], &mut faults);
    check_count(1, "titles.txt", &titles, &mut faults);
    let particles = check_words("particles.txt", PARTICLES, &["person", "organization", "vessel"], &mut faults);
    check_count(1, "particles.txt", &particles, &mut faults);
    for (kind, form) in titles.keys().chain(particles.keys()) {
        let others = [
            ("titles.txt", &titles, "person"),
            ("titles.txt", &titles, "honorific"),
            ("particles.txt", &particles, "person"),
        ];
        let homes = others.iter().filter(|(_, list, kind)| list.contains_key(&(*kind, form.clone()))).count();
        if matches!(*kind, "person" | "honorific") && homes > 1 {
            faults.push(format!("`{form}` is more than one of title, honorific and particle"));
        }
    }
    assert_none(&faults);
}

#[test]
fn groups_of_variants_hold_single_words_in_few_lines() {
    let mut faults = Vec::new();
    for (file, list, kind) in
        [("variants.txt", VARIANTS, "person"), ("organization_words.txt", ORGANIZATION_WORDS, "organization")]
    {
        let count = check_words(file, list, &[kind], &mut faults);
        check_count(LINES_PER_FORM_MAX, file, &count, &mut faults);
        let alone = lines(file, list).into_iter().filter(|line| words(line.rest).count() < 2);
        faults.extend(alone.map(|line| format!("{}: one form is no group", line.place)));
    }
    assert_none(&faults);
}

#[test]
fn a_numeral_has_one_value() {
    let mut faults = Vec::new();
    let mut values: BTreeMap<String, &str> = BTreeMap::new();
    for (value, form) in check_words("numerals.txt", NUMERALS, &[], &mut faults).into_keys() {
        if value.parse::<u32>().is_err() {
            faults.push(format!("numerals.txt: `{value}` is no number"));
        }
        if let Some(other) = values.insert(form.clone(), value) {
            faults.push(format!("numerals.txt: `{form}` is {other} and {value}"));
        }
    }
    for n in 1..=20 {
        assert!(values.values().any(|value| *value == n.to_string()), "no word for {n}");
    }
    assert_none(&faults);
}

#[test]
fn legal_forms_have_countries_a_family_and_are_found_in_names() {
    let mut faults = Vec::new();
    let mut codes: BTreeMap<&str, &str> = BTreeMap::new();
    let (mut countries, mut count) = (BTreeSet::new(), Count::new());
    for Line { place, kind: code, rest } in lines("legal_forms.txt", LEGAL_FORMS) {
        let (about, forms) = rest.split_once('|').unwrap_or((rest, ""));
        let (states, family) = about.split_once('/').unwrap_or((about, ""));
        if codes.insert(code, about).is_some_and(|before| before != about) {
            faults.push(format!("{place}: `{code}` had other countries or another family before"));
        }
        if !FAMILIES.contains(&family.trim()) {
            faults.push(format!("{place}: `{}` is no family", family.trim()));
        }
        for country in states.split_whitespace() {
            if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_lowercase()) {
                faults.push(format!("{place}: `{country}` is no country code"));
            }
            countries.insert(country);
        }
        for form in check_forms(&place, forms.split(';').map(str::trim), &mut faults) {
            if form.split(' ').count() > LEGAL_FORM_TOKENS_MAX {
                faults.push(format!("{place}: `{form}` is longer than a name is searched"));
            }
            *count.entry(("", form)).or_default() += 1;
        }
        // As the last words of a name they must be read as one legal form, whatever else the reader does to words.
        for form in forms.split(';').map(str::trim) {
            let other_alphabet = form.chars().any(|c| matches!(Script::of(c), Script::Cyrillic | Script::Greek));
            let before = if other_alphabet { "Жжж" } else { "Zqx" };
            let name = Name::read(&format!("{before} {form}"), Bearer::Organization);
            let roles: BTreeSet<String> = name.parts[1..].iter().map(|part| format!("{:?}", part.role)).collect();
            let found = name.parts[1..].iter().all(|part| matches!(part.role, Role::LegalForm(..)));
            if !found || roles.len() != 1 {
                faults.push(format!("{place}: `{form}` is read as {:?}", name.parts));
            }
        }
    }
    check_count(LINES_PER_FORM_MAX, "legal_forms.txt", &count, &mut faults);
    assert!(countries.len() >= 40, "{} countries", countries.len());
    assert_none(&faults);
}
