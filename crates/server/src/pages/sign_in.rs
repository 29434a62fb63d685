//! Signing in and out, and choosing a password, by forms.
//!
//! In come a name and a password, out comes a session in a cookie, or the form again with what is wrong.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Method, header},
    response::Response,
};
use mihenk_node::ledger::people::Secret;
use mihenk_pages::frame::{LoginPage, PasswordPage};

use super::{
    Shared,
    answer::{failed, html, refused, see_other},
    form::Form,
    visitor::{Visitor, page as shown},
};
use crate::{
    refusal::Refusal,
    who::{address::Address, cookie, session},
};

pub(super) async fn page(visitor: Visitor) -> Response {
    let params = visitor.params();
    let frame = visitor.frame();
    shown(&LoginPage { t: &frame, next: params.text("next").unwrap_or("/"), name: "", refused: None })
}

pub(super) async fn sign_in(
    State(state): Shared,
    visitor: Visitor,
    from: Address,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let frame = visitor.frame();
    let form = match Form::read(body).await {
        Ok(form) => form,
        Err(failure) => return failed(&frame, failure),
    };
    if cookie::is_foreign(&method, &headers) {
        return refused(&frame, &Refusal::Foreign, &[]);
    }
    let password = form.pairs.iter().find(|(name, _)| name == "password").map_or("", |(_, value)| value.as_str());
    match session::sign_in(&state, from, form.text("name").to_owned(), password.to_owned()).await {
        Ok(signed_in) => {
            let next = if form.text("next").is_empty() { "/" } else { form.text("next") };
            let mut response = see_other(if signed_in.must_change { "/password" } else { next });
            let cookie = cookie::keep(&signed_in.token, state.settings.is_secure);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        Err(refusal) => {
            let why = refusal.words();
            let page = LoginPage { t: &frame, next: form.text("next"), name: form.text("name"), refused: Some(&why) };
            html(refusal.status(), &page)
        }
    }
}

pub(super) async fn sign_out(State(state): Shared, visitor: Visitor) -> Response {
    // Whoever is not signed in any more is signed out as well.
    let _ = visitor.ask(&state, |at| at.seat.sign_out()).await;
    let mut response = see_other("/login");
    response.headers_mut().insert(header::SET_COOKIE, cookie::forget(state.settings.is_secure));
    response
}

pub(super) async fn password_page(State(state): Shared, visitor: Visitor) -> Response {
    match visitor.anybody(&state).await {
        Ok(frame) => shown(&PasswordPage { t: &frame }),
        Err(response) => *response,
    }
}

pub(super) async fn choose_password(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = match Form::read(body).await {
        Ok(form) => form,
        Err(failure) => return failed(&visitor.frame(), failure),
    };
    let secret = |name: &str| {
        let typed = form.pairs.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str());
        Secret::new(typed)
    };
    let (before, new) = (secret("before"), secret("new"));
    let act = move |at: &crate::office::At<'_>| at.seat.choose_password(&before, &new);
    visitor.act(&state, &[], act, |()| "/login".to_owned()).await
}
