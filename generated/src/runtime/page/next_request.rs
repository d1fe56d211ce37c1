//! Construction of the request for the next page. It differs from the page's own request in one
//! value.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use http::header::LINK;
use http::{HeaderMap, Uri};
use serde_json::Value;
use url::Url;

use super::loop_guard::LoopGuard;
use super::numeric_cursor::{self, NumberLocation};
use super::step::{HeaderMarks, NextStep, PageContext, PageView, scalar};
use super::style::{PageStyle, PagingKind, ParamLocation};
use super::{ListPage, next_page_url};
use crate::runtime::client::Client;
use crate::runtime::codec::{self, Encode, Writer};
use crate::runtime::error::BuildError;
use crate::runtime::request::Request;
use crate::runtime::request_parts::RequestParts;
use crate::runtime::send;

/// Pagination state of a request.
#[derive(Debug, Clone)]
pub(crate) struct Paging {
    style: PageStyle,
    /// The pages before this one.
    loop_guard: LoopGuard,
    /// URL of the page, if the previous page named it.
    pub(crate) url: Option<Url>,
}

impl Paging {
    #[inline]
    pub(crate) fn new(style: PageStyle) -> Self {
        Self {
            style,
            loop_guard: LoopGuard::default(),
            url: None,
        }
    }
}

/// The request that a page came from, or the request for the next page.
#[derive(Debug, Clone)]
pub(crate) struct PageOrigin {
    client: Client,
    parts: Box<RequestParts>,
}

impl PageOrigin {
    /// Returns the origin of the response if the request is paginated.
    #[inline]
    pub(crate) fn from_request(client: &Client, parts: &RequestParts) -> Option<Arc<Self>> {
        parts.paging.as_ref()?;
        Some(Arc::new(Self {
            client: client.clone(),
            parts: Box::new(parts.clone()),
        }))
    }

