//! Params: the value that a method takes after the ids in its path.

use std::sync::LazyLock;

use super::context::PlanContext;
use super::direction::is_file;
use super::distinct_names::{SpelledName, claim_names};
use super::fields;
use super::item::{
    BodyEncoding, BodyPlan, ExtraPlan, FieldLocation, FieldPlan, FieldWrapper, HeaderStyle,
    ItemKind, ParamsPlan, QueryEscaping, QueryStyle, RustType,
};
use super::item_table::ItemTable;
use super::names::{Case, RustIdent, Scope};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Body, BodyContent, Content, Operation, Package, ParamLocation, Parameter, Presence, Shape,
    StringKind, Struct, Type, WireName, Words,
};

/// Plans the parameters of an operation; `None` if it has only path parameters.
pub(super) fn plan_params<'a>(
    context: &PlanContext<'a>,
    items: &ItemTable<'a>,
    operation: &'a Operation,
) -> Option<ParamsPlan<'a>> {
    let spread = context.spread_struct(operation);
    let params = (operation.params.iter())
        .filter(|param| param.location != ParamLocation::Path)
        .filter(|param| param.part.is_none() || spread.is_some());
    let mut scope = Scope::reserving(fields::RESERVED_FIELDS);
    let idents = name_fields(operation, spread, params.clone(), &mut scope);
    let mut draft = ParamsDraft {
        fields: Vec::new(),
        scope,
        idents: idents.into_iter(),
    };
    let body = draft.add_body(context, operation);
    for param in params {
        draft.add_parameter(context, items, param);
    }
    if draft.fields.is_empty() {
        return None;
    }
    draft
        .fields
        .sort_by_key(|field| operation.argument_position(field.wire));
    fields::name_null_setters(&mut draft.fields, &mut draft.scope);
    let constructor = fields::plan_constructor(&draft.fields);
    let body = match body {
        BodyPlan::Properties(wire)
            if !wire.is_multipart()
                && draft
                    .fields
                    .iter()
                    .all(|field| field.location == FieldLocation::Property) =>
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
        constructor,
        body,
    })
}

/// Names the fields of the body, or the body, and then the parameters.
fn name_fields<'a>(
    operation: &'a Operation,
    spread: Option<&'a Struct>,
    params: impl Iterator<Item = &'a Parameter>,
    scope: &mut Scope,
) -> Vec<RustIdent> {
    let usual = Words::split("body");
    let content = operation
        .body
        .as_ref()
        .filter(|body| !body.content.is_empty());
    let whole = content.filter(|_| spread.is_none());
    let whole = whole.map(|body| body.argument.as_ref().unwrap_or(&usual));
    let properties = spread
        .filter(|_| content.is_some())
        .map(|object| &object.fields);
    let properties = properties.into_iter().flatten();
    let properties = properties.map(|field| SpelledName::new(&field.name, field.wire.as_str()));
    let params = params.map(|param| {
        let location = match param.location {
            ParamLocation::Path => "path",
            ParamLocation::Query => "query",
            ParamLocation::Header => "header",
            ParamLocation::Cookie => "cookie",
        };
        SpelledName::of_parameter(&param.name, param.wire.as_str(), location)
    });
    let whole = whole.map(|words| SpelledName::new(words, "body"));
    let names: Vec<_> = (whole.into_iter())
        .chain(properties)
        .chain(params)
        .collect();
    claim_names(scope, &names, Case::Snake)
}

/// Warns about headers of parts if the body is one value, which has no fields for them.
pub(super) fn warn_of_headers(context: &PlanContext<'_>, diagnostics: &mut Diagnostics) {
    let operations = context.api.operations.iter();
    let operations = operations.filter(|operation| operation.takes_params_of().is_none());
    let whole = operations.filter(|operation| context.spread_struct(operation).is_none());
    let params = whole.flat_map(|operation| &operation.params);
    for header in params.filter(|param| param.part.is_some()) {
        let message = "the body is one value here, and its parts are sent without this header";
        let at = header.pointer.clone();
        diagnostics.push(Diagnostic::new(Code::IgnoredPartHeaders, at, message));
    }
}

