//! Why a regime says what it says: the table of the sentences.
//!
//! `person` and `holder` are whom lists and records name, `share` is what they have; words write both bounds, the fact has them in parts per billion.

use mihenk_said::{Said, sayings};

sayings! {
    Said = std::convert::identity;

    on_lists(lists) = "it stands on {lists}";
    nothing_recorded() = "nothing is recorded of its holders";
    no_holder_of(share) = "of {share} no holder is recorded";

    // Blocked
    shares_enough(share, threshold) = "those who are blocked have {share} of its shares; {threshold} is enough";
    shares_at_least(share, threshold) =
        "those who are blocked have at least {share} of its shares; {threshold} is enough";
    shares_of_enough(person, share, threshold) = "{person} has {share} of its shares; {threshold} is enough";
    shares_of_at_least(person, share, threshold) = "{person} has at least {share} of its shares; {threshold} is enough";
    board(holder) = "{holder} may appoint or remove a majority of its board";
    votes_alone(holder, share) = "{holder} has {share} of its votes, a majority alone";
    votes(share) = "those who are blocked have {share} of its votes, a majority";
    votes_of(person, share) = "{person} has {share} of its votes, a majority";

    // Cannot be told
    dates_open(lists) = "whether {lists} names it on that day the dates leave open";
    control(holder) =
        "{holder} controls it by other means, as recorded; whether that is control in law, a person has to judge";
    perhaps_shares_of(person, share, threshold) =
        "{person} has, or may have, {share} of its shares; {threshold} would be enough";
    perhaps_shares(share, threshold) =
        "those who are or may be blocked have {share} of its shares; {threshold} would be enough";
    anybody_shares(share, threshold) =
        "somebody who may be anybody has {share} of its shares; {threshold} would be enough";
    perhaps_votes_of(person, share) =
        "{person} has, or may have, {share} of its votes; whether one has a majority is open";
    perhaps_votes(share) =
        "those who are or may be blocked have {share} of its votes; whether one has a majority is open";
    anybody_votes(share) = "somebody who may be anybody has {share} of its votes; whether one has a majority is open";
    left_open() = "what is recorded leaves it open";

    // Not blocked
    no_holder() = "no holder is recorded";
    nobody_blocked() = "nobody who is blocked has a part of it, as far as is recorded";
    persons_apart(count, threshold, person, share) =
        "of {count} listed persons with a part none has {threshold}: {person} has most, {share}; parts of different persons are not added";
    shares_not(share, threshold) = "those who are blocked have {share} of its shares, not {threshold}";
    shares_of_not(person, share, threshold) = "{person} has {share} of its shares, not {threshold}";
}
