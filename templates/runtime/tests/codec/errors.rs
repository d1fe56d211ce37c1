//! Messages and paths of decode errors.

use crate::sample::{ChatPage, Message};
use sdkwright_runtime::Value;
use sdkwright_runtime::codec::{Decode, DecodeError, from_slice};

fn decode_error<T: Decode>(json: &str) -> DecodeError {
    from_slice::<T>(json.as_bytes()).err().expect("an error")
}

fn decode_message<T: Decode>(json: &str) -> String {
    decode_error::<T>(json).to_string()
}

#[test]
fn the_path_leads_to_the_value() {
    let chat =
        r#""handles":[],"is_group":false,"unread_count":0,"created_at":"2025-01-15T10:30:00Z""#;
    let json = format!(r#"{{"data":[{{"id":"a",{chat}}},{{"x":[{{"id":1}},2],"id":7,{chat}}}]}}"#);
    let error = decode_error::<ChatPage>(&json);
    assert_eq!(
        error.to_string(),
        "data[1].id: expected a string, found a number"
    );
    assert_eq!(error.path(), "data[1].id");
    assert_eq!(error.message(), "expected a string, found a number");
    assert_eq!(json.as_bytes()[error.offset()], b'7');
    assert_eq!((error.line(), error.column()), (1, error.offset() + 1));
    assert!(!error.is_syntax());
}

#[test]
fn the_path_leads_through_unions() {
    let message = |part: &str| {
        format!(r#"{{"id":"a","status":"read","parts":[{{"type":"text","value":"x"}}, {part}]}}"#)
    };
    assert_eq!(
        decode_message::<Message>(&message(r#"{"type":"media","url":"u","size_bytes":-1}"#)),
        "parts[1].size_bytes: integer out of range (unsigned 64 bits)"
    );
    assert_eq!(
        decode_message::<Message>(&message(r#"{"type":"text", "other": [1, {}] }"#)),
        "parts[1]: missing field `value`"
    );
    assert_eq!(
        decode_message::<Message>(&message(
            r#"{"type":"media","url":"u","size_bytes":1,"dimensions":[1]}"#
        )),
        "parts[1].dimensions: expected an array of at least 2 elements"
    );
}

#[test]
fn a_missing_field_is_reported_at_its_object() {
    assert_eq!(decode_message::<Message>("{}"), "missing field `id`");
    assert_eq!(
        decode_message::<Message>(r#"{"id":"a"}"#),
        "missing field `parts`"
    );
    assert_eq!(
        decode_message::<Message>(r#"{"parts":[],"extra":{"id":1},"status":"read"}"#),
        "missing field `id`"
    );
    assert_eq!(
        decode_message::<Message>(
            r#"{"id":"a","parts":[],"status":"read","reply_to":{"id":"b","parts":[ ] } }"#
        ),
        "reply_to: missing field `status`"
    );
}

#[test]
fn the_message_names_the_json_type() {
    for (json, found) in [
        ("null", "null"),
        ("true", "a boolean"),
        ("1", "a number"),
        ("\"\"", "a string"),
        ("[]", "an array"),
        ("{}", "an object"),
    ] {
        let expect = |expected: &str, said: String| {
            assert_eq!(said, format!("expected {expected}, found {found}"));
        };
        if found != "a string" {
            expect("a string", decode_message::<String>(json));
        }
        if found != "a number" {
            expect("an integer", decode_message::<i64>(json));
            expect("a number", decode_message::<f64>(json));
        }
        if found != "a boolean" {
            expect("a boolean", decode_message::<bool>(json));
        }
        if found != "an array" {
            expect("an array", decode_message::<Vec<i64>>(json));
        }
        if found != "an object" {
            expect("an object", decode_message::<Message>(json));
        }
    }
    assert_eq!(decode_message::<()>("1"), "expected null");
}

#[test]
fn unusual_names_are_quoted_and_long_names_are_cut() {
    use std::collections::BTreeMap;
    type Map = BTreeMap<String, BTreeMap<String, i64>>;
    assert_eq!(
        decode_message::<Map>(r#"{"a b":{"c.d":null}}"#),
        r#"["a b"]["c.d"]: expected an integer, found null"#
    );
    assert_eq!(
        decode_message::<Map>(r#"{"":{"é":null}}"#),
        r#"[""].é: expected an integer, found null"#
    );
    let long = decode_message::<Map>(&format!(r#"{{"{}":1}}"#, "x".repeat(1000)));
    assert_eq!(
        long,
        format!("{}…: expected an object, found a number", "x".repeat(64))
    );
}

#[test]
fn syntax_errors_have_a_line_and_column() {
    let error = decode_error::<Value>("{\n  \"é\": [1,\n  2 3]\n}");
    assert_eq!(
        error.to_string(),
        "é: expected `,` or `]` at line 3 column 5"
    );
    assert!(error.is_syntax());
    assert_eq!(
        decode_message::<Value>(""),
        "unexpected end of the text at line 1 column 1"
    );
    assert_eq!(
        decode_message::<Value>("{\"a\": "),
        "a: unexpected end of the text at line 1 column 7"
    );
    assert_eq!(
        decode_message::<Value>("[1,]"),
        "trailing comma at line 1 column 4"
    );
    assert_eq!(
        decode_message::<Value>("{\"a\":1,}"),
        "trailing comma at line 1 column 8"
    );
    assert_eq!(
        decode_message::<Value>("{a:1}"),
        "expected a property name in double quotes at line 1 column 2"
    );
    assert_eq!(
        decode_message::<Value>("[x]"),
        "[0]: expected a value at line 1 column 2"
    );
    assert_eq!(
        decode_message::<Value>("[nul]"),
        "expected a value at line 1 column 5"
    );
}

#[test]
fn trailing_text_is_an_error() {
    assert_eq!(
        decode_message::<i64>("1 2"),
        "unexpected text after the value at line 1 column 3"
    );
    assert_eq!(
        decode_message::<Value>("{}}"),
        "unexpected text after the value at line 1 column 3"
    );
    assert_eq!(from_slice::<i64>(b" \r\n\t1 \r\n\t"), Ok(1));
}

#[test]
fn errors_are_small_send_and_sync() {
    fn size_of_error<T: std::error::Error + Send + Sync + Clone + 'static>() -> usize {
        size_of::<T>()
    }
    assert_eq!(size_of_error::<DecodeError>(), size_of::<usize>());
}

#[test]
fn errors_do_not_repeat_the_text() {
    assert!(!decode_message::<i64>("\"hunter2\"").contains("hunter2"));
    assert!(
        !format!(
            "{:?}",
            decode_error::<sdkwright_runtime::DateTime>("\"hunter2\"")
        )
        .contains("hunter2")
    );
}
