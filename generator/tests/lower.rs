//! Lowering: each fixture of `accept/` has one feature, and its snapshot is a short dump of the
//! model.

mod dump;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use sdkwright::config::{self, Config};
use sdkwright::diagnostics::Diagnostics;
use sdkwright::ir::{Api, Method, Resource};
use sdkwright::load::load_str;
use sdkwright::lower::lower;

/// Returns the diagnostics of loading and lowering, and the model.
fn lowered(name: &str, text: &str, config: &Config) -> String {
    let mut diagnostics = Diagnostics::new();
    let document = load_str(name, text, &mut diagnostics).expect("a document");
    let api = lower(&document, config, &mut diagnostics);
    let mut said = String::new();
    for found in &diagnostics {
        let (severity, code, at) = (found.severity, found.code, &found.pointer);
        writeln!(said, "{severity:?} {code} {at}: {}", found.message).expect("writing to a string");
    }
    said + &dump::dump(&api)
}

#[test]
fn each_idea_is_lowered_as_before() {
    insta::with_settings!({ snapshot_path => "lower", prepend_module_to_snapshot => false }, {
        insta::glob!("accept/*.*", |path| {
            let text = fs::read_to_string(path).expect("a fixture can be read");
            let name = path.file_name().expect("a fixture has a name").to_string_lossy();
            let beside = path.with_file_name(format!("sdk/{name}"));
            let config = fs::read_to_string(beside).map(|text| {
                let read = config::read_str("sdk.yaml", &text, &mut Diagnostics::new());
                read.expect("a configuration").0
            });
            insta::assert_snapshot!(lowered(&name, &text, &config.unwrap_or_default()));
        });
    });
}

/// A configuration arranges the operations, schemas and events of a document.
const SHOP: &str = r##"
openapi: 3.1.0
info: { title: Shop API, version: "1" }
security: [{ Basic: [] }]
paths:
  /v1/orders:
    get: { operationId: a, responses: { "204": { description: Done. } } }
    post: { operationId: b, requestBody: { content: { application/json: { schema: { type: array, items: { type: string } } } } }, responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Ord" } } } } } }
  /v1/orders/{id}/lines:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: c, responses: { "204": { description: Done. } } }
  /v1/ping:
    get: { operationId: d, responses: { "204": { description: Done. } } }
  /v1/forgotten:
    get: { operationId: e, responses: { "204": { description: Done. } } }
  /v1/internal:
    get: { operationId: f, responses: { "204": { description: Done. } } }
webhooks:
  order:
    post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Ord" } } } }, responses: { "200": { description: Received. } } }
components:
  securitySchemes: { Basic: { type: http, scheme: basic } }
  schemas:
    Ord: { type: object, required: [topic], properties: { topic: { enum: [made, sent] }, lines: { type: array, items: { type: object, properties: { sku: { type: string } } } } } }
"##;

const SHOP_CONFIG: &str = r##"
organization: { name: shop }
environments: { live: "https://shop.example.com", test: "https://test.example.com" }
client_settings:
  default_env_prefix: SHOP_CO
  opts:
    secret: { type: string, read_env: SHOP_SECRET, auth: { security_scheme: Basic, role: password } }
    user: { type: string, read_env: SHOP_USER, auth: { security_scheme: Basic, role: username } }
    region: { type: string, nullable: true, send_in_header: X-Region }
    signing_key: { type: string, nullable: true, read_env: SHOP_KEY }
resources:
  $client:
    methods: { ping: get /v1/ping }
  orders:
    models:
      order: "#/components/schemas/Ord"
      order_line: "#/components/schemas/Ord/properties/lines/items"
      ghost: Ghost
    methods:
      list: get /v1/orders
      create: { endpoint: post /v1/orders, body_param_name: skus }
      add: { type: alias, to: create }
      vanish: get /v1/vanished
      unwrap: { type: webhook_unwrap, discriminator: topic, webhook_key_opt: signing_key }
    subresources:
      order_lines:
        methods: { list: "get /v1/orders/{id}/lines" }
unspecified_endpoints: [get /v1/internal]
"##;

#[test]
fn a_configuration_arranges_and_names() {
    let mut diagnostics = Diagnostics::new();
    let (config, _) =
        config::read_str("sdk.yaml", SHOP_CONFIG, &mut diagnostics).expect("a configuration");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    insta::with_settings!({ snapshot_path => "lower", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(lowered("shop.yaml", SHOP, &config));
    });
}

