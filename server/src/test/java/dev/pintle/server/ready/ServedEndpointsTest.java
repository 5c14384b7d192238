package dev.pintle.server.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.server.pki.EtcdPki.ClientFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedEndpointsTest {
  private static final EtcdEndpoint OPEN = new EtcdEndpoint("http://127.0.0.1:1", Optional.empty());
  private static final EtcdEndpoint CLOSED =
      new EtcdEndpoint(
          "https://127.0.0.1:1",
          Optional.of(new ClientFiles(Path.of("/it's/ca"), Path.of("/c"), Path.of("/k"))));

  @TempDir private Path data;

  @Test
  void theFileNamesWhatIsServed() throws Exception {
    ServedEndpoints endpoints =
        new ServedEndpoints(
            Optional.of(data),
            Optional.of(OPEN),
            Optional.of("https://127.0.0.1:2"),
            Optional.of(Path.of("/a \"b\"/kubeconfig")),
            7);
    endpoints.write();
    assertThat(data.resolve("endpoints.json"))
        .hasContent(
            "{\"etcd\":\"http://127.0.0.1:1\",\"kube\":\"https://127.0.0.1:2\","
                + "\"kubeconfig\":\"/a \\\"b\\\"/kubeconfig\",\"pid\":7}");
    ServedEndpoints.delete(data);
    assertThat(data.resolve("endpoints.json")).doesNotExist();
  }

  @Test
  void theFileNamesWhatAClientNeeds() throws Exception {
    etcdAlone(CLOSED).write();
    assertThat(data.resolve("endpoints.json"))
        .hasContent(
            "{\"etcd\":\"https://127.0.0.1:1\",\"cacert\":\"/it's/ca\",\"cert\":\"/c\",\"key\":\"/k\",\"pid\":7}");
  }

  @Test
  void whatIsOffIsNotNamed() throws Exception {
    etcdAlone(OPEN).write();
    assertThat(data.resolve("endpoints.json"))
        .hasContent("{\"etcd\":\"http://127.0.0.1:1\",\"pid\":7}");
    assertThat(new ReadyBlock(etcdAlone(OPEN), List.of(), Optional.empty()).text())
        .contains("etcdctl --endpoints http://127.0.0.1:1 put greeting hello")
        .doesNotContain("kubectl")
        .doesNotContain("env");
  }

  @Test
  void commandsOfTheBlockAreQuotedForAShell() {
    String block =
        new ReadyBlock(etcdAlone(CLOSED), List.of(), Optional.of(Path.of("/my house/pintle")))
            .text();
    assertThat(block)
        .contains("curl --cacert '/it'\\''s/ca' --cert /c --key /k https://127.0.0.1:1/health")
        .contains("eval \"$('/my house/pintle' env --data ");
  }

  @Test
  void whatItsOwnerMustKnowStandsInTheBlock() {
    assertThat(new ReadyBlock(etcdAlone(OPEN), List.of("etcd is open"), Optional.empty()).text())
        .contains("\nNOTE: etcd is open\n");
  }

  private ServedEndpoints etcdAlone(EtcdEndpoint etcd) {
    return new ServedEndpoints(
        Optional.of(data), Optional.of(etcd), Optional.empty(), Optional.empty(), 7);
  }

  @Test
  void whatIsNotEnforcedIsNamed() {
    ServedEndpoints both =
        new ServedEndpoints(
            Optional.of(data),
            Optional.empty(),
            Optional.of("https://127.0.0.1:2"),
            Optional.of(Path.of("kubeconfig")),
            7);

    assertThat(new ReadyBlock(both, List.of(), Optional.empty()).text()).contains("  unenforced  ");
    assertThat(new ReadyBlock(etcdAlone(OPEN), List.of(), Optional.empty()).text())
        .doesNotContain("unenforced");
  }
}
