//! FollowTheMoney files: ids and datasets as given, a bad line named, nested entities taken out.
//!
//! In goes `ftm.jsonl`; what it holds is said in the README of the samples. Expected values are read off the file.

use mihenk_lists::Severity;

use crate::samples::{entity, findings, read};

#[test]
fn entities_keep_their_ids_and_everything_in_them() {
    let reading = read(&["ftm.jsonl"]);
    assert_eq!((reading.dataset.as_str(), reading.records), ("sample_list", 3));
    assert!(reading.source.is_none(), "anyone's list can come in this form");
    let person = entity(&reading, "NK-sample1");
    assert_eq!(person.values("alias"), ["علي مثال"]);
    assert_eq!(person.referents, ["sample-1"]);
    assert_eq!(person.values("shoeSize"), ["44"]);
    assert_eq!(entity(&reading, "NK-sample2").datasets, ["sample_list", "another_list"]);
    assert_eq!(entity(&reading, "NK-sample2").values("addressEntity"), ["addr-1"]);
    assert_eq!(entity(&reading, "addr-1").first("city"), Some("Tehran"));
}

#[test]
fn a_line_that_is_no_entity_is_named_and_the_rest_is_read() {
    let reading = read(&["ftm.jsonl"]);
    assert_eq!(
        findings(&reading),
        [
            "high: ftm.jsonl: line 3: field 'schema': 'Persn' is not a FollowTheMoney schema, did you mean 'Person'?; \
             the entity was not read",
            "low: ftm.jsonl: line 1: 1 times Person:shoeSize; a property that FollowTheMoney does not know; its values \
             were kept",
        ]
    );
    assert_eq!(reading.findings[0].severity, Severity::High);
    assert_eq!(entity(&reading, "NK-sample4").first("imoNumber"), Some("9123453"));
}
