//! Forms in parts, as they come from the internet: each holds only the memory for what has arrived of it, all together
//! hold only so much, and who sends too slowly is cut off. Nobody waits for somebody else's slow line.

use std::time::Duration;

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use bytes::{Bytes, BytesMut};
use contract::problem::Code;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, timeout},
};

use crate::{
    photos::{SILENCE, SLOWEST},
    problem::Problem,
};

/// KiB of memory for all forms that are being read: four of the largest, or very many that have just begun.
const ROOM_KIB: usize = 4 * 42 * 1_024;
static ROOM: Semaphore = Semaphore::const_new(ROOM_KIB);

/// Why a form was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unread {
    #[error("more than may be sent")]
    TooLarge,
    #[error("cut off, or no form in parts")]
    Broken,
    #[error("sent too slowly")]
    Slow,
    #[error("too many forms are being read")]
    Crowded,
}

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooLarge => Self::new(Code::TooLarge),
            Unread::Broken => Self::new(Code::BadBody),
            Unread::Slow => Self::new(Code::Unavailable),
            Unread::Crowded => Self::new(Code::Unavailable).retry_after(10),
        }
    }
}

/// One form on its way in; the memory for its parts is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Reading {
    room: &'static Semaphore,
    held: Option<SemaphorePermit<'static>>,
    kept: usize,
    began: Instant,
    seen: u64,
}

impl Reading {
    /// A form of which nothing has been read.
    pub(crate) fn begin() -> Self {
        Self { room: &ROOM, held: None, kept: 0, began: Instant::now(), seen: 0 }
    }

    /// The next part, or `None` at the end of the form.
    pub(crate) async fn next<'a>(
        &self,
        form: &'a mut Multipart,
    ) -> Result<Option<Field<'a>>, Unread> {
        let next = timeout(SILENCE, form.next_field()).await.map_err(|_silent| Unread::Slow)?;
        next.map_err(|error| of(&error))
    }

    /// What is in a part; `None` if it is more than `limit` bytes: the rest is read all the same, so that the sender
    /// listens when it is told why.
    pub(crate) async fn part(
        &mut self,
        field: &mut Field<'_>,
        limit: usize,
    ) -> Result<Option<Bytes>, Unread> {
        let (mut bytes, mut over) = (BytesMut::new(), false);
        while let Some(chunk) = self.chunk(field).await? {
            over |= bytes.len() + chunk.len() > limit;
            if !over {
                self.hold(chunk.len())?;
                bytes.extend_from_slice(&chunk);
            }
        }
        Ok((!over).then(|| bytes.freeze()))
    }

    /// Forgets the parts read so far: nobody holds their bytes any more.
    pub(crate) fn forget_parts(&mut self) {
        (self.held, self.kept) = (None, 0);
    }

    async fn chunk(&mut self, field: &mut Field<'_>) -> Result<Option<Bytes>, Unread> {
        let next = timeout(SILENCE, field.chunk()).await.map_err(|_silent| Unread::Slow)?;
        let chunk = next.map_err(|error| of(&error))?;
        self.seen += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        match self.seen < least(self.began.elapsed()) {
            true => Err(Unread::Slow),
            false => Ok(chunk),
        }
    }

    fn hold(&mut self, more: usize) -> Result<(), Unread> {
        self.kept += more;
        let held = self.held.as_ref().map_or(0, SemaphorePermit::num_permits);
        let missing = self.kept.div_ceil(1_024).saturating_sub(held);
        let missing = u32::try_from(missing).map_err(|_too_many| Unread::TooLarge)?;
        let permit = self.room.try_acquire_many(missing).map_err(|_none_left| Unread::Crowded)?;
        match &mut self.held {
            Some(held) => held.merge(permit),
            None => self.held = Some(permit),
        }
        Ok(())
    }
}

/// Bytes that must have come after so long.
fn least(elapsed: Duration) -> u64 {
    elapsed.saturating_sub(SILENCE).as_secs() * SLOWEST
}

fn of(error: &MultipartError) -> Unread {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Unread::TooLarge,
        _ => Unread::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(room: &'static Semaphore) -> Reading {
        Reading { room, ..Reading::begin() }
    }

    #[test]
    fn a_form_holds_what_has_arrived_of_it_and_gives_it_back() {
        static ROOM: Semaphore = Semaphore::const_new(4);
        let (mut one, mut other) = (reading(&ROOM), reading(&ROOM));
        for _ in 0..2_048 {
            one.hold(1).unwrap();
        }
        other.hold(2_000).unwrap();
        assert_eq!(ROOM.available_permits(), 0);
        other.hold(48).unwrap();
        assert_eq!(other.hold(1), Err(Unread::Crowded));
        one.forget_parts();
        other.hold(1_000).unwrap();
        drop(other);
        assert_eq!(ROOM.available_permits(), 4);
    }

    #[test]
    fn a_slow_line_is_borne_and_a_standing_one_is_not() {
        assert_eq!(least(SILENCE), 0);
        assert_eq!(least(SILENCE + Duration::from_secs(60)), 60 * SLOWEST);
    }
}
