//! Documents that are made to be expensive take no longer than others of their size.

mod cost;

use std::fmt::Write as _;

use cost::limited;
use sdkwright::config::Config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::ir::{Api, Shape};
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Templates, render};

fn schemas(count: usize, schema: impl Fn(usize) -> String) -> Api {
    let mut text = String::from(
        r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":{"S0":{"type":"object","properties":{"end":{"type":"string"}}}"#,
    );
    for i in 1..=count {
        write!(text, r#","S{i}":{}"#, schema(i)).expect("writing to a string");
    }
    text.push_str("}}}");
    let mut diagnostics = Diagnostics::new();
    limited(|| {
        let document = load_str("hostile.json", &text, &mut diagnostics).expect("a document");
        lower(&document, &Config::default(), &mut diagnostics)
    })
}

/// Returns the codes of the diagnostics about a refused document.
fn refused(name: &str, text: &str) -> Vec<&'static str> {
    let mut diagnostics = Diagnostics::new();
    let document = limited(|| load_str(name, text, &mut diagnostics));
    assert!(document.is_none(), "{name} is read");
    diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect()
}

fn reference(i: usize) -> String {
    format!(r##"{{"$ref":"#/components/schemas/S{i}"}}"##)
}

#[test]
fn long_chains_of_references() {
    schemas(5000, |i| reference(i - 1));
}

#[test]
fn long_chains_of_lists() {
    schemas(5000, |i| {
        format!(r#"{{"type":"array","items":{}}}"#, reference(i - 1))
    });
}

#[test]
fn long_chains_of_unions() {
    let union = |i: usize| format!(r#"{{"oneOf":[{},{{"type":"string"}}]}}"#, reference(i - 1));
    schemas(5000, union);
}

#[test]
fn long_chains_in_either_direction() {
    let count = 3000;
    let next = |i: usize| {
        if i < count {
            reference(i + 1)
        } else {
            reference(0)
        }
    };
    schemas(count, |i| {
        format!(r#"{{"anyOf":[{},{{"type":"integer"}}]}}"#, next(i))
    });
    schemas(count, |i| {
        format!(r#"{{"type":"array","items":{}}}"#, next(i))
    });
    schemas(count, |i| {
        format!(r#"{{"allOf":[{}],"description":"d"}}"#, next(i))
    });
}

#[test]
fn deep_inheritance() {
    let child = |i: usize| {
        format!(
            r#"{{"allOf":[{}],"properties":{{"p{i}":{{"type":"string"}}}}}}"#,
            reference(i - 1)
        )
    };
    schemas(1000, child);
}

#[test]
fn inheritance_in_diamonds() {
    let both = |i: usize| {
        let (left, right) = (reference(i - 1), reference(i.saturating_sub(2)));
        format!(
            r#"{{"allOf":[{left},{right},{left}],"properties":{{"p{i}":{{"type":"string"}}}}}}"#
        )
    };
    schemas(60, both);
}

#[test]
fn types_that_double() {
    let pair = |i: usize| {
        let one = reference(i - 1);
        format!(r#"{{"type":"array","prefixItems":[{one},{one}]}}"#)
    };
    let api = schemas(200, pair);
    assert!(api.types.len() < 2000, "{}", api.types.len());
}

#[test]
fn unions_of_unions_with_other_subschemas() {
    let union = |i: usize| {
        let (one, two) = (reference(i - 1), reference(i.saturating_sub(2)));
        format!(
            r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}},"oneOf":[{one},{two}]}}"#
        )
    };
    let api = schemas(40, union);
    assert!(api.types.len() < 20_000, "{}", api.types.len());
}

#[test]
fn a_schema_of_only_itself_is_raw_json() {
    let api = schemas(3, |i| match i {
        1 => reference(1),
        2 => reference(3),
        _ => reference(2),
    });
    let aliases = api
        .types
        .iter()
        .filter(|(_, def)| matches!(def.shape, Shape::Alias(_)));
    assert!(aliases.count() <= 3);
}

#[test]
fn excessive_nesting_is_rejected() {
    const DEPTH: usize = 10_000;
    let nested = |open: &str, close: &str| {
        let schema = format!("{}{{}}{}", open.repeat(DEPTH), close.repeat(DEPTH));
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{schema}}}}}}}"#
        )
    };
    for text in [
        nested(r#"{"type":"array","items":"#, "}"),
        nested(r#"{"type":"object","properties":{"a":"#, "}}"),
        nested(r#"{"allOf":["#, "]}"),
        nested(r#"{"type":"object","additionalProperties":"#, "}"),
        "[".repeat(DEPTH),
        format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
    ] {
        for name in ["deep.json", "deep.yaml"] {
            assert_eq!(
                refused(name, &text),
                ["nesting-too-deep"],
                "{name}: {text:.80}"
            );
        }
    }
    let mut block = String::from("openapi: 3.1.0\ncomponents:\n");
    for depth in 1..2_000 {
        block.push_str(&" ".repeat(depth));
        block.push_str("items:\n");
    }
    assert_eq!(refused("deep.yaml", &block), ["nesting-too-deep"]);
    assert_eq!(
        refused("deep.yaml", &"- ".repeat(DEPTH)),
        ["nesting-too-deep"]
    );
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = String::from("openapi: 3.1.0\nx0: &a0 [x, x, x, x, x, x, x, x]\n");
    for i in 1..40 {
        let alias = format!("*a{}, ", i - 1).repeat(10);
        writeln!(text, "x{i}: &a{i} [{alias}]").expect("writing to a string");
    }
    assert_eq!(refused("bomb.yaml", &text), ["alias-bomb"]);
}

/// A document that is deep only by its references passes all phases.
#[test]
fn deep_references_are_generated() {
    let api = schemas(3_000, |i| {
        let one = reference(i - 1);
        match i % 3 {
            0 => format!(r#"{{"type":"array","items":{one}}}"#),
            1 => format!(r#"{{"type":"object","additionalProperties":{one}}}"#),
            _ => format!(r#"{{"oneOf":[{one},{{"type":"integer"}}]}}"#),
        }
    });
    let mut diagnostics = Diagnostics::new();
    let files = limited(|| {
        let plan = plan(&api, &mut diagnostics);
        render(&plan, &Templates::default()).expect("our own templates render")
    });
    assert!(files.len() > 1_000, "{}", files.len());
}

#[test]
fn huge_enums_are_not_listed() {
    let listed = |count: usize| {
        let values: Vec<String> = (0..count).map(|i| format!("\"value {i}\"")).collect();
        let values = values.join(",");
        let api = schemas(1, |_| format!(r#"{{"type":"string","enum":[{values}]}}"#));
        let enums = api.types.iter();
        enums
            .filter(|(_, def)| matches!(def.shape, Shape::Enum(_)))
            .count()
    };
    assert_eq!(listed(10_000), 1);
    assert_eq!(listed(10_001), 0);
}

/// Generates code from any graph of references, however long its paths are.
fn generate_code(api: &Api) {
    let mut diagnostics = Diagnostics::new();
    limited(|| {
        let plan = plan(api, &mut diagnostics);
        render(&plan, &Templates::default()).expect("our own templates render");
    });
}

#[test]
fn long_chains_are_generated() {
    let required = |next: String| {
        format!(r#"{{"type":"object","required":["p"],"properties":{{"p":{next}}}}}"#)
    };
    generate_code(&schemas(700, |i| required(reference(i - 1))));
    generate_code(&schemas(700, |i| {
        required(format!(
            r#"{{"type":"array","items":{}}}"#,
            reference(i - 1)
        ))
    }));
    generate_code(&schemas(1000, |i| {
        format!(r#"{{"type":"array","items":{}}}"#, reference(i - 1))
    }));
    generate_code(&schemas(500, |i| {
        format!(r#"{{"type":"array","prefixItems":[{}]}}"#, reference(i - 1))
    }));
    generate_code(&schemas(2000, |i| {
        format!(r#"{{"oneOf":[{},{{"type":"integer"}}]}}"#, reference(i - 1))
    }));
    generate_code(&schemas(100_000, |i| reference(i - 1)));
}

/// Variants are compared once, however many paths lead to the same types.
#[test]
fn doubling_variants_are_generated() {
    generate_code(&schemas(61, |i| match i {
        1 | 2 => format!(r#"{{"type":"object","properties":{{"v{i}":{{"type":"string"}}}}}}"#),
        61 => format!(r#"{{"oneOf":[{},{}]}}"#, reference(59), reference(60)),
        _ => {
            let next = reference(i - 2);
            format!(
                r#"{{"type":"object","required":["l"],"properties":{{"l":{next},"r":{next}}}}}"#
            )
        }
    }));
}

/// Twelve unions of the same twelve unions, nested seven times.
#[test]
fn unions_with_shared_variants_are_generated() {
    const WIDTH: usize = 12;
    generate_code(&schemas(8 * WIDTH, |i| {
        let layer = (i - 1) / WIDTH;
        if layer == 0 {
            return format!(
                r#"{{"type":"object","required":["k{i}"],"properties":{{"k{i}":{{"type":"string"}}}}}}"#
            );
        }
        let first = (layer - 1) * WIDTH + 1;
        let variants: Vec<String> = (first..first + WIDTH).map(reference).collect();
        format!(r#"{{"oneOf":[{}]}}"#, variants.join(","))
    }));
}

/// The example of a call with thousands of parameters uses statements that a compiler and a
/// formatter can process.
#[test]
fn wide_objects_are_generated() {
    let members: Vec<String> = (0..7_000)
        .map(|i| format!(r#""p{i}":{{"type":"string"}}"#))
        .collect();
    let members = members.join(",");
    let text = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{"/a":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{{"type":"object","properties":{{{members}}}}}}}}}}},"responses":{{"204":{{"description":"d"}}}}}}}}}}}}"#
    );
    let mut diagnostics = Diagnostics::new();
    let document = load_str("hostile.json", &text, &mut diagnostics).expect("a document");
    let api = lower(&document, &Config::default(), &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    let files = render(&plan, &Templates::default()).expect("our own templates render");
    let tests = files
        .iter()
        .filter(|(name, _)| name.starts_with("tests/wire/"));
    assert!(
        tests
            .map(|(_, text)| text.matches(".p6999(").count())
            .sum::<usize>()
            > 0
    );
}
