//! With a synced `sdk.yaml`, an edit of the document renames only the edited items.
//!
//! `SDKWRIGHT_CORPUS` names a folder with real documents, which are edited instead of fixtures.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use sdkwright::config::{self, Config};
use sdkwright::diagnostics::Diagnostics;
use sdkwright::init::write_config;
use sdkwright::load::{Document, load_str};
use sdkwright::lower::lower;
use sdkwright::pipeline::{LostEntries, sync_text};
use sdkwright::plan::plan;
use serde_json::{Map, Value};

/// Documents with several resources, components and collisions.
const FIXTURES: [&str; 12] = [
    "deduplicated_types",
    "features_of_resources",
    "media_type_methods_clash",
    "names_by_path",
    "names_that_clash",
    "one_of_mapping",
    "pages_ambiguous",
    "pages_by_cursor",
    "pages_by_known_names",
    "security",
    "streams",
    "streams_on_request",
];

/// Greatest size of real documents, which are small enough for many cases.
const MAX_BYTES: u64 = 1_000_000;

/// The documents that are edited, by their names.
static DOCUMENTS: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let paths: Vec<PathBuf> = match env::var_os("SDKWRIGHT_CORPUS") {
        Some(corpus) => find(Path::new(&corpus)),
        None => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
            let paths = FIXTURES.iter();
            paths
                .map(|name| folder.join(format!("{name}.yaml")))
                .collect()
        }
    };
    let documents = paths.iter().filter_map(|path| {
        let document = serde_yaml::from_str(&fs::read_to_string(path).ok()?).ok()?;
        load(&document)?;
        Some((path.display().to_string(), document))
    });
    documents.collect()
});

/// Returns the files of a folder, ordered by name.
fn find(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of documents");
    let entries = entries.map(|entry| entry.expect("an entry of it"));
    let files = entries.filter(|entry| {
        let metadata = entry.metadata().expect("a file");
        metadata.is_file() && metadata.len() <= MAX_BYTES
    });
    let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
    paths.sort();
    paths
}

/// Returns the document, unless it has errors.
fn load(value: &Value) -> Option<Document> {
    let mut diagnostics = Diagnostics::new();
    let document = load_str("openapi.json", &value.to_string(), &mut diagnostics);
    document.filter(|_| !diagnostics.has_errors())
}

fn configure(text: &str) -> Config {
    let read = config::read_str("sdk.yaml", text, &mut Diagnostics::new());
    read.expect("a configuration").0
}

/// The names of methods with the types of their parameters, and of types, by their pointers.
fn names(document: &Document, text: &str) -> BTreeMap<String, String> {
    let mut diagnostics = Diagnostics::new();
    let api = lower(document, &configure(text), &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    let mut names = BTreeMap::new();
    for resource in &plan.resources {
        let path: Vec<String> = resource.path.iter().map(ToString::to_string).collect();
        for method in &resource.methods {
            let params = method.params.map(|id| plan.item(id).ident.to_string());
            let call = format!("{}.{} {params:?}", path.join("."), method.ident);
            let variant = &method.operation.media_type_variant;
            let is_stream = method.stream.is_some();
            let key = format!(
                "{} {} {variant:?} {is_stream}",
                method.operation.method, method.operation.path
            );
            names.insert(key, call);
        }
    }
    for (id, def) in api.types.iter() {
        if let Some(item) = plan.item_of(id) {
            names.insert(def.pointer.to_string(), plan.item(item).ident.to_string());
        }
    }
    names
}

/// The methods that return pages and streams, by endpoint.
fn lists(document: &Document, config: &Config) -> BTreeMap<String, String> {
    let api = lower(document, config, &mut Diagnostics::new());
    let declared = api.operations.iter();
    let declared = declared.filter(|operation| operation.media_type_variant.is_none());
    let lists = declared.map(|operation| {
        let list = format!("{:?} {:?}", operation.pagination, operation.stream);
        (format!("{} {}", operation.method, operation.path), list)
    });
    lists.collect()
}

/// Changes the order of an object.
fn reorder(map: &mut Map<String, Value>, by: usize) {
    let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    let count = entries.len().max(1);
    entries.rotate_left(by % count);
    map.extend(entries);
}

fn object<'v>(value: &'v mut Value, path: &[&str]) -> Option<&'v mut Map<String, Value>> {
    let found = path
        .iter()
        .try_fold(value, |value, key| value.get_mut(*key));
    found.and_then(Value::as_object_mut)
}

