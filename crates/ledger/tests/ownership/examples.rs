//! The examples of OFAC's FAQ 398 to 402, their facts in our words. Their answers are OFAC's, so only the first letter of each expectation is theirs;
//! the others are what the EU's and the UK's tests make of the same facts.

use super::plan::Plan;

#[test]
fn faq_398_control_is_no_ownership() {
    // A blocked person controls an entity and owns 25 per cent: not blocked by the rule.
    Plan::read("X listed\nX owns 25 of A\nX appoints board of A\nX controls A\nX directs A\nexpect A NBB").check("398");
}

#[test]
fn faq_399_shares_of_all_blocked_persons_are_added() {
    // X and Y 25 per cent each, blocked under whatever programmes: blocked.
    Plan::read("X listed\nY listed\nX owns 25 of A\nY owns 25 of A\nexpect A BBN").check("399");
}

#[test]
fn faq_400_an_officer_who_is_blocked_does_not_block_the_entity() {
    // The entity stays free; that nobody may sign with the officer is another matter.
    Plan::read("X listed\nX directs A\nexpect A NNN").check("400");
}

#[test]
fn faq_401_example_1_half_of_half() {
    // X 50 of A, A 50 of B: both blocked. The UK wants more than half.
    Plan::read("X listed\nX owns 50 of A\nA owns 50 of B\nexpect A BBN\nexpect B BBN").check("401.1");
}

#[test]
fn faq_401_example_2_two_halves_of_a_half() {
    Plan::read("X listed\nX owns 50 of A\nX owns 50 of B\nA owns 25 of C\nB owns 25 of C\nexpect C BBN").check("401.2");
}

#[test]
fn faq_401_example_3_ten_and_forty() {
    Plan::read("X listed\nX owns 50 of A\nX owns 10 of B\nA owns 40 of B\nexpect B BBN").check("401.3");
}

#[test]
fn faq_401_example_4_a_quarter_of_b_does_not_reach_c() {
    let plan = "X listed\nX owns 50 of A\nX owns 25 of B\nA owns 25 of C\nB owns 25 of C";
    Plan::read(&format!("{plan}\nexpect A BBN\nexpect B NNN\nexpect C NNN")).check("401.4");
}

#[test]
fn faq_401_example_5_minorities_of_two_owners() {
    let plan = "X listed\nX owns 25 of A\nX owns 25 of B\nA owns 50 of C\nB owns 50 of C";
    Plan::read(&format!("{plan}\nexpect C NNN")).check("401.5");
}

#[test]
fn faq_402_after_a_sale_below_half() {
    // Before: X 30 and Y 20. After Y has sold 1: 49.
    Plan::read("X listed\nY listed\nX owns 30 of A\nY owns 20 of A\nexpect A BBN").check("402 before");
    Plan::read("X listed\nY listed\nZ owns 1 of A\nX owns 30 of A\nY owns 19 of A\nexpect A NNN").check("402 after");
}
