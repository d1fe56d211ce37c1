//! Files to upload: from memory, from a path, or from a stream.

use std::fmt;
use std::io;
#[cfg(feature = "fs")]
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use crate::runtime::body::{Content, OnceStream};

/// Number of bytes per read.
const CHUNK: usize = 64 << 10;

/// A file to upload, with its name, media type and headers.
///
/// Files from memory and from a path are sent again on retries. A reader or a stream is consumed
/// while it is sent, so such a call is not retried. A second call with the same upload fails.
#[derive(Clone)]
pub struct Upload {
    pub(crate) content: Content,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    /// Whether this is a text that is sent instead of a file.
    pub(crate) is_text: bool,
}

impl Upload {
    /// Creates a file from bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self::from_content(Content::Bytes(bytes.into()))
    }

    /// Creates a text instead of a file, such as a URL or a file ID, if the API accepts either.
    ///
    /// In a form, it is a part without a file name.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            is_text: true,
            ..Self::new(text.into())
        }
    }

    /// Creates a file from a path. The file is read while it is sent, and takes its name from the
    /// path.
    #[cfg(feature = "fs")]
    pub fn path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name: name,
            ..Self::from_content(Content::Path(path.into()))
        }
    }

    /// Creates a file from a reader, which is read while it is sent.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(Chunks::new(reader))
    }

    /// Creates a file from a stream of chunks, which is read while it is sent.
    pub fn stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self::from_content(Content::Once(OnceStream::new(Box::pin(stream))))
    }

    #[inline]
    fn from_content(content: Content) -> Self {
        Self {
            content,
            file_name: None,
            content_type: None,
            headers: Vec::new(),
            is_text: false,
        }
    }

    /// Sets the length of a reader's or a stream's content, which some servers require.
    ///
    /// If the content is shorter, the call fails. Content beyond the length is not sent.
    #[inline]
    pub fn content_length(mut self, len: u64) -> Self {
        if let Content::Once(once) = &mut self.content {
            once.len = Some(len);
        }
        self
    }

    /// Sets the file name. The default is the name of the path or of the field.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. The default is the media type from the API description, and then
    /// `application/octet-stream`.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the file's part in a multipart body. Other bodies do not have parts.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the file name that was set, or that of the path.
    #[must_use]
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Returns the media type that was set.
    #[must_use]
    #[inline]
    pub fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the number of bytes: of those in memory, of the file, or the length that was set.
    ///
    /// # Errors
    ///
    /// Returns an error if the file does not exist or cannot be read.
    #[inline]
    pub async fn size(&self) -> io::Result<Option<u64>> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Some(bytes.len() as u64)),
            #[cfg(feature = "fs")]
            Content::Path(path) => Ok(Some(tokio::fs::metadata(path).await?.len())),
            Content::Once(once) => Ok(once.len),
        }
    }

    /// Returns the bytes if they are in memory.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl<T: Into<Bytes>> From<T> for Upload {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

impl PartialEq for Upload {
    /// A reader or a stream equals only its own clones.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
            && self.file_name == other.file_name
            && self.content_type == other.content_type
            && self.headers == other.headers
            && self.is_text == other.is_text
    }
}

impl fmt::Debug for Upload {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("content", &self.content)
            .finish()
    }
}

/// The chunks of a reader.
pub(crate) struct Chunks {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: Vec<u8>,
}

impl Chunks {
    pub(crate) fn new(reader: impl AsyncRead + Send + 'static) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: vec![0; CHUNK],
        }
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let mut buffer = ReadBuf::new(&mut this.buffer);
        Poll::Ready(
            match ready!(this.reader.as_mut().poll_read(context, &mut buffer)) {
                Err(error) => Some(Err(error)),
                Ok(()) if buffer.filled().is_empty() => None,
                Ok(()) => Some(Ok(Bytes::copy_from_slice(buffer.filled()))),
            },
        )
    }
}

/// The files of one field: none, one, or several.
pub trait Uploads {
    /// Calls `visit` with each file.
    fn for_each_upload(&self, visit: &mut dyn FnMut(&Upload));
}

impl Uploads for Upload {
    #[inline]
    fn for_each_upload(&self, visit: &mut dyn FnMut(&Upload)) {
        visit(self);
    }
}

impl<T: Uploads> Uploads for Option<T> {
    fn for_each_upload(&self, visit: &mut dyn FnMut(&Upload)) {
        self.iter()
            .for_each(|uploads| uploads.for_each_upload(visit));
    }
}

impl<T: Uploads> Uploads for Vec<T> {
    fn for_each_upload(&self, visit: &mut dyn FnMut(&Upload)) {
        self.iter()
            .for_each(|uploads| uploads.for_each_upload(visit));
    }
}
