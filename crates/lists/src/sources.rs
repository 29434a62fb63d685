//! The sources, one file each: who publishes the list, where it is, and how its records become entities.
//!
//! A source declares a [`crate::Source`] and a function from the files of one edition to a draft. What several sources
//! share (OFAC's CSV form) or what is large (the UN's names, documents, comments) is in a folder beside it.
//! FollowTheMoney files are a form, not a source: anyone's list can come in them; so are statements of the Beneficial Ownership Data Standard.

pub(crate) mod au_dfat_sanctions;
pub(crate) mod bods;
pub(crate) mod ca_dfatd_sema_sanctions;
pub(crate) mod ch_seco_sanctions;
pub(crate) mod eu_fsf;
pub(crate) mod ftm;
pub(crate) mod gb_fcdo_sanctions;
pub(crate) mod ofac;
pub(crate) mod tr_fcib;
pub(crate) mod un_sc_sanctions;
pub(crate) mod us_ofac_cons;
pub(crate) mod us_ofac_sdn;
