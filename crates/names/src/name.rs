//! Reads a name: what each of its words is, and which words belong together.
//!
//! In comes a text and the kind of its bearer, out comes a [`Name`]: its [`Part`]s in order, each with a [`Role`], and from
//! them the [`Unit`]s that a comparison works with. A unit is one part, or neighbours read as one word: `bin Ladin` as
//! *binladin*, `Bong Nam` as *bongnam*, `Abd al-Rahman` as *abdrahman*; so a name that was split, merged or hyphenated
//! otherwise still finds its counterpart. Nothing is thrown away: a title or a legal form stays, with its role.

use crate::{
    script::Script,
    token::{Token, tokenize},
    word::Word,
    words::WORDS,
};

/// Whether a romanised form is an ordinary word of running text (*minister*, *delivery*, *Monday*) rather than a name.
#[must_use]
pub fn is_ordinary_word(form: &str) -> bool {
    WORDS.is_ordinary(form)
}

/// What kind of being or thing bears the name; it decides how the words of the name are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Bearer {
    /// A natural person.
    Person = 0,
    /// A company, group, public body, anything with a charter.
    Organization = 1,
    /// A ship or an aircraft.
    Vessel = 2,
}

impl Bearer {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Bearer; 3] = [Bearer::Person, Bearer::Organization, Bearer::Vessel];
}

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A word that names.
    Word,
    /// A single letter that stands for a word.
    Initial,
    /// A number in digits, Roman or as a word; the value.
    Number(u32),
    /// A word that ties others together (*bin*, *de*, *of*) and is often left out.
    Particle,
    /// A title that is a name as well (*Amir*, *Khan*): it counts when both names have it, and hardly when one lacks it.
    Honorific,
    /// A title or a ship's prefix; no part of the name.
    Title,
    /// A legal form: its code, and the number of its broad kind.
    LegalForm(u16, u16),
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Romanised lower-case ASCII.
    pub form: String,
    /// The script it was written in.
    pub script: Script,
    /// What it does in the name.
    pub role: Role,
    /// Byte offset of its first character in the source.
    pub start: usize,
    /// Byte offset just behind its last character.
    pub end: usize,
}

/// A name as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The kind it was read as.
    pub bearer: Bearer,
    /// Its words in order.
    pub parts: Vec<Part>,
}

/// One part, or neighbours read as one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Romanised lower-case ASCII, one form for spellings that differ only in an article inside the word.
    pub form: String,
    /// The script of its first part.
    pub script: Script,
    /// Index of its first part.
    pub first: u8,
    /// Index of its last part.
    pub last: u8,
    /// The role of the part; [`Role::Word`] for neighbours read as one.
    pub role: Role,
}

impl Unit {
    /// Whether it joins several parts.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.first != self.last
    }

    /// What it looks and sounds like as a word in the name of a `bearer`.
    #[must_use]
    pub fn word(&self, bearer: Bearer) -> Word {
        Word::new(self.form.clone(), self.script, bearer)
    }
}

/// Names have at most this many parts; what follows is not read.
pub const PARTS_MAX: usize = 24;

impl Name {
    /// Reads `text` as the name of a `bearer`. A text without letters and digits gives a name without parts.
    #[must_use]
    pub fn read(text: &str, bearer: Bearer) -> Name {
        let mut parts = parts(text, bearer);
        mark_roles(&mut parts, bearer);
        Name { bearer, parts }
    }

    /// Whether `text`, as the name of a `bearer`, is nothing but titles and legal forms: it names nobody. [`Name::read`]
    /// takes such words for the name, for want of a better one. "Dr. Abdul" names somebody, though not well.
    #[must_use]
    pub fn is_only_titles(text: &str, bearer: Bearer) -> bool {
        let mut parts = parts(text, bearer);
        mark_each(&mut parts, bearer);
        let names = |part: &Part| match part.role {
            Role::Title | Role::LegalForm(..) => false,
            Role::Particle => bearer == Bearer::Person && part.form.len() > 2 && part.form != "the",
            _ => true,
        };
        !parts.is_empty() && !parts.iter().any(names)
    }

