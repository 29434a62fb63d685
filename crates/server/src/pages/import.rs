//! Taking a file of customers in, in two steps: it is sent and held, then its person says what its columns hold.
//!
//! In come a file in pieces, then choices, out come pages. The file goes to the disk as it comes. Whoever may not is refused before a byte of it is read. Taking it in is work that goes on
//! after the answer; whoever asks is led to what became of it, or to a page that says that it is not done yet.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{Multipart, Path, State, multipart::MultipartError},
    http::StatusCode,
    response::Response,
};
use mihenk_node::{
    NodeError,
    imports::{Choices, Example, Held, Outcome, Shelf, TakenIn, choices::Layout, held::Receiving},
    portfolio::{self, Progress},
    said::Said,
    sayings,
};
use mihenk_pages::{
    frame::Frame,
    import::{ImportPage, ImportedPage, MappingPage},
};
use serde_json::json;

use super::{
    Shared,
    answer::{file, html},
    form::{Form, form_of},
    visitor::{Visitor, page as shown},
};
use crate::{api::jobs, office::At};

/// How long the next bytes of a file may take to come.
const PAUSE: Duration = Duration::from_secs(30);
/// Bytes of a field that is no file.
const FIELD: usize = 4096;

type Start = (Vec<Held>, Vec<String>);

fn start_of(at: &At<'_>) -> Result<Start, NodeError> {
    Ok((Shelf::of(&at.seat, at.folder())?.all()?, portfolios(at)?))
}

fn portfolios(at: &At<'_>) -> Result<Vec<String>, NodeError> {
    Ok(portfolio::portfolios(&at.seat)?.into_iter().map(|one| one.portfolio).collect())
}

pub(super) async fn start(State(state): Shared, visitor: Visitor) -> Response {
    let write = |t: &Frame, (held, portfolios): &Start| shown(&ImportPage { t, held, portfolios, refused: None });
    visitor.show(&state, start_of, write).await
}

