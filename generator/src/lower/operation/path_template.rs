//! The template of a request's path.

use openapiv3::{Parameter, ParameterData};
use serde_json::Value;

use crate::load::internal_extensions;
use crate::source::{spans_segments, split_variables};

/// Writes a path with the names of its parameters as the variables.
///
/// A variable for several segments becomes `{+name}`. The query of a path has no segments.
pub(super) fn write_template<'p>(
    path: &str,
    parameters: impl Iterator<Item = &'p Parameter> + Clone,
) -> String {
    let mut template = String::with_capacity(path.len());
    let (variables, rest) = split_variables(path);
    for (before, variable) in variables {
        template.push_str(before);
        let mut data = parameters.clone().filter_map(path_parameter);
        let data = data.find(|data| read_variable(data) == variable);
        let (name, spans_segments) = match data {
            Some(data) => (data.name.as_str(), spans_several_segments(data)),
            None => (variable, false),
        };
        let operator = match spans_segments && !template.contains('?') {
            true => "+",
            false => "",
        };
        template.push_str(&format!("{{{operator}{name}}}"));
    }
    template.push_str(rest);
    template
}

const fn path_parameter(parameter: &Parameter) -> Option<&ParameterData> {
    match parameter {
        Parameter::Path { parameter_data, .. } => Some(parameter_data),
        _ => None,
    }
}

/// Returns the variable of the path for a parameter.
fn read_variable(data: &ParameterData) -> &str {
    let variable = data.extensions.get(internal_extensions::PATH_VARIABLE);
    variable.and_then(Value::as_str).unwrap_or(&data.name)
}

/// Whether a value can have several segments, by the path or by the extension of AutoRest.
fn spans_several_segments(data: &ParameterData) -> bool {
    let unescaped = data.extensions.get("x-ms-skip-url-encoding");
    unescaped == Some(&Value::Bool(true)) || spans_segments(read_variable(data))
}
