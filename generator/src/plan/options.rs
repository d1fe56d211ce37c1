//! Options: the settings of the client's builder.

use super::names::{Case, RustIdent, Scope};
use crate::ir::{Api, ClientOption, OptionRole, Words};

/// An option of the client's builder.
#[derive(Debug)]
pub struct OptionPlan<'a> {
    /// The option of the model.
    pub option: &'a ClientOption,
    /// The setter.
    pub name: RustIdent,
    /// The enum of its values, if the document lists them.
    pub choice: Option<ChoicePlan>,
}

/// A closed enum of the values of an option. The runtime rejects all other values.
#[derive(Debug)]
pub struct ChoicePlan {
    /// Its name.
    pub ident: RustIdent,
    /// Its variants with their values.
    pub variants: Vec<(RustIdent, String)>,
}

/// Plans the options of a client. Their setters avoid the methods of every builder, and the names of
/// their types share a namespace with all other types.
pub(super) fn plan_options<'a>(
    api: &'a Api,
    reserved_setters: &[&'static str],
    types: &mut Scope,
) -> Vec<OptionPlan<'a>> {
    let mut setters = Scope::reserving(reserved_setters);
    let options = api.package.options.iter();
    options
        .map(|option| OptionPlan {
            option,
            name: claim_setter(option, &mut setters),
            choice: plan_choice(option, types),
        })
        .collect()
}

/// Claims the setter of an option. `webhook_secret` is a setter of the runtime.
fn claim_setter(option: &ClientOption, scope: &mut Scope) -> RustIdent {
    if option.role == OptionRole::WebhookSecret && option.name == Words::split("webhook_secret") {
        return Scope::default().claim(&option.name, Case::Snake);
    }
    scope.claim(&option.name, Case::Snake)
}

fn plan_choice(option: &ClientOption, types: &mut Scope) -> Option<ChoicePlan> {
    let OptionRole::Server(variable) = &option.role else {
        return None;
    };
    if variable.values.is_empty() {
        return None;
    }
    Some(ChoicePlan::new(&option.name, variable.values.iter(), types))
}

/// Plans the environments of an API, if there are several.
pub(super) fn plan_environment(api: &Api, types: &mut Scope) -> Option<ChoicePlan> {
    let name = Words::split("environment");
    (api.environments.len() > 1).then(|| ChoicePlan::new(&name, api.environments.keys(), types))
}

impl ChoicePlan {
    /// Plans the enum of the values of an option.
    fn new<'v>(name: &Words, values: impl Iterator<Item = &'v String>, types: &mut Scope) -> Self {
        let name = match name.iter().next().map(String::as_str) {
            Some("server") => name.clone(),
            _ => Words::split("server").join(name),
        };
        let mut variants = Scope::default();
        let mut variant = |value: &String| {
            let name = variants.claim(&Words::split(value), Case::Variant);
            (name, value.clone())
        };
        Self {
            ident: types.claim(&name, Case::Type),
            variants: values.map(&mut variant).collect(),
        }
    }
}