/// The configuration selects the operations that stream, and the events.
#[test]
fn streams_by_configuration() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Chat, version: "1" }
paths:
  /chat:
    post: { operationId: a, requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Ask" } } } }, responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Reply" } } } } } }
  /events:
    get: { operationId: b, responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Chunk" } } } } } }
  /lost:
    get: { operationId: c, responses: { "204": { description: Done. } } }
components:
  schemas:
    Ask: { type: object, properties: { live: { type: boolean } } }
    Reply: { type: object, properties: { text: { type: string } } }
    Chunk: { type: object, properties: { delta: { type: string } } }
"##;
    const CONFIG: &str = r##"
streaming:
  on_event:
    - { data_starts_with: finished, handle: done }
    - { event_type: null, handle: yield }
resources:
  chat:
    methods:
      events: { endpoint: get /events, streaming: { param_discriminator: null } }
      lost: { endpoint: get /lost, streaming: { stream_event_model: chat.ghost } }
    subresources:
      completions:
        models: { chunk: Chunk }
        methods:
          create: { endpoint: post /chat, streaming: { param_discriminator: live, stream_event_model: chat.completions.chunk, params_type_name: ask_params } }
"##;
    let mut diagnostics = Diagnostics::new();
    let (config, _) =
        config::read_str("sdk.yaml", CONFIG, &mut diagnostics).expect("a configuration");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    insta::with_settings!({ snapshot_path => "lower", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(lowered("chat.yaml", DOCUMENT, &config));
    });
}

/// A client needs an option for each scheme, unless another alternative is enough.
#[test]
fn credentials_without_an_option_are_reported() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Keys, version: "1" }
security: [{ user: [] }]
paths:
  /mine: { get: { responses: { "204": { description: Done. } } } }
  /all: { get: { security: [{ admin: [] }], responses: { "204": { description: Done. } } } }
  /both: { get: { security: [{ user: [], login: [] }, { admin: [] }], responses: { "204": { description: Done. } } } }
  /either: { get: { security: [{ admin: [] }, { user: [] }], responses: { "204": { description: Done. } } } }
  /open: { get: { security: [{ admin: [] }, {}], responses: { "204": { description: Done. } } } }
  /old: { get: { security: [{ digest: [] }], responses: { "204": { description: Done. } } } }
webhooks:
  made: { post: { security: [{ signature: [] }], responses: { "204": { description: Done. } } } }
components:
  securitySchemes:
    user: { type: apiKey, in: header, name: X-Key }
    admin: { type: apiKey, in: query, name: admin_key }
    login: { type: http, scheme: basic }
    digest: { type: http, scheme: digest }
    signature: { type: apiKey, in: header, name: X-Signature }
