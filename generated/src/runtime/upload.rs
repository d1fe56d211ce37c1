//! Files to upload: from memory, from a path, or as they come.

use std::fmt;
use std::io;
#[cfg(feature = "fs")]
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use crate::runtime::body::{Content, Once};

/// How much is read at a time.
const CHUNK: usize = 64 << 10;

/// A file to upload: its content, and what the server is told of it.
///
/// From memory and from a path it is sent again with each retry. A reader or a stream is read
/// once, as it is sent: a call with one is not tried again, and only the first call that takes it
/// can send it.
#[derive(Clone)]
pub struct Upload {
    pub(crate) content: Content,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    /// Whether it is no file, but a text where there could be one.
    pub(crate) is_text: bool,
}

impl Upload {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self::from_content(Content::Bytes(bytes.into()))
    }

    /// A text in the place of a file, where the API takes either: the address of a file, or its id.
    /// In a form it is a part like any other text, without a file name.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            is_text: true,
            ..Self::new(text.into())
        }
    }

    /// The file at a path, which is read as it is sent. Its name is that of the path.
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

    /// What a reader gives, as it is sent.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(Chunks::new(reader))
    }

    /// The chunks of a stream, as they are sent.
    pub fn stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self::from_content(Content::Once(Once::new(Box::pin(stream))))
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

    /// Says how long the content of a reader or a stream is; some servers need to know.
    ///
    /// Should there be less, the call fails; what is beyond it is not sent.
    #[inline]
    pub fn content_length(mut self, len: u64) -> Self {
        if let Content::Once(once) = &mut self.content {
            once.len = Some(len);
        }
        self
    }

    /// Sets the file's name; it is the name of the path or of the field unless set.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type; unless set, it is the one that the API declares, or
    /// `application/octet-stream`.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part that the file becomes in a form. Other bodies have no parts.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The bytes, if they are in memory.
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
    /// A reader or a stream is equal to its own clones.
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

/// What a reader gives, chunk by chunk.
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

/// Files of one field: one, several, or none.
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
