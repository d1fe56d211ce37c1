//! The step from one page to the next, as the rules of the page style determine it.

use serde_json::Value;

use super::ListPage;
use super::next_request::PageOrigin;
use super::style::{OnEmptyPage, PageMark, PageStyle, PagingKind};
use crate::runtime::codec::{self, Encode};

/// Pagination values from the response headers.
pub(super) type HeaderMarks = Vec<(PageMark, Value)>;

/// Access to a page, independent of its type.
pub(super) trait PageView {
    fn len(&self) -> usize;
    fn first(&self) -> Option<&dyn Encode>;
    fn last(&self) -> Option<&dyn Encode>;
    fn mark(&self, mark: PageMark) -> Option<&dyn Encode>;
}

impl<T: ListPage> PageView for T {
    fn len(&self) -> usize {
        self.items().map_or(0, <[_]>::len)
    }

    fn first(&self) -> Option<&dyn Encode> {
        self.items()?.first().map(|item| item as _)
    }

    fn last(&self) -> Option<&dyn Encode> {
        self.items()?.last().map(|item| item as _)
    }

    fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
        ListPage::mark(self, mark)
    }
}

/// The change from one page's request to the next.
pub(super) enum NextStep {
    /// Sets the value of the pagination parameter.
    Param(Value),
    /// Sets the value of the parameter for backward pagination.
    Before(&'static str, Value),
    /// Replaces the whole URL.
    Url(String),
}

/// A page with its response headers and its request.
pub(super) struct PageContext<'p> {
    pub(super) page: &'p dyn PageView,
    pub(super) header_marks: HeaderMarks,
    pub(super) origin: &'p PageOrigin,
    pub(super) style: PageStyle,
}

impl PageContext<'_> {
    /// Returns the step to the next page, or `None` after the last page.
    #[inline]
    pub(super) fn step(&self) -> Option<NextStep> {
        let empty = self.page.len() == 0;
        let more = self.has_next();
        if empty && self.style.on_empty == OnEmptyPage::Stop || more == Some(false) {
            return None;
        }
        if let Some(param) = self.origin.backwards(self.style) {
            let first = self
                .page
                .first()
                .filter(|_| self.style.kind == PagingKind::CursorId);
            let id = self.id_of(first?)?;
            return Some(NextStep::Before(param, id));
        }
        match self.style.kind {
            PagingKind::Single => None,
            PagingKind::Cursor => self.mark(PageMark::Cursor).map(NextStep::Param),
            PagingKind::CursorId => self.id_of(self.page.last()?).map(NextStep::Param),
            PagingKind::CursorUrl => self.next_url(),
            PagingKind::Offset | PagingKind::PageNumber if self.origin.has_url() => self.next_url(),
            PagingKind::Offset => self.next_url().or_else(|| self.next_offset()),
            PagingKind::PageNumber => self.next_url().or_else(|| self.next_number(empty, more)),
        }
    }

    /// Returns `true` if the page says that a next page exists, or that it is not the last.
    #[inline]
    fn has_next(&self) -> Option<bool> {
        let next = self.mark(PageMark::HasNext).map(|more| is_true(&more));
        next.or_else(|| Some(!is_true(&self.mark(PageMark::IsLast)?)))
    }

    /// Returns the URL of the next page, if the page or a header holds one.
    #[inline]
    fn next_url(&self) -> Option<NextStep> {
        let url = self.mark(PageMark::Url)?;
        Some(NextStep::Url(url.as_str()?.to_owned()))
    }

    /// Returns the value of a mark. Null and an empty string count as absent.
    #[inline]
    fn mark(&self, mark: PageMark) -> Option<Value> {
        let header_marks = self.header_marks.iter().find(|(known, _)| *known == mark);
        let value = match header_marks {
            Some((_, value)) => value.clone(),
            None => value_of(self.page.mark(mark)?)?,
        };
        scalar(value)
    }

    #[inline]
    fn id_of(&self, item: &dyn Encode) -> Option<Value> {
        let mut value = value_of(item)?;
        for name in self.style.id {
            value = value.get_mut(*name)?.take();
        }
        scalar(value)
    }

    #[inline]
    fn next_offset(&self) -> Option<NextStep> {
        let len = u64::try_from(self.page.len()).ok()?;
        let next = self.position(PageMark::Offset)?.checked_add(len)?;
        let total = self.mark(PageMark::ItemCount).as_ref().and_then(number);
        let reached = total.is_some_and(|total| next >= total.saturating_add(self.style.first));
        // Without items there is no cursor to continue from.
        (len > 0 && !reached).then(|| NextStep::Param(Value::from(next)))
    }

    #[inline]
    fn next_number(&self, empty: bool, more: Option<bool>) -> Option<NextStep> {
        let next = self.position(PageMark::PageNumber)?.checked_add(1)?;
        let count = self.mark(PageMark::PageCount).as_ref().and_then(number);
        let reached = count.is_some_and(|count| next >= count.saturating_add(self.style.first));
        // Page numbers do not end by themselves. After a page without items, the page must confirm
        // that more pages follow.
        let known = !empty || more == Some(true) || count.is_some();
        (known && !reached).then(|| NextStep::Param(Value::from(next)))
    }

    /// Returns the position of this page: as the page reports it, as the request sent it, or the
    /// first.
    #[inline]
    fn position(&self, mark: PageMark) -> Option<u64> {
        if let Some(position) = self.mark(mark).as_ref().and_then(number) {
            return Some(position);
        }
        match self.origin.sent_param(self.style) {
            Some(text) => text.parse().ok(),
            None => Some(self.style.first),
        }
    }
}

#[inline]
fn value_of(value: &dyn Encode) -> Option<Value> {
    if value.is_absent() {
        return None;
    }
    codec::from_slice(&codec::to_vec(value)).ok()
}

/// Returns the value if a parameter can carry it.
#[inline]
pub(super) fn scalar(value: Value) -> Option<Value> {
    match &value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(value),
    }
}

#[inline]
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Header values are always strings.
#[inline]
fn is_true(value: &Value) -> bool {
    match value {
        Value::String(text) => !matches!(text.as_str(), "false" | "0"),
        Value::Number(number) => number.as_u64() != Some(0),
        value => *value != Value::Bool(false),
    }
}
