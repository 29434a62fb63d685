//! Makes reports from the rules: valid by construction, as different from one another as the table allows.
//!
//! In come a version and a seed; out comes a tree in which each element has its form and its length, and each choice is made. So a
//! report that the table allows and the code does not would be found.

use super::super::{
    element::Element,
    rules::{ComplexType, ElementRule, GroupRule, Holds, Must, Rules},
};

/// A generator of numbers (splitmix64): the same seed, the same report.
pub(super) struct Seed(pub(super) u64);

impl Seed {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// How much is made of what is optional.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Much {
    /// What is demanded by everybody.
    Least,
    /// What is demanded by anybody.
    Demanded,
    /// Some of it.
    Some,
}

/// A report.
pub(super) fn report(rules: &Rules, seed: &mut Seed, much: Much) -> Element<'static> {
    let report = rules.report().unwrap();
    Element { name: "report".into(), children: children(report, rules, seed, much, true, 0), ..Element::default() }
}

fn children(
    complex: &ComplexType,
    rules: &Rules,
    seed: &mut Seed,
    much: Much,
    is_client: bool,
    depth: usize,
) -> Vec<Element<'static>> {
    let demands = |must: &Must| match must {
        Must::All(_) => true,
        Must::By(sources) => !sources.is_empty() && much != Much::Least,
    };
    let wanted = |must: &Must, of_client: &Must| demands(must) || (is_client && demands(of_client));
    let optional = |seed: &mut Seed| much == Much::Some && depth < 6 && seed.one_in(2 + depth);
    let mut here: Vec<bool> =
        complex.elements.iter().map(|e| wanted(&e.must, &e.must_my_client) || optional(seed)).collect();
    let at = |name: &str| complex.element(name).unwrap().0;
    for group in &complex.groups {
        let of: Vec<usize> = group.of.iter().map(|name| at(name)).collect();
        if wanted(&group.must, &group.must_my_client) && !of.iter().any(|&one| here[one]) {
            here[of[seed.below(of.len())]] = true;
        }
    }
    // Groups that share an element settle each other: one after the other until nothing changes.
    for _ in 0..3 {
        for group in complex.groups.iter().filter(|group| group.rule == GroupRule::One) {
            let of: Vec<usize> = group.of.iter().map(|name| at(name)).collect();
            let kept = of.iter().copied().find(|&one| here[one]);
            of.iter().for_each(|&one| here[one] &= kept == Some(one));
            let is_wanted = wanted(&group.must, &group.must_my_client);
            if is_wanted && kept.is_none() {
                here[of[0]] = true;
            }
        }
        for need in &complex.needs {
            if here[at(&need.element)] && !here[at(&need.with)] {
                here[at(&need.element)] = false;
            }
        }
    }
    let chosen = complex.elements.iter().zip(here).filter(|(_, here)| *here);
    chosen.flat_map(|(rule, _)| elements(rule, rules, seed, much, is_client, depth)).collect()
}

fn elements(
    rule: &ElementRule,
    rules: &Rules,
    seed: &mut Seed,
    much: Much,
    is_client: bool,
    depth: usize,
) -> Vec<Element<'static>> {
    let several = if much == Much::Some { 1 + seed.below(3) } else { 1 };
    if let Some(item) = &rule.item {
        let items = (0..several).map(|_| element(item, rule, rules, seed, much, is_client, depth)).collect();
        return vec![Element { name: rule.name.clone().into(), children: items, ..Element::default() }];
    }
    let count = if rule.many { several } else { 1 };
    (0..count).map(|_| element(&rule.name, rule, rules, seed, much, is_client, depth)).collect()
}

fn element(
    name: &str,
    rule: &ElementRule,
    rules: &Rules,
    seed: &mut Seed,
    much: Much,
    is_client: bool,
    depth: usize,
) -> Element<'static> {
    use super::super::rules::MyClient;
    let mut made = Element { name: name.to_owned().into(), ..Element::default() };
    if let Holds::Type(at) = rule.holds {
        let is_client = rule.my_client == MyClient::Always || (rule.my_client == MyClient::Inherit && is_client);
        made.children = children(&rules.types[at], rules, seed, much, is_client, depth + 1);
    } else {
        made.text = value(rule, rules, seed).into();
    }
    made
}

/// Characters that names, messages and XML have trouble with.
const CHARACTERS: &[char] = &[
    'a', 'Z', '7', ' ', '.', '\'', '-', '&', '<', '>', '"', ']', ';', '\n', '\r', '\t', 'ş', 'İ', 'ی', '\u{200C}',
    '漢', '😀', '\u{85}',
];

fn value(rule: &ElementRule, rules: &Rules, seed: &mut Seed) -> String {
    let low = rule.bounds.low.unwrap_or(-1000);
    let high = rule.bounds.high.unwrap_or(1_000_000_000);
    let number = |seed: &mut Seed| {
        let span = u64::try_from(high - low).unwrap_or(u64::MAX).saturating_add(1);
        low.saturating_add_unsigned(seed.next() % span)
    };
    match rule.holds {
        Holds::Text => {
            let longest = if seed.one_in(8) { rule.max } else { rule.max.min(rule.min + 12) };
            let length = rule.min + seed.below(longest - rule.min + 1);
            let latin = if rule.latin_by.is_empty() { CHARACTERS.len() } else { 7 };
            (0..length).map(|_| CHARACTERS[seed.below(latin)]).collect()
        }
        Holds::Int => number(seed).to_string(),
        Holds::Decimal => {
            let decimals = seed.below(usize::from(rule.bounds.decimals.unwrap_or(6)) + 1);
            let part = "0".repeat(decimals);
            if decimals == 0 { number(seed).to_string() } else { format!("{}.{part}", number(seed)) }
        }
        Holds::DateTime => format!(
            "{}-{:02}-{:02}T{:02}:{:02}:{:02}",
            1753 + seed.below(500),
            1 + seed.below(12),
            1 + seed.below(28),
            seed.below(24),
            seed.below(60),
            seed.below(60)
        ),
        Holds::Boolean => ["true", "false"][seed.below(2)].to_owned(),
        Holds::Flag => "true".to_owned(),
        Holds::Country => ["TR", "IR", "AE", "LK"][seed.below(4)].to_owned(),
        Holds::Currency => ["TRY", "EUR", "IRR", "LKR"][seed.below(4)].to_owned(),
        Holds::Code(at) => {
            let codes: Vec<&String> = rules.codes[at].lists.values().flatten().collect();
            if codes.is_empty() { "OTHER".to_owned() } else { codes[seed.below(codes.len())].clone() }
        }
        Holds::Type(_) => unreachable!("it has no text"),
    }
}
