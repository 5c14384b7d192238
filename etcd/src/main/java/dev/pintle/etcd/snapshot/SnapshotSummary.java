package dev.pintle.etcd.snapshot;

/// The facts about a snapshot that was read to its end.
///
/// @param revision the newest
/// @param compacted the newest compacted revision, 0 when nothing was compacted
/// @param hash CRC-32C over all that the buckets hold, unsigned; the same number that `etcdutl snapshot status` shows
/// @param alarms how many were raised
/// @param bytes of the file, without its hash
/// @param version how etcd names the form of the buckets; empty before 3.6
public record SnapshotSummary(
    long revision,
    long compacted,
    long hash,
    long leases,
    long alarms,
    long bytes,
    String version) {}
