//! What stands around every page: language, theme, who is signed in, the navigation, what was just done.
//!
//! In comes what the handler knows of the visitor, out comes a [`Frame`], which every template has as `t`: it says texts, writes numbers and names, and knows the
//! way around. The navigation shows what the roles of the user may open; whether they may is decided again by each act.

use std::ops::Deref;

use askama::{Template, filters::HtmlSafe};
use mihenk_node::{
    ledger::{
        happening::Line,
        people::{Role, User},
    },
    named::Named,
    permission::Permission,
    said::Said,
};

use crate::{
    assets, countries,
    deeds::Deed,
    foreign::{self, Foreign, cleaned_running},
    letters::Run,
    refusal::Why,
    said::Sentence,
    told,
    words::{Language, Words},
};

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What was just done, with what takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In words of the page's language.
    pub text: String,
    /// Where a form leads that undoes it; none when it cannot be undone.
    pub undo: Option<String>,
    /// Whether it is a refusal.
    pub is_refusal: bool,
}

/// What stands around a page.
#[derive(Debug)]
pub struct Frame {
    /// The language.
    pub words: &'static Words,
    /// The colours.
    pub theme: Theme,
    /// Who is signed in.
    pub user: Option<User>,
    /// What a form of theirs has to bring back.
    pub csrf: String,
    /// The address of the page, for coming back to it.
    pub path: String,
    /// Whether people work here at all.
    pub has_office: bool,
    /// What was just done.
    pub told: Option<Told>,
}

/// A place of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its address.
    pub path: &'static str,
    /// The key of its name.
    pub key: &'static str,
    permission: Option<Permission>,
}

const PLACES: [Place; 16] = [
    Place { path: "/work", key: "nav-work", permission: Some(Permission::See) },
    Place { path: "/screen", key: "nav-screen", permission: None },
    Place { path: "/scan", key: "nav-scan", permission: None },
    Place { path: "/cases", key: "nav-cases", permission: Some(Permission::See) },
    Place { path: "/review", key: "nav-review", permission: Some(Permission::ReviewQuality) },
    Place { path: "/freezes", key: "nav-freezes", permission: Some(Permission::See) },
    Place { path: "/redress", key: "nav-redress", permission: Some(Permission::See) },
    Place { path: "/customers", key: "nav-customers", permission: Some(Permission::See) },
    Place { path: "/rules", key: "nav-rules", permission: Some(Permission::See) },
    Place { path: "/lists", key: "nav-lists", permission: None },
    Place { path: "/dashboard", key: "nav-dashboard", permission: Some(Permission::See) },
    Place { path: "/model", key: "nav-model", permission: Some(Permission::See) },
    Place { path: "/reports", key: "nav-reports", permission: Some(Permission::Report) },
    Place { path: "/audit", key: "nav-audit", permission: Some(Permission::Audit) },
    Place { path: "/people", key: "nav-people", permission: Some(Permission::ManagePeople) },
    Place { path: "/settings", key: "nav-settings", permission: Some(Permission::ManageStore) },
];

impl Frame {
    /// Of a visitor of whom nothing is known.
    #[must_use]
    pub fn plain(language: Language) -> Frame {
        Frame {
            words: Words::of(language),
            theme: Theme::System,
            user: None,
            csrf: String::new(),
            path: "/".to_owned(),
            has_office: false,
            told: None,
        }
    }

