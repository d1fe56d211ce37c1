//! Path arguments: the ids that a method takes before its parameters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::{Delimiter, ParamStyle};
use crate::plan::{ItemKind, PathArg, Plan, RustType};
use crate::render::ident;
use crate::render::imports::{Imports, type_tokens};

/// Returns the argument of a method for a path parameter, and the call that sets it.
pub(super) fn render(
    plan: &Plan<'_>,
    arg: &PathArg<'_>,
    imports: &mut Imports,
) -> (TokenStream, TokenStream) {
    let name = ident(&arg.ident);
    let wire = arg.wire.as_str();
    let plain = matches!(arg.style, ParamStyle::Simple { .. });
    match &arg.ty {
        RustType::String if plain => (
            quote!(#name: impl AsRef<str>),
            quote!(.path(#wire, #name.as_ref())),
        ),
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
            if plain =>
        {
            let exact = type_tokens(plan, &arg.ty, imports);
            (quote!(#name: #exact), quote!(.path(#wire, #name)))
        }
        RustType::Item(id) if plain && matches!(plan.item(*id).kind, ItemKind::Enum(_)) => {
            let exact = type_tokens(plan, &arg.ty, imports);
            (
                quote!(#name: impl Into<#exact>),
                quote!(.path(#wire, #name.into())),
            )
        }
        other => {
            imports.runtime(&["PathStyle"]);
            let exact = type_tokens(plan, other, imports);
            let style = path_style(arg.style);
            (
                quote!(#name: &#exact),
                quote!(.path_value(#wire, #name, PathStyle::#style)),
            )
        }
    }
}

/// Whether a path argument is passed by reference.
pub(in crate::render) fn is_by_reference(plan: &Plan<'_>, arg: &PathArg<'_>) -> bool {
    let plain = matches!(arg.style, ParamStyle::Simple { .. });
    !plain
        || match &arg.ty {
            RustType::String
            | RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64 => false,
            RustType::Item(id) => !matches!(plan.item(*id).kind, ItemKind::Enum(_)),
            _ => true,
        }
}

fn path_style(style: ParamStyle) -> Ident {
    quote::format_ident!(
        "{}",
        match style {
            ParamStyle::Json => "Json",
            ParamStyle::Delimited(Delimiter::Space) => "SpaceDelimited",
            ParamStyle::Delimited(Delimiter::Tab) => "TabDelimited",
            ParamStyle::Delimited(Delimiter::Pipe) => "PipeDelimited",
            ParamStyle::Label { explode: false } => "Label",
            ParamStyle::Label { explode: true } => "LabelExplode",
            ParamStyle::Matrix { explode: false } => "Matrix",
            ParamStyle::Matrix { explode: true } => "MatrixExplode",
            ParamStyle::Simple { explode: true } | ParamStyle::Form { explode: true } =>
                "SimpleExplode",
            _ => "Simple",
        }
    )
}
