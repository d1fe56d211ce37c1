//! Client headers: headers that nearly every operation declares as a parameter.
//!
//! They become options of the client. A header with a key becomes a credential. So does
//! `Authorization`, which OpenAPI ignores as a parameter (3.1.1, section 4.8.12.1).

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Parameter as Source, ParameterData};

use super::operation_list::OperationList;
use crate::config::Config;
use crate::ir::{
    Operation, OptionType, ParamLocation, Parameter, SecurityRequirement, SecurityScheme, Shape,
    Type, Types, WireName,
};
use crate::lower::operation::context::LoweringContext;
use crate::lower::operation::endpoint::Endpoint;

/// Minimum number of operations that declare a common header.
const MIN_OPERATIONS: usize = 4;

/// Maximum percentage of operations without a common header; one operation can always lack it.
const MAX_WITHOUT: usize = 10;

/// Maximum number of optional credentials. Each one doubles the combinations.
const MAX_OPTIONAL_CREDENTIALS: usize = 4;

/// A header that becomes a client option.
#[derive(Debug, Clone)]
pub(in crate::lower) struct ClientHeader {
    /// Its name.
    pub(in crate::lower) wire: WireName,
    /// Its purpose.
    pub(in crate::lower) description: Option<String>,
    /// The type of its value.
    pub(in crate::lower) ty: OptionType,
    /// The default.
    pub(in crate::lower) default: Option<String>,
    /// Whether each operation that declares it requires it.
    pub(in crate::lower) required: bool,
}

/// The common headers of a document.
#[derive(Debug, Default)]
pub(in crate::lower) struct ClientHeaders {
    /// Options of the client.
    pub(in crate::lower) options: Vec<ClientHeader>,
    /// Credentials that the document does not declare as schemes, each with whether it is
    /// required.
    pub(in crate::lower) credentials: Vec<(String, SecurityScheme, bool)>,
}

impl ClientHeaders {
    /// Adds the credentials to the security schemes.
    pub(in crate::lower) fn add_schemes(&self, schemes: &mut IndexMap<String, SecurityScheme>) {
        for (name, scheme, _) in &self.credentials {
            schemes.insert(name.clone(), scheme.clone());
        }
    }

    /// Adds the credentials to the security requirements.
    pub(in crate::lower) fn add_requirements(
        &self,
        security: &mut Vec<SecurityRequirement>,
        operations: &mut [Operation],
    ) {
        if self.credentials.is_empty() {
            return;
        }
        *security = self.extended(security);
        let own = operations.iter_mut().filter_map(|it| it.security.as_mut());
        // An operation with an empty requirement needs no credentials.
        for own in own.filter(|own| !own.is_empty()) {
            *own = self.extended(own);
        }
    }

    /// Returns the requirements extended by the credentials, with and without optional ones.
    fn extended(&self, security: &[SecurityRequirement]) -> Vec<SecurityRequirement> {
        let nothing = [SecurityRequirement::new()];
        let security = if security.is_empty() {
            &nothing
        } else {
            security
        };
        let choices = self.choices();
        let with = |names: Vec<String>| {
            let security = security.iter();
            security.map(move |own| own.iter().cloned().chain(names.clone()).collect())
        };
        choices.into_iter().flat_map(with).collect()
    }

    /// Returns the combinations of credentials, from all to only the required ones.
    fn choices(&self) -> Vec<Vec<String>> {
        let mut choices = vec![Vec::new()];
        let mut optional = 0;
        for (name, _, required) in &self.credentials {
            let mut with = choices.clone();
            if !required {
                optional += 1;
                // Further optional credentials do not double the combinations.
                if optional > MAX_OPTIONAL_CREDENTIALS {
                    with.truncate(1);
                }
            }
            for choice in &mut with {
                choice.push(name.clone());
            }
            if !required {
                with.append(&mut choices);
            }
            choices = with;
        }
        choices
    }
}

/// The headers that may become client options: all, or those that options of the configuration
/// set. Names are in lower case.
#[derive(Debug)]
pub(in crate::lower) struct WantedHeaders(Option<Vec<String>>);

impl WantedHeaders {
    /// Returns the headers that the configuration leaves to inference or names itself.
    pub(in crate::lower) fn new(
        config: &Config,
        schemes: &IndexMap<String, SecurityScheme>,
    ) -> Self {
        if config.client.options.is_empty() {
            return Self(None);
        }
        let options = config.client.options.values();
        let names = options.flat_map(|option| {
            let scheme = option.auth.as_ref().map(|auth| auth.scheme.value.as_str());
            let own = match scheme.map(|name| (name, schemes.get(name))) {
                Some((_, Some(SecurityScheme::ApiKeyHeader(header)))) => Some(header.as_str()),
                Some((name, None)) => Some(name),
                _ => None,
            };
            let header = option.header.as_ref().map(|header| header.value.as_str());
            [own, header]
                .into_iter()
                .flatten()
                .map(str::to_ascii_lowercase)
        });
        Self(Some(names.collect()))
    }

    /// Whether a header of this name may become a client option.
    pub(in crate::lower) fn contains(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.0.as_ref().is_none_or(|names| names.contains(&name))
    }
}

