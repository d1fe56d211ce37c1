//! Queries and forms: every style, and values that are omitted.

use sdkwright_runtime::__private::{QueryStyle, RequestParts, ValueStyle};
use sdkwright_runtime::codec::Encode;
use sdkwright_runtime::{Client, DateTime, Nullable, Request, Value};

use crate::server::{RecordedRequest, Server, json};
use crate::support::{With, builder, client};

async fn send_and_record(describe: impl Fn(&Client) -> Request<'_, Value>) -> RecordedRequest {
    let server = Server::start([json(200, "{}")]).await;
    describe(&client(&server)).await.unwrap();
    server.only()
}

/// Returns the query that is sent for a value of the parameter `n`.
async fn encode_query(value: &(impl Encode + Sync), style: QueryStyle) -> String {
    let seen = send_and_record(|client| {
        client.get("/a").params(&With(|request: &mut RequestParts| {
            request.query("n", value, style);
        }))
    })
    .await;
    seen.target.strip_prefix("/a").unwrap().to_owned()
}

fn parse_value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

const ALL: [QueryStyle; 15] = [
    QueryStyle::FormMember,
    QueryStyle::Form,
    QueryStyle::FormExplode,
    QueryStyle::SpaceDelimited,
    QueryStyle::PipeDelimited,
    QueryStyle::DeepObject,
    QueryStyle::Comma,
    QueryStyle::CommaDots,
    QueryStyle::Repeat,
    QueryStyle::RepeatDots,
    QueryStyle::Brackets,
    QueryStyle::BracketsDots,
    QueryStyle::Indices,
    QueryStyle::IndicesDots,
    QueryStyle::Json,
];

