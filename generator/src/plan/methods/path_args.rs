//! The arguments for the path of a method.

use super::context::MethodContext;
use crate::ir::{Operation, OptionRole, ParamLocation, ParamStyle, Parameter, WireName};
use crate::plan::distinct_names::{SpelledName, claim_names};
use crate::plan::item::RustType;
use crate::plan::names::{Case, RustIdent, Scope};

/// A parameter in the path.
#[derive(Debug)]
pub struct PathArg<'a> {
    /// The argument's name.
    pub ident: RustIdent,
    /// The name in the path template.
    pub wire: &'a WireName,
    /// Its type.
    pub ty: RustType,
    /// The style.
    pub style: ParamStyle,
    /// An example of its value.
    pub example: Option<&'a serde_json::Value>,
    /// A value for samples without an example.
    pub sample: Option<&'a serde_json::Value>,
}

/// Names that the bodies of methods use, so that arguments cannot have them.
const RESERVED_ARGUMENTS: &[&str] = &["params", "client"];

/// Whether a path parameter is an option of the client.
fn is_option(context: &MethodContext<'_, '_>, param: &Parameter) -> bool {
    let mut options = context.context.api.package.options.iter();
    options
        .any(|option| matches!(&option.role, OptionRole::Path(name) if name == param.wire.as_str()))
}

/// Plans the arguments of a path, in the order of the configuration, or else of its template.
pub(super) fn plan_path_args<'a>(
    context: &MethodContext<'_, 'a>,
    operation: &'a Operation,
) -> Vec<PathArg<'a>> {
    let mut scope = Scope::reserving(RESERVED_ARGUMENTS);
    let mut params: Vec<_> = operation
        .params
        .iter()
        .filter(|p| p.location == ParamLocation::Path)
        .collect();
    params.retain(|param| !is_option(context, param));
    params.sort_by_key(|param| {
        let names = [
            format!("{{{}}}", param.wire),
            format!("{{+{}}}", param.wire),
        ];
        let in_path = names.iter().find_map(|name| operation.template.find(name));
        let in_path = in_path.unwrap_or(usize::MAX);
        (operation.argument_position(&param.wire), in_path)
    });
    let names: Vec<_> = (params.iter())
        .map(|param| SpelledName::new(&param.name, param.wire.as_str()))
        .collect();
    let idents = claim_names(&mut scope, &names, Case::Snake);
    (params.into_iter().zip(idents))
        .map(|(param, ident)| PathArg {
            ident,
            wire: &param.wire,
            ty: context.context.resolver.resolve(&param.ty),
            style: param.style,
            example: param.example.as_ref(),
            sample: param.sample.as_ref(),
        })
        .collect()
}
