package dev.pintle.compat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.KubeClient.Answer;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Requests about services to the real pair and to Pintle, both started with a network of each family: the answers are alike.
class DualStackIT {
  private static final String RANGE = "10.0.0.0/24,fd00:1::/112";
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";

  /// Addresses that are the server's choice: those that the requests name are of the part that is left to those who ask.
  private static final String CHOSEN =
      "(?<![0-9a-f:.])(?!10\\.0\\.0\\.[0-9](?![0-9]))10\\.0\\.0\\.[0-9]+(?![0-9./])"
          + "|(?<![0-9a-f:])fd00:1::(?!(?:2[0-9])(?![0-9a-f]))[0-9a-f:]+(?![0-9a-f:/])";

  @TempDir private Path folder;

  private record Request(String method, String path, String body) {}

  private static final class Requests {
    private final List<Request> all = new ArrayList<>();

    Requests post(String name, String spec) {
      return add(
          "POST",
          SERVICES,
          "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"selector\":{\"a\":\"b\"},\"ports\":[{\"port\":80}]%s}}"
              .formatted(name, spec.isEmpty() ? "" : "," + spec));
    }

    Requests patch(String name, String spec) {
      return add("PATCH", SERVICES + "/" + name, "{\"spec\":{%s}}".formatted(spec));
    }

    Requests get(String path) {
      return add("GET", path, "");
    }

    Requests add(String method, String path, String body) {
      all.add(new Request(method, path, body));
      return this;
    }
  }

  private static String policy(String name) {
    return "\"ipFamilyPolicy\":\"%s\"".formatted(name);
  }

  private static String addresses(String... addresses) {
    return "\"clusterIP\":\"%s\",\"clusterIPs\":[\"%s\"]"
        .formatted(addresses[0], String.join("\",\"", addresses));
  }

  private static final String TWO = policy("RequireDualStack");
  private static final String ONE = policy("SingleStack");

  private static List<Request> requests() {
    Requests list = new Requests();
    beginnings(list);
    refusals(list);
    changes(list);
    headless(list);
    return list.all;
  }

  private static void beginnings(Requests list) {
    list.get("/apis/networking.k8s.io/v1/servicecidrs/kubernetes")
        .get(SERVICES + "/kubernetes")
        .get(ADDRESSES + "/10.0.0.1")
        .post("plain", "")
        .post("prefers", policy("PreferDualStack"))
        .post("requires", TWO)
        .post("six", "\"ipFamilies\":[\"IPv6\"]")
        .post("six-first", "\"ipFamilies\":[\"IPv6\"]," + TWO)
        .post("six-then-four", "\"ipFamilies\":[\"IPv6\",\"IPv4\"]," + TWO)
        .post("named-six", "\"clusterIP\":\"fd00:1::20\"")
        .get(ADDRESSES + "/fd00:1::20")
        .post("named-both", addresses("10.0.0.9", "fd00:1::21") + "," + TWO)
        .post("named-first", "\"clusterIP\":\"fd00:1::22\"," + policy("PreferDualStack"))
        .post("other-form", "\"clusterIP\":\"FD00:1:0::0023\"")
        .get(ADDRESSES + "/fd00:1::23");
  }

  private static void refusals(Requests list) {
    list.post("taken", "\"clusterIP\":\"fd00:1::20\"")
        .post("outside", "\"clusterIP\":\"fd00:2::1\"")
        .post("base", "\"clusterIP\":\"fd00:1::\"")
        .post("two-single", addresses("10.0.0.4", "fd00:1::24"))
        .post("families-single", "\"ipFamilies\":[\"IPv4\",\"IPv6\"]," + ONE)
        .post("same-family", addresses("10.0.0.4", "10.0.0.5") + "," + TWO)
        .post("wrong-family", "\"clusterIP\":\"10.0.0.4\",\"ipFamilies\":[\"IPv6\"]")
        .post("unknown-family", "\"ipFamilies\":[\"IPv5\"]")
        .post("double-family", "\"ipFamilies\":[\"IPv6\",\"IPv6\"]," + TWO)
        .post("unknown-policy", policy("Both"))
        .post("three", addresses("10.0.0.4", "fd00:1::24", "10.0.0.5") + "," + TWO);
  }

