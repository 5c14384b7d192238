package dev.pintle.objectstore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.testkit.BackendContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The suite over a bucket of a real service, where one is named: `-Dpintle.s3.endpoint=URL -Dpintle.s3.bucket=NAME`, and the
/// credentials in the environment.
class RealBucketTest extends BackendContract {
  private static final String ENDPOINT = System.getProperty("pintle.s3.endpoint", "");

  @BeforeAll
  static void aServiceIsNamed() {
    assumeTrue(!ENDPOINT.isEmpty(), "no service is named by -Dpintle.s3.endpoint");
  }

  @Override
  protected BackendProvider provider() {
    return new PrefixedProvider();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of(
        "endpoint",
        ENDPOINT,
        "bucket",
        System.getProperty("pintle.s3.bucket", "test"),
        "segment-bytes",
        "20000");
  }

  /// The service has to keep to the conditions of a write.
  @Test
  void ofTwoProgramsOnOnePrefixOneIsTold() {
    String here = folder().resolve("first").toString();
    Map<String, String> options = new HashMap<>(options());
    options.put("prefix", PrefixedProvider.prefix(here));
    try (OrderedKv first = provider().open(new BackendSettings(here, options, 64));
        OrderedKv second =
            provider()
                .open(new BackendSettings(folder().resolve("second").toString(), options, 64))) {
      for (OrderedKv each : List.of(first, second)) {
        try (Batch batch = each.beginBatch()) {
          batch.put(Bucket.META, bytes("a"), bytes("1"));
          batch.commit();
        }
      }
      first.flush();
      assertThatThrownBy(second::flush)
          .isInstanceOf(StorageFailure.class)
          .hasMessageContaining("replaced by somebody else");
    }
  }
}
