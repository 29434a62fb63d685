//! Pages of one-time codes: the second step of signing in, and the device of whoever has signed in.
//!
//! In comes a code as a form, out comes a page or a session. What is done is done in `codes`.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use mihenk_node::qr;

use super::{
    address::Address,
    codes, cookie,
    plain::{escaped, page, wrong},
    session::{Fields, local, see_other},
};
use crate::{app, caller::Caller, params::Params, refusal::Refusal};

type Shared = State<Arc<app::State>>;
type Answer = Result<Response, Refusal>;

/// A field for a code.
const CODE: &str = "<p><label>Code <input name=\"code\" required maxlength=\"24\" autocomplete=\"one-time-code\" autofocus></label></p>";

/// Asks for the code that the password waits for.
pub(crate) async fn ask(caller: Caller, RawQuery(query): RawQuery) -> Response {
    let next = local(Params::read(query.as_deref()).text("next").map(str::to_owned));
    page(StatusCode::OK, "one-time code", &asking(&caller.csrf(), &next, ""))
}

/// Ends signing in with it.
pub(crate) async fn enter(
    State(state): Shared,
    from: Address,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let csrf = caller.csrf();
    let mut fields = Fields::read(&headers, body).await?;
    let (code, next) = (fields.take("code").unwrap_or_default(), local(fields.take("next")));
    match codes::enter(&state, from, caller.token, code).await {
        Ok(signed_in) => {
            let mut response = see_other(Some(next));
            let cookie = cookie::keep(&signed_in.token, state.settings.is_secure);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(refusal) => Ok(refused(&refusal, "one-time code", &asking(&csrf, &next, &refusal.words()))),
    }
}

fn asking(csrf: &str, next: &str, words: &str) -> String {
    format!(
        "<h1>One-time code</h1>{}<form method=\"post\" action=\"/login/code\"><input type=\"hidden\" name=\"csrf\" value=\"{csrf}\"><input type=\"hidden\" name=\"next\" value=\"{}\">{CODE}<p><button>Sign in</button></p></form><p>A recovery code does as well, if the device is lost.</p>",
        wrong(words),
        escaped(next)
    )
}

/// How it stands with one's device.
pub(crate) async fn show(State(state): Shared, caller: Caller) -> Answer {
    let csrf = caller.csrf();
    let factor = state.act(caller, |at| at.seat.second_factor()).await?;
    let body = match (factor.is_enrolled, factor.is_required) {
        (true, _) => {
            format!("<p>You sign in with a code of your device. Recovery codes left: {}.</p>", factor.recovery_codes)
        }
        (false, required) => {
            let why =
                if required { "Your role needs one before you can do anything else." } else { "You have none yet." };
            format!(
                "<p>{why}</p><form method=\"post\" action=\"/device\"><input type=\"hidden\" name=\"csrf\" value=\"{csrf}\"><p><button>Add a device</button></p></form>"
            )
        }
    };
    Ok(page(
        StatusCode::OK,
        "device",
        &format!("<h1>Device for one-time codes</h1>{body}<p><a href=\"/\">Back</a></p>"),
    ))
}

/// Shows a new device its secret.
pub(crate) async fn enrol(State(state): Shared, caller: Caller) -> Answer {
    let csrf = caller.csrf();
    let enrolled = state.office_act(move |office| {
        let enrolment = office.desk.seat(caller.token).enrol_second_factor(&office.key()?)?;
        Ok((qr::svg(&enrolment.uri)?, enrolment.secret))
    });
    let (svg, secret) = enrolled.await?;
    // A picture without a size would fill the page, and there is no style to give it one.
    let svg = svg.replacen("<svg ", "<svg width=\"240\" height=\"240\" ", 1);
    let body = format!(
        "<h1>Add a device</h1><p>Scan this with an authenticator, or type the secret <code>{secret}</code>. Then give the code that it shows.</p><p>{svg}</p>{}",
        confirming(&csrf)
    );
    Ok(page(StatusCode::OK, "add a device", &body))
}

fn confirming(csrf: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/device/confirm\"><input type=\"hidden\" name=\"csrf\" value=\"{csrf}\">{CODE}<p><button>Confirm</button></p></form>"
    )
}

/// Proves that the device shows the right code.
pub(crate) async fn confirm(State(state): Shared, caller: Caller, headers: HeaderMap, body: Body) -> Answer {
    let csrf = caller.csrf();
    let code = Fields::read(&headers, body).await?.take("code").unwrap_or_default();
    let confirmed = state
        .office_act(move |office| office.desk.seat(caller.token).confirm_second_factor(&office.key()?, &code))
        .await;
    match confirmed {
        Ok(codes) => {
            let codes: String = codes.iter().map(|code| format!("<li><code>{code}</code></li>")).collect();
            let body = format!(
                "<h1>The device is added</h1><p>Each of these signs you in once without it. They are shown only now: keep them where the device is not.</p><ul>{codes}</ul><p><a href=\"/\">Go on</a></p>"
            );
            Ok(page(StatusCode::OK, "recovery codes", &body))
        }
        Err(refusal) => {
            let body = format!("<h1>Add a device</h1>{}{}", wrong(&refusal.words()), confirming(&csrf));
            Ok(refused(&refusal, "add a device", &body))
        }
    }
}

fn refused(refusal: &Refusal, title: &str, body: &str) -> Response {
    let mut response = page(refusal.status(), title, body);
    refusal.complete(&mut response);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
