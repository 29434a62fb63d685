//! Holding a value against its schema.
//!
//! In come a [`Schema`] and a value, out comes each place where it does not fit, with what was found and what would be right. It knows what
//! [`super::schema`] can say and no more.

use mihenk_node::ledger::day::Day;
use serde_json::{Map, Value};

use super::{problem::Wrong, schema::Schema};

/// As many as are told.
const MOST: usize = 20;

/// Where a value does not fit; nothing when it does.
pub(crate) fn check(schema: &Schema, value: &Value) -> Vec<Wrong> {
    let mut checking = Checking { at: String::new(), wrong: Vec::new() };
    checking.value(&schema.0, value);
    checking.wrong
}

struct Checking {
    at: String,
    wrong: Vec<Wrong>,
}

impl Checking {
    fn tell(&mut self, what: impl Into<String>) {
        if self.wrong.len() < MOST {
            self.wrong.push(Wrong { at: self.at.clone(), what: what.into() });
        }
    }

    fn within(&mut self, step: &str, schema: &Value, value: &Value) {
        let length = self.at.len();
        // RFC 6901, section 3.
        self.at.push('/');
        self.at.push_str(&step.replace('~', "~0").replace('/', "~1"));
        self.value(schema, value);
        self.at.truncate(length);
    }

    fn value(&mut self, schema: &Value, value: &Value) {
        if let Some(any) = schema["anyOf"].as_array() {
            let fits = |one: &&Value| check(&Schema((*one).clone()), value).is_empty();
            return match any.iter().find(fits) {
                Some(_) => {}
                // The words of the first are those for what is usual.
                None => self.value(any.first().unwrap_or(&Value::Null), value),
            };
        }
        if !is_of_type(&schema["type"], value) {
            return self.tell(format!("{} was found; right would be {}", kind(value), types(&schema["type"])));
        }
        if let Some(allowed) = schema["enum"].as_array().filter(|allowed| !allowed.contains(value)) {
            let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
            return self.tell(format!("{value} was found; right would be {}", allowed.join(", ")));
        }
        match value {
            Value::String(text) => self.text(schema, text),
            Value::Number(number) => self.number(schema, number.as_f64().unwrap_or(f64::NAN)),
            Value::Array(items) => self.items(schema, items),
            Value::Object(fields) => self.fields(schema, fields),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn text(&mut self, schema: &Value, text: &str) {
        if text.contains('\0') {
            // No database keeps it in a text, and nobody means it.
            return self.tell("it has the character U+0000, which no text here has");
        }
        let length = text.chars().count() as u64;
        if schema["minLength"].as_u64().is_some_and(|least| length < least) {
            self.tell("it is empty or too short");
        }
        if let Some(most) = schema["maxLength"].as_u64().filter(|most| length > *most) {
            self.tell(format!("it has {length} characters; at most {most} are taken"));
        }
        match schema["format"].as_str() {
            Some("date") if !is_day(text) => self.tell(format!("{text:?} is no day such as 2026-11-26")),
            Some("date-time") if !is_moment(text) => {
                self.tell(format!("{text:?} is no moment such as 2026-11-26T09:30:00Z"));
            }
            _ => {}
        }
        let pattern = schema["pattern"].as_str();
        if let Some(pattern) = pattern.filter(|pattern| !fits_pattern(pattern, text)) {
            let example = schema["examples"][0].as_str().map(|text| format!(" such as {text}")).unwrap_or_default();
            let right = if pattern == r"\S" { "one that says something".to_owned() } else { format!("one{example}") };
            self.tell(format!("{text:?} was found; right would be {right}"));
        }
    }

    fn number(&mut self, schema: &Value, number: f64) {
        if let Some(least) = schema["minimum"].as_f64().filter(|least| number < *least) {
            self.tell(format!("it is below {least}"));
        }
        if let Some(most) = schema["maximum"].as_f64().filter(|most| number > *most) {
            self.tell(format!("it is above {most}"));
        }
    }

    fn items(&mut self, schema: &Value, items: &[Value]) {
        if schema["minItems"].as_u64().is_some_and(|least| (items.len() as u64) < least) {
            self.tell("it is empty");
        }
        if let Some(most) = schema["maxItems"].as_u64().filter(|most| items.len() as u64 > *most) {
            self.tell(format!("it has {} items; at most {most} are taken", items.len()));
        }
        for (number, item) in items.iter().enumerate().take_while(|_| !schema["items"].is_null()) {
            self.within(&number.to_string(), &schema["items"], item);
        }
    }

    fn fields(&mut self, schema: &Value, fields: &Map<String, Value>) {
        let named = schema["properties"].as_object();
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                self.tell(format!("the field {name:?} is missing"));
            }
        }
        for (name, value) in fields {
            match (named.and_then(|named| named.get(name)), &schema["additionalProperties"]) {
                (Some(schema), _) => self.within(name, schema, value),
                (None, Value::Bool(false)) => {
                    let known = named.into_iter().flatten().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
                    self.tell(format!("the field {name:?} is unknown; there are {}", known.join(", ")));
                }
                (None, others @ Value::Object(_)) => self.within(name, others, value),
                (None, _) => {}
            }
        }
    }
}

