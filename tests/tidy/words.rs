//! Words that must not stand in the code of a place.

use std::path::Path;

use crate::{Violation, holds_here, planted, sources};

/// One absence: these words, in these places, except there.
struct Rule {
    /// Completes "… has no".
    absence: &'static str,
    /// Files or folders.
    scope: &'static [&'static str],
    /// Prefixes of paths inside the scope.
    except: &'static [&'static str],
    words: &'static [&'static str],
}

const BROWSER: &[&str] = &["src", "crates/ui/src", "crates/console/src"];
const ALL: &[&str] = &["src", "crates"];

const PURE_DOMAIN: Rule = Rule {
    absence: "clock, randomness, input, output or waiting: time and ids are arguments",
    scope: &["crates/domain/src"],
    except: &[],
    words: &[
        "now(",
        "rand::",
        "getrandom",
        "std::fs",
        "std::net",
        "std::env",
        "std::io",
        "std::thread",
        "SystemTime",
        "Instant::",
        "async fn",
        ".await",
        "println!",
        "leptos",
        "rusqlite",
    ],
};

const EXACT_NUMBERS: Rule = Rule {
    absence: "floating point between a reading and a published number",
    scope: &[
        "crates/domain/src/air",
        "crates/domain/src/water/class.rs",
        "crates/domain/src/water/class",
    ],
    except: &[],
    words: &["f64", "f32", "approximate("],
};

const PLAIN_FRAMES: Rule = Rule {
    absence: "pollutant or station: it yields codes and texts",
    scope: &["crates/hj212/src"],
    except: &[],
    words: &[
        "PM2.5",
        "PM10",
        "Pm25",
        "pm2_5",
        "Ozone",
        "ozone",
        "StationCode",
        "\"a34004",
        "\"a05024",
        "\"w01018",
    ],
};

const NO_SOCKETS: Rule = Rule {
    absence: "socket, file, clock or waiting: bytes in, frames out",
    scope: &["crates/hj212/src"],
    except: &[],
    words: &[
        "std::net",
        "std::fs",
        "std::io",
        "tokio",
        "async fn",
        "SystemTime",
        "Instant::",
        "now(",
    ],
};

const SQL_IN_STORE: Rule = Rule {
    absence: "SQL outside store",
    scope: ALL,
    except: &["crates/store/"],
    words: &[
        "rusqlite",
        "sqlx",
        "\"select ",
        "\"insert ",
        "\"delete from",
        "\"update ",
        "insert into ",
        "delete from ",
        "create table ",
        "pragma ",
    ],
};

const ONE_CLIENT: Rule = Rule {
    absence: "request outside api_client.rs",
    scope: BROWSER,
    except: &["src/api_client.rs", "src/api_client/", "crates/console/src/api_client"],
    words: &["fetch_with", "gloo_net", "reqwest", "XmlHttpRequest", "send_beacon"],
};

const ONE_CLOCK: Rule = Rule {
    absence: "wall clock outside server::clock and ui::clock",
    scope: ALL,
    except: &["crates/server/src/clock.rs", "crates/ui/src/clock.rs"],
    words: &[
        "SystemTime::now",
        "Timestamp::now",
        "Zoned::now",
        "Date::now",
        "Date::new_0",
        "Utc::now",
        "Local::now",
    ],
};

const ONE_FIGURE: Rule = Rule {
    absence: "number formatted by a page: ui::figure prints quantities",
    scope: &["src"],
    except: &[],
    words: &[
        "{:.",
        ".to_fixed(",
        "millionths().to_string",
        "approximate().to_string",
        "to_locale_string",
    ],
};

const ONLY_THE_CHANNEL: Rule = Rule {
    absence: "way from a source to the store or the server: a channel lies between",
    scope: &["crates/ingest/src"],
    except: &[],
    words: &["store::", "server::", "axum"],
};

fn found(root: &Path, rule: &Rule) -> Vec<Violation> {
    let excepted = |path: &str| rule.except.iter().any(|prefix| path.starts_with(prefix));
    let mut violations = Vec::new();
    for source in sources::rust(root, rule.scope).iter().filter(|source| !excepted(&source.path)) {
        for (number, line) in source.code() {
            if let Some(word) = rule.words.iter().find(|word| line.contains(**word)) {
                let what = format!("`{word}`, but there is no {}", rule.absence);
                violations.push(Violation::new(source.place(number), what));
            }
        }
    }
    violations
}

