//! Module layout: no file is too long to read, and the items that a long module moves to other
//! files depend on few other items.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sdkwright::config::Config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};
use serde_json::{Map, Value, json};

/// Greatest length of a file.
const LONGEST: usize = 5_000;

fn object(properties: impl Iterator<Item = (String, Value)>) -> Value {
    let properties: Map<String, Value> = properties.collect();
    json!({ "type": "object", "properties": properties })
}

/// Returns a schema with this many properties, each an object of at least 40 properties. All of
/// these differ.
fn order(parts: usize, more: &[&str]) -> Value {
    let text = json!({ "type": "string" });
    let part = |name: String, size: usize| {
        let own = json!({ "type": "string", "description": name });
        let members = (1..size).map(|index| (format!("member_{index}"), text.clone()));
        let own = std::iter::once(("member_0".to_owned(), own));
        (name, object(own.chain(members)))
    };
    let parts = (0..parts).map(|index| part(format!("part_{index}"), 40 + index % 7));
    object(parts.chain(more.iter().map(|&name| part(name.to_owned(), 3))))
}

fn files(schema: &Value, operations: usize) -> Files {
    let members = (0..40).map(|index| (format!("member_{index}"), json!("text")));
    let example: Value = members.collect::<Map<_, _>>().into();
    let paths: Map<String, Value> = (0..operations)
        .map(|index| {
            let operation = json!({
                "operationId": format!("order{index}"),
                "tags": ["orders"],
                "responses": { "200": { "description": "Fine.", "content": {
                    "application/json": {
                        "schema": { "$ref": "#/components/schemas/Order" },
                        "example": { "part_0": example, "part_1": example },
                    },
                } } },
            });
            (format!("/orders/{index}"), json!({ "get": operation }))
        })
        .collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Orders", "version": "1" },
        "paths": paths,
        "components": { "schemas": { "Order": schema } },
    });
    rendered(&document)
}

