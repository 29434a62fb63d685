//! Signing in and out, and choosing a password, by forms.
//!
//! In come a name and a password, out comes a session in a cookie, or the form again with what is wrong.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Method, header},
    response::Response,
};
use mihenk_node::{NodeError, ledger::people::second_factor::RecoveryCodes, qr};
use mihenk_pages::{
    frame::{CodePage, FactorPage, Frame, LoginPage, PasswordPage},
    refusal::Why,
};

use super::{
    Shared,
    answer::{html, refused, see_other},
    form::form_of,
    visitor::{Visitor, page as shown},
};
use crate::{
    api::code::Code,
    office::At,
    refusal::Refusal,
    who::{address::Address, codes, cookie, gate, session},
};

pub(super) async fn page(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let frame = visitor.frame();
    shown(&LoginPage {
        t: &frame,
        next: params.text("next").unwrap_or("/"),
        name: "",
        refused: None,
        has_issuer: state.settings.oidc.is_some(),
        has_people: gate::has_people(&state).await.unwrap_or(true),
    })
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
    let form = form_of!(body, visitor);
    if cookie::is_foreign(&method, &headers) {
        return refused(&frame, &Refusal::Foreign, &[]);
    }
    let password = form.typed("password").to_owned();
    match session::sign_in(&state, from, form.text("name").to_owned(), password).await {
        Ok(signed_in) => {
            let next = if form.text("next").is_empty() { "/" } else { form.text("next") };
            let code = session::code_page(Some(next.to_owned()));
            let place = match (signed_in.wants_code, signed_in.must_change) {
                (true, _) => code.as_str(),
                (_, true) => "/password",
                _ => next,
            };
            let mut response = see_other(place);
            let cookie = cookie::keep(&signed_in.token, state.settings.is_secure);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        Err(refusal) => {
            let why = refusal.said(frame.words);
            let page = LoginPage {
                t: &frame,
                next: form.text("next"),
                name: form.text("name"),
                refused: Some(&why),
                has_issuer: state.settings.oidc.is_some(),
                has_people: true,
            };
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
    match visitor.ask(&state, |at| at.seat.user()).await {
        Ok((frame, _)) => shown(&PasswordPage { t: &frame }),
        Err(response) => *response,
    }
}

pub(super) async fn choose_password(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (frame, token) = match visitor.ask(&state, |at| Ok(at.token.clone())).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    match session::exchange_password(&state, token, form.typed("before"), form.typed("new")).await {
        Ok(()) => see_other("/login"),
        Err(refusal) => refused(&frame, &refusal, &[]),
    }
}

pub(super) async fn code_page(visitor: Visitor) -> Response {
    let params = visitor.params();
    shown(&CodePage { t: &visitor.frame(), next: params.text("next").unwrap_or("/"), refused: None })
}

/// Ends signing in with a one-time code.
pub(super) async fn enter_code(State(state): Shared, visitor: Visitor, from: Address, body: Body) -> Response {
    let frame = visitor.frame();
    let form = form_of!(body, visitor);
    let caller = match visitor.caller {
        Ok(caller) => caller,
        Err(refusal) => return refused(&frame, &refusal, &[]),
    };
    match codes::enter(&state, from, caller.token, form.text("code").to_owned()).await {
        Ok(signed_in) => {
            let mut response = see_other(form.text("next"));
            let cookie = cookie::keep(&signed_in.token, state.settings.is_secure);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        Err(refusal) => {
            let why = refusal.said(frame.words);
            html(refusal.status(), &CodePage { t: &frame, next: form.text("next"), refused: Some(&why) })
        }
    }
}

pub(super) async fn factor_page(State(state): Shared, visitor: Visitor) -> Response {
    match visitor.ask(&state, |at| at.seat.user()).await {
        Ok((frame, _)) => shown(&FactorPage { t: &frame, enrolled: None, codes: &[], refused: None }),
        Err(response) => *response,
    }
}

/// Makes the secret of a new device, shown once.
pub(super) async fn enrol(State(state): Shared, visitor: Visitor) -> Response {
    let act = move |at: &At<'_>| {
        let enrolment = at.seat.enrol_second_factor(&at.key()?)?;
        let picture = qr::svg(&enrolment.uri)?;
        Ok((enrolment.secret, picture))
    };
    let write = |t: &Frame, (secret, picture): &(String, String)| {
        shown(&FactorPage { t, enrolled: Some((secret, picture)), codes: &[], refused: None })
    };
    visitor.show(&state, act, write).await
}

/// Proves that the device shows the right code; recovery codes are shown once.
pub(super) async fn confirm_factor(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let code = form.text("code").to_owned();
    let act = move |at: &At<'_>| match at.seat.confirm_second_factor(&at.key()?, &code) {
        Ok(codes) => Ok(Ok(codes)),
        Err(error @ NodeError::WrongCode) => Ok(Err(error)),
        Err(error) => Err(error),
    };
    let write = |t: &Frame, confirmed: &Result<RecoveryCodes, NodeError>| {
        let codes = confirmed.as_ref().ok().cloned().unwrap_or_default();
        let why = confirmed.as_ref().err().map(|error| Why::of(t.words, Code::NotProved.about().name, error));
        shown(&FactorPage { t, enrolled: None, codes: &codes, refused: why.as_ref() })
    };
    visitor.show(&state, act, write).await
}
