//! Flags, directions and what DataTime labels.

use crate::{frame, framed};
use hj212::{CommandKind, Edition, Interval};
use rstest::rstest;

// Table 3 and 6.3: version = Flag >> 2, bit 1 split, bit 0 answer.
#[rstest]
#[case(0, Edition::V2005, false)]
#[case(1, Edition::V2005, true)]
#[case(3, Edition::V2005, true)]
#[case(4, Edition::V2017, false)]
#[case(5, Edition::V2017, true)]
#[case(6, Edition::V2017, false)]
#[case(7, Edition::V2017, true)]
#[case(8, Edition::V2025, false)]
#[case(9, Edition::V2025, true)]
#[case(10, Edition::V2025, false)]
#[case(11, Edition::V2025, true)]
#[case::unknown_newer(13, Edition::V2025, true)]
fn flag_names_the_edition_and_asks_for_an_answer(
    #[case] flag: u8,
    #[case] edition: Edition,
    #[case] answer: bool,
) {
    let segment = format!("ST=22;CN=2011;MN=1;Flag={flag};PNUM=2;PNO=1;CP=&&&&");
    let frame = frame(&framed(&segment));
    assert_eq!((frame.edition(), frame.wants_answer()), (edition, answer));
}

// Table 9: asked for with at most an instrument and a range, delivered with values.
#[rstest]
#[case(1000, "OverTime=5;ReCount=3", CommandKind::Request)]
#[case(1001, "i23005-Info=1", CommandKind::Upload)]
#[case(1002, "MN=1", CommandKind::Request)]
#[case(1005, "", CommandKind::Unknown)]
#[case(1011, "", CommandKind::Request)]
#[case(1011, "PolId=w01018", CommandKind::Request)]
#[case(1011, "PolId=w01018;SystemTime=20261123000000", CommandKind::Upload)]
#[case(1012, "SystemTime=20261123000000", CommandKind::Request)]
#[case(1013, "", CommandKind::Notice)]
#[case(1014, "SKCreateTime=20261123000000", CommandKind::Upload)]
#[case(1014, "SKCreateTime=20261123000000;NewSK=1", CommandKind::Request)]
#[case(1061, "", CommandKind::Request)]
#[case(1061, "RtdInterval=30", CommandKind::Upload)]
#[case(1062, "RtdInterval=30", CommandKind::Request)]
#[case(1064, "MinInterval=10", CommandKind::Request)]
#[case(1072, "NewPW=654321", CommandKind::Request)]
#[case(1073, "", CommandKind::Unknown)]
#[case(2011, "", CommandKind::Request)]
#[case(2011, "DataTime=20261123000000;a34004-Rtd=1", CommandKind::Upload)]
#[case(2012, "", CommandKind::Notice)]
#[case(2022, "", CommandKind::Notice)]
#[case(2061, "BeginTime=20261123000000;EndTime=20261123010000", CommandKind::Request)]
#[case(2061, "DataTime=20261123000000", CommandKind::Upload)]
#[case(2081, "DataTime=20261123000000;RestartTime=20261122000000", CommandKind::Upload)]
#[case(2082, "DataTime=20261123000000", CommandKind::Unknown)]
#[case(3011, "PolId=w01018", CommandKind::Request)]
#[case(3015, "DataTime=20261123000000;VaseNo=3", CommandKind::Upload)]
#[case(3016, "PolId=w01018;CstartTime=000000;Ctime=2", CommandKind::Request)]
#[case(3019, "PolId=w01018", CommandKind::Request)]
#[case(3019, "PolId=w01018;w01018-SN=1", CommandKind::Upload)]
#[case(3021, "PolId=w01018;InfoId=i13004;i13004-Info=168", CommandKind::Request)]
#[case(3023, "", CommandKind::Unknown)]
#[case(3024, "PolId=w01018", CommandKind::Request)]
#[case(9011, "QnRtn=1", CommandKind::Answer)]
#[case(9014, "", CommandKind::Answer)]
#[case(9015, "", CommandKind::Notice)]
#[case(9016, "", CommandKind::Unknown)]
fn a_number_and_its_data_say_who_asks(
    #[case] cn: u16,
    #[case] data: &str,
    #[case] kind: CommandKind,
) {
    assert_eq!(frame(&framed(&format!("ST=22;CN={cn};MN=1;CP=&&{data}&&"))).kind(), kind);
}

#[rstest]
#[case(2011, Some(Interval::Moment))]
#[case(2021, Some(Interval::Moment))]
#[case(2051, Some(Interval::Minute))]
#[case(2061, Some(Interval::Hour))]
#[case(2031, Some(Interval::Day))]
#[case(2041, Some(Interval::Day))]
#[case(3020, None)]
#[case(9014, None)]
fn data_time_labels_a_moment_or_the_start_of_an_interval(
    #[case] cn: u16,
    #[case] interval: Option<Interval>,
) {
    assert_eq!(frame(&framed(&format!("ST=22;CN={cn};MN=1;CP=&&&&"))).interval(), interval);
}

#[test]
fn a_frame_is_one_line_in_a_log() {
    let segment =
        "QN=20261123080500000;ST=22;CN=2051;PW=123456;MN=A1;Flag=7;PNUM=2;PNO=1;CP=&&a-Avg=1&&";
    let expected = "CN=2051 MN=A1 QN=20261123080500000 ST=22 Flag=7 packet 1/2, 1 items";
    assert_eq!(frame(&framed(segment)).to_string(), expected);
}
