//! Forged webhook deliveries. Each is refused with its own reason.

use std::time::{Duration, Instant};

use sdkwright_runtime::WebhookError;
use sdkwright_runtime::webhook::{verify, verify_at};

use crate::delivery::{BODY, Delivery, LEGACY, SECRET, STANDARD, TIME, refused};

#[test]
fn a_signature_by_the_empty_key_is_refused() {
    // HMAC-SHA256 of the message with an empty key. A secret with only a prefix would accept it.
    let forged = Delivery::standard().with(
        "webhook-signature",
        "v1,ox2moIam0X/A+yWVaMxBMZeTh2F0vigvcq/MpB62roM=",
    );
    refused!(forged.secrets(&["whsec_"]), WebhookError::BarePrefix);
}

#[test]
fn any_of_several_signatures_may_match() {
    let other = STANDARD.replace("8b", "9b");
    for list in [
        format!("{other} {STANDARD}"),
        format!("{STANDARD} {other}"),
        format!("v2,abc {STANDARD}"),
        format!("v1a,{} {STANDARD}", &STANDARD[3..]),
        format!("  nonsense  {STANDARD} "),
        format!("v1,a,b {STANDARD}"),
        format!("{other}, {STANDARD}"),
        format!("{STANDARD}, {other}"),
        STANDARD.trim_end_matches('=').to_owned(),
    ] {
        Delivery::standard()
            .with("webhook-signature", &list)
            .passes();
    }
}

#[test]
fn signatures_may_be_in_several_headers() {
    let mut delivery = Delivery::standard().with("webhook-signature", "v1,AAAA");
    let line = STANDARD.parse().unwrap();
    delivery.headers.append("webhook-signature", line);
    delivery.passes();
    let mut delivery = Delivery::standard();
    let line = http::HeaderValue::from_bytes(b"\xff").unwrap();
    delivery.headers.append("webhook-signature", line);
    refused!(delivery, WebhookError::MalformedHeader("webhook-signature"));
}

#[test]
fn wrong_signatures_are_refused() {
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
fn wrong_legacy_signatures_are_refused() {
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
fn the_tolerance_is_five_minutes() {
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
fn changes_of_signed_data_are_refused() {
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

/// Verification costs one MAC for each secret. With one for each signature, the largest header and
/// this body would take longer than a minute.
#[test]
fn signatures_cost_one_mac_for_each_secret() {
    let wrong = STANDARD.replace("8b", "9b");
    let delivery = Delivery::standard().with("webhook-signature", &[&*wrong; 32].join(" "));
    let body = vec![b' '; 4 << 20];
    let once = measure_check(&Delivery::standard(), &body);
    let often = measure_check(&delivery, &body);
    assert!(
        often < once * 8,
        "{often:?} for 32 signatures, {once:?} for one"
    );
}

/// Shortest time of three checks, because other processes may delay one.
fn measure_check(delivery: &Delivery, body: &[u8]) -> Duration {
    let times = [(); 3].map(|()| {
        let start = Instant::now();
        let result = verify_at([SECRET], &delivery.headers, body, delivery.now);
        assert!(matches!(result, Err(WebhookError::NoMatch)), "{result:?}");
        start.elapsed()
    });
    times.into_iter().min().unwrap_or_default()
}

#[test]
fn too_many_signatures_are_refused() {
    let wrong = STANDARD.replace("8b", "9b");
    let list = |count: usize| format!("{}{STANDARD}", format!("{wrong} ").repeat(count));
    Delivery::standard()
        .with("webhook-signature", &list(31))
        .passes();
    for list in [
        list(32),
        list(8000),
        format!("v2,{} {STANDARD}", "a".repeat(4096)),
    ] {
        refused!(
            Delivery::standard().with("webhook-signature", &list),
            WebhookError::TooManySignatures
        );
    }
    let mut delivery = Delivery::standard();
    for _ in 0..100 {
        delivery
            .headers
            .append("webhook-signature", wrong.parse().unwrap());
    }
    refused!(delivery, WebhookError::TooManySignatures);
}

/// Other code might read the header that is not signed.
#[test]
fn repeated_headers_are_refused() {
    for (delivery, name) in [
        (Delivery::standard(), "webhook-id"),
        (Delivery::standard(), "webhook-timestamp"),
        (Delivery::legacy(), "x-webhook-timestamp"),
        (Delivery::legacy(), "x-webhook-signature"),
    ] {
        let mut delivery = delivery;
        delivery.headers.append(name, "1700000000".parse().unwrap());
        let result = delivery.check();
        assert!(
            matches!(result, Err(WebhookError::RepeatedHeader(repeated)) if repeated == name),
            "{result:?}"
        );
    }
}

/// In `{id}.{timestamp}`, a dot in the id would be ambiguous.
#[test]
fn an_id_with_a_dot_is_refused() {
    refused!(
        Delivery::standard().with("webhook-id", "evt.0001"),
        WebhookError::MalformedHeader("webhook-id")
    );
}
