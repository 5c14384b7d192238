package dev.pintle.kernel.state;

import dev.pintle.kernel.keyspace.KeyValue;

/// One write as a store keeps it.
///
/// @param sub the place among the writes of one revision
/// @param keyValue for a deletion the key and the revision, all else zero and empty
public record StoredWrite(int sub, KeyValue keyValue, boolean deletion) {}
