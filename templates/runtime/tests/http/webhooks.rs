//! Webhooks: both schemes, and each way to forge a delivery.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sdkwright_runtime::runtime::webhook::{unwrap, verify, verify_at};
use sdkwright_runtime::runtime::{Error, HeaderMap, Value, WebhookError};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7Jxx2Oll+OE=";
const BODY: &[u8] = br#"{"event_type":"message.sent","data":{}}"#;
const TIME: u64 = 1_700_000_000;
const STANDARD: &str = "v1,8bv/EhqmFdPiHo9hg79bSVoiNEtmz8xGfiEvFD6CQAY=";
const LEGACY: &str = "7128fb718ef32b10be48ee389b74621ffe2745021ba5f24e05fa7b2bfd83f4c6";

/// A delivery, and the secrets it is checked against.
struct Delivery {
    secrets: Vec<String>,
    headers: HeaderMap,
    now: SystemTime,
}

impl Delivery {
    fn of(headers: &[(&'static str, &str)]) -> Self {
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

    fn standard() -> Self {
        Self::of(&[
            ("webhook-id", "evt_0001"),
            ("webhook-timestamp", "1700000000"),
            ("webhook-signature", STANDARD),
        ])
    }

    fn legacy() -> Self {
        Self::of(&[
            ("X-Webhook-Timestamp", "1700000000"),
            ("X-Webhook-Signature", LEGACY),
        ])
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    fn secrets(mut self, secrets: &[&str]) -> Self {
        self.secrets = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        self
    }

    fn at(mut self, now: u64) -> Self {
        self.now = UNIX_EPOCH + Duration::from_secs(now);
        self
    }

    fn check(&self) -> Result<(), WebhookError> {
        verify_at(&self.secrets, &self.headers, BODY, self.now)
    }

    fn passes(self) {
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

#[test]
fn both_vectors() {
    Delivery::standard().passes();
    Delivery::legacy().passes();
}

#[test]
fn secrets_with_and_without_prefix_and_padding() {
    let bare = SECRET.strip_prefix("whsec_").unwrap();
    for secret in [
        bare,
        bare.trim_end_matches('='),
        SECRET.trim_end_matches('='),
    ] {
        Delivery::standard().secrets(&[secret]).passes();
        refused!(Delivery::legacy().secrets(&[secret]), WebhookError::NoMatch);
    }
}

#[test]
fn several_secrets_for_rotation() {
    Delivery::standard()
        .secrets(&["whsec_b3RoZXI=", SECRET])
        .passes();
    Delivery::standard()
        .secrets(&[SECRET, "whsec_b3RoZXI="])
        .passes();
    Delivery::legacy()
        .secrets(&["whsec_b3RoZXI=", SECRET])
        .passes();
    refused!(
        Delivery::standard().secrets(&["whsec_b3RoZXI="]),
        WebhookError::NoMatch
    );
    refused!(
        Delivery::legacy().secrets(&["whsec_b3RoZXI="]),
        WebhookError::NoMatch
    );
}

#[test]
fn secrets_that_are_none() {
    for delivery in [Delivery::standard, Delivery::legacy] {
        refused!(delivery().secrets(&[]), WebhookError::NoSecret);
        refused!(delivery().secrets(&[""]), WebhookError::EmptySecret);
        refused!(delivery().secrets(&["  "]), WebhookError::EmptySecret);
        refused!(delivery().secrets(&["whsec_"]), WebhookError::BarePrefix);
        refused!(delivery().secrets(&[SECRET, ""]), WebhookError::EmptySecret);
    }
    refused!(
        Delivery::standard().secrets(&["whsec_==="]),
        WebhookError::MalformedSecret
    );
    refused!(
        Delivery::standard().secrets(&["whsec_no base64!"]),
        WebhookError::MalformedSecret
    );
    refused!(
        Delivery::standard().secrets(&["whsec_whsec_"]),
        WebhookError::MalformedSecret
    );
}

#[test]
fn a_signature_with_the_empty_key_is_no_pass() {
    // HMAC-SHA256 of the message with a key of no bytes: what a bare prefix would check against.
    let forged = Delivery::standard().with(
        "webhook-signature",
        "v1,ox2moIam0X/A+yWVaMxBMZeTh2F0vigvcq/MpB62roM=",
    );
    refused!(forged.secrets(&["whsec_"]), WebhookError::BarePrefix);
}

#[test]
fn several_signatures() {
    let other = STANDARD.replace("8b", "9b");
    for list in [
        format!("{other} {STANDARD}"),
        format!("{STANDARD} {other}"),
        format!("v2,abc {STANDARD}"),
        format!("v1a,{} {STANDARD}", &STANDARD[3..]),
        format!("  nonsense  {STANDARD} "),
        format!("v1,a,b {STANDARD}"),
        STANDARD.trim_end_matches('=').to_owned(),
    ] {
        Delivery::standard()
            .with("webhook-signature", &list)
            .passes();
    }
}

#[test]
fn signatures_that_are_wrong() {
    let with = |signature: &str| Delivery::standard().with("webhook-signature", signature);
    refused!(with(&STANDARD.replace("8b", "9b")), WebhookError::NoMatch);
    refused!(with(&STANDARD[..30]), WebhookError::TruncatedSignature);
    refused!(with("v1,"), WebhookError::TruncatedSignature);
    refused!(
        with(&format!("v1,AAAA{}", &STANDARD[3..])),
        WebhookError::TruncatedSignature
    );
    refused!(with(&STANDARD[3..]), WebhookError::MalformedSignature);
    refused!(with("v1,!!!"), WebhookError::MalformedSignature);
    refused!(with("v1"), WebhookError::MalformedSignature);
    refused!(
        with(&format!("v2,{}", &STANDARD[3..])),
        WebhookError::UnknownVersion
    );
    refused!(
        with(&format!("v1a,{}", &STANDARD[3..])),
        WebhookError::UnknownVersion
    );
    refused!(
        with(&format!("V1,{}", &STANDARD[3..])),
        WebhookError::UnknownVersion
    );
}

#[test]
fn legacy_signatures_that_are_wrong() {
    let with = |signature: &str| Delivery::legacy().with("x-webhook-signature", signature);
    refused!(with(&LEGACY.replace("71", "72")), WebhookError::NoMatch);
    refused!(with(&LEGACY[..40]), WebhookError::TruncatedSignature);
    refused!(
        with(&format!("{LEGACY}00")),
        WebhookError::TruncatedSignature
    );
    refused!(
        with(&LEGACY.to_uppercase()),
        WebhookError::MalformedSignature
    );
    refused!(
        with(&LEGACY.replace('7', "x")),
        WebhookError::MalformedSignature
    );
    refused!(with(""), WebhookError::MissingHeader("x-webhook-signature"));
}

#[test]
fn five_minutes_either_way() {
    for delivery in [Delivery::standard, Delivery::legacy] {
        delivery().at(TIME + 300).passes();
        delivery().at(TIME - 300).passes();
        refused!(delivery().at(TIME + 301), WebhookError::Stale);
        refused!(delivery().at(TIME - 301), WebhookError::Future);
        refused!(delivery().at(0), WebhookError::Future);
    }
    let delivery = Delivery::standard();
    let result = verify([SECRET], &delivery.headers, BODY);
    assert!(matches!(result, Err(WebhookError::Stale)), "{result:?}");
}

#[test]
fn timestamps_are_whole_numbers() {
    for time in [
        "1700000000.0",
        "1700000000x",
        "+1700000000",
        "-1",
        "0x1",
        "1e9",
        "99999999999999999999999",
        "soon",
        "1 7",
    ] {
        refused!(
            Delivery::standard().with("webhook-timestamp", time),
            WebhookError::MalformedTimestamp
        );
        refused!(
            Delivery::legacy().with("x-webhook-timestamp", time),
            WebhookError::MalformedTimestamp
        );
    }
}

#[test]
fn headers_that_are_missing() {
    refused!(Delivery::of(&[]), WebhookError::MissingHeader("webhook-id"));
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        refused!(
            Delivery::standard().without(name),
            WebhookError::MissingHeader(_)
        );
        refused!(
            Delivery::standard().with(name, ""),
            WebhookError::MissingHeader(_)
        );
    }
    for name in ["x-webhook-timestamp", "x-webhook-signature"] {
        refused!(
            Delivery::legacy().without(name),
            WebhookError::MissingHeader(_)
        );
    }
}

#[test]
fn what_is_signed_cannot_be_changed() {
    refused!(
        Delivery::standard().with("webhook-id", "evt_0002"),
        WebhookError::NoMatch
    );
    refused!(
        Delivery::standard().with("webhook-timestamp", "1700000001"),
        WebhookError::NoMatch
    );
    refused!(
        Delivery::legacy().with("x-webhook-timestamp", "1700000001"),
        WebhookError::NoMatch
    );
    for delivery in [Delivery::standard(), Delivery::legacy()] {
        for body in [
            &b"{}"[..],
            b"",
            &BODY[1..],
            b" {\"event_type\":\"message.sent\",\"data\":{}}",
        ] {
            let result = verify_at([SECRET], &delivery.headers, body, delivery.now);
            assert!(matches!(result, Err(WebhookError::NoMatch)), "{result:?}");
        }
    }
}

#[test]
fn the_standard_headers_decide_if_one_is_there() {
    let both = |delivery: Delivery| {
        delivery
            .with("x-webhook-timestamp", "1700000000")
            .with("x-webhook-signature", LEGACY)
    };
    both(Delivery::standard()).passes();
    both(Delivery::standard())
        .with("x-webhook-signature", "0")
        .passes();
    refused!(
        both(Delivery::standard()).with("webhook-id", "forged"),
        WebhookError::NoMatch
    );
    refused!(
        both(Delivery::standard()).without("webhook-signature"),
        WebhookError::MissingHeader("webhook-signature")
    );
    refused!(
        Delivery::legacy().with("webhook-id", "evt_0001"),
        WebhookError::MissingHeader("webhook-timestamp")
    );
}

#[test]
fn the_order_of_checks() {
    let wrong = || {
        Delivery::standard()
            .at(0)
            .with("webhook-signature", "nonsense")
    };
    refused!(
        wrong().secrets(&[""]).without("webhook-id"),
        WebhookError::EmptySecret
    );
    refused!(
        wrong().without("webhook-signature"),
        WebhookError::MissingHeader("webhook-signature")
    );
    refused!(wrong(), WebhookError::Future);
}

#[test]
fn headers_that_are_not_text() {
    let mut delivery = Delivery::standard();
    delivery.headers.insert(
        "webhook-id",
        http::HeaderValue::from_bytes(b"\xff").unwrap(),
    );
    refused!(delivery, WebhookError::MalformedHeader("webhook-id"));
}

#[test]
fn the_payload_is_read_only_if_it_is_genuine() {
    let delivery = Delivery::standard();
    let result = unwrap::<Value, _>([SECRET], &delivery.headers, b"not json");
    assert!(
        matches!(result, Err(Error::Webhook(WebhookError::Stale))),
        "{result:?}"
    );
}

#[test]
fn errors_show_no_secret() {
    let error = Delivery::standard()
        .secrets(&["whsec_hush!"])
        .check()
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hush"));
}
