//! Signing in and out, and choosing a password, by forms.
//!
//! In come a name and a password, out comes a session in a cookie, or the form again with what is wrong.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use mihenk_node::ledger::people::Secret;
use mihenk_pages::frame::{LoginPage, PasswordPage};

use super::{
    Shared,
    answer::{failed, html, see_other},
    form::Form,
    visitor::{Visitor, page as shown},
};
use crate::{app, caller::SESSION, refusal::Refusal};

pub(super) async fn page(visitor: Visitor) -> Response {
    let params = visitor.params();
    let frame = visitor.frame();
    shown(&LoginPage { t: &frame, next: params.text("next").unwrap_or("/"), name: "", refused: None })
}

pub(super) async fn sign_in(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let frame = visitor.frame();
    let form = match Form::read(body).await {
        Ok(form) => form,
        Err(failure) => return failed(&frame, failure),
    };
    let password = form.pairs.iter().find(|(name, _)| name == "password").map_or("", |(_, value)| value.as_str());
    match token(&state, form.text("name").to_owned(), Secret::new(password)).await {
        Ok(cookie) => {
            let mut response = see_other(if form.text("next").is_empty() { "/" } else { form.text("next") });
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        Err(refusal) => {
            let why = match &refusal {
                Refusal::Node(error) => error.to_string(),
                other => other.status().to_string(),
            };
            let page = LoginPage { t: &frame, next: form.text("next"), name: form.text("name"), refused: Some(&why) };
            html(refusal.status(), &page)
        }
    }
}

async fn token(state: &std::sync::Arc<app::State>, name: String, password: Secret) -> Result<HeaderValue, Refusal> {
    let office = state.office.clone().ok_or(Refusal::NoOffice)?;
    let signed_in = tokio::task::spawn_blocking(move || office.desk.sign_in(&name, &password)).await;
    let signed_in = signed_in.map_err(|error| Refusal::Broken(error.to_string()))?.map_err(Refusal::Node)?;
    let cookie = format!("{SESSION}={}; Path=/; HttpOnly; SameSite=Strict", signed_in.token.reveal());
    HeaderValue::from_str(&cookie).map_err(|error| Refusal::Broken(error.to_string()))
}

pub(super) async fn sign_out(State(state): Shared, visitor: Visitor) -> Response {
    // Whoever is not signed in any more is signed out as well.
    let _ = visitor.ask(&state, |at| at.seat.sign_out()).await;
    let mut response = see_other("/login");
    if let Ok(cookie) = HeaderValue::from_str(&format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
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
