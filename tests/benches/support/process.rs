//! Figures of a process, as the kernel reports them.
//!
//! Invariant: a figure that the kernel does not report is `None`, not 0.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::fs;

/// Returns the peak memory of a process so far, in mebibytes.
pub fn peak_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// Returns how often the threads of a process were switched so far, and how long they ran, in hundredths of a second.
pub fn activity(process: u32) -> Option<Activity> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).ok()?;
    let mut switches = 0;
    for task in tasks.flatten() {
        // A thread may end in the meantime.
        let status = fs::read_to_string(task.path().join("status")).unwrap_or_default();
        let counts = status.lines().filter(|line| line.contains("voluntary_ctxt_switches:"));
        switches += counts.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum::<u64>();
    }
    // After the name, which may contain spaces, the 12th and the 13th field are the user and the system time.
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let times = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2);
    Some(Activity { switches, ticks: times.filter_map(|time| time.parse::<u64>().ok()).sum() })
}

/// The activity of a process.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    pub switches: u64,
    pub ticks: u64,
}
