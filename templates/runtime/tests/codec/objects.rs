//! Objects: properties that are decoded, kept, skipped and encoded.

use crate::sample::{Chat, ChatHandle, ChatPage, Message};
use sdkwright_runtime::__private::{DecodeInto, Reader};
use sdkwright_runtime::codec::{Extra, Nullable, from_slice, to_vec};
use serde_json::{Value, json};

use super::PAGE;

fn text<T: sdkwright_runtime::codec::Encode>(value: &T) -> String {
    String::from_utf8(to_vec(value)).expect("JSON is UTF-8")
}

#[test]
fn a_page_round_trips() {
    let page: ChatPage = from_slice(PAGE.as_bytes()).unwrap();
    let before: Value = serde_json::from_str(PAGE).unwrap();
    let after: Value = serde_json::from_slice(&to_vec(&page)).unwrap();
    assert_eq!(before, after);
    assert_eq!(from_slice::<ChatPage>(&to_vec(&page)).unwrap(), page);
}

#[test]
fn properties_may_have_any_order() {
    let forward: ChatHandle = from_slice(
        br#"{"id":"h","handle":"x","service":"SMS","joined_at":"2025-01-15T10:30:00Z","left_at":null}"#,
    )
    .unwrap();
    let backward: ChatHandle = from_slice(
        br#" { "left_at" : null , "joined_at":"2025-01-15T10:30:00Z", "service" :"SMS","handle":"x","id":"h" } "#,
    )
    .unwrap();
    assert_eq!(forward, backward);
}

#[test]
fn the_last_of_two_properties_with_one_name_wins() {
    let message: Message = from_slice(
        br#"{"id":"a","score":1,"new":1,"id":"b","parts":[],"status":"read","score":null,"new":2}"#,
    )
    .unwrap();
    assert_eq!(message.id, "b");
    assert_eq!(message.score, None);
    assert_eq!(message.extra.get("new"), Some(&json!(2)));
    assert_eq!(message.extra.len(), 1);
}

