//! A house for tests: lists with names in four scripts and names that want to deceive, customers, alerts, people of every role, a clock that is set by hand.
//!
//! In come requests or a browser's address, out come pages.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use mihenk_node::{
    Model, Node, alerts,
    batch::{Input, Manner},
    cases,
    desk::{Desk, Seat},
    freezes,
    ledger::{
        Reason,
        alerts::work::ToClear,
        cases::{
            PartyKind,
            work::{NewCase, NewParty},
        },
        freezes::{FreezeId, Terms},
        people::{Change, Role, Secret, Token},
        regimes::RestsOn,
        reports::{
            Report, ReportId,
            goaml::Version,
            kinds::{Field, Written},
        },
        retention::Rule,
    },
    people,
    portfolio::{self, Add},
    redress::{self, Complaint},
    reports::{self, Draft},
    retention,
    store::Place,
};
use mihenk_server::{Office, Router, Settings, router_with_office};
use tower::ServiceExt;

use crate::settings::shown;

/// A page with who opens it in the tests, its name, and the roles that may.
pub(crate) type Page = (&'static str, &'static str, String, Vec<Role>);

/// 2026-11-23 08:00 UTC.
const START: i64 = 20_780 * 86_400_000 + 28_800_000;
/// Who works here, beside two administrators.
pub(crate) const PEOPLE: [(&str, Role); 6] = [
    ("cem", Role::Analyst),
    ("elif", Role::Analyst),
    ("dilek", Role::Approver),
    ("okan", Role::Officer),
    ("veli", Role::Viewer),
    ("deniz", Role::Auditor),
];

const LIST: &str = r#"
{"id":"d-1","schema":"Person","datasets":["deneme"],"properties":{"name":["Zerrin Örnekoğlu"],"alias":["زرین نمونه‌زاده","Зеррин Орнекоглу"],"birthDate":["1961-04-05"],"nationality":["tr"],"gender":["female"],"passportNumber":["U1234567"],"topics":["sanction"]}}
{"id":"d-2","schema":"Person","datasets":["deneme"],"properties":{"name":["حسین مهرآذر نمونه"],"alias":["Hossein Mehrazar Nemouneh"],"birthDate":["1957"],"nationality":["ir"],"topics":["sanction"]}}
{"id":"d-3","schema":"Company","datasets":["deneme"],"properties":{"name":["Deneme Denizcilik Limited"],"jurisdiction":["mt"],"topics":["sanction"]}}
{"id":"d-4","schema":"Person","datasets":["deneme"],"properties":{"name":["Дмитрий Образцов"],"birthDate":["1970-02-11"],"nationality":["ru"],"topics":["role.pep"]}}
{"id":"d-5","schema":"Person","datasets":["deneme"],"properties":{"name":["<script>alert(1)</script> Kötücan Örnekbay"],"alias":["Kötücan \u202eyabkenrÖ"],"birthDate":["1980"],"topics":["sanction"]}}
{"id":"d-6","schema":"Person","datasets":["deneme"],"properties":{"name":["Fırat MARKS Tunçörnek"],"nationality":["tr"],"topics":["wanted"]}}
{"id":"s-1","schema":"Sanction","datasets":["deneme"],"properties":{"entity":["d-1"],"authority":["Council of Examples"],"authorityId":["EX-17"],"program":["EX-1"],"listingDate":["2020-02-03"]}}
{"id":"s-3","schema":"Sanction","datasets":["deneme"],"properties":{"entity":["d-3"],"authority":["Council of Examples"],"authorityId":["EX-18"],"program":["EX-1"],"listingDate":["2021-06-07"]}}
{"id":"o-1","schema":"Ownership","datasets":["deneme"],"properties":{"owner":["d-1"],"asset":["d-3"],"percentage":["60"],"role":["shareholder"]}}
"#;

