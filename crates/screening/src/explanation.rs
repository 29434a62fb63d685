//! The waterfall: every line of the evidence in words, adding up exactly.
//!
//! In come a hit and the record it was found for, out comes an [`Explanation`]: lines with bits, in the order a reader wants
//! them (names first, then what is missing or unlike, then dates, countries, numbers), each with the words as they stand in
//! the two sources. The bits of the lines add up to the bits of the hit, to the hundredth; a test adds them up. Nothing is
//! weighed here: the lines are the same amounts and weights that the screener summed.

use mihenk_names::Name;

use crate::{
    alignment::Pair,
    bits::{Bits, grouped},
    comparison::{COMMON, Comparison, SomeoneElse, sums},
    identity::{self, SharedIdentifier},
    likeness::Channel,
    weights::{FEATURES, Feature, Weights},
};

/// One line of the waterfall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was observed, a stable word for programs.
    pub feature: &'static str,
    /// What it adds or takes away.
    pub bits: Bits,
    /// What was observed, for a person.
    pub text: String,
    /// The asked record's words, as they stand in it.
    pub asked: Option<String>,
    /// The listed record's words, as they stand in it.
    pub listed: Option<String>,
}

/// The evidence of a hit in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The asked name that agrees best.
    pub asked_name: Option<String>,
    /// The listed name it agrees with.
    pub listed_name: Option<String>,
    /// The lines; their bits add up to those of the hit.
    pub lines: Vec<Line>,
}

impl Explanation {
    /// The lines added up.
    #[must_use]
    pub fn total(&self) -> Bits {
        self.lines.iter().map(|l| l.bits).sum()
    }
}

/// Two names that were compared, with what is needed to quote them.
#[derive(Debug)]
pub struct NamePair<'a> {
    /// The asked name's text.
    pub asked_text: &'a str,
    /// The asked name as read.
    pub asked: &'a Name,
    /// The listed name's text.
    pub listed_text: &'a str,
    /// The listed name as read.
    pub listed: &'a Name,
    /// What the comparison found.
    pub comparison: &'a Comparison,
}

/// What was compared besides names, in words.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// Birth dates of both sides.
    pub born: (String, String),
    /// Countries of both sides.
    pub countries: (String, String),
    /// Genders of both sides.
    pub genders: (String, String),
}

/// Puts the evidence into lines.
#[must_use]
pub fn explain(
    names: Option<&NamePair>,
    amounts: &[i32; FEATURES],
    weights: &Weights,
    identifier: Option<&SharedIdentifier>,
    attributes: &Attributes,
) -> Explanation {
    let mut lines = Vec::new();
    if let Some(id) = identifier {
        lines.push(identifier_line(id));
    }
    let (stranger, relative, common) = sums(amounts, weights);
    let binding = if relative < stranger { SomeoneElse::Relative } else { SomeoneElse::Stranger };
    if let Some(names) = names {
        pair_lines(names, amounts, weights, &mut lines);
        someone_else(binding, stranger, relative, amounts, weights, &mut lines);
    }
    for &feature in &Feature::ALL[COMMON] {
        let bits = Bits(amounts[feature as usize]).scaled(weights.of(feature));
        // A weight of nothing is no line; a contradiction is worth saying even when it weighs nothing.
        if bits != Bits::ZERO || is_attribute(feature) && amounts[feature as usize] != 0 {
            lines.extend(common_line(feature, bits, names, attributes));
        }
    }
    if identifier.is_some() {
        let rest = stranger.min(relative) + common;
        if names.is_none() {
            // Without names only attributes were summed; the hypotheses about names say nothing.
            lines.retain(|l| !matches!(l.feature, "stranger" | "relative"));
        }
        let so_far: Bits = lines.iter().skip(1).map(|l| l.bits).sum();
        let counted = rest.max(identity::MOST_AGAINST);
        if so_far != counted {
            bounded(names, counted, &mut lines);
        }
    }
    Explanation {
        asked_name: names.map(|n| n.asked_text.to_owned()),
        listed_name: names.map(|n| n.listed_text.to_owned()),
        lines,
    }
}

/// Beside a shared number everything else counts against a match only so much: one line instead of all that add up to more.
fn bounded(names: Option<&NamePair>, counted: Bits, lines: &mut Vec<Line>) {
    lines.truncate(1);
    let unlike = names.map(|n| format!("unlike: {} / {}; ", n.asked_text, n.listed_text)).unwrap_or_default();
    let text = format!("{unlike}nothing weighs more than this against a shared number");
    let side = |text: Option<&str>| text.map(str::to_owned);
    let (asked, listed) = (side(names.map(|n| n.asked_text)), side(names.map(|n| n.listed_text)));
    lines.push(Line { feature: "bounded", bits: counted, text, asked, listed });
}

