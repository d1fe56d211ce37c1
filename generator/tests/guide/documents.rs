//! YAML and TOML in the guide: descriptions, configurations and manifests.

use std::fs;

use sdkwright::config::read_str;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;

use crate::blocks::{Block, blocks};
use crate::samples::Bookshop;
use crate::{bookshop, guide};

/// The head of a description, for blocks that show a part of one.
const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Bookshop, version: 1.0.0 }\n\
                    servers: [{ url: https://api.bookshop.example }]\n";

/// Completes a part of a description.
fn complete(text: &str) -> String {
    if text.starts_with("openapi:") {
        return text.to_owned();
    }
    let paths = match text.lines().any(|line| line == "paths:") {
        true => "",
        false => "paths: {}\n",
    };
    format!("{HEAD}{paths}{text}")
}

/// Returns the diagnostics of a description, or of a configuration of the bookshop.
fn diagnostics(block: &Block) -> Diagnostics {
    let mut diagnostics = Diagnostics::strict();
    let is_description = block.has("openapi") || block.file() == Some("openapi.yaml");
    if is_description {
        let document = load_str("openapi.yaml", &complete(&block.text), &mut diagnostics);
        if let Some(document) = document {
            lower(&document, &Default::default(), &mut diagnostics);
        }
    } else {
        read_str("sdk.yaml", &block.text, &mut diagnostics);
    }
    diagnostics
}

#[test]
fn descriptions_and_configurations_are_read_without_a_finding() {
    let blocks = blocks("yaml");
    assert!(blocks.len() > 10);
    for block in blocks {
        let found = diagnostics(&block);
        assert!(found.is_empty(), "{}: {found:?}", block.position());
    }
}

#[test]
fn wrong_blocks_are_found() {
    let block = |words: &[&str], text: &str| Block {
        page: String::new(),
        line: 1,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        text: text.to_owned(),
    };
    let unknown = block(&["yaml"], "resorces: {}\n");
    assert!(!diagnostics(&unknown).is_empty());
    let reference = "paths:\n  /a:\n    get:\n      responses: { '200': { $ref: '#/x' } }\n";
    assert!(!diagnostics(&block(&["yaml", "openapi"], reference)).is_empty());
}

#[test]
fn the_description_of_the_samples_has_no_finding() {
    let text = fs::read_to_string(bookshop()).expect("a description");
    let mut diagnostics = Diagnostics::strict();
    let document = load_str("openapi.yaml", &text, &mut diagnostics).expect("a document");
    let text = fs::read_to_string(guide().join("bookshop/sdk.yaml")).expect("a configuration");
    let (config, _) = read_str("sdk.yaml", &text, &mut diagnostics).expect("a configuration");
    lower(&document, &config, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

/// The manifests name features that the crate has.
#[test]
fn manifests_name_features_of_the_crate() {
    let bookshop = Bookshop::generate();
    let blocks = blocks("toml");
    assert!(blocks.len() >= 2);
    for block in blocks {
        let manifest: toml::Table = toml::from_str(&block.text).expect("a manifest");
        for table in manifest.values().filter_map(toml::Value::as_table) {
            let features = table["bookshop-sdk"]["features"].as_array();
            for feature in features.into_iter().flatten() {
                let feature = feature.as_str().expect("a name");
                assert!(
                    bookshop.has_feature(feature),
                    "{}: {feature}",
                    block.position()
                );
            }
        }
    }
}
