//! An API without any option. Tests override the fields that they need.

use std::time::Duration;

use sdkwright_runtime::__private::{Api, Backoff, RetryRule, WebhookScheme};

/// An API without any option.
pub const API: Api = Api {
    name: "Bare",
    version: "1.2.3",
    env_prefix: "BARE",
    environments: &[],
    schemes: &[],
    security: &[],
    credentials: &[],
    options: &[],
    error_message: None,
    request_id_header: None,
    retry_rule: RetryRule::Stainless,
    backoff: Backoff::DEFAULT,
    webhook_secret_env: None,
    webhook_scheme: WebhookScheme::Detect,
    headers: &[],
    idempotency_header: None,
    event_rules: &[],
    timeout: Duration::from_secs(60),
    max_retries: 2,
};
