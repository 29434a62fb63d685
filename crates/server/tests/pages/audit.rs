//! The export for an examiner from the page: what it holds, who gets it, and that it is written down.
//!
//! In come addresses as a browser asks for them, out come files and refusals.

use mihenk_node::{audit, store::export::ExportVerdict};

use crate::house::House;

#[test]
fn the_export_is_the_one_that_can_be_checked_without_the_store() {
    let house = House::open();
    let deniz = house.token("deniz");
    let page = house.get("/audit", Some(&deniz)).text;
    assert!(page.contains("action=\"/audit/export\""), "{page}");
    let file = house.get("/audit/export?from=1&to=", Some(&deniz));
    assert_eq!(file.status, 200, "{}", file.text);
    assert!(file.header("content-disposition").starts_with("attachment;"), "{:?}", file.headers);
    assert_eq!(file.header("content-length"), file.text.len().to_string());
    // It is what the command line writes, line by line, but for the event that tells of the first export.
    let path = house.folder.path().join("range.jsonl");
    let last = file.text.lines().count() as i64 - 1;
    audit::export(&house.seat("deniz"), 1, Some(last), &path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), file.text);
    assert!(matches!(audit::verify_file(&path).unwrap(), ExportVerdict::Whole(_)));
    // That it was taken is in the chain before it leaves.
    assert!(file.text.lines().last().unwrap().contains("audit export"), "{}", file.text.lines().last().unwrap());
    // Nothing of it stays beside the data folder.
    let left: Vec<_> = std::fs::read_dir(house.data().join("uploads")).unwrap().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
    // A part of it, and what is no range, in the reader's language.
    let part = house.get("/audit/export?from=3&to=5", Some(&deniz));
    assert_eq!(part.text.lines().count(), 4, "a line that says what follows, and three events");
    for (language, query, says) in [
        ("tr", "from=5&to=3", "5 ile 3 arası olay yok"),
        ("fa", "from=0", "نیستند"),
        ("en", "from=1&to=99999999", "There are no events"),
        ("tr", "from=bir", "bir olay numarası değil"),
    ] {
        let answer = house.get_as(language, &format!("/audit/export?{query}"), &deniz);
        let text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(answer.status, 422, "{query}: {text}");
        assert!(text.contains(says) && !text.contains("class=\"original\""), "{query}: {text}");
    }
    // Nobody else gets it, and a look from elsewhere is not the auditor's.
    for name in ["cem", "dilek", "okan", "veli", "ayse"] {
        assert_eq!(house.get("/audit/export", Some(&house.token(name))).status, 403, "{name}");
    }
    assert_eq!(house.get("/audit/export", None).status, 303);
}
