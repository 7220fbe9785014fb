//! What `cargo xtask test` says last, by the program as it is now.

use std::process::Command;

/// Cargo builds the program before this test, so no older one can answer for it.
const XTASK: &str = env!("CARGO_BIN_EXE_xtask");

#[test]
fn the_last_line_counts_the_steps_and_agrees_with_the_exit_status() {
    let output = Command::new(XTASK).args(["test", "--only", "format"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let last = said.lines().last().expect("it says something");
    let (passed, failed) = counts(last).unwrap_or_else(|| panic!("{last:?} counts nothing"));
    assert_eq!(passed + failed, 1, "one step: {last}");
    assert_eq!(output.status.success(), failed == 0, "{last}, but it ended with {}", output.status);
}

#[test]
fn counts_are_read_in_both_forms_and_in_no_other() {
    assert_eq!(counts("9 passed, 0 failed"), Some((9, 0)));
    assert_eq!(counts("8 passed, 1 failed, 2 skipped"), Some((8, 1)));
    for other in [
        "",
        "9 passed",
        "9 passed, 0 failed, skipped",
        "9 passed, 0 failed.",
        "-1 passed, 0 failed",
    ] {
        assert_eq!(counts(other), None, "{other:?}");
    }
}

/// How many steps passed and failed, of `N passed, N failed` or `N passed, N failed, N skipped`.
fn counts(line: &str) -> Option<(usize, usize)> {
    let count = |part: &str, word: &str| part.strip_suffix(word)?.parse::<usize>().ok();
    let (passed, failed, skipped) = match *line.split(", ").collect::<Vec<_>>() {
        [passed, failed] => (passed, failed, "0 skipped"),
        [passed, failed, skipped] => (passed, failed, skipped),
        _ => return None,
    };
    count(skipped, " skipped")?;
    Some((count(passed, " passed")?, count(failed, " failed")?))
}
