//! Server-sent events: what happens, as it happens, for whoever may know of it.
//!
//! In comes somebody who listens, out goes a line for each event of the ledger that their roles let them know of ([`mihenk_node::feed`]), with its place in the chain as its id:
//! `Last-Event-ID` goes on where it was broken off, whatever happened meanwhile. Besides, work that takes longer tells how far it is; that has no id and is not told again. One
//! task looks for all listeners whether the chain has grown; what each may know is looked up when it has. The form is that of the HTML standard, section 9.2.

use std::{
    pin::Pin,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, header},
    response::Response,
};
use hyper::body::Frame;
use mihenk_node::{NodeError, feed, ledger::people::Token};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, broadcast, mpsc, watch};

use super::{
    ask::Ask,
    code::Code,
    operation::{By, Operation},
    problem::{Problem, Wrong},
    reply::Reply,
    schema::{count, flag, list, shape, text, whole},
};
use crate::{app::State, office::At, refusal::Refusal};

/// How often it is looked whether something happened.
const LOOK: Duration = Duration::from_millis(500);
/// After so long without an event a comment keeps the connection open.
const KEEP: Duration = Duration::from_secs(15);
/// Who listens at once.
const LISTENERS: usize = 256;
/// Progress that a slow listener may be behind; what is older is left out for them.
const PROGRESS: usize = 256;

pub(super) fn operations() -> Vec<Operation> {
    let event = shape! { "seq": whole(), "at": whole(), "kind": text(), "subject": text(), "actor": text() };
    let mut listen = Operation::get("/events", "listen", "What happens, as it happens: server-sent events")
        .writes("text/event-stream");
    listen.by = By::Stream;
    vec![
        listen,
        Operation::get("/events/past", "listEvents", "What happened behind a place of the chain, for those who ask now and then")
            .ask("after", count(0, i64::MAX).usually(0).says("The last place that is known."))
            .gives(shape! { "events": list(event), "upto": whole().says("What 'after' takes the next time."), "is_more": flag() })
            .by(past),
    ]
}

fn past(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    feed::may_listen(&at.seat)?;
    Reply::json(&feed::after(&at.seat, ask.whole("after").unwrap_or(0))?)
}

/// What listeners wait for.
#[derive(Debug)]
pub(crate) struct Feed {
    /// The last place of the chain.
    head: watch::Sender<i64>,
    progress: broadcast::Sender<Arc<str>>,
    is_looking: AtomicBool,
    places: Arc<Semaphore>,
}

impl Default for Feed {
    fn default() -> Feed {
        Feed {
            head: watch::Sender::new(0),
            progress: broadcast::Sender::new(PROGRESS),
            is_looking: AtomicBool::new(false),
            places: Arc::new(Semaphore::new(LISTENERS)),
        }
    }
}

impl Feed {
    /// Tells how far some work is; nobody has to listen.
    pub(crate) fn tell_progress(&self, job: u64, kind: &str, what: &Value) {
        let mut told = json!({ "job": job, "kind": kind });
        if let (Some(told), Some(what)) = (told.as_object_mut(), what.as_object()) {
            told.extend(what.clone());
        }
        drop(self.progress.send(told.to_string().into()));
    }
}

