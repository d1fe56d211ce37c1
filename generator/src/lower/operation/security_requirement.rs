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
    let is_known = |name: &str| {
        openapi
            .components
            .as_ref()
            .is_some_and(|c| c.security_schemes.contains_key(name))
    };
    let requirements = list.iter().map(|it| it.keys().cloned().collect());
    keep_known_schemes(requirements, is_known, |index, name| {
        let message = format!("the security scheme `{name}` is not declared; it is ignored");
        findings.warn(Code::UnknownSecurityScheme, &at.index(index), message);
    })
}

/// Keeps the known schemes of each requirement, and removes a requirement without any known scheme.
/// Reports each unknown scheme with the index of its requirement.
pub(in crate::lower) fn keep_known_schemes(
    requirements: impl Iterator<Item = SecurityRequirement>,
    is_known: impl Fn(&str) -> bool,
    mut report: impl FnMut(usize, &str),
) -> Vec<SecurityRequirement> {
    let kept = requirements.enumerate().filter_map(|(index, requirement)| {
        let (names, unknown): (SecurityRequirement, SecurityRequirement) =
            requirement.into_iter().partition(|name| is_known(name));
        for name in &unknown {
            report(index, name);
        }
        (!names.is_empty() || unknown.is_empty()).then_some(names)
    });
    kept.collect()
}
