//! What is refused before it is a request: answered in words.
//!
//! In comes the stream of a connection, out comes the same. What is no HTTP, or has a head that is too large, never reaches a route: hyper answers it with a bare status
//! and ends the connection. [`Worded`] puts in place of such an answer the same status with a problem of the one table ([`Code`]). Everything else passes as it is: hyper says
//! nothing of its own while an answer of ours is being written, and [`Turn`] knows when one is, from the call of the service until the last byte of its body has left.
//! After such an answer what the client still sends is read for a moment and dropped: a connection that is closed with bytes unread is reset, and the client would never see why.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use crate::api::{
    code::Code,
    problem::{MEDIA, Problem},
};

/// How long it is waited for a client that was refused to stop sending.
const LINGER: Duration = Duration::from_secs(1);
/// Bytes of it that are read meanwhile.
const LINGER_MAX: usize = 4 << 20;

/// Nobody answers: what is written now is hyper's own.
const IDLE: u8 = 0;
/// The service answers, or its body is being written.
const OURS: u8 = 1;
/// The body has ended; its last bytes may not have left.
const ENDED: u8 = 2;

/// Whose turn it is to write on a connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Arc<AtomicU8>);

impl Turn {
    /// The service was called.
    pub(crate) fn begins(&self) {
        self.0.store(OURS, Ordering::Relaxed);
    }

    /// The body of an answer, whose end ends the turn.
    pub(crate) fn over(&self, body: Body) -> Turned {
        Turned { body, turn: self.clone() }
    }

    /// Everything that hyper had to write has left.
    fn has_left(&self) {
        // One task drives a connection: its service, its bodies and its stream.
        let _ = self.0.compare_exchange(ENDED, IDLE, Ordering::Relaxed, Ordering::Relaxed);
    }

    fn is_nobodys(&self) -> bool {
        self.0.load(Ordering::Relaxed) == IDLE
    }
}

/// A body that tells when it is over: hyper lets go of it when its last bytes are among those to be written.
#[derive(Debug)]
pub(crate) struct Turned {
    body: Body,
    turn: Turn,
}

impl Drop for Turned {
    fn drop(&mut self) {
        let _ = self.turn.0.compare_exchange(OURS, ENDED, Ordering::Relaxed, Ordering::Relaxed);
    }
}

impl HttpBody for Turned {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream on which hyper's own refusals have words.
pub(crate) struct Worded<S> {
    stream: S,
    turn: Turn,
    /// What stands in place of a refusal, until it has left.
    words: Option<Words>,
}

struct Words {
    bytes: Vec<u8>,
    written: usize,
    /// How long it is still read, once everything has been written.
    linger: Option<Pin<Box<Sleep>>>,
    /// Bytes that may still be read.
    left: usize,
}

impl<S> Worded<S> {
    pub(crate) fn new(stream: S, turn: Turn) -> Worded<S> {
        Worded { stream, turn, words: None }
    }
}

impl<S: AsyncWrite + Unpin> Worded<S> {
    /// Puts words in place of a refusal, if it is one; says so.
    fn replaces(&mut self, bytes: &[u8]) -> bool {
        if !self.turn.is_nobodys() {
            return false;
        }
        let words = worded(bytes);
        self.words = words.map(|bytes| Words { bytes, written: 0, linger: None, left: LINGER_MAX });
        self.words.is_some()
    }

