package dev.pintle.bench;

/// One measured round of one case against one contender.
///
/// @param operations requests or events the CPU is divided by
/// @param cpuMicros server CPU spent on them
/// @param perSecond operations a second as the load saw them; 0 where it is not meaningful
/// @param p99Micros 0 where the load does not tell it
/// @param residentBytes of the server after the round
record Result(
    long operations,
    long cpuMicros,
    double perSecond,
    long p50Micros,
    long p99Micros,
    long residentBytes) {

  double cpuMicrosEach() {
    return (double) cpuMicros / operations;
  }
}
