//! The first invalid argument, which is reported when the request is sent.

use crate::runtime::error::BuildError;
use crate::runtime::request_parts::RequestParts;

impl RequestParts {
    /// Returns a valid value, and stores the error of an invalid one.
    #[inline]
    pub(super) fn checked<T>(&mut self, result: Result<T, BuildError>) -> Option<T> {
        result.map_err(|error| self.fail(error)).ok()
    }

    /// Stores the first error of a request.
    #[inline]
    pub(crate) fn fail(&mut self, error: BuildError) {
        self.failure.get_or_insert(error);
    }
}
