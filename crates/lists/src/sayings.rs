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

    // Why a list could not be read at all
    list_unreadable(file, what) = "{file}: cannot be read: {what}";
    no_file_given() = "no file was given; name at least one list file";
    list_file_empty(file) = "{file}: the file is empty; download it again";
    no_list_but(file, found, wanted) = "{file}: no list but {found}; expected {wanted}";
    list_cut(file, line, byte, found, wanted) =
        "{file}: the file is cut in the middle, at line {line} (byte {byte}): {found}; expected {wanted}; download it again";
    list_malformed(file, line, byte, found, wanted) = "{file}: line {line} (byte {byte}): {found}; expected {wanted}";
    list_without_records(file) =
        "{file}: the list holds no record; a list without records is not taken for a complete one, download it again";
    list_only_adds(file, part, missing) =
        "{file}: this is {part}, which only adds to {missing}; give {missing} in the same call";
    list_given_twice(file, other, part) = "{file} and {other} are both {part} of the same list; give one of them";
    readable_lists() =
        "the UN Security Council's consolidated list (XML), OFAC's lists (sdn.xml, consolidated.xml, sdn_advanced.xml, cons_advanced.xml; or CSV: sdn.csv, alt.csv, add.csv, or cons_prim.csv, cons_alt.csv, cons_add.csv), the EU's list of financial sanctions (XML or CSV 1.1), the UK Sanctions List (XML or CSV), the Swiss sanctions list (XML), Canada's consolidated list (XML), Australia's consolidated list (XLSX), the lists of Türkiye's Financial Crimes Investigation Board (XLSX), FollowTheMoney entities (one JSON object a line), or statements of the Beneficial Ownership Data Standard 0.4 (JSON)";
    perhaps_own(found) =
        "{found}; if it is your own, write a map for it with 'mihenk lists map FILE', and add it with --map";
    like_form_take_edition(form) = "{form}; take the XML or CSV edition of the list";
    list_gzip() = "a gzip archive; unpack it first (gzip -d)";
    list_utf16() = "text in UTF-16; save it as UTF-8";
    list_utf16_unmarked() = "text in UTF-16 without a byte order mark; save it as UTF-8";
    list_binary() = "binary data (it has NUL bytes), perhaps an archive";
    archive_no_workbook() =
        "a ZIP archive or an Office document that is no workbook; unpack it, or take another edition";
    archive_without_end() = "the archive has no end record";
    whole_workbook() = "a whole workbook";
    json_array() = "a JSON array; FollowTheMoney files have one object a line, without brackets";
    statements_before() =
        "statements of the Beneficial Ownership Data Standard before 0.4; ask the publisher for version 0.4";
    workbook_of_first_row(text) = "a workbook whose first row is {text}";
    table_of_first_row(text) = "a table whose first row is {text}";
    text_beginning_with(text) = "text that begins with {text}";
    html_page() = "an HTML page (often the error page of a server)";
    html_or_xml() = "an HTML page or XML document (often the error page of a server)";
    xml_of_another_kind(text) = "an XML document of another kind (root element <{text}>)";
    xml_without_root() = "markup without a root element";
    ends_before_root() = "the file ends before the root element";
    an_xml_document() = "an XML document";
    delta_for_a_list() = "a delta of OpenSanctions, which is no list by itself; take entities.ftm.json";
    json_without_schema() = "JSON, but no FollowTheMoney entity: there is no field \"schema\"";
    json_over_lines() = "one JSON document over several lines; FollowTheMoney files have one object a line";
    json_not_closed() = "the JSON object is not closed";
    object_a_line() = "one JSON object a line";
    object_a_line_ended() = "one JSON object a line, and a line end behind the last";
    begins_like_json(what) = "text that begins like JSON ({what})";
    no_json_text(what) = "text that is no JSON ({what})";
    only_row_incomplete(text) = "the only row is not complete: {text}";
    last_row_open(text) = "the last row is not closed: {text}";
    last_row_short(cells, right, text) = "the last row has {cells} of {right} fields: {text}";
    last_line_open(text) = "the last line is not closed: {text}";
    last_line_no_json(text) = "the last line is no JSON: {text}";
    whole_rows() = "whole rows";
    ofac_whole_rows() = "whole rows, each with its line end, and OFAC's end mark (byte 1A) behind them";
    ofac_end_mark(file) = "OFAC's end mark (byte 1A) behind the last row, as in {file}";
    ofac_without_mark() = "the file has no end mark";
    ofac_changes() = "a file of changes to an earlier version of OFAC's list";
    ofac_whole_list() = "the whole list (SDN_ADVANCED.XML, CONS_ADVANCED.XML)";
    swiss_part(text) = "a part of the Swiss sanctions list ({text})";
    swiss_whole_list() = "the whole list (Gesamtliste, list-type=\"whole-list\")";
    catalogue_entry() =
        "OpenSanctions' index.json with \"name\", \"version\" and the resource \"entities.ftm.json\"";
    catalogue_without(dataset) = "a catalogue without the dataset '{dataset}'";
    catalogue_without_entities(dataset, file) = "a dataset '{dataset}' without {file}";
    catalogue_without_version(dataset) = "a dataset '{dataset}' without a version";
    something_else(what) = "something else ({what})";
    index_of_deltas() = "an index of deltas: {{\"versions\": {{VERSION: ADDRESS}}}}";
    delta_line_expected() = "a delta line that fits the version at hand";
    no_element() = "no element at all";
    element_open(text) = "{text} is not closed";
    end_tag_of(text) = "the end tag of {text}";
    byte_no_utf8() = "a byte that is not UTF-8";
    document_in_utf8() = "a document in UTF-8";
    well_formed_xml() = "well-formed XML";

    // Why a file could not be fetched
    fetch_failed(address, what) = "{address}: {what}";
    fetch_failed_after(address, what, attempts) = "{address}: {what} (tried {attempts} times)";
    no_web_address() = "this is no address of a web server; write https://…";
    no_connection(what) = "no connection: {what}";
    none_within(seconds) = "none within {seconds} seconds";
    server_unknown() = "the name of the server is unknown";
    connection_refused() = "it was refused";
    proxy_address_wrong() = "the address of the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) is none";
    proxy_makes_none() = "the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) makes none";
    no_secure_connection(what) =
        "no secure connection: {what}; a company's own authority is given with --ca FILE or SSL_CERT_FILE";
    server_stalled(seconds) = "the server said nothing for {seconds} seconds";
    file_too_slow(seconds) = "the file was not there after {seconds} seconds";
    file_cut(received) = "the file was cut: {received} bytes came";
    file_cut_of(received, promised) = "the file was cut: {received} bytes came, {promised} were promised";
    file_too_long(received, most) =
        "the file is too long: {received} bytes or more, {most} are the most that is taken";
    redirects_too_many(most, address) = "more than {most} redirects, the last to {address}";
    redirect_without_address() = "a redirect without an address";
    redirect_to_no_address() = "a redirect to something that is no web address";
    sent_to_insecure(address) =
        "the server sends us from a secure address to {address}, which is not secure; that is not followed";
    answered(code) = "the server answered {code}";
    answered_wants_token(code) = "the server answered {code}: it wants a token, or another one";
    answered_not_there(code) = "the server answered {code}: there is no such file; has the publisher moved it?";
    answered_by_proxy(code) = "the server answered {code}: the proxy wants a name and a password";
    answered_too_often(code) = "the server answered {code}: it was asked too often";
    answered_trouble(code) = "the server answered {code}: it has trouble of its own";
    answered_unasked(code) = "the server answered {code}, though it was not asked whether anything changed";
    no_proper_http(what) = "the answer is no proper HTTP: {what}";
    header_not_sendable() =
        "the header with the secret cannot be sent: its name or value has characters that a header may not have";

    // What was found, where it is not the file's own words
    found_nothing() = "nothing";
    found_no_name() = "no name";
    found_no_end_mark() = "no end mark";
    found_no_id() = "no id in its column";
    found_no_schema() = "no schema";
    found_name_without_parts() = "a name without parts";
    found_neither() = "neither a name nor a number";
    found_times(count, name) = "{count} times {name}";
    found_delisted(count) = "{count} targets that were taken off the list";
    found_entries(count) = "{count} entries";
    found_without(field) = "no {field}";
    found_without_value(text) = "{text} without a value";
    found_closed_record() = "a closed record";
    found_interest_of(text) = "an interest of type {text}";
    found_the_place(text) = "the place {text}";
    found_remark_cut(text) = "a remark that is cut: {text}";
    found_encoding(encoding) = "the text is in {encoding}";
    found_bytes_no_utf8() = "bytes that are not UTF-8";
    found_no_line_end() = "the last row has no line end";
    found_only_end_mark(file) = "{file} has no rows, only an end mark";
    found_no_workbook(name) = "no workbook for {name}";
    found_no_column_of_weak() = "no column that says which names are weak";
    found_column(text) = "column {text}";
    found_a_column(text) = "a column {text}";
    found_sheet_unheaded(name, rows) = "a sheet '{name}' of {rows} rows without a heading";
    found_row_of(count, text) = "a row with {count} fields: {text}";
    found_row_for(number, text) = "a row for entity number {number}: {text}";
    found_row_again() = "the same row once more";
    found_rows_apart(number) = "rows of number {number} apart from others of it";
    found_id_again() = "the id once more";
    found_own_id_again() = "its id once more";
    found_id_again_as(id, schema, schema_again) = "{id} once more, as {schema} and as {schema_again}";
    found_number_again(id) = "the number of {id} once more";
    found_entity_again(number) = "entity number {number} once more";
    found_name_of_none(text) = "{text} is the name of no record";
    found_name_of_several(text, count) = "{text} is the name of {count} records";
    found_record_in(name, text) = "a record <{name}> in <{text}>";
    found_record_without_number(text) = "a record without a number: {text}";
    found_record_without_usable_number(text) = "a record without a usable number: {text}";
    found_record_without_both(text) = "a record without number and name: {text}";
    found_row_without_number(text) = "a row without a number: {text}";
    found_row_without_name(text) = "a row without a name: {text}";
    found_target_without_usable_number(text) = "a target without a usable number: {text}";
    found_party_without_number(text) = "a party without a number: {text}";
    found_party_without_profile(text) = "a party without a profile: {text}";
    found_entry_without_number(text) = "an entry without a number: {text}";
}
