//! The model: a report and everything in it, as goAML names it.
//!
//! A struct for each type of the schema, its fields named as the elements are, in the words of the standard. Each field may be
//! absent, because a draft is incomplete and a received report may be; what is missing is for the check to say. The model is the
//! union of both versions. It goes to and from a tree of elements by the macro below; order, presence and lengths are in the tables, not here.
//! Names ending in `_my_client` hold the same structs: the schema only demands more of the reporting entity's own clients.

mod subjects;
mod supplements;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{
    element::Element,
    value::{self, Decimal},
};

pub use subjects::{
    Account, AccountFund, AccountRelatedAccount, AccountRelatedEntity, AccountRelatedPerson, Entity,
    EntityIdentification, EntityRelatedEntity, EntityRelatedPerson, Person, PersonIdentification, PersonRelatedPerson,
    Signatory,
};
pub use supplements::{
    AdditionalInfo, Address, Employer, ForeignCurrency, GeoLocation, IpAddress, NetworkDevice, PepDetails, Phone,
    PreviousName, ReRelationship, RelationDateRange, Route, SanctionList, SocialAccount, TransItem,
    TransactionAdditionalInfo,
};

/// What an element can hold: a value of text, or further elements.
pub(super) trait Content: Sized {
    fn to_element(&self, name: &'static str) -> Element<'static>;
    /// None when the text says nothing of the kind, which the check finds out in the same way.
    fn of(element: &Element<'_>) -> Option<Self>;
}

impl Content for String {
    fn to_element(&self, name: &'static str) -> Element<'static> {
        Element::leaf(name, self.clone())
    }

    fn of(element: &Element<'_>) -> Option<String> {
        Some(element.text.clone().into_owned())
    }
}

impl Content for i64 {
    fn to_element(&self, name: &'static str) -> Element<'static> {
        Element::leaf(name, self.to_string())
    }

    fn of(element: &Element<'_>) -> Option<i64> {
        element.text.trim_matches(value::is_blank).parse().ok()
    }
}

impl Content for Decimal {
    fn to_element(&self, name: &'static str) -> Element<'static> {
        Element::leaf(name, self.to_string())
    }

    fn of(element: &Element<'_>) -> Option<Decimal> {
        element.text.parse().ok()
    }
}

impl Content for DateTime {
    fn to_element(&self, name: &'static str) -> Element<'static> {
        Element::leaf(name, value::written(*self))
    }

    fn of(element: &Element<'_>) -> Option<DateTime> {
        value::date_time(&element.text).map(|read| read.value)
    }
}

impl Content for bool {
    fn to_element(&self, name: &'static str) -> Element<'static> {
        Element::leaf(name, self.to_string())
    }

    fn of(element: &Element<'_>) -> Option<bool> {
        value::boolean(&element.text)
    }
}

/// Makes a struct of a type's elements and its way to and from a tree.
///
/// `one T` may be there once (`boxed T` too, for what is large), `many T` any number of times, `list T in item` is an element whose
/// children are so named. What it uses is in scope where this file's names are.
macro_rules! complex {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $shape:ident $of:ty $(, in $item:ident)?;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                #[doc = concat!("goAML's `", stringify!($field), "`.")]
                #[serde(skip_serializing_if = "is_absent")]
                pub $field: complex!(@type $shape $of),
            )*
        }

        impl Content for $name {
            fn to_element(&self, name: &'static str) -> Element<'static> {
                let mut children = Vec::new();
                $(complex!(@put self children $field $shape $($item)?);)*
                Element::branch(name, children)
            }

            fn of(element: &Element<'_>) -> Option<$name> {
                Some($name {
                    $($field: complex!(@take element $field $shape $($item)?),)*
                })
            }
        }
    };
    (@type one $of:ty) => { Option<$of> };
    (@type boxed $of:ty) => { Option<Box<$of>> };
    (@type $many:ident $of:ty) => { Vec<$of> };
    (@put $self:ident $into:ident $field:ident list $item:ident) => {
        if !$self.$field.is_empty() {
            let items = $self.$field.iter().map(|item| item.to_element(stringify!($item))).collect();
            $into.push(Element::branch(complex!(@name $field), items));
        }
    };
    (@put $self:ident $into:ident $field:ident $shape:ident) => {
        $into.extend($self.$field.iter().map(|value| value.to_element(complex!(@name $field))));
    };
    (@name $field:ident) => { plain(stringify!($field)) };
    (@take $from:ident $field:ident one) => {
        $from.child(complex!(@name $field)).and_then(Content::of)
    };
    (@take $from:ident $field:ident boxed) => {
        $from.child(complex!(@name $field)).and_then(Content::of).map(Box::new)
    };
    (@take $from:ident $field:ident many) => {
        all($from, complex!(@name $field))
    };
    (@take $from:ident $field:ident list $item:ident) => {
        $from.child(complex!(@name $field)).map_or_else(Vec::new, |list| {
            all(list, stringify!($item))
        })
    };
}
use complex;

/// An element's name; `type` is a word of Rust.
fn plain(name: &'static str) -> &'static str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The children of a name that can be read.
fn all<T: Content>(element: &Element<'_>, name: &str) -> Vec<T> {
    element.children.iter().filter(|child| child.name == name).filter_map(T::of).collect()
}

/// Something that may be absent, for leaving it out of JSON.
trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

fn is_absent(field: &impl Absent) -> bool {
    field.is_absent()
}

complex! {
    /// A report (`report`).
    Report {
        schema_version: one String;
        rentity_id: one i64;
        rentity_branch: one String;
        submission_code: one String;
        report_code: one String;
        entity_reference: one String;
        fiu_ref_number: one String;
        prev_rejected_ref_number: one String;
        submission_date: one DateTime;
        report_date: one DateTime;
        currency_code_local: one String;
        reporting_person: boxed Person;
        reporting_user_code: one String;
        location: boxed Address;
        reason: one String;
        action: one String;
        transaction: many Transaction;
        activity: one Activity;
        report_indicators: list String, in indicator;
        additional_information: list AdditionalInfo, in additional_info;
    }
}

complex! {
    /// A transaction (`transaction`).
    Transaction {
        transactionnumber: one String;
        transaction_is_suspicious: one bool;
        internal_ref_number: one String;
        agent_name: one String;
        transaction_location: one String;
        transaction_address: boxed Address;
        transaction_description: one String;
        date_transaction: one DateTime;
        teller: one String;
        authorized: one String;
        late_deposit: one bool;
        date_posting: one DateTime;
        value_date: one DateTime;
        transaction_type_code: one String;
        transmode_code: one String;
        transmode_comment: one String;
        amount_local: one Decimal;
        transaction_status: one String;
        involved_parties: list Party, in party;
        t_from_my_client: boxed FromSide;
        t_from: boxed FromSide;
        t_to_my_client: boxed ToSide;
        t_to: boxed ToSide;
        goods_services: list TransItem, in item;
        means_of_transport: list Route, in routing;
        comments: one String;
    }
}

complex! {
    /// Where the funds of a transaction come from (`t_from`, `t_from_my_client`).
    FromSide {
        from_funds_code: one String;
        from_funds_comment: one String;
        from_transaction_additional_info: boxed TransactionAdditionalInfo;
        from_foreign_currency: one ForeignCurrency;
        conductor_is_suspected: one bool;
        t_conductor: boxed Person;
        from_is_suspected: one bool;
        from_account: boxed Account;
        from_person: boxed Person;
        from_entity: boxed Entity;
        from_country: one String;
    }
}

complex! {
    /// Where the funds of a transaction go (`t_to`, `t_to_my_client`).
    ToSide {
        to_funds_code: one String;
        to_funds_comment: one String;
        to_transaction_additional_info: boxed TransactionAdditionalInfo;
        to_foreign_currency: one ForeignCurrency;
        to_is_suspected: one bool;
        to_account: boxed Account;
        to_person: boxed Person;
        to_entity: boxed Entity;
        to_country: one String;
    }
}

complex! {
    /// A party of a transaction that has more than two sides (`t_party`).
    Party {
        role: one String;
        person: boxed Person;
        person_my_client: boxed Person;
        account: boxed Account;
        account_my_client: boxed Account;
        entity: boxed Entity;
        entity_my_client: boxed Entity;
        funds_code: one String;
        funds_comment: one String;
        transaction_additional_info: boxed TransactionAdditionalInfo;
        foreign_currency: one ForeignCurrency;
        country: one String;
        is_suspected: one bool;
        significance: one i64;
        reason: one String;
        comments: one String;
    }
}

complex! {
    /// What a report is about when it is about no transaction (`activityType`).
    Activity {
        report_parties: list ReportParty, in report_party;
        goods_services: list TransItem, in item;
    }
}

complex! {
    /// A subject of an activity, how much it matters (0 to 10) and why it is in the report (`report_party_type`).
    ReportParty {
        role: one String;
        person: boxed Person;
        person_my_client: boxed Person;
        account: boxed Account;
        account_my_client: boxed Account;
        entity: boxed Entity;
        entity_my_client: boxed Entity;
        country: one String;
        is_suspected: one bool;
        significance: one i64;
        reason: one String;
        comments: one String;
    }
}

/// A party of a report wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'r> {
    /// A person.
    Person(&'r Person),
    /// An account.
    Account(&'r Account),
    /// A company or other entity.
    Entity(&'r Entity),
}

/// Of which kind a party is; for a reader who has no use for the party itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    /// A person.
    Person,
    /// An account.
    Account,
    /// A company or other entity.
    Entity,
}

impl Subject<'_> {
    /// Of which kind it is.
    #[must_use]
    pub fn kind(&self) -> SubjectKind {
        match self {
            Subject::Person(_) => SubjectKind::Person,
            Subject::Account(_) => SubjectKind::Account,
            Subject::Entity(_) => SubjectKind::Entity,
        }
    }
}
