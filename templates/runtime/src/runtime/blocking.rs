//! Calls from code that is not async.
//!
//! The caller's thread waits, and polls what it waits for. Sockets and timers are driven by one
//! thread in the background, which all clients share and which starts with the first wait. In async
//! code a wait would stop the very thread that others depend on, so there it is refused. The closures of
//! tokio's `spawn_blocking` and `block_in_place` are no async code.

use std::future::{Future, IntoFuture, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::{io, thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::Semaphore;

use crate::runtime::error::{BuildError, ConfigError, Error};

/// Waits for a call, or for any other future of this SDK.
///
/// It can be called wherever no async code runs, in tokio's `spawn_blocking` and `block_in_place` too.
///
/// # Errors
///
/// Fails, before anything is sent, in async code and where the background thread cannot be started.
/// What the future itself ends with, an error or not, is the value.
pub fn wait<F: IntoFuture>(future: F) -> Result<F::Output, Error> {
    if Handle::try_current().is_ok() && is_async() {
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

/// Whether a task of tokio is being polled here.
///
/// A thread where blocking is welcome has a current runtime, too. But only tasks have a budget of steps,
/// of some hundred, after which whatever they wait for lets others go first.
fn is_async() -> bool {
    const BEYOND_ANY_BUDGET: usize = 1000;

    let always_free = Semaphore::new(1);
    let mut context = Context::from_waker(Waker::noop());
    (0..BEYOND_ANY_BUDGET).any(|_| pin!(always_free.acquire()).poll(&mut context).is_pending())
}

/// Reads a stream of this SDK as an iterator, which waits for each item.
pub fn iter<T, S: Stream<Item = Result<T, Error>>>(stream: S) -> Iter<S> {
    Iter(Some(Box::pin(stream)))
}

/// A stream as an iterator; see [`iter`].
///
/// It ends where the stream does, and after an error of [`wait`]. Dropping it gives the stream up.
#[derive(Debug)]
#[must_use = "iterators do nothing unless they are read"]
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

/// The runtime of the background thread.
fn background() -> Result<&'static Handle, ConfigError> {
    static BACKGROUND: OnceLock<io::Result<Handle>> = OnceLock::new();

    BACKGROUND.get_or_init(start).as_ref().map_err(|error| {
        ConfigError::new(format!(
            "the thread of blocking calls cannot start: {error}"
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

/// Goes on with the thread that waits.
struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}
