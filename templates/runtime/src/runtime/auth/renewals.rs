//! Rate limit for replacing rejected tokens.

use std::time::Duration;

use crate::runtime::clock::Instant;

/// Delay after the first replacement token that was also rejected.
const FIRST_RENEWAL_DELAY: Duration = Duration::from_secs(1);
/// Maximum delay.
const MAX_RENEWAL_DELAY: Duration = Duration::from_secs(60);

/// The history of replacement tokens.
///
/// A server may respond with 401 to every token. Without a limit, each call would then cause a
/// token request.
#[derive(Default)]
pub(super) struct Renewals {
    /// Number of consecutive rejected replacements.
    rejected: u32,
    /// Generation of the last rejected replacement.
    round: u64,
    /// Time until which a rejected token is not replaced.
    until: Option<Instant>,
}

impl Renewals {
    pub(super) fn are_due(&self) -> bool {
        self.until.is_none_or(|until| until <= Instant::now())
    }

    /// Records that the server rejected a replacement token.
    pub(super) fn reject(&mut self, round: u64) {
        if round <= self.round {
            // Several concurrent calls report the same token.
            return;
        }
        let wait = FIRST_RENEWAL_DELAY.saturating_mul(2_u32.saturating_pow(self.rejected));
        self.until = Instant::now().checked_add(wait.min(MAX_RENEWAL_DELAY));
        self.rejected = self.rejected.saturating_add(1);
        self.round = round;
    }

    /// Records that a replacement token was accepted.
    pub(super) fn accept(&mut self) {
        self.rejected = 0;
        self.until = None;
    }
}
