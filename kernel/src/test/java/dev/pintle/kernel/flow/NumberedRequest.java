package dev.pintle.kernel.flow;

/// A request that says which one it is.
final class NumberedRequest extends FlowRequest {
  final int number;
  private final long hash;
  private long expectedNanos = QueueSet.SERVICE_NANOS;

  NumberedRequest(
      int number, long hash, WorkEstimate estimate, long arrivedNanos, long waitNanosMax) {
    super(estimate, arrivedNanos, waitNanosMax);
    this.number = number;
    this.hash = hash;
  }

  @Override
  protected long flowHash() {
    return hash;
  }

  void expectService(long nanos) {
    expectedNanos = nanos;
  }

  @Override
  protected long expectedNanos() {
    return expectedNanos;
  }

  static int numberOf(FlowRequest request) {
    return ((NumberedRequest) request).number;
  }

  @Override
  public String toString() {
    return "#" + number;
  }
}
