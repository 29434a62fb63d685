//! Load on a server over HTTP/1.1, from outside: a few connections that ask again as soon as they are answered.
//!
//! In come an address, requests and for how long; out come the time of each answer and how many were none. A connection is a thread with a
//! socket that stays open, and its requests are written before anything is measured: what the generator takes of the processor is taken from the
//! server, so it does as little as it can. A round ends by the clock or when it is told to.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came of a round.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// Seconds of each answer, rising.
    pub(crate) seconds: Vec<f64>,
    /// Answers that were not 200, or did not come.
    pub(crate) failed: usize,
    /// What the first of these said.
    pub(crate) first_failure: Option<String>,
    /// How long the round was.
    pub(crate) wall: f64,
}

impl Round {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.seconds.len() as f64 / self.wall.max(1e-9)
    }
}

/// The bytes of a request with a JSON body.
pub(crate) fn post(path: &str, body: &str) -> Vec<u8> {
    let head = "host: localhost\r\ncontent-type: application/json\r\naccept: application/json";
    format!("POST {path} HTTP/1.1\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The same request of whoever has a key of the API.
pub(crate) fn with_key(request: &[u8], key: &str) -> Vec<u8> {
    // Behind the first line.
    let at = request.windows(2).position(|two| two == b"\r\n").map_or(0, |at| at + 2);
    [&request[..at], format!("authorization: ApiKey {key}\r\n").as_bytes(), &request[at..]].concat()
}

/// Asks over so many connections, each with its own part of the requests, until `stop` says so or the time is over.
pub(crate) fn load(
    at: SocketAddr,
    requests: &[Vec<u8>],
    connections: usize,
    time: Duration,
    stop: &AtomicBool,
) -> anyhow::Result<Round> {
    ensure!(connections > 0 && requests.len() >= connections, "fewer requests than connections");
    let start = Instant::now();
    let mut rounds = Vec::new();
    thread::scope(|scope| {
        let ask = |first: usize| move || one(at, requests.iter().skip(first).step_by(connections), start + time, stop);
        let threads: Vec<_> = (0..connections).map(|first| scope.spawn(ask(first))).collect();
        for thread in threads {
            // A panic of a thread is a fault of this program.
            rounds.push(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    let mut all = Round { wall: start.elapsed().as_secs_f64(), ..Round::default() };
    for round in rounds {
        let round = round?;
        all.seconds.extend(round.seconds);
        all.failed += round.failed;
        all.first_failure = all.first_failure.or(round.first_failure);
    }
    all.seconds.sort_by(f64::total_cmp);
    Ok(all)
}

fn one<'a>(
    at: SocketAddr,
    requests: impl Iterator<Item = &'a Vec<u8>> + Clone,
    end: Instant,
    stop: &AtomicBool,
) -> anyhow::Result<Round> {
    let mut connection = Connection::open(at).context("the server takes no connection")?;
    let mut round = Round::default();
    for request in requests.cycle() {
        let start = Instant::now();
        if start >= end || stop.load(Ordering::Relaxed) {
            break;
        }
        match connection.ask(request) {
            Ok(200) => round.seconds.push(start.elapsed().as_secs_f64()),
            other => {
                round.failed += 1;
                round.first_failure.get_or_insert_with(|| format!("{other:?}"));
                connection = Connection::open(at).context("the server takes no connection any more")?;
            }
        }
    }
    Ok(round)
}

/// A connection that stays open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one.
    pub(crate) fn open(at: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(at)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Connection { stream, buffer: vec![0; 256 << 10] })
    }

    /// Sends a request and reads the answer to its end; its status.
    pub(crate) fn ask(&mut self, request: &[u8]) -> io::Result<u16> {
        self.answer(request).map(|(status, _)| status)
    }

    /// Sends a request and reads the answer to its end; its status, and its headers and body as a text.
    pub(crate) fn ask_text(&mut self, request: &[u8]) -> io::Result<(u16, String)> {
        let (status, end) = self.answer(request)?;
        Ok((status, String::from_utf8_lossy(&self.buffer[..end]).into_owned()))
    }

    /// The status, and how long the answer in the buffer is.
    fn answer(&mut self, request: &[u8]) -> io::Result<(u16, usize)> {
        self.stream.write_all(request)?;
        let mut filled = 0;
        let (status, end) = loop {
            filled += self.read(filled)?;
            if let Some(head) = Head::read(&self.buffer[..filled])? {
                break (head.status, head.end);
            }
        };
        while filled < end {
            if end > self.buffer.len() {
                self.buffer.resize(end, 0);
            }
            filled += self.read(filled)?;
        }
        Ok((status, end))
    }

    fn read(&mut self, from: usize) -> io::Result<usize> {
        match self.stream.read(&mut self.buffer[from..])? {
            0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the answer was cut")),
            read => Ok(read),
        }
    }
}

/// What an answer begins with.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    /// Where the answer ends.
    end: usize,
}

impl Head {
    /// Reads the status and the length; nothing while the headers are not complete.
    fn read(bytes: &[u8]) -> io::Result<Option<Head>> {
        let Some(body) = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4) else {
            return Ok(None);
        };
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let text = std::str::from_utf8(&bytes[..body]).map_err(|_| wrong("headers that are no text"))?;
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(|| wrong("no status"))?;
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        let length = length.ok_or_else(|| wrong("no content-length"))?;
        Ok(Some(Head { status, end: body + length }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_its_length_says() {
        let text = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"a\"}";
        assert_eq!(Head::read(text).unwrap(), Some(Head { status: 200, end: text.len() }));
        assert_eq!(Head::read(&text[..20]).unwrap(), None);
        assert!(Head::read(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }

    #[test]
    fn a_key_is_one_header_more() {
        let text = String::from_utf8(with_key(&post("/x", "{}"), "k")).unwrap();
        assert!(text.starts_with("POST /x HTTP/1.1\r\nauthorization: ApiKey k\r\nhost: localhost\r\n"), "{text}");
        assert!(text.ends_with("\r\n\r\n{}"), "{text}");
    }

    #[test]
    fn a_request_says_how_long_it_is() {
        let text = String::from_utf8(post("/x", "{}")).unwrap();
        assert!(text.starts_with("POST /x HTTP/1.1\r\n") && text.ends_with("content-length: 2\r\n\r\n{}"), "{text}");
    }
}
