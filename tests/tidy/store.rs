//! Where there is money or blame, rows are only added.

use std::path::Path;

use crate::{Violation, holds_here, planted, sources};

/// Rows of these are never changed.
const APPEND_ONLY: [&str; 7] = [
    "raw_frame",
    "correction",
    "feed_event",
    "report_event",
    "rectification_event",
    "reward_ledger",
    "audit_log",
];

/// Of those, the ones whose rows leave when their time is over.
const EXPIRING: [&str; 2] = ["raw_frame", "feed_event"];

/// Where rows may leave: expiry, and hot rows that have been sealed into blocks.
const MAY_DELETE: [&str; 3] =
    ["crates/store/src/retention", "crates/store/src/seal", "crates/store/src/block"];

fn changes_of_history(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &["crates/store/src"]) {
        let may_delete = MAY_DELETE.iter().any(|place| source.path.starts_with(place));
        for (number, line) in source.code() {
            let line = line.to_lowercase();
            if let Some(table) = APPEND_ONLY.iter().find(|table| names(&line, "update ", table)) {
                violations.push(Violation::new(
                    source.place(number),
                    format!("updates {table}, which is append-only"),
                ));
            }
            if line.contains("delete from") && !may_delete {
                violations.push(Violation::new(
                    source.place(number),
                    "deletes rows outside sealing and retention",
                ));
            }
        }
    }
    violations
}

/// Whether `line` has `verb` followed by the whole word `table`.
fn names(line: &str, verb: &str, table: &str) -> bool {
    line.split(verb).skip(1).any(|rest| {
        let rest = rest.strip_prefix(table);
        rest.is_some_and(|after| {
            !after.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
    })
}

/// The database refuses as well: a trigger before each update, and before each delete that is not expiry.
fn unguarded_tables(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for database in ["sqlite", "postgres"] {
        let folder = format!("crates/store/migrations/{database}");
        let sql: String = sources::text(root, &[&folder], &["sql"])
            .iter()
            .map(|source| {
                source.text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ") + "\n"
            })
            .collect();
        for table in APPEND_ONLY.iter().filter(|table| names(&sql, "create table ", table)) {
            let mut verbs = vec!["update"];
            verbs.extend((!EXPIRING.contains(table)).then_some("delete"));
            for verb in
                verbs.into_iter().filter(|verb| !names(&sql, &format!("before {verb} on "), table))
            {
                violations
                    .push(Violation::new(&folder, format!("no trigger refuses {verb} on {table}")));
            }
        }
    }
    violations
}

#[test]
fn history_is_never_rewritten() {
    holds_here(changes_of_history);
}

#[test]
fn the_database_guards_history_too() {
    holds_here(unguarded_tables);
}

#[test]
fn an_update_of_history_is_seen() {
    let text = "db.execute(\"update correction set old = 1\");\n";
    planted::is_found(changes_of_history, &[("crates/store/src/a.rs", text)], "updates correction");
}

#[test]
fn a_delete_outside_retention_is_seen() {
    let text = "db.execute(\"delete from observation\");\n";
    planted::is_found(changes_of_history, &[("crates/store/src/a.rs", text)], "deletes rows");
    planted::is_fine(changes_of_history, &[("crates/store/src/retention.rs", text)]);
}

#[test]
fn a_table_without_a_guard_is_seen() {
    let sql = "create table raw_frame (id integer) strict;\ncreate table correction (id integer) strict;\n\
        create trigger a before update on correction begin select 1; end;\n\
        create trigger b before delete on correction begin select 1; end;\n";
    planted::is_found(
        unguarded_tables,
        &[("crates/store/migrations/sqlite/0001.sql", sql)],
        "update on raw_frame",
    );
}
