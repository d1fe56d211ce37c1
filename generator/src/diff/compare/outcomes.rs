//! Outcomes: the responses of an operation that has several.

use super::context::{Context, Directions};
use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::diff::surface::{ItemSurface, OutcomeSurface, Surface};
use crate::ir::StatusPattern;
use crate::plan::RustType;

/// A variant of an enum that holds a value.
pub(super) fn variant_text(surface: &Surface, name: &str, ty: &RustType) -> String {
    match ty {
        RustType::Unit => name.to_owned(),
        ty => format!("{name}({})", surface.type_text(ty)),
    }
}

/// Compares the responses of two operations that have several each.
pub(super) fn compare_outcomes(
    context: &Context<'_>,
    group: &Group,
    (base, old): (&ItemSurface, &OutcomeSurface),
    (head, new): (&ItemSurface, &OutcomeSurface),
    changes: &mut Vec<Change>,
) {
    let comparison = OutcomeComparison {
        context,
        group,
        base,
        head,
    };
    for (name, status, ty) in &old.variants {
        match new.variants.iter().find(|(_, other, _)| other == status) {
            None => changes.push(comparison.removed(name, ty)),
            Some((.., other)) => changes.extend(comparison.type_changed(name, ty, other)),
        }
    }
    for (name, status, ty) in &new.variants {
        if !old.variants.iter().any(|(_, other, _)| other == status) {
            changes.push(comparison.added(name, ty));
        }
    }
    let has_rest = |outcome: &OutcomeSurface| {
        let mut statuses = outcome.variants.iter().map(|(_, status, _)| status);
        statuses.any(|status| *status == StatusPattern::Default)
    };
    if !has_rest(old) && has_rest(new) {
        changes.push(comparison.removed("Unknown", &RustType::Bytes));
    }
}

struct OutcomeComparison<'c, 's> {
    context: &'c Context<'s>,
    group: &'c Group,
    base: &'c ItemSurface,
    head: &'c ItemSurface,
}

impl OutcomeComparison<'_, '_> {
    fn change(&self, code: Code, name: &str, what: &str) -> Change {
        let path = format!("types::{}", self.head.name);
        let summary = format!("`{path}` {what}");
        Change::new(code, self.group.clone(), format!("{path}::{name}"), summary)
    }

    fn before(&self, name: &str, ty: &RustType) -> Snapshot {
        let text = variant_text(self.context.base, name, ty);
        Snapshot::new(text, self.base.pointer.clone())
    }

    fn after(&self, name: &str, ty: &RustType) -> Snapshot {
        let text = variant_text(self.context.head, name, ty);
        Snapshot::new(text, self.head.pointer.clone())
    }

    fn removed(&self, name: &str, ty: &RustType) -> Change {
        let what = format!("has no variant `{name}` any more");
        self.change(Code::VariantRemoved, name, &what)
            .between(self.before(name, ty), None)
    }

    fn added(&self, name: &str, ty: &RustType) -> Change {
        let what = format!("has a new variant `{name}`");
        self.change(Code::VariantAdded, name, &what)
            .between(None, self.after(name, ty))
    }

    fn type_changed(&self, name: &str, old: &RustType, new: &RustType) -> Option<Change> {
        if self.context.is_same_type(old, new) {
            return None;
        }
        let from = self.context.base.type_text(old);
        let to = self.context.head.type_text(new);
        let what = format!("holds `{to}` in `{name}`, not `{from}`");
        let wire = self.context.type_wire(old, new, Directions::RECEIVED);
        let change = self.change(Code::VariantTypeChanged, name, &what);
        Some(
            change
                .between(self.before(name, old), self.after(name, new))
                .wire(wire),
        )
    }
}
