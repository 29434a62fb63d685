//! Nothing is lost: what the index finds is what comparing with every entity finds, to the hundredth of a bit.
//!
//! The list is the starter list with a few hundred entities made from parts that many names share, so that candidates are
//! many and near to one another. The queries are its names as people would spoil them, with and without attributes. Without
//! optimisation a part of them is asked, with it many more.

use mihenk_entities::Entity;
use mihenk_screening::{
    candidates::Scratch,
    concerned::concerned,
    index::Index,
    model::calibration::Score,
    record::Record,
    screener::{Hit, Options, Screener},
};
use serde_json::{Value, json};

use crate::given::{self, ALL, MODEL, Random, STARTER};

const GIVEN: [&str; 28] = [
    "Mohammad",
    "Muhammad",
    "محمد",
    "Ali",
    "علی",
    "Hossein",
    "حسین",
    "Ahmad",
    "Abd al-Rahman",
    "Abdul",
    "Sergey",
    "Сергей",
    "Yevgeniy",
    "Ivan",
    "Kim Jong",
    "Jin",
    "Li",
    "Wang",
    "John",
    "J.",
    "María José",
    "Hans-Peter",
    "Mehmet",
    "Şükrü",
    "Abu Bakr",
    "Umm",
    "Dr. Hasan",
    "Haji",
];
const FAMILY: [&str; 28] = [
    "Zolfaqari",
    "ذوالفقاری",
    "Hosseini",
    "Al-Masri",
    "المصري",
    "bin Salim",
    "Ibn al-Khattab",
    "Ivanov",
    "Иванов",
    "Ivanova",
    "Petrovich Sidorov",
    "Un",
    "Il Sung",
    "Xiaoping",
    "Smith",
    "Smith-Jones",
    "García Márquez",
    "de la Cruz",
    "von der Leyen",
    "Öztürk",
    "Karayılan",
    "oğlu Aliyev",
    "Muhammadzai",
    "Khan",
    "III",
    "Jr.",
    "K.",
    "Nguyen",
];
const FIRM: [&str; 24] = [
    "Golden",
    "Eastern",
    "International",
    "Trading",
    "General",
    "Shipping",
    "Petroleum",
    "Bank",
    "Fund",
    "Holding",
    "Al-Noor",
    "النور",
    "Восток",
    "Север",
    "Ocean",
    "Star",
    "Delta",
    "Kuwait",
    "Exchange",
    "Haji",
    "First",
    "Zamani",
    "Foundation",
    "Brigade",
];
const FORM: [&str; 10] = ["Ltd", "LLC", "GmbH", "Co., Ltd.", "A.Ş.", "ООО", "S.A.", "III", "IV", "7"];

/// A name of a person, a company or a ship.
fn name(random: &mut Random, schema: &str) -> String {
    match schema {
        "Person" => format!("{} {}", random.of(&GIVEN), random.of(&FAMILY)),
        "Vessel" => {
            let number = if random.one_in(2) { format!(" {}", 1 + random.below(9)) } else { String::new() };
            format!("{}{number}", random.of(&FIRM))
        }
        _ => format!("{} {} {}", random.of(&FIRM), random.of(&FIRM), random.of(&FORM)),
    }
}

/// What makes a record more than a name, each now and then.
fn attributes(random: &mut Random, schema: &str, properties: &mut Value) {
    let (year, month, day) = (1950 + random.below(6), 1 + random.below(3), 1 + random.below(4));
    if schema == "Person" {
        match random.below(4) {
            0 => properties["birthDate"] = json!([format!("{year}-{month:02}-{day:02}")]),
            1 => properties["birthDate"] = json!([year.to_string()]),
            _ => {}
        }
        if random.one_in(3) {
            properties["gender"] = json!([random.of(&["male", "female"])]);
        }
        if random.one_in(4) {
            properties["birthPlace"] = json!([random.of(&["Tehran, Iran", "Mosul, Iraq", "Tula"])]);
        }
        if random.one_in(3) {
            properties["nationality"] = json!([random.of(&["ir", "iq", "ru", "us"])]);
        }
        if random.one_in(6) {
            properties["passportNumber"] = json!([format!("A{}", 123_456 + random.below(8))]);
        }
    } else {
        if random.one_in(3) {
            properties["country"] = json!([random.of(&["ir", "cn", "ru"])]);
        }
        if random.one_in(6) {
            properties["registrationNumber"] = json!([(9_265_490 + random.below(8)).to_string()]);
        }
        if schema == "Vessel" && random.one_in(4) {
            properties["imoNumber"] = json!([random.of(&["9116412", "9167253", "9167254"])]);
        }
    }
}

