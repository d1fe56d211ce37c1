//! Declarations of a generated crate: what its users see, without how it works.
//!
//! Snapshots of most fixtures hold declarations alone, so that a change of a body changes few
//! snapshots. Tests of the lowering, of round trips and of the wire check what bodies do.

use syn::{Attribute, Expr, ExprLit, Fields, File, ImplItem, Item, ItemImpl, Lit, Meta};
use syn::{Visibility, parse_quote};

/// The traits of the runtime that a type implements for its codec.
const CODEC: [&str; 3] = ["Decode", "Encode", "Params"];

/// The starts of doc lines that are the same for all items of their kind, or that repeat other lines of
/// a snapshot: the rows of a table have the requests of methods. Snapshots of whole crates have them.
const REPEATED_DOCS: [&str; 9] = [
    " |",
    " A value that this version of the crate does not know.",
    " Creates a value with",
    " Properties that this version of the crate does not know.",
    " Returns the `",
    " Returns the resource `",
    " Returns the value as it is sent.",
    " Sets `",
    " `client.",
];

/// Reduces a file of Rust to its declarations.
///
/// Constants and statics keep their values, since they are data.
///
/// # Errors
///
/// Fails if the text is not Rust.
pub(crate) fn declarations(text: &str) -> syn::Result<String> {
    let mut file: File = syn::parse_file(text)?;
    file.items.retain(is_declaration);
    for item in &mut file.items {
        match item {
            Item::Impl(block) => strip_impl(block),
            Item::Struct(item) => {
                item.attrs.retain(is_shown);
                strip_fields(&mut item.fields);
            }
            Item::Enum(item) => {
                item.attrs.retain(is_shown);
                for variant in &mut item.variants {
                    variant.attrs.retain(is_shown);
                }
            }
            Item::Fn(function) => {
                function.attrs.retain(is_shown);
                function.block = parse_quote!({});
            }
            _ => {}
        }
    }
    Ok(prettyplease::unparse(&file))
}

/// Imports, codecs and private functions are not declarations.
fn is_declaration(item: &Item) -> bool {
    match item {
        Item::Use(_) | Item::Macro(_) => false,
        Item::Fn(function) => is_public(&function.vis),
        Item::Impl(block) => !is_codec(block) && !has_only_private_functions(block),
        _ => true,
    }
}

fn is_codec(block: &ItemImpl) -> bool {
    let path = block.trait_.as_ref().map(|(path, _)| path);
    let name = path.and_then(|path| path.segments.last());
    name.is_some_and(|name| CODEC.iter().any(|codec| name.ident == codec))
}

fn has_only_private_functions(block: &ItemImpl) -> bool {
    let is_private = |item: &ImplItem| matches!(item, ImplItem::Fn(f) if !is_public(&f.vis));
    block.trait_.is_none() && block.items.iter().all(is_private)
}

/// The signatures of a trait's functions are the trait's.
fn strip_impl(block: &mut ItemImpl) {
    let is_inherent = block.trait_.is_none();
    block.items.retain(|item| match item {
        ImplItem::Fn(function) => is_inherent && is_public(&function.vis),
        _ => true,
    });
    for item in &mut block.items {
        if let ImplItem::Fn(function) = item {
            function.attrs.retain(is_shown);
            function.block = parse_quote!({});
        }
    }
}

/// Private fields are not declarations.
fn strip_fields(fields: &mut Fields) {
    let Fields::Named(named) = fields else {
        return;
    };
    named.named = std::mem::take(&mut named.named)
        .into_iter()
        .filter(|field| is_public(&field.vis))
        .collect();
    for field in &mut named.named {
        field.attrs.retain(is_shown);
    }
}

const fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether users see an attribute, and it is not a blank or repeated line.
fn is_shown(attribute: &Attribute) -> bool {
    let is_repeated =
        |line: &str| line.is_empty() || REPEATED_DOCS.iter().any(|start| line.starts_with(start));
    !attribute.path().is_ident("inline")
        && !doc_line(attribute).is_some_and(|line| is_repeated(&line))
}

/// Returns the line of a doc comment.
fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
