package dev.pintle.kernel.state;

/// A lease as a store keeps it: without the time that it has left.
public record StoredLease(long id, long ttlSeconds) {}
