//! What every call of this SDK shares: the client, requests and their retries,
//! errors, the JSON codec and webhook verification.
//!
//! The files of this folder are written by hand and are the same in every
//! generated crate. The code around them describes an API: which paths there
//! are, what goes in and what comes out. This folder does the rest.
//!
//! What many programs do without (pages, streams, forms, transfers of files, access tokens, and the
//! making of a client, which is made once) is `#[inline]`: it is compiled where it is called.
//!
//! What speaks HTTP is behind the feature `client`, and the verification of webhooks behind
//! `webhook`. Without them there is the codec.

#[cfg(feature = "client")]
mod api;
#[cfg(feature = "client")]
pub mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod call_span;
#[cfg(feature = "client")]
mod client;
#[cfg(any(feature = "client", feature = "webhook"))]
mod clock;
pub mod codec;
#[cfg(feature = "client")]
mod config;
#[cfg(feature = "client")]
mod download;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod events;
#[cfg(feature = "client")]
pub(crate) mod flat_value;
#[cfg(feature = "client")]
mod header;
#[cfg(feature = "client")]
pub(crate) mod json_object;
#[cfg(feature = "mock")]
pub mod mock;
#[cfg(feature = "client")]
mod page;
#[cfg(feature = "client")]
pub(crate) mod path;
#[cfg(feature = "client")]
mod progress;
#[cfg(feature = "client")]
pub(crate) mod query;
#[cfg(feature = "client")]
mod random;
#[cfg(feature = "client")]
pub(crate) mod redirect;
#[cfg(feature = "client")]
mod request;
#[cfg(feature = "client")]
mod request_parts;
#[cfg(feature = "client")]
mod reqwest_transport;
#[cfg(feature = "client")]
pub(crate) mod response;
#[cfg(feature = "client")]
pub(crate) mod retry_policy;
pub mod secret;
#[cfg(feature = "client")]
mod send;
#[cfg(feature = "client")]
mod servers;
#[cfg(feature = "tower")]
mod tower_transport;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "client")]
mod upload;
#[cfg(feature = "client")]
mod uri;
#[cfg(feature = "webhook")]
pub mod webhook;

#[cfg(feature = "client")]
pub use self::api::{
    Api, Backoff, Credential, CredentialPart, OAuth2, RetryRule, SecurityScheme,
    SecuritySchemeKind, Setting, SettingLocation,
};
#[cfg(feature = "client")]
pub use self::body::{Body, ResponseBody};
#[cfg(feature = "client")]
pub use self::builder::ClientBuilder;
#[cfg(feature = "client")]
pub use self::client::Client;
pub use self::codec::{
    Base64Bytes, Date, DateTime, DecodeError, ExactNumber, Extra, Nullable, OpenTuple, Value,
};
#[cfg(feature = "client")]
pub use self::download::Download;
#[cfg(feature = "client")]
pub use self::error::{
    ApiError, AuthError, BuildError, ConfigError, ConnectError, Error, ResponseError, StreamError,
    TimeoutError,
};
#[cfg(feature = "client")]
pub use self::events::{Event, EventForm, EventHandling, EventRule, EventStream, FromEvent};
#[cfg(feature = "client")]
pub use self::page::{ItemStream, ListPage, Page, PageMark, PageStream, PageStyle};
#[cfg(feature = "client")]
pub use self::path::PathStyle;
#[cfg(feature = "client")]
pub use self::progress::Progress;
#[cfg(feature = "client")]
pub use self::query::QueryStyle;
#[cfg(feature = "client")]
pub use self::request::{Request, ResponseFuture};
#[cfg(feature = "client")]
pub use self::request_parts::{Multipart, Params, RequestParts, ValueStyle};
#[cfg(feature = "client")]
pub use self::reqwest_transport::ReqwestTransport;
#[cfg(feature = "client")]
pub use self::response::{FromResponse, Incoming, Response};
pub use self::secret::Secret;
#[cfg(feature = "tower")]
pub use self::tower_transport::TowerTransport;
#[cfg(feature = "client")]
pub use self::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
#[cfg(feature = "client")]
pub use self::upload::{Upload, Uploads};
#[cfg(feature = "webhook")]
pub use self::webhook::{WebhookError, WebhookHeaders, WebhookScheme, WebhookVerifier};
#[cfg(feature = "client")]
pub use bytes::Bytes;
#[cfg(any(feature = "client", feature = "webhook"))]
pub use http::HeaderMap;
#[cfg(feature = "client")]
pub use http::{HeaderName, HeaderValue, Method, StatusCode};
