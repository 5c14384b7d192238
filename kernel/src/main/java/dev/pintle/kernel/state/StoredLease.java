package dev.pintle.kernel.state;

/// A lease as a store keeps it.
///
/// @param ttlSeconds as it was granted
/// @param remainingSeconds what was noted of the time that it has left; 0 where nothing was, and its time begins anew
public record StoredLease(long id, long ttlSeconds, long remainingSeconds) {}
