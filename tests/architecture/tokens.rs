//! Finds paths in tokens that `syn` leaves unparsed: arguments and bodies of macros, and attributes.
//!
//! Invariant: this is best effort and prefers to report too many paths; a path that a macro assembles from pieces is
//! missed.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::reader::Segments;

/// Returns the name of an identifier, without `r#`.
pub fn name(ident: &syn::Ident) -> String {
    ident.unraw().to_string()
}

/// Returns the file that `#[path = "…"]` names.
pub fn moved_to(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
    pair.path.is_ident("path").then(|| text.value())
}

/// Returns all identifiers in a token stream.
pub fn words(tokens: &TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) => found.push(name(&ident)),
            TokenTree::Group(group) => found.extend(words(&group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// Returns the paths of an attribute: its own, those among its arguments, and those in strings, as in
/// `#[serde(with = "crate::a::b")]`.
pub fn paths_of_attribute(attribute: &Attribute) -> Vec<(Segments, usize)> {
    let line = attribute.span().start().line;
    let mut found = vec![(segments(attribute.path()), line)];
    if let Meta::List(list) = &attribute.meta {
        found.extend(paths(&list.tokens));
        for text in strings(&list.tokens) {
            if let Ok(path) = text.parse::<syn::Path>().map(|path| segments(&path))
                && path.len() > 1
            {
                found.push((path, text.span().start().line));
            }
        }
    }
    found
}

fn segments(path: &syn::Path) -> Segments {
    path.segments.iter().map(|segment| name(&segment.ident)).collect()
}

fn strings(tokens: &TokenStream) -> Vec<syn::LitStr> {
    let mut found = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    found.push(text);
                }
            }
            TokenTree::Group(group) => found.extend(strings(&group.stream())),
            TokenTree::Punct(_) | TokenTree::Ident(_) => {}
        }
    }
    found
}

/// Returns all paths in a token stream with their lines: `a::b`, `a::{b, c::d}`, `name!` and `.method`.
pub fn paths(tokens: &TokenStream) -> Vec<(Segments, usize)> {
    let mut found = Vec::new();
    collect(tokens, &[], &mut found);
    found
}

/// Appends the paths in a token stream. Each path in a group after `::` begins with the segments of `before`.
fn collect(tokens: &TokenStream, before: &[String], found: &mut Vec<(Segments, usize)>) {
    let mut tokens = tokens.clone().into_iter().peekable();
    // The segments and the line of the current path, and whether the last token was `::` or `.`.
    let mut path: Segments = before.to_vec();
    let mut line = 0;
    let mut joined = !before.is_empty();
    let mut method = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => {
                if !joined {
                    flush(&mut path, before, line, found);
                }
                line = ident.span().start().line;
                path.push(if std::mem::take(&mut method) { format!(".{ident}") } else { name(&ident) });
                joined = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && is_colon(tokens.peek()) => {
                tokens.next();
                if joined || path.len() == before.len() {
                    flush(&mut path, before, line, found);
                }
                joined = true;
            }
            TokenTree::Group(group) if joined && group.delimiter() == Delimiter::Brace => {
                collect(&group.stream(), &path, found);
                path.clear();
                path.extend_from_slice(before);
                joined = !before.is_empty();
            }
            other => {
                if let (TokenTree::Punct(punct), Some(last)) = (&other, path.last_mut())
                    && punct.as_char() == '!'
                    && !joined
                    && matches!(tokens.peek(), Some(TokenTree::Group(_)))
                {
                    last.push('!');
                }
                flush(&mut path, before, line, found);
                // A second dot makes a range, not a method call.
                method = !method && matches!(&other, TokenTree::Punct(punct) if punct.as_char() == '.');
                joined = !before.is_empty() && matches!(&other, TokenTree::Punct(punct) if punct.as_char() == ',');
                if let TokenTree::Group(group) = &other {
                    collect(&group.stream(), &[], found);
                }
            }
        }
    }
    flush(&mut path, before, line, found);
}

/// Ends the current path and begins the next.
fn flush(path: &mut Segments, before: &[String], line: usize, found: &mut Vec<(Segments, usize)>) {
    if path.len() > before.len() {
        found.push((path.clone(), line));
    }
    path.clear();
    path.extend_from_slice(before);
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}
