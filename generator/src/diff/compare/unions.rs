//! Unions: their variants, and what selects them.

use super::context::{Context, Directions};
use super::docs::{Documented, compare_docs};
use super::outcomes::variant_text;
use super::quotation::{quote_text, quote_values};
use crate::diff::change::{Change, Confidence, Group, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::{ItemSurface, Surface, UnionSurface, VariantSurface};

/// Compares two unions.
pub(super) fn compare_unions(
    context: &Context<'_>,
    group: Group,
    (base, old): (&ItemSurface, &UnionSurface),
    (head, new): (&ItemSurface, &UnionSurface),
    changes: &mut Vec<Change>,
) {
    let comparison = UnionComparison {
        context,
        group,
        path: format!("types::{}", head.name),
        directions: Directions::of_items(base, head),
        has_accessors: old.has_accessors && new.has_accessors,
    };
    comparison.compare_variants(old, new, changes);
    comparison.compare_accessors((base, old), (head, new), changes);
    comparison.compare_discriminators((base, old), (head, new), changes);
}

struct UnionComparison<'c, 's> {
    context: &'c Context<'s>,
    group: Group,
    path: String,
    directions: Directions,
    has_accessors: bool,
}

impl UnionComparison<'_, '_> {
    fn change(&self, code: Code, name: &str, summary: String) -> Change {
        let item = format!("{}::{name}", self.path);
        Change::new(code, self.group.clone(), item, summary)
    }

    fn compare_variants(&self, old: &UnionSurface, new: &UnionSurface, changes: &mut Vec<Change>) {
        let mut taken = vec![false; new.variants.len()];
        for variant in &old.variants {
            let found = self.find(variant, old, new, &taken);
            let other = found.and_then(|index| new.variants.get(index));
            if let Some(slot) = found.and_then(|index| taken.get_mut(index)) {
                *slot = true;
            }
            match other {
                Some(other) => self.compare_variant(variant, other, changes),
                None => changes.push(self.removed(variant)),
            }
        }
        let added = new
            .variants
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| !**taken);
        changes.extend(added.map(|(variant, _)| {
            let summary = format!("`{}` has a new variant `{}`", self.path, variant.name);
            let after = self.snapshot(self.context.head, variant);
            self.change(Code::VariantAdded, &variant.name, summary)
                .between(None, after)
        }));
    }

    /// The variant that has the same name; or that alone has the same payload, or the same values.
    fn find(
        &self,
        variant: &VariantSurface,
        old: &UnionSurface,
        new: &UnionSurface,
        taken: &[bool],
    ) -> Option<usize> {
        if let Some(index) = new
            .variants
            .iter()
            .position(|other| other.name == variant.name)
        {
            return Some(index);
        }
        let is_gone = |name: &str| !old.variants.iter().any(|other| other.name == name);
        let free = new.variants.iter().zip(taken).enumerate();
        let mut free = free.filter(|(_, (other, taken))| !**taken && is_gone(&other.name));
        let found = free.find(|(_, (other, _))| {
            let payloads = old.variants.iter().map(|other| &other.ty);
            let is_lone = payloads.filter(|ty| **ty == variant.ty).count() == 1;
            let is_same_payload = is_lone && self.context.is_same_type(&variant.ty, &other.ty);
            is_same_payload || (!variant.values.is_empty() && variant.values == other.values)
        });
        found.map(|(index, _)| index)
    }

    fn compare_variant(
        &self,
        old: &VariantSurface,
        new: &VariantSurface,
        changes: &mut Vec<Change>,
    ) {
        let before = self.snapshot(self.context.base, old);
        let after = self.snapshot(self.context.head, new);
        let name = &new.name;
        let path = &self.path;
        let mut push = |change: Change| changes.push(change.between(before.clone(), after.clone()));
        let is_accessor_renamed = self.has_accessors && old.accessor != new.accessor;
        if old.name != *name || is_accessor_renamed {
            let summary = format!("`{path}::{name}` was `{}`", old.name);
            let change = self.change(Code::VariantRenamed, name, summary);
            push(change.renamed_from(format!("{path}::{}", old.name), Confidence::Certain));
        }
        if !self.context.is_same_type(&old.ty, &new.ty) {
            let from = self.context.base.type_text(&old.ty);
            let to = self.context.head.type_text(&new.ty);
            let summary = format!("`{path}::{name}` holds `{to}`, not `{from}`");
            let wire = self.context.type_wire(&old.ty, &new.ty, self.directions);
            push(
                self.change(Code::VariantTypeChanged, name, summary)
                    .wire(wire),
            );
        } else if old.has_conversion != new.has_conversion {
            let ty = self.context.head.type_text(&new.ty);
            let (code, summary) = if new.has_conversion {
                (Code::ConversionAdded, format!("`{path}` has `From<{ty}>`"))
            } else {
                (
                    Code::ConversionRemoved,
                    format!("`{path}` has no `From<{ty}>` any more"),
                )
            };
            push(self.change(code, name, summary));
        }
        if old.values != new.values {
            let (from, to) = (quote_values(&old.values), quote_values(&new.values));
            let summary = format!("`{path}::{name}` is selected by {to}, not by {from}");
            let is_lost = old.values.iter().any(|value| !new.values.contains(value));
            let wire = if is_lost && !old.values.is_empty() && !new.values.is_empty() {
                self.directions.wire(Wire::BREAKS, Wire::BREAKS)
            } else {
                Wire::WORKS
            };
            push(
                self.change(Code::VariantValueChanged, name, summary)
                    .wire(wire),
            );
        }
        let of = || Documented {
            group: self.group.clone(),
            item: format!("{path}::{name}"),
            before: before.clone(),
            after: after.clone(),
            type_docs: (
                self.context.base.type_docs(&old.ty),
                self.context.head.type_docs(&new.ty),
            ),
        };
        let codes = (Code::TypeDeprecated, Code::TypeUndeprecated);
        compare_docs(&old.docs, &new.docs, codes, of, changes);
    }

    fn removed(&self, variant: &VariantSurface) -> Change {
        let summary = format!("`{}` has no variant `{}` any more", self.path, variant.name);
        self.change(Code::VariantRemoved, &variant.name, summary)
            .between(self.snapshot(self.context.base, variant), None)
            .wire(self.directions.wire(Wire::OLD_BREAKS, Wire::WORKS))
    }

    fn snapshot(&self, surface: &Surface, variant: &VariantSurface) -> Snapshot {
        Snapshot::new(
            variant_text(surface, &variant.name, &variant.ty),
            variant.pointer.clone(),
        )
    }

    fn compare_accessors(
        &self,
        (base, old): (&ItemSurface, &UnionSurface),
        (head, new): (&ItemSurface, &UnionSurface),
        changes: &mut Vec<Change>,
    ) {
        let path = &self.path;
        let methods = (&old.discriminator_method, &new.discriminator_method);
        let (code, summary) = match (old.has_accessors, new.has_accessors) {
            (false, true) => (
                Code::AccessorsAdded,
                format!("`{path}` has an accessor for each variant"),
            ),
            (true, false) => (
                Code::AccessorsRemoved,
                format!("`{path}` has too many variants for accessors"),
            ),
            _ if methods.0 == methods.1 => return,
            _ => match methods {
                (Some(gone), _) => (
                    Code::AccessorsRemoved,
                    format!("`{path}` has no method `{gone}` any more"),
                ),
                (None, Some(added)) => (
                    Code::AccessorsAdded,
                    format!("`{path}` has the method `{added}`"),
                ),
                (None, None) => return,
            },
        };
        let snapshot = |union: &UnionSurface, item: &ItemSurface| {
            Snapshot::new(
                format!("{} variants", union.variants.len()),
                item.pointer.clone(),
            )
        };
        let change = Change::new(code, self.group.clone(), path.clone(), summary);
        changes.push(change.between(snapshot(old, base), snapshot(new, head)));
    }

    fn compare_discriminators(
        &self,
        (base, old): (&ItemSurface, &UnionSurface),
        (head, new): (&ItemSurface, &UnionSurface),
        changes: &mut Vec<Change>,
    ) {
        if old.discriminator == new.discriminator {
            return;
        }
        let text = |union: &UnionSurface| match &union.discriminator {
            Some(name) => format!("by {}", quote_text(name)),
            None => "by the shape of the value".to_owned(),
        };
        let path = &self.path;
        let summary = format!(
            "the variants of `{path}` are selected {}, not {}",
            text(new),
            text(old)
        );
        let is_replaced = old.discriminator.is_some() && new.discriminator.is_some();
        let wire = if is_replaced {
            self.directions.wire(Wire::BREAKS, Wire::BREAKS)
        } else {
            Wire::WORKS
        };
        let change = Change::new(
            Code::DiscriminatorChanged,
            self.group.clone(),
            path.clone(),
            summary,
        );
        let before = Snapshot::new(text(old), base.pointer.clone());
        let after = Snapshot::new(text(new), head.pointer.clone());
        changes.push(change.between(before, after).wire(wire));
    }
}
