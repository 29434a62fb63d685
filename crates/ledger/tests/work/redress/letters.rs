//! Letters of redress: whoever received the wrong record is told, and the person learns what may be said and nothing else.
//!
//! The people and what happened to them are those of the tests of redress.

use mihenk_ledger::{
    attachments,
    attachments::Key,
    freezes::notice::{Letter, Part},
    redress::due::{Due, What},
};

use super::{
    Found, HOUSE, House, Language, Telling, by_letter, complaint, confirm, customer, day, due, frozen, house, notice,
    of, opened, proposed, redress, tell, work, wrongly,
};
use crate::world::{DAY, NOW, World, at, reason};

/// That a letter in another language has the same parts, with the same facts in them.
fn says_the_same(english: &Letter, other: &Letter) {
    assert_eq!(english.parts.len(), other.parts.len());
    for (one, part) in english.parts.iter().zip(&other.parts) {
        match (one, part) {
            (Part::Text(one), Part::Text(text)) => {
                assert!(!text.is_empty() && !text.contains(['{', '}']), "{text}");
                let facts = ["2026-11-", "Consolidated List", "ombudsman of the banks", "Zerrin", "F-"];
                for fact in facts {
                    assert_eq!(one.contains(fact), text.contains(fact), "{fact}: {one} / {text}");
                }
            }
            (Part::Pairs(one), Part::Pairs(pairs)) => assert_eq!(one.len(), pairs.len()),
            _ => panic!("{one:?} / {part:?}"),
        }
    }
    assert_eq!(english.to, other.to);
    let page = other.html();
    assert!(page.contains(&format!("<html lang=\"{}\"", other.language)), "{page}");
    assert_eq!(page.contains("dir=\"rtl\""), other.language == Language::Persian);
    assert_eq!(english.language == other.language, english.text() == other.text());
}

/// What looks like a number of ours: capitals, a dash, digits.
fn ids_in(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = text.split(|c| !is_part(c)).filter(|word| {
        let Some((letters, digits)) = word.split_once('-') else { return false };
        let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        (1..=3).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase()) && is_number
    });
    words.collect()
}

