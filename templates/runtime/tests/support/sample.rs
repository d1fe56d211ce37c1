//! Types with the same code as generated ones, for tests and benchmarks of the codec.
//!
//! Together they have every kind of field that a document can declare.

use std::collections::BTreeMap;

use crate::runtime::__private::{Reader, RequiredField, Writer, placeholder};
use crate::runtime::codec::{Decode, DecodeError, Encode, Extra, Nullable};
use crate::runtime::{Date, DateTime, Secret, Value};
#[cfg(feature = "client")]
use crate::runtime::{ListPage, PageMark};

/// One page of chats.
#[derive(Clone)]
#[non_exhaustive]
pub struct ChatPage {
    /// The chats.
    pub data: Vec<Chat>,
    /// Cursor of the next page.
    pub next_cursor: Option<String>,
    /// Properties that this version of the SDK does not know.
    pub extra: Extra,
}

impl Decode for ChatPage {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self {
            data: Vec::new(),
            next_cursor: None,
            extra: Extra::new(),
        };
        r.object(
            &["data", "next_cursor"],
            &mut [&mut object.data, &mut object.next_cursor],
            &mut object.extra,
            &[0],
        )?;
        Ok(object)
    }
}

impl Encode for ChatPage {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("data", &self.data);
        w.optional("next_cursor", &self.next_cursor);
        w.extra(&self.extra);
        w.end_object();
    }
}

#[cfg(feature = "client")]
impl ListPage for ChatPage {
    type Item = Chat;

    fn items(&self) -> Option<&[Self::Item]> {
        Some(&self.data)
    }

    fn into_items(self) -> Option<Vec<Self::Item>> {
        Some(self.data)
    }

    fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
        match mark {
            PageMark::Cursor => Some(&self.next_cursor),
            _ => None,
        }
    }
}

/// A chat.
#[derive(Clone)]
#[non_exhaustive]
pub struct Chat {
    /// Its id.
    pub id: String,
    /// Its name.
    pub display_name: Nullable<String>,
    /// Service that sends its messages.
    pub service: Option<ServiceType>,
    /// Its participants.
    pub handles: Vec<ChatHandle>,
    /// Its messages.
    pub messages: Option<Vec<Message>>,
    /// Whether it has several participants.
    pub is_group: bool,
    /// Whether it is archived.
    pub is_archived: Option<bool>,
    /// Number of unread messages.
    pub unread_count: i64,
    /// Data of the user.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Time of its creation.
    pub created_at: DateTime,
    /// Time of its last change.
    pub updated_at: Option<DateTime>,
    /// Properties that this version of the SDK does not know.
    pub extra: Extra,
}

impl Decode for Chat {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self {
            id: String::new(),
            display_name: Nullable::Absent,
            service: None,
            handles: Vec::new(),
            messages: None,
            is_group: false,
            is_archived: None,
            unread_count: 0,
            metadata: None,
            created_at: placeholder(),
            updated_at: None,
            extra: Extra::new(),
        };
        r.object(
            &[
                "id",
                "display_name",
                "service",
                "handles",
                "messages",
                "is_group",
                "is_archived",
                "unread_count",
                "metadata",
                "created_at",
                "updated_at",
            ],
            &mut [
                &mut object.id,
                &mut object.display_name,
                &mut object.service,
                &mut object.handles,
                &mut object.messages,
                &mut object.is_group,
                &mut object.is_archived,
                &mut object.unread_count,
                &mut object.metadata,
                &mut object.created_at,
                &mut object.updated_at,
            ],
            &mut object.extra,
            &[0, 3, 5, 7, 9],
        )?;
        Ok(object)
    }
}

impl Encode for Chat {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("id", &self.id);
        w.optional("display_name", &self.display_name);
        w.optional("service", &self.service);
        w.field("handles", &self.handles);
        w.optional("messages", &self.messages);
        w.field("is_group", &self.is_group);
        w.optional("is_archived", &self.is_archived);
        w.field("unread_count", &self.unread_count);
        w.optional("metadata", &self.metadata);
        w.field("created_at", &self.created_at);
        w.optional("updated_at", &self.updated_at);
        w.extra(&self.extra);
        w.end_object();
    }
}

/// A participant of a chat.
#[derive(Clone)]
#[non_exhaustive]
pub struct ChatHandle {
    /// Its id.
    pub id: String,
    /// Phone number or mail address.
    pub handle: String,
    /// Service that reaches it.
    pub service: ServiceType,
    /// Whether it is the user's own.
    pub is_me: Option<bool>,
    /// Time of joining.
    pub joined_at: DateTime,
    /// Time of leaving.
    pub left_at: Option<DateTime>,
    /// Properties that this version of the SDK does not know.
    pub extra: Extra,
}

