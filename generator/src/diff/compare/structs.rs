//! Structs and parameters: their fields, `new`, and undeclared properties.

use super::context::{Context, Directions};
use super::fields::{FieldPair, Holder, compare_fields, pair_fields};
use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::{Compile, Wire};
use crate::diff::surface::{BodySurface, ExtraSurface, ItemSurface, StructSurface, Surface};

/// Compares two structs.
pub(super) fn compare_structs(
    context: &Context<'_>,
    group: Group,
    (base, old): (&ItemSurface, &StructSurface),
    (head, new): (&ItemSurface, &StructSurface),
    changes: &mut Vec<Change>,
) {
    let holder = Holder {
        group,
        path: format!("types::{}", head.name),
        base: old,
        head: new,
        directions: Directions::of_items(base, head),
    };
    let pairs = pair_fields(old, new);
    compare_fields(context, &holder, &pairs, changes);
    let comparison = StructComparison {
        context,
        holder: &holder,
        base,
        head,
    };
    comparison.compare_constructors(&pairs, changes);
    comparison.compare_extra(changes);
    comparison.compare_body(changes);
}

struct StructComparison<'c, 's> {
    context: &'c Context<'s>,
    holder: &'c Holder<'s>,
    base: &'c ItemSurface,
    head: &'c ItemSurface,
}

impl StructComparison<'_, '_> {
    fn change(&self, code: Code, item: &str, summary: String) -> Change {
        let item = format!("{}::{item}", self.holder.path);
        Change::new(code, self.holder.group.clone(), item, summary)
    }

    fn compare_constructors(&self, pairs: &[FieldPair], changes: &mut Vec<Change>) {
        let old = self.context.base.constructor_signature(self.base);
        let new = self.context.head.constructor_signature(self.head);
        let path = &self.holder.path;
        let code = match (&old, &new) {
            (None, Some(_)) => Code::ConstructorAdded,
            (Some(_), None) => Code::ConstructorRemoved,
            (Some(_), Some(_)) if self.is_reordered(pairs) => Code::ConstructorReordered,
            _ => return,
        };
        let (summary, compile) = match code {
            Code::ConstructorAdded => (format!("users can create a `{path}`"), Compile::Additive),
            Code::ConstructorRemoved => (
                format!("users can no longer create a `{path}`"),
                Compile::Breaking,
            ),
            _ => (
                format!("`{path}::new` takes its arguments in another order"),
                self.order_compile(),
            ),
        };
        let snapshot = |signature: Option<String>, item: &ItemSurface| {
            signature.map(|signature| Snapshot::new(signature, item.pointer.clone()))
        };
        let change = self.change(code, "new", summary).compile(compile);
        changes.push(change.between(snapshot(old, self.base), snapshot(new, self.head)));
    }

    /// Whether the arguments that both take come in another order.
    fn is_reordered(&self, pairs: &[FieldPair]) -> bool {
        let arguments = |object: &StructSurface| -> Vec<usize> {
            let constructor = object.constructor.as_ref();
            constructor.map_or(Vec::new(), |constructor| constructor.arguments.clone())
        };
        let heads = arguments(self.holder.head);
        let positions = arguments(self.holder.base).into_iter().filter_map(|old| {
            let mut pairs = pairs.iter();
            let (_, new) = pairs.find(|(base, _)| *base == Some(old))?;
            heads.iter().position(|head| Some(*head) == *new)
        });
        !positions.collect::<Vec<_>>().is_sorted()
    }

    /// Whether the types of the arguments differ in some position.
    fn order_compile(&self) -> Compile {
        let fields = |object: &StructSurface| -> Vec<_> {
            let constructor = object.constructor.as_ref();
            let arguments = constructor.map(|constructor| constructor.arguments.clone());
            let arguments = arguments.unwrap_or_default().into_iter();
            arguments
                .filter_map(|index| Some(object.fields.get(index)?.full_type()))
                .collect()
        };
        let (old, new) = (fields(self.holder.base), fields(self.holder.head));
        let mut pairs = old.iter().zip(&new);
        let agree =
            old.len() == new.len() && pairs.all(|(old, new)| self.context.is_same_type(old, new));
        if agree {
            Compile::Unchanged
        } else {
            Compile::Breaking
        }
    }

    fn compare_extra(&self, changes: &mut Vec<Change>) {
        let (base, head) = (&self.holder.base.extra, &self.holder.head.extra);
        let path = &self.holder.path;
        let text = |surface: &Surface, extra: &ExtraSurface| {
            let ty = match &extra.ty {
                Some(ty) => format!("BTreeMap<String, {}>", surface.type_text(ty)),
                None => "Extra".to_owned(),
            };
            format!("pub {}: {ty}", extra.name)
        };
        let before = base
            .as_ref()
            .map(|extra| Snapshot::new(text(self.context.base, extra), self.base.pointer.clone()));
        let after = head
            .as_ref()
            .map(|extra| Snapshot::new(text(self.context.head, extra), self.head.pointer.clone()));
        let (code, name, summary, wire) = match (base, head) {
            (Some(base), None) => {
                let summary = format!("`{path}` no longer keeps undeclared properties");
                (
                    Code::AdditionalPropertiesRemoved,
                    &base.name,
                    summary,
                    Wire::WORKS,
                )
            }
            (None, Some(head)) => {
                let summary = format!("`{path}` keeps undeclared properties");
                (
                    Code::AdditionalPropertiesAdded,
                    &head.name,
                    summary,
                    Wire::WORKS,
                )
            }
            (Some(base), Some(head))
                if base.name != head.name
                    || !self
                        .context
                        .is_same_optional(base.ty.as_ref(), head.ty.as_ref()) =>
            {
                let summary = format!("undeclared properties of `{path}` have another type");
                let any = crate::plan::RustType::Value;
                let (old, new) = (base.ty.as_ref(), head.ty.as_ref());
                let (old, new) = (old.unwrap_or(&any), new.unwrap_or(&any));
                let wire = self.context.type_wire(old, new, self.holder.directions);
                (Code::AdditionalPropertiesChanged, &head.name, summary, wire)
            }
            _ => return,
        };
        changes.push(
            self.change(code, name, summary)
                .between(before, after)
                .wire(wire),
        );
    }

    fn compare_body(&self, changes: &mut Vec<Change>) {
        let (base, head) = (&self.holder.base.body, &self.holder.head.body);
        let (Some(old), Some(new)) = (base.encoding(), head.encoding()) else {
            return;
        };
        if old == new {
            return;
        }
        let summary = format!(
            "the body of `{}` is sent in another encoding",
            self.holder.path
        );
        let text = |body: &BodySurface| format!("Content-Type: {}", body.media_type);
        let item = self.holder.path.clone();
        let change = Change::new(
            Code::BodyEncodingChanged,
            self.holder.group.clone(),
            item,
            summary,
        );
        let before = Snapshot::new(text(old), self.base.pointer.clone());
        let after = Snapshot::new(text(new), self.head.pointer.clone());
        changes.push(change.between(before, after).wire(Wire::BREAKS));
    }
}