fn is_of_type(types: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => super::ask::whole(value).is_some(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    };
    match types {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn types(types: &Value) -> String {
    let named = |name: &str| match name {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        _ => "null",
    };
    match types {
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(named).collect::<Vec<_>>().join(" or "),
        one => named(one.as_str().unwrap_or_default()).to_owned(),
    }
}

/// A day as RFC 3339 writes it, `full-date`.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Day>().is_ok()
}

fn is_moment(text: &str) -> bool {
    text.len() >= 20 && mihenk_node::versions::moment(text).is_ok()
}

/// The patterns of [`super::schema`]: that something is there, and those of ids.
fn fits_pattern(pattern: &str, text: &str) -> bool {
    if pattern == r"\S" {
        return text.chars().any(|c| !c.is_whitespace());
    }
    // What stands before the number: a letter and a hyphen, or nothing.
    let before = pattern.strip_prefix('^').and_then(|rest| rest.split_once('[')).map_or("", |(before, _)| before);
    let number = text.strip_prefix(before).unwrap_or("");
    (1..=16).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::schema::{count, day, flag, id, list, one_of, reason, shape, text, whole},
        *,
    };

    fn told(schema: &Schema, value: &Value) -> Vec<String> {
        check(schema, value).iter().map(|wrong| format!("{} {}", wrong.at, wrong.what)).collect()
    }

    #[test]
    fn what_fits_is_taken() {
        let schema = shape! {
            "alerts": list(id("A")).not_empty(), "reason": reason(), @may "until": day().or_null(), @may "yes": flag(),
        };
        let value = json!({ "alerts": ["A-1", "A-22"], "reason": "x", "until": "2026-02-28", "yes": true });
        assert!(told(&schema, &value).is_empty());
        assert!(told(&schema, &json!({ "alerts": ["A-1"], "reason": "x", "until": null })).is_empty());
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        let schema = shape! { "alerts": list(id("A")).not_empty(), "reason": reason(), @may "n": count(1, 5) };
        let value = json!({ "alerts": ["A-0", 7], "reason": " ", "n": 6, "wat/er": 1 });
        let told = told(&schema, &value);
        assert!(told[0].starts_with("/alerts/0 \"A-0\" was found; right would be one such as A-17"), "{told:?}");
        assert!(told[1].starts_with("/alerts/1 a number was found; right would be a text"), "{told:?}");
        assert!(told.iter().any(|one| one.starts_with("/n it is above 5")), "{told:?}");
        assert!(told.iter().any(|one| one.starts_with("/reason")), "{told:?}");
        assert!(told.iter().any(|one| one.contains("\"wat/er\" is unknown; there are alerts, n, reason")), "{told:?}");
        assert!(check(&schema, &json!({}))[0].what.contains("\"alerts\" is missing"));
        assert_eq!(check(&one_of(&["a", "b"]), &json!("c"))[0].what, "\"c\" was found; right would be \"a\", \"b\"");
        // A number that 64 bits do not hold is none that anybody means, and never as good as none that was given.
        assert!(!check(&whole(), &json!(1e30)).is_empty() && !check(&whole(), &json!(u64::MAX)).is_empty());
        assert!(check(&whole(), &json!(-7)).is_empty() && check(&whole(), &json!(7.0)).is_empty());
        assert!(!check(&day(), &json!("2026-02-29")).is_empty() && !check(&text(), &json!(null)).is_empty());
    }
}
