//! Enums: their values, and the variants that stand for them.

use super::context::{Context, Directions};
use super::docs::prose_change;
use super::quotation::quote_text;
use crate::diff::change::{Change, Confidence, Group, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::{EnumSurface, ItemSurface, ValueSurface};

/// Compares two enums.
pub(super) fn compare_enums(
    _context: &Context<'_>,
    group: Group,
    (base, old): (&ItemSurface, &EnumSurface),
    (head, new): (&ItemSurface, &EnumSurface),
    changes: &mut Vec<Change>,
) {
    let comparison = EnumComparison {
        group,
        path: format!("types::{}", head.name),
        directions: Directions::of_items(base, head),
    };
    if old.is_integer != new.is_integer {
        let kind = |list: &EnumSurface| {
            if list.is_integer {
                "integers"
            } else {
                "strings"
            }
        };
        let summary = format!(
            "the values of `{}` are {}, not {}",
            comparison.path,
            kind(new),
            kind(old)
        );
        let before = Snapshot::new(format!("enum of {}", kind(old)), base.pointer.clone());
        let after = Snapshot::new(format!("enum of {}", kind(new)), head.pointer.clone());
        let path = comparison.path.clone();
        let change = Change::new(Code::EnumValueTypeChanged, comparison.group, path, summary);
        let wire = comparison.directions.wire(Wire::BREAKS, Wire::BREAKS);
        changes.push(change.between(before, after).wire(wire));
        return;
    }
    comparison.compare_values(old, new, changes);
}

struct EnumComparison {
    group: Group,
    path: String,
    directions: Directions,
}

impl EnumComparison {
    fn change(&self, code: Code, value: &ValueSurface, summary: String) -> Change {
        let item = format!("{}::{}", self.path, value.name);
        Change::new(code, self.group.clone(), item, summary)
    }

    fn compare_values(&self, old: &EnumSurface, new: &EnumSurface, changes: &mut Vec<Change>) {
        let by_value = |value: &ValueSurface| new.values.iter().find(|v| v.value == value.value);
        let is_new = |value: &ValueSurface| !old.values.iter().any(|v| v.value == value.value);
        let mut replaced = Vec::new();
        for value in &old.values {
            if let Some(same) = by_value(value) {
                self.compare_value(value, same, changes);
                continue;
            }
            let mut fresh = new.values.iter().filter(|value| is_new(value));
            if let Some(other) = fresh.find(|other| other.name == value.name) {
                replaced.push(&other.value);
                changes.push(self.value_changed(value, other));
            } else {
                changes.push(self.removed(value));
            }
        }
        let added = new.values.iter();
        let added = added.filter(|value| is_new(value) && !replaced.contains(&&value.value));
        changes.extend(added.map(|value| {
            let summary = format!("`{}` has a new variant `{}`", self.path, value.name);
            self.change(Code::VariantAdded, value, summary)
                .between(None, snapshot(value))
        }));
    }

    fn compare_value(&self, old: &ValueSurface, new: &ValueSurface, changes: &mut Vec<Change>) {
        if old.name != new.name {
            let from = format!("{}::{}", self.path, old.name);
            let summary = format!("`{}::{}` was `{}`", self.path, new.name, old.name);
            let change = self.change(Code::VariantRenamed, new, summary);
            let change = change.renamed_from(from, Confidence::Certain);
            changes.push(change.between(snapshot(old), snapshot(new)));
        }
        if old.description != new.description {
            let item = format!("{}::{}", self.path, new.name);
            let texts = (old.description.as_deref(), new.description.as_deref());
            let pointers = (&old.pointer, &new.pointer);
            changes.push(prose_change(self.group.clone(), item, texts, pointers));
        }
    }

    fn value_changed(&self, old: &ValueSurface, new: &ValueSurface) -> Change {
        let name = &new.name;
        let summary = format!(
            "`{}::{name}` is {} on the wire, not {}",
            self.path,
            quote_text(&new.value),
            quote_text(&old.value)
        );
        self.change(Code::VariantValueChanged, new, summary)
            .between(snapshot(old), snapshot(new))
            .wire(self.directions.wire(Wire::BREAKS, Wire::BREAKS))
    }

    fn removed(&self, value: &ValueSurface) -> Change {
        let summary = format!("`{}` has no variant `{}` any more", self.path, value.name);
        self.change(Code::VariantRemoved, value, summary)
            .between(snapshot(value), None)
            .wire(self.directions.wire(Wire::OLD_BREAKS, Wire::WORKS))
    }
}

fn snapshot(value: &ValueSurface) -> Snapshot {
    Snapshot::new(
        format!("{} // {}", value.name, value.value),
        value.pointer.clone(),
    )
}
