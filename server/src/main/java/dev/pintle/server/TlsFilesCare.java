package dev.pintle.server;

import dev.pintle.server.config.EtcdAccess.TlsFiles;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The care of the certificates that the user brings: looks before each handshake whether a file has changed, and serves what it holds
/// now. What cannot be used is told once, in the log and in the figures, and what was read before is served on.
final class TlsFilesCare {
  private static final System.Logger LOG = System.getLogger(TlsFilesCare.class.getName());

  private final TlsFiles files;
  private final TlsTerms terms;
  private final Reader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Runnable> waiting = new ArrayList<>();
  private boolean looking;
  private List<Object> seen;
  private final LongAdder reloads = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /// The maker of terms of files.
  interface Reader {
    TlsConfig read(TlsFiles files) throws IOException, GeneralSecurityException, StartException;
  }

  TlsFilesCare(TlsFiles files, Reader reader)
      throws IOException, GeneralSecurityException, StartException {
    this.files = files;
    this.reader = reader;
    this.seen = stamps(files);
    this.terms = new TlsTerms(reader.read(files));
    this.terms.lookBeforeHandshakes(this::look);
  }

  TlsTerms terms() {
    return terms;
  }

  /// In Prometheus' text form.
  String metrics() {
    return """
    # HELP pintle_tls_reloads_total Times that changed files of certificates were taken over.
    # TYPE pintle_tls_reloads_total counter
    pintle_tls_reloads_total %d
    # HELP pintle_tls_reload_failures_total Times that changed files of certificates could not be used.
    # TYPE pintle_tls_reload_failures_total counter
    pintle_tls_reload_failures_total %d
    """
        .formatted(reloads.sum(), failures.sum());
  }

  /// One look is for all who came before it began.
  private void look(Runnable done) {
    lock.lock();
    try {
      waiting.add(done);
      if (looking) {
        return;
      }
      looking = true;
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("tls-files").start(this::lookWhileSomebodyWaits);
  }

  private void lookWhileSomebodyWaits() {
    while (true) {
      List<Runnable> those;
      lock.lock();
      try {
        those = waiting;
        waiting = new ArrayList<>();
        if (those.isEmpty()) {
          looking = false;
          return;
        }
      } finally {
        lock.unlock();
      }
      try {
        takeOver();
      } finally {
        those.forEach(Runnable::run);
      }
    }
  }

  private void takeOver() {
    List<Object> now = stamps(files);
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      terms.renew(reader.read(files));
      reloads.increment();
      LOG.log(
          System.Logger.Level.INFO,
          "changed files of certificates are served: {0}",
          files.certificate());
    } catch (IOException | GeneralSecurityException | StartException | RuntimeException failed) {
      failures.increment();
      LOG.log(
          System.Logger.Level.WARNING,
          "changed files of certificates cannot be used: {0}; those of before are served",
          failed.getMessage());
    }
  }

  /// What changes when a file is written or replaced.
  private static List<Object> stamps(TlsFiles files) {
    return Stream.concat(
            Stream.of(files.certificate(), files.key()),
            Stream.concat(files.trusted().stream(), files.revoked().stream()))
        .map(TlsFilesCare::stamp)
        .toList();
  }

  private static Object stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
