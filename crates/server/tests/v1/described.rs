//! The description is what the routes take and give: every operation is asked as everybody.
//!
//! In comes the OpenAPI document, out come requests with the least that each operation takes.

use std::{fs, path::Path};

use axum::body::Body;
use serde_json::{Map, Value, json};

use crate::world::{NAMES, World};

/// All operations: path, method, description.
fn operations() -> Vec<(String, String, Value)> {
    let document = mihenk_server::openapi("Mihenk");
    let paths = document["paths"].as_object().unwrap().clone();
    let of = |(path, methods): (String, Value)| {
        let methods = methods.as_object().unwrap().clone();
        methods
            .into_iter()
            .map(move |(method, operation)| (path.clone(), method.to_uppercase(), operation))
            .collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(of).collect()
}

/// The least value that fits a schema.
fn least(schema: &Value) -> Value {
    if let Some(any) = schema["anyOf"].as_array() {
        return least(&any[0]);
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    if let Some(example) = schema["examples"].get(0) {
        return example.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("string");
    match (kind, schema["format"].as_str()) {
        ("string", Some("date")) => json!("2027-11-26"),
        ("string", Some("date-time")) => json!("2026-01-26T09:30:00Z"),
        // As long as the shortest may be, and a currency where one is wanted.
        ("string", _) if schema["minLength"] == 3 => json!("EUR"),
        ("string", _) => json!("x"),
        ("integer" | "number", _) => schema["minimum"].as_i64().unwrap_or(1).max(1).into(),
        ("boolean", _) => json!(false),
        ("array", _) => json!([least(&schema["items"])]),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let field = |name: &Value| {
                let name = name.as_str().unwrap().to_owned();
                let value = least(&schema["properties"][&name]);
                (name, value)
            };
            Value::Object(required.iter().map(field).collect::<Map<_, _>>())
        }
    }
}

/// Asks for an operation with the least that it takes.
fn ask(world: &World, who: &str, (path, method, operation): &(String, String, Value)) -> crate::world::Answer {
    let mut path = path.strip_prefix("/api/v1").unwrap().to_owned();
    let mut query = Vec::new();
    for parameter in operation["parameters"].as_array().unwrap() {
        let name = parameter["name"].as_str().unwrap();
        let value = least(&parameter["schema"]);
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match parameter["in"].as_str().unwrap() {
            "path" => path = path.replace(&format!("{{{name}}}"), &value),
            "query" if parameter["required"] == true => query.push(format!("{name}={value}")),
            _ => {}
        }
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let content = &operation["requestBody"]["content"];
    match content.get("application/json") {
        Some(json) => world.send(who, method, &path, &[], &least(&json["schema"])),
        None if content.is_object() => world.ask(who, method, &path, &[], "name\nx\n"),
        None => world.ask(who, method, &path, &[], Body::empty()),
    }
}

fn is_public(operation: &Value) -> bool {
    operation["security"].as_array().is_some_and(Vec::is_empty)
}

/// Whoever asks for it is signed out.
fn is_parting((path, method, _): &(String, String, Value)) -> bool {
    path.starts_with("/api/v1/session") && (path.contains("/end") || method == "DELETE")
}

/// Whoever listens is answered without end.
fn is_endless(operation: &Value) -> bool {
    operation["operationId"] == "listen"
}

#[test]
fn each_operation_has_a_name_of_its_own_and_tells_what_goes_wrong() {
    let document = mihenk_server::openapi("Mihenk");
    assert_eq!(document["openapi"], "3.1.0");
    let all = operations();
    assert!(all.len() > 120, "{}", all.len());
    let mut names: Vec<&str> = all.iter().map(|(_, _, operation)| operation["operationId"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    let tags: Vec<&Value> = document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    for (path, method, operation) in &all {
        assert!(tags.contains(&&operation["tags"][0]), "{method} {path}");
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
            let codes = &response["content"]["application/problem+json"]["schema"]["properties"]["code"]["enum"];
            assert!(!codes.as_array().unwrap().is_empty(), "{method} {path} {status}");
        }
        if !is_public(operation) {
            assert!(responses.contains_key("401"), "{method} {path}");
        }
    }
}

#[test]
fn every_route_is_in_the_document() {
    // Routes are made from the table of operations; whatever else makes one would be seen here.
    fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                sources(&entry, found);
            } else {
                found.push(entry);
            }
        }
    }
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut seen = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // What only tests have is no route of the server.
        let text = text.split("#[cfg(test)]").next().unwrap();
        let calls = text.split(".route(").skip(1).map(|call| call.trim_start().to_owned());
        for call in calls {
            seen += 1;
            assert!(!call.starts_with("\"/api"), "{}: a route beside the table: {call:.60}", file.display());
        }
    }
    assert!(seen > 40, "{seen}");
    let document = mihenk_server::openapi("Mihenk");
    for path in ["/session", "/session/code", "/session/oidc", "/keys", "/keys/{key}/revoke", "/alerts"] {
        assert!(document["paths"][format!("/api/v1{path}")].is_object(), "{path}");
    }
}

#[test]
fn nobody_who_is_not_signed_in_learns_anything() {
    let world = World::new();
    for one in operations().iter().filter(|(_, _, operation)| !is_public(operation)) {
        let answer = ask(&world, "", one);
        answer.refused(401, "not-signed-in");
    }
    let wrong = [("authorization", "Bearer 0123")];
    world.ask("", "GET", "/alerts", &wrong, Body::empty()).refused(401, "not-signed-in");
    assert_eq!(world.get("", "/alerts").header("www-authenticate"), r#"ApiKey realm="mihenk", Bearer realm="mihenk""#);
}

#[test]
fn each_role_may_do_what_is_described_and_nothing_else() {
    let world = World::with_customers();
    let mut people: Vec<(&str, &str)> = NAMES.iter().map(|(name, role)| (*name, role.as_str())).collect();
    people.push(("ayse", "administrator"));
    let mut wrong = Vec::new();
    let (last, mut all): (Vec<_>, Vec<_>) = operations().into_iter().partition(is_parting);
    all.extend(last);
    for one in all.iter().filter(|(_, _, operation)| !is_endless(operation)) {
        let (path, method, operation) = one;
        let described: Vec<&str> = operation["responses"].as_object().unwrap().keys().map(String::as_str).collect();
        for (name, role) in &people {
            let answer = ask(&world, name, one);
            let told = format!("{method} {path} as {role}: {}", String::from_utf8_lossy(&answer.bytes));
            if !described.contains(&answer.status.as_str()) || answer.status == 500 {
                wrong.push(format!("{} {told}", answer.status));
            }
            let Some(roles) = operation["x-roles"].as_array() else { continue };
            let may = roles.iter().any(|allowed| allowed == role);
            let is_refused = answer.status == 403;
            if may == is_refused {
                wrong.push(told);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_of_problems_is_what_the_table_says() {
    let page = mihenk_server::problem_page();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/src/reference/problems.md");
    if std::env::var_os("MIHENK_RENEW").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page, "{path} is old; 'cargo xtask generate' writes it anew");
}

#[test]
fn the_document_is_served_and_is_the_one_that_was_checked() {
    let world = World::new();
    assert_eq!(world.get("", "/openapi.json").ok(), mihenk_server::openapi("Mihenk"));
    let problems = world.get("", "/problems").ok();
    let told: Vec<&Value> = problems["problems"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    let described = mihenk_server::openapi("Mihenk");
    let described = described["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].as_array().unwrap();
    assert_eq!(told, described.iter().collect::<Vec<_>>());
}
