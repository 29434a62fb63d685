//! What each route does: reads its parameters, asks, answers.
//!
//! No route knows how anything is found out; each has a module that does. In come the parts of a request, out come responses or a [`Failure`].

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::Response,
};

use crate::{
    algorithms,
    app::{self, ok, read_body, stamped, tagged},
    catalog, described,
    matching::{self, Matching},
    neighbours,
    params::{self, Params},
    problem::{Failure, json_response},
    reconcile, search,
    sorting::Sort,
    statements,
};

/// Results of a page that may be asked for.
const PAGE_MAX: usize = 500;
/// Results of a page where none is asked for.
const PAGE: usize = 10;
/// The last place at which a page may begin.
const OFFSET_MAX: usize = 9_499;

type Shared = State<Arc<app::State>>;
type Answer = Result<Response, Failure>;
type One = Result<Path<String>, PathRejection>;

/// A part of the path; bytes that are no UTF-8 are no name of anything.
fn named(path: One) -> Result<String, Failure> {
    path.map(|Path(name)| name).map_err(|rejection| Failure::bad(rejection.body_text()))
}

pub(crate) async fn healthz() -> Response {
    ok()
}

pub(crate) async fn page(State(state): Shared) -> Response {
    described::page(&state.settings.title)
}

pub(crate) async fn openapi(State(state): Shared) -> Response {
    json_response(StatusCode::OK, &described::openapi(&state.settings.title))
}

pub(crate) async fn readyz(State(state): Shared) -> Answer {
    Ok(stamped(&*state.holder.live()?, ok()))
}

pub(crate) async fn catalog(State(state): Shared, headers: HeaderMap) -> Answer {
    let act = move |state: &app::State, live: &crate::live::Live| {
        let known = state.keeper.as_ref().map(crate::upkeep::Keeper::known).unwrap_or_default();
        let written = live.catalog()?.written(&known);
        Ok(tagged(&headers, &written.etag, &written.bytes))
    };
    let (live, response) = state.run(act).await?;
    let mut response = stamped(&live, response);
    if let Some(Ok(failure)) = state.holder.failure().map(|told| HeaderValue::from_str(&printable(&told))) {
        response.headers_mut().insert("x-mihenk-refresh-failed", failure);
    }
    Ok(response)
}

/// A text as a header may hold it.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c == ' ' || c.is_ascii_graphic() { c } else { '?' }).collect()
}

pub(crate) async fn algorithms(State(state): Shared) -> Response {
    let settings = &state.settings;
    let page = algorithms::page(&settings.default_algorithm, settings.best_algorithm, &settings.hidden_algorithms);
    json_response(StatusCode::OK, &page)
}

