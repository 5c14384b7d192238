package dev.pintle.kube.controller;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/// The time that controllers go by.
///
/// @param clock of the time of day
/// @param monotonic nanoseconds that never go back
/// @param timers for what happens after a while; what they run must not wait
public record ControllerTime(
    Clock clock, LongSupplier monotonic, ScheduledExecutorService timers) {}
