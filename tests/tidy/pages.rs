//! Pages hold no sentences: they are in `locales/`, in both languages.

use std::{ops::Range, path::Path};

use crate::{
    Violation, holds_here, planted,
    sources::{self, Source},
};

const PAGES: [&str; 3] = ["src", "crates/ui/src", "crates/console/src"];

/// Chinese is allowed in one arm of a `match` on the language, which the compiler completes; and each language calls itself by
/// its own name, whichever is shown.
const EXCUSES: [&str; 2] = ["Lang::Zh", "\"中文\""];
const NAMES: [&str; 2] = ["中文", "English"];

fn chinese_in_code(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &PAGES) {
        for (number, line) in source.code() {
            if line.chars().any(is_chinese) && !EXCUSES.iter().any(|excuse| line.contains(excuse)) {
                violations.push(Violation::new(
                    source.place(number),
                    "Chinese text; it belongs in locales/",
                ));
            }
        }
    }
    violations
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Words between the tags of a `view!`, in any script.
fn words_in_views(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &PAGES) {
        let code = source.whole_code();
        let views = views(&source);
        for literal in source.literals() {
            let inside = views.iter().any(|view| view.contains(&literal.span.start));
            let child = is_child(&code[..literal.span.start], &code[literal.span.end..]);
            if inside && child && has_words(&literal.text) {
                let what = format!("\"{}\" in a view; it belongs in locales/", literal.text);
                violations.push(Violation::new(source.place(literal.line), what));
            }
        }
    }
    violations
}

/// Where the `view! { … }` of a file are.
fn views(source: &Source) -> Vec<Range<usize>> {
    let code = source.whole_code();
    let quoted = |at: usize| source.literals().any(|literal| literal.span.contains(&at));
    let openings = code.match_indices("view! {").filter(|(at, _)| !quoted(*at));
    openings
        .map(|(at, opening)| {
            let mut depth = 1_usize;
            let inside = at + opening.len();
            let end = code[inside..].char_indices().find(|(offset, c)| {
                if !quoted(inside + offset) {
                    depth = match c {
                        '{' => depth + 1,
                        '}' => depth - 1,
                        _ => depth,
                    };
                }
                depth == 0
            });
            inside..end.map_or(code.len(), |(offset, _)| inside + offset)
        })
        .collect()
}

/// Whether a text stands where an element's children do: after a tag or another child, and not as an arm's value.
fn is_child(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    let follows =
        before.ends_with(['>', '}', '"']) && !before.ends_with("=>") && !before.ends_with("->");
    follows && after.starts_with(['<', '{', '"'])
}

/// Two letters in a row; a single one is a sign, such as the `a` of a note.
fn has_words(text: &str) -> bool {
    let letters: Vec<_> = text.chars().map(char::is_alphabetic).collect();
    !NAMES.contains(&text) && letters.windows(2).any(|pair| pair == [true, true])
}

#[test]
fn pages_hold_no_chinese() {
    holds_here(chinese_in_code, &PAGES);
}

#[test]
fn views_hold_no_words() {
    holds_here(words_in_views, &PAGES);
}

#[test]
fn a_chinese_sentence_in_a_page_is_seen() {
    planted::is_found(
        chinese_in_code,
        &[("src/pages/a.rs", "let title = \"空气\"; // 空\n")],
        "src/pages/a.rs:1",
    );
    planted::is_fine(chinese_in_code, &[("src/a.rs", "// 空气\nLang::Zh => \"空气\",\n")]);
}

#[test]
fn words_in_a_view_are_seen() {
    let views = [
        "view! {\n    <p>\"Air\"</p>\n}\n",
        "view! {\n    <p>{value}\n    \" per hour\"</p>\n}\n",
        "view! { <ul>{rows.map(|row| view! { <li>\n\"Nothing yet\"</li> })}</ul> }\n",
    ];
    for view in views {
        planted::is_found(words_in_views, &[("src/pages/a.rs", view)], "belongs in locales/");
    }
}

#[test]
fn attributes_signs_and_code_in_a_view_are_fine() {
    let view = "view! {\n    <p class=\"air\">\" · \"{unit(\"air\")}\"中文\"</p>\n\
        {match a { A => \"air\", B => \"water\" }}\n}\nlet a = \"air\";\n";
    planted::is_fine(words_in_views, &[("src/pages/a.rs", view)]);
}
