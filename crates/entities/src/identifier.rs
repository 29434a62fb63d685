//! Identifiers: one form for the many ways of writing a number, and the check digits that some of them have.
//!
//! In comes the value of an identifier property; out comes an [`Identifier`]: its kind, its normal form (letters and digits
//! only, upper case, labels such as `IMO` removed) and whether its own rule holds. Two identifiers are the same number when
//! their normal forms are equal. A failed check is reported, never a reason to drop the value: lists contain misprints.
//!
//! Rules: IMO ship number (IMO Resolution A.1117(30)); LEI, ISO 17442 with ISO 7064 MOD 97-10; BIC, ISO 9362; IBAN,
//! ISO 13616; ISIN, ISO 6166; MMSI, ITU-R M.585 (nine digits); INN and OGRN as the Russian tax service computes them
//! (public description of both algorithms).

use crate::wallet;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum IdentifierKind {
    /// Passport or other travel document.
    Passport = 0,
    /// National identity number or card, social security number.
    National = 1,
    /// Tax number, VAT code.
    Tax = 2,
    /// Number in a register of companies, vessels or aircraft.
    Registration = 3,
    /// Licence, membership or any other number.
    Other = 4,
    /// Legal Entity Identifier.
    Lei = 5,
    /// Business Identifier Code (SWIFT).
    Bic = 6,
    /// International Bank Account Number.
    Iban = 7,
    /// Russian state registration number.
    Ogrn = 8,
    /// Russian tax number.
    Inn = 9,
    /// IMO number of a ship.
    Imo = 10,
    /// Maritime Mobile Service Identity.
    Mmsi = 11,
    /// Radio call sign.
    CallSign = 12,
    /// Address of a crypto-currency wallet.
    Wallet = 13,
    /// International Securities Identification Number.
    Isin = 14,
    /// Number of a bank account.
    Account = 15,
}

/// Whether a number obeys the rule of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// The kind has a check digit and it is right.
    Passed,
    /// The kind has a rule and the number breaks it.
    Failed,
    /// The kind has no rule.
    None,
}

/// An identifier in normal form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// What kind of number it is.
    pub kind: IdentifierKind,
    /// Letters and digits only, upper case (wallet addresses keep their case where it counts).
    pub normal: String,
    /// Whether it obeys its own rule.
    pub check: Check,
}

impl IdentifierKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [IdentifierKind; 16] = {
        use IdentifierKind::*;
        [
            Passport,
            National,
            Tax,
            Registration,
            Other,
            Lei,
            Bic,
            Iban,
            Ogrn,
            Inn,
            Imo,
            Mmsi,
            CallSign,
            Wallet,
            Isin,
            Account,
        ]
    };

    /// The kind that a FollowTheMoney property holds; `None` for properties that hold no identifier of the entity.
    #[must_use]
    pub fn of_property(name: &str) -> Option<IdentifierKind> {
        use IdentifierKind::*;
        Some(match name {
            "passportNumber" => Passport,
            "idNumber" | "socialSecurityNumber" => National,
            "taxNumber" | "vatCode" | "giiNumber" => Tax,
            "registrationNumber" | "uscCode" | "cikCode" | "jibCode" | "coatoCode" | "okpoCode" | "kppCode" => {
                Registration
            }
            "licenseNumber" | "dunsCode" | "uniqueEntityId" | "npiCode" | "bvdId" | "icaoCode" | "serialNumber"
            | "wikidataId" | "crsNumber" | "figiCode" | "ticker" | "number" => Other,
            "leiCode" => Lei,
            "swiftBic" | "bic" => Bic,
            "iban" => Iban,
            "ogrnCode" => Ogrn,
            "innCode" => Inn,
            "imoNumber" => Imo,
            "mmsi" => Mmsi,
            "callSign" => CallSign,
            "publicKey" => Wallet,
            "isin" | "isinCode" => Isin,
            "accountNumber" => Account,
            _ => return None,
        })
    }

    /// The name for a reader.
    #[must_use]
    pub fn label(self) -> &'static str {
        use IdentifierKind::*;
        match self {
            Passport => "passport",
            National => "national identity number",
            Tax => "tax number",
            Registration => "registration number",
            Other => "number",
            Lei => "LEI",
            Bic => "BIC",
            Iban => "IBAN",
            Ogrn => "OGRN",
            Inn => "INN",
            Imo => "IMO number",
            Mmsi => "MMSI",
            CallSign => "call sign",
            Wallet => "wallet address",
            Isin => "ISIN",
            Account => "account number",
        }
    }

    /// Whether an entity has at most one number of this kind, so that two different ones speak against one another.
    #[must_use]
    pub fn is_unique(self) -> bool {
        use IdentifierKind::*;
        matches!(self, Lei | Ogrn | Inn | Imo | Isin)
    }
}

