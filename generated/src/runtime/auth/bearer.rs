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
    /// The one that the request has.
    token: Option<Token>,
    /// The round of the one that was rejected.
    rejected: Option<u64>,
}

/// A token by its round.
enum Token {
    /// It was there before this call.
    Old(u64),
    New(u64),
}

impl<'c> Bearer<'c> {
    #[inline]
    pub(super) fn new(tokens: &'c Arc<Tokens>, keyword: &'static str) -> Self {
        Self {
            tokens,
            keyword,
            token: None,
            rejected: None,
        }
    }

    /// The header with a token in it, unless the request has one.
    #[inline]
    pub(crate) async fn header(&mut self, client: &Client) -> Result<Option<HeaderValue>, Error> {
        if self.token.is_some() {
            return Ok(None);
        }
        let lease = self.tokens.lease(client, self.rejected).await?;
        let header = after(self.keyword, lease.secret.expose())?;
        self.token = Some(match lease.is_old {
            true => Token::Old(lease.round),
            false => Token::New(lease.round),
        });
        Ok(Some(header))
    }

    /// Notes that the server rejected the token; returns whether another may be better, which is so
    /// once, only where the one was there before this call, and not shortly after others that were
    /// no better.
    #[inline]
    pub(crate) fn reject(&mut self) -> bool {
        match self.token {
            Some(Token::Old(round)) if self.rejected.is_none() && self.tokens.may_renew() => {
                self.rejected = Some(round);
                self.token = None;
                true
            }
            Some(Token::New(round)) => {
                self.tokens.reject_new(round);
                false
            }
            _ => false,
        }
    }

    /// Notes that the server did not reject the token.
    #[inline]
    pub(crate) fn accept(&self) {
        if self.rejected.is_some() {
            self.tokens.accept_new();
        }
    }
}
