//! Command numbers CN (table 9) and what they mean for a conversation.
//!
//! Additions of the 2025 edition are marked; they are taken from public code that quotes it, not from its text.

use crate::data::Data;

/// Set timeout and number of resends (OverTime, ReCount).
pub const SET_TIMEOUT: u16 = 1000;
/// The logger's hardware ids (2025).
pub const HARDWARE_IDS: u16 = 1001;
/// Set the logger's MN (2025).
pub const SET_MN: u16 = 1002;
/// Get or send the device's time.
pub const DEVICE_TIME: u16 = 1011;
/// Set the device's time.
pub const SET_DEVICE_TIME: u16 = 1012;
/// The device asks for the time.
pub const TIME_WANTED: u16 = 1013;
/// The device asks for a new key, or the host sets it (2025).
pub const NEW_KEY: u16 = 1014;
/// Get or send the interval of real-time data, in seconds.
pub const REALTIME_INTERVAL: u16 = 1061;
/// Set the interval of real-time data.
pub const SET_REALTIME_INTERVAL: u16 = 1062;
/// Get or send the interval of minute data, in minutes.
pub const MINUTE_INTERVAL: u16 = 1063;
/// Set the interval of minute data.
pub const SET_MINUTE_INTERVAL: u16 = 1064;
/// Set the password.
pub const SET_PASSWORD: u16 = 1072;
/// Real-time data.
pub const REALTIME: u16 = 2011;
/// Stop real-time data.
pub const STOP_REALTIME: u16 = 2012;
/// Raw cyclic measurements (2025).
pub const CYCLE: u16 = 2013;
/// States of treatment units.
pub const UNIT_STATES: u16 = 2021;
/// Stop states of treatment units.
pub const STOP_UNIT_STATES: u16 = 2022;
/// Daily data.
pub const DAY: u16 = 2031;
/// Daily running hours of treatment units.
pub const UNIT_HOURS: u16 = 2041;
/// Minute data.
pub const MINUTE: u16 = 2051;
/// One noise measurement (2025).
pub const NOISE: u16 = 2052;
/// Hourly data.
pub const HOUR: u16 = 2061;
/// Automatic check against a standard (2025).
pub const STANDARD_CHECK: u16 = 2062;
/// The logger has started.
pub const LOGGER_START: u16 = 2081;
/// Furnace temperature, means of 5 minutes (2025).
pub const FURNACE: u16 = 2111;
/// Zero and span calibration.
pub const CALIBRATE: u16 = 3011;
/// Take a sample now.
pub const SAMPLE: u16 = 3012;
/// Clean or purge.
pub const CLEAN: u16 = 3013;
/// Compare.
pub const COMPARE: u16 = 3014;
/// Keep a sample.
pub const KEEP_SAMPLE: u16 = 3015;
/// Set the sampling cycle.
pub const SET_SAMPLING_CYCLE: u16 = 3016;
/// Get or send the sampling cycle.
pub const SAMPLING_CYCLE: u16 = 3017;
/// Get or send the time from sampling to result.
pub const TIME_TO_RESULT: u16 = 3018;
/// Get or send an instrument's id.
pub const INSTRUMENT_ID: u16 = 3019;
/// Get or send site information.
pub const SITE_INFORMATION: u16 = 3020;
/// Set a site parameter.
pub const SET_SITE_PARAMETER: u16 = 3021;
/// Take a sample into a bottle now (2025).
pub const SAMPLE_NOW: u16 = 3022;
/// Start a check against a standard (2025).
pub const START_STANDARD_CHECK: u16 = 3024;
/// Answer to a request, with QnRtn.
pub const REQUEST_ANSWER: u16 = 9011;
/// Result of a request, with ExeRtn.
pub const EXECUTION_RESULT: u16 = 9012;
/// Answer to a notice.
pub const NOTICE_ANSWER: u16 = 9013;
/// Answer to data.
pub const DATA_ANSWER: u16 = 9014;
/// Heartbeat, answered as a notice (2025).
pub const HEARTBEAT: u16 = 9015;

/// The part a frame plays in an exchange (6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// Host to device; the device answers 9011, then 9012 when done.
    Request,
    /// Device to host; answered 9014 if the frame [wants an answer](crate::Frame::wants_answer).
    Upload,
    /// Either way, heartbeats included; answered 9013.
    Notice,
    /// 9011–9014: ends or advances an exchange and is never answered itself.
    Answer,
    /// A number in no edition we know.
    Unknown,
}

impl CommandKind {
    /// The kind of a frame with this number and data.
    ///
    /// Many numbers serve both ways, 2061 for one: asking, it names at most an instrument and a range of time;
    /// delivering, it carries values.
    pub(crate) fn of(cn: u16, data: &Data) -> Self {
        match cn {
            TIME_WANTED | STOP_REALTIME | STOP_UNIT_STATES | HEARTBEAT => Self::Notice,
            REQUEST_ANSWER..=DATA_ANSWER => Self::Answer,
            HARDWARE_IDS | LOGGER_START | FURNACE => Self::Upload,
            NEW_KEY if data.get("NewSK").is_none() => Self::Upload,
            DEVICE_TIME
            | REALTIME_INTERVAL
            | MINUTE_INTERVAL
            | REALTIME
            | CYCLE
            | UNIT_STATES
            | DAY
            | UNIT_HOURS
            | MINUTE
            | NOISE
            | HOUR
            | STANDARD_CHECK
            | KEEP_SAMPLE
            | SAMPLING_CYCLE..=SITE_INFORMATION
                if delivers(data) =>
            {
                Self::Upload
            }
            SET_TIMEOUT..=SET_DEVICE_TIME if !(1003..=1010).contains(&cn) => Self::Request,
            NEW_KEY | REALTIME_INTERVAL..=SET_MINUTE_INTERVAL | SET_PASSWORD => Self::Request,
            REALTIME | CYCLE | UNIT_STATES | DAY | UNIT_HOURS | MINUTE | NOISE | HOUR
            | STANDARD_CHECK => Self::Request,
            CALIBRATE..=SAMPLE_NOW | START_STANDARD_CHECK => Self::Request,
            _ => Self::Unknown,
        }
    }
}

fn delivers(data: &Data) -> bool {
    let asks = |name: &str| matches!(name, "PolId" | "InfoId" | "BeginTime" | "EndTime" | "QN");
    !data.items.is_empty() || data.fields.iter().any(|(name, _)| !asks(name))
}

/// What the DataTime of an upload labels (table 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    /// 2011, 2021: DataTime is the moment of sampling.
    Moment,
    /// 2051: DataTime is the **start** of the minute interval, whose length is a setting of the device
    /// (1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes).
    Minute,
    /// 2061: DataTime is the **start** of the hour. Surface-water stations send one in four hours.
    Hour,
    /// 2031, 2041: DataTime is the **start** of the day.
    Day,
}

impl Interval {
    /// The interval of a command number, `None` for those that carry no time series.
    pub fn of(cn: u16) -> Option<Self> {
        match cn {
            REALTIME | UNIT_STATES => Some(Self::Moment),
            MINUTE => Some(Self::Minute),
            HOUR => Some(Self::Hour),
            DAY | UNIT_HOURS => Some(Self::Day),
            _ => None,
        }
    }
}
