//! Variants that no value can be read as: each value of them is valid for another one, which is
//! tried first.

use std::collections::HashSet;

use crate::diag::Diagnostic;
use crate::diag::Diagnostics;
use crate::ir::{
    Additional, Enum, Field, IntegerKind, Scalar, Shape, StringKind, Struct, Type, TypeId, Types,
    Union,
};
use crate::plan::build::Builder;
use crate::plan::item::{Choice, ItemKind, Look, Select, Test, UnionPlan};

/// How many pairs of types are compared for two variants, and how deep at most.
const MAX_COMPARED: usize = 1_000;

/// Warns of the variants of all unions that can never be selected.
pub(in crate::plan) fn warn_of_unreachable(builder: &Builder<'_>, diagnostics: &mut Diagnostics) {
    let types = &builder.api.types;
    for item in builder.items() {
        let (Some(id), ItemKind::Union(plan)) = (item.source, &item.kind) else {
            continue;
        };
        let Shape::Union(union) = &types.get(id).shape else {
            continue;
        };
        for (index, variant) in union.variants.iter().enumerate() {
            let Some(first) = taken_by(types, union, plan, index) else {
                continue;
            };
            let name = |index: usize| plan.variants.get(index).map(|it| it.ident.to_string());
            let (name, first) = (
                name(index).unwrap_or_default(),
                name(first).unwrap_or_default(),
            );
            let message = format!(
                "no value is read as `{name}`: all values that are valid for it are valid for `{first}`, too, which is tried first"
            );
            let help = "add a `discriminator`, or a `const` or a required property that only one of them has";
            let at = variant.pointer.clone();
            diagnostics.push(Diagnostic::warning("unreachable-variant", at, message).help(help));
        }
    }
}

/// Puts what takes fewer values before what takes them all and more, which would leave nothing for
/// it: a list of integers before a list of numbers, which would lose digits as well.
pub(super) fn narrowest_first(types: &Types, union: &Union, looks: Vec<Look>) -> Vec<Look> {
    let mut sorted: Vec<Look> = Vec::with_capacity(looks.len());
    for look in looks {
        let is_wider = |other: &Look| {
            other.variant != look.variant
                && takes_all(types, union, other, &look)
                && !takes_all(types, union, &look, other)
        };
        let place = sorted.iter().position(is_wider).unwrap_or(sorted.len());
        sorted.insert(place, look);
    }
    sorted
}

/// The variant that takes all values of another one, if one does.
fn taken_by(types: &Types, union: &Union, plan: &UnionPlan, variant: usize) -> Option<usize> {
    let mut taken = None;
    for list in lists(&plan.select) {
        let Choices::Looks(looks) = list else {
            if matches!(list, Choices::Only(only) if only == variant) {
                return None;
            }
            continue;
        };
        for (position, look) in looks.iter().enumerate() {
            if look.variant != variant {
                continue;
            }
            let before = looks.iter().take(position);
            let mut before = before.filter(|other| other.variant != variant);
            taken = Some(
                before
                    .find(|other| takes_all(types, union, other, look))?
                    .variant,
            );
        }
    }
    taken
}

/// What is tried for a value.
enum Choices<'p> {
    Only(usize),
    Looks(&'p [Look]),
}

/// All lists of what is tried for a value.
fn lists(select: &Select) -> Vec<Choices<'_>> {
    match select {
        Select::Look(looks) => vec![Choices::Looks(looks)],
        Select::Tag(select) => {
            let arms = select.arms.iter().map(|arm| match &arm.choice {
                Choice::One(index) => Choices::Only(*index),
                Choice::Look(looks) => Choices::Looks(looks),
            });
            let others = [&select.absent, &select.rest];
            arms.chain(others.map(|looks| Choices::Looks(looks)))
                .collect()
        }
    }
}

/// Whether each value that passes a test, and is of the type behind it, passes an earlier one, and
/// is of the type behind that.
fn takes_all(types: &Types, union: &Union, earlier: &Look, later: &Look) -> bool {
    let ty = |look: &Look| union.variants.get(look.variant).map(|variant| &variant.ty);
    let (Some(wide), Some(narrow)) = (ty(earlier), ty(later)) else {
        return false;
    };
    is_implied(types, &earlier.test, later, narrow) && Acceptance::new(types).accepts(wide, narrow)
}

