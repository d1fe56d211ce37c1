//! The sample types with `serde`'s derives: the baseline of the codec's benchmarks. They drop
//! unknown properties, which the sample types keep, so that the comparison does not handicap them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ChatPage {
    pub(crate) data: Vec<Chat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next_cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Chat {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<ServiceType>,
    pub(crate) handles: Vec<ChatHandle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) messages: Option<Vec<Message>>,
    pub(crate) is_group: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_archived: Option<bool>,
    pub(crate) unread_count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metadata: Option<BTreeMap<String, String>>,
    pub(crate) created_at: DateTime<FixedOffset>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated_at: Option<DateTime<FixedOffset>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ChatHandle {
    pub(crate) id: String,
    pub(crate) handle: String,
    pub(crate) service: ServiceType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_me: Option<bool>,
    pub(crate) joined_at: DateTime<FixedOffset>,
    pub(crate) left_at: Option<DateTime<FixedOffset>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) parts: Vec<MessagePart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reply_to: Option<Box<Message>>,
    pub(crate) status: MessageStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) priority: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sender: Option<Sender>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sent_at: Option<DateTime<FixedOffset>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) day: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum MessagePart {
    Text(TextPart),
    Media(MediaPart),
    #[serde(untagged)]
    Unknown(Value),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TextPart {
    pub(crate) value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MediaPart {
    pub(crate) url: String,
    pub(crate) size_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dimensions: Option<(i32, i32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) password: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Sender {
    Name(String),
    Handle(Box<ChatHandle>),
    Unknown(Value),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum ServiceType {
    #[serde(rename = "iMessage")]
    IMessage,
    #[serde(rename = "SMS")]
    Sms,
    #[serde(rename = "RCS")]
    Rcs,
    #[serde(untagged)]
    Unknown(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MessageStatus {
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
    #[serde(untagged)]
    Unknown(String),
}
