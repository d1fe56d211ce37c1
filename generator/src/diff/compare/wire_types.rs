//! Wire compatibility: whether one type decodes the values that another encodes.

use super::context::Context;
use crate::diff::surface::{FieldSurface, ItemShape, StructSurface, Surface};
use crate::plan::{ItemId, RustType};

/// The reader of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The generated crate, whose enums and unions keep unknown values.
    Crate,
    /// A server, which accepts the values that its description lists.
    Server,
    /// A server that reads text: a path, a query, a header, a cookie.
    ServerOfText,
}

/// Deepest nesting of types that is compared, because types may be recursive.
const MAX_DEPTH: usize = 16;

/// Whether the reader accepts every value of the written type. Each type comes with its surface.
pub(super) fn accepts(
    context: &Context<'_>,
    read: (&Surface, &RustType),
    written: (&Surface, &RustType),
    reader: Reader,
) -> bool {
    Comparison { context, reader }.accepts(read, written, 0)
}

struct Comparison<'c, 's> {
    context: &'c Context<'s>,
    reader: Reader,
}

impl Comparison<'_, '_> {
    fn accepts(
        &self,
        read: (&Surface, &RustType),
        written: (&Surface, &RustType),
        depth: usize,
    ) -> bool {
        use RustType as T;
        if depth > MAX_DEPTH {
            return true;
        }
        let (reads, writes) = (read.0, written.0);
        let inner =
            |read: &T, written: &T| self.accepts((reads, read), (writes, written), depth + 1);
        match (reads.resolve_alias(read.1), writes.resolve_alias(written.1)) {
            (T::Value, _) => true,
            (T::Boxed(read), written) => inner(read, written),
            (read, T::Boxed(written)) => inner(read, written),
            (T::Option(read) | T::Nullable(read), T::Option(written) | T::Nullable(written)) => {
                inner(read, written)
            }
            (T::Option(read) | T::Nullable(read), written) => inner(read, written),
            (_, T::Option(_) | T::Nullable(_)) => false,
            (T::Vec(read), T::Vec(written)) | (T::Map(read), T::Map(written)) => {
                inner(read, written)
            }
            (T::Tuple(reads), T::Tuple(writes)) => {
                let mut pairs = reads.iter().zip(writes);
                reads.len() == writes.len() && pairs.all(|(read, written)| inner(read, written))
            }
            (T::OpenTuple(reads, rest), T::OpenTuple(writes, more)) => {
                let mut pairs = reads.iter().zip(writes);
                reads.len() == writes.len()
                    && pairs.all(|(read, written)| inner(read, written))
                    && inner(rest, more)
            }
            (T::Item(id), written) => self.item_accepts(reads, *id, (writes, written), depth),
            (read, T::Item(id)) => self.accepts_item((reads, read), writes, *id, depth),
            (T::String, T::Bool | T::I32 | T::I64 | T::U32 | T::U64 | T::F64 | T::ExactNumber) => {
                self.reader == Reader::ServerOfText
            }
            (read, written) => read == written || scalar_accepts(read, written),
        }
    }

    /// Whether an item reads a type.
    fn item_accepts(
        &self,
        surface: &Surface,
        id: ItemId,
        written: (&Surface, &RustType),
        depth: usize,
    ) -> bool {
        if let RustType::Item(other) = written.1
            && self.is_same(surface, id, *other)
        {
            // Changes inside of it are changes of their own.
            return true;
        }
        let Some(item) = surface.item(id) else {
            return false;
        };
        match &item.shape {
            ItemShape::Wrapper(ty) | ItemShape::TypeAlias(ty) => {
                self.accepts((surface, ty), written, depth + 1)
            }
            ItemShape::Union(union) => {
                self.reader == Reader::Crate
                    || union
                        .variants
                        .iter()
                        .any(|variant| self.accepts((surface, &variant.ty), written, depth + 1))
            }
            ItemShape::Enum(list) if self.reader == Reader::Crate => match written.1 {
                RustType::Item(id) => self.is_enum_of(written.0, *id, list.is_integer),
                ty => is_value_type(ty, list.is_integer),
            },
            ItemShape::Enum(list) => match written.1 {
                RustType::Item(id) => written.0.item(*id).is_some_and(|item| match &item.shape {
                    ItemShape::Enum(values) => values
                        .values
                        .iter()
                        .all(|value| list.values.iter().any(|known| known.value == value.value)),
                    _ => false,
                }),
                _ => false,
            },
            ItemShape::Struct(object) => {
                let RustType::Item(id) = written.1 else {
                    return false;
                };
                let other = written.0.item(*id).map(|item| &item.shape);
                matches!(other, Some(ItemShape::Struct(other))
                    if self.struct_accepts((surface, object), (written.0, other), depth))
            }
            ItemShape::Params(_) | ItemShape::Outcome(_) => false,
        }
    }

