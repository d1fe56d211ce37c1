//! Acceptance: whether a type accepts all values of another.

use std::collections::{HashMap, HashSet};

use crate::ir::{
    AdditionalProperties, Enum, Field, IntegerKind, Scalar, Shape, StringKind, Struct, Type,
    TypeId, Types,
};

/// Maximum number of type pairs that one comparison visits. Larger types count as not accepted.
const MAX_COMPARED_PAIRS: usize = 1_000;

/// Decides whether a type accepts all values of another one. `true` only if this is certain.
///
/// A type accepts another if each of its fields accepts the other's field. All pairs that a
/// comparison meets are assumed to be true until one is false, which ends it. So types can contain
/// themselves.
pub(super) struct Acceptance<'t> {
    types: &'t Types,
    /// The known results.
    known: HashMap<(TypeId, TypeId), bool>,
    /// The pairs that the current comparison assumes.
    assumed: HashSet<(TypeId, TypeId)>,
    /// The fields of the objects that were compared, by their names.
    fields: HashMap<TypeId, HashMap<&'t str, &'t Field>>,
}

impl<'t> Acceptance<'t> {
    pub(super) fn new(types: &'t Types) -> Self {
        Self {
            types,
            known: HashMap::new(),
            assumed: HashSet::new(),
            fields: HashMap::new(),
        }
    }

    /// Whether each value of the second type is a value of the first.
    pub(super) fn accepts(&mut self, wide: &'t Type, narrow: &'t Type) -> bool {
        let accepts = self.has_values_of(wide, narrow);
        let assumed = self.assumed.drain();
        if accepts {
            self.known.extend(assumed.map(|pair| (pair, true)));
        }
        accepts
    }

    fn has_values_of(&mut self, wide: &'t Type, narrow: &'t Type) -> bool {
        match (wide, narrow) {
            _ if wide == narrow => true,
            (Type::Untyped(_), _) => true,
            (Type::Nullable(wide), Type::Nullable(narrow)) => self.has_values_of(wide, narrow),
            (Type::Nullable(wide), narrow) => self.has_values_of(wide, narrow),
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
                self.has_values_of(wide, narrow)
            }
            (Type::Map(wide), Type::Named(narrow)) => {
                matches!(**wide, Type::Untyped(_))
                    && matches!(self.types.get(*narrow).shape, Shape::Struct(_))
            }
            _ => false,
        }
    }

    fn accepts_named(&mut self, wide: TypeId, narrow: TypeId) -> bool {
        let pair = (wide, narrow);
        if let Some(known) = self.known.get(&pair) {
            return *known;
        }
        if self.assumed.contains(&pair) {
            return true;
        }
        if self.assumed.len() >= MAX_COMPARED_PAIRS {
            return false;
        }
        self.assumed.insert(pair);
        let types = self.types;
        let accepts = match (&types.get(wide).shape, &types.get(narrow).shape) {
            (Shape::Enum(wide), Shape::Enum(narrow)) => is_text(wide) == is_text(narrow),
            (Shape::Struct(object), Shape::Struct(other)) => {
                object.additional == AdditionalProperties::Kept
                    && self.accepts_object(object, narrow, other)
            }
            _ => false,
        };
        if !accepts {
            self.known.insert(pair, false);
        }
        accepts
    }

    fn accepts_object(&mut self, wide: &'t Struct, id: TypeId, narrow: &'t Struct) -> bool {
        wide.fields.iter().all(|field| {
            let fields = self.fields.entry(id).or_insert_with(|| {
                let fields = narrow.fields.iter();
                fields.map(|field| (field.wire.as_str(), field)).collect()
            });
            match fields.get(field.wire.as_str()).copied() {
                Some(other) => self.accepts_field(field, other),
                None => !field.presence_in_responses().is_required(),
            }
        })
    }

    fn accepts_field(&mut self, wide: &'t Field, narrow: &'t Field) -> bool {
        let (wide_presence, narrow_presence) =
            (wide.presence_in_responses(), narrow.presence_in_responses());
        let (may_lack, may_be_null) = (
            !narrow_presence.is_required() && wide_presence.is_required(),
            narrow_presence.is_nullable() && !wide_presence.is_nullable(),
        );
        !may_lack && !may_be_null && self.has_values_of(&wide.ty, &narrow.ty)
    }
}

/// Whether an enum lists texts. It is open, and has any text as a value.
fn is_text(list: &Enum) -> bool {
    let mut values = list.values.iter();
    values.any(|value| matches!(value.value, Scalar::String(_)))
}

/// Whether a string of this kind accepts any text.
const fn is_plain_text(kind: StringKind) -> bool {
    !matches!(
        kind,
        StringKind::Date | StringKind::DateTime | StringKind::Base64
    )
}
