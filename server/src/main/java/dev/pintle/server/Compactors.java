package dev.pintle.server;

import dev.pintle.etcd.compaction.AutoCompactor;
import dev.pintle.kube.compaction.Compactor;
import dev.pintle.member.Member;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.clock.StepTimer;
import dev.pintle.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/// The compactors that work while the program runs, each on a thread of its own.
final class Compactors implements AutoCloseable {
  private final List<StepTimer> timers = new ArrayList<>();

  private Compactors() {}

  static Compactors start(ServerConfig config, Member member) {
    Compactors started = new Compactors();
    AutoCompactor.of(config.compaction().auto(), member, Clock.SYSTEM)
        .ifPresent(compactor -> started.timers.add(StepTimer.start("compactor", compactor::step)));
    if (config.kube().isPresent() && config.compaction().apiServerInterval().isPositive()) {
      Compactor compactor =
          new Compactor(member, Clock.SYSTEM, config.compaction().apiServerInterval());
      started.timers.add(StepTimer.start("kube-compactor", compactor::step));
    }
    return started;
  }

  @Override
  public void close() {
    timers.forEach(StepTimer::close);
  }
}