const SCHEMATA: [&str; 4] = ["Person", "Company", "Vessel", "LegalEntity"];

fn made(random: &mut Random, number: usize) -> Entity {
    let schema = random.of(&SCHEMATA);
    let mut properties = json!({ "name": [name(random, schema)] });
    if random.one_in(2) {
        properties["alias"] = json!([name(random, schema), name(random, schema)]);
    }
    if random.one_in(5) {
        properties["weakAlias"] = json!([random.of(&GIVEN)]);
    }
    attributes(random, schema, &mut properties);
    given::entity(&format!("made-{number}"), schema, &properties)
}

/// A name as somebody would spoil it.
fn spoiled(random: &mut Random, name: &str) -> String {
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    let at = random.below(words.len());
    let mut letters: Vec<char> = words[at].chars().collect();
    let letter = random.below(letters.len());
    match random.below(12) {
        0 => drop(letters.remove(letter)),
        1 => letters.insert(letter, 'e'),
        2 => letters[letter] = 'o',
        3 if letter > 0 => letters.swap(letter, letter - 1),
        4 => letters.truncate(1),
        5 => words.reverse(),
        6 => words.rotate_left(1),
        7 => return words.concat(),
        8 => letters.insert(letter, ' '),
        9 => words.insert(0, random.of(&["Dr.", "Sheikh", "The", "MV", "abd al-", "Maria"]).to_owned()),
        10 => words.push(random.of(&["Ltd", "III", "Jr", "bin Ali", "A", "5"]).to_owned()),
        _ => return name.to_owned(),
    }
    if letters.len() + 1 >= words.get(at).map_or(0, |w| w.chars().count()) || letters.len() == 1 {
        let spoiled: String = letters.into_iter().collect();
        if let Some(word) = words.get_mut(at).filter(|_| !spoiled.trim().is_empty()) {
            *word = spoiled;
        }
    }
    words.join(" ")
}

/// A query that is near to something listed.
fn asked(random: &mut Random, entities: &[Entity]) -> Record {
    let listed = loop {
        let entity = &entities[random.below(entities.len())];
        if entity.schema.is_matchable() && entity.first("name").is_some() {
            break entity;
        }
    };
    let names: Vec<&String> = ["name", "alias", "weakAlias"].iter().flat_map(|p| listed.values(p)).collect();
    let text = names[random.below(names.len())];
    let text = if random.one_in(6) { name(random, listed.schema.name()) } else { spoiled(random, text) };
    let text = if random.one_in(3) { spoiled(random, &text) } else { text };
    let schema = if random.one_in(5) { random.of(&SCHEMATA) } else { listed.schema.name() };
    let mut properties = json!({ "name": [text] });
    if random.one_in(4) {
        properties["alias"] = json!([name(random, schema)]);
    }
    if random.one_in(2) {
        attributes(random, schema, &mut properties);
    } else if random.one_in(3) {
        for property in ["birthDate", "nationality", "passportNumber", "imoNumber", "gender"] {
            if let Some(value) = listed.first(property) {
                properties[property] = json!([value]);
            }
        }
    }
    given::query(schema, &properties)
}

/// What one thread remembers that looks at lists as small ones, and one that looks at them as large ones.
struct Both {
    small: Scratch,
    large: Scratch,
}

impl Both {
    fn new() -> Both {
        Both { small: Scratch::default(), large: Scratch::for_large_lists() }
    }
}

