//! Webhook schemes other than Standard Webhooks and the older scheme.

use std::time::{Duration, UNIX_EPOCH};

use sdkwright_runtime::__private::{Api, WebhookHeaders, WebhookScheme};
use sdkwright_runtime::webhook::verify_scheme;
use sdkwright_runtime::{Error, HeaderMap, Value, WebhookError};

use crate::delivery::{BODY, Delivery, SECRET, STANDARD, TIME, refused};
use crate::support::{API, builder_of};

fn svix() -> Delivery {
    Delivery::of(&[
        ("Svix-Id", "evt_0001"),
        ("svix-timestamp", "1700000000"),
        ("svix-signature", STANDARD),
    ])
}

/// Verifies a delivery by a scheme.
fn check(scheme: WebhookScheme, headers: &HeaderMap) -> Result<(), WebhookError> {
    let now = UNIX_EPOCH + Duration::from_secs(TIME);
    verify_scheme(scheme, [SECRET], headers, BODY, now)
}

#[test]
fn svix_headers_are_accepted_as_standard_webhooks() {
    svix().passes();
    refused!(svix().with("svix-id", "evt_0002"), WebhookError::NoMatch);
    refused!(
        svix().with("svix-id", "evt.1"),
        WebhookError::MalformedHeader("svix-id")
    );
    refused!(
        svix().without("svix-timestamp"),
        WebhookError::MissingHeader("svix-timestamp")
    );
    refused!(svix().at(TIME + 301), WebhookError::Stale);
    // The headers of the specification take precedence.
    refused!(
        svix().with("webhook-id", "evt_0001"),
        WebhookError::MissingHeader(_)
    );
}

#[test]
fn an_api_may_declare_the_names_of_the_headers() {
    let scheme = WebhookScheme::Standard(WebhookHeaders {
        id: "acme-id",
        timestamp: "acme-timestamp",
        signature: "acme-signature",
    });
    let acme = |signature: &str| {
        Delivery::of(&[
            ("Acme-Id", "evt_0001"),
            ("Acme-Timestamp", "1700000000"),
            ("Acme-Signature", signature),
        ])
    };
    check(scheme, &acme(STANDARD).headers).unwrap();
    let result = check(scheme, &acme(&STANDARD.replace("8b", "9b")).headers);
    assert!(matches!(result, Err(WebhookError::NoMatch)), "{result:?}");
    let result = check(scheme, &Delivery::standard().headers);
    assert!(
        matches!(result, Err(WebhookError::MissingHeader("acme-id"))),
        "{result:?}"
    );
}

#[test]
fn the_body_alone_can_be_signed() {
    // The example of GitHub's documentation.
    let headers = |signature: &str| -> HeaderMap {
        Delivery::of(&[("X-Hub-Signature-256", signature)]).headers
    };
    let check = |signature: &str, body: &[u8]| {
        let header = "x-hub-signature-256";
        let scheme = WebhookScheme::Body { header };
        let secret = ["It's a Secret to Everybody"];
        verify_scheme(scheme, secret, &headers(signature), body, UNIX_EPOCH)
    };
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    check(signature, b"Hello, World!").unwrap();
    assert!(matches!(
        check(signature, b"Hello, world!"),
        Err(WebhookError::NoMatch)
    ));
    assert!(matches!(
        check("sha1=00", b""),
        Err(WebhookError::UnknownVersion)
    ));
    assert!(matches!(
        check("sha256=00", b""),
        Err(WebhookError::TruncatedSignature)
    ));
}

static UNKNOWN: Api = Api {
    webhook_scheme: WebhookScheme::Unknown {
        header: "x-acme-signature",
    },
    schemes: &[],
    security: &[],
    credentials: &[],
    ..API
};

#[test]
fn an_unknown_scheme_needs_a_verifier() {
    let builder = || builder_of(&UNKNOWN).base_url("https://pets.invalid");
    let headers = Delivery::standard().headers;
    let client = builder().webhook_secret(SECRET).build().unwrap();
    let error = client.unwrap_webhook::<Value>(&headers, BODY).unwrap_err();
    assert_eq!(
        error.to_string(),
        "webhook: this SDK cannot verify the signature in `x-acme-signature`; give the client's \
         builder a `webhook_verifier`"
    );
    let verifier = |headers: &HeaderMap, body: &[u8]| match headers.get("x-acme-signature") {
        Some(length) if length.as_bytes() == body.len().to_string().as_bytes() => Ok(()),
        _ => Err(WebhookError::refused("the signature is wrong")),
    };
    let client = builder().webhook_verifier(verifier).build().unwrap();
    let client = client
        .with_options(|options| options.max_retries(0))
        .unwrap();
    let error = client.unwrap_webhook::<Value>(&headers, b"{").unwrap_err();
    assert!(
        matches!(&error, Error::Webhook(WebhookError::Refused(reason)) if reason == "the signature is wrong"),
        "{error:?}"
    );
    let mut headers = headers;
    headers.insert("x-acme-signature", BODY.len().into());
    let event: Value = client.unwrap_webhook(&headers, BODY).unwrap();
    assert_eq!(event["event_type"], "message.sent");
}

#[test]
fn a_delivery_can_be_decoded_without_verification() {
    let builder = builder_of(&UNKNOWN).base_url("https://pets.invalid");
    let client = builder.build().unwrap();
    let event: Value = client.unwrap_webhook_unverified(BODY).unwrap();
    assert_eq!(event["event_type"], "message.sent");
    let error = client.unwrap_webhook_unverified::<Value>(b"{").unwrap_err();
    assert!(
        matches!(&error, Error::Webhook(WebhookError::Payload(_))),
        "{error:?}"
    );
}
