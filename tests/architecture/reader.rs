//! Reads one source file with `syn`: the paths it names, the modules and names it declares, and its lines that are
//! compiled for tests only.
//!
//! Invariant: test code is recognised item by item, so code below a test module is read like code above it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::RangeInclusive;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ImplItem, Item, Meta, Stmt, TraitItem, UseTree};

use crate::tokens;

/// The segments of a path: of a module from the crate root, or as written in the source.
///
/// A leading `::` is an empty first segment. A macro call is `name!` and a method call is `.name`.
pub type Segments = Vec<String>;

/// A path as written in a file, recorded once per module and separately for test code and production code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The path as written.
    pub path: Segments,
    /// The module that contains it, inline modules included.
    pub scope: Segments,
    /// True if an item around it is compiled for tests only. Files that are test code as a whole are marked by `House`.
    pub test: bool,
    /// True if it is part of a `use`.
    pub import: bool,
}

/// The declarations of a module.
#[derive(Default)]
pub struct Module {
    /// Modules declared in it by `mod`, each with the path from the crate root that its file has.
    pub children: BTreeMap<String, Segments>,
    /// Names imported by `use`, and the paths they refer to.
    pub bindings: BTreeMap<String, Segments>,
    /// Paths of `use path::*`.
    pub globs: Vec<Segments>,
    /// Names of its own items, and all words inside macro calls that may define items.
    pub items: BTreeSet<String>,
    /// Modules with a `#[path]` attribute: the name, and the path relative to the folder of the declaring file. One
    /// name may occur several times under `cfg`.
    pub moved: Vec<(String, String)>,
}

/// The result of reading one file.
#[derive(Default)]
pub struct Reading {
    /// Each path in the file, with the first line that contains it, from 1.
    pub mentions: Vec<(Mention, usize)>,
    /// The module of the file and its inline modules, by path from the crate root.
    pub modules: BTreeMap<Segments, Module>,
    /// Modules in files of their own that are declared for tests only.
    pub test_modules: Vec<Segments>,
    /// Lines of test code in a file that is not test code as a whole.
    pub test_lines: Vec<RangeInclusive<usize>>,
    /// True if the file opens with `#![cfg(test)]`.
    pub test: bool,
}

/// Reads a file as the module `scope`.
///
/// # Errors
///
/// Returns the line and the reason if the text is not Rust.
pub fn read(text: &str, scope: Segments) -> Result<Reading, (usize, String)> {
    let file = syn::parse_file(text).map_err(|error| (error.span().start().line, error.to_string()))?;
    let mut reading = Reading { test: file.attrs.iter().any(is_for_tests), ..Reading::default() };
    reading.modules.insert(scope.clone(), Module::default());
    let mut reader = Reader { reading, scope, tests: 0, seen: HashSet::new() };
    reader.visit_file(&file);
    Ok(reader.reading)
}

struct Reader {
    reading: Reading,
    scope: Segments,
    /// The number of items around the current place that are compiled for tests only.
    tests: usize,
    seen: HashSet<Mention>,
}

/// Returns true if an attribute excludes its item from every build except tests.
fn is_for_tests(attribute: &Attribute) -> bool {
    let path = attribute.path();
    path.is_ident("test") || path.is_ident("cfg") && attribute.parse_args::<Meta>().is_ok_and(|meta| needs_test(&meta))
}

/// Returns true if a `cfg` condition holds in tests only: `test`, `all(test, …)`, `any(test, test)`.
fn needs_test(condition: &Meta) -> bool {
    let Meta::List(list) = condition else { return condition.path().is_ident("test") };
    let parts =
        list.parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated).unwrap_or_default();
    match list.path.get_ident().map(ToString::to_string).as_deref() {
        Some("all") => parts.iter().any(needs_test),
        Some("any") => !parts.is_empty() && parts.iter().all(needs_test),
        _ => false,
    }
}

/// Returns the attributes of an enum node if it is one of the listed variants, and no attributes otherwise.
macro_rules! attributes {
    ($node:expr, $of:ident: $($variant:ident)*) => {
        match $node { $($of::$variant(node) => node.attrs.as_slice(),)* _ => &[] }
    };
}

/// Overrides the visit of a node to track whether it is compiled for tests only.
macro_rules! tell_tests_apart {
    ($($visit:ident($kind:ident): |$node:ident| $attributes:expr;)*) => {$(
        fn $visit(&mut self, $node: &'ast syn::$kind) {
            self.within($attributes, $node, |reader| visit::$visit(reader, $node));
        }
    )*};
}

impl Reader {
    fn within(&mut self, attributes: &[Attribute], node: &impl Spanned, read: impl FnOnce(&mut Self)) {
        let test = attributes.iter().any(is_for_tests);
        if test && self.tests == 0 {
            let span = node.span();
            self.reading.test_lines.push(span.start().line..=span.end().line);
        }
        self.tests += usize::from(test);
        read(self);
        self.tests -= usize::from(test);
    }

    fn mention(&mut self, path: Segments, line: usize, import: bool) {
        let mention = Mention { path, scope: self.scope.clone(), test: self.tests > 0, import };
        if self.seen.insert(mention.clone()) {
            self.reading.mentions.push((mention, line));
        }
    }

    fn module(&mut self) -> &mut Module {
        self.reading.modules.entry(self.scope.clone()).or_default()
    }

    fn declare(&mut self, name: &syn::Ident) {
        self.module().items.insert(tokens::name(name));
    }

