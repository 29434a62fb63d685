//! What can go wrong, by code: the one table.
//!
//! A problem's `type` is the place of its code on the reference page, which is written from this table ([`page`]). A client acts on the code; the words
//! of a problem are for a person. The status codes are those of RFC 9110, section 15.

use std::fmt::Write;

use axum::http::StatusCode;

/// What a code says.
pub(crate) struct About {
    /// The code.
    pub(crate) name: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// In a few words: the `title` of the problem.
    pub(crate) title: &'static str,
    /// When it is given.
    pub(crate) when: &'static str,
    /// What to do.
    pub(crate) remedy: &'static str,
}

/// Where the reference page lies in the book, and where the server itself has the same.
pub(crate) const PLACE: &str = "/reference/problems.html";

/// Declares the codes, in the order of their status: name in the program, code, status, title, when it is given, what to do.
macro_rules! codes {
    ($($variant:ident = $name:literal, $status:literal, $title:literal, $when:literal, $remedy:literal;)*) => {
        /// What can go wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Code {
            $($variant,)*
        }

        impl Code {
            /// All of them, in the order of their status.
            pub(crate) const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// What it says.
            pub(crate) const fn about(self) -> About {
                match self {
                    $(Code::$variant => About { name: $name, status: $status, title: $title, when: $when, remedy: $remedy },)*
                }
            }
        }
    };
}

codes! {
    MalformedJson = "malformed-json", 400, "The body is no JSON",
        "The body cannot be read as JSON; `line` and `column` say where.",
        "Mend the body there.";
    NotHttp = "not-http", 400, "The request is no HTTP",
        "The first line or a header cannot be read, or the headers say in two ways how long the body is (RFC 9112); the connection is closed.",
        "Send `METHOD PATH HTTP/1.1`, each header on a line of its own as `name: value`, an empty line, and one `Content-Length` or `Transfer-Encoding`.";
    UnreadBody = "unread-body", 400, "The body is not what the route takes",
        "The body is no form, has parts that cannot be read, or lacks one; `detail` says which.",
        "Send what `detail` says would be right.";
    WrongParameter = "wrong-parameter", 400, "A parameter does not fit",
        "A parameter of the address or a header is unknown, given twice, or does not fit what the description says; `errors` names each.",
        "Take the parameter from the description of the route.";
    NotSignedIn = "not-signed-in", 401, "Nobody is signed in",
        "The request says of nobody who they are, or the session has ended.",
        "Sign in, and send the token as `Authorization: Bearer TOKEN`.";
    NotProved = "not-proved", 401, "Name, password or code is wrong",
        "What should prove who somebody is does not. The answer is the same for a name that nobody has.",
        "Try again; after some tries the answer takes longer. Two administrators can give new credentials.";
    NotAllowed = "not-allowed", 403, "The role does not allow it",
        "Whoever is signed in has none of the roles that it takes. The answer is the same whether or not there is what was asked for.",
        "Ask somebody who has the role.";
    NotByKey = "not-by-key", 403, "The key does not allow it",
        "The key is for something else, or it takes a person.",
        "Use a key with the scope that `detail` names, or sign in.";
    PasswordDue = "password-due", 403, "A password has to be chosen first",
        "The password is one that an administrator's change gave.",
        "Choose one of your own, and sign in with it.";
    SecondFactorDue = "second-factor-due", 403, "A one-time code has to be given first",
        "The role, or the house, asks for a second factor, and this session has not given it.",
        "Send the code to `/api/v1/session/code`, or set a device up at `/api/v1/session/second-factor`.";
    ForeignPage = "foreign-page", 403, "This came from another site",
        "A browser sent it from a page of another site, with the cookie of a session.",
        "Open the page of this server, and do it there.";
    NoFormToken = "no-form-token", 403, "The form's token is missing",
        "It came with a cookie and changes something, and the token of the session is missing or of another session.",
        "Send `csrf` of `/api/v1/session` as `x-csrf-token`, or a key as `Authorization`.";
    NoSuchRoute = "no-such-route", 404, "There is no such route",
        "Nothing is answered at this address.",
        "Look at `/api/v1/openapi.json`.";
    NoSuchThing = "no-such-thing", 404, "There is no such thing",
        "There is no alert, case, list or other thing with this id.",
        "Look for it in the list of such things.";
    NoStore = "no-store", 404, "The server has no store",
        "The server only screens: nobody was made a user yet.",
        "Make the first two administrators with `mihenk user init`, and start the server again.";
    NoIssuer = "no-issuer", 404, "There is no issuer",
        "Nobody signs in at an issuer of OpenID Connect here.",
        "Sign in with name and password.";
    WrongMethod = "wrong-method", 405, "Wrong method",
        "There is something at this address, but not for this method; the header `Allow` says for which.",
        "Use a method that is allowed.";
    TooSlow = "too-slow", 408, "The body did not come in time",
        "The body of the request did not come within the time that it may take.",
        "Send it again, over a better line or in parts.";
    ChangedMeanwhile = "changed-meanwhile", 409, "Somebody changed it meanwhile",
        "It was changed after the revision that the request says was looked at; `done` says what was done, and by whom.",
        "Read it again, and decide on what it is now.";
    KeyReused = "key-reused", 409, "The idempotency key was used for something else",
        "The same `Idempotency-Key` came with another request before, or the first one is still being done.",
        "Use a new key for each thing that is to be made; wait, and send the same again, if it is the same.";
    TooLarge = "too-large", 413, "The body is too large",
        "The body has more bytes than the route takes.",
        "Send less at once.";
    AddressTooLong = "address-too-long", 414, "The address is too long",
        "Path and parameters have more bytes than are read.",
        "Shorten the parameters.";
    WrongMediaType = "wrong-media-type", 415, "Wrong media type",
        "The body is of a kind that the route does not take.",
        "Send `Content-Type: application/json`, or what the description of the route says.";
    DoesNotFit = "does-not-fit", 422, "The body does not fit",
        "A field is missing, unknown, or not what the description says; `errors` names each with its place (RFC 6901).",
        "Mend the fields that are named.";
    Refused = "refused", 422, "A rule speaks against it",
        "The request is well formed, and a rule of the house or the state of things forbids it; `detail` says which.",
        "Do what `detail` says would be right.";
    TooMany = "too-many", 429, "Too many requests",
        "More requests came than may come in this time; `Retry-After` says when to come back.",
        "Wait, then go on more slowly.";
    HeadersTooLarge = "headers-too-large", 431, "The headers are too large",
        "There are more headers, or more bytes of them, than are read.",
        "Send fewer headers; cookies of other services among them.";
    Broken = "broken", 500, "Something is broken",
        "The fault is ours; what it is stands in the log of the server.",
        "Tell whoever runs the server, with the time.";
    IssuerFailed = "issuer-failed", 502, "The issuer does not answer as it should",
        "Signing in at the issuer of OpenID Connect failed; `detail` says how.",
        "Try again, or tell whoever runs the issuer.";
    NotReady = "not-ready", 503, "No lists are loaded yet",
        "There is nothing to screen against yet.",
        "Try again when the lists are loaded.";
    Busy = "busy", 503, "So much is being done already",
        "Too many requests are worked on, or somebody else is changing the same folder.",
        "Try again in a moment.";
    TakesTooLong = "takes-too-long", 503, "It takes too long",
        "The answer was not there in the time that it may take. What the request asked to be done may still be done.",
        "Look whether it was done before asking again, or send an `Idempotency-Key`.";
}

