//! Malicious and truncated JSON.

use crate::sample::{ChatPage, Message, Sender};
use sdkwright_runtime::__private::Reader;
use sdkwright_runtime::codec::from_slice;
use sdkwright_runtime::{OpenTuple, Value};

use super::PAGE;

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn nesting_is_limited_to_128() {
    assert!(from_slice::<Value>(nested(128).as_bytes()).is_ok());
    let error = from_slice::<Value>(nested(129).as_bytes()).unwrap_err();
    assert_eq!(error.message(), "nested deeper than 128 levels");
    let objects = format!("{}1{}", "{\"a\":".repeat(129), "}".repeat(129));
    assert!(from_slice::<Value>(objects.as_bytes()).is_err());
    assert!(from_slice::<Value>(&b"[".repeat(1_000_000)).is_err());
    assert!(from_slice::<Value>(&b"{\"a\":".repeat(1_000_000)).is_err());
}

#[test]
fn nesting_is_limited_in_skipped_values() {
    assert!(Reader::new(nested(10_000).as_bytes()).raw().is_err());
    assert!(from_slice::<Sender>(nested(128).as_bytes()).is_ok());
    assert!(from_slice::<Sender>(nested(129).as_bytes()).is_err());
    let pair =
        |depth: usize| from_slice::<OpenTuple<(i32,)>>(format!("[1,{}]", nested(depth)).as_bytes());
    assert!(pair(100).is_ok());
    assert!(pair(1_000).is_err());
}

#[test]
fn nesting_is_limited_in_unknown_properties() {
    let message = |depth: usize| {
        let json = format!(
            r#"{{"id":"a","parts":[],"status":"read","new":{}}}"#,
            nested(depth)
        );
        from_slice::<Message>(json.as_bytes())
    };
    assert!(message(127).is_ok());
    assert_eq!(
        message(128).unwrap_err().message(),
        "nested deeper than 128 levels"
    );
}

#[test]
fn siblings_do_not_add_to_nesting() {
    let json = format!("[{0},{0},{{\"a\":{0}}}]", nested(126));
    assert!(from_slice::<Value>(json.as_bytes()).is_ok());
    let answers = (0..100).map(|n| format!(r#"{{"id":"{n}","parts":[],"status":"read"}}"#));
    let many = format!("[{}]", answers.collect::<Vec<_>>().join(","));
    assert_eq!(
        from_slice::<Vec<Message>>(many.as_bytes()).unwrap().len(),
        100
    );
}

#[test]
fn nesting_is_limited_in_recursive_types() {
    let depth = 500;
    let json = format!(
        "{}null{}",
        r#"{"id":"a","parts":[],"status":"read","reply_to":"#.repeat(depth),
        "}".repeat(depth)
    );
    assert_eq!(
        from_slice::<Message>(json.as_bytes())
            .unwrap_err()
            .message(),
        "nested deeper than 128 levels"
    );
}

#[test]
fn a_truncated_text_is_an_error() {
    let page = PAGE.trim_end().as_bytes();
    for length in 0..page.len() {
        let error = from_slice::<ChatPage>(&page[..length]).unwrap_err();
        assert!(
            error.is_syntax() && error.offset() <= length,
            "{length}: {error}"
        );
        assert!(from_slice::<Value>(&page[..length]).is_err());
    }
}
