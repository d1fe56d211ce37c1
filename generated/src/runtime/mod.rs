//! What every call of this SDK shares: the client, requests and their retries,
//! errors, the JSON codec and webhook verification.
//!
//! The files of this folder are written by hand and are the same in every
//! generated crate. The code around them describes an API: which paths there
//! are, what goes in and what comes out. This folder does the rest.

mod api;
pub mod auth;
mod body;
mod builder;
mod client;
pub mod codec;
mod config;
mod download;
mod error;
mod events;
pub(crate) mod flatten;
mod header;
mod page;
mod parts;
pub(crate) mod path;
mod progress;
pub(crate) mod query;
mod random;
pub(crate) mod redirect;
mod request;
mod reqwest_transport;
pub(crate) mod response;
pub(crate) mod retry;
pub mod secret;
mod send;
pub(crate) mod splice;
mod transport;
mod upload;
mod uri;
pub mod webhook;

pub use self::api::{Api, Credential, OAuth2, Role, Scheme, SchemeKind};
pub use self::body::{Body, ResponseBody};
pub use self::builder::ClientBuilder;
pub use self::client::Client;
pub use self::codec::{Date, DateTime, DecodeError, Extra, Nullable, Value};
pub use self::download::Download;
pub use self::error::{
    ApiError, AuthError, BuildError, ConfigError, ConnectError, Error, ResponseError, StreamError,
    TimeoutError,
};
pub use self::events::{Event, EventForm, EventHandling, EventRule, EventStream, FromEvent};
pub use self::page::{ItemStream, ListPage, Page, PageMark, PageStream, PageStyle};
pub use self::parts::{Multipart, Params, RequestParts};
pub use self::path::PathStyle;
pub use self::progress::Progress;
pub use self::query::QueryStyle;
pub use self::request::{Request, ResponseFuture};
pub use self::reqwest_transport::ReqwestTransport;
pub use self::response::{FromResponse, Incoming, Response};
pub use self::secret::Secret;
pub use self::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
pub use self::upload::{Upload, Uploads};
pub use self::webhook::WebhookError;
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
