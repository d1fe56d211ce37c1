//! The description of a call or a type: as Rust code, on the wire, and in the document.

use std::fmt;

use serde::Serialize;

use super::find::{call_name, endpoint};
use crate::diff::find_excerpts;
use crate::diff::surface::{
    FieldSurface, ItemShape, ItemSurface, MethodSurface, RequestPart, Surface,
};
use crate::ir::StatusPattern;
use crate::source::{Pointer, SourceMap};

/// A call or a type. The names of the fields are part of the interface.
#[derive(Debug, Default, Serialize)]
pub(super) struct Description {
    name: String,
    kind: &'static str,
    signature: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_media_type: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    response_media_types: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<Member>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

/// A parameter, a field, a value or a variant.
#[derive(Debug, Serialize)]
struct Member {
    name: String,
    /// Its location in a request, or `property`, `value` or `variant`.
    location: &'static str,
    /// Its name or value on the wire.
    wire: String,
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    ty: String,
    required: bool,
}

/// Describes a call.
pub(super) fn describe_method(
    surface: &Surface,
    source: &SourceMap,
    method: &MethodSurface,
) -> Description {
    let args = method.args.iter().map(|arg| Member {
        name: arg.name.clone(),
        location: "path",
        wire: arg.wire.clone(),
        ty: surface.type_text(&arg.ty),
        required: true,
    });
    let params = method
        .params
        .and_then(|id| surface.item(id)?.shape.as_struct());
    let fields = params.into_iter().flat_map(|params| &params.fields);
    let fields = fields.map(|field| describe_field(surface, field));
    let encoding = params.and_then(|params| params.body.encoding());
    Description {
        name: call_name(surface, method),
        kind: "call",
        signature: surface.method_signatures(method).join("\n"),
        endpoint: Some(endpoint(method)),
        operation_id: method.operation_id.clone(),
        request_media_type: encoding.map(|encoding| encoding.media_type.clone()),
        response_media_types: method.media_types.clone(),
        members: args.chain(fields).collect(),
        ..Description::default()
    }
    .at(source, Some(&method.pointer))
}

/// Describes a type.
pub(super) fn describe_item(
    surface: &Surface,
    source: &SourceMap,
    item: &ItemSurface,
) -> Description {
    let value = |name: &String, wire: String| Member {
        name: name.clone(),
        location: "value",
        wire,
        ty: String::new(),
        required: false,
    };
    let members = match &item.shape {
        ItemShape::Struct(object) | ItemShape::Params(object) => {
            let fields = object.fields.iter();
            fields.map(|field| describe_field(surface, field)).collect()
        }
        ItemShape::Enum(values) => {
            let values = values.values.iter();
            values.map(|it| value(&it.name, it.value.clone())).collect()
        }
        ItemShape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .map(|variant| Member {
                    location: "variant",
                    ty: surface.type_text(&variant.ty),
                    ..value(&variant.name, variant.values.join(", "))
                })
                .collect()
        }
        ItemShape::Outcome(outcome) => {
            let variants = outcome.variants.iter();
            variants
                .map(|(name, status, ty)| Member {
                    location: "status",
                    ty: surface.type_text(ty),
                    ..value(name, describe_status(*status))
                })
                .collect()
        }
        ItemShape::Wrapper(_) | ItemShape::TypeAlias(_) => Vec::new(),
    };
    Description {
        name: item.name.clone(),
        kind: item.shape.kind(),
        signature: surface.item_signature(item),
        members,
        ..Description::default()
    }
    .at(source, item.pointer.as_ref())
}

/// Returns a status as a document has it: `200`, `2XX` or `default`.
fn describe_status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(hundreds) => format!("{hundreds}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

fn describe_field(surface: &Surface, field: &FieldSurface) -> Member {
    let part = field.location.as_ref().map(|location| location.part);
    Member {
        name: field.name.clone(),
        location: match part {
            None | Some(RequestPart::Property) => "property",
            Some(RequestPart::Query) => "query",
            Some(RequestPart::Header) => "header",
            Some(RequestPart::Cookie) => "cookie",
            Some(RequestPart::PartHeader) => "part header",
            Some(RequestPart::Body) => "body",
        },
        wire: field.wire.clone(),
        ty: surface.type_text(&field.full_type()),
        required: field.is_required(),
    }
}

impl Description {
    /// Adds the position in the document.
    fn at(mut self, source: &SourceMap, pointer: Option<&Pointer>) -> Self {
        let found = find_excerpts(source, &[pointer.cloned()]).pop().flatten();
        if let Some(excerpt) = found {
            self.pointer = Some(format!("#{}", excerpt.pointer.as_str()));
            self.file = Some(excerpt.file);
            self.line = Some(excerpt.line);
        }
        self
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.name, self.kind)?;
        for signature in self.signature.lines() {
            writeln!(f, "  {signature}")?;
        }
        if let Some(endpoint) = &self.endpoint {
            writeln!(f, "  {endpoint}")?;
        }
        if let Some(id) = &self.operation_id {
            writeln!(f, "  operation id: {id}")?;
        }
        if let Some(media_type) = &self.request_media_type {
            writeln!(f, "  request body: {media_type}")?;
        }
        if !self.response_media_types.is_empty() {
            writeln!(
                f,
                "  response body: {}",
                self.response_media_types.join(", ")
            )?;
        }
        if let (Some(file), Some(line), Some(pointer)) = (&self.file, self.line, &self.pointer) {
            writeln!(f, "  {file}:{line} {pointer}")?;
        }
        let width = |text: fn(&Member) -> &str| {
            let lengths = self.members.iter().map(|member| text(member).len());
            lengths.max().unwrap_or(0)
        };
        let (names, locations) = (width(|it| &it.name), width(|it| it.location));
        let wires = width(|it| &it.wire) + 2;
        for member in &self.members {
            let Member {
                name,
                location,
                wire,
                ty,
                required,
            } = member;
            let required = if *required { ", required" } else { "" };
            let ty = if ty.is_empty() {
                String::new()
            } else {
                format!("  {ty}{required}")
            };
            let wire = format!("`{wire}`");
            let line = format!("    {name:names$}  {location:locations$}  {wire:wires$}{ty}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
