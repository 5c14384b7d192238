package dev.pintle.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.testkit.BackendContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The suite over a bucket; each folder of a test is a prefix of its own.
class ObjectBackendTest extends BackendContract {
  private static BucketServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = new BucketServer();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected BackendProvider provider() {
    return new PrefixedProvider();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of(
        "endpoint", server.endpoint().toString(), "bucket", "test", "segment-bytes", "20000");
  }

  @Test
  void aLostFolderIsMadeAnewFromTheBucket() {
    BackendSettings here = settings("here");
    try (OrderedKv kv = provider().open(here)) {
      put(kv, "a", "1");
      put(kv, "b", "1");
      kv.flush();
      delete(kv, "b");
      put(kv, "c", "1");
      kv.flush();
      put(kv, "d", "not flushed");
    }
    Map<String, String> options = new HashMap<>(here.options());
    options.put("prefix", PrefixedProvider.prefix(here.folder()));
    BackendSettings there =
        new BackendSettings(folder().resolve("there").toString(), options, here.filesOpenMax());
    try (OrderedKv kv = new PrefixedProvider().open(there)) {
      assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1", "c=1");
    }
  }

  @Test
  void anAnswerThatIsLostChangesNothing() {
    try (OrderedKv kv = provider().open(settings("lost"))) {
      for (int lost = 1; lost < 4; lost++) {
        put(kv, "a", Integer.toString(lost));
        server.answersLost.set(lost);
        kv.flush();
        assertThat(server.answersLost.get()).isNotPositive();
      }
    }
    try (OrderedKv kv = provider().open(settings("lost"))) {
      assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=3");
    }
  }

  @Test
  void ofTwoProgramsOnOnePrefixOneIsTold() {
    BackendSettings first = settings("two");
    Map<String, String> options = new HashMap<>(first.options());
    options.put("prefix", PrefixedProvider.prefix(first.folder()));
    BackendSettings second =
        new BackendSettings(folder().resolve("other").toString(), options, first.filesOpenMax());
    try (OrderedKv one = provider().open(first);
        OrderedKv other = provider().open(second)) {
      put(one, "a", "1");
      one.flush();
      put(other, "a", "2");
      assertThatThrownBy(other::flush)
          .isInstanceOf(StorageFailure.class)
          .hasMessageContaining("replaced by somebody else");
      put(one, "b", "1");
      one.flush();
    }
    try (OrderedKv again = provider().open(first)) {
      assertThat(entries(again.reader(), Bucket.META, "", null)).containsExactly("a=1", "b=1");
    }
  }

  @Test
  void segmentsAreMadeOneRunAgainAndTheOldOnesGo() {
    BackendSettings many = settings("many");
    try (OrderedKv kv = provider().open(many)) {
      for (int i = 0; i < 100; i++) {
        put(kv, "key " + i % 7, "value " + i);
        kv.flush();
      }
    }
    String prefix = "/test/" + PrefixedProvider.prefix(many.folder());
    assertThat(server.objects().keySet().stream().filter(name -> name.startsWith(prefix)))
        .hasSizeLessThan(30);
    try (OrderedKv kv = provider().open(many)) {
      assertThat(entries(kv.reader(), Bucket.META, "", null)).hasSize(7).contains("key 1=value 99");
    }
  }

  @Test
  void aDamagedSegmentIsCorrupt() {
    BackendSettings damaged = settings("damaged");
    try (OrderedKv kv = provider().open(damaged)) {
      put(kv, "a", "1");
      kv.flush();
    }
    String prefix = "/test/" + PrefixedProvider.prefix(damaged.folder()) + "segments/";
    server
        .objects()
        .forEach((name, bytes) -> {
          if (name.startsWith(prefix)) {
            byte[] changed = bytes.clone();
            changed[changed.length - 1] ^= 1;
            server.put(name, changed);
          }
        });
    Map<String, String> options = new HashMap<>(damaged.options());
    options.put("prefix", PrefixedProvider.prefix(damaged.folder()));
    BackendSettings elsewhere =
        new BackendSettings(
            folder().resolve("fetching").toString(), options, damaged.filesOpenMax());
    assertThatThrownBy(() -> provider().open(elsewhere))
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CORRUPT));
  }

  /// Example of the documentation of AWS, "GET Object", without the header of a range.
  @Test
  void aRequestIsSignedAsDocumented() {
    RequestSignature signature =
        new RequestSignature(
            new AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""),
            "us-east-1");
    Map<String, String> headers =
        signature.headers(
            "GET",
            "/test.txt",
            "examplebucket.s3.amazonaws.com",
            new byte[0],
            Instant.parse("2013-05-24T00:00:00Z"));
    assertThat(headers.get("x-amz-content-sha256"))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(headers.get("authorization"))
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=");
  }

  private BackendSettings settings(String name) {
    return new BackendSettings(folder().resolve(name).toString(), options(), 64);
  }

  private static void put(OrderedKv kv, String key, String value) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes(key), value.getBytes(StandardCharsets.UTF_8));
      batch.commit();
    }
  }

  private static void delete(OrderedKv kv, String key) {
    try (Batch batch = kv.beginBatch()) {
      batch.delete(Bucket.META, bytes(key));
      batch.commit();
    }
  }
}
