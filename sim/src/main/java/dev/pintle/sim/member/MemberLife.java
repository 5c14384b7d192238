package dev.pintle.sim.member;

import dev.pintle.member.core.MemberCore;
import dev.pintle.member.lease.LeaseClock;
import dev.pintle.member.watch.CursorHub;

/// The parts of the member between a start and a crash. `alive` ends with the crash; whatever was planned for a life that is
/// over does not happen.
final class MemberLife {
  final MemberCore core;
  final LeaseClock leases;
  final CursorHub hub;
  final long startedNanos;
  boolean alive = true;

  MemberLife(MemberCore core, LeaseClock leases, CursorHub hub, long startedNanos) {
    this.core = core;
    this.leases = leases;
    this.hub = hub;
    this.startedNanos = startedNanos;
  }
}
