//! What can be wrong with a value or a record: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said). `json` is what stands there in JSON, such as null or a list; `property` is one of FollowTheMoney, `what` something said of it.

mihenk_said::sayings! {
    not_a_date(text) =
        "'{text}' is not a date; write 1957, 1957-05, 1957-05-16, 16 May 1957, 1957~ (about) or 1955/1958 (between)";
    no_such_day(text, year, month, day) =
        "'{text}' is not a day of the calendar: month {month} of {year} has no day {day}";
    date_of_two_days(text) = "'{text}' could mean two days; write the month as a word or the date as YYYY-MM-DD";
    not_json(what) = "not JSON: {what}";
    no_record(json) = "expected an object {{\"id\", \"schema\", \"properties\"}}, found {json}";
    not_an_entity_id(text) = "field 'id': '{text}' is not an id; it must be a text of 1 to 255 bytes without spaces";
    schema_missing() = "field 'schema' is missing; write for example \"Person\", \"Company\" or \"Vessel\"";
    no_schema(text) = "field 'schema': '{text}' is not a FollowTheMoney schema";
    no_schema_but_near(text, near) =
        "field 'schema': '{text}' is not a FollowTheMoney schema, did you mean '{near}'?";
    no_properties(json) = "field 'properties': expected an object of lists of text, found {json}";
    value_wrong(property, what) = "field 'properties.{property}': {what}";
    text_expected(json) = "expected text, found {json}";
}
