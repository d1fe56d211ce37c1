//! A webhook delivery to tamper with.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sdkwright_runtime::webhook::verify_at;
use sdkwright_runtime::{HeaderMap, WebhookError};

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7Jxx2Oll+OE=";
pub(crate) const BODY: &[u8] = br#"{"event_type":"message.sent","data":{}}"#;
pub(crate) const TIME: u64 = 1_700_000_000;
pub(crate) const STANDARD: &str = "v1,8bv/EhqmFdPiHo9hg79bSVoiNEtmz8xGfiEvFD6CQAY=";
pub(crate) const LEGACY: &str = "7128fb718ef32b10be48ee389b74621ffe2745021ba5f24e05fa7b2bfd83f4c6";

/// A delivery, and the secrets that verify it.
pub(crate) struct Delivery {
    pub(crate) secrets: Vec<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) now: SystemTime,
}

impl Delivery {
    pub(crate) fn of(headers: &[(&'static str, &str)]) -> Self {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
            .collect();
        Self {
            secrets: vec![SECRET.to_owned()],
            headers,
            now: UNIX_EPOCH + Duration::from_secs(TIME),
        }
    }

    pub(crate) fn standard() -> Self {
        Self::of(&[
            ("webhook-id", "evt_0001"),
            ("webhook-timestamp", "1700000000"),
            ("webhook-signature", STANDARD),
        ])
    }

    pub(crate) fn legacy() -> Self {
        Self::of(&[
            ("X-Webhook-Timestamp", "1700000000"),
            ("X-Webhook-Signature", LEGACY),
        ])
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    pub(crate) fn secrets(mut self, secrets: &[&str]) -> Self {
        self.secrets = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        self
    }

    pub(crate) fn at(mut self, now: u64) -> Self {
        self.now = UNIX_EPOCH + Duration::from_secs(now);
        self
    }

    pub(crate) fn check(&self) -> Result<(), WebhookError> {
        verify_at(&self.secrets, &self.headers, BODY, self.now)
    }

    pub(crate) fn passes(self) {
        self.check().unwrap();
    }
}

/// Checks that a delivery is refused for one reason.
macro_rules! refused {
    ($delivery:expr, $reason:pat) => {
        let result = $delivery.check();
        assert!(matches!(result, Err($reason)), "{result:?}");
    };
}
pub(crate) use refused;