pub(crate) async fn updatez(State(state): Shared, RawQuery(query): RawQuery) -> Answer {
    let mut params = Params::read(query.as_deref());
    let sync = params.flag("sync", false);
    params.finish()?;
    let token = params.text("token").unwrap_or("").trim().to_owned();
    let expected = &state.settings.update_token;
    if expected.is_empty() || token.is_empty() || !is_same(token.as_bytes(), expected.as_bytes()) {
        return Err(Failure::Told(StatusCode::FORBIDDEN, "Invalid token.".to_owned()));
    }
    let done = app::update(&state)?;
    if sync {
        done.await.map_err(|_| Failure::Broken("an update ended in a panic".to_owned()))??;
    }
    Ok(ok())
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

pub(crate) async fn matching(State(state): Shared, path: One, RawQuery(query): RawQuery, body: Body) -> Answer {
    let dataset = named(path)?;
    let matching = Matching::read(&mut Params::read(query.as_deref()), &state.settings)?;
    let body = read_body(body).await?;
    let act = move |state: &app::State, live: &crate::live::Live| {
        let responses = matching::answer(state, live, &dataset, &matching, &body)?;
        let mut response = json_response(StatusCode::OK, &responses);
        response.headers_mut().insert("x-batch-size", HeaderValue::from(responses.len()));
        Ok(response)
    };
    let (live, response) = state.run(act).await?;
    Ok(stamped(&live, response))
}

pub(crate) async fn search(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    let dataset = named(path)?;
    let mut params = Params::read(query.as_deref());
    let (limit, offset) = limits(&mut params);
    let search = search::Search::read(&mut params, limit, offset)?;
    state.json(move |_, live| search::answer(live, &dataset, &search)).await
}

fn limits(params: &mut Params) -> (usize, usize) {
    (params.count("limit", PAGE, PAGE_MAX), params.count("offset", 0, OFFSET_MAX))
}

pub(crate) async fn statements(State(state): Shared, RawQuery(query): RawQuery) -> Answer {
    let asked = statements::Asked::read(&mut Params::read(query.as_deref()))?;
    state.json(move |_, live| statements::answer(live, &asked)).await
}

pub(crate) async fn entity(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    let id = named(path)?;
    let mut params = Params::read(query.as_deref());
    let nested = params.flag("nested", true);
    params.finish()?;
    let act = move |_: &app::State, live: &crate::live::Live| match nested {
        true => neighbours::nested(live, &id),
        false => neighbours::flat(live, &id),
    };
    state.json(act).await
}

fn adjacent_asked(query: Option<&str>) -> Result<neighbours::Asked, Failure> {
    let mut params = Params::read(query);
    let (limit, offset) = limits(&mut params);
    params.finish()?;
    let sort = params.all("sort").iter().map(|text| Sort::read(text)).collect();
    Ok(neighbours::Asked { limit, offset, sort })
}

pub(crate) async fn adjacent(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    let (id, asked) = (named(path)?, adjacent_asked(query.as_deref())?);
    state.json(move |_, live| neighbours::all(live, &id, &asked)).await
}

pub(crate) async fn adjacent_in(
    State(state): Shared,
    path: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Answer {
    let Path((id, property)) = path.map_err(|rejection| Failure::bad(rejection.body_text()))?;
    let asked = adjacent_asked(query.as_deref())?;
    state.json(move |_, live| neighbours::one(live, &id, &property, &asked)).await
}

pub(crate) async fn reconcile_manifest(
    State(state): Shared,
    path: One,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let dataset = named(path)?;
    let base = base(&headers, state.settings.is_secure);
    let query = query.unwrap_or_default();
    state.json(move |state, live| reconcile::manifest(live, &dataset, &state.settings.title, &base, &query)).await
}

/// The address under which this server was asked.
fn base(headers: &HeaderMap, is_secure: bool) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|scheme| matches!(*scheme, "http" | "https"));
    let scheme = scheme.unwrap_or(if is_secure { "https" } else { "http" });
    format!("{scheme}://{}", text("host").unwrap_or("localhost"))
}

pub(crate) async fn reconcile(State(state): Shared, path: One, RawQuery(query): RawQuery, body: Body) -> Answer {
    let dataset = named(path)?;
    let matching = Matching::read(&mut Params::read(query.as_deref()), &state.settings)?;
    let form = params::pairs(&read_body(body).await?);
    let act = move |state: &app::State, live: &crate::live::Live| {
        let (value, count) = reconcile::answer(state, live, &dataset, &matching, &form)?;
        let mut response = json_response(StatusCode::OK, &value);
        if let Some(count) = count {
            response.headers_mut().insert("x-batch-size", HeaderValue::from(count));
        }
        Ok(response)
    };
    let (live, response) = state.run(act).await?;
    Ok(stamped(&live, response))
}

pub(crate) async fn suggest_entity(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    let dataset = named(path)?;
    let mut params = Params::read(query.as_deref());
    let limit = params.count("limit", PAGE, PAGE_MAX);
    params.finish()?;
    let prefix = params.text("prefix").unwrap_or("").to_owned();
    state.json(move |_, live| reconcile::suggest_entity(live, &dataset, &prefix, limit)).await
}

pub(crate) async fn suggest_property(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    suggest(state, path, query, reconcile::suggest_property).await
}

pub(crate) async fn suggest_type(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    suggest(state, path, query, reconcile::suggest_type).await
}

async fn suggest(
    state: Arc<app::State>,
    path: One,
    query: Option<String>,
    of: fn(&str) -> serde_json::Value,
) -> Answer {
    let dataset = named(path)?;
    let prefix = Params::read(query.as_deref()).text("prefix").unwrap_or("").to_owned();
    let act = move |_: &app::State, live: &crate::live::Live| {
        live.catalog()?.get(&dataset).map_err(|_| catalog::no_such_dataset())?;
        Ok(of(&prefix))
    };
    state.json(act).await
}

pub(crate) async fn extend_property(State(state): Shared, path: One, RawQuery(query): RawQuery) -> Answer {
    let dataset = named(path)?;
    let mut params = Params::read(query.as_deref());
    let limit = params.count("limit", 50, PAGE_MAX);
    params.finish()?;
    let schema = params.text("type").unwrap_or("Thing").to_owned();
    let act = move |_: &app::State, live: &crate::live::Live| {
        live.catalog()?.get(&dataset)?;
        reconcile::extend_property(&schema, limit)
    };
    state.json(act).await
}
