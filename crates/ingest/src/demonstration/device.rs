//! The device's side of an HJ 212 connection: sends, waits for 9014, sends again.

use std::{collections::VecDeque, io, net::SocketAddr, time::Duration};

use hj212::{Decoder, command};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

/// Table 1 of HJ 212-2017: ten seconds, three resends. The answer follows a commit that may
/// gather for a second, and a history that may queue for longer.
const TIMEOUT: Duration = Duration::from_secs(10);
const RESENDS: u32 = 3;

/// A field device that does not exist.
#[derive(Debug)]
pub struct SimulatedDevice {
    stream: TcpStream,
    decoder: Decoder,
    /// Sent and not yet answered, oldest first.
    outstanding: VecDeque<Sent>,
    window: usize,
    answered: u64,
}

#[derive(Debug)]
struct Sent {
    qn: String,
    frame: Vec<u8>,
    deadline: Instant,
    resends: u32,
}

/// Why a simulated device gives up its connection.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The connection.
    #[error("connection to the collector: {0}")]
    Connection(#[from] io::Error),
    /// The collector closed the connection.
    #[error("the collector closed the connection with {0} frames unanswered")]
    Closed(usize),
    /// No answer after all resends.
    #[error("no 9014 for QN {0} after {RESENDS} resends; is the device registered?")]
    NoAnswer(String),
    /// What it should send cannot be sent.
    #[error(transparent)]
    Encode(#[from] hj212::EncodeError),
}

impl SimulatedDevice {
    /// Connects; up to `window` frames may be on their way without an answer.
    ///
    /// # Errors
    ///
    /// [`DeviceError::Connection`].
    pub async fn connect(to: SocketAddr, window: usize) -> Result<Self, DeviceError> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            decoder: Decoder::new(),
            outstanding: VecDeque::new(),
            window: window.max(1),
            answered: 0,
        })
    }

    /// Sends a frame, after waiting for room in the window.
    ///
    /// # Errors
    ///
    /// [`DeviceError`]; unanswered frames are then to be sent again on a new connection.
    pub async fn send(&mut self, qn: String, frame: Vec<u8>) -> Result<(), DeviceError> {
        while self.outstanding.len() >= self.window {
            self.await_answers().await?;
        }
        self.stream.write_all(&frame).await?;
        let deadline = Instant::now() + TIMEOUT;
        self.outstanding.push_back(Sent { qn, frame, deadline, resends: 0 });
        Ok(())
    }

    /// Waits until everything sent is answered.
    ///
    /// # Errors
    ///
    /// [`DeviceError`].
    pub async fn settle(&mut self) -> Result<(), DeviceError> {
        while !self.outstanding.is_empty() {
            self.await_answers().await?;
        }
        Ok(())
    }

    /// Frames answered so far.
    pub fn answered(&self) -> u64 {
        self.answered
    }

    /// Reads once, or sends again what has waited too long.
    async fn await_answers(&mut self) -> Result<(), DeviceError> {
        let Some(oldest) = self.outstanding.front() else { return Ok(()) };
        let mut bytes = [0; 8 * 1024];
        match tokio::time::timeout_at(oldest.deadline, self.stream.read(&mut bytes)).await {
            Ok(Ok(0)) => Err(DeviceError::Closed(self.outstanding.len())),
            Ok(read) => {
                let count = read?;
                // A collector that sends no frames for 64 KiB is none.
                let pushed = self.decoder.push(&bytes[..count]);
                self.take_answers();
                pushed.map_err(|_noise| DeviceError::Closed(self.outstanding.len()))
            }
            Err(_elapsed) => self.resend().await,
        }
    }

    fn take_answers(&mut self) {
        for frame in self.decoder.by_ref().flatten() {
            if frame.cn != command::DATA_ANSWER {
                continue;
            }
            let qn = frame.exchange().unwrap_or_default();
            if let Some(place) = self.outstanding.iter().position(|sent| sent.qn == qn) {
                self.outstanding.remove(place);
                self.answered += 1;
            }
        }
    }

    async fn resend(&mut self) -> Result<(), DeviceError> {
        let Some(mut sent) = self.outstanding.pop_front() else { return Ok(()) };
        if sent.resends >= RESENDS {
            return Err(DeviceError::NoAnswer(sent.qn));
        }
        self.stream.write_all(&sent.frame).await?;
        sent.resends += 1;
        sent.deadline = Instant::now() + TIMEOUT;
        self.outstanding.push_back(sent);
        Ok(())
    }
}
