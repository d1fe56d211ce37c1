//! Declarations of a generated crate: what its users see, without how it works.
//!
//! Snapshots of most fixtures hold declarations alone, so that a change of a body changes few
//! snapshots. Tests of the lowering, of round trips and of the wire check what bodies do.

use syn::{Attribute, File, ImplItem, Item, ItemImpl, Visibility, parse_quote};

/// The traits of the runtime that a type implements for its codec.
const CODEC: [&str; 3] = ["Decode", "Encode", "Params"];

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

const fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether users see an attribute of a function.
fn is_shown(attribute: &Attribute) -> bool {
    !attribute.path().is_ident("inline")
}
