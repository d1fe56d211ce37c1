//! Edits that are not changes: the order, the syntax and the files of a document.

use sdkwright::diff::Report;
use sdkwright::pipeline::{ConfigFile, Options, SideOptions, compare_sides, read_revision};

use super::edits::Input;
use super::sides::{codes, side, side_of};

/// Reverses the entries of the maps at these pointers.
fn reverse(document: &mut serde_json::Value, pointers: &[&str]) {
    for pointer in pointers {
        let map = document
            .pointer_mut(pointer)
            .and_then(serde_json::Value::as_object_mut);
        let map = map.expect("a map");
        let members: Vec<_> = std::mem::take(map).into_iter().rev().collect();
        map.extend(members);
    }
}

#[test]
fn order_and_syntax_are_not_changes() {
    let shop = Input::shop();
    let base = side_of(&shop);
    let config = shop.config.to_string();
    let mut reordered = shop.document.clone();
    let orders = [
        "/paths",
        "/components/schemas",
        "/components",
        "/paths/~1orders",
        "/paths/~1orders/get/responses",
        "/paths/~1orders/get",
        "/components/schemas/Order",
        "",
    ];
    reverse(&mut reordered, &orders);
    let texts = [
        ("reordered", reordered.to_string()),
        ("YAML", serde_yaml::to_string(&shop.document).expect("YAML")),
        (
            "indented",
            serde_json::to_string_pretty(&shop.document).expect("JSON"),
        ),
    ];
    for (name, text) in texts {
        let report = Report::new(&base, &side(&text, &config));
        assert_eq!(codes(&report), [""; 0], "{name}");
    }
}

/// Names that collide, and responses with several successes, do not depend on the order.
#[test]
fn the_order_of_alternatives_is_not_a_change() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Alternatives, version: "1" }
paths:
  /jobs:
    post:
      operationId: createJob
      security: [{ key: [], tenant: [] }]
      responses:
        "202": { description: Later., content: { application/json: { schema: { type: object, properties: { ticket: { type: string } } } } } }
        "200":
          description: Now.
          headers: { X-B: { schema: { type: string } }, X-A: { schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { id: { $ref: "#/components/schemas/User" }, b: { $ref: "#/components/schemas/user" } } } } }
        "422": { description: Invalid., content: { application/json: { schema: { $ref: "#/components/schemas/a.b" } } } }
        "409": { description: Taken., content: { application/json: { schema: { $ref: "#/components/schemas/A-B" } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, tenant: { type: apiKey, in: header, name: X-Tenant } }
  schemas:
    user: { type: object, properties: { name: { type: string }, _name: { type: string } } }
    User: { type: object, properties: { id: { type: string } } }
    a.b: { type: object, properties: { message: { type: string } } }
    A-B: { type: object, properties: { code: { type: integer } } }
"##;
    let base = side(DOCUMENT, "{}");
    let document: serde_json::Value = serde_yaml::from_str(DOCUMENT).expect("YAML");
    let post = "/paths/~1jobs/post";
    for pointers in [
        ["/components/schemas", "/components/schemas/user/properties"].as_slice(),
        &[&format!("{post}/responses")],
        &[&format!("{post}/responses/200/headers")],
        &[&format!("{post}/security/0"), "/components/securitySchemes"],
    ] {
        let mut edited = document.clone();
        reverse(&mut edited, pointers);
        let report = Report::new(&base, &side(&edited.to_string(), "{}"));
        assert_eq!(codes(&report), [""; 0], "{pointers:?}");
    }
}

/// A type that only errors or variants name is found under its new name.
#[test]
fn renamed_targets_are_found_by_their_uses() {
    let shop = Input::shop();
    let rename = |text: &str, name: &str| {
        text.replace(
            &format!("schemas/{name}\""),
            &format!("schemas/New{name}\""),
        )
        .replace(&format!("\"{name}\":"), &format!("\"New{name}\":"))
    };
    let text = rename(&shop.document.to_string(), "Error");
    let report = Report::new(&side_of(&shop), &side(&text, &shop.config.to_string()));
    assert_eq!(codes(&report), ["type-renamed"]);
}

#[test]
fn moving_a_schema_is_not_a_change() {
    let shop = Input::shop();
    let config = shop.config.to_string();
    let mut document = shop.document.clone();
    let address = "/components/schemas/Customer/properties/address";
    let inline = document.pointer_mut(address).expect("a schema");
    let inline = std::mem::replace(
        inline,
        serde_json::json!({ "$ref": "#/components/schemas/CustomerAddress" }),
    );
    document["components"]["schemas"]["CustomerAddress"] = inline;
    let (before, after) = (side_of(&shop), side(&document.to_string(), &config));
    assert_eq!(codes(&Report::new(&before, &after)), [""; 0]);
    assert_eq!(codes(&Report::new(&after, &before)), [""; 0]);
    let parameter = "/paths/~1orders/get/parameters/0";
    for name in ["State", "StatusOfOrders"] {
        let mut document = shop.document.clone();
        let inline = document.pointer_mut(parameter).expect("a parameter");
        let reference = serde_json::json!({ "$ref": format!("#/components/parameters/{name}") });
        let inline = std::mem::replace(inline, reference);
        document["components"]["parameters"] = serde_json::json!({ name: inline });
        let after = side(&document.to_string(), &config);
        assert_eq!(codes(&Report::new(&before, &after)), [""; 0], "{name}");
    }
}

/// The description of an inline schema documents its property too. After the move, it documents the
/// type that the property names.
#[test]
fn moving_a_described_schema_renames_its_type_only() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": { description: All., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
components:
  schemas:
    Pet:
      type: object
      properties:
        owner: { type: object, description: An owner., properties: { name: { type: string } } }
        state: { type: string, description: A state., enum: [new, sold] }
        labels: { type: array, description: Some labels., items: { type: object, properties: { key: { type: string } } } }
        home: { description: A home., oneOf: [{ type: object, description: Land., required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }] }
"##;
    let document: serde_json::Value = serde_yaml::from_str(DOCUMENT).expect("YAML");
    let before = side(DOCUMENT, "{}");
    let pet = "/components/schemas/Pet/properties";
    for (path, expected) in [
        ("owner", ["type-renamed"].as_slice()),
        ("state", &["type-renamed"]),
        ("labels", &["type-renamed"]),
        ("home", &["type-renamed", "type-renamed", "type-renamed"]),
        ("home/oneOf/0", &["type-renamed", "variant-renamed"]),
    ] {
        let mut document = document.clone();
        let inline = document.pointer_mut(&format!("{pet}/{path}"));
        let reference = serde_json::json!({ "$ref": "#/components/schemas/Moved" });
        let inline = std::mem::replace(inline.expect("a schema"), reference);
        document["components"]["schemas"]["Moved"] = inline;
        let after = side(&document.to_string(), "{}");
        assert_eq!(codes(&Report::new(&before, &after)), expected, "{path}");
        assert_eq!(codes(&Report::new(&after, &before)), expected, "{path}");
    }
}

