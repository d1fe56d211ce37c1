//! `WebhookRouter`: handlers by the type of the event.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::event::TypedEvent;
use crate::BoxFuture;
use crate::types::{WebhookEvent, WebhookEventType};

/// The error of a handler.
pub type HandlerError = Box<dyn StdError + Send + Sync>;

type Handler =
    Arc<dyn Fn(WebhookEvent) -> BoxFuture<'static, Result<(), HandlerError>> + Send + Sync>;

type ErrorHandler = Arc<dyn Fn(WebhookEventType, HandlerError) + Send + Sync>;

/// Runs the handler of an event's type.
///
/// The argument of a handler decides which events it gets:
///
/// ```
/// use linq_sdk::WebhookRouter;
/// use linq_sdk::types::{MessageReceivedEvent, ReactionAddedEvent};
///
/// async fn count(event: ReactionAddedEvent) -> Result<(), std::io::Error> {
///     println!("reaction {}", event.event_id);
///     Ok(())
/// }
///
/// let router = WebhookRouter::new()
///     .on(|event: MessageReceivedEvent| async move { println!("message {}", event.event_id) })
///     .on(count)
///     .fallback(|event| async move { println!("{}", event.event_type()) })
///     .on_error(|event_type, error| eprintln!("{event_type}: {error}"));
/// ```
///
/// Clones share the handlers. Without a fallback, events without a handler are ignored. Without
/// `on_error`, the errors of handlers are ignored.
#[derive(Clone, Default)]
#[must_use = "a router does nothing unless it gets events"]
pub struct WebhookRouter {
    handlers: HashMap<WebhookEventType, Handler>,
    fallback: Option<Handler>,
    on_error: Option<ErrorHandler>,
}

impl WebhookRouter {
    /// Creates a router without handlers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the handler of one type of events, which is that of its argument. The last handler of a
    /// type replaces the others.
    pub fn on<E, H, F>(mut self, handler: H) -> Self
    where
        E: TypedEvent,
        H: Fn(E) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let typed: Handler = Arc::new(move |event| {
            let handler = Arc::clone(&handler);
            Box::pin(async move {
                match E::from_event(event) {
                    Some(event) => handler(event).await.into_result(),
                    None => Ok(()),
                }
            })
        });
        self.handlers.insert(E::TYPE, typed);
        self
    }

    /// Sets the handler of all events that have no other, including those of unknown types.
    pub fn fallback<H, F>(mut self, handler: H) -> Self
    where
        H: Fn(WebhookEvent) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.fallback = Some(Arc::new(move |event| {
            let handled = handler(event);
            Box::pin(async move { handled.await.into_result() })
        }));
        self
    }

    /// Sets a function that gets the errors of handlers.
    pub fn on_error(
        mut self,
        handler: impl Fn(WebhookEventType, HandlerError) + Send + Sync + 'static,
    ) -> Self {
        self.on_error = Some(Arc::new(handler));
        self
    }

    /// Runs the handler of an event, and waits for it.
    pub fn dispatch(&self, event: WebhookEvent) -> BoxFuture<'static, ()> {
        let event_type = WebhookEventType::from(event.event_type());
        let handler = self.handlers.get(&event_type).or(self.fallback.as_ref());
        let Some(handler) = handler.cloned() else {
            return Box::pin(std::future::ready(()));
        };
        let on_error = self.on_error.clone();
        Box::pin(async move {
            let handled = handler(event).await;
            if let (Err(error), Some(on_error)) = (handled, on_error) {
                on_error(event_type, error);
            }
        })
    }

    /// Runs the handler of an event in a task of tokio, and returns at once.
    ///
    /// # Panics
    ///
    /// Panics outside of a runtime of tokio.
    #[cfg(feature = "tower")]
    pub fn spawn(&self, event: WebhookEvent) {
        tokio::spawn(self.dispatch(event));
    }
}

impl fmt::Debug for WebhookRouter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut types: Vec<&str> = self.handlers.keys().map(WebhookEventType::as_str).collect();
        types.sort_unstable();
        f.debug_tuple("WebhookRouter").field(&types).finish()
    }
}

/// The output of a handler: nothing, or a `Result` whose error goes to
/// [`on_error`](WebhookRouter::on_error).
pub trait HandlerOutput {
    /// Converts the output.
    ///
    /// # Errors
    ///
    /// Returns the error of the handler.
    fn into_result(self) -> Result<(), HandlerError>;
}

impl HandlerOutput for () {
    fn into_result(self) -> Result<(), HandlerError> {
        Ok(())
    }
}

impl<E: Into<HandlerError>> HandlerOutput for Result<(), E> {
    fn into_result(self) -> Result<(), HandlerError> {
        self.map_err(Into::into)
    }
}
