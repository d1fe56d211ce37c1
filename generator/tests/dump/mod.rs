//! Dumps an API as compact text, one fact per line, for the snapshots of the lowering.

use std::fmt::Write as _;

use sdkwright::ir::{
    Access, AdditionalProperties, Api, BodyContent, Content, Enum, Field, IntegerKind, NumberKind,
    OnEmptyPage, Operation, Owner, PageFieldSource, PageParam, PageParamLocation, Pagination,
    PaginationStyle, ParamLocation, ParamStyle, Payload, Presence, Resource, Scalar, Shape,
    StatusPattern, StringKind, Type, TypeDef, Union, UntypedReason, WebhookSignature, WireName,
    Words,
};

/// The whole API.
pub(crate) fn dump(api: &Api) -> String {
    let mut text = String::new();
    for (_, def) in api.types.iter() {
        define(&mut text, api, def);
    }
    for operation in &api.operations {
        self::operation(&mut text, api, operation);
    }
    resource(&mut text, api, &api.root, 0);
    rest(&mut text, api);
    text
}

fn define(text: &mut String, api: &Api, def: &TypeDef) {
    let owner = match &def.owner {
        Owner::Component(name) => name.to_string(),
        Owner::Operation(id) => format!("operation {}", id.index()),
        Owner::Webhooks => "webhooks".to_owned(),
    };
    let mut notes = vec![format!("@{owner}")];
    if def.docs.deprecated {
        notes.push("deprecated".to_owned());
    }
    if !def.examples.is_empty() {
        notes.push(format!("{} examples", def.examples.len()));
    }
    let head = format!("{} {}", def.name.pascal(), notes.join(" "));
    match &def.shape {
        Shape::Struct(object) => {
            line(text, 0, &format!("struct {head}"));
            for field in &object.fields {
                self::field(text, api, field);
            }
            if let AdditionalProperties::Typed(additional) = &object.additional {
                line(text, 1, &format!("..: {}", ty(api, additional)));
            }
        }
        Shape::Enum(list) => enumeration(text, &head, list),
        Shape::Union(list) => union(text, api, &head, list),
        Shape::Alias(target) => line(text, 0, &format!("alias {head} = {}", ty(api, target))),
    }
}

fn field(text: &mut String, api: &Api, field: &Field) {
    let mark = match field.presence {
        Presence::Required => "",
        Presence::Optional => "?",
        Presence::Nullable => "|null",
        Presence::OptionalNullable => "?|null",
    };
    let mut entry = format!("{}{mark}: {}", field.wire, ty(api, &field.ty));
    if let Some(constant) = &field.constant {
        write!(entry, " = {constant}").expect("writing to a string");
    }
    if let Some(default) = &field.default {
        write!(entry, " default {default}").expect("writing to a string");
    }
    entry.push_str(match field.access {
        Access::ReadWrite => "",
        Access::ReadOnly => " read-only",
        Access::WriteOnly => " write-only",
    });
    if field.docs.deprecated {
        entry.push_str(" deprecated");
    }
    line(text, 1, &entry);
}

fn enumeration(text: &mut String, head: &str, list: &Enum) {
    line(text, 0, &format!("enum {head}"));
    for value in &list.values {
        let wire = match &value.value {
            Scalar::String(text) => format!("{text:?}"),
            Scalar::Integer(number) => number.to_string(),
        };
        let description = value
            .description
            .as_deref()
            .map(|text| format!(" -- {text}"))
            .unwrap_or_default();
        line(
            text,
            1,
            &format!("{} = {wire}{description}", value.name.pascal()),
        );
    }
}

fn union(text: &mut String, api: &Api, head: &str, list: &Union) {
    let by = match &list.discriminator {
        Some(path) => {
            let names: Vec<&str> = path.names().map(WireName::as_str).collect();
            format!("by {}", names.join("."))
        }
        None => "untagged".to_owned(),
    };
    line(text, 0, &format!("union {head} {by}"));
    for (index, variant) in list.variants.iter().enumerate() {
        let tags = if variant.discriminator_values.is_empty() {
            String::new()
        } else {
            format!(" when {}", variant.discriminator_values.join(", "))
        };
        let otherwise = if list.fallback == Some(index) {
            " or otherwise"
        } else {
            ""
        };
        line(
            text,
            1,
            &format!(
                "{}({}){tags}{otherwise}",
                variant.name.pascal(),
                ty(api, &variant.ty)
            ),
        );
    }
}