    /// The units to compare: each part that names, and each pair of neighbours that may be one word.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        let mut out = Vec::with_capacity(self.parts.len() * 2);
        for (i, part) in self.parts.iter().enumerate() {
            if matches!(part.role, Role::Word | Role::Initial | Role::Honorific | Role::Number(_)) {
                out.push(self.unit(i, i, canonical(&part.form, self.bearer), part.role));
            }
        }
        for (i, part) in self.parts.iter().enumerate() {
            if !joins(part) {
                continue;
            }
            if let Some(next) = self.parts.get(i + 1).filter(|n| joins(n)) {
                if matches!(next.role, Role::Word | Role::Initial | Role::Honorific) && part.role != Role::Initial {
                    out.push(self.unit(i, i + 1, self.joined(i, i + 1), Role::Word));
                }
                let over = self.parts.get(i + 2).filter(|n| n.role == Role::Word && next.role == Role::Particle);
                if over.is_some() && (part.role == Role::Word || is_abd(&part.form)) {
                    out.push(self.unit(i, i + 2, self.joined(i, i + 2), Role::Word));
                } else if let Some(over) = over.filter(|_| part.role == Role::Particle) {
                    // "van der Bilt"
                    let form = format!("{}{}{}", part.form, next.form, over.form);
                    out.push(self.unit(i, i + 2, canonical(&form, self.bearer), Role::Word));
                }
            }
        }
        out
    }

    fn unit(&self, first: usize, last: usize, form: String, role: Role) -> Unit {
        Unit { form, script: self.parts[first].script, first: first as u8, last: last as u8, role }
    }

    /// Neighbours as one word: the particle between two words falls away, `abd` in all its spellings becomes *abd*.
    fn joined(&self, first: usize, last: usize) -> String {
        let (a, b) = (&self.parts[first].form, &self.parts[last].form);
        if self.bearer == Bearer::Person && is_abd(a) {
            return format!("abd{b}");
        }
        canonical(&format!("{a}{b}"), self.bearer)
    }
}

fn joins(part: &Part) -> bool {
    matches!(part.role, Role::Word | Role::Honorific | Role::Particle | Role::Initial | Role::Title)
        && part.form.len() < 24
}

/// Letters that stand alone in the name of an organisation or ship belong together: `S.A.`, `M/V`, `C. I.`. What stands
/// between them must stay the same, so `U.M.V. S.A.` is two words.
fn join_letters(text: &str, tokens: &mut Vec<Token>) {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut gap: Option<&str> = None;
    let mut open = false;
    for token in tokens.drain(..) {
        let letter = token.form.len() == 1 && token.script != Script::Common && !token.script.is_syllabic();
        let between = out.last().map(|last| &text[last.end..token.start]);
        let same_gap = gap.is_none() || gap == between;
        match out.last_mut() {
            Some(last) if letter && open && same_gap && last.script == token.script => {
                last.form.push_str(&token.form);
                last.end = token.end;
                last.dotted = token.dotted;
                gap = between;
            }
            _ => {
                out.push(token);
                gap = None;
            }
        }
        open = letter;
    }
    *tokens = out;
}

/// A legal form that was written together with the word before it: `Maritimelimited`, `SiemensAG`. A short one counts only
/// where capitals set it apart.
fn split_legal_form(text: &str, token: Token) -> impl Iterator<Item = Token> {
    const STEM_MIN: usize = 3;
    let source = &text[token.start..token.end];
    let plain = source.len() == token.form.len();
    let cut = (STEM_MIN..token.form.len().saturating_sub(1)).find(|&at| {
        let ending = &token.form[at..];
        let set_apart =
            || plain && source.as_bytes()[at].is_ascii_uppercase() && source.as_bytes()[at - 1].is_ascii_lowercase();
        plain && (ending.len() >= 6 || set_apart()) && WORDS.legal_form(&[ending]).is_some_and(|p| p.len == 1)
    });
    let Some(cut) = cut else { return vec![token].into_iter() };
    let middle = token.start + cut;
    let ending = Token { form: token.form[cut..].to_owned(), start: middle, ..token.clone() };
    let stem = Token { form: token.form[..cut].to_owned(), end: middle, dotted: false, ..token };
    vec![stem, ending].into_iter()
}

