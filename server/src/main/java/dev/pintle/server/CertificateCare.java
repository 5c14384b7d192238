package dev.pintle.server;

import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.CertificateLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The care of the credentials while the program runs: serves those that were renewed beside it, renews what is near
/// its end, and says in the log and in the figures what ends soon.
final class CertificateCare implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CertificateCare.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration RENEW_EVERY = Duration.ofDays(1);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

  private final Path pki;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificates").factory());
  private volatile List<CertificateLife> lives = List.of();
  private Map<String, Object> seen = Map.of();
  private Instant renewAt = Instant.MAX;

  /// A server by the credentials.
  interface User {
    /// Serves by what the folder holds now.
    void reopen() throws IOException, GeneralSecurityException, StartException;
  }

  /// @param pki the folder of all credentials
  CertificateCare(Path pki) {
    this.pki = pki;
  }

  /// Begins, on a thread of its own.
  void start(List<User> users) throws IOException, GeneralSecurityException {
    seen = stamps();
    lives = CertificateLife.in(pki);
    renewAt = Instant.now().plus(RENEW_EVERY);
    warn();
    var _ =
        timer.scheduleWithFixedDelay(
            () -> look(users), LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What its owner must be told now.
  List<String> warnings() {
    Instant now = Instant.now();
    return lives.stream()
        .filter(life -> life.endsSoon(now))
        .map(life -> life.warning(now))
        .toList();
  }

  /// In Prometheus' text form.
  String metrics() {
    List<CertificateLife> known = lives;
    if (known.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "# HELP pintle_certificate_ttl_seconds Seconds until a certificate of this server ends.\n");
    text.append("# TYPE pintle_certificate_ttl_seconds gauge\n");
    Instant now = Instant.now();
    for (CertificateLife life : known) {
      text.append(
          "pintle_certificate_ttl_seconds{certificate=\"%s\"} %d\n"
              .formatted(life.name(), life.left(now).toSeconds()));
    }
    return text.toString();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void look(List<User> users) {
    boolean due = Instant.now().isAfter(renewAt);
    try {
      Map<String, Object> now = stamps();
      boolean changed = !now.equals(seen);
      if (!due && !changed) {
        return;
      }
      seen = now;
      for (User user : users) {
        user.reopen();
      }
      lives = CertificateLife.in(pki);
      if (changed) {
        LOG.log(
            System.Logger.Level.INFO, "the certificates of {0} were renewed and are served", pki);
      }
      renewAt = Instant.now().plus(RENEW_EVERY);
      warn();
    } catch (IOException | GeneralSecurityException | StartException | RuntimeException failed) {
      renewAt = Instant.now().plus(AGAIN_AFTER);
      LOG.log(
          System.Logger.Level.WARNING,
          "certificates of {0}: {1}; those of before are served",
          pki,
          failed.getMessage());
    }
  }

  private void warn() {
    for (String warning : warnings()) {
      LOG.log(System.Logger.Level.WARNING, warning);
    }
  }

  /// What changes when a file is replaced.
  private Map<String, Object> stamps() throws IOException {
    Map<String, Object> stamps = new TreeMap<>();
    for (Path folder : List.of(pki, pki.resolve("etcd"))) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(CertificateCare::isCredential).toList()) {
            stamps.put(file.toString(), stamp(file));
          }
        }
      }
    }
    return stamps;
  }

  private static Object stamp(Path file) throws IOException {
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return List.of(attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
    } catch (NoSuchFileException beingReplaced) {
      return "";
    }
  }

  private static boolean isCredential(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".crt") || name.equals("admin.token");
  }
}
