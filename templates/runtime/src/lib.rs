//! The runtime of the SDKs that [sdkwright] generates.
//!
//! An SDK holds a copy of this crate, or depends on it if its `sdk.yaml` says
//! `runtime: dependency`. Two SDKs that depend on it share one runtime. An SDK re-exports all that
//! its users need, so that programs seldom name this crate.
//!
//! - [`Client`] and [`Request`] make calls: retries, limits, authentication and redirects.
//! - [`Page`], [`EventStream`] and [`Download`] read lists, events and files.
//! - [`codec`] reads and writes JSON without a derive.
//! - [`webhook`] verifies the signatures of deliveries.
//! - With the features of their names, `mock` is a transport for tests, and `blocking` adds blocking
//!   calls.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `client` (on) | the HTTP client. Without it, the crate is only the codec. |
//! | `rustls` (on) | TLS by rustls |
//! | `serde` (on) | `Serialize` and `Deserialize` for all types |
//! | `native-tls` | TLS by the library of the platform |
//! | `webhook` | the verification of webhooks; part of `client` |
//! | `blocking` | blocking calls |
//! | `gzip`, `brotli`, `zstd` | compressed responses |
//! | `fs` | uploads from files and downloads to files |
//! | `tracing` | spans and events with the names of OpenTelemetry |
//! | `tower` | a transport that is a tower service |
//! | `mock` | a transport for tests |
//! | `jiff`, `time` | the date and time types of these crates |
//!
//! [sdkwright]: https://github.com/sdkwright/sdkwright

#![cfg_attr(docsrs, feature(doc_cfg))]

// An SDK receives a byte-for-byte copy of the folder `runtime`. The folder refers to itself as
// `crate::runtime`, which resolves in both crates.
#[doc(hidden)]
pub mod runtime;

#[cfg(feature = "client")]
mod client_types;
mod date_times;

#[cfg(feature = "jiff")]
pub use date_times::jiff;
#[cfg(feature = "time")]
pub use date_times::time;
#[doc(hidden)]
#[cfg(feature = "reqwest")]
pub use reqwest;
#[doc(inline)]
pub use runtime::*;

#[cfg(test)]
#[cfg(feature = "client")]
mod tests;
