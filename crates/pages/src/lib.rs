//! Pages: what people see in a browser, in their language.
//!
//! In comes what an act gave, out comes HTML. Nothing here knows of HTTP, opens anything or decides anything; `mihenk-server` asks `mihenk-node` and hands over what came back.
//! [`frame`] is what stands around every page, [`words`] the three languages (Fluent), [`calendar`] the Solar Hijri days, [`foreign`] text of others, [`said`] what the program says, [`assets`] the style sheet and
//! the script. A page is a file of its own with a template of the same name: [`work`], [`alert`] and so on. Pictures are SVG, each with a table beside it.
//!
//! No page holds script or style of its own, so that a Content-Security-Policy can forbid both; every page can be read and used without script.

#![forbid(unsafe_code)]

pub mod alert;
pub mod assets;
pub mod calendar;
pub mod case;
mod countries;
pub mod customer;
pub mod deeds;
pub mod entity;
pub mod evidence;
pub mod foreign;
pub mod frame;
pub mod freeze;
pub mod house;
pub mod import;
pub mod keys;
mod language;
pub mod letters;
pub mod lists;
pub mod model;
pub mod network;
pub mod office;
pub mod people;
pub mod problems;
pub mod redress;
pub mod refusal;
pub mod report;
pub mod review;
pub mod said;
pub mod scan;
pub mod screen;
pub mod settings;
mod share;
pub mod told;
pub mod words;
pub mod work;

pub use askama::Template;
