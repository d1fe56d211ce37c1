//! How soon a rejected token is replaced again.

use std::time::Duration;

use crate::runtime::clock::Instant;

/// The wait after the first new token that was rejected as well.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What became of the tokens that took the place of rejected ones.
///
/// A server may answer 401 whatever the token. To ask for another with each call would cost the
/// token endpoint as many requests as there are calls.
#[derive(Default)]
pub(super) struct Renewals {
    /// How many were rejected in turn.
    rejected: u32,
    /// The last of them.
    round: u64,
    /// Until when no other is asked for because of a rejection.
    until: Option<Instant>,
}

impl Renewals {
    pub(super) fn are_due(&self) -> bool {
        self.until.is_none_or(|until| until <= Instant::now())
    }

    /// Notes that the server rejected a token that was new.
    pub(super) fn reject(&mut self, round: u64) {
        if round <= self.round {
            // By several calls at the same time.
            return;
        }
        let wait = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(self.rejected));
        self.until = Instant::now().checked_add(wait.min(LONGEST_WAIT));
        self.rejected = self.rejected.saturating_add(1);
        self.round = round;
    }

    /// Notes that a new token was good where the old one was not.
    pub(super) fn accept(&mut self) {
        self.rejected = 0;
        self.until = None;
    }
}
