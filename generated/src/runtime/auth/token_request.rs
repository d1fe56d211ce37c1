//! A request for a token that is under way.

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::token::Lease;
use crate::runtime::clock::Instant;
use crate::runtime::error::AuthError;
use crate::runtime::transport::BoxFuture;

/// A request for a token that several calls wait for.
///
/// Each of them drives it whenever it is polled, and nothing is held between two polls. So a call
/// that is polled no more, or given up, stalls no other; the request ends when all gave up.
pub(super) struct TokenRequest {
    pub(super) since: Instant,
    state: Mutex<State>,
    waiters: Arc<Waiters>,
}

enum State {
    Asked(BoxFuture<'static, Result<Lease, AuthError>>),
    Answered(Result<Lease, AuthError>),
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
        // Before the request is polled: it may be ready at once, and wakes all that are known then.
        self.waiters.add(waker);
        let mut state = lock(&self.state);
        let answer = match &mut *state {
            State::Answered(answer) => return Poll::Ready(answer.clone()),
            State::Asked(asking) => {
                let all = Waker::from(Arc::clone(&self.waiters));
                match asking.as_mut().poll(&mut Context::from_waker(&all)) {
                    Poll::Ready(answer) => answer,
                    Poll::Pending => return Poll::Pending,
                }
            }
        };
        *state = State::Answered(answer.clone());
        drop(state);
        self.waiters.wake_all();
        Poll::Ready(answer)
    }
}

/// The calls that wait. All of them are woken, since any may have been left alone.
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
