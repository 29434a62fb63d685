//! One-time codes besides the password: each counts once, and whoever lost everything needs two administrators.
//!
//! In come codes of a device that the test computes itself, out come sessions or refusals.

use hmac::{Hmac, KeyInit, Mac};
use mihenk_node::{
    NodeError,
    ledger::{
        attachments::Key,
        people::{Change, Manner, Role, SignedIn},
    },
    people::{self, confirm, propose},
    permission::Permission,
    sealing,
};
use sha1::Sha1;

use crate::office::{Office, START, password, why};

/// A device: what an authenticator does with the secret that it was told (RFC 6238).
pub(crate) struct Device(Vec<u8>);

impl Device {
    fn new(base32: &str) -> Device {
        let bits: Vec<u8> = base32
            .bytes()
            .flat_map(|c| {
                let value = if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' };
                (0..5).rev().map(move |bit| value >> bit & 1)
            })
            .collect();
        Device(bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit)).collect())
    }

    pub(crate) fn code(&self, at: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).unwrap();
        mac.update(&(at / 30_000).to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let from = usize::from(hash[19] & 15);
        let number = u32::from_be_bytes(hash[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }
}

fn key(office: &Office) -> Key {
    sealing::key(&office.desk, &office.folder.path().join("store.key")).unwrap()
}

pub(crate) fn enrolled(office: &Office, name: &str) -> (Device, Vec<String>) {
    let (seat, key) = (office.seat(name), key(office));
    let device = Device::new(&seat.enrol_second_factor(&key).unwrap().secret);
    let codes = seat.confirm_second_factor(&key, &device.code(office.desk.now())).unwrap();
    (device, codes)
}

pub(crate) fn enter(office: &Office, pending: &SignedIn, code: &str) -> Result<SignedIn, NodeError> {
    office.desk.enter_code(&pending.token, &key(office), code, Manner::BROWSER)
}

#[test]
fn a_code_is_asked_for_and_counts_once() {
    let office = Office::open();
    office.add("cem", &[Role::Viewer]);
    let (device, _) = enrolled(&office, "cem");
    let sign_in = || office.desk.sign_in("cem", &password("cem")).unwrap();
    let pending = sign_in();
    assert!(pending.wants_code);
    assert!(office.desk.seat(pending.token.clone()).user().is_err(), "the password alone is good for nothing");
    let now = device.code(office.desk.now());
    assert!(matches!(enter(&office, &pending, &now), Err(NodeError::WrongCode)), "it was used to enrol");
    office.goes_on(30_000);
    let now = device.code(office.desk.now());
    let signed_in = enter(&office, &pending, &now).unwrap();
    office.desk.seat(signed_in.token).act(Permission::See, |_, _| Ok(())).unwrap();
    assert!(enter(&office, &pending, &now).is_err(), "the password's token is used up");
    assert!(matches!(enter(&office, &sign_in(), &now), Err(NodeError::WrongCode)), "and so is the code");

    // After five wrong codes, or five minutes, the password has to come again.
    let pending = sign_in();
    office.goes_on(60_000);
    (0..5).for_each(|_| assert!(matches!(enter(&office, &pending, "000000"), Err(NodeError::WrongCode))));
    let late = enter(&office, &pending, &device.code(office.desk.now())).unwrap_err().to_string();
    assert!(late.contains("sign in again"), "{late}");
    let pending = sign_in();
    office.goes_on(5 * 60_000);
    assert!(enter(&office, &pending, &device.code(office.desk.now())).is_err());
}

#[test]
fn recovery_codes_count_once_each_and_two_take_the_device_off() {
    let office = Office::open();
    office.add("cem", &[Role::Viewer]);
    let (device, codes) = enrolled(&office, "cem");
    assert_eq!((codes.len(), codes[0].len()), (10, 19));
    let sign_in = || office.desk.sign_in("cem", &password("cem")).unwrap();
    let seat = office.desk.seat(enter(&office, &sign_in(), &codes[0].to_uppercase()).unwrap().token);
    assert!(matches!(enter(&office, &sign_in(), &codes[0]), Err(NodeError::WrongCode)));
    assert_eq!(seat.second_factor().unwrap().recovery_codes, 9);
    office.goes_on(30_000);
    let new = seat.renew_recovery_codes(&key(&office), &device.code(office.desk.now())).unwrap();
    assert!(matches!(enter(&office, &sign_in(), &codes[1]), Err(NodeError::WrongCode)));
    enter(&office, &sign_in(), &new[0]).unwrap();
    assert!(seat.enrol_second_factor(&key(&office)).unwrap_err().to_string().contains("already"));

    let (ayse, user) = (office.seat("ayse"), people::find(&office.seat("ayse"), "cem").unwrap().id);
    let reset = propose(&ayse, Change::ResetSecondFactor { user: user.clone() }, why()).unwrap();
    assert!(confirm(&ayse, &reset).is_err());
    confirm(&office.seat("bahram"), &reset).unwrap();
    assert!(seat.user().is_err(), "their sessions end");
    assert!(!sign_in().wants_code);
    assert!(propose(&ayse, Change::ResetSecondFactor { user }, why()).is_err());
}

#[test]
fn a_role_that_needs_a_device_does_nothing_without() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Viewer]);
    let require = |roles: &[Role]| {
        let change = Change::RequireSecondFactor { roles: roles.to_vec() };
        confirm(&office.seat("bahram"), &propose(&office.seat("ayse"), change, why()).unwrap()).unwrap();
    };
    require(&[Role::Viewer, Role::Officer]);
    let see = || cem.act(Permission::See, |_, _| Ok(()));
    assert!(matches!(see(), Err(NodeError::SecondFactorDue)));
    assert!(people::own_keys(&cem).is_err());
    let device = Device::new(&cem.enrol_second_factor(&key(&office)).unwrap().secret);
    assert!(cem.confirm_second_factor(&key(&office), "123456").is_err());
    assert!(matches!(see(), Err(NodeError::SecondFactorDue)), "until a code was given");
    cem.confirm_second_factor(&key(&office), &device.code(START)).unwrap();
    see().unwrap();
    office.add("dilek", &[Role::Auditor]).act(Permission::See, |_, _| Ok(())).unwrap();
}

#[test]
fn its_secret_is_sealed_and_goes_along_when_the_key_is_exchanged() {
    let office = Office::open();
    office.add("cem", &[Role::Viewer]);
    let (device, codes) = enrolled(&office, "cem");
    let file = office.folder.path().join("store.key");
    for event in office.events() {
        let body = event.content.unwrap().body;
        assert!(codes.iter().all(|code| !body.contains(code.as_str())), "{body}");
    }
    let kept = Office::table(office.desk.store(), "SELECT sealed FROM second_factors").concat();
    assert!(!kept.contains(&format!("{:?}", device.0)[1..20]), "{kept}");

    std::fs::rename(&file, file.with_extension("away")).unwrap();
    let missing = sealing::key(&office.desk, &file).unwrap_err().to_string();
    assert!(missing.contains("is missing"), "{missing}");
    std::fs::rename(file.with_extension("away"), &file).unwrap();

    let id = sealing::propose(&office.seat("ayse"), &file, why()).unwrap();
    people::confirm(&office.seat("bahram"), &id).unwrap();
    sealing::exchange(&office.seat("ayse"), office.folder.path(), &file).unwrap();
    office.goes_on(30_000);
    let pending = office.desk.sign_in("cem", &password("cem")).unwrap();
    enter(&office, &pending, &device.code(office.desk.now())).unwrap();
}