    /// Whether a struct reads all objects of another: it finds each required field, and a server
    /// knows each property that is sent.
    fn struct_accepts(
        &self,
        (surface, read): (&Surface, &StructSurface),
        (other, written): (&Surface, &StructSurface),
        depth: usize,
    ) -> bool {
        let find = |fields: &[FieldSurface], wire: &str| {
            let mut fields = fields.iter();
            fields.find(|field| field.wire == wire).cloned()
        };
        let finds_all = read
            .fields
            .iter()
            .all(|field| match find(&written.fields, &field.wire) {
                None => !field.is_required(),
                Some(sent) => {
                    let is_sent = sent.is_required() || !field.is_required();
                    let is_null_read = field.is_nullable() || !sent.is_nullable();
                    is_sent
                        && is_null_read
                        && self.accepts((surface, &field.ty), (other, &sent.ty), depth + 1)
                }
            });
        let mut sent = written.fields.iter();
        let knows_all = sent.all(|field| find(&read.fields, &field.wire).is_some());
        finds_all && (knows_all || self.reader == Reader::Crate)
    }

    /// Whether a type that is not an item reads an item.
    fn accepts_item(
        &self,
        read: (&Surface, &RustType),
        surface: &Surface,
        id: ItemId,
        depth: usize,
    ) -> bool {
        let Some(item) = surface.item(id) else {
            return false;
        };
        match &item.shape {
            ItemShape::Enum(list) if list.is_integer => {
                self.accepts(read, (surface, &RustType::I64), depth + 1)
            }
            ItemShape::Enum(_) => self.accepts(read, (surface, &RustType::String), depth + 1),
            ItemShape::Wrapper(ty) | ItemShape::TypeAlias(ty) => {
                self.accepts(read, (surface, ty), depth + 1)
            }
            ItemShape::Union(union) => union
                .variants
                .iter()
                .all(|variant| self.accepts(read, (surface, &variant.ty), depth + 1)),
            ItemShape::Struct(_) => match read.1 {
                RustType::Map(inner) => **inner == RustType::Value,
                _ => false,
            },
            ItemShape::Params(_) | ItemShape::Outcome(_) => false,
        }
    }

    fn is_enum_of(&self, surface: &Surface, id: ItemId, is_integer: bool) -> bool {
        let shape = surface.item(id).map(|item| &item.shape);
        matches!(shape, Some(ItemShape::Enum(list)) if list.is_integer == is_integer)
    }

    /// Whether two items of different crates are the same.
    fn is_same(&self, surface: &Surface, id: ItemId, other: ItemId) -> bool {
        if std::ptr::eq(surface, self.context.base) {
            self.context.is_same_item(id, other)
        } else {
            self.context.is_same_item(other, id)
        }
    }
}

/// Whether values of a type are those of an enum that keeps unknown values.
const fn is_value_type(ty: &RustType, is_integer: bool) -> bool {
    match ty {
        RustType::String
        | RustType::Secret
        | RustType::DateTime
        | RustType::Date
        | RustType::Base64 => !is_integer,
        RustType::I32 | RustType::I64 | RustType::U32 => is_integer,
        _ => false,
    }
}

/// Whether one scalar reads all values of another.
const fn scalar_accepts(read: &RustType, written: &RustType) -> bool {
    use RustType as T;
    matches!(
        (read, written),
        (
            T::String | T::Secret,
            T::DateTime | T::Date | T::Base64 | T::Secret | T::String
        ) | (T::I64, T::I32 | T::U32)
            | (T::U64, T::U32)
            | (T::F64 | T::ExactNumber, T::I32 | T::U32)
            | (T::F64, T::I64 | T::U64)
            | (T::ExactNumber, T::I64 | T::U64 | T::F64)
    )
}
