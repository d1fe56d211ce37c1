//! How long a download may be silent.

use std::time::Duration;

use sdkwright_runtime::{Bytes, Download, Error, Request, TimeoutError};
use tokio::time::{Instant, timeout};

use crate::events_silence::halting;
use crate::fake::Fake;

const PIECES: &[(u64, &str)] = &[(0, "a"), (50, "b"), (59, "c"), (1, "d")];

/// The bytes that come, and how it ends after how many seconds, where nothing follows these pieces.
async fn read(
    change: impl FnOnce(Request<'_, Download>) -> Request<'_, Download>,
) -> (Vec<u8>, Error, u64) {
    let fake = Fake::new(|_, _| async { halting(PIECES) });
    let client = fake.client();
    let request = client.get("/a").cast::<Bytes>().download();
    let download = change(request).await.unwrap();
    let (mut bytes, start) = (Vec::new(), Instant::now());
    let end = download.write_to_sync(&mut bytes).await;
    (bytes, end.unwrap_err(), start.elapsed().as_secs())
}

fn limit(error: &Error) -> Option<Duration> {
    match error {
        Error::Timeout(TimeoutError::Idle { limit }) => Some(*limit),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_may_be_silent_for_the_time_of_an_attempt() {
    let (bytes, error, seconds) = read(|request| request).await;
    assert_eq!((&*bytes, seconds), (&b"abcd"[..], 110 + 60));
    assert_eq!(limit(&error), Some(Duration::from_secs(60)), "{error}");
    let (bytes, error, seconds) = read(|r| r.timeout(Duration::from_secs(55))).await;
    assert_eq!((&*bytes, seconds), (&b"ab"[..], 50 + 55));
    assert!(
        error.to_string().contains("no data received for 55s"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_can_say_how_long() {
    let (bytes, error, seconds) = read(|r| r.idle_timeout(Duration::from_secs(2))).await;
    assert_eq!((&*bytes, seconds), (&b"a"[..], 2));
    assert_eq!(limit(&error), Some(Duration::from_secs(2)), "{error}");
    let day = Duration::from_secs(86_400);
    let without = read(|request| request.idle_timeout(Duration::MAX));
    assert!(timeout(day, without).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_as_well() {
    let (bytes, error, seconds) = read(|r| r.deadline(Duration::from_secs(80))).await;
    assert_eq!((&*bytes, seconds), (&b"ab"[..], 80));
    assert!(
        matches!(error, Error::Timeout(TimeoutError::Deadline { .. })),
        "{error:?}"
    );
}
