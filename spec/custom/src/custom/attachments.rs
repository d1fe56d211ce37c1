//! `client.attachments().upload(file)`: from a file to an attachment that messages can carry.

mod error;
mod media_type;

use std::future::IntoFuture;
use std::time::Duration;

pub use error::AttachmentUploadError;
use media_type::media_type_by_name;

use crate::resources::Attachments;
use crate::runtime::wait_for;
use crate::types::{
    Attachment, AttachmentCreateParams, AttachmentCreateResponse, AttachmentStatus,
};
use crate::{BoxFuture, Client, Method, Request, Upload};

/// Time between two polls of the status, at first and at most.
const POLL_INTERVALS: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// Default time until the uploaded file must be ready.
const WAIT_LIMIT: Duration = Duration::from_secs(60);

/// Headers that the HTTP client sets itself.
const TRANSPORT_HEADERS: [&str; 2] = ["content-length", "host"];

impl<'c> Attachments<'c> {
    /// Uploads a file, and waits until messages can carry it.
    ///
    /// It requests an upload with [`create`](Self::create), sends the file to the URL in the
    /// response, and polls [`retrieve`](Self::retrieve) until the file is ready. The URL receives
    /// none of the client's credentials.
    ///
    /// The media type is the one of the [`Upload`], or else that of the ending of its name. A
    /// reader or a stream needs a [`content_length`](Upload::content_length).
    ///
    /// ```no_run
    /// # async fn example(client: linq_sdk::Client, png: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
    /// use linq_sdk::Upload;
    ///
    /// let file = Upload::new(png).file_name("receipt.png");
    /// let attachment = client.attachments().upload(file).await?;
    /// println!("{}", attachment.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// With the feature `fs`, `Upload::path("receipt.png")` reads a file while it is sent.
    ///
    /// # Errors
    ///
    /// [`AttachmentUploadError`] names the step that failed.
    pub fn upload(&self, file: Upload) -> AttachmentUpload<'c> {
        AttachmentUpload {
            client: self.client,
            file,
            intervals: POLL_INTERVALS,
            wait_limit: WAIT_LIMIT,
        }
    }
}

/// An upload of an attachment, which starts when it is awaited.
#[derive(Debug)]
#[must_use = "uploads do nothing unless awaited"]
pub struct AttachmentUpload<'c> {
    client: &'c Client,
    file: Upload,
    intervals: (Duration, Duration),
    wait_limit: Duration,
}

impl<'c> AttachmentUpload<'c> {
    /// Sets the maximum time between the end of the upload and the last poll of the status, without
    /// the time of the calls themselves. The default is one minute.
    pub fn wait_limit(mut self, limit: Duration) -> Self {
        self.wait_limit = limit;
        self
    }

    /// Sets a fixed time between two polls of the status. The default grows from 250 ms to 5 s.
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.intervals = (interval, interval);
        self
    }

    /// Uploads the file and blocks until it is ready, for code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`Attachments::upload`].
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> Result<Attachment, AttachmentUploadError> {
        crate::blocking::wait(self)?
    }

    async fn run(self) -> Result<Attachment, AttachmentUploadError> {
        let params = describe(&self.file).await?;
        let media_type = params.content_type.as_str().to_owned();
        let slot = self.client.attachments().create(params).await?;
        send_bytes(self.client, &slot, self.file.content_type(media_type)).await?;
        let attachments = self.client.attachments();
        let (mut interval, longest) = self.intervals;
        let mut waited = Duration::ZERO;
        loop {
            let attachment = attachments.retrieve(&slot.attachment_id).await?;
            match attachment.status {
                AttachmentStatus::Complete => return Ok(attachment),
                AttachmentStatus::Failed => {
                    return Err(AttachmentUploadError::Failed(Box::new(attachment)));
                }
                AttachmentStatus::Pending | AttachmentStatus::Unknown(_) => {}
            }
            waited += interval;
            if waited > self.wait_limit {
                return Err(AttachmentUploadError::NotReady {
                    attachment_id: slot.attachment_id,
                    limit: self.wait_limit,
                });
            }
            wait_for(interval).await;
            interval = (interval * 2).min(longest);
        }
    }
}

impl<'c> IntoFuture for AttachmentUpload<'c> {
    type Output = Result<Attachment, AttachmentUploadError>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Describes a file for the API: its name, media type and size.
async fn describe(file: &Upload) -> Result<AttachmentCreateParams, AttachmentUploadError> {
    let name = file.name().ok_or(AttachmentUploadError::MissingName)?;
    let media_type = file.media_type().or_else(|| media_type_by_name(name));
    let unknown = || AttachmentUploadError::UnknownMediaType(name.to_owned());
    let media_type = media_type.ok_or_else(unknown)?;
    let size = file.size().await.map_err(crate::Error::from)?;
    let size = size.and_then(|size| i64::try_from(size).ok());
    let size = size.ok_or(AttachmentUploadError::UnknownSize)?;
    Ok(AttachmentCreateParams::new(name, media_type, size))
}

/// Sends the file to the URL that the API has prepared.
async fn send_bytes(
    client: &Client,
    slot: &AttachmentCreateResponse,
    file: Upload,
) -> Result<(), AttachmentUploadError> {
    let method = Method::from_bytes(slot.http_method.as_bytes());
    let method = method.map_err(|_| AttachmentUploadError::BadMethod(slot.http_method.clone()))?;
    let mut request: Request<'_, ()> = Request::to_url(client, method, &slot.upload_url);
    request = request.upload(file);
    for (name, value) in &slot.required_headers {
        if !TRANSPORT_HEADERS
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own))
        {
            request = request.header(name, value);
        }
    }
    request.await.map_err(AttachmentUploadError::Transfer)
}
