//! An operation: a method and a path, what it takes, what it gives, and who does it.
//!
//! The table of operations is the one source of the routes and of the OpenAPI document ([`super::document`]): what is not described is not answered. Each noun has a file with its
//! operations; an [`Operation`] is put together by its methods, read from left to right.

use std::sync::Arc;

use axum::routing::MethodRouter;
use mihenk_node::{NodeError, permission::Permission};

use super::{ask::Ask, code::Code, reply::Reply, schema::Schema};
use crate::{app::State, office::At};

/// What a person does.
pub(crate) type Act = fn(&At<'_>, &Ask) -> Result<Reply, NodeError>;
/// What takes no person: screening, and what is said of the server.
pub(crate) type Answer = fn(&State, &Ask) -> Result<Reply, NodeError>;
/// What answers with cookies, or sends a browser elsewhere.
pub(crate) type Handler = fn() -> MethodRouter<Arc<State>>;

/// Who stands before the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// Whoever reaches the server.
    Anybody,
    /// Whoever has a token, which may wait for a code or have ended; the handler knows what is done then.
    Token,
    /// Whoever is signed in.
    SignedIn,
}

/// Who does it.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// Whoever is signed in; the node knows whether they may.
    Person(Act),
    /// Whoever is signed in, where there are users; whoever reaches the server otherwise.
    Anybody(Answer),
    /// Whoever reaches the server.
    Public(Answer),
    /// Whoever is signed in, for as long as they listen.
    Stream,
    /// Signing in and out ([`super::door`]).
    Door(Before, Handler),
}

/// What a body is.
#[derive(Clone, Debug)]
pub(crate) enum Takes {
    /// There is none.
    Nothing,
    /// JSON.
    Json(Schema),
    /// JSON, or the same fields as a form.
    Form(Schema),
    /// Bytes of any type, no more than so many.
    File(u64),
}

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) schema: Schema,
    pub(crate) is_needed: bool,
}

/// A method and a path, and what is done there.
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    /// Below `/api/v1`, with parameters in braces.
    pub(crate) path: &'static str,
    /// A name of its own, for generated clients.
    pub(crate) id: &'static str,
    /// What it is about.
    pub(crate) tag: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) places: Vec<Parameter>,
    pub(crate) query: Vec<Parameter>,
    /// Whether parameters that are not named may come as well; they are not looked at.
    pub(crate) takes_others: bool,
    pub(crate) takes: Takes,
    /// Whether the revision that was looked at can be said, so that nothing is decided on what has changed.
    pub(crate) is_revised: bool,
    pub(crate) status: u16,
    /// The media type of what it gives, and what that looks like if it is JSON.
    pub(crate) gives: (&'static str, Schema),
    /// Which permission the node asks for.
    pub(crate) permission: Option<Permission>,
    /// What can go wrong besides what follows from the rest.
    pub(crate) also: Vec<Code>,
    pub(crate) by: By,
}

fn nobody(_: &State, _: &Ask) -> Result<Reply, NodeError> {
    Err(NodeError::Act("nobody does this".to_owned()))
}

impl Operation {
    fn new(method: &'static str, path: &'static str, id: &'static str, summary: &'static str) -> Operation {
        Operation {
            method,
            path,
            id,
            tag: "",
            summary,
            places: Vec::new(),
            query: Vec::new(),
            takes_others: false,
            takes: Takes::Nothing,
            is_revised: false,
            status: 200,
            gives: ("application/json", super::schema::object()),
            permission: None,
            also: Vec::new(),
            by: By::Public(nobody),
        }
    }

    pub(crate) fn get(path: &'static str, id: &'static str, summary: &'static str) -> Operation {
        Operation::new("GET", path, id, summary)
    }

    pub(crate) fn post(path: &'static str, id: &'static str, summary: &'static str) -> Operation {
        Operation::new("POST", path, id, summary).may(Code::Refused)
    }

    pub(crate) fn patch(path: &'static str, id: &'static str, summary: &'static str) -> Operation {
        Operation::new("PATCH", path, id, summary).may(Code::Refused)
    }

    /// A part of the path.
    pub(crate) fn at(mut self, name: &'static str, schema: Schema) -> Operation {
        self.places.push(Parameter { name, schema, is_needed: true });
        self.may(Code::NoSuchThing)
    }

    /// A parameter behind the `?`; one with a list may be given several times.
    pub(crate) fn ask(mut self, name: &'static str, schema: Schema) -> Operation {
        self.query.push(Parameter { name, schema, is_needed: false });
        self
    }

    /// A parameter behind the `?` that has to be there.
    pub(crate) fn must(mut self, name: &'static str, schema: Schema) -> Operation {
        self.query.push(Parameter { name, schema, is_needed: true });
        self
    }

