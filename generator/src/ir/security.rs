//! Security schemes and requirements.

/// A security scheme: how a call is authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityScheme {
    /// `Authorization: Bearer …`, or another keyword instead of `Bearer`.
    Bearer {
        /// The word before the token.
        keyword: String,
    },
    /// `Authorization: Basic …` ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    Basic,
    /// `Authorization: Basic …` without base64.
    BasicPlain,
    /// An API key in a header of this name.
    ApiKeyHeader(String),
    /// An API key in a query parameter of this name.
    ApiKeyQuery(String),
    /// An API key in a cookie of this name.
    ApiKeyCookie(String),
    /// An OAuth 2.0 token, sent as a bearer token.
    OAuth2 {
        /// The token endpoint of the client-credentials flow, if it has one.
        token_url: Option<String>,
        /// The scopes that the document requires for every call.
        scopes: Vec<String>,
    },
    /// `OpenID` Connect, sent as a bearer token.
    OpenIdConnect,
}

/// A set of schemes that are needed together; empty if none is needed.
pub type SecurityRequirement = Vec<String>;