impl Decode for ChatHandle {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self {
            id: String::new(),
            handle: String::new(),
            service: ServiceType::Unknown(String::new()),
            is_me: None,
            joined_at: placeholder(),
            left_at: None,
            extra: Extra::new(),
        };
        r.object(
            &["id", "handle", "service", "is_me", "joined_at", "left_at"],
            &mut [
                &mut object.id,
                &mut object.handle,
                &mut object.service,
                &mut object.is_me,
                &mut object.joined_at,
                &mut object.left_at,
            ],
            &mut object.extra,
            &[0, 1, 2, 4, 5],
        )?;
        Ok(object)
    }
}

impl Encode for ChatHandle {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("id", &self.id);
        w.field("handle", &self.handle);
        w.field("service", &self.service);
        w.optional("is_me", &self.is_me);
        w.field("joined_at", &self.joined_at);
        w.field("left_at", &self.left_at);
        w.extra(&self.extra);
        w.end_object();
    }
}

/// A message.
#[derive(Clone)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its parts.
    pub parts: Vec<MessagePart>,
    /// The message that it replies to.
    pub reply_to: Option<Box<Message>>,
    /// Service that sent it.
    pub status: MessageStatus,
    /// Its priority.
    pub priority: Option<Priority>,
    /// Its confidence, from 0 to 1.
    pub score: Option<f64>,
    /// Its sender.
    pub sender: Option<Sender>,
    /// Time of sending.
    pub sent_at: Nullable<DateTime>,
    /// Day of sending.
    pub day: Option<Date>,
    /// Properties that this version of the SDK does not know.
    pub extra: Extra,
}

impl Decode for Message {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self {
            id: String::new(),
            parts: Vec::new(),
            reply_to: None,
            status: MessageStatus::Unknown(String::new()),
            priority: None,
            score: None,
            sender: None,
            sent_at: Nullable::Absent,
            day: None,
            extra: Extra::new(),
        };
        r.object(
            &[
                "id", "parts", "reply_to", "status", "priority", "score", "sender", "sent_at",
                "day",
            ],
            &mut [
                &mut object.id,
                &mut object.parts,
                &mut object.reply_to,
                &mut object.status,
                &mut object.priority,
                &mut object.score,
                &mut object.sender,
                &mut object.sent_at,
                &mut object.day,
            ],
            &mut object.extra,
            &[0, 1, 3],
        )?;
        Ok(object)
    }
}

impl Encode for Message {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("id", &self.id);
        w.field("parts", &self.parts);
        w.optional("reply_to", &self.reply_to);
        w.field("status", &self.status);
        w.optional("priority", &self.priority);
        w.optional("score", &self.score);
        w.optional("sender", &self.sender);
        w.optional("sent_at", &self.sent_at);
        w.optional("day", &self.day);
        w.extra(&self.extra);
        w.end_object();
    }
}

/// A part of a message. Its `type` selects the variant.
#[derive(Clone)]
#[non_exhaustive]
pub enum MessagePart {
    /// Text.
    Text(TextPart),
    /// A file.
    Media(MediaPart),
    /// A part that this version of the SDK does not know.
    Unknown(Value),
}

impl Decode for MessagePart {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let raw = r.raw()?;
        match raw.discriminator("type").as_deref() {
            Some("text") => r.nested(raw).map(Self::Text),
            Some("media") => r.nested(raw).map(Self::Media),
            _ => r.unknown(raw).map(Self::Unknown),
        }
    }
}

impl Encode for MessagePart {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Text(value) => w.variant("Text", value),
            Self::Media(value) => w.variant("Media", value),
            Self::Unknown(value) => w.variant("Unknown", value),
        }
    }
}

/// Text in a message.
#[derive(Clone)]
#[non_exhaustive]
pub struct TextPart {
    /// The discriminator.
    pub r#type: String,
    /// The text.
    pub value: String,
    /// Properties that this version of the SDK does not know.
    pub extra: Extra,
}

impl Decode for TextPart {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self {
            r#type: String::new(),
            value: String::new(),
            extra: Extra::new(),
        };
        r.object(
            &["type", "value"],
            &mut [&mut object.r#type, &mut object.value],
            &mut object.extra,
            &[0, 1],
        )?;
        Ok(object)
    }
}

