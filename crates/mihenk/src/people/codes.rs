//! `mihenk user code`: one-time codes of a device.
//!
//! In comes what the device shows, out come a QR code for it and recovery codes, each shown once.

use mihenk_node::{
    desk::Seat,
    ledger::people::{Change, second_factor::RecoveryCodes},
    people, qr,
};
use serde_json::json;

use super::propose;
use crate::{
    cli::{Place, keys::Code},
    documents, say,
};

pub(super) fn run(place: &Place, seat: &Seat<'_>, code: Code) -> anyhow::Result<()> {
    match code {
        Code::Enrol { json } => {
            let enrolment = seat.enrol_second_factor(&documents::key(place, seat.desk())?)?;
            if json {
                return say::line(&serde_json::to_string(&enrolment)?);
            }
            say::out(&qr::text(&enrolment.uri)?)?;
            say::line(&format!("secret, for typing: {}", enrolment.secret))?;
            say::note("Scan it with an authenticator, then give the code that it shows: mihenk user code confirm CODE");
            Ok(())
        }
        Code::Confirm { code, json } => {
            let codes = seat.confirm_second_factor(&documents::key(place, seat.desk())?, &code)?;
            told(&codes, json)
        }
        Code::Renew { code, json } => {
            let codes = seat.renew_recovery_codes(&documents::key(place, seat.desk())?, &code)?;
            told(&codes, json)
        }
        Code::Show { json } => {
            let factor = seat.second_factor()?;
            if json {
                return say::line(&serde_json::to_string(&factor)?);
            }
            let left = factor.recovery_codes;
            say::line(match (factor.is_enrolled, factor.is_required) {
                (true, _) => "you sign in with a one-time code",
                (false, true) => "your role needs one-time codes, and you have no device yet: mihenk user code enrol",
                (false, false) => "you sign in with your password alone",
            })?;
            if factor.is_enrolled { say::line(&format!("recovery codes left: {left}")) } else { Ok(()) }
        }
        Code::Reset { name, why } => {
            propose(seat, Change::ResetSecondFactor { user: people::find(seat, &name)?.id }, &why)
        }
        Code::Require { roles, why } => propose(seat, Change::RequireSecondFactor { roles }, &why),
    }
}

fn told(codes: &RecoveryCodes, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "recovery_codes": codes }).to_string());
    }
    codes.iter().try_for_each(|code| say::line(code))?;
    say::note("Each signs you in once without the device. They are shown only now: keep them where the device is not.");
    Ok(())
}