fn identifier_line(id: &SharedIdentifier) -> Line {
    let kind = if id.asked.kind == id.listed_kind {
        format!("the same {}", id.listed_kind.label())
    } else {
        format!("the same number, asked as {}, listed as {}", id.asked.kind.label(), id.listed_kind.label())
    };
    let wrong = if id.asked.check == mihenk_entities::identifier::Check::Failed {
        ", though its check digit is wrong"
    } else {
        ""
    };
    Line {
        feature: "identifier",
        bits: id.bits(),
        text: format!("{kind} {}{wrong}", id.asked.normal),
        asked: Some(id.asked.normal.clone()),
        listed: Some(id.asked.normal.clone()),
    }
}

/// One line for each pair of words; what rounding leaves over goes to the last one.
fn pair_lines(names: &NamePair, amounts: &[i32; FEATURES], weights: &Weights, lines: &mut Vec<Line>) {
    let start = lines.len();
    for feature in [Feature::Exact, Feature::Varied, Feature::Initial] {
        let first = lines.len();
        for pair in names.comparison.pairs.iter().filter(|p| p.likeness.channel.feature() == feature) {
            lines.push(pair_line(names, pair, weights.of(feature)));
        }
        let whole = Bits(amounts[feature as usize]).scaled(weights.of(feature));
        let sum: Bits = lines[first..].iter().map(|l| l.bits).sum();
        if let Some(last) = lines[first..].last_mut() {
            last.bits += whole - sum;
        }
    }
    lines[start..].sort_by_key(|l| std::cmp::Reverse(l.bits));
    let together = Bits(amounts[Feature::Together as usize]).scaled(weights.of(Feature::Together));
    if together != Bits::ZERO {
        let text = "words that often go together are worth less than apart".to_owned();
        lines.push(Line { feature: "together", bits: together, text, asked: None, listed: None });
    }
}

fn pair_line(names: &NamePair, pair: &Pair, weight: i32) -> Line {
    let asked = quote(names.asked_text, names.asked, pair.asked_mask);
    let listed = quote(names.listed_text, names.listed, pair.listed_mask);
    let crowd = one_in(pair.likeness.bits + pair.likeness.cost);
    let (feature, text) = match pair.likeness.channel {
        Channel::Exact => ("exact", format!("{listed} ({crowd})")),
        Channel::Variant => ("variant", format!("{asked} ≈ {listed} (a form of the same name; {crowd} has one)")),
        Channel::Spelling => ("spelling", format!("{asked} ≈ {listed} (another spelling; {crowd} sounds so)")),
        Channel::Unvowelled => {
            ("unvowelled", format!("{asked} ≈ {listed} (written without vowels; {crowd} is written so)"))
        }
        Channel::Transcription => {
            ("transcription", format!("{asked} ≈ {listed} (spelled by syllables; {crowd} sounds so)"))
        }
        Channel::Typo => ("typo", format!("{asked} ≈ {listed} (letters apart; {crowd} is as near)")),
        Channel::Visual => ("visual", format!("{asked} ≈ {listed} (letters that look alike; {crowd} looks so)")),
        Channel::Disorder => ("disorder", format!("{asked} ≈ {listed} (letters in disorder; {crowd} has these)")),
        Channel::Initial => ("initial", format!("{asked} ≈ {listed} (initial; {crowd} begins so)")),
    };
    Line { feature, bits: pair.likeness.bits.scaled(weight), text, asked: Some(asked), listed: Some(listed) }
}

/// "1 in 75,000".
fn one_in(crowd: Bits) -> String {
    let count = 2f64.powf(crowd.as_f64().max(0.0));
    // Two digits are all that the figure is good for.
    let scale = 10f64.powf((count.log10().floor() - 1.0).max(0.0));
    let rounded = (count / scale).round() * scale;
    format!("1 in {}", grouped(rounded as u64))
}

/// The words of a name that some parts stand for, as they stand in the source.
fn quote(text: &str, name: &Name, mask: u32) -> String {
    let parts: Vec<&str> = name
        .parts
        .iter()
        .enumerate()
        .filter(|(i, _)| mask >> i & 1 == 1)
        .filter_map(|(_, part)| text.get(part.start..part.end))
        .collect();
    parts.join(" ")
}

/// Who else it could be, and what that takes away.
fn someone_else(
    binding: SomeoneElse,
    stranger: Bits,
    relative: Bits,
    amounts: &[i32; FEATURES],
    weights: &Weights,
    lines: &mut Vec<Line>,
) {
    let prior = Bits(amounts[Feature::Stranger as usize]).scaled(weights.of(Feature::Stranger));
    let text = "somebody else may bear these names: a stranger's chance".to_owned();
    lines.push(Line { feature: "stranger", bits: prior, text, asked: None, listed: None });
    if binding == SomeoneElse::Relative {
        let text = "a relative or namesake would share the rare words too".to_owned();
        lines.push(Line { feature: "relative", bits: relative - stranger, text, asked: None, listed: None });
    }
}

