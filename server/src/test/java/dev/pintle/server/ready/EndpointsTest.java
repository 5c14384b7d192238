package dev.pintle.server.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  @TempDir private Path data;

  @Test
  void theFileNamesWhatIsServed() throws Exception {
    Endpoints endpoints =
        new Endpoints(
            data,
            Optional.of("http://127.0.0.1:1"),
            Optional.of("https://127.0.0.1:2"),
            Optional.of(Path.of("/a \"b\"/kubeconfig")),
            7);
    endpoints.write();
    assertThat(data.resolve("endpoints.json"))
        .hasContent(
            "{\"etcd\":\"http://127.0.0.1:1\",\"kube\":\"https://127.0.0.1:2\","
                + "\"kubeconfig\":\"/a \\\"b\\\"/kubeconfig\",\"pid\":7}");
    Endpoints.delete(data);
    assertThat(data.resolve("endpoints.json")).doesNotExist();
  }

  @Test
  void whatIsOffIsNotNamed() throws Exception {
    Endpoints endpoints =
        new Endpoints(
            data, Optional.of("http://127.0.0.1:1"), Optional.empty(), Optional.empty(), 7);
    endpoints.write();
    assertThat(data.resolve("endpoints.json"))
        .hasContent("{\"etcd\":\"http://127.0.0.1:1\",\"pid\":7}");
    assertThat(endpoints.readyBlock()).contains("http://127.0.0.1:1").doesNotContain("kubectl");
  }

  @Test
  void whatIsNotEnforcedIsNamed() {
    Endpoints both =
        new Endpoints(
            data,
            Optional.empty(),
            Optional.of("https://127.0.0.1:2"),
            Optional.of(Path.of("kubeconfig")),
            7);
    Endpoints etcd =
        new Endpoints(
            data, Optional.of("http://127.0.0.1:1"), Optional.empty(), Optional.empty(), 7);

    assertThat(both.readyBlock()).contains("  unenforced  PodSecurity, ");
    assertThat(etcd.readyBlock()).doesNotContain("unenforced");
  }
}
