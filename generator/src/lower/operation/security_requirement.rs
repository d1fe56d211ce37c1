//! Security requirements: the schemes that a call may be authenticated with.

use openapiv3::OpenAPI;

use crate::diagnostics::Code;
use crate::ir::SecurityRequirement;
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// Lowers a list of alternative requirements.
pub(in crate::lower) fn lower_requirements(
    list: &[openapiv3::SecurityRequirement],
    openapi: &OpenAPI,
    at: &Pointer,
    findings: &mut Findings,
) -> Vec<SecurityRequirement> {
    let known = |name: &str| {
        openapi
            .components
            .as_ref()
            .is_some_and(|c| c.security_schemes.contains_key(name))
    };
    let mut requirements = Vec::with_capacity(list.len());
    for (i, requirement) in list.iter().enumerate() {
        let (names, unknown): (Vec<_>, Vec<_>) = requirement.keys().partition(|name| known(name));
        for name in &unknown {
            let message = format!("the security scheme `{name}` is not declared; it is ignored");
            findings.warn(Code::UnknownSecurityScheme, &at.index(i), message);
        }
        // A requirement keeps its known schemes; one without any known scheme is removed.
        if !names.is_empty() || unknown.is_empty() {
            requirements.push(names.into_iter().cloned().collect());
        }
    }
    requirements
}
