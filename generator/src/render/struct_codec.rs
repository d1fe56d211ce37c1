//! Codecs of structs: the decoder and the encoder of an object.

use super::code::{Code, string_literal};
use super::imports::Imports;
use super::{placeholder, sample_expr};
use crate::plan::{ExtraPlan, FieldInit, FieldPlan, FieldWrapper, Plan, RustIdent, RustType};

/// Returns the decoder of an object.
///
/// The decoder fills a value in place. If a field has no placeholder, each field is read into a variable
/// instead.
pub(super) fn decode_impl(
    plan: &Plan<'_>,
    name: &RustIdent,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    derives_default: bool,
    imports: &mut Imports,
) -> String {
    imports.codec(&["Decode", "DecodeError", "Reader"]);
    let mut text = format!(
        "impl Decode for {name} {{\n    #[inline]\n    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {{\n"
    );
    match placeholder::field_placeholders(plan, fields, imports) {
        Some(starts) => fill_in_place(fields, starts, extra, derives_default, &mut text),
        None => collect_variables(plan, fields, extra, imports, &mut text),
    }
    text.push_str("    }\n}\n");
    text
}

/// Writes the statements that read properties into a value of placeholders.
fn fill_in_place(
    fields: &[FieldPlan<'_>],
    starts: Vec<String>,
    extra: &ExtraPlan,
    derives_default: bool,
    text: &mut String,
) {
    let rest = &extra.ident;
    if derives_default {
        // A setter may be called `default`, and `Self::default` would be that setter.
        text.push_str("        let mut object: Self = Default::default();\n");
    } else {
        let starts = fields.iter().zip(starts);
        let starts = starts.map(|(field, start)| Code::Atom(format!("{}: {start}", field.ident)));
        let rest = Code::Atom(format!("{rest}: {}", empty_extra(extra)));
        let value = Code::braced("let mut object = Self {", starts.chain([rest]), "};");
        value.write_line(2, text);
    }
    let wires = fields.iter().map(wire_literal);
    let targets = fields.iter();
    let targets = targets.map(|field| Code::Atom(format!("&mut object.{}", field.ident)));
    let required = fields.iter().enumerate();
    let required = required.filter(|(_, field)| is_required(field));
    let required = required.map(|(index, _)| Code::Atom(index.to_string()));
    let arguments = [
        Code::list("&[", wires, "]"),
        Code::list("&mut [", targets, "]"),
        Code::Atom(format!("&mut object.{rest}")),
        Code::list("&[", required, "]"),
    ];
    Code::list("r.object(", arguments, ")?;").write_line(2, text);
    text.push_str("        Ok(object)\n");
}

/// Writes the statements that read properties into variables and build the value from them.
fn collect_variables(
    plan: &Plan<'_>,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    imports: &mut Imports,
    text: &mut String,
) {
    let rest = &extra.ident;
    for field in fields {
        let start = placeholder::absent_value(field);
        text.push_str(&format!("        let mut {} = {start};\n", field.local));
    }
    text.push_str(&format!(
        "        let mut {rest} = {};\n",
        empty_extra(extra)
    ));
    let mut targets = Vec::with_capacity(fields.len());
    for field in fields {
        let local = &field.local;
        targets.push(Code::Atom(match field.wrapper {
            FieldWrapper::Plain | FieldWrapper::Null => {
                imports.codec(&["RequiredField"]);
                format!("&mut RequiredField(&mut {local})")
            }
            FieldWrapper::Optional | FieldWrapper::Nullable => format!("&mut {local}"),
        }));
    }
    let arguments = [
        Code::list("&[", fields.iter().map(wire_literal), "]"),
        Code::list("&mut [", targets, "]"),
        Code::Atom(format!("&mut {rest}")),
        Code::atom("&[]"),
    ];
    Code::list("r.object(", arguments, ")?;").write_line(2, text);
    check_required(fields, text);
    let values: Vec<Code> = fields
        .iter()
        .map(|field| Code::Atom(field_value(plan, field, imports)))
        .chain([Code::Atom(rest.to_string())])
        .collect();
    Code::braced("Ok(Self {", values, "})").write_line(2, text);
}

/// Writes the check that each required property was read.
fn check_required(fields: &[FieldPlan<'_>], text: &mut String) {
    let required: Vec<_> = fields.iter().filter(|field| is_required(field)).collect();
    let locals: Vec<&RustIdent> = required.iter().map(|field| &field.local).collect();
    match locals.as_slice() {
        [] => return,
        [only] => text.push_str(&format!("        let Some({only}) = {only} else {{\n")),
        locals => {
            let patterns = locals
                .iter()
                .map(|local| Code::Atom(format!("Some({local})")));
            let values = locals.iter().map(|local| Code::Atom(local.to_string()));
            let mut statement = String::new();
            Code::list("let (", patterns, ") = (").write_line(2, &mut statement);
            let statement_start = statement.trim_end();
            Code::list(statement_start.trim_start(), values, ") else {").write_line(2, text);
        }
    }
    let wires = required.iter().map(|field| wire_literal(field));
    Code::list("return Err(r.missing(&[", wires, "]));").write_line(3, text);
    text.push_str("        };\n");
}

/// Returns the wire name of a field as a literal.
fn wire_literal(field: &FieldPlan<'_>) -> Code {
    Code::Atom(string_literal(field.wire.as_str()))
}

/// Returns the initial value of the field for undeclared properties.
const fn empty_extra(extra: &ExtraPlan) -> &'static str {
    match extra.ty {
        Some(_) => "BTreeMap::new()",
        None => "Extra::new()",
    }
}

/// Whether an object without the property is an error. A property with one possible value is not
/// required: its value is known.
fn is_required(field: &FieldPlan<'_>) -> bool {
    matches!(field.wrapper, FieldWrapper::Plain | FieldWrapper::Null)
        && !matches!(field.initial, FieldInit::Constant(_))
}

/// Returns the value of a field, from the variable that it was read into.
fn field_value(plan: &Plan<'_>, field: &FieldPlan<'_>, imports: &mut Imports) -> String {
    let (name, local) = (&field.ident, &field.local);
    match (field.wrapper, &field.initial) {
        (FieldWrapper::Plain, FieldInit::Constant(value)) => {
            let is_text = value.is_string() && field.ty == RustType::String;
            let value = sample_expr::constant_text(plan, &field.ty, value, imports);
            if is_text {
                format!("{name}: {local}.unwrap_or_else(|| {value})")
            } else {
                format!("{name}: {local}.unwrap_or({value})")
            }
        }
        _ if name == local => name.to_string(),
        _ => format!("{name}: {local}"),
    }
}

/// Returns the encoder of an object.
pub(super) fn encode_impl(
    name: &RustIdent,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    imports: &mut Imports,
) -> String {
    imports.codec(&["Encode", "Writer"]);
    let mut text = format!(
        "impl Encode for {name} {{\n    #[inline]\n    fn encode(&self, w: &mut Writer) {{\n        w.begin_object();\n"
    );
    for field in fields {
        let (method, wire) = write_call(field);
        let arguments = [
            Code::Atom(string_literal(&wire)),
            Code::Atom(format!("&self.{}", field.ident)),
        ];
        Code::list(format!("w.{method}("), arguments, ");").write_line(2, &mut text);
    }
    text.push_str(&format!("        w.extra(&self.{});\n", extra.ident));
    text.push_str("        w.end_object();\n    }\n}\n");
    text
}

/// Returns the writer's method for a field, and the field's wire name, escaped for a JSON string.
pub(super) fn write_call(field: &FieldPlan<'_>) -> (&'static str, String) {
    let method = match field.wrapper {
        FieldWrapper::Plain | FieldWrapper::Null => "field",
        FieldWrapper::Optional | FieldWrapper::Nullable => "optional",
    };
    let quoted = serde_json::Value::from(field.wire.as_str()).to_string();
    let end = quoted.len().saturating_sub(1);
    (method, quoted.get(1..end).unwrap_or_default().to_owned())
}
