//! A file that is sent piece by piece, so that one of any size takes no more memory than a piece.
//!
//! In comes a file that was put beside the data folder for this answer, out comes a response that a browser keeps. A thread reads while the connection writes, and the file
//! goes when it was sent, or when nobody takes it any more.

use std::{
    fs::File,
    io::{self, Read},
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, header},
    response::Response,
};
use hyper::body::{Frame, SizeHint};
use tokio::sync::mpsc;

use super::answer;
use crate::api::ask::Spool;

/// Bytes of a piece.
const PIECE: usize = 64 << 10;
/// Pieces that wait for the connection.
const AHEAD: usize = 4;

/// A file on its way.
struct Pieces {
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    left: u64,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = self.pieces.poll_recv(context);
        if let Poll::Ready(Some(Ok(piece))) = &next {
            self.left = self.left.saturating_sub(piece.len() as u64);
        }
        next.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// The file as an answer that a browser keeps under a name.
pub(super) fn file(name: &str, spool: Spool) -> io::Result<Response> {
    let mut file = File::open(&spool.path)?;
    let left = file.metadata()?.len();
    let (out, pieces) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        // It stands until everything was read.
        let _spool = spool;
        loop {
            let mut piece = vec![0; PIECE];
            let read = match file.read(&mut piece) {
                Ok(0) => return,
                Ok(length) => {
                    piece.truncate(length);
                    Ok(Bytes::from(piece))
                }
                Err(error) => Err(error),
            };
            let is_over = read.is_err();
            if out.blocking_send(read).is_err() || is_over {
                return;
            }
        }
    });
    let mut response = answer::file(name, Vec::new());
    *response.body_mut() = Body::new(Pieces { pieces, left });
    if let Ok(length) = HeaderValue::from_str(&left.to_string()) {
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
    }
    Ok(response)
}