/// A test that a rule holds, and one that it is seen when broken.
macro_rules! absent {
    ($name:ident, $seen:ident, $rule:ident, $path:literal, $planted:literal) => {
        #[test]
        fn $name() {
            holds_here(|root| found(root, &$rule));
        }

        #[test]
        fn $seen() {
            planted::is_found(|root| found(root, &$rule), &[($path, $planted)], $path);
        }
    };
}

absent!(
    domain_is_pure,
    a_clock_in_domain_is_seen,
    PURE_DOMAIN,
    "crates/domain/src/a.rs",
    "let t = Timestamp::now();\n"
);
absent!(
    published_numbers_are_exact,
    a_float_in_an_index_is_seen,
    EXACT_NUMBERS,
    "crates/domain/src/air/a.rs",
    "let x: f64 = 1.0;\n"
);
absent!(
    hj212_knows_no_pollutant,
    a_pollutant_in_hj212_is_seen,
    PLAIN_FRAMES,
    "crates/hj212/src/a.rs",
    "const NAME: &str = \"PM2.5\";\n"
);
absent!(
    hj212_has_no_sockets,
    a_socket_in_hj212_is_seen,
    NO_SOCKETS,
    "crates/hj212/src/a.rs",
    "use std::net::TcpStream;\n"
);
absent!(
    sql_stays_in_store,
    a_query_in_the_server_is_seen,
    SQL_IN_STORE,
    "crates/server/src/a.rs",
    "db.run(\"select 1 from station\");\n"
);
absent!(
    one_file_fetches,
    a_fetch_in_a_page_is_seen,
    ONE_CLIENT,
    "src/pages/a.rs",
    "window.fetch_with_str(\"a\");\n"
);
absent!(
    two_files_read_the_clock,
    a_clock_in_a_job_is_seen,
    ONE_CLOCK,
    "crates/server/src/jobs/a.rs",
    "let t = Timestamp::now();\n"
);
absent!(
    pages_print_no_numbers,
    a_page_that_prints_a_number_is_seen,
    ONE_FIGURE,
    "src/pages/a.rs",
    "format!(\"{:.1}\", value)\n"
);
absent!(
    ingest_sees_no_store,
    a_store_in_ingest_is_seen,
    ONLY_THE_CHANNEL,
    "crates/ingest/src/a.rs",
    "use store::Store;\n"
);

#[test]
fn comments_and_unit_tests_may_name_what_code_may_not() {
    let text = "// never now()\n#[cfg(test)]\nmod tests { fn t() { now() } }\n";
    planted::is_fine(|root| found(root, &PURE_DOMAIN), &[("crates/domain/src/a.rs", text)]);
}

/// The functions at which a quantity leaves or enters as a float: pixels and JSON.
const FLOAT_GATES: [&str; 4] = ["approximate", "from_json_number", "serialize", "deserialize"];

fn floats_in_quantity(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &["crates/domain/src/quantity.rs"]) {
        let mut function = "";
        for (number, line) in source.code() {
            function = named_function(line).unwrap_or(function);
            if (line.contains("f64") || line.contains("f32")) && !FLOAT_GATES.contains(&function) {
                violations
                    .push(Violation::new(source.place(number), format!("a float in `{function}`")));
            }
        }
    }
    violations
}

fn named_function(line: &str) -> Option<&str> {
    let name = line.split_once("fn ")?.1;
    name.split(['(', '<']).next()
}

#[test]
fn quantities_meet_floats_only_at_their_gates() {
    holds_here(floats_in_quantity);
}

#[test]
fn a_float_in_the_arithmetic_of_quantities_is_seen() {
    let text = "fn approximate(self) -> f64 { 0.0 }\nfn mean(self) {\n    let sum: f64 = 0.0;\n}\n";
    planted::is_found(floats_in_quantity, &[("crates/domain/src/quantity.rs", text)], "`mean`");
}
