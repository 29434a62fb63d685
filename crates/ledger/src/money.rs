//! Money: an amount in the smallest unit of a currency.
//!
//! In comes text such as `1250.00 EUR`; out comes an [`Amount`] of whole minor units, or what is wrong with it: no such currency, more
//! decimals than the currency has. The currencies are ISO 4217's, in `data/currencies.txt`. Nothing is ever rounded, and amounts
//! of different currencies are never added.

use std::{fmt, str::FromStr, sync::LazyLock};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{error::LedgerError, refusals};

const TABLE: &str = include_str!("../../../data/currencies.txt");

/// A currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Currency {
    code: &'static str,
    decimals: usize,
}

/// All of them, by code; a line that is no row is left out, and a test reads each.
static CURRENCIES: LazyLock<Vec<Currency>> = LazyLock::new(|| TABLE.lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<Currency> {
    let mut cells = line.splitn(3, '|').map(str::trim);
    let (code, decimals) = (cells.next()?, cells.next()?);
    (!code.starts_with('#')).then_some(Currency { code, decimals: decimals.parse().ok()? })
}

impl Currency {
    /// Its code, such as `EUR`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// How many decimals an amount has.
    #[must_use]
    pub fn decimals(self) -> usize {
        self.decimals
    }

    /// So many minor units with a decimal point and the code, such as `1250.00 EUR`.
    #[must_use]
    pub fn written(self, minor: i128) -> String {
        let sign = if minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", minor.unsigned_abs(), width = self.decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - self.decimals);
        let point = if part.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{part} {}", self.code)
    }
}

impl FromStr for Currency {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Currency, LedgerError> {
        let found = CURRENCIES.iter().find(|currency| currency.code.eq_ignore_ascii_case(text.trim()));
        found.copied().ok_or_else(|| refusals::not_a_currency(text))
    }
}

/// Not derived: the derived one would borrow the code from what is read.
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Currency, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code.to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// An amount that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Amount {
    amount_minor: i64,
    currency: Currency,
}

/// An amount as an event holds it, before it is checked.
#[derive(Deserialize)]
struct Raw {
    amount_minor: i64,
    currency: Currency,
}

impl TryFrom<Raw> for Amount {
    type Error = LedgerError;

    fn try_from(raw: Raw) -> Result<Amount, LedgerError> {
        Amount::new(raw.amount_minor, raw.currency)
    }
}

impl Amount {
    /// So many minor units.
    ///
    /// # Errors
    /// When it is negative.
    pub fn new(amount_minor: i64, currency: Currency) -> Result<Amount, LedgerError> {
        if amount_minor < 0 {
            let told = currency.written(i128::from(amount_minor));
            return Err(refusals::amount_negative(told));
        }
        Ok(Amount { amount_minor, currency })
    }

    /// In minor units.
    #[must_use]
    pub fn minor(self) -> i64 {
        self.amount_minor
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }
}

impl FromStr for Amount {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Amount, LedgerError> {
        let (one, other) =
            text.trim().split_once(char::is_whitespace).ok_or_else(|| refusals::amount_needs_both(text))?;
        let other = other.trim();
        let is_code_first = one.starts_with(|c: char| c.is_ascii_alphabetic());
        let (number, code) = if is_code_first { (other, one) } else { (one, other) };
        let currency: Currency = code.parse()?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let is_number = !whole.is_empty() && [whole, part].iter().all(|s| s.bytes().all(|b| b.is_ascii_digit()));
        if !is_number || number.ends_with('.') {
            return Err(refusals::amount_digits(text));
        }
        if part.len() > currency.decimals {
            return Err(refusals::amount_decimals(text, part.len(), currency, currency.decimals));
        }
        let digits = format!("{whole}{part:0<width$}", width = currency.decimals);
        let minor = digits.parse().map_err(|_| refusals::amount_too_large(text))?;
        Amount::new(minor, currency)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.currency.written(i128::from(self.amount_minor)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_currency_or_a_comment() {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(CURRENCIES.len(), lines.len());
        assert!(CURRENCIES.windows(2).all(|pair| pair[0].code < pair[1].code), "sorted, and each once");
        assert!(CURRENCIES.iter().all(|c| c.code.len() == 3 && c.decimals <= 3));
    }

    #[test]
    fn an_amount_is_counted_in_the_smallest_unit_of_its_currency() {
        for (text, minor, written) in [
            ("1250.00 EUR", 125_000, "1250.00 EUR"),
            ("1250 EUR", 125_000, "1250.00 EUR"),
            ("0.5 TRY", 50, "0.50 TRY"),
            ("JPY 900", 900, "900 JPY"),
            ("1.234 KWD", 1_234, "1.234 KWD"),
            ("irr 7", 700, "7.00 IRR"),
        ] {
            let amount: Amount = text.parse().unwrap();
            assert_eq!((amount.minor(), amount.to_string().as_str()), (minor, written), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_what_is_wrong() {
        for (text, why) in [
            ("1.005 EUR", "EUR has 2"),
            ("1.5 JPY", "JPY has 0"),
            ("10 EUX", "no currency"),
            ("10 XAU", "no currency"),
            ("10", "needs both"),
            ("-10 EUR", "no sign"),
            ("1,250.00 EUR", "no mark for thousands"),
            ("1. EUR", "digits"),
            (".5 EUR", "digits"),
            ("99999999999999999999 EUR", "larger"),
        ] {
            let error = text.parse::<Amount>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(minor in 0..=i64::MAX, at in 0..150_usize) {
            let amount = Amount::new(minor, CURRENCIES[at]).unwrap();
            prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
        }

        #[test]
        fn no_text_is_a_panic(text in ".*") {
            let _ = text.parse::<Amount>();
        }
    }
}