/// Edits a document: removes, copies or reorders paths or schemas.
fn edit(document: &mut Value, kind: u8, index: Index, count: usize) {
    let is_swagger = document.get("swagger").is_some();
    let path: &[&str] = match (kind.is_multiple_of(2), is_swagger) {
        (true, _) => &["paths"],
        (false, true) => &["definitions"],
        (false, false) => &["components", "schemas"],
    };
    let Some(map) = object(document, path).filter(|map| !map.is_empty()) else {
        return;
    };
    let keys: Vec<String> = map.keys().cloned().collect();
    let key = index.get(&keys).clone();
    match kind {
        0 | 1 => {
            map.shift_remove(&key);
        }
        2 => {
            let mut copy = map.get(&key).cloned().expect("a path");
            for operation in copy.as_object_mut().into_iter().flat_map(Map::values_mut) {
                if let Some(id) = operation.get_mut("operationId") {
                    *id = Value::from(format!("{}_{count}", id.as_str().unwrap_or_default()));
                }
            }
            map.shift_insert(0, format!("/added{count}{key}"), copy);
        }
        3 => {
            let copy = map.get(&key).cloned().expect("a schema");
            map.shift_insert(0, format!("Added{count}{key}"), copy);
        }
        _ => reorder(map, count + 1),
    }
}

/// The same cases every time, unless a number of cases is set.
fn config() -> ProptestConfig {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    match env::var_os("PROPTEST_CASES") {
        Some(_) => config,
        None => ProptestConfig {
            cases: 96,
            rng_seed: RngSeed::Fixed(1),
            ..config
        },
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn edits_rename_nothing_else(
        document: Index,
        edits in prop::collection::vec((0_u8..8, any::<Index>()), 1..5),
    ) {
        let (name, document) = document.get(&DOCUMENTS);
        let mut edited = document.clone();
        let document = load(&edited).expect("a document");
        let mut diagnostics = Diagnostics::new();
        let api = lower(&document, &Config::default(), &mut diagnostics);
        let first = write_config("openapi.json", &api, &plan(&api, &mut diagnostics), &[]);
        let before = names(&document, &first);
        for (count, (kind, index)) in edits.into_iter().enumerate() {
            edit(&mut edited, kind, index, count);
        }
        // A removed schema may be needed.
        let Some(document) = load(&edited) else {
            return Ok(());
        };
        let synced = sync_text(&document, &first, LostEntries::Keep).expect("a synced configuration");
        prop_assert!(synced.closed.is_empty(), "{}", name);
        let again = sync_text(&document, &synced.text, LostEntries::Keep).expect("a synced configuration");
        prop_assert!(again.is_complete(), "{}: {:?} {:?}", name, again.methods, again.models);
        for line in first.lines() {
            prop_assert!(synced.text.contains(line));
        }
        let after = names(&document, &synced.text);
        let written = lists(&document, &configure(&synced.text));
        let inferred = lists(&document, &Config::default());
        for method in &synced.methods {
            let endpoint = format!("{} {}", method.endpoint.method, method.endpoint.path);
            prop_assert_eq!(written.get(&endpoint), inferred.get(&endpoint));
        }
        for (key, former) in &before {
            if let Some(now) = after.get(key) {
                prop_assert_eq!(now, former, "{}: {}", name, key);
            }
        }
    }
}

/// Comments, order and formatting stay, and the new entries go where their siblings are.
#[test]
fn entries_are_added_next_to_their_siblings() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { "200": { description: All, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } } } } }
    post:
      operationId: createPet
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "204": { description: Done } }
  /owners:
    get: { operationId: listOwners, responses: { "204": { description: None } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
"##;
    const CONFIG: &str = "\
# Ours.
resources:
  animals: # renamed on purpose
    methods:
      all:   get /pets   # not `list`
      gone:  get /gone

settings: { license: MIT }
";
    const SYNCED: &str = "\
# Ours.
resources:
  animals: # renamed on purpose
    methods:
      all:   get /pets   # not `list`
      gone:  get /gone
      create: post /pets
    models:
      pet: \"#/components/schemas/Pet\"
  owners:
    methods:
      list: get /owners

settings: { license: MIT }
";
    let document = load_str("openapi.yaml", DOCUMENT, &mut Diagnostics::new()).expect("a document");
    let synced = sync_text(&document, CONFIG, LostEntries::Keep).expect("a synced configuration");
    assert_eq!(synced.text, SYNCED);
    assert_eq!(synced.lost, ["GET /gone"]);
}

/// An operation whose path variable was renamed keeps its method, and a removed one loses it only
/// on request.
#[test]
fn lost_entries_follow_the_document_or_are_removed_on_request() {
    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Done } }
