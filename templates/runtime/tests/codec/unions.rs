//! Unions: matched by a discriminator, by properties or by trial, with a variant for unknown
//! values.

use crate::sample::{MessagePart, Sender};
use sdkwright_runtime::__private::{JsonKind, Reader};
use sdkwright_runtime::codec::{Decode, DecodeError, from_slice, to_vec};
use serde_json::{Value, json};

fn decode_part(json: &str) -> Result<MessagePart, String> {
    from_slice(json.as_bytes()).map_err(|error| error.to_string())
}

/// Returns what `look` reads in a value that was skipped.
fn inspect_raw<R>(json: &str, look: impl Fn(sdkwright_runtime::__private::RawJson<'_>) -> R) -> R {
    let mut reader = Reader::new(json.as_bytes());
    look(reader.raw().expect("a valid value"))
}

#[test]
fn the_discriminator_may_stand_anywhere_in_the_object() {
    assert!(matches!(
        decode_part(r#"{"type":"text","value":"x"}"#),
        Ok(MessagePart::Text(_))
    ));
    assert!(matches!(
        decode_part(r#"{"value":"x","type":"t\u0065xt"}"#),
        Ok(MessagePart::Text(_))
    ));
    assert!(matches!(
        decode_part(r#"{"type":"media","url":"u","size_bytes":1}"#),
        Ok(MessagePart::Media(_))
    ));
}

#[test]
fn the_last_of_two_discriminators_wins() {
    assert!(matches!(
        decode_part(r#"{"type":"media","value":"x","type":"text"}"#),
        Ok(MessagePart::Text(_))
    ));
}

#[test]
fn an_unknown_discriminator_value_keeps_the_json() {
    for json in [
        r#"{"n":[1,2],"type":"sticker"}"#,
        r#"{"n":1}"#,
        r#"{"type":null}"#,
        r#""text""#,
        "null",
        "[1]",
    ] {
        let part = decode_part(json).unwrap();
        assert!(matches!(part, MessagePart::Unknown(_)), "{json}");
        assert_eq!(to_vec(&part), json.as_bytes());
    }
}

#[test]
fn a_known_discriminator_value_with_invalid_properties_is_an_error() {
    assert_eq!(
        decode_part(r#"{"type":"text"}"#).unwrap_err(),
        "missing field `value`"
    );
    assert_eq!(
        decode_part(r#"{"type":"text","value":1}"#).unwrap_err(),
        "value: expected a string, found a number"
    );
}

#[test]
fn a_discriminator_can_be_a_number_or_a_boolean() {
    inspect_raw(
        r#"{"a":1,"b":true,"c":"x","d":null,"e":[1],"f":{"c":"y"},"g":-1.50}"#,
        |raw| {
            let tag = |name| raw.discriminator(name).map(std::borrow::Cow::into_owned);
            assert_eq!(tag("a").as_deref(), Some("1"));
            assert_eq!(tag("b").as_deref(), Some("true"));
            assert_eq!(tag("c").as_deref(), Some("x"));
            assert_eq!(tag("g").as_deref(), Some("-1.50"));
            assert_eq!(
                [tag("d"), tag("e"), tag("f"), tag("z")],
                [None, None, None, None]
            );
            assert!(
                raw.discriminator_is("c", "x")
                    && !raw.discriminator_is("c", "y")
                    && !raw.discriminator_is("z", "")
            );
        },
    );
}

#[test]
fn raw_json_finds_properties() {
    inspect_raw(r#"{"a":1,"b":null,"a":2,"c":{"d":1}}"#, |raw| {
        assert!(raw.has(&[]) && raw.has(&["a"]) && raw.has(&["c", "b", "a"]));
        assert!(!raw.has(&["d"]) && !raw.has(&["a", "z"]));
        assert!(raw.has_any(&["z", "b"]) && !raw.has_any(&["d", "z"]) && !raw.has_any(&[]));
    });
    assert!(inspect_raw("{}", |raw| raw.has(&[])));
    assert!(!inspect_raw("[]", |raw| raw.has(&[])));
    assert!(!inspect_raw("\"a\"", |raw| raw.has(&["a"])));
    assert!(!inspect_raw("[\"a\"]", |raw| raw.has_any(&["a"])));
}

#[test]
fn raw_json_knows_its_type_by_the_first_byte() {
    let kinds = [
        ("null", JsonKind::Null),
        ("true", JsonKind::Bool),
        ("false", JsonKind::Bool),
        ("-1", JsonKind::Number),
        ("0", JsonKind::Number),
        ("\"\"", JsonKind::String),
        ("[]", JsonKind::Array),
        ("{}", JsonKind::Object),
    ];
    for (json, kind) in kinds {
        assert_eq!(inspect_raw(json, |raw| raw.kind()), kind);
        assert_eq!(Reader::new(json.as_bytes()).kind(), Ok(kind));
    }
}

#[test]
fn untagged_unions_try_each_variant() {
    let handle = r#"{"id":"h","handle":"x","service":"SMS","joined_at":"2025-01-15T10:30:00Z","left_at":null}"#;
    assert!(matches!(
        from_slice(handle.as_bytes()),
        Ok(Sender::Handle(_))
    ));
    assert!(matches!(from_slice(b"\"Ana\""), Ok(Sender::Name(_))));
    let near = json!({"handle": "x", "service": "SMS"});
    assert_eq!(
        from_slice(near.to_string().as_bytes()),
        Ok(Sender::Unknown(near))
    );
}

#[test]
fn a_failed_attempt_leaves_the_reader_unchanged() {
    // The attempt fails deep inside an object. The rest is decoded as if there had been no attempt.
    let json = r#"[{"handle":"x","service":{"a":[[[1"#.to_owned() + r#"]]]}},"Ana"]"#;
    let senders: Vec<Sender> = from_slice(json.as_bytes()).unwrap();
    assert!(matches!(
        senders.as_slice(),
        [Sender::Unknown(_), Sender::Name(_)]
    ));
}

/// A union that has another union as a variant.
#[derive(Debug, PartialEq)]
enum Nested {
    Sender(Sender),
    Part(MessagePart),
    Unknown(Value),
}

impl Decode for Nested {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let raw = r.raw()?;
        if let Some(value) = r.attempt(raw) {
            return Ok(Self::Sender(value));
        }
        if let Some(value) = r.attempt(raw) {
            return Ok(Self::Part(value));
        }
        r.unknown(raw).map(Self::Unknown)
    }
}

#[test]
fn a_union_that_is_tried_rejects_unknown_values() {
    let nested = |json: &str| from_slice::<Nested>(json.as_bytes()).unwrap();
    assert!(matches!(nested("\"Ana\""), Nested::Sender(Sender::Name(_))));
    assert!(matches!(
        nested(r#"{"type":"text","value":"x"}"#),
        Nested::Part(MessagePart::Text(_))
    ));
    assert_eq!(nested(r#"{"n":1}"#), Nested::Unknown(json!({"n": 1})));
}

#[test]
fn values_inside_a_tried_variant_may_be_unknown() {
    let json = r#"[[{"n":1}],{"n":2}]"#;
    let senders: (Option<Vec<Sender>>, Sender) = {
        let mut reader = Reader::new(json.as_bytes());
        let raw = reader.raw().unwrap();
        reader.attempt(raw).unwrap()
    };
    let (Some(inner), Sender::Unknown(last)) = senders else {
        panic!("{senders:?}");
    };
    assert!(matches!(inner.as_slice(), [Sender::Unknown(_)]));
    assert_eq!(last, json!({"n": 2}));
}

/// A type that tries itself twice at each level, which would double the work with each level.
#[derive(Debug)]
struct Doubling;

impl Decode for Doubling {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let raw = r.raw()?;
        if raw.kind() == JsonKind::Array
            && (r.attempt::<(Self, ())>(raw).is_some() || r.attempt::<(Self, bool)>(raw).is_some())
        {
            return Ok(Self);
        }
        r.nested::<serde_json::Value>(raw).map(|_| Self)
    }
}

#[test]
fn the_number_of_attempts_is_limited() {
    let depth = 100;
    let json = format!("{}1{}", "[".repeat(depth), ",2]".repeat(depth));
    assert!(from_slice::<Doubling>(json.as_bytes()).is_ok());
}
