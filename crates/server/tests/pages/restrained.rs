//! What is done with a freeze by forms alone: other terms, exemptions on their way, notices and letters.
//!
//! In come fields as a browser sends them, out come pages and what is so in the store then.

use mihenk_node::{
    freezes::{self, Shown},
    ledger::{
        Reason,
        freezes::{FreezeId, Notice, exemptions::Wanted},
        people::Token,
    },
};

use crate::house::House;

impl House {
    /// An exemption from a freeze that was paid under, one that waits, and a notice.
    pub(crate) fn exempts(&self, freeze: &str) {
        let (cem, dilek, freeze) = (self.seat("cem"), self.seat("dilek"), freeze.parse::<FreezeId>().unwrap());
        let exempt = |recipient: &str| {
            let wanted = Wanted {
                kind: "licence".to_owned(),
                limit: Some("900.00 EUR".parse().unwrap()),
                from: "2026-11-23".parse().unwrap(),
                until: "2027-03-31".parse().unwrap(),
                recipient: recipient.to_owned(),
                reference: Some("EX-L-7".to_owned()),
            };
            freezes::exempt(&cem, &self.data(), &freeze, None, &wanted, Reason::new("a test").unwrap()).unwrap()
        };
        let usable = exempt("Ev sahibi");
        freezes::confirm(&dilek, &freezes::Proposal::Exemption(usable.clone()), None).unwrap();
        let (amount, on) = ("300.00 EUR".parse().unwrap(), "2026-11-24".parse().unwrap());
        freezes::use_exemption(&cem, &usable, amount, on, Reason::new("a test").unwrap()).unwrap();
        exempt("<b>نمونه \u{202e}pots");
        let [holder, to, how] = ["Anadolu Bank", "Hukuk birimi", "letter"].map(str::to_owned);
        freezes::give_notice(&cem, &freeze, Notice { holder, to, how, on }).unwrap();
    }
}

fn freeze(house: &House, id: &str) -> Shown {
    freezes::show(&house.seat("veli"), &id.parse().unwrap()).unwrap()
}

