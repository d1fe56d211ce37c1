//! Samples of arrays, maps and tuples.

use serde_json::{Map, Value};

use super::{Sample, SampleExpr, Sampler};
use crate::plan::item::RustType;

impl Sampler<'_, '_> {
    pub(super) fn array(&self, inner: &RustType, values: &[Value]) -> Option<Sample> {
        let samples: Vec<Sample> = values
            .iter()
            .map(|v| self.sample(inner, v))
            .collect::<Option<_>>()?;
        let (exprs, values) = samples.into_iter().unzip();
        Some((
            SampleExpr::Array(exprs, inner.clone()),
            Value::Array(values),
        ))
    }

    pub(super) fn map(&self, inner: &RustType, value: &Value) -> Option<Sample> {
        let mut exprs = Vec::new();
        let mut values = Map::new();
        for (key, value) in value.as_object()? {
            let (expr, value) = self.sample(inner, value)?;
            exprs.push((key.clone(), expr));
            values.insert(key.clone(), value);
        }
        Some((SampleExpr::Map(exprs, inner.clone()), Value::Object(values)))
    }

    pub(super) fn tuple(&self, types: &[RustType], values: &[Value]) -> Option<Sample> {
        if values.len() > types.len() {
            return None;
        }
        let mut values = values.iter();
        let mut exprs = Vec::new();
        let mut written = Vec::new();
        for ty in types {
            exprs.push(match (ty, values.next()) {
                (RustType::Nullable(_), None) => SampleExpr::Absent,
                (_, None) => return None,
                (RustType::Nullable(_), Some(Value::Null)) => {
                    written.push(Value::Null);
                    SampleExpr::Null
                }
                (ty, Some(value)) => {
                    let (expr, value) = self.sample(ty, value)?;
                    written.push(value);
                    match (ty, expr) {
                        (RustType::Nullable(_), SampleExpr::Some(expr)) => {
                            SampleExpr::Present(expr)
                        }
                        (_, expr) => expr,
                    }
                }
            });
        }
        Some((SampleExpr::Tuple(exprs), Value::Array(written)))
    }

    pub(super) fn open_tuple(
        &self,
        types: &[RustType],
        rest: &RustType,
        values: &[Value],
    ) -> Option<Sample> {
        let (places, more) = values.split_at(values.len().min(types.len()));
        let (places, mut written) = self.tuple(types, places)?;
        let (more, written_more) = self.array(rest, more)?;
        if let (Value::Array(all), Value::Array(more)) = (&mut written, written_more) {
            all.extend(more);
        }
        let expr = SampleExpr::OpenTuple(Box::new(places), Box::new(more));
        Some((expr, written))
    }
}