impl Identifier {
    /// Normalises a value; `None` when fewer than three letters and digits remain, which identifies nobody.
    #[must_use]
    pub fn read(kind: IdentifierKind, value: &str) -> Option<Identifier> {
        let normal = match kind {
            IdentifierKind::Wallet => wallet::normal(value),
            // Call signs, tickers and other codes may well be such a word.
            IdentifierKind::CallSign | IdentifierKind::Other => alphanumeric(value),
            _ => alphanumeric(without_label(value)),
        };
        let normal = match kind {
            IdentifierKind::Iban => normal.strip_prefix("IBAN").filter(|r| r.len() > 14).unwrap_or(&normal).to_owned(),
            IdentifierKind::Imo => normal.trim_start_matches("IMO").trim_start_matches("NO").to_owned(),
            IdentifierKind::Mmsi => normal.trim_start_matches("MMSI").to_owned(),
            IdentifierKind::Lei => normal.strip_prefix("LEI").filter(|r| r.len() == 20).unwrap_or(&normal).to_owned(),
            // The branch code is left out: a branch is the bank.
            IdentifierKind::Bic if normal.len() == 11 => normal[..8].to_owned(),
            _ => normal,
        };
        if normal.len() < 3 || normal.bytes().all(|b| b == b'0') {
            return None;
        }
        let check = if kind == IdentifierKind::Wallet { wallet::check(value) } else { check(kind, &normal) };
        Some(Identifier { kind, normal, check })
    }
}

fn alphanumeric(value: &str) -> String {
    let mut out = String::with_capacity(value.len().min(64));
    for c in value.chars().take(200) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_uppercase());
        } else if c.is_alphanumeric() {
            // Letters of other scripts belong to the number ("№ ЕВ 123456"): romanised like any word.
            out.extend(mihenk_names::tokenize(c.encode_utf8(&mut [0; 4])).into_iter().map(|t| t.form.to_uppercase()));
        }
    }
    out.truncate(64);
    out
}

/// The value without words that only say what it is (`Passport No.`, `ИНН`, `SWIFT:`) and without a country in brackets behind it.
fn without_label(value: &str) -> &str {
    const LABELS: &[&str] = &[
        "no",
        "nr",
        "num",
        "number",
        "nomor",
        "numero",
        "passport",
        "pasaport",
        "pasaporte",
        "reisepass",
        "passeport",
        "id",
        "imo",
        "mmsi",
        "iban",
        "swift",
        "bic",
        "lei",
        "inn",
        "ogrn",
        "isin",
        "tax",
        "vat",
        "reg",
        "registration",
        "call",
        "sign",
        "code",
        "nomer",
    ];
    let mut rest = value.trim();
    if let Some((before, inside)) = rest.strip_suffix(')').and_then(|r| r.rsplit_once('('))
        && before.chars().any(char::is_numeric)
        && !inside.chars().any(char::is_numeric)
    {
        rest = before.trim_end();
    }
    loop {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let separated = rest[end..].starts_with(|c: char| !c.is_alphanumeric() && c != '-');
        let more = rest[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
        if end == 0 || !separated || more.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
            return rest;
        }
        let word = mihenk_names::tokenize(&rest[..end]).pop().map_or_else(String::new, |t| t.form);
        if !LABELS.contains(&word.as_str()) {
            return rest;
        }
        rest = more;
    }
}

fn check(kind: IdentifierKind, normal: &str) -> Check {
    let passed = match kind {
        IdentifierKind::Imo => imo(normal) || imo_company(normal),
        IdentifierKind::Mmsi => normal.len() == 9 && is_digits(normal),
        IdentifierKind::Lei => normal.len() == 20 && mod_97(normal) == Some(1),
        IdentifierKind::Bic => normal.len() == 8 && normal.as_bytes()[4..6].iter().all(u8::is_ascii_uppercase),
        IdentifierKind::Iban => {
            (15..=34).contains(&normal.len()) && mod_97(&format!("{}{}", &normal[4..], &normal[..4])) == Some(1)
        }
        IdentifierKind::Isin => isin(normal),
        IdentifierKind::Inn => inn(normal),
        IdentifierKind::Ogrn => ogrn(normal),
        _ => return Check::None,
    };
    if passed { Check::Passed } else { Check::Failed }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// The last of seven digits is the last digit of the sum of the others, weighted 7 to 2.
fn imo(normal: &str) -> bool {
    let Some(d) = digits(normal).filter(|d| d.len() == 7) else { return false };
    (0..6).map(|i| d[i] * (7 - i as u32)).sum::<u32>() % 10 == d[6]
}

/// The number of a company or owner (IMO Resolution MSC.160(78)): weights 8 6 4 2 9 7, modulo 11. All 74 whole company numbers that
/// OFAC's list had in 2021 obey it.
fn imo_company(normal: &str) -> bool {
    const WEIGHTS: [u32; 6] = [8, 6, 4, 2, 9, 7];
    let Some(d) = digits(normal).filter(|d| d.len() == 7) else { return false };
    let sum: u32 = d.iter().zip(WEIGHTS).map(|(a, b)| a * b).sum();
    (11 - sum % 11) % 10 == d[6]
}

/// ISO 7064 MOD 97-10 with letters as two digits (A = 10).
fn mod_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some((rest * if value > 9 { 100 } else { 10 } + value) % 97)
    })
}