    /// Writes the words.
    fn written(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(words) = &mut self.words else { return Poll::Ready(Ok(())) };
        while words.written < words.bytes.len() {
            match Pin::new(&mut self.stream).poll_write(context, &words.bytes[words.written..]) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                Poll::Ready(Ok(number)) => words.written += number,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> Worded<S> {
    /// Reads what a client that was refused still sends, until it stops, for a moment.
    fn lingers(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(words) = &mut self.words else { return Poll::Ready(()) };
        let until = words.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        if until.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        let mut space = [0; 8 << 10];
        while words.left > 0 {
            let mut into = ReadBuf::new(&mut space);
            match Pin::new(&mut self.stream).poll_read(context, &mut into) {
                Poll::Ready(Ok(())) if !into.filled().is_empty() => {
                    words.left = words.left.saturating_sub(into.filled().len());
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Worded<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Worded<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.replaces(bytes) {
            // They leave with the flush, which follows at once.
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // The head of an answer is one piece, and a refusal is nothing but a head.
        if let [only] = slices
            && self.replaces(only)
        {
            return Poll::Ready(Ok(only.len()));
        }
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.written(context))?;
        std::task::ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.turn.has_left();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.written(context))?;
        if self.words.as_ref().is_none_or(|words| words.linger.is_none()) {
            std::task::ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
        }
        self.lingers(context).map(Ok)
    }
}

/// The refusal with words, if these bytes are a refusal of hyper's own: a head of status 400, 414 or 431 that announces no body.
fn worded(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = std::str::from_utf8(bytes).ok()?.strip_suffix("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let line = lines.next()?.strip_prefix("HTTP/1.")?;
    let code = match line.get(2..5)? {
        "400" => Code::NotHttp,
        "414" => Code::AddressTooLong,
        "431" => Code::HeadersTooLarge,
        _ => return None,
    };
    let mut date = "";
    let mut is_empty = false;
    for line in lines {
        match line.split_once(": ")? {
            ("content-length", "0") => is_empty = true,
            ("connection", "close") => {}
            ("date", _) => date = line,
            _ => return None,
        }
    }
    if !is_empty {
        return None;
    }
    let body = Problem::new(code, code.about().when).body().to_string();
    let date = if date.is_empty() { String::new() } else { format!("{date}\r\n") };
    let head = format!(
        "HTTP/1.{line}\r\ncontent-type: {MEDIA}\r\ncontent-length: {}\r\ncache-control: no-store\r\nconnection: close\r\n{date}\r\n",
        body.len()
    );
    Some((head + &body).into_bytes())
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const REFUSAL: &str = "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\
                           date: Fri, 27 Nov 2026 03:00:00 GMT\r\n\r\n";

    fn run<T>(task: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(task)
    }

    /// What comes out at the other end, which takes a few bytes at a time.
    async fn through(turn: Turn, parts: &[&[u8]]) -> Vec<u8> {
        let (ours, mut theirs) = tokio::io::duplex(7);
        let mut ours = Worded::new(ours, turn);
        let write = async {
            for part in parts {
                ours.write_all(part).await.unwrap();
            }
            ours.flush().await.unwrap();
            ours.shutdown().await.unwrap();
        };
        let mut read = Vec::new();
        let take = async {
            // Until the words end, or the writer does.
            let mut byte = [0];
            while theirs.read(&mut byte).await.unwrap() > 0 {
                read.push(byte[0]);
                tokio::task::yield_now().await;
            }
            drop(theirs);
        };
        tokio::join!(write, take);
        read
    }

    #[test]
    fn a_refusal_gets_words_whatever_the_other_end_takes_at_once() {
        let answer = String::from_utf8(run(through(Turn::default(), &[REFUSAL.as_bytes()]))).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\n"), "{head}");
        assert!(
            head.contains("date: Fri, 27 Nov 2026 03:00:00 GMT")
                && head.contains(&format!("content-length: {}", body.len()))
        );
        assert!(body.contains("headers-too-large"), "{body}");
    }

    #[test]
    fn nothing_else_is_touched() {
        // While an answer of ours is being written: a body may be anything.
        let ours = Turn::default();
        ours.begins();
        let parts = [&b"HTTP/1.1 200 OK\r\n\r\n"[..], REFUSAL.as_bytes(), REFUSAL.as_bytes()];
        assert_eq!(run(through(ours, &parts)), parts.concat());
        // Its last bytes too, until all of them have left.
        let ended = Turn::default();
        ended.begins();
        drop(ended.over(Body::empty()));
        assert_eq!(run(through(ended, &parts)), parts.concat());
        // What no service made, and is no refusal.
        for other in [
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nx-request-id: 1\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n",
            "\r\n\r\n",
            "",
        ] {
            assert_eq!(run(through(Turn::default(), &[other.as_bytes()])), other.as_bytes());
            assert_eq!(worded(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn a_turn_is_over_when_its_last_bytes_have_left() {
        let turn = Turn::default();
        assert!(turn.is_nobodys());
        turn.begins();
        turn.has_left();
        assert!(!turn.is_nobodys(), "a flush within an answer");
        drop(turn.over(Body::from("x")));
        assert!(!turn.is_nobodys());
        turn.has_left();
        assert!(turn.is_nobodys());
        // The next one begins before the last bytes have left.
        turn.begins();
        let body = turn.over(Body::empty());
        drop(body);
        turn.begins();
        turn.has_left();
        assert!(!turn.is_nobodys());
    }
}
