//! A connection's bytes, in whatever pieces they come.

use crate::decode::decode_on;
use crate::encryption::KeyRing;
use crate::error::{FrameError, StreamError};
use crate::frame::Frame;
use crate::framing::{Header, Line, MAX_BUFFER, find_header};
use std::collections::VecDeque;

/// Bytes without a valid frame after which a connection is not worth keeping.
const MAX_UNFRAMED: usize = 64 * 1024;
/// Bytes judged in vain since the last valid frame after which the same holds. Refused frames that do not overlap
/// come to [`MAX_UNFRAMED`] at most; only headers that all claim the same bytes reach this.
const MAX_JUDGED: usize = 4 * MAX_UNFRAMED;

/// The frames of one connection. As an iterator it yields what is complete and `None` while the rest is still
/// arriving; after the next [`push`](Self::push) it may yield again.
///
/// It keeps at most 16 KiB of unread bytes; beyond them, only the frames of the last push that were not taken yet.
///
/// ```
/// # let (first_half, second_half) = (b"##0087QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=0100",
/// #     b"00A8900016F000169DC0;Flag=9;CP=&&&&2200\r\n");
/// let mut decoder = hj212::Decoder::new();
/// decoder.push(first_half)?;
/// assert!(decoder.next().is_none());
/// decoder.push(second_half)?;
/// let frame = decoder.next().ok_or("incomplete")??;
/// assert_eq!(frame.cn, hj212::command::DEVICE_TIME);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// How much of `buffer` is done with.
    read: usize,
    /// Frames and errors found while making room.
    ready: VecDeque<Result<Frame, FrameError>>,
    line: Line,
    /// Bytes since the end of the last valid frame.
    unframed: usize,
    /// Bytes of refused frames since then, those in several frames counted in each.
    judged: usize,
    keys: KeyRing,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// A decoder for a new connection; encrypted frames are refused.
    pub fn new() -> Self {
        Self::with_keys(KeyRing::default())
    }

    /// A decoder that can open the data of these devices.
    pub fn with_keys(keys: KeyRing) -> Self {
        Self {
            buffer: Vec::new(),
            read: 0,
            ready: VecDeque::new(),
            line: Line::Busy,
            unframed: 0,
            judged: 0,
            keys,
        }
    }

    /// Takes what was read from the connection.
    ///
    /// # Errors
    ///
    /// [`StreamError::NoFrame`] once 64 KiB came without a valid frame, or fewer bytes with so many headers in them
    /// that 256 KiB had to be judged, and ever after: close the connection. What was found before can still be
    /// taken.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        self.line = Line::Busy;
        let mut rest = bytes;
        while !rest.is_empty() {
            self.make_room()?;
            let (now, later) = rest.split_at(rest.len().min(MAX_BUFFER - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            self.unframed += now.len();
            rest = later;
        }
        self.make_room()
    }

    /// Says that the connection has paused, for a second or more: a frame that lacks its CR LF is complete, and a
    /// line that ended before its stated length is judged.
    pub fn idle(&mut self) {
        self.line = Line::Idle;
    }

    /// Leaves less than [`MAX_BUFFER`] in the buffer, and reads it before giving the connection up.
    fn make_room(&mut self) -> Result<(), StreamError> {
        if self.buffer.len() == MAX_BUFFER || self.given_up() {
            while let Some(found) = self.read_one() {
                self.ready.push_back(found);
            }
            self.buffer.drain(..self.read);
            self.read = 0;
        }
        if self.given_up() {
            self.buffer.clear();
            self.read = 0;
            return Err(StreamError::NoFrame { bytes: self.unframed });
        }
        Ok(())
    }

    fn given_up(&self) -> bool {
        self.unframed >= MAX_UNFRAMED || self.judged >= MAX_JUDGED
    }

    fn read_one(&mut self) -> Option<Result<Frame, FrameError>> {
        if self.judged >= MAX_JUDGED {
            return None;
        }
        let unread = &self.buffer[self.read..];
        match decode_on(unread, self.line, &|mn| self.keys.get(mn)) {
            Ok(Some((frame, consumed))) => {
                self.read += consumed;
                self.unframed = self.buffer.len() - self.read;
                self.judged = 0;
                Some(Ok(frame))
            }
            Ok(None) => {
                // Without this a full buffer whose frame begins late would never have room again.
                self.read += match find_header(unread) {
                    Header::Awaited { garbage } => garbage,
                    Header::At { at, .. } => at,
                };
                None
            }
            Err(error) => {
                self.read += error.consumed();
                self.judged += error.refused().judged;
                Some(Err(error))
            }
        }
    }
}

impl Iterator for Decoder {
    type Item = Result<Frame, FrameError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.ready.pop_front().or_else(|| self.read_one())
    }
}
