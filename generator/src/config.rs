//! The configuration, `sdk.yaml`: the decisions that the document leaves open.
//!
//! The format is that of `stainless.yml`, with a `targets.rust` of our own.
//! Reading is lenient, because the files that people bring were written for
//! other generators: a key that we do not know is a warning that names its
//! path, and a key that has no meaning for a Rust crate is passed over. This
//! module refuses what contradicts itself (a malformed endpoint, an unknown
//! kind of method); whether an endpoint or a schema exists in the document is
//! for [`lower`](crate::lower) to say, and so every fact keeps its [`Pointer`].

mod changes;
mod client;
mod document;
mod duration;
mod keys;
mod package;
mod pagination;
mod reader;
mod resource;
mod resources;
mod settings;
mod streaming;
mod target;
mod without_effect;

pub use keys::render_key_reference;
pub(crate) use package::NAME_HELP;
pub use package::check_package_name;

pub use crate::diagnostics::Ignored;
pub use changes::AcceptedChange;
pub use client::{AuthRole, ClientOption, ClientSettings, OptionAuth, RetryPolicy};
pub use pagination::{PageProperty, PageScheme, PageType, Purpose};
pub use resource::{
    Endpoint, Filter, Method, MethodKind, Model, ModelKind, Paginated, RequestDefaults, Resource,
    Streaming, Unwrap,
};
pub use settings::{ArrayFormat, Casing, ErrorSettings, NestedFormat, Settings, Transform};
pub use streaming::{EventHandling, EventRule};
pub use target::{Organization, Target};

use std::fmt;
use std::ops::Deref;
use std::path::Path;

use indexmap::IndexMap;

use self::reader::Reader;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin};
use crate::ir::RetryRule;
use crate::load;
use crate::source::SourceMap;
use crate::source::{NumberLexemes, Pointer};

/// What `sdk.yaml` says. Without a file, [`Config::default`].
///
/// Maps keep the order of the file: the first environment is the default one,
/// and resources and methods are generated in the order they are written in.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `organization`: whose API it is.
    pub organization: Organization,
    /// `targets.rust`: the crate that is made.
    pub target: Target,
    /// `environments`: base URLs by name, the default one first. They may hold
    /// `{variables}`, which client options fill in.
    pub environments: IndexMap<String, At<String>>,
    /// `resources`: the tree of namespaces. `$client` holds methods of the
    /// client itself, `$shared` holds models only.
    pub resources: IndexMap<String, Resource>,
    /// `client_settings`: what a client is made with.
    pub client: ClientSettings,
    /// `pagination`: the schemes that endpoints are matched against, in order.
    pub pagination: Vec<PageScheme>,
    /// `streaming.on_event`: what the events of streams mean, in order.
    pub event_rules: Vec<EventRule>,
    /// `query_settings.array_format`, where it is set.
    pub array_format: Option<At<ArrayFormat>>,
    /// `query_settings.nested_format`, where it is set.
    pub nested_format: Option<At<NestedFormat>>,
    /// `security`: replaces the requirement of the document. Alternatives, of
    /// which each names the schemes that are all needed; an empty one allows
    /// calls without credentials.
    pub security: Option<At<Vec<Vec<String>>>>,
    /// `security_schemes`: replaces those of the document.
    pub security_schemes: Option<IndexMap<String, At<openapiv3::SecurityScheme>>>,
    /// `errors`: what an error body looks like.
    pub errors: ErrorSettings,
    /// `custom_casings`: how a term is spelled, by the term.
    pub casings: IndexMap<String, At<Casing>>,
    /// `unspecified_endpoints`: those that are left out on purpose.
    pub unspecified_endpoints: Vec<At<Endpoint>>,
    /// `diagnostics.ignored`: the findings that are accepted, with reasons.
    pub ignored: Vec<Ignored>,
    /// `changes.accepted`: the breaking changes that are accepted, with reasons.
    pub accepted_changes: Vec<AcceptedChange>,
    /// `openapi.transforms`: changes to the document, in order.
    pub transforms: Vec<At<Transform>>,
    /// `settings`: switches of the generator.
    pub settings: Settings,
}

/// A fact of the configuration with the place where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The fact.
    pub value: T,
    /// Where it stands in `sdk.yaml`.
    pub pointer: Pointer,
}

impl<T> At<T> {
    /// A fact and its place.
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
    if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        return Some((Config::default(), source));
    }
    let tree = match load::read_tree(name, text) {
        Ok(tree) => tree,
        Err(error) => {
            diagnostics.push(error.in_config());
            return None;
        }
    };
    diagnostics.extend(tree.duplicates.iter().map(given_twice));
    let lexemes = NumberLexemes::new(text, tree.syntax);
    let mut reader = Reader::new(diagnostics, lexemes);
    reader.without_effect(&tree.value);
    let is_of_stainless = is_of_stainless(name, &tree.value);
    let fields = reader.fields(At::new(tree.value, Pointer::root()))?;
    let mut config = reader.config(fields);
    if is_of_stainless {
        // The SDK takes the place of one that repeats calls like this.
        let rule = &mut config.target.retry_rule;
        rule.get_or_insert(RetryRule::Stainless);
    }
    Some((config, source))
}

/// Whether a configuration was written for Stainless: by its name, its `edition`, or a target that
/// only Stainless knows.
fn is_of_stainless(name: &str, config: &serde_json::Value) -> bool {
    let is_named = Path::new(name)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|stem| stem == "stainless" || stem.ends_with(".stainless"));
    let targets = config.get("targets").and_then(serde_json::Value::as_object);
    let has_others = targets.is_some_and(|targets| targets.keys().any(|target| target != "rust"));
    is_named || config.get("edition").is_some() || has_others
}

fn given_twice(at: &Pointer) -> Diagnostic {
    let name = at.last().unwrap_or_default();
    let message = format!("`{name}` appears twice; the last value is used");
    let error = Diagnostic::new(Code::DuplicateConfigKey, at.clone(), message);
    error.help("remove one of them").on_key().in_config()
}
