//! The cost of a call through the SDK, and of the same call written by hand with `reqwest` and `serde`.
//!
//! The server is a thread that responds with prepared bytes. The kernel takes most of the wall-clock time of such calls.
//! So the benchmark also prints the CPU time of the calling thread, if the system reports it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use divan::Bencher;
use sdkwright_runtime::__private::{
    Api, Credential, CredentialPart, Params, RequestParts, SecurityScheme, SecuritySchemeKind,
};
use sdkwright_runtime::__private::{Reader, Writer};
use sdkwright_runtime::codec::{Decode, Encode};
use sdkwright_runtime::{Client, ClientBuilder, DateTime, DecodeError, Extra, Method, Request};
use sdkwright_runtime_benches::cpu;
use tokio::runtime::Runtime;

const KEY: &str = "sk-0123456789abcdef";
const PATH: &str = "/v3/webhook-subscriptions";
const TIMEOUT: Duration = Duration::from_secs(60);
const RESPONSE_BODY: &str = r#"{"id":"b2c3d4e5-f6a7-8901-bcde-f23456789012","target_url":"https://webhooks.example.com/events","signing_secret":"whsec_abc123def456","subscribed_events":["message.sent","message.received","message.read"],"is_active":true,"created_at":"2024-01-15T10:30:00Z","updated_at":"2024-01-15T10:30:00Z"}"#;

fn main() {
    divan::main();
    cpu::stay_on_one_processor();
    report();
}

/// The two ways to make the call.
enum By {
    Hand,
    Sdk,
}

#[divan::bench]
fn by_hand(bencher: Bencher<'_, '_>) {
    let caller = Caller::new();
    bencher.bench_local(|| caller.call(&By::Hand));
}

#[divan::bench]
fn through_the_sdk(bencher: Bencher<'_, '_>) {
    let caller = Caller::new();
    bencher.bench_local(|| caller.call(&By::Sdk));
}

/// Prints the CPU time of both calls: the shortest of several rounds that alternate, because other
/// work of the machine can only add to it.
fn report() {
    let (mut hand, mut sdk) = (Duration::MAX, Duration::MAX);
    for _ in 0..15 {
        hand = hand.min(measure_cpu(&By::Hand));
        sdk = sdk.min(measure_cpu(&By::Sdk));
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "CPU time of a call: {:.1} µs by hand, {:.1} µs through the SDK, ratio {:.3}",
        micros(hand),
        micros(sdk),
        micros(sdk) / micros(hand),
    );
}

/// Measures the CPU time of this thread for a call.
fn measure_cpu(by: &By) -> Duration {
    const CALLS: u32 = 1500;

    let caller = Caller::new();
    (0..200).for_each(|_| caller.call(by));
    cpu::measure(|| (0..CALLS).for_each(|_| caller.call(by))) / CALLS
}

/// State that exists before the first call.
struct Caller {
    runtime: Runtime,
    http: reqwest::Client,
    sdk: Client,
    url: String,
}

impl Caller {
    fn new() -> Self {
        let base = serve();
        Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            http: reqwest::Client::builder()
                .timeout(TIMEOUT)
                .build()
                .expect("a client"),
            sdk: ClientBuilder::new(&API)
                .env(|_| None)
                .credential("api_key", KEY)
                .base_url(&base)
                .build()
                .expect("a client"),
            url: format!("{base}{PATH}"),
        }
    }

    fn call(&self, by: &By) {
        self.runtime.block_on(async {
            match by {
                By::Hand => drop(divan::black_box(self.by_hand().await)),
                By::Sdk => drop(divan::black_box(self.through_the_sdk().await)),
            }
        });
    }

    /// A call by hand, with the checks of the SDK's call and with the same headers. A few more bytes
    /// can change the kernel's share of a call.
    async fn by_hand(&self) -> plain::Subscription {
        let body = serde_json::to_vec(&plain::Params {
            subscribed_events: &["message.sent", "message.received", "message.read"],
            target_url: "https://webhooks.example.com/events",
        })
        .expect("parameters are JSON");
        let answer = self
            .http
            .post(&self.url)
            .bearer_auth(KEY)
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("user-agent", "LinqAPIV3/Rust 0.1.0")
            .header("x-retry-count", "0")
            .body(body)
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .expect("an answer");
        serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("a subscription")
    }

    async fn through_the_sdk(&self) -> Subscription {
        let params = CreateParams {
            subscribed_events: ["message.sent", "message.received", "message.read"]
                .map(str::to_owned)
                .into(),
            target_url: "https://webhooks.example.com/events".to_owned(),
        };
        Request::new(&self.sdk, Method::POST, PATH)
            .params(&params)
            .await
            .expect("a subscription")
    }
}

