//! Proposes a map for a table, by its headings and by the first of its values, and says why.
//!
//! In comes a table of which the beginning is looked at, out comes a [`Proposal`]: what each column seems to hold, with the reason,
//! and the whole as TOML with comments. A heading decides where it is understood. Values decide where they cannot be anything
//! else: check digits of LEI, IBAN, IMO numbers, words for genders, names of countries. What is only likely is proposed as a
//! comment, for a person to decide.

use mihenk_entities::{
    Date, Identifier, IdentifierKind, PropertyType, Schema, country::Country, date::DateError, gender::Gender,
    identifier::Check,
};
use mihenk_tables::{Error, Heading, Options, Row, Table};

use rustc_hash::FxHashSet;

use crate::own::{
    headings::{Meaning, meanings, schema_word},
    read::slug,
};

/// Rows that are looked at.
const ROWS: usize = 500;

/// What the columns of a table seem to hold.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Each column.
    pub columns: Vec<ColumnGuess>,
    /// The order of the parts of dates, where values in numbers say it.
    pub date_format: Option<&'static str>,
    /// A date of which day and month cannot be told apart by any value.
    pub ambiguous_date: Option<String>,
    /// What a row seems to be, where no column says so.
    pub schema: Option<&'static str>,
    /// What stands between several values of a cell, if it is not the usual semicolon.
    pub separator: Option<char>,
    dataset: String,
    encoding: Option<&'static str>,
    delimiter: Option<u8>,
    rows: usize,
    options: Options,
}

/// What a column seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnGuess {
    /// Its heading.
    pub heading: String,
    /// What it holds; none if nothing says so.
    pub meaning: Option<Meaning>,
    /// Whether that is sure enough to act on without asking.
    pub is_sure: bool,
    /// Whether its values say so, and not its heading.
    pub is_by_values: bool,
    /// Why, for a person.
    pub why: String,
}

/// Looks at the beginning of a table that was opened with these options.
///
/// # Errors
/// When the table cannot be read.
pub fn propose(table: &mut Table<'_>, options: &Options) -> Result<Proposal, Error> {
    let rows: Vec<Row> = table.peek(ROWS)?.filter(|row| row.problem.is_none()).cloned().collect();
    let values = |at: usize| -> Values { Values::of(rows.iter().map(|row| row.cells.get(at))) };
    let all: Vec<Values> = (0..table.columns().len()).map(values).collect();
    let mut columns: Vec<ColumnGuess> =
        table.columns().iter().zip(meanings(table.columns())).zip(&all).map(|((h, m), v)| guess(h, m, v)).collect();
    name_the_name(&mut columns, &all);
    let dates = columns.iter().zip(&all).filter(|(column, _)| is_date(column.meaning)).map(|(_, values)| values);
    let (mut in_numbers, mut day_first, mut month_first, mut ambiguous) = (0, 0, 0, None);
    for values in dates {
        in_numbers += values.in_numbers;
        day_first += values.day_first;
        month_first += values.month_first;
        ambiguous = ambiguous.or_else(|| values.ambiguous.clone());
    }
    // Three of five days are behind the twelfth. Where hardly any is, those few are slips.
    let date_format = match (day_first, month_first) {
        (1.., 0) if day_first * 10 >= in_numbers => Some("dmy"),
        (0, 1..) if month_first * 10 >= in_numbers => Some("mdy"),
        _ => None,
    };
    let ambiguous_date = ambiguous.filter(|_| date_format.is_none());
    let file = table.name().rsplit(['/', '\\']).next().unwrap_or("").to_owned();
    Ok(Proposal {
        schema: schema(&columns),
        date_format,
        ambiguous_date,
        dataset: slug(file.split('.').next().unwrap_or("")),
        separator: separator(&columns, &all),
        encoding: table.encoding(),
        delimiter: table.delimiter(),
        rows: rows.len(),
        options: options.clone(),
        columns,
    })
}

/// What the values of a column look like.
#[derive(Debug, Default)]
struct Values {
    filled: usize,
    distinct: usize,
    first: String,
    dates: usize,
    years: usize,
    /// Dates such as 03/04/1990, and of these those in which only the first or only the second number can be a day.
    in_numbers: usize,
    day_first: usize,
    month_first: usize,
    ambiguous: Option<String>,
    countries: usize,
    genders: usize,
    kinds: usize,
    lei: usize,
    iban: usize,
    isin: usize,
    imo: usize,
    names: usize,
    several: [usize; 2],
}

