package dev.pintle.objectstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.testkit.BackendContract;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

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
}
