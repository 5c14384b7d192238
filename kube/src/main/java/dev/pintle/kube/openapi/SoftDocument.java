package dev.pintle.kube.openapi;

import dev.pintle.kube.discovery.Document;
import java.lang.ref.SoftReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A document that may be forgotten when memory is short, because it can be made again; its hash is
/// remembered.
final class SoftDocument {
  private final ReentrantLock making = new ReentrantLock();
  private final Supplier<Document> maker;
  private volatile SoftReference<@Nullable Document> kept = new SoftReference<>(null);
  private volatile @Nullable String hash;

  /// @param hash where it is known before the document is made, or null
  SoftDocument(@Nullable String hash, Supplier<Document> maker) {
    this.hash = hash;
    this.maker = maker;
  }

  String hash() {
    String known = hash;
    return known != null ? known : document().hash();
  }

  Document document() {
    Document known = kept.get();
    if (known != null) {
      return known;
    }
    making.lock();
    try {
      Document now = kept.get();
      if (now == null) {
        now = maker.get();
        kept = new SoftReference<>(now);
        hash = now.hash();
      }
      return now;
    } finally {
      making.unlock();
    }
  }
}