#[test]
fn names_may_be_escaped() {
    let message: Message =
        from_slice(br#"{"\u0069d":"a","parts":[],"status":"read","n\"w":{}}"#).unwrap();
    assert_eq!(message.id, "a");
    assert_eq!(
        text(&message),
        r#"{"id":"a","parts":[],"status":"read","n\"w":{}}"#
    );
}

#[test]
fn absent_null_and_value_differ() {
    let read = |member: &str| -> Message {
        let json = format!(r#"{{"id":"a","parts":[],"status":"read"{member}}}"#);
        from_slice(json.as_bytes()).unwrap()
    };
    for member in [
        "",
        r#","sent_at":null"#,
        r#","sent_at":"2025-01-15T10:30:00Z""#,
    ] {
        let message = read(member);
        assert_eq!(
            text(&message),
            format!(r#"{{"id":"a","parts":[],"status":"read"{member}}}"#)
        );
    }
    assert!(read("").sent_at.is_absent());
    assert!(read(r#","sent_at":null"#).sent_at.is_null());
    // If the type is not nullable, null is still encoded again.
    assert_eq!(
        text(&read(r#","score":null"#)),
        r#"{"id":"a","parts":[],"status":"read","score":null}"#
    );
}

#[test]
fn a_required_null_is_encoded() {
    let handle: ChatHandle = from_slice(
        br#"{"id":"h","handle":"x","service":"SMS","joined_at":"2025-01-15T10:30:00Z","left_at":null}"#,
    )
    .unwrap();
    assert!(text(&handle).ends_with(r#""left_at":null}"#));
}

#[test]
fn unknown_properties_can_be_read_changed_and_sent() {
    let json = r#"{"id":"a","parts":[],"status":"read","effect":{"levels":[1,2.5,null],"name":"confetti"}}"#;
    let mut message: Message = from_slice(json.as_bytes()).unwrap();
    assert_eq!(
        message.extra.get("effect"),
        Some(&json!({"name": "confetti", "levels": [1, 2.5, null]}))
    );
    assert_eq!(text(&message), json);
    assert_eq!(
        message.extra.insert("effect", "none"),
        Some(json!({"name": "confetti", "levels": [1, 2.5, null]}))
    );
    assert!(text(&message).ends_with(r#","effect":"none"}"#));
    assert_eq!(message.extra.remove("effect"), Some(json!("none")));
    assert_eq!(message.extra, Extra::new());
    assert_eq!(message.extra.remove("effect"), None);
}

#[test]
fn extra_is_built_in_one_call_and_is_a_collection() {
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
    let extra: Extra = [("a", 1), ("b", 2)].into_iter().collect();
    assert_eq!(extra.len(), 2);
    assert_eq!(
        extra.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(format!("{extra:?}"), r#"{"a": Number(1), "b": Number(2)}"#);
    assert!(Extra::default().is_empty());
}

#[test]
fn nullable_converts_from_values_and_options() {
    assert_eq!(Nullable::from(1), Nullable::Value(1));
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(Nullable::<i32>::default(), Nullable::Absent);
    let name = Nullable::Value("Ana".to_owned());
    assert_eq!(name.as_deref(), Nullable::Value("Ana"));
    assert_eq!(name.as_ref().map(String::len).into_option(), Some(3));
    assert_eq!(name.value().map(String::as_str), Some("Ana"));
    assert_eq!(Nullable::Null.unwrap_or(7), 7);
    assert_eq!(Nullable::<i32>::Absent.unwrap_or_default(), 0);
}

#[test]
fn an_object_without_required_properties_can_be_empty() {
    let chat = br#"{"id":"c","handles":[],"is_group":true,"unread_count":0,"created_at":"2025-01-15T10:30:00Z","metadata":{}}"#;
    let chat: Chat = from_slice(chat).unwrap();
    assert_eq!(chat.metadata, Some(Default::default()));
    assert!(text(&chat).contains(r#""metadata":{},"#));
}

#[test]
fn an_object_may_have_more_properties_than_the_name_hint() {
    let names: Vec<String> = (0..600).map(|n| format!("f{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let members: Vec<String> = names
        .iter()
        .rev()
        .chain(&names)
        .map(|name| format!("\"{name}\":{}", &name[1..]))
        .collect();
    let json = format!("{{{}}}", members.join(","));
    let mut reader = Reader::new(json.as_bytes());
    let mut extra = Extra::new();
    let mut values = vec![0; names.len()];
    let mut places: Vec<&mut dyn DecodeInto> = values.iter_mut().map(|value| value as _).collect();
    let read = reader.object(&names, &mut places, &mut extra, &[]);
    read.unwrap();
    assert_eq!(values, (0..600).collect::<Vec<i32>>());
    assert!(extra.is_empty());
}

/// As many required properties as a type can track.
#[test]
fn each_missing_property_is_reported() {
    let required: Vec<usize> = (0..256).collect();
    let names: Vec<String> = required.iter().map(|place| format!("f{place}")).collect();
    for missing in &names {
        let members = names.iter().filter(|name| *name != missing);
        let members: Vec<String> = members.map(|name| format!("\"{name}\":1")).collect();
        let json = format!("{{{}}}", members.join(","));
        let mut values = vec![0; names.len()];
        let mut places: Vec<&mut dyn DecodeInto> =
            values.iter_mut().map(|value| value as _).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut reader = Reader::new(json.as_bytes());
        let error = reader.object(&names, &mut places, &mut Extra::new(), &required);
        let expected = format!("missing field `{missing}`");
        assert_eq!(error.unwrap_err().to_string(), expected);
    }
}

#[test]
fn the_first_missing_property_is_named() {
    let read = |required: &[usize]| {
        let (mut a, mut b, mut c) = (0, 0, 0);
        let places: &mut [&mut dyn DecodeInto] = &mut [&mut a, &mut b, &mut c];
        let mut reader = Reader::new(br#"{"a":1}"#);
        reader.object(&["a", "b", "c"], places, &mut Extra::new(), required)
    };
    assert!(read(&[0]).is_ok());
    let error = read(&[0, 1, 2]).unwrap_err();
    assert_eq!(error.to_string(), "missing field `b`");
}

/// A program sends back the null that it received, unless it changed the value.
#[test]
fn an_undeclared_null_is_encoded_again() {
    let json = r#"{"id":"a","parts":[],"status":"read","new":[{"n":1}],"sender":null}"#;
    let mut message: Message = from_slice(json.as_bytes()).unwrap();
    assert_eq!(message.sender, None);
    let written = |message: &Message| String::from_utf8(to_vec(message)).unwrap();
    let nulls = |message: &Message| written(message).matches(r#""sender":null"#).count();
    assert_eq!(nulls(&message), 1);
    assert_eq!(message.extra.nulls().collect::<Vec<_>>(), ["sender"]);
    assert_eq!((message.extra.len(), message.extra.is_empty()), (1, false));
    let again: Message = from_slice(&to_vec(&message)).unwrap();
    assert_eq!(again, message);
    // As an element, after strings that look like the start of an object.
    let list = vec![
        from_slice::<Message>(br#"{"id":"{\"\\","parts":[],"status":"{"}"#).unwrap(),
        again,
    ];
    let list = String::from_utf8(to_vec(&list)).unwrap();
    assert_eq!(list.matches(r#""sender":null"#).count(), 1, "{list}");
    // A value replaces it.
    message.sender = from_slice(br#"{"id":"b"}"#).ok();
    assert!(message.sender.is_some());
    assert_eq!(nulls(&message), 0);
    // A second property with the same name replaces it, too.
    let json = r#"{"id":"a","parts":[],"status":"read","sender":null,"sender":{"id":"b"}}"#;
    let twice: Message = from_slice(json.as_bytes()).unwrap();
    assert_eq!(nulls(&twice), 0);
    message.sender = None;
    message.extra.remove("sender");
    assert_eq!(nulls(&message), 0);
    let without: Message = from_slice(br#"{"id":"a","parts":[],"status":"read"}"#).unwrap();
    assert_eq!(without.extra.nulls().count(), 0);
}
