package dev.pintle.bbolt;

import java.io.IOException;

/// The content of a bucket, as somebody can tell it any number of times, in the same words.
@FunctionalInterface
public interface BucketContent {
  BucketContent NONE = to -> {};

  /// Hands everything to `to`, in the order of the keys as unsigned bytes.
  void tell(Entries to) throws IOException;

  /// A taker of entries. It keeps the arrays that it is given for a while: whoever gives them does not change them.
  ///
  /// A key has 1 to 32 768 bytes and is above the one before; anything else is an [IllegalArgumentException].
  interface Entries {
    void put(byte[] key, byte[] value) throws IOException;

    /// A bucket within this one.
    void bucket(byte[] name, BucketContent content) throws IOException;
  }
}
