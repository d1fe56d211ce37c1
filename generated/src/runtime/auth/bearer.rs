//! The token of a call.

use std::sync::Arc;

use http::header::HeaderValue;

use super::{Tokens, after};
use crate::runtime::client::Client;
use crate::runtime::error::Error;

/// A token in the `Authorization` header, which is had when the call is made.
pub(crate) struct Bearer<'c> {
    tokens: &'c Arc<Tokens>,
    keyword: &'static str,
    /// Whether the request has one.
    is_there: bool,
    /// The round of the one that was there before this call.
    old: Option<u64>,
    rejected: Option<u64>,
}

impl<'c> Bearer<'c> {
    #[inline]
    pub(super) fn new(tokens: &'c Arc<Tokens>, keyword: &'static str) -> Self {
        Self {
            tokens,
            keyword,
            is_there: false,
            old: None,
            rejected: None,
        }
    }

    /// The header with a token in it, unless the request has one.
    #[inline]
    pub(crate) async fn header(&mut self, client: &Client) -> Result<Option<HeaderValue>, Error> {
        if self.is_there {
            return Ok(None);
        }
        let lease = self.tokens.lease(client, self.rejected).await?;
        let header = after(self.keyword, lease.secret.expose())?;
        self.is_there = true;
        self.old = lease.is_old.then_some(lease.round);
        Ok(Some(header))
    }

    /// Notes that the server rejected the token; returns whether another may be better, which is so
    /// once and only where the one was there before this call.
    #[inline]
    pub(crate) fn reject(&mut self) -> bool {
        match self.old.take() {
            Some(round) if self.rejected.is_none() => {
                self.rejected = Some(round);
                self.is_there = false;
                true
            }
            _ => false,
        }
    }
}
