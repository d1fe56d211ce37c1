//! Params: the struct of an operation's parameters, and the code that adds them to a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::imports::Imports;
use super::rust_file::RustFile;
use super::{fields, ident, structs};
use crate::ir::{Content, Delimiter, PartEncoding, WireName};
use crate::plan::{
    BodyEncoding, BodyPlan, FieldLocation, FieldPlan, FieldWrapper, HeaderStyle, Item, ParamsPlan,
    Plan, QueryEscaping, QueryStyle, RustType,
};
use crate::source::text::code_span;

/// Renders the parameters of an operation.
pub(super) fn render(
    plan: &Plan<'_>,
    item: &Item<'_>,
    params: &ParamsPlan<'_>,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    let ident = ident(&item.ident);
    let name = quote!(#ident);
    let mut docs = Doc::default();
    docs.line(format!(
        "The parameters of {}{}.",
        method_link(plan, item),
        code_span(&format!(
            "{} {}",
            params.operation.method, params.operation.path
        ))
    ));
    if params.has_optional_body() {
        docs.paragraph("The body is optional. `Request::without_body` omits it.");
    }
    file.push(structs::declaration(
        plan,
        item,
        &docs,
        &params.fields,
        params.extra.as_ref(),
        params.constructor.derives_default,
        imports,
    ));
    let extra = params.extra.as_ref().map(|extra| {
        let name = super::ident(&extra.ident);
        quote!(#name: Extra::new())
    });
    file.push_all(fields::constructor(
        plan,
        &name,
        &params.fields,
        &params.constructor,
        extra.as_ref(),
        imports,
    ));
    file.for_client(imports, |file, imports| {
        file.push(apply(&name, params, imports));
    });
    if let Some(extra) = &params.extra {
        structs::render_codec(
            plan,
            item,
            &params.fields,
            extra,
            params.constructor.derives_default,
            imports,
            file,
        );
    }
}

/// Returns a link to the method that takes the parameters, followed by a comma.
fn method_link(plan: &Plan<'_>, item: &Item<'_>) -> String {
    let Some((resource, method)) = plan.method_of_params(&item.ident) else {
        return String::new();
    };
    let name = &resource.ident;
    let method = method.params_method.as_ref().unwrap_or(&method.ident);
    if resource.path.is_empty() {
        return format!("[`Client::{method}`](crate::Client::{method}), ");
    }
    format!("[`{name}::{method}`](crate::resources::{name}::{method}), ")
}

fn apply(name: &TokenStream, params: &ParamsPlan<'_>, imports: &mut Imports) -> TokenStream {
    imports.runtime(&["Params", "RequestParts"]);
    let lines: Vec<_> = params
        .fields
        .iter()
        .map(|field| line(field, imports))
        .collect();
    let body = body(params, imports);
    quote! {
        impl Params for #name {
            fn apply(&self, request: &mut RequestParts) {
                #(#lines)*
                #body
            }
        }
    }
}

fn line(field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let name = ident(&field.ident);
    let wire = field.wire.as_str();
    match field.location {
        FieldLocation::Query(style, escape) => {
            imports.runtime(&["QueryStyle"]);
            let style = query_style(style);
            let method = match escape {
                QueryEscaping::All => quote!(query),
                QueryEscaping::AllowReserved => quote!(query_allow_reserved),
            };
            quote!(request.#method(#wire, &self.#name, QueryStyle::#style);)
        }
        FieldLocation::Header(style) => {
            render_value_line("request", "header", &name, wire, style, imports)
        }
        FieldLocation::Cookie(style) => {
            render_value_line("request", "cookie", &name, wire, style, imports)
        }
        FieldLocation::PartHeader { .. } | FieldLocation::Property | FieldLocation::Body => {
            TokenStream::new()
        }
    }
}

/// Renders the line that sends a header or a cookie.
fn render_value_line(
    target: &str,
    method: &str,
    name: &proc_macro2::Ident,
    wire: &str,
    style: HeaderStyle,
    imports: &mut Imports,
) -> TokenStream {
    let target = quote::format_ident!("{target}");
    let style = match style {
        HeaderStyle::Joined => {
            let method = quote::format_ident!("{method}");
            return quote!(#target.#method(#wire, &self.#name););
        }
        HeaderStyle::Exploded => quote!(Exploded),
        HeaderStyle::Json => quote!(Json),
        HeaderStyle::Pairs => quote!(Pairs),
        HeaderStyle::Delimited(Delimiter::Space) => quote!(SpaceDelimited),
        HeaderStyle::Delimited(Delimiter::Tab) => quote!(TabDelimited),
        HeaderStyle::Delimited(Delimiter::Pipe) => quote!(PipeDelimited),
    };
    imports.runtime(&["ValueStyle"]);
    let method = quote::format_ident!("{method}_as");
    quote!(#target.#method(#wire, &self.#name, ValueStyle::#style);)
}

/// Returns the runtime's name of a style.
fn query_style(style: QueryStyle) -> proc_macro2::Ident {
    quote::format_ident!("{style:?}")
}

fn body(params: &ParamsPlan<'_>, imports: &mut Imports) -> TokenStream {
    match &params.body {
        BodyPlan::None => TokenStream::new(),
        BodyPlan::Whole(wire) => {
            let kind = content_type(wire);
            match styles(wire, imports) {
                None => {
                    let method = method(wire);
                    quote!(request.#method(self); #kind)
                }
                Some((styles, reserved)) => {
                    quote!(request.form_styled(self, #styles, #reserved); #kind)
                }
            }
        }
        BodyPlan::Properties(wire) => {
            let method = quote::format_ident!("{}_with", method(wire).to_string());
            let kind = content_type(wire);
            if wire.is_multipart() {
                return render_parts(params, wire, kind, imports);
            }
            let members = params
                .fields
                .iter()
                .filter(|field| field.location == FieldLocation::Property)
                .map(structs::property_line);
            match styles(wire, imports) {
                None => quote!(request.#method(|w| { #(#members)* }); #kind),
                Some((styles, reserved)) => quote! {
                    request.form_styled_with(#styles, #reserved, |w| { #(#members)* });
                    #kind
                },
            }
        }
        BodyPlan::Field(wire) => params
            .fields
            .iter()
            .find(|field| field.location == FieldLocation::Body)
            .map(|field| render_whole_body(field, wire, imports))
            .unwrap_or_default(),
    }
}

/// Renders the lines that add one part per property.
fn render_parts(
    params: &ParamsPlan<'_>,
    body: &BodyEncoding,
    kind: Option<TokenStream>,
    imports: &mut Imports,
) -> TokenStream {
    let members = params
        .fields
        .iter()
        .filter(|field| field.location == FieldLocation::Property)
        .map(|field| {
            let headers = part_headers(params, field.wire, imports);
            let part = render_part(field, body, imports);
            quote!(#headers #part)
        })
        .collect::<Vec<_>>();
    quote!(request.multipart_with(|parts| { #(#members)* }); #kind)
}

/// Renders the lines that add the headers of a part, before the part itself.
fn part_headers(params: &ParamsPlan<'_>, part: &WireName, imports: &mut Imports) -> TokenStream {
    let headers = params
        .fields
        .iter()
        .filter_map(|field| match field.location {
            FieldLocation::PartHeader { part: of, style } if of == part => Some((field, style)),
            _ => None,
        });
    headers
        .map(|(field, style)| {
            let (name, wire) = (ident(&field.ident), field.wire.as_str());
            render_value_line("parts", "header", &name, wire, style, imports)
        })
        .collect()
}

/// Renders the line that adds a part.
fn render_part(field: &FieldPlan<'_>, body: &BodyEncoding, imports: &mut Imports) -> TokenStream {
    let (name, wire) = (ident(&field.ident), field.wire.as_str());
    match (field.is_upload(), body.part(field.wire)) {
        (true, Some(PartEncoding::MediaType(kind))) => {
            let (wire, kind) = (file_name(field, body), kind.as_str());
            quote!(parts.file_as(#wire, #kind, &self.#name);)
        }
        (true, _) => {
            let wire = file_name(field, body);
            quote!(parts.file(#wire, &self.#name);)
        }
        (false, None) => match body.part_style {
            None => quote!(parts.part(#wire, &self.#name);),
            Some(style) => {
                imports.runtime(&["QueryStyle"]);
                let style = query_style(style);
                quote!(parts.part_styled(#wire, &self.#name, QueryStyle::#style);)
            }
        },
        (false, Some(PartEncoding::MediaType(kind))) => {
            let kind = kind.as_str();
            quote!(parts.part_as(#wire, #kind, &self.#name);)
        }
        (false, Some(PartEncoding::Style(style))) => {
            imports.runtime(&["QueryStyle"]);
            let style = query_style(QueryStyle::of_part(*style));
            quote!(parts.part_styled(#wire, &self.#name, QueryStyle::#style);)
        }
    }
}

/// Returns the name of the parts of a field with files.
fn file_name(field: &FieldPlan<'_>, body: &BodyEncoding) -> String {
    let is_list = matches!(field.ty, RustType::Vec(_));
    let has_brackets = matches!(
        body.part_style,
        Some(QueryStyle::Brackets | QueryStyle::BracketsDots)
    );
    let suffix = if is_list && has_brackets { "[]" } else { "" };
    format!("{}{suffix}", field.wire)
}

fn render_whole_body(
    field: &FieldPlan<'_>,
    wire: &BodyEncoding,
    imports: &mut Imports,
) -> TokenStream {
    let name = ident(&field.ident);
    match field.wrapper {
        FieldWrapper::Optional => {
            let call = send(field, wire, &quote!(body), imports);
            quote!(if let Some(body) = &self.#name { #call })
        }
        FieldWrapper::Nullable => {
            let call = send(field, wire, &quote!(&self.#name), imports);
            quote!(if !self.#name.is_absent() { #call })
        }
        FieldWrapper::Plain | FieldWrapper::Null => {
            send(field, wire, &quote!(&self.#name), imports)
        }
    }
}

/// Renders the lines that send a value as the body.
fn send(
    field: &FieldPlan<'_>,
    wire: &BodyEncoding,
    value: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    if matches!(wire.body.content, Content::Binary) {
        let usual = "application/octet-stream";
        let media_type = wire.content_type.unwrap_or(usual);
        return quote!(request.upload(#value, #media_type););
    }
    let kind = content_type(wire);
    if let Some((styles, reserved)) = styles(wire, imports) {
        return quote!(request.form_styled(#value, #styles, #reserved); #kind);
    }
    if field.is_map_of_uploads() {
        let parts = quote!(for (name, files) in #value { parts.file(name, files); });
        return quote!(request.multipart_with(|parts| { #parts }); #kind);
    }
    let method = method(wire);
    quote!(request.#method(#value); #kind)
}

/// Renders the styles of a form's properties, and the properties that allow reserved characters.
fn styles(wire: &BodyEncoding, imports: &mut Imports) -> Option<(TokenStream, TokenStream)> {
    let is_styled = wire.property_styles().next().is_some();
    if !matches!(wire.body.content, Content::Form(_)) || !is_styled && wire.body.reserved.is_empty()
    {
        return None;
    }
    if is_styled {
        imports.runtime(&["QueryStyle"]);
    }
    let styles = wire.property_styles().map(|(name, style)| {
        let (name, style) = (name.as_str(), query_style(style));
        quote!((#name, QueryStyle::#style))
    });
    let reserved = wire.body.reserved.iter().map(WireName::as_str);
    Some((quote!(&[#(#styles),*]), quote!(&[#(#reserved),*])))
}

fn method(wire: &BodyEncoding) -> proc_macro2::Ident {
    quote::format_ident!(
        "{}",
        match wire.body.content {
            Content::Json(_) => "json",
            Content::Form(_) => "form",
            Content::Multipart(_) => "multipart",
            Content::Text => "text",
            Content::Binary => "upload",
        }
    )
}

fn content_type(wire: &BodyEncoding) -> Option<TokenStream> {
    let media_type = wire.content_type?;
    Some(quote!(request.content_type(#media_type);))
}
