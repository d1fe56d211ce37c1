//! A transport that calls a function, for tests on a paused clock.

use std::sync::{Arc, Mutex};

use sdkwright_runtime::{Body, BoxFuture, Client, ResponseBody, Transport, TransportError};
use tokio::time::Instant;

use crate::support::builder;

pub(crate) type Answer = Result<http::Response<ResponseBody>, TransportError>;

/// Responds by a function of the request and its number, and records the time of each request.
#[derive(Clone)]
pub(crate) struct Fake {
    answer: Arc<dyn Fn(usize, http::Request<Body>) -> BoxFuture<'static, Answer> + Send + Sync>,
    times: Arc<Mutex<Vec<Instant>>>,
}

impl Fake {
    pub(crate) fn new<F>(
        answer: impl Fn(usize, http::Request<Body>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        Self {
            answer: Arc::new(move |number, request| Box::pin(answer(number, request))),
            times: Arc::default(),
        }
    }

    /// A copy without the requests so far.
    pub(crate) fn renewed(&self) -> Self {
        Self {
            times: Arc::default(),
            ..self.clone()
        }
    }

    /// A client of this transport.
    pub(crate) fn client(&self) -> Client {
        builder()
            .base_url("https://pets.invalid")
            .transport(self.clone())
            .build()
            .unwrap()
    }

    /// Number of requests so far.
    pub(crate) fn count(&self) -> usize {
        self.times.lock().unwrap().len()
    }

    /// The seconds between the requests.
    pub(crate) fn waits(&self) -> Vec<f64> {
        let times = self.times.lock().unwrap();
        times
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).as_secs_f64())
            .collect()
    }
}

impl Transport for Fake {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Answer> {
        let number = {
            let mut times = self.times.lock().unwrap();
            times.push(Instant::now());
            times.len() - 1
        };
        (self.answer)(number, request)
    }
}

/// A response with these server-sent events.
pub(crate) fn streamed(events: &'static str) -> Answer {
    let response = http::Response::builder().header("content-type", "text/event-stream");
    Ok(response.body(ResponseBody::from(events)).unwrap())
}

/// A response with a status and headers.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(ResponseBody::from("{}")).unwrap())
}