impl Code {
    /// The code that a bare status stands for.
    pub(crate) fn of_status(status: u16) -> Code {
        match status {
            400 => Code::WrongParameter,
            401 => Code::NotSignedIn,
            403 => Code::NotAllowed,
            404 => Code::NoSuchRoute,
            405 => Code::WrongMethod,
            408 => Code::TooSlow,
            409 => Code::ChangedMeanwhile,
            413 => Code::TooLarge,
            414 => Code::AddressTooLong,
            415 => Code::WrongMediaType,
            422 => Code::Refused,
            429 => Code::TooMany,
            431 => Code::HeadersTooLarge,
            503 => Code::TakesTooLong,
            _ => Code::Broken,
        }
    }

    /// Its status.
    pub(crate) fn status(self) -> StatusCode {
        // A test holds every status of the table to be one.
        StatusCode::from_u16(self.about().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Its place on the reference page.
    pub(crate) fn place(self) -> String {
        format!("{PLACE}#{}", self.about().name)
    }
}

/// The reference page, in Markdown.
pub(crate) fn page() -> String {
    let mut out = String::from(
        "# Problems of the API\n\n<!-- Written by 'cargo xtask generate' from crates/server/src/api/code.rs. -->\n\n\
         Whatever goes wrong under `/api/v1` is answered as `application/problem+json` (RFC 9457): `type` leads to this page, `title` and\n\
         `detail` are for a person, `code` is for a program.\n\n| code | status | |\n|---|---|---|\n",
    );
    for code in Code::ALL.iter().copied() {
        let about = code.about();
        // Writing into a string cannot fail.
        let _ = writeln!(out, "| [`{0}`](#{0}) | {1} | {2} |", about.name, about.status, about.title);
    }
    for code in Code::ALL.iter().copied() {
        let about = code.about();
        let _ = write!(
            out,
            "\n## {}\n\n{} (status {}). {}\n\n{}\n",
            about.name, about.title, about.status, about.when, about.remedy
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_a_name_of_its_own() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.about().name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| (400..600).contains(&code.about().status)));
        assert!(Code::ALL.windows(2).all(|pair| pair[0].about().status <= pair[1].about().status));
    }
}
