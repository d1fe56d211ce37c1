//! Fields: which of one struct is which of the other, and what differs.

use super::context::{Context, Directions, field_snapshot};
use super::docs::{Documented, compare_docs};
use super::quotation::{quote_text, quote_value};
use crate::diff::change::{Change, Confidence, Group};
use crate::diff::codes::Code;
use crate::diff::effects::{Compile, Wire, WireEffect};
use crate::diff::surface::{FieldSurface, RequestPart, StructSurface};
use crate::plan::FieldInit;

/// The struct whose fields are compared.
pub(super) struct Holder<'s> {
    pub(super) group: Group,
    /// The struct as users write it: `types::Chat`.
    pub(super) path: String,
    pub(super) base: &'s StructSurface,
    pub(super) head: &'s StructSurface,
    pub(super) directions: Directions,
}

impl Holder<'_> {
    /// Whether users make values with both crates.
    pub(super) const fn is_made(&self) -> bool {
        self.base.constructor.is_some() && self.head.constructor.is_some()
    }

    pub(super) fn item(&self, field: &FieldSurface) -> String {
        format!("{}::{}", self.path, field.name)
    }

    fn change(&self, code: Code, field: &FieldSurface, summary: String) -> Change {
        Change::new(code, self.group.clone(), self.item(field), summary)
    }
}

/// The fields of two structs: the index of each in the old one and in the new one.
pub(super) type FieldPair = (Option<usize>, Option<usize>);

/// Pairs two properties, or two parameters, by their names on the wire.
///
/// Other fields are paired by their names on the wire and in code, and then by their names in code.
pub(super) fn pair_fields(base: &StructSurface, head: &StructSurface) -> Vec<FieldPair> {
    let mut head_of = vec![None; base.fields.len()];
    let mut is_taken = vec![false; head.fields.len()];
    let tests: [fn(&FieldSurface, &FieldSurface) -> bool; 3] = [
        |a, b| a.wire == b.wire && a.is_property() == b.is_property(),
        |a, b| a.wire == b.wire && a.name == b.name,
        |a, b| a.name == b.name,
    ];
    for test in tests {
        for (old, slot) in base.fields.iter().zip(&mut head_of) {
            let free = head.fields.iter().zip(&mut is_taken).enumerate();
            let mut free = free.filter(|(_, (_, taken))| !**taken);
            if slot.is_none()
                && let Some((index, (_, taken))) = free.find(|(_, (new, _))| test(old, new))
            {
                *taken = true;
                *slot = Some(index);
            }
        }
    }
    let old = head_of.into_iter().enumerate();
    let old = old.map(|(index, found)| (Some(index), found));
    let new = is_taken.iter().enumerate().filter(|(_, taken)| !**taken);
    old.chain(new.map(|(index, _)| (None, Some(index))))
        .collect()
}

/// Compares the fields of two structs.
pub(super) fn compare_fields(
    context: &Context<'_>,
    holder: &Holder<'_>,
    pairs: &[FieldPair],
    changes: &mut Vec<Change>,
) {
    for (base, head) in pairs {
        let base = base.and_then(|index| holder.base.fields.get(index));
        let head = head.and_then(|index| holder.head.fields.get(index));
        match (base, head) {
            (Some(base), Some(head)) => compare_field(context, holder, base, head, changes),
            (Some(base), None) => changes.push(removed(context, holder, base)),
            (None, Some(head)) => changes.push(added(context, holder, head)),
            (None, None) => {}
        }
    }
}

/// Whether the value must be there on the wire. A decoder needs no constant.
const fn is_needed(field: &FieldSurface) -> bool {
    field.is_required() && !matches!(field.initial, FieldInit::Constant(_))
}

fn added(context: &Context<'_>, holder: &Holder<'_>, field: &FieldSurface) -> Change {
    let is_new_argument = holder.is_made() && field.is_argument();
    let code = match (field.is_property(), is_new_argument) {
        (true, true) => Code::RequiredFieldAdded,
        (true, false) => Code::FieldAdded,
        (false, true) => Code::RequiredParameterAdded,
        (false, false) => Code::ParameterAdded,
    };
    let must = if is_new_argument {
        ", which must be set"
    } else {
        ""
    };
    let summary = format!(
        "`{}` has a new {} `{}`{must}",
        holder.path,
        noun(field),
        field.name
    );
    let in_requests = Wire::new(
        WireEffect::breaks_if(field.is_required()),
        WireEffect::Works,
    );
    let in_responses = Wire::new(WireEffect::Works, WireEffect::breaks_if(is_needed(field)));
    holder
        .change(code, field, summary)
        .between(None, field_snapshot(context.head, field))
        .wire(holder.directions.wire(in_requests, in_responses))
}