const CUSTOMERS: &str = "id,kind,name,birth_date,country\n\
    K-101,person,Zerrin Ornekoglu,1961-04-05,TR\n\
    K-102,person,Hosein Mehrazar Nemoune,1984,IR\n\
    K-103,company,Deneme Denizcilik Ltd,,MT\n\
    K-104,person,Dmitri Obraztsov,1970-02-11,RU\n\
    K-105,person,<script>alert(2)</script> Kötücan Örnekbay,1980,TR\n\
    K-106,person,Fırat Tunçörnek,,TR\n\
    K-107,person,Зеррин Орнекоглу,1961,TR\n\
    K-108,person,زرین نمونه‌زاده,1999,IR\n\
    K-109,person,Z\u{435}rrin Örnekoğlu,,DE\n\
    K-110,person,Ingrid Solheim,1979-03-14,NO\n";

/// A file as an office writes it, with a row that cannot be right and names that want to deceive.
const HELD: &str = "Müşteri No;Tür;Adı Soyadı;Doğum Tarihi;Uyruk;Pasaport No;Risk Tutarı;Şube\n\
    7001;G;Selin Yıldızörnek;14/03/1988;TR;U7654321;12.500,00;Kadıköy\n\
    7002;G;مریم نمونه‌پور;02/11/1979;IR;;4.000,00;Karaköy\n\
    7003;T;Örnek Denizcilik A.Ş.;;TR;;1.250.000,00;Merkez\n\
    7004;G;<script>alert(3)</script> Deneme;31/02/1990;DE;;;Merkez\n\
    7005;G;Иван Образцов \u{202e}abc;25/12/1965;RU;;100,00;Şişli\n\
    ;G;Numarasız Kişi;01/01/2000;TR;;;Şişli\n\
    7007;G;Ayşe Deneme;19/07/1995;TR;;;Şişli\n\
    7008;G;Kemal Örnek;40/07/1995;TR;;;Şişli\n";

/// What its columns hold.
const CHOSEN: &str = "portfolio=retail&column.0=customer.number&column.1=customer.kind&column.2=name&column.3=birthDate&column.4=nationality&\
    column.5=passportNumber&column.6=customer.exposure&dates=dmy&kind-word.0=G&kind.0=Person&kind-word.1=T&kind.1=Company";

pub(crate) struct House {
    pub(crate) router: Router,
    pub(crate) desk: Desk,
    pub(crate) folder: tempfile::TempDir,
    clock: Arc<AtomicI64>,
    pub(crate) runtime: tokio::runtime::Runtime,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) fn password(name: &str) -> String {
    format!("correct horse {name}")
}

fn why() -> Reason {
    Reason::new("a test").unwrap()
}

impl House {
    /// With everybody and everything.
    pub(crate) fn open() -> House {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let place = Place::Sqlite(folder.path().join("store.sqlite"));
        let open = || {
            let read = clock.clone();
            Desk::open(&place, &folder.path().join("backups"), Box::new(move || read.load(Ordering::SeqCst))).unwrap()
        };
        let (desk, data) = (open(), folder.path().join("data"));
        let list = folder.path().join("deneme.ftm.json");
        std::fs::write(&list, LIST.replace("MARKS", &format!("Ö{}", "\u{301}".repeat(10_000)))).unwrap();
        Node::add_lists(&data, &[list], &Model::built_in(), "2026-11-22T06:00:00Z").unwrap();
        std::fs::write(data.join("redress.toml"), "complain_further = \"The ombudsman of the banks\"\n").unwrap();
        let node = portfolio::node(&data, Model::built_in()).unwrap();
        let key_file = data.join("store.key");
        let office = Office { desk: open(), folder: data, key_file };
        let mut settings = Settings::default();
        settings.shown = shown();
        let router = router_with_office(node, office, settings);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let house = House { router, desk, folder, clock, runtime };
        for (user, first) in house.desk.first_start(["ayse", "bahram"]).unwrap() {
            house.chooses(&user.name, &first);
        }
        PEOPLE.iter().for_each(|(name, role)| house.hires(name, *role));
        house.takes_customers("customers.csv", CUSTOMERS);
        house.goes_on(2 * 86_400_000 + 5_400_000);
        house
    }

