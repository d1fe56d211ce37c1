//! The configuration, `sdk.yaml`: the decisions that the document leaves open.
//!
//! The format is that of `stainless.yml`, with our own `targets.rust`. Reading is lenient, because
//! users bring files that were written for other generators. An unknown key is a warning with its
//! path. A key without a meaning for a Rust crate is ignored. This module refuses contradictions,
//! such as a malformed endpoint or an unknown kind of method. [`lower`](crate::lower) decides
//! whether an endpoint or a schema exists in the document, so every value keeps its [`Pointer`].

mod aliases;
mod array_and_object_formats;
mod changes;
mod client_settings;
mod custom_casings;
mod custom_code;
mod duration;
mod errors;
mod ignored_diagnostics;
mod keys;
mod openapi;
mod package;
mod pagination;
mod reader;
mod readme;
mod resources;
mod root;
mod schema;
mod settings;
mod streaming;
mod target;
mod transforms;
mod without_effect;

pub use keys::render_key_reference;
pub use openapi::DocumentSettings;
pub(crate) use package::NAME_HELP;
pub use package::check_package_name;

pub use crate::diagnostics::Ignored;
pub use changes::AcceptedChange;
pub use client_settings::{ClientOption, ClientSettings, OptionAuth, RetryPolicy};
pub use custom_casings::Casing;
pub use custom_code::Custom;
pub use errors::ErrorSettings;
pub use pagination::{PageProperty, PageScheme, PageType, Purpose};
pub use readme::{ExampleRequest, Readme};
pub use resources::{
    Endpoint, Filter, Method, MethodKind, Model, ModelKind, Paginated, RequestDefaults, Resource,
    ResourceMode, Streaming, Unwrap,
};
pub use schema::render_json_schema;
pub use settings::Settings;
pub use streaming::{EventHandling, EventRule};
pub use target::{Organization, RustTarget};
pub use transforms::Transform;

use std::fmt;
use std::ops::Deref;
use std::path::Path;

use indexmap::IndexMap;

use self::reader::Reader;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin};
use crate::ir::{FormerNames, QueryArrayFormat, QueryObjectFormat, RetryRule};
use crate::load;
use crate::source::SourceMap;
use crate::source::{NumberLexemes, Pointer};

/// The content of `sdk.yaml`. Without a file, [`Config::default`].
///
/// Maps keep the order of the file: the first environment is the default, and resources and methods
/// are generated in that order.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `organization`: the owner of the API.
    pub organization: Organization,
    /// `targets.rust`: the generated crate.
    pub target: RustTarget,
    /// `environments`: base URLs by name, the default first. They may contain `{variables}`, which
    /// client options fill in.
    pub environments: IndexMap<String, At<String>>,
    /// `resources`: the tree of namespaces. `$client` has methods of the client itself, `$shared`
    /// has only models.
    pub resources: IndexMap<String, Resource>,
    /// `resources.mode`: the operations that have a method.
    pub resource_mode: ResourceMode,
    /// `client_settings`: the options and defaults of the client.
    pub client: ClientSettings,
    /// `pagination`: schemes, in the order in which endpoints are matched.
    pub pagination: Vec<PageScheme>,
    /// `streaming.on_event`: rules for the events of streams, in order.
    pub event_rules: Vec<EventRule>,
    /// `query_settings.array_format`, if present.
    pub array_format: Option<At<QueryArrayFormat>>,
    /// `query_settings.nested_format`, if present.
    pub nested_format: Option<At<QueryObjectFormat>>,
    /// `multipart_settings.array_format`, if present.
    pub part_array_format: Option<At<QueryArrayFormat>>,
    /// `multipart_settings.nested_format`, if present.
    pub part_nested_format: Option<At<QueryObjectFormat>>,
    /// `security`: replaces the requirement of the document. Each alternative names the schemes
    /// that it needs. An empty requirement allows calls without credentials.
    pub security: Option<At<Vec<Vec<String>>>>,
    /// `security_schemes`: replaces those of the document.
    pub security_schemes: Option<IndexMap<String, At<openapiv3::SecurityScheme>>>,
    /// `errors`: the form of error bodies.
    pub errors: ErrorSettings,
    /// `custom_casings`: the spelling of terms, by term.
    pub casings: IndexMap<String, At<Casing>>,
    /// `unspecified_endpoints`: endpoints that are excluded on purpose.
    pub unspecified_endpoints: Vec<At<Endpoint>>,
    /// `unspecified_servers`: URLs of servers that are excluded on purpose.
    pub unspecified_servers: Vec<At<String>>,
    /// `diagnostics.ignored`: accepted diagnostics, with reasons.
    pub ignored: Vec<Ignored>,
    /// `changes.accepted`: accepted breaking changes, with reasons.
    pub accepted_changes: Vec<AcceptedChange>,
    /// `aliases`: former names of methods and types.
    pub former_names: FormerNames,
    /// `openapi`: settings about the document.
    pub document: DocumentSettings,
    /// `readme`: the calls of examples.
    pub readme: Readme,
    /// `settings`: options of the generator.
    pub settings: Settings,
}

