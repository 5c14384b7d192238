package dev.pintle.server.config;

import dev.pintle.etcd.compaction.AutoCompaction;
import dev.pintle.kube.compaction.Compactor;
import java.time.Duration;

/// The configuration of compaction: how much history the program keeps by itself.
///
/// @param apiServerInterval time between two compactions by the Kubernetes surface, while it is served; zero for none
/// @param auto what the store does, whoever uses it
public record CompactionConfig(Duration apiServerInterval, AutoCompaction auto) {
  public static final CompactionConfig DEFAULT =
      new CompactionConfig(Compactor.INTERVAL_USUAL, new AutoCompaction.Off());
}
