//! Streams over all pages of a list, and over all of its items.
//!
//! A page is requested only when the stream is polled. A stream ends after its first error.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{ListPage, Page};
use crate::runtime::client::Client;
use crate::runtime::error::Error;
use crate::runtime::request::{Request, ResponseFuture};
use crate::runtime::response::FromResponse;

/// Pagination.
impl<'c, T: ListPage + FromResponse> Request<'c, Page<T>> {
    /// Returns a stream over this page and all that follow.
    ///
    /// The options of the call apply to the call for each page.
    pub fn pages(self) -> PageStream<'c, T> {
        PageStream {
            client: self.client,
            state: State::Next(self),
        }
    }

    /// Returns a stream over the items of this page and of all that follow.
    ///
    /// The options of the call apply to the call for each page.
    pub fn items(self) -> ItemStream<'c, T> {
        ItemStream {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }
}

/// A stream over the pages of a list. Each page is requested when it is polled for.
///
/// Dropping the stream cancels the call in progress.
#[must_use = "streams do nothing unless polled"]
pub struct PageStream<'c, T> {
    client: &'c Client,
    state: State<'c, T>,
}

enum State<'c, T> {
    /// The next page has not been requested yet.
    Next(Request<'c, Page<T>>),
    /// The page has been requested.
    Requested(ResponseFuture<'c, Page<T>>),
    /// No pages remain.
    End,
}

impl<T: ListPage + FromResponse> PageStream<'_, T> {
    /// Waits for the next page. Returns `None` at the end of the list.
    ///
    /// This method is cancel safe: dropping the future does not lose a page.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            match &mut self.state {
                State::Requested(response) => {
                    let page = ready!(Pin::new(response).poll(context));
                    let next = page.as_ref().ok().and_then(|page| page.next.as_ref());
                    self.state = match next.map(Arc::as_ref) {
                        Some(next) => State::Next(next.request_through(self.client)),
                        None => State::End,
                    };
                    return Poll::Ready(Some(page));
                }
                State::End => return Poll::Ready(None),
                State::Next(_) => {
                    if let State::Next(request) = std::mem::replace(&mut self.state, State::End) {
                        self.state = State::Requested(request.send());
                    }
                }
            }
        }
    }
}

/// A stream over the items of a list.
///
/// Dropping the stream cancels the call in progress.
#[must_use = "streams do nothing unless polled"]
pub struct ItemStream<'c, T: ListPage> {
    pages: PageStream<'c, T>,
    items: vec::IntoIter<T::Item>,
}

impl<T: ListPage + FromResponse> ItemStream<'_, T> {
    /// Waits for the next item. Returns `None` at the end of the list.
    ///
    /// This method is cancel safe: dropping the future does not lose an item.
    pub async fn next(&mut self) -> Option<Result<T::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T::Item, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.items = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Neither type hands out a pinned reference to its fields.
impl<T> Unpin for PageStream<'_, T> {}
impl<T: ListPage> Unpin for ItemStream<'_, T> {}

impl<T: ListPage + FromResponse> Stream for PageStream<'_, T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: ListPage + FromResponse> Stream for ItemStream<'_, T> {
    type Item = Result<T::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for PageStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.state {
            State::Next(_) => "PageStream(between pages)",
            State::Requested(_) => "PageStream(waiting for a page)",
            State::End => "PageStream(at its end)",
        })
    }
}

impl<T: ListPage> fmt::Debug for ItemStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ItemStream({} items, {:?})",
            self.items.len(),
            self.pages
        )
    }
}
