//! Security schemes and requirements.

use super::CredentialPart;

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

impl SecurityScheme {
    /// Whether a client that has these parts has a credential of the scheme.
    #[must_use]
    pub fn is_complete_with(&self, parts: &[CredentialPart]) -> bool {
        let has = |part| parts.contains(&part);
        has(CredentialPart::Value)
            || match self {
                // RFC 7617 allows an empty username, and an empty password.
                Self::Basic | Self::BasicPlain => {
                    has(CredentialPart::Username) || has(CredentialPart::Password)
                }
                Self::OAuth2 {
                    token_url: Some(_), ..
                } => has(CredentialPart::ClientId) && has(CredentialPart::ClientSecret),
                _ => false,
            }
    }
}

/// A set of schemes that are needed together; empty if none is needed.
pub type SecurityRequirement = Vec<String>;

/// Whether a call satisfies one of the requirements, if it has credentials of the schemes that `has`
/// accepts. A call without requirements needs no credentials.
#[must_use]
pub fn is_satisfied(requirements: &[SecurityRequirement], has: impl Fn(&str) -> bool) -> bool {
    requirements.is_empty()
        || requirements
            .iter()
            .any(|requirement| requirement.iter().all(|scheme| has(scheme)))
}
