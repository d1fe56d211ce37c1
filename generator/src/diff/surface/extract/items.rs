//! The types of the crate.

use crate::diff::surface::{
    BodySurface, ConstructorSurface, EnumSurface, ExtraSurface, FieldSurface, ItemShape,
    ItemSurface, LocationSurface, OutcomeSurface, OwnerKey, ParamsBody, RequestPart, StructSurface,
    UnionSurface, ValueSurface, VariantSurface,
};
use crate::ir::{
    Content, Operation, Owner, ParamLocation, Scalar, Shape, Struct, Type, TypeDef, Union,
};
use crate::plan::{
    BodyEncoding, BodyPlan, ConstructorPlan, EnumPlan, ExtraPlan, FieldLocation, FieldPlan, Item,
    ItemId, ItemKind, ParamsPlan, Plan, StructPlan, TypeModule, UnionPlan, VariantPlan,
};
use crate::source::Pointer;

/// The types, by the index of their ids.
pub(super) fn extract_items(plan: &Plan<'_>) -> Vec<ItemSurface> {
    let mut modules: Vec<Option<&TypeModule>> = vec![None; plan.items.len()];
    for module in &plan.type_modules {
        for id in module.items() {
            if let Some(slot) = modules.get_mut(id.index()) {
                *slot = Some(module);
            }
        }
    }
    let owners = method_pointers(plan);
    let items = plan.items.iter().zip(modules).zip(owners).enumerate();
    items
        .map(|(index, ((item, module), owner))| {
            let mut surface = extract_item(plan, ItemId::new(index), item, owner);
            if let Some(module) = module {
                surface.features.clone_from(&module.gate.any);
                surface.file = format!("src/types/{}.rs", module.path());
            }
            surface
        })
        .collect()
}

/// The pointers of the operations whose parameters and outcomes the types are.
fn method_pointers(plan: &Plan<'_>) -> Vec<Option<Pointer>> {
    let mut pointers = vec![None; plan.items.len()];
    for method in plan.methods() {
        let returned = match &method.returns {
            crate::plan::RustType::Item(id) => Some(*id),
            _ => None,
        };
        for id in method.params.into_iter().chain(returned) {
            if let Some(slot) = pointers.get_mut(id.index())
                && slot.is_none()
            {
                *slot = Some(method.operation.pointer.clone());
            }
        }
    }
    pointers
}

fn extract_item(
    plan: &Plan<'_>,
    id: ItemId,
    item: &Item<'_>,
    method: Option<Pointer>,
) -> ItemSurface {
    let def = item.source.map(|source| plan.api.types.get(source));
    let owner = match def.map_or(&item.owner, |def| &def.owner) {
        Owner::Component(name) => OwnerKey::Component(name.to_string()),
        Owner::Operation(id) => OwnerKey::Operation(plan.api.operation(*id).pointer.clone()),
        Owner::Webhooks => OwnerKey::Webhooks,
    };
    // The alias of a response stands for the response of one operation.
    let aliased = match (&item.kind, &owner) {
        (ItemKind::TypeAlias(_), OwnerKey::Operation(pointer)) => Some(pointer.clone()),
        _ => None,
    };
    let pointer = def.map(|def| def.pointer.clone()).or(method).or(aliased);
    ItemSurface {
        name: item.ident.to_string(),
        pointer,
        owner,
        docs: item.docs.clone(),
        alias_of: item.alias_of,
        is_former_name: item.is_former_name,
        shape: extract_shape(plan, item, def),
        page_item: plan.pages.get(&id).map(|page| page.item.clone()),
        is_sent: false,
        is_received: false,
        features: Vec::new(),
        file: String::new(),
    }
}

