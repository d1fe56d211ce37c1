//! Helpers beyond single calls: uploads of attachments, and routing of webhooks.

#[cfg(all(feature = "client", feature = "attachments"))]
mod attachments;
#[cfg(all(feature = "client", feature = "webhooks"))]
mod webhooks;

#[cfg(all(feature = "client", feature = "attachments"))]
pub use attachments::{AttachmentUpload, AttachmentUploadError};
#[cfg(all(feature = "client", feature = "webhooks"))]
pub use webhooks::*;