/// Whether a value of a type that passes a test passes another one as well.
fn is_implied(types: &Types, wanted: &Test, given: &Look, ty: &Type) -> bool {
    if *wanted == given.test {
        return true;
    }
    let object = object(types, ty);
    let has = |key: &String| {
        object.is_some_and(|object| {
            let mut fields = object.fields.iter();
            fields.any(|field| field.presence.is_required() && field.wire.as_str() == *key)
        })
    };
    match wanted {
        Test::Kind("Object") => {
            matches!(given.test, Test::Has(_) | Test::HasAny { .. } | Test::Is(_))
        }
        Test::Kind("Number") => matches!(given.test, Test::Integer | Test::Fraction),
        Test::Kind(_) | Test::Integer | Test::Fraction | Test::Is(_) => false,
        Test::Has(keys) => keys.iter().all(has),
        Test::HasAny { all, any } => all.iter().all(has) && any.iter().any(has),
    }
}

fn object<'t>(types: &'t Types, ty: &Type) -> Option<&'t Struct> {
    let Type::Named(id) = ty else { return None };
    match &types.get(*id).shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    }
}

/// Which types have all values of others. It says so only where it is sure.
struct Acceptance<'t> {
    types: &'t Types,
    /// The pairs that were compared, or are being: types may contain themselves. One pair that
    /// differs settles the whole comparison, so that all others are taken to be alike.
    compared: HashSet<(TypeId, TypeId)>,
}

impl<'t> Acceptance<'t> {
    fn new(types: &'t Types) -> Self {
        Self {
            types,
            compared: HashSet::new(),
        }
    }

    fn accepts(&mut self, wide: &'t Type, narrow: &'t Type) -> bool {
        match (wide, narrow) {
            _ if wide == narrow => true,
            (Type::Untyped(_), _) => true,
            (Type::Nullable(wide), Type::Nullable(narrow)) => self.accepts(wide, narrow),
            (Type::Nullable(wide), narrow) => self.accepts(wide, narrow),
            (Type::Named(wide), Type::Named(narrow)) => self.accepts_named(*wide, *narrow),
            (Type::Named(wide), Type::String(_)) => {
                matches!(&self.types.get(*wide).shape, Shape::Enum(list) if is_text(list))
            }
            (Type::String(kind), Type::Named(narrow)) => {
                is_plain_text(*kind)
                    && matches!(&self.types.get(*narrow).shape, Shape::Enum(list) if is_text(list))
            }
            (Type::String(kind), Type::String(_)) => is_plain_text(*kind),
            (Type::Integer(wide), Type::Integer(narrow)) => {
                matches!(
                    (wide, narrow),
                    (IntegerKind::I64, IntegerKind::I32 | IntegerKind::U32)
                ) || matches!((wide, narrow), (IntegerKind::U64, IntegerKind::U32))
            }
            (Type::Number(_), Type::Integer(_)) => true,
            (Type::Array(wide), Type::Array(narrow)) | (Type::Map(wide), Type::Map(narrow)) => {
                self.accepts(wide, narrow)
            }
            (Type::Map(wide), Type::Named(narrow)) => {
                matches!(**wide, Type::Untyped(_))
                    && matches!(self.types.get(*narrow).shape, Shape::Struct(_))
            }
            _ => false,
        }
    }

    fn accepts_named(&mut self, wide: TypeId, narrow: TypeId) -> bool {
        if self.compared.contains(&(wide, narrow)) {
            return true;
        }
        if self.compared.len() >= MAX_COMPARED {
            return false;
        }
        self.compared.insert((wide, narrow));
        let types = self.types;
        match (&types.get(wide).shape, &types.get(narrow).shape) {
            (Shape::Enum(wide), Shape::Enum(narrow)) => is_text(wide) == is_text(narrow),
            (Shape::Struct(wide), Shape::Struct(narrow)) => self.accepts_object(wide, narrow),
            _ => false,
        }
    }

    fn accepts_object(&mut self, wide: &'t Struct, narrow: &'t Struct) -> bool {
        wide.additional == Additional::Kept
            && wide.fields.iter().all(|field| {
                let mut fields = narrow.fields.iter();
                match fields.find(|other| other.wire == field.wire) {
                    Some(other) => self.accepts_field(field, other),
                    None => !field.presence.is_required(),
                }
            })
    }

    fn accepts_field(&mut self, wide: &'t Field, narrow: &'t Field) -> bool {
        let (may_lack, may_be_null) = (
            !narrow.presence.is_required() && wide.presence.is_required(),
            narrow.presence.is_nullable() && !wide.presence.is_nullable(),
        );
        !may_lack && !may_be_null && self.accepts(&wide.ty, &narrow.ty)
    }
}

/// Whether an enum lists texts. It is open, and has any text as a value.
fn is_text(list: &Enum) -> bool {
    let mut values = list.values.iter();
    values.any(|value| matches!(value.value, Scalar::String(_)))
}

/// Whether any text is a string of this kind.
const fn is_plain_text(kind: StringKind) -> bool {
    !matches!(
        kind,
        StringKind::Date | StringKind::DateTime | StringKind::Base64
    )
}
