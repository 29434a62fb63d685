//! The OpenAPI document (3.1), made from the table of operations.
//!
//! In come operations, out comes JSON: parameters, bodies and answers as their schemas say, and with each status the codes that can come with it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    code::Code,
    operation::{Before, By, Operation, Parameter, Takes},
    problem,
    schema::{Schema, text},
};

/// The header of a post that may come twice.
pub(crate) const KEY: &str = "Idempotency-Key";

/// What the groups of operations are about.
const TAGS: [(&str, &str); 18] = [
    ("server", "The server itself."),
    ("sessions", "Signing in and out, one-time codes; cookies of browsers, and tokens."),
    ("keys", "Keys of whoever is signed in."),
    ("screening", "Who is on a list: a record, many, two names, a text, a document."),
    ("lists", "Which lists are screened, how old they are, what is new."),
    ("merging", "Which entities of several lists are one."),
    ("ownership", "Who stands behind an entity, and how subjects are tied."),
    ("customers", "Who is watched."),
    ("alerts", "Customers who may be listed, until a person has decided."),
    ("cases", "What belongs together."),
    ("freezes", "What is paused, held and frozen, by two people."),
    ("redress", "Complaints of people who were taken for somebody else."),
    ("reports", "Reports to an authority; known to reporting officers alone."),
    ("intake", "Reports that were received; known to reporting officers alone."),
    ("people", "Users, roles, and changes to them by two administrators."),
    ("audit", "What was done and by whom."),
    ("retention", "How long what is kept."),
    ("events", "What happens, as it happens."),
];

/// The document.
pub(crate) fn document(operations: &[Operation], title: &str) -> Value {
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for operation in operations {
        let path = format!("{}{}", super::BASE, operation.path);
        paths.entry(path).or_default().insert(operation.method.to_lowercase(), described(operation));
    }
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.about().name).collect();
    let tags = TAGS.iter().map(|(name, says)| json!({ "name": name, "description": says })).collect::<Vec<_>>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Everything that goes wrong is answered as application/problem+json (RFC 9457) with a code. \
                Reading a person's data is itself recorded. Acts on one thing take the revision that was looked at, as `revision` or as `If-Match`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "security": [{ "bearer": [] }, { "session": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "The token of a session, or a key." },
                "session": { "type": "apiKey", "in": "cookie", "name": crate::who::cookie::PLAIN },
            },
            "schemas": { "Problem": problem_schema(&codes) },
        },
    })
}

fn problem_schema(codes: &[&str]) -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "description": "The place of the code on the page of problems." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "What was found and what would be right." },
            "code": { "type": "string", "enum": codes },
            "errors": {
                "type": "array",
                "items": { "type": "object", "properties": {
                    "pointer": { "type": "string", "description": "Where in the body (RFC 6901)." },
                    "parameter": { "type": "string" },
                    "detail": { "type": "string" },
                } },
            },
            "line": { "type": "integer" },
            "column": { "type": "integer" },
            "id": { "type": "string" },
            "seen": { "type": "integer", "description": "The revision that was looked at." },
            "now": { "type": "integer", "description": "The revision now." },
            "done": { "type": "string", "description": "What was done meanwhile, and by whom." },
        },
    })
}

fn described(operation: &Operation) -> Value {
    let mut out = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": parameters(operation),
        "responses": responses(operation),
    });
    if let Some(permission) = operation.permission {
        let roles: Vec<&str> = permission.roles().iter().map(|role| role.as_str()).collect();
        out["description"] = json!(format!("Takes the role {}.", roles.join(" or ")));
        out["x-roles"] = json!(roles);
    }
    match &operation.takes {
        Takes::Nothing => {}
        Takes::Json(schema) => {
            out["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema.0 } } });
        }
        Takes::Form(schema) => {
            let content = json!({ "application/json": { "schema": schema.0 }, "application/x-www-form-urlencoded": { "schema": schema.0 } });
            out["requestBody"] = json!({ "required": true, "content": content });
        }
        Takes::File(most) => {
            out["requestBody"] = json!({
                "required": true,
                "description": format!("The bytes of the file, at most {most}."),
                "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } },
            });
        }
    }
    match operation.by {
        By::Public(_) | By::Door(Before::Anybody, _) => out["security"] = json!([]),
        // Where nobody is a user, whoever reaches the server may ask.
        By::Anybody(_) => out["security"] = json!([{ "bearer": [] }, { "session": [] }, {}]),
        By::Person(_) | By::Stream | By::Door(..) => {}
    }
    out
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let one = |place: &str, parameter: &Parameter| {
        let mut schema = parameter.schema.0.clone();
        let says = schema.as_object_mut().and_then(|fields| fields.remove("description")).unwrap_or(Value::Null);
        let mut out = json!({
            "name": parameter.name, "in": place, "required": parameter.is_needed, "schema": schema,
        });
        if says.is_string() {
            out["description"] = says;
        }
        out
    };
    let header = |name: &'static str, schema: Schema| one("header", &Parameter { name, schema, is_needed: false });
    let mut out: Vec<Value> = operation.places.iter().map(|parameter| one("path", parameter)).collect();
    out.extend(operation.query.iter().map(|parameter| one("query", parameter)));
    if operation.is_revised {
        let says = "The ETag of what was looked at; when it has changed since, nothing is done (409).";
        let pattern = json!({ "type": "string", "minLength": 3, "maxLength": 17, "pattern": "^\"[0-9]{1,15}\"$" });
        out.push(header("If-Match", Schema(pattern).says(says)));
    }
    if operation.is_done_once() {
        let says = "A word of your own: the same request with the same word, within a day and from the same session, is done once and answered again.";
        let pattern =
            json!({ "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[A-Za-z0-9_.-]{1,100}$" });
        out.push(header(KEY, Schema(pattern).says(says)));
    }
    if matches!(operation.by, By::Stream) {
        out.push(header(
            "Last-Event-ID",
            text().at_most(100).says("The last event that was received; it goes on behind it."),
        ));
    }
    out
}

fn responses(operation: &Operation) -> Value {
    let (media, schema) = &operation.gives;
    let mut done = json!({ "description": "Done.", "content": { *media: { "schema": schema.0 } } });
    if *media == "application/octet-stream" {
        done["content"] = json!({ *media: {} });
    }
    if media.is_empty() {
        done = json!({ "description": if operation.status == 303 { "Leads on." } else { "Done." } });
    }
    let mut out = Map::from_iter([(operation.status.to_string(), done)]);
    if matches!(operation.takes, Takes::Form(_)) {
        out.insert("303".to_owned(), json!({ "description": "Done; a form is led on to a page." }));
    }
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in operation.codes() {
        by_status.entry(code.about().status).or_default().push(code);
    }
    for (status, codes) in by_status {
        let names: Vec<&str> = codes.iter().map(|code| code.about().name).collect();
        let says: Vec<String> =
            codes.iter().map(|code| format!("`{}`: {}.", code.about().name, code.about().title)).collect();
        let schema = json!({
            "allOf": [{ "$ref": "#/components/schemas/Problem" }],
            "properties": { "code": { "enum": names } },
        });
        let content = json!({ problem::MEDIA: { "schema": schema } });
        out.insert(status.to_string(), json!({ "description": says.join(" "), "content": content }));
    }
    Value::Object(out)
}
