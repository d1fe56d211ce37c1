//! Authentication: the security schemes and requirements, with the credentials in common headers.

use indexmap::IndexMap;
use openapiv3::OpenAPI;

use super::client_headers::{self, ClientHeaders, WantedHeaders};
use super::operation_list::OperationList;
use super::security;
use crate::config::Config;
use crate::ir::{SecurityRequirement, SecurityScheme, Types};
use crate::lower::findings::Findings;
use crate::lower::operation::endpoint::Endpoint;

/// Authentication of calls, and their common headers.
pub(in crate::lower) struct Authentication {
    /// The security schemes, by name.
    pub(in crate::lower) schemes: IndexMap<String, SecurityScheme>,
    /// The default security requirements.
    pub(in crate::lower) requirements: Vec<SecurityRequirement>,
    /// The common headers.
    pub(in crate::lower) headers: ClientHeaders,
}

impl Authentication {
    /// Returns the security schemes of the document and of the configuration.
    pub(in crate::lower) fn declared(
        openapi: &OpenAPI,
        endpoints: &[Endpoint<'_>],
        config: &Config,
        findings: &mut Findings,
    ) -> Self {
        Self {
            schemes: security::schemes(openapi, endpoints, config, findings),
            requirements: security::default_requirements(openapi, config, findings),
            headers: ClientHeaders::default(),
        }
    }

    /// Takes common headers out of the operations. Those with a credential become security schemes,
    /// unless the configuration lists the schemes. `authorization` is the header of that name.
    pub(in crate::lower) fn extract_headers(
        &mut self,
        config: &Config,
        operations: &mut OperationList,
        types: &Types,
        authorization: Option<(String, SecurityScheme, bool)>,
    ) {
        if config.security_schemes.is_some() {
            return;
        }
        let wanted = WantedHeaders::new(config, &self.schemes);
        let mut headers = client_headers::extract(operations, types, &self.schemes, &wanted);
        let is_missing = |name: &str| self.schemes.is_empty() && wanted.contains(name);
        let authorization = authorization.filter(|(name, ..)| is_missing(name));
        headers.credentials.extend(authorization);
        headers.add_schemes(&mut self.schemes);
        headers.add_requirements(&mut self.requirements, &mut operations.operations);
        self.headers = headers;
    }
}