/// The Arabic article, with or without *wa* (and) before it, is written together with its word in Arabic script and apart
/// from it in most Latin spellings: it becomes a part of its own. *Allah* is a word, not an article and a word.
fn split_article(token: Token) -> impl Iterator<Item = Part> {
    let Token { form, script, start, end, .. } = token;
    let prefix = ["wal", "al"]
        .into_iter()
        .find(|p| script == Script::Arabic && form.starts_with(p) && form.len() >= p.len() + 3);
    // Each letter of the article is two bytes of the source.
    let article = prefix.filter(|p| form != "allh" && start + 2 * p.len() < end);
    let at = start + article.map_or(0, |p| 2 * p.len());
    let word = article.map_or_else(|| form.clone(), |p| form[p.len()..].to_owned());
    let article = article.map(|p| Part { form: p.to_owned(), script, role: Role::Particle, start, end: at });
    article.into_iter().chain(std::iter::once(Part { form: word, script, role: Role::Word, start: at, end }))
}

/// The words of a text, before anything is known of what they do in it.
fn parts(text: &str, bearer: Bearer) -> Vec<Part> {
    let mut tokens = tokenize(text);
    if bearer != Bearer::Person {
        join_letters(text, &mut tokens);
    }
    if bearer == Bearer::Organization {
        tokens = tokens.into_iter().flat_map(|t| split_legal_form(text, t)).collect();
    }
    tokens.truncate(PARTS_MAX);
    let mut parts: Vec<Part> = tokens.into_iter().flat_map(split_article).collect();
    parts.truncate(PARTS_MAX);
    parts
}

/// Marks each word by itself.
fn mark_each(parts: &mut [Part], bearer: Bearer) {
    let count = parts.len();
    for (i, part) in parts.iter_mut().enumerate() {
        part.role = role(part, i, count, bearer);
    }
    join_numbers(parts);
    if bearer == Bearer::Organization {
        mark_legal_forms(parts);
    }
}

fn mark_roles(parts: &mut [Part], bearer: Bearer) {
    mark_each(parts, bearer);
    let naming = parts.iter().filter(|p| p.role == Role::Word).count();
    if naming == 0 {
        // Nothing but titles, particles and forms: then they are the name.
        for part in parts.iter_mut().filter(|p| !matches!(p.role, Role::Number(_))) {
            part.role = if part.form.len() == 1 { Role::Initial } else { Role::Word };
        }
    } else if naming == 1 && bearer == Bearer::Person {
        // "Musa Abdul", "Wang Bin", "Gul Agha": beside a single word a particle or honorific may well be the other name.
        for part in parts.iter_mut() {
            let stays = part.form.len() < 3 || part.form == "the";
            if matches!(part.role, Role::Particle | Role::Honorific) && !stays {
                part.role = Role::Word;
            }
        }
    }
}

fn role(part: &Part, at: usize, count: usize, bearer: Bearer) -> Role {
    let form = part.form.as_str();
    if part.role == Role::Particle {
        return Role::Particle;
    }
    if let Some(value) = number(form, at, count, bearer) {
        return Role::Number(value);
    }
    if WORDS.is_title(bearer, form) && (bearer != Bearer::Vessel || at == 0) {
        return Role::Title;
    }
    if part.script.is_syllabic() {
        return Role::Word;
    }
    if WORDS.is_honorific(bearer, form) {
        return Role::Honorific;
    }
    if WORDS.is_particle(bearer, form) || bearer == Bearer::Person && is_abd(form) {
        return Role::Particle;
    }
    if form.len() == 1 && bearer == Bearer::Person {
        return Role::Initial;
    }
    Role::Word
}

/// *Forty-four* is 44.
fn join_numbers(parts: &mut [Part]) {
    for i in 1..parts.len() {
        if let (Role::Number(tens @ 20..=90), Role::Number(ones @ 1..=9)) = (parts[i - 1].role, parts[i].role)
            && tens % 10 == 0
        {
            parts[i - 1].role = Role::Number(tens + ones);
            parts[i].role = Role::Particle;
        }
    }
}

