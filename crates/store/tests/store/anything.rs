//! Whatever comes in: any bytes as an export, any texts in an event.
//!
//! In come bytes and texts from `proptest`, out comes a verdict without a panic; and what the store wrote is always right.

use mihenk_store::{
    NewEvent, StoreError,
    export::{ExportVerdict, verify_export},
};
use proptest::{collection::vec, prelude::*};

use crate::Home;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_event_is_proved_by_the_store_and_by_its_export(
        events in vec((any::<i64>(), any::<String>(), any::<String>(), any::<String>(), any::<String>()), 1..6),
    ) {
        let home = Home::sqlite();
        let store = home.store();
        for (at, actor, kind, subject, said) in events {
            // An event of that kind must say what was erased; no other kind means anything here.
            prop_assume!(kind != "body.erased");
            let new = NewEvent::of(at, &actor, &kind, &subject, &said).unwrap();
            store.act::<_, StoreError>(|act| act.append(new)).unwrap();
        }
        store.verify(None).unwrap().whole().unwrap();
        let mut out = Vec::new();
        let exported = store.export(1, None, &mut out).unwrap();
        prop_assert_eq!(verify_export(&mut out.as_slice()).unwrap(), ExportVerdict::Whole(exported));
    }

    #[test]
    fn any_bytes_are_no_export(bytes in vec(any::<u8>(), 0..300), lines in vec("[\\PC]{0,60}", 0..6)) {
        for bytes in [bytes, lines.join("\n").into_bytes()] {
            prop_assert!(matches!(verify_export(&mut bytes.as_slice()).unwrap(), ExportVerdict::Broken(_)));
        }
    }

    #[test]
    fn a_byte_that_is_changed_is_found(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let (text, before) = export();
        let at = at.index(text.len());
        prop_assume!(text[at] != to);
        let mut changed = text.clone();
        changed[at] = to;
        if let ExportVerdict::Whole(exported) = verify_export(&mut changed.as_slice()).unwrap() {
            // White space and other spellings of the same text change nothing that is meant.
            prop_assert_eq!(exported, before);
            prop_assert!(same_meaning(&text, &changed), "{}", String::from_utf8_lossy(&changed));
        }
    }
}

/// An export of three events, made once.
fn export() -> (Vec<u8>, mihenk_store::export::Exported) {
    static MADE: std::sync::OnceLock<(Vec<u8>, mihenk_store::export::Exported)> = std::sync::OnceLock::new();
    let made = MADE.get_or_init(|| {
        let home = Home::sqlite();
        let store = home.store();
        crate::append(&store, 3);
        let mut out = Vec::new();
        let exported = store.export(1, None, &mut out).unwrap();
        (out, exported)
    });
    made.clone()
}

fn same_meaning(one: &[u8], other: &[u8]) -> bool {
    let read = |bytes: &[u8]| -> Vec<serde_json::Value> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    read(one) == read(other)
}
