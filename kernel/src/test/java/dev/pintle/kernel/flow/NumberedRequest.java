package dev.pintle.kernel.flow;

/// A request that says which one it is.
final class NumberedRequest extends FlowRequest {
  final int number;

  NumberedRequest(
      int number, long hash, WorkEstimate estimate, long arrivedNanos, long waitNanosMax) {
    super(hash, estimate, arrivedNanos, waitNanosMax);
    this.number = number;
  }

  static int numberOf(FlowRequest request) {
    return ((NumberedRequest) request).number;
  }

  @Override
  public String toString() {
    return "#" + number;
  }
}
