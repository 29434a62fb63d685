//! What the check finds and what would be right: the table of its sentences.
//!
//! `element`, `other` and `parent` are names of the schema, `any_of` and `all_of` several of them, `known` the codes of a list; `text` stands in the report, cut where it is long.

use mihenk_said::{Said, sayings};

sayings! {
    Said = std::convert::identity;

    // What is found
    nothing() = "nothing";
    empty_element() = "an empty element";
    empty_list() = "an empty list";
    text(text) = "{text:?}";
    text_beside(text) = "text beside its elements: {text:?}";
    text_of_length(characters, text) = "{characters} characters: {text:?}";
    character(code) = "the character U+{code}";
    character_in(character, text) = "{character} in {text:?}";
    without_time(text) = "{text:?} with no time, which is read as 00:00:00";
    behind_seconds(text, rest) = "{text:?} with {rest} behind the seconds, which is left out";
    element(element) = "an element {element}";
    element_with(element, text) = "an element {element} with {text:?}";
    behind(element, other) = "{element} behind {other}";
    once_more(element) = "{element} once more";
    so_manieth(element, count) = "{element} for the {count}th time";
    several(all_of) = "{all_of}";
    attribute(attribute, text) = "an attribute {attribute} with {text:?}";

    // What would be right: elements
    only_elements_of(parent) = "the elements of {parent} only";
    only_elements(element) = "elements {element} only";
    order_of_schema(element) = "the order of the schema, in which {element} stands before it";
    once() = "it once";
    at_most(count) = "at most {count}";
    at_least_one(element) = "at least one {element}";
    element_that_is_there(version, parent) = "an element that goAML {version} has in {parent}";
    no_such_element() = "no such element";
    any_of(any_of) = "{any_of}";
    one_of(any_of) = "one of {any_of}";
    with(other, element) = "{other} with {element}";
    without_attribute() = "an element without it";
    elements_of_type(schema_type) = "{schema_type}";

    // What would be right: values
    allowed_text() = "text that XML 1.0 allows";
    latin_text() = "Latin letters, digits, blanks, and . ' -";
    text_of(most) = "text of {most} characters";
    text_between(least, most) = "text of {least} to {most} characters";
    text_up_to(most) = "text of at most {most} characters";
    whole_number() = "a whole number";
    whole_number_between(low, high) = "a whole number from {low} to {high}";
    whole_number_from(low) = "a whole number of {low} or more";
    whole_number_up_to(high) = "a whole number of {high} or less";
    number() = "a number";
    number_between(low, high) = "a number from {low} to {high}";
    number_from(low) = "a number of {low} or more";
    number_up_to(high) = "a number of {high} or less";
    decimal(decimals) = "a number with at most {decimals} decimals";
    decimal_between(low, high, decimals) = "a number from {low} to {high} with at most {decimals} decimals";
    decimal_from(low, decimals) = "a number of {low} or more with at most {decimals} decimals";
    decimal_up_to(high, decimals) = "a number of {high} or less with at most {decimals} decimals";
    date_and_time() = "date and time such as 2026-11-26T09:30:00, not before 1753";
    truth() = "true or false";
    truth_or_nothing() = "true, or no element";
    country() = "a country by its two letters, such as TR";
    currency() = "a currency by its three letters, such as EUR";
    code_of(list) = "a code of {list}";
    one_of_codes(known) = "one of {known}";
    code_of_authority(list, known) =
        "a code of the authority's own list {list} (those that were read have {known})";
}