fn extract_shape(plan: &Plan<'_>, item: &Item<'_>, def: Option<&TypeDef>) -> ItemShape {
    match &item.kind {
        ItemKind::Struct(object) => {
            let model = match def.map(|def| &def.shape) {
                Some(Shape::Struct(model)) => Some(model),
                _ => None,
            };
            ItemShape::Struct(extract_struct(object, model))
        }
        ItemKind::Params(params) => ItemShape::Params(extract_params(plan, params)),
        ItemKind::Enum(list) => ItemShape::Enum(extract_enum(list, def)),
        ItemKind::Union(union) => {
            let model = match def.map(|def| &def.shape) {
                Some(Shape::Union(model)) => Some(model),
                _ => None,
            };
            ItemShape::Union(extract_union(union, model))
        }
        ItemKind::Outcome(outcome) => ItemShape::Outcome(OutcomeSurface {
            variants: outcome
                .variants
                .iter()
                .map(|variant| {
                    (
                        variant.ident.to_string(),
                        variant.status,
                        variant.ty.clone(),
                    )
                })
                .collect(),
        }),
        ItemKind::Alias(alias) => ItemShape::Wrapper(alias.ty.clone()),
        ItemKind::TypeAlias(ty) => ItemShape::TypeAlias(ty.clone()),
    }
}

fn extract_struct(object: &StructPlan<'_>, model: Option<&Struct>) -> StructSurface {
    let pointers = model.into_iter().flat_map(|model| &model.fields);
    let mut pointers = pointers.map(|field| field.pointer.clone());
    let fields = object.fields.iter();
    StructSurface {
        fields: fields
            .map(|field| extract_field(field, None, pointers.next()))
            .collect(),
        extra: Some(extract_extra(&object.extra)),
        constructor: object.constructor.as_ref().map(extract_constructor),
        body: ParamsBody::None,
    }
}

fn extract_params(plan: &Plan<'_>, params: &ParamsPlan<'_>) -> StructSurface {
    let object = body_struct(plan, params.operation);
    let properties = object.map_or(&[][..], |object| object.fields.as_slice());
    let fields = params.fields.iter().map(|field| {
        let pointer = match field.location {
            FieldLocation::Property => {
                let mut properties = properties.iter();
                let property = properties.find(|property| property.wire == *field.wire);
                property.map(|property| property.pointer.clone())
            }
            _ => param_pointer(params.operation, field),
        };
        extract_field(field, Some(extract_location(field)), pointer)
    });
    StructSurface {
        fields: fields.collect(),
        extra: params.extra.as_ref().map(extract_extra),
        constructor: Some(extract_constructor(&params.constructor)),
        body: match &params.body {
            BodyPlan::None => ParamsBody::None,
            BodyPlan::Whole(encoding) | BodyPlan::Properties(encoding) => {
                ParamsBody::Fields(extract_body(encoding))
            }
            BodyPlan::Field(encoding) => ParamsBody::Value(extract_body(encoding)),
        },
    }
}

/// The part of the request that a field is sent in. A style is compared and never read.
fn extract_location(field: &FieldPlan<'_>) -> LocationSurface {
    let (part, style) = match field.location {
        FieldLocation::Query(style, escaping) => {
            (RequestPart::Query, format!("{style:?} {escaping:?}"))
        }
        FieldLocation::Header(style) => (RequestPart::Header, format!("{style:?}")),
        FieldLocation::Cookie(style) => (RequestPart::Cookie, format!("{style:?}")),
        FieldLocation::PartHeader { part, style } => {
            (RequestPart::PartHeader, format!("{part} {style:?}"))
        }
        FieldLocation::Property => (RequestPart::Property, String::new()),
        FieldLocation::Body => (RequestPart::Body, String::new()),
    };
    LocationSurface { part, style }
}

fn extract_body(encoding: &BodyEncoding<'_>) -> BodySurface {
    let body = encoding.body;
    let usual = match &body.content {
        Content::Json(_) => "application/json",
        Content::Form(_) => "application/x-www-form-urlencoded",
        Content::Multipart(_) => "multipart/form-data",
        Content::Text => "text/plain",
        Content::Binary => "application/octet-stream",
    };
    BodySurface {
        media_type: encoding.content_type.unwrap_or(usual).to_owned(),
        parts: format!("{:?} {:?}", body.parts, body.reserved),
    }
}

