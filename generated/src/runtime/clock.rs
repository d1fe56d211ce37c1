//! The current time, and timers.
//!
//! Browsers provide both, but not through the standard library or tokio.

#[cfg(all(
    feature = "client",
    not(all(target_arch = "wasm32", target_os = "unknown"))
))]
pub(crate) use tokio::time::{Instant, Sleep, sleep, sleep_until};
#[cfg(all(feature = "client", target_arch = "wasm32", target_os = "unknown"))]
pub(crate) use wasmtimer::{
    std::Instant,
    tokio::{Sleep, sleep, sleep_until},
};

use std::time::SystemTime;

/// Waits, by the timers of tokio, or by those of the browser.
#[cfg(feature = "client")]
pub async fn wait_for(duration: std::time::Duration) {
    sleep(duration).await;
}

/// Returns the current wall-clock time.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// Returns the current wall-clock time.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(crate) fn now() -> SystemTime {
    let milliseconds = js_sys::Date::now().max(0.0);
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs_f64(milliseconds / 1000.0)
}
