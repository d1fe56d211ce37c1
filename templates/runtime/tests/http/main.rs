//! What the runtime does on the wire, each behaviour against a real server on loopback.
//!
//! Time comes from a fake transport on a paused clock wherever a wait would be long, and
//! the environment from a closure, so that the suite is quick and its tests independent.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy spares test functions, but not the functions that they share"
)]

mod auth;
#[path = "../support/bare.rs"]
#[allow(unreachable_pub, reason = "it is public where a library has it")]
mod bare;
mod blocking;
mod bodies;
mod cancel;
mod compression;
mod connections;
mod delivery;
mod derived;
mod downloads;
mod downloads_silence;
mod env;
mod errors;
mod events;
mod events_again;
mod events_silence;
mod fake;
mod faults;
mod headers;
mod json_lines;
mod kinds;
mod mocks;
mod oauth;
mod options;
mod paging;
mod paging_places;
mod paging_streams;
mod paging_urls;
mod paths;
mod peer;
mod peer_faults;
mod queries;
mod redirects;
mod retries;
mod retry_hints;
mod retry_rules;
mod secrets;
mod server;
mod settings;
mod stream_types;
mod support;
mod tokens;
mod tower;
mod tracing;
mod uploads;
mod webhook_forgeries;
mod webhook_peers;
mod webhook_schemes;
mod webhooks;
