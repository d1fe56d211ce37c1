//! Files of Rust without function bodies.
//!
//! The runtime is the same in each crate, and most of a small one. Its own tests and `linq-sdk` compile
//! it as it is. The rest of a crate depends only on its signatures.

use quote::ToTokens;
use syn::{Block, ImplItem, Item, ReturnType, Signature, TraitItem, Type, parse_quote};

/// A file of Rust without the bodies of its functions.
///
/// # Errors
///
/// Fails if the text is not Rust.
pub(crate) fn without_bodies(text: &str) -> syn::Result<String> {
    let mut file = syn::parse_file(text)?;
    strip(&mut file.items);
    Ok(file.into_token_stream().to_string())
}

fn strip(items: &mut [Item]) {
    for item in items {
        match item {
            Item::Fn(function) => strip_body(&function.sig, &mut function.block),
            Item::Impl(block) => strip_methods(&mut block.items),
            Item::Trait(definition) => {
                for item in &mut definition.items {
                    if let TraitItem::Fn(method) = item
                        && let Some(body) = &mut method.default
                    {
                        strip_body(&method.sig, body);
                    }
                }
            }
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    strip(items);
                }
            }
            _ => {}
        }
    }
}

fn strip_methods(items: &mut [ImplItem]) {
    for item in items {
        if let ImplItem::Fn(method) = item {
            strip_body(&method.sig, &mut method.block);
        }
    }
}

/// Removes a body, unless the compiler needs it for the type of an `impl Trait` or for a constant.
fn strip_body(signature: &Signature, body: &mut Block) {
    let is_hidden = matches!(&signature.output, ReturnType::Type(_, ty) if is_hidden(ty));
    if signature.constness.is_none() && !is_hidden {
        *body = parse_quote!({ loop {} });
    }
}

fn is_hidden(ty: &Type) -> bool {
    ty.to_token_stream().to_string().contains("impl ")
}

#[cfg(test)]
mod tests {
    use super::without_bodies;

    #[test]
    fn signatures_are_kept_and_bodies_removed() {
        let text =
            "fn a(x: u8) -> u8 { x + 1 }\nimpl A { const fn b() -> u8 { 2 } fn c(&self) { d() } }";
        let expected = "fn a (x : u8) -> u8 { loop { } } impl A { const fn b () -> u8 { 2 } fn c (& self) { loop { } } }";
        assert_eq!(without_bodies(text).unwrap(), expected);
    }

    #[test]
    fn a_hidden_type_is_kept_in_the_body() {
        let text = "fn a () -> impl Iterator < Item = u8 > { [1] . into_iter () }";
        assert_eq!(without_bodies(text).unwrap(), text);
    }
}
