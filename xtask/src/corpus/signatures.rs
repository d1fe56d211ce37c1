//! The runtime, by its signatures: what checking many crates takes of it.
//!
//! The runtime is the same in each crate, byte for byte, and is most of a small
//! one. It is compiled as it is where it is tested, and with `linq-sdk`; what the
//! rest of a crate can be wrong about is its signatures. So the bodies of its
//! functions are left out where thousands of crates are to be checked, and
//! everything else of it, and all that was made of the document, stays.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use quote::ToTokens;
use syn::{Block, ImplItem, Item, ReturnType, Signature, TraitItem, Type, parse_quote};

/// Where the runtime is, which crates get as it is.
const RUNTIME: &str = "templates/runtime/src/runtime";

/// Writes the runtime without bodies to a folder, and returns its root file.
pub(super) fn write(folder: &Path) -> anyhow::Result<PathBuf> {
    let _ = fs::remove_dir_all(folder);
    copy(Path::new(RUNTIME), folder)?;
    Ok(fs::canonicalize(folder)?.join("mod.rs"))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let text = without_bodies(&text).with_context(|| path.display().to_string())?;
        fs::write(target, text)?;
    }
    Ok(())
}

/// The root file of a crate, with this runtime in place of its own.
pub(super) fn root(text: &str, runtime: &Path) -> String {
    let module = format!("#[path = {runtime:?}]\n#[allow(warnings)]\npub mod runtime;");
    text.replacen("\npub mod runtime;", &format!("\n{module}"), 1)
}

fn without_bodies(text: &str) -> syn::Result<String> {
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

/// A body says which type an `impl Trait` is, and what a constant comes to.
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
    use std::path::Path;

    use super::{root, without_bodies};

    #[test]
    fn signatures_stay_and_bodies_go() {
        let text =
            "fn a(x: u8) -> u8 { x + 1 }\nimpl A { const fn b() -> u8 { 2 } fn c(&self) { d() } }";
        let expected = "fn a (x : u8) -> u8 { loop { } } impl A { const fn b () -> u8 { 2 } fn c (& self) { loop { } } }";
        assert_eq!(without_bodies(text).unwrap(), expected);
    }

    #[test]
    fn a_hidden_type_is_said_by_the_body() {
        let text = "fn a () -> impl Iterator < Item = u8 > { [1] . into_iter () }";
        assert_eq!(without_bodies(text).unwrap(), text);
    }

    #[test]
    fn the_root_takes_the_other_runtime() {
        let text = root("mod client;\npub mod runtime;\n", Path::new("/r/mod.rs"));
        let expected =
            "mod client;\n#[path = \"/r/mod.rs\"]\n#[allow(warnings)]\npub mod runtime;\n";
        assert_eq!(text, expected);
    }
}
