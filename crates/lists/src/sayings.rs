//! What is said of what stands in a list, and of tables of the user's own: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said): what would have been right, and what was done instead. `choices` are the publisher's words, the last one behind *or*;
//! `field` is an element, an attribute or a column.

mihenk_said::sayings! {
    no_kind(text) =
        "'{text}' is no kind that is known; write it under [kinds], for example \"{text}\" = \"Person\"";
    map_is_silent() = "the map does not speak of it; it was not read";

    // What was not read
    row_not_read() = "the row was not read";
    row_not_read_as(what) = "the row was not read: {what}";
    row_of_two_kinds() = "the row was not read: expected one kind for an id";
    row_without_name() = "the row was not read: expected a name";
    row_without_number(field) = "the row was not read: expected a {field} such as 101 or 101a";
    row_fields(count) = "the row was not read: expected {count} fields, as the header has";
    row_columns(count, columns) = "the row was not read: expected {count} fields ({columns})";
    row_of_no_record() = "the row was not used: the primary file has no such number";
    line_no_object() = "the line was not read: expected one JSON object";
    entity_not_read() = "the entity was not read";
    second_not_read() = "the second was not read: expected one entity for an id";
    record_elsewhere(choices) = "the record was not read: expected {choices}";
    record_without_number(field) = "the record was not read: expected a {field}";
    record_without_numbers(field, other) = "the record was not read: expected a {field} or a {other}";
    record_without_tidy_number(field, other) =
        "the record was not read: expected a {field} or a {other} without spaces";
    record_without_schedule() = "the record was not read: expected a schedule and an item, or a name";
    target_without_number(field) = "the target was not read: expected a number in {field}";
    target_of_no_kind() = "the target was not read: expected an individual, an entity or an object";
    party_without_number(field) = "the party was not read: expected a number in {field}";
    party_without(field) = "expected a {field}; the party was not read";
    entry_without_number(field) = "the entry was not read: expected a number in {field}";
    not_read_but(choices) = "it was not read: expected {choices}";
    not_read_as_record() = "it was not read: expected a record";
    statement_of_no_kind(choices) = "expected {choices}; it was not read";
    statement_expected() = "expected one statement; not read";
    statement_of_bods() = "expected a statement of BODS 0.4; not read";
    id_of_no_length() = "expected 1 to 255 bytes; the record was not read";
    subject_expected() = "expected the recordId of an entity; the relationship was not read";
    sheet_without(field) = "the sheet was not read: expected columns such as '{field}'";
    sheet_without_both(field, other) = "the sheet was not read: expected columns '{field}' and '{other}'";
    text_outside_record(field) = "text in <{field}> outside any record was not read";
    text_outside_entry(field) = "text in <{field}> outside any entry was not read";
    unknown_and_unread() = "it was not read: it is not known here";
    unknown_and_unused() = "it is not known here and was not used";
    place_of_nobody() = "no party refers to this place; it was not used";
    number_of_no_party() = "it was not used: the file has no party of that number";
    two_parties_expected() = "expected the numbers of two parties; the relation was not read";
    no_first_party() = "the file has no party of the first number; the relation was not read";
    no_second_party() = "the file has no party of the second number; it may be on OFAC's other list";
    listed_no_more() = "they are in the file and no longer listed; no entities were made of them";
    list_without_file() = "the list was read without it: give it in the same call";
    list_without_articles() = "the list was read without: give the workbooks of all articles in the same call";

    // What was kept, as something else
    kept_as_note(what) = "{what}; kept as a note";
    no_number_found() = "no number was found in it; kept as a note";
    dates_expected() = "expected dates, the day first, between commas or behind letters; kept as a note";
    gregorian_expected() = "expected the Gregorian calendar; kept as a note";
    country_expected() = "expected a country of data/countries.txt; kept as a note";
    gender_expected(choices) = "expected {choices}; kept as a note";
    currency_expected() = "expected a currency and an address; kept as a note";
    range_is_open() = "a range that is open at one end; kept as a note";
    year_or_month_expected() = "expected a year, a year and a month, or all three; kept as a note";
    number_of_no_set(field) = "expected a {field} of that number in the file; kept as a note";
    number_of_no_target() = "the file has no listed target of that number; kept as a note";
    name_of_no_record() = "the name was kept as a note, no relation was made";
    unknown_and_noted() = "it is not known here; its text was kept as a note";
    unknown_column() = "it is not known here; its texts were kept as notes";
    unknown_name_part() = "it is not known here; the part is in the name";
    property_unknown() = "a property that FollowTheMoney does not know; its values were kept";
    own_rule_broken(kind) = "as {kind} it breaks its own rule; kept as it stands";
    taken_as_organisation(choices) = "expected {choices}; taken as an organisation";
    taken_as_alias(choices) = "expected {choices}; taken as an alias";
    taken_as_good(choices) = "expected {choices}; taken as good";
    taken_as_good_alias(choices) = "expected {choices}; taken as a good alias";
    taken_as_a_good_one(choices) = "expected {choices}; taken as a good one";
    taken_as_strong(choices) = "expected {choices}; taken as strong";
    taken_as_aka(choices) = "expected {choices}; taken as aka";
    taken_as_id(choices) = "expected {choices} or another known type; taken as id";
    taken_as_unknown() = "expected a recordId, or a reason why there is none; taken as somebody unknown";
    one_kind_taken(kind) = "expected one kind; taken as {kind}";
    interest_unknown() = "expected a code of interestType; kept as control that a person has to judge";
    end_expected() = "expected a date of its end; taken as still there";
    not_counted_twice() = "left out, so that nothing is counted twice";
    read_once() = "it was read once";
    both_put_together() = "expected one entity for an id; the values of both were put together";
    rows_put_together() = "the values of both rows were put together";
    own_number(id) = "a number of its own; both records were kept, this one as {id}";
    own_number_expected(id) = "expected a number of its own; both records were kept, this one as {id}";
    own_number_apart(id) = "a number of its own; they were kept as a record of their own, {id}";
    record_is(field, id) = "expected {field}; the record is {id}";
    all_names_good() =
        "all were taken as good names, but for those whose remark says that they are of low quality; the XML file (strong) says it";
    encoding_found() = "no action is needed unless letters are wrong; then name it as `encoding`";
    read_as_windows_1252() = "the file was read as Windows-1252; letters with accents may be wrong";
    table_without_rows() = "taken for a table of this list to which there is nothing to add";

    // What is missing
    list_day_unknown(what) = "the date of the list is not known: {what}";
    list_day_expected() = "the date of the list is not known: expected MM/DD/YYYY";
    list_day_wrong() = "expected a day of the calendar; the date of the list is not right";
    number_of_no_place(field) = "expected a {field} of that number in the file; the place is missing";
    name_expected() = "expected a name";
    names_expected() = "expected at least one name";
    name_part_expected() = "expected at least one part of a name";
    one_expected(field) = "expected at least one {field}";
    identity_expected(field) = "expected an {field} with a name";
    value_expected(field) = "expected a {field} with a value";
    alias_expected(kind) = "expected an alias of the type {kind}";
    one_of_expected(choices) = "expected {choices}";
    nothing_to_add_to_name() = "expected a name; there is nothing to add";
    nothing_to_add() = "expected a date, a place or a text; there is nothing to add";
    entries_not_counted() = "expected how many entries there are; not checked";
    entries_announced(count) = "the file says it has {count}; download it again if entries are missing";
    no_end_mark() =
        "expected OFAC's end mark (byte 1A) behind the last row; without it a file that was cut between two rows looks like a whole one";
    remark_goes_on() =
        "the remark goes on in the comment file (sdn_comments.csv, cons_comments.csv): give it in the same call; the last piece was kept as a note";
    fields_missing() = "fields that the map names and the first records do not have";
    perhaps_cut() = "a file that was cut in its last field looks like this; compare it with the publisher's";
}