/// Starts a server that sends the same response to every request.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve_connection(stream));
        }
    });
    format!("http://{address}")
}

fn serve_connection(mut stream: TcpStream) -> Option<()> {
    let reply = format!(
        "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nx-request-id: r1\r\ncontent-length: {}\r\n\r\n{RESPONSE_BODY}",
        RESPONSE_BODY.len()
    );
    stream.set_nodelay(true).ok()?;
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        // The only `}` of a request is the end of its body.
        while !bytes.ends_with(b"}") {
            let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
            bytes.extend_from_slice(buffer.get(..read)?);
        }
        bytes.clear();
        stream.write_all(reply.as_bytes()).ok()?;
    }
}

static API: Api = Api {
    name: "LinqAPIV3",
    env_prefix: "LINQ_API_V3",
    schemes: &[SecurityScheme {
        name: "BearerAuth",
        kind: SecuritySchemeKind::Bearer,
    }],
    security: &[&["BearerAuth"]],
    credentials: &[Credential {
        option: "api_key",
        scheme: "BearerAuth",
        part: CredentialPart::Value,
        env: None,
        required: true,
        nullable: false,
        default: None,
    }],
    ..sdkwright_runtime_benches::API
};

/// The types of a generated crate.
struct CreateParams {
    subscribed_events: Vec<String>,
    target_url: String,
}

impl Encode for CreateParams {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        w.field("subscribed_events", &self.subscribed_events);
        w.field("target_url", &self.target_url);
        w.end_object();
    }
}

impl Params for CreateParams {
    fn apply(&self, request: &mut RequestParts) {
        request.json(self);
    }
}

struct Subscription {
    id: String,
    target_url: String,
    signing_secret: String,
    subscribed_events: Vec<String>,
    is_active: bool,
    created_at: DateTime,
    updated_at: DateTime,
    extra: Extra,
}

impl Decode for Subscription {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self {
            id: String::new(),
            target_url: String::new(),
            signing_secret: String::new(),
            subscribed_events: Vec::new(),
            is_active: false,
            created_at: DateTime::default(),
            updated_at: DateTime::default(),
            extra: Extra::new(),
        };
        r.object(
            &[
                "id",
                "target_url",
                "signing_secret",
                "subscribed_events",
                "is_active",
                "created_at",
                "updated_at",
            ],
            &mut [
                &mut object.id,
                &mut object.target_url,
                &mut object.signing_secret,
                &mut object.subscribed_events,
                &mut object.is_active,
                &mut object.created_at,
                &mut object.updated_at,
            ],
            &mut object.extra,
            &[0, 1, 2, 3, 4, 5, 6],
        )?;
        Ok(object)
    }
}

/// The types written by hand.
mod plain {
    use chrono::{DateTime, FixedOffset};

    #[derive(serde::Serialize)]
    pub(super) struct Params<'a> {
        pub(super) subscribed_events: &'a [&'a str],
        pub(super) target_url: &'a str,
    }

    #[derive(serde::Deserialize)]
    #[expect(dead_code, reason = "only decoding reads the fields")]
    pub(super) struct Subscription {
        id: String,
        target_url: String,
        signing_secret: String,
        subscribed_events: Vec<String>,
        is_active: bool,
        created_at: DateTime<FixedOffset>,
        updated_at: DateTime<FixedOffset>,
    }
}
