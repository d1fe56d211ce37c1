//! Bodies of other libraries, with mapped errors.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::ResponseBody;
use crate::runtime::transport::TransportError;

impl ResponseBody {
    /// Wraps a body and classifies its errors with `sort`.
    pub(crate) fn mapped<B>(body: B, sort: fn(B::Error) -> TransportError) -> Self
    where
        B: Body<Data = Bytes> + Unpin + Send + 'static,
    {
        Self::new(Mapped { body, sort })
    }
}

struct Mapped<B: Body> {
    body: B,
    sort: fn(B::Error) -> TransportError,
}

impl<B: Body<Data = Bytes> + Unpin> Body for Mapped<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.get_mut();
        let frame = Pin::new(&mut this.body).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(this.sort)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