fn ty(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Integer(kind) => match kind {
            IntegerKind::I32 => "i32",
            IntegerKind::I64 => "i64",
            IntegerKind::U32 => "u32",
            IntegerKind::U64 => "u64",
        }
        .to_owned(),
        Type::Number(NumberKind::F64) => "number".to_owned(),
        Type::Number(NumberKind::Exact) => "exact number".to_owned(),
        Type::String(kind) => match kind {
            StringKind::Text => "string",
            StringKind::DateTime => "date-time",
            StringKind::Date => "date",
            StringKind::Secret => "secret",
            StringKind::Base64 => "base64",
            StringKind::Binary => "binary",
        }
        .to_owned(),
        Type::Array(inner) => format!("[{}]", self::ty(api, inner)),
        Type::Map(inner) => format!("{{{}}}", self::ty(api, inner)),
        Type::Tuple(tuple) => {
            let places = tuple.elements.iter().enumerate().map(|(index, inner)| {
                let mark = if index < tuple.required { "" } else { "?" };
                self::ty(api, inner) + mark
            });
            let rest = tuple
                .rest
                .iter()
                .map(|rest| format!("{}…", self::ty(api, rest)));
            format!("({})", places.chain(rest).collect::<Vec<_>>().join(", "))
        }
        Type::Nullable(inner) => format!("{}|null", self::ty(api, inner)),
        Type::Named(id) => api.types.get(*id).name.pascal(),
        Type::Null => "null".to_owned(),
        Type::Untyped(UntypedReason::Declared) => "any".to_owned(),
        Type::Untyped(UntypedReason::Unsupported) => "UNSUPPORTED".to_owned(),
    }
}

fn operation(text: &mut String, api: &Api, operation: &Operation) {
    let deprecated = if operation.docs.deprecated {
        " deprecated"
    } else {
        ""
    };
    line(
        text,
        0,
        &format!(
            "{} {} -> {}{deprecated}",
            operation.method,
            operation.path,
            operation.name.pascal()
        ),
    );
    if operation.template != operation.path {
        line(text, 1, &format!("template {}", operation.template));
    }
    if let Some(server) = &operation.server {
        line(text, 1, &format!("server {server}"));
    }
    if let Some(security) = &operation.security {
        line(text, 1, &format!("security {security:?}"));
    }
    for param in &operation.params {
        let location = match param.location {
            ParamLocation::Path => "path",
            ParamLocation::Query => "query",
            ParamLocation::Header => "header",
            ParamLocation::Cookie => "cookie",
        };
        let mark = if param.required { "" } else { "?" };
        let mut entry = format!(
            "{location} {}{mark}: {}{}",
            param.wire,
            ty(api, &param.ty),
            style(param.style, param.location)
        );
        if let Some(default) = &param.default {
            write!(entry, " default {default}").expect("writing to a string");
        }
        if let Some(example) = &param.example {
            write!(entry, " example {example}").expect("writing to a string");
        }
        if param.allow_reserved {
            entry.push_str(" reserved");
        }
        line(text, 1, &entry);
    }
    if let Some(paging) = &operation.pagination {
        line(text, 1, &self::paging(paging));
    }
    if let Some(body) = &operation.body {
        let mark = if body.required { "" } else { "?" };
        line(
            text,
            1,
            &format!("body{mark}: {}", contents(api, &body.content)),
        );
    }
    for response in &operation.responses {
        let status = match response.status {
            StatusPattern::Code(code) => code.to_string(),
            StatusPattern::Range(class) => format!("{class}XX"),
            StatusPattern::Default => "default".to_owned(),
        };
        let payload = match &response.payload {
            Payload::Empty => "nothing".to_owned(),
            Payload::Content(list) => contents(api, list),
        };
        let headers: String = response
            .headers
            .iter()
            .map(|header| format!(" +{}", header.wire))
            .collect();
        line(text, 1, &format!("{status}: {payload}{headers}"));
    }
    if let Some(stream) = &operation.stream {
        let (form, mode) = (stream.item_shape, &stream.mode);
        let kind = stream.media_type.as_str();
        let item = ty(api, &stream.item);
        line(
            text,
            1,
            &format!("stream {kind} of {item}, {form:?}, {mode:?}"),
        );
    }
}