    /// Builds the request for the page.
    pub(super) fn request<T>(&self) -> Request<'_, T> {
        self.request_through(&self.client)
    }

    /// Builds the same request on another handle of the client.
    pub(super) fn request_through<'c, T>(&self, client: &'c Client) -> Request<'c, T> {
        Request {
            client,
            parts: self.parts.clone(),
            output: PhantomData,
        }
    }

    /// Reads the pagination values from the response headers.
    #[inline]
    pub(super) fn header_marks(&self, headers: &HeaderMap) -> HeaderMarks {
        let Some(paging) = &self.parts.paging else {
            return HeaderMarks::new();
        };
        let marks = paging.style.headers.iter();
        marks
            .filter_map(|(mark, name)| {
                let lines = headers.get_all(*name).iter();
                let mut lines = lines.filter_map(|line| line.to_str().ok());
                // Several lines of a header form one list.
                let text = match name.eq_ignore_ascii_case(LINK.as_str()) {
                    true => lines.find_map(next_page_url::find_next_link)?,
                    false => lines.next()?,
                };
                Some((*mark, Value::from(text)))
            })
            .collect()
    }

    /// Returns the origin of the page after this one.
    pub(super) fn next(
        self: Arc<Self>,
        page: &impl ListPage,
        header_marks: HeaderMarks,
        text: &[u8],
    ) -> Option<Arc<Self>> {
        self.follow(page, header_marks, text)
    }

    #[inline]
    fn follow(
        self: Arc<Self>,
        page: &dyn PageView,
        header_marks: HeaderMarks,
        text: &[u8],
    ) -> Option<Arc<Self>> {
        let style = self.parts.paging.as_ref()?.style;
        let look = PageContext {
            page,
            header_marks,
            origin: &self,
            style,
        };
        let step = look.step()?;
        let mut next = Arc::unwrap_or_clone(self);
        if matches!(
            (style.kind, &step),
            (
                PagingKind::Offset | PagingKind::PageNumber,
                NextStep::Param(_)
            )
        ) && let Some(paging) = &mut next.parts.paging
            && paging.loop_guard.repeats_content(text)
        {
            let message = "the server sends the same page repeatedly, so the list would never end";
            next.parts.fail(BuildError::new(message));
            return Some(Arc::new(next));
        }
        let taken = match step {
            NextStep::Param(value) => {
                let lexeme = number_lexeme(&value, style, text);
                next.set_param(&value, lexeme, style)
            }
            NextStep::Before(param, value) => {
                let style = PageStyle { param, ..style };
                next.set_param(&value, None, style)
            }
            NextStep::Url(url) => next.set_url(&url),
        };
        if let Err(error) = taken {
            next.parts.fail(error);
        }
        // An idempotency key belongs to one call, and the next page is a different call.
        next.parts.idempotency_key = None;
        Some(Arc::new(next))
    }

    /// Sets the pagination parameter of the next page's request.
    #[inline]
    fn set_param(
        &mut self,
        value: &Value,
        lexeme: Option<String>,
        style: PageStyle,
    ) -> Result<(), BuildError> {
        let here = self.sent_param(style);
        if lexeme.is_none() && is_rounded(value) {
            return Err(BuildError::new(
                "the cursor of the next page is a number with more digits than can be read exactly",
            ));
        }
        let next = lexeme.clone().unwrap_or_else(|| text(value));
        self.record_and_check(here.as_deref(), &next)?;
        match (style.location, lexeme) {
            (ParamLocation::Query, _) => self.parts.set_query(style.param, &next),
            (ParamLocation::Body, Some(number)) => {
                self.parts.set_property(style.param, &NumberLexeme(number))
            }
            (ParamLocation::Body, None) => self.parts.set_property(style.param, value),
        }
        Ok(())
    }

    /// Points the next page's request at a URL.
    #[inline]
    fn set_url(&mut self, next: &str) -> Result<(), BuildError> {
        let here = self.uri()?;
        let next = next_page_url::resolve(&here, next)?;
        self.record_and_check(Some(&here.to_string()), next.as_str())?;
        if let Some(paging) = &mut self.parts.paging {
            paging.url = Some(next);
        }
        Ok(())
    }

    /// Returns the parameter for backward pagination if the page was requested with it.
    #[inline]
    pub(super) fn backwards(&self, style: PageStyle) -> Option<&'static str> {
        let param = style.backwards?;
        let location = ParamLocation::Query;
        let sent_param = self.sent_param(PageStyle {
            param,
            location,
            ..style
        });
        sent_param.map(|_| param)
    }

    /// Returns `true` if a previous page named this page's URL.
    #[inline]
    pub(super) fn has_url(&self) -> bool {
        let paging = self.parts.paging.as_ref();
        paging.is_some_and(|paging| paging.url.is_some())
    }

    /// Returns the value of the pagination parameter that the call or the client sent.
    #[inline]
    pub(super) fn sent_param(&self, style: PageStyle) -> Option<String> {
        match style.location {
            ParamLocation::Query => {
                let uri = self.uri().ok()?;
                let pairs = url::form_urlencoded::parse(uri.query()?.as_bytes());
                let last = pairs.filter(|(name, _)| name == style.param).last();
                last.map(|(_, value)| value.into_owned())
            }
            ParamLocation::Body => {
                let mut parts = Cow::Borrowed(&*self.parts);
                let mut defaults = self.client.shared.config.body_properties.iter();
                if let Some((name, json)) = defaults.find(|(name, _)| *name == style.param) {
                    parts.to_mut().add_property(name, json);
                }
                let body: Value = codec::from_slice(parts.body.as_bytes()?).ok()?;
                Some(text(&scalar(body.get(style.param)?.clone())?))
            }
        }
    }

    /// Returns the URL of the page.
    #[inline]
    fn uri(&self) -> Result<Uri, BuildError> {
        let url = self.parts.paging.as_ref().and_then(|p| p.url.as_ref());
        let uri = match url {
            Some(url) => Uri::try_from(url.as_str()).ok(),
            None => send::uri(&self.client.shared.config, &self.parts, &[]).ok(),
        };
        uri.ok_or_else(|| {
            BuildError::new("the page has no URL to resolve the next-page link against")
        })
    }

    /// Records the step to the next page, or fails if that page was already read.
    #[inline]
    fn record_and_check(&mut self, here: Option<&str>, next: &str) -> Result<(), BuildError> {
        let Some(paging) = &mut self.parts.paging else {
            return Ok(());
        };
        if let Some(here) = here {
            paging.loop_guard.record(here);
        }
        if paging.loop_guard.was_visited(next) {
            return Err(BuildError::new(
                "the next page was already read, so the list would never end",
            ));
        }
        Ok(())
    }
}

#[inline]
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A number that is encoded exactly as it was received.
struct NumberLexeme(String);

impl Encode for NumberLexeme {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        w.json(&self.0);
    }
}

/// Returns the spelling in the page's text of a number that was decoded as a float.
#[inline]
fn number_lexeme(value: &Value, style: PageStyle, text: &[u8]) -> Option<String> {
    let float = value.as_f64().filter(|_| value.is_f64())?;
    let location = match (style.kind, style.id.last()) {
        (PagingKind::CursorId, Some(name)) => NumberLocation::LastItem(name),
        _ => NumberLocation::Page,
    };
    numeric_cursor::find_lexeme(text, float, location)
}

/// Returns `true` if a number may have lost digits. This concerns integers of more than 64 bits,
/// and floats with more digits than an `f64` holds.
#[inline]
fn is_rounded(value: &Value) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.is_f64() && value.as_f64().is_some_and(|value| value.abs() >= EXACT)
}