/// A page without the marks around text of others.
fn page(house: &House, language: &str, path: &str, token: &Token) -> String {
    house.get_as(language, path, token).text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Sends a form that does what it says.
fn does(house: &House, path: &str, token: &Token, body: &str) {
    let answer = house.posts(path, token, body);
    assert_eq!(answer.status, 303, "{path} {body}: {}", answer.text);
}

/// Sends a form that is refused, with a sentence in a language.
fn refused(house: &House, language: &str, (path, token, body): (&str, &Token, &str), says: &str) {
    let answer = house.posts_as(language, path, token, body);
    assert_eq!(answer.status, 422, "{path} {body}: {}", answer.text);
    let text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(text.contains(says) && !text.contains("class=\"original\""), "{says}: {text}");
}

/// A freeze in force on a listing of the United Nations, by forms.
fn on_a_listing(house: &House, cem: &Token, dilek: &Token) -> String {
    let body = "programme=un-1267&authority=Committee&reference=EX-30&entity=d-1&scope=all&start=2026-11-23&review=2027-05-23\
                &kind=account&identifier=TR44&holder=Anadolu+Bank&value=900.00+EUR&why=listed";
    let answer = house.posts("/freezes", cem, body);
    assert_eq!(answer.status, 303, "{}", answer.text);
    let place = answer.header("location").to_owned();
    does(house, &format!("{place}/confirm"), dilek, "");
    place
}

#[test]
fn an_exemption_goes_its_way_from_the_proposal_to_the_payment() {
    let house = House::open();
    let (cem, dilek) = (house.token("cem"), house.token("dilek"));
    let place = on_a_listing(&house, &cem, &dilek);
    let id = place.trim_start_matches("/freezes/");
    let exempt = format!("{place}/exemptions");
    assert!(page(&house, "en", &place, &cem).contains("It may object within"), "the way is said before it is gone");
    // What is missing is said, and nothing is kept of it.
    let without = "exemption=basic-expenses&recipient=Ev+sahibi&from=2026-11-25&until=2027-01-31&why=Rent";
    refused(&house, "tr", (&exempt, &cem, without), "sınır gerekir");
    refused(
        &house,
        "fa",
        (&exempt, &cem, &format!("{without}&limit=900.00+EUR").replace("2027-01-31", "2026-11-01")),
        "پیش از نخستین روز است",
    );
    does(&house, &exempt, &cem, &format!("{without}&limit=900.00+EUR"));
    let one = freeze(&house, id).exemptions.remove(0).0;
    let own = format!("{exempt}/{}", one.id);
    assert_eq!(one.state.as_str(), "proposed");
    // Whoever proposed it does not confirm it, on the page or by hand.
    assert!(!page(&house, "en", &place, &cem).contains(&format!("{own}/confirm")));
    assert!(page(&house, "en", &place, &cem).contains(&format!("{own}/decline")), "it can be taken back");
    assert_eq!(house.posts(&format!("{own}/confirm"), &cem, "").status, 403);
    assert!(page(&house, "en", &place, &dilek).contains(&format!("{own}/confirm")));
    let stale = house.posts(&format!("{own}/confirm"), &dilek, &format!("revision={}", one.revision - 1));
    assert_eq!(stale.status, 409, "another version than the one that was looked at: {}", stale.text);
    does(&house, &format!("{own}/confirm"), &dilek, &format!("revision={}", one.revision));
    // Two agree; nothing can be paid before the committee was told and did not object.
    let pay = "amount=300.00+EUR&on=2026-11-25&why=Rent+of+November";
    refused(&house, "fa", (&format!("{own}/uses"), &cem, pay), "به کمیته خبر داده نشده است");
    assert!(!page(&house, "en", &place, &cem).contains(&format!("{own}/uses")));
    does(&house, &format!("{own}/committee"), &cem, "said=notified&words=SCA%2F1&on=2026-11-25");
    refused(&house, "tr", (&format!("{own}/uses"), &cem, pay), "Komite 30.11.2026 gününe kadar itiraz edebilir");
    assert!(page(&house, "en", &place, &cem).contains("the committee may object until"));
    // Five days later, with a weekend in between, three working days have gone.
    house.goes_on(6 * 86_400_000);
    let (cem, dilek) = (house.token("cem"), house.token("dilek"));
    assert!(page(&house, "en", &place, &cem).contains("nobody objected until"));
    does(&house, &format!("{own}/uses"), &cem, "amount=300.00+EUR&on=2026-12-01&why=Rent");
    refused(&house, "tr", (&format!("{own}/uses"), &cem, "amount=600.01+EUR&on=2026-12-01&why=Rent"), "kalandan çok");
    refused(&house, "fa", (&format!("{own}/uses"), &cem, "amount=1.00+TRY&on=2026-12-01&why=Rent"), "ارز دیگری است");
    assert_eq!(freeze(&house, id).exemptions[0].0.used_minor, 30_000);
    let shown = page(&house, "en", &place, &cem);
    assert!(shown.contains("left:") && shown.contains("600.00"), "{shown}");
    // The committee objects after all, and nothing more is paid.
    does(&house, &format!("{own}/committee"), &cem, "said=objected&words=No+need+is+shown&on=2026-12-01");
    refused(&house, "tr", (&format!("{own}/uses"), &cem, "amount=1.00+EUR&on=2026-12-01&why=x"), "Komite reddetti");
    // Another one is declined.
    does(&house, &exempt, &cem, "exemption=humanitarian&recipient=NGO&from=2026-12-01&until=2027-01-31&why=Food");
    let other = freeze(&house, id).exemptions[1].0.clone();
    does(&house, &format!("{exempt}/{}/decline", other.id), &dilek, "why=Not+a+provider");
    assert_eq!(freeze(&house, id).exemptions[1].0.state.as_str(), "declined");
}

#[test]
fn whoever_only_looks_has_no_form_and_may_not_send_one() {
    let house = House::open();
    let [_, _, held, _] = house.works();
    house.exempts(&held);
    let (place, veli) = (format!("/freezes/{held}"), house.token("veli"));
    let shown = page(&house, "en", &place, &veli);
    for form in ["/vary", "/notices", "/exemptions", "/uses", "/committee"] {
        assert!(!shown.contains(&format!("{form}\"")), "{form}: {shown}");
    }
    assert!(shown.contains("Ev sahibi") && shown.contains("Hukuk birimi"), "{shown}");
    let exemption = freeze(&house, &held).exemptions[0].0.id.clone();
    refused(&house, "en", (&format!("{place}/exemptions/{exemption}/decline"), &veli, "why=x"), "This takes the role");
    let analyst = page(&house, "en", &place, &house.token("cem"));
    for form in ["/vary", "/notices", "/exemptions"] {
        assert!(analyst.contains(&format!("{form}\"")), "{form}: {analyst}");
    }
}

#[test]
fn notices_are_written_down_and_who_was_not_told_is_named() {
    let house = House::open();
    let [_, _, held, proposed] = house.works();
    let (cem, place) = (house.token("cem"), format!("/freezes/{held}"));
    assert!(page(&house, "en", &place, &cem).contains("Not told yet:"));
    // Nothing is restrained by a proposal, and nobody is told of one.
    assert!(!page(&house, "en", &format!("/freezes/{proposed}"), &cem).contains("/notices\""));
    let gives = |holder: &str, on: &str| format!("holder={holder}&to=Hukuk+birimi&how=letter&on={on}");
    let notices = format!("{place}/notices");
    refused(&house, "tr", (&notices, &cem, &gives("Another+bank", "2026-11-25")), "hiçbir şey tutmuyor");
    refused(&house, "fa", (&notices, &cem, &gives("Anadolu+Bank", "2026-12-24")), "در آینده است");
    refused(&house, "en", (&notices, &cem, &gives("Anadolu+Bank", "soon")), "is no day");
    does(&house, &notices, &cem, &gives("Anadolu+Bank", "2026-11-25"));
    let shown = page(&house, "en", &place, &cem);
    let untold = shown.split("Not told yet:").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(untold.contains("نمونه بندر") && !untold.contains("Anadolu"), "{untold}");
    assert!(shown.contains("Hukuk birimi"), "{shown}");
    // The letter is a file for its holder, and looking at it is written down.
    let letter = house.get(&format!("{place}/letter?holder=Anadolu%20Bank"), Some(&cem));
    assert_eq!(letter.status, 200, "{}", letter.text);
    assert!(letter.header("content-disposition").starts_with("attachment"), "{:?}", letter.headers);
    assert!(letter.text.contains("TR33 0006 1005") && !letter.text.contains("9074729"), "{}", letter.text);
    assert_eq!(house.get(&format!("{place}/letter?holder=Nobody"), Some(&cem)).status, 422);
}

#[test]
fn other_terms_wait_for_a_second_person_and_what_is_so_already_is_no_change() {
    let house = House::open();
    let [_, _, held, _] = house.works();
    let (cem, dilek, place) = (house.token("cem"), house.token("dilek"), format!("/freezes/{held}"));
    let vary = format!("{place}/vary");
    // As the page has it: every field with what stands there.
    let shown = page(&house, "en", &place, &cem);
    assert!(shown.contains("name=\"value-1\" type=\"text\" dir=\"ltr\" value=\"1250.00 EUR\""), "{shown}");
    let same = "authority=Council+of+Examples&reference=EX-18&scope=all+accounts&review=2027-05-23&value-1=1250.00+EUR&value-2=\
                &kind=account&identifier=&holder=&value=&why=More+was+found";
    refused(&house, "tr", (&vary, &cem, same), "Değişen bir şey yok");
    refused(&house, "fa", (&vary, &cem, &same.replace("1250.00", "1.2.3")), "مبلغ نیست");
    let other = same
        .replace("value-2=", "value-2=900000+USD")
        .replace("identifier=&holder=", "identifier=TR55+1&holder=Anadolu+Bank");
    does(&house, &vary, &cem, &other);
    let waits = freeze(&house, &held).freeze;
    assert_eq!(waits.terms.assets.len(), 2, "nothing counts before it is confirmed");
    assert!(house.get(&place, Some(&cem)).text.contains("/decline\""), "it can be taken back");
    assert!(!page(&house, "en", &place, &cem).contains("/vary\""), "one change at a time");
    assert_eq!(house.posts(&format!("{place}/confirm"), &cem, "").status, 403);
    does(&house, &format!("{place}/confirm"), &dilek, &format!("revision={}", waits.revision));
    let terms = freeze(&house, &held).freeze.terms;
    let values: Vec<String> =
        terms.assets.iter().map(|asset| asset.value.map_or("none".to_owned(), |value| value.to_string())).collect();
    assert_eq!(values, ["1250.00 EUR", "900000.00 USD", "none"]);
    assert_eq!((terms.scope.as_str(), terms.reference.as_str()), ("all accounts", "EX-18"));
}
