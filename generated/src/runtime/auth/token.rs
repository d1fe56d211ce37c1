//! Access tokens: where they come from, and how long they are kept.
//!
//! Calls that run at the same time share one request for a token, and its failure too.
//! A token is replaced before it expires, and when the server rejects it. One that has not expired
//! serves while none takes its place.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::grant::Grant;
use super::renewals::Renewals;
use super::token_request::TokenRequest;
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
    #[inline]
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
    #[inline]
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Provider(a), Self::Provider(b)) => Arc::ptr_eq(a, b),
            (Self::Grant(a), Self::Grant(b)) => a == b,
            _ => false,
        }
    }

    #[inline]
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
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// How many tokens there have been.
    round: u64,
    /// What is under way.
    request: Weak<TokenRequest>,
    renewals: Renewals,
}

struct Kept {
    secret: Secret,
    round: u64,
    /// When another is to be asked for.
    renewal: Option<Instant>,
    expiry: Option<Instant>,
}

/// A token for a call.
#[derive(Clone)]
pub(crate) struct Lease {
    pub(crate) secret: Secret,
    /// Which of the source's tokens it is.
    pub(crate) round: u64,
    /// Whether it was there already, so that a newer one may be better.
    pub(crate) is_old: bool,
}

impl Tokens {
    #[inline]
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            state: Mutex::default(),
        }
    }

    /// The token that is kept, or a new one. One of the round that was rejected will not do.
    #[inline]
    pub(crate) async fn lease(
        self: &Arc<Self>,
        client: &Client,
        rejected: Option<u64>,
    ) -> Result<Lease, AuthError> {
        let request = {
            let mut state = self.state();
            state.kept.take_if(|kept| Some(kept.round) == rejected);
            if let Some(lease) = state.lease() {
                return Ok(lease);
            }
            self.join_request(client, &mut state)
        };
        let answer = request.wait().await;
        answer.or_else(|error| self.state().valid().ok_or(error))
    }

    /// Whether a token that was rejected is worth another request by now.
    #[inline]
    pub(super) fn may_renew(&self) -> bool {
        self.state().renewals.are_due()
    }

    /// Notes that the server rejected a new token.
    #[inline]
    pub(super) fn reject_new(&self, round: u64) {
        self.state().renewals.reject(round);
    }

    /// Notes that a new token was good where the old one was rejected.
    #[inline]
    pub(super) fn accept_new(&self) {
        self.state().renewals.accept();
    }

    /// The request for a token that is under way, or a new one: also where that one has taken longer
    /// than an attempt of a call may.
    #[inline]
    fn join_request(self: &Arc<Self>, client: &Client, state: &mut State) -> Arc<TokenRequest> {
        let limit = client.shared.config.timeout;
        if let Some(request) = state.request.upgrade()
            && request.since.elapsed() < limit
        {
            return request;
        }
        let (tokens, client) = (Arc::clone(self), client.clone());
        let request = Arc::new(TokenRequest::new(async move {
            let asked = Instant::now();
            let answer = tokens.source.ask(&client).await;
            let mut state = tokens.state();
            state.request = Weak::new();
            Ok(state.keep(answer?, asked))
        }));
        state.request = Arc::downgrade(&request);
        request
    }

    #[inline]
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The token that is kept, unless it is time for another.
    ///
    /// The call that is told so asks for one. The others, and that one if it fails, go on with this
    /// one for half of the time that it has left.
    #[inline]
    fn lease(&mut self) -> Option<Lease> {
        let now = Instant::now();
        let lease = self.valid()?;
        let kept = self.kept.as_mut()?;
        if kept.renewal.is_none_or(|renewal| now < renewal) {
            return Some(lease);
        }
        let left = kept.expiry.map(|expiry| expiry.duration_since(now));
        kept.renewal = left.and_then(|left| now.checked_add(left / 2));
        None
    }

    /// The token that is kept, if it has not expired.
    #[inline]
    fn valid(&self) -> Option<Lease> {
        let kept = self.kept.as_ref()?;
        let is_valid = kept.expiry.is_none_or(|expiry| Instant::now() < expiry);
        is_valid.then(|| Lease {
            secret: kept.secret.clone(),
            round: kept.round,
            is_old: true,
        })
    }

    #[inline]
    fn keep(&mut self, token: AccessToken, asked: Instant) -> Lease {
        self.round += 1;
        let after = |life| asked.checked_add(life);
        self.kept = Some(Kept {
            secret: token.secret.clone(),
            round: self.round,
            renewal: token.life.map(useful).and_then(after),
            expiry: token.life.and_then(after),
        });
        Lease {
            secret: token.secret,
            round: self.round,
            is_old: false,
        }
    }
}

/// How much of a token's life is used before another is asked for.
#[inline]
fn useful(life: Duration) -> Duration {
    life.saturating_sub(EARLY.min(life / EARLY_PART))
}
