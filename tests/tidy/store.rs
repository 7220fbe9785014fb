//! Where there is money or blame, rows are only added.

use std::path::Path;

use crate::{Violation, holds_here, planted, rust::joined, sources};

/// Rows of these are never changed.
const APPEND_ONLY: [&str; 11] = [
    "raw_frame",
    "correction",
    "feed_event",
    "report_event",
    "rectification_event",
    "rectification_head",
    "scorecard_entry",
    "programme_revision",
    "reward_ledger",
    "ledger_root",
    "audit_log",
];

/// Of those, the ones whose rows leave when their time is over.
const EXPIRING: [&str; 2] = ["raw_frame", "feed_event"];

/// Where rows may leave: expiry, and hot rows that have been sealed into blocks.
const MAY_DELETE: [&str; 3] =
    ["crates/store/src/retention", "crates/store/src/seal.rs", "crates/store/src/sealed.rs"];

const CODE: &str = "crates/store/src";
const MIGRATIONS: &str = "crates/store/migrations";

fn changes_of_history(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &[CODE]) {
        let may_delete = MAY_DELETE.iter().any(|place| source.path.starts_with(place));
        let queries: Vec<_> =
            source.literals().map(|literal| (literal.line, literal.text.to_lowercase())).collect();
        let inserts = |table: &str| queries.iter().any(|(_, query)| names(query, " into ", table));
        for (line, query) in &queries {
            if let Some(table) = APPEND_ONLY.iter().find(|table| changes(query, table, inserts)) {
                let what = format!("changes rows of {table}, which is append-only");
                violations.push(Violation::new(source.place(*line), what));
            }
            if query.contains("delete from") && !may_delete {
                violations.push(Violation::new(
                    source.place(*line),
                    "deletes rows outside sealing and retention",
                ));
            }
        }
    }
    violations
}

/// Whether a query changes rows that `table` has. The end of a statement that is put together from pieces names no table: it
/// belongs to one that the same file writes, by `inserts`.
fn changes(query: &str, table: &str, inserts: impl Fn(&str) -> bool) -> bool {
    const OVERWRITING: [&str; 8] = [
        "update ",
        "update or ignore ",
        "update or replace ",
        "update or rollback ",
        "update or abort ",
        "update or fail ",
        "replace into ",
        "insert or replace into ",
    ];
    let into = names(query, " into ", table);
    let piece = !query.contains(" into ") && inserts(table);
    OVERWRITING.iter().any(|verb| names(query, verb, table))
        || (query.contains("do update") && (into || piece))
}

/// Whether `query` has `verb` followed by the whole word `table`.
fn names(query: &str, verb: &str, table: &str) -> bool {
    query.split(verb).skip(1).any(|rest| {
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
        let folder = format!("{MIGRATIONS}/{database}");
        let sql = migrations(root, &folder);
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

/// All migrations of a folder in one line each.
fn migrations(root: &Path, folder: &str) -> String {
    let files = sources::text(root, &[folder], &["sql"]);
    files.iter().map(|file| joined(&file.text.to_lowercase()) + "\n").collect()
}

#[test]
fn history_is_never_rewritten() {
    holds_here(changes_of_history, &[CODE, MAY_DELETE[0], MAY_DELETE[1], MAY_DELETE[2]]);
}

#[test]
fn the_database_guards_history_too() {
    holds_here(unguarded_tables, &[MIGRATIONS]);
    let sql = migrations(Path::new(env!("CARGO_MANIFEST_DIR")), MIGRATIONS);
    for table in APPEND_ONLY {
        assert!(names(&sql, "create table ", table), "no migration makes {table}");
    }
}

#[test]
fn an_update_of_history_is_seen() {
    for query in [
        "\"update correction set old = 1\"",
        "\"update\\\n  correction\\\n  set old = 1\"",
        "\"UPDATE OR IGNORE correction SET old = 1\"",
        "\"replace into correction values (1)\"",
        "\"insert or replace into correction values (1)\"",
        "r#\"insert into correction values (1)\n  on conflict do\n  update set old = 1\"#",
    ] {
        let text = format!("db.execute({query});\n");
        let file = ("crates/store/src/a.rs", text.as_str());
        planted::is_found(changes_of_history, &[file], "changes rows of correction");
    }
}

#[test]
fn an_update_put_together_from_pieces_is_seen() {
    let text = "const INSERT: &str = \"insert into raw_frame values (1)\";\n\
        db.execute(&format!(\"{INSERT} on conflict do update set bytes = 2\"));\n";
    planted::is_found(changes_of_history, &[("crates/store/src/a.rs", text)], "a.rs:2");
    let other = text.replace("raw_frame", "observation");
    planted::is_fine(changes_of_history, &[("crates/store/src/a.rs", &other)]);
}

#[test]
fn a_delete_outside_retention_is_seen() {
    let text = "db.execute(\"delete from observation\");\n";
    planted::is_found(changes_of_history, &[("crates/store/src/a.rs", text)], "deletes rows");
    planted::is_fine(changes_of_history, &[("crates/store/src/retention/mod.rs", text)]);
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
