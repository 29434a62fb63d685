//! What a column is, by its heading: the words of offices in English, Turkish, German, French, Spanish, Arabic, Persian and
//! Russian.
//!
//! In comes a heading as somebody wrote it, out comes its [`Meaning`]. Case, accents, blanks and punctuation make no difference. A
//! word that means several things in these languages (*No*, *Datum*, *Nom*) has one meaning here or none.

use mihenk_entities::Schema;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// What the row is called: a customer number.
    Id,
    /// Whether it is a person, a company, a ship.
    Kind,
    /// Values of a property.
    Property(&'static str),
}

/// What a column with that heading holds, if a word of these tables says so, or a name of FollowTheMoney.
fn meaning(heading: &str) -> Option<Meaning> {
    let plain = plain(heading);
    let in_list = |words: &str| words.split(' ').any(|word| word == plain);
    if plain.is_empty() {
        return None;
    }
    if in_list(IDS) {
        return Some(Meaning::Id);
    }
    if in_list(KINDS) {
        return Some(Meaning::Kind);
    }
    if let Some((property, _)) = PROPERTIES.iter().find(|(_, words)| in_list(words)) {
        return Some(Meaning::Property(property));
    }
    let own = Schema::all().find_map(|schema| schema.property(heading.trim()));
    own.map(|property| Meaning::Property(property.name))
}

/// What the columns of a table hold, by all of their headings: a *Name* beside a *Surname* is the first name, and beside a *Vorname*
/// the last one.
#[must_use]
pub fn meanings(headings: &[String]) -> Vec<Option<Meaning>> {
    let mut all: Vec<Option<Meaning>> = headings.iter().map(|heading| meaning(heading)).collect();
    let has = |property| all.contains(&Some(Meaning::Property(property)));
    let other = match (has("firstName"), has("lastName")) {
        (true, false) => "lastName",
        (false, true) => "firstName",
        _ => return all,
    };
    for (heading, meaning) in headings.iter().zip(&mut all) {
        if HALF_NAMES.split(' ').any(|word| word == plain(heading)) {
            *meaning = Some(Meaning::Property(other));
        }
    }
    all
}

/// The schema that a word of a column of kinds stands for.
#[must_use]
pub fn schema_word(text: &str) -> Option<&'static str> {
    if let Some(schema) = Schema::named(text.trim()) {
        return Some(schema.name());
    }
    let plain = plain(text);
    SCHEMATA.iter().find(|(_, words)| words.split(' ').any(|word| word == plain)).map(|(schema, _)| *schema)
}

/// Letters and digits in lower case, without accents.
fn plain(text: &str) -> String {
    text.chars().filter_map(letter).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(base).collect()
}

/// Letters that are two in lower case or that the eye cannot tell apart.
fn letter(c: char) -> Option<char> {
    match c {
        'İ' => Some('i'),
        // Marks of Arabic script, and the dot that a decomposed İ leaves.
        '\u{0307}' | '\u{064B}'..='\u{0652}' | 'ـ' => None,
        'ي' | 'ى' => Some('ی'),
        'ك' => Some('ک'),
        'ة' => Some('ه'),
        'أ' | 'إ' | 'آ' => Some('ا'),
        other => Some(other),
    }
}

/// A small letter without its accent.
fn base(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ğ' => 'g',
        'ı' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ó' | 'ô' | 'ö' => 'o',
        'ş' => 's',
        'ú' | 'û' | 'ü' | 'ù' => 'u',
        'ё' => 'е',
        other => other,
    }
}

/// Headings of a whole name, and beside one half of a name of the other half.
const HALF_NAMES: &str = "name ad adi isim nom nombre имя الاسم اسم نام";

const IDS: &str = "id customerid recordid key customernumber customerno clientid clientnumber clientno accountid recordno \
    musterino musterinumarasi musteriid kayitno kundennummer kundennr kundenid numeroclient numeroduclient idclient \
    numerodecliente numcliente codigocliente idcliente رقمالعمیل رقمالزبون شمارهمشتری کدمشتری номерклиента идентификатор";

