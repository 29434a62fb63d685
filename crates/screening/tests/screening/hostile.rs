//! Any text at all: names and pages made of everything that Unicode has are read without a panic, and places are places.
//!
//! Seeded, so that a failure can be repeated. The texts are listed names that were spoiled, mixed with characters that have
//! a way of making trouble: marks without a letter, ligatures that are several letters, characters of four bytes, controls.

use mihenk_entities::Schema;
use mihenk_names::Bearer;
use mihenk_screening::{
    candidates::Scratch,
    compare::compare,
    model::calibration::{BaseRate, Score},
    scan::{Text, scan},
    screener::{Options, Screener},
    shape::AskedName,
};
use serde_json::json;

use crate::given::{ALL, LISTED, MODEL, Random, STARTER, query};

const TROUBLE: [&str; 40] = [
    "\u{301}",
    "\u{64B}",
    "\u{640}",
    "\u{200D}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{0}",
    "ﷺ",
    "ﷲ",
    "ﬀ",
    "ẞ",
    "İ",
    "ı",
    "ǆ",
    "㍿",
    "№",
    "½",
    "Ⅷ",
    "𝔄𝔩𝔦",
    "👨‍👩‍👧",
    "🇮🇷",
    "한",
    "ᄒ",
    "ᅡ",
    "王",
    "ﾊﾟ",
    "ກ",
    "क्",
    "'",
    "’",
    "-",
    ".",
    "،",
    "\r\n",
    "\n\n",
    "&#x202E;",
    "&amp",
    "<b>",
    "</p>",
    "<!--",
];

fn name(random: &mut Random) -> String {
    let listed = loop {
        let entity = &STARTER[random.below(STARTER.len())];
        let values: Vec<&String> = ["name", "alias"].iter().flat_map(|p| entity.values(p)).collect();
        if !values.is_empty() {
            break values[random.below(values.len())].clone();
        }
    };
    let mut chars: Vec<char> = listed.chars().collect();
    for _ in 0..random.below(4) {
        let at = random.below(chars.len() + 1);
        match random.below(4) {
            0 => chars.splice(at..at, random.of(&TROUBLE).chars()).for_each(drop),
            1 if at < chars.len() => drop(chars.remove(at)),
            2 => chars.insert(at, char::from_u32(random.below(0x11_0000) as u32).unwrap_or('x')),
            _ => chars.insert(at, ' '),
        }
    }
    chars.into_iter().collect()
}

#[test]
fn any_name_is_read_compared_and_screened() {
    let mut random = Random(31);
    let screener = Screener { index: &LISTED, model: &MODEL };
    let mut scratch = Scratch::default();
    let schemata = ["Person", "Company", "Vessel", "LegalEntity", "Thing"].map(|s| Schema::named(s).unwrap());
    for _ in 0..700 {
        let (first, second) = (name(&mut random), name(&mut random));
        for bearer in Bearer::ALL {
            let read = AskedName::read(&first, bearer, &MODEL.rarity);
            for part in &read.name.parts {
                assert!(first.get(part.start..part.end).is_some(), "{}..{} of {first:?}", part.start, part.end);
            }
        }
        let schema = schemata[random.below(schemata.len())];
        if let Some(compared) = compare(&MODEL, schema, &first, &second, BaseRate::EVEN) {
            assert_eq!(compared.explanation.total(), compared.weighed.bits, "{first:?} / {second:?}");
        }
        let record = query(schema.name(), &json!({ "name": [first, second] }));
        for hit in screener.screen(&record, &ALL, &mut scratch).iter().take(3) {
            assert_eq!(screener.explain(&record, hit).total(), hit.bits, "{first:?}");
        }
    }
}

#[test]
fn long_names_and_names_of_one_thing_over_and_over_end_soon() {
    let screener = Screener { index: &LISTED, model: &MODEL };
    let mut scratch = Scratch::default();
    for text in [
        "Ali ".repeat(400),
        "A ".repeat(900),
        "a".repeat(1_900),
        "王".repeat(600),
        "\u{64B}".repeat(900),
        "Kim Jong ".repeat(200),
    ] {
        let record = query("LegalEntity", &json!({ "name": text }));
        let _ = screener.screen(&record, &ALL, &mut scratch);
        let _ = compare(&MODEL, Schema::named("Person").unwrap(), &text, &text, BaseRate::EVEN);
    }
}

#[test]
fn any_text_is_scanned_and_places_lie_in_it() {
    let mut random = Random(32);
    let screener = Screener { index: &LISTED, model: &MODEL };
    let mut scratch = Scratch::default();
    let options = Options { threshold: Score(6_000), ..Options::default() };
    let mut mentions = 0;
    for round in 0..250 {
        let mut source = String::new();
        for _ in 0..1 + random.below(8) {
            source.push_str(random.of(&[
                "they said that ",
                "Minister ",
                "в Москве ",
                "<p>",
                " و",
                "’s ",
                "1957-03-11 ",
                "IMO 9116412 ",
                "\n",
            ]));
            source.push_str(&name(&mut random));
            source.push_str(random.of(&["", " ", ", ", "'s ", "'nın ", "</b>", "\n", ". "]));
        }
        let text = if round % 2 == 0 { Text::plain(&source) } else { Text::html(&source) };
        let found = scan(&screener, &text, &options, &mut scratch);
        for mention in &found.mentions {
            let words = source.get(mention.start..mention.end);
            assert!(words.is_some_and(|w| !w.is_empty()), "{}..{} of {source:?}", mention.start, mention.end);
            assert!(mention.refers_to.is_none_or(|at| source.is_char_boundary(at)), "{source:?}");
            mentions += 1;
        }
        for place in [found.report.agency, found.report.code].into_iter().flatten() {
            assert!(source.get(place.start..place.end).is_some(), "{source:?}");
        }
    }
    assert!(mentions > 100, "only {mentions} mentions, which is no trial");
}

/// A text that is nothing but names takes no longer than its length: this would run for hours if it did.
#[test]
fn a_text_full_of_names_is_read_in_time() {
    let screener = Screener { index: &LISTED, model: &MODEL };
    let mut scratch = Scratch::default();
    let count = if cfg!(debug_assertions) { 1_500 } else { 60_000 };
    for sentence in ["Ali Shamkhani met Shamkhani. ", "علی شمخانی و قاسم سلیمانی آمدند. ", "Shamkhani"]
    {
        let source = sentence.repeat(count);
        let found = scan(&screener, &Text::plain(&source), &Options::default(), &mut scratch);
        assert!(found.mentions.len() >= count || sentence == "Shamkhani", "{}", found.mentions.len());
    }
}