fn removed(context: &Context<'_>, holder: &Holder<'_>, field: &FieldSurface) -> Change {
    let code = if field.is_property() {
        Code::FieldRemoved
    } else {
        Code::ParameterRemoved
    };
    let summary = format!(
        "`{}` has no {} `{}` any more",
        holder.path,
        noun(field),
        field.name
    );
    let in_requests = Wire::new(
        WireEffect::Breaks,
        WireEffect::breaks_if(field.is_required()),
    );
    let in_responses = Wire::new(WireEffect::breaks_if(is_needed(field)), WireEffect::Works);
    holder
        .change(code, field, summary)
        .between(field_snapshot(context.base, field), None)
        .wire(holder.directions.wire(in_requests, in_responses))
}

const fn noun(field: &FieldSurface) -> &'static str {
    if field.is_property() {
        "field"
    } else {
        "parameter"
    }
}

/// A field of both crates.
struct FieldComparison<'c, 's> {
    context: &'c Context<'s>,
    holder: &'c Holder<'s>,
    base: &'c FieldSurface,
    head: &'c FieldSurface,
}

fn compare_field<'c, 's>(
    context: &'c Context<'s>,
    holder: &'c Holder<'s>,
    base: &'c FieldSurface,
    head: &'c FieldSurface,
    changes: &mut Vec<Change>,
) {
    let comparison = FieldComparison {
        context,
        holder,
        base,
        head,
    };
    comparison.compare_names(changes);
    comparison.compare_location(changes);
    comparison.compare_type(changes);
    comparison.compare_presence(changes);
    comparison.compare_values(changes);
    let of = || Documented {
        group: holder.group.clone(),
        item: holder.item(head),
        before: field_snapshot(context.base, base),
        after: field_snapshot(context.head, head),
        type_docs: (
            context.base.type_docs(&base.ty),
            context.head.type_docs(&head.ty),
        ),
    };
    let codes = (Code::FieldDeprecated, Code::FieldUndeprecated);
    compare_docs(&base.docs, &head.docs, codes, of, changes);
}

impl FieldComparison<'_, '_> {
    /// The first code for a property, the second one for a parameter.
    fn change(&self, (property, parameter): (Code, Code), what: &str) -> Change {
        let code = if self.base.is_property() {
            property
        } else {
            parameter
        };
        let summary = format!("`{}` {what}", self.holder.item(self.head));
        self.holder.change(code, self.head, summary).between(
            field_snapshot(self.context.base, self.base),
            field_snapshot(self.context.head, self.head),
        )
    }

    fn compare_names(&self, changes: &mut Vec<Change>) {
        let (base, head) = (self.base, self.head);
        if base.name != head.name {
            let from = self.holder.item(base);
            let what = format!("was `{}`", base.name);
            let change = self.change((Code::FieldRenamed, Code::ParameterRenamed), &what);
            changes.push(change.renamed_from(from, Confidence::Certain));
        }
        if base.wire != head.wire {
            let what = format!(
                "is {} on the wire, not {}",
                quote_text(&head.wire),
                quote_text(&base.wire)
            );
            let codes = (Code::FieldWireNameChanged, Code::ParameterWireNameChanged);
            let in_responses = Wire::new(
                WireEffect::breaks_if(is_needed(base)),
                WireEffect::breaks_if(is_needed(head)),
            );
            let wire = self.holder.directions.wire(Wire::BREAKS, in_responses);
            changes.push(self.change(codes, &what).wire(wire));
        }
    }

    fn compare_location(&self, changes: &mut Vec<Change>) {
        let (Some(base), Some(head)) = (&self.base.location, &self.head.location) else {
            return;
        };
        let (code, what) = if base.part != head.part {
            let (from, to) = (part_name(base.part), part_name(head.part));
            let what = format!("is sent in {to}, not in {from}");
            (Code::ParameterLocationChanged, what)
        } else if base.style != head.style {
            let what = "has another style".to_owned();
            (Code::ParameterStyleChanged, what)
        } else {
            return;
        };
        changes.push(self.change((code, code), &what).wire(Wire::BREAKS));
    }

    fn compare_type(&self, changes: &mut Vec<Change>) {
        let (base, head) = (&self.base.ty, &self.head.ty);
        if self.context.is_same_type(base, head) {
            return;
        }
        let from = self.context.base.type_text(base);
        let to = self.context.head.type_text(head);
        let what = format!("is `{to}`, not `{from}`");
        let directions = Directions {
            is_text: !self.base.is_property(),
            ..self.holder.directions
        };
        let wire = self.context.type_wire(base, head, directions);
        let codes = (Code::FieldTypeChanged, Code::ParameterTypeChanged);
        changes.push(self.change(codes, &what).wire(wire));
    }