"##;
    const USER: &str = "user: { type: string, auth: { security_scheme: user } }";
    let report = |settings: &str| {
        let mut diagnostics = Diagnostics::new();
        let document = load_str("keys.yaml", DOCUMENT, &mut diagnostics).expect("a document");
        let read = config::read_str("sdk.yaml", settings, &mut diagnostics);
        lower(
            &document,
            &read.expect("a configuration").0,
            &mut diagnostics,
        );
        let codes = ["credential-not-configured", "unknown-configured-scheme"];
        let found = diagnostics
            .iter()
            .filter(|it| codes.contains(&it.code.as_str()));
        let lines = found.map(|it| {
            let help = it.help.clone().unwrap_or_default();
            format!("{:?} {}: {}; {help}", it.origin, it.pointer, it.message)
        });
        lines.collect::<Vec<_>>()
    };
    let options = |lines: &[&str]| {
        report(&format!(
            "client_settings: {{ opts: {{ {} }} }}",
            lines.join(", ")
        ))
    };
    assert_eq!(report("{}"), Vec::<String>::new());
    assert_eq!(
        options(&[USER]),
        [
            "Document #/components/securitySchemes/admin: no client option is for the security scheme `admin`, \
             and 2 operations that use it lack a credential; add an option with \
             `auth: { security_scheme: admin }` to `client_settings.opts`, or let `sdkwright sync` do so",
            "Document #/components/securitySchemes/login: no client option is for the security scheme `login`, \
             and an operation that uses it lacks a credential; add options with \
             `auth: { security_scheme: login, role: username }` and `auth: { security_scheme: login, role: password }` \
             to `client_settings.opts`, or let `sdkwright sync` do so",
        ]
    );
    // A parameter of this name is the credential.
    let sent = "admin: { type: string, send_as_query_param: admin_key }";
    assert_eq!(options(&[USER, sent]), Vec::<String>::new());
    // An API key has no username.
    let wrong_role = "admin: { type: string, auth: { security_scheme: admin, role: username } }";
    assert_eq!(
        options(&[USER, wrong_role])[0],
        "Document #/components/securitySchemes/admin: no client option is for the security scheme `admin`, \
         and 2 operations that use it lack a credential; add an option with \
         `auth: { security_scheme: admin }` to `client_settings.opts`"
    );
    let unknown = "other: { type: string, auth: { security_scheme: admni } }";
    assert_eq!(
        options(&[USER, sent, unknown]),
        [
            "Config #/client_settings/opts/other/auth/security_scheme: the option `other` is for the security \
             scheme `admni`, which is not declared; name one of the schemes: `user`, `admin`, `login`, `signature`"
        ]
    );
    assert_eq!(
        report("security: [{ usre: [] }]")[0],
        "Config #/security/0: the security scheme `usre` is not declared; it is ignored; correct the name, \
         or declare the scheme"
    );
    // The schemes of the configuration replace those of the document.
    let replaced = report(
        "security_schemes: { user: { type: apiKey, in: header, name: X-Key }, login: { type: http, scheme: basic } }",
    );
    assert_eq!(
        replaced,
        [
            "Document #/components/securitySchemes/admin: `security_schemes` of `sdk.yaml` lacks the security \
             scheme `admin`, and an operation that uses it lacks a credential; add the scheme there, or remove \
             `security_schemes`",
            "Document #/components/securitySchemes/digest: `security_schemes` of `sdk.yaml` lacks the security \
             scheme `digest`, and an operation that uses it lacks a credential; add the scheme there, or remove \
             `security_schemes`",
        ]
    );
}

/// A new operation or schema does not change the others.
#[test]
fn names_are_stable() {
    let more = SHOP.replace(
        "  /v1/forgotten:",
        "  /v1/orders/{order}:\n    delete: { operationId: g, parameters: [{ name: order, in: path, required: true, schema: { type: string } }], responses: { \"204\": { description: Done. } } }\n  /v1/forgotten:",
    );
    let (before, after) = (
        lowered("shop.yaml", SHOP, &Config::default()),
        lowered("shop.yaml", &more, &Config::default()),
    );
    let after: Vec<&str> = after.lines().collect();
    for line in before.lines().filter(|line| !line.contains("@operation")) {
        assert!(after.contains(&line), "{line}");
    }
}

/// Adds the calls of a resource, by HTTP method and path.
fn add_calls(
    api: &Api,
    resource: &Resource,
    above: &str,
    calls: &mut BTreeMap<(Method, String), String>,
) {
    let name = format!("{above}{}.", resource.name.snake());
    for method in &resource.methods {
        let operation = api.operation(method.operation);
        let endpoint = (operation.method.clone(), operation.path.clone());
        calls.insert(endpoint, format!("{name}{}", method.name.snake()));
    }
    for child in &resource.children {
        add_calls(api, child, &name, calls);
    }
}

/// Returns the calls of a document, by HTTP method and path.
fn list_calls(document: &serde_yaml::Value) -> BTreeMap<(Method, String), String> {
    let text = serde_yaml::to_string(document).expect("a document can be written");
    let mut diagnostics = Diagnostics::new();
    let document = load_str("names.yaml", &text, &mut diagnostics).expect("a document");
    let api = lower(&document, &Config::default(), &mut diagnostics);
    let mut calls = BTreeMap::new();
    add_calls(&api, &api.root, "", &mut calls);
    calls
}

/// Calls have the same names, whatever the order of paths in the document.
#[test]
fn names_do_not_depend_on_the_order_of_paths() {
    insta::glob!("accept/names_*.yaml", |path| {
        let text = fs::read_to_string(path).expect("a fixture can be read");
        let document: serde_yaml::Value = serde_yaml::from_str(&text).expect("a document");
        let mut reversed = document.clone();
        let paths = reversed["paths"].as_mapping_mut().expect("paths");
        let forwards: Vec<_> = std::mem::take(paths).into_iter().collect();
        *paths = forwards.into_iter().rev().collect();
        let (calls, expected) = (list_calls(&reversed), list_calls(&document));
        assert_eq!(calls, expected, "{}", path.display());
    });
}