/// A value of the configuration with its position.
#[derive(Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Position in `sdk.yaml`.
    pub pointer: Pointer,
}

impl<T> At<T> {
    /// Creates a value with its position.
    #[must_use]
    pub const fn new(value: T, pointer: Pointer) -> Self {
        Self { value, pointer }
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.value, self.pointer)
    }
}

/// Reads a configuration file.
///
/// Diagnostics point into it ([`Origin::Config`]). Returns `None` if the file cannot be
/// read. Otherwise the configuration has all valid settings, even if `diagnostics` has
/// errors.
pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<(Config, SourceMap)> {
    match load::read_text(path) {
        Ok(text) => read_str(&path.display().to_string(), &text, diagnostics),
        Err(error) => {
            diagnostics.push(error.in_config());
            None
        }
    }
}

/// Reads a configuration from its text. Diagnostics call it `name`.
pub fn read_str(
    name: &str,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(Config, SourceMap)> {
    let source = SourceMap::new(name, text);
    diagnostics.set_source(Origin::Config, source.clone());
    if is_blank(text) {
        return Some((Config::default(), source));
    }
    let tree = match load::read_tree(name, text) {
        Ok(tree) => tree,
        Err(error) => {
            diagnostics.push(error.in_config());
            return None;
        }
    };
    diagnostics.extend(tree.duplicates.iter().map(duplicate_key_diagnostic));
    let lexemes = NumberLexemes::new(text, tree.syntax);
    let mut reader = Reader::new(diagnostics, lexemes);
    reader.without_effect(&tree.value);
    let is_of_stainless = is_of_stainless(name, &tree.value);
    let fields = reader.fields(At::new(tree.value, Pointer::root()))?;
    let mut config = reader.config(fields);
    if is_of_stainless {
        // The SDK replaces one that retries this way.
        let rule = &mut config.target.retry_rule;
        rule.get_or_insert(RetryRule::Stainless);
    }
    Some((config, source))
}

/// Whether a text has no value: only comments, and the start or the end of a document.
fn is_blank(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| matches!(line, "" | "---" | "...") || line.starts_with('#'))
}

/// Whether a configuration was written for Stainless: by its name, its `edition`, or a target that
/// only Stainless has.
fn is_of_stainless(name: &str, config: &serde_json::Value) -> bool {
    let is_named = Path::new(name)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|stem| stem == "stainless" || stem.ends_with(".stainless"));
    let targets = config.get("targets").and_then(serde_json::Value::as_object);
    let has_others = targets.is_some_and(|targets| targets.keys().any(|target| target != "rust"));
    is_named || config.get("edition").is_some() || has_others
}

fn duplicate_key_diagnostic(at: &Pointer) -> Diagnostic {
    let name = at.last().unwrap_or_default();
    let message = format!("`{name}` appears twice; the last value is used");
    let error = Diagnostic::new(Code::DuplicateConfigKey, at.clone(), message);
    error.help("remove one of them").on_key().in_config()
}
