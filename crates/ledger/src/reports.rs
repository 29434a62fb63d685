//! Reports to authorities, and those that an authority receives.
//!
//! [`goaml`] is the form in which financial intelligence units take them.

pub mod goaml;
