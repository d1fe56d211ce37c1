//! What the benchmarks of the runtime share.

use std::time::Duration;

use sdkwright_runtime::runtime::{Api, Backoff};

pub mod cpu;

/// An API that asks for nothing.
pub const API: Api = Api {
    name: "Benches",
    version: "0.1.0",
    env_prefix: "BENCHES",
    environments: &[],
    schemes: &[],
    security: &[],
    credentials: &[],
    settings: &[],
    error_message: None,
    request_id_header: None,
    backoff: Backoff::USUAL,
    webhook_secret_env: None,
    headers: &[],
    idempotency_header: None,
    event_rules: &[],
    timeout: Duration::from_secs(60),
    max_retries: 2,
};
