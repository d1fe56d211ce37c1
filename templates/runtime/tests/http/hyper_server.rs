//! A server built with hyper, as many servers are. It manages connections by itself, and does not
//! follow a script of bytes.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderMap, Method, Request, Response};
use http_body::Frame;
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use sdkwright_runtime::Bytes;
use tokio::net::TcpListener;
use tokio::time::{Sleep, sleep};

/// End of a body.
pub(crate) enum End {
    Well,
    /// Breaks the connection or the stream, after the bytes so far have been sent.
    Broken,
    /// Sends nothing more.
    Never,
}

/// A body in pieces.
pub(crate) struct Pieces {
    left: VecDeque<&'static str>,
    end: End,
    pause: Pin<Box<Sleep>>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(piece) = self.left.pop_front() {
            let frame = Frame::data(Bytes::from_static(piece.as_bytes()));
            return Poll::Ready(Some(Ok(frame)));
        }
        match self.end {
            End::Well => Poll::Ready(None),
            End::Broken => {
                ready!(self.pause.as_mut().poll(context));
                Poll::Ready(Some(Err(io::Error::other("broken off"))))
            }
            End::Never => Poll::Pending,
        }
    }
}

/// A response whose body has these pieces.
pub(crate) fn response(
    status: u16,
    headers: &[(&str, &str)],
    pieces: &[&'static str],
    end: End,
) -> Response<Pieces> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let body = Pieces {
        left: pieces.iter().copied().collect(),
        end,
        pause: Box::pin(sleep(Duration::from_millis(50))),
    };
    response.body(body).unwrap()
}

/// A response with JSON.
pub(crate) fn ok(json: &'static str) -> Response<Pieces> {
    response(
        200,
        &[("content-type", "application/json")],
        &[json],
        End::Well,
    )
}

/// A request as the server received it.
#[derive(Clone, Debug)]
pub(crate) struct RecordedRequest {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// The number of the connection, from 0.
    pub connection: usize,
}

/// Responds to a request, given its number from 0. `None` breaks the connection before the
/// response.
type Answer = dyn Fn(usize, &RecordedRequest) -> Option<Response<Pieces>> + Send + Sync;

#[derive(Default)]
struct State {
    seen: Mutex<Vec<RecordedRequest>>,
    connections: AtomicUsize,
}

/// A peer on loopback that lives as long as this value.
pub(crate) struct Peer {
    port: u16,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

impl Peer {
    pub(crate) async fn start(
        answer: impl Fn(usize, &RecordedRequest) -> Option<Response<Pieces>> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (state, answer) = (Arc::<State>::default(), Arc::new(answer));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A connection that the server does not close ends in a reset.
                stream.set_zero_linger().unwrap();
                let connection = shared.connections.fetch_add(1, Ordering::SeqCst);
                let (state, answer) = (Arc::clone(&shared), Arc::clone(&answer));
                tokio::spawn(async move {
                    let service = service_fn(|request| {
                        serve(
                            request,
                            connection,
                            Arc::clone(&state),
                            Arc::clone(&answer) as _,
                        )
                    });
                    let builder = Builder::new(TokioExecutor::new());
                    let _ = builder
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self { port, state, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<RecordedRequest> {
        self.state.seen.lock().unwrap().clone()
    }

    /// Number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    request: Request<Incoming>,
    connection: usize,
    state: Arc<State>,
    answer: Arc<Answer>,
) -> io::Result<Response<Pieces>> {
    let (head, mut body) = request.into_parts();
    let mut bytes = Vec::new();
    while let Some(frame) = std::future::poll_fn(|c| Pin::new(&mut body).poll_frame(c)).await {
        if let Some(data) = frame.map_err(io::Error::other)?.data_ref() {
            bytes.extend_from_slice(data);
        }
    }
    let seen = RecordedRequest {
        method: head.method,
        path: head.uri.path().to_owned(),
        headers: head.headers,
        body: bytes,
        connection,
    };
    let number = {
        let mut requests = state.seen.lock().unwrap();
        requests.push(seen.clone());
        requests.len() - 1
    };
    answer(number, &seen).ok_or_else(|| io::Error::other("broken off"))
}
