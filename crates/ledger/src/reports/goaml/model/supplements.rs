//! What belongs to subjects and transactions: addresses, telephones, goods, devices, lists of sanctions, further remarks.
//!
//! Structs named after the schema's types; what each field holds is in the tables of `data/goaml/`.

use jiff::civil::DateTime;

use super::{Content, Decimal, Element, all, complex, is_absent, plain};

complex! {
    /// An address (`t_address`).
    Address {
        address_type: one String;
        address: one String;
        house_number: one String;
        apartment_number: one String;
        additional_address_line1: one String;
        additional_address_line2: one String;
        town: one String;
        city: one String;
        zip: one String;
        country_code: one String;
        state: one String;
        geo_location: boxed GeoLocation;
        comments: one String;
    }
}

complex! {
    /// A point on the globe in degrees, or a plus code (`geo_location`).
    GeoLocation {
        latitude: one Decimal;
        longitude: one Decimal;
        plus_code: one String;
        is_approx_location: one bool;
        error_distance_margin: one Decimal;
        margin_uom: one String;
    }
}

complex! {
    /// A telephone (`t_phone`).
    Phone {
        tph_contact_type: one String;
        tph_communication_type: one String;
        tph_country_prefix: one String;
        tph_number: one String;
        tph_extension: one String;
        comments: one String;
    }
}

complex! {
    /// An amount in a currency that is not the report's (`t_foreign_currency`).
    ForeignCurrency {
        foreign_currency_code: one String;
        foreign_amount: one Decimal;
        foreign_exchange_rate: one Decimal;
    }
}

complex! {
    /// Goods or a service (`t_trans_item`).
    TransItem {
        item_type: one String;
        item_make: one String;
        description: one String;
        previously_registered_to: one String;
        presently_registered_to: one String;
        estimated_value: one Decimal;
        status_code: one String;
        status_comments: one String;
        disposed_value: one Decimal;
        currency_code: one String;
        size: one Decimal;
        size_uom: one String;
        address: boxed Address;
        registration_date: one DateTime;
        registration_number: one String;
        identification_number: one String;
        comments: one String;
    }
}

complex! {
    /// How goods travelled (`route_type`).
    Route {
        reporting_point: one bool;
        transport_mode: one String;
        transport_type: one String;
        carrier_name: one String;
        carrier_number: one String;
        step_number: one i64;
        step_code: one String;
        step_date: one DateTime;
        step_status: one String;
        place: one String;
        country_code: one String;
        comments: one String;
    }
}

complex! {
    /// How a transaction was ordered: device, block, virtual address (`transaction_additional_info_type`).
    TransactionAdditionalInfo {
        network_device: boxed NetworkDevice;
        block_number: one i64;
        virtual_address: one String;
    }
}

complex! {
    /// A device in a network (`network_device_type`).
    NetworkDevice {
        device_number: one String;
        operating_system: one String;
        service_provider: one String;
        ip_address: boxed IpAddress;
    }
}

complex! {
    /// An address of the internet protocol (`ip_address_type`).
    IpAddress {
        ipv4: one String;
        cgn_port: one i64;
        ipv6: one String;
        nat: one String;
        first_seen_date: one DateTime;
        last_seen_date: one DateTime;
        using_proxy: one bool;
        city: one String;
        country: one String;
        comments: one String;
    }
}

complex! {
    /// A public office (`pep_details`).
    PepDetails {
        pep_country: one String;
        function_name: one String;
        function_description: one String;
        pep_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// Since when somebody is a client of the reporting entity (`re_relationship_type`).
    ReRelationship {
        client_number: one String;
        relationship_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// A list of sanctions on which the reporting entity found somebody (`sanction_list_type`).
    SanctionList {
        provider: one String;
        sanction_list_name: one String;
        match_criteria: one String;
        link_to_source: one String;
        sanction_list_attributes: one String;
        sanction_list_date_range: one RelationDateRange;
        comments: one String;
    }
}

complex! {
    /// An account in social media (`social_account_type`).
    SocialAccount {
        platform: one String;
        user_name: one String;
        comments: one String;
    }
}

complex! {
    /// An earlier name (`previous_name_type`).
    PreviousName {
        first_name: one String;
        last_name: one String;
        comments: one String;
    }
}

complex! {
    /// A further remark (`generic_additional_info_type`).
    AdditionalInfo {
        info_type: one String;
        info_subject: one String;
        info_text: one String;
        info_numeric: one Decimal;
        info_date: one DateTime;
        info_boolean: one bool;
    }
}

complex! {
    /// An employer (`employer_type`).
    Employer {
        employer_name: one String;
        employer_business: one String;
        employer_identifier: one String;
        employer_addresses: list Address, in address;
        employer_phones: list Phone, in phone;
        employment_period: one RelationDateRange;
    }
}

complex! {
    /// From when to when (`relation_date_range_type`).
    RelationDateRange {
        valid_from: one DateTime;
        is_approx_from_date: one bool;
        valid_to: one DateTime;
        is_approx_to_date: one bool;
    }
}
