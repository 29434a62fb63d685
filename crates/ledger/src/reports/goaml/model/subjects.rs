//! Persons, accounts and entities of a report, and how they are tied to one another.
//!
//! The same struct serves where the schema has a variant for the reporting entity's own clients (`t_person` and
//! `t_person_my_client`). What each field holds is in the tables of `data/goaml/`.

use jiff::civil::DateTime;

use super::{
    AdditionalInfo, Address, Content, Decimal, Element, Employer, NetworkDevice, PepDetails, Phone, PreviousName,
    ReRelationship, RelationDateRange, SanctionList, SocialAccount, all, complex, is_absent, plain,
};

complex! {
    /// A person (`t_person`, `t_person_my_client`, `t_conductor`, `t_person_registration_in_report`).
    ///
    /// `role` is there only where the person is a director (`director_id`).
    Person {
        gender: one String;
        title: one String;
        first_name: one String;
        middle_name: one String;
        prefix: one String;
        last_name: one String;
        birthdate: one DateTime;
        birth_place: one String;
        country_of_birth: one String;
        mothers_name: one String;
        alias: one String;
        full_name_frn: one String;
        previous_names: list PreviousName, in previous_name;
        ssn: one String;
        passport_number: one String;
        passport_country: one String;
        id_number: one String;
        nationality1: one String;
        nationality2: one String;
        nationality3: one String;
        residence: one String;
        residence_since: one DateTime;
        phones: list Phone, in phone;
        addresses: list Address, in address;
        network_devices: list NetworkDevice, in network_device;
        email: many String;
        emails: list String, in email;
        social_media: list SocialAccount, in social_account;
        occupation: one String;
        employer_name: one String;
        employer_address_id: boxed Address;
        employer_phone_id: boxed Phone;
        employment_history: list Employer, in employment;
        identification: many PersonIdentification;
        identifications: list PersonIdentification, in identification;
        deceased: one bool;
        date_deceased: one DateTime;
        tax_number: one String;
        tax_reg_number: one String;
        source_of_wealth: one String;
        peps: list PepDetails, in pep;
        is_protected: one bool;
        sanctions: list SanctionList, in sanction_list;
        related_persons: list PersonRelatedPerson, in person_related_person;
        re_relationship: one ReRelationship;
        additional_information: list AdditionalInfo, in additional_info;
        comments: one String;
        role: one String;
    }
}

impl Person {
    /// The documents, in whichever of the two elements they are.
    pub fn documents(&self) -> impl Iterator<Item = &PersonIdentification> {
        self.identification.iter().chain(&self.identifications)
    }

    /// The addresses of e-mail, in whichever of the two elements they are.
    pub fn all_emails(&self) -> impl Iterator<Item = &str> {
        self.email.iter().chain(&self.emails).map(String::as_str)
    }
}

complex! {
    /// A document of a person (`t_person_identification`).
    PersonIdentification {
        r#type: one String;
        number: one String;
        issue_date: one DateTime;
        expiry_date: one DateTime;
        issued_by: one String;
        issue_country: one String;
        comments: one String;
    }
}

complex! {
    /// A person who is tied to a person (`person_related_person_type`).
    PersonRelatedPerson {
        person_person_relation: one String;
        person: boxed Person;
        relation_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// An account (`t_account`, `t_account_my_client`).
    Account {
        institution_name: one String;
        institution_code: one String;
        swift: one String;
        institution_country: one String;
        non_bank_institution: one bool;
        collection_account: one bool;
        branch: one String;
        account_category: one String;
        account: one String;
        currency_code: one String;
        account_funds: list AccountFund, in account_fund;
        account_name: one String;
        iban: one String;
        client_number: one String;
        personal_account_type: one String;
        account_type: one String;
        t_entity: boxed Entity;
        related_entities: list AccountRelatedEntity, in account_related_entity;
        signatory: many Signatory;
        related_persons: list AccountRelatedPerson, in account_related_person;
        related_accounts: list AccountRelatedAccount, in account_related_account;
        opened: one DateTime;
        closed: one DateTime;
        balance: one Decimal;
        date_balance: one DateTime;
        status_code: one String;
        status_date: one DateTime;
        beneficiary: one String;
        beneficiary_comment: one String;
        network_devices: list NetworkDevice, in network_device;
        sanctions: list SanctionList, in sanction_list;
        additional_information: list AdditionalInfo, in additional_info;
        comments: one String;
    }
}

complex! {
    /// A currency of an account and what it holds of it (`account_fund_type`).
    AccountFund {
        currency_code: one String;
        currency_balance: one Decimal;
        currency_balance_date: one DateTime;
    }
}

complex! {
    /// Who may sign for an account (`signatory`).
    Signatory {
        is_primary: one bool;
        t_person: boxed Person;
        role: one String;
    }
}

complex! {
    /// A person who is tied to an account (`account_related_person_type`).
    AccountRelatedPerson {
        is_primary: one bool;
        t_person: boxed Person;
        role: one String;
        relation_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// An entity that is tied to an account (`account_related_entity_type`).
    AccountRelatedEntity {
        account_entity_relation: one String;
        entity: boxed Entity;
        relation_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// An account that is tied to an account (`account_related_account_type`).
    AccountRelatedAccount {
        account_account_relation: one String;
        account: boxed Account;
        relation_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// A company or other entity (`t_entity`, `t_entity_my_client`).
    Entity {
        name: one String;
        commercial_name: one String;
        incorporation_legal_form: one String;
        incorporation_number: one String;
        business: one String;
        entity_status: one String;
        entity_status_date: one DateTime;
        phones: list Phone, in phone;
        addresses: list Address, in address;
        network_devices: list NetworkDevice, in network_device;
        email: many String;
        emails: list String, in email;
        url: one String;
        urls: list String, in url;
        incorporation_state: one String;
        incorporation_country_code: one String;
        director_id: many Person;
        related_persons: list EntityRelatedPerson, in entity_related_person;
        related_entities: list EntityRelatedEntity, in entity_related_entity;
        incorporation_date: one DateTime;
        business_closed: one bool;
        date_business_closed: one DateTime;
        tax_number: one String;
        tax_reg_number: one String;
        entity_identifications: list EntityIdentification, in entity_identifier;
        re_relationship: one ReRelationship;
        sanctions: list SanctionList, in sanction_list;
        additional_information: list AdditionalInfo, in additional_info;
        comments: one String;
    }
}

complex! {
    /// A document of an entity (`t_entity_identification`).
    EntityIdentification {
        r#type: one String;
        number: one String;
        issue_date: one DateTime;
        expiry_date: one DateTime;
        issued_by: one String;
        issue_country: one String;
        comments: one String;
    }
}

complex! {
    /// A person who is tied to an entity, and what share of it they have in hundredths (`entity_related_person_type`).
    EntityRelatedPerson {
        person: boxed Person;
        role: one String;
        relation_date_range: one RelationDateRange;
        share_percentage: one Decimal;
        voting_percentage: one Decimal;
        comments: one String;
    }
}

complex! {
    /// An entity that is tied to an entity (`entity_related_entity_type`).
    EntityRelatedEntity {
        entity_entity_relation: one String;
        entity: boxed Entity;
        relation_date_range: one RelationDateRange;
        share_percentage: one Decimal;
        comments: one String;
    }
}
