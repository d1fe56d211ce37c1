//! Limits of an attempt: its timeout, the length of its body, and the part of a discarded response
//! that is read.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, HeaderMap};

use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::clock::{Sleep, sleep};
use crate::runtime::error::BuildError;

/// Checks that `Content-Length` is the length of the body. A wrong length would truncate the body,
/// or make the server parse the next request as part of it.
pub(super) fn check_length(headers: &HeaderMap, body: &Body) -> Result<(), BuildError> {
    let mut stated = headers.get_all(CONTENT_LENGTH).iter();
    let Some(len) = http_body::Body::size_hint(body).exact() else {
        return Ok(());
    };
    match stated.find(|stated| stated.as_bytes() != len.to_string().as_bytes()) {
        None => Ok(()),
        Some(_) => Err(BuildError::new(format!(
            "the header `content-length` does not match the length of the body, which is {len} bytes"
        ))),
    }
}

/// Reads the rest of a discarded response, so that the connection can be reused. Reading stops when
/// it would cost more than a new connection.
pub(super) async fn drain(mut body: ResponseBody) {
    const LIMIT: usize = 16 << 10;
    const PATIENCE: Duration = Duration::from_millis(50);

    if body.announced_len().is_some_and(|len| len > LIMIT as u64) {
        return;
    }
    let rest = pin!(async move {
        let mut read = 0_usize;
        while read <= LIMIT
            && let Some(Ok(chunk)) = body.chunk().await
        {
            read = read.saturating_add(chunk.len());
        }
    });
    limited(pin!(Some(sleep(PATIENCE))), rest).await;
}

/// Waits for a future until the timer fires. Returns `None` if the timer fires first.
pub(super) async fn limited<F: Future>(
    mut timer: Pin<&mut Option<Sleep>>,
    mut future: Pin<&mut F>,
) -> Option<F::Output> {
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        match timer.as_mut().as_pin_mut() {
            Some(timer) => timer.poll(context).map(|()| None),
            None => Poll::Pending,
        }
    })
    .await
}