/// Removes the common headers from the operations and returns them. Options of the configuration
/// take the place of the inferred ones.
pub(in crate::lower) fn extract(
    operations: &mut OperationList,
    types: &Types,
    schemes: &IndexMap<String, SecurityScheme>,
    wanted: &WantedHeaders,
) -> ClientHeaders {
    let mut headers = ClientHeaders::default();
    for (name, declared) in collect_common_headers(operations.declared()) {
        if !wanted.contains(&name) {
            continue;
        }
        let Some(first) = declared.first() else {
            continue;
        };
        let required = declared.iter().all(|param| param.required);
        let is_credential = schemes.values().any(|scheme| is_for(scheme, &name));
        if is_credential {
            // The security scheme covers it.
        } else if is_secret(&name) {
            let scheme = SecurityScheme::ApiKeyHeader(first.wire.as_str().to_owned());
            let wire = first.wire.as_str().to_owned();
            headers.credentials.push((wire, scheme, required));
        } else if let Some(ty) = option_type(&first.ty, types) {
            headers.options.push(ClientHeader {
                wire: first.wire.clone(),
                description: first.docs.description.clone(),
                ty,
                default: default(first),
                required,
            });
        } else {
            continue;
        }
        remove(&mut operations.operations, &name);
    }
    if wanted.0.is_some() {
        headers.options.clear();
    }
    headers
}

/// Returns the headers that nearly all operations declare, by lower-case name.
fn collect_common_headers(operations: &[Operation]) -> IndexMap<String, Vec<Parameter>> {
    let mut found: IndexMap<String, Vec<Parameter>> = IndexMap::new();
    for operation in operations {
        for param in operation.params.iter().filter(|param| is_header(param)) {
            let name = param.wire.as_str().to_ascii_lowercase();
            found.entry(name).or_default().push(param.clone());
        }
    }
    found.retain(|name, declared| {
        is_common(declared.len(), operations.len())
            && !is_about_a_call(name)
            && are_interchangeable(declared)
    });
    found
}

/// Whether all declarations have the same type, constant and default, so that one option can
/// replace them.
fn are_interchangeable(declared: &[Parameter]) -> bool {
    let Some((first, others)) = declared.split_first() else {
        return false;
    };
    others.iter().all(|other| {
        let same_values = other.ty == first.ty && other.constant == first.constant;
        same_values && other.default == first.default
    })
}

const fn is_common(count: usize, operations: usize) -> bool {
    let without = operations.saturating_sub(count);
    count >= MIN_OPERATIONS && (without <= 1 || without * 100 <= operations * MAX_WITHOUT)
}

fn is_header(param: &Parameter) -> bool {
    param.location == ParamLocation::Header && param.part.is_none()
}

/// Whether a header differs between calls: an idempotency key, an id, or the state of a resource.
fn is_about_a_call(name: &str) -> bool {
    let words = [
        "idempoten",
        "request-id",
        "correlation",
        "trace",
        "if-",
        "range",
    ];
    words.iter().any(|word| name.contains(word))
}

/// Whether a header carries a secret, by its name.
fn is_secret(name: &str) -> bool {
    let words = ["key", "token", "secret", "password", "auth"];
    name.split(['-', '_'])
        .any(|part| words.iter().any(|word| part.ends_with(word)))
}

/// Whether a security scheme uses this header.
fn is_for(scheme: &SecurityScheme, name: &str) -> bool {
    matches!(scheme, SecurityScheme::ApiKeyHeader(own) if own.eq_ignore_ascii_case(name))
}

/// Returns the option type of a scalar.
fn option_type(ty: &Type, types: &Types) -> Option<OptionType> {
    match ty {
        Type::Bool => Some(OptionType::Boolean),
        Type::Integer(_) => Some(OptionType::Integer),
        Type::Number(_) => Some(OptionType::Number),
        Type::String(_) => Some(OptionType::String),
        Type::Nullable(inner) => option_type(inner, types),
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Enum(_) => Some(OptionType::String),
            Shape::Alias(ty) if *ty != Type::Named(*id) => option_type(ty, types),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the default: a constant, or the default of the server.
fn default(param: &Parameter) -> Option<String> {
    let value = param.constant.as_ref().or(param.default.as_ref())?;
    Some(match value {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

fn remove(operations: &mut [Operation], name: &str) {
    for operation in operations {
        operation
            .params
            .retain(|param| !is_header(param) || !param.wire.as_str().eq_ignore_ascii_case(name));
    }
}

impl<'a> LoweringContext<'a> {
    /// Returns the credential of a document that declares `Authorization` as a parameter of nearly
    /// all operations instead of a security scheme.
    pub(in crate::lower) fn authorization(
        &self,
        endpoints: &[Endpoint<'a>],
    ) -> Option<(String, SecurityScheme, bool)> {
        let declared: HashMap<_, _> = endpoints
            .iter()
            .filter_map(|endpoint| Some((&endpoint.at, self.authorization_of(endpoint)?)))
            .collect();
        if !is_common(declared.len(), endpoints.len()) {
            return None;
        }
        let required = declared.values().all(|data| data.required);
        let says_bearer = declared.values().any(|data| is_bearer(data));
        let scheme = if says_bearer {
            SecurityScheme::Bearer {
                keyword: "Bearer".to_owned(),
            }
        } else {
            SecurityScheme::ApiKeyHeader("Authorization".to_owned())
        };
        Some(("Authorization".to_owned(), scheme, required))
    }

    fn authorization_of(&self, endpoint: &Endpoint<'a>) -> Option<&'a ParameterData> {
        let own = endpoint.operation.parameters.iter();
        let mut all = own.chain(&endpoint.item.parameters);
        all.find_map(|reference| {
            let found = self.parameter(reference, &endpoint.at)?;
            let data = found.item.parameter_data_ref();
            let is_header = matches!(found.item, Source::Header { .. });
            (is_header && data.name.eq_ignore_ascii_case("authorization")).then_some(data)
        })
    }
}

/// Whether the document says that the header is `Bearer` and a token.
fn is_bearer(data: &ParameterData) -> bool {
    let texts = [
        data.description.as_deref(),
        data.example.as_ref().and_then(serde_json::Value::as_str),
    ];
    let mut texts = texts.into_iter().flatten();
    texts.any(|text| text.to_ascii_lowercase().contains("bearer"))
}
