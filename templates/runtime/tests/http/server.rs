//! A server that follows a script, with one reply for each request, and records the requests.
//!
//! It is written on bare TCP, so that it can misbehave, too.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// The server's reply to one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    RawJson(Vec<u8>),
    /// Sends these pieces with a pause before each.
    Slow(Duration, Vec<Vec<u8>>),
    /// Resets the connection.
    Reset,
    /// Sends these bytes and then resets the connection.
    ResetAfter(Vec<u8>),
    /// Sends nothing.
    Stall,
}

/// A reply with a status, headers and a body.
pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    Reply::RawJson(format!("{}{body}", head(status, headers, body.len())).into_bytes())
}

/// A reply with a status and a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Reply {
    reply(status, &[("content-type", "application/json")], body)
}

/// A reply that redirects.
pub(crate) fn redirect(status: u16, location: &str) -> Reply {
    reply(status, &[("location", location)], "")
}

/// The head of a reply whose body has `length` bytes.
pub(crate) fn head(status: u16, headers: &[(&str, &str)], length: usize) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!(
        "HTTP/1.1 {status} Status\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    )
}

/// A reply whose body comes in these chunks, with a pause before each. Its end is sent only if
/// it has one.
pub(crate) fn chunked(kind: &str, pause: Duration, chunks: &[&str], has_end: bool) -> Reply {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n");
    let mut pieces = vec![head.into_bytes()];
    for chunk in chunks {
        pieces.push(format!("{:x}\r\n{chunk}\r\n", chunk.len()).into_bytes());
    }
    if has_end {
        pieces.push(b"0\r\n\r\n".to_vec());
    }
    Reply::Slow(pause, pieces)
}

/// A request as the server received it.
#[derive(Clone, Debug)]
pub(crate) struct RecordedRequest {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl RecordedRequest {
    /// The value of a header. Several values are joined.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// A server on loopback that lives as long as this value.
pub(crate) struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<RecordedRequest>>>,
    broken: Arc<AtomicUsize>,
    script: Arc<Mutex<VecDeque<Reply>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Starts a server; its last reply is repeated.
    pub(crate) async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let (log, replies) = (Arc::clone(&seen), Arc::clone(&script));
        let broken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&broken);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let count = Arc::clone(&count);
                tokio::spawn(serve(stream, Arc::clone(&replies), Arc::clone(&log), count));
            }
        });
        Self {
            port,
            seen,
            broken,
            script,
            task,
        }
    }

    /// Number of connections that a client closed before it had the whole reply.
    pub(crate) fn broken(&self) -> usize {
        self.broken.load(Ordering::SeqCst)
    }

    /// Adds to the script, for replies that name another server.
    pub(crate) fn then(&self, script: impl IntoIterator<Item = Reply>) {
        self.script.lock().unwrap().extend(script);
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<RecordedRequest> {
        self.seen.lock().unwrap().clone()
    }

    /// The one request so far.
    pub(crate) fn only(&self) -> RecordedRequest {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.into_iter().next().unwrap()
    }

    /// A header of each request so far.
    pub(crate) fn headers(&self, name: &str) -> Vec<Option<String>> {
        self.seen().iter().map(|seen| seen.header(name)).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: TcpStream,
    script: Arc<Mutex<VecDeque<Reply>>>,
    log: Arc<Mutex<Vec<RecordedRequest>>>,
    broken: Arc<AtomicUsize>,
) {
    let Some(seen) = read(&mut stream).await else {
        return;
    };
    log.lock().unwrap().push(seen);
    let reply = {
        let mut script = script.lock().unwrap();
        if script.len() > 1 {
            script.pop_front()
        } else {
            script.front().cloned()
        }
    };
    match reply.expect("a script has at least one reply") {
        Reply::RawJson(bytes) => drop(stream.write_all(&bytes).await),
        Reply::Slow(pause, pieces) => {
            for piece in pieces {
                sleep(pause).await;
                if stream.write_all(&piece).await.is_err() {
                    broken.fetch_add(1, Ordering::SeqCst);
                    return;
                }
            }
        }
        Reply::Reset => reset(stream),
        Reply::ResetAfter(bytes) => {
            drop(stream.write_all(&bytes).await);
            // The bytes must be on their way before the reset, which discards bytes that are not.
            sleep(Duration::from_millis(30)).await;
            reset(stream);
        }
        Reply::Stall => sleep(Duration::from_secs(600)).await,
    }
}

fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
}

async fn read(stream: &mut TcpStream) -> Option<RecordedRequest> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = bytes.split_off(end + 4);
    if headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked")
    {
        while !body.ends_with(b"0\r\n\r\n") {
            if stream.read_buf(&mut body).await.ok()? == 0 {
                return None;
            }
        }
        body = join_chunks(&body)?;
    }
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(RecordedRequest {
        method: first.next()?.to_owned(),
        target: first.next()?.to_owned(),
        headers,
        body,
    })
}

/// Joins the chunks of a body.
fn join_chunks(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|pair| pair == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunks[end + 2..end + 2 + length]);
        chunks = &chunks[end + 2 + length + 2..];
    }
}
