//! The command's contract on small tables.

use clap::Parser;
use rstest::rstest;

use super::{EvaluateCommand, Outcome, run};

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    command: EvaluateCommand,
}

/// The output, the error text and the outcome of `evaluate <arguments>` fed with `input`.
fn evaluate(arguments: &str, input: &[u8]) -> (String, String, Outcome) {
    let words = ["evaluate"].into_iter().chain(arguments.split(' '));
    let parsed = CommandLine::try_parse_from(words).unwrap_or_else(|error| panic!("{error}"));
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let outcome = run(&parsed.command, input, &mut output, &mut errors).expect("in memory");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output), text(errors), outcome)
}

const HOURLY_2026: &str = "air --edition hj633-2026 --averaging hourly";

#[test]
fn an_hour_gets_its_index_beside_its_own_columns() {
    let input = "station,so2,no2,co,o3,pm10,pm2_5,note\n\
                 1424A,10,20,0.5,60,150,75,\"a, b\"\n";
    let (output, errors, outcome) = evaluate(HOURLY_2026, input.as_bytes());
    assert_eq!(
        output,
        "station,so2,no2,co,o3,pm10,pm2_5,note,aqi,level,primary,\
         iaqi_so2,iaqi_no2,iaqi_co,iaqi_o3,iaqi_o3_8h,iaqi_pm10,iaqi_pm2_5\n\
         1424A,10,20,0.5,60,150,75,\"a, b\",114,3,pm2_5,4,10,5,19,,112,114\n"
    );
    assert_eq!((errors.as_str(), outcome), ("", Outcome::Done { rows: 1, rejected: 0 }));
    assert_eq!(outcome.exit_status(), 0);
}

// so2,no2,co,o3,o3_8h,pm10,pm2_5 → aqi,level,primary.
#[rstest]
#[case::tie("hj633-2012 --averaging hourly", "3,20,0.5,60,,150,75", "100,2,pm10+pm2_5")]
#[case::gap("hj633-2026 --averaging hourly", ",20,0.5,60,,50,35", ",,")]
#[case::gap_above_100("hj633-2026 --averaging hourly", ",20,0.5,60,,50,61", "101,3,pm2_5")]
#[case::day("hj633-2026 --averaging daily", "9,20,0.5,,161,50,35", "101,3,o3_8h")]
#[case::day_2012("hj633-2012 --averaging daily", "9,20,0.5,201,90,50,35", "101,3,o3")]
#[case::by_the_text(
    "hj633-2012 --averaging hourly --hourly-pm sliding-24h",
    "9,20,0.5,60,161,50,35",
    "101,3,o3_8h"
)]
#[case::united_states("epa-2024 --averaging hourly", "35,20,0.5,,0.071,50,9.0", "101,3,o3_8h")]
#[case::europe("eaqi-2024 --averaging hourly", "20,61,,60,,15,5", "4,4,no2")]
fn the_index_follows_ruler_and_report(
    #[case] edition: &str,
    #[case] row: &str,
    #[case] expected: &str,
) {
    let input = format!("SO2,NO2,co,o3,O3_8h,pm10,PM2_5\n{row}\n");
    let (output, errors, _) = evaluate(&format!("air --edition {edition}"), input.as_bytes());
    let line = output.lines().nth(1).expect("a row");
    assert!(line.starts_with(&format!("{row},{expected},")), "{line}");
    assert_eq!(errors, "");
}

#[rstest]
#[case::text("abc", "\"abc\" is not a decimal number")]
#[case::not_a_number("NaN", "\"NaN\" is not a decimal number")]
#[case::negative("-1", "\"-1\" is below zero")]
#[case::huge("1e30", "\"1e30\" is out of range")]
fn a_bad_cell_is_named_and_its_row_left_without_result(#[case] cell: &str, #[case] reason: &str) {
    let input = format!("id,pm2_5\na,61\nb,{cell}\nc,62\n");
    let (output, errors, outcome) = evaluate(HOURLY_2026, input.as_bytes());
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines[1], "a,61,101,3,pm2_5,,,,,,,101");
    assert_eq!(lines[2], format!("b,{cell},,,,,,,,,,"));
    assert_eq!(lines[3], "c,62,102,3,pm2_5,,,,,,,102");
    assert_eq!(errors, format!("row 2 (line 3), column pm2_5: {reason}\n"));
    assert_eq!(outcome, Outcome::Done { rows: 3, rejected: 1 });
    assert_eq!(outcome.exit_status(), 1);
}