fn rendered(document: &Value) -> Files {
    let mut diagnostics = Diagnostics::new();
    let document =
        load_str("orders.json", &document.to_string(), &mut diagnostics).expect("a good document");
    let api = lower(&document, &Config::default(), &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    render(&plan, &Templates::default()).expect("our own templates render")
}

/// Returns the file of each type.
fn declared(files: &Files) -> BTreeMap<String, String> {
    files
        .iter()
        .filter(|(path, _)| path.starts_with("src/types/"))
        .flat_map(|(path, text)| {
            let names = text
                .lines()
                .filter_map(|line| line.strip_prefix("pub struct "));
            names.map(move |name| (name.trim_end_matches(" {").to_owned(), path.clone()))
        })
        .collect()
}

#[test]
fn a_short_module_is_one_file() {
    let declared = declared(&files(&order(6, &[]), 1));
    assert_eq!(declared.len(), 7);
    assert!(declared.values().all(|path| path == "src/types/orders.rs"));
}

#[test]
fn no_file_is_too_long() {
    let files = files(&order(60, &[]), 100);
    for (path, text) in &files {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{path} has {lines} lines");
    }
    let declared = declared(&files);
    assert_eq!(declared.len(), 61);
    assert_eq!(
        declared.get("Order").map(String::as_str),
        Some("src/types/orders.rs")
    );
    for divided in ["src/resources/orders/", "tests/wire/orders_"] {
        let files = files.keys().filter(|path| path.starts_with(divided));
        assert!(files.count() > 0, "{divided}");
    }
}

#[test]
fn adding_to_a_split_module_moves_nothing_else() {
    let before = declared(&files(&order(60, &[]), 1));
    let after = declared(&files(&order(60, &["new"]), 1));
    let moved = before
        .iter()
        .filter(|(name, path)| after.get(*name) != Some(path));
    assert!(moved.count() <= 1);
}

/// Returns the crate of two resources with many small schemas of their own, and one that they share.
fn two_resources(more: &[&str], description: &str) -> Files {
    let property = |index: usize| {
        let text = json!({ "type": "string", "description": description });
        (format!("property_{index}"), text)
    };
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for (resource, owner) in [("bills", "Bill"), ("cards", "Card")] {
        let families = ["Fee", "Limit", "Note", "Plan"].iter().zip([3, 12, 5, 8]);
        let names = families.flat_map(|(family, count)| {
            (0..count).map(move |index| format!("{owner}{family}{}", char::from(b'A' + index)))
        });
        let more = more.iter().filter(|name| name.starts_with(owner));
        let names: Vec<String> = names.chain(more.map(|name| (*name).to_owned())).collect();
        let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let members = names.iter().map(String::as_str).chain(["Money"]);
        let members = members.map(|name| (name.to_owned(), reference(name)));
        schemas.insert(owner.to_owned(), object(members));
        let declared = names.iter().enumerate();
        schemas.extend(
            declared.map(|(index, name)| (name.clone(), object((0..=index % 6).map(property)))),
        );
        let operation = json!({
            "operationId": format!("get{owner}"),
            "tags": [resource],
            "responses": { "200": { "description": "Fine.", "content": {
                "application/json": { "schema": reference(owner) },
            } } },
        });
        paths.insert(format!("/{resource}/current"), json!({ "get": operation }));
    }
    schemas.insert("Money".to_owned(), object([property(0)].into_iter()));
    rendered(&json!({
        "openapi": "3.0.3",
        "info": { "title": "Two", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    }))
}

#[test]
fn types_of_one_resource_share_files() {
    let declared = declared(&two_resources(&[], "Text."));
    let file = |name: &str| declared.get(name).map(String::as_str);
    assert_eq!(file("Money"), Some("src/types/money.rs"));
    assert_eq!(file("Bill"), Some("src/types/bills.rs"));
    assert_eq!(file("BillFeeA"), Some("src/types/bills.rs"));
    assert_eq!(file("BillLimitA"), Some("src/types/bills_limit.rs"));
    assert_eq!(file("CardLimitA"), Some("src/types/cards_limit.rs"));
}

#[test]
fn a_new_schema_moves_few_types() {
    let before = declared(&two_resources(&[], "Text."));
    for new in [
        "BillAnchor",
        "BillFeeAA",
        "BillLimitZ",
        "BillZone",
        "CardPlanAA",
    ] {
        let after = declared(&two_resources(&[new], "Text."));
        assert_eq!(after.len(), before.len() + 1);
        let moved = before
            .iter()
            .filter(|(name, path)| after.get(*name) != Some(path));
        let moved: Vec<_> = moved.map(|(name, _)| name).collect();
        // At most one family leaves a file that has become too long.
        let families: BTreeSet<_> = moved.iter().filter_map(|name| name.get(..7)).collect();
        assert!(families.len() <= 1, "{new}: {moved:?}");
    }
}

#[test]
fn a_description_moves_no_type() {
    let long = "A paragraph.\n\n".repeat(40);
    let (short, long) = (two_resources(&[], "Text."), two_resources(&[], &long));
    assert_eq!(declared(&short), declared(&long));
}

/// Returns a document of this many schemas, with a resource of one operation for every other one.
fn many(schemas: usize, more: &[&str]) -> Files {
    let names = ["Account", "Bill", "Card", "Deal", "Event"];
    let all = (0..schemas).zip(names.iter().cycle());
    let all = all.map(|(index, name)| format!("{name}Part{index}"));
    let all = all.chain(more.iter().map(|&name| name.to_owned()));
    let text = json!({ "type": "string" });
    let schema = |_| object([("id".to_owned(), text.clone())].into_iter());
    let list: Vec<String> = all.collect();
    let components: Map<String, Value> = list
        .iter()
        .map(|name| (name.clone(), schema(name)))
        .collect();
    let paths: Map<String, Value> = list
        .iter()
        .take(schemas / 2)
        .map(|name| {
            let operation = json!({
                "operationId": format!("get{name}"),
                "tags": [name],
                "responses": { "200": { "description": "Fine.", "content": {
                    "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } },
                } } },
            });
            (format!("/{name}"), json!({ "get": operation }))
        })
        .collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Many", "version": "1" },
        "paths": paths,
        "components": { "schemas": components },
    });
    rendered(&document)
}

/// A crate with too many types for a single list of modules.
static MANY: LazyLock<Files> = LazyLock::new(|| many(1_100, &[]));

#[test]
fn many_files_are_grouped_in_folders() {
    let files = &*MANY;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{path} has {lines} lines");
    }
    for path in [
        "src/types/account.rs",
        "src/types/account/account_part0.rs",
        "tests/types/a.rs",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
    let list = &files["src/types.rs"];
    assert!(list.contains("mod account;\n") && list.contains("pub use account::*;\n"));
    assert!(list.contains("mod event_part4;\n"), "not more than must");
    let client = files.keys().filter(|path| path.starts_with("src/client/"));
    assert!(client.count() > 0);
}

#[test]
fn adding_to_many_files_moves_none() {
    let before = many(1_500, &[]);
    let after = many(1_500, &["AccountNew", "Further"]);
    let types = before
        .iter()
        .filter(|(path, _)| path.starts_with("src/types/"));
    for (path, text) in types.filter(|(path, _)| path.matches('/').count() == 3) {
        assert_eq!(after.get(path), Some(text), "{path}");
    }
    assert!(after.contains_key("src/types/account/account_new.rs"));
    assert!(after.contains_key("src/types/further.rs"));
}

#[test]
fn few_files_stay_in_one_folder() {
    assert!(!many(400, &[]).contains_key("src/types/account.rs"));
}