const KINDS: &str = "schema type kind entitytype customertype clienttype partytype \
    tur turu tip musteritipi musterituru kisituru typ kundentyp art kundenart typeclient typedeclient tipo tipodecliente tipocliente \
    النوع نوعالعمیل نوع نوعمشتری тип типклиента видлица";

const PROPERTIES: &[(&str, &str)] = &[
    (
        "name",
        "name names fullname customername clientname accountname entityname companyname fullnameofcustomer \
         ad adi adsoyad adisoyadi adivesoyadi isim isimsoyisim unvan unvani musteriadi adsoyadunvan adiunvani ticariunvan \
         kundenname vollstandigername vornameundnachname vorundnachname firmenname firma \
         nomcomplet nometprenom nomprenom prenometnom nomduclient raisonsociale denomination \
         nombre nombrecompleto nombreyapellidos nombresyapellidos nombreyapellido razonsocial nombredelcliente \
         الاسم الاسمالکامل اسم اسمالعمیل الاسمکاملا اسمالشرکه \
         نام نامونامخانوادگی نامکامل ناممشتری نامشرکت \
         фио полноеимя наименование наименованиеклиента наименованиеорганизации фамилияимяотчество",
    ),
    (
        "alias",
        "alias aliases aka othername othernames alsoknownas digeradlari digeradi takmaad takmaadi aliasname \
         aliasnamen anderername anderenamen autresnoms autrenom otrosnombres otronombre الاسمالمستعار اسماءاخری نامدیگر ناممستعار \
         псевдоним другиеимена",
    ),
    (
        "previousName",
        "previousname formername oncekiadi eskiadi geburtsname fruhername anciennom nomdenaissance nombreanterior прежнееимя",
    ),
    (
        "firstName",
        "firstname givenname forename givennames firstnames isimler onad vorname vornamen prenom prenoms nombres primernombre \
         الاسمالاول نامکوچک имя",
    ),
    (
        "middleName",
        "middlename secondname ikinciad ikinciadi zweitername deuxiemeprenom segundonombre patronymic отчество",
    ),
    ("fatherName", "fathername fathersname babaadi vatersname nomdupere nombredelpadre اسمالاب نامپدر имяотца"),
    (
        "lastName",
        "lastname surname familyname soyad soyadi soyisim nachname familienname nomdefamille apellido apellidos \
         اسمالعائله اللقب نامخانوادگی фамилия",
    ),
    (
        "birthDate",
        "birthdate dateofbirth dob born birthday dogumtarihi dogum dtarihi geburtsdatum gebdatum geburtstag geboren \
         datedenaissance datenaissance neele fechadenacimiento fechanacimiento fnacimiento \
         تاریخالمیلاد تاریخمیلاد تاریختولد تولد датарождения др",
    ),
    (
        "birthPlace",
        "birthplace placeofbirth pob cityofbirth dogumyeri geburtsort lieudenaissance lugardenacimiento lugarnacimiento \
         مکانالمیلاد محلالمیلاد محلتولد месторождения",
    ),
    (
        "country",
        "country countries residence countryofresidence ulke ulkesi ikametulkesi land wohnsitzland wohnland pays paysderesidence \
         pais paisderesidencia البلد الدوله بلدالاقامه کشور کشورمحلاقامت страна странапроживания",
    ),
    (
        "nationality",
        "nationality citizenship nationalities uyruk uyrugu vatandaslik staatsangehorigkeit nationalitat staatsburgerschaft \
         nationalite nacionalidad الجنسیه جنسیه تابعیت ملیت гражданство национальность",
    ),
    ("gender", "gender sex cinsiyet cinsiyeti geschlecht sexe genre sexo genero الجنس جنس جنسیت пол"),
    (
        "address",
        "address adres adresi ikametadresi anschrift adresse direccion domicilio العنوان عنوان ادرس نشانی адрес адреспроживания",
    ),
    (
        "passportNumber",
        "passport passportnumber passportno pasaport pasaportno pasaportnumarasi reisepass reisepassnummer passnummer passnr \
         passeport numerodepasseport pasaporte numerodepasaporte رقمجوازالسفر جوازالسفر شمارهگذرنامه گذرنامه паспорт номерпаспорта",
    ),
    (
        "idNumber",
        "idnumber nationalid identitynumber nationalidnumber tckimlikno tckn tckimliknumarasi kimlikno kimliknumarasi \
         personalausweisnummer ausweisnummer ausweisnr numeroidentite carteidentite dni nie cedula numerodeidentidad \
         رقمالهویه الرقمالوطنی رقمالهویهالوطنیه کدملی شمارهملی удостоверениеличности снилс",
    ),
    (
        "taxNumber",
        "taxnumber taxid tin vat vatnumber vergino verginumarasi vkn vergikimlikno steuernummer steuerid ustidnr umsatzsteuerid \
         numerofiscal nif cif rfc الرقمالضریبی شمارهمالیاتی кпп",
    ),
    ("innCode", "inn инн"),
    ("ogrnCode", "ogrn огрн огрнип"),
    (
        "registrationNumber",
        "registrationnumber companynumber regno registrationno sicilno ticaretsicilno mersisno handelsregisternummer hrb \
         siren siret numerorcs numeroderegistro السجلالتجاری رقمالسجلالتجاری شمارهثبت регистрационныйномер",
    ),
    (
        "incorporationDate",
        "incorporationdate dateofincorporation founded kurulustarihi grundungsdatum datedecreation fechadeconstitucion تاریخالتاسیس تاریختاسیس датарегистрации",
    ),
    ("imoNumber", "imo imonumber imono imonumarasi imonummer numeroimo رقمالمنظمهالبحریه имо"),
    ("mmsi", "mmsi mmsinumber"),
    ("callSign", "callsign cagriisareti rufzeichen indicatifdappel позывной"),
    ("flag", "flag bayrak bayragi flagge pavillon bandera پرچم флаг"),
    ("leiCode", "lei leicode leinumber"),
    ("swiftBic", "bic swift swiftbic swiftcode bicswift swiftkodu"),
    ("iban", "iban ibanno ibannumarasi"),
    ("publicKey", "wallet walletaddress publickey cuzdan cuzdanadresi"),
    (
        "phone",
        "phone telephone mobile phonenumber telefon telefonnummer cep ceptelefonu gsm telefono الهاتف رقمالهاتف تلفن телефон",
    ),
    (
        "email",
        "email emailaddress mail eposta epostaadresi emailadresse correo correoelectronico courriel البریدالالکترونی ایمیل электроннаяпочта",
    ),
    ("website", "website web webseite sitioweb siteweb internetsitesi сайт"),
    (
        "position",
        "position jobtitle function gorev gorevi meslek meslegi funktion fonction poste cargo puesto المنصب الوظیفه سمت должность",
    ),
    (
        "notes",
        "notes remarks comment comments aciklama not notlar bemerkung bemerkungen remarques commentaire observaciones notas ملاحظات توضیحات примечание комментарий",
    ),
    ("title", "title honorific anrede civilite tratamiento обращение"),
];