impl Values {
    fn of<'a>(all: impl Iterator<Item = &'a str>) -> Values {
        let mut values = Values::default();
        let mut seen = FxHashSet::default();
        for value in all.filter(|value| !value.is_empty()) {
            if values.first.is_empty() {
                value.clone_into(&mut values.first);
            }
            seen.insert(value);
            values.take(value);
        }
        values.distinct = seen.len();
        values
    }

    fn take(&mut self, value: &str) {
        let passes = |kind| Identifier::read(kind, value).is_some_and(|identifier| identifier.check == Check::Passed);
        let digits = value.chars().filter(char::is_ascii_digit).count();
        self.filled += 1;
        self.countries += usize::from(Country::parse(value).is_some());
        self.genders += usize::from(Gender::parse(value).is_some());
        self.kinds += usize::from(schema_word(value).is_some());
        self.lei += usize::from(passes(IdentifierKind::Lei));
        self.iban += usize::from(passes(IdentifierKind::Iban));
        self.isin += usize::from(passes(IdentifierKind::Isin));
        self.imo += usize::from(digits == 7 && passes(IdentifierKind::Imo));
        let words = value.split_whitespace().count();
        self.names += usize::from((2..=8).contains(&words) && digits == 0);
        for (count, separator) in self.several.iter_mut().zip([';', '|']) {
            *count += usize::from(value.contains(separator));
        }
        self.date(value);
    }

    fn date(&mut self, value: &str) {
        // A number alone may be anything, and is a year where the heading says so.
        let year = value.parse::<u16>().ok().filter(|year| value.len() == 4 && (1800..2100).contains(year));
        self.years += usize::from(year.is_some());
        if value.len() < 6 || !value.chars().any(char::is_numeric) {
            return;
        }
        match Date::parse(value) {
            Ok(_) => self.dates += usize::from(!value.chars().all(|c| c.is_ascii_digit()) || value.len() == 8),
            Err(DateError::Ambiguous(_)) => {
                self.dates += 1;
                self.ambiguous.get_or_insert_with(|| value.to_owned());
            }
            Err(_) => return,
        }
        let parts: Vec<Option<u16>> = value.split(['/', '.', '-']).map(|part| part.parse().ok()).collect();
        if let [Some(first), Some(second), Some(1000..)] = parts.as_slice() {
            // With dots, the day comes first everywhere.
            if !value.contains('.') {
                self.in_numbers += 1;
                self.day_first += usize::from(*first > 12);
                self.month_first += usize::from(*second > 12);
            }
        }
    }

    /// Nine of ten values, and three at least.
    fn are_mostly(&self, count: usize) -> bool {
        self.filled >= 3 && count * 10 >= self.filled * 9
    }
}

fn guess(heading: &str, known: Option<Meaning>, values: &Values) -> ColumnGuess {
    let (meaning, is_sure, why) = match known {
        Some(Meaning::Property(property)) => (known, true, checked(property, values)),
        Some(Meaning::Kind) => (known, true, told(values.filled, values.kinds, "kinds of records")),
        Some(Meaning::Id) => (known, true, format!("{} values, {} different", values.filled, values.distinct)),
        None => by_values(values),
    };
    ColumnGuess { heading: heading.to_owned(), meaning, is_sure, is_by_values: known.is_none(), why }
}

fn told(filled: usize, count: usize, what: &str) -> String {
    format!("{count} of {filled} values are {what}")
}

/// What the values say to a heading that was understood.
fn checked(property: &'static str, values: &Values) -> String {
    let kind = Schema::all().find_map(|schema| schema.property(property)).map(|property| property.kind);
    let counted = match (kind, property) {
        (Some(PropertyType::Date), _) => Some((values.dates + values.years, "dates")),
        (Some(PropertyType::Country), _) => Some((values.countries, "countries")),
        (Some(PropertyType::Gender), _) => Some((values.genders, "genders")),
        (_, "imoNumber") => Some((values.imo, "IMO numbers by their check digit")),
        (_, "leiCode") => Some((values.lei, "LEIs by their check digits")),
        (_, "iban") => Some((values.iban, "IBANs by their check digits")),
        _ => None,
    };
    match counted {
        Some((count, what)) if count < values.filled => {
            format!("by its heading, but only {}", told(values.filled, count, what))
        }
        Some((count, what)) => format!("by its heading; {}", told(values.filled, count, what)),
        None => "by its heading".to_owned(),
    }
}

