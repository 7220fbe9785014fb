//! What is answered to a frame, in the form of its own edition (6.1, annex C).
//!
//! Each answer repeats QN, PW and MN and carries the version bits alone as Flag. In edition 2005 QN stands in the
//! data area; for its data answer 9014 that form is inferred from 9013, no example of it being known.
//!
//! An answer is the frame's bytes, or `None` where none is possible because the frame has no QN, or has an MN that
//! cannot be repeated. Whether one is *due* is for the caller: [`Frame::kind`] and [`Frame::wants_answer`] say.

use crate::command;
use crate::data::Data;
use crate::edition::{Edition, version_bits};
use crate::frame::Frame;
use crate::segment::Segment;

/// Answer to a request (table 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QnRtn {
    /// 1: will be executed.
    Accepted,
    /// 2: refused.
    Refused,
    /// 3: PW is wrong.
    WrongPw,
    /// 4: MN is wrong.
    WrongMn,
    /// 5: ST is wrong.
    WrongSt,
    /// 6: Flag is wrong.
    WrongFlag,
    /// 7: QN is wrong.
    WrongQn,
    /// 8: CN is wrong.
    WrongCn,
    /// 9: the CRC is wrong.
    WrongCrc,
    /// 100: any other error.
    UnknownError,
}

impl QnRtn {
    const ALL: [(Self, u8); 10] = [
        (Self::Accepted, 1),
        (Self::Refused, 2),
        (Self::WrongPw, 3),
        (Self::WrongMn, 4),
        (Self::WrongSt, 5),
        (Self::WrongFlag, 6),
        (Self::WrongQn, 7),
        (Self::WrongCn, 8),
        (Self::WrongCrc, 9),
        (Self::UnknownError, 100),
    ];

    /// The number on the wire.
    pub fn code(self) -> u8 {
        code_in(&Self::ALL, self)
    }

    /// The value of `QnRtn=…`, `None` if it is not in table 7.
    pub fn parse(text: &str) -> Option<Self> {
        parse_in(&Self::ALL, text)
    }
}

/// Result of a request (table 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExeRtn {
    /// 1: done.
    Done,
    /// 2: failed, cause unknown.
    Failed,
    /// 3: the condition of the request is wrong.
    WrongCondition,
    /// 4: communication timed out.
    Timeout,
    /// 5: the system is busy.
    Busy,
    /// 6: the system is faulty.
    Fault,
    /// 100: there is no data.
    NoData,
}

impl ExeRtn {
    const ALL: [(Self, u8); 7] = [
        (Self::Done, 1),
        (Self::Failed, 2),
        (Self::WrongCondition, 3),
        (Self::Timeout, 4),
        (Self::Busy, 5),
        (Self::Fault, 6),
        (Self::NoData, 100),
    ];

    /// The number on the wire.
    pub fn code(self) -> u8 {
        code_in(&Self::ALL, self)
    }

    /// The value of `ExeRtn=…`, `None` if it is not in table 6.
    pub fn parse(text: &str) -> Option<Self> {
        parse_in(&Self::ALL, text)
    }
}

fn code_in<T: PartialEq>(table: &[(T, u8)], wanted: T) -> u8 {
    table.iter().find(|(value, _)| *value == wanted).map_or(100, |(_, code)| *code)
}

fn parse_in<T: Copy>(table: &[(T, u8)], text: &str) -> Option<T> {
    let wanted: u8 = text.parse().ok()?;
    table.iter().find(|(_, code)| *code == wanted).map(|(value, _)| *value)
}

/// 9014, to an upload that is safely stored.
pub fn data_answer(frame: &Frame) -> Option<Vec<u8>> {
    answer(frame, command::DATA_ANSWER, &[])
}

/// 9013, to a notice or heartbeat.
pub fn notice_answer(frame: &Frame) -> Option<Vec<u8>> {
    answer(frame, command::NOTICE_ANSWER, &[])
}

/// 9011, from a device to a request.
pub fn request_answer(frame: &Frame, answered: QnRtn) -> Option<Vec<u8>> {
    answer(frame, command::REQUEST_ANSWER, &[("QnRtn", &answered.code().to_string())])
}

/// 9012, from a device when a request is done or has failed.
pub fn execution_result(frame: &Frame, result: ExeRtn) -> Option<Vec<u8>> {
    answer(frame, command::EXECUTION_RESULT, &[("ExeRtn", &result.code().to_string())])
}

/// `None` also if the frame's MN or PW could not be read back from the answer.
fn answer(frame: &Frame, cn: u16, fields: &[(&str, &str)]) -> Option<Vec<u8>> {
    let qn = frame.exchange()?;
    let in_data = frame.edition() == Edition::V2005;
    let number = in_data.then_some(("QN", qn));
    let fields: Vec<_> = number.into_iter().chain(fields.iter().copied()).collect();
    let answer = Segment {
        qn: (!in_data).then(|| qn.to_owned()),
        pw: frame.pw.clone(),
        flag: Some(version_bits(frame.flag.unwrap_or_default())),
        data: Data::of_fields(&fields),
        ..Segment::new("91", cn, &frame.mn)
    };
    answer.encode().ok()
}