/// A repository with a document, its configuration, and a file that the document refers to.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = Input::shop();
    let mut root = shop.document.clone();
    let components = root["components"]["schemas"].take();
    root["components"]
        .as_object_mut()
        .expect("a map")
        .remove("schemas");
    let root = root.to_string().replace(
        "#/components/schemas/",
        "shared/schemas.yaml#/components/schemas/",
    );
    let shared = serde_json::json!({ "components": { "schemas": components } }).to_string();
    std::fs::create_dir_all(folder.path().join("spec/shared")).expect("a folder");
    for (name, text) in [
        ("spec/shop.json", root),
        ("spec/shared/schemas.yaml", shared),
        ("spec/sdk.yaml", shop.config.to_string()),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    let user = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    git(
        folder.path(),
        &[&user[..], &["commit", "--quiet", "--message", "a"]].concat(),
    );
    folder
}

fn git(folder: &std::path::Path, args: &[&str]) {
    let git = std::process::Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .status();
    assert!(git.expect("git runs").success(), "{args:?}");
}

#[test]
fn splitting_a_document_is_not_a_change() {
    let folder = repository();
    let shop = Input::shop();
    let one = folder.path().join("one");
    std::fs::create_dir(&one).expect("a folder");
    std::fs::write(one.join("shop.json"), shop.document.to_string()).expect("a file");
    std::fs::write(one.join("sdk.yaml"), shop.config.to_string()).expect("a file");
    let options = |path: std::path::PathBuf| SideOptions::new(Options::new(path), None);
    let several = options(folder.path().join("spec/shop.json"));
    let (report, _) = compare_sides(&options(one.join("shop.json")), &several).expect("a report");
    assert_eq!(codes(&report), [""; 0]);
}

#[test]
fn a_revision_is_read_from_git_with_all_of_its_files() {
    let folder = repository();
    let spec = folder.path().join("spec/shop.json");
    let shared = folder.path().join("spec/shared/schemas.yaml");
    let text = std::fs::read_to_string(&shared).expect("a file");
    std::fs::write(&shared, text.replace("\"shipped\"", "\"sent\"")).expect("a file");
    let revision = read_revision("HEAD", &spec, None).expect("a revision");
    let config = revision.config.clone().expect("a configuration");
    let base = Options {
        config: ConfigFile::At(config),
        root: Some(revision.root().to_owned()),
        ..Options::new(revision.spec.clone())
    };
    let base = SideOptions::new(base, Some(revision));
    let head = SideOptions::new(Options::new(&spec), None);
    let (report, _) = compare_sides(&base, &head).expect("a report");
    assert_eq!(codes(&report), ["variant-added", "variant-removed"]);
    let removed = report
        .changes
        .iter()
        .find_map(|located| located.before.as_ref())
        .expect("lines");
    assert_eq!(removed.file, "HEAD:spec/shared/schemas.yaml");
    for (revision, spec) in [
        ("nothing", &spec),
        ("--help", &spec),
        ("HEAD", &folder.path().join("spec/other.json")),
    ] {
        let error = read_revision(revision, spec, None).expect_err(revision);
        assert!(error.help().is_some(), "{error}");
    }
}
