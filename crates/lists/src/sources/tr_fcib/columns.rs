//! The columns of MASAK's workbooks, which are called otherwise in each of them.
//!
//! In come headings, out come [`Column`]s: a heading is known by the words in it, without marks, case and blanks, in Turkish
//! spelling (`İ`, `ı`). Which article a workbook is about is told by the columns that only it has.

use mihenk_entities::Date;
use unicode_normalization::UnicodeNormalization;

use crate::{listing::one_line, sources::tr_fcib::Article};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// A running number.
    Sequence,
    /// The name of a person or of anybody.
    Name,
    /// The name of a legal person, where it has a column of its own.
    EntityName,
    /// Numbers of documents and registers.
    Numbers,
    /// Other names.
    Aliases,
    /// The name in its original script.
    OriginalName,
    /// A former name.
    FormerName,
    /// A function.
    Position,
    /// An address.
    Address,
    /// A nationality.
    Nationality,
    /// Further nationalities.
    OtherNationality,
    /// The kind of measure.
    Measure,
    /// The mother's name.
    Mother,
    /// The father's name.
    Father,
    /// A date of birth, or of founding.
    Born,
    /// A place of birth.
    BirthPlace,
    /// The organisation to which somebody is linked.
    Organisation,
    /// The form of an organisation.
    Structure,
    /// When it was listed.
    Listed,
    /// A decision.
    Decision,
    /// An issue of the Official Gazette.
    Gazette,
    /// Anything else.
    Information,
}

/// Words of a heading and what it holds, in the order in which they are tried: `TABİ OLDUĞU DİĞER UYRUKLAR` is no `UYRUĞU`.
const WORDS: [(&[&str], Column); 28] = [
    (&["sirano"], Column::Sequence),
    (&["tabioldugu"], Column::OtherNationality),
    (&["digerisim"], Column::Aliases),
    (&["digerism"], Column::Aliases),
    (&["pasaport"], Column::Numbers),
    (&["tckn"], Column::Numbers),
    (&["kimlikno"], Column::Numbers),
    (&["vkn"], Column::Numbers),
    (&["digerbilgiler"], Column::Information),
    (&["orijinal"], Column::OriginalName),
    (&["eskiadi"], Column::FormerName),
    (&["kurulusyapisi"], Column::Structure),
    (&["listeyealinma"], Column::Listed),
    (&["dogumtarihi"], Column::Born),
    (&["dogumyeri"], Column::BirthPlace),
    (&["anneadi"], Column::Mother),
    (&["babaadi"], Column::Father),
    (&["yaptirim"], Column::Measure),
    (&["gazete"], Column::Gazette),
    (&["karar"], Column::Decision),
    (&["orgut"], Column::Organisation),
    (&["gorevi"], Column::Position),
    (&["adres"], Column::Address),
    (&["uyru"], Column::Nationality),
    (&["gercek", "unvan"], Column::Name),
    (&["tuzel", "unvan"], Column::EntityName),
    (&["adi", "soyadi"], Column::Name),
    (&["ad", "soyad"], Column::Name),
];

/// The columns of a heading; none for one that is not known.
pub(super) fn columns_of(headings: &[String]) -> Vec<Option<Column>> {
    headings.iter().map(|heading| column(heading)).collect()
}

fn column(heading: &str) -> Option<Column> {
    let key = key(heading);
    let found = WORDS.iter().find(|(words, _)| words.iter().all(|word| key.contains(word)));
    found.map(|(_, column)| *column).filter(|_| !key.is_empty())
}

/// Letters without marks and case: `DOĞUM YERİ` is *dogumyeri*.
fn key(heading: &str) -> String {
    let plain = heading.nfkd().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(|c| if c == 'ı' { 'i' } else { c }).collect()
}

/// Whether a row is the heading of one of these workbooks.
pub(crate) fn is_header(fields: &[String]) -> bool {
    let columns = columns_of(fields);
    let has = |column| columns.contains(&Some(column));
    let named = has(Column::Name) || has(Column::EntityName);
    // Titles above the heading are one cell, or one text in all cells.
    named && has(Column::Aliases) && has(Column::Nationality) && has(Column::Numbers)
}