/// What a column holds whose heading says nothing.
fn by_values(values: &Values) -> (Option<Meaning>, bool, String) {
    let sure = [
        (values.lei, "leiCode", "LEIs by their check digits"),
        (values.iban, "iban", "IBANs by their check digits"),
        (values.isin, "isinCode", "ISINs by their check digit"),
        (values.genders, "gender", "genders"),
    ];
    for (count, property, what) in sure {
        if values.are_mostly(count) && exists(property) {
            return (Some(Meaning::Property(property)), true, told(values.filled, count, what));
        }
    }
    if values.filled >= 8 && values.are_mostly(values.imo) {
        // One of five numbers of seven digits passes by chance.
        let why = told(values.filled, values.imo, "IMO numbers by their check digit");
        return (Some(Meaning::Property("imoNumber")), true, why);
    }
    if values.are_mostly(values.kinds) && values.distinct <= 8 {
        return (Some(Meaning::Kind), true, told(values.filled, values.kinds, "kinds of records"));
    }
    if values.are_mostly(values.countries) {
        return (Some(Meaning::Property("country")), false, told(values.filled, values.countries, "countries"));
    }
    if values.are_mostly(values.dates) {
        return (
            Some(Meaning::Property("birthDate")),
            false,
            format!("{}; of what?", told(values.filled, values.dates, "dates")),
        );
    }
    let why = if values.filled == 0 {
        "it is empty".to_owned()
    } else {
        "neither its heading nor its values say what it is".to_owned()
    };
    (None, false, why)
}

fn exists(property: &str) -> bool {
    Schema::all().any(|schema| schema.property(property).is_some())
}

fn is_date(meaning: Option<Meaning>) -> bool {
    let Some(Meaning::Property(property)) = meaning else { return false };
    Schema::all()
        .find_map(|schema| schema.property(property))
        .is_some_and(|property| property.kind == PropertyType::Date)
}

/// Where no heading speaks of a name, the column that looks most like names is a guess.
fn name_the_name(columns: &mut [ColumnGuess], values: &[Values]) {
    let is_name = |column: &ColumnGuess| {
        matches!(column.meaning, Some(Meaning::Property("name" | "lastName" | "firstName" | "alias")))
    };
    if columns.iter().any(is_name) {
        return;
    }
    let likely = |at: &usize| columns[*at].meaning.is_none() && values[*at].are_mostly(values[*at].names);
    let best = (0..columns.len()).filter(likely).max_by_key(|&at| (values[at].distinct, std::cmp::Reverse(at)));
    if let Some(at) = best {
        let why = told(values[at].filled, values[at].names, "several words without digits; check that they are names");
        columns[at].meaning = Some(Meaning::Property("name"));
        columns[at].why = why;
    }
}

/// What a row seems to be.
fn schema(columns: &[ColumnGuess]) -> Option<&'static str> {
    let has = |wanted: &[&str]| {
        columns
            .iter()
            .any(|column| matches!(column.meaning, Some(Meaning::Property(property)) if wanted.contains(&property)))
    };
    if columns.iter().any(|column| column.meaning == Some(Meaning::Kind)) {
        return None;
    }
    Some(match () {
        () if has(&["imoNumber", "mmsi", "callSign", "flag"]) => "Vessel",
        () if has(&["lastName", "firstName", "birthDate", "gender", "birthPlace"]) => "Person",
        () if has(&["leiCode", "registrationNumber", "incorporationDate", "ogrnCode"]) => "Company",
        () => "LegalEntity",
    })
}

/// What stands between several values, if it is not the usual semicolon.
fn separator(columns: &[ColumnGuess], values: &[Values]) -> Option<char> {
    let several = |i: usize| -> usize {
        columns
            .iter()
            .zip(values)
            .filter(|(column, _)| column.meaning.is_some())
            .map(|(_, values)| values.several[i])
            .sum()
    };
    (several(1) > several(0)).then_some('|')
}

