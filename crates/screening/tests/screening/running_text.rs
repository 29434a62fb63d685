//! Prose in several languages, written for these tests: who of the starter list is named, and that nobody else is.
//!
//! A mention is given by the words it stands on and the entity it means. Officials, states, organisations, days and places
//! that are on no list stand beside the listed, because that is where false hits come from.

use mihenk_screening::{
    candidates::Scratch,
    scan::{Text, scan},
    screener::{Options, Screener},
};

use crate::given::{LISTED, MODEL};

/// The words of each mention with the id of the entity, in the order of the text.
fn mentions(source: &str) -> Vec<(String, String)> {
    let text = Text::of(source);
    let screener = Screener { index: &LISTED, model: &MODEL };
    let found = scan(&screener, &text, &Options::default(), &mut Scratch::default());
    let all = found.mentions.iter();
    all.map(|m| (source[m.start..m.end].to_owned(), LISTED.entity(m.entity).id().replace("starter-", ""))).collect()
}

fn names(source: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(mentions(source), expected, "in {source}");
}

#[test]
fn english() {
    names(
        "The secretary of the Supreme National Security Council, Ali Shamkhani, met the Interior Minister of Turkey on Tuesday. \
         The Central Bank and the Ministry of Interior sent their deputies. Shamkhani's talks with Hakan Demir, who leads the \
         National Police, turned to the PKK's camps and to ISIL. A day later Reza Shamkhani of Tehran University said he was no \
         relative.",
        &[("Ali Shamkhani", "ali-shamkhani"), ("Shamkhani", "ali-shamkhani"), ("PKK", "pkk"), ("ISIL", "isil")],
    );
    names(
        "Mokhtar Belmokhtar's fighters left Gao on Friday. Residents said that Belmokhtar’s men had taken the road to the north, \
         and that the Governor of Gao, Ibrahim Keita, had asked the United Nations for help.",
        &[("Mokhtar Belmokhtar", "mokhtar-belmokhtar"), ("Belmokhtar", "mokhtar-belmokhtar")],
    );
    names(
        "Prime Minister Karim Haddad opened the Security Conference in Geneva on Monday. The European Commission, the World Bank \
         and the Foreign Ministry of Norway took part; the State Department did not. General Anna Petrova spoke of peace.",
        &[],
    );
}

#[test]
fn turkish() {
    names(
        "İçişleri Bakanlığı'nın açıklamasına göre PKK'nın Kandil'deki kampları hedef alındı. Bakan Mehmet Yılmaz, IŞİD'e karşı \
         mücadelenin süreceğini söyledi. Merkez Bankası ve Dışişleri Bakanlığı toplantıya katıldı.",
        &[("PKK", "pkk"), ("IŞİD", "isil")],
    );
}

#[test]
fn persian() {
    names(
        "علی شمخانی روز سه‌شنبه در تهران با وزیر کشور ترکیه دیدار کرد. رئیس بانک مرکزی و شورای عالی امنیت ملی نیز در این نشست \
         حضور داشتند. سخنگوی وزارت خارجه گفت داعش دشمن هر دو کشور است.",
        &[("علی شمخانی", "ali-shamkhani"), ("داعش", "isil")],
    );
}

#[test]
fn arabic() {
    names(
        "التقى الوزير وعلي شمخاني في طهران يوم الثلاثاء، وأكد الطرفان محاربة الإرهاب. وقال المتحدث باسم وزارة الداخلية إن عناصر \
         لداعش فروا إلى الشمال.",
        &[("علي شمخاني", "ali-shamkhani"), ("داعش", "isil")],
    );
}

#[test]
fn russian() {
    names(
        "Секретарь Совета безопасности Али Шамхани прибыл в Москву во вторник. Министр внутренних дел и представители \
         Центрального банка обсудили борьбу с ИГИЛ. Шамхани назвал переговоры полезными.",
        &[("Али Шамхани", "ali-shamkhani"), ("ИГИЛ", "isil"), ("Шамхани", "ali-shamkhani")],
    );
}

#[test]
fn turkish_endings_hide_no_name() {
    for apostrophe in ["'", "’", "‘", "ʼ", "`", "´", "′", "＇"] {
        names(
            &format!(
                "Bakan dün Ali Şamhani{apostrophe}nin sözlerini ve IŞİD{apostrophe}in açıklamasını değerlendirdi."
            ),
            &[("Ali Şamhani", "ali-shamkhani"), ("IŞİD", "isil")],
        );
    }
    names(
        "PKK'lıların ve IŞİD'dekilerin izi sürülüyor; Murat Karayılan'dandı o sözler, Karayılan'ınkiler değil.",
        &[("PKK", "pkk"), ("IŞİD", "isil"), ("Murat Karayılan", "murat-karayilan"), ("Karayılan", "murat-karayilan")],
    );
    names("Türkiye'nin, İran'ın ve Ankara'dakilerin görüşü; Mehmet Yılmaz'ınki ve Ayşe'ninkiler başka.", &[]);
}