/// Raw JSON is counted at its position, with the reason.
#[test]
fn raw_json_has_a_pointer_and_a_reason() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Raw, version: "1" }
paths:
  /things:
    post:
      requestBody: { content: { application/json: {} } }
      responses: { "204": { description: Done. } }
components:
  schemas:
    Thing:
      type: object
      properties:
        typed: { type: string }
        any: {}
        free: { type: object }
        list: { type: array }
        containers: { enum: [[1], { a: 1 }] }
        either: { oneOf: [{ type: array }, { type: string }] }
"##;
    let mut diagnostics = Diagnostics::new();
    let document = load_str("raw.yaml", DOCUMENT, &mut diagnostics).expect("a document");
    let places = lower(&document, &Config::default(), &mut diagnostics).type_coverage();
    let raw = places.raw.iter();
    let raw: Vec<String> = raw
        .map(|place| format!("{} {}", place.reason.code(), place.pointer))
        .collect();
    let thing = "#/components/schemas/Thing/properties";
    let expected = [
        format!("any-value {thing}/any"),
        format!("free-form {thing}/free"),
        format!("any-list {thing}/list"),
        format!("unsupported {thing}/containers"),
        format!("any-list {thing}/either/oneOf/0"),
        "any-value #/paths/~1things/post/requestBody".to_owned(),
    ];
    assert_eq!(raw, expected);
    assert_eq!((places.declared(), places.unsupported()), (5, 1));
    let codes: Vec<&str> = diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    assert_eq!(codes, ["unsupported-enum"]);
}

/// Returns the schemes and requirements of the model, as in the dump.
fn security(fixture: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("tests/accept/{fixture}")).expect("a fixture");
    let said = lowered(fixture, &text, &Config::default());
    let lines = said.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("scheme ") || line.starts_with("security "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn tokens_have_the_scopes_that_the_flow_declares() {
    let security = security("security_oauth.yaml");
    let scopes = r#"scopes: ["pets:read", "pets:write"] }"#;
    assert!(
        security.iter().any(|line| line.ends_with(scopes)),
        "{security:?}"
    );
}

#[test]
fn a_requirement_keeps_what_a_call_can_prove() {
    assert_eq!(
        security("security_unsupported.yaml"),
        [
            "security [[]]",
            r#"security [["digest"]]"#,
            r#"security [["digest"]]"#,
            r#"scheme key = ApiKeyHeader("X-Key")"#,
            r#"security [["key"]]"#,
        ]
    );
}

/// `Toy` and `Wolf` are the two variants of `Animal`, which another property distinguishes.
const SHARED_VALUES: &str = r##"
openapi: 3.1.0
info: { title: Animals, version: "1" }
paths: {}
components:
  schemas:
    Toy: { type: object, required: [kind, size], properties: { kind: { const: dog }, size: { const: small } } }
    Wolf: { type: object, required: [kind, size, weight], properties: { kind: { const: cat }, size: { const: large }, weight: { type: integer } } }
    Animal:
      oneOf: [{ $ref: "#/components/schemas/Toy" }, { $ref: "#/components/schemas/Wolf" }]
      discriminator: { propertyName: size }
    Cat: { type: object, required: [kind, size], properties: { kind: { const: cat }, size: { type: string } } }
    Dog: { type: object, required: [kind, size], properties: { kind: { const: dog }, size: { type: string } } }
    AnimalOrCat:
      oneOf: [{ $ref: "#/components/schemas/Animal" }, { $ref: "#/components/schemas/Cat" }]
      discriminator: { propertyName: kind }
    AnimalOrDog:
      oneOf: [{ $ref: "#/components/schemas/Animal" }, { $ref: "#/components/schemas/Dog" }]
      discriminator: { propertyName: kind }
"##;

/// The value `cat` excludes `Toy`, which nothing else distinguishes from `Cat`.
#[test]
fn a_shared_discriminator_value_excludes_inner_variants_that_list_others() {
    let mut diagnostics = Diagnostics::new();
    let document = load_str("animals.yaml", SHARED_VALUES, &mut diagnostics).expect("a document");
    lower(&document, &Config::default(), &mut diagnostics);
    let messages: Vec<String> = diagnostics
        .iter()
        .map(|found| format!("{} {}: {}", found.code, found.pointer, found.message))
        .collect();
    assert_eq!(
        messages,
        [
            "shared-discriminator-value #/components/schemas/AnimalOrDog/discriminator: `dog` selects both `Animal` and `Dog`, and no other property distinguishes them; a value decodes as the first that accepts it"
        ]
    );
}
