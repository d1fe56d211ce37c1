//! Checks of credentials: security schemes without a client option, and options for unknown schemes.
//!
//! Inference has an option for each scheme. Only a configuration can lack one.

use indexmap::IndexMap;
use openapiv3::OpenAPI;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    CredentialPart, Operation, OptionRole, Package, SecurityRequirement, SecurityScheme,
    is_satisfied,
};
use crate::lower::api::authentication::Authentication;
use crate::lower::api::security::is_declared;
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// The authentication of an API, and the client that has to provide its credentials.
pub(in crate::lower) struct CredentialChecks<'a> {
    pub(in crate::lower) openapi: &'a OpenAPI,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) authentication: &'a Authentication,
    pub(in crate::lower) package: &'a Package,
}

impl CredentialChecks<'_> {
    /// Reports options for unknown schemes, and schemes without an option.
    pub(in crate::lower) fn check(&self, operations: &[Operation], findings: &mut Findings) {
        self.report_unknown_schemes(findings);
        self.report_missing_options(operations, findings);
    }

    /// Reports options of the configuration for schemes that do not exist.
    fn report_unknown_schemes(&self, findings: &mut Findings) {
        for (option, configured) in &self.config.client.options {
            let Some(auth) = &configured.auth else {
                continue;
            };
            let name = &auth.scheme.value;
            let schemes = &self.authentication.schemes;
            if schemes.contains_key(name) || is_declared(name, self.openapi, self.config) {
                continue;
            }
            let message = format!(
                "the option `{option}` is for the security scheme `{name}`, which is not declared"
            );
            let at = auth.scheme.pointer.clone();
            let warning = Diagnostic::new(Code::UnknownConfiguredScheme, at, message).in_config();
            let help = match schemes
                .keys()
                .map(|known| format!("`{known}`"))
                .collect::<Vec<_>>()
            {
                known if known.is_empty() => "remove `auth`, or declare the scheme".to_owned(),
                known => format!("name one of the schemes: {}", known.join(", ")),
            };
            findings.push(warning.help(help));
        }
    }

    /// Reports schemes whose credentials no option provides, if operations cannot be called
    /// without them.
    fn report_missing_options(&self, operations: &[Operation], findings: &mut Findings) {
        for (name, count) in self.count_unsatisfied_operations(operations) {
            let scheme = self.authentication.schemes.get(name);
            if scheme.is_none() && is_declared(name, self.openapi, self.config) {
                // A warning says already that the scheme is not supported.
                continue;
            }
            let operations = match count {
                1 => "an operation that uses it lacks".to_owned(),
                _ => format!("{count} operations that use it lack"),
            };
            let (problem, help) = match scheme {
                Some(scheme) => (
                    format!("no client option is for the security scheme `{name}`"),
                    self.suggest_option(name, scheme),
                ),
                None => (
                    format!("`security_schemes` of `sdk.yaml` lacks the security scheme `{name}`"),
                    "add the scheme there, or remove `security_schemes`".to_owned(),
                ),
            };
            let message = format!("{problem}, and {operations} a credential");
            findings.push(self.create_warning(name, message).help(help));
        }
    }

    /// Counts the operations that the client has no credentials for, for each scheme without
    /// credentials.
    fn count_unsatisfied_operations<'o>(
        &'o self,
        operations: &'o [Operation],
    ) -> IndexMap<&'o str, usize> {
        let default = &self.authentication.requirements;
        let mut counts = IndexMap::new();
        for operation in operations {
            let requirements = operation.security.as_ref().unwrap_or(default);
            if is_satisfied(requirements, |name| self.has_credential(name)) {
                continue;
            }
            for name in list_schemes(requirements) {
                if !self.has_credential(name) {
                    *counts.entry(name).or_default() += 1;
                }
            }
        }
        counts
    }

    /// Whether options of the client provide a credential of a scheme, or send it themselves.
    fn has_credential(&self, name: &str) -> bool {
        let Some(scheme) = self.authentication.schemes.get(name) else {
            return false;
        };
        scheme.is_complete_with(&self.list_parts(name)) || self.is_sent(scheme)
    }

    /// Returns the parts of a scheme's credential that options provide.
    fn list_parts(&self, name: &str) -> Vec<CredentialPart> {
        let options = self.package.options.iter();
        let parts = options.filter_map(|option| match &option.role {
            OptionRole::Credential { scheme, part } if scheme == name => Some(*part),
            _ => None,
        });
        parts.collect()
    }

    /// Whether every call sends the header or the query parameter of a scheme.
    fn is_sent(&self, scheme: &SecurityScheme) -> bool {
        let mut roles = self.package.options.iter().map(|option| &option.role);
        let header = match scheme {
            SecurityScheme::ApiKeyQuery(key) => {
                return roles.any(|role| matches!(role, OptionRole::Query(name) if name == key));
            }
            SecurityScheme::ApiKeyCookie(_) => "Cookie",
            SecurityScheme::ApiKeyHeader(name) => name,
            SecurityScheme::Bearer { .. }
            | SecurityScheme::Basic
            | SecurityScheme::BasicPlain
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIdConnect => "Authorization",
        };
        let is_header = |name: &str| name.eq_ignore_ascii_case(header);
        self.package.headers.iter().any(|(name, _)| is_header(name))
            || roles.any(|role| matches!(role, OptionRole::Header(name) if is_header(name)))
    }

    /// Returns the lines that `client_settings.opts` lacks for a scheme.
    fn suggest_option(&self, name: &str, scheme: &SecurityScheme) -> String {
        let options = match scheme {
            SecurityScheme::Basic | SecurityScheme::BasicPlain => format!(
                "options with `auth: {{ security_scheme: {name}, role: username }}` and \
                 `auth: {{ security_scheme: {name}, role: password }}`"
            ),
            _ => format!("an option with `auth: {{ security_scheme: {name} }}`"),
        };
        let remedy = format!("add {options} to `client_settings.opts`");
        if self.list_parts(name).is_empty() {
            return format!("{remedy}, or let `sdkwright sync` do so");
        }
        remedy
    }

    /// Creates the warning, at the declaration of the scheme.
    fn create_warning(&self, name: &str, message: String) -> Diagnostic {
        let code = Code::CredentialNotConfigured;
        let configured = self.config.security_schemes.as_ref();
        match configured.and_then(|schemes| schemes.get(name)) {
            Some(scheme) => Diagnostic::new(code, scheme.pointer.clone(), message).in_config(),
            None => {
                let schemes = Pointer::root().child("components").child("securitySchemes");
                Diagnostic::new(code, schemes.child(name), message)
            }
        }
        .on_key()
    }
}

/// Returns the distinct schemes of requirements.
fn list_schemes(requirements: &[SecurityRequirement]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in requirements.iter().flatten() {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}
