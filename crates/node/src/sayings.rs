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
pub fn tables() -> [&'static [Saying]; 6] {
    use mihenk_entities::sayings as entities;
    use mihenk_lists::sayings as lists;
    use mihenk_screening::sayings as screening;
    use mihenk_store::sayings as store;
    use mihenk_tables::sayings as tables;
    [store::ALL, tables::ALL, entities::ALL, screening::ALL, lists::ALL, ALL]
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

    // Why a list that was fetched is not taken
    addresses_give_no_one_list(dataset) = "the addresses of {dataset} do not give one list";
    address_gives_another(dataset, other) = "the address of {dataset} gives {other}";
    gives_no_list(dataset) = "{dataset} gives no list";
    nothing_was_sent(address) = "{address}: nothing was sent";
    length_is_another(name, received, promised) =
        "{name}: {received} bytes came, the catalogue says {promised}; it was cut, or is being replaced";
    checksum_is_another(name, found, wanted) =
        "{name}: SHA-1 {found} came, {wanted} is said of it; it was cut, or is being replaced";
    in_line_of(name, line, what) = "{name}, line {line}: {what}";
    not_put_in_use(what) = "the new version could not be put in use: {what}";

    // Why a file that was sent is not read
    file_is_empty() = "the file is empty";
    more_mebibytes(most) = "the file has more than {most} MiB, which is the most that is read; divide it";
    more_mebibytes_sent(most) =
        "the file has more than {most} MiB, which are the most that are taken; send it in parts";
    files_wait_already(most) = "{most} files of yours wait already; take some in or discard them";
    file_is_being_taken() = "this file is being taken in";
    file_is_in() = "this file is in already; send it again to take it in again";
    file_is_being_sent() = "this file is still being sent";
    nothing_came(seconds) = "nothing came for {seconds} seconds; send the file again";
    no_file_came() = "no file came; choose one";

    // Why two versions are not compared
    one_version_alone(dataset) = "only one version of {dataset} was ever in use; there is nothing to compare it with";
    version_was_swept(dataset, version) =
        "the version of {dataset} that was in use before, {version}, was swept, so there is nothing to compare it with; name another one: mihenk lists diff NAME@VERSION NAME";
    several_versions(text) = "'{text}' could be several versions; write more of it";
    no_such_version(text) =
        "'{text}' is no file, no loaded list and no stored version; write NAME, NAME@VERSION, NAME@DATE, four or more digits of a version, or the path of a list file";

    // What is wrong with the key of documents
    key_is_missing(file) =
        "{file} is missing: documents, and secrets of one-time codes and webhooks, are sealed with the key in it, and cannot be read without; bring it back from a backup, or name it with MIHENK_KEY_FILE";
}
