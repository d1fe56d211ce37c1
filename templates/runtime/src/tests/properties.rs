//! Properties that hold for any text: it round-trips, or is rejected.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use crate::runtime::__private::{Backoff, PathStyle, RequestParts, ValueStyle};
use crate::runtime::codec::{Encode, to_vec};
use crate::runtime::flat_value::FlatValue;
use crate::runtime::query::{self, Escape, QueryStyle};
use crate::runtime::webhook::verify_at;
use crate::runtime::{ExactNumber, json_object, path, retry_policy};

/// Generates JSON.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Generates texts, with frequent special characters.
fn id() -> impl Strategy<Value = String> {
    prop_oneof!["[./%2eE\\\\?#:@]{0,6}", ".*", "\\PC{0,8}"]
}

/// Generates texts with frequent separators.
fn parts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a,;=.|\\[\\] :&]{1,3}", 1..5)
}

fn named(texts: &[String]) -> BTreeMap<String, String> {
    let names = ["k", "l"].map(str::to_owned);
    names.into_iter().zip(texts.iter().cloned()).collect()
}

/// Checks that two values are sent as different texts in each style, or are rejected.
fn differ<T: Encode + PartialEq>(one: &T, other: &T) -> Result<(), TestCaseError> {
    const QUERIES: [QueryStyle; 15] = [
        QueryStyle::Form,
        QueryStyle::FormExplode,
        QueryStyle::FormMember,
        QueryStyle::SpaceDelimited,
        QueryStyle::PipeDelimited,
        QueryStyle::TabDelimited,
        QueryStyle::DeepObject,
        QueryStyle::Comma,
        QueryStyle::CommaDots,
        QueryStyle::Repeat,
        QueryStyle::RepeatDots,
        QueryStyle::Brackets,
        QueryStyle::BracketsDots,
        QueryStyle::Indices,
        QueryStyle::IndicesDots,
    ];
    const PATHS: [PathStyle; 7] = [
        PathStyle::Simple,
        PathStyle::SimpleExplode,
        PathStyle::Label,
        PathStyle::LabelExplode,
        PathStyle::Matrix,
        PathStyle::MatrixExplode,
        PathStyle::Json,
    ];
    if one == other {
        return Ok(());
    }
    for style in QUERIES {
        for escape in [Escape::All, Escape::AllowReserved] {
            let written = |value: &T| {
                let mut pairs = Vec::new();
                let flat = FlatValue::from_value(value).unwrap();
                let written = query::write("n", &flat, style, escape, &mut pairs);
                let texts: Vec<String> = pairs.into_iter().map(|pair| pair.text).collect();
                written.map(|()| texts.join("&")).ok()
            };
            let (one, other) = (written(one), written(other));
            prop_assert!(
                one.is_none() || one != other,
                "{style:?} {escape:?}: {one:?}"
            );
        }
    }
    for style in PATHS {
        let (one, other) = (
            path::encode_value("n", one, style),
            path::encode_value("n", other, style),
        );
        prop_assert_ne!(one, other, "{:?}", style);
    }
    for style in [
        None,
        Some(ValueStyle::Exploded),
        Some(ValueStyle::Json),
        Some(ValueStyle::PipeDelimited),
    ] {
        let sent = |value: &T| {
            let mut parts = RequestParts::new(Method::GET, "/".into());
            match style {
                None => parts.header("n", value).cookie("n", value),
                Some(style) => parts
                    .header_as("n", value, style)
                    .cookie_as("n", value, style),
            };
            let failed = parts.failure.is_some();
            (!failed).then(|| (parts.headers.get("n").cloned(), parts.cookies))
        };
        let (one, other) = (sent(one), sent(other));
        prop_assert!(one.is_none() || one != other, "{style:?}: {one:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_id_reaches_the_server_or_is_refused(id in id()) {
        match path::expand("/a/{id}/b", &[("id", path::encode(&id))], &[]) {
            Ok(path) => {
                let url = Url::parse(&format!("https://pets.invalid/v1{path}")).unwrap();
                let segments: Vec<&str> = url.path_segments().unwrap().collect();
                prop_assert_eq!(segments.len(), 4);
                prop_assert_eq!(percent_decode_str(segments[2]).decode_utf8().unwrap(), id);
                prop_assert!(url.query().is_none() && url.fragment().is_none());
            }
            Err(_) => prop_assert!(matches!(id.as_str(), "" | "." | "..")),
        }
    }

    #[test]
    fn encoded_paths_never_lead_upwards(written in "[a./%2eE\\\\]{0,12}") {
        if let Ok(path) = path::expand(&written, &[], &[]) {
            let url = Url::parse(&format!("https://pets.invalid/v1{path}")).unwrap();
            prop_assert!(url.path().starts_with("/v1/"));
            prop_assert_eq!(url.path().len(), path.len() + 3);
        }
    }

    #[test]
    fn a_query_value_reaches_the_server(name in ".+", value in ".*") {
        let pair = query::pair(&name, &value);
        let read: Vec<(String, String)> = form_urlencoded::parse(pair.text.as_bytes()).into_owned().collect();
        prop_assert_eq!(read, [(name, value)]);
    }

    #[test]
    fn repeated_values_reach_the_server(items in prop::collection::vec(".*", 1..5)) {
        let json = serde_json::to_vec(&items).unwrap();
        let mut pairs = Vec::new();
        query::write("n", &FlatValue::from_json(&json), QueryStyle::FormExplode, Escape::All, &mut pairs).unwrap();
        let text: Vec<String> = pairs.into_iter().map(|pair| pair.text).collect();
        let read: Vec<String> = form_urlencoded::parse(text.join("&").as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect();
        prop_assert_eq!(read, items);
    }

    #[test]
    fn different_lists_have_different_encodings(one in parts(), other in parts()) {
        differ(&one, &other)?;
        let objects = |texts: &[String]| -> Vec<_> { texts.chunks(2).map(named).collect() };
        differ(&objects(&one), &objects(&other))?;
        let lists = |texts: &[String]| -> Vec<_> { texts.chunks(2).map(<[_]>::to_vec).collect() };
        differ(&lists(&one), &lists(&other))?;
    }

    #[test]
    fn different_objects_have_different_encodings(one in parts(), other in parts()) {
        let value = |texts: &[String]| -> BTreeMap<_, _> {
            let lists = texts.chunks(2).map(<[_]>::to_vec);
            lists.zip(["a", "b", "c"]).map(|(list, name)| (name.to_owned(), list)).collect()
        };
        differ(&value(&one), &value(&other))?;
        let maps = |texts: &[String]| -> BTreeMap<_, _> {
            texts.chunks_exact(2).map(|pair| (pair[0].clone(), named(&pair[1..]))).collect()
        };
        if !maps(&one).is_empty() && !maps(&other).is_empty() {
            differ(&maps(&one), &maps(&other))?;
        }
    }

    #[test]
    fn numbers_have_the_digits_of_the_codec(
        value in prop_oneof![any::<f64>().prop_filter("JSON has no other", |f| f.is_finite()), -180.0..180.0],
        large in "-?[1-9][0-9]{0,77}(\\.[0-9]{0,30}[1-9])?",
    ) {
        let float = String::from_utf8(to_vec(&value)).unwrap();
        let large: ExactNumber = large.parse().unwrap();
        let members = BTreeMap::from([("f".to_owned(), float.parse().unwrap()), ("l".to_owned(), large.clone())]);
        let mut parts = RequestParts::new(Method::POST, "/".into());
        parts.query("f", &value, QueryStyle::Form);
        parts.query("l", &vec![large.clone()], QueryStyle::FormExplode);
        parts.query("o", &members, QueryStyle::DeepObject);
        let pairs: Vec<_> = parts.query.iter().map(|pair| percent_decode_str(&pair.text).decode_utf8().unwrap()).collect();
        let expected = [format!("f={float}"), format!("l={large}"), format!("o[f]={float}"), format!("o[l]={large}")];
        prop_assert_eq!(pairs, expected);
        parts.header("x-list", &[value]).header("x-map", &members);
        prop_assert_eq!(&parts.headers["x-list"], &float);
        prop_assert_eq!(&parts.headers["x-map"], &format!("f,{float},l,{large}"));
        parts.form(&members);
        let form: Vec<(String, String)> = form_urlencoded::parse(parts.body.as_bytes().unwrap()).into_owned().collect();
        prop_assert_eq!(form, [("f".to_owned(), float.clone()), ("l".to_owned(), large.to_string())]);
        parts.multipart(&members);
        let sent = String::from_utf8_lossy(parts.body.as_bytes().unwrap()).into_owned();
        let texts: Vec<&str> = sent.split("\r\n\r\n").skip(1).filter_map(|part| part.split("\r\n").next()).collect();
        prop_assert_eq!(texts, [float.as_str(), large.as_str()]);
    }

    #[test]
    fn setting_a_property_keeps_the_others(
        members in prop::collection::btree_map("[ab\"\\\\,{}]{0,2}", json(), 0..5),
        name in "[ab\"\\\\,{}]{0,2}",
        value in json(),
    ) {
        let mut expected: Map<String, Value> = members.into_iter().collect();
        let object = serde_json::to_vec(&expected).unwrap();
        let merged = json_object::set_property(&object, &name, &serde_json::to_vec(&value).unwrap()).unwrap();
        expected.insert(name, value);
        prop_assert_eq!(serde_json::from_slice::<Map<String, Value>>(&merged).unwrap(), expected);
    }

    #[test]
    fn waits_never_exceed_a_minute(hint in "[-+0-9.eEinfaN]{0,8}|\\PC{0,30}", retries in any::<u32>(), dice in any::<f64>()) {
        let mut headers = HeaderMap::new();
        if let Ok(value) = hint.parse() {
            headers.insert("retry-after", value);
        }
        let wait = retry_policy::delay(Some(&headers), Backoff::DEFAULT, retries, UNIX_EPOCH, dice);
        prop_assert!(wait <= Duration::from_secs(60));
    }

    #[test]
    fn forged_deliveries_never_pass(
        values in prop::array::uniform5(prop::option::of("1700000000|v1,[A-Za-z0-9+/]{43}=|[0-9a-f]{64}|[ -~]{0,20}")),
        body in prop::collection::vec(any::<u8>(), 0..20),
        secret in "(whsec_)?[A-Za-z0-9+/]{0,12}",
    ) {
        const NAMES: [&str; 5] =
            ["webhook-id", "webhook-timestamp", "webhook-signature", "x-webhook-timestamp", "x-webhook-signature"];
        let mut headers = HeaderMap::new();
        for (name, value) in NAMES.into_iter().zip(values) {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        }
        let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        prop_assert!(verify_at([secret], &headers, &body, now).is_err());
    }
}
