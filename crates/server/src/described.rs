//! What the server says of itself: `/`, `/openapi.json`, `/favicon.ico`.
//!
//! Out come a page for a person and a description for programs (OpenAPI 3.1.0, <https://spec.openapis.org/oas/v3.1.0>). The table [`ROUTES`] is what both
//! are made from; a test holds it against the routes that answer.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Map, Value, json};

/// A parameter: its name, its type, whether it may be repeated.
type Parameter = (&'static str, &'static str, bool);

/// A route: its verb, its path, what it does, its parameters behind the `?`.
type Route = (&'static str, &'static str, &'static str, &'static [Parameter]);

const FILTERS: [Parameter; 5] = [
    ("include_dataset", "string", true),
    ("exclude_dataset", "string", true),
    ("exclude_schema", "string", true),
    ("topics", "string", true),
    ("changed_since", "string", false),
];

const PAGED: &[Parameter] = &[("limit", "integer", false), ("offset", "integer", false), ("sort", "string", true)];
const LIMIT: Parameter = ("limit", "integer", false);
const PREFIX: Parameter = ("prefix", "string", false);

/// Everything that is answered, but for the pages here.
pub(crate) const ROUTES: &[Route] = &[
    (
        "post",
        "/match/{dataset}",
        "Whom may these be? Up to 100 queries in one request",
        &[
            LIMIT,
            ("threshold", "number", false),
            ("cutoff", "number", false),
            ("algorithm", "string", false),
            FILTERS[0],
            FILTERS[1],
            FILTERS[2],
            FILTERS[3],
            FILTERS[4],
            ("exclude_entity_ids", "string", true),
        ],
    ),
    (
        "get",
        "/search/{dataset}",
        "Finds entities by words and filters",
        &[
            ("q", "string", false),
            ("schema", "string", false),
            FILTERS[0],
            FILTERS[1],
            FILTERS[2],
            FILTERS[3],
            FILTERS[4],
            ("countries", "string", true),
            ("datasets", "string", true),
            ("filter", "string", true),
            ("filter_op", "string", false),
            ("facets", "string", true),
            ("fuzzy", "boolean", false),
            ("simple", "boolean", false),
            ("target", "boolean", false),
            PAGED[0],
            PAGED[1],
            PAGED[2],
        ],
    ),
    (
        "get",
        "/statements",
        "Who says what, value by value",
        &[
            ("dataset", "string", false),
            ("entity_id", "string", false),
            ("canonical_id", "string", false),
            ("prop", "string", false),
            ("value", "string", false),
            ("schema", "string", false),
            PAGED[0],
            PAGED[1],
            PAGED[2],
        ],
    ),
    ("get", "/entities/{id}", "An entity with those around it", &[("nested", "boolean", false)]),
    ("get", "/entities/{id}/adjacent", "Neighbours of an entity by property", PAGED),
    ("get", "/entities/{id}/adjacent/{property}", "Neighbours of an entity in one property", PAGED),
    ("get", "/catalog", "Data sets that can be asked", &[]),
    ("get", "/manifest", "The same as /catalog", &[]),
    ("get", "/metrics", "Numbers for Prometheus, as text", &[]),
    ("get", "/algorithms", "Ways of weighing, by the names that can be asked for", &[]),
    ("get", "/reconcile/{dataset}", "What OpenRefine has to know", &[]),
    ("post", "/reconcile/{dataset}", "Candidates for rows of a table, or values for new columns", &[]),
    ("get", "/reconcile/{dataset}/suggest/entity", "Entities while somebody types", &[PREFIX, LIMIT]),
    ("get", "/reconcile/{dataset}/suggest/property", "Properties while somebody types", &[PREFIX]),
    ("get", "/reconcile/{dataset}/suggest/type", "Types while somebody types", &[PREFIX]),
    (
        "get",
        "/reconcile/{dataset}/extend/property",
        "Properties that a table can be extended by",
        &[("type", "string", false), LIMIT],
    ),
    ("post", "/updatez", "Opens the data folder again", &[("token", "string", false), ("sync", "boolean", false)]),
    ("get", "/healthz", "Whether it runs", &[]),
    ("get", "/readyz", "Whether lists are open", &[]),
];

