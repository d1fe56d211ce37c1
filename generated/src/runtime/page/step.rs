//! What a page says of the one after it: the step from one to the next, by the rules of its style.

use serde_json::Value;

use super::ListPage;
use super::next_request::PageOrigin;
use super::style::{OnEmptyPage, PageMark, PageStyle, PagingKind};
use crate::runtime::codec::{self, Encode};

/// What the headers of an answer say.
pub(super) type HeaderMarks = Vec<(PageMark, Value)>;

/// What the rules ask of a page, whatever its type.
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

/// What changes from a page to the next.
pub(super) enum NextStep {
    /// The value of the parameter.
    Param(Value),
    /// The value of the parameter that asks for what comes before.
    Before(&'static str, Value),
    /// The whole URL.
    Url(String),
}

/// A page, with all that is said about it.
pub(super) struct PageContext<'p> {
    pub(super) page: &'p dyn PageView,
    pub(super) header_marks: HeaderMarks,
    pub(super) origin: &'p PageOrigin,
    pub(super) style: PageStyle,
}

impl PageContext<'_> {
    /// The step to the next page; `None` after the last.
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

    /// Whether the page says that there is a next one, or that it is not the last.
    #[inline]
    fn has_next(&self) -> Option<bool> {
        let next = self.mark(PageMark::HasNext).map(|more| is_true(&more));
        next.or_else(|| Some(!is_true(&self.mark(PageMark::IsLast)?)))
    }

    /// The URL that the page holds, where a header may say more than a number does.
    #[inline]
    fn next_url(&self) -> Option<NextStep> {
        let url = self.mark(PageMark::Url)?;
        Some(NextStep::Url(url.as_str()?.to_owned()))
    }

    /// A mark that has a value: null and an empty text say nothing.
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
        // Without items there is no way forward.
        (len > 0 && !reached).then(|| NextStep::Param(Value::from(next)))
    }

    #[inline]
    fn next_number(&self, empty: bool, more: Option<bool>) -> Option<NextStep> {
        let next = self.position(PageMark::PageNumber)?.checked_add(1)?;
        let count = self.mark(PageMark::PageCount).as_ref().and_then(number);
        let reached = count.is_some_and(|count| next >= count.saturating_add(self.style.first));
        // Numbers have no end of their own: after a page without items something else must say
        // that there are more.
        let known = !empty || more == Some(true) || count.is_some();
        (known && !reached).then(|| NextStep::Param(Value::from(next)))
    }

    /// Where this page is: as it says, as it was asked for, or at the beginning.
    #[inline]
    fn position(&self, mark: PageMark) -> Option<u64> {
        if let Some(said) = self.mark(mark).as_ref().and_then(number) {
            return Some(said);
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

/// A value that a parameter can take.
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

/// Headers only have texts.
#[inline]
fn is_true(value: &Value) -> bool {
    match value {
        Value::String(text) => !matches!(text.as_str(), "false" | "0"),
        Value::Number(number) => number.as_u64() != Some(0),
        value => *value != Value::Bool(false),
    }
}
