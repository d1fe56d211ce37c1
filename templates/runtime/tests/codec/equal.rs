//! When objects and unions are equal.

use crate::sample::{ChatPage, MediaPart, MessagePart, Sender, TextPart};
use sdkwright_runtime::codec::{Extra, from_slice};
use serde_json::Value;

fn text(json: &str) -> TextPart {
    from_slice(json.as_bytes()).expect("a part")
}

#[test]
fn members_tell_objects_apart() {
    let page: ChatPage = from_slice(crate::PAGE.as_bytes()).unwrap();
    let mut other = page.clone();
    assert_eq!(page, other);
    other.data[0].unread_count += 1;
    assert_ne!(page, other);
}

#[test]
fn unknown_members_count_in_any_order() {
    let one = text(r#"{"type":"text","value":"v","a":1,"b":[true]}"#);
    assert_eq!(one, text(r#"{"b":[true],"a":1,"value":"v","type":"text"}"#));
    assert_ne!(one, text(r#"{"b":[true],"a":2,"value":"v","type":"text"}"#));
    let mut other = one.clone();
    other.extra = Extra::from_iter([("b", Value::from(vec![true])), ("a", Value::from(1))]);
    assert_eq!(one, other);
}

#[test]
fn secrets_count() {
    let media = |password: &str| -> MediaPart {
        let json =
            format!(r#"{{"type":"media","url":"u","size_bytes":1,"password":"{password}"}}"#);
        from_slice(json.as_bytes()).unwrap()
    };
    assert_eq!(media("a"), media("a"));
    assert_ne!(media("a"), media("b"));
}

/// Two variants that are the same on the wire.
#[test]
fn variants_tell_unions_apart() {
    let known = Sender::Name("Ada".to_owned());
    assert_eq!(known, known.clone());
    assert_ne!(known, Sender::Unknown(Value::from("Ada")));
    let part = text(r#"{"type":"text","value":"v"}"#);
    assert_eq!(MessagePart::Text(part.clone()), MessagePart::Text(part));
}

/// A text that is too deep to be read again.
#[test]
fn what_is_too_deep_to_read_is_compared_as_it_is() {
    let deep = |last: i64| {
        let value = (0..200).fold(Value::from(last), |value, _| Value::Array(vec![value]));
        let mut part = text(r#"{"type":"text","value":"v"}"#);
        part.extra.insert("deep", value);
        part
    };
    assert_eq!(deep(1), deep(1));
    assert_ne!(deep(1), deep(2));
}
