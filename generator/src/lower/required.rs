//! Properties that are required and declared nowhere.

use std::collections::HashSet;

use openapiv3::AdditionalProperties;

use super::findings::Findings;
use super::form::Object;
use super::merge::Part;
use crate::diag::Diagnostic;
use crate::load::Pointer;

/// The names under `required` that no property is for.
///
/// What a schema requires may be declared by another that is merged with it, such as the child of a
/// parent, so that nothing is said before all are made.
#[derive(Debug, Default)]
pub(super) struct Required {
    missing: Vec<(*const String, Diagnostic)>,
    /// The names that are declared by another schema than the one that requires them.
    given: HashSet<*const String>,
}

impl Required {
    /// Looks at the names that the parts of an object require.
    pub(super) fn note(&mut self, parts: &[Part<'_>], object: &Object<'_>) {
        let open = |part: &Part<'_>| match part.view.additional {
            Some(AdditionalProperties::Any(any)) => *any,
            Some(AdditionalProperties::Schema(_)) => true,
            None => false,
        };
        let is_open =
            object.members.is_empty() || !object.additional.is_empty() || parts.iter().any(open);
        for part in parts {
            let own = part.view.properties;
            let declares = |name: &String| own.is_some_and(|own| own.contains_key(name));
            let others = part.view.required.iter().enumerate();
            for (i, name) in others.filter(|(_, name)| !declares(name)) {
                if is_open || object.members.contains_key(name.as_str()) {
                    self.given.insert(std::ptr::from_ref(name));
                } else {
                    let finding = undeclared(name, part.at.child("required").index(i));
                    self.missing.push((std::ptr::from_ref(name), finding));
                }
            }
        }
    }

    /// Says which properties are declared nowhere.
    pub(super) fn report(self, findings: &mut Findings) {
        for (name, finding) in self.missing {
            if !self.given.contains(&name) {
                findings.push(finding);
            }
        }
    }
}

fn undeclared(name: &str, at: Pointer) -> Diagnostic {
    let message = format!("`{name}` is required and declared nowhere; the type has no such member");
    let finding = Diagnostic::warning("undeclared-property", at, message);
    finding.help("declare it under `properties`, or do not require it")
}