impl Encode for TextPart {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("type", &self.r#type);
        w.field("value", &self.value);
        w.extra(&self.extra);
        w.end_object();
    }
}

/// A file in a message.
#[derive(Clone)]
#[non_exhaustive]
pub struct MediaPart {
    /// The discriminator.
    pub r#type: String,
    /// Its URL.
    pub url: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Width and height.
    pub dimensions: Option<(i32, i32)>,
    /// Its password.
    pub password: Option<Secret>,
    /// Properties that this version of the SDK does not know.
    pub extra: Extra,
}

impl Decode for MediaPart {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut r#type = None;
        let mut url = None;
        let mut size_bytes = None;
        let mut dimensions = None;
        let mut password = None;
        let mut extra = Extra::new();
        r.object(
            &["type", "url", "size_bytes", "dimensions", "password"],
            &mut [
                &mut RequiredField(&mut r#type),
                &mut RequiredField(&mut url),
                &mut RequiredField(&mut size_bytes),
                &mut dimensions,
                &mut password,
            ],
            &mut extra,
            &[],
        )?;
        let (Some(r#type), Some(url), Some(size_bytes)) = (r#type, url, size_bytes) else {
            return Err(r.missing(&["type", "url", "size_bytes"]));
        };
        Ok(Self {
            r#type,
            url,
            size_bytes,
            dimensions,
            password,
            extra,
        })
    }
}

impl Encode for MediaPart {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("type", &self.r#type);
        w.field("url", &self.url);
        w.field("size_bytes", &self.size_bytes);
        w.optional("dimensions", &self.dimensions);
        w.optional("password", &self.password);
        w.extra(&self.extra);
        w.end_object();
    }
}

/// The sender of a message: a name, or a participant. The JSON has no discriminator.
#[derive(Clone)]
#[non_exhaustive]
pub enum Sender {
    /// A name.
    Name(String),
    /// A participant.
    Handle(Box<ChatHandle>),
    /// A sender that this version of the SDK does not know.
    Unknown(Value),
}

impl Decode for Sender {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        use crate::runtime::__private::JsonKind;
        let raw = r.raw()?;
        if raw.kind() == JsonKind::String {
            return r.nested(raw).map(Self::Name);
        }
        if raw.has(&["handle", "service"])
            && let Some(value) = r.attempt(raw)
        {
            return Ok(Self::Handle(value));
        }
        r.unknown(raw).map(Self::Unknown)
    }
}

impl Encode for Sender {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Name(value) => w.variant("Name", value),
            Self::Handle(value) => w.variant("Handle", value),
            Self::Unknown(value) => w.variant("Unknown", value),
        }
    }
}

crate::runtime::__private::impl_value_traits!(
    ChatPage, Chat, ChatHandle, Message, TextPart, MediaPart
);
crate::runtime::__private::impl_value_traits!(MessagePart, Sender);

/// A service that sends messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceType {
    /// `iMessage`
    IMessage,
    /// `SMS`
    Sms,
    /// `RCS`
    Rcs,
    /// A value that this version of the SDK does not know.
    Unknown(String),
}

impl ServiceType {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::IMessage => "iMessage",
            Self::Sms => "SMS",
            Self::Rcs => "RCS",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ServiceType {
    fn from(value: &str) -> Self {
        match value {
            "iMessage" => Self::IMessage,
            "SMS" => Self::Sms,
            "RCS" => Self::Rcs,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

/// Delivery status of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageStatus {
    /// `queued`
    Queued,
    /// `sent`
    Sent,
    /// `delivered`
    Delivered,
    /// `read`
    Read,
    /// `failed`
    Failed,
    /// A value that this version of the SDK does not know.
    Unknown(String),
}

impl MessageStatus {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for MessageStatus {
    fn from(value: &str) -> Self {
        match value {
            "queued" => Self::Queued,
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "failed" => Self::Failed,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

crate::runtime::__private::impl_string_enum!(ServiceType, MessageStatus);

/// Priority of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Priority {
    /// `0`
    Low,
    /// `10`
    High,
    /// A value that this version of the SDK does not know.
    Unknown(i64),
}

impl Priority {
    /// The value as it is sent.
    pub fn as_i64(&self) -> i64 {
        match self {
            Self::Low => 0,
            Self::High => 10,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<i64> for Priority {
    fn from(value: i64) -> Self {
        match value {
            0 => Self::Low,
            10 => Self::High,
            other => Self::Unknown(other),
        }
    }
}

crate::runtime::__private::impl_integer_enum!(Priority);
