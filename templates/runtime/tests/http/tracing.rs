//! Spans and events by OpenTelemetry's names, without secrets.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, json, reply};
use crate::support::{KEY, client};

/// Writes down what it is told.
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

#[tokio::test]
async fn a_call_is_a_span_and_an_attempt_an_event() {
    let again = [("retry-after", "0")];
    let server = Server::start([reply(503, &again, ""), json(404, r#"{"a":"hush"}"#)]).await;
    let log = Log::default();
    let client = client(&server);
    let call = client
        .get("/pets?token=hush")
        .query("key", "hush")
        .header("X-Token", "hush")
        .send();
    call.with_subscriber(log.clone()).await.unwrap_err();
    let lines = log.lines.lock().unwrap().clone();
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    assert_eq!(
        lines,
        [
            format!(
                "span otel.name=GET /pets otel.kind=\"client\" http.request.method=GET server.address=\"127.0.0.1\" server.port={port} url.scheme=\"http\" url.template=\"/pets\""
            ),
            "event message=answered http.response.status_code=503 http.request.resend_count=0"
                .to_owned(),
            "event message=tried again http.request.resend_count=1 wait_ms=0".to_owned(),
            "event message=answered http.response.status_code=404 http.request.resend_count=1"
                .to_owned(),
            "record http.response.status_code=404".to_owned(),
            "record http.request.resend_count=1".to_owned(),
            "record error.type=\"404\"".to_owned(),
        ]
    );
    let shown = lines.join("\n");
    assert!(!shown.contains("hush") && !shown.contains(KEY), "{shown}");
}
