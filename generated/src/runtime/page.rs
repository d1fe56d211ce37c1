//! Paginated lists.
//!
//! A [`paged`](crate::runtime::Request::paged) call returns a [`Page`]. The page builds the next
//! request by changing the cursor, the page number or the URL of its own request. [`ListPage`]
//! reads these values from the decoded page. The rules of pagination live here and do not depend on
//! the page's type.

mod loop_guard;
mod next_page_url;
mod next_request;
mod numeric_cursor;
mod step;
mod stream;
mod style;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

pub(crate) use self::next_page_url::{has_same_endpoint, merge_into_page_url};
pub(crate) use self::next_request::{PageOrigin, Paging};
pub use self::stream::{ItemStream, PageStream};
pub use self::style::{PageMark, PageStyle};
use crate::runtime::codec::Encode;
use crate::runtime::error::Error;
use crate::runtime::request::Request;
use crate::runtime::response::{FromResponse, Response};

/// A response body that is one page of a list.
pub trait ListPage: Sized {
    /// Type of the list's items.
    type Item: Encode;

    /// Returns the items of this page, if it has any.
    fn items(&self) -> Option<&[Self::Item]>;

    /// Consumes the page and returns its items, if it has any.
    fn into_items(self) -> Option<Vec<Self::Item>>;

    /// Returns the value that the page holds for `mark`.
    #[inline]
    fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
        let _ = mark;
        None
    }
}

impl<T: Encode> ListPage for Vec<T> {
    type Item = T;

    fn items(&self) -> Option<&[T]> {
        Some(self)
    }

    fn into_items(self) -> Option<Self> {
        Some(self)
    }
}

/// An optional page. Without content it has no items.
impl<T: ListPage> ListPage for Option<T> {
    type Item = T::Item;

    fn items(&self) -> Option<&[Self::Item]> {
        self.as_ref()?.items()
    }

    fn into_items(self) -> Option<Vec<Self::Item>> {
        self?.into_items()
    }

    fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
        self.as_ref()?.mark(mark)
    }
}

/// One page of a list.
///
/// Dereferences to the response body, so the fields of `T` are accessible on the page.
#[derive(Clone)]
pub struct Page<T> {
    body: T,
    next: Option<Arc<PageOrigin>>,
}

impl<T> Page<T> {
    /// Returns the response body.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// Returns `true` if another page follows this one.
    ///
    /// A page is the last one if it has no items, or if the server marks it as the last.
    #[must_use]
    pub fn has_next_page(&self) -> bool {
        self.next.is_some()
    }
}

impl<T: ListPage> Page<T> {
    /// Returns the items of this page.
    #[must_use]
    pub fn items(&self) -> &[T::Item] {
        self.body.items().unwrap_or_default()
    }

    /// Consumes the page and returns its items.
    #[must_use]
    pub fn into_items(self) -> Vec<T::Item> {
        self.body.into_items().unwrap_or_default()
    }
}

impl<T: ListPage + FromResponse> Page<T> {
    /// Returns the call for the next page.
    ///
    /// The call has all options of the call for this page, except the idempotency key.
    ///
    /// If the server names a page that was already read, awaiting the call returns [`Error::Build`]
    /// and no request is sent.
    pub fn next_page(&self) -> Option<Request<'_, Self>> {
        self.next.as_deref().map(PageOrigin::request)
    }
}

impl<T> Deref for Page<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("body", &self.body)
            .field("has_next_page", &self.has_next_page())
            .finish()
    }
}

impl<T: ListPage + FromResponse> FromResponse for Page<T> {
    const ACCEPT: &'static str = T::ACCEPT;

    fn from_response(mut response: Response) -> Result<Self, Error> {
        let origin = response.origin.take();
        let header_marks = origin
            .as_deref()
            .map(|origin| origin.header_marks(&response.headers));
        let text = response.body.clone();
        let body = T::from_response(response)?;
        let header_marks = header_marks.unwrap_or_default();
        let next = origin.and_then(|origin| origin.next(&body, header_marks, &text));
        Ok(Self { body, next })
    }
}
