//! Equality of objects and unions.

use crate::sample::{ChatPage, MediaPart, MessagePart, Sender, TextPart};
use sdkwright_runtime::codec::{Extra, from_slice};
use serde_json::Value;

fn text(json: &str) -> TextPart {
    from_slice(json.as_bytes()).expect("a part")
}

#[test]
fn objects_with_different_properties_differ() {
    let page: ChatPage = from_slice(crate::PAGE.as_bytes()).unwrap();
    let mut other = page.clone();
    assert_eq!(page, other);
    other.data[0].unread_count += 1;
    assert_ne!(page, other);
}

#[test]
fn unknown_properties_are_compared_in_any_order() {
    let one = text(r#"{"type":"text","value":"v","a":1,"b":[true]}"#);
    assert_eq!(one, text(r#"{"b":[true],"a":1,"value":"v","type":"text"}"#));
    assert_ne!(one, text(r#"{"b":[true],"a":2,"value":"v","type":"text"}"#));
    let mut other = one.clone();
    other.extra = Extra::from_iter([("b", Value::from(vec![true])), ("a", Value::from(1))]);
    assert_eq!(one, other);
}

#[test]
fn secrets_are_compared() {
    let media = |password: &str| -> MediaPart {
        let json =
            format!(r#"{{"type":"media","url":"u","size_bytes":1,"password":"{password}"}}"#);
        from_slice(json.as_bytes()).unwrap()
    };
    assert_eq!(media("a"), media("a"));
    assert_ne!(media("a"), media("b"));
}

/// The two variants have the same JSON.
#[test]
fn unions_with_different_variants_differ() {
    let known = Sender::Name("Ada".to_owned());
    assert_eq!(known, known.clone());
    assert_ne!(known, Sender::Unknown(Value::from("Ada")));
    let part = text(r#"{"type":"text","value":"v"}"#);
    assert_eq!(MessagePart::Text(part.clone()), MessagePart::Text(part));
}

/// The text is nested too deeply to be decoded again.
#[test]
fn texts_nested_too_deeply_are_compared_byte_by_byte() {
    let deep = |last: i64| {
        let value = (0..200).fold(Value::from(last), |value, _| Value::Array(vec![value]));
        let mut part = text(r#"{"type":"text","value":"v"}"#);
        part.extra.insert("deep", value);
        part
    };
    assert_eq!(deep(1), deep(1));
    assert_ne!(deep(1), deep(2));
}
