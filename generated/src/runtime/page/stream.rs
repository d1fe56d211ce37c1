//! All pages of a list, and all items of it, one after the other.
//!
//! Nothing is asked for before it is wanted. The first error is the last thing that comes.

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

/// Following the pages of a list.
impl<'c, T: ListPage + FromResponse> Request<'c, Page<T>> {
    /// All pages from this one on.
    ///
    /// The options of the call hold for the call of each page.
    pub fn pages(self) -> PageStream<'c, T> {
        PageStream {
            client: self.client,
            state: State::Next(self),
        }
    }

    /// The items of all pages from this one on.
    ///
    /// The options of the call hold for the call of each page.
    pub fn items(self) -> ItemStream<'c, T> {
        ItemStream {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }
}

/// The pages of a list, each asked for when it is wanted.
///
/// Dropping it gives up the call for the page that is being read.
#[must_use = "a stream does nothing until its items are asked for"]
pub struct PageStream<'c, T> {
    client: &'c Client,
    state: State<'c, T>,
}

enum State<'c, T> {
    /// A page is to be asked for.
    Next(Request<'c, Page<T>>),
    /// A page has been asked for.
    Requested(ResponseFuture<'c, Page<T>>),
    /// There are no more.
    End,
}

impl<T: ListPage + FromResponse> PageStream<'_, T> {
    /// Waits for the next page; `None` is the end.
    ///
    /// It may be dropped and called again: a page is not lost by that.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            match &mut self.state {
                State::Requested(answer) => {
                    let page = ready!(Pin::new(answer).poll(context));
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

/// The items of a list, page by page.
///
/// Dropping it gives up the call for the page that is being read.
#[must_use = "a stream does nothing until its items are asked for"]
pub struct ItemStream<'c, T: ListPage> {
    pages: PageStream<'c, T>,
    items: vec::IntoIter<T::Item>,
}

impl<T: ListPage + FromResponse> ItemStream<'_, T> {
    /// Waits for the next item; `None` is the end.
    ///
    /// It may be dropped and called again: an item is not lost by that.
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

// Neither hands out a pinned reference to what it holds.
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