    /// Records each leaf of a `use`.
    fn import(&mut self, tree: &UseTree, before: &Segments) {
        let mut path = before.clone();
        let (ident, bound) = match tree {
            UseTree::Path(inner) => {
                path.push(tokens::name(&inner.ident));
                return self.import(&inner.tree, &path);
            }
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.import(tree, before)),
            UseTree::Glob(glob) => {
                self.module().globs.push(path.clone());
                return self.mention(path, glob.span().start().line, true);
            }
            UseTree::Name(leaf) => (&leaf.ident, &leaf.ident),
            UseTree::Rename(leaf) => (&leaf.ident, &leaf.rename),
        };
        let (name, mut bound) = (tokens::name(ident), tokens::name(bound));
        if name != "self" {
            path.push(name);
        } else if bound == "self" {
            bound = path.last().cloned().unwrap_or_default();
        }
        self.module().bindings.entry(bound).or_insert_with(|| path.clone());
        self.mention(path, ident.span().start().line, true);
    }
}

impl<'ast> Visit<'ast> for Reader {
    tell_tests_apart! {
        visit_impl_item(ImplItem): |node| attributes!(node, ImplItem: Const Fn Type Macro);
        visit_trait_item(TraitItem): |node| attributes!(node, TraitItem: Const Fn Type Macro);
        visit_stmt(Stmt): |node| attributes!(node, Stmt: Local Macro);
        visit_field(Field): |node| &node.attrs;
        visit_field_value(FieldValue): |node| &node.attrs;
        visit_field_pat(FieldPat): |node| &node.attrs;
        visit_variant(Variant): |node| &node.attrs;
        visit_arm(Arm): |node| &node.attrs;
        visit_expr(Expr): |node| attributes!(node, Expr: Array Assign Async Await Binary Block Break Call Cast Closure Const
            Continue Field ForLoop Group If Index Let Lit Loop Macro Match MethodCall Paren Path Range RawAddr Reference
            Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield);
        visit_item(Item): |node| attributes!(node, Item: Const Enum ExternCrate Fn ForeignMod Impl Macro Mod Static Struct
            Trait TraitAlias Type Union Use);
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        let name = tokens::name(&node.ident);
        let parent = self.scope.clone();
        self.scope.push(name.clone());
        let (scope, test) = (self.scope.clone(), self.tests > 0);
        let declaring = self.reading.modules.entry(parent.clone()).or_default();
        declaring.children.insert(name.clone(), scope.clone());
        if node.content.is_some() {
            self.reading.modules.entry(scope.clone()).or_default();
        } else if let Some(path) = node.attrs.iter().find_map(tokens::moved_to) {
            declaring.moved.push((name, path));
        }
        if test {
            self.reading.test_modules.push(scope);
        }
        visit::visit_item_mod(self, node);
        self.scope = parent;
    }

    fn visit_item_use(&mut self, node: &'ast syn::ItemUse) {
        let before = if node.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
        self.import(&node.tree, &before);
    }

    fn visit_item_extern_crate(&mut self, node: &'ast syn::ItemExternCrate) {
        let path = vec![String::new(), tokens::name(&node.ident)];
        if let Some((_, name)) = &node.rename {
            self.module().bindings.insert(tokens::name(name), path.clone());
        }
        self.mention(path, node.ident.span().start().line, true);
    }

    fn visit_item_macro(&mut self, node: &'ast syn::ItemMacro) {
        if let Some(name) = &node.ident {
            self.declare(name);
        }
        self.module().items.extend(tokens::words(&node.mac.tokens));
        visit::visit_item_macro(self, node);
    }

    fn visit_path(&mut self, node: &'ast syn::Path) {
        let mut path = if node.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
        path.extend(node.segments.iter().map(|segment| tokens::name(&segment.ident)));
        self.mention(path, node.span().start().line, false);
        visit::visit_path(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'ast syn::ExprMethodCall) {
        self.mention(vec![format!(".{}", node.method)], node.method.span().start().line, false);
        visit::visit_expr_method_call(self, node);
    }

    fn visit_macro(&mut self, node: &'ast syn::Macro) {
        let mut path: Segments = node.path.segments.iter().map(|segment| tokens::name(&segment.ident)).collect();
        if let Some(last) = path.last_mut() {
            last.push('!');
        }
        self.mention(path, node.path.span().start().line, false);
        for (path, line) in tokens::paths(&node.tokens) {
            self.mention(path, line, false);
        }
    }

    fn visit_attribute(&mut self, node: &'ast Attribute) {
        for (path, line) in tokens::paths_of_attribute(node) {
            self.mention(path, line, false);
        }
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.declare(&node.sig.ident);
        visit::visit_item_fn(self, node);
    }

    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.declare(&node.ident);
        visit::visit_item_struct(self, node);
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.declare(&node.ident);
        visit::visit_item_enum(self, node);
    }

    fn visit_item_union(&mut self, node: &'ast syn::ItemUnion) {
        self.declare(&node.ident);
        visit::visit_item_union(self, node);
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.declare(&node.ident);
        visit::visit_item_trait(self, node);
    }

    fn visit_item_type(&mut self, node: &'ast syn::ItemType) {
        self.declare(&node.ident);
        visit::visit_item_type(self, node);
    }

    fn visit_item_const(&mut self, node: &'ast syn::ItemConst) {
        self.declare(&node.ident);
        visit::visit_item_const(self, node);
    }

    fn visit_item_static(&mut self, node: &'ast syn::ItemStatic) {
        self.declare(&node.ident);
        visit::visit_item_static(self, node);
    }
}
