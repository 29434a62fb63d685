//! A web server on the loopback interface that behaves as badly as it is told to.
//!
//! In goes a function from what was asked to a [`Reply`]; out come answers that may lie about their length, stop in the middle
//! or never end. What was asked is kept. Threads of the standard library, one for each connection.

#![allow(dead_code, reason = "each test crate uses what it needs")]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// What the server says of the length; nothing if it says nothing.
    length: Option<usize>,
    /// Sent of the body, before the server waits or hangs up.
    sent: usize,
    waits: Duration,
}

impl Reply {
    pub(crate) fn new(status: &str, body: impl Into<Vec<u8>>) -> Reply {
        let body = body.into();
        let (length, sent) = (Some(body.len()), body.len());
        Reply { status: status.to_owned(), headers: Vec::new(), body, length, sent, waits: Duration::ZERO }
    }

    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Reply {
        Reply::new("200 OK", body)
    }

    pub(crate) fn unchanged() -> Reply {
        Reply::new("304 Not Modified", "").without_length()
    }

    pub(crate) fn redirect(to: &str) -> Reply {
        Reply::new("302 Found", "").header("Location", to)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn etag(&self) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name == "ETag").map(|(_, value)| value.as_str())
    }

    pub(crate) fn without_length(mut self) -> Reply {
        self.length = None;
        self
    }

    /// Says another length than it sends.
    pub(crate) fn lying(mut self, length: usize) -> Reply {
        self.length = Some(length);
        self
    }

    /// Sends so many bytes of the body and hangs up.
    pub(crate) fn cut(mut self, sent: usize) -> Reply {
        self.sent = sent;
        self
    }

    /// Waits where it was cut, before it hangs up.
    pub(crate) fn stalling(mut self, time: Duration) -> Reply {
        self.waits = time;
        self
    }

    fn write(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {}\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(length) = self.length {
            head.push_str(&format!("Content-Length: {length}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        stream.write_all(&self.body[..self.sent])?;
        stream.flush()?;
        thread::sleep(self.waits);
        Ok(())
    }
}

/// A server that runs until the test ends.
pub(crate) struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &kept, &*answer));
            }
        });
        Server { address, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Forgets what was asked.
    pub(crate) fn forget(&self) {
        self.asked.lock().unwrap().clear();
    }
}

fn serve(mut stream: TcpStream, kept: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Reply) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let headers = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':').map(|(n, v)| (n.to_lowercase(), v.trim().to_owned())))
        .collect();
    let asked = Asked { target, headers };
    kept.lock().unwrap().push(asked.clone());
    // The client may have hung up first; that is its business.
    let _ = answer(&asked).write(&mut stream);
}
