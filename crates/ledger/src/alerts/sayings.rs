//! What screening finds otherwise than before, and what computing again finds otherwise than then: the table of the sentences.
//!
//! `property` and `topic` are as FollowTheMoney names them, `value` is what stands there; the evidence is in hundredths of a bit, which words write with a point.

use std::fmt;

use mihenk_said::{Said, sayings};

sayings! {
    Said = std::convert::identity;

    customer_gained(property, value) = "the customer gained {property} {value:?}";
    customer_lost(property, value) = "the customer lost {property} {value:?}";
    listing_gained(property, value) = "the listing gained {property} {value:?}";
    listing_lost(property, value) = "the listing lost {property} {value:?}";
    kind_changed(alert_kind, alert_kind_before) = "the kind is {alert_kind} and was {alert_kind_before}";
    evidence_changed(bits_before, bits) = "the evidence went from {bits_before} to {bits} bits";
    name_changed(text, text_before) = "the listed name is {text:?} and was {text_before:?}";
    now_under(listing) = "now under {listing}";
    no_longer_under(listing) = "no longer under {listing}";
    now_under_topic(topic) = "now under topic {topic}";
    no_longer_under_topic(topic) = "no longer under topic {topic}";
    exposure_changed(before, now) = "what is at stake went from {before} to {now}";
    other_evidence() = "other lines of evidence";
    found_again() = "it is found again";
    before_erased() = "what was found before has been erased";
    rule_basis_erased() = "what the rule rested on has been erased";

    // Computed again
    not_found_now() = "it is not found any more";
    bits_then(before, now) = "{before} hundredths of a bit then, {now} now";
    score_then(before, now) = "{before} ten-thousandths of the score then, {now} now";
    probability_then(before, now) = "{before} millionths of the probability then, {now} now";
    evidence_differs() = "the lines of the evidence are others";
    shown_otherwise() = "what is shown of the listing is another";
}

/// Hundredths of a bit; in words with a point.
pub(super) struct Bits(pub(super) i64);

impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return write!(f, "{}", self.0);
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}
