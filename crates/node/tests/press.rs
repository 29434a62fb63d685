//! Press texts against the real lists of the UN and of OFAC, where a copy lies beside the workspace; else that is said.
//!
//! The texts are written for this test, but for the report of the issue. Beside the listed stand officials, ministries, banks
//! and organisations that are on no list. A mention is given by its words and the entities it means.

use std::{collections::BTreeSet, fs, path::Path};

use mihenk_lists::read_files;
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, build::build},
    model::Model,
    scan::{Text, scan},
    screener::{Options, Screener},
};

/// Texts with what they name: words and id.
const TEXTS: [(&str, &[(&str, &str)]); 5] = [
    (
        "ANKARA (AA) - The secretary of Iran's Supreme National Security Council, Ali Shamkhani, held talks with the Turkish \
         Interior Minister Suleyman Soylu on Thursday. The Ministry of Interior and the Foreign Ministry sent deputies. \
         Shamkhani's visit ended with a dinner hosted by President Recep Tayyip Erdogan. Both sides promised to fight ISIL and \
         the PKK. Hossein Amir Abdollahian and Hakan Fidan did not attend. The World Bank said that the economy grew.",
        &[("Ali Shamkhani", "ofac-28315"), ("Shamkhani", "ofac-28315"), ("ISIL", "ofac-8759"), ("PKK", "ofac-4702")],
    ),
    (
        "LONDON, May 5 (PA) — Prime Minister Rishi Sunak opened the Security Conference in London on Monday. The State \
         Department, the Bank of England and the European Commission took part. James Cleverly, Antony Blinken, Annalena \
         Baerbock and Catherine Colonna spoke. The Defence Ministry asked for more officers. The Red Cross, Oxfam and Save the \
         Children warned of hunger in Somalia, South Sudan and Yemen.",
        &[],
    ),
    (
        "25 Temmuz 2017 Salı\n\nİçişleri Bakanlığı'nın açıklamasına göre PKK'nın Kandil'deki kampları hedef alındı. Murat \
         Karayılan'ın yeri bilinmiyor. Merkez Bankası, Dışişleri Bakanlığı ve Meclis Başkanı toplantıya katıldı.",
        &[("PKK", "ofac-4702"), ("Murat Karayılan", "ofac-11600")],
    ),
    (
        "علی شمخانی دبیر شورای عالی امنیت ملی روز سه‌شنبه در تهران با وزیر کشور ترکیه دیدار کرد. رئیس بانک مرکزی و سخنگوی وزارت \
         کشور نیز در این نشست حضور داشتند. شمخانی افزود مبارزه با مواد مخدر ادامه دارد.",
        &[("علی شمخانی", "ofac-28315"), ("شمخانی", "ofac-28315")],
    ),
    (
        "Секретарь Высшего совета национальной безопасности Али Шамхани прибыл в Москву. Министр иностранных дел, представители \
         Центрального банка и Министерства внутренних дел обсудили борьбу с терроризмом. Шамхани назвал переговоры полезными.",
        &[("Али Шамхани", "ofac-28315"), ("Шамхани", "ofac-28315")],
    ),
];

#[test]
fn the_listed_are_found_in_press_texts_and_nobody_else() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let files =
        ["un_consolidated.xml", "ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv"].map(|f| data.join("lists").join(f));
    let report = data.join("press_report_2017-07-25.txt");
    if let Some(missing) = files.iter().chain([&report]).find(|path| !path.exists()) {
        eprintln!("not tested on the real lists: {} is not there", missing.display());
        return;
    }
    let entities: Vec<_> = read_files(&files).unwrap().into_iter().flat_map(|reading| reading.entities).collect();
    let model = Model::built_in();
    let index = Index::from_bytes(&build(&entities, &model, [0; 32])).unwrap();
    let screener = Screener { index: &index, model: &model };
    let mut scratch = Scratch::default();
    let mut found = |source: &str| -> BTreeSet<(String, String)> {
        let text = Text::of(source);
        let mentions = scan(&screener, &text, &Options::default(), &mut scratch).mentions;
        mentions.iter().map(|m| (source[m.start..m.end].to_owned(), index.entity(m.entity).id().to_owned())).collect()
    };
    let set = |expected: &[(&str, &str)]| expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    for (text, expected) in TEXTS {
        assert_eq!(found(text), set(expected), "in {text}");
    }
    let named = [("ISIL", "ofac-8759"), ("Ali Shamkhani", "ofac-28315"), ("Shamkhani", "ofac-28315")];
    assert_eq!(found(&fs::read_to_string(report).unwrap()), set(&named), "in the report of the issue");
}
