//! The package and its client, as their users see them.

use crate::ir::{OptionRole, SecurityRequirement, SecurityScheme, WebhookSignature};
use crate::plan::{ItemId, RustType};
use crate::source::Pointer;

/// The package.
#[derive(Debug, Clone)]
pub struct PackageSurface {
    /// Its name on crates.io.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The title of the API.
    pub title: String,
    /// The version of the description.
    pub api_version: String,
    /// The description of the API.
    pub description: Option<String>,
    /// The oldest compiler for the crate, if the configuration names it.
    pub rust_version: Option<String>,
    /// The library of dates and times.
    pub date_times: String,
    /// Other entries of the manifest, by key.
    pub metadata: Vec<(&'static str, String)>,
}

/// The client.
#[derive(Debug, Clone)]
pub struct ClientSurface {
    /// The setters of its builder.
    pub options: Vec<OptionSurface>,
    /// The name of the type that lists its servers, if there are several.
    pub environment_type: Option<String>,
    /// Its servers, the usual one first.
    pub environments: Vec<EnvironmentSurface>,
    /// The prefix of its environment variables.
    pub env_prefix: String,
    /// The ways to authenticate, by their names.
    pub schemes: Vec<(String, SecurityScheme)>,
    /// The schemes of operations that declare none.
    pub security: Vec<SecurityRequirement>,
    /// The headers of every call.
    pub headers: Vec<(String, String)>,
    /// The defaults of calls, as names and values.
    pub behaviour: Vec<(&'static str, String)>,
    /// The type of an error's body.
    pub error_body: Option<RustType>,
    /// The methods that decode deliveries.
    pub webhooks: Option<WebhookSurface>,
}

/// A setter of the client's builder.
#[derive(Debug, Clone)]
pub struct OptionSurface {
    /// The setter.
    pub name: String,
    /// The type of its argument, as code spells it.
    pub argument: String,
    /// Its values, if its type lists them: the variant and the value.
    pub choices: Vec<(String, String)>,
    /// The environment variable that it falls back to.
    pub env: Option<String>,
    /// The role.
    pub role: OptionRole,
    /// The default value.
    pub default: Option<String>,
    /// Whether no client is built without it.
    pub is_required: bool,
    /// The description.
    pub description: Option<String>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentSurface {
    /// The name of the environment.
    pub name: String,
    /// The variant of the type that lists the servers.
    pub variant: Option<String>,
    /// Its URL.
    pub url: String,
}

/// The methods that decode deliveries.
#[derive(Debug, Clone)]
pub struct WebhookSurface {
    /// The methods.
    pub methods: Vec<WebhookMethodSurface>,
    /// The type of the event.
    pub event: ItemId,
    /// The signature scheme of deliveries.
    pub signature: WebhookSignature,
    /// The JSON pointer of the events.
    pub pointer: Pointer,
}

/// A method that decodes a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookMethodSurface {
    /// The method as users write it: `Client::webhooks().unwrap`.
    pub item_path: String,
    /// Whether it verifies the signature, and so takes headers.
    pub is_verified: bool,
}
