//! The rules that speak against acts of people: the one table.
//!
//! Each has a name, the facts that it rests on, and its sentence in English ([`mihenk_said`]), from which a function makes the error.
//! `field` is what a field of a form is for. Refusals that no page can meet (files of the house, tables of the command line) stand where they arise, with words alone.

use mihenk_said::sayings;

use crate::error::LedgerError;

sayings! {
    LedgerError = LedgerError::Refused;

    // What is written
    reason_needed() = "a reason is needed, and what was given is empty";
    reason_too_long() = "the reason is longer than 16 KiB; attach it as a document";
    text_needed(field) = "{field} is needed, and what was given is empty";
    text_too_long(field, bytes) = "{field} has {bytes} bytes at most; note the rest with 'mihenk case note'";
    line_wrong(field, text) = "{field} is empty, longer than 500 bytes, or has control characters: {text:?}";
    not_a_day(text) = "{text:?} is no day; right would be year-month-day, such as 2026-11-26";
    not_an_id(text, what, letter) = "{text:?} is no id of {what}; right would be {letter}- and a number, such as {letter}-17";
    draft_too_long() = "the draft is longer than 64 KiB; attach it as a document";
    too_many_drafts(number) = "{number} drafts are kept already; send or empty some";
    file_empty(name) = "{name} is empty";
    file_too_large(name, bytes, most) = "{name} has {bytes} bytes; {most} MiB at most are kept";
    content_erased(id, sha256) = "the content of {id} was erased; its hash is {sha256}";
    not_what_was_attached(id) = "{id} is not what was attached: its hash is another than its event says";
    not_a_file_name(name, bytes) = "{name:?} is no file name; right would be 1 to {bytes} bytes";
    not_a_currency(text) = "{text:?} is no currency of ISO 4217; right would be a code such as EUR or TRY";
    amount_negative(amount) = "{amount} is negative; right would be 0 or more";
    amount_needs_both(text) =
        "{text:?} is no amount: it needs both; right would be a number and a currency, such as 1250.00 EUR";
    amount_digits(text) =
        "{text:?} is no amount: digits and one point are understood, no sign and no mark for thousands; right would be a number and a currency, such as 1250.00 EUR";
    amount_too_large(text) =
        "{text:?} is no amount: it is larger than can be counted; right would be a number and a currency, such as 1250.00 EUR";
    amount_decimals(text, places, currency, decimals) =
        "{text:?} has {places} decimals, and {currency} has {decimals}; an amount is never rounded";

    // Alerts
    held_by_you(id) = "{id} is held by you already";
    held_already(id, name) = "{id} is held by {name} already";
    held_by_another(id, name, by, on, told) =
        "{id} is held by {name} ({by} on {on} UTC: {told}); 'mihenk alert assign {id} --to YOU --reason TEXT' takes it over";
    nobody_holds(id) = "nobody holds {id}";
    nothing_to_clear() = "there is no alert to clear";
    alert_not_open(id, alert_state, by, on, told) = "{id} is {alert_state}: {by} on {on} UTC: {told}";
    alert_is_open(id, alert_state) = "{id} is open ({alert_state})";
    alert_in_case(id, case) = "{id} is part of {case}; work on it there";
    alert_in_case_already(id, case) = "{id} is part of {case} already";
    risk_not_accepted(id, alert_kind) =
        "{id} is of kind {alert_kind}: who is listed there cannot be cleared as an accepted risk; escalate it to a case";
    pair_rule_needs_other(id, reason) =
        "{id}: a rule 'not the same person' goes with a reason that says so, and {reason} does not; leave the rule out";
    pair_rule_is_over(day) = "{day} is over; a rule holds until a day to come";
    pair_rule_too_long(alert_kind, days) = "a rule for {alert_kind} holds {days} days at most";
    pair_rule_has_ended(id, day, why) = "{id} has ended on {day} ({why})";
    reason_not_for_kind(code, alert_kind, known) =
        "{code:?} is no reason for this kind of alert ({alert_kind}); right would be {known}";
    reason_not_known(code, alert_kind, known) =
        "{code:?} is not in the vocabulary ({alert_kind}); right would be {known}";
    not_cleared(id) = "{id} is not cleared; there is nothing to review";
    cleared_by_you(id) = "{id} was cleared by you; another person has to review it";
    not_sampled(id) = "{id} is not in the sample; 'mihenk alert reopen {id}' opens it again";
    reviewed_already(id, review) = "{id} was reviewed already ({review})";

    undone_too_late(id) = "what was done with {id} cannot be taken back any more; open it again with a reason";
    not_for_your_review(id) = "{id} does not wait for your review";

    // Cases
    alert_not_in_case(id, case) = "{id} is not part of {case}";
    party_there_already(name, case, party) = "{name} is in {case} already, as {party}";
    no_such_end(text, case, known) = "{text:?} is not in {case}; right would be {known}";
    no_ends_yet(text, case) = "{text:?} is not in {case}; add parties first";
    tied_to_itself(party) = "{party} cannot be tied to itself";
    task_day_is_past(day) = "{day} is past; a task is due on a day to come";
    signs_in_no_more(name) = "{name} does not sign in any more";
    task_done_already(id, name, day) = "{id} was done by {name} on {day}";
    case_theirs_already(case) = "{case} is theirs already";
    case_offered_already(case, name) =
        "{case} is offered to {name}; take that back first with 'mihenk case decline {case}'";
    not_offered_to_you(case) = "{case} is not offered to you";
    not_offered(case) = "{case} is not offered to anybody";
    tasks_not_done(case, tasks) = "{case} has tasks that are not done: {tasks}";
    case_is_open(case) = "{case} is open";
    case_is_closed(case, day, why) = "{case} was closed on {day} ({why}); 'mihenk case reopen {case}' opens it again";
    for_its_owner(case, name) = "{case} is {name}'s case; this is for its owner to do";

    // What is restrained
    own_proposal(id) = "{id} was proposed by you; somebody else has to confirm it";
    own_change(id) = "the change of {id} was proposed by you; somebody else has to confirm it";
    own_hold(id) = "you hold {id}; only somebody else can decline it, as nobody lets go alone";
    own_pause_ran_out(id, on) = "{id} ran out on {on}; somebody other than who paused it has to decide";
    no_person_restrains(actor) = "{actor} is no person; only people decide what is restrained and what is let go";
    no_hold_by_one(regime) =
        "{regime} allows no hold by one person, only a UN listing does; propose a freeze, which another person confirms";
    no_listing_to_hold_on(entity, lists) =
        "{entity} is not on {lists}, so that there is no UN listing to hold on; propose a freeze, which another person confirms";
    change_waits_already(id, on, by, change) =
        "a change of {id} waits already since {on}, proposed by {by} ({change}); confirm or decline it first";
    freeze_not_in_force(id, freeze_state) = "{id} is {freeze_state}, not in force";
    freeze_not_confirmed(id, freeze_state) =
        "{id} is {freeze_state}, not in force; another person has to confirm it first";
    freeze_waits_for_nobody(id, freeze_state) = "nothing of {id} waits for a second person: it is {freeze_state}";
    freeze_confirmed_already(id, freeze_state, by, on) =
        "nothing of {id} waits for a second person: it is {freeze_state}, confirmed by {by} on {on}";
    not_an_asset_kind(text, known) = "{text:?} is no kind of asset; right would be one of {known}";
    not_an_asset(text) =
        "{text:?} is no asset; right would be KIND;IDENTIFIER;HOLDER;VALUE, such as account;TR33…;Anadolu Bank;1250.00 EUR";
    asset_twice(asset_kind, identifier, holder) = "the asset {asset_kind} {identifier} at {holder} is named twice";
    listing_needed(regime) = "{regime} rests on a listing; say which entity is listed";
    asset_needed() = "a freeze needs an asset: what is restrained, and who holds it";
    start_ahead(day, today) = "{day} is ahead; a freeze starts today ({today}) or has started";
    review_not_ahead(day, today) = "the review date {day} is not ahead; right would be a day after {today}";
    nothing_becomes_other() =
        "nothing would become other; say what: an asset, a value, the scope, the review date";
    no_such_asset(number, count) = "there is no asset {number}; the freeze has {count}";
    asset_released_already(number) = "asset {number} was released already";
    holds_nothing(holder, id, holders) = "{holder:?} holds nothing of {id}; its assets are held by {holders}";
    notice_ahead(day) = "{day} is ahead; write down a notice when it was given";
    no_such_regime(id, known) = "there is no regime {id:?}; right would be one of {known}";

    // What is exempt
    no_such_exemption(regime, kind, known) = "{regime} knows no exemption {kind:?}; it knows: {known}";
    nothing_to_exempt(id, freeze_state) = "{id} is {freeze_state}; there is nothing to exempt";
    exemption_needs_limit(exemption) =
        "{exemption} needs a limit: the amount that all uses together must not exceed";
    exemption_needs_licence(exemption) = "{exemption} needs the number of the licence";
    exemption_over(day) = "the last day {day} is before the first or has passed";
    exemption_stands_otherwise(id, exemption_state, right) =
        "{id} is {exemption_state}; this goes only when it is {right}";
    no_committee(id, exemption) = "{id} is {exemption}, which goes to no committee";
    committee_day_wrong(day) = "{day} is ahead, or before the committee was notified";
    no_exemption_needed(id, freeze_state) = "{id} is {freeze_state}; no exemption is needed";
    payment_ahead(day) = "{day} is ahead; count a payment when it was made";
    committee_may_object(until) = "the committee may object until {until}";
    committee_not_approved() = "the committee has not approved it";
    committee_not_notified() = "the committee was not notified";
    exemption_not_confirmed() = "another person has not confirmed it";
    committee_refused() = "the committee refused it";
    exemption_was_declined() = "it was declined";
    exemption_not_valid(first, last) = "it is valid from {first} to {last}";
    payment_of_nothing() = "a use needs an amount above 0";
    payment_other_currency(id, currency, amount) = "{id} is in {currency}; {amount} is another currency";
    payment_too_large(id, amount, left, limit) = "{amount} is more than is left of {id}: {left} of {limit}";

    // Keys, and addresses that are told of what happens
    key_label_wrong(most) = "a key needs a label of up to {most} characters, such as 'core banking'";
    key_needs_scope() = "a key needs a scope: screen, read, customers, work or audit";
    service_does_not_work() =
        "a service has no scope 'work', as a person decides; right would be screen, read, customers or audit";
    key_days_wrong(most, days) = "a key counts for 1 to {most} days, and {days} was given";
    key_overlap_too_long(days) = "the key before goes on for {days} days at most";
    key_revoked_already(id) = "{id} is revoked already";
    key_over(id) = "{id} counts no more; make a new one";
    not_a_scope(text) = "{text:?} is no scope; right would be screen, read, customers, work or audit";
    nothing_told_of(text, known) = "{text:?} is nothing that is told of; right would be some of {known}";
    address_not_told(text, what) =
        "{text:?} is no address that can be told: {what}; right would be https://example.org/path";
    own_webhook(id) = "{id} is your own proposal; another administrator confirms it";
    webhook_stands_otherwise(id, webhook_state, right) = "{id} is {webhook_state}, and not {right}";
    letter_not_dead(id, letter_state) = "{id} is {letter_state}";

    // The chain
    not_an_event_number(text) = "{text:?} is no number of an event; right would be a whole number from 1 on";
    no_such_range(first, last, end) =
        "there are no events {first} to {last}; the store has events 1 to {end}";

    // Lists
    no_removals_wait(list) = "no removals of {list} wait for a decision; see 'mihenk lists status'";
    list_changed_meanwhile(list) = "{list} is another version now than the one that was looked at; look again";

    moment_ahead() = "that moment is ahead; nobody knows what will be restrained then";

    // People
    role_missing(name, roles) = "{name} may not do this; it takes the role {roles}";
    role_there_already(id, role) = "{id} has the role {role} already";
    role_not_there(id, role) = "{id} does not have the role {role}";
    no_second_factor(id) = "{id} has no second factor";
    is_a_service(id) = "{id} is a service, which signs in by keys alone";
    two_administrators_stay() =
        "two administrators have to be left, as each change takes two; add another one first";
    not_a_sign_in_name(name) =
        "{name:?} is no name to sign in with; right would be up to 64 letters, digits, dots, dashes, underscores";
    name_taken(name) = "there is a user {name} already";
    role_needed() = "a user needs a role: viewer, analyst, approver, officer, auditor or administrator";
    role_not_for_service(role) =
        "a service cannot be {role}, as that takes a person; right would be viewer, analyst or auditor";
    role_not_for_administrator(role) = "an administrator cannot be {role} as well";
    own_change_of_people(id) = "{id} was proposed by you; another administrator has to confirm it";
    key_exchange_needs_two(id) =
        "two administrators decide to exchange the key {id}: one proposes it with 'mihenk key exchange', another confirms it with 'mihenk user confirm'";
    key_exchange_waits(id) = "exchanging the key was proposed as {id} already; another administrator has to confirm it";
    key_exchange_goes_on(id) =
        "exchanging the key {id} was confirmed already and is not over; 'mihenk key exchange' goes on with it";
    change_about_you(id) = "{id} is about you; another administrator has to confirm it";
    not_a_role(text) =
        "{text:?} is no role; right would be viewer, analyst, approver, officer, auditor or administrator";
    password_changed_meanwhile() = "the password was changed meanwhile; sign in with the new one";
    password_before_wrong() = "the password until now is wrong";
    password_short(characters) = "a password needs {characters} characters or more";
    password_same() = "the new password is the one until now";
    nobody_at_issuer(subject, issuer) =
        "nobody here is {subject} at {issuer}; two administrators tie a user to it with 'mihenk user tie'";
    second_factor_there_already() =
        "you have a second factor already; two administrators take it off with 'mihenk user reset-code'";
    no_new_device() = "there is no new device to be confirmed";
    code_too_late() = "the code came too late, or after too many wrong ones; sign in again";
    code_wrong() = "the code is wrong, or was used already; wait for the next one";

    // Customers
    reference_needed() = "a customer needs a reference, the house's own number";
    not_a_portfolio(name) =
        "{name:?} is no name of a portfolio; right would be a name such as retail, without blanks around it";
    no_customer_itself() = "there is no record of the customer itself";
    party_number_twice(reference) = "two related parties have the number {reference:?}";
    exposure_negative(exposure) = "an exposure of {exposure}; right would be 0 or more";
    customer_has_left(id) = "{id} has left already";
    name_too_long(field, length, bytes) =
        "{field} has {length} bytes or a control character; right would be up to {bytes} bytes of plain text";

    // Redress
    redress_there_already(id, subject) = "{id} is about {subject} already, and not decided";
    complaint_ahead(day) = "{day} is ahead; a complaint is written down when it is there";
    due_before_complaint(due, day) = "{due} is before the complaint of {day}";
    not_about_customer(id, customer) = "{id} is not about {customer}";
    about_another_customer(id, other, customer) = "{id} is about {other}, not about {customer}";
    wronged_by_what(customer, alerts) =
        "by what was {customer} wronged? name an alert or a freeze; its alerts are {alerts}";
    wronged_by_nothing(customer) = "by what was {customer} wronged? name an alert or a freeze; there is none";
    nothing_left_to_do(id) = "nothing is left to do about {id}";
    redress_theirs_already(id, name) = "{id} is {name}'s already";
    clearing_reason_needed(known) = "for which reason are its alerts cleared? right would be one of {known}";
    clears_no_alert(found) = "{found} clears no alert; leave the reason for clearing out";
    reason_is_no_other_person(code, customer) = "{code} does not say that {customer} is another person";
    in_a_closed_case(id, case) =
        "{id} is part of {case}, which is closed; 'mihenk case reopen {case}' first, so that {id} can be taken out of it";
    found_otherwise_since(alert, id) =
        "{alert} was found otherwise since {id} was proposed; 'mihenk redress decline {id}' and look at it again";
    no_person_decides(actor) = "{actor} is no person; only people decide whether somebody was wronged";
    redress_decided_already(id, on, by) = "{id} was decided on {on}, confirmed by {by}";
    nothing_proposed(id) = "nothing is proposed about {id}; 'mihenk redress decide {id}' first";
    redress_is(id, redress_state) = "{id} is {redress_state}";
    redress_proposed_already(by, found, id, on) =
        "{by} proposed {found} for {id} on {on}; confirm or decline that first";
    redress_confirmed_already(by, found, id, on, second, second_on) =
        "{by} proposed {found} for {id} on {on}, and {second} confirmed it on {second_on}";
    nothing_to_correct(id, found) = "{id} was decided as {found}; there is nothing to correct";
    recipient_there_already(name, received) = "{name} is written down already with {received:?}";
    received_nothing(name, id, known) =
        "{name:?} has received nothing that is written down for {id}; these have: {known}";
    nobody_received_anything(name, id) =
        "{name:?} has received nothing that is written down for {id}; nobody has";
    redress_waits_for_second(id) =
        "{id} is not decided: a second person has to confirm; there is no letter yet";
    redress_not_proposed(id) = "{id} is not decided: nothing is proposed; there is no letter yet";
    answered_already(person, on, how) = "{person} was answered on {on} by {how}";
    told_already(name, on, how) = "{name} was told already on {on} by {how}";
    told_on_another_day(on, id, first, today) =
        "{on} cannot be: {id} was decided on {first}, and today is {today}";
    complain_further_missing(file) =
        "{file} in the data folder does not say to whom the person may complain further; write complain_further = \"…\" there, for it stands in every letter";

    // Reports
    report_day_needed() = "on which day it happened is needed: --on 2026-11-26";
    report_about_a_case(kind) = "{kind} is about a case: --case C-3";
    report_about_a_freeze(kind) = "{kind} is about a freeze: --freeze F-12";
    report_about_a_register(kind) =
        "{kind} is about all freezes of a regime, and takes neither a case nor a freeze";
    report_about_a_happening(kind) =
        "{kind} is about something that happened: --on DATE, and a case if there is one";
    report_not_written(id, findings) = "{id} cannot be written:{findings}";
    report_day_ahead(day) = "{day} is ahead; a report is about what happened";
    report_is_draft(id) = "{id} is a draft still; correct it";
    report_sent_between(first, day) =
        "a report is sent between {first}, when it happened, and today; {day} is not";
    report_incomplete(id, findings) = "{id} cannot be sent:{findings}";
    report_not_sent(id, report_state) = "{id} was not sent yet: it is a {report_state}";
    report_answered_between(first, day) =
        "an answer comes between {first}, when it was sent, and today; {day} is not";
    request_due_before(day) = "it would be due before {day}, when it was asked";
    request_answered_already(id, day) = "{id} was answered on {day}";
    request_answered_between(first, day) =
        "an answer goes between {first}, when it was asked, and today; {day} is not";
    answering_not_sent(id) = "{id} was not sent yet";
    report_withdrawn(id) = "{id} was withdrawn; draft another one";
    report_is_a_record(id, report_state) =
        "{id} is {report_state}: what was sent is a record; a report that corrects it is drafted with --follows {id}";
    report_as_a_whole() =
        "a report in the form of goAML is corrected as a whole: write it with 'mihenk report content', change it, give it back with --file";
    no_such_field(kind, name, known) = "{kind} has no field {name:?}; it has: {known}";
    field_empty(label) = "{label} is empty, and the report cannot go without";
    field_too_long(label, length, bytes) = "{label} has {length} bytes; {bytes} at most are sent";
    field_not_there() = "no such field";
    no_such_report_kind(id, known) = "there is no kind of report {id:?}; right would be one of {known}";
}

#[cfg(test)]
mod tests {
    use super::*;
    use mihenk_said::Saying;

    #[test]
    fn a_refusal_has_its_name_its_facts_and_its_sentence() {
        let LedgerError::Refused(refused) = held_already("A-1", "ayse") else { panic!() };
        assert_eq!(refused.to_string(), "A-1 is held by ayse already");
        let meaning = refused.meaning().unwrap();
        assert_eq!((&*meaning.name, &*meaning.facts["id"], &*meaning.facts["name"]), ("held_already", "A-1", "ayse"));
        assert!(ALL.contains(&Saying { name: "held_already", facts: &["id", "name"] }));
    }

    #[test]
    fn text_of_others_is_quoted_and_stays_as_it_is_among_the_facts() {
        let LedgerError::Refused(refused) = not_a_day("1\n2") else { panic!() };
        assert_eq!(refused.meaning().unwrap().facts["text"], "1\n2");
        assert!(refused.to_string().starts_with("\"1\\n2\" is no day"));
    }
}
