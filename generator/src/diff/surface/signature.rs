//! Signatures: items as rustdoc would show them, on one line.

use super::{FieldSurface, ItemShape, ItemSurface, MethodSurface, ReturnForm, Surface};
use crate::ir::ParamStyle;
use crate::plan::{FieldWrapper, ItemId, RustType};

/// A type as code spells it.
pub(super) fn type_text(surface: &Surface, ty: &RustType) -> String {
    let text = |ty: &RustType| type_text(surface, ty);
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::ExactNumber => "ExactNumber".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::DateTime => "DateTime".to_owned(),
        RustType::Date => "Date".to_owned(),
        RustType::Secret => "Secret".to_owned(),
        RustType::Base64 => "Base64Bytes".to_owned(),
        RustType::Bytes => "Bytes".to_owned(),
        RustType::Upload => "Upload".to_owned(),
        RustType::Value => "Value".to_owned(),
        RustType::Vec(inner) => format!("Vec<{}>", text(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", text(inner)),
        RustType::Option(inner) => format!("Option<{}>", text(inner)),
        RustType::Nullable(inner) => format!("Nullable<{}>", text(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", text(inner)),
        RustType::Tuple(types) => tuple_text(surface, types),
        RustType::OpenTuple(types, rest) => match **rest {
            RustType::Value => format!("OpenTuple<{}>", tuple_text(surface, types)),
            _ => format!("OpenTuple<{}, {}>", tuple_text(surface, types), text(rest)),
        },
        RustType::Item(id) => surface.name(*id).to_owned(),
    }
}

fn tuple_text(surface: &Surface, types: &[RustType]) -> String {
    let types: Vec<String> = types.iter().map(|ty| type_text(surface, ty)).collect();
    match types.as_slice() {
        [only] => format!("({only},)"),
        types => format!("({})", types.join(", ")),
    }
}

impl Surface {
    /// The method as users write it: `Client::chats().list`.
    #[must_use]
    pub fn method_path(&self, method: &MethodSurface) -> String {
        match self.resources.get(method.resource) {
            Some(resource) if resource.path.is_empty() => format!("Client::{}", method.name),
            Some(resource) => format!("{}.{}", resource.item_path(), method.name),
            None => method.name.clone(),
        }
    }

    /// The signatures of a method: without its optional parameters, and with its parameters.
    #[must_use]
    pub fn method_signatures(&self, method: &MethodSurface) -> Vec<String> {
        match &method.params_method {
            None => vec![self.method_signature(method, &method.name, method.params)],
            Some(params_method) => vec![
                self.method_signature(method, &method.name, None),
                self.method_signature(method, params_method, method.params),
            ],
        }
    }

    fn method_signature(
        &self,
        method: &MethodSurface,
        name: &str,
        params: Option<ItemId>,
    ) -> String {
        let args = method.args.iter();
        let args =
            args.map(|arg| format!("{}: {}", arg.name, self.path_argument(&arg.ty, arg.style)));
        let params = params.map(|id| format!("params: {}", self.name(id)));
        let args: Vec<String> = args.chain(params).collect();
        format!(
            "fn {name}(&self{}{}) -> Request<{}>",
            if args.is_empty() { "" } else { ", " },
            args.join(", "),
            self.return_text(method)
        )
    }

    /// Returns the return type of a method as Rust code.
    #[must_use]
    pub fn return_text(&self, method: &MethodSurface) -> String {
        let value = self.type_text(&method.returns);
        match method.form {
            ReturnForm::Value => value,
            ReturnForm::Page => format!("Page<{value}>"),
            ReturnForm::Stream => format!("EventStream<{value}>"),
        }
    }

    /// The type of an argument for an id in the path.
    pub(in crate::diff) fn path_argument(&self, ty: &RustType, style: ParamStyle) -> String {
        let is_plain = matches!(style, ParamStyle::Simple { .. });
        let text = self.type_text(ty);
        match ty {
            RustType::String if is_plain => "impl AsRef<str>".to_owned(),
            RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
                if is_plain =>
            {
                text
            }
            RustType::Item(id) if is_plain && self.is_enum(*id) => format!("impl Into<{text}>"),
            _ => format!("&{text}"),
        }
    }

    fn is_enum(&self, id: ItemId) -> bool {
        let item = self.item(id);
        item.is_some_and(|item| matches!(item.shape, ItemShape::Enum(_)))
    }

    /// The type of an argument of `new` or of a setter.
    #[must_use]
    pub fn argument_text(&self, ty: &RustType) -> String {
        let text = self.type_text(ty);
        match ty {
            _ if self.is_converted(ty) => format!("impl Into<{text}>"),
            RustType::Boxed(inner) => self.argument_text(inner),
            RustType::Vec(inner) if self.is_converted(inner) => {
                format!(
                    "impl IntoIterator<Item = impl Into<{}>>",
                    self.type_text(inner)
                )
            }
            RustType::Vec(inner) => format!("impl IntoIterator<Item = {}>", self.type_text(inner)),
            RustType::Map(inner) => {
                let inner = self.type_text(inner);
                format!("impl IntoIterator<Item = (impl Into<String>, {inner})>")
            }
            _ => text,
        }
    }

    /// Whether an argument of this type is `impl Into<T>`.
    fn is_converted(&self, ty: &RustType) -> bool {
        match ty {
            RustType::String
            | RustType::Secret
            | RustType::ExactNumber
            | RustType::Base64
            | RustType::DateTime
            | RustType::Bytes
            | RustType::Upload
            | RustType::OpenTuple(..)
            | RustType::Value => true,
            RustType::Item(id) => self
                .item(*id)
                .is_some_and(|item| matches!(item.shape, ItemShape::Enum(_) | ItemShape::Union(_))),
            _ => false,
        }
    }

    /// The declaration of a field.
    #[must_use]
    pub fn field_signature(&self, field: &FieldSurface) -> String {
        format!("pub {}: {}", field.name, self.type_text(&field.full_type()))
    }

    /// The signature of `new`.
    #[must_use]
    pub fn constructor_signature(&self, item: &ItemSurface) -> Option<String> {
        let object = item.shape.as_struct()?;
        let constructor = object.constructor.as_ref()?;
        let fields = constructor.arguments.iter();
        let fields = fields.filter_map(|index| object.fields.get(*index));
        let args = fields.map(|field| {
            let ty = match field.wrapper {
                FieldWrapper::Null => field.full_type(),
                _ => field.ty.clone(),
            };
            format!("{}: {}", field.name, self.argument_text(&ty))
        });
        let args: Vec<String> = args.collect();
        Some(format!("fn new({}) -> {}", args.join(", "), item.name))
    }

    /// The head of a type's declaration.
    #[must_use]
    pub fn item_signature(&self, item: &ItemSurface) -> String {
        let name = &item.name;
        if let Some(id) = item.alias_of {
            return format!("pub type {name} = {}", self.name(id));
        }
        match &item.shape {
            ItemShape::Struct(_) | ItemShape::Params(_) => format!("pub struct {name}"),
            ItemShape::Enum(_) | ItemShape::Union(_) | ItemShape::Outcome(_) => {
                format!("pub enum {name}")
            }
            ItemShape::Wrapper(ty) => format!("pub struct {name}(pub {})", self.type_text(ty)),
            ItemShape::TypeAlias(ty) => format!("pub type {name} = {}", self.type_text(ty)),
        }
    }
}
