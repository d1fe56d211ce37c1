//! Implementations of `serde`'s traits by the codec.

use crate::sample::{ChatPage, Message, MessagePart, Priority, ServiceType};
use sdkwright_runtime::codec::{from_slice, to_vec};
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer, StringDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::PAGE;

#[test]
fn serde_json_agrees_with_the_codec() {
    let page: ChatPage = serde_json::from_str(PAGE).unwrap();
    assert_eq!(page, from_slice(PAGE.as_bytes()).unwrap());
    let before: Value = serde_json::from_str(PAGE).unwrap();
    assert_eq!(serde_json::to_value(&page).unwrap(), before);
    assert_eq!(serde_json::from_value::<ChatPage>(before).unwrap(), page);
}

#[test]
fn generated_types_can_be_fields_of_other_types() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Stored {
        id: u64,
        message: Message,
        service: Option<ServiceType>,
        priority: Priority,
    }
    let json = json!({
        "id": 1,
        "message": {"id": "a", "parts": [{"type": "new"}], "status": "read", "sent_at": null},
        "service": "pigeon",
        "priority": 99,
    });
    let stored: Stored = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(stored.priority, Priority::Unknown(99));
    assert_eq!(serde_json::to_value(&stored).unwrap(), json);
}

#[test]
fn errors_keep_their_path() {
    let error =
        serde_json::from_str::<Message>(r#"{"id":"a","parts":[{"type":"text"}],"status":"read"}"#)
            .unwrap_err();
    assert_eq!(error.to_string(), "parts[0]: missing field `value`");
}

/// A binary format like `bincode` and `postcard`: it does not describe the types of its values.
struct Compact<'s>(&'s str);

impl<'de> Deserializer<'de> for Compact<'_> {
    type Error = Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom(
            "this format is not self-describing",
        ))
    }

    fn deserialize_string<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let inner: StringDeserializer<Error> = self.0.to_owned().into_deserializer();
        inner.deserialize_string(visitor)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn binary_formats_store_the_json_text() {
    let part: MessagePart = from_slice(br#"{"type":"text","value":"x"}"#).unwrap();
    let text = String::from_utf8(to_vec(&part)).unwrap();
    assert_eq!(MessagePart::deserialize(Compact(&text)).unwrap(), part);
    assert_eq!(
        ServiceType::deserialize(Compact("SMS")).unwrap(),
        ServiceType::Sms
    );
}

#[test]
fn enums_are_read_from_borrowed_and_owned_text() {
    let borrowed: StrDeserializer<'_, Error> = "SMS".into_deserializer();
    assert_eq!(
        ServiceType::deserialize(borrowed).unwrap(),
        ServiceType::Sms
    );
    assert_eq!(serde_json::to_string(&ServiceType::Sms).unwrap(), "\"SMS\"");
    assert_eq!(serde_json::to_string(&Priority::High).unwrap(), "10");
}