/// Takes a file in pieces and holds it.
pub(super) async fn send(State(state): Shared, visitor: Visitor, form: Multipart) -> Response {
    let begin = |at: &At<'_>| Ok((Shelf::of(&at.seat, at.folder())?.receive(), start_of(at)?));
    let (frame, (receiving, (held, portfolios))) = match visitor.ask(&state, begin).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    let received = match receiving {
        Ok(receiving) => receive(receiving, form).await,
        Err(error) => Err(error.said()),
    };
    match received {
        Ok(id) => super::answer::see_other(&format!("/customers/import/{id}")),
        Err(why) => {
            let page = ImportPage { t: &frame, held: &held, portfolios: &portfolios, refused: Some(&why) };
            html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn receive(mut receiving: Receiving, mut form: Multipart) -> Result<String, Said> {
    let slow = |_| sayings::nothing_came(PAUSE.as_secs());
    let broken = |error: MultipartError| Said::words(error.body_text());
    let (mut name, mut portfolio, mut is_whole) = (None, String::new(), false);
    while let Some(mut field) = tokio::time::timeout(PAUSE, form.next_field()).await.map_err(slow)?.map_err(broken)? {
        let (is_file, called) = (field.name() == Some("file"), field.name().unwrap_or("").to_owned());
        if is_file {
            name = Some(field.file_name().unwrap_or("").to_owned());
        }
        let mut text = Vec::new();
        while let Some(bytes) = tokio::time::timeout(PAUSE, field.chunk()).await.map_err(slow)?.map_err(broken)? {
            if is_file {
                // Some pages into the cache of the system: shorter than to hand them to another thread.
                receiving.write(&bytes).map_err(|error| error.said())?;
            } else if text.len() + bytes.len() <= FIELD {
                text.extend_from_slice(&bytes);
            }
        }
        match called.as_str() {
            "portfolio" => portfolio = String::from_utf8_lossy(&text).trim().to_owned(),
            "whole" => is_whole = true,
            _ => {}
        }
    }
    let name = name.ok_or_else(sayings::no_file_came)?;
    receiving.finish(&name, &portfolio, is_whole).map_err(|error| error.said())
}

/// What is shown of a file.
enum Seen {
    Mapping(Held, Box<Result<Example, Said>>, Vec<String>),
    Result(Held, Option<Box<TakenIn>>),
}

fn see(at: &At<'_>, id: &str) -> Result<Seen, NodeError> {
    let shelf = Shelf::of(&at.seat, at.folder())?;
    let held = shelf.open(id)?;
    Ok(match held.about.outcome {
        Outcome::Running | Outcome::Coming => Seen::Result(held, None),
        Outcome::Done => {
            let result = shelf.result(&held)?;
            Seen::Result(held, Some(Box::new(result)))
        }
        Outcome::Waiting | Outcome::Broken | Outcome::Failed(_) => {
            let example = shelf.look(&held).map_err(|error| error.said());
            Seen::Mapping(held, Box::new(example), portfolios(at)?)
        }
    })
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let write = |t: &Frame, seen: &Seen| match seen {
        Seen::Result(held, result) => shown(&ImportedPage { t, held, result: result.as_deref() }),
        Seen::Mapping(held, example, portfolios) => {
            let refused = example.as_ref().as_ref().err();
            shown(&MappingPage { t, held, example: example.as_ref().as_ref().ok(), refused, portfolios })
        }
    };
    visitor.show(&state, move |at| see(at, &id), write).await
}

/// Keeps what a form says of a file.
fn chosen(shelf: &Shelf, id: &str, form: &Form) -> Result<Held, NodeError> {
    let held = shelf.open(id)?;
    let text = |name: &str| form.text(name).to_owned();
    let layout = Layout {
        encoding: text("encoding"),
        delimiter: text("delimiter"),
        sheet: text("sheet"),
        heading_row: text("heading_row"),
    };
    let before = held.about.choices.as_ref().map(|choices| choices.layout.clone()).unwrap_or_default();
    let choices = if layout == before {
        // What cannot be read has no columns of which something could be said.
        let headings = shelf.headings(&held).ok().flatten().unwrap_or_default();
        let column = |(at, heading): (usize, String)| (heading, text(&format!("column.{at}")));
        let columns = headings.into_iter().enumerate().map(column).filter(|(_, word)| !word.is_empty());
        let kinds = (0..).map_while(|at| {
            let word = form.pairs.iter().find(|(name, _)| *name == format!("kind-word.{at}"))?.1.clone();
            Some((word, text(&format!("kind.{at}"))))
        });
        Choices {
            columns: columns.collect(),
            each: text("each"),
            kinds: kinds.filter(|(_, schema)| !schema.is_empty()).collect(),
            dates: text("dates"),
            country: text("country"),
            separator: text("separator"),
            layout,
        }
    } else {
        Choices { layout, ..Choices::default() }
    };
    shelf.choose(held, choices, (text("portfolio"), !text("whole").is_empty()))
}

pub(super) async fn look(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (place, typed) = (format!("/customers/import/{id}"), form.pairs.clone());
    let act = move |at: &At<'_>| chosen(&Shelf::of(&at.seat, at.folder())?, &id, &form).map(drop);
    visitor.act(&state, &typed, act, move |()| place).await
}

/// Begins to take a file in, and waits a little for the end.
pub(super) async fn take(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (place, typed) = (format!("/customers/import/{id}"), form.pairs.clone());
    let act = move |at: &At<'_>| {
        let shelf = Shelf::of(&at.seat, at.folder())?;
        let held = chosen(&shelf, &id, &form)?;
        match shelf.take_in(held) {
            Ok(taking) => begin(at, taking).map(Some),
            // The page says what is missing.
            Err(
                NodeError::Act(_)
                | NodeError::Refused(_)
                | NodeError::Input { .. }
                | NodeError::Unreadable { .. }
                | NodeError::Table(_),
            ) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let (_, job) = match visitor.ask_with(&state, &typed, act).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    if let Some(job) = job {
        jobs::wait(&state, job).await;
    }
    super::answer::see_other(&place)
}

fn begin(at: &At<'_>, taking: mihenk_node::imports::held::Taking) -> Result<u64, NodeError> {
    let (token, model) = (at.token.clone(), at.model());
    let job = jobs::begin(at.state, "customers-import", at.seat.desk().now(), move |state, tell| {
        let office = state.office.clone().ok_or(NodeError::NotSignedIn)?;
        let node = portfolio::node(&office.folder, model)?;
        let seat = office.desk.seat(token);
        let result = taking.run(&seat, &node, &mut |progress| {
            if let Progress::Screened(done, of) = progress {
                tell(json!({ "screened": done, "of": of }));
            }
        })?;
        let added = &result.added;
        // Numbers alone: everybody who may ask for jobs reads it.
        Ok(
            json!({ "records": added.records, "added": added.added, "changed": added.changed, "rejected": result.rejected }),
        )
    })?;
    Ok(job.number())
}

pub(super) async fn discard(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let act = move |at: &At<'_>| Shelf::of(&at.seat, at.folder())?.discard(&id);
    visitor.act(&state, &[], act, |()| "/customers/import".to_owned()).await
}

/// The rows that were not taken, or why, as a file.
pub(super) async fn rejected(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let why = visitor.params().text("why").is_some();
    let read = move |at: &At<'_>| {
        let shelf = Shelf::of(&at.seat, at.folder())?;
        shelf.rejected(&shelf.open(&id)?, why)
    };
    visitor.show(&state, read, |_, (name, bytes): &(String, Vec<u8>)| file(name, bytes.clone())).await
}
