//! Access tokens: their source and their lifetime.
//!
//! Concurrent calls share one token request, including its failure. A token is replaced before it
//! expires, and if the server rejects it. Until the replacement arrives, an unexpired token remains
//! in use.

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

/// Maximum time before its expiry at which a token is replaced.
const MAX_RENEWAL_MARGIN: Duration = Duration::from_secs(60);
/// Fraction of a token's lifetime before its expiry at which it is replaced, if that is shorter.
const RENEWAL_MARGIN_DIVISOR: u32 = 10;

/// A source of access tokens.
///
/// A client requests a token before its first call. It keeps the token until it expires, or until
/// the server responds with 401. Async closures that return an [`AccessToken`] implement this
/// trait, and [`token_provider`](crate::runtime::ClientBuilder::token_provider) takes them:
///
/// ```text
/// let client = Client::builder()
///     .token_provider(|| async {
///         let token = std::fs::read_to_string("/run/secrets/token")?;
///         Ok(AccessToken::new(token.trim()).expires_in(Duration::from_secs(300)))
///     })
///     .build()?;
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns a valid token.
    ///
    /// All waiting calls share the token. If this method fails, the calls fail with its error as
    /// their source.
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

/// A token with its lifetime.
#[derive(Debug, Clone)]
pub struct AccessToken {
    pub(super) secret: Secret,
    pub(super) life: Option<Duration>,
}

impl AccessToken {
    /// Creates a token that is kept until the server rejects it.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            secret: token.into(),
            life: None,
        }
    }

    /// Sets the lifetime of the token, from now. A token with a lifetime of zero is used by the
    /// calls that wait for it, and is not kept.
    #[must_use]
    #[inline]
    pub fn expires_in(mut self, life: Duration) -> Self {
        self.life = Some(life);
        self
    }
}

/// The source of a client's tokens.
pub(crate) enum TokenSource {
    Provider(Arc<dyn TokenProvider>),
    Grant(Grant),
}

impl TokenSource {
    /// Returns `true` if both sources provide the same tokens.
    #[inline]
    pub(crate) fn provides_same_tokens(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Provider(a), Self::Provider(b)) => Arc::ptr_eq(a, b),
            (Self::Grant(a), Self::Grant(b)) => a == b,
            _ => false,
        }
    }

    #[inline]
    async fn request_token(&self, client: &Client) -> Result<AccessToken, AuthError> {
        match self {
            Self::Provider(provider) => provider
                .token()
                .await
                .map_err(|error| AuthError::new("the token provider failed", error)),
            Self::Grant(grant) => grant.request_token(client).await,
        }
    }
}

/// The tokens of a source. One token is kept.
pub(crate) struct Tokens {
    pub(crate) source: TokenSource,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Number of tokens obtained so far.
    round: u64,
    /// The token request in progress.
    request: Weak<TokenRequest>,
    renewals: Renewals,
}

struct Kept {
    secret: Secret,
    round: u64,
    /// Time at which the token is to be replaced.
    renewal: Option<Instant>,
    expiry: Option<Instant>,
}

/// A token for a call.
#[derive(Clone)]
pub(crate) struct Lease {
    pub(crate) secret: Secret,
    /// Generation of the token.
    pub(crate) round: u64,
    /// Whether the token existed before, so that a replacement may succeed.
    pub(crate) is_old: bool,
}

impl Tokens {
    #[inline]
    pub(crate) fn new(source: TokenSource) -> Self {
        Self {
            source,
            state: Mutex::default(),
        }
    }

    /// Returns the current token or a new one, but not the generation that was rejected.
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
        let token = request.wait().await;
        token.or_else(|error| self.state().valid().ok_or(error))
    }

    /// Returns `true` if a rejected token may be replaced at this time.
    #[inline]
    pub(super) fn may_renew(&self) -> bool {
        self.state().renewals.are_due()
    }

    /// Records that the server rejected a replacement token.
    #[inline]
    pub(super) fn reject_new(&self, round: u64) {
        self.state().renewals.reject(round);
    }

    /// Records that a replacement token was accepted.
    #[inline]
    pub(super) fn accept_new(&self) {
        self.state().renewals.accept();
    }

    /// Joins the token request in progress, or starts one. A request that has exceeded the timeout
    /// of an attempt is replaced.
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
            let requested_at = Instant::now();
            let token = tokens.source.request_token(&client).await;
            let mut state = tokens.state();
            state.request = Weak::new();
            Ok(state.keep(token?, requested_at))
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
    /// Returns the current token, unless it is due for replacement.
    ///
    /// The first call after that time requests a replacement. Other calls, and that call if its
    /// request fails, use the current token for half of its remaining lifetime.
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

    /// Returns the current token if it has not expired.
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
            renewal: token.life.map(renewal_age).and_then(after),
            expiry: token.life.and_then(after),
        });
        Lease {
            secret: token.secret,
            round: self.round,
            is_old: false,
        }
    }
}

/// Returns the age at which a token is replaced.
#[inline]
fn renewal_age(life: Duration) -> Duration {
    life.saturating_sub(MAX_RENEWAL_MARGIN.min(life / RENEWAL_MARGIN_DIVISOR))
}
