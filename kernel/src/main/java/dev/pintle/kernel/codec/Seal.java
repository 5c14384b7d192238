package dev.pintle.kernel.codec;

/// The protection of bytes that are left on a disk: nobody reads or changes them there unnoticed. For any number of threads.
public interface Seal {
  /// The protected form of `length` bytes of `plain` from `from` on; never the same twice.
  ///
  /// @param place where the result is kept: [#open] with another place refuses it, so it cannot be moved
  byte[] seal(byte[] plain, int from, int length, byte[] place);

  /// What was protected.
  ///
  /// @throws SealBroken when the bytes are not what was sealed there, or their key is not at hand
  byte[] open(byte[] sealed, byte[] place);
}
