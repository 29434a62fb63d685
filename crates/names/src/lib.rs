//! Names as text: scripts, romanisation, tokens, variants; how alike are two words, and why.
//!
//! In comes text, out come tokens, [`Name`]s and likenesses of words. This crate knows nothing of lists, of how frequent a
//! name is or what a likeness is worth; that is `mihenk-screening`. It is pure: no files, no clock, no randomness.
//!
//! A name's way through the crate: [`token`] cuts a text into words and romanises them ([`place`] finds the words of a long text), [`name`] says what each word does
//! in a name, [`word`] derives what a comparison needs, [`distance`] and [`sound`] compare.

#![forbid(unsafe_code)]

mod compound;
mod confusable;
mod cut;
pub mod distance;
pub mod name;
mod number;
pub mod place;
mod romanise;
pub mod script;
mod single;
pub mod sound;
pub mod token;
mod transcription;
pub mod visual;
pub mod word;
mod words;

pub use name::{Bearer, Name, Part, Role, Unit};
pub use script::Script;
pub use token::{Token, tokenize};
pub use word::Word;
pub use words::{GENERAL_FAMILY, Variants, fingerprint, reading, variants};
