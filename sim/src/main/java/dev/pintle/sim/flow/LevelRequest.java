package dev.pintle.sim.flow;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.WorkEstimate;

/// A request of a client, which knows how long it will be executed.
final class LevelRequest extends FlowRequest {
  final FlowClient client;
  final long serviceNanos;
  private long expectedNanos = QueueSet.SERVICE_NANOS;

  LevelRequest(FlowClient client, WorkEstimate estimate, long now, long serviceNanos) {
    super(estimate, now, client.habit().patience().toNanos());
    this.client = client;
    this.serviceNanos = serviceNanos;
  }

  @Override
  protected long flowHash() {
    return client.habit().hash();
  }

  void expectService(long nanos) {
    expectedNanos = nanos;
  }

  @Override
  protected long expectedNanos() {
    return expectedNanos;
  }

  boolean isOver() {
    return phase() == Phase.OVER;
  }
}