  private static void changes(Requests list) {
    list.patch("plain", TWO)
        .patch("plain", "\"ports\":[{\"port\":81}]")
        .patch("plain", "\"clusterIPs\":null")
        .patch("plain", "\"ipFamilies\":[\"IPv4\"]")
        .patch("plain", "\"ipFamilies\":[\"IPv6\",\"IPv4\"]")
        .patch("plain", ONE)
        .patch("plain", policy("PreferDualStack"))
        .patch(
            "plain",
            "\"type\":\"ExternalName\",\"externalName\":\"example.com\",\"clusterIP\":null,\"clusterIPs\":null")
        .patch("plain", "\"type\":\"ClusterIP\",\"externalName\":null," + policy("PreferDualStack"))
        .patch("six", addresses("10.0.0.6"))
        .patch("six", "\"ipFamilies\":[\"IPv4\"]")
        // Its address object is not asked for: the real server's repair may take one that comes
        // within the second of its service.
        .patch("named-six", addresses("fd00:1::20", "10.0.0.7") + "," + TWO)
        .patch("named-six", addresses("fd00:1::20", "10.0.0.8"))
        .patch("named-six", addresses("fd00:1::20"))
        .patch("named-six", addresses("fd00:1::20") + "," + ONE)
        .get(SERVICES + "/named-six")
        .patch("named-both", "\"ipFamilies\":[\"IPv4\"]," + ONE)
        .patch("named-both", addresses("10.0.0.9") + ",\"ipFamilies\":[\"IPv4\"]," + ONE)
        .get(ADDRESSES + "/fd00:1::21")
        .add("DELETE", SERVICES + "/named-first", "")
        .get(ADDRESSES + "/fd00:1::22");
  }

  private static void headless(Requests list) {
    list.post("headless", "\"clusterIP\":\"None\"")
        .post("headless-two", "\"clusterIP\":\"None\"," + TWO)
        .patch("headless", policy("PreferDualStack"))
        .patch("headless-two", ONE)
        .add(
            "POST",
            SERVICES,
            "{\"metadata\":{\"name\":\"selects-nothing\"},\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"port\":80}],\"ipFamilies\":[\"IPv6\"]}}")
        .post("elsewhere", "\"type\":\"ExternalName\",\"externalName\":\"example.com\"");
  }

  private static String answer(KubeClient client, Request request) {
    String type = request.method().equals("PATCH") ? KubeClient.MERGE : KubeClient.JSON;
    Answer answer =
        request.method().equals("GET")
            ? client.get(request.path())
            : client.send(request.method(), request.path(), type, request.body());
    JsonNode json = answer.json();
    JsonNode shown = answer.code() < 300 ? json.path("spec") : json.path("details").path("causes");
    String text =
        "%d %s %s %s"
            .formatted(
                answer.code(),
                json.path("message").asString(""),
                sorted(shown),
                sorted(json.path("metadata").path("labels")));
    // Each server of the service `kubernetes` has a port of its own.
    return text.replaceAll(CHOSEN, "CHOSEN").replaceAll("\"targetPort\":[0-9]{4,}", "PORT");
  }

  private static String sorted(JsonNode node) {
    if (!node.isObject()) {
      return node.toString();
    }
    TreeMap<String, String> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
    return fields.toString();
  }

  @Test
  void servicesOfTwoFamiliesAreAnsweredAsTheRealServerDoes() {
    try (RunningEtcd etcd = RunningEtcd.start(folder);
        RealKube real =
            RealKube.over(
                etcd.url(), folder.resolve("real"), "--service-cluster-ip-range=" + RANGE);
        RunningPintle pintle =
            RunningPintle.alone(
                folder.resolve("pintle"),
                "--etcd",
                "off",
                "--kube",
                "127.0.0.1:0",
                "--service-cluster-ip-range",
                RANGE);
        KubeClient ours = KubeClient.of(pintle)) {
      ready(ours, pintle);
      List<String> expected = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (Request request : requests()) {
        String asked = request.method() + " " + request.path() + " " + request.body() + "\n  ";
        expected.add(asked + answer(real.client(), request));
        found.add(asked + answer(ours, request));
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  /// The objects of a new cluster come after the first answers.
  private static void ready(KubeClient client, RunningPintle pintle) {
    pintle
        .child()
        .await(
            "the service of the server",
            KubeClient.TIME_MAX,
            () ->
                Optional.of(client.get(SERVICES + "/kubernetes"))
                    .filter(answer -> answer.code() == 200));
  }
}
