//! Errors: what they say, and where.

use crate::sample::{ChatPage, Message};
use sdkwright_runtime::Value;
use sdkwright_runtime::codec::{Decode, DecodeError, from_slice};

fn error<T: Decode>(json: &str) -> DecodeError {
    from_slice::<T>(json.as_bytes()).err().expect("an error")
}

fn said<T: Decode>(json: &str) -> String {
    error::<T>(json).to_string()
}

#[test]
fn the_path_names_the_value() {
    let chat =
        r#""handles":[],"is_group":false,"unread_count":0,"created_at":"2025-01-15T10:30:00Z""#;
    let json = format!(r#"{{"data":[{{"id":"a",{chat}}},{{"x":[{{"id":1}},2],"id":7,{chat}}}]}}"#);
    let error = error::<ChatPage>(&json);
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
fn the_path_goes_through_unions() {
    let message = |part: &str| {
        format!(r#"{{"id":"a","status":"read","parts":[{{"type":"text","value":"x"}}, {part}]}}"#)
    };
    assert_eq!(
        said::<Message>(&message(r#"{"type":"media","url":"u","size_bytes":-1}"#)),
        "parts[1].size_bytes: integer out of range (unsigned 64 bits)"
    );
    assert_eq!(
        said::<Message>(&message(r#"{"type":"text", "other": [1, {}] }"#)),
        "parts[1]: missing field `value`"
    );
    assert_eq!(
        said::<Message>(&message(
            r#"{"type":"media","url":"u","size_bytes":1,"dimensions":[1]}"#
        )),
        "parts[1].dimensions: expected an array of at least 2 elements"
    );
}

#[test]
fn a_missing_field_is_named_at_its_object() {
    assert_eq!(said::<Message>("{}"), "missing field `id`");
    assert_eq!(said::<Message>(r#"{"id":"a"}"#), "missing field `parts`");
    assert_eq!(
        said::<Message>(r#"{"parts":[],"extra":{"id":1},"status":"read"}"#),
        "missing field `id`"
    );
    assert_eq!(
        said::<Message>(
            r#"{"id":"a","parts":[],"status":"read","reply_to":{"id":"b","parts":[ ] } }"#
        ),
        "reply_to: missing field `status`"
    );
}

#[test]
fn every_kind_is_called_by_its_name() {
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
            expect("a string", said::<String>(json));
        }
        if found != "a number" {
            expect("an integer", said::<i64>(json));
            expect("a number", said::<f64>(json));
        }
        if found != "a boolean" {
            expect("a boolean", said::<bool>(json));
        }
        if found != "an array" {
            expect("an array", said::<Vec<i64>>(json));
        }
        if found != "an object" {
            expect("an object", said::<Message>(json));
        }
    }
    assert_eq!(said::<()>("1"), "expected null");
}

#[test]
fn odd_names_are_quoted_and_long_ones_cut() {
    use std::collections::BTreeMap;
    type Map = BTreeMap<String, BTreeMap<String, i64>>;
    assert_eq!(
        said::<Map>(r#"{"a b":{"c.d":null}}"#),
        r#"["a b"]["c.d"]: expected an integer, found null"#
    );
    assert_eq!(
        said::<Map>(r#"{"":{"é":null}}"#),
        r#"[""].é: expected an integer, found null"#
    );
    let long = said::<Map>(&format!(r#"{{"{}":1}}"#, "x".repeat(1000)));
    assert_eq!(
        long,
        format!("{}…: expected an object, found a number", "x".repeat(64))
    );
}

#[test]
fn syntax_errors_say_line_and_column() {
    let error = error::<Value>("{\n  \"é\": [1,\n  2 3]\n}");
    assert_eq!(
        error.to_string(),
        "é: expected `,` or `]` at line 3 column 5"
    );
    assert!(error.is_syntax());
    assert_eq!(
        said::<Value>(""),
        "unexpected end of the text at line 1 column 1"
    );
    assert_eq!(
        said::<Value>("{\"a\": "),
        "a: unexpected end of the text at line 1 column 7"
    );
    assert_eq!(said::<Value>("[1,]"), "trailing comma at line 1 column 4");
    assert_eq!(
        said::<Value>("{\"a\":1,}"),
        "trailing comma at line 1 column 8"
    );
    assert_eq!(
        said::<Value>("{a:1}"),
        "expected a property name in double quotes at line 1 column 2"
    );
    assert_eq!(
        said::<Value>("[x]"),
        "[0]: expected a value at line 1 column 2"
    );
    assert_eq!(
        said::<Value>("[nul]"),
        "expected a value at line 1 column 5"
    );
}

#[test]
fn nothing_may_follow_the_value() {
    assert_eq!(
        said::<i64>("1 2"),
        "unexpected text after the value at line 1 column 3"
    );
    assert_eq!(
        said::<Value>("{}}"),
        "unexpected text after the value at line 1 column 3"
    );
    assert_eq!(from_slice::<i64>(b" \r\n\t1 \r\n\t"), Ok(1));
}

#[test]
fn errors_are_small_and_can_travel() {
    fn travels<T: std::error::Error + Send + Sync + Clone + 'static>() -> usize {
        size_of::<T>()
    }
    assert_eq!(travels::<DecodeError>(), size_of::<usize>());
}

#[test]
fn errors_do_not_repeat_the_text() {
    assert!(!said::<i64>("\"hunter2\"").contains("hunter2"));
    assert!(
        !format!("{:?}", error::<sdkwright_runtime::DateTime>("\"hunter2\"")).contains("hunter2")
    );
}
