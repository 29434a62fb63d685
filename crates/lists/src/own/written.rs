//! A map as it is written: TOML that [`Map::parse`] reads as the same map.
//!
//! In comes a map that somebody put together on a page, out goes the file that a command line takes with `--map`. Keys that say nothing are left out.

use mihenk_tables::Heading;

use crate::own::{DateOrder, Map, propose::quoted};

impl Map {
    /// The map as TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let mut say = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                out.push_str(&format!("{key} = {}\n", quoted(value)));
            }
        };
        say("dataset", self.dataset.as_deref());
        say("title", self.title.as_deref());
        say("schema", self.schema.map(|schema| schema.name()));
        say("id", self.id.as_deref());
        say("kind", self.kind.as_deref());
        say("parent", self.parent.as_deref());
        say("role", self.role.as_deref());
        say("exposure", self.exposure.as_deref());
        say("country", self.country.map(|country| country.code()));
        say("date_format", self.date_order.map(DateOrder::letters));
        say("programme", self.programme.as_deref());
        say("authority", self.authority.as_deref());
        say("encoding", self.options.encoding.map(|encoding| encoding.name()));
        let delimiter = self.options.delimiter.map(|delimiter| match delimiter {
            b'\t' => "tab".to_owned(),
            other => char::from(other).to_string(),
        });
        say("delimiter", delimiter.as_deref());
        say("sheet", self.options.sheet.as_deref());
        let separator = self.separator.map_or_else(String::new, String::from);
        say("separator", Some(separator.as_str()).filter(|text| *text != ";"));
        if let Heading::At(row) = self.options.heading {
            out.push_str(&format!("heading_row = {row}\n"));
        }
        if !self.topics.is_empty() {
            out.push_str(&format!("topics = {}\n", list(&self.topics)));
        }
        let kinds: Vec<(String, Vec<String>)> =
            self.kinds.iter().map(|(word, schema)| (word.clone(), vec![schema.name().to_owned()])).collect();
        for (part, pairs) in [("columns", &self.columns), ("sanction", &self.sanction), ("kinds", &kinds)] {
            if !pairs.is_empty() {
                out.push_str(&format!("\n[{part}]\n"));
            }
            for (key, values) in pairs {
                let value = if let [one] = values.as_slice() { quoted(one) } else { list(values) };
                out.push_str(&format!("{} = {value}\n", quoted(key)));
            }
        }
        out
    }
}

impl DateOrder {
    /// As a map writes it.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
            DateOrder::YearFirst => "ymd",
        }
    }
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_key_is_written_and_read_again() {
        let text = "dataset = \"own\"\ntitle = \"Own \\\"list\\\"\"\nschema = \"Person\"\nid = \"No\"\nkind = \"Type\"\nparent = \"Of\"\nrole = \"As\"\n\
            exposure = \"At stake\"\ncountry = \"tr\"\ndate_format = \"mdy\"\nprogramme = \"P\"\nauthority = \"A\"\nencoding = \"windows-1254\"\n\
            delimiter = \"tab\"\nsheet = \"Müşteriler\"\nseparator = \"|\"\nheading_row = 3\ntopics = [\"role.pep\", \"sanction\"]\n\n\
            [columns]\n\"alias\" = [\"A1\", \"A2\"]\n\"name\" = \"Full name\"\n\n[sanction]\n\"listingDate\" = \"Since\"\n\n[kinds]\n\"G\" = \"Person\"\n";
        assert_eq!(Map::parse(text).unwrap().to_toml(), text);
    }

    proptest! {
        #[test]
        fn any_heading_comes_back(name in "\\PC{1,20}|[\"\\\\\n\r\t]{1,5}", alias in prop::collection::vec("\\PC{0,12}", 0..3), separator in prop::option::of(any::<char>())) {
            let columns = vec![("alias".to_owned(), alias), ("name".to_owned(), vec![name.clone()])];
            let map = Map { columns, id: Some(name), separator, ..Map::default() };
            let read = Map::parse(&map.to_toml()).unwrap();
            prop_assert_eq!(read.to_toml(), map.to_toml());
            prop_assert_eq!((read.id, read.columns, read.separator), (map.id, map.columns, map.separator));
        }
    }
}
