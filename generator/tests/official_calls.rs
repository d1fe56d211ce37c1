//! The calls of the SDK of `spec/`, compared with those of the official SDKs.
//!
//! A line of `official_calls.txt` has an HTTP method, a path and the name of the call in the official
//! TypeScript SDK.

use std::collections::BTreeMap;
use std::path::Path;

use sdkwright::pipeline::{Options, outline};

/// The calls that have other names on purpose: the official name, and ours.
const DIFFERENCES: &[(&str, &str)] = &[
    // The official name splits `imessage` in the wrong place.
    ("capability.checki_message", "capability.check_imessage"),
];

#[test]
fn calls_have_the_names_of_the_official_sdks() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/linq.yaml");
    let outline = outline(&Options::new(spec)).expect("our description");
    let ours: BTreeMap<(String, String), String> = outline
        .calls
        .into_iter()
        .map(|call| ((call.http_method, call.path), call.name))
        .collect();
    let mut found = Vec::new();
    for line in include_str!("official_calls.txt").lines() {
        let mut words = line.split(' ').map(str::to_owned);
        let endpoint = words.next().zip(words.next()).expect("an endpoint");
        let official = words.next().expect("a name");
        let name = ours.get(&endpoint).map_or("", String::as_str);
        if name != official {
            found.push((official, name.to_owned()));
        }
    }
    let expected = DIFFERENCES.iter();
    let expected = expected.map(|(official, ours)| ((*official).to_owned(), (*ours).to_owned()));
    assert_eq!(found, Vec::from_iter(expected));
}
