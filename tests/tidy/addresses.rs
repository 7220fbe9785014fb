//! No absolute address in the browser's part, so that any base path works.

use std::path::Path;

use crate::{Violation, holds_here, planted, sources};

const SCOPE: [&str; 6] =
    ["index.html", "src", "style", "public", "crates/ui/src", "crates/console"];
const KINDS: [&str; 7] = ["rs", "html", "css", "js", "json", "webmanifest", "svg"];
const ABSOLUTE: [&str; 12] = [
    "href=\"/",
    "href='/",
    "src=\"/",
    "src='/",
    "action=\"/",
    "url(/",
    "url(\"/",
    "url('/",
    "fetch(\"/",
    "fetch('/",
    "\"start_url\": \"/",
    "\"src\": \"/",
];
/// The elements that make every other address relative to them; the server rewrites them.
const BASES: [&str; 2] = ["<base href=\"/\">", "<base href=\"/console/\">"];

fn absolute_addresses(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::text(root, &SCOPE, &KINDS) {
        for (number, line) in source.text.lines().enumerate() {
            let line = BASES.iter().fold(line.to_owned(), |line, base| line.replace(base, ""));
            if let Some(word) = ABSOLUTE.iter().find(|word| line.contains(**word)) {
                let what = format!("`{word}` breaks under a base path; leave out the slash");
                violations.push(Violation::new(source.place(number + 1), what));
            }
        }
    }
    violations
}

#[test]
fn every_address_is_relative() {
    holds_here(absolute_addresses, &SCOPE);
}

#[test]
fn an_absolute_link_is_seen() {
    planted::is_found(
        absolute_addresses,
        &[("src/a.rs", "view! { <a href=\"/air\"/> }\n")],
        "src/a.rs:1",
    );
}

#[test]
fn an_absolute_image_in_a_stylesheet_is_seen() {
    planted::is_found(
        absolute_addresses,
        &[("style/a.css", "a { background: url(/a.svg) }\n")],
        "style/a.css:1",
    );
}

#[test]
fn the_base_itself_may_be_absolute() {
    for base in BASES {
        let page = format!("<head>{base}</head>\n");
        planted::is_fine(absolute_addresses, &[("index.html", &page)]);
    }
}
