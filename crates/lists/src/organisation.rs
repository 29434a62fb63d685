//! Names of organisations: is it a company, and does the name carry its own abbreviation?
//!
//! In comes a name; out comes whether its words contain a legal form that only a company has (*LLC*, *S.A. DE C.V.*,
//! *SDN BHD*), which sources often do not say otherwise, and the two names in `BUTEMBO AIRLINES (BAL)`: what is in
//! brackets at the end counts as an abbreviation only if its letters run through the name in order, so *(PAKISTAN)*,
//! *(NGO)* and *(UK)* stay part of the name. Forms: ISO 20275 (Entity Legal Forms) and the names on the UN and OFAC
//! lists.

/// Forms that no other word is likely to be; they count anywhere in a name.
const FORMS_ANYWHERE: [&str; 55] = [
    "LTD",
    "LIMITED",
    "LLC",
    "INC",
    "INCORPORATED",
    "CORP",
    "CORPORATION",
    "COMPANY",
    "GMBH",
    "PLC",
    "JSC",
    "OJSC",
    "PJSC",
    "CJSC",
    "OOO",
    "OAO",
    "ZAO",
    "PAO",
    "LTDA",
    "LIMITADA",
    "SARL",
    "SRL",
    "SAL",
    "FZE",
    "FZCO",
    "FZC",
    "FZ-LLC",
    "DMCC",
    "PTE",
    "PTY",
    "PVT",
    "BHD",
    "DOO",
    "DD",
    "OOD",
    "EOOD",
    "EAD",
    "KFT",
    "SADECV",
    "SDERLDECV",
    "SPRDERL",
    "EIRL",
    "UNIPERSONAL",
    "SPA",
    "LLP",
    "SPZOO",
    "COMPAGNIE",
    "TOV",
    // Turkish, with the capital of i as it is written and as other languages write it.
    "LİMİTED",
    "ANONİM",
    "ANONIM",
    "ŞİRKETİ",
    "ŞIRKETI",
    "ŞTİ",
    "ŞTI",
];

/// Forms that are short enough to be something else; they count as the last word only.
const FORMS_AT_END: [&str; 25] = [
    "CO", "SA", "AG", "BV", "NV", "AS", "AB", "OY", "AD", "SE", "SAS", "SL", "CA", "CIA", "SC", "SCS", "SNC", "KG",
    "CC", "EU", "LDA", "SPC", "LP", "EST", "AŞ",
];

/// Whether the name says that it is a company.
pub(crate) fn is_company(name: &str) -> bool {
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/' | '"'))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || *c == '-').flat_map(char::to_uppercase).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    let anywhere = |word: &str| FORMS_ANYWHERE.contains(&word);
    let runs = (1..=5).flat_map(|length| words.windows(length)).any(|run| anywhere(&run.concat()));
    runs || words.last().is_some_and(|last| words.len() > 1 && FORMS_AT_END.contains(&last.as_str()))
}

/// The name without the abbreviation at its end, and the abbreviation.
pub(crate) fn split_abbreviation(name: &str) -> Option<(&str, &str)> {
    let (full, rest) = name.trim().rsplit_once('(')?;
    let abbreviation = rest.strip_suffix(')')?.trim();
    let full = full.trim();
    let plain = |c: char| c.is_ascii_alphabetic() || c == '-';
    let capitals = abbreviation.chars().filter(char::is_ascii_uppercase).count();
    if full.is_empty() || !(2..=12).contains(&abbreviation.len()) || capitals < 2 || !abbreviation.chars().all(plain) {
        return None;
    }
    runs_through(abbreviation, full).then_some((full, abbreviation))
}

/// Whether the letters occur in the name in that order, the first of them where a word of the name begins.
fn runs_through(abbreviation: &str, name: &str) -> bool {
    let upper =
        |text: &str| text.chars().flat_map(char::to_uppercase).filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
    let letters = upper(abbreviation);
    let name = name.strip_prefix("THE ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let name = upper(name);
    let mut rest = name.iter();
    letters.first() == name.first() && letters.iter().all(|letter| rest.any(|c| c == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_say_so() {
        for company in [
            "LOGARCHEO S.A.",
            "HARA COMPANY",
            "PETROIRAN DEVELOPMENT COMPANY (PEDCO) LIMITED",
            "DISTRIBUIDORA X, S.A. DE C.V.",
            "KINGS ROMANS INTERNATIONAL (HK) CO., LIMITED",
            "JOZA INDUSTRIAL CO.",
            "ELEKTRA D.O.O.",
            "WEE TIONG (S) PTE LTD",
            "ASIA ENERGY GENERAL TRADING (LLC)",
            "ÖRNEK DENİZCİLİK SAN. VE TİC. LTD. ŞTİ.",
            "ÖRNEK DENİZCİLİK A.Ş.",
            "Örnek Denizcilik Limited Şirketi",
        ] {
            assert!(is_company(company), "{company}");
        }
        for other in ["AL-QAIDA", "ABU SAYYAF GROUP", "MINISTRY OF NATIONAL DEFENCE", "OFFICE 39", "SA", "CUBA", ""] {
            assert!(!is_company(other), "{other}");
        }
    }

    #[test]
    fn an_abbreviation_runs_through_its_name() {
        assert_eq!(split_abbreviation("BUTEMBO AIRLINES (BAL)"), Some(("BUTEMBO AIRLINES", "BAL")));
        assert_eq!(
            split_abbreviation("The Union of Examples (UoE)"),
            Some(("The Union of Examples", "UoE")),
            "the article does not count"
        );
        assert_eq!(split_abbreviation("JUND AL-KHILAFAH IN ALGERIA (JAK-A)").map(|(_, a)| a), Some("JAK-A"));
        for name in [
            "AL-HARAMAIN FOUNDATION (PAKISTAN)",
            "TOUS POUR LA PAIX ET LE DEVELOPPEMENT (NGO)",
            "BRIGADE OF EXAMPLES (martyrs)",
            "INDUSTRIAL FACTORIES (IFP) MACHINERY",
            "SECOND ACADEMY (KPE.018)",
            "(ABC)",
            "RUNNING BROOK, LLC (USA)",
        ] {
            assert_eq!(split_abbreviation(name), None, "{name}");
        }
    }
}
