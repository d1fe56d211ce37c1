//! `custom_casings`: the spelling of terms in names.
//!
//! The configuration is applied to the words of the finished model. The plan and the renderer know
//! nothing of it.

use crate::config::{Casing, Config};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Api, Operation, Resource, Shape, TypeDef, Words};
use crate::lower::findings::Findings;

/// The configured spellings.
#[derive(Debug, Default)]
pub(in crate::lower) struct CustomCasings {
    terms: Vec<Term>,
    /// Plurals with their singulars.
    plurals: Vec<(Words, Words)>,
}

/// A term that has its own spelling.
#[derive(Debug)]
struct Term {
    /// Its letters and digits in lower case.
    letters: String,
    spelling: Words,
}

impl CustomCasings {
    /// Reads the spellings of the configuration.
    pub(in crate::lower) fn read(config: &Config, findings: &mut Findings) -> Self {
        let mut casings = Self::default();
        for (term, casing) in &config.casings {
            if let Some(spelling) = spelling(term, casing) {
                let letters = letters(term);
                casings.terms.push(Term { letters, spelling });
            } else {
                let message = format!(
                    "the spellings of `{term}` have different letters; names keep their usual spelling"
                );
                let finding =
                    Diagnostic::new(Code::UnsupportedConfigKey, casing.pointer.clone(), message);
                let help = "spell the term in each case with the same letters";
                findings.push(finding.help(help).in_config());
            }
            if casing.singular.is_some() || casing.plural.is_some() {
                let word = |form: &Option<String>| Words::split(form.as_deref().unwrap_or(term));
                let pair = (word(&casing.plural), word(&casing.singular));
                casings.plurals.push(pair);
            }
        }
        casings
    }

    /// Returns the words with the last one in the singular.
    pub(in crate::lower) fn singular(&self, words: &Words) -> Words {
        let mut plurals = self.plurals.iter();
        let found = plurals.find_map(|(plural, one)| {
            let kept = words.iter().count().checked_sub(plural.iter().count())?;
            let is_last = words.iter().skip(kept).eq(plural.iter());
            let before: Words = words.iter().take(kept).collect();
            is_last.then(|| before.join(one))
        });
        found.unwrap_or_else(|| words.singular())
    }

    /// Spells the names of a model.
    pub(in crate::lower) fn apply(&self, api: &mut Api) {
        if self.terms.is_empty() {
            return;
        }
        for def in api.types.iter_mut() {
            self.spell_type(def);
        }
        for alias in &mut api.aliases {
            self.spell(&mut alias.name);
        }
        for operation in &mut api.operations {
            self.spell_operation(operation);
        }
        self.spell_resource(&mut api.root);
        for method in api.webhooks.iter_mut().flat_map(|it| &mut it.methods) {
            self.spell(&mut method.name);
            method.resource.iter_mut().for_each(|name| self.spell(name));
        }
        for option in &mut api.package.options {
            self.spell(&mut option.name);
        }
    }

    fn spell_type(&self, def: &mut TypeDef) {
        self.spell(&mut def.name);
        def.distinct_name
            .iter_mut()
            .for_each(|name| self.spell(name));
        match &mut def.shape {
            Shape::Struct(object) => {
                let names = object.fields.iter_mut().map(|field| &mut field.name);
                names.for_each(|name| self.spell(name));
            }
            Shape::Union(union) => {
                let names = union.variants.iter_mut().map(|variant| &mut variant.name);
                names.for_each(|name| self.spell(name));
            }
            Shape::Enum(list) => {
                let names = list.values.iter_mut().map(|value| &mut value.name);
                names.for_each(|name| self.spell(name));
            }
            Shape::Alias(_) => {}
        }
    }

    fn spell_operation(&self, operation: &mut Operation) {
        self.spell(&mut operation.name);
        let params = operation.params.iter_mut().map(|param| &mut param.name);
        let body = operation.body.iter_mut();
        let body = body.filter_map(|body| body.argument.as_mut());
        let stream = operation.stream.iter_mut();
        let stream = stream.filter_map(|stream| Some(&mut stream.params_name.as_mut()?.words));
        let names = params.chain(body).chain(stream);
        names.for_each(|name| self.spell(name));
    }

    fn spell_resource(&self, resource: &mut Resource) {
        self.spell(&mut resource.name);
        for method in &mut resource.methods {
            self.spell(&mut method.name);
        }
        for child in &mut resource.children {
            self.spell_resource(child);
        }
    }

    /// Replaces each term in a name with its spelling.
    fn spell(&self, name: &mut Words) {
        let words: Vec<&String> = name.iter().collect();
        let mut spelt = Words::new();
        let mut is_changed = false;
        let mut rest = words.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let found = self.terms.iter().find_map(|term| {
                let count = count_words_of(&term.letters, rest)?;
                Some((&term.spelling, count))
            });
            if let Some((spelling, count)) = found {
                spelt = spelt.join(spelling);
                is_changed = true;
                rest = rest.get(count..).unwrap_or_default();
            } else {
                spelt = spelt.join(&std::iter::once(*first).collect());
                rest = others;
            }
        }
        if is_changed {
            *name = spelt;
        }
    }
}

/// Returns the number of words at the start of a name that make up these letters.
fn count_words_of(letters: &str, words: &[&String]) -> Option<usize> {
    let mut left = letters;
    for (index, word) in words.iter().enumerate() {
        left = left.strip_prefix(word.as_str())?;
        if left.is_empty() {
            return Some(index + 1);
        }
    }
    None
}

/// Returns the words of a term in its own spelling; `None` if the spellings have different letters.
fn spelling(term: &str, casing: &Casing) -> Option<Words> {
    let pascal = casing.pascal.as_ref().or(casing.camel.as_ref());
    match (&casing.snake, pascal) {
        (snake, Some(pascal)) => {
            let snake = snake.clone().unwrap_or_else(|| letters(pascal));
            Words::spelt(&snake, pascal)
        }
        (Some(snake), None) => Some(Words::split(&snake.to_lowercase())),
        (None, None) => Some(Words::split(&letters(term))),
    }
}

fn letters(term: &str) -> String {
    let letters = term.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
