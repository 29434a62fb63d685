//! The elements of the EU's list and what may stand in them.
//!
//! One row for each element that has attributes or children; what is in no row is kept as a note of its record and reported, so
//! that nothing is lost when the publisher adds to its form. Which attribute becomes which property is said where it is read.

use crate::bookkeeping::Known;

const REGULATION: &[&str] = &[
    "regulationType",
    "organisationType",
    "publicationDate",
    "entryIntoForceDate",
    "numberTitle",
    "programme",
    "publicationUrl",
    "logicalId",
];

const PART: &[&str] = &["remark", "regulationSummary"];

const fn known(name: &'static str, attributes: &'static [&'static str], children: &'static [&'static str]) -> Known {
    Known { name, attributes, children, text: false }
}

/// Elements, attributes and children.
pub(super) const TABLE: &[Known] = &[
    known(
        "sanctionEntity",
        &["euReferenceNumber", "unitedNationId", "designationDate", "designationDetails", "logicalId"],
        &[
            "remark",
            "regulation",
            "subjectType",
            "nameAlias",
            "birthdate",
            "citizenship",
            "address",
            "identification",
            "contactInfo",
        ],
    ),
    known("regulation", REGULATION, &["publicationUrl", "remark"]),
    known("regulationSummary", REGULATION, &["publicationUrl"]),
    known("subjectType", &["code", "classificationCode"], &[]),
    known(
        "nameAlias",
        &[
            "firstName",
            "middleName",
            "lastName",
            "wholeName",
            "nameLanguage",
            "gender",
            "title",
            "function",
            "strong",
            "regulationLanguage",
            "logicalId",
        ],
        PART,
    ),
    known(
        "birthdate",
        &[
            "circa",
            "calendarType",
            "birthdate",
            "dayOfMonth",
            "monthOfYear",
            "year",
            "yearRangeFrom",
            "yearRangeTo",
            "city",
            "zipCode",
            "region",
            "place",
            "countryIso2Code",
            "countryDescription",
            "regulationLanguage",
            "logicalId",
        ],
        PART,
    ),
    known("citizenship", &["region", "countryIso2Code", "countryDescription", "regulationLanguage", "logicalId"], PART),
    known(
        "address",
        &[
            "street",
            "poBox",
            "zipCode",
            "city",
            "region",
            "place",
            "asAtListingTime",
            "countryIso2Code",
            "countryDescription",
            "regulationLanguage",
            "logicalId",
        ],
        &["remark", "regulationSummary", "contactInfo"],
    ),
    Known { name: "contactInfo", attributes: &["key", "value"], children: &[], text: true },
    known(
        "identification",
        &[
            "number",
            "latinNumber",
            "diplomatic",
            "knownExpired",
            "knownFalse",
            "reportedLost",
            "revokedByIssuer",
            "issuedBy",
            "issueDate",
            "validFrom",
            "validTo",
            "nameOnDocument",
            "identificationTypeCode",
            "identificationTypeDescription",
            "region",
            "countryIso2Code",
            "countryDescription",
            "regulationLanguage",
            "logicalId",
        ],
        PART,
    ),
];
