//! Screening from one box, and scanning texts and files.
//!
//! In comes what was typed or a file, out comes the page, or the results alone for a script.

use axum::{
    extract::{Multipart, State},
    response::Response,
};
use mihenk_node::{
    BaseRate, Node, Options, Scratch, drafts,
    one_box::{self, Asked},
    query::Query,
    said::Said,
    scan::{self, ScanAnswer},
};
use mihenk_pages::{
    scan::{ScanPage, mentions, pieces},
    screen::{Results, ScreenPage},
};

use super::{
    Shared,
    answer::failed,
    form::fields_of,
    visitor::{Visitor, page as shown},
};
/// Hits of a page.
const LIMIT: usize = 20;

/// What came of asking.
#[derive(Default)]
struct Screened {
    answer: Option<mihenk_node::answer::Answer>,
    refused: Option<Said>,
    scanned: Option<ScanAnswer>,
}

pub(super) async fn page(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let q = params.text("q").unwrap_or("").to_owned();
    let is_part = params.text("part").is_some();
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let asked = q.clone();
    let run = state.run(move |state, live| {
        let query = match one_box::read(&asked) {
            Asked::Nothing => return Ok(Screened::default()),
            Asked::Text => return Ok(named_in(&live.node, &asked, &mut state.scratch.take())),
            Asked::Record(entity) => Query::of(*entity),
        };
        let query = match query {
            Ok(query) => query,
            Err(why) => return Ok(Screened { refused: Some(why), ..Screened::default() }),
        };
        let mut scratch = state.scratch.take();
        let options = Options { limit: LIMIT, ..Options::default() };
        let mut answer = live.node.answer(&query, &options, &mut scratch);
        live.node.add_listings(&mut answer);
        let refused = answer.error.clone();
        Ok(Screened { answer: Some(answer), refused, scanned: None })
    });
    let (live, screened) = match run.await {
        Ok(done) => done,
        Err(failure) => return failed(&frame, failure),
    };
    let results = Results {
        t: &frame,
        q: &q,
        found: screened.answer.as_ref().map(|answer| answer.results.as_slice()),
        warnings: screened.answer.as_ref().map_or(&[], |answer| &answer.warnings),
        refused: screened.refused.as_ref(),
        named: screened.scanned.as_ref().map(|answer| mentions(frame.words, &answer.hits)),
        version: &live.version,
    };
    if is_part { shown(&results) } else { shown(&ScreenPage { t: &frame, q: &q, results }) }
}

/// What a paragraph in the box names.
fn named_in(node: &Node, text: &str, scratch: &mut Scratch) -> Screened {
    let options = Options { base_rate: BaseRate::TEXT, ..Options::default() };
    match scan::read(node, "", text.as_bytes(), &options, scratch) {
        Ok(answer) => Screened { scanned: Some(answer), ..Screened::default() },
        Err(error) => Screened { refused: Some(error.said()), ..Screened::default() },
    }
}

pub(super) async fn scan_page(State(state): Shared, visitor: Visitor) -> Response {
    let q = visitor.params().text("q").unwrap_or("").to_owned();
    if !q.is_empty() {
        return scanned(&state, visitor, q, None).await;
    }
    let is_office = state.office.is_some();
    let (frame, draft) = if is_office {
        match visitor.ask(&state, |at| drafts::of(&at.seat)).await {
            Ok((frame, mut drafts)) => (frame, drafts.remove("scan/text").unwrap_or_default()),
            Err(response) => return *response,
        }
    } else {
        (visitor.frame(), String::new())
    };
    shown(&ScanPage { t: &frame, text: &draft, answer: None, pieces: Vec::new(), refused: None })
}

pub(super) async fn scan(State(state): Shared, visitor: Visitor, form: Multipart) -> Response {
    let (mut text, mut file) = (String::new(), None);
    let fields = fields_of!(form, visitor);
    for field in fields {
        match field.name.as_str() {
            // A browser sends lines of a text with CR LF.
            "text" => text = String::from_utf8_lossy(&field.bytes).replace("\r\n", "\n"),
            "file" if !field.bytes.is_empty() => file = Some((field.file_name, field.bytes)),
            _ => {}
        }
    }
    scanned(&state, visitor, text, file).await
}

async fn scanned(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    text: String,
    file: Option<(String, Vec<u8>)>,
) -> Response {
    let frame = match visitor.anybody_with(state, &[("text".to_owned(), text.clone())]).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let (name, bytes) = file.unwrap_or_else(|| (frame.say("scan-text"), text.clone().into_bytes()));
    let run = state.run(move |state, live| {
        let mut scratch = state.scratch.take();
        let options = Options { base_rate: BaseRate::TEXT, ..Options::default() };
        let source = String::from_utf8(bytes.clone()).unwrap_or_default();
        Ok((scan::read(&live.node, &name, &bytes, &options, &mut scratch), source))
    });
    let (_, (read, source)) = match run.await {
        Ok(done) => done,
        Err(failure) => return failed(&frame, failure),
    };
    let (answer, refused): (Option<ScanAnswer>, Option<Said>) = match read {
        Ok(answer) => (Some(answer), None),
        Err(error) => (None, Some(error.said())),
    };
    let is_plain = answer.as_ref().is_some_and(|answer| answer.form == Some("text"));
    let pieces = match &answer {
        Some(answer) if is_plain => pieces(&source, &answer.hits),
        _ => Vec::new(),
    };
    shown(&ScanPage { t: &frame, text: &text, answer: answer.as_ref(), pieces, refused: refused.as_ref() })
}
