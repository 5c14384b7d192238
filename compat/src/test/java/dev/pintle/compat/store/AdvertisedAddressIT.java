package dev.pintle.compat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The address that a server advertises, as the Endpoints and the EndpointSlice of the service `kubernetes` name it: beside the real
/// API server's, and over one store with it.
class AdvertisedAddressIT {
  private static final Duration KNOWN_MAX = Duration.ofSeconds(60);
  private static final String FREE = "127.0.0.1:0";
  private static final String SERVICE = "/api/v1/namespaces/default/services/kubernetes";
  private static final String ENDPOINTS = "/api/v1/namespaces/default/endpoints/kubernetes";
  private static final String SLICE =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes";
  private static final String[] LEASE = {
    "--endpoint-reconciler-type=lease", "--advertise-address=203.0.113.8"
  };

  @TempDir private Path data;

  private RunningPintle advertising(String address) {
    return RunningPintle.alone(
        data.resolve("pintle"), "--etcd", FREE, "--kube", FREE, "--advertise-address", address);
  }

  private static JsonNode until(
      RunningPintle pintle, KubeClient client, String path, Predicate<JsonNode> isSo) {
    return pintle
        .child()
        .await(
            path,
            KNOWN_MAX,
            () -> {
              KubeClient.Answer answer = client.get(path);
              return answer.code() == 200 && isSo.test(answer.json())
                  ? Optional.of(answer.json())
                  : Optional.empty();
            });
  }

  private static List<String> addresses(JsonNode endpoints) {
    TreeSet<String> addresses = new TreeSet<>();
    for (JsonNode subset : endpoints.path("subsets")) {
      subset.path("addresses").forEach(each -> addresses.add(each.path("ip").asString("")));
    }
    return List.copyOf(addresses);
  }

  /// Without what differs at each start.
  private static String shown(JsonNode object) {
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp"));
    metadata.path("managedFields").forEach(each -> ((ObjectNode) each).remove("time"));
    String text = object.toString();
    String port = object.at("/spec/ports/0/targetPort").asString("");
    for (String at : List.of("/subsets/0/ports/0/port", "/ports/0/port")) {
      port = port.isEmpty() ? object.at(at).asString("") : port;
    }
    return text.replace(":" + port, ":PORT");
  }

  @Test
  void itIsNamedAsTheRealServerNamesIts() {
    try (RunningPintle store = RunningPintle.etcdOnly(data.resolve("store"));
        RealKube real = RealKube.over(store.etcd(), data.resolve("real"), LEASE);
        RunningPintle pintle = advertising("203.0.113.8");
        KubeClient client = KubeClient.of(pintle)) {
      for (String path : List.of(SERVICE, ENDPOINTS, SLICE)) {
        String theirs = shown(until(pintle, real.client(), path, _ -> true));
        assertThat(shown(until(pintle, client, path, _ -> true))).isEqualTo(theirs);
      }
    }
  }

  @Test
  void serversOverOneStoreNameEachOther() {
    try (RunningPintle pintle = advertising("203.0.113.7");
        KubeClient client = KubeClient.of(pintle)) {
      List<String> both = List.of("203.0.113.7", "203.0.113.8");
      try (RealKube real = RealKube.over(pintle.etcd(), data.resolve("real"), LEASE)) {
        until(pintle, client, ENDPOINTS, each -> addresses(each).equals(both));
        until(pintle, client, SLICE, each -> each.path("endpoints").size() == 2);
        // It takes its lease back.
        real.child().terminate();
        until(pintle, client, ENDPOINTS, each -> addresses(each).equals(both.subList(0, 1)));
        until(pintle, client, SLICE, each -> each.path("endpoints").size() == 1);
      }
    }
  }

  @Test
  void whoStopsTakesItBackForTheOther() {
    String kubeconfig = "pintle";
    try (RunningPintle pintle = advertising("203.0.113.7")) {
      try (KubeClient client = KubeClient.of(pintle)) {
        until(pintle, client, ENDPOINTS, each -> !addresses(each).isEmpty());
      }
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
    try (RunningPintle again =
            RunningPintle.alone(data.resolve(kubeconfig), "--etcd", FREE, "--kube", FREE);
        KubeClient client = KubeClient.of(again)) {
      assertThat(addresses(client.get(ENDPOINTS).json())).isEmpty();
      assertThat(client.get(SLICE).json().path("endpoints")).isEmpty();
    }
  }

  @Test
  void thatOfAKilledServerGoesWithItsLease() {
    try (RunningPintle pintle = advertising("203.0.113.7")) {
      try (KubeClient client = KubeClient.of(pintle)) {
        until(pintle, client, SLICE, each -> each.path("endpoints").size() == 1);
      }
      pintle.child().kill();
    }
    try (RunningPintle again =
            RunningPintle.alone(data.resolve("pintle"), "--etcd", FREE, "--kube", FREE);
        KubeClient client = KubeClient.of(again)) {
      until(again, client, ENDPOINTS, each -> addresses(each).isEmpty());
      until(again, client, SLICE, each -> each.path("endpoints").isEmpty());
    }
  }

  @Test
  void theCertificateIsGoodForIt() {
    try (RunningPintle pintle = advertising("203.0.113.7")) {
      String certificate =
          Tool.of(
                  Path.of("openssl"),
                  "x509",
                  "-in",
                  data.resolve("pintle/pki/server.crt").toString(),
                  "-noout",
                  "-ext",
                  "subjectAltName")
              .run()
              .out();
      assertThat(certificate).contains("IP Address:203.0.113.7");
      assertThat(pintle.child().warnings()).isEmpty();
    }
  }
}
