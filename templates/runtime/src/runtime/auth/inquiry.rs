//! A request for a token that is under way.

use std::future::Future;

use tokio::sync::Mutex;

use super::token::Lease;
use crate::runtime::clock::Instant;
use crate::runtime::error::AuthError;
use crate::runtime::transport::BoxFuture;

/// A request for a token that several calls wait for.
///
/// Whichever of them is awake drives it. So it goes on when one gives up, and ends when all did.
pub(super) struct Inquiry {
    pub(super) since: Instant,
    state: Mutex<State>,
}

enum State {
    Asked(BoxFuture<'static, Result<Lease, AuthError>>),
    Answered(Result<Lease, AuthError>),
}

impl Inquiry {
    pub(super) fn new(
        asking: impl Future<Output = Result<Lease, AuthError>> + Send + 'static,
    ) -> Self {
        Self {
            since: Instant::now(),
            state: Mutex::new(State::Asked(Box::pin(asking))),
        }
    }

    #[inline]
    pub(super) async fn answer(&self) -> Result<Lease, AuthError> {
        let mut state = self.state.lock().await;
        let answer = match &mut *state {
            State::Asked(asking) => asking.await,
            State::Answered(answer) => return answer.clone(),
        };
        *state = State::Answered(answer.clone());
        answer
    }
}