/// The struct that is sent as the body of an operation.
fn body_struct<'p>(plan: &Plan<'p>, operation: &Operation) -> Option<&'p Struct> {
    let content = operation.body.as_ref()?.content.first()?;
    let (Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty)) = &content.content else {
        return None;
    };
    let Type::Named(id) = ty else { return None };
    match &plan.api.types.get(*id).shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    }
}

/// Returns the JSON pointer of a parameter or of the body.
fn param_pointer(operation: &Operation, field: &FieldPlan<'_>) -> Option<Pointer> {
    let is_there = |at: ParamLocation| match field.location {
        FieldLocation::Query(..) => matches!(at, ParamLocation::Query | ParamLocation::Path),
        FieldLocation::Cookie(_) => at == ParamLocation::Cookie,
        _ => at == ParamLocation::Header,
    };
    match field.location {
        FieldLocation::Body | FieldLocation::Property => {
            operation.body.as_ref().map(|body| body.pointer.clone())
        }
        _ => {
            let mut params = operation.params.iter();
            let param = params.find(|param| param.wire == *field.wire && is_there(param.location));
            param.map(|param| param.pointer.clone())
        }
    }
}

fn extract_constructor(constructor: &ConstructorPlan) -> ConstructorSurface {
    ConstructorSurface {
        arguments: constructor.required.clone(),
    }
}

fn extract_extra(extra: &ExtraPlan) -> ExtraSurface {
    ExtraSurface {
        name: extra.ident.to_string(),
        ty: extra.ty.clone(),
    }
}

fn extract_field(
    field: &FieldPlan<'_>,
    location: Option<LocationSurface>,
    pointer: Option<Pointer>,
) -> FieldSurface {
    FieldSurface {
        name: field.ident.to_string(),
        wire: field.wire.to_string(),
        ty: field.ty.clone(),
        wrapper: field.wrapper,
        initial: field.initial.clone(),
        null_setter: field.null_setter.as_ref().map(ToString::to_string),
        location,
        docs: field.docs.clone(),
        default: field.default.cloned(),
        pointer,
    }
}

fn extract_enum(list: &EnumPlan<'_>, def: Option<&TypeDef>) -> EnumSurface {
    let values = list.variants.iter().enumerate();
    EnumSurface {
        values: values
            .map(|(index, (ident, value))| ValueSurface {
                name: ident.to_string(),
                value: match &value.value {
                    Scalar::String(text) => {
                        serde_json::to_string(text).unwrap_or_else(|_| text.to_string())
                    }
                    Scalar::Integer(number) => number.to_string(),
                },
                description: value.description.clone(),
                pointer: def.map(|def| def.pointer.child("enum").index(index)),
            })
            .collect(),
        is_integer: list.integers,
    }
}

fn extract_union(union: &UnionPlan, model: Option<&Union>) -> UnionSurface {
    let discriminator = model.and_then(|model| model.discriminator.as_ref());
    let names = discriminator.map(|path| path.names().map(ToString::to_string));
    UnionSurface {
        variants: union
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| {
                let pointer = model.and_then(|model| model.variants.get(index));
                extract_variant(
                    union,
                    variant,
                    pointer.map(|variant| variant.pointer.clone()),
                )
            })
            .collect(),
        discriminator: names.map(|names| names.collect::<Vec<_>>().join(".")),
        discriminator_method: union.discriminator_method.as_ref().map(ToString::to_string),
        has_accessors: union.lends,
    }
}

fn extract_variant(
    union: &UnionPlan,
    variant: &VariantPlan,
    pointer: Option<Pointer>,
) -> VariantSurface {
    VariantSurface {
        name: variant.ident.to_string(),
        ty: variant.ty.clone(),
        values: variant.discriminator_values.clone(),
        has_conversion: union.constructible && variant.from,
        accessor: variant.accessor.to_string(),
        docs: variant.docs.clone(),
        pointer,
    }
}
