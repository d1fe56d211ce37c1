//! The errors of an upload, by the step that failed.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::Error;
use crate::types::Attachment;

/// The reason why an attachment could not be uploaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum AttachmentUploadError {
    /// The file has no name. Nothing was sent.
    MissingName,
    /// The ending of this name does not tell the media type. Nothing was sent.
    UnknownMediaType(String),
    /// The length of a reader or a stream is unknown. Nothing was sent.
    UnknownSize,
    /// A call of the API failed, or the file could not be read.
    Call(Error),
    /// The API asks for a method that HTTP does not allow.
    BadMethod(String),
    /// The file could not be sent to the prepared URL.
    Transfer(Error),
    /// The API cannot use the file.
    Failed(Box<Attachment>),
    /// The file was sent, and is not ready in time. It may become ready later.
    NotReady {
        /// The attachment, for `client.attachments().retrieve(id)`.
        attachment_id: String,
        /// The limit.
        limit: Duration,
    },
}

impl fmt::Display for AttachmentUploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingName => {
                f.write_str("the file has no name; set it with `Upload::file_name`")
            }
            Self::UnknownMediaType(name) => write!(
                f,
                "the media type of `{}` is unknown; set it with `Upload::content_type`",
                name.escape_debug()
            ),
            Self::UnknownSize => f.write_str(
                "the length of the file is unknown; set it with `Upload::content_length`",
            ),
            Self::Call(error) => error.fmt(f),
            Self::BadMethod(method) => {
                write!(
                    f,
                    "the API asks for the invalid method `{}`",
                    method.escape_debug()
                )
            }
            Self::Transfer(error) => write!(f, "the file could not be sent: {error}"),
            Self::Failed(attachment) => {
                write!(f, "the API cannot use attachment {}", attachment.id)
            }
            Self::NotReady {
                attachment_id,
                limit,
            } => write!(
                f,
                "attachment {attachment_id} is not ready after {limit:?}; retrieve it later, or set a longer `wait_limit`"
            ),
        }
    }
}

impl StdError for AttachmentUploadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Transfer(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Error> for AttachmentUploadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}
