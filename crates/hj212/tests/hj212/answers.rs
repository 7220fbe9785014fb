//! 9011–9014 in the form of the edition that asked.

use crate::{frame, framed};
use hj212::answers::{data_answer, execution_result, notice_answer, request_answer};
use hj212::{ExeRtn, Frame, QnRtn};
use rstest::rstest;

const MN: &str = "010000A8900016F000169DC0";

fn asked(flag: u8) -> Frame {
    let mn = MN;
    frame(&framed(&format!(
        "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN={mn};Flag={flag};PNUM=1;PNO=1;CP=&&&&"
    )))
}

fn text(answer: Option<Vec<u8>>) -> String {
    String::from_utf8(answer.expect("an answer")).expect("ASCII")
}

// The frames of annex C with their CRC, F04 and F07 of the collection.
#[test]
fn answers_of_2017_are_those_of_annex_c() {
    assert_eq!(
        text(request_answer(&asked(5), QnRtn::Accepted)),
        "##0094QN=20160801085857223;ST=91;CN=9011;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&QnRtn=1&&1B00\r\n"
    );
    assert_eq!(
        text(notice_answer(&asked(5))),
        "##0087QN=20160801085857223;ST=91;CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&2A80\r\n"
    );
}

// Version bits only, whatever the frame asked for.
#[rstest]
#[case(4, 4)]
#[case(5, 4)]
#[case(7, 4)]
#[case(8, 8)]
#[case(9, 8)]
#[case(11, 8)]
fn an_answer_asks_for_none(#[case] flag: u8, #[case] answered: u8) {
    let answer = data_answer(&asked(flag)).expect("an answer");
    let answer = frame(&answer);
    assert_eq!((answer.cn, answer.flag), (9014, Some(answered)));
    assert_eq!((answer.exchange(), &*answer.mn), (Some("20160801085857223"), MN));
    assert!(!answer.wants_answer() && answer.data.is_empty() && answer.pnum.is_none());
}

#[rstest]
#[case::data(data_answer, "ST=91;CN=9014;PW=1;MN=A;Flag=0;CP=&&QN=20040516010101001&&")]
#[case::notice(notice_answer, "ST=91;CN=9013;PW=1;MN=A;Flag=0;CP=&&QN=20040516010101001&&")]
#[case::request(|frame: &Frame| request_answer(frame, QnRtn::WrongCrc), "ST=91;CN=9011;PW=1;MN=A;Flag=0;CP=&&QN=20040516010101001;QnRtn=9&&")]
#[case::result(|frame: &Frame| execution_result(frame, ExeRtn::NoData), "ST=91;CN=9012;PW=1;MN=A;Flag=0;CP=&&QN=20040516010101001;ExeRtn=100&&")]
fn in_2005_the_exchange_is_named_in_the_data(
    #[case] answer: fn(&Frame) -> Option<Vec<u8>>,
    #[case] segment: &str,
) {
    let asked = frame(&framed("QN=20040516010101001;ST=32;CN=2011;PW=1;MN=A;Flag=3;CP=&&&&"));
    let answer = answer(&asked).expect("an answer");
    assert_eq!(answer, framed(segment));
    assert_eq!(frame(&answer).exchange(), asked.exchange());
}

#[test]
fn without_qn_there_is_no_answer() {
    let upload = frame(&framed("ST=32;CN=2011;PW=123456;MN=NJG;CP=&&DataTime=20210305003817&&"));
    assert_eq!((data_answer(&upload), notice_answer(&upload)), (None, None));
}

#[test]
fn return_codes_are_those_of_tables_6_and_7() {
    for code in (1..=9).chain([100]) {
        assert_eq!(QnRtn::parse(&code.to_string()).map(QnRtn::code), Some(code));
    }
    for code in (1..=6).chain([100]) {
        assert_eq!(ExeRtn::parse(&code.to_string()).map(ExeRtn::code), Some(code));
    }
    assert_eq!((QnRtn::parse("10"), ExeRtn::parse("7"), QnRtn::parse("")), (None, None, None));
}
