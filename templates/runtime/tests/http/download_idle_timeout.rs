//! Idle timeouts of downloads.

use std::time::Duration;

use sdkwright_runtime::{Bytes, Download, Error, Request, TimeoutError};
use tokio::time::{Instant, timeout};

use crate::event_idle_timeout::stalling_response;
use crate::fake_transport::Fake;

const PIECES: &[(u64, &str)] = &[(0, "a"), (50, "b"), (59, "c"), (1, "d")];

/// Reads a download that stalls after these pieces. Returns the bytes, the outcome and the seconds.
async fn read_stalled(
    change: impl FnOnce(Request<'_, Download>) -> Request<'_, Download>,
) -> (Vec<u8>, Error, u64) {
    let fake = Fake::new(|_, _| async { stalling_response(PIECES) });
    let client = fake.client();
    let request = client.get("/a").cast::<Bytes>().download();
    let download = change(request).await.unwrap();
    let (mut bytes, start) = (Vec::new(), Instant::now());
    let end = download.write_to_sync(&mut bytes).await;
    (bytes, end.unwrap_err(), start.elapsed().as_secs())
}

fn timeout_limit(error: &Error) -> Option<Duration> {
    match error {
        Error::Timeout(TimeoutError::Idle { limit }) => Some(*limit),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn the_idle_timeout_of_a_download_is_the_timeout_of_an_attempt() {
    let (bytes, error, seconds) = read_stalled(|request| request).await;
    assert_eq!((&*bytes, seconds), (&b"abcd"[..], 110 + 60));
    assert_eq!(
        timeout_limit(&error),
        Some(Duration::from_secs(60)),
        "{error}"
    );
    let (bytes, error, seconds) = read_stalled(|r| r.timeout(Duration::from_secs(55))).await;
    assert_eq!((&*bytes, seconds), (&b"ab"[..], 50 + 55));
    assert!(
        error.to_string().contains("no data received for 55s"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_can_set_the_idle_timeout_of_a_download() {
    let (bytes, error, seconds) = read_stalled(|r| r.idle_timeout(Duration::from_secs(2))).await;
    assert_eq!((&*bytes, seconds), (&b"a"[..], 2));
    assert_eq!(
        timeout_limit(&error),
        Some(Duration::from_secs(2)),
        "{error}"
    );
    let day = Duration::from_secs(86_400);
    let without = read_stalled(|request| request.idle_timeout(Duration::MAX));
    assert!(timeout(day, without).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_limits_a_download() {
    let (bytes, error, seconds) = read_stalled(|r| r.deadline(Duration::from_secs(80))).await;
    assert_eq!((&*bytes, seconds), (&b"ab"[..], 80));
    assert!(
        matches!(error, Error::Timeout(TimeoutError::Deadline { .. })),
        "{error:?}"
    );
}
