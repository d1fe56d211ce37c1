//! Behaviours of generated crates, each by its name. `behaviour.rs` of the tests builds and runs it.

use serde_json::{Value, json};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let name = std::env::args().nth(1).expect("a behaviour");
    runtime.block_on(async {
        match name.as_str() {
            "streams_on_request" => streams().await,
            "streams_by_extension" => extension_streams().await,
            "stream_conditions" => stream_conditions().await,
            "security_nullable" => nullable_credentials().await,
            "webhooks_without_key" => unverified_deliveries(),
            "constants" => constants().await,
            "integers_and_numbers" => numbers(),
            "one_of_nested_constants" => nested_constants(),
            "one_of_undeclared_discriminator" => undeclared_discriminator(),
            "read_only_discriminator" => read_only_discriminator().await,
            "resources_left_out" => left_out().await,
            "one_of_mapping" => unions().await,
            "servers" => servers(),
            "body_encoding_headers" => parts().await,
            "body_multipart_optional" => files().await,
            "body_media_types_with_files" => files_beside().await,
            "response_media_type_methods" => alternatives().await,
            "body_form_of_json" => form_of_json().await,
            _ => panic!("no behaviour `{name}`"),
        }
    });
}

/// A client of a crate and its mock transport.
macro_rules! mocked {
    ($api:ident) => {{
        let mock = $api::mock::Mock::new();
        let client = $api::Client::builder()
            .env(|_| None)
            .base_url("https://api.invalid")
            .transport(mock.clone())
            .max_retries(0)
            .build()
            .expect("a client");
        (client, mock)
    }};
}

