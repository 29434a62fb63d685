//! Notice to whoever holds a frozen asset: the letter, and the record that it was given.
//!
//! In come a freeze, its regime and a holder; out comes a [`Letter`] as plain text or as HTML, with the assets at that holder and what the
//! freeze rests on. A statement of law that was not verified is marked so in the letter too.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{Freeze, line};
use crate::{day::Day, error::LedgerError, language::Language, refusals, regimes::Regime};

/// How a letter looks: lines of a length that is read with ease, black on white on paper, and as the reader's screen likes it.
const STYLE: &str = ":root{color-scheme:light dark}body{font:1.0625rem/1.6 Georgia,'Noto Serif',serif;max-width:38rem;margin:2.5rem auto;padding:0 1rem}\
h1{font-size:1.3rem;line-height:1.3;margin:2rem 0 1.5rem}dl{margin:1rem 0;padding-inline-start:1rem;border-inline-start:3px solid}\
dt{font-weight:bold;margin-top:.6rem}dd{margin:0}p,dd,h1{unicode-bidi:plaintext;overflow-wrap:anywhere}@page{margin:22mm 25mm}@media print{body{font-size:10.5pt;line-height:1.45;margin:0;padding:0;max-width:none}h1{margin:1.2rem 0 1rem}p{margin:.75em 0;orphans:3;widows:3}dt,dd{break-inside:avoid}}";

/// That whoever holds an asset was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Who holds the asset.
    pub holder: String,
    /// To whom there.
    pub to: String,
    /// How: letter, e-mail, messenger.
    pub how: String,
    /// On which day.
    pub on: Day,
}

impl Notice {
    pub(super) fn checked(self, freeze: &Freeze, today: Day) -> Result<Notice, LedgerError> {
        let holders = freeze.terms.holders();
        if !holders.contains(&self.holder.as_str()) {
            return Err(refusals::holds_nothing(&self.holder, &freeze.id, holders.join(", ")));
        }
        if self.on > today {
            return Err(refusals::notice_ahead(self.on));
        }
        Ok(Notice { to: line(&self.to, "whom the notice went to")?, how: line(&self.how, "how it went")?, ..self })
    }
}

/// A letter: a heading, then paragraphs, then lists of names and values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// Paragraphs and lists in their order.
    pub parts: Vec<Part>,
    /// In which language it is written.
    #[serde(skip)]
    pub language: Language,
}

/// A part of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// Names and values.
    Pairs(Vec<(String, String)>),
}

/// The letter to a holder, on this day.
///
/// # Errors
/// When nobody by that name holds an asset of it.
pub fn letter(freeze: &Freeze, regime: &Regime, holder: &str, today: Day) -> Result<Letter, LedgerError> {
    let terms = &freeze.terms;
    let mut assets = Vec::new();
    for asset in terms.restrained().filter(|asset| asset.holder == holder) {
        let value = asset.value.map_or_else(|| "value not known".to_owned(), |value| value.to_string());
        assets.push((format!("{} {}", asset.kind.as_str(), asset.identifier), value));
    }
    if assets.is_empty() {
        let holders = terms.holders().join(", ");
        return Err(refusals::holds_nothing(holder, &freeze.id, holders));
    }
    let law = regime.sources.iter().map(|source| {
        let mark = if source.verified { "" } else { " [this text was not verified]" };
        (format!("{} {}", source.document, source.paragraph).trim().to_owned(), format!("{}{mark}", source.says))
    });
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Ok(Letter {
        to: holder.to_owned(),
        subject: format!("Restraint of assets: {}", freeze.id),
        parts: vec![
            Part::Text(format!("Date: {today}")),
            Part::Text(match freeze.state {
                super::State::Held => "The assets below, which you hold, are held provisionally; a second person has still to confirm it.",
                _ => "The assets below, which you hold, are frozen.",
            }.to_owned()),
            Part::Pairs(assets),
            Part::Pairs(vec![
                pair("Basis", &regime.title),
                pair("Authority", &terms.authority),
                pair("Reference", &terms.reference),
                pair("Scope", &terms.scope),
                pair("In effect since", &terms.start.to_string()),
                pair("Reviewed by", &terms.review.to_string()),
            ]),
            Part::Pairs(law.collect()),
            Part::Text("Please confirm in writing that the restraint is in effect, and since when, with the balance or state of each asset at that moment.".to_owned()),
            Part::Text(format!("Please quote {} in your answer. A release will reach you in writing too; until then the restraint stands.", freeze.id)),
        ],
        language: Language::English,
    })
}

impl Letter {
    /// As plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}\n\n{}\n", self.to, self.subject);
        for part in &self.parts {
            out.push('\n');
            match part {
                Part::Text(text) => out.push_str(&format!("{text}\n")),
                Part::Pairs(pairs) => {
                    pairs.iter().for_each(|(name, value)| out.push_str(&format!("  {name}: {value}\n")));
                }
            }
        }
        out
    }

    /// As a page of HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"{2}\"{3}>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{0}</title>\n<style>{STYLE}</style>\n\
             <p>{1}</p>\n<h1>{0}</h1>\n",
            escaped(&self.subject),
            escaped(&self.to),
            self.language,
            if self.language.direction() == "rtl" { " dir=\"rtl\"" } else { "" }
        );
        for part in &self.parts {
            // Writing to a text cannot fail.
            let _ = match part {
                Part::Text(text) => writeln!(out, "<p>{}</p>", escaped(text)),
                Part::Pairs(pairs) => writeln!(out, "{}", list(pairs)),
            };
        }
        out + "</html>\n"
    }
}

fn list(pairs: &[(String, String)]) -> String {
    let items = pairs.iter().map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value)));
    format!("<dl>\n{}\n</dl>", items.collect::<Vec<_>>().join("\n"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
