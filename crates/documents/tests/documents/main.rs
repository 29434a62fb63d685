//! Documents of every form, made here, and what is read of them.
//!
//! [`made`] writes the documents, byte by byte where it matters. `forms` holds what is read of whole ones, `hostile` what
//! happens with broken, huge and malicious ones.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod forms;
mod hostile;
mod made;