async fn streams() {
    use streams_on_request::mock::Reply;
    use streams_on_request::types::{ChatCreateParams, ChatTranscribeParams};
    use streams_on_request::{Method, Upload};

    let (client, mock) = mocked!(streams_on_request);
    let events = "data: {\"delta\":\"Hel\"}\n\ndata: {\"delta\":\"lo\"}\n\ndata: [DONE]\n\n";
    let stream = || Reply::body(events, "text/event-stream");
    mock.once(
        Method::POST,
        "/chat",
        Reply::json_text(r#"{"text":"Hello"}"#),
    )
    .once(Method::POST, "/chat", stream())
    .once(Method::POST, "/transcriptions", stream())
    .once(
        Method::GET,
        "/log",
        Reply::body("{\"delta\":\"a\"}\n", "application/x-ndjson"),
    );

    let params = ChatCreateParams::new("Hi").stream(true);
    let whole = client.chat().create(params).await;
    assert_eq!(whole.expect("a reply").text, "Hello");
    // The method decides whether the response is a stream, not the parameter.
    let params = ChatCreateParams::new("Hi").stream(false);
    let mut chunks = client
        .chat()
        .create_streaming(params)
        .await
        .expect("a stream");
    let mut text = String::new();
    while let Some(chunk) = chunks.next().await {
        text.push_str(&chunk.expect("a chunk").delta);
    }
    assert_eq!(text, "Hello");
    let params = ChatTranscribeParams::new(Upload::new("speech"), false);
    let mut chunks = client
        .chat()
        .transcribe_streaming(params)
        .await
        .expect("a stream");
    assert_eq!(
        chunks.next().await.expect("one").expect("a chunk").delta,
        "Hel"
    );
    let mut lines = client
        .chat()
        .log_streaming()
        .await
        .expect("a stream");
    assert_eq!(lines.next().await.expect("one").expect("a line").delta, "a");
    assert!(lines.next().await.is_none());

    mock.verify();
    let requests = mock.requests();
    let [whole, events, form, lines] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(
        whole.json::<Value>().expect("JSON"),
        json!({"prompt": "Hi", "stream": false})
    );
    assert_eq!(whole.header("accept"), Some("application/json"));
    let sent = events.json::<Value>().expect("JSON");
    assert_eq!(sent, json!({"prompt": "Hi", "stream": true}));
    assert_eq!(events.header("accept"), Some("text/event-stream"));
    let form = String::from_utf8_lossy(&form.body);
    assert!(form.contains("name=\"stream\"\r\n\r\ntrue\r\n"), "{form}");
    assert_eq!(lines.query("stream"), Some("true"));
}

async fn stream_conditions() {
    use stream_conditions::Method;
    use stream_conditions::mock::Reply;
    use stream_conditions::types::{AnswerCreateParams, ReplyRequest};

    let (client, mock) = mocked!(stream_conditions);
    let whole = || Reply::json_text(r#"{"text":"a"}"#);
    let stream = |events: &'static str| Reply::body(events, "text/event-stream");
    let interrupted = "retry: 1\nid: 7\ndata: {\"delta\":\"a\"}\n\n";
    let rest = "data: {\"delta\":\"b\"}\n\ndata: END\n\n";
    mock.once(Method::POST, "/replies", whole())
        .once(Method::POST, "/replies", stream(interrupted))
        .once(Method::POST, "/replies", stream(rest))
        .once(Method::POST, "/answers", stream(rest))
        .once(Method::GET, "/texts", Reply::json_text("{\"delta\":\"a\"}\n"));

    // The method decides whether the response is a stream, not the parameter.
    let params = || ReplyRequest::new("Hi", "streaming");
    let reply = client.replies().create(params()).await;
    assert_eq!(reply.expect("a reply").text, "a");
    let params = ReplyRequest::new("Hi", "blocking");
    let stream = client.replies().create_streaming(params).await;
    let mut stream = stream.expect("a stream");
    for delta in ["a", "b"] {
        let chunk = stream.next().await.expect("one");
        assert_eq!(chunk.expect("a chunk").delta, delta);
    }
    assert!(stream.next().await.is_none());
    let params = AnswerCreateParams::new();
    let stream = client.answers().create_streaming(params).await;
    assert!(stream.expect("a stream").next().await.is_some());
    let stream = client.texts().retrieve_streaming().await;
    assert!(stream.expect("a stream").next().await.is_some());

    mock.verify();
    let requests = mock.requests();
    let [whole, first, second, answer, text] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    for (request, mode) in [
        (whole, "blocking"),
        (first, "streaming"),
        (second, "streaming"),
    ] {
        let sent = request.json::<Value>().expect("JSON");
        assert_eq!(sent, json!({"prompt": "Hi", "mode": mode}));
    }
    assert_eq!(first.header("last-event-id"), None);
    assert_eq!(second.header("last-event-id"), Some("7"));
    let sent = answer.json::<Value>().expect("JSON");
    assert_eq!(sent, json!({"mode": "partial"}));
    assert_eq!(text.query("as"), Some("stream"));
}

async fn extension_streams() {
    use streams_by_extension::Method;
    use streams_by_extension::mock::Reply;
    use streams_by_extension::types::ChatReplyParams;

    let (client, mock) = mocked!(streams_by_extension);
    let events = "data: {\"delta\":\"a\"}\n\ndata: [END]\n\ndata: {\"delta\":\"b\"}\n\n";
    mock.once(
        Method::GET,
        "/events",
        Reply::body(events, "text/event-stream"),
    )
    .once(
        Method::GET,
        "/lines",
        Reply::json_text("{\"delta\":\"a\"}\n{\"delta\":\"b\"}\n"),
    )
    .once(
        Method::POST,
        "/reply",
        Reply::body(events.replace("[END]", "END"), "text/event-stream"),
    )
    .once(
        Method::POST,
        "/reply",
        Reply::json_text(r#"{"text":"a"}"#),
    )
    .once(
        Method::GET,
        "/declared",
        Reply::body(events, "text/event-stream"),
    );
    macro_rules! read {
        ($call:expr) => {{
            let mut stream = $call.await.expect("a stream");
            let mut text = String::new();
            while let Some(chunk) = stream.next().await {
                text.push_str(&chunk.expect("a chunk").delta);
            }
            text
        }};
    }
    assert_eq!(read!(client.events().retrieve()), "a");
    assert_eq!(read!(client.lines().retrieve()), "ab");
    let params = || ChatReplyParams::new("Hi");
    assert_eq!(read!(client.chat().reply_streaming(params())), "a");
    let whole = client.chat().reply(params()).await;
    assert_eq!(whole.expect("a reply").text, "a");
    let requests = mock.requests();
    let [.., partial, whole] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    let body = |partial: bool| json!({"prompt": "Hi", "partial": partial});
    assert_eq!(partial.json::<Value>().expect("JSON"), body(true));
    assert_eq!(whole.json::<Value>().expect("JSON"), body(false));
    // The terminator of another operation does not end this stream. It is not JSON.
    let mut stream = client.declared().retrieve().await.expect("a stream");
    let mut are_chunks = Vec::new();
    while let Some(chunk) = stream.next().await {
        are_chunks.push(chunk.is_ok());
    }
    assert_eq!(are_chunks, [true, false, true]);
}

async fn nullable_credentials() {
    use security_nullable::mock::Mock;
    use security_nullable::{Client, ClientBuilder, Error, Method, StatusCode};

    let call = async |set: fn(ClientBuilder) -> ClientBuilder| {
        let mock = Mock::new();
        mock.on(Method::GET, "/builds", StatusCode::NO_CONTENT);
        let builder = Client::builder()
            .env(|_| None)
            .base_url("https://api.invalid")
            .transport(mock.clone());
        let client = set(builder).build()?;
        client.builds().list().await?;
        let sent = mock.requests().into_iter().next();
        Ok::<_, Error>(sent.expect("a request"))
    };
    let one = call(|builder| builder.key("k")).await.expect("sent");
    assert_eq!(one.header("x-key"), Some("k"));
    assert_eq!(one.header("x-team"), None);
    let both = call(|builder| builder.key("k").team("t")).await;
    let both = both.expect("sent");
    assert_eq!(both.header("x-key"), Some("k"));
    assert_eq!(both.header("x-team"), Some("t"));
    // The password has a default: `u:unset`.
    let login = call(|builder| builder.key("k").user("u")).await;
    let login = login.expect("sent");
    assert_eq!(login.header("authorization"), Some("Basic dTp1bnNldA=="));
    assert_eq!(login.header("x-key"), None);
    let refused = call(|builder| builder.team("t")).await;
    let error = refused.expect_err("an error").to_string();
    assert!(error.contains("`key`") && error.contains("FORGE_KEY"), "{error}");
    assert!(!error.contains("team"), "{error}");
}

fn unverified_deliveries() {
    use webhooks_without_key::types::WebhookEvent;

    let (client, _) = mocked!(webhooks_without_key);
    let event = client.webhooks().unwrap(r#"{"kind":"paid","amount":3}"#);
    let WebhookEvent::Paid(paid) = event.expect("an event") else {
        panic!("another event");
    };
    assert_eq!(paid.amount, 3);
    let unknown = client.webhooks().parse(r#"{"kind":"lost"}"#);
    assert_eq!(unknown.expect("an event").kind(), "lost");
    let error = client.webhooks().unwrap("{").expect_err("not an event");
    assert!(matches!(error, webhooks_without_key::Error::Webhook(_)));
}

async fn constants() {
    use constants::types::{Thing, ThingEchoParams};
    use constants::{Method, mock::Reply};

    let (client, mock) = mocked!(constants);
    let changed = r#"{"object":"thing.v2","version":4,"flag":false,"kind":"other","one":"two",
        "fraction":1.5,"large":7,"texts":["c",1],"nested":{"d":[]},"empty":{"e":null}}"#;
    mock.once(Method::POST, "/things", Reply::json_text(changed));
    let thing = client
        .things()
        .echo(ThingEchoParams::new(Thing::new()))
        .await;
    let thing = thing.expect("a constant that changed is no error");
    let sent = mock.requests()[0].json::<Value>().expect("JSON");
    let filled = json!({
        "object": "thing", "version": 3, "flag": true, "kind": "thing", "one": "only",
        "fraction": 0.5, "large": u64::MAX, "texts": ["a", "b"],
        "nested": {"a": [1, null], "b": {"c": "\""}}, "empty": {},
    });
    assert_eq!(sent, filled);
    let kept = serde_json::to_string(&thing).expect("JSON");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(kept, serde_json::from_str::<Value>(changed).expect("JSON"));
}

/// A request has the constants and discriminators that are read-only, and no other such property.
async fn read_only_discriminator() {
    use read_only_discriminator::types::{
        Cat, Circle, Code, CodeEchoParams, Dog, OwnerCreateParams, Pet, Shape, Square,
    };
    use read_only_discriminator::{Method, StatusCode, mock::Reply};

    let (client, mock) = mocked!(read_only_discriminator);
    let owners = [
        (
            Pet::from(Cat::new("Tom")),
            Shape::from(Square::new(1)),
            json!({
                "object": "owner", "pet": {"type": "cat", "name": "Tom"}, "shape": {"side": 1},
            }),
        ),
        (
            Pet::from(Dog::new("Rex")),
            Shape::from(Circle::new(2)),
            json!({
                "object": "owner", "pet": {"type": "dog", "name": "Rex"}, "shape": {"radius": 2},
            }),
        ),
    ];
    for (index, (pet, shape, sent)) in owners.into_iter().enumerate() {
        let text = serde_json::to_string(&shape).expect("JSON");
        assert_eq!(
            serde_json::from_str::<Shape>(&text).expect("a shape"),
            shape
        );
        mock.once(Method::POST, "/owners", StatusCode::NO_CONTENT);
        let owner = OwnerCreateParams::new(pet, shape);
        client.owners().create(owner).await.expect("a success");
        assert_eq!(mock.requests()[index].json::<Value>().expect("JSON"), sent);
    }
    mock.once(
        Method::POST,
        "/codes",
        Reply::json_text(r#"{"object":"code","text":"b"}"#),
    );
    let code = CodeEchoParams::new(Code::new("a"));
    let code = client.codes().echo(code).await.expect("a code");
    assert_eq!(code.text, "b");
    let sent = mock.requests()[2].json::<Value>().expect("JSON");
    assert_eq!(
        sent,
        json!({"object": "code", "version": "v1", "text": "a"})
    );
}

/// A union of integers and numbers preserves the digits of every number, in any position.
fn numbers() {
    use integers_and_numbers::runtime::codec;
    use integers_and_numbers::types::{Amount, Reading};

    let fixed = [
        "0", "7", "-7", "7.0", "0.5", "-0.0", "1e+300", "9007199254740993", "-9007199254740993",
        "2147483648", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "18446744073709551615",
    ];
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let random = std::iter::repeat_with(move || {
        // xorshift: the same numbers in each run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    });
    let random = random.take(3_000).enumerate().map(|(index, bits)| match index % 4 {
        0 => (bits >> (bits % 64)).to_string(),
        1 => (bits as i64 >> (bits % 64)).to_string(),
        2 => format!("{:?}", (bits as i64 >> 40) as f64 / 1000.0),
        _ => match f64::from_bits(bits) {
            float if float.is_finite() => serde_json::to_string(&float).expect("a number"),
            _ => "1.5".to_owned(),
        },
    });
    for number in fixed.map(str::to_owned).into_iter().chain(random) {
        let text = format!(
            r#"{{"amount":{number},"number_first":{number},"by_type":{number},"levels":{number},"bounded":{number},"map":{{"a":{number}}},"list":[{number},{number}],"json":{{"b":[{number}]}}}}"#
        );
        let reading: Reading = codec::from_slice(text.as_bytes()).expect("a reading");
        let written = String::from_utf8(codec::to_vec(&reading)).expect("text");
        assert_eq!(written, text);
    }
    for text in [
        r#"{"lists":[9007199254740993],"objects":{"value":9007199254740993}}"#,
        r#"{"lists":[0.5,7.25],"objects":{"value":0.5}}"#,
    ] {
        let reading: Reading = codec::from_slice(text.as_bytes()).expect("a reading");
        let written = String::from_utf8(codec::to_vec(&reading)).expect("text");
        assert_eq!(written, text);
    }
    let exact = Amount::from(9_007_199_254_740_993_i64);
    assert_eq!(serde_json::to_string(&exact).expect("JSON"), "9007199254740993");
    let amount: Amount = serde_json::from_str("7").expect("an amount");
    assert_eq!((amount.as_integer(), amount.as_number()), (Some(7), None));
    let amount: Amount = serde_json::from_str("7.0").expect("an amount");
    assert_eq!((amount.as_integer(), amount.as_number()), (None, Some(7.0)));
}

/// Constants select a variant at any depth.
fn nested_constants() {
    use one_of_nested_constants::types::{Events, EventsNested, EventsOrText};

    let read = |text: &str| -> Events { serde_json::from_str(text).expect("events") };
    let nested = |event: &str| {
        let text = format!(
            r#"{{"nested":{{"data":{{"payload":{{"from":"me"}},"event_type":"{event}"}}}}}}"#
        );
        read(&text).nested.expect("an event")
    };
    assert!(nested("order.updated").as_order_updated().is_some());
    assert!(nested("call.started").as_call_started().is_some());
    assert!(nested("call.resumed").as_call_started().is_some());
    assert!(nested("call.ended").as_call_ended().is_some());
    assert!(matches!(nested("call.held"), EventsNested::Unknown(_)));
    let circle = read(r#"{"optional":{"shape":"circle","size":2}}"#);
    assert!(circle.optional.expect("a shape").as_circle().is_some());
    let text = read(r#"{"or_text":"text","deeper":{"a":{"b":{"kind":2}}}}"#);
    assert!(text.deeper.expect("a value").as_deep2().is_some());
    let text = text.or_text.into_option().expect("a value");
    assert_eq!(text.as_string(), Some("text"));
    let event = read(r#"{"or_text":{"data":{"event_type":"call.ended"}}}"#);
    let event = event.or_text.into_option().expect("a value");
    assert!(matches!(event, EventsOrText::CallEnded(_)));
}

/// Decoding an encoded variant returns the same variant.
fn undeclared_discriminator() {
    use std::mem::discriminant;

    use one_of_undeclared_discriminator::types::{Any, Cat, Dog, Fish, Pet};

    let written = |pet: Pet| -> Value {
        let text = serde_json::to_string(&pet).expect("JSON");
        let again: Pet = serde_json::from_str(&text).expect("a pet");
        assert_eq!(discriminant(&again), discriminant(&pet), "{text}");
        serde_json::from_str(&text).expect("JSON")
    };
    let dog = written(Dog::new("Beagle").into());
    assert_eq!(dog, json!({"petType": "dog", "breed": "Beagle"}));
    let cat = written(Cat::new(3).into());
    // The discriminator is optional. Without it, the property `size` selects the cat.
    assert_eq!(cat, json!({"size": 3}));
    let fish = written(Fish::new().into());
    assert_eq!(fish, json!({"petType": "fish"}));
    let any = written(Any::new().into());
    assert_eq!(any, json!({"petType": "Any"}));
    // A received discriminator is kept, and encoded once.
    let text = r#"{"breed":"Beagle","petType":"dog"}"#;
    let dog: Pet = serde_json::from_str(text).expect("a pet");
    assert_eq!(serde_json::to_string(&dog).expect("JSON"), text);
}

/// Items with these names fail to compile if the crate has the same names.
mod absent {
    pub struct Audit;
    pub struct Trail;
    pub struct Nobodys;

    pub trait Resources {
        fn audits(&self) -> bool {
            false
        }
        fn reports(&self) -> bool {
            false
        }
    }

    impl Resources for resources_left_out::Client {}
}

async fn left_out() {
    use absent::*;
    use resources_left_out::mock::Reply;
    use resources_left_out::types::*;

    let (client, mock) = mocked!(resources_left_out);
    let pets = Reply::json_text(r#"[{"owner":{"name":"Ada"}}]"#);
    mock.once(resources_left_out::Method::GET, "/pets", pets);
    let pets = client.pets().list().await.expect("pets");
    let owner: &Option<Owner> = &pets[0].owner;
    assert_eq!(
        owner.as_ref().expect("an owner").name.as_deref(),
        Some("Ada")
    );
    // A schema that the configuration names is generated, with the types that it needs.
    let report: Report = serde_json::from_str(r#"{"page":{"text":"a"}}"#).expect("a report");
    let page: Option<Leaf> = report.page;
    assert!(page.is_some());
    let _ = (Audit, Trail, Nobodys);
    assert!(!client.audits() && !client.reports());
}

async fn unions() {
    use one_of_mapping::types::{Cat, Thing, ThingEchoParams};
    use one_of_mapping::{Method, mock::Reply};

    let (client, mock) = mocked!(one_of_mapping);
    let answer = r#"{"pet_type":"dog","barks":true}"#;
    mock.once(Method::POST, "/things", Reply::json_text(answer))
        .once(
            Method::POST,
            "/things",
            Reply::json_text(r#"{"pet_type":"cow","milk":1}"#),
        );
    let cat = Cat::new("cat").lives(9);
    let dog = client
        .things()
        .echo(ThingEchoParams::new(cat.clone()))
        .await;
    let dog = dog.expect("a dog");
    assert_eq!(dog.as_dog().expect("a dog").barks, Some(true));
    assert!(dog.as_cat().is_none() && dog.as_fish().is_none());
    let sent = mock.requests()[0].json::<Value>().expect("JSON");
    assert_eq!(sent, json!({"pet_type": "cat", "lives": 9}));
    let cow = client
        .things()
        .echo(ThingEchoParams::new(Thing::from(cat)))
        .await;
    let cow = cow.expect("what is new");
    assert!(cow.as_dog().is_none() && cow.as_cat().is_none());
    assert!(
        serde_json::to_string(&cow)
            .expect("JSON")
            .contains("\"milk\":1")
    );
}

async fn parts() {
    use body_encoding_headers::types::{
        FormCreateParams, FormPartsParams, FormPartsParamsNoteXLanguage,
    };
    use body_encoding_headers::{Method, StatusCode, Upload};

    let (client, mock) = mocked!(body_encoding_headers);
    mock.on(Method::POST, "/parts", StatusCode::NO_CONTENT).on(
        Method::POST,
        "/form",
        StatusCode::NO_CONTENT,
    );
    let file = Upload::new("pixels").header("X-Own", "a");
    let params = FormPartsParams::new(file, "sha-256:00")
        .file_x_sizes([1, 2])
        .note("x")
        .note_x_language(FormPartsParamsNoteXLanguage::De);
    client.forms().parts(params).await.expect("nothing");
    let params = FormCreateParams::new()
        .callback("https://a.invalid/?b=c&d")
        .urls(["a:b", "c,d"])
        .other("/");
    client.forms().create(params).await.expect("nothing");
    let requests = mock.requests();
    let text = String::from_utf8_lossy(&requests[0].body);
    let heads: Vec<&str> = text
        .split("--form-")
        .filter_map(|part| part.split_once("\r\n"))
        .map(|(_, part)| part)
        .collect();
    let file = "Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\
                x-digest: sha-256:00\r\nx-sizes: 1,2\r\nx-own: a\r\n\r\npixels\r\n";
    let note = "Content-Disposition: form-data; name=\"note\"\r\nx-language: de\r\n\r\nx\r\n";
    assert_eq!(heads, [file, note, ""]);
    assert_eq!(
        String::from_utf8_lossy(&requests[1].body),
        "callback=https://a.invalid/?b=c%26d&urls=a:b,c%2Cd&other=%2F"
    );
}

async fn files() {
    use body_multipart_optional::types::{FileUploadParams, FileUploadsParams};
    use body_multipart_optional::{Method, StatusCode, Upload};

    let (client, mock) = mocked!(body_multipart_optional);
    mock.on(Method::POST, "/upload", StatusCode::NO_CONTENT).on(
        Method::POST,
        "/uploads",
        StatusCode::NO_CONTENT,
    );
    let file = Upload::new(vec![0xff_u8, 0x00]).file_name("a.bin");
    let params = FileUploadParams::new(file.clone()).note("x");
    client.files().upload(params).await.expect("nothing");
    let params = FileUploadsParams::new([file.clone(), file]);
    client.files().uploads(params).await.expect("nothing");
    let requests = mock.requests();
    let part = b"filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n\xff\x00\r\n";
    let count = |body: &[u8]| {
        body.windows(part.len())
            .filter(|bytes| bytes == part)
            .count()
    };
    assert_eq!((count(&requests[0].body), count(&requests[1].body)), (1, 2));
}

fn servers() {
    use servers::{Client, Error, ServerEnvironment, ServerVersion};

    let url = |version: Option<ServerVersion>, env: Option<&'static str>| {
        let lookup = move |name: &str| env.filter(|_| name == "SERVERS_VERSION").map(str::to_owned);
        let builder = Client::builder().env(lookup);
        let builder = match version {
            Some(version) => builder.version(version),
            None => builder,
        };
        builder.build().map(|client| client.base_url().to_owned())
    };
    assert_eq!(
        url(None, None).expect("a URL"),
        "https://demo.example.com/v1"
    );
    let two = "v2".parse::<ServerVersion>().expect("a value");
    assert_eq!((two, two.as_str()), (ServerVersion::V2, "v2"));
    assert_eq!(
        url(Some(two), Some("v1")).expect("a URL"),
        "https://demo.example.com/v2"
    );
    assert_eq!(
        url(None, Some("v2")).expect("a URL"),
        "https://demo.example.com/v2"
    );
    let error = "invalid value `v3` of option `version`; expected one of: v1, v2";
    match url(None, Some("v3")) {
        Err(Error::Config(found)) => assert_eq!(found.to_string(), error),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        "v3".parse::<ServerVersion>()
            .expect_err("no value")
            .to_string(),
        error
    );
    let sandbox = Client::builder()
        .env(|name| (name == "SERVERS_ENVIRONMENT").then(|| "main".to_owned()))
        .environment(ServerEnvironment::Sandbox)
        .build()
        .expect("a client");
    assert_eq!(sandbox.base_url(), "https://sandbox.example.com");
    assert_eq!(
        "sandbox".parse::<ServerEnvironment>().expect("one"),
        ServerEnvironment::Sandbox
    );
}

async fn files_beside() {
    use body_media_types_with_files::mock::Reply;
    use body_media_types_with_files::types::{
        ImageEditMultipartParams, ImageEditParams, ImageOthersParams, ImageOthersPngParams,
        ImageOthersXmlParams,
    };
    use body_media_types_with_files::{Method, Upload};

    let (client, mock) = mocked!(body_media_types_with_files);
    mock.on(Method::POST, "/edits", Reply::json_text("{}"));
    let params = ImageEditParams::new().image_url("a");
    client.images().edit(params).await.expect("an image");
    let params = ImageEditMultipartParams::new(Upload::new("pixels")).trace("t");
    let images = client.images();
    images.edit_multipart(params).await.expect("an image");
    let requests = mock.requests();
    let texts: Vec<_> = requests
        .iter()
        .map(|request| String::from_utf8_lossy(&request.body))
        .collect();
    assert_eq!(texts[0], r#"{"image_url":"a","stream":false}"#);
    let part = "name=\"image\"; filename=\"image\"\r\nContent-Type: application/octet-stream\r\n\r\npixels\r\n";
    assert!(texts[1].contains(part), "{}", texts[1]);
    assert_eq!(requests[1].headers["trace"], "t");

    let (client, mock) = mocked!(body_media_types_with_files);
    let images = client.images();
    mock.on(Method::PATCH, "/others", Reply::json_text(""));
    let params = ImageOthersParams::new().a("b");
    images.others(params).await.expect("it is done");
    let params = ImageOthersXmlParams::new("<a/>");
    images.others_xml(params).await.expect("it is done");
    let params = ImageOthersPngParams::new(Upload::new("pixels"));
    images.others_png(params).await.expect("it is done");
    let requests = mock.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|request| (&request.headers["content-type"], &request.body[..]))
        .collect();
    let wanted = [
        ("application/json", br#"{"a":"b"}"#.as_slice()),
        ("application/xml", b"<a/>"),
        ("image/png", b"pixels"),
    ];
    for (sent, (media_type, body)) in sent.iter().zip(wanted) {
        assert_eq!(sent.0, media_type);
        assert_eq!(sent.1, body);
    }
}

async fn alternatives() {
    use response_media_type_methods::mock::Reply;
    use response_media_type_methods::types::{
        ReportExportParams, ReportRetrieveCsvOutcome, ReportRetrieveParams,
        ReportRetrievePdfOutcome,
    };
    use response_media_type_methods::{Method, StatusCode};

    let (client, mock) = mocked!(response_media_type_methods);
    let path = "/reports/r1";
    mock.once(Method::GET, path, Reply::json_text(r#"{"rows":[]}"#))
        .once(Method::GET, path, Reply::body("a,b", "text/csv"))
        .once(Method::GET, path, Reply::body("%PDF", "application/pdf"))
        .once(Method::POST, "/exports", Reply::body("bytes", "a/b"))
        .once(Method::GET, "/metrics", Reply::body("calls", "text/plain"))
        .once(Method::GET, "/metrics", Reply::body("any", "a/b"))
        .once(Method::GET, "/notes", Reply::body("a,b", "text/csv"))
        .once(Method::GET, "/notes", StatusCode::NO_CONTENT);
    let (reports, params) = (client.reports(), ReportRetrieveParams::new);
    reports.retrieve("r1").await.expect("a report");
    let text = reports.retrieve_csv_with("r1", params().since("now")).await;
    let ReportRetrieveCsvOutcome::Ok(text) = text.expect("a report") else {
        panic!("no report");
    };
    assert_eq!(text, "a,b");
    let bytes = reports.retrieve_pdf("r1").await;
    let ReportRetrievePdfOutcome::Ok(bytes) = bytes.expect("a report") else {
        panic!("no report");
    };
    assert_eq!(bytes, "%PDF");
    let exported = reports.export_bytes(ReportExportParams::new(["r1"])).await;
    assert_eq!(exported.expect("bytes"), "bytes");
    let text = client.metrics().list_text().await;
    assert_eq!(text.expect("metrics"), "calls");
    let bytes = client.metrics().list_bytes().await;
    assert_eq!(bytes.expect("metrics"), "any");
    let notes = client.metrics().notes_csv().await;
    assert_eq!(notes.expect("notes").as_deref(), Some("a,b"));
    let none = client.metrics().notes_csv().await;
    assert_eq!(none.expect("no notes"), None);
    let requests = mock.requests();
    let asked = requests.iter().map(|request| &request.headers["accept"]);
    let asked: Vec<_> = asked.map(|accept| accept.to_str().expect("text")).collect();
    let wanted = [
        "application/json",
        "text/csv",
        "application/pdf",
        "application/octet-stream",
        "text/plain",
        "*/*",
        "text/csv",
        "text/csv",
    ];
    assert_eq!(asked, wanted);
    assert_eq!(requests[1].query["since"], ["now"]);
    let body = String::from_utf8_lossy(&requests[3].body);
    assert_eq!(body, r#"{"ids":["r1"],"stream":false}"#);
}

async fn form_of_json() {
    use body_form_of_json::types::{
        FormSpreadParams, FormSpreadParamsJson, FormSpreadParamsPlain, FormWholeParams, Order,
    };
    use body_form_of_json::mock::Reply;
    use body_form_of_json::{Method, StatusCode};

    let (client, mock) = mocked!(body_form_of_json);
    mock.on(Method::POST, "/spread", StatusCode::NO_CONTENT).on(
        Method::POST,
        "/whole",
        Reply::json_text(r#"{"lines":[]}"#),
    );
    let plain = FormSpreadParamsPlain::new().a("x");
    let params = FormSpreadParams::new(FormSpreadParamsJson::new("x"), plain).text("y");
    client.forms().spread(params).await.expect("nothing");
    let params = FormWholeParams::new(Order::new([1, 2]));
    client.forms().whole(params).await.expect("the same");
    let requests = mock.requests();
    let texts = requests
        .iter()
        .map(|request| String::from_utf8_lossy(&request.body));
    let json = "json=%7B%22a%22%3A%22x%22%7D&plain=%7B%22a%22%3A%22x%22%7D&text=y";
    assert!(texts.eq([json, "lines=%5B1%2C2%5D"]));
}
