//! A program that uses all that users see of a crate: it calls every method, reads every field, makes
//! every type, and matches every enum. It is made from the plan, and knows nothing of changes.

use std::fmt::Write as _;

use sdkwright::ir::{OptionRole, OptionType, ParamStyle, StatusPattern};
use sdkwright::plan::{
    AliasPlan, EnumPlan, FieldInit, FieldPlan, FieldWrapper, Item, ItemId, ItemKind, MethodPlan,
    OutcomePlan, Plan, RustType, UnionPlan,
};
use sdkwright::render::type_path;

/// The program, as a module of the crate.
pub(crate) fn consumer(plan: &Plan<'_>) -> String {
    let mut program = Program {
        plan,
        text: HEAD.to_owned(),
        functions: 0,
    };
    for (index, item) in plan.items.iter().enumerate() {
        program.use_item(plan_item_id(plan, index), item);
    }
    program.use_client();
    program.text
}

const HEAD: &str = "\
#![allow(warnings)]
use std::collections::BTreeMap;
fn arg<T>() -> T { loop {} }
fn is_value<T: Clone + std::fmt::Debug + PartialEq>() {}
fn is_key<T: Eq + std::hash::Hash>() {}
fn is_json<T: crate::codec::Encode + crate::codec::Decode>() {}
fn has_default<T: Default>() {}
fn is_page<T: crate::ListPage<Item = I>, I>() {}
fn dates(x: crate::DateTime) { let _: i64 = x.timestamp(); }
";

/// The id of the item at an index.
fn plan_item_id(plan: &Plan<'_>, index: usize) -> Option<ItemId> {
    let source = plan.items[index].source?;
    plan.item_of(source)
}

struct Program<'p, 'a> {
    plan: &'p Plan<'a>,
    text: String,
    functions: usize,
}

impl Program<'_, '_> {
    fn path(&self, ty: &RustType) -> String {
        type_path(self.plan, ty)
    }

    /// Adds a function with these statements.
    fn function(&mut self, args: &str, statements: &str) {
        self.functions += 1;
        let number = self.functions;
        let _ = writeln!(self.text, "fn f{number}({args}) {{ {statements} }}");
    }

    fn use_item(&mut self, id: Option<ItemId>, item: &Item<'_>) {
        let name = format!("crate::types::{}", item.ident);
        if let Some(other) = item.alias_of {
            let other = format!("crate::types::{}", self.plan.item(other).ident);
            self.function(&format!("x: {name}"), &format!("let _: {other} = x;"));
            return;
        }
        if let ItemKind::TypeAlias(ty) = &item.kind {
            let other = self.path(ty);
            self.function(&format!("x: {name}"), &format!("let _: {other} = x;"));
            return;
        }
        self.function("", &format!("is_value::<{name}>();"));
        if let Some(page) = id.and_then(|id| self.plan.pages.get(&id)) {
            let item = self.path(&page.item);
            self.function("", &format!("is_page::<{name}, {item}>();"));
        }
        match &item.kind {
            ItemKind::Struct(object) => {
                self.function("", &format!("is_json::<{name}>();"));
                self.use_fields(&name, &object.fields);
                let extra = object.extra.ty.as_ref();
                self.use_extra(&name, object.extra.ident.as_str(), extra);
                if object.constructor.is_some() {
                    self.make_struct(&name, &object.fields);
                }
            }
            ItemKind::Params(params) => {
                self.use_fields(&name, &params.fields);
                if let Some(extra) = &params.extra {
                    self.function("", &format!("is_json::<{name}>();"));
                    self.use_extra(&name, extra.ident.as_str(), extra.ty.as_ref());
                }
                self.make_struct(&name, &params.fields);
            }
            ItemKind::Enum(list) => self.use_enum(&name, list),
            ItemKind::Union(union) => self.use_union(&name, union),
            ItemKind::Outcome(outcome) => self.use_outcome(&name, outcome),
            ItemKind::TypeAlias(_) => {}
            ItemKind::Alias(AliasPlan { ty }) => {
                let ty = self.path(ty);
                self.function(&format!("x: {name}"), &format!("let _: {ty} = x.0;"));
            }
        }
    }

