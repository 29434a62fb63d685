//! The probability moves with the base rate as Bayes says, in integers.
//!
//! With evidence of b bits and one listed in n, the odds are 2^b : (n − 1). The table of logarithms is exact to a hundredth
//! of a bit, so odds are to 1.5 %, and a probability to four thousandths at most.

use mihenk_screening::{
    bits::Bits,
    model::calibration::{BaseRate, Calibration},
};

use crate::given::MODEL;

#[test]
fn the_probability_is_that_of_bayes() {
    let plain = Calibration::default();
    for one_in in [2, 3, 10, 100, 1_000, 10_000, 1_000_000, u32::MAX] {
        for bits in (-3_000..=3_000).step_by(75) {
            let odds = (f64::from(bits) / 100.0).exp2() / f64::from(one_in - 1);
            let exact = odds / (1.0 + odds);
            let found = f64::from(plain.probability(Bits(bits), BaseRate { one_in })) / 1e6;
            assert!((found - exact).abs() < 0.004, "{bits} at 1 in {one_in}: {found} {exact}");
        }
    }
}

#[test]
fn the_rarer_the_listed_the_less_the_same_evidence_says() {
    for bits in (-2_000..=4_000).step_by(50) {
        let at = |one_in| MODEL.calibration.probability(Bits(bits), BaseRate { one_in });
        let all = [0, 1, 2, 5, 10, 500, 1_000, 10_000, 10_000_000].map(at);
        assert!(all.windows(2).all(|w| w[0] >= w[1]), "{bits}: {all:?}");
        assert!(all.iter().all(|p| *p <= 1_000_000));
        assert_eq!(at(0), at(2), "fewer than one in two is no base rate; even odds are the most");
    }
}

#[test]
fn two_names_without_a_list_are_told_with_more_doubt_than_a_best_hit() {
    // Somebody picked them because they are near; a best hit was found among thousands.
    for bits in [1_500, 2_000] {
        let (pair, hit) = (MODEL.of_pairs.log_odds(Bits(bits)), MODEL.calibration.log_odds(Bits(bits)));
        assert!(0 < pair && pair < hit, "{bits}: {pair} {hit}");
    }
}

#[test]
fn the_built_in_calibration_is_even_where_it_says_so() {
    // Where the calibrated log odds are b, odds of 1 : 2^b make it one half.
    let bits = (0..4_000).map(Bits).find(|b| MODEL.calibration.log_odds(*b) >= 600).unwrap();
    let half = MODEL.calibration.probability(bits, BaseRate { one_in: 65 });
    assert!((490_000..=515_000).contains(&half), "2^6 against 64 others: {half}");
}