fn mark_legal_forms(parts: &mut [Part]) {
    let mut i = 0;
    while i < parts.len() {
        let forms: Vec<&str> = parts[i..].iter().take(8).map(|p| WORDS.meant_in_legal_form(&p.form)).collect();
        let Some(phrase) = WORDS.legal_form(&forms) else {
            i += 1;
            continue;
        };
        for part in &mut parts[i..i + usize::from(phrase.len)] {
            part.role = Role::LegalForm(phrase.code, WORDS.legal_family(phrase.code));
        }
        i += usize::from(phrase.len);
    }
}

/// Digits, ordinals, Roman numerals from II on, and number words. A Roman numeral in a personal name stands last.
fn number(form: &str, at: usize, count: usize, bearer: Bearer) -> Option<u32> {
    let digits = form.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && digits < 10 && matches!(&form[digits..], "" | "st" | "nd" | "rd" | "th") {
        return form[..digits].parse().ok();
    }
    if bearer == Bearer::Person {
        let last = at > 0 && at + 1 == count;
        return match form {
            "ii" if last => Some(2),
            "iii" if last => Some(3),
            "iv" if last => Some(4),
            _ => None,
        };
    }
    roman(form).or_else(|| WORDS.numeral(form))
}

fn roman(form: &str) -> Option<u32> {
    const NUMERALS: [&str; 19] = [
        "ii", "iii", "iv", "", "vi", "vii", "viii", "ix", "", "", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii",
        "xix", "xx",
    ];
    NUMERALS.iter().position(|&n| n == form && !n.is_empty()).map(|i| i as u32 + 2)
}

/// Whether the word is *abd* (servant) with or without the article that follows it, in any usual spelling.
#[must_use]
pub fn is_abd(form: &str) -> bool {
    matches!(
        form,
        "abd"
            | "abdu"
            | "abdul"
            | "abdel"
            | "abdal"
            | "abdol"
            | "abdil"
            | "abdoul"
            | "abdool"
            | "abdur"
            | "abdus"
            | "abdal-"
            | "abdou"
            | "abed"
            | "abid"
            | "abdull"
            | "abdell"
            | "adbul"
            | "adbel"
            | "abudl"
            | "abdl"
            | "abdle"
    )
}