#[test]
fn persian_half_spaces_and_ezafe_hide_no_name() {
    names("داعش\u{200C}ها و نیروهای داعش\u{200C}ی شمال عقب نشستند.", &[("داعش", "isil"), ("داعش", "isil")]);
    names("دیدار علیِ شمخانی با وزیر کشور برگزار شد.", &[("علیِ شمخانی", "ali-shamkhani")]);
    names("دیدار علی\u{200C}شمخانی با وزیر کشور برگزار شد.", &[("علی\u{200C}شمخانی", "ali-shamkhani")]);
    names("رهبرِ تنظیمِ القاعدهٔ منطقه کشته شد.", &[("تنظیمِ القاعدهٔ", "al-qaida")]);
    names(
        "کتاب\u{200C}ها و خانه\u{200C}های شمال، می\u{200C}روند و نمی\u{200C}آیند؛ علی\u{200C}آباد و حسن\u{200C}آباد دورند.",
        &[],
    );
}

#[test]
fn arabic_clitics_hide_no_name() {
    for clitic in ["و", "ف", "ب", "ل", "ك", "وب", "ول", "فل", "وك"] {
        names(&format!("وقال المتحدث أمس {clitic}داعش كلاما كثيرا عن الأمر."), &[("داعش", "isil")]);
    }
    names("التقى الوزير أمس وبعلي شمخاني أيضا.", &[("علي شمخاني", "ali-shamkhani")]);
    names("هجوم لحزب الله وللطالبان في الشمال.", &[("حزب الله", "hizballah"), ("طالبان", "taliban")]);
    names("قال إن داعش كلها انسحبت.", &[("داعش", "isil")]);
    names("اتهم فأيمن الظواهري لم يجب.", &[("أيمن الظواهري", "ayman-al-zawahiri")]);
}

#[test]
fn words_that_begin_like_a_clitic_are_no_names() {
    // Birth, book, castle, coffee, father, key, pigeon, month, friend, water buffalo; people and places that are on no list.
    names(
        "كتب الوالد وليد كتابا عن قلعة بغداد وعن فلسطين ولبنان وكوريا وبلجيكا، وشرب قهوة مع بلال وفؤاد وكمال ولطيفة في بيروت،          ثم وجد مفتاحا وفلفلا وبطيخا وكعكا ولوزا.",
        &[],
    );
    names("وصل بوتين إلى بكين والتقى كيم ولولا، ثم غادر وفد وزارة الخارجية إلى فيينا.", &[]);
    names("הילדה הלכה לבית הספר במושב, ושם פגשה מורה ושכנה לפני שבת.", &[]);
}

#[test]
fn hebrew_prefixes_hide_no_name() {
    names(
        "דובר הצבא אמר כי חמאס ירה, ולחמאס אין תגובה; בחיזבאללה מכחישים.",
        &[("חמאס", "hamas"), ("חמאס", "hamas"), ("חיזבאללה", "hizballah")],
    );
}

#[test]
fn what_stands_over_two_lines_or_in_capitals_is_found() {
    names(
        "Officials in both capitals said that the visit of Ali\nShamkhani had been prepared for months by\nboth of the ministries.",
        &[("Ali\nShamkhani", "ali-shamkhani")],
    );
    names("TALKS BETWEEN ALI SHAMKHANI AND THE MINISTER OF THE INTERIOR END", &[("ALI SHAMKHANI", "ali-shamkhani")]);
    names("talks between ali shamkhani and the minister of the interior end", &[("ali shamkhani", "ali-shamkhani")]);
    names(
        "<p>Talks with <b>Ali</b> <a href='/x'>Shamkh&#97;ni</a>!</p>",
        &[("Ali</b> <a href='/x'>Shamkh&#97;ni", "ali-shamkhani")],
    );
    names("<table><tr><td>Ali</td><td>Shamkhani</td></tr></table>", &[]);
    names("<img alt='Ali Shamkhani'><!-- Ali Shamkhani --><script>'Ali Shamkhani'</script><p>Nobody.</p>", &[]);
    names("Ali Shamkhani and Ali Salehi spoke; Ali Akbar did not.", &[("Ali Shamkhani", "ali-shamkhani")]);
}

#[test]
fn apostrophes_that_belong_to_a_name_stay() {
    names("They spoke of Al Qa'ida and of Da'esh in the valley.", &[("Qa'ida", "al-qaida"), ("Da'esh", "isil")]);
}

#[test]
fn a_text_that_names_nobody_has_no_mention() {
    for text in [include_str!("../../../../LICENSE-APACHE"), include_str!("../../../../LICENSE-MIT")] {
        let found = mentions(text);
        assert!(found.is_empty(), "{found:?}");
    }
}
