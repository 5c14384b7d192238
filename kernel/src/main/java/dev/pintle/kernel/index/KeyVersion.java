package dev.pintle.kernel.index;

/// One version of a key, as the index knows it.
///
/// @param created revision of the put that made the key since it was last absent; 0 for a tombstone
/// @param modified the main revision that wrote this version
/// @param sub the place of the write among those of its main revision
/// @param version 1 for the put that made the key; 0 for a tombstone
/// @param lease the lease of a live key's newest version, 0 for none; the index does not know it of older versions
public record KeyVersion(long created, long modified, int sub, long version, long lease) {
  public boolean isTombstone() {
    return version == 0;
  }
}
