//! Quoted texts that must not stand in the code of a place: queries, and numbers being printed.

use std::path::Path;

use crate::{
    Violation, holds_here, planted,
    rust::Literal,
    sources::{self, Source},
};

const ALL: &[&str] = &["src", "crates"];
/// Where pages are made: in the browser, and by the server for readers without script.
pub(crate) const PAGES: &[&str] =
    &["src", "crates/ui/src", "crates/console/src", "crates/server/src"];
/// Where the numbers of pages are printed; and where a number is nobody's reading.
pub(crate) const FIGURES: &[&str] = &[
    "crates/ui/src/figure.rs",
    "crates/server/src/words.rs",
    // Lengths in pixels.
    "crates/ui/src/chart_view/stage.rs",
    // Seconds that a command took, for whoever ran it; and tables for other programs.
    "crates/server/src/commands/",
    "crates/server/src/evaluate/",
];
const STORE: &str = "crates/store/";

/// What `judge` says of each quoted text of the product in `scope`.
fn literals(
    root: &Path,
    scope: &[&str],
    except: &[&str],
    judge: fn(&Literal) -> Option<String>,
) -> Vec<Violation> {
    let excepted = |source: &Source| except.iter().any(|prefix| source.path.starts_with(prefix));
    let mut violations = Vec::new();
    for source in sources::rust(root, scope).iter().filter(|source| !excepted(source)) {
        for literal in source.literals() {
            let what = judge(literal);
            violations.extend(what.map(|what| Violation::new(source.place(literal.line), what)));
        }
    }
    violations
}

/// Statements by their two words that no sentence begins with.
const STATEMENTS: [(&str, &str); 16] = [
    ("select ", " from "),
    ("select 1", ""),
    ("select count(", ""),
    ("insert into ", ""),
    ("insert or ", " into "),
    ("replace into ", ""),
    ("delete from ", ""),
    ("update ", " set "),
    ("create table ", ""),
    ("create index ", ""),
    ("create unique index ", ""),
    ("create trigger ", ""),
    ("alter table ", ""),
    ("drop table ", ""),
    ("pragma ", ""),
    ("vacuum into ", ""),
];

fn queries(root: &Path) -> Vec<Violation> {
    literals(root, ALL, &[STORE], |literal| {
        let text = literal.text.to_lowercase();
        let (verb, _) = STATEMENTS.iter().find(|(verb, then)| {
            text.split_once(verb).is_some_and(|(before, after)| {
                let word = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
                word && format!(" {after}").contains(then)
            })
        })?;
        Some(format!("`{}…` is SQL, which belongs in store", verb.trim_end()))
    })
}

fn printed_numbers(root: &Path) -> Vec<Violation> {
    literals(root, PAGES, FIGURES, |literal| {
        let placeholder = precise_placeholder(&literal.text)?;
        Some(format!("`{placeholder}` prints a number; ui::figure and server::words do"))
    })
}

/// `{value:.1}` or any other placeholder that rounds.
fn precise_placeholder(text: &str) -> Option<&str> {
    text.match_indices('{').find_map(|(at, _)| {
        let (inside, _) = text[at + 1..].split_once('}')?;
        let (name, format) = inside.split_once(':')?;
        let named = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        (named && format.contains('.')).then(|| &text[at..at + inside.len() + 2])
    })
}

/// The database's own clocks; the store is told the time.
const SQL_CLOCKS: [&str; 6] = [
    "'now'",
    "unixepoch(",
    "current_timestamp",
    "current_date",
    "current_time",
    "clock_timestamp(",
];
const QUERIES: [&str; 2] = ["crates/store/src", "crates/store/migrations"];

fn clocks_in_queries(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::text(root, &QUERIES, &["rs", "sql"]) {
        for (number, line) in source.code() {
            let line = line.to_lowercase();
            if let Some(clock) = SQL_CLOCKS.iter().find(|clock| line.contains(**clock)) {
                let what = format!("`{clock}` reads a clock; time is an argument");
                violations.push(Violation::new(source.place(number), what));
            }
        }
    }
    violations
}

#[test]
fn queries_stay_in_store() {
    holds_here(queries, &[ALL, &[STORE]].concat());
}

#[test]
fn pages_print_no_numbers_themselves() {
    holds_here(printed_numbers, &[PAGES, FIGURES].concat());
}

#[test]
fn queries_are_told_the_time() {
    holds_here(clocks_in_queries, &QUERIES);
}

#[test]
fn a_query_in_the_server_is_seen_however_it_is_written() {
    for text in [
        "db.run(\"select code from station\");\n",
        "db.run(\"SELECT 1\");\n",
        "db.run(r#\"Insert\n    INTO station values (1)\"#);\n",
        "db.run(\"with a as (select 2 from b) select * from a\");\n",
        "db.run(\"update\\\n  station\\\n  set code = 1\");\n",
        "db.run(\"PRAGMA user_version\");\n",
    ] {
        planted::is_found(queries, &[("crates/server/src/a.rs", text)], "server/src/a.rs:1");
    }
    let sentence =
        "// select a from b\nlet a = \"choose the station to update, then set its code\";\n";
    planted::is_fine(queries, &[("crates/server/src/a.rs", sentence)]);
}

#[test]
fn a_page_that_prints_a_number_is_seen_in_every_form() {
    for text in [
        "format!(\"{:.1}\", value)\n",
        "format!(\"{value:.1} µg/m³\")\n",
        "format!(\"{0:>8.2}\", value)\n",
        "format!(\"{value:.places$}\")\n",
    ] {
        for path in ["src/pages/a.rs", "crates/server/src/summaries/a.rs", "crates/ui/src/a.rs"] {
            planted::is_found(printed_numbers, &[(path, text)], "prints a number");
        }
    }
    planted::is_fine(printed_numbers, &[("crates/ui/src/figure.rs", "format!(\"{value:.1}\")\n")]);
    planted::is_fine(printed_numbers, &[("src/a.rs", "format!(\"{a}: {b:?}. {c:02}\")\n")]);
}

#[test]
fn a_clock_of_the_database_is_seen() {
    let code = ("crates/store/src/a.rs", "db.run(\"insert into a values (UNIXEPOCH())\");\n");
    planted::is_found(clocks_in_queries, &[code], "`unixepoch(`");
    let sql = ("crates/store/migrations/sqlite/1.sql", "at text default CURRENT_TIMESTAMP\n");
    planted::is_found(clocks_in_queries, &[sql], "`current_timestamp`");
}