/// One form for the spellings that differ only in the article inside a word: *Abdurrahman*, *Abdulrahman*; *Saifuddin*,
/// *Saifaldin*.
pub(crate) fn canonical(form: &str, bearer: Bearer) -> String {
    if bearer != Bearer::Person {
        return form.to_owned();
    }
    let mut out = form.to_owned();
    if let Some(rest) = form.strip_prefix("abd").filter(|r| r.len() > 4) {
        let vowels = rest.bytes().take_while(|&b| crate::sound::is_vowel(b)).count();
        let tail = &rest[vowels..];
        let b = tail.as_bytes();
        let assimilated = b.len() > 3 && vowels > 0 && (b[0] == b'l' && !crate::sound::is_vowel(b[1]) || b[0] == b[1]);
        if assimilated {
            out = format!("abd{}", &tail[1..]);
        }
    }
    for ending in ["din", "deen", "dine", "dien"] {
        let Some(stem) = out.strip_suffix(ending) else { continue };
        let article = ["oud", "al", "el", "ul", "ol", "ud", "ed", "ad", "od", "id", "ou", "u", "e", "o"]
            .iter()
            .find_map(|a| stem.strip_suffix(a));
        if let Some(stem) = article.filter(|s| s.len() >= 3) {
            out = format!("{stem}din");
        }
        break;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str, bearer: Bearer) -> Vec<(String, Role)> {
        Name::read(text, bearer).parts.into_iter().map(|p| (p.form, p.role)).collect()
    }

    fn units(text: &str, bearer: Bearer) -> Vec<String> {
        Name::read(text, bearer).units().into_iter().map(|u| u.form).collect()
    }

    #[test]
    fn a_name_of_nothing_but_titles_is_known_as_such() {
        for (text, bearer, expected) in [
            ("Dr. Prof.", Bearer::Person, true),
            ("Mr President", Bearer::Person, true),
            ("Dr. Ali", Bearer::Person, false),
            ("Dr. Abdul", Bearer::Person, false),
            ("Sheikh", Bearer::Person, false),
            ("---", Bearer::Person, false),
            ("Co., Ltd.", Bearer::Organization, true),
            ("Dr. Oetker GmbH", Bearer::Organization, false),
        ] {
            assert_eq!(Name::is_only_titles(text, bearer), expected, "{text}");
        }
    }

    #[test]
    fn the_words_of_a_personal_name_get_their_roles() {
        use Role::{Initial, Particle, Title, Word};
        let of = |text| roles(text, Bearer::Person).into_iter().map(|(_, r)| r).collect::<Vec<_>>();
        assert_eq!(of("Dr. Usama M. bin Ladin"), [Title, Word, Initial, Particle, Word]);
        assert_eq!(of("أيمن الظواهري"), [Word, Particle, Word]);
        assert_eq!(of("John Smith III"), [Word, Word, Role::Number(3)]);
        assert_eq!(of("Wang Bin"), [Word, Word], "a particle beside a single word is the other name");
        assert_eq!(of("Dr. General"), [Word, Word], "nothing but titles: they are the name");
        assert_eq!(of("III"), [Word]);
    }

    #[test]
    fn an_organisation_has_a_legal_form_apart_from_its_name() {
        let form = |text| {
            let name = Name::read(text, Bearer::Organization);
            let forms: Vec<u16> = name
                .parts
                .iter()
                .filter_map(|p| if let Role::LegalForm(c, _) = p.role { Some(c) } else { None })
                .collect();
            forms.first().copied()
        };
        assert!(form("Siemens Aktiengesellschaft").is_some());
        assert_eq!(form("Siemens Aktiengesellschaft"), form("SIEMENS A.G."));
        assert_eq!(form("Fox Fashion, S. A."), form("Fox Fashion Sociedad Anónima"));
        assert_ne!(form("Fox GmbH"), form("Fox Ltd"));
        for text in ["ISI Maritimelimited", "SiemensAG"] {
            assert!(form(text).is_some(), "{text}: written together");
        }
        assert_eq!(form("Siemens Aktiengeselschaft"), form("Siemens AG"), "a misprint in a long form");
        assert_eq!(form("Napag"), None, "small letters do not set a short form apart");
        assert_eq!(units("U.M.V. S.A.", Bearer::Organization), ["umv"], "two words of letters");
        let number = |text| {
            roles(text, Bearer::Organization)
                .into_iter()
                .find_map(|(_, r)| if let Role::Number(n) = r { Some(n) } else { None })
        };
        assert_eq!((number("Brigade Forty-Four"), number("Brigade 44")), (Some(44), Some(44)));
        assert_eq!(units("Acme Fund III LLC", Bearer::Organization)[..3], ["acme", "fund", "iii"]);
    }

    #[test]
    fn neighbours_can_be_read_as_one_word() {
        assert!(units("Usama bin Ladin", Bearer::Person).contains(&"binladin".to_owned()));
        assert!(units("Bong Nam Pak", Bearer::Person).contains(&"bongnam".to_owned()));
        for text in ["Abd al-Rahman", "Abdul Rahman", "Abdurrahman", "Abdulrahman", "Abdel Rahman"] {
            assert!(units(text, Bearer::Person).contains(&"abdrahman".to_owned()), "{text}");
        }
        for text in ["Saif al-Din", "Saifuddin", "Saif ud Din", "Saif Aldin"] {
            assert!(units(text, Bearer::Person).contains(&"saifdin".to_owned()), "{text}");
        }
        assert!(units("Hans van der Bilt", Bearer::Person).contains(&"vanderbilt".to_owned()));
        assert_eq!(units("M/V Pacific Star", Bearer::Vessel)[..2], ["pacific", "star"]);
    }
}
