//! The devices that are let in, ready to be asked.

use std::{collections::HashMap, sync::Arc, time::Duration};

use hj212::{Frame, KeyRing};

use super::{
    config::{Config, Device},
    refusals::LogBudget,
};
use crate::Reason;

/// What every connection shares.
#[derive(Debug)]
pub(super) struct DeviceList {
    devices: HashMap<String, Device>,
    pub(super) keys: KeyRing,
    pub(super) idle_timeout: Duration,
    pub(super) send_time: bool,
    pub(super) log_budget: Arc<LogBudget>,
}

impl DeviceList {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            devices: config.devices.iter().map(|d| (d.mn.clone(), d.clone())).collect(),
            keys: config.keys(),
            idle_timeout: config.idle_timeout(),
            send_time: config.send_time,
            log_budget: Arc::default(),
        }
    }

    /// The device with that MN.
    pub(super) fn get(&self, mn: &str) -> Option<&Device> {
        self.devices.get(mn)
    }

    /// The device a frame comes from, if it proves so with its password.
    pub(super) fn admit(&self, frame: &Frame) -> Result<&Device, Reason> {
        let device = self.get(&frame.mn).ok_or(Reason::UnknownDevice)?;
        let password = frame.pw.as_deref().unwrap_or_default();
        device.password.matches(password).then_some(device).ok_or(Reason::WrongPassword)
    }
}
