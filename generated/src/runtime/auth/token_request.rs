//! A token request in progress.

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::token::Lease;
use crate::runtime::clock::Instant;
use crate::runtime::error::AuthError;
use crate::runtime::transport::BoxFuture;

/// A token request that several calls wait for.
///
/// Each waiting call polls the request, and no lock is held between polls. A call that is cancelled
/// or no longer polled does not stall the others. The request is cancelled when all calls are.
pub(super) struct TokenRequest {
    pub(super) since: Instant,
    state: Mutex<State>,
    waiters: Arc<Waiters>,
}

enum State {
    Asked(BoxFuture<'static, Result<Lease, AuthError>>),
    Completed(Result<Lease, AuthError>),
}

impl TokenRequest {
    pub(super) fn new(
        asking: impl Future<Output = Result<Lease, AuthError>> + Send + 'static,
    ) -> Self {
        Self {
            since: Instant::now(),
            state: Mutex::new(State::Asked(Box::pin(asking))),
            waiters: Arc::default(),
        }
    }

    #[inline]
    pub(super) fn wait(&self) -> impl Future<Output = Result<Lease, AuthError>> {
        poll_fn(|context| self.poll(context.waker()))
    }

    fn poll(&self, waker: &Waker) -> Poll<Result<Lease, AuthError>> {
        // The waker is added before polling. The request may complete at once, and then wakes all
        // known waiters.
        self.waiters.add(waker);
        let mut state = lock(&self.state);
        let result = match &mut *state {
            State::Completed(result) => return Poll::Ready(result.clone()),
            State::Asked(asking) => {
                let all = Waker::from(Arc::clone(&self.waiters));
                match asking.as_mut().poll(&mut Context::from_waker(&all)) {
                    Poll::Ready(result) => result,
                    Poll::Pending => return Poll::Pending,
                }
            }
        };
        *state = State::Completed(result.clone());
        drop(state);
        self.waiters.wake_all();
        Poll::Ready(result)
    }
}

/// Wakers of the waiting calls. All of them are woken, because any call may no longer be polled.
#[derive(Default)]
struct Waiters(Mutex<Vec<Waker>>);

impl Waiters {
    fn add(&self, waker: &Waker) {
        let mut wakers = lock(&self.0);
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wake_all(&self) {
        let wakers = std::mem::take(&mut *lock(&self.0));
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