    /// Text of others.
    #[must_use]
    pub fn name(&self, text: impl AsRef<str>) -> Foreign<'static> {
        Foreign::new(self.words, text.as_ref())
    }

    /// The text for one of several words, such as a state; the word itself where none is known.
    #[must_use]
    pub fn of(&self, kind: &str, word: impl AsRef<str>) -> String {
        self.words.of_kind(kind, word)
    }

    /// A reason for clearing in the page's language; as the house's file has it where it is of the house's own, or in the file's own language.
    #[must_use]
    pub fn reason(&self, code: &str, says: &str) -> String {
        let known = (self.language() != Language::English).then(|| self.known(&format!("reason-{code}"))).flatten();
        known.unwrap_or_else(|| says.to_owned())
    }

    /// What the program says of a row, a value or a list, as a sentence.
    #[must_use]
    pub fn told(&self, said: &Said) -> Sentence {
        told::sentence(self.words, said)
    }

    /// Words of the program that nothing says in another language.
    #[must_use]
    pub fn english(&self, words: impl AsRef<str>) -> Sentence {
        Sentence::english(words.as_ref())
    }

    /// A line of a history as a sentence.
    #[must_use]
    pub fn deed(&self, named: &Named, line: &Line) -> Deed {
        Deed::of(self.words, named, line)
    }

    /// What the program says, by the table that it is of.
    #[must_use]
    pub fn said(&self, table: &str, said: &Said) -> Sentence {
        Sentence::of(self.words, table, said)
    }

    /// What a field of a form is called, where a page has a word for it.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        let known = self.words.known(&format!("typed-{name}")).or_else(|| self.words.known(name));
        known.unwrap_or_else(|| name.to_owned())
    }

    /// A value that the customer's file or a list has of a property: in the page's language where it is one of few words, else as it is written.
    #[must_use]
    pub fn value(&self, property: impl AsRef<str>, value: impl AsRef<str>) -> Foreign<'static> {
        let value = value.as_ref();
        let word = match property.as_ref() {
            property if countries::holds(property) => self.words.country_of(value),
            "schema" => self.words.known(&format!("schema-{value}")),
            "gender" => self.words.known(&format!("gender-{}", value.to_lowercase())),
            _ => None,
        };
        self.name(word.as_deref().unwrap_or(value))
    }

    /// A value that is other than it was: as [`Frame::value`] says it, with what is written behind a country, for both sides may mean the same one.
    #[must_use]
    pub fn turned(&self, property: impl AsRef<str>, value: impl AsRef<str>) -> Foreign<'static> {
        let (property, value) = (property.as_ref(), value.as_ref());
        match self.words.country_of(value).filter(|name| countries::holds(property) && name != value) {
            Some(name) => self.name(format!("{name} ({value})")),
            None => self.value(property, value),
        }
    }

    /// Letters with those marked that differ; `word` says of which script they are.
    #[must_use]
    pub fn marked<'a>(&self, word: &str, runs: &'a [Run]) -> Marked<'a> {
        Marked { word: word.to_owned(), runs }
    }

    /// Running text of others, without what hides in it and without saying so behind each piece.
    #[must_use]
    pub fn within(&self, text: impl AsRef<str>) -> String {
        cleaned_running(text.as_ref())
    }

    /// The name of a user, or of a part of the software in the page's language.
    #[must_use]
    pub fn actor(&self, name: &str) -> String {
        self.of("actor", name)
    }

    /// The places that this visitor may open.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        PLACES.into_iter().filter(|place| match (place.permission, &self.user) {
            (None, user) => user.is_some() || !self.has_office,
            (Some(permission), Some(user)) => permission.check(user).is_ok(),
            (Some(_), None) => false,
        })
    }

    /// Whether a place is the one where the visitor is.
    #[must_use]
    pub fn is_at(&self, place: &Place) -> bool {
        let path = self.path.split('?').next().unwrap_or("");
        let within =
            |prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        within(place.path)
            || match place.path {
                "/work" => within("/alerts"),
                "/lists" => within("/entity"),
                _ => false,
            }
    }

    /// Whether the user may.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.user.as_ref().is_some_and(|user| permission.check(user).is_ok())
    }

    /// Whether the user sees alerts, cases and customers.
    #[must_use]
    pub fn may_see(&self) -> bool {
        self.may(Permission::See)
    }

    /// Whether the user works on alerts and cases.
    #[must_use]
    pub fn is_analyst(&self) -> bool {
        self.has(Role::Analyst)
    }

    /// Whether the user confirms what analysts propose.
    #[must_use]
    pub fn is_approver(&self) -> bool {
        self.has(Role::Approver)
    }

    /// Whether the user reports to the authority, and knows of reports.
    #[must_use]
    pub fn is_officer(&self) -> bool {
        self.has(Role::Officer)
    }

    fn has(&self, role: Role) -> bool {
        self.user.as_ref().is_some_and(|user| user.roles.contains(&role))
    }

    /// Whether this is the user's own id.
    #[must_use]
    pub fn is_me(&self, id: &str) -> bool {
        self.user.as_ref().is_some_and(|user| user.id.as_str() == id)
    }

    /// The hidden field that a form of the user has to bring back.
    #[must_use]
    pub fn token(&self) -> Hidden<'_> {
        Hidden(&self.csrf)
    }

    /// All languages.
    #[must_use]
    pub fn languages(&self) -> [Language; Language::ALL.len()] {
        Language::ALL
    }

    /// The word of the theme in the page's root.
    #[must_use]
    pub fn theme_word(&self) -> &'static str {
        match self.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The address of the style sheet.
    #[must_use]
    pub fn style(&self) -> String {
        assets::style().path
    }

    /// The address of the script.
    #[must_use]
    pub fn script(&self) -> String {
        assets::script().path
    }
}

