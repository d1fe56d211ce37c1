//! `Debug` output of objects and unions.

use crate::sample::{ChatPage, MessagePart, TextPart};
use sdkwright_runtime::codec::from_slice;

#[test]
fn debug_of_objects_shows_their_properties() {
    let part = br#"{"type":"text","value":"a \"b\"","marks":[{"bold":true,"to":2}],"none":null}"#;
    let part: TextPart = from_slice(part).unwrap();
    assert_eq!(
        format!("{part:?}"),
        r#"TextPart { type: "text", value: "a \"b\"", marks: [{bold: true, to: 2}], none: null }"#
    );
    assert_eq!(
        format!("{part:#?}").lines().collect::<Vec<_>>()[..3],
        [
            "TextPart {",
            r#"    type: "text","#,
            r#"    value: "a \"b\"","#
        ]
    );
}

#[test]
fn debug_of_unions_shows_the_variant() {
    let part: MessagePart = from_slice(br#"{"type":"text","value":"hi"}"#).unwrap();
    let shown = format!("{part:?}");
    assert!(
        shown.starts_with("Text({type: ") && shown.contains(r#"value: "hi""#),
        "{shown}"
    );
    let part: MessagePart = from_slice(br#"{"type":"song"}"#).unwrap();
    assert!(format!("{part:?}").starts_with("Unknown("));
    let page: ChatPage = from_slice(crate::PAGE.as_bytes()).unwrap();
    let shown = format!("{page:?}");
    assert!(
        shown.contains("[Text({type: ") && shown.contains(" Unknown({"),
        "{shown}"
    );
}
