//! Language, colours, assets, drafts, and the way home.
//!
//! In come small requests, out come small answers.

use std::sync::LazyLock;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mihenk_node::{drafts, permission::Permission};
use mihenk_pages::{
    assets,
    frame::Theme,
    problems::{Coded, ProblemsPage},
    words::Language,
};

use super::{
    Shared,
    answer::{see_other, unknown},
    form::form_of,
    visitor::{LOOK, Visitor, page, theme_of},
};
use crate::{
    api::code::{About, Code},
    problem::Failure,
    routes,
    who::gate,
};

/// The first page of whoever comes: work for those who see it; what administrators have; the description of the API where nobody works.
pub(super) async fn home(State(state): Shared, visitor: Visitor) -> Response {
    if state.office.is_none() || matches!(gate::has_people(&state).await, Ok(false)) {
        return routes::page(State(state)).await;
    }
    match visitor.ask(&state, |at| at.seat.user()).await {
        Ok((_, user)) if Permission::See.check(&user).is_ok() => see_other("/work"),
        Ok((_, user)) if Permission::ManagePeople.check(&user).is_ok() => see_other("/people"),
        Ok(_) => see_other("/screen"),
        Err(response) => *response,
    }
}

/// The style sheet or the script; a browser may keep it for ever, as another one has another address.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = assets::of_path(&format!("/assets/{name}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(asset.content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Chooses language and colours. Nothing else depends on them, so that no token is needed.
pub(super) async fn choose(visitor: Visitor, body: Body) -> Response {
    let (language, theme) = visitor.look();
    let form = form_of!(body, visitor);
    let language = Language::of_code(form.text("language")).unwrap_or(language);
    let theme = if form.text("theme").is_empty() { theme } else { theme_of(form.text("theme")) };
    let theme = match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let mut response = see_other(form.text("back"));
    let cookie = format!("{LOOK}={}.{theme}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", language.code());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Keeps what was typed.
pub(super) async fn keep_draft(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (place, text) = (form.text("place").to_owned(), form.text("text").to_owned());
    match visitor.ask(&state, move |at| drafts::keep(&at.seat, &place, &text)).await {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(response) => *response,
    }
}

/// What can go wrong, by code: whither the `type` of each problem leads. It tells nothing of the office, so that nobody has to sign in.
pub(super) async fn problems(visitor: Visitor) -> Response {
    static CODES: LazyLock<Vec<Coded>> = LazyLock::new(|| {
        let coded = |code: &Code| {
            let About { name, status, title, when, remedy } = code.about();
            Coded { name, status, title, when, remedy }
        };
        Code::ALL.iter().map(coded).collect()
    });
    page(&ProblemsPage { t: &visitor.frame(), codes: &CODES })
}

/// There is nothing under this address: a page for a browser, what clients of the API read for everybody else.
pub(crate) async fn nowhere(visitor: Visitor, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    if accepts.contains("text/html") { unknown(&visitor.frame()) } else { Failure::none("Not Found").into_response() }
}
