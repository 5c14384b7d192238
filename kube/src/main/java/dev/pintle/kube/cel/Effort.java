package dev.pintle.kube.cel;

/// The effort that one run of an expression may take: in upstream's units of cost, and what those costs do not tell.
public enum Effort {
  /// Some milliseconds, which nobody notices who waits behind it.
  QUICK(20_000, 1 << 20, 500_000, 500_000),
  /// What upstream allows, about a tenth of a second.
  FULL(1_000_000, 32 << 20, 50_000_000, 50_000_000);

  private final long costMax;
  private final long allocatedBytesMax;
  private final long comparedMax;
  private final long searchedMax;

  /// @param allocatedBytesMax altogether; upstream has no such bound, but what its costs allow stays far below the full one
  /// @param comparedMax parts of values looked at by comparisons, whose costs tell only the outermost size
  /// @param searchedMax steps of patterns, whose costs tell the length of the pattern and not of its program: `a{1000}` is short
  Effort(long costMax, long allocatedBytesMax, long comparedMax, long searchedMax) {
    this.costMax = costMax;
    this.allocatedBytesMax = allocatedBytesMax;
    this.comparedMax = comparedMax;
    this.searchedMax = searchedMax;
  }

  public long costMax() {
    return costMax;
  }

  long allocatedBytesMax() {
    return allocatedBytesMax;
  }

  long comparedMax() {
    return comparedMax;
  }

  long searchedMax() {
    return searchedMax;
  }
}
