//! The labels of OFAC's remarks: how a piece of a remark begins, and what becomes of what follows.
//!
//! One row a label: the words, what is done with the rest, an example of the rest (invented), and the value that comes
//! out. A test reads every example. Where one label begins like another, the longer one is tried first. What no label
//! announces is kept as a note. The labels are those that occur in the files, in OFAC's spelling.

use std::sync::LazyLock;

/// What becomes of the text behind a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// A date, into that property.
    Date(&'static str),
    /// A place of birth, with its country behind the last comma.
    Place,
    /// A country, into that property.
    Country(&'static str),
    /// A gender.
    Gender,
    /// A text as it stands, into that property.
    Text(&'static str),
    /// A number that is no document.
    Number(&'static str),
    /// A document: number, country in brackets, dates of issue and expiry; the number into that property.
    Document(&'static str),
    /// A currency and the address of a wallet.
    Wallet,
    /// A weak alias in quotes.
    WeakAlias,
    /// The name of another record; its id into that property, or a link if there is none.
    Mention(Option<&'static str>),
    /// The whole piece says what is forbidden or threatened.
    Provision,
    /// The whole piece is a provision, and its date goes into that property of the sanction.
    SanctionDate(&'static str),
    /// A link to more about the sanction.
    Link,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// How the piece begins.
    pub(super) words: &'static str,
    /// What becomes of the rest.
    pub(super) does: Does,
    /// A rest.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that tries every example"))]
    pub(super) example: &'static str,
    /// What comes out of it.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that tries every example"))]
    pub(super) gives: &'static str,
}

const fn row(words: &'static str, does: Does, example: &'static str, gives: &'static str) -> Label {
    Label { words, does, example, gives }
}

use Does::{
    Country, Date, Document, Gender, Link, Mention, Number, Place, Provision, SanctionDate, Text, Wallet, WeakAlias,
};

/// All labels.
pub(super) static LABELS: &[Label] = &[
    // The person.
    row("DOB", Date("birthDate"), "circa 1957", "1957~"),
    row("DOB:", Date("birthDate"), "10 October 1969", "1969-10-10"),
    row("POB", Place, "Tikrit, Iraq", "Tikrit, Iraq"),
    row("POB:", Place, "Keren, Eritrea", "Keren, Eritrea"),
    row("nationality", Country("nationality"), "Korea, North", "kp"),
    row("nationality:", Country("nationality"), "Eritrean", "er"),
    row("citizen", Country("citizenship"), "Kenya", "ke"),
    row("Gender", Gender, "Female", "female"),
    row("ethnicity", Text("ethnicity"), "Kurdish", "Kurdish"),
    row("Title", Text("position"), "Deputy Commander", "Deputy Commander"),
    row("Rank", Text("position"), "Brigadier General", "Brigadier General"),
    row("Position:", Text("position"), "Owner", "Owner"),
    row("Alternate Title,", Text("position"), "Chief of Staff", "Chief of Staff"),
    row("Alternate Title:", Text("position"), "Colonel", "Colonel"),
    row("Occupation:", Text("profession"), "Chemist", "Chemist"),
    // Names.
    row("a.k.a.", WeakAlias, "'ABU EXAMPLE'", "ABU EXAMPLE"),
    row("f.k.a.", WeakAlias, "'EXAMPLE I'", "EXAMPLE I"),
    row("n.k.a.", WeakAlias, "'EXAMPLE II'", "EXAMPLE II"),
    row("d.b.a.", WeakAlias, "'EXAMPLE PAINTBALL'", "EXAMPLE PAINTBALL"),
    row("Issuer Name", Text("alias"), "Example Holdings Co., Ltd.", "Example Holdings Co., Ltd."),
    // Other records.
    row("Linked To:", Mention(None), "EXAMPLE GROUP", "EXAMPLE GROUP"),
    row("Aircraft Operator", Mention(Some("operator")), "EXAMPLE AIR", "EXAMPLE AIR"),
    row("Aircraft Owner", Mention(Some("owner")), "EXAMPLE AIR", "EXAMPLE AIR"),
    row("Vessel Owner", Mention(Some("owner")), "EXAMPLE LINES", "EXAMPLE LINES"),
    row("Vessel Operator", Mention(Some("operator")), "EXAMPLE LINES", "EXAMPLE LINES"),
    // Travel documents.
    row("Passport", Document("passportNumber"), "A1234567 (Iran) issued 01 Jan 2010 expires 2015", "A1234567"),
    row("Passport Booklet", Document("passportNumber"), "A5250000 (Pakistan)", "A5250000"),
    row("Passport Booklet:", Document("passportNumber"), "A5190000 (Pakistan)", "A5190000"),
    row("Diplomatic Passport", Document("passportNumber"), "008800 (Iran) issued 1999", "008800"),
    row("Stateless Person Passport", Document("passportNumber"), "C000300 (Moldova)", "C000300"),
    row("British National Overseas Passport", Document("passportNumber"), "750200400 (United Kingdom)", "750200400"),
    row("Travel Document Number", Document("passportNumber"), "A0020300 (Germany)", "A0020300"),
    // National numbers and cards.
    row("National ID No.", Document("idNumber"), "JMB 0105954171000 (Serbia)", "JMB 0105954171000"),
    row("National ID No.:", Document("idNumber"), "1372500, Kenya", "1372500"),
    row("National Foreign ID Number", Document("idNumber"), "RNE: W031600-8 (Brazil)", "W031600-8"),
    row("Identification Number", Document("idNumber"), "2.194.500 (Paraguay)", "2.194.500"),
    row("Personal ID Card", Document("idNumber"), "7020780000", "7020780000"),
    row("Cedula No.", Document("idNumber"), "16247800 (Colombia) issued 20 Jun 1977", "16247800"),
    row("D.N.I.", Document("idNumber"), "78.865.800 (Spain)", "78.865.800"),
    row("N.I.E.", Document("idNumber"), "X-1552100-B (Spain)", "X-1552100-B"),
    row("C.U.R.P.", Document("idNumber"), "# EXAM680202MCHRLR06 (Mexico)", "EXAM680202MCHRLR06"),
    row("C.U.I.", Document("idNumber"), "1995739560000 (Guatemala)", "1995739560000"),
    row("C.U.I.P.", Document("idNumber"), "EXAM671020H1374000 (Mexico)", "EXAM671020H1374000"),
    row("CNP (Personal Numerical Code)", Document("idNumber"), "7460301380000 (Romania)", "7460301380000"),
    row("SSN", Document("socialSecurityNumber"), "523-00-8386 (United States)", "523-00-8386"),
    row("I.F.E.", Document("idNumber"), "EXAMPL88110125H400 (Mexico)", "EXAMPL88110125H400"),
    row("Credencial electoral", Document("idNumber"), "EXAMPL66091609H501 (Mexico)", "EXAMPL66091609H501"),
    row("Electoral Registry No.", Document("idNumber"), "07385100 (Afghanistan)", "07385100"),
    row("LE Number", Document("idNumber"), "07552100 (Peru)", "07552100"),
    row("Numero de Identidad", Document("idNumber"), "0103-1975-00000 (Honduras)", "0103-1975-00000"),
    row("Residency Number", Document("idNumber"), "270010170000 (Kuwait) expires 24 Jun 2018", "270010170000"),
    row("Citizen's Card Number", Document("idNumber"), "210222198011090000 (China)", "210222198011090000"),
    row("Turkish Identification Number", Document("idNumber"), "10298480000 (Turkey)", "10298480000"),
    row("Kenyan ID No.", Document("idNumber"), "12773600", "12773600"),
    row("Moroccan Personal ID No.", Document("idNumber"), "E 427600 (Morocco) issued 20 Mar 2001", "E 427600"),
    row("Bosnian Personal ID No.", Document("idNumber"), "1005967953000", "1005967953000"),
    row("UAE Identification", Document("idNumber"), "784-1968-9720000-5", "784-1968-9720000-5"),
    row("Tazkira National ID Card", Document("idNumber"), "932900 (Afghanistan)", "932900"),
    row("Stateless Person ID Card", Document("idNumber"), "CC00200200 (Moldova)", "CC00200200"),
    row("Refugee ID Card", Document("idNumber"), "A88000000 (Moldova)", "A88000000"),
    row("Birth Certificate Number", Document("idNumber"), "2200 (Iran)", "2200"),
    row("Driver's License No.", Document("idNumber"), "07442800 (United States)", "07442800"),
    row("Cartilla de Servicio Militar Nacional", Document("idNumber"), "B4494000 (Mexico)", "B4494000"),
    row("Seafarer's Identification Document", Document("idNumber"), "MUM 85900 (India)", "MUM 85900"),
    row("Pilot License Number", Document("idNumber"), "PL00800 (Barbados)", "PL00800"),
    row("Tarjeta Profesional", Document("idNumber"), "186700 (Abogado) (Colombia)", "186700"),
    row("VisaNumberID", Document("idNumber"), "87810500 (United States)", "87810500"),
    row("Immigration No.", Document("idNumber"), "A38839900 (United States)", "A38839900"),
    row("Romanian Permanent Resident", Document("idNumber"), "CAN 0125400 (Romania)", "CAN 0125400"),
    row("Serial No.", Document("idNumber"), "201735100", "201735100"),
    row("C.U.R.P", Document("idNumber"), "EXAM680202MCHRLR06 (Mexico)", "EXAM680202MCHRLR06"),
    row("Military Registration Number", Document("idNumber"), "2200100 (Ukraine)", "2200100"),
    row("Public Security and Immigration No.", Document("idNumber"), "98.000 (Colombia)", "98.000"),
    // Tax numbers.
    row("Tax ID No.", Document("taxNumber"), "100036300 (Serbia)", "100036300"),
    row("NIT #", Document("taxNumber"), "800146700-7 (Colombia)", "800146700-7"),
    row("RUC #", Document("taxNumber"), "20423916500 (Peru)", "20423916500"),
    row("RIF #", Document("taxNumber"), "J-31136000-9 (Venezuela)", "J-31136000-9"),
    row("R.F.C.", Document("taxNumber"), "EXA-771110-HQ1 (Mexico)", "EXA-771110-HQ1"),
    row("RFC", Document("taxNumber"), "EXA090120UT2 (Mexico)", "EXA090120UT2"),
    row("RTN", Document("taxNumber"), "05019005480000 (Honduras)", "05019005480000"),
    row("RSIN", Document("taxNumber"), "858100000 (Netherlands)", "858100000"),
    row("C.U.I.T.", Document("taxNumber"), "30-68074600-2 (Argentina)", "30-68074600-2"),
    row("C.I.F.", Document("taxNumber"), "B84214400 (Spain)", "B84214400"),
    row("N.I.F.", Document("taxNumber"), "B84214400 (Spain)", "B84214400"),
    row("US FEIN", Document("taxNumber"), "95-4227500", "95-4227500"),
    row("Italian Fiscal Code", Document("taxNumber"), "XYZABC74T11Z352Z", "XYZABC74T11Z352Z"),
    row("Italian Fiscal Code:", Document("taxNumber"), "XYZABC68D03Z352N", "XYZABC68D03Z352N"),
    row("Fiscal Code", Document("taxNumber"), "9896400 (Romania)", "9896400"),
    row("Romanian Tax Registration", Document("taxNumber"), "14637900 (Romania)", "14637900"),
    row("Paraguayan tax identification number", Document("taxNumber"), "EXAM 6301000", "EXAM 6301000"),
    row(
        "Numero Unico de Identificacao Tributaria (NUIT)",
        Document("taxNumber"),
        "300000400 (Mozambique)",
        "300000400",
    ),
    row("V.A.T. Number", Document("vatCode"), "BG 121024900 (Bulgaria)", "BG 121024900"),
    // Registers of companies.
    row("Registration Number", Document("registrationNumber"), "02696700 (United Kingdom)", "02696700"),
    row("Registration ID", Document("registrationNumber"), "HRB 26100 (Germany)", "HRB 26100"),
    row("Company Number", Document("registrationNumber"), "3934400 (New York) (United States)", "3934400"),
    row("Company ID:", Document("registrationNumber"), "No. 59 500", "No. 59 500"),
    row("UK Company Number", Document("registrationNumber"), "01126600 (United Kingdom)", "01126600"),
    row("Public Registration Number", Document("registrationNumber"), "467300, Doc. 694700 (Panama)", "467300"),
    row("Commercial Registry Number", Document("registrationNumber"), "10800 (Syria) issued 26 Jun 2016", "10800"),
    row("Business Registration Number", Document("registrationNumber"), "229100 (United Arab Emirates)", "229100"),
    row("Business Registration Document #", Document("registrationNumber"), "CUD: A2015100 (Mexico)", "A2015100"),
    row("Business Number", Document("registrationNumber"), "16111400 (Taiwan)", "16111400"),
    row("Branch Unit Number", Document("registrationNumber"), "2030.515.900 (Belgium)", "2030.515.900"),
    row("Enterprise Number", Document("registrationNumber"), "0443680400 (Belgium)", "0443680400"),
    row("Certificate of Incorporation Number", Document("registrationNumber"), "784700 (Hong Kong)", "784700"),
    row("Chamber of Commerce Number", Document("registrationNumber"), "55389600 (Netherlands)", "55389600"),
    row("Istanbul Chamber of Comm. No.", Document("registrationNumber"), "537000 (Turkey)", "537000"),
    row("Dubai Chamber of Commerce Membership No.", Document("registrationNumber"), "42900", "42900"),
    row(
        "Central Registration System Number",
        Document("registrationNumber"),
        "8143922500000 (Turkey)",
        "8143922500000",
    ),
    row("C.R. No.", Document("registrationNumber"), "J23/863/2000 (Romania)", "J23/863/2000"),
    row("Romanian C.R.", Document("registrationNumber"), "J23/242/2000 (Romania)", "J23/242/2000"),
    row("Matricula Mercantil No", Document("registrationNumber"), "387100-1 (Colombia)", "387100-1"),
    row("Folio Mercantil No.", Document("registrationNumber"), "22800 (Jalisco) (Mexico)", "22800"),
    row("File Number", Document("registrationNumber"), "5736200 (Delaware) (United States)", "5736200"),
    row("Registered Charity No.", Document("registrationNumber"), "1040000", "1040000"),
    row("Government Gazette Number", Document("registrationNumber"), "07515700 (Russia)", "07515700"),
    row("Organization Code", Document("registrationNumber"), "66022200-8 (China)", "66022200-8"),
    row("Economic Register Number (CBLS)", Document("registrationNumber"), "20310900 (Syria)", "20310900"),
    row("Trademark number", Document("registrationNumber"), "2016700 (Russia)", "2016700"),
    row("Legal Entity Number", Document("registrationNumber"), "851683800 (Netherlands)", "851683800"),
    row("Unified Social Credit Code (USCC)", Document("uscCode"), "91222401MA0Y31E600 (China)", "91222401MA0Y31E600"),
    row(
        "United Social Credit Code Certificate (USCCC)",
        Document("uscCode"),
        "91420112711981000J (China)",
        "91420112711981000J",
    ),
    // Licences.
    row("License", Document("licenseNumber"), "611400 (United Arab Emirates)", "611400"),
    row("Trade License No.", Document("licenseNumber"), "C 50900 (Malta)", "C 50900"),
    row("Tourism License No.", Document("licenseNumber"), "585000 (United Arab Emirates)", "585000"),
    row("Afghan Money Service Provider License Number", Document("licenseNumber"), "004 (Afghanistan)", "004"),
    row("MSB Registration Number", Document("licenseNumber"), "M18867000 (Canada)", "M18867000"),
    row("Permit Number", Document("licenseNumber"), "1101 (Egypt)", "1101"),
    row("SRE Permit No", Document("licenseNumber"), "1909000 (Mexico)", "1909000"),
    row("SRE Permit No.", Document("licenseNumber"), "1909000 (Mexico)", "1909000"),
    // Numbers that every register of their kind writes alike.
    row("SWIFT/BIC", Number("swiftBic"), "EXAMIRTH", "EXAMIRTH"),
    row("BIK (RU)", Number("bikCode"), "044525600", "044525600"),
    row("D-U-N-S Number", Number("dunsCode"), "542957600", "542957600"),
    row("ISIN", Number("isinCode"), "US0378331005", "US0378331005"),
    row("Identification Number ISIN:", Number("isinCode"), "US0378331005", "US0378331005"),
    row("Equity Ticker", Text("ticker"), "601800  CN", "601800 CN"),
    row("MICEX Code", Text("ticker"), "EXMT", "EXMT"),
    // Ships.
    row("Vessel Registration Identification IMO", Number("imoNumber"), "9074729", "9074729"),
    row("Vessel Registration Identification", Number("imoNumber"), "9074729", "9074729"),
    row("Identification Number IMO", Number("imoNumber"), "9074729", "9074729"),
    row("Company Number IMO", Number("imoNumber"), "5055201", "5055201"),
    row("International Maritime Organization No.", Number("imoNumber"), "(5777008)", "5777008"),
    row("MMSI", Number("mmsi"), "572469000", "572469000"),
    row("Vessel Call Sign", Number("callSign"), "T2EX4", "T2EX4"),
    row("Other Vessel Call Sign", Number("callSign"), "5IM700", "5IM700"),
    row("Vessel Flag", Country("flag"), "Iran", "ir"),
    row("Former Vessel Flag", Country("pastFlags"), "Malta", "mt"),
    row("Other Vessel Flag", Country("pastFlags"), "Tanzania", "tz"),
    row("Vessel Type", Text("type"), "Crude Oil Tanker", "Crude Oil Tanker"),
    row("Other Vessel Type", Text("pastTypes"), "Landing Craft", "Landing Craft"),
    row("Vessel Year of Build", Date("buildDate"), "2004", "2004"),
    row("Vessel Tonnage", Text("tonnage"), "99,000", "99,000"),
    row("Vessel Gross Registered Tonnage", Text("grossRegisteredTonnage"), "56,000", "56,000"),
    row("Gross Registered Tonnage", Text("grossRegisteredTonnage"), "56,000", "56,000"),
    // Aircraft.
    row("Aircraft Tail Number", Number("registrationNumber"), "N200EX", "N200EX"),
    row("Previous Aircraft Tail Number", Number("registrationNumber"), "G-EXAM", "G-EXAM"),
    row("Aircraft Manufacturer's Serial Number (MSN)", Number("serialNumber"), "1023409300", "1023409300"),
    row("Aircraft Construction Number (also called L/N or S/N or F/N)", Number("serialNumber"), "8401", "8401"),
    row("Aircraft Serial Identification", Number("serialNumber"), "258500", "258500"),
    row("Aircraft Model", Text("model"), "IL76-TD", "IL76-TD"),
    row("Aircraft Type", Text("type"), "Cargo", "Cargo"),
    row("Aircraft Manufacture Date", Date("buildDate"), "Apr 1994", "1994-04"),
    row("Nationality of Registration", Country("jurisdiction"), "Man, Isle of", "im"),
    // Organisations.
    row("Organization Established Date", Date("incorporationDate"), "17 Jan 2018", "2018-01-17"),
    row("Organization Type:", Text("sector"), "Central banking", "Central banking"),
    row("Target Type", Text("classification"), "State-Owned Enterprise", "State-Owned Enterprise"),
    // How to reach them.
    row("Website", Text("website"), "www.example.org", "www.example.org"),
    row("Email Address", Text("email"), "a@example.org", "a@example.org"),
    row("Email", Text("email"), "a@example.org", "a@example.org"),
    row("Email:", Text("email"), "a@example.org", "a@example.org"),
    row("EMAIL", Text("email"), "a@example.org", "a@example.org"),
    row("Phone Number", Text("phone"), "982188500000", "982188500000"),
    row("Phone No.", Text("phone"), "263-4-480000", "263-4-480000"),
    row("PHONE", Text("phone"), "850 2 380 0000", "850 2 380 0000"),
    row("Telephone", Text("phone"), "(98)(21)(66150000)", "(98)(21)(66150000)"),
    row("Telephone:", Text("phone"), "982188550000", "982188550000"),
    row("Telephone No.", Text("phone"), "009613670000", "009613670000"),
    row("Telephone Number:", Text("phone"), "(971) (4) (3240000)", "(971) (4) (3240000)"),
    row("Fax", Text("phone"), "(98)(21)(22220000)", "(98)(21)(22220000)"),
    row("Fax:", Text("phone"), "982188520000", "982188520000"),
    row("Fax No.", Text("phone"), "263-4-480001", "263-4-480001"),
    row("FAX", Text("phone"), "850 2 380 0001", "850 2 380 0001"),
    // Wallets.
    row(
        "Digital Currency Address -",
        Wallet,
        "XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    ),
    // What is forbidden.
    row(
        "Additional Sanctions Information -",
        Provision,
        "Subject to Secondary Sanctions",
        "Subject to Secondary Sanctions",
    ),
    row("Secondary sanctions risk:", Provision, "section 1(b) of Executive Order 13224", "Executive Order 13224"),
    row(
        "Transactions Prohibited For",
        Provision,
        "Persons Owned or Controlled By X",
        "Persons Owned or Controlled By X",
    ),
    row(
        "Executive Order",
        Provision,
        "13662 Directive Determination - Subject to Directive 2",
        "Subject to Directive 2",
    ),
    row("CAATSA Section", Provision, "235 Information: EXPORT SANCTIONS", "EXPORT SANCTIONS"),
    row("PEESA Information:", Provision, "BLOCKING PROPERTY", "BLOCKING PROPERTY"),
    row("IFCA Determination -", Provision, "Port Operator", "Port Operator"),
    row("Purchase/Sales For Divestment Date", Provision, "(CMIC) 03 Jun 2022", "03 Jun 2022"),
    row("Listing Date", SanctionDate("listingDate"), "(CMIC) 03 Jun 2021", "2021-06-03"),
    row("Effective Date", SanctionDate("startDate"), "(EO 14024 Directive 3): 26 Mar 2022", "2022-03-26"),
    row(
        "For more information on directives, please visit the following link:",
        Link,
        "https://x.example/a",
        "https://x.example/a",
    ),
    row(
        "for more information on directives, please visit the following link:",
        Link,
        "https://x.example/b",
        "https://x.example/b",
    ),
    row(
        "For more information, please reference the following link:",
        Link,
        "https://x.example/c",
        "https://x.example/c",
    ),
];

/// The labels by their first byte, longer ones first.
static BY_FIRST_BYTE: LazyLock<[Vec<&'static Label>; 128]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        let begins = |label: &&Label| label.words.bytes().next().map(usize::from) == Some(byte);
        let mut labels: Vec<&'static Label> = LABELS.iter().filter(begins).collect();
        labels.sort_by_key(|label| std::cmp::Reverse(label.words.len()));
        labels
    })
});

/// The label with which a piece begins, the longest if there are several, and what stands behind it.
pub(super) fn find(piece: &str) -> Option<(&'static Label, &str)> {
    let labels = BY_FIRST_BYTE.get(usize::from(*piece.as_bytes().first()?))?;
    labels.iter().find_map(|label| {
        let rest = piece.strip_prefix(label.words)?;
        // "Title" is no label of "Titles"; "Telephone" is none of "Telephone:", which is one itself.
        (label.words.ends_with([':', '-', ',']) || rest.starts_with(' ')).then(|| (*label, rest.trim()))
    })
}
