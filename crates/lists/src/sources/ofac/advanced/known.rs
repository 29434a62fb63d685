//! Which elements and attributes of OFAC's advanced XML form are read, or only refer to others and say nothing about
//! anybody.
//!
//! The table of [`crate::bookkeeping`]: what a file has beyond it is kept as a note and reported. Source:
//! `sdn_advanced.xsd`.

use crate::bookkeeping::Known;

const fn row(name: &'static str, attributes: &'static [&'static str], children: &'static [&'static str]) -> Known {
    Known { name, attributes, children, text: children.is_empty() }
}

/// Attributes that say which parts of a date are sure; the text of the date says as much.
const FIXED: &[&str] = &["YearFixed", "MonthFixed", "DayFixed", "CalendarTypeID", "Approximate"];

/// All rows.
pub(super) static KNOWN: &[Known] = &[
    // Parties.
    row("DistinctParty", &["FixedRef"], &["Comment", "Profile"]),
    row(
        "Profile",
        &["ID", "PartySubTypeID"],
        &["Comment", "Identity", "Feature", "SanctionsEntryReference", "ExternalReference"],
    ),
    row("SanctionsEntryReference", &["SanctionsEntryID"], &[]),
    row("ExternalReference", &["ExRefTypeID"], &["Comment", "ExRefValue", "DirectURL", "SubLink"]),
    row("SubLink", &["TargetTypeID"], &["Description", "DirectURL"]),
    // Names.
    row(
        "Identity",
        &["ID", "FixedRef", "Primary", "False"],
        &["Comment", "Alias", "NamePartGroups", "IDRegDocumentReference"],
    ),
    row("IDRegDocumentReference", &["IDRegDocumentID"], &[]),
    row("Alias", &["FixedRef", "AliasTypeID", "Primary", "LowQuality"], &["Comment", "DatePeriod", "DocumentedName"]),
    row(
        "DocumentedName",
        &["ID", "FixedRef", "DocNameStatusID"],
        &["Comment", "DocumentedNamePart", "DocumentedNameCountry", "IDRegDocumentReference"],
    ),
    row("DocumentedNamePart", &["LeadingChars", "TrailingChars"], &["NamePartValue"]),
    row("NamePartValue", &["NamePartGroupID", "ScriptID", "ScriptStatusID", "Acronym"], &[]),
    row("DocumentedNameCountry", &["CountryID"], &["Comment"]),
    row("NamePartGroups", &[], &["MasterNamePartGroup"]),
    row("MasterNamePartGroup", &[], &["NamePartGroup"]),
    row("NamePartGroup", &["ID", "NamePartTypeID"], &[]),
    // Features.
    row("Feature", &["ID", "FeatureTypeID"], &["FeatureVersion", "IdentityReference"]),
    row("IdentityReference", &["IdentityID", "IdentityFeatureLinkTypeID"], &[]),
    row(
        "FeatureVersion",
        &["ID", "ReliabilityID"],
        &["Comment", "DatePeriod", "VersionDetail", "VersionLocation", "IDRegDocumentReference"],
    ),
    row("VersionDetail", &["DetailTypeID", "DetailReferenceID"], &[]),
    row("VersionLocation", &["LocationID"], &[]),
    // Dates.
    row("DatePeriod", FIXED, &["Start", "End"]),
    row("Start", FIXED, &["From", "To"]),
    row("End", FIXED, &["From", "To"]),
    row("From", &[], &["Year", "Month", "Day"]),
    row("To", &[], &["Year", "Month", "Day"]),
    row("Date", FIXED, &["Year", "Month", "Day"]),
    // Places.
    row(
        "Location",
        &["ID"],
        &[
            "Comment",
            "LocationAreaCode",
            "LocationCountry",
            "LocationPart",
            "FeatureVersionReference",
            "IDRegDocumentReference",
        ],
    ),
    row("LocationAreaCode", &["AreaCodeID"], &[]),
    row("LocationCountry", &["CountryID", "CountryRelevanceID"], &[]),
    row("LocationPart", &["LocPartTypeID"], &["LocationPartValue"]),
    row("LocationPartValue", &["Primary", "LocPartValueTypeID", "LocPartValueStatusID"], &["Comment", "Value"]),
    // Documents.
    row(
        "IDRegDocument",
        &["ID", "IDRegDocTypeID", "IdentityID", "IssuedBy-CountryID", "IssuedIn-LocationID", "ValidityID"],
        &[
            "Comment",
            "IDRegistrationNo",
            "IssuingAuthority",
            "DocumentDate",
            "FeatureVersionReference",
            "DocumentedNameReference",
            "ProfileRelationshipReference",
        ],
    ),
    row("DocumentDate", &["IDRegDocDateTypeID"], &["DatePeriod"]),
    row("FeatureVersionReference", &["FeatureVersionID"], &[]),
    row("DocumentedNameReference", &["DocumentedNameID"], &[]),
    row("ProfileRelationshipReference", &["ProfileRelationshipID"], &[]),
    // Listings.
    row(
        "SanctionsEntry",
        &["ID", "ProfileID", "ListID"],
        &[
            "Comment",
            "LimitationsToListing",
            "EntryEvent",
            "SanctionsMeasure",
            "SupportingInfo",
            "ProfileRelationshipReference",
        ],
    ),
    row("EntryEvent", &["ID", "EntryEventTypeID", "LegalBasisID"], &["Comment", "Date"]),
    row("SanctionsMeasure", &["ID", "SanctionsTypeID"], &["Comment", "DatePeriod"]),
    row("SupportingInfo", &["ID", "SupInfoTypeID"], &["Text", "DirectURL"]),
    // Relations.
    row(
        "ProfileRelationship",
        &["ID", "From-ProfileID", "To-ProfileID", "RelationTypeID", "RelationQualityID", "Former", "SanctionsEntryID"],
        &["Comment", "DatePeriod", "IDRegDocumentReference"],
    ),
    row(
        "SanctionsEntryLink",
        &["ID", "EntryA-SanctionsEntryID", "EntryB-SanctionsEntryID", "EntryLinkTypeID"],
        &["Comment", "Date"],
    ),
];