/// Answers somebody who listens, until they hang up or are signed out.
pub(super) async fn stream(state: &Arc<State>, token: Token, last: Option<&str>) -> Result<Response, Problem> {
    let after = match last.map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(text.parse::<i64>().ok().filter(|place| *place >= 0).ok_or_else(|| {
            let what = format!("{text:?} is no id of an event, which are whole numbers");
            Problem::parameters(&[Wrong { at: "Last-Event-ID".to_owned(), what }])
        })?),
    };
    let place = Arc::clone(&state.api.feed.places).try_acquire_owned();
    let place = place.map_err(|_| Problem::new(Code::Busy, format!("{LISTENERS} listen already")))?;
    let begin = state.within(token.clone(), |at| {
        feed::may_listen(&at.seat)?;
        feed::head(at.seat.desk())
    });
    let head = begin.await?.map_err(Problem::from)?;
    look(state);
    let (out, lines) = mpsc::channel(16);
    let listener = Listener {
        state: Arc::clone(state),
        token,
        after: after.unwrap_or(head),
        head: state.api.feed.head.subscribe(),
        progress: state.api.feed.progress.subscribe(),
        out,
    };
    tokio::spawn(async move {
        listener.listen().await;
        drop(place);
    });
    let mut response = Response::new(Body::new(Lines(lines)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather answers are asked to hand on each line (nginx).
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Begins to look whether the chain has grown, if nobody does; it ends when nobody listens.
fn look(state: &Arc<State>) {
    if state.api.feed.is_looking.swap(true, Ordering::SeqCst) {
        return;
    }
    let weak = Arc::downgrade(state);
    tokio::spawn(async move {
        while let Some(head) = looked(&weak).await {
            let Some(state) = weak.upgrade() else { return };
            state.api.feed.head.send_if_modified(|last| std::mem::replace(last, head) != head);
            if state.api.feed.places.available_permits() == LISTENERS {
                state.api.feed.is_looking.store(false, Ordering::SeqCst);
                return;
            }
            drop(state);
            tokio::time::sleep(LOOK).await;
        }
    });
}

/// The last place of the chain; the one that was known when it cannot be read now.
async fn looked(state: &Weak<State>) -> Option<i64> {
    let state = state.upgrade()?;
    let office = state.office.clone()?;
    let known = *state.api.feed.head.borrow();
    drop(state);
    let head = tokio::task::spawn_blocking(move || feed::head(&office.desk)).await;
    Some(head.ok().and_then(Result::ok).unwrap_or(known))
}

/// Somebody who listens.
struct Listener {
    state: Arc<State>,
    token: Token,
    /// The last place of the chain that was told or passed over.
    after: i64,
    head: watch::Receiver<i64>,
    progress: broadcast::Receiver<Arc<str>>,
    out: mpsc::Sender<Bytes>,
}

impl Listener {
    async fn listen(mut self) {
        // A first line, so that whoever listens knows that they do; a client that was cut off comes back after two seconds.
        if !self.say("retry: 2000\n\n".to_owned()).await {
            return;
        }
        loop {
            if !self.catch_up().await {
                return;
            }
            let line = tokio::select! {
                changed = self.head.changed() => match changed {
                    Ok(()) => continue,
                    Err(_) => return,
                },
                progress = self.progress.recv() => match progress {
                    Ok(told) => format!("event: progress\ndata: {told}\n\n"),
                    Err(broadcast::error::RecvError::Lagged(_)) => continue,
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                () = tokio::time::sleep(KEEP) => ":\n\n".to_owned(),
                () = self.out.closed() => return,
            };
            if !self.say(line).await {
                return;
            }
        }
    }

    /// Tells what happened since; false when there is nobody to tell any more.
    async fn catch_up(&mut self) -> bool {
        loop {
            let after = self.after;
            let batch = match self.state.within(self.token.clone(), move |at| feed::after(&at.seat, after)).await {
                Ok(Ok(batch)) => batch,
                // So much is being done; the next look tries again.
                Err(Refusal::Busy) => return true,
                // Signed out, mostly: whoever comes back is told why.
                _ => return false,
            };
            for event in &batch.events {
                // A kind has letters, dots and hyphens; the data is on one line.
                let line = format!("id: {}\nevent: {}\ndata: {}\n\n", event.seq, event.kind, json!(event));
                if !self.say(line).await {
                    return false;
                }
            }
            self.after = batch.upto.max(self.after);
            if !batch.is_more {
                return true;
            }
        }
    }

    async fn say(&self, line: String) -> bool {
        self.out.send(Bytes::from(line)).await.is_ok()
    }
}

/// Lines as a body.
struct Lines(mpsc::Receiver<Bytes>);

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}