/// Warns about files in a body that is one value, because they become strings.
pub(super) fn warn_of_files(context: &PlanContext<'_>, diagnostics: &mut Diagnostics) {
    let operations = context.api.operations.iter();
    for operation in operations.filter(|operation| operation.takes_params_of().is_none()) {
        let Some(body) = &operation.body else {
            continue;
        };
        let sent = body.content.first().map(|content| &content.content);
        if let Some(Content::Multipart(Type::Named(id))) = sent
            && let Shape::Struct(object) = &context.api.types.get(*id).shape
            && object.fields.iter().any(|field| is_file(&field.ty))
            && context.spread_struct(operation).is_none()
        {
            let message = "the body is one value here, and its files are sent as texts";
            let at = body.pointer.clone();
            diagnostics.push(Diagnostic::new(Code::FilesSentAsText, at, message));
        }
    }
}

/// The empty wire name of a field that is the whole body.
static NO_NAME: LazyLock<WireName> = LazyLock::new(WireName::default);

struct ParamsDraft<'a> {
    fields: Vec<FieldPlan<'a>>,
    scope: Scope,
    /// The names of the fields that are not added yet.
    idents: std::vec::IntoIter<RustIdent>,
}

impl<'a> ParamsDraft<'a> {
    fn next_ident(&mut self) -> RustIdent {
        self.idents
            .next()
            .expect("each field of the params was named before")
    }

    fn add_body(&mut self, context: &PlanContext<'a>, operation: &'a Operation) -> BodyPlan<'a> {
        let Some((body, content)) = operation
            .body
            .as_ref()
            .and_then(|b| Some((b, b.content.first()?)))
        else {
            return BodyPlan::None;
        };
        let wire = plan_body_encoding(content, &context.api.package);
        if let Some(object) = context.spread_struct(operation) {
            self.add_body_properties(context, object, wire);
            return BodyPlan::Properties(wire);
        }
        self.add_whole_body(context, body, content);
        BodyPlan::Field(wire)
    }

    fn add_body_properties(
        &mut self,
        context: &PlanContext<'a>,
        object: &'a Struct,
        encoding: BodyEncoding<'_>,
    ) {
        for field in &object.fields {
            let ty = if encoding.is_multipart() {
                choose_part_type(context, &field.ty)
            } else {
                context.resolver.resolve(&field.ty)
            };
            let ident = self.next_ident();
            let presence = field.presence_in_requests();
            (self.fields).push(fields::plan_field(field, presence, ty, ident));
        }
    }

    fn add_whole_body(
        &mut self,
        context: &PlanContext<'a>,
        body: &'a Body,
        content: &'a BodyContent,
    ) {
        let (ty, nullable) = match &content.content {
            Content::Json(ty) | Content::Form(ty) => unwrap_null(ty, context),
            Content::Multipart(ty @ Type::Map(_)) => (choose_part_type(context, ty), false),
            Content::Multipart(ty) => unwrap_null(ty, context),
            Content::Text => (RustType::String, false),
            Content::Binary => (RustType::Upload, false),
        };
        let wrapper = fields::wrapper(Presence::new(body.required, nullable), &ty);
        let ident = self.next_ident();
        self.fields.push(FieldPlan {
            local: ident.avoiding(fields::RESERVED_LOCALS),
            ident,
            null_setter: None,
            wire: &NO_NAME,
            location: FieldLocation::Body,
            initial: fields::choose_initial(wrapper, None, &ty),
            ty,
            wrapper,
            docs: &body.docs,
            default: None,
            example: content.examples.first().map(|example| &example.value),
            sample: content.sample.as_ref(),
        });
    }

    fn add_parameter(
        &mut self,
        context: &PlanContext<'a>,
        items: &ItemTable<'a>,
        param: &'a Parameter,
    ) {
        let (ty, _) = unwrap_null(&param.ty, context);
        let wrapper = if param.required {
            FieldWrapper::Plain
        } else {
            FieldWrapper::Optional
        };
        let ident = self.next_ident();
        let style = HeaderStyle::new(param.style, has_parts(items, param.location, &ty));
        let location = match (param.location, &param.part) {
            (ParamLocation::Query | ParamLocation::Path, _) => FieldLocation::Query(
                QueryStyle::new(
                    param.style,
                    context.api.package.query_array_format,
                    context.api.package.query_object_format,
                ),
                QueryEscaping::new(param.allow_reserved),
            ),
            (ParamLocation::Header, Some(part)) => FieldLocation::PartHeader { part, style },
            (ParamLocation::Header, None) => FieldLocation::Header(style),
            (ParamLocation::Cookie, _) => FieldLocation::Cookie(style),
        };
        self.fields.push(FieldPlan {
            local: ident.avoiding(fields::RESERVED_LOCALS),
            ident,
            null_setter: None,
            wire: &param.wire,
            location,
            initial: fields::choose_initial(wrapper, param.constant.as_ref(), &ty),
            ty,
            wrapper,
            docs: &param.docs,
            default: param.default.as_ref(),
            example: param.example.as_ref(),
            sample: param.sample.as_ref(),
        });
    }
}

