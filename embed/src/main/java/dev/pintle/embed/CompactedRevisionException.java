package dev.pintle.embed;

/// The refusal to read a moment whose history was compacted. The server compacts by itself what is older than five to ten minutes, as
/// kube-apiserver does, and clients of etcd may at any time.
public final class CompactedRevisionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CompactedRevisionException(long asked, long oldest) {
    super("revision: %d is compacted (expected: %d or later)".formatted(asked, oldest));
  }
}