/// All ways of asking: how many hits there are, and what is different, if anything is. What is returned of a few hits is the
/// beginning of what is returned of all, though much is not looked at then.
fn asked_twice(index: &Index, record: &Record, cutoff: Score, both: &mut Both) -> Result<usize, String> {
    let screener = Screener { index, model: &MODEL };
    let shown = |hits: &[Hit]| -> Vec<(String, i32, u16)> {
        hits.iter().map(|h| (index.entity(h.entity).id().to_owned(), h.bits.0, h.score.0)).collect()
    };
    let all = shown(&screener.screen_all(record, &Options { cutoff, limit: usize::MAX, ..ALL }));
    for limit in [1, 3, usize::MAX] {
        let (options, all) = (Options { cutoff, limit, ..ALL }, &all[..limit.min(all.len())]);
        for scratch in [&mut both.small, &mut both.large] {
            let found = shown(&screener.screen(record, &options, scratch));
            if found != all {
                return Err(difference(record, &options, &found, all));
            }
        }
    }
    Ok(all.len())
}

fn difference(record: &Record, options: &Options, found: &[(String, i32, u16)], all: &[(String, i32, u16)]) -> String {
    let only = |a: &[(String, i32, u16)], b: &[(String, i32, u16)]| {
        a.iter().filter(|h| !b.contains(h)).map(|h| format!("{h:?}")).collect::<Vec<_>>().join(" ")
    };
    let names: Vec<&str> = record.names.iter().map(|n| n.text.as_str()).collect();
    let (schema, born, Options { cutoff, limit, .. }) = (record.schema.name(), &record.attributes.born, options);
    let (lost, wrong) = (only(all, found), only(found, all));
    format!("{schema} {names:?} {born:?} at {cutoff:?}, {limit} returned: lost {lost}, wrongly found {wrong}")
}