impl Deref for Frame {
    type Target = Words;

    fn deref(&self) -> &Words {
        self.words
    }
}

/// A hidden field with the token against forged requests; nothing when there is no token.
#[derive(Debug)]
pub struct Hidden<'a>(&'a str);

impl std::fmt::Display for Hidden<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use askama::filters::{Escaper, Html};
        if self.0.is_empty() {
            return Ok(());
        }
        f.write_str("<input type=\"hidden\" name=\"csrf\" value=\"")?;
        Html.write_escaped_str(&mut *f, self.0)?;
        f.write_str("\">")
    }
}

impl HtmlSafe for Hidden<'_> {}

/// Letters with those marked that differ.
#[derive(Debug)]
pub struct Marked<'a> {
    word: String,
    runs: &'a [Run],
}

impl std::fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use askama::filters::{Escaper, Html};
        foreign::open_bdi(f, &self.word)?;
        for run in self.runs {
            let text = cleaned_running(&run.text);
            if run.differs {
                f.write_str("<mark>")?;
            }
            Html.write_escaped_str(&mut *f, &text)?;
            if run.differs {
                f.write_str("</mark>")?;
            }
        }
        f.write_str("</bdi>")
    }
}

impl HtmlSafe for Marked<'_> {}

/// The way on from a link at another site, for a browser that leaves its session behind there and has it again from here.
#[derive(Debug, Template)]
#[template(path = "onward.html")]
pub struct OnwardPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Where it leads.
    pub place: &'a str,
    /// Nothing is refused.
    pub refused: Option<&'a Why>,
}

/// Something that cannot be shown or done, and what is to do now.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The status.
    pub status: u16,
    /// The key of the heading.
    pub heading: &'a str,
    /// Why.
    pub why: Option<&'a Why>,
    /// What was typed and is not lost.
    pub typed: &'a [(String, String)],
}

/// Where somebody signs in.
#[derive(Debug, Template)]
#[template(path = "login.html")]
pub struct LoginPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Where to go then.
    pub next: &'a str,
    /// The name that was typed.
    pub name: &'a str,
    /// Why it did not work.
    pub refused: Option<&'a Why>,
    /// Whether people sign in at an issuer of OpenID Connect as well.
    pub has_issuer: bool,
    /// Whether there is anybody yet who could.
    pub has_people: bool,
}

/// Where the second step of signing in is done.
#[derive(Debug, Template)]
#[template(path = "code.html")]
pub struct CodePage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Where to go then.
    pub next: &'a str,
    /// Why it did not work.
    pub refused: Option<&'a Why>,
}

/// Where somebody adds a device for one-time codes.
#[derive(Debug, Template)]
#[template(path = "factor.html")]
pub struct FactorPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The secret, and the same as a picture (SVG of ours).
    pub enrolled: Option<(&'a str, &'a str)>,
    /// Recovery codes, shown once.
    pub codes: &'a [String],
    /// Why it did not work.
    pub refused: Option<&'a Why>,
}

/// Where somebody chooses a password of their own.
#[derive(Debug, Template)]
#[template(path = "password.html")]
pub struct PasswordPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_users_only_what_needs_none_is_there() {
        let frame = Frame::plain(Language::English);
        assert_eq!(frame.places().map(|place| place.path).collect::<Vec<_>>(), ["/screen", "/scan", "/lists"]);
        let with = Frame { has_office: true, ..Frame::plain(Language::English) };
        assert_eq!(with.places().count(), 0);
    }

    #[test]
    fn a_token_is_escaped() {
        assert_eq!(Hidden("a\"b").to_string(), "<input type=\"hidden\" name=\"csrf\" value=\"a&#34;b\">");
    }
}