/// The article that a workbook with these columns is about, if only one has them.
pub(super) fn article(columns: &[Option<Column>]) -> Option<Article> {
    let has = |column| columns.contains(&Some(column));
    if has(Column::OriginalName) {
        return Some(Article::Five);
    }
    match (has(Column::Measure), has(Column::OtherNationality), has(Column::Organisation)) {
        (false, _, _) if has(Column::Listed) => Some(Article::Proliferation),
        (true, true, true) => Some(Article::Seven),
        (true, true, false) => Some(Article::Six),
        _ => None,
    }
}

/// The first date in a text such as `24.12.2013-28861`, `24 Mart 2007 (17 Aralık 2014 de …)` or `2013-12-24`, in ISO form.
pub(super) fn date_in(text: &str) -> Option<String> {
    let text = one_line(text);
    let words: Vec<&str> = text.split(' ').collect();
    let starts = (1..=3.min(words.len())).rev().map(|count| words[..count].join(" "));
    let day = |text: &str| {
        Date::parse(text.trim_end_matches([',', '.', '-', '/'])).ok().filter(|date| date.exact_day().is_some())
    };
    let whole = starts.filter_map(|start| day(&start)).next();
    // The number of the issue may stand right behind the day.
    let cut = || text.get(..10).and_then(day);
    whole.or_else(cut).map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(headings: &[&str]) -> Vec<Option<Column>> {
        columns_of(&headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn headings_are_known_by_their_words() {
        use Column::*;
        for (heading, expected) in [
            ("SIRA NO", Sequence),
            ("Sıra No", Sequence),
            ("GERÇEK/TÜZEL KİŞİ/KURULUŞ/ORGANİZASYON ADI SOYADI ÜNVANI", Name),
            ("ADI SOYADI-ÜNVANI", Name),
            ("AD-SOYAD/ÜNVANI", Name),
            ("Tüzel Kuruluş/Organizasyon Ünvanı", EntityName),
            ("TCKN/VKN/YKN/\nGKN/PASAPORT/ULUSAL  KİMLİK  NO", Numbers),
            ("Pasaport No/ Diğer Muhtelif  Bilgiler", Numbers),
            ("KULLANDIĞI BİLİNEN DİĞER İSİMLERİ", Aliases),
            ("Kullandığı Bilinen Diğer İsmler", Aliases),
            ("Adının Orijinal Dilde Yazımı", OriginalName),
            ("ESKİ ADI", FormerName),
            ("UYRUĞU", Nationality),
            ("TABİ OLDUĞU DİĞER UYRUKLAR", OtherNationality),
            ("DOĞUM TARİHİ/KURULUŞ", Born),
            ("BAĞLANTILI OLDUĞU ÖRGÜT", Organisation),
            ("R.GAZETE TARİH SAYI", Gazette),
            ("BKK-CBK KARAR TARİH VE SAYISI", Decision),
            ("LİSTEYE ALINMA TARİHİ", Listed),
            ("DİĞER BİLGİLER", Information),
        ] {
            assert_eq!(of(&[heading]), [Some(expected)], "{heading}");
        }
        assert_eq!(of(&["", "RENK"]), [None, None]);
    }

    #[test]
    fn the_first_day_of_a_text_is_found() {
        for (text, expected) in [
            ("24.12.2013-28861", Some("2013-12-24")),
            ("24 Mart 2007 (17 Aralık 2014 de gözden geçirilmiştir.)", Some("2007-03-24")),
            ("2013-12-24", Some("2013-12-24")),
            ("28861 sayılı", None),
            ("2013", None),
            ("", None),
        ] {
            assert_eq!(date_in(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "\\PC{0,30}|[0-9. -]{0,14}") {
            let _ = date_in(&text);
            let _ = column(&text);
        }
    }
}