/// Luhn over the digits, letters as two digits.
fn isin(normal: &str) -> bool {
    if normal.len() != 12 || !normal.as_bytes()[..2].iter().all(u8::is_ascii_uppercase) {
        return false;
    }
    let expanded: String = normal.chars().filter_map(|c| c.to_digit(36)).map(|v| v.to_string()).collect();
    let sum: u32 = expanded
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let doubled = u32::from(b - b'0') * if i % 2 == 1 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

fn inn(normal: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let Some(d) = digits(normal) else { return false };
    let control = |upto: usize| {
        let weights = &WEIGHTS[WEIGHTS.len() - upto..];
        d[..upto].iter().zip(weights).map(|(a, b)| a * b).sum::<u32>() % 11 % 10
    };
    match d.len() {
        10 => control(9) == d[9],
        12 => control(10) == d[10] && control(11) == d[11],
        _ => false,
    }
}

fn ogrn(normal: &str) -> bool {
    let modulus = match normal.len() {
        13 => 11,
        15 => 13,
        _ => return false,
    };
    let (body, control) = normal.split_at(normal.len() - 1);
    match (body.parse::<u64>(), control.parse::<u64>()) {
        (Ok(body), Ok(control)) => body % modulus % 10 == control,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(kind: IdentifierKind, value: &str) -> (String, Check) {
        let id = Identifier::read(kind, value).unwrap();
        (id.normal, id.check)
    }

    // Valid numbers: IMO from OFAC's list; LEI of the GLEIF itself; IBAN from the ISO 13616 registry's example; ISIN of
    // Apple's share; INN and OGRN of Sberbank, from its own site.
    #[test]
    fn check_digits_are_computed() {
        use IdentifierKind::*;
        for (kind, good, bad) in [
            (Imo, "9187629", "9187628"),
            (Lei, "506700GE1G29325QX363", "506700GE1G29325QX364"),
            (Iban, "GB82WEST12345698765432", "GB82WEST12345698765431"),
            (Isin, "US0378331005", "US0378331006"),
            (Inn, "7707083893", "7707083894"),
            (Ogrn, "1027700132195", "1027700132196"),
            (Mmsi, "572469210", "57246921"),
            (Bic, "DEUTDEFF", "DEUT12FF"),
        ] {
            assert_eq!(read(kind, good).1, Check::Passed, "{kind:?} {good}");
            assert_eq!(read(kind, bad).1, Check::Failed, "{kind:?} {bad}");
        }
        assert_eq!(read(Passport, "A2-791188").1, Check::None);
        assert_eq!(
            (read(Imo, "5777731").1, read(Imo, "5777732").1),
            (Check::Passed, Check::Failed),
            "a company's number"
        );
    }

    #[test]
    fn ways_of_writing_one_number_have_one_normal_form() {
        use IdentifierKind::*;
        for (kind, a, b) in [
            (Passport, "A2-791188", "a2791188"),
            (Passport, "y28 308325", "Y28308325"),
            (Imo, "IMO 8318867", "8318867"),
            (Bic, "JTBK LBBE", "JTBKLBBEXXX"),
            (Tax, "900074434-5", "9000744345"),
            (Wallet, "0x7Db418b5D567A4e0E8c59Ad71BE1FcE48f3E6107", "0X7db418b5d567a4e0e8c59ad71be1fce48f3e6107"),
            (Passport, "ЕВ 123456", "YEV123456"),
            (Passport, "Passport No. A1234567", "A1234567"),
            (Passport, "№ A1234567 (Iran)", "a 123-45.67"),
            (Passport, "۱۲۳۴۵۶۷", "1234567"),
            (Passport, "٤٥٦٧٨٩١", "4567891"),
            (Imo, "IMO No. ۹۱۸۷۶۲۹", "9187629"),
            (Inn, "ИНН 7707083893", "7707083893"),
            (Ogrn, "ОГРН: 1027700132195", "1027700132195"),
            (Iban, "IBAN GB82 WEST 1234 5698 7654 32", "gb82west12345698765432"),
            (Bic, "SWIFT: DEUTDEFF", "deut de ff xxx"),
        ] {
            assert_eq!(read(kind, a).0, read(kind, b).0, "{a} {b}");
        }
        assert_ne!(read(Wallet, "1Kuf2Rd8mD").0, read(Wallet, "1kuf2rd8md").0, "Base58 is case-sensitive");
        assert_eq!(read(Passport, "NO-1234567").0, "NO1234567", "a number may begin with these letters");
        assert_eq!(read(National, "ID 12").0, "ID12", "too little would be left");
        for empty in ["", "-", "12", "000000", "№"] {
            assert_eq!(Identifier::read(Passport, empty), None, "{empty}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}", kind in 0usize..16) {
            if let Some(id) = Identifier::read(IdentifierKind::ALL[kind], &text) {
                prop_assert!(id.normal.bytes().all(|b| b.is_ascii_alphanumeric()));
                prop_assert!(id.normal.len() >= 3);
            }
        }
    }
}
