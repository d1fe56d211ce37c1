//! Params: the one value that a method takes beside the ids in its path.

use super::build::Builder;
use super::direction::is_file;
use super::fields;
use super::item::{
    BodyEncoding, BodyFormat, BodyPlan, ExtraPlan, FieldLocation, FieldPlan, FieldWrapper,
    HeaderStyle, ItemKind, ParamsPlan, PartEncodingPlan, QueryEscaping, QueryWire, RustType,
};
use super::names::{Case, Scope};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{
    Body, BodyContent, Content, Operation, ParamLocation, Parameter, Presence, Shape, StringKind,
    Struct, Type, WireName,
};

/// The parameters of an operation, or `None` where its path says it all.
pub(super) fn plan_params<'a>(
    builder: &Builder<'a>,
    operation: &'a Operation,
) -> Option<ParamsPlan<'a>> {
    let mut draft = ParamsDraft {
        fields: Vec::new(),
        places: Vec::new(),
        part_headers: Vec::new(),
        scope: Scope::reserving(fields::RESERVED_FIELDS),
    };
    let body = draft.add_body(builder, operation);
    for param in operation
        .params
        .iter()
        .filter(|p| p.location != ParamLocation::Path)
        .filter(|p| p.part.is_none() || matches!(body, BodyPlan::Properties(_)))
    {
        draft.add_parameter(builder, param);
    }
    if draft.fields.is_empty() {
        return None;
    }
    fields::name_null_setters(&mut draft.fields, &mut draft.scope);
    let constructor = fields::plan_constructor(&draft.fields);
    let body = match body {
        BodyPlan::Properties(wire)
            if wire.format != BodyFormat::Multipart
                && draft.places.iter().all(|p| *p == FieldLocation::Member) =>
        {
            BodyPlan::Whole(wire)
        }
        body => body,
    };
    let extra = matches!(body, BodyPlan::Whole(_)).then(ExtraPlan::kept);
    Some(ParamsPlan {
        operation,
        extra,
        fields: draft.fields,
        places: draft.places,
        part_headers: draft.part_headers,
        constructor,
        body,
    })
}

/// Warns of headers of parts where the body is one value, which has no fields for them.
pub(super) fn warn_of_headers(builder: &Builder<'_>, diagnostics: &mut Diagnostics) {
    let operations = builder.api.operations.iter();
    let operations = operations.filter(|operation| operation.takes_params_of().is_none());
    let whole = operations.filter(|operation| builder.spread(operation).is_none());
    let params = whole.flat_map(|operation| &operation.params);
    for header in params.filter(|param| param.part.is_some()) {
        let message = "the body is one value here, and its parts are sent without this header";
        let at = header.pointer.clone();
        diagnostics.push(Diagnostic::warning("part-headers", at, message));
    }
}

/// Warns of files in a body that is one value, where they are texts.
pub(super) fn warn_of_files(builder: &Builder<'_>, diagnostics: &mut Diagnostics) {
    let operations = builder.api.operations.iter();
    for operation in operations.filter(|operation| operation.takes_params_of().is_none()) {
        let Some(body) = &operation.body else {
            continue;
        };
        let sent = body.content.first().map(|content| &content.content);
        if let Some(Content::Multipart(Type::Named(id))) = sent
            && let Shape::Struct(object) = &builder.api.types.get(*id).shape
            && object.fields.iter().any(|field| is_file(&field.ty))
            && builder.spread(operation).is_none()
        {
            let message = "the body is one value here, and its files are sent as texts";
            let at = body.pointer.clone();
            diagnostics.push(Diagnostic::warning("files-in-one", at, message));
        }
    }
}

struct ParamsDraft<'a> {
    fields: Vec<FieldPlan<'a>>,
    places: Vec<FieldLocation>,
    part_headers: Vec<(usize, &'a WireName)>,
    scope: Scope,
}

impl<'a> ParamsDraft<'a> {
    fn add_body(&mut self, builder: &Builder<'a>, operation: &'a Operation) -> BodyPlan {
        let Some((body, content)) = operation
            .body
            .as_ref()
            .and_then(|b| Some((b, b.content.first()?)))
        else {
            return BodyPlan::None;
        };
        let wire = plan_body_encoding(content);
        if let Some(object) = builder.spread(operation) {
            self.add_body_properties(builder, object, wire.format);
            return BodyPlan::Properties(wire);
        }
        self.add_whole_body(builder, body, content);
        BodyPlan::Field(wire)
    }

    fn add_body_properties(
        &mut self,
        builder: &Builder<'a>,
        object: &'a Struct,
        format: BodyFormat,
    ) {
        for field in &object.fields {
            let ty = match format {
                BodyFormat::Multipart => part_type(builder, &field.ty),
                _ => builder.resolver.resolve(&field.ty),
            };
            self.fields
                .push(fields::plan_field(field, ty, false, &mut self.scope));
            self.places.push(FieldLocation::Member);
        }
    }

