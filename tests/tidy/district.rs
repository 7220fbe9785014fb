//! No district in code: it is read from a profile.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{Violation, holds_here, planted, sources};

/// What reaches a reader or decides what does.
const SCOPE: [&str; 7] =
    ["src", "crates", "locales", "style", "public", "index.html", "Trunk.toml"];

/// The names that the profiles give their districts: folder, Chinese without 市 and 区, first English word.
fn names(root: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Ok(profiles) = fs::read_dir(root.join("profiles")) else { return names };
    for profile in profiles.flatten() {
        names.insert(profile.file_name().to_string_lossy().to_lowercase());
        let text = fs::read_to_string(profile.path().join("profile.toml")).unwrap_or_default();
        let Some(line) = text.lines().find(|line| line.starts_with("district = ")) else {
            continue;
        };
        let quoted: Vec<_> = line.split('"').skip(1).step_by(2).collect();
        names.extend(quoted.iter().filter_map(|name| short(name)));
    }
    names
}

/// `九龙坡` of `重庆市九龙坡区`, `jiulongpo` of `Jiulongpo District, Chongqing`.
fn short(name: &str) -> Option<String> {
    if name.is_ascii() {
        return name.split_whitespace().next().map(str::to_lowercase);
    }
    let district = name.rsplit_once('市').map_or(name, |(_, district)| district);
    Some(district.trim_end_matches(['区', '县']).to_owned()).filter(|name| !name.is_empty())
}

fn districts_in_code(root: &Path) -> Vec<Violation> {
    let names = names(root);
    let mut violations = Vec::new();
    for source in sources::any_text(root, &SCOPE) {
        if source.is_test() {
            continue;
        }
        for (number, line) in source.before_tests() {
            let line = line.to_lowercase();
            if let Some(name) = names.iter().find(|name| line.contains(name.as_str())) {
                let what = format!("`{name}` is a district; read it from the profile");
                violations.push(Violation::new(source.place(number), what));
            }
        }
    }
    violations
}

#[test]
fn code_names_no_district() {
    assert!(
        !names(Path::new(env!("CARGO_MANIFEST_DIR"))).is_empty(),
        "profiles/ names no district"
    );
    holds_here(districts_in_code, &SCOPE);
}

const PROFILE: (&str, &str) = (
    "profiles/lakeside/profile.toml",
    "district = { zh = \"某某市湖滨区\", en = \"Lakeside District, Somewhere\" }\n",
);

#[test]
fn a_district_named_in_chinese_is_seen() {
    planted::is_found(districts_in_code, &[PROFILE, ("src/a.rs", "// 湖滨的空气\n")], "湖滨");
}

#[test]
fn a_district_named_in_english_is_seen() {
    let file = ("crates/server/src/a.rs", "const TITLE: &str = \"Lakeside\";\n");
    planted::is_found(districts_in_code, &[PROFILE, file], "lakeside");
}

#[test]
fn tests_may_name_a_district() {
    let text = "#[cfg(test)]\nmod tests { const A: &str = \"湖滨\"; }\n";
    planted::is_fine(
        districts_in_code,
        &[PROFILE, ("src/a.rs", text), ("crates/x/tests/a.rs", "// 湖滨\n")],
    );
}

#[test]
fn a_district_in_a_script_a_picture_or_a_page_is_seen() {
    for path in ["src/a.js", "public/a.svg", "crates/x/src/a.ts", "crates/x/README.md"] {
        planted::is_found(districts_in_code, &[PROFILE, (path, "Lakeside\n")], "lakeside");
    }
}
