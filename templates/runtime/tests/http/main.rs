//! Behaviour of the runtime on the wire, tested against servers on loopback.
//!
//! Tests with long waits use a fake transport on a paused clock. The environment is a closure. So
//! the suite is fast, and its tests are independent.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy spares test functions, but not the functions that they share"
)]

mod auth;
mod blocking;
mod bodies;
mod cancellation;
mod client_options;
mod compression;
mod connections;
mod delivery;
mod derived_clients;
mod download_idle_timeout;
mod downloads;
#[path = "../support/empty_api.rs"]
#[expect(unreachable_pub, reason = "it is public where a library has it")]
mod empty_api;
mod environment;
mod error_kinds;
mod errors;
mod event_idle_timeout;
mod event_reconnection;
mod events;
mod external_urls;
mod fake_transport;
mod faults;
mod headers;
mod http_parts;
mod hyper_faults;
mod hyper_server;
mod json_lines;
mod mocks;
mod oauth;
mod options;
mod pagination;
mod pagination_parameters;
mod pagination_streams;
mod pagination_urls;
mod paths;
mod queries;
mod redirects;
mod retries;
mod retry_hints;
mod retry_rules;
mod secrets;
mod server;
mod stream_media_types;
mod support;
mod tokens;
mod tower;
mod tracing;
mod uploads;
mod webhook_forgeries;
mod webhook_interop;
mod webhook_schemes;
mod webhooks;
