package dev.pintle.kernel.keyspace;

import dev.pintle.kernel.Bytes;

/// A key with the value it had at `modRevision`.
///
/// @param createRevision revision of the put that made the key since it was last absent
/// @param modRevision revision of the put that wrote this value
/// @param version 1 for the put that made the key, one more for each put since
/// @param lease the lease the key hangs on, 0 for none
public record KeyValue(
    Bytes key, long createRevision, long modRevision, long version, long lease, Bytes value) {

  public KeyValue withoutValue() {
    return new KeyValue(key, createRevision, modRevision, version, lease, Bytes.EMPTY);
  }
}
