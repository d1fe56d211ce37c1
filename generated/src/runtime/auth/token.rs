//! Access tokens: where they come from, and how long they are kept.
//!
//! Calls that run at the same time share one request for a token, and its failure too.
//! A token is replaced before it expires, and when the server rejects it.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::grant::Grant;
use crate::runtime::client::Client;
use crate::runtime::clock::Instant;
use crate::runtime::error::AuthError;
use crate::runtime::secret::Secret;
use crate::runtime::transport::BoxFuture;

/// The longest time before its end at which a token is replaced.
const EARLY: Duration = Duration::from_secs(60);
/// The part of a token's life that may pass unused, where that is less.
const EARLY_PART: u32 = 10;

/// Gives out access tokens.
///
/// A client asks for one before its first call and keeps it: until its time is up, if it has one,
/// or until the server answers 401. An async closure that returns an [`AccessToken`] is one.
pub trait TokenProvider: Send + Sync + 'static {
    /// A token that is good now.
    ///
    /// Calls that wait for it share it. The error ends them, and is the source of theirs.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Box<dyn StdError + Send + Sync>>>;
}

impl<F, T> TokenProvider for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<AccessToken, Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Box<dyn StdError + Send + Sync>>> {
        Box::pin(self())
    }
}

/// A token, and how long it is good for.
#[derive(Debug, Clone)]
pub struct AccessToken {
    pub(super) secret: Secret,
    pub(super) life: Option<Duration>,
}

impl AccessToken {
    /// A token that is kept until the server rejects it.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            secret: token.into(),
            life: None,
        }
    }

    /// Says how long the token is good for from now on; with zero it serves those that wait for it
    /// and is not kept.
    #[must_use]
    pub fn expires_in(mut self, life: Duration) -> Self {
        self.life = Some(life);
        self
    }
}

/// Where the tokens of a client come from.
pub(crate) enum Source {
    Provider(Arc<dyn TokenProvider>),
    Grant(Grant),
}

impl Source {
    /// Whether tokens of the one can serve in place of the other's.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Provider(a), Self::Provider(b)) => Arc::ptr_eq(a, b),
            (Self::Grant(a), Self::Grant(b)) => a == b,
            _ => false,
        }
    }

    async fn ask(&self, client: &Client) -> Result<AccessToken, AuthError> {
        match self {
            Self::Provider(provider) => provider
                .token()
                .await
                .map_err(|error| AuthError::new("the token provider gave no token", error)),
            Self::Grant(grant) => grant.ask(client).await,
        }
    }
}

/// The tokens of a source, of which one is kept.
pub(crate) struct Tokens {
    pub(crate) source: Source,
    /// How often the source was asked, readable without waiting for who asks it now.
    round: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    failure: Option<AuthError>,
}

struct Kept {
    secret: Secret,
    round: u64,
    /// When it has to be replaced.
    until: Option<Instant>,
}

impl Kept {
    fn is_good(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }
}

/// A token for one attempt of a call.
pub(crate) struct Lease {
    pub(crate) secret: Secret,
    /// Which answer of the source it came with.
    pub(crate) round: u64,
    /// Whether it was there already, so that a newer one may be better.
    pub(crate) is_old: bool,
}

impl Tokens {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            round: AtomicU64::new(0),
            state: Mutex::default(),
        }
    }

    /// The token that is kept, or a new one. One of the round that was rejected will not do.
    pub(crate) async fn lease(
        &self,
        client: &Client,
        rejected: Option<u64>,
    ) -> Result<Lease, AuthError> {
        let seen = self.round.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let kept = state
            .kept
            .as_ref()
            .filter(|kept| Some(kept.round) != rejected);
        // What was asked for while this call waited is as good as asked for by it.
        let is_old = self.round.load(Ordering::Acquire) == seen;
        if let Some(kept) = kept.filter(|kept| !is_old || kept.is_good()) {
            return Ok(Lease {
                secret: kept.secret.clone(),
                round: kept.round,
                is_old,
            });
        }
        if !is_old && let Some(failure) = &state.failure {
            return Err(failure.clone());
        }
        self.renew(client, &mut state).await
    }

    async fn renew(&self, client: &Client, state: &mut State) -> Result<Lease, AuthError> {
        let asked = Instant::now();
        let answer = self.source.ask(client).await;
        let round = self.round.fetch_add(1, Ordering::AcqRel) + 1;
        *state = State::default();
        let token = answer.inspect_err(|error| state.failure = Some(error.clone()))?;
        state.kept = Some(Kept {
            secret: token.secret.clone(),
            round,
            until: token.life.and_then(|life| asked.checked_add(useful(life))),
        });
        Ok(Lease {
            secret: token.secret,
            round,
            is_old: false,
        })
    }
}

/// How much of a token's life is used.
fn useful(life: Duration) -> Duration {
    life.saturating_sub(EARLY.min(life / EARLY_PART))
}
