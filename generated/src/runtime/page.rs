//! Lists that come in pages.
//!
//! A call that is [`paged`](crate::runtime::Request::paged) returns a [`Page`], which knows the
//! request for the next one: the same again, with the cursor, the number or the URL of the next
//! page in it. What a page says of the next is read from the decoded value, by [`ListPage`]; the
//! rules are here, and do not know its type.

mod link;
mod loop_guard;
mod next_request;
mod number_lexeme;
mod step;
mod stream;
mod style;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

pub(crate) use self::link::{has_same_endpoint, merge_into_page_url};
pub(crate) use self::next_request::{PageOrigin, Paging};
pub use self::stream::{ItemStream, PageStream};
pub use self::style::{PageMark, PageStyle};
use crate::runtime::codec::Encode;
use crate::runtime::error::Error;
use crate::runtime::request::Request;
use crate::runtime::response::{FromResponse, Response};

/// The body of an answer that is a page of a list.
pub trait ListPage: Sized {
    /// What the list is of.
    type Item: Encode;

    /// The items of this page, if it has any.
    fn items(&self) -> Option<&[Self::Item]>;

    /// The items of this page, taken out of it.
    fn into_items(self) -> Option<Vec<Self::Item>>;

    /// What the page says of itself or of the next one.
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

/// A page that a server may leave out: without content there are no items.
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

/// A page of a list, and the way to the next one.
///
/// It is its body: the fields of `T` are read as those of the page.
#[derive(Clone)]
pub struct Page<T> {
    body: T,
    next: Option<Arc<PageOrigin>>,
}

impl<T> Page<T> {
    /// The body of the answer.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// Whether a page follows this one.
    ///
    /// The last page is one without items, or one that says that it is the last.
    #[must_use]
    pub fn has_next_page(&self) -> bool {
        self.next.is_some()
    }
}

impl<T: ListPage> Page<T> {
    /// The items of this page.
    #[must_use]
    pub fn items(&self) -> &[T::Item] {
        self.body.items().unwrap_or_default()
    }

    /// The items of this page, taken out of it.
    #[must_use]
    pub fn into_items(self) -> Vec<T::Item> {
        self.body.into_items().unwrap_or_default()
    }
}

impl<T: ListPage + FromResponse> Page<T> {
    /// The call for the page that follows this one, with all options of the call for this one but
    /// its idempotency key.
    ///
    /// If the server names a page that was read before, awaiting the call is an
    /// [`Error::Build`], and nothing is sent.
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
