//! The list and the samples that come with the program.
//!
//! A sample, not a screening list: some ninety designated entities, written from public facts (`data/starter/README.md`), a
//! press report, names in many scripts and a small customer file. [`node`] makes a node of the list, in memory.

use mihenk_lists::Input;
use mihenk_screening::model::Model;

use crate::{error::NodeError, node::Node};

/// The sample report.
pub const REPORT: &str = include_str!("../../../data/starter/report.txt");
/// The sample names, one on each line.
pub const NAMES: &str = include_str!("../../../data/starter/names.txt");
/// The sample customers.
pub const CUSTOMERS: &str = include_str!("../../../data/starter/customers.csv");
/// The list itself, as lines of FollowTheMoney.
pub const LIST: &str = include_str!("../../../data/starter/list.ftm.jsonl");

/// The dataset of the starter list.
pub const DATASET: &str = "starter";

/// What every output says that rests on the starter list.
pub const NOTICE: &str =
    "This is a sample, not a screening list: some ninety entries of mid-2021 and later, for trying Mihenk out.";

/// A node with the starter list.
///
/// # Errors
/// Never for the list that comes with the program; a test reads it.
pub fn node(model: Model) -> Result<Node, NodeError> {
    let input = Input { name: "starter.ftm.jsonl".to_owned(), bytes: LIST.as_bytes().to_vec() };
    Node::from_inputs(&[input], model)
}
