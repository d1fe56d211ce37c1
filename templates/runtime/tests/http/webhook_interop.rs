//! Webhooks and the `standardwebhooks` package: each verifies the signatures of the other.
//!
//! `cargo xtask interop` installs the package for node. The variable `SDKWRIGHT_STANDARDWEBHOOKS`
//! contains its path.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sdkwright_runtime::webhook::{unwrap, verify_at};
use sdkwright_runtime::{HeaderMap, Value, WebhookError};
use sha2::Sha256;

/// Signs and verifies each delivery.
const SCRIPT: &str = r#"
const { Webhook } = require("standardwebhooks");
let input = "";
process.stdin.on("data", (data) => (input += data));
process.stdin.on("end", () => {
  const answers = JSON.parse(input).map(({ secret, id, timestamp, signature, body }) => {
    const webhook = new Webhook(secret);
    let verifies = true;
    try {
      webhook.verify(body, {
        "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature,
      }, { jsonParse: false });
    } catch { verifies = false; }
    return { signature: webhook.sign(id, new Date(timestamp * 1000), body), verifies };
  });
  console.log(JSON.stringify(answers));
});
"#;

struct Case {
    /// As base64, without its prefix.
    secret: String,
    id: String,
    body: String,
}

/// Secrets, ids and bodies of many kinds.
fn cases() -> Vec<Case> {
    let bodies = [
        "{}".to_owned(),
        String::new(),
        r#"{"event_type":"message.sent","data":{}}"#.to_owned(),
        "{\"text\":\"grün 🎉\",\r\n \"dots\": \"a.b.c\"}".to_owned(),
        format!("\"{}\"", "x".repeat(100_000)),
    ];
    let secrets = [&[7_u8; 24][..], &[0; 32], &[0xff; 64], b"\n"];
    let pairs = secrets
        .iter()
        .flat_map(|secret| bodies.iter().map(move |body| (secret, body)));
    pairs
        .enumerate()
        .map(|(number, (secret, body))| Case {
            secret: STANDARD.encode(secret),
            id: format!("msg_{number}-2_x"),
            body: body.clone(),
        })
        .collect()
}

fn sign(case: &Case, timestamp: u64) -> String {
    let key = STANDARD.decode(&case.secret).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{timestamp}.{}", case.id, case.body).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// Runs the package on the cases. Returns its signatures, and whether it accepts `sign`'s.
fn run_package(
    cases: &[Case],
    timestamp: u64,
    sign: impl Fn(&Case) -> String,
) -> Vec<(String, bool)> {
    let input: Vec<serde_json::Value> = cases
        .iter()
        .map(|case| {
            serde_json::json!({
                "secret": format!("whsec_{}", case.secret),
                "id": case.id,
                "timestamp": timestamp,
                "signature": sign(case),
                "body": case.body,
            })
        })
        .collect();
    let mut node = Command::new("node")
        .args(["-e", SCRIPT])
        .env(
            "NODE_PATH",
            env::var_os("SDKWRIGHT_STANDARDWEBHOOKS").unwrap(),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = serde_json::to_vec(&input).unwrap();
    node.stdin.take().unwrap().write_all(&text).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), cases.len());
    answers
        .iter()
        .map(|answer| {
            let signature = answer["signature"].as_str().unwrap().to_owned();
            (signature, answer["verifies"].as_bool().unwrap())
        })
        .collect()
}

fn headers(case: &Case, timestamp: u64, signature: &str) -> HeaderMap {
    [
        ("webhook-id", case.id.clone()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature.to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
    .collect()
}

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_secs()
}

#[test]
#[ignore = "needs the package standardwebhooks: cargo xtask interop"]
fn the_runtime_verifies_signatures_of_the_package() {
    let (cases, timestamp) = (cases(), 1_700_000_000);
    let at = UNIX_EPOCH + Duration::from_secs(timestamp);
    let answers = run_package(&cases, timestamp, |case| sign(case, timestamp));
    for (case, (signature, _)) in cases.iter().zip(answers) {
        let secret = format!("whsec_{}", case.secret);
        let delivery = headers(case, timestamp, &signature);
        verify_at([&secret], &delivery, case.body.as_bytes(), at).unwrap();
        let result = verify_at([&secret], &delivery, b"tampered", at);
        assert!(matches!(result, Err(WebhookError::NoMatch)), "{result:?}");
    }
}

#[test]
#[ignore = "needs the package standardwebhooks: cargo xtask interop"]
fn the_package_verifies_signatures_of_the_runtime() {
    let (cases, timestamp) = (cases(), now());
    for (case, (signature, verifies)) in cases
        .iter()
        .zip(run_package(&cases, timestamp, |case| sign(case, timestamp)))
    {
        assert!(verifies, "{}", case.id);
        assert_eq!(signature, sign(case, timestamp));
    }
    let forged = run_package(&cases, timestamp, |case| sign(case, timestamp + 1));
    assert!(forged.iter().all(|(_, verifies)| !verifies));
}

#[test]
fn a_genuine_delivery_is_unwrapped() {
    let case = Case {
        secret: STANDARD.encode([7; 32]),
        id: "msg_1".to_owned(),
        body: r#"{"event_type":"message.sent"}"#.to_owned(),
    };
    let timestamp = now();
    let delivery = headers(&case, timestamp, &sign(&case, timestamp));
    let event: Value = unwrap([&case.secret], &delivery, case.body.as_bytes()).unwrap();
    assert_eq!(event["event_type"], "message.sent");
}
