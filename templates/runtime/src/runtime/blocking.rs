//! Blocking calls from code that is not async.
//!
//! The caller's thread polls the future and sleeps in between. One background thread drives sockets
//! and timers. It starts with the first call, and all clients share it.
//!
//! Blocking in async code would stall other tasks on the thread, so it returns an error. Blocking
//! is allowed in tokio's `spawn_blocking` and `block_in_place`.

use std::future::{Future, IntoFuture, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::{io, thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::Semaphore;

use crate::runtime::error::{BuildError, ConfigError, Error};

/// Blocks until a call completes, or any other future of this SDK, and returns its output.
///
/// This function can be called outside of async code, and in tokio's `spawn_blocking` and
/// `block_in_place`.
///
/// # Errors
///
/// Returns [`Error::Build`] in async code, and [`Error::Config`] if the background thread cannot
/// start. In both cases no request is sent. An error of the future itself is part of its output.
pub fn wait<F: IntoFuture>(future: F) -> Result<F::Output, Error> {
    if Handle::try_current().is_ok() && is_polled_by_tokio() {
        return Err(BuildError::new(
            "a blocking call would stop the async code around it; use `.await` there",
        )
        .into());
    }
    let _context = background()?.enter();
    let mut future = pin!(future.into_future());
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return Ok(output),
            Poll::Pending => thread::park(),
        }
    }
}

/// Returns `true` if tokio is polling a future on this thread.
///
/// `Handle::try_current` does not suffice. It also succeeds in `spawn_blocking`, in
/// `block_in_place` and below `Runtime::enter`, where blocking is allowed. Tokio documents another
/// difference in `tokio::task::coop`: a polled future has a budget, after which its resources
/// return `Poll::Pending`. Outside of a poll there is no budget, so a free semaphore is always
/// ready.
///
/// A future in `tokio::task::unconstrained` has no budget either. Blocking there stalls the thread,
/// but completes, because the background thread drives the call.
fn is_polled_by_tokio() -> bool {
    /// A number of operations above a task's budget of 128.
    const MORE_THAN_A_BUDGET: usize = 1000;

    let always_free = Semaphore::new(1);
    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_A_BUDGET).any(|_| pin!(always_free.acquire()).poll(&mut context).is_pending())
}

/// Converts a stream of this SDK into a blocking iterator.
pub fn iter<T, S: Stream<Item = Result<T, Error>>>(stream: S) -> Iter<S> {
    Iter(Some(Box::pin(stream)))
}

/// A blocking iterator over a stream, created by [`iter`].
///
/// It ends with the stream, or after an error of [`wait`]. Dropping it cancels the stream.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Iter<S>(Option<Pin<Box<S>>>);

impl<T, S: Stream<Item = Result<T, Error>>> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        let item = wait(poll_fn(|context| stream.as_mut().poll_next(context)));
        let item = item.unwrap_or_else(|error| {
            self.0 = None;
            Some(Err(error))
        });
        if item.is_none() {
            self.0 = None;
        }
        item
    }
}

/// Returns the runtime of the background thread.
fn background() -> Result<&'static Handle, ConfigError> {
    static BACKGROUND: OnceLock<io::Result<Handle>> = OnceLock::new();

    BACKGROUND.get_or_init(start).as_ref().map_err(|error| {
        ConfigError::new(format!(
            "the thread for blocking calls could not be started: {error}"
        ))
    })
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("blocking-calls".to_owned())
        .spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}

/// Wakes the blocked thread.
struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}