    fn add_whole_body(&mut self, builder: &Builder<'a>, body: &'a Body, content: &'a BodyContent) {
        let (ty, nullable) = match &content.content {
            Content::Json(ty) | Content::Form(ty) => unwrap_null(ty, builder),
            Content::Multipart(ty @ Type::Map(_)) => (part_type(builder, ty), false),
            Content::Multipart(ty) => unwrap_null(ty, builder),
            Content::Text => (RustType::String, false),
            Content::Binary => (RustType::Upload, false),
        };
        let wrapper = fields::wrapper(Presence::new(body.required, nullable), &ty);
        let name = body
            .argument
            .clone()
            .unwrap_or_else(|| crate::ir::Words::split("body"));
        let ident = self.scope.claim(&name, Case::Snake);
        self.fields.push(FieldPlan {
            local: ident.avoiding(fields::RESERVED_LOCALS),
            ident,
            null_setter: None,
            wire: builder.body_wire,
            initial: fields::choose_initial(wrapper, None, &ty),
            ty,
            wrapper,
            docs: &body.docs,
            default: None,
            example: content.examples.first().map(|example| &example.value),
        });
        self.places.push(FieldLocation::Body);
    }

    fn add_parameter(&mut self, builder: &Builder<'a>, param: &'a Parameter) {
        let (ty, _) = unwrap_null(&param.ty, builder);
        let wrapper = if param.required {
            FieldWrapper::Plain
        } else {
            FieldWrapper::Optional
        };
        let ident = self.scope.claim(&param.name, Case::Snake);
        if let Some(part) = &param.part {
            self.part_headers.push((self.fields.len(), part));
        }
        let wire = HeaderStyle::new(param.style, has_parts(builder, param.location, &ty));
        self.fields.push(FieldPlan {
            local: ident.avoiding(fields::RESERVED_LOCALS),
            ident,
            null_setter: None,
            wire: &param.wire,
            initial: fields::choose_initial(wrapper, param.constant.as_ref(), &ty),
            ty,
            wrapper,
            docs: &param.docs,
            default: param.default.as_ref(),
            example: param.example.as_ref(),
        });
        self.places.push(match param.location {
            ParamLocation::Query | ParamLocation::Path => FieldLocation::Query(
                QueryWire::new(
                    param.style,
                    builder.api.package.query_array_format,
                    builder.api.package.query_object_format,
                ),
                QueryEscaping::new(param.allow_reserved),
            ),
            ParamLocation::Header if param.part.is_some() => FieldLocation::PartHeader(wire),
            ParamLocation::Header => FieldLocation::Header(wire),
            ParamLocation::Cookie => FieldLocation::Cookie(wire),
        });
    }
}

/// Whether a value has parts that are written apart from each other: a header
/// is a list anyway.
fn has_parts(builder: &Builder<'_>, location: ParamLocation, ty: &RustType) -> bool {
    match ty {
        RustType::Vec(_) | RustType::Tuple(_) | RustType::OpenTuple(..) => {
            location != ParamLocation::Header
        }
        RustType::Map(_) | RustType::Value => true,
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
            has_parts(builder, location, inner)
        }
        RustType::Item(id) => match builder.item(*id).map(|item| &item.kind) {
            Some(ItemKind::Alias(alias)) => has_parts(builder, location, &alias.ty),
            Some(kind) => !matches!(kind, ItemKind::Enum(_)),
            None => true,
        },
        _ => false,
    }
}

/// The type of a value whose `null` is a matter of its wrapper.
fn unwrap_null(ty: &Type, builder: &Builder<'_>) -> (RustType, bool) {
    match ty {
        Type::Nullable(inner) => (builder.resolver.resolve(inner), true),
        ty => (builder.resolver.resolve(ty), false),
    }
}

/// The type of a part: bytes are a file.
fn part_type(builder: &Builder<'_>, ty: &Type) -> RustType {
    match ty {
        Type::String(StringKind::Binary) => RustType::Upload,
        Type::Array(inner) => RustType::Vec(Box::new(part_type(builder, inner))),
        Type::Map(inner) => RustType::Map(Box::new(part_type(builder, inner))),
        ty => builder.resolver.resolve(ty),
    }
}

fn plan_body_encoding(content: &BodyContent) -> BodyEncoding {
    let (format, usual) = match &content.content {
        Content::Json(_) => (BodyFormat::Json, "application/json"),
        Content::Form(_) => (BodyFormat::Form, "application/x-www-form-urlencoded"),
        Content::Multipart(_) => (BodyFormat::Multipart, "multipart/form-data"),
        Content::Text => (BodyFormat::Text, "text/plain"),
        Content::Binary => (BodyFormat::Bytes, "application/octet-stream"),
    };
    let essence = content.media_type.essence();
    // `*/*` asks the sender to choose, and our choice is the usual one.
    // What is said to be a form in parts and in pairs at once is one in parts, and JSON is no form.
    let is_wrong = match format {
        BodyFormat::Multipart => essence == "multipart/x-www-form-urlencoded",
        BodyFormat::Json => essence.starts_with("multipart/") || essence.contains("form-urlenc"),
        _ => false,
    };
    let unusual = !is_wrong && essence != usual && !essence.contains('*') && !essence.is_empty();
    BodyEncoding {
        format,
        content_type: unusual.then(|| content.media_type.as_str().to_owned()),
        parts: content
            .parts
            .iter()
            .map(|(name, encoding)| (name.clone(), PartEncodingPlan::new(encoding)))
            .collect(),
        reserved: content.reserved.clone(),
    }
}

impl<'a> Builder<'a> {
    /// The struct that is spread over the parameters of this operation.
    pub(super) fn spread(&self, operation: &Operation) -> Option<&'a Struct> {
        match &self
            .api
            .types
            .get(self.directions.spread_struct(self.api, operation)?)
            .shape
        {
            Shape::Struct(object) => Some(object),
            _ => None,
        }
    }
}
