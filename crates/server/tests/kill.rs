//! SIGKILL, at random moments, while readings stream in over HTTP and HJ 212: what was
//! acknowledged is there after every restart, and what was sent again is there once.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

mod killed;

use std::{
    collections::BTreeMap,
    process::Child,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use killed::{
    Key, Place,
    senders::{Plan, Sender, device, gateway},
};

const KILLS: usize = 50;

/// Numbers that nobody chose; printed, so that a run can be described.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_doubled_over_fifty_kills() {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    let mut dice = Dice(u64::from(seed) << 8 | 1);
    let place = Place::new();
    let plan = Plan::new();
    let ending = Arc::new(AtomicBool::new(false));
    let senders =
        [Sender::new(gateway, &place, &plan, &ending), Sender::new(device, &place, &plan, &ending)];
    let began = Instant::now();
    let mut kills = 0;
    let mut while_starting = 0;
    while kills < KILLS {
        let mut server = place.spawn();
        if kills % 7 == 6 {
            thread::sleep(Duration::from_millis(dice.below(60)));
            while_starting += 1;
        } else {
            place.wait_until_it_listens(&mut server);
            thread::sleep(Duration::from_millis(20 + dice.below(600)));
        }
        kill(server);
        kills += 1;
        // Read first: what is acknowledged later is not this kill's affair.
        let acknowledged: Vec<usize> = senders.iter().map(Sender::acknowledged).collect();
        let stored = place.stored();
        for (sender, acknowledged) in senders.iter().zip(acknowledged) {
            let (lost, _) = compared(&stored, &sender.expected(0..acknowledged));
            assert!(lost.is_empty(), "kill {kills} (seed {seed}) lost {lost:?}");
        }
    }
    let mut server = place.spawn();
    place.wait_until_it_listens(&mut server);
    ending.store(true, Ordering::SeqCst);
    let sent: Vec<_> = senders.into_iter().map(Sender::finish).collect();
    place.stop(server);

    let stored = place.stored();
    let mut expected = BTreeMap::new();
    for of_sender in &sent {
        expected.extend(of_sender.readings.clone());
    }
    let (lost, strange) = compared(&stored, &expected);
    let doubled = place.rows() - stored.len();
    let resent: usize = sent.iter().map(|of_sender| of_sender.resent).sum();
    println!(
        "kills {kills} ({while_starting} while starting), acknowledged {}, sent again {resent}, lost {}, \
         doubled {doubled}, {:.0} s, seed {seed}",
        expected.len(),
        lost.len(),
        began.elapsed().as_secs_f32()
    );
    assert!(lost.is_empty(), "lost {lost:?}");
    assert_eq!((doubled, strange), (0, Vec::new()));
    assert!(
        expected.len() > 50 * KILLS,
        "only {} readings: the kills met an idle server",
        expected.len()
    );
    assert!(resent > 0, "no kill met a message under way");
}

fn kill(mut server: Child) {
    server.kill().unwrap();
    server.wait().unwrap();
}

/// What of `expected` is missing or has another value, and what is stored beyond it.
fn compared(stored: &BTreeMap<Key, i64>, expected: &BTreeMap<Key, i64>) -> (Vec<Key>, Vec<Key>) {
    let lost = expected.iter().filter(|(key, value)| stored.get(*key) != Some(*value));
    let strange = stored.keys().filter(|key| !expected.contains_key(*key));
    (lost.map(|(key, _)| key.clone()).collect(), strange.cloned().collect())
}