#[tokio::test]
async fn arrays_in_every_style() {
    let list = parse_value(r#"[1,null,"x,y"]"#);
    let expected = [
        "?n=1&n=x%2Cy",
        "?n=1,x%2Cy",
        "?n=1&n=x%2Cy",
        "?n=1%20x%2Cy",
        "?n=1%7Cx%2Cy",
        "?n%5B%5D=1&n%5B%5D=x%2Cy",
        "?n=1,x%2Cy",
        "?n=1,x%2Cy",
        "?n=1&n=x%2Cy",
        "?n=1&n=x%2Cy",
        "?n%5B%5D=1&n%5B%5D=x%2Cy",
        "?n%5B%5D=1&n%5B%5D=x%2Cy",
        "?n%5B0%5D=1&n%5B1%5D=x%2Cy",
        "?n%5B0%5D=1&n%5B1%5D=x%2Cy",
        "?n=%5B1%2Cnull%2C%22x%2Cy%22%5D",
    ];
    for (style, expected) in ALL.into_iter().zip(expected) {
        assert_eq!(encode_query(&list, style).await, expected, "{style:?}");
    }
}

#[tokio::test]
async fn objects_in_every_style() {
    let object = parse_value(r#"{"a":{"b":"x,y"},"c":[1,2]}"#);
    let expected = [
        "?n=%7B%22a%22%3A%7B%22b%22%3A%22x%2Cy%22%7D%2C%22c%22%3A%5B1%2C2%5D%7D",
        "?n=a,%7B%22b%22%3A%22x%2Cy%22%7D,c,%5B1%2C2%5D",
        "?a=%7B%22b%22%3A%22x%2Cy%22%7D&c=1&c=2",
        "?n=a%20%7B%22b%22%3A%22x%2Cy%22%7D%20c%20%5B1%2C2%5D",
        "?n=a%7C%7B%22b%22%3A%22x%2Cy%22%7D%7Cc%7C%5B1%2C2%5D",
        "?n%5Ba%5D%5Bb%5D=x%2Cy&n%5Bc%5D%5B%5D=1&n%5Bc%5D%5B%5D=2",
        "?n%5Ba%5D%5Bb%5D=x%2Cy&n%5Bc%5D=1,2",
        "?n.a.b=x%2Cy&n.c=1,2",
        "?n%5Ba%5D%5Bb%5D=x%2Cy&n%5Bc%5D=1&n%5Bc%5D=2",
        "?n.a.b=x%2Cy&n.c=1&n.c=2",
        "?n%5Ba%5D%5Bb%5D=x%2Cy&n%5Bc%5D%5B%5D=1&n%5Bc%5D%5B%5D=2",
        "?n.a.b=x%2Cy&n.c%5B%5D=1&n.c%5B%5D=2",
        "?n%5Ba%5D%5Bb%5D=x%2Cy&n%5Bc%5D%5B0%5D=1&n%5Bc%5D%5B1%5D=2",
        "?n.a.b=x%2Cy&n.c%5B0%5D=1&n.c%5B1%5D=2",
        "?n=%7B%22a%22%3A%7B%22b%22%3A%22x%2Cy%22%7D%2C%22c%22%3A%5B1%2C2%5D%7D",
    ];
    for (style, expected) in ALL.into_iter().zip(expected) {
        assert_eq!(encode_query(&object, style).await, expected, "{style:?}");
    }
}

#[tokio::test]
async fn scalars_are_the_same_in_every_style() {
    for style in ALL.into_iter().filter(|style| *style != QueryStyle::Json) {
        assert_eq!(
            encode_query(&"a b&c=d+é\"\\".to_owned(), style).await,
            "?n=a%20b%26c%3Dd%2B%C3%A9%22%5C"
        );
        assert_eq!(encode_query(&true, style).await, "?n=true");
        assert_eq!(encode_query(&-7_i64, style).await, "?n=-7");
        assert_eq!(encode_query(&1.5, style).await, "?n=1.5");
        assert_eq!(encode_query(&String::new(), style).await, "?n=");
    }
}

#[tokio::test]
async fn a_form_of_an_object_is_one_value() {
    let object = parse_value(r#"{"a":"x y&z","b":[1,2],"c":null}"#);
    assert_eq!(
        encode_query(&object, QueryStyle::Pairs).await,
        "?n=a%3Dx%2520y%2526z%26b%3D1%26b%3D2%26c%3D"
    );
    let written = "a=1&b=2".to_owned();
    assert_eq!(
        encode_query(&written, QueryStyle::Pairs).await,
        "?n=a%3D1%26b%3D2"
    );
    let seen = send_and_record(|client| {
        client.get("/a").params(&With(|request: &mut RequestParts| {
            request.header_as("x-form", &object, ValueStyle::Pairs);
            request.cookie_as("form", &object, ValueStyle::Pairs);
        }))
    })
    .await;
    assert_eq!(seen.header("x-form").unwrap(), "a=x%20y%26z&b=1&b=2&c=");
    assert_eq!(
        seen.header("cookie").unwrap(),
        "form=a=x%20y%26z&b=1&b=2&c="
    );
}

/// Returns the query that is sent for a value of the parameter `n` with `allowReserved`.
async fn encode_reserved(value: &(impl Encode + Sync), style: QueryStyle) -> String {
    let seen = send_and_record(|client| {
        client.get("/a").params(&With(|request: &mut RequestParts| {
            request.query_allow_reserved("n[]", value, style);
        }))
    })
    .await;
    seen.target.strip_prefix("/a").unwrap().to_owned()
}

#[tokio::test]
async fn reserved_characters_are_kept_if_they_are_allowed() {
    let reserved = "a:/?[]@!$()*,;=-._~".to_owned();
    assert_eq!(
        encode_reserved(&reserved, QueryStyle::FormExplode).await,
        "?n%5B%5D=a:/?[]@!$()*,;=-._~"
    );
    assert_eq!(
        encode_reserved(&parse_value(r#"{"k/":"a/b"}"#), QueryStyle::DeepObject).await,
        "?n%5B%5D%5Bk%2F%5D=a/b"
    );
    assert_eq!(
        encode_reserved(&parse_value(r#"{"at":"/a"}"#), QueryStyle::Json).await,
        "?n%5B%5D={%22at%22:%22/a%22}"
            .replace('{', "%7B")
            .replace('}', "%7D")
    );
}

#[tokio::test]
async fn delimiters_of_queries_are_always_encoded() {
    for style in [QueryStyle::Form, QueryStyle::FormExplode] {
        assert_eq!(
            encode_reserved(&"#&+ %2F\"é".to_owned(), style).await,
            "?n%5B%5D=%23%26%2B%20%252F%22%C3%A9"
        );
    }
}

#[tokio::test]
async fn commas_within_values_are_encoded() {
    let list = parse_value(r#"["a/b","c,d"]"#);
    assert_eq!(
        encode_reserved(&list, QueryStyle::Form).await,
        "?n%5B%5D=a/b,c%2Cd"
    );
    assert_eq!(
        encode_reserved(&list, QueryStyle::FormExplode).await,
        "?n%5B%5D=a/b&n%5B%5D=c,d"
    );
}

#[tokio::test]
async fn a_value_can_be_the_whole_query() {
    let object = parse_value(r#"{"a":[1]}"#);
    assert_eq!(
        encode_query(&object, QueryStyle::Whole).await,
        "?%7B%22a%22%3A%5B1%5D%7D"
    );
    let text = "$[?(@.a)]".to_owned();
    assert_eq!(
        encode_query(&text, QueryStyle::Whole).await,
        "?%24%5B%3F%28%40.a%29%5D"
    );
    assert_eq!(encode_query(&None::<String>, QueryStyle::Whole).await, "");
}

#[tokio::test]
async fn dates_keep_their_offset() {
    let date: DateTime = "2026-02-03T04:05:06+01:00".parse().unwrap();
    assert_eq!(
        encode_query(&date, QueryStyle::Form).await,
        "?n=2026-02-03T04%3A05%3A06%2B01%3A00"
    );
}

/// With one key for all items, the server could not tell which properties belong together.
#[tokio::test]
async fn properties_of_one_item_stay_together() {
    let list = parse_value(r#"[{"k":1,"l":[2,3]},{"k":4},5]"#);
    let json = "?n=%7B%22k%22%3A1%2C%22l%22%3A%5B2%2C3%5D%7D&n=%7B%22k%22%3A4%7D&n=5";
    for (style, expected) in [
        (QueryStyle::FormMember, json),
        (QueryStyle::FormExplode, json),
        (
            QueryStyle::Form,
            "?n=%7B%22k%22%3A1%2C%22l%22%3A%5B2%2C3%5D%7D,%7B%22k%22%3A4%7D,5",
        ),
        (
            QueryStyle::Repeat,
            "?n%5B0%5D%5Bk%5D=1&n%5B0%5D%5Bl%5D=2&n%5B0%5D%5Bl%5D=3&n%5B1%5D%5Bk%5D=4&n%5B2%5D=5",
        ),
        (
            QueryStyle::Comma,
            "?n%5B0%5D%5Bk%5D=1&n%5B0%5D%5Bl%5D=2,3&n%5B1%5D%5Bk%5D=4&n%5B2%5D=5",
        ),
        (
            QueryStyle::BracketsDots,
            "?n%5B0%5D.k=1&n%5B0%5D.l%5B%5D=2&n%5B0%5D.l%5B%5D=3&n%5B1%5D.k=4&n%5B2%5D=5",
        ),
        (
            QueryStyle::DeepObject,
            "?n%5B0%5D%5Bk%5D=1&n%5B0%5D%5Bl%5D%5B%5D=2&n%5B0%5D%5Bl%5D%5B%5D=3&n%5B1%5D%5Bk%5D=4&n%5B2%5D=5",
        ),
    ] {
        assert_eq!(encode_query(&list, style).await, expected, "{style:?}");
    }
}

/// Two values would have the same text.
#[tokio::test]
async fn ambiguous_values_are_refused() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    let refused = async |set: &(dyn Fn(&mut RequestParts) + Sync)| {
        let error = client.get("/a").params(&With(set)).await.unwrap_err();
        error.to_string()
    };
    for (json, style, by) in [
        (r#"["a b","c"]"#, QueryStyle::SpaceDelimited, ' '),
        (r#"["a|b","c"]"#, QueryStyle::PipeDelimited, '|'),
        (r#"{"a|b":1}"#, QueryStyle::PipeDelimited, '|'),
        (r#"{"a][b":1}"#, QueryStyle::DeepObject, ']'),
        (r#"{"a.b":1}"#, QueryStyle::RepeatDots, '.'),
    ] {
        let value = parse_value(json);
        let message = refused(&|request| {
            request.query("n", &value, style);
        })
        .await;
        let expected =
            format!("a part of `n` contains `{by}`, which separates its parts in the request");
        assert_eq!(message, expected, "{json}");
    }
    for (json, style) in [
        (r#"["a,b"]"#, None),
        (r#"{"a":"b,c"}"#, Some(ValueStyle::Exploded)),
        (r#"{"a=b":"c"}"#, Some(ValueStyle::Exploded)),
    ] {
        let value = parse_value(json);
        let message = refused(&|request| {
            match style {
                None => request.header("x-n", &value),
                Some(style) => request.header_as("x-n", &value, style),
            };
        })
        .await;
        assert!(message.starts_with("a part of `x-n` contains `"), "{json}");
    }
    let message = refused(&|request| {
        request.cookie("n", &parse_value(r#"["a,b","c"]"#));
    })
    .await;
    assert!(
        message.starts_with("a part of `n` contains `,`"),
        "{message}"
    );
    assert!(server.seen().is_empty());
}

/// Without the numbers, the server could not tell which properties belong together.
#[tokio::test]
async fn objects_in_lists_of_deep_objects_are_numbered() {
    let object = parse_value(r#"{"a":[{"b":1,"c":2},{"b":3}]}"#);
    assert_eq!(
        encode_query(&object, QueryStyle::DeepObject).await,
        "?n%5Ba%5D%5B0%5D%5Bb%5D=1&n%5Ba%5D%5B0%5D%5Bc%5D=2&n%5Ba%5D%5B1%5D%5Bb%5D=3"
    );
}

#[tokio::test]
async fn null_differs_from_absent() {
    for style in [
        QueryStyle::Form,
        QueryStyle::Comma,
        QueryStyle::DeepObject,
        QueryStyle::Brackets,
    ] {
        assert_eq!(encode_query(&Nullable::<String>::Absent, style).await, "");
        assert_eq!(encode_query(&None::<String>, style).await, "");
        assert_eq!(encode_query(&Nullable::<String>::Null, style).await, "?n=");
        assert_eq!(
            encode_query(&Nullable::Value("x".to_owned()), style).await,
            "?n=x"
        );
    }
}

#[tokio::test]
async fn empty_lists_and_objects_are_omitted() {
    for style in ALL.into_iter().filter(|style| *style != QueryStyle::Json) {
        assert_eq!(encode_query(&parse_value("[]"), style).await, "");
        if style != QueryStyle::FormMember {
            assert_eq!(encode_query(&parse_value("{}"), style).await, "");
        }
    }
}

#[tokio::test]
async fn query_parameters_of_the_call_replace_those_of_the_client() {
    let server = Server::start([json(200, "{}")]).await;
    let client = builder()
        .base_url(format!("{}/?a=base&b=base", server.url()))
        .default_query("c", "client")
        .build()
        .unwrap();
    client.get("/x?b=path&c=path&d=path&d=twice").await.unwrap();
    client
        .get("/x")
        .query("c", "call")
        .query("d", 5)
        .query("c", "again")
        .await
        .unwrap();
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/x?a=base&b=path&d=path&d=twice&c=client",
            "/x?a=base&b=base&d=5&c=again"
        ]
    );
}

#[tokio::test]
async fn a_call_can_remove_defaults_of_the_client() {
    let server = Server::start([json(200, "{}")]).await;
    let client = builder()
        .base_url(format!("{}/?a=base", server.url()))
        .default_query("b", "client")
        .default_query("c", "client")
        .build()
        .unwrap();
    let list = parse_value(r#"["a","b"]"#);
    let params = With(|request: &mut RequestParts| {
        request.query("n", &list, QueryStyle::Brackets);
    });
    let call = || client.get("/x?c=path").params(&params);
    call().remove_query("a").remove_query("b").await.unwrap();
    call().remove_query("n").remove_query("c").await.unwrap();
    call().remove_query("b").query("b", 1).await.unwrap();
    call().query("b", 1).remove_query("b").await.unwrap();
    let child = client.with_options(|o| o.remove_query("b")).unwrap();
    child.get("/x").await.unwrap();
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/x?c=client&n%5B%5D=a&n%5B%5D=b",
            "/x?a=base&b=client",
            "/x?a=base&c=client&n%5B%5D=a&n%5B%5D=b&b=1",
            "/x?a=base&c=client&n%5B%5D=a&n%5B%5D=b",
            "/x?a=base&c=client",
        ]
    );
}

#[tokio::test]
async fn a_call_replaces_a_parameter_of_any_style() {
    let list = parse_value(r#"["a","b"]"#);
    let params = With(|request: &mut RequestParts| {
        request.query("n", &list, QueryStyle::Brackets);
    });
    let seen = send_and_record(|client| client.get("/a").params(&params).query("n", "c")).await;
    assert_eq!(seen.target, "/a?n=c");
}

#[tokio::test]
async fn headers_and_cookies_take_values_of_any_type() {
    let list = parse_value(r#"["a b","c"]"#);
    let params = With(|request: &mut RequestParts| {
        request
            .header("X-List", &list)
            .header("X-Flag", &true)
            .header("X-None", &None::<String>);
        request.header("X-Null", &Nullable::<String>::Null);
        request
            .cookie("sid", &"a b;c=/+%2F".to_owned())
            .cookie("n", &7_i64)
            .cookie("none", &None::<String>);
    });
    let seen = send_and_record(|client| client.get("/a").params(&params)).await;
    assert_eq!(seen.header("x-list").as_deref(), Some("a b,c"));
    assert_eq!(seen.header("x-flag").as_deref(), Some("true"));
    assert_eq!((seen.header("x-none"), seen.header("x-null")), (None, None));
    assert_eq!(
        seen.header("cookie").as_deref(),
        Some("sid=a%20b%3Bc=/+%2F; n=7")
    );
}

#[tokio::test]
async fn forms_are_urlencoded() {
    let form = parse_value(r#"{"a":"x y","b":[1,2],"c":{"d":true},"e":[]}"#);
    let params = With(|request: &mut RequestParts| {
        request.form(&form);
    });
    let seen = send_and_record(|client| client.post("/a").params(&params)).await;
    assert_eq!(
        seen.header("content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        String::from_utf8(seen.body).unwrap(),
        "a=x%20y&b=1&b=2&c=%7B%22d%22%3Atrue%7D"
    );
}

#[tokio::test]
async fn properties_of_forms_may_have_styles() {
    let form = parse_value(
        r#"{"a":["x y","z,"],"b":[1,2],"c":{"d":true},"e":{"f":1},"g":[3,4],"h":"/a?b&c","i":["d:","e,"],"j":{"k":["1"]},"l":"m","n":[]}"#,
    );
    let params = With(|request: &mut RequestParts| {
        let styles = [
            ("a", QueryStyle::Form),
            ("b", QueryStyle::PipeDelimited),
            ("c", QueryStyle::FormExplode),
            ("e", QueryStyle::DeepObject),
            ("i", QueryStyle::Form),
            ("j", QueryStyle::Json),
            ("l", QueryStyle::Json),
            ("n", QueryStyle::Json),
        ];
        request.form_styled(&form, &styles, &["h", "i"]);
    });
    let seen = send_and_record(|client| client.post("/a").params(&params)).await;
    assert_eq!(
        String::from_utf8(seen.body).unwrap(),
        "a=x%20y,z%2C&b=1%7C2&d=true&e%5Bf%5D=1&g=3&g=4&h=/a?b%26c&i=d:,e%2C\
         &j=%7B%22k%22%3A%5B%221%22%5D%7D&l=%22m%22&n=%5B%5D"
    );
}

/// Returns the header `n` and the cookies that are sent for a value.
async fn encode_header_and_cookie(value: &Value, style: Option<ValueStyle>) -> [Option<String>; 2] {
    let seen = send_and_record(|client| {
        client.get("/a").params(&With(|request: &mut RequestParts| {
            match style {
                None => request.header("n", value).cookie("n", value),
                Some(style) => request
                    .header_as("n", value, style)
                    .cookie_as("n", value, style),
            };
        }))
    })
    .await;
    ["n", "cookie"].map(|name| seen.header(name))
}

#[tokio::test]
async fn headers_and_cookies_in_every_style() {
    use ValueStyle::{Exploded, Json};
    let (list, object) = (r#"["a",null,"b"]"#, r#"{"k":1,"l":"x","m":null}"#);
    for (given, style, header, cookie) in [
        (list, None, "a,b", "n=a%2Cb"),
        (list, Some(Exploded), "a,b", "n=a; n=b"),
        (
            r#"["a","é"]"#,
            Some(Json),
            r#"["a","\u00e9"]"#,
            r#"n=[%22a%22%2C%22%5Cu00e9%22]"#,
        ),
        (object, None, "k,1,l,x", "n=k%2C1%2Cl%2Cx"),
        (object, Some(Exploded), "k=1,l=x", "k=1; l=x"),
        (r#"{"k":1}"#, Some(Json), r#"{"k":1}"#, "n={%22k%22:1}"),
        (r#""a b""#, None, "a b", "n=a%20b"),
        (r#""a""#, Some(Exploded), "a", "n=a"),
        (r#""a""#, Some(Json), r#""a""#, "n=%22a%22"),
    ] {
        let expected = [header, cookie].map(|text| Some(text.to_owned()));
        assert_eq!(
            encode_header_and_cookie(&parse_value(given), style).await,
            expected,
            "{given} {style:?}"
        );
    }
    for style in [None, Some(Exploded), Some(Json)] {
        assert_eq!(
            encode_header_and_cookie(&parse_value("null"), style).await,
            [None, None],
            "{style:?}"
        );
    }
}

#[tokio::test]
async fn collection_formats_of_swagger_2_are_supported() {
    let list = ["a", "b,c"].map(str::to_owned).to_vec();
    assert_eq!(
        encode_query(&list, QueryStyle::TabDelimited).await,
        "?n=a%09b%2Cc"
    );
    for (style, sent) in [
        (ValueStyle::PipeDelimited, "a|b,c"),
        (ValueStyle::SpaceDelimited, "a b,c"),
        (ValueStyle::TabDelimited, "a\tb,c"),
    ] {
        let seen = send_and_record(|client| {
            client.get("/a").params(&With(|request: &mut RequestParts| {
                request.header_as("x-list", &list, style);
            }))
        })
        .await;
        assert_eq!(seen.header("x-list").as_deref(), Some(sent));
    }
    // An item that contains the delimiter would become two items.
    let unclear = vec!["a|b".to_owned()];
    let server = Server::start([]).await;
    let client = client(&server);
    let call = client.get("/a");
    let call = call.params(&With(|request: &mut RequestParts| {
        request.header_as("x-list", &unclear, ValueStyle::PipeDelimited);
    }));
    call.await.expect_err("nothing is sent");
}
