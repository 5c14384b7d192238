package dev.pintle.member;

/// The counts of what applied commands did since the start, operations within transactions included.
///
/// @param ranges in transactions that went through the log; other reads never come to it
/// @param transactions of more than one operation
/// @param putBytes of the keys and values that were written
/// @param leasesExpired those that were revoked because their time was over
/// @param logBytes written to the log
public record OperationCounts(
    GrowingCount puts,
    GrowingCount deletes,
    GrowingCount ranges,
    GrowingCount transactions,
    GrowingCount putBytes,
    GrowingCount leasesGranted,
    GrowingCount leasesRevoked,
    GrowingCount leasesExpired,
    GrowingCount logBytes) {
  public OperationCounts() {
    this(
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount(),
        new GrowingCount());
  }
}