/// The description for programs.
pub(crate) fn openapi(title: &str) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for (verb, path, what, parameters) in ROUTES {
        let in_path = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let in_path =
            in_path.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
        let in_query = parameters.iter().map(|(name, kind, is_repeated)| {
            let one = json!({ "type": kind });
            let schema = if *is_repeated { json!({ "type": "array", "items": one }) } else { one };
            json!({ "name": name, "in": "query", "required": false, "schema": schema })
        });
        let mut operation = json!({
            "summary": what,
            "parameters": in_path.chain(in_query).collect::<Vec<Value>>(),
            "responses": responses(path),
        });
        if *verb == "post" && *path != "/updatez" {
            operation["requestBody"] = body(path);
        }
        let entry = paths.entry((*path).to_owned()).or_insert_with(|| json!({}));
        entry[*verb] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": title, "version": env!("CARGO_PKG_VERSION"), "summary": "Screening against lists, in the form of yente" },
        "paths": paths,
    })
}

fn responses(path: &str) -> Value {
    let told = |what: &str| json!({ "description": what, "content": { "application/json": { "schema": { "type": "object" } } } });
    let mut all = Map::new();
    all.insert("200".to_owned(), told("The answer"));
    if path.contains('{') {
        for (status, what) in [
            ("400", "What is asked for makes no sense"),
            ("404", "There is none"),
            ("422", "A parameter or field does not fit its type"),
            ("503", "No list is open yet, or too much is asked at once"),
        ] {
            all.insert(status.to_owned(), told(what));
        }
    }
    Value::Object(all)
}

fn body(path: &str) -> Value {
    if path.starts_with("/reconcile") {
        let field = json!({ "type": "string", "contentMediaType": "application/json" });
        let schema = json!({ "type": "object", "properties": { "queries": field, "extend": field } });
        return json!({ "content": { "application/x-www-form-urlencoded": { "schema": schema } } });
    }
    let query = json!({
        "type": "object",
        "required": ["schema", "properties"],
        "properties": {
            "id": { "type": ["string", "null"] },
            "schema": { "type": "string" },
            "properties": { "type": "object" },
        },
    });
    let schema = json!({
        "type": "object",
        "required": ["queries"],
        "properties": {
            "queries": { "type": "object", "additionalProperties": query },
            "weights": { "type": "object", "additionalProperties": { "type": "number" } },
            "config": { "type": "object" },
        },
    });
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

/// The page for a person.
pub(crate) fn page(title: &str) -> Response {
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;");
    let mut rows = String::new();
    for (verb, path, what, parameters) in ROUTES {
        let names: Vec<&str> = parameters.iter().map(|(name, ..)| *name).collect();
        let verb = verb.to_uppercase();
        rows.push_str(&format!(
            "<tr><td>{verb}</td><td><code>{path}</code></td><td>{what}<br><small>{}</small></td></tr>\n",
            names.join(", ")
        ));
    }
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{escaped}</title>\n<style>body {{ font: 16px/1.5 system-ui, sans-serif; \
         max-width: 60rem; margin: 2rem auto; padding: 0 1rem }} td {{ padding: .4rem .8rem .4rem 0; vertical-align: top }}</style></head>\n\
         <body><h1>{escaped}</h1>\n<p>Screening against lists, in the form of yente. For programs: <a href=\"/openapi.json\">openapi.json</a>.</p>\n\
         <table>\n{rows}</table></body></html>\n"
    );
    let mut response = Response::new(Body::from(html));
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// A picture for the tab of a browser: a dark square.
pub(crate) fn icon() -> Response {
    const SQUARE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><rect width=\"16\" height=\"16\" fill=\"#222\"/></svg>";
    let mut response = Response::new(Body::from(SQUARE));
    *response.status_mut() = StatusCode::OK;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    response
}