    fn compare_presence(&self, changes: &mut Vec<Change>) {
        let (base, head) = (self.base, self.head);
        let directions = self.holder.directions;
        let compile = if base.wrapper == head.wrapper {
            return;
        } else if self
            .context
            .is_same_type(&base.full_type(), &head.full_type())
            && !(self.holder.is_made() && base.is_argument() != head.is_argument())
        {
            Compile::Unchanged
        } else {
            Compile::Breaking
        };
        match (base.is_required(), head.is_required()) {
            (true, false) => {
                let codes = (Code::FieldBecameOptional, Code::ParameterBecameOptional);
                let in_responses =
                    Wire::new(WireEffect::breaks_if(is_needed(base)), WireEffect::Works);
                let wire = directions.wire(Wire::NEW_BREAKS, in_responses);
                changes.push(
                    self.change(codes, "became optional")
                        .wire(wire)
                        .compile(compile),
                );
            }
            (false, true) => {
                let codes = (Code::FieldBecameRequired, Code::ParameterBecameRequired);
                let in_responses =
                    Wire::new(WireEffect::Works, WireEffect::breaks_if(is_needed(head)));
                let wire = directions.wire(Wire::OLD_BREAKS, in_responses);
                changes.push(
                    self.change(codes, "became required")
                        .wire(wire)
                        .compile(compile),
                );
            }
            _ => {}
        }
        match (base.is_nullable(), head.is_nullable()) {
            (false, true) => {
                let wire = directions.wire(Wire::NEW_BREAKS, Wire::OLD_BREAKS);
                let codes = (Code::FieldBecameNullable, Code::FieldBecameNullable);
                changes.push(
                    self.change(codes, "may be `null`")
                        .wire(wire)
                        .compile(compile),
                );
            }
            (true, false) => {
                let wire = directions.wire(Wire::OLD_BREAKS, Wire::NEW_BREAKS);
                let codes = (Code::FieldBecameNonNull, Code::FieldBecameNonNull);
                changes.push(
                    self.change(codes, "is never `null`")
                        .wire(wire)
                        .compile(compile),
                );
            }
            _ => {}
        }
    }

    fn compare_values(&self, changes: &mut Vec<Change>) {
        use FieldInit::{Argument, Constant, Default};
        let (base, head) = (self.base, self.head);
        let codes = (Code::ConstantChanged, Code::ConstantChanged);
        let wire = self.holder.directions.wire(Wire::BREAKS, Wire::WORKS);
        match (&base.initial, &head.initial) {
            (Constant(old), Constant(new)) if old != new => {
                let what = format!("is always {}, not {}", quote_value(new), quote_value(old));
                changes.push(self.change(codes, &what).wire(wire));
            }
            (Constant(old), Argument | Default) if base.wrapper == head.wrapper => {
                let what = format!("is not always {} any more", quote_value(old));
                let wire = self.holder.directions.wire(Wire::NEW_BREAKS, Wire::WORKS);
                let compile = self.argument_compile();
                changes.push(self.change(codes, &what).wire(wire).compile(compile));
            }
            (Argument | Default, Constant(new)) if base.wrapper == head.wrapper => {
                let what = format!("is always {}", quote_value(new));
                let wire = self.holder.directions.wire(Wire::OLD_BREAKS, Wire::WORKS);
                let compile = self.argument_compile();
                changes.push(self.change(codes, &what).wire(wire).compile(compile));
            }
            _ => {}
        }
        if base.default != head.default {
            let shown = |value: &Option<serde_json::Value>| {
                value.as_ref().map_or("nothing".to_owned(), quote_value)
            };
            let what = format!(
                "defaults to {}, not {}",
                shown(&head.default),
                shown(&base.default)
            );
            let codes = (Code::DefaultChanged, Code::DefaultChanged);
            changes.push(self.change(codes, &what));
        }
    }

    /// The effect on code where only one of the fields is an argument of `new`.
    fn argument_compile(&self) -> Compile {
        let differs = self.base.is_argument() != self.head.is_argument();
        if self.holder.is_made() && differs {
            Compile::Breaking
        } else {
            Compile::Unchanged
        }
    }
}

const fn part_name(part: RequestPart) -> &'static str {
    match part {
        RequestPart::Query => "the query",
        RequestPart::Header => "a header",
        RequestPart::Cookie => "a cookie",
        RequestPart::PartHeader => "a header of a part",
        RequestPart::Property | RequestPart::Body => "the body",
    }
}
