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
    Model, Node,
    batch::{Input, Manner},
    desk::{Desk, Seat},
    ledger::{
        Reason,
        people::{Change, Role, Secret, Token},
    },
    people,
    portfolio::{self, Add},
    store::Place,
};
use mihenk_server::{Office, Router, Settings, router_with_office};
use tower::ServiceExt;

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
        let node = portfolio::node(&data, Model::built_in()).unwrap();
        let office = Office { desk: open(), folder: data };
        let router = router_with_office(node, office, Settings::default());
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
            rejected: None,
            threshold: None,
        };
        let node = portfolio::node(&data, Model::built_in()).unwrap();
        portfolio::add(&self.seat("cem"), &node, input, &add, &mut |_| {}).unwrap();
    }

    pub(crate) fn goes_on(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// A request with a session in its cookie, or nobody's.
    pub(crate) fn send(&self, method: &str, path: &str, token: Option<&Token>, body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("cookie", format!("mihenk_session={}", token.reveal()));
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
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

    /// Listens on the loopback interface, for a browser: the address.
    pub(crate) fn listens(&self) -> String {
        let listener = self.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        self.runtime.spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// The ids of alerts, in the order in which they were raised.
    pub(crate) fn alerts(&self) -> Vec<String> {
        let listed = mihenk_node::alerts::list(&self.seat("veli"), &[], 100).unwrap();
        let mut alerts: Vec<_> = listed.alerts.into_iter().map(|alert| (alert.found_seq, alert.id.to_string())).collect();
        alerts.sort();
        alerts.into_iter().map(|(_, id)| id).collect()
    }
}
