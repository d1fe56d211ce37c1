//! Servers: the base URLs of the API.

use indexmap::IndexMap;
use openapiv3::Server;
use serde_json::Value;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{ServerVariable, Words};
use crate::load::internal_extensions;
use crate::lower::findings::Findings;
use crate::lower::operation::endpoint::Endpoint;
use crate::source::Pointer;
use crate::source::uri;

/// The name of the first server without any other name.
const PRODUCTION: &str = "production";

/// Purposes of servers, by the words for them.
const KINDS: [(&str, &[&str]); 10] = [
    (PRODUCTION, &["production", "prod"]),
    ("sandbox", &["sandbox"]),
    ("staging", &["staging", "stage"]),
    ("development", &["development", "dev"]),
    ("test", &["test", "testing"]),
    ("local", &["local", "localhost"]),
    ("mock", &["mock", "mocking"]),
    ("preview", &["preview"]),
    ("beta", &["beta"]),
    ("demo", &["demo"]),
];

/// Returns the environments of the configuration, or the servers of the document, the default
/// first.
fn environments<'s>(
    servers: &'s [Server],
    config: &Config,
) -> IndexMap<String, (String, Option<&'s Server>)> {
    if !config.environments.is_empty() {
        let configured = config.environments.iter();
        return configured
            .map(|(name, url)| {
                let declared = servers.iter().find(|server| server.url == url.value);
                (name.clone(), (url.value.clone(), declared))
            })
            .collect();
    }
    let mut environments = IndexMap::new();
    for server in sort_secure_first(servers) {
        let is_first = environments.keys().all(is_trial);
        let name = name(server, servers)
            .or_else(|| is_first.then(|| PRODUCTION.to_owned()))
            .filter(|name| !environments.contains_key(name))
            .unwrap_or_else(|| number_server(environments.len()));
        environments.insert(name, (server.url.clone(), Some(server)));
    }
    environments
}

/// Returns the servers in the order of the document, except that the default uses https if
/// possible: credentials are sent there.
fn sort_secure_first(servers: &[Server]) -> Vec<&Server> {
    let mut ordered: Vec<&Server> = servers.iter().collect();
    let first = servers.first();
    let secure = first.and_then(|first| ordered.iter().position(|it| is_secured(first, it)));
    if let Some(secure) = secure {
        let secure = ordered.remove(secure);
        ordered.insert(0, secure);
    }
    ordered
}

/// Whether the second server is the first with https.
fn is_secured(plain: &Server, secure: &Server) -> bool {
    let plain = plain.url.strip_prefix("http://");
    plain.is_some() && plain == secure.url.strip_prefix("https://")
}

/// The environments of the client, and the variables in their URLs.
#[derive(Debug, Default)]
pub(in crate::lower) struct Servers {
    /// The environments by name, the default one first.
    pub(in crate::lower) environments: IndexMap<String, String>,
    variables: IndexMap<String, Variable>,
}

impl Servers {
    /// Collects the servers of the document or the configuration, and those of operations, whose
    /// variables are client options as well.
    pub(in crate::lower) fn new<'s>(
        servers: &[Server],
        own: impl Iterator<Item = &'s Server>,
        config: &Config,
    ) -> Self {
        let mut all = Self::default();
        for (name, (url, server)) in environments(servers, config) {
            add(&mut all.variables, &url, server, Some(&name));
            all.environments.insert(name, url);
        }
        let default = all.environments.keys().next();
        for server in own {
            add(&mut all.variables, &server.url, Some(server), default);
        }
        all
    }

    /// Returns the variables, for client options.
    ///
    /// A variable of several servers is one option; its default can differ between environments.
    pub(in crate::lower) fn variables(self) -> Vec<Variable> {
        self.variables.into_values().collect()
    }

    /// Returns the URL of an operation's or its path's own server.
    pub(in crate::lower) fn own(
        &self,
        endpoint: &Endpoint<'_>,
        findings: &mut Findings,
    ) -> Option<String> {
        let (server, at) = own(endpoint)?;
        let url = self.fixed(server, &at, findings);
        let base = self.environments.values().next();
        let resolved = uri::resolve(&url, base.map_or("", String::as_str));
        let has_host = resolved.contains("://");
        if !has_host && !matches!(url.as_str(), "" | "/") {
            let message = format!(
                "`{url}` is relative, but the document declares no server with a host; calls go to the client's base URL"
            );
            let help = "add a host to this URL, or to a server of the document";
            findings.push(Diagnostic::new(Code::RelativeServer, at, message).help(help));
        }
        has_host.then_some(resolved)
    }

    /// Returns the URL of such a server. A variable whose default differs from the client's keeps
    /// its default here.
    fn fixed(&self, server: &Server, at: &Pointer, findings: &mut Findings) -> String {
        let mut url = server.url.clone();
        let default = self.environments.keys().next();
        for (name, variable) in server.variables.iter().flatten() {
            let placeholder = format!("{{{name}}}");
            let option = self.variables.get(name).and_then(|v| v.default(default));
            let usual = option.filter(|usual| *usual != variable.default);
            if let Some(usual) = usual.filter(|_| url.contains(&placeholder)) {
                let own = &variable.default;
                let message = format!(
                    "the default of `{name}` is `{usual}` for the client, but `{own}` here; these calls always use `{own}`"
                );
                let at = at.child("variables").child(name);
                let finding = Diagnostic::new(Code::ConflictingServerVariable, at, message);
                findings.push(finding.help("rename one of the variables"));
                url = url.replace(&placeholder, own);
            }
        }
        url
    }
}

