//! Structures that were worked out by hand, with their arithmetic.
//!
//! They stand in `testdata/ownership/structures.txt`, in the language of `plan`.

use super::plan::Plan;

const STRUCTURES: &str = include_str!("../../../../testdata/ownership/structures.txt");

#[test]
fn structures_come_to_what_was_worked_out_by_hand() {
    let mut count = 0;
    for structure in STRUCTURES.split("\n== ").skip(1) {
        let (title, lines) = structure.split_once('\n').unwrap();
        Plan::read(lines).check(title);
        count += 1;
    }
    assert!(count >= 30, "{count}");
}