    /// Parameters of others may come as well.
    pub(crate) fn and_others(mut self) -> Operation {
        self.takes_others = true;
        self
    }

    /// A page: so many, from a place on.
    pub(crate) fn paged(self, usual: i64, most: i64) -> Operation {
        use super::schema::count;
        let limit = count(1, most).usually(usual).says("How many of them.");
        let offset = count(0, 1_000_000).usually(0).says("How many to pass over.");
        self.ask("limit", limit).ask("offset", offset)
    }

    /// A JSON body.
    pub(crate) fn body(mut self, schema: Schema) -> Operation {
        self.takes = Takes::Json(schema);
        self
    }

    /// A JSON body, or a form, which is answered by leading on.
    pub(crate) fn form(mut self, schema: Schema) -> Operation {
        self.takes = Takes::Form(schema);
        self
    }

    /// Any bytes.
    pub(crate) fn file(mut self, most: u64) -> Operation {
        self.takes = Takes::File(most);
        self
    }

    /// Takes the revision that was looked at.
    pub(crate) fn revised(mut self) -> Operation {
        self.is_revised = true;
        self.may(Code::ChangedMeanwhile)
    }

    /// What it gives.
    pub(crate) fn gives(mut self, schema: Schema) -> Operation {
        self.gives = ("application/json", schema);
        self
    }

    /// It makes something: 201.
    pub(crate) fn makes(mut self, schema: Schema) -> Operation {
        self.status = 201;
        self.gives(schema)
    }

    /// It gives nothing: 204.
    pub(crate) fn gives_nothing(mut self) -> Operation {
        self.status = 204;
        self.gives = ("", super::schema::object());
        self
    }

    /// It leads elsewhere: 303.
    pub(crate) fn leads_on(self) -> Operation {
        Operation { status: 303, ..self.gives_nothing() }
    }

    /// It gives something other than JSON.
    pub(crate) fn writes(mut self, media: &'static str) -> Operation {
        self.gives = (media, super::schema::text());
        self
    }

    /// Something else that can go wrong.
    pub(crate) fn may(mut self, code: Code) -> Operation {
        self.also.push(code);
        self
    }

    /// Which permission it takes; `None` when whoever is signed in may.
    pub(crate) fn with(mut self, permission: impl Into<Option<Permission>>) -> Operation {
        self.permission = permission.into();
        self
    }

    /// Who does it.
    pub(crate) fn by(mut self, act: Act) -> Operation {
        self.by = By::Person(act);
        self
    }

    /// Anybody, where there are no users.
    pub(crate) fn by_anybody(mut self, answer: Answer) -> Operation {
        self.by = By::Anybody(answer);
        self
    }

    /// Whoever reaches the server.
    pub(crate) fn by_public(mut self, answer: Answer) -> Operation {
        self.by = By::Public(answer);
        self
    }

    /// Who comes to the door, and what answers there.
    pub(crate) fn at_door(mut self, before: Before, handler: Handler) -> Operation {
        self.by = By::Door(before, handler);
        self
    }

    /// Whether whoever reaches the server may ask.
    pub(crate) fn is_public(&self) -> bool {
        matches!(self.by, By::Public(_) | By::Door(Before::Anybody, _))
    }

    /// Whether a word of the caller's own keeps it from being done twice.
    pub(crate) fn is_done_once(&self) -> bool {
        self.method == "POST" && !matches!(self.by, By::Door(..))
    }

    /// All that can go wrong.
    pub(crate) fn codes(&self) -> Vec<Code> {
        let mut codes = self.also.clone();
        codes.extend([
            Code::WrongParameter,
            Code::AddressTooLong,
            Code::HeadersTooLarge,
            Code::TooMany,
            Code::Broken,
            Code::Busy,
            Code::TakesTooLong,
        ]);
        if !self.is_public() {
            codes.extend([
                Code::NotSignedIn,
                Code::PasswordDue,
                Code::SecondFactorDue,
                Code::NotByKey,
                Code::ForeignPage,
            ]);
            if self.method != "GET" {
                codes.push(Code::NoFormToken);
            }
        }
        if matches!(self.by, By::Person(_) | By::Stream | By::Door(..)) {
            codes.extend([Code::NotAllowed, Code::NoStore]);
        }
        match self.takes {
            Takes::Nothing => {}
            // What a body names may not be there.
            Takes::Json(_) | Takes::Form(_) => codes.extend([
                Code::NoSuchThing,
                Code::MalformedJson,
                Code::WrongMediaType,
                Code::DoesNotFit,
                Code::TooLarge,
                Code::TooSlow,
            ]),
            Takes::File(_) => codes.extend([Code::TooLarge, Code::TooSlow]),
        }
        if self.is_done_once() {
            codes.push(Code::KeyReused);
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}