    fn use_fields(&mut self, name: &str, fields: &[FieldPlan<'_>]) {
        for field in fields {
            let ty = self.path(&field.full_type());
            let statement = format!("let _: {ty} = x.{};", field.ident);
            self.function(&format!("x: {name}"), &statement);
        }
    }

    fn use_extra(&mut self, name: &str, field: &str, ty: Option<&RustType>) {
        let ty = match ty {
            Some(ty) => format!("BTreeMap<String, {}>", self.path(ty)),
            None => "crate::Extra".to_owned(),
        };
        self.function(&format!("x: {name}"), &format!("let _: {ty} = x.{field};"));
    }

    fn make_struct(&mut self, name: &str, fields: &[FieldPlan<'_>]) {
        let needed = fields
            .iter()
            .filter(|field| field.initial == FieldInit::Argument);
        let args: Vec<String> = needed
            .map(|field| match field.wrapper {
                FieldWrapper::Null => self.argument(&field.full_type()),
                _ => self.argument(&field.ty),
            })
            .collect();
        let mut statements = format!("let x: {name} = {name}::new({});", args.join(", "));
        for field in fields
            .iter()
            .filter(|field| field.initial == FieldInit::Default)
        {
            let value = self.argument(&field.ty);
            let _ = write!(statements, " let x: {name} = x.{}({value});", field.ident);
            if let Some(setter) = &field.null_setter {
                let _ = write!(statements, " let x: {name} = x.{setter}();");
            }
        }
        self.function("", &statements);
        if args.is_empty() {
            self.function("", &format!("has_default::<{name}>();"));
        }
    }

    /// A value for an argument of `new` or of a setter.
    fn argument(&self, ty: &RustType) -> String {
        match ty {
            RustType::Boxed(inner) => self.argument(inner),
            ty => format!("arg::<{}>()", self.path(ty)),
        }
    }

    fn use_enum(&mut self, name: &str, list: &EnumPlan<'_>) {
        let arms: String = list
            .variants
            .iter()
            .map(|(ident, _)| format!("{name}::{ident} => (),"))
            .collect();
        let (unknown, method, value) = if list.integers {
            ("i64", "let _: i64 = x.as_i64();", "1_i64")
        } else {
            ("String", "let _: &str = x.as_str();", "\"a\"")
        };
        let rest = format!("{name}::Unknown(value) => {{ let _: {unknown} = value; }} _ => ()");
        self.function(
            &format!("x: {name}"),
            &format!("match x {{ {arms} {rest} }}"),
        );
        self.function(&format!("x: {name}"), method);
        self.function(
            "",
            &format!("is_key::<{name}>(); let _: {name} = {value}.into();"),
        );
    }

    fn use_union(&mut self, name: &str, union: &UnionPlan) {
        if let Some(method) = &union.discriminator_method {
            let statement = format!("let _: &str = x.{method}();");
            self.function(&format!("x: &{name}"), &statement);
        }
        for variant in &union.variants {
            let ident = &variant.ident;
            let ty = self.path(&variant.ty);
            let arm = match variant.ty {
                RustType::Unit => format!("{name}::{ident} => ()"),
                _ => format!("{name}::{ident}(value) => {{ let _: {ty} = value; }}"),
            };
            let statement = format!("match x {{ {arm}, _ => () }}");
            self.function(&format!("x: {name}"), &statement);
            let held = match &variant.ty {
                RustType::Boxed(inner) => inner,
                ty => ty,
            };
            let held_path = self.path(held);
            if union.lends {
                let lent = match held {
                    RustType::Unit => "bool".to_owned(),
                    RustType::String => "Option<&str>".to_owned(),
                    RustType::Vec(inner) => format!("Option<&[{}]>", self.path(inner)),
                    RustType::Bool
                    | RustType::I32
                    | RustType::I64
                    | RustType::U32
                    | RustType::U64
                    | RustType::F64 => format!("Option<{held_path}>"),
                    _ => format!("Option<&{held_path}>"),
                };
                let statement = format!("let _: {lent} = x.{}();", variant.accessor);
                self.function(&format!("x: &{name}"), &statement);
            }
            if union.constructible && variant.from {
                let statement = format!("let _: {name} = arg::<{held_path}>().into();");
                self.function("", &statement);
            }
        }
    }

    fn use_outcome(&mut self, name: &str, outcome: &OutcomePlan) {
        for variant in &outcome.variants {
            let ident = &variant.ident;
            let ty = self.path(&variant.ty);
            let arm = match variant.ty {
                RustType::Unit => format!("{name}::{ident} => ()"),
                _ => format!("{name}::{ident}(value) => {{ let _: {ty} = value; }}"),
            };
            let statement = format!("match x {{ {arm}, _ => () }}");
            self.function(&format!("x: {name}"), &statement);
        }
        let mut statuses = outcome.variants.iter().map(|variant| variant.status);
        if !statuses.any(|status| status == StatusPattern::Default) {
            let arm = format!("{name}::Unknown(value) => {{ let _: crate::Bytes = value; }}");
            self.function(
                &format!("x: {name}"),
                &format!("match x {{ {arm} _ => () }}"),
            );
        }
    }

    fn use_client(&mut self) {
        let api = self.plan.api;
        for (option, plan) in api.package.options.iter().zip(&self.plan.options) {
            let value = match (&option.role, &plan.choice, option.ty) {
                (OptionRole::Credential { .. } | OptionRole::WebhookSecret, ..) => {
                    "String::new()".to_owned()
                }
                (_, Some(choice), _) => {
                    format!("crate::{}::{}", choice.ident, choice.variants[0].0)
                }
                (_, None, OptionType::String) => "\"a\"".to_owned(),
                (_, None, OptionType::Integer) => "1_i64".to_owned(),
                (_, None, OptionType::Number) => "1_f64".to_owned(),
                (_, None, OptionType::Boolean) => "true".to_owned(),
            };
            let statement = format!("let _: crate::ClientBuilder = x.{}({value});", plan.name);
            self.function("x: crate::ClientBuilder", &statement);
        }
        if let Some(environment) = &self.plan.environment {
            let name = format!("crate::{}", environment.ident);
            for (ident, _) in &environment.variants {
                self.function("", &format!("let _: {name} = {name}::{ident};"));
            }
        }
        if let Some(body) = &self.plan.error_body {
            let ty = self.path(body);
            let statement = format!("use crate::ApiErrorExt as _; let _: Option<{ty}> = x.body();");
            self.function("x: crate::ApiError", &statement);
        }
        for resource in &self.plan.resources {
            let accessors: String = resource
                .path
                .iter()
                .map(|name| format!(".{name}()"))
                .collect();
            if !resource.path.is_empty() {
                let ty = &resource.ident;
                let statement = format!("let _: crate::resources::{ty}<'_> = x{accessors};");
                self.function("x: &crate::Client", &statement);
            }
            for method in &resource.methods {
                self.call(&accessors, method);
            }
        }
        if let Some(webhooks) = &self.plan.webhooks {
            let event = self.path(&RustType::Item(webhooks.event));
            for method in &webhooks.methods {
                let resource = &self.plan.resources[method.resource];
                let accessors: String = resource
                    .path
                    .iter()
                    .map(|name| format!(".{name}()"))
                    .collect();
                let args = if method.is_verified {
                    "arg::<&crate::HeaderMap>(), \"\""
                } else {
                    "\"\""
                };
                let call = format!("x{accessors}.{}({args})", method.ident);
                let statement = format!("let _: Result<{event}, crate::Error> = {call};");
                self.function("x: &crate::Client", &statement);
            }
        }
    }

    fn call(&mut self, accessors: &str, method: &MethodPlan<'_>) {
        let args = method.path_args.iter().map(|arg| {
            let is_plain = matches!(arg.style, ParamStyle::Simple { .. });
            let ty = self.path(&arg.ty);
            match &arg.ty {
                RustType::String if is_plain => "&String::new()".to_owned(),
                RustType::Bool
                | RustType::I32
                | RustType::I64
                | RustType::U32
                | RustType::U64
                | RustType::F64
                    if is_plain =>
                {
                    format!("arg::<{ty}>()")
                }
                RustType::Item(id)
                    if is_plain && matches!(self.plan.item(*id).kind, ItemKind::Enum(_)) =>
                {
                    format!("arg::<{ty}>()")
                }
                _ => format!("arg::<&{ty}>()"),
            }
        });
        let params = method
            .params
            .map(|id| format!("arg::<{}>()", self.path(&RustType::Item(id))));
        let args: Vec<String> = args.collect();
        let with_params: Vec<String> = args.iter().cloned().chain(params).collect();
        let value = self.path(&method.returns);
        let returns = match (&method.stream, method.paging) {
            (Some(_), _) => format!("crate::EventStream<{value}>"),
            (None, Some(_)) => format!("crate::Page<{value}>"),
            (None, None) => value,
        };
        let calls = match &method.params_method {
            None => vec![(&method.ident, with_params)],
            Some(params_method) => vec![(&method.ident, args), (params_method, with_params)],
        };
        for (name, args) in calls {
            let call = format!("x{accessors}.{name}({})", args.join(", "));
            let statement = format!("let _: crate::Request<'_, {returns}> = {call};");
            self.function("x: &crate::Client", &statement);
        }
    }
}