fn paging(paging: &Pagination) -> String {
    let param = |param: &PageParam| match param.location {
        PageParamLocation::Query => param.wire.to_string(),
        PageParamLocation::Body => format!("{} of the body", param.wire),
    };
    let kind = match &paging.style {
        PaginationStyle::Cursor(name) => format!("cursor {}", param(name)),
        PaginationStyle::CursorId(name, id) => {
            format!("cursor {} = last {}", param(name), path(id))
        }
        PaginationStyle::CursorUrl => "url".to_owned(),
        PaginationStyle::Offset(name, first) => format!("offset {} from {first}", param(name)),
        PaginationStyle::PageNumber(name, first) => format!("number {} from {first}", param(name)),
        PaginationStyle::Single => "single".to_owned(),
    };
    let marks = paging.fields.iter().map(|(mark, source)| match source {
        PageFieldSource::Field(field) => format!(", {mark:?} {}", path(field)),
        PageFieldSource::Header(name) => format!(", {mark:?} in {name}"),
    });
    let on_empty = match paging.on_empty {
        OnEmptyPage::Stop => "",
        OnEmptyPage::Continue => ", goes on when empty",
    };
    let marks: String = marks.collect();
    format!(
        "pages of {} by {kind}{marks}{on_empty}",
        path(&paging.items)
    )
}

fn path(path: &[WireName]) -> String {
    let names: String = path.iter().map(|name| format!(".{name}")).collect();
    if names.is_empty() {
        return "it".to_owned();
    }
    names
}

fn style(style: ParamStyle, location: ParamLocation) -> String {
    match (style, location) {
        (ParamStyle::Form { explode: true }, ParamLocation::Query | ParamLocation::Cookie)
        | (ParamStyle::Simple { explode: false }, ParamLocation::Path | ParamLocation::Header) => {
            String::new()
        }
        (style, _) => format!(" {style:?}"),
    }
}

fn contents(api: &Api, list: &[BodyContent]) -> String {
    let contents: Vec<String> = list
        .iter()
        .map(|entry| {
            let value = match &entry.content {
                Content::Json(inner) => ty(api, inner),
                Content::Form(inner) => format!("form {}", ty(api, inner)),
                Content::Multipart(inner) => format!("multipart {}", ty(api, inner)),
                Content::Text => "text".to_owned(),
                Content::Binary => "bytes".to_owned(),
            };
            let examples = if entry.examples.is_empty() {
                String::new()
            } else {
                format!(" ({} examples)", entry.examples.len())
            };
            let items = entry
                .item()
                .map(|inner| format!(" of {}", ty(api, inner)))
                .unwrap_or_default();
            format!("{} {value}{items}{examples}", entry.media_type.as_str())
        })
        .collect();
    contents.join(" or ")
}

fn resource(text: &mut String, api: &Api, node: &Resource, depth: usize) {
    if depth > 0 {
        line(text, depth - 1, &format!("resource {}", node.name.snake()));
    }
    for method in &node.methods {
        let operation = api.operation(method.operation);
        line(
            text,
            depth,
            &format!(
                "fn {} = {} {}",
                method.name.snake(),
                operation.method,
                operation.path
            ),
        );
    }
    for child in &node.children {
        resource(text, api, child, depth + 1);
    }
}

fn rest(text: &mut String, api: &Api) {
    for (name, url) in &api.environments {
        line(text, 0, &format!("environment {name} = {url}"));
    }
    for (name, scheme) in &api.security_schemes {
        line(text, 0, &format!("scheme {name} = {scheme:?}"));
    }
    if !api.security.is_empty() {
        line(text, 0, &format!("security {:?}", api.security));
    }
    for option in &api.package.options {
        let mark = if option.required { "" } else { "?" };
        let env = option.env.as_deref().unwrap_or("-");
        line(
            text,
            0,
            &format!(
                "option {}{mark} from {env}: {:?}",
                option.name.snake(),
                option.role
            ),
        );
    }
    if let Some(webhooks) = &api.webhooks {
        let event = api.types.get(webhooks.event).name.pascal();
        for method in &webhooks.methods {
            let path = method.resource.iter().map(Words::snake);
            let path = path.chain([method.name.snake()]).collect::<Vec<_>>();
            let caveat = if method.is_verified {
                ""
            } else {
                ", unverified"
            };
            let path = path.join(".");
            line(text, 0, &format!("webhooks {path} -> {event}{caveat}"));
        }
        if webhooks.signature != WebhookSignature::Usual {
            line(text, 1, &format!("signed by {:?}", webhooks.signature));
        }
    }
    if let Some(body) = &api.error_body {
        line(text, 0, &format!("errors are {}", ty(api, body)));
    }
}

fn line(text: &mut String, depth: usize, entry: &str) {
    writeln!(text, "{:width$}{entry}", "", width = depth * 2).expect("writing to a string");
}
