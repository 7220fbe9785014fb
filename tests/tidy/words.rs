//! Words that must not stand in the code of a place.

use std::path::Path;

use crate::{
    Violation, holds_here, planted, sources,
    texts::{FIGURES, PAGES},
};

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
    scope: &["crates/domain/src"],
    // Logarithms; and the gates, which `floats_in_quantity` looks at.
    except: &["crates/domain/src/water/trophic.rs", "crates/domain/src/quantity.rs"],
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

const NO_DRIVER: Rule = Rule {
    absence: "database driver outside store",
    scope: ALL,
    except: &["crates/store/"],
    words: &["rusqlite", "sqlx", "libsqlite3"],
};

const ONE_CLIENT: Rule = Rule {
    absence: "request outside api_client",
    scope: BROWSER,
    except: &["src/api_client", "crates/console/src/api_client"],
    words: &["fetch_with", "gloo_net", "reqwest", "XmlHttpRequest", "send_beacon"],
};

const ONE_CLOCK: Rule = Rule {
    absence: "wall clock outside server::clock and ui::clock",
    scope: ALL,
    except: &["crates/server/src/clock.rs", "crates/ui/src/clock.rs"],
    words: &[
        "SystemTime::",
        "UNIX_EPOCH.elapsed",
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
    scope: PAGES,
    except: FIGURES,
    words: &[".to_fixed(", "millionths().to_string", "approximate().to_string", "to_locale_string"],
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
            holds_here(|root| found(root, &$rule), &[$rule.scope, $rule.except].concat());
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
    only_store_has_a_database,
    a_driver_in_the_server_is_seen,
    NO_DRIVER,
    "crates/server/src/a.rs",
    "use rusqlite::Connection;\n"
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
    "value.to_fixed(1)\n"
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

#[test]
fn a_float_in_a_water_class_is_seen() {
    let file = ("crates/domain/src/water/basin.rs", "fn share() -> f64 { 0.0 }\n");
    planted::is_found(|root| found(root, &EXACT_NUMBERS), &[file], "water/basin.rs:1");
    let file = ("crates/domain/src/water/trophic.rs", file.1);
    planted::is_fine(|root| found(root, &EXACT_NUMBERS), &[file]);
}

/// The functions at which a quantity leaves or enters as a float: pixels and JSON.
const FLOAT_GATES: [&str; 4] = ["approximate", "from_json_number", "serialize", "deserialize"];
const QUANTITY: &str = "crates/domain/src/quantity.rs";

fn floats_in_quantity(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &[QUANTITY]) {
        let mut function = None::<Function>;
        for (number, line) in source.code() {
            function = Function::opened_by(line).or(function);
            let name = function.as_ref().map_or("no function", |function| function.name);
            if (line.contains("f64") || line.contains("f32")) && !FLOAT_GATES.contains(&name) {
                violations
                    .push(Violation::new(source.place(number), format!("a float in `{name}`")));
            }
            function = function.filter(|function| !function.closed_by(line));
        }
    }
    violations
}

/// A function while its lines pass by.
struct Function<'a> {
    name: &'a str,
    indentation: usize,
}

impl<'a> Function<'a> {
    fn opened_by(line: &'a str) -> Option<Self> {
        let (_, rest) = line.split_once("fn ")?;
        let name = rest.split(['(', '<']).next()?;
        Some(Self { name, indentation: indentation(line) })
    }

    /// Formatted code closes a function at the indentation at which it opens, or on the same line.
    fn closed_by(&self, line: &str) -> bool {
        line.trim_end().ends_with('}') && indentation(line) == self.indentation
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[test]
fn quantities_meet_floats_only_at_their_gates() {
    holds_here(floats_in_quantity, &[QUANTITY]);
}

#[test]
fn a_float_in_the_arithmetic_of_quantities_is_seen() {
    let text = "fn approximate(self) -> f64 { 0.0 }\nfn mean(self) {\n    let sum: f64 = 0.0;\n}\n";
    planted::is_found(floats_in_quantity, &[(QUANTITY, text)], "`mean`");
}

#[test]
fn a_float_after_a_gate_is_seen() {
    let text = "fn approximate(\n    self,\n) -> f64 {\n    0.0\n}\nconst HALF: f64 = 0.5;\n";
    planted::is_found(floats_in_quantity, &[(QUANTITY, text)], "quantity.rs:6");
}
