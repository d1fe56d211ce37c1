//! Settings that a configuration lacks: servers, and options for credentials.

use std::collections::HashSet;

use super::distinguish_name;
use crate::config::{Config, Endpoint};
use crate::init::spell;
use crate::ir::{Api, ClientOption, Operation, OptionRole, Words, is_satisfied};

/// Returns the names and URLs of servers that a configuration with environments lacks.
pub(crate) fn find_missing_environments(config: &Config, inferred: &Api) -> Vec<(String, String)> {
    let configured = config.environments.values();
    let left_out = config.unspecified_servers.iter();
    let urls = configured.chain(left_out).map(|url| trim(&url.value));
    let known: HashSet<&str> = urls.collect();
    let mut taken: HashSet<Words> = config
        .environments
        .keys()
        .map(|it| Words::split(it))
        .collect();
    let servers = inferred.environments.iter();
    let missing =
        servers.filter(|(_, url)| !config.environments.is_empty() && !known.contains(trim(url)));
    let named = missing.filter_map(|(name, url)| {
        let words = Words::split(name);
        let own = distinguish_name(&words, &mut taken)?;
        let is_free = own == words;
        Some((
            if is_free { name.clone() } else { spell(&own) },
            url.clone(),
        ))
    });
    named.collect()
}

fn trim(url: &str) -> &str {
    url.trim_end_matches('/')
}

/// Returns the options that a configuration with options lacks, with their names: those for the
/// credentials of an operation that no other credentials open, and the secret of new webhooks.
///
/// A client can be made without them, as before.
pub(crate) fn find_missing_options(
    config: &Config,
    inferred: &Api,
    has_new_webhooks: bool,
) -> Vec<(String, ClientOption)> {
    let options = &config.client.options;
    if options.is_empty() {
        return Vec::new();
    }
    let auth = options.values().filter_map(|option| option.auth.as_ref());
    let given: HashSet<&str> = auth.map(|auth| auth.scheme.value.as_str()).collect();
    let left_out = |operation: &Operation| {
        let mut endpoints = config.unspecified_endpoints.iter();
        let own = Endpoint::from(operation);
        endpoints.any(|endpoint| endpoint.value == own)
    };
    let operations = inferred.operations.iter();
    let needed: HashSet<&str> = operations
        .filter(|operation| !left_out(operation))
        .map(|operation| operation.security.as_ref().unwrap_or(&inferred.security))
        .filter(|requirements| !is_satisfied(requirements, |scheme| given.contains(scheme)))
        .flat_map(|requirements| requirements.iter().flatten().map(String::as_str))
        .collect();
    let has_option = |name: &Words| options.keys().any(|key| Words::split(key) == *name);
    let is_missing = |option: &&ClientOption| match &option.role {
        OptionRole::Credential { scheme, .. } => {
            needed.contains(scheme.as_str()) && !given.contains(scheme.as_str())
        }
        OptionRole::WebhookSecret => has_new_webhooks && !has_option(&option.name),
        _ => false,
    };
    let mut taken: HashSet<Words> = options.keys().map(|it| Words::split(it)).collect();
    let missing = inferred.package.options.iter().filter(is_missing);
    let named = missing.filter_map(|option| {
        let name = distinguish_name(&option.name, &mut taken)?;
        let option = ClientOption {
            required: false,
            ..option.clone()
        };
        Some((spell(&name), option))
    });
    named.collect()
}
