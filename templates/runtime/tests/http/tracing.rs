//! Spans and events with OpenTelemetry's names and without secrets.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use sdkwright_runtime::auth::AccessToken;
use sdkwright_runtime::{Method, Request, Value};
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, json, reply};
use crate::support::{API, KEY, builder_of, client};

/// Records spans and events.
#[derive(Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    ids: Arc<AtomicU64>,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl Log {
    fn write(&self, start: &str, record: impl FnOnce(&mut Line)) {
        let mut line = Line(start.to_owned());
        record(&mut line);
        self.lines.lock().unwrap().push(line.0);
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("sdkwright_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write("span", |line| span.record(line));
        Id::from_u64(self.ids.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write("record", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write("event", |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A subscriber without interest. Without it, a call of another test could cache that no subscriber
/// wants the event.
struct Idle;

impl Subscriber for Idle {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn start_log() -> Log {
    static IDLE: Once = Once::new();
    IDLE.call_once(|| tracing::subscriber::set_global_default(Idle).unwrap());
    Log::default()
}

impl Log {
    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn a_call_is_a_span_and_an_attempt_an_event() {
    let again = [("retry-after", "0")];
    let server = Server::start([reply(503, &again, ""), json(404, r#"{"a":"hush"}"#)]).await;
    let log = start_log();
    let client = client(&server);
    let call = Request::<Value>::new(&client, Method::GET, "/pets/{id}?token=hush")
        .path("id", 7)
        .query("key", "hush")
        .header("X-Token", "hush")
        .send();
    call.with_subscriber(log.clone()).await.unwrap_err();
    let lines = log.lines();
    let url = server.url();
    let port = url.rsplit(':').next().unwrap();
    assert_eq!(
        lines,
        [
            format!(
                "span otel.name=GET /pets/{{id}} otel.kind=\"client\" http.request.method=GET server.address=\"127.0.0.1\" server.port={port} url.full={url}/pets/7?token=REDACTED&key=REDACTED url.scheme=\"http\" url.template=\"/pets/{{id}}\""
            ),
            "event message=response received http.response.status_code=503 http.request.resend_count=0"
                .to_owned(),
            "event message=retrying http.request.resend_count=1 wait_ms=100".to_owned(),
            "event message=response received http.response.status_code=404 http.request.resend_count=1"
                .to_owned(),
            "record http.response.status_code=404".to_owned(),
            "record http.request.resend_count=1".to_owned(),
            "record otel.status_code=\"ERROR\"".to_owned(),
            "record error.type=\"404\"".to_owned(),
        ]
    );
    let shown = lines.join("\n");
    assert!(!shown.contains("hush") && !shown.contains(KEY), "{shown}");
}

#[tokio::test]
async fn an_undocumented_call_is_named_for_its_method() {
    let server = Server::start([json(200, "{}")]).await;
    let log = start_log();
    let client = client(&server);
    let call = client.get("/users/ID-77/x").send();
    call.with_subscriber(log.clone()).await.unwrap();
    let shown = log.lines().join("\n");
    assert!(shown.contains("otel.name=GET otel.kind"), "{shown}");
    assert!(!shown.contains("url.template") && !shown.contains("error"));
    assert_eq!(
        shown.matches("ID-77").count(),
        1,
        "in `url.full` alone: {shown}"
    );
}

#[tokio::test]
async fn a_missing_token_is_an_error_and_a_renewed_one_is_not() {
    let server = Server::start([json(200, "{}"), json(401, "{}"), json(200, "{}")]).await;
    let builder = builder_of(&API).token_provider(|| async { Ok(AccessToken::new("hush")) });
    let client = builder.base_url(server.url()).build().unwrap();
    client.get("/a").await.unwrap();
    let log = start_log();
    let call = client.get("/a").send();
    call.with_subscriber(log.clone()).await.unwrap();
    let shown = log.lines().join("\n");
    assert!(
        shown.contains("record http.response.status_code=200"),
        "{shown}"
    );
    assert!(
        !shown.contains("error") && !shown.contains("ERROR"),
        "{shown}"
    );
    let other = client.with_options(|o| o.token_provider(|| async { Err("down".into()) }));
    let (log, other) = (start_log(), other.unwrap());
    let call = other.get("/a").send();
    call.with_subscriber(log.clone()).await.unwrap_err();
    let shown = log.lines().join("\n");
    assert!(
        shown.contains("record otel.status_code=\"ERROR\""),
        "{shown}"
    );
    assert!(
        shown.contains("record error.type=\"authentication\""),
        "{shown}"
    );
}
