//! Ids that are those of no other data set: FollowTheMoney's namespaces.
//!
//! In come lines of entities, or of deltas, and the name of a data set; out come the same lines in which every id has a signature behind a dot: the
//! HMAC-SHA1 of the id with the data set's name as the key, in hexadecimal, as `followthemoney.namespace` makes it. So ids of yente's answers and of ours
//! are the same. An id that is signed already is signed anew.

use hmac::{Hmac, KeyInit, Mac};
use mihenk_entities::{PropertyType, Schema};
use mihenk_lists::Input;
use mihenk_said::Said;
use serde_json::Value;
use sha1::Sha1;

use crate::sayings;

/// Signs the ids of a file.
pub(crate) fn signed(input: Input, dataset: &str) -> Result<Input, Said> {
    let mut out = Vec::with_capacity(input.bytes.len() + input.bytes.len() / 4);
    let body = input.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&input.bytes);
    for (number, line) in (1..).zip(body.split(|&byte| byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let wrong = |what: String| sayings::in_line_of(&input.name, number.to_string(), what);
        let mut value: Value = serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        match value.get_mut("entity") {
            Some(entity) if entity.is_object() => sign(entity, dataset),
            _ => sign(&mut value, dataset),
        }
        // Texts and numbers that were just read: JSON can write them again.
        out.extend(serde_json::to_vec(&value).unwrap_or_default());
        out.push(b'\n');
    }
    Ok(Input { name: input.name, bytes: out })
}

fn sign(entity: &mut Value, dataset: &str) {
    let schema = entity["schema"].as_str().and_then(Schema::named);
    if let Some(id) = entity.get_mut("id") {
        sign_text(id, dataset);
    }
    if let Some(Value::Array(referents)) = entity.get_mut("referents") {
        referents.iter_mut().for_each(|id| sign_text(id, dataset));
    }
    let Some(Value::Object(properties)) = entity.get_mut("properties") else { return };
    let is_entity = |name: &str| {
        let property = schema.and_then(|schema| schema.property(name));
        property.is_some_and(|property| matches!(property.kind, PropertyType::Entity(_)))
    };
    for (_, values) in properties.iter_mut().filter(|(name, _)| is_entity(name)) {
        match values {
            Value::Array(values) => values.iter_mut().for_each(|id| sign_text(id, dataset)),
            id => sign_text(id, dataset),
        }
    }
}

fn sign_text(id: &mut Value, dataset: &str) {
    if let Some(text) = id.as_str() {
        *id = Value::String(signature(text, dataset));
    }
}

/// An id with its signature.
fn signature(id: &str, dataset: &str) -> String {
    let plain = id.rsplit_once('.').filter(|(_, end)| end.len() == 40 && end.bytes().all(|b| b.is_ascii_hexdigit()));
    let plain = plain.map_or(id, |(plain, _)| plain);
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(dataset.as_bytes()) else { return id.to_owned() };
    mac.update(plain.as_bytes());
    format!("{plain}.{}", hex(&mac.finalize().into_bytes()))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file has the checksum that is said of it: SHA-1 in hexadecimal.
pub(crate) fn check(input: &Input, said: &str) -> Result<(), Said> {
    use sha1::Digest;
    let is = hex(&Sha1::digest(&input.bytes));
    if is.eq_ignore_ascii_case(said.trim()) {
        return Ok(());
    }
    Err(sayings::checksum_is_another(&input.name, is, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(text: &str) -> Input {
        Input { name: "x.json".to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn ids_are_signed_wherever_they_stand() {
        // RFC 2202, section 3, case 2: key "Jefe", data "what do ya want for nothing?".
        let signed_id = "what do ya want for nothing?.effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
        assert_eq!(signature("what do ya want for nothing?", "Jefe"), signed_id);
        assert_eq!(signature(signed_id, "Jefe"), signed_id, "signed anew");
        let line = r#"{"id":"a","schema":"Ownership","referents":["r"],"properties":{"owner":["b"],"asset":["a"],"role":["b"]}}"#;
        let delta = format!("{line}\n\n{{\"op\":\"DEL\",\"entity\":{{\"id\":\"a\"}}}}\n");
        let out = signed(input(&delta), "ns").unwrap();
        let lines: Vec<Value> =
            String::from_utf8(out.bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |id: &str| signature(id, "ns");
        assert_eq!((lines[0]["id"].as_str(), lines[1]["entity"]["id"].as_str()), (Some(&*of("a")), Some(&*of("a"))));
        assert_eq!(lines[0]["referents"][0], of("r"));
        assert_eq!(lines[0]["properties"]["owner"][0], of("b"));
        assert_eq!(lines[0]["properties"]["role"][0], "b", "what only reads like an id stays");
        assert_ne!(of("a"), signature("a", "other"));
    }

    #[test]
    fn what_is_no_json_is_said_with_its_line() {
        assert!(signed(input("{}\n{"), "ns").unwrap_err().as_str().starts_with("x.json, line 2: "));
    }

    #[test]
    fn a_file_has_the_checksum_that_is_said() {
        // FIPS 180-4, the example of one block.
        assert!(check(&input("abc"), "A9993E364706816ABA3E25717850C26C9CD0D89D").is_ok());
        assert!(
            check(&input("abd"), "a9993e364706816aba3e25717850c26c9cd0d89d").unwrap_err().as_str().contains("was cut")
        );
    }
}