/// Asks many queries of a list with `made` entities beside the starter list.
fn nothing_is_lost(seed: u64, made_entities: usize, queries: usize) {
    let mut random = Random(seed);
    let mut entities: Vec<Entity> = STARTER.iter().step_by(3).cloned().collect();
    entities.extend((0..made_entities).map(|number| made(&mut random, number)));
    let index = given::index(&entities);
    let mut scratch = Both::new();
    let (mut differences, mut with_hits) = (Vec::new(), 0);
    let queries = if cfg!(debug_assertions) { queries } else { queries * 20 };
    for _ in 0..queries {
        let record = asked(&mut random, &entities);
        let cutoff = Score([1, 3000, 5000, 7000][random.below(4)]);
        match asked_twice(&index, &record, cutoff, &mut scratch) {
            Ok(hits) => with_hits += usize::from(hits > 0),
            Err(difference) => differences.push(difference),
        }
    }
    assert!(with_hits * 2 > queries, "only {with_hits} of {queries} queries had a hit, which is no trial");
    assert!(differences.is_empty(), "{} of {queries}:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn what_the_index_finds_is_what_comparing_with_all_finds() {
    nothing_is_lost(1, 250, 1_000);
}

#[test]
fn and_so_it_is_with_another_list() {
    nothing_is_lost(2, 250, 1_000);
}

/// Names that are hard for keys: of common words only, of letters, of numbers, of one word, of many.
#[test]
fn hard_names_are_not_lost() {
    let mut random = Random(3);
    let mut entities: Vec<Entity> = STARTER.iter().step_by(4).cloned().collect();
    entities.extend((0..60).map(|number| made(&mut random, number)));
    for (i, name) in ["A B C", "K. K. Trading", "7", "III", "Abd", "Abd al-Samad", "Al", "Dr. Prof.", "X", "5 5 5"]
        .iter()
        .chain(&[
            "J P Morgan Chase",
            "Umm Abu bin al",
            "Wang",
            "王",
            "김",
            "ال",
            "Limited Company",
            "Mohammad Mohammad Mohammad",
        ])
        .enumerate()
    {
        entities.push(given::entity(&format!("hard-{i}"), SCHEMATA[i % 4], &json!({ "name": [name] })));
    }
    let index = given::index(&entities);
    let mut scratch = Both::new();
    let mut differences = Vec::new();
    for name in [
        "A B C",
        "A. B. Cooper",
        "K Trading",
        "7",
        "3",
        "III",
        "Abd Samad",
        "Samad",
        "Al",
        "Prof",
        "X",
        "5 5",
        "J.P. Morgan",
        "JP Morgan Chase",
        "Abu",
        "Umm al",
        "Wang Wang",
        "王王",
        "김",
        "ال",
        "Company",
        "Ltd",
        "Mohammad Mohammad",
        "M. M. M.",
        "Mohammad Ali Mohammad Ali Mohammad Ali Mohammad Ali Mohammad Ali Mohammad Ali Mohammad Ali Khan",
        "General Trading",
        "Golden Eastern International Trading General Shipping Petroleum Bank Fund Holding Co Ltd",
    ] {
        for schema in SCHEMATA {
            let record = given::query(schema, &json!({ "name": [name] }));
            for cutoff in [Score(1), Score(3000), Score(5000)] {
                differences.extend(asked_twice(&index, &record, cutoff, &mut scratch).err());
            }
        }
    }
    assert!(differences.is_empty(), "{}:\n{}", differences.len(), differences.join("\n"));
}

/// Foreign names in Chinese characters, and names that such may spell: each is asked of all, and all are asked of each.
#[test]
fn names_spelled_by_chinese_syllables_are_not_lost() {
    const SPELLED: [&str; 8] = ["贝拉克", "奥巴马", "弗拉基米尔", "普京", "本", "哈桑", "扎瓦希里", "梅德韦杰夫"];
    const NAMES: [&str; 14] = [
        "Barack",
        "Barak",
        "Burke",
        "Obama",
        "Vladimir",
        "Walter",
        "Putin",
        "Biden",
        "bin",
        "Hassan",
        "Zawahiri",
        "الظواهري",
        "Medvedev",
        "Медведев",
    ];
    let mut random = Random(5);
    let mut text = || match random.below(3) {
        0 => format!("{}·{}", random.of(&SPELLED), random.of(&SPELLED)),
        1 => format!("{}·{} {}", random.of(&SPELLED), random.of(&SPELLED), random.of(&NAMES)),
        _ => format!("{} {}", random.of(&NAMES), random.of(&NAMES)),
    };
    let person = |i: usize, name: &str| given::entity(&format!("made-{i}"), "Person", &json!({ "name": [name] }));
    let entities: Vec<Entity> = (0..120).map(|i| person(i, &text())).collect();
    let index = given::index(&entities);
    let mut scratch = Both::new();
    let (mut differences, mut hits) = (Vec::new(), 0);
    for number in 0..150 {
        let record = given::query(["Person", "LegalEntity"][number % 2], &json!({ "name": [text()] }));
        match asked_twice(&index, &record, Score([1, 3000, 5000][number % 3]), &mut scratch) {
            Ok(found) => hits += found,
            Err(difference) => differences.push(difference),
        }
    }
    assert!(hits > 300, "{hits} hits are no trial");
    assert!(differences.is_empty(), "{}:\n{}", differences.len(), differences.join("\n"));
}

/// Turned round: whoever has a hit with a listed entity is among those whom it may concern, and few others are.
#[test]
fn whom_a_listed_entity_concerns_is_found_from_its_side() {
    let mut random = Random(4);
    let listed: Vec<Entity> = (0..150).map(|number| made(&mut random, number)).collect();
    let many = if cfg!(debug_assertions) { 700 } else { 4_000 };
    let askers: Vec<Entity> = (0..many)
        .map(|number| {
            let mut asker = made(&mut random, 1_000 + number);
            let near = random.below(listed.len());
            let name = spoiled(&mut random, listed[near].caption());
            if random.one_in(2) {
                asker.add("name", name);
            }
            asker
        })
        .collect();
    let (lists, portfolio) = (given::index(&listed), given::index(&askers));
    let screener = Screener { index: &lists, model: &MODEL };
    for (cutoff, scratch) in [(1, Scratch::default()), (5000, Scratch::default()), (7000, Scratch::for_large_lists())] {
        let cutoff = Score(cutoff);
        let (mut forth, mut back) = (Scratch::default(), scratch);
        let mut hits = vec![Vec::new(); listed.len()];
        for (number, asker) in askers.iter().enumerate() {
            for hit in screener.screen(&Record::of(asker), &Options { cutoff, ..ALL }, &mut forth) {
                hits[hit.entity as usize].push(number as u32);
            }
        }
        let (mut true_ones, mut named) = (0, 0);
        for (entity, hits) in listed.iter().zip(&hits) {
            let found = concerned(&portfolio, &MODEL, &Record::of(entity), cutoff, &mut back);
            for asker in hits {
                let names = (askers[*asker as usize].values("name"), entity.values("name"));
                assert!(found.binary_search(asker).is_ok(), "lost at {cutoff:?}: {names:?}");
            }
            (true_ones, named) = (true_ones + hits.len(), named + found.len());
        }
        assert!(true_ones > 100, "{true_ones} hits at {cutoff:?} are no trial");
        assert!(named < true_ones * 3 / 2, "{named} are named at {cutoff:?} for {true_ones} hits");
    }
}

/// Names that many bear, of two to five words that are like one another: many hits are level or nearly so, other names of an
/// entity contradict its best one, words of *abd* and what follows are mistyped, and short words in the middle may be pieces of
/// others.
#[test]
fn of_names_that_many_bear_the_first_are_found() {
    const FIRST: [&str; 8] = ["Abdullah", "Abd al-Rahman", "Karim", "Kareem", "Khaled", "Wei", "Plat", "Min"];
    const MIDDLE: [&str; 6] = ["Karim", "Abdullah", "Ono", "Wei", "bin", "Li"];
    const LAST: [&str; 10] =
        ["al-Khatouni", "al-Khataymi", "Salaymi", "Shahaymi", "Dasfi", "Daszi", "Zhang", "Zang", "Vich", "Platonov"];
    let mut random = Random(5);
    let name = |random: &mut Random| {
        let mut words = vec![random.of(&FIRST)];
        (0..[0, 1, 1, 3][random.below(4)]).for_each(|_| words.push(random.of(&MIDDLE)));
        words.push(random.of(&LAST));
        words.join(" ")
    };
    let entities: Vec<Entity> = (0..300)
        .map(|number| {
            let text = name(&mut random);
            let mut properties = json!({ "name": [text] });
            match random.below(4) {
                0 => properties["alias"] = json!([name(&mut random)]),
                // The same with a word more, which may contradict the one that is asked.
                1 => {
                    let (first, rest) = text.split_once(' ').unwrap();
                    properties["alias"] = json!([format!("{first} {} {rest}", random.of(&MIDDLE))]);
                }
                _ => {}
            }
            attributes(&mut random, "Person", &mut properties);
            given::entity(&format!("borne-{number}"), "Person", &properties)
        })
        .collect();
    let index = given::index(&entities);
    let (mut scratch, mut differences, mut with_hits) = (Both::new(), Vec::new(), 0);
    let queries = if cfg!(debug_assertions) { 400 } else { 8_000 };
    for _ in 0..queries {
        let text = name(&mut random);
        let text = if random.one_in(2) { spoiled(&mut random, &text) } else { text };
        let mut properties = json!({ "name": [text] });
        if random.one_in(4) {
            properties["alias"] = json!([name(&mut random)]);
        }
        if random.one_in(2) {
            attributes(&mut random, "Person", &mut properties);
        }
        let record = given::query("Person", &properties);
        match asked_twice(&index, &record, Score([1, 3000, 5000][random.below(3)]), &mut scratch) {
            Ok(hits) => with_hits += usize::from(hits > 3),
            Err(difference) => differences.push(difference),
        }
    }
    assert!(with_hits * 2 > queries, "only {with_hits} of {queries} queries had more than three hits");
    assert!(differences.is_empty(), "{} of {queries}:\n{}", differences.len(), differences.join("\n"));
}