/// Whether the elements of a value are sent separately. Headers are always lists.
fn has_parts(items: &ItemTable<'_>, location: ParamLocation, ty: &RustType) -> bool {
    match ty {
        RustType::Vec(_) | RustType::Tuple(_) | RustType::OpenTuple(..) => {
            location != ParamLocation::Header
        }
        RustType::Map(_) | RustType::Value => true,
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
            has_parts(items, location, inner)
        }
        RustType::Item(id) => match items.get(*id).map(|item| &item.kind) {
            Some(ItemKind::Alias(alias)) => has_parts(items, location, &alias.ty),
            Some(ItemKind::TypeAlias(ty)) => has_parts(items, location, ty),
            Some(kind) => !matches!(kind, ItemKind::Enum(_)),
            None => true,
        },
        _ => false,
    }
}

/// Resolves a type without `null`, and returns whether it was nullable. The wrapper represents `null`.
fn unwrap_null(ty: &Type, context: &PlanContext<'_>) -> (RustType, bool) {
    match ty {
        Type::Nullable(inner) => (context.resolver.resolve(inner), true),
        ty => (context.resolver.resolve(ty), false),
    }
}

/// Returns the type of a part. Bytes are an `Upload`.
fn choose_part_type(context: &PlanContext<'_>, ty: &Type) -> RustType {
    match ty {
        Type::String(StringKind::Binary) => RustType::Upload,
        Type::Array(inner) => RustType::Vec(Box::new(choose_part_type(context, inner))),
        Type::Map(inner) => RustType::Map(Box::new(choose_part_type(context, inner))),
        ty => context.resolver.resolve(ty),
    }
}

/// Returns the encoding of a body, with its media type if it differs from the default.
fn plan_body_encoding<'a>(body: &'a BodyContent, package: &Package) -> BodyEncoding<'a> {
    let usual = match &body.content {
        Content::Json(_) => "application/json",
        Content::Form(_) => "application/x-www-form-urlencoded",
        Content::Multipart(_) => "multipart/form-data",
        Content::Text => "text/plain",
        Content::Binary => "application/octet-stream",
    };
    let essence = body.media_type.essence();
    // `multipart/x-www-form-urlencoded` is contradictory, and JSON is not a form.
    let is_wrong = match &body.content {
        Content::Multipart(_) => essence == "multipart/x-www-form-urlencoded",
        Content::Json(_) => essence.starts_with("multipart/") || essence.contains("form-urlenc"),
        _ => false,
    };
    // A range such as `*/*` leaves the choice to the sender.
    let is_unusual = !is_wrong && essence != usual && !essence.contains('*') && !essence.is_empty();
    BodyEncoding {
        body,
        content_type: is_unusual.then(|| body.media_type.as_str()),
        part_style: BodyEncoding::configured_part_style(package),
    }
}
