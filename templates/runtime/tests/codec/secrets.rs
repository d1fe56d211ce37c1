//! Secrets: encoded in requests, and never printed.

use crate::sample::MessagePart;
use sdkwright_runtime::Secret;
use sdkwright_runtime::codec::{from_slice, to_vec};

#[test]
fn secrets_are_not_printed() {
    assert_eq!(
        format!("{:?}", Secret::from("hunter2")),
        "Secret([redacted])"
    );
    let part = br#"{"type":"media","url":"u","size_bytes":1,"password":"hunter2"}"#;
    let part: MessagePart = from_slice(part).unwrap();
    let shown = format!("{part:?} {part:#?}");
    assert!(shown.contains("redacted") && !shown.contains("hunter2"));
}

#[test]
fn secrets_are_encoded() {
    let secret: Secret = from_slice(br#""hunter\u0032""#).unwrap();
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(to_vec(&secret), b"\"hunter2\"");
    assert_eq!(serde_json::to_string(&secret).unwrap(), "\"hunter2\"");
    assert_eq!(
        serde_json::from_str::<Secret>("\"hunter2\"").unwrap(),
        secret
    );
}

#[test]
fn secrets_compare_by_their_text() {
    assert_eq!(Secret::from("a"), Secret::from("a".to_owned()));
    assert_ne!(Secret::from("a"), Secret::from("b"));
    assert_ne!(Secret::from("a"), Secret::from("aa"));
    assert_eq!(Secret::from(&"a".to_owned()).clone(), Secret::from("a"));
    assert!(Secret::from("").is_empty());
}

#[test]
fn debug_of_readers_and_writers_hides_the_text() {
    use sdkwright_runtime::__private::{Reader, Writer};
    let mut reader = Reader::new(b"\"hunter2\"");
    let raw = reader.raw().unwrap();
    let mut writer = Writer::new();
    writer.str("hunter2");
    assert!(!format!("{reader:?} {raw:?} {writer:?}").contains("hunter2"));
}
