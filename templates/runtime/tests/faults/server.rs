//! A server that follows the script and counts the attempts of each call.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use sdkwright_runtime::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::script::{Act, Script};

/// Body of a call. The server must receive it with each attempt.
pub(crate) fn request_body(call: u32) -> Value {
    let text = format!(r#"{{"call":{call},"padding":"{}"}}"#, "x".repeat(500));
    serde_json::from_str(&text).unwrap()
}

/// Requests of each call: direct ones, and those after a redirect.
#[derive(Default)]
struct Counts {
    attempts: HashMap<u32, u32>,
    loop_requests: HashMap<u32, u32>,
}

/// A server on loopback that lives as long as this value.
pub(crate) struct Server {
    port: u16,
    script: Script,
    counts: Arc<Mutex<Counts>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(attempts: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (script, counts) = (Script::new(attempts), Arc::<Mutex<Counts>>::default());
        let log = Arc::clone(&counts);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, script, Arc::clone(&log)));
            }
        });
        Self {
            port,
            script,
            counts,
            task,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Checks that each call was sent exactly as often as the script says. Returns the number of
    /// requests.
    pub(crate) fn check_requests(&self, calls: u32) -> u32 {
        let counts = self.counts.lock().unwrap();
        for call in 0..calls {
            let (_, attempts) = self.script.outcome(call);
            assert_eq!(counts.attempts.get(&call), Some(&attempts), "call {call}");
            let last = self.script.choose_act(call, attempts - 1);
            let expected_loop = (last == Act::RedirectLoop).then_some(&10);
            assert_eq!(
                counts.loop_requests.get(&call),
                expected_loop,
                "call {call}"
            );
        }
        counts
            .attempts
            .values()
            .chain(counts.loop_requests.values())
            .sum()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves a connection until the script ends it.
async fn serve(mut stream: TcpStream, script: Script, counts: Arc<Mutex<Counts>>) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        let act = {
            let mut counts = counts.lock().unwrap();
            if request.in_loop {
                *counts.loop_requests.entry(request.call).or_default() += 1;
                Act::RedirectLoop
            } else {
                let attempts = counts.attempts.entry(request.call).or_default();
                *attempts += 1;
                // The retry count of the header must agree with the requests so far.
                assert_eq!(*attempts, request.attempt + 1, "call {}", request.call);
                script.choose_act(request.call, request.attempt)
            }
        };
        if perform(act, request.call, &mut stream).await.is_none() {
            return;
        }
    }
}

/// Does what the script says. Returns `None` if the connection is closed.
async fn perform(act: Act, call: u32, stream: &mut TcpStream) -> Option<()> {
    let good = format!(r#"{{"call":{call}}}"#);
    match act {
        Act::Answer => send(stream, &complete_response("200 OK", "", &good)).await,
        Act::Busy => {
            let head = "retry-after-ms: 1\r\n";
            send(
                stream,
                &complete_response("503 Busy", head, "<h1>busy</h1>"),
            )
            .await
        }
        Act::InvalidJson => send(stream, &complete_response("200 OK", "", r#"{"call":"#)).await,
        Act::RedirectLoop => {
            let head = format!("location: /loop/{call}\r\n");
            send(stream, &complete_response("307 Moved", &head, "")).await
        }
        Act::Reset => {
            stream.set_zero_linger().unwrap();
            None
        }
        Act::Close => None,
        Act::CutHead => {
            send(stream, "HTTP/1.1 200 OK\r\ncontent-ty").await?;
            None
        }
        Act::Foreign => {
            send(stream, "SSH-2.0-OpenSSH_9.9\r\n\r\n").await?;
            None
        }
        Act::Stall => wait_for_close(stream).await,
        Act::CutBody => {
            send(stream, &truncated_response(&good)).await?;
            None
        }
        Act::StallBody => {
            send(stream, &truncated_response(&good)).await?;
            wait_for_close(stream).await
        }
    }
}

fn complete_response(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A response whose head announces more bytes than the server sends.
fn truncated_response(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{body}")
}

async fn send(stream: &mut TcpStream, text: &str) -> Option<()> {
    stream.write_all(text.as_bytes()).await.ok()
}

/// Waits until the client has closed the connection.
async fn wait_for_close(stream: &mut TcpStream) -> Option<()> {
    let mut rest = [0; 64];
    while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
    None
}

struct Request {
    call: u32,
    attempt: u32,
    /// Whether a redirect led to this request.
    in_loop: bool,
}

/// Reads a request. Returns `None` if the connection ended.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Request> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|part| part == b"\r\n\r\n") {
            break end + 4;
        }
        read_more(stream, buffer).await?;
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    let path = head.split(' ').nth(1).unwrap();
    let (location, call) = path.trim_start_matches('/').split_once('/').unwrap();
    let call = call.parse().unwrap();
    let length: usize = header_value(&head, "content-length").parse().unwrap();
    while buffer.len() < end + length {
        read_more(stream, buffer).await?;
    }
    let sent: Value = serde_json::from_slice(&buffer[end..end + length]).unwrap();
    assert_eq!(sent, request_body(call), "call {call}");
    let attempt = header_value(&head, "x-retry-count").parse().unwrap();
    buffer.drain(..end + length);
    Some(Request {
        call,
        attempt,
        in_loop: location == "loop",
    })
}

async fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    (stream.read_buf(buffer).await.ok()? > 0).then_some(())
}

fn header_value<'h>(head: &'h str, name: &str) -> &'h str {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .unwrap()
        .1
}
