//! What somebody means who types into one box: a name, a number of any kind, or rather a text.
//!
//! In comes what was typed, out comes an [`Asked`]: an entity to screen, or that it is a text to scan. A day or a year behind a name is the date of birth. A word that has the form of a number is
//! taken as every kind of number that it could be; screening says which one it was.

use mihenk_entities::{Entity, EntityId, Schema};

/// What was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// A record.
    Record(Box<Entity>),
    /// A text in which somebody may be named.
    Text,
}

/// Words from which on it is a text.
const WORDS: usize = 15;
/// Characters from which on it is a text.
const CHARACTERS: usize = 240;
/// What a number may be.
const NUMBERS: [&str; 9] = [
    "imoNumber",
    "passportNumber",
    "idNumber",
    "taxNumber",
    "registrationNumber",
    "leiCode",
    "swiftBic",
    "innCode",
    "publicKey",
];

/// Reads what was typed.
#[must_use]
pub fn read(typed: &str) -> Asked {
    let typed = typed.trim();
    if typed.is_empty() {
        return Asked::Nothing;
    }
    let lines = typed.lines().filter(|line| !line.trim().is_empty()).count();
    if lines > 2 || typed.chars().count() > CHARACTERS || typed.split_whitespace().count() > WORDS {
        return Asked::Text;
    }
    // `Thing` is a schema of FollowTheMoney, and `query` is an id.
    let (Some(schema), Ok(id)) = (Schema::named("Thing"), EntityId::new("query")) else { return Asked::Nothing };
    let mut entity = Entity::new(id, schema);
    let bare = typed.strip_prefix("IMO").or_else(|| typed.strip_prefix("imo")).map_or(typed, str::trim);
    if is_number(bare) {
        NUMBERS.iter().for_each(|property| entity.add(property, bare));
        return Asked::Record(Box::new(entity));
    }
    let (name, born) = with_day(typed);
    entity.add("name", name);
    if let Some(born) = born {
        entity.add("birthDate", born);
    }
    Asked::Record(Box::new(entity))
}

/// Whether a text has the form of a number: at least five digits, or an address of a wallet, in one word or in groups of digits.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_one_word = !text.contains(char::is_whitespace);
    let is_wallet = is_one_word && text.is_ascii() && text.len() >= 26 && digits >= 4;
    let is_lei = is_one_word && text.len() == 20 && digits >= 2 && text.chars().all(|c| c.is_ascii_alphanumeric());
    is_wallet || is_lei || (digits >= 5 && letters <= 4 && (is_one_word || letters == 0))
}

/// A name, and the day or year behind it.
fn with_day(typed: &str) -> (&str, Option<&str>) {
    let Some((name, last)) = typed.rsplit_once([' ', ',', '\n']) else { return (typed, None) };
    let name = name.trim_end_matches([' ', ',', '*', '(']);
    let day = last.trim_matches(['(', ')', '*']);
    let parts: Vec<&str> = day.split(['-', '.', '/']).collect();
    let is_digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let has_year = parts.iter().any(|part| part.len() == 4 && matches!(part.parse::<u16>(), Ok(1850..=2100)));
    if has_year && parts.len() <= 3 && parts.iter().all(is_digits) && !name.is_empty() {
        return (name, Some(day));
    }
    (typed, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(typed: &str) -> Entity {
        match read(typed) {
            Asked::Record(entity) => *entity,
            other => panic!("{typed}: {other:?}"),
        }
    }

    #[test]
    fn a_name_is_a_name_and_a_day_behind_it_a_date_of_birth() {
        let entity = record("  Zerrin Örnek ");
        assert_eq!((entity.first("name"), entity.first("birthDate")), (Some("Zerrin Örnek"), None));
        for (typed, born) in
            [("Zerrin Örnek 1980", "1980"), ("Zerrin Örnek, 1980-05-03", "1980-05-03"), ("زرین نمونه (1980)", "1980")]
        {
            let entity = record(typed);
            assert_eq!(entity.first("birthDate"), Some(born), "{typed}");
            assert!(!entity.first("name").unwrap().contains("1980"), "{typed}");
        }
        // What is no year stays in the name.
        assert_eq!(record("Blue Anchor 101").first("name"), Some("Blue Anchor 101"));
        assert_eq!(record("1980").first("name"), Some("1980"));
    }

    #[test]
    fn numbers_are_asked_as_what_they_may_be() {
        assert_eq!(record("IMO 9074729").first("imoNumber"), Some("9074729"));
        assert_eq!(record("9074729").first("imoNumber"), Some("9074729"));
        let wallet = "0x52908400098527886E0F7030069857D2E4169EE7";
        assert_eq!(record(wallet).first("publicKey"), Some(wallet));
        assert_eq!(record("U12345678").first("passportNumber"), Some("U12345678"));
    }

    #[test]
    fn much_is_a_text_and_nothing_is_nothing() {
        assert_eq!(read(" \n "), Asked::Nothing);
        assert_eq!(read(&"word ".repeat(16)), Asked::Text);
        assert_eq!(read("one\ntwo\nthree"), Asked::Text);
        assert_eq!(read(&"x".repeat(500)), Asked::Text);
    }
}
