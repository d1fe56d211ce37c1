//! The `Debug` format of a request.

use std::fmt;

use http::HeaderName;

use crate::runtime::request_parts::RequestParts;

impl fmt::Debug for RequestParts {
    /// Formats the names of headers and parameters, and omits their values.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestParts")
            .field("method", &self.method)
            .field("path", &self.template.split('?').next())
            .field(
                "query",
                &self
                    .query
                    .iter()
                    .map(|pair| pair.name.as_str())
                    .collect::<Vec<_>>(),
            )
            .field(
                "headers",
                &self
                    .headers
                    .keys()
                    .map(HeaderName::as_str)
                    .collect::<Vec<_>>(),
            )
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
