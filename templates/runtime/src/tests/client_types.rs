//! The client types of an SDK that depends on the runtime have the methods of the types that they
//! wrap.

use std::collections::BTreeSet;

/// The public methods of a source text with their docs, as the wrapper has to repeat them.
fn methods(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut docs = String::new();
    for line in text.lines().map(str::trim) {
        match line.strip_prefix("pub fn ") {
            Some(rest) => {
                let name = rest.split(['(', '<']).next().unwrap_or_default();
                found.insert(format!("{docs}{name}"));
                docs.clear();
            }
            None if line.starts_with("///") => docs += &format!("{line}\n"),
            None if line.starts_with("#[") => {}
            None => docs.clear(),
        }
    }
    found
}

#[test]
fn the_builder_of_a_dependent_sdk_has_all_methods() {
    let builder = include_str!("../runtime/builder.rs");
    let (_, webhooks) = include_str!("../runtime/webhook/secrets.rs")
        .split_once("impl ClientBuilder {")
        .unwrap();
    let (webhooks, _) = webhooks.split_once("\n}").unwrap();
    let (_, wrapper) = include_str!("../client_types.rs")
        .split_once("impl ClientBuilder {")
        .unwrap();
    let mut expected = methods(builder);
    expected.extend(methods(webhooks));
    assert!(expected.len() > 20);
    assert_eq!(methods(wrapper), expected);
}
