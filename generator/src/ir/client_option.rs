//! Options of the client's constructor.

use super::Words;

/// An option of the client's constructor.
#[derive(Debug, Clone)]
pub struct ClientOption {
    /// Its name.
    pub name: Words,
    /// Its purpose.
    pub description: Option<String>,
    /// The environment variable that it falls back to.
    pub env: Option<String>,
    /// Its role.
    pub role: OptionRole,
    /// The type of its value.
    pub ty: OptionType,
    /// The default.
    pub default: Option<String>,
    /// Whether it is required.
    pub required: bool,
    /// Whether the configuration says that calls can do without it.
    pub nullable: bool,
}

/// Role of a client option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionRole {
    /// A credential of this security scheme, or a part of it.
    Credential {
        /// The name of the security scheme.
        scheme: String,
        /// The part of the credential.
        part: CredentialPart,
    },
    /// The signing secret of webhooks.
    WebhookSecret,
    /// A header of every call.
    Header(String),
    /// A query parameter of every call.
    Query(String),
    /// The default of this path parameter.
    Path(String),
    /// The default of this property in the JSON body of calls.
    BodyProperty(String),
    /// The value of this variable in server URLs.
    Server(ServerVariable),
}

/// A variable in the URLs of servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name, in braces in the URL.
    pub name: String,
    /// Its default, by the name of the environment.
    pub defaults: Vec<(String, String)>,
    /// Its allowed values; any value, if empty.
    pub values: Vec<String>,
}

/// The type of a client option's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OptionType {
    /// Text.
    #[default]
    String,
    /// An integer.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
}

/// Part of a credential: `role` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CredentialPart {
    /// All of it.
    #[default]
    Value,
    /// The user name of HTTP Basic.
    Username,
    /// The password of HTTP Basic.
    Password,
    /// The client id of OAuth 2.0.
    ClientId,
    /// The client secret of OAuth 2.0.
    ClientSecret,
}