const SCHEMATA: &[(&str, &str)] = &[
    (
        "Person",
        "person individual naturalperson p human gercekkisi bireysel kisi sahis naturlicheperson privatperson privatkunde \
         personne personnephysique particulier persona personafisica personanatural شخص فرد شخصطبیعی شخصحقیقی حقیقی физическоелицо физлицо",
    ),
    (
        "Company",
        "company firm corporate business sirket tuzelkisi kurumsal firma unternehmen gesellschaft societe entreprise empresa sociedad \
         شرکه شرکت компания",
    ),
    (
        "Organization",
        "organization organisation entity org kurulus kurum juristischeperson firmenkunde personnemorale personajuridica \
         منظمه موسسه سازمان شخصاعتباری شخصحقوقی حقوقی юридическоелицо юрлицо организация",
    ),
    ("Vessel", "vessel ship gemi schiff navire bateau buque barco سفینه کشتی судно"),
    ("Airplane", "aircraft airplane plane ucak flugzeug avion aeronave طاىره هواپیما самолет"),
    ("CryptoWallet", "wallet cuzdan"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_eight_languages_are_understood() {
        for (heading, property) in [
            ("Full name", "name"),
            ("Adı Soyadı", "name"),
            ("ADI SOYADI", "name"),
            ("Doğum Tarihi", "birthDate"),
            ("DOĞUM TARİHİ", "birthDate"),
            ("T.C. Kimlik No", "idNumber"),
            ("Uyruğu", "nationality"),
            ("Geburtsdatum", "birthDate"),
            ("Staatsangehörigkeit", "nationality"),
            ("Vor- und Nachname", "name"),
            ("Date de naissance", "birthDate"),
            ("Nom complet", "name"),
            ("Nationalité", "nationality"),
            ("Fecha de nacimiento", "birthDate"),
            ("País", "country"),
            ("الاسم الكامل", "name"),
            ("تاريخ الميلاد", "birthDate"),
            ("الجنسية", "nationality"),
            ("نام و نام خانوادگی", "name"),
            ("تاریخ تولد", "birthDate"),
            ("کد ملی", "idNumber"),
            ("ФИО", "name"),
            ("Дата рождения", "birthDate"),
            ("Гражданство", "nationality"),
            ("birthDate", "birthDate"),
            ("D.O.B.", "birthDate"),
            ("SWIFT/BIC", "swiftBic"),
        ] {
            assert_eq!(meaning(heading), Some(Meaning::Property(property)), "{heading}");
        }
        assert_eq!(meaning("Müşteri No"), Some(Meaning::Id));
        assert_eq!(meaning("Тип"), Some(Meaning::Kind));
        for heading in ["", "colour", "Betrag", "%", "رنگ"] {
            assert_eq!(meaning(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_word_has_one_meaning_and_every_property_exists() {
        let all =
            PROPERTIES.iter().flat_map(|(_, words)| words.split(' ')).chain(IDS.split(' ')).chain(KINDS.split(' '));
        let mut words: Vec<String> = all.map(plain).filter(|word| !word.is_empty()).collect();
        let count = words.len();
        words.sort_unstable();
        let mut twice: Vec<&String> = words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        twice.dedup();
        assert!(twice.is_empty(), "{twice:?}");
        assert_eq!(words.len(), count);
        for (property, _) in PROPERTIES {
            assert!(Schema::all().any(|schema| schema.property(property).is_some()), "{property}");
        }
        for (schema, _) in SCHEMATA {
            assert!(Schema::named(schema).is_some());
        }
        let mut every = PROPERTIES.iter().flat_map(|(_, words)| words.split(' ').filter(|word| !word.is_empty()));
        assert!(every.all(|word| plain(word) == word), "words are written as they are looked for");
    }

    #[test]
    fn a_name_beside_half_a_name_is_the_other_half() {
        for (headings, name) in [
            (["Name", "Vorname"], Some("lastName")),
            (["Name", "Surname"], Some("firstName")),
            (["Adı", "Soyadı"], Some("firstName")),
            (["Nom", "Prénom"], Some("lastName")),
            (["نام", "نام خانوادگی"], Some("firstName")),
            (["Name", "Country"], Some("name")),
            (["Full name", "Surname"], Some("name")),
        ] {
            assert_eq!(meanings(&headings.map(str::to_owned))[0], name.map(Meaning::Property), "{headings:?}");
        }
    }

    #[test]
    fn kinds_are_words_of_people_or_schemata() {
        for (word, schema) in [
            ("Person", "Person"),
            ("gerçek kişi", "Person"),
            ("Juristische Person", "Organization"),
            ("SHIP", "Vessel"),
            ("LegalEntity", "LegalEntity"),
        ] {
            assert_eq!(schema_word(word), Some(schema));
        }
        assert_eq!(schema_word("Pirson"), None);
    }
}