    fn hires(&self, name: &str, role: Role) {
        let change = Change::Add { name: name.to_owned(), roles: vec![role] };
        let id = people::propose(&self.seat("ayse"), change, why()).unwrap();
        let confirmed = people::confirm(&self.seat("bahram"), &id).unwrap();
        self.chooses(name, &confirmed.first_password.unwrap());
    }

    fn chooses(&self, name: &str, first: &Secret) {
        let seat = self.desk.seat(self.desk.sign_in(name, first).unwrap().token);
        seat.choose_password(first, &Secret::new(&password(name))).unwrap();
    }

    pub(crate) fn token(&self, name: &str) -> Token {
        self.desk.sign_in(name, &Secret::new(&password(name))).unwrap().token
    }

    pub(crate) fn seat(&self, name: &str) -> Seat<'_> {
        self.desk.seat(self.token(name))
    }

    /// Takes customers in, who are held against the list at once.
    pub(crate) fn takes_customers(&self, name: &str, content: &str) {
        let data = self.folder.path().join("data");
        let manner = Manner::default();
        let input = Input::read(name, content.as_bytes(), &manner).unwrap();
        let add = Add {
            portfolio: "retail",
            folder: &data,
            name,
            manner: &manner,
            is_whole: false,
            rejected: portfolio::Rejects::Nowhere,
            threshold: None,
        };
        let node = self.node();
        portfolio::add(&self.seat("cem"), &node, input, &add, &mut |_| {}).unwrap();
    }

    pub(crate) fn goes_on(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Milliseconds since 1970, here.
    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// A request with a session in its cookie, or nobody's.
    pub(crate) fn send(&self, method: &str, path: &str, token: Option<&Token>, body: &str) -> Answer {
        self.send_as(method, path, token, body, "application/x-www-form-urlencoded")
    }

    /// The same page in a language.
    pub(crate) fn get_as(&self, language: &str, path: &str, token: &Token) -> Answer {
        self.send_in(language, "GET", path, Some(token), "", "")
    }

    /// Sends a form from a page in a language.
    pub(crate) fn posts_as(&self, language: &str, path: &str, token: &Token, body: &str) -> Answer {
        let body = format!("csrf={}&{body}", self.csrf(token));
        self.send_in(language, "POST", path, Some(token), &body, "application/x-www-form-urlencoded")
    }

    fn send_as(&self, method: &str, path: &str, token: Option<&Token>, body: &str, kind: &str) -> Answer {
        self.send_in("en", method, path, token, body, kind)
    }

    fn send_in(
        &self,
        language: &str,
        method: &str,
        path: &str,
        token: Option<&Token>,
        body: &str,
        kind: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("accept-language", language);
        if let Some(token) = token {
            request = request.header("cookie", format!("mihenk_session={}", token.reveal()));
        }
        if !body.is_empty() {
            request = request.header("content-type", kind);
        }
        self.ask(request.body(Body::from(body.to_owned())).unwrap())
    }

    /// Sends a request as it is.
    pub(crate) fn ask(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            Answer { status: parts.status, headers: parts.headers, text }
        })
    }

    pub(crate) fn get(&self, path: &str, token: Option<&Token>) -> Answer {
        self.send("GET", path, token, "")
    }

    /// The token of the forms of a session, as a page of it has it.
    pub(crate) fn csrf(&self, token: &Token) -> String {
        let page = self.get("/scan", Some(token)).text;
        let from = page.split("name=\"csrf\" value=\"").nth(1).unwrap();
        from.split('"').next().unwrap().to_owned()
    }

    /// Sends a form of a session, without any script.
    pub(crate) fn posts(&self, path: &str, token: &Token, body: &str) -> Answer {
        self.send("POST", path, Some(token), &format!("csrf={}&{body}", self.csrf(token)))
    }

    /// Sends a form with a file.
    pub(crate) fn sends_file(&self, path: &str, token: &Token, fields: &[(&str, &str)], content: &str) -> Answer {
        let mut body = String::new();
        let csrf = self.csrf(token);
        for (name, value) in std::iter::once(&("csrf", csrf.as_str())).chain(fields) {
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"k.csv\"\r\n\r\n{content}\r\n--b--\r\n"
        );
        self.send_as("POST", path, Some(token), &body, "multipart/form-data; boundary=b")
    }

    /// Listens on the loopback interface, for a browser: the address.
    pub(crate) fn listens(&self) -> String {
        let listener = self.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        self.runtime.spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// Work that has begun: an alert that waits for a second person, a case with parties and a task, a freeze in force and one that is proposed, a quiet pair. Gives the ids of the
    /// alert, the case and the freezes.
    pub(crate) fn works(&self) -> [String; 4] {
        let alerts = self.alerts();
        let cem = self.seat("cem");
        let policy = alerts::policy(None).unwrap();
        let clear = |id: &str, rule| {
            let how =
                ToClear {
                    reason: "birth-date".to_owned(), note: Reason::new("Doğum tarihleri başka").unwrap(), rule
                };
            alerts::clear(&cem, &policy, &[id.parse().unwrap()], &how, None).unwrap();
        };
        clear(&alerts[0], None);
        clear(alerts.last().unwrap(), None);
        let new = NewCase {
            title: "Deneme Denizcilik ve çevresi".to_owned(),
            legal_basis: Reason::new("Council order EX-1").unwrap(),
            purpose: Reason::new("Who stands behind the company").unwrap(),
        };
        let case = cases::open(&cem, new, &[alerts[1].parse().unwrap()]).unwrap();
        let party = |kind, name: &str, role: &str| {
            let new = NewParty { kind, name: name.to_owned(), role: role.to_owned(), customer: None, entity: None };
            cases::add_party(&cem, &case, new).unwrap()
        };
        let person = party(PartyKind::Person, "زرین نمونه‌زاده", "director");
        let account = party(PartyKind::Account, "TR33 0006 1005 1978 6457 8413 26", "account");
        let ends = |one: &str, other: &str, how| cases::link(&cem, &case, (one, other), (how, "register")).unwrap();
        ends(person.as_str(), account.as_str(), "holds");
        ends(person.as_str(), "d-3", "director of");
        cases::set_task(&cem, &case, "Ask the bank for statements", "2026-12-01".parse().unwrap(), None).unwrap();
        cases::note(&cem, &case, Reason::new("The register names a director").unwrap()).unwrap();
        self.complains(&alerts[3]);
        self.reports(case.as_str());
        let [held, proposed] = ["EX-18", "EX-19"].map(|reference| self.freeze(&case.to_string(), reference));
        freezes::confirm(&self.seat("dilek"), &freezes::Proposal::Freeze(held.clone()), None).unwrap();
        self.goes_on(3_600_000);
        [alerts[0].clone(), case.to_string(), held.to_string(), proposed.to_string()]
    }

    /// A rule that keeps customers for no day more, one that waits, a hold, a document that is sealed.
    pub(crate) fn keeps(&self) {
        let rule = |part: &str, keep_days, purpose: &str| Rule {
            part: part.to_owned(),
            keep_days,
            purpose: purpose.to_owned(),
        };
        let id = retention::propose(&self.seat("ayse"), rule("access", 1, "Who looked at what"), why()).unwrap();
        retention::confirm(&self.seat("bahram"), &id).unwrap();
        retention::propose(
            &self.seat("bahram"),
            rule("customer", 1_826, "Five years after the end of the relation"),
            why(),
        )
        .unwrap();
        retention::hold(&self.seat("ayse"), "K-46", Reason::new("Court file EX-2026/17").unwrap()).unwrap();
    }

    /// Every page; of work that has begun ([`House::works`]).
    pub(crate) fn pages(&self, [alert, case, held, proposed]: &[String; 4]) -> Vec<Page> {
        use Role::{Administrator, Analyst, Approver, Auditor, Officer, Viewer};
        let see = vec![Viewer, Analyst, Approver, Officer, Auditor];
        let alerts = self.alerts();
        // Taking customers in holds everybody against the lists; the newer version comes after that, so that no alert changes by it.
        let (chosen, taken) = (self.chosen_file(), self.taken_file());
        self.updates_list();
        self.keeps();
        self.exempts(held);
        self.serves();
        self.tells(case);
        let scan = "/scan?q=Yesterday%20the%20Council%20named%20Zerrin%20%C3%96rneko%C4%9Flu%20and%20Deneme%20Denizcilik%20Limited.";
        vec![
            ("cem", "work", "/work".to_owned(), see.clone()),
            ("cem", "alert", format!("/alerts/{}", alerts[3]), see.clone()),
            ("cem", "alert-other-scripts", format!("/alerts/{}", alerts[2]), see.clone()),
            ("cem", "alert-cleared", format!("/alerts/{alert}"), see.clone()),
            ("cem", "screen", "/screen?q=Zerrin%20Ornekoglu%201961".to_owned(), Vec::new()),
            (
                "cem",
                "screen-text",
                scan.replace("/scan", "/screen").replace("named", "named%20at%20last%20and%20in%20so%20many%20words"),
                Vec::new(),
            ),
            ("cem", "scan", scan.to_owned(), Vec::new()),
            ("cem", "cases", "/cases".to_owned(), see.clone()),
            ("cem", "case", format!("/cases/{case}"), see.clone()),
            ("dilek", "reviews", "/review".to_owned(), vec![Approver]),
            ("dilek", "review", format!("/review/{alert}"), vec![Approver]),
            ("dilek", "freezes", "/freezes".to_owned(), see.clone()),
            ("dilek", "freeze", format!("/freezes/{held}"), see.clone()),
            ("cem", "freeze-analyst", format!("/freezes/{held}"), see.clone()),
            ("dilek", "freeze-proposed", format!("/freezes/{proposed}"), see.clone()),
            ("cem", "freeze-new", "/freezes/new".to_owned(), vec![Analyst]),
            ("cem", "redresses", "/redress".to_owned(), see.clone()),
            ("cem", "redress", format!("/redress/{}", self.complaint()), see.clone()),
            ("cem", "redress-letter", format!("/redress/{}/letter", self.decided()), see.clone()),
            ("cem", "redress-decided", format!("/redress/{}", self.decided()), see.clone()),
            ("cem", "customers", "/customers".to_owned(), see.clone()),
            ("cem", "customer", "/customers/K-46".to_owned(), see.clone()),
            ("cem", "import", "/customers/import".to_owned(), vec![Analyst]),
            ("cem", "import-columns", chosen, vec![Analyst]),
            ("cem", "import-result", taken, vec![Analyst]),
            ("cem", "entity", "/entity/d-3".to_owned(), Vec::new()),
            ("cem", "entity-person", "/entity/d-1".to_owned(), Vec::new()),
            ("cem", "lists", "/lists".to_owned(), Vec::new()),
            ("cem", "list", "/lists/deneme".to_owned(), Vec::new()),
            ("cem", "list-diff", "/lists/deneme/diff?of=changed".to_owned(), Vec::new()),
            ("cem", "list-waiting", "/lists/deneme/diff?to=waiting".to_owned(), Vec::new()),
            ("cem", "rules", "/rules".to_owned(), see.clone()),
            ("cem", "dashboard", "/dashboard".to_owned(), see.clone()),
            ("cem", "model", "/model".to_owned(), see),
            ("deniz", "audit", "/audit".to_owned(), vec![Auditor]),
            ("okan", "reports", "/reports".to_owned(), vec![Officer]),
            ("okan", "report", format!("/reports/{}", self.report("draft")), vec![Officer]),
            ("okan", "report-sent", format!("/reports/{}", self.report("sent")), vec![Officer]),
            ("okan", "report-goaml", format!("/reports/{}", self.report("str")), vec![Officer]),
            ("ayse", "people", "/people".to_owned(), vec![Administrator]),
            ("ayse", "settings", "/settings".to_owned(), vec![Administrator]),
            ("ayse", "settings-retention", "/settings/retention".to_owned(), vec![Administrator]),
            ("ayse", "settings-keeping", "/settings/keeping".to_owned(), vec![Administrator]),
            ("ayse", "settings-webhooks", "/settings/webhooks".to_owned(), vec![Administrator]),
            ("cem", "keys", "/keys".to_owned(), Vec::new()),
            ("ayse", "password", "/password".to_owned(), Vec::new()),
        ]
    }

    /// The publisher has another version: somebody is new, two are listed otherwise, and one of six is gone, who waits for a decision.
    pub(crate) fn updates_list(&self) {
        let path = self.folder.path().join("deneme.ftm.json");
        std::fs::write(&path, House::newer_list()).unwrap();
        let data = self.folder.path().join("data");
        Node::add_lists(&data, &[path], &Model::built_in(), "2026-11-25T06:00:00Z").unwrap();
    }

    /// What the publisher has.
    pub(crate) fn newer_list() -> String {
        let new = r#"{"id":"d-7","schema":"Person","datasets":["deneme"],"properties":{"name":["Yeni <b>Örnekgil</b>","نو نمونه‌گیل"],"topics":["sanction"]}}"#;
        let lines = LIST.lines().filter(|line| !line.contains("\"d-6\"")).map(|line| {
            line.replace("Council of Examples", "Council of Samples")
                .replace("\"jurisdiction\":[\"mt\"]", "\"jurisdiction\":[\"mt\"],\"notes\":[\"Moved in \u{202e}2026\"]")
                .replace("\"gender\":[\"female\"]", "\"gender\":[\"female\"],\"position\":[\"Director of examples\"]")
        });
        lines.chain([new.to_owned()]).collect::<Vec<String>>().join("\n")
    }

    /// The place of a file of customers that somebody has sent and looks at.
    pub(crate) fn held_file(&self, name: &str) -> String {
        let token = self.token(name);
        let sent = self.sends_file("/customers/import", &token, &[("portfolio", "retail")], HELD);
        assert_eq!(sent.status, 303, "{}", sent.text);
        sent.header("location").to_owned()
    }

    /// The same when its columns are chosen.
    fn chosen_file(&self) -> String {
        let place = self.held_file("cem");
        let sent = self.posts(&format!("{place}/look"), &self.token("cem"), CHOSEN);
        assert_eq!(sent.status, 303, "{}", sent.text);
        place
    }

    /// The same when it is in.
    fn taken_file(&self) -> String {
        let place = self.held_file("cem");
        let sent = self.posts(&place, &self.token("cem"), CHOSEN);
        assert_eq!(sent.status, 303, "{}", sent.text);
        place
    }

    /// Somebody says that it is not them: Cem writes it down, with a bank that was told wrongly. A second complaint is decided.
    fn complains(&self, alert: &str) {
        let cem = self.seat("cem");
        let said = "Ben o değilim; doğum tarihim 1961.";
        let [first, other] = [alert, &self.alerts()[4]].map(|alert| {
            let shown = alerts::show(&cem, &alert.parse().unwrap()).unwrap();
            let complaint = Complaint {
                customer: shown.detail.alert.customer,
                person: None,
                complaint: Reason::new(said).unwrap(),
                alerts: vec![alert.parse().unwrap()],
                freezes: Vec::new(),
                compared: Vec::new(),
                received: Some("2026-11-10".parse().unwrap()),
                due: None,
                owner: None,
            };
            redress::open(&cem, &self.data(), complaint).unwrap()
        });
        for id in [&first, &other] {
            redress::add_recipient(&cem, id, ("Örnek Bank", "an inquiry about the customer"), why()).unwrap();
        }
        let found = ("wrongly-matched".parse().unwrap(), Some("birth-date"));
        redress::propose(&cem, &self.data(), &other, found, Reason::new("Doğum yılı başka").unwrap(), None).unwrap();
        redress::confirm(&self.seat("dilek"), &self.data(), &other, None).unwrap();
    }

    /// The complaint that nobody has decided on.
    pub(crate) fn complaint(&self) -> String {
        self.complaint_that_is("open")
    }

    /// The one that two people decided on.
    pub(crate) fn decided(&self) -> String {
        self.complaint_that_is("decided")
    }

    fn complaint_that_is(&self, state: &str) -> String {
        let (all, _) = redress::list(&self.seat("veli"), true).unwrap();
        all.iter().find(|one| one.state.as_str() == state).unwrap().id.to_string()
    }

    /// Okan drafts a report of goAML about the case, one on a sheet with something missing, and one that was sent.
    fn reports(&self, case: &str) {
        let (okan, data) = (self.seat("okan"), self.data());
        let draft = |kind: &str, title: &str| {
            let draft = Draft {
                kind: kind.to_owned(),
                about: Some(case.to_owned()),
                title: Some(title.to_owned()),
                event_day: Some("2026-11-24".parse().unwrap()),
                follows: None,
            };
            reports::draft(&okan, &data, &draft).unwrap()
        };
        draft("str", "Deneme Denizcilik");
        draft("ofac-rejected", "A payment that was rejected");
        let sent = draft("ofac-rejected", "Another payment that was rejected");
        self.fill(&okan, &sent);
        let key = mihenk_node::sealing::key(&self.desk, &data.join("store.key")).unwrap();
        reports::send(&okan, &data, &sent, Version::default(), &key, (None, "by the portal")).unwrap();
    }

    /// Fills in every field of a sheet.
    pub(crate) fn fill(&self, officer: &Seat<'_>, id: &ReportId) {
        let shown = reports::show(officer, &self.data(), id, Version::default()).unwrap();
        let value = |field: &Field| match field.written {
            Written::Text => "Örnek Bank, Ankara".to_owned(),
            Written::Day => "2026-11-24".to_owned(),
            Written::Amounts => "1250.00 EUR".to_owned(),
        };
        let values = shown.kind.fields.iter().map(|field| (field.name.clone(), value(field))).collect();
        reports::correct(officer, &self.data(), id, &reports::Change::Fields(values), why(), None).unwrap();
    }

    /// The report in a state, or of a kind.
    pub(crate) fn report(&self, wanted: &str) -> String {
        let all = reports::list(&self.seat("okan")).unwrap();
        let fits = |one: &&Report| one.kind == wanted || (one.state.as_str() == wanted && one.kind != "str");
        all.iter().find(fits).unwrap().id.to_string()
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Cem proposes a freeze.
    pub(crate) fn freeze(&self, case: &str, reference: &str) -> FreezeId {
        let regimes = freezes::regimes(self.folder.path()).unwrap();
        let regime = regimes.all().iter().find(|regime| regime.rests_on != RestsOn::Listing).unwrap();
        let terms = Terms {
            entity: None,
            also: Vec::new(),
            lists: Vec::new(),
            customer: None,
            programme: regime.id.clone(),
            authority: "Council of Examples".to_owned(),
            reference: reference.to_owned(),
            scope: "all accounts".to_owned(),
            start: "2026-11-23".parse().unwrap(),
            review: "2027-05-23".parse().unwrap(),
            assets: vec![
                "account;TR33 0006 1005;Anadolu Bank;1250.00 EUR".parse().unwrap(),
                "vessel;IMO 9074729;نمونه بندر".parse().unwrap(),
            ],
            alerts: Vec::new(),
            case: Some(case.to_owned()),
        };
        let node = self.node();
        freezes::propose(&self.seat("cem"), self.folder.path(), node.lookup(), terms, None, why()).unwrap()
    }

    fn node(&self) -> Node {
        portfolio::node(&self.folder.path().join("data"), Model::built_in()).unwrap()
    }

    /// The ids of alerts, in the order in which they were raised.
    pub(crate) fn alerts(&self) -> Vec<String> {
        let listed = mihenk_node::alerts::list(&self.seat("veli"), &[], 100).unwrap();
        let mut alerts: Vec<_> =
            listed.alerts.into_iter().map(|alert| (alert.found_seq, alert.id.to_string())).collect();
        alerts.sort();
        alerts.into_iter().map(|(_, id)| id).collect()
    }
}