#[test]
fn whoever_received_the_wrong_record_is_found_and_told_once() {
    let world = World::new();
    let (zerrin, other) = (customer(&world, "Zerrin Örnek"), customer(&world, "Bahram Nemune"));
    let alert = world.raise(&of(&zerrin, "un-1"));
    let wrong = frozen(&world, &zerrin, "un-1");
    notice(&world, &wrong, "Anadolu Bank");
    // Rightly frozen for another listing, and somebody else's: nobody there has anything wrong.
    let (right, his) = (frozen(&world, &zerrin, "un-9"), frozen(&world, &other, "un-1"));
    [&right, &his].iter().for_each(|id| notice(&world, id, "Harbour of Mersin"));
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    world
        .act(|act| tell::add_recipient(act, &world.ayse, &id, ("Cem & Co", "a copy of the alert"), reason("e-mail")))
        .unwrap();
    let twice = world
        .refused(|act| tell::add_recipient(act, &world.ayse, &id, ("Cem & Co", "a copy of the alert"), reason("x")));
    assert!(twice.contains("written down already"), "{twice}");
    assert_eq!(wrongly(&world, &id).recipients, 1, "the notice is found although nobody named the freeze");
    let names = || {
        let detail = world.store.read(|reading| work::detail(reading, &id)).unwrap();
        detail.recipients.iter().map(|one| (one.name.clone(), one.told.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(names(), [("Cem & Co".to_owned(), false), ("Anadolu Bank".to_owned(), false)]);
    // Notice that is given after the decision, because nobody looked: found too.
    notice(&world, &wrong, "Harbour of Mersin");
    assert_eq!(names().len(), 3);

    let key = Key::generate().unwrap();
    let tell_by = |to: &str, telling: Telling| {
        world.act(|act| tell::corrected(act, &at(&world.ayse, NOW + DAY), (&house(), &key), &id, to, &telling))
    };
    let unknown = tell_by("Somebody", by_letter()).unwrap_err().to_string();
    assert!(unknown.contains("these have: Cem & Co, Anadolu Bank, Harbour of Mersin"), "{unknown}");
    for wrong_day in ["2026-11-25", "2026-11-28"] {
        let telling = Telling { on: Some(day(wrong_day)), ..by_letter() };
        assert!(tell_by("Anadolu Bank", telling).unwrap_err().to_string().contains("cannot be"), "{wrong_day}");
    }
    assert!(tell_by("Anadolu Bank", Telling { how: " ".to_owned(), on: None, language: Language::English }).is_err());
    let document = tell_by("Anadolu Bank", by_letter()).unwrap();
    let (_, letter) = world.store.read(|reading| attachments::content(reading, &key, &document)).unwrap();
    let letter = String::from_utf8(letter).unwrap();
    assert!(
        letter.contains(wrong.as_str()) && !letter.contains(right.as_str()) && !letter.contains(his.as_str()),
        "{letter}"
    );
    assert!(
        letter.contains("stands until its release reaches you in writing") && !letter.contains("Nemune"),
        "{letter}"
    );
    assert!(
        tell_by("Anadolu Bank", by_letter()).unwrap_err().to_string().contains("told already on 2026-11-27 by letter")
    );
    tell_by("Harbour of Mersin", by_letter()).unwrap();
    let left: Vec<Due> = due(&world, NOW).into_iter().filter(|one| one.what == What::Correct).collect();
    assert!(left.len() == 1 && left[0].told.contains("Cem & Co does not know"), "{left:?}");
    assert!(redress(&world, &id).is_open);
    tell_by("Cem & Co", by_letter()).unwrap();
    let answer = |world: &World| world.act(|act| tell::answered(act, &world.ayse, (&house(), &key), &id, &by_letter()));
    answer(&world).unwrap();
    assert!(!redress(&world, &id).is_open, "all was done");
    assert!(answer(&world).unwrap_err().to_string().contains("was answered on 2026-11-26 by letter"));
}

#[test]
fn a_letter_says_what_may_be_said_and_nothing_else() {
    let world = World::new();
    let (zerrin, other) = (customer(&world, "Zerrin Örnek"), customer(&world, "Bahram Nemune"));
    let mut both = of(&zerrin, "un-1");
    both.basis.listing.insert("birthDate".to_owned(), vec!["1949-07-07".to_owned()]);
    let secret = {
        let mut own = of(&zerrin, "own-7");
        own.found.as_mut().unwrap().listings[0].dataset = "persons_we_watch".to_owned();
        own
    };
    let alerts = [world.raise(&both), world.raise(&secret), world.raise(&of(&other, "un-1"))];
    let frozen = frozen(&world, &zerrin, "un-1");
    notice(&world, &frozen, "Anadolu Bank");
    let house = house();
    for (found, code, says) in [
        (Found::CannotBeTold, None, "we cannot tell whether you are the person on the list or not"),
        (Found::RightlyMatched, None, "come to the same result as before"),
        (Found::WronglyMatched, Some("birth-date"), "You are not the person on the list."),
    ] {
        let id = opened(&world, complaint(&world, &zerrin, &[&alerts[0], &alerts[1]], &[&frozen]));
        proposed(&world, &id, found, code).unwrap();
        confirm(&world, &world.bahram, &id).unwrap();
        let letter = world
            .store
            .read(|reading| tell::answer(reading, &house, &id, (Language::English, day("2026-11-26"))))
            .unwrap();
        for language in Language::ALL {
            let other =
                world.store.read(|reading| tell::answer(reading, &house, &id, (language, day("2026-11-26")))).unwrap();
            says_the_same(&letter, &other);
        }
        for text in [letter.text(), letter.html()] {
            assert!(text.contains(says), "{text}");
            assert!(text.contains("the Consolidated List of the United Nations Security Council"), "{text}");
            assert!(text.contains("your name and your date of birth"), "{text}");
            assert!(text.contains("The ombudsman of the banks, 1 Example Square"), "{text}");
            assert_eq!(ids_in(&text), Vec::<&str>::new(), "{text}");
            // Another list, another person, the listed person, scores, evidence, whom we told, our people.
            let never = [
                "persons_we_watch",
                "Nemune",
                "ÖRNEK",
                "1949",
                "QDi",
                "un-1",
                "own-7",
                "20 %",
                "0.74",
                "21.5",
                "bits",
                "score",
            ];
            let never = never.into_iter().chain([
                "probability",
                "Anadolu Bank,",
                "notice",
                "ayse",
                "bahram",
                "report",
                "authorit",
            ]);
            for word in never.filter(|word| *word != "Anadolu Bank,") {
                assert!(!text.contains(word), "{word}: {text}");
            }
        }
        assert_eq!(letter.text().contains("It is still restrained."), found == Found::WronglyMatched);
    }
}

#[test]
fn a_letter_about_a_list_that_is_not_public_does_not_hint_at_one() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin Örnek");
    let mut own = of(&zerrin, "own-7");
    own.found.as_mut().unwrap().listings[0].dataset = "persons_we_watch".to_owned();
    let alert = world.raise(&own);
    for (found, code) in
        [(Found::CannotBeTold, None), (Found::RightlyMatched, None), (Found::WronglyMatched, Some("name"))]
    {
        let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
        proposed(&world, &id, found, code).unwrap();
        confirm(&world, &world.bahram, &id).unwrap();
        let letter = world
            .store
            .read(|reading| tell::answer(reading, &house(), &id, (Language::English, day("2026-11-26"))))
            .unwrap()
            .text();
        let letter = letter.to_lowercase();
        assert!(!letter.contains("list") && !letter.contains("watch") && !letter.contains("restrain"), "{letter}");
        let named = House::read(Some(&format!(
            "{HOUSE}\n[public_lists]\npersons_we_watch = \"the list of the Example Authority\""
        )));
        let named = named.unwrap();
        let letter = world
            .store
            .read(|reading| tell::answer(reading, &named, &id, (Language::English, day("2026-11-26"))))
            .unwrap()
            .text();
        assert!(letter.contains("the list of the Example Authority"), "data says that it is public: {letter}");
    }
}

#[test]
fn nobody_gets_a_letter_that_does_not_say_how_to_complain_further() {
    let world = World::new();
    let zerrin = customer(&world, "Zerrin <b>Örnek</b>");
    let alert = world.raise(&of(&zerrin, "un-1"));
    let id = opened(&world, complaint(&world, &zerrin, &[&alert], &[]));
    wrongly(&world, &id);
    let (silent, key) = (House::read(None).unwrap(), Key::generate().unwrap());
    let said = world.refused(|act| tell::answered(act, &world.ayse, (&silent, &key), &id, &by_letter()));
    assert!(said.contains("redress.toml") && said.contains("complain_further"), "{said}");
    let letter = world
        .store
        .read(|reading| tell::answer(reading, &house(), &id, (Language::English, day("2026-11-26"))))
        .unwrap()
        .html();
    assert!(
        letter.contains("Zerrin &lt;b&gt;Örnek")
            && !letter.contains("<b>Örnek")
            && letter.contains("default-src 'none'")
    );
}
