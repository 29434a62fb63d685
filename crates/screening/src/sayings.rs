//! What can be wrong with a value that screening reads: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said).

mihenk_said::sayings! {
    long_name(length, most) = "a name of {length} bytes; at most {most} are read";
    no_letters(text) = "'{text}' has neither letters nor digits";
    not_a_number(text) = "'{text}' is not a number that identifies";
    not_a_gender(text) = "'{text}' is not a gender; write female, male or other";
    not_a_country(text) = "'{text}' is not a country; write a code such as ir";
}
