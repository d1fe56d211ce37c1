//! Sample expressions as code that the layout can divide.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::Expr;

use super::code::string_literal;
use super::rust_file;
use super::sample_expr::{SampleContext, Writer};
use super::sample_layout::{SampleCode, SampleItem};
use crate::ir::Words;
use crate::plan::{ConstructorPlan, FieldPlan, ItemId, ItemKind, RustIdent, RustType, SampleExpr};

impl Writer<'_, '_> {
    /// Returns the code of a sample.
    pub(super) fn code(&mut self, expr: &SampleExpr, to: SampleContext) -> SampleCode {
        match expr {
            SampleExpr::New(id, args, setters) => self.constructor_code(*id, args, setters),
            SampleExpr::Union(id, variant, payload) if **payload != SampleExpr::Unit => {
                self.union_code(*id, variant, payload, to)
            }
            SampleExpr::Boxed(inner) if to == SampleContext::Argument => self.code(inner, to),
            SampleExpr::Boxed(inner) => self.wrapper_code("Box::new(".to_owned(), "value", inner),
            SampleExpr::Some(inner) => self.wrapper_code("Some(".to_owned(), "value", inner),
            SampleExpr::Newtype(id, inner) => {
                let open = format!("{}(", self.item(*id));
                self.wrapper_code(open, "value", inner)
            }
            SampleExpr::Array(items, inner) if !items.is_empty() => {
                self.array_code(items, inner, to)
            }
            SampleExpr::Map(items, _) if !items.is_empty() => self.map_code(items, to),
            other => chain_code(self.write(other, to)),
        }
    }

    fn wrapper_code(&mut self, open: String, name: &str, inner: &SampleExpr) -> SampleCode {
        let code = self.code(inner, SampleContext::Exact);
        SampleCode::call(open, vec![item(name, code)])
    }

    fn constructor_code(
        &mut self,
        id: ItemId,
        args: &[SampleExpr],
        setters: &[(RustIdent, SampleExpr)],
    ) -> SampleCode {
        let open = format!("{}::new(", self.item(id));
        let names = self.argument_names(id);
        let mut names = names.into_iter();
        let args = args.iter().map(|arg| {
            let code = self.code(arg, SampleContext::Argument);
            let name = names.next().unwrap_or_else(|| "value".to_owned());
            SampleItem { name, code }
        });
        let root = SampleCode::call(open, args.collect());
        if setters.is_empty() {
            return root;
        }
        let setters = setters.iter().map(|(setter, value)| match value {
            SampleExpr::Null => SampleCode::Atom(format!(".{setter}()")),
            value => {
                let code = self.code(value, SampleContext::Argument);
                SampleCode::call(format!(".{setter}("), vec![item(setter.as_str(), code)])
            }
        });
        let setters = setters.collect();
        SampleCode::Chain(Box::new(root), setters)
    }

    /// Returns the names of the fields that a constructor takes.
    fn argument_names(&self, id: ItemId) -> Vec<String> {
        let names = |fields: &[FieldPlan<'_>], constructor: &ConstructorPlan| {
            let fields = constructor
                .required
                .iter()
                .filter_map(|index| fields.get(*index));
            fields.map(|field| field.ident.to_string()).collect()
        };
        match &self.plan.item(id).kind {
            ItemKind::Params(params) => names(&params.fields, &params.constructor),
            ItemKind::Struct(object) => {
                let constructor = object.constructor.as_ref();
                constructor.map_or_else(Vec::new, |it| names(&object.fields, it))
            }
            _ => Vec::new(),
        }
    }

    /// Returns a variant of a union, or only its payload if the argument converts it.
    fn union_code(
        &mut self,
        id: ItemId,
        variant: &RustIdent,
        payload: &SampleExpr,
        to: SampleContext,
    ) -> SampleCode {
        if to == SampleContext::Argument && self.is_converted_payload(id, variant, payload) {
            return self.code(payload, SampleContext::Argument);
        }
        let name = Words::split(variant.as_str()).snake();
        let open = format!("{}::{variant}(", self.item(id));
        self.wrapper_code(open, &name, payload)
    }

    fn is_converted_payload(&self, id: ItemId, variant: &RustIdent, payload: &SampleExpr) -> bool {
        let ItemKind::Union(union) = &self.plan.item(id).kind else {
            return false;
        };
        let mut variants = union.variants.iter();
        let variant = variants.find(|it| it.ident == *variant && it.from && union.constructible);
        variant.is_some_and(|variant| match payload {
            SampleExpr::New(..) => true,
            SampleExpr::Boxed(inner) => matches!(**inner, SampleExpr::New(..)),
            SampleExpr::Str(_) => variant.ty == RustType::String,
            _ => false,
        })
    }

    fn map_code(&mut self, items: &[(String, SampleExpr)], to: SampleContext) -> SampleCode {
        let is_argument = to == SampleContext::Argument;
        let pairs = items.iter().map(|(key, value)| {
            let key = match is_argument {
                true => SampleCode::Atom(string_literal(key)),
                false => chain_code(quote!(#key.to_owned())),
            };
            let value = self.code(value, SampleContext::Exact);
            let pair = vec![item("key", key), item("value", value)];
            item("pair", SampleCode::call("(".to_owned(), pair))
        });
        let pairs = SampleCode::List {
            open: "[".to_owned(),
            items: pairs.collect(),
            close: "]",
        };
        match is_argument {
            true => pairs,
            false => SampleCode::call(
                "std::collections::BTreeMap::from(".to_owned(),
                vec![item("pairs", pairs)],
            ),
        }
    }

    fn array_code(
        &mut self,
        items: &[SampleExpr],
        inner: &RustType,
        to: SampleContext,
    ) -> SampleCode {
        let is_argument = to == SampleContext::Argument;
        let element = if is_argument && self.converts(inner) && has_one_type(items) {
            SampleContext::Argument
        } else {
            SampleContext::Exact
        };
        let items = items.iter().map(|it| item("item", self.code(it, element)));
        SampleCode::List {
            open: if is_argument { "[" } else { "vec![" }.to_owned(),
            items: items.collect(),
            close: "]",
        }
    }
}

/// Returns an expression with the method calls that it ends with.
fn chain_code(tokens: TokenStream) -> SampleCode {
    let text = rust_file::format_expr(tokens.clone());
    let Ok(Expr::MethodCall(call)) = syn::parse2(tokens) else {
        return SampleCode::Atom(text);
    };
    let receiver = call.receiver.to_token_stream();
    let receiver_text = rust_file::format_expr(receiver.clone());
    let Some(call) = text.strip_prefix(&receiver_text) else {
        return SampleCode::Atom(text);
    };
    let call = SampleCode::atom(call.trim());
    match chain_code(receiver) {
        SampleCode::Chain(root, mut calls) => {
            calls.push(call);
            SampleCode::Chain(root, calls)
        }
        root => SampleCode::Chain(Box::new(root), vec![call]),
    }
}

/// Whether the elements have one type when their unions are left out.
fn has_one_type(items: &[SampleExpr]) -> bool {
    let variant = |item: &SampleExpr| match item {
        SampleExpr::Union(_, variant, _) => Some(variant.clone()),
        _ => None,
    };
    let first = items.first().and_then(variant);
    items.iter().all(|item| variant(item) == first)
}

fn item(name: &str, code: SampleCode) -> SampleItem {
    SampleItem {
        name: name.to_owned(),
        code,
    }
}
