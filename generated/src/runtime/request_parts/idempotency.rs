//! The key by which a server knows a repeated call for the same one.

use http::Method;

use super::RequestParts;
use crate::runtime::random;

impl RequestParts {
    /// Makes up the key of a call that has none and that the server takes one for, in the header
    /// that the operation names or in `usual`. From here on it stays, whatever is repeated.
    #[inline]
    pub(crate) fn settle_idempotency(&mut self, usual: Option<&'static str>) {
        let is_taken = self.idempotency_header.or(usual).is_some();
        if self.idempotency_key.is_none() && is_taken && !is_safe(&self.method) {
            self.idempotency_key = Some(random::uuid());
        }
    }
}

/// Whether a repeated call changes nothing in any case.
#[inline]
fn is_safe(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    )
}
