//! What is said of records that are asked, and of files of customers: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said). `property` is one of FollowTheMoney, `place` is `line 7` or `row 7`, `what` is mostly something said in its turn.

use mihenk_ledger::LedgerError;
use mihenk_said::{Said, Saying};

/// What the ledger refuses, by the name of its rule.
pub(crate) fn of_ledger(error: &LedgerError) -> Said {
    match error {
        LedgerError::Refused(refused) => refused.clone(),
        other => Said::words(other.to_string()),
    }
}

/// All tables of things that are said: of this crate and of those beneath it.
#[must_use]
pub fn tables() -> [&'static [Saying]; 5] {
    use mihenk_entities::sayings as entities;
    use mihenk_lists::sayings as lists;
    use mihenk_screening::sayings as screening;
    use mihenk_tables::sayings as tables;
    [tables::ALL, entities::ALL, screening::ALL, lists::ALL, ALL]
}

mihenk_said::sayings! {
    // A record that is asked
    value_left_out(property, what) = "field 'properties.{property}': {what}; it was left out";
    only_titles(text) = "'{text}' is nothing but titles or a legal form; give the name itself";
    nothing_to_go_by() =
        "nothing to go by: give at least a name (\"properties\": {{\"name\": [\"…\"]}}) or a number";
    nothing_to_go_by_as(what) =
        "nothing to go by: give at least a name (\"properties\": {{\"name\": [\"…\"]}}) or a number ({what})";
    list_for_a_record() = "expected an object {{\"id\", …}}, found a list";
    no_json_line() = "not JSON: a line begins with {{\"id\", …}}";
    no_json_at(what, at) = "not JSON: {what} at column {at}";
    no_query_at(what, at) = "not a query: {what} at column {at}";
    half_of_two() = "half of a surrogate pair; a character beyond U+FFFF is written as two \\u escapes";
    id_no_text(text) = "field 'id': expected a text or a number, found {text}";
    kind_wrong(what) = "column 'schema': {what}";
    no_schema_word(text) = "'{text}' is not a FollowTheMoney schema; write for example Person, Company, Vessel";
    no_columns() = "no columns are known";
    record_not_utf8(byte) = "byte {byte} is not UTF-8; save the file as UTF-8";

    // A row of a file of customers
    number_missing() = "it has no number of its own; say which column holds it (in a map: id = \"…\"), and fill it in";
    id_missing() = "field 'id': it has no number of its own";
    parties_no_list() =
        "field 'parties': expected a list of objects {{\"id\", \"role\", \"schema\", \"properties\"}}";
    party_wrong(nth, what) = "field 'parties', number {nth}: {what}";
    party_no_object() = "expected an object";
    schema_not_screened(schema) =
        "schema '{schema}' is not one that is screened; write Person, Company, LegalEntity, Vessel";
    not_an_exposure(text) = "'{text}' is no amount; right would be a whole number such as 12500";
    number_twice(reference, place) = "'{reference}' stands in {place} already, with other values; which is right?";
    no_such_parent(reference, portfolio) =
        "there is no customer '{reference}', neither in the file nor in {portfolio}";
    nobody_can_leave() =
        "a rejected record has no number, so nobody knows who is missing; mend it and add the file again";
    at_place(place, what) = "{place}: {what}";

    // What of a document was not read
    document_of_form(form) = "it is {form}, which is not read; text, HTML, PDF, DOCX, e-mail (EML) and ZIP are";
    document_is_picture(form) = "it is {form}; what is written in pictures is not read";
    document_encrypted() = "it is encrypted; take the password off and scan it again";
    document_damaged(what) = "it is damaged: {what}";
    document_too_large(what, bound) = "it has {what}; {bound} is the most that is read";
    document_without_text(pages) =
        "none of its {pages} pages holds text: it is a scan or a drawing, and has to go through text recognition (OCR) first";
    page_of_pictures(page) =
        "page {page} holds pictures and no text; what is written in pictures is not read";
    page_not_read(page, what) = "page {page}: {what}";
    bytes_no_text(byte, count, encoding) =
        "byte {byte} is no character of {encoding}, nor are {count} more; the rest was read";

    // What is said of the layout of a file
    not_one_sign(text) = "'{text}' is not one ASCII character such as ; or |";
    not_a_line(text) = "'{text}' is not the number of a line, such as 3";
}
