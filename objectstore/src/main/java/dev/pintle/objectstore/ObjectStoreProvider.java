package dev.pintle.objectstore;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import dev.pintle.objectstore.ObjectClient.Found;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The provider of the backend `s3`. Credentials come from the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
/// `AWS_SESSION_TOKEN`.
public final class ObjectStoreProvider implements BackendProvider {
  private static final String ENDPOINT = "endpoint";
  private static final String BUCKET = "bucket";
  private static final String PREFIX = "prefix";
  private static final String REGION = "region";
  private static final String SEGMENT = "segment-bytes";
  private static final long SEGMENT_USUAL = 16 << 20;
  private static final long SEGMENT_MIN = 1 << 10;
  private static final long SEGMENT_MAX = 256 << 20;

  private final Supplier<AccessKey> credentials;

  public ObjectStoreProvider() {
    this(() -> AccessKey.of(System.getenv()));
  }

  ObjectStoreProvider(Supplier<AccessKey> credentials) {
    this.credentials = credentials;
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public String options() {
    return "endpoint=URL, bucket=NAME, prefix=pintle/, region=us-east-1, segment-bytes="
        + SEGMENT_USUAL;
  }

  @Override
  public BackendCapabilities capabilities() {
    return BackendCapabilities.all().withSizes(1 << 20, 256 << 20);
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    settings.requireKnown(Set.of(ENDPOINT, BUCKET, PREFIX, REGION, SEGMENT));
    BucketAddress address =
        new BucketAddress(
            endpoint(settings),
            settings.option(REGION).orElse("us-east-1"),
            word(settings, BUCKET, ""),
            word(settings, PREFIX, "pintle/"));
    long segmentBytes = settings.number(SEGMENT, SEGMENT_MIN, SEGMENT_USUAL);
    if (segmentBytes > SEGMENT_MAX) {
      throw new IllegalArgumentException(
          "%s=%d (expected: at most %d)".formatted(SEGMENT, segmentBytes, SEGMENT_MAX));
    }
    ObjectClient objects = new ObjectClient(address, credentials.get());
    try {
      return open(Path.of(settings.folder()), settings, objects, (int) segmentBytes);
    } catch (IOException e) {
      objects.close();
      throw new StorageFailure(Kind.IO, settings.folder(), "the local cache: " + e, e);
    } catch (RuntimeException e) {
      objects.close();
      throw e;
    }
  }

  private static URI endpoint(BackendSettings settings) {
    String text =
        settings
            .option(ENDPOINT)
            .orElseThrow(
                () -> new IllegalArgumentException("endpoint is missing (expected: a URL)"));
    URI url = URI.create(text);
    boolean usable =
        ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getRawAuthority() != null
            && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
    if (!usable) {
      throw new IllegalArgumentException(
          "endpoint=%s (expected: http://HOST:PORT or https://HOST)".formatted(text));
    }
    return url;
  }

  /// Of characters that need no encoding in a path.
  private static String word(BackendSettings settings, String option, String otherwise) {
    String text = settings.option(option).orElse(otherwise);
    boolean plain =
        text.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_./".indexOf(c) >= 0);
    boolean needed = option.equals(BUCKET);
    if (!plain || (needed && (text.isEmpty() || text.contains("/")))) {
      throw new IllegalArgumentException(
          "%s=%s (expected: letters, digits, and -_.%s)"
              .formatted(option, text, needed ? "" : "/, a slash at the end"));
    }
    return needed || text.isEmpty() || text.endsWith("/") ? text : text + "/";
  }

  /// The local store is made anew of what the bucket holds: what it held beyond that, the member's log has.
  private static OrderedKv open(
      Path folder, BackendSettings settings, ObjectClient objects, int segmentBytes)
      throws IOException {
    Path kept = Files.createDirectories(folder.resolve("segments"));
    Path home = folder.resolve("local");
    remove(home);
    Optional<Found> found = objects.get(Manifest.NAME);
    Manifest manifest =
        found
            .map(object -> Manifest.decode(objects.address().toString(), object.bytes()))
            .orElse(Manifest.EMPTY);
    SegmentCache cache = new SegmentCache(kept, objects);
    OrderedKv local =
        RocksKv.open(home, RocksConfig.DEFAULT.withFilesOpenMax(settings.filesOpenMax()));
    try {
      for (Segment segment : manifest.segments()) {
        try (Batch batch = local.beginBatch()) {
          segment.apply(cache.content(segment), batch);
          batch.commit();
        }
      }
      local.flush();
      cache.keepOnly(manifest.segments());
      return new ObjectKv(
          local, objects, cache, manifest, found.map(Found::tag).orElse(""), segmentBytes);
    } catch (RuntimeException e) {
      local.close();
      throw e;
    }
  }

  private static void remove(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