impl Proposal {
    /// The map as TOML, with the reasons as comments.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = format!(
            "# A map of columns, proposed from the headings and the first {} rows. Check it, then:\n\
             #   mihenk lists add FILE --map THIS.toml        to make it a list that is screened\n\
             #   mihenk screen --batch FILE --map THIS.toml   to screen its rows\n\n",
            self.rows
        );
        out.push_str(&format!("dataset = {}\n", quoted(&self.dataset)));
        out.push_str("# title = \"what people call this list\"\n# topics = [\"sanction\"]   # or role.pep, crime … as FollowTheMoney has them\n");
        self.kind(&mut out);
        for column in self.columns.iter().filter(|column| column.meaning == Some(Meaning::Id)).take(1) {
            out.push_str(&format!("id = {}   # {}\n", quoted(&column.heading), comment(&column.why)));
        }
        out.push_str("# country = \"tr\"   # of rows that name none\n");
        if let Some(format) = self.date_format {
            out.push_str(&format!("date_format = \"{format}\"   # by the dates that can be read in one way only\n"));
        } else if let Some(date) = &self.ambiguous_date {
            let date = comment(date);
            let why = format!("{date} could mean two days, and no date says which: choose dmy or mdy");
            out.push_str(&format!("# date_format = \"dmy\"   # {why}\n"));
        }
        if let Some(sheet) = &self.options.sheet {
            out.push_str(&format!("sheet = {}\n", quoted(sheet)));
        }
        if let Heading::At(row) = self.options.heading {
            out.push_str(&format!("heading_row = {row}\n"));
        }
        if let Some(encoding) = self.encoding {
            out.push_str(&format!(
                "encoding = \"{encoding}\"   # told by the text; look whether its letters are right\n"
            ));
        }
        if let Some(delimiter) = self.delimiter.filter(|&delimiter| delimiter != b',') {
            let name = if delimiter == b'\t' { "tab".to_owned() } else { char::from(delimiter).to_string() };
            out.push_str(&format!("delimiter = {}\n", quoted(&name)));
        }
        if let Some(separator) = self.separator {
            out.push_str(&format!("separator = \"{separator}\"   # between several values of one cell\n"));
        }
        self.columns_table(&mut out);
        out
    }

    fn kind(&self, out: &mut String) {
        for column in self.columns.iter().filter(|column| column.meaning == Some(Meaning::Kind)).take(1) {
            out.push_str(&format!("kind = {}   # {}\n", quoted(&column.heading), comment(&column.why)));
        }
        if let Some(schema) = self.schema {
            out.push_str(&format!("schema = \"{schema}\"   # what every row is\n"));
        }
    }

    fn columns_table(&self, out: &mut String) {
        out.push_str("\n[columns]\n");
        let mut written: Vec<&str> = Vec::new();
        for column in &self.columns {
            let Some(Meaning::Property(property)) = column.meaning else { continue };
            if written.contains(&property) {
                continue;
            }
            written.push(property);
            let same = |other: &&ColumnGuess| other.meaning == column.meaning && other.is_sure == column.is_sure;
            let mut headings: Vec<String> =
                self.columns.iter().filter(same).map(|other| quoted(&other.heading)).collect();
            headings.dedup();
            let right = if headings.len() == 1 { headings.remove(0) } else { format!("[{}]", headings.join(", ")) };
            // A name that is only a guess is still the best that can be asked for.
            let before = if column.is_sure || property == "name" { "" } else { "# " };
            out.push_str(&format!("{before}{property} = {right}   # {}\n", comment(&column.why)));
        }
        for column in self.columns.iter().filter(|column| column.meaning.is_none()) {
            out.push_str(&format!("# … = {}   # {}\n", quoted(&column.heading), comment(&column.why)));
        }
    }
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text in a comment: one line.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::own::Map;

    fn proposed(text: &str) -> Proposal {
        let mut table = Table::read("lists/My people.v2.csv", text.as_bytes(), &Options::default()).unwrap();
        propose(&mut table, &Options::default()).unwrap()
    }

    #[test]
    fn a_turkish_table_gets_its_map() {
        let proposal = proposed(
            "Müşteri No;Adı Soyadı;Doğum Tarihi;Uyruğu;Cinsiyet;Renk\n1;Ali Örnek;31/12/1990;Türkiye;E;mavi\n\
             2;Ayşe Örnek;03/04/1985;TR;Kadın;\n3;Vera Test;;Almanya;K;yeşil\n",
        );
        let toml = proposal.to_toml();
        let map = Map::parse(&toml).unwrap();
        assert_eq!(map.dataset.as_deref(), Some("my_people"));
        assert_eq!((map.id.as_deref(), map.schema.map(Schema::name)), (Some("Müşteri No"), Some("Person")));
        let columns: Vec<(&str, &str)> = map.columns.iter().map(|(p, c)| (p.as_str(), c[0].as_str())).collect();
        let expected =
            [("birthDate", "Doğum Tarihi"), ("gender", "Cinsiyet"), ("name", "Adı Soyadı"), ("nationality", "Uyruğu")];
        assert_eq!(columns, expected);
        assert_eq!(map.date_order, Some(crate::own::DateOrder::DayFirst), "31/12 can be read in one way only");
        assert!(toml.contains("# … = \"Renk\"   # neither its heading nor its values say what it is"), "{toml}");
        assert!(toml.contains("delimiter = \";\""));
    }

    #[test]
    fn values_speak_where_headings_do_not() {
        // The LEIs are those of ISO 17442's and GLEIF's publications, the IBANs those of the registry of SWIFT.
        let proposal = proposed(
            "a,b,c,d,e\n5493001KJTIIGC8Y1R12,GB29NWBK60161331926819,Acme Trading Limited,f,IR\n\
             5493001KJTIIGC8Y1R12,DE89370400440532013000,Blue Harbour Shipping,m,TR\n\
             ,TR330006100519786457841326,North Star Holding,F,US\n5493001KJTIIGC8Y1R12,,Sun Field Foods,M,\n",
        );
        let meanings: Vec<Option<Meaning>> = proposal.columns.iter().map(|column| column.meaning).collect();
        let property = |name| Some(Meaning::Property(name));
        assert_eq!(
            meanings,
            [property("leiCode"), property("iban"), property("name"), property("gender"), property("country")]
        );
        let sure: Vec<bool> = proposal.columns.iter().map(|column| column.is_sure).collect();
        assert_eq!(sure, [true, true, false, true, false]);
        let map = Map::parse(&proposal.to_toml()).unwrap();
        assert!(map.columns.iter().all(|(property, _)| property != "country"), "what is only likely stays a comment");
    }

    #[test]
    fn dates_that_could_mean_two_days_are_asked_for() {
        let proposal = proposed("name,date of birth\nAli,03/04/1990\nVera,01/02/1991\nAda,12/11/1980\n");
        assert_eq!((proposal.date_format, proposal.ambiguous_date.as_deref()), (None, Some("03/04/1990")));
        assert!(proposal.to_toml().contains("# date_format = \"dmy\"   # 03/04/1990 could mean two days"));
        assert_eq!(proposed("name,dob\nAli,03/25/1990\nVera,01/02/1991\n").date_format, Some("mdy"));
        let both = proposed("name,dob\nAli,03/25/1990\nVera,25/02/1991\nAda,01/02/1991\n");
        assert_eq!(both.date_format, None, "the values contradict one another");
        let dots = proposed("name,dob\nAli,25.03.1990\nVera,01/02/1991\n");
        assert_eq!(dots.date_format, None, "dots say nothing of strokes");
        let slip = format!("name,dob\nAli,25/03/1990\n{}", "Vera,01/02/1991\n".repeat(20));
        assert_eq!(proposed(&slip).date_format, None, "one of twenty is a slip");
    }

    proptest! {
        /// Whatever a table holds, the proposal is a map or says that there is nothing to map.
        #[test]
        fn every_proposal_is_toml(text in "(name|\"a \"\"b\"\"\"|é)(,[a-c\"\\\\]{0,5}){0,4}\n([a-z0-9/., \"]{0,20}\n){0,5}") {
            if let Ok(mut table) = Table::read("x", text.as_bytes(), &Options::default()) {
                let toml = propose(&mut table, &Options::default()).unwrap().to_toml();
                if let Err(error) = Map::parse(&toml) {
                    prop_assert!(error.contains("there are no [columns]"), "{error}\n{toml}");
                }
            }
        }
    }
}