";
    const CONFIG: &str = "\
resources:
  pets:
    # By its id.
    models: { dog: '#/components/schemas/Dog' }
    methods:
      one: get /pets/{petId} # kept
      gone: { endpoint: get /gone, paginated: false }
      again: { type: alias, to: gone }
  toys:
    methods: { list: get /toys }
aliases:
  methods:
    pets.lost: { to: pets.gone, until: 2.0.0 }
";
    let document = load_str("openapi.yaml", DOCUMENT, &mut Diagnostics::new()).expect("a document");
    let kept = sync_text(&document, CONFIG, LostEntries::Keep).expect("a configuration");
    assert_eq!(kept.text, CONFIG.replace("{petId}", "{id}"));
    assert_eq!(kept.renamed.len(), 1);
    assert!(kept.methods.is_empty() && kept.removed.is_empty() && !kept.is_current());
    let synced = sync_text(&document, CONFIG, LostEntries::Remove).expect("a configuration");
    let mut removed = synced.removed.clone();
    removed.sort();
    assert_eq!(
        removed,
        [
            "aliases.methods.pets.lost",
            "resources.pets.methods.again",
            "resources.pets.methods.gone",
            "resources.pets.models.dog",
            "resources.toys.methods.list",
        ]
    );
    const REMOVED: &str = "\
resources:
  pets:
    # By its id.
    methods:
      one: get /pets/{id} # kept
";
    assert_eq!(synced.text, REMOVED);
    assert!(synced.lost.is_empty());
    let again = sync_text(&document, &synced.text, LostEntries::Remove).expect("a configuration");
    assert!(again.is_current());
}

/// A new method is written with all that `init` would have written about it.
#[test]
fn new_methods_are_written_as_by_init() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: "https://api.pets.dev" }, { url: "https://sandbox.pets.dev", description: Sandbox }, { url: "http://localhost:80" }]
security: [{ key: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters: &page [{ name: cursor, in: query, schema: { type: string } }]
      responses: &pets { "200": { description: All, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: string } }, next_cursor: { type: string } } } } } } }
  /pets/lost:
    get: { operationId: listLostPets, parameters: *page, responses: *pets }
  /owners:
    get:
      operationId: listOwners
      parameters: [{ name: offset, in: query, schema: { type: integer } }, { name: limit, in: query, schema: { type: integer } }]
      responses: { "200": { description: All, content: { application/json: { schema: { type: object, properties: { owners: { type: array, items: { type: string } }, total: { type: integer } } } } } } }
  /events:
    get:
      operationId: listenToEvents
      security: [{ token: [] }]
      responses: { "200": { description: All, content: { text/event-stream: { schema: { type: object, properties: { id: { type: string } } } } } } }
webhooks:
  born: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }, responses: { "200": { description: Done } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, token: { type: http, scheme: bearer } }
"##;
    const CONFIG: &str = "\
environments:
  production: https://api.pets.dev/
client_settings:
  opts:
    api_key: { type: string, auth: { security_scheme: key } }
pagination:
- name: pages
  type: cursor
  request: { cursor: {} }
  response: { data: {}, next_cursor: {} }
resources:
  pets:
    methods:
      list: get /pets