#[test]
fn every_bad_cell_of_a_row_is_named() {
    let (_, errors, outcome) = evaluate(HOURLY_2026, b"so2,no2\n-,x\n");
    assert_eq!(
        errors,
        "row 1 (line 2), column so2: \"-\" is not a decimal number\n\
         row 1 (line 2), column no2: \"x\" is not a decimal number\n"
    );
    assert_eq!(outcome, Outcome::Done { rows: 1, rejected: 1 });
}

#[test]
fn a_row_of_another_length_keeps_the_table_in_shape() {
    let (output, errors, _) = evaluate(HOURLY_2026, b"id,pm2_5\na\nb,61,7\nc,61\n");
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines[1], "a,,,,,,,,,,,");
    assert_eq!(lines[2], "b,61,,,,,,,,,,");
    assert_eq!(lines[3], "c,61,101,3,pm2_5,,,,,,,101");
    assert!(errors.starts_with("row 1 (line 2): 1 cells where the head has 2;"), "{errors}");
}

#[test]
fn foreign_bytes_pass_through_and_a_byte_order_mark_is_no_column() {
    let input = b"\xef\xbb\xbfpm2_5,name\r\n61,\xb1\xb1\xbe\xa9\r\n";
    let words = ["evaluate", "air", "--edition", "hj633-2012", "--averaging", "hourly"];
    let parsed = CommandLine::try_parse_from(words).unwrap_or_else(|error| panic!("{error}"));
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    run(&parsed.command, &input[..], &mut output, &mut errors).expect("in memory");
    let needle = b"\n61,\xb1\xb1\xbe\xa9,83,2,pm2_5,";
    assert!(output.windows(needle.len()).any(|window| window == needle));
    assert_eq!(errors, b"");
}

#[rstest]
#[case::nothing_known(&b"a,b\n1,2\n"[..], "names none of the columns so2, no2,")]
#[case::empty(&b""[..], "names none of the columns")]
#[case::twice(&b"so2,SO2\n1,2\n"[..], "names column so2 more than once")]
fn an_unusable_head_is_refused(#[case] input: &[u8], #[case] reason: &str) {
    let (output, errors, outcome) = evaluate(HOURLY_2026, input);
    assert!(errors.contains(reason), "{errors}");
    assert_eq!((output.as_str(), outcome.exit_status()), ("", 1));
}

#[test]
fn a_section_gets_class_limiting_parameters_and_multiples() {
    let input = "code,wt,PH,do,CODMn,nh3n,tp,tn\n\
                 A500107_0001,-0.5,7.4,4.2,5.1,1.3,0.25,3.1\n\
                 B,,9.01,,,,,\n\
                 C,,,,,,,\n";
    let (output, errors, outcome) = evaluate("water --kind river", input.as_bytes());
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines[0], "code,wt,PH,do,CODMn,nh3n,tp,tn,class,limiting,exceedance");
    assert_eq!(
        lines[1],
        "A500107_0001,-0.5,7.4,4.2,5.1,1.3,0.25,3.1,IV,DO+NH3N+TP,NH3N=0.30+TP=0.25"
    );
    assert_eq!(lines[2], "B,,9.01,,,,,,劣V,pH,");
    assert_eq!(lines[3], "C,,,,,,,,,,");
    assert_eq!((errors.as_str(), outcome.exit_status()), ("", 0));
}

#[test]
fn a_lake_has_its_own_phosphorus() {
    let class = |kind: &str| {
        let (output, ..) = evaluate(&format!("water --kind {kind}"), b"TP\n0.05\n");
        output.lines().nth(1).map(str::to_owned)
    };
    assert_eq!(class("river").as_deref(), Some("0.05,II,TP,"));
    assert_eq!(class("lake").as_deref(), Some("0.05,III,TP,"));
}

#[test]
fn a_closed_output_is_no_failure() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let words = ["evaluate", "water", "--kind", "river"];
    let parsed = CommandLine::try_parse_from(words).unwrap_or_else(|error| panic!("{error}"));
    let outcome = run(&parsed.command, &b"TP\n0.05\n"[..], Closed, Vec::new());
    assert!(matches!(outcome, Ok(Outcome::OutputClosed)));
}
