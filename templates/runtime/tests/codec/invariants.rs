//! Properties of the codec that hold for any text and any value.

use crate::sample::{ChatPage, Message};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use sdkwright_runtime::Value;
use sdkwright_runtime::codec::{from_slice, to_vec};
use serde_json::{Map, Number, json};

use super::PAGE;

fn scalar_values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |float| Number::from_f64(float).map(Value::Number)),
        any::<String>().prop_map(Value::from),
    ]
}

fn json_values() -> impl Strategy<Value = Value> {
    scalar_values().prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..8)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

/// Messages as a server might send them, with known and unknown properties.
fn messages() -> impl Strategy<Value = Value> {
    let part = prop_oneof![
        any::<String>().prop_map(|text| json!({"type": "text", "value": text})),
        (any::<String>(), any::<u64>())
            .prop_map(|(url, size)| json!({"type": "media", "url": url, "size_bytes": size})),
        json_values().prop_map(|new| json!({"type": "new", "value": new})),
    ];
    let known = (
        any::<String>(),
        vec(part, 0..4),
        "read|sent|[a-z]{0,9}",
        any::<i64>(),
        any::<bool>(),
    );
    let unknown = btree_map("x_[a-z]{1,6}", json_values(), 0..4);
    (known, unknown, json_values()).prop_map(
        |((id, parts, status, priority, sent), unknown, sender)| {
            let mut message = Map::from_iter(unknown);
            let mut set = |name: &str, value: Value| message.insert(name.to_owned(), value);
            set("id", json!(id));
            set("parts", json!(parts));
            set("status", json!(status));
            set("priority", json!(priority));
            if sent {
                set("sent_at", Value::Null);
                set("day", json!("2025-01-15"));
            }
            set("sender", sender);
            Value::Object(message)
        },
    )
}

/// Whether two values are equal except in the last digit of floats, which `serde_json` does not
/// read exactly.
fn is_nearly_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| is_nearly_equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| {
                    right
                        .get(name)
                        .is_some_and(|right| is_nearly_equal(left, right))
                })
        }
        (Value::Number(left), Value::Number(right)) if left.is_f64() && right.is_f64() => {
            let (left, right) = (
                left.as_f64().unwrap_or_default(),
                right.as_f64().unwrap_or_default(),
            );
            // The last digit is a larger share of the smallest floats.
            (left - right).abs() <= left.abs().max(f64::MIN_POSITIVE) * 1e-15
        }
        _ => left == right,
    }
}

/// Valid JSON, and JSON with a fault.
fn json_texts() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{0,18})?([eE][-+]?[0-9]{0,3})?";
    let string = "\"([ -!#-\\[\\]-~é]|\\\\[\"\\\\/bfnrtu0]|\\\\u[0-9a-fA-F]{4}){0,6}\"";
    let leaf = prop_oneof![
        number,
        string,
        "null|true|false|nul|tru",
        "[ \t\r\n,:{}\\[\\]]{0,3}"
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        let member = (string, inner.clone()).prop_map(|(name, value)| format!("{name}:{value}"));
        prop_oneof![
            vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(" , "))),
        ]
    })
}

proptest! {
    #[test]
    fn the_codec_accepts_the_texts_that_serde_json_accepts(text in json_texts()) {
        let (ours, theirs) = (
            from_slice::<Value>(text.as_bytes()),
            serde_json::from_str::<Value>(&text),
        );
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}: {:?} {:?}", text, ours, theirs);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert!(is_nearly_equal(&ours, &theirs), "{} {}", ours, theirs);
        }
    }

    #[test]
    fn values_round_trip(value in json_values()) {
        let json = to_vec(&value);
        prop_assert_eq!(&from_slice::<Value>(&json).unwrap(), &value);
        prop_assert!(is_nearly_equal(&serde_json::from_slice::<Value>(&json).unwrap(), &value));
        prop_assert_eq!(&from_slice::<Value>(&serde_json::to_vec_pretty(&value).unwrap()).unwrap(), &value);
    }

    #[test]
    fn messages_round_trip_with_unknown_properties(json in messages()) {
        let message: Message = from_slice(json.to_string().as_bytes()).unwrap();
        let again = to_vec(&message);
        prop_assert_eq!(&from_slice::<Value>(&again).unwrap(), &json);
        prop_assert_eq!(&from_slice::<Message>(&again).unwrap(), &message);
        prop_assert_eq!(&serde_json::to_value(&message).unwrap(), &json);
    }

    #[test]
    fn numbers_round_trip(float in any::<f64>(), signed in any::<i64>(), unsigned in any::<u64>()) {
        prop_assert_eq!(from_slice::<i64>(&to_vec(&signed)).unwrap(), signed);
        prop_assert_eq!(from_slice::<u64>(&to_vec(&unsigned)).unwrap(), unsigned);
        prop_assert_eq!(from_slice::<i64>(format!("{signed}.00").as_bytes()).unwrap(), signed);
        if float.is_finite() {
            prop_assert_eq!(from_slice::<f64>(&to_vec(&float)).unwrap().to_bits(), float.to_bits());
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in vec(any::<u8>(), 0..64)) {
        check_against_serde_json(&bytes)?;
    }

    #[test]
    fn any_punctuation_is_decoded_or_refused(text in r#"[\[\]{}:,"\\ntfu0-9eE.+\- ]{0,24}"#) {
        check_against_serde_json(text.as_bytes())?;
    }

    #[test]
    fn a_damaged_text_is_decoded_or_refused(position in 0..PAGE.len(), bytes in vec(any::<u8>(), 0..4), cut in 0_usize..4) {
        let mut page = PAGE.as_bytes().to_vec();
        let end = (position + cut).min(page.len());
        page.splice(position..end, bytes);
        check_against_serde_json(&page)?;
        if let Err(error) = from_slice::<ChatPage>(&page) {
            prop_assert!(error.offset() <= page.len());
            prop_assert!(error.line() > 0 && error.column() > 0 && !error.to_string().is_empty());
        }
    }
}

/// Checks that the codec accepts a text exactly if `serde_json` does, and decodes the same value.
fn check_against_serde_json(json: &[u8]) -> Result<(), TestCaseError> {
    match (
        from_slice::<Value>(json),
        serde_json::from_slice::<Value>(json),
    ) {
        (Ok(ours), Ok(theirs)) => prop_assert!(is_nearly_equal(&ours, &theirs), "{ours} {theirs}"),
        (Err(_), Err(_)) => {}
        (ours, theirs) => prop_assert!(false, "{ours:?} {theirs:?}"),
    }
    Ok(())
}
