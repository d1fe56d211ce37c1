//! Idempotency keys, by which a server recognizes a repeated call.

use http::Method;

use super::RequestParts;
use crate::runtime::random;

impl RequestParts {
    /// Generates the idempotency key of a call, if the server accepts one and the caller did not
    /// set it. The key is sent in the operation's header or in `default`, and stays the same for all
    /// retries.
    #[inline]
    pub(crate) fn ensure_idempotency_key(&mut self, default: Option<&'static str>) {
        let is_taken = self.idempotency_header.or(default).is_some();
        if self.idempotency_key.is_none() && is_taken && !is_safe(&self.method) {
            self.idempotency_key = Some(random::uuid());
        }
    }
}

/// Returns `true` for safe methods, which do not change anything on the server.
#[inline]
fn is_safe(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    )
}
