//! The access token of a call.

use std::sync::Arc;

use http::header::HeaderValue;

use super::{Tokens, join_keyword};
use crate::runtime::client::Client;
use crate::runtime::error::Error;

/// An access token for the `Authorization` header, which is obtained when the call is sent.
pub(crate) struct Bearer<'c> {
    tokens: &'c Arc<Tokens>,
    keyword: &'static str,
    /// Token of the current request.
    token: Option<Token>,
    /// Generation of the rejected token.
    rejected: Option<u64>,
}

/// A token, identified by its generation.
enum Token {
    /// The token existed before this call.
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

    /// Returns the header with a token, unless the request already has one.
    #[inline]
    pub(crate) async fn header(&mut self, client: &Client) -> Result<Option<HeaderValue>, Error> {
        if self.token.is_some() {
            return Ok(None);
        }
        let lease = self.tokens.lease(client, self.rejected).await?;
        let header = join_keyword(self.keyword, lease.secret.expose())?;
        self.token = Some(match lease.is_old {
            true => Token::Old(lease.round),
            false => Token::New(lease.round),
        });
        Ok(Some(header))
    }

    /// Records that the server rejected the token, and returns whether to retry with another.
    ///
    /// A retry happens at most once per call, and only if the token existed before the call. It
    /// does not happen shortly after other replacement tokens were rejected.
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

    /// Records that the server accepted the token.
    #[inline]
    pub(crate) fn accept(&self) {
        if self.rejected.is_some() {
            self.tokens.accept_new();
        }
    }
}