/// Adds the variables of a server with their defaults in an environment.
fn add(
    found: &mut IndexMap<String, Variable>,
    url: &str,
    server: Option<&Server>,
    environment: Option<&String>,
) {
    let declared = server.and_then(|server| server.variables.as_ref());
    for name in names(url) {
        let variable = found.entry(name.clone()).or_insert_with(|| Variable {
            description: None,
            inner: ServerVariable {
                name: name.clone(),
                defaults: Vec::new(),
                values: Vec::new(),
            },
        });
        if let Some(source) = declared.and_then(|all| all.get(&name)) {
            variable.add(environment, source);
        }
    }
}

/// A variable with its description.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Variable {
    pub(in crate::lower) description: Option<String>,
    pub(in crate::lower) inner: ServerVariable,
}

impl Variable {
    fn add(&mut self, environment: Option<&String>, source: &openapiv3::ServerVariable) {
        if let Some(text) = &source.description {
            self.description.get_or_insert_with(|| text.clone());
        }
        match (environment, self.default(environment)) {
            (Some(environment), None) => {
                let default = (environment.clone(), source.default.clone());
                self.inner.defaults.push(default);
            }
            // The server of an operation uses the name of an option for something else.
            (Some(_), Some(usual)) if usual != source.default => return,
            _ => {}
        }
        for value in &source.enumeration {
            if !self.inner.values.contains(value) {
                self.inner.values.push(value.clone());
            }
        }
    }

    /// Returns its default in an environment.
    fn default(&self, environment: Option<&String>) -> Option<&str> {
        let mut defaults = self.inner.defaults.iter();
        let own = defaults.find(|(name, _)| Some(name) == environment)?;
        Some(&own.1)
    }
}

/// Returns the names in braces.
fn names(url: &str) -> Vec<String> {
    let parts = url.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
        .collect()
}

/// Returns the first own server of an operation, or else of its path, with its JSON pointer.
pub(in crate::lower) fn own<'e>(endpoint: &Endpoint<'e>) -> Option<(&'e Server, Pointer)> {
    let own = (&endpoint.operation.servers, &endpoint.at);
    let all = [own, (&endpoint.item.servers, &endpoint.item_at)];
    let (servers, at) = all.into_iter().find(|(servers, _)| !servers.is_empty())?;
    Some((servers.first()?, at.child("servers").index(0)))
}

/// Returns the name of a server: its own, a short description, or its purpose by its description
/// or URL.
fn name(server: &Server, all: &[Server]) -> Option<String> {
    let given = server.extensions.get(internal_extensions::SERVER_NAME);
    let given = Words::split(given.and_then(Value::as_str).unwrap_or_default());
    if !given.is_empty() {
        return Some(given.snake());
    }
    let described = server.description.as_deref().unwrap_or_default();
    let words = Words::split(described);
    let words: Words = words.iter().filter(|word| *word != "server").collect();
    if (1..=3).contains(&words.iter().len()) {
        return Some(words.snake());
    }
    let is_plain = || all.iter().any(|other| is_secured(server, other));
    find_purpose(&words)
        .or_else(|| find_purpose(&Words::split(&server.url)).filter(|_| all.len() > 1))
        .or_else(|| is_plain().then_some("http"))
        .map(str::to_owned)
}

/// Returns the purpose by the first word for one.
fn find_purpose(words: &Words) -> Option<&'static str> {
    words.iter().find_map(|word| {
        let kind = KINDS.iter().find(|(_, all)| all.contains(&word.as_str()));
        kind.map(|(name, _)| *name)
    })
}

/// Whether an environment is for trials.
fn is_trial(name: &String) -> bool {
    name != PRODUCTION && KINDS.iter().any(|(kind, _)| kind == name)
}

fn number_server(index: usize) -> String {
    format!("server_{}", index + 1)
}
