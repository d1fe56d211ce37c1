//! Path templates and the parameters that they contain.

use openapiv3::{Operation, Parameter, ParameterData, PathStyle, ReferenceOr};
use serde_json::Value;

use super::Parser;
use super::path::{location, name};
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::{PointerPath, split_query_expansion, split_variables, variable_name};

impl Parser<'_> {
    /// Matches the path parameters of a list with the template of the path. `shared` are the
    /// parameters of the path item.
    pub(super) fn match_template(
        &mut self,
        parameters: &mut Vec<ReferenceOr<Parameter>>,
        shared: &[ReferenceOr<Parameter>],
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) {
        let Some(path) = path else {
            return;
        };
        let variables = variables(path);
        let open: Vec<&str> = variables
            .iter()
            .filter(|v| {
                let mut all = parameters.iter().chain(shared);
                !all.any(|p| self.resolve_parameter(p).is_some_and(|p| is_path(p, v)))
            })
            .copied()
            .collect();
        let mut kept = Vec::with_capacity(parameters.len());
        for (i, parameter) in parameters.drain(..).enumerate() {
            // A parameter of the path item can be declared again.
            let wire = self.resolve_parameter(&parameter).map(name);
            let again = shared.iter().filter_map(|p| self.resolve_parameter(p));
            let again: Vec<_> = again.filter(|p| Some(name(p)) == wire).collect();
            let free: Vec<&str> = (variables.iter().copied())
                .filter(|v| open.contains(v) || again.iter().any(|p| is_path(p, v)))
                .collect();
            kept.extend(self.match_parameter(parameter, &variables, &free, &at.index(i)));
        }
        *parameters = kept;
    }

    /// Returns a parameter, or `None` if the template does not contain it.
    fn match_parameter(
        &mut self,
        parameter: ReferenceOr<Parameter>,
        variables: &[&str],
        open: &[&str],
        at: &PointerPath<'_>,
    ) -> Option<ReferenceOr<Parameter>> {
        let known = self.resolve_parameter(&parameter)?;
        let wire = name(known).to_owned();
        if matches!(known, Parameter::Query { .. }) && open.contains(&wire.as_str()) {
            return Some(self.move_to_path(known.clone(), &wire, at));
        }
        if location(known) != "path" || (variables.contains(&wire.as_str()) && !wire.contains('{'))
        {
            return Some(parameter);
        }
        let Some(variable) = open
            .iter()
            .find(|v| **v == wire || differ_only_in_case(variable_name(v), &wire))
        else {
            let message =
                format!("the path has no variable `{{{wire}}}`; the parameter is ignored");
            self.report(Code::UnusedPathParameter, at, message);
            return None;
        };
        let mut renamed = known.clone();
        if let Parameter::Path { parameter_data, .. } = &mut renamed {
            set_variable(parameter_data, variable);
        }
        let message = format!(
            "the path has no variable `{{{wire}}}`; the parameter belongs to `{{{variable}}}`"
        );
        self.report(Code::MismatchedPathParameter, at, message);
        Some(ReferenceOr::Item(renamed))
    }

    /// Moves a query parameter to the path, whose template contains it.
    fn move_to_path(
        &mut self,
        known: Parameter,
        wire: &str,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Parameter> {
        let mut parameter_data = known.parameter_data();
        parameter_data.required = true;
        let message = format!(
            "the path has a variable `{{{wire}}}`; the parameter `{wire}` is read as a path parameter"
        );
        self.report(Code::QueryInPath, at, message);
        ReferenceOr::Item(Parameter::Path {
            parameter_data,
            style: PathStyle::Simple,
        })
    }

    /// Declares the variables of the template that have no parameter.
    pub(super) fn declare_missing(
        &mut self,
        operation: &mut Operation,
        shared: &[ReferenceOr<Parameter>],
        path: &str,
        at: &PointerPath<'_>,
    ) {
        if let (_, Some(query)) = split_query_expansion(path) {
            let message = format!(
                "the path contains the query `{query}`; it is left out, and the parameters are those of `parameters`"
            );
            self.report(Code::QueryInPath, at, message);
        }
        let mut missing: Vec<&str> = Vec::new();
        for variable in variables(path) {
            let mut all = operation.parameters.iter().chain(shared);
            if !all.any(|p| {
                self.resolve_parameter(p)
                    .is_some_and(|p| is_path(p, variable))
            }) && !missing.contains(&variable)
            {
                missing.push(variable);
            }
        }
        for variable in missing {
            let help = if variable.is_empty() {
                "write the name of a parameter between the braces".to_owned()
            } else {
                format!(
                    "add `{{name: {}, in: path, required: true, schema: {{type: string}}}}` to its `parameters`",
                    Value::from(variable)
                )
            };
            self.report_with_help(
                Code::UndeclaredPathParameter,
                at,
                format!("no parameter is declared for `{{{variable}}}` in `{path}`"),
                help,
            );
            let short = variable_name(variable);
            let mut known = operation.parameters.iter().chain(shared);
            let is_taken = known.any(|p| {
                self.resolve_parameter(p)
                    .is_some_and(|p| location(p) == "path" && name(p) == short)
            });
            let name = match is_taken && !variable.contains('{') {
                true => variable,
                false => short,
            };
            let mut declared = super::parameter::text_in_path(name);
            if let Parameter::Path { parameter_data, .. } = &mut declared
                && name != variable
            {
                set_path_variable(parameter_data, variable);
            }
            operation.parameters.push(ReferenceOr::Item(declared));
        }
    }
}

/// Returns the variables of a path.
fn variables(path: &str) -> Vec<&str> {
    let (path, _) = split_query_expansion(path);
    let (variables, _) = split_variables(path);
    variables
        .into_iter()
        .map(|(_, variable)| variable)
        .collect()
}

/// Gives a parameter the variable that it is for. Its name stays, if the variable has route syntax.
fn set_variable(data: &mut ParameterData, variable: &str) {
    let short = variable_name(variable);
    if short == variable {
        variable.clone_into(&mut data.name);
        return;
    }
    if data.name == variable {
        short.clone_into(&mut data.name);
    }
    set_path_variable(data, variable);
}

fn set_path_variable(data: &mut ParameterData, variable: &str) {
    let key = internal_extensions::PATH_VARIABLE.to_owned();
    data.extensions.insert(key, Value::from(variable));
}

/// Whether a parameter is that of a variable.
fn is_path(parameter: &Parameter, variable: &str) -> bool {
    let Parameter::Path { parameter_data, .. } = parameter else {
        return false;
    };
    let known = (parameter_data.extensions).get(internal_extensions::PATH_VARIABLE);
    known
        .and_then(Value::as_str)
        .unwrap_or(&parameter_data.name)
        == variable
}

/// Whether two names differ only in case and separators.
fn differ_only_in_case(a: &str, b: &str) -> bool {
    let letters = |s: &str| {
        let letters = s.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}
