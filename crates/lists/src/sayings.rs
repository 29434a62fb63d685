//! What is said of tables of the user's own: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said).

mihenk_said::sayings! {
    no_kind(text) =
        "'{text}' is no kind that is known; write it under [kinds], for example \"{text}\" = \"Person\"";
}