unspecified_servers: [http://localhost:80]
";
    const SYNCED: &str = "\
environments:
  production: https://api.pets.dev/
  sandbox: \"https://sandbox.pets.dev\"
client_settings:
  opts:
    api_key: { type: string, auth: { security_scheme: key } }
    token:
      type: string
      required: false
      read_env: PETS_TOKEN
      auth:
        security_scheme: token
    webhook_secret:
      type: string
      required: false
      description: The signing secret that webhook deliveries are verified with.
      read_env: PETS_WEBHOOK_SECRET
pagination:
- name: pages
  type: cursor
  request: { cursor: {} }
  response: { data: {}, next_cursor: {} }
- name: offset
  type: offset
  request:
    offset:
      x-stainless-pagination-property:
        purpose: offset_count_param
  response:
    owners:
      x-stainless-pagination-property:
        purpose: items
    total:
      x-stainless-pagination-property:
        purpose: offset_total_count_field
resources:
  pets:
    methods:
      list: get /pets
      list_lost:
        endpoint: get /pets/lost
        paginated: pages
  events:
    methods:
      retrieve:
        endpoint: get /events
        streaming: {}
  owners:
    methods:
      list:
        endpoint: get /owners
        paginated: offset
  webhooks:
    methods:
      unwrap:
        type: webhook_unwrap
        webhook_key_opt: webhook_secret
unspecified_servers: [http://localhost:80]
";
    let document = load_str("openapi.yaml", DOCUMENT, &mut Diagnostics::new()).expect("a document");
    let synced = sync_text(&document, CONFIG, LostEntries::Keep).expect("a synced configuration");
    assert_eq!(synced.text, SYNCED);
    let again = sync_text(&document, SYNCED, LostEntries::Keep).expect("a synced configuration");
    assert!(again.is_complete() && again.text == SYNCED);
}

/// A file without resources gets all of them at once, and renames nothing.
#[test]
fn a_file_without_resources_gets_all_entries() {
    const TARGETS: &str = "# Ours.\ntargets: { rust: { package_name: ours } }";
    for (name, value) in DOCUMENTS.iter() {
        let document = load(value).expect("a document");
        for text in ["", "# Ours.", "\n# Ours.\n\n", TARGETS] {
            let synced = sync_text(&document, text, LostEntries::Keep).expect("a configuration");
            assert!(synced.text.starts_with(text), "{name}: {}", synced.text);
            assert!(synced.closed.is_empty(), "{name}: {:?}", synced.closed);
            assert_eq!(
                names(&document, &synced.text),
                names(&document, text),
                "{name}"
            );
            let again = sync_text(&document, &synced.text, LostEntries::Keep);
            let again = again.expect("a configuration");
            assert!(again.is_complete(), "{name}: {:?}", again.methods);
        }
    }
}

/// A scheme that would change a method of the file is not added to it.
#[test]
fn a_new_scheme_changes_no_other_method() {
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get: &list
      parameters: [{ name: offset, in: query, schema: { type: integer } }, { name: limit, in: query, schema: { type: integer } }]
      responses: { "200": { description: All, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: string } }, total: { type: integer } } } } } } }
  /owners:
    get: *list
"##;
    const CONFIG: &str = "\
pagination:
  - name: pages
    type: cursor
    request: { cursor: {} }
    response: { data: {}, next_cursor: {} }
resources:
  pets:
    methods:
      list: get /pets
";
    const ADDED: &str = "  owners:
    methods:
      list:
        endpoint: get /owners
        paginated: inferred
";
    let document = load_str("openapi.yaml", DOCUMENT, &mut Diagnostics::new()).expect("a document");
    let synced = sync_text(&document, CONFIG, LostEntries::Keep).expect("a synced configuration");
    assert_eq!(synced.text, format!("{CONFIG}{ADDED}"));
    let paginated = lists(&document, &configure(&synced.text));
    assert!(paginated["GET /owners"].starts_with("Some"));
    assert!(paginated["GET /pets"].starts_with("None"));
}

/// An empty document is an empty configuration.
#[test]
fn a_file_with_the_start_of_a_document_gets_all_entries() {
    let document = load(&serde_json::json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/pets": { "get": { "operationId": "listPets", "responses": { "204": { "description": "None" } } } } }
    }));
    let document = document.expect("a document");
    for (start, before) in [
        ("---\n", "---\n"),
        ("---", "---\n"),
        ("# By hand.\n---\n\n", "# By hand.\n---\n"),
    ] {
        let synced = sync_text(&document, start, LostEntries::Keep).expect("a configuration");
        assert!(synced.text.starts_with(before), "{}", synced.text);
        let entry = "resources:\n  pets:\n    methods:\n      list: get /pets\n";
        assert!(synced.text.contains(entry), "{}", synced.text);
        let again = sync_text(&document, &synced.text, LostEntries::Keep).expect("a configuration");
        assert_eq!(again.text, synced.text);
    }
}