fn common_line(feature: Feature, bits: Bits, names: Option<&NamePair>, attributes: &Attributes) -> Option<Line> {
    use Feature::*;
    let open = |asked: bool| names.map(|n| open_words(n, asked)).unwrap_or_default();
    let (code, text, sides): (&'static str, String, Option<(String, String)>) = match feature {
        Variants => ("varied", "words that are alike but not the same".into(), None),
        Unvowelled => ("vowels_missing", "words compared without their vowels".into(), None),
        AllVaried => ("all_varied", "no word is letter by letter the same".into(), None),
        Conflict => ("conflict", format!("unlike: {} / {}", open(true), open(false)), Some((open(true), open(false)))),
        ConflictFirst => ("conflict_first", "the first words are unlike".into(), None),
        ConflictLast => ("conflict_last", "the last words are unlike".into(), None),
        AskedOnly => {
            ("asked_only", format!("only in what is asked: {}", open(true)), Some((open(true), String::new())))
        }
        ListedOnly => ("listed_only", format!("only in the list: {}", open(false)), Some((String::new(), open(false)))),
        Sister => ("sister", "a word more or less often tells sister companies or ships apart".into(), None),
        AskedOpen => ("asked_open", "the share of the asked name that stays unexplained".into(), None),
        ListedOpen => ("listed_open", "the share of the listed name that stays unexplained".into(), None),
        Whole => ("whole", "every word of both names is explained".into(), None),
        WholeExact => ("whole_exact", "both names are the same".into(), None),
        Single => ("single", "it is only one word".into(), None),
        Merged => ("merged", "written together on one side, apart on the other".into(), None),
        NumberSame => ("number_same", "the same number in both names".into(), None),
        NumberDiffers => ("number_differs", "different numbers in the names".into(), None),
        NumberMissing => ("number_missing", "a number in one name only".into(), None),
        LegalForm => ("legal_form", "legal forms of different kinds".into(), None),
        Exchanged => ("exchanged", "what one calls the given name the other calls the family name".into(), None),
        Elsewhere => ("elsewhere", "another name of the entity has an unlike word there".into(), None),
        WeakAlias => ("weak_alias", "the list itself calls this name a weak one".into(), None),
        Chances => ("chances", "the entity has many names, so many chances to look alike".into(), None),
        BornSameDay => ("birth_date", "born on the same day".into(), Some(attributes.born.clone())),
        BornSwapped => ("birth_date", "birth dates with day and month swapped".into(), Some(attributes.born.clone())),
        BornAgrees => {
            ("birth_date", "birth dates agree as far as they are known".into(), Some(attributes.born.clone()))
        }
        BornOneDigit => ("birth_date", "birth dates differ in one digit".into(), Some(attributes.born.clone())),
        BornSameYear => ("birth_date", "born in the same year, on another day".into(), Some(attributes.born.clone())),
        BornOneYear => ("birth_date", "birth years one apart".into(), Some(attributes.born.clone())),
        BornTwoYears => ("birth_date", "birth years two apart".into(), Some(attributes.born.clone())),
        BornOther => ("birth_date", "other birth dates".into(), Some(attributes.born.clone())),
        Namesake => ("namesake", "with another birth date, a namesake bears these words too".into(), None),
        CountrySame => ("country", "a country in common".into(), Some(attributes.countries.clone())),
        CountryDiffers => ("country", "no country in common".into(), Some(attributes.countries.clone())),
        GenderSame => ("gender", "the same gender".into(), Some(attributes.genders.clone())),
        GenderDiffers => ("gender", "another gender".into(), Some(attributes.genders.clone())),
        PlaceSame => ("birth_place", "a birth place in common".into(), None),
        PlaceDiffers => ("birth_place", "no birth place in common".into(), None),
        AddressSame => ("address", "an address in common".into(), None),
        NumberOther => ("identifier", "another number of a kind that everybody has only one of".into(), None),
        Exact | Varied | Initial | Together | Stranger | Relative | Unshared => return None,
    };
    let text = match &sides {
        Some((a, b)) if is_attribute(feature) => format!("{text} ({a} / {b})"),
        _ => text,
    };
    let side = |s: &String| (!s.is_empty()).then(|| s.clone());
    let (asked, listed) = sides.as_ref().map_or((None, None), |(a, b)| (side(a), side(b)));
    Some(Line { feature: code, bits, text, asked, listed })
}

fn is_attribute(feature: Feature) -> bool {
    feature >= Feature::BornSameDay && feature < Feature::NumberOther
}

/// The words of one side that nothing explains.
fn open_words(names: &NamePair, asked: bool) -> String {
    if asked {
        return quote(names.asked_text, names.asked, names.comparison.asked_open);
    }
    quote(names.listed_text, names.listed, names.comparison.listed_open)
}
