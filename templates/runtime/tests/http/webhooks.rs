//! Webhooks: both schemes, their secrets and their headers.

use sdkwright_runtime::webhook::{sign_delivery, unwrap, verify};
use sdkwright_runtime::{Value, WebhookError};

use crate::delivery::{BODY, Delivery, LEGACY, SECRET, refused};

#[test]
fn deliveries_of_both_schemes_pass() {
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

/// A secret that is not base64 may belong to the older scheme.
#[test]
fn secrets_of_both_schemes_for_rotation() {
    for secrets in [["a legacy secret!", SECRET], [SECRET, "a legacy secret!"]] {
        Delivery::standard().secrets(&secrets).passes();
        Delivery::legacy().secrets(&secrets).passes();
        refused!(
            Delivery::standard()
                .secrets(&secrets)
                .with("webhook-id", "forged"),
            WebhookError::NoMatch
        );
    }
    refused!(
        Delivery::standard().secrets(&["a legacy secret!", "another!"]),
        WebhookError::MalformedSecret
    );
}

#[test]
fn space_around_a_secret_is_ignored() {
    let secret = format!("\t{SECRET}\r\n");
    Delivery::standard().secrets(&[&secret]).passes();
    Delivery::legacy().secrets(&[&secret]).passes();
}

#[test]
fn invalid_secrets_are_refused() {
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
fn missing_headers_are_named() {
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
fn standard_headers_take_precedence() {
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
fn checks_have_a_fixed_order() {
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
fn headers_that_are_not_text_are_named() {
    let mut delivery = Delivery::standard();
    delivery.headers.insert(
        "webhook-id",
        http::HeaderValue::from_bytes(b"\xff").unwrap(),
    );
    refused!(delivery, WebhookError::MalformedHeader("webhook-id"));
}

#[test]
fn the_payload_is_parsed_only_after_verification() {
    let delivery = Delivery::standard();
    let result = unwrap::<Value, _>([SECRET], &delivery.headers, b"not json");
    assert!(matches!(result, Err(WebhookError::Stale)), "{result:?}");
}

#[test]
fn errors_show_no_secret() {
    let error = Delivery::standard()
        .secrets(&["whsec_hush!"])
        .check()
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[test]
fn signed_deliveries_pass() {
    let headers = sign_delivery(SECRET, "evt_1", BODY).unwrap();
    verify([SECRET], &headers, BODY).unwrap();
    let forged = verify([SECRET], &headers, b"{}").unwrap_err();
    assert!(matches!(forged, WebhookError::NoMatch), "{forged}");
    for (secret, id) in [("", "evt_1"), ("not base64!", "evt_1"), (SECRET, "a\nb")] {
        assert!(sign_delivery(secret, id, BODY).is_err(), "{secret} {id}");
    }
}
