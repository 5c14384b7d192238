package dev.pintle.embed;

import static dev.pintle.embed.PintleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.faults.Fault;
import dev.pintle.embed.requests.FieldChange;
import dev.pintle.embed.requests.ReceivedRequest;
import dev.pintle.embed.requests.RequestFilter;
import dev.pintle.embed.requests.RequestLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest extends OneServerEach {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"%s"}}\
      """;
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void whoHasTheAnswerFindsTheRequest() throws Exception {
    client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
    ReceivedRequest found = last();
    assertThat(found.verb()).isEqualTo("create");
    assertThat(found.resource()).isEqualTo("configmaps");
    assertThat(found.group()).isEmpty();
    assertThat(found.namespace()).isEqualTo("default");
    assertThat(found.name()).isEqualTo("mine");
    assertThat(found.status()).isEqualTo(201);
    assertThat(found.isOver()).isTrue();
    assertThat(found.uri()).isEqualTo(CONFIG_MAPS);
    assertThat(found.user()).isEqualTo("admin");
    assertThat(found.userAgent()).startsWith("Java-http-client/");
    assertThat(found.bytes()).isPositive();
    assertThat(found.taken()).isPositive();
    assertThat(found.fault()).isEmpty();
  }

  @Test
  void aWriteHasItsObjectBeforeAndAfter() throws Exception {
    client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
    assertThat(last().before()).isEmpty();
    assertThat(last().after().orElseThrow()).contains("\"key\":\"1\"");
    client.put(CONFIG_MAPS + "/mine", CONFIG_MAP.formatted("mine", "2"));
    assertThat(last().before().orElseThrow()).contains("\"key\":\"1\"");
    assertThat(last().after().orElseThrow()).contains("\"key\":\"2\"");
    assertThat(last().changes()).containsExactly(new FieldChange("data.key", "\"1\"", "\"2\""));
    client.delete(CONFIG_MAPS + "/mine");
    assertThat(last().before().orElseThrow()).contains("\"key\":\"2\"");
    assertThat(last().after()).isEmpty();
  }

  @Test
  void everyRoadOfAWriteIsSeen() throws Exception {
    client.send(
        "PATCH",
        CONFIG_MAPS + "/mine?fieldManager=test",
        "application/apply-patch+yaml",
        CONFIG_MAP.formatted("mine", "1"));
    assertThat(last().verb()).isEqualTo("patch");
    assertThat(last().before()).isEmpty();
    assertThat(last().after()).isPresent();
    client.send(
        "PATCH",
        CONFIG_MAPS + "/mine",
        "application/merge-patch+json",
        "{\"metadata\":{\"labels\":{\"a/b\":\"c\"}}}");
    assertThat(last().changes())
        .containsExactly(new FieldChange("metadata.labels", "", "{\"a/b\":\"c\"}"));
    String deployments = "/apis/apps/v1/namespaces/default/deployments";
    client.post(
        deployments,
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
        "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}\
        """);
    client.send(
        "PATCH",
        deployments + "/d/scale",
        "application/merge-patch+json",
        "{\"spec\":{\"replicas\":3}}");
    assertThat(last().subresource()).isEqualTo("scale");
    assertThat(last().changes()).contains(new FieldChange("spec.replicas", "1", "3"));
    client.send(
        "PATCH",
        deployments + "/d/status",
        "application/merge-patch+json",
        "{\"status\":{\"replicas\":3}}");
    assertThat(last().changes()).contains(new FieldChange("status.replicas", "", "3"));
  }

  @Test
  void whatChangedNothingHasTwoEqualStates() throws Exception {
    client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
    client.put(CONFIG_MAPS + "/mine", CONFIG_MAP.formatted("mine", "2"));
    client.put(CONFIG_MAPS + "/mine", CONFIG_MAP.formatted("mine", "2"));
    assertThat(last().before()).isPresent().isEqualTo(last().after());
    assertThat(last().changes()).isEmpty();
  }

  @Test
  void aDryRunLeavesNothing() throws Exception {
    client.post(CONFIG_MAPS + "?dryRun=All", CONFIG_MAP.formatted("mine", "1"));
    assertThat(last().status()).isEqualTo(201);
    assertThat(last().after()).isEmpty();
  }

  @Test
  void aRefusalIsSeenWithItsReason() throws Exception {
    client.put(CONFIG_MAPS + "/mine", "{");
    assertThat(last().status()).isEqualTo(400);
    assertThat(last().message()).isNotEmpty();
    try (Http stranger = Http.of(server, "nobody")) {
      stranger.get(CONFIG_MAPS);
    }
    assertThat(last().status()).isEqualTo(401);
    assertThat(last().message()).isEqualTo("Unauthorized");
  }

  @Test
  void noTokenIsKept() throws Exception {
    client.post(
        "/api/v1/namespaces/default/serviceaccounts/default/token",
        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
    assertThat(last().status()).isEqualTo(201);
    assertThat(last().after()).isEmpty();
    assertThat(server.requests().page()).doesNotContain("eyJ");
  }

  @Test
  void readsAndWhatIsNoResourceAreSeen() throws Exception {
    client.get(CONFIG_MAPS + "/kube-root-ca.crt");
    assertThat(last().verb()).isEqualTo("get");
    assertThat(last().user()).isEqualTo("admin");
    client.get("/version");
    assertThat(last().verb()).isEqualTo("get");
    assertThat(last().resource()).isEmpty();
    assertThat(last().toString()).contains("get /version", "200");
  }

  @Test
  void aWatchIsSeenWhileItIsOpen() throws Exception {
    RequestFilter watches = RequestFilter.any().verb("watch").resource("configmaps");
    try (Stream<String> events = client.watch(CONFIG_MAPS)) {
      assertThat(events.findFirst()).isPresent();
      assertThat(server.requests().matching(watches)).hasSize(1);
      assertThat(server.requests().matching(watches).getFirst().isOver()).isFalse();
      assertThat(server.requests().matching(watches.status(200))).isEmpty();
    }
  }

  @Test
  void theLogIsBounded() throws Exception {
    for (int i = 0; i < 40; i++) {
      client.post(CONFIG_MAPS, CONFIG_MAP.formatted("large-" + i, "x".repeat(300_000)));
    }
    List<ReceivedRequest> all = server.requests().all();
    long bytes = all.stream().mapToLong(each -> each.after().map(String::length).orElse(0)).sum();
    assertThat(all).hasSize(40);
    assertThat(bytes).isLessThanOrEqualTo(RequestLog.OBJECT_BYTES_MAX).isGreaterThan(5_000_000);
    assertThat(all.getFirst().after()).isEmpty();
    assertThat(all.getLast().after()).isPresent();
  }

  @Test
  void aResetBeginsTheLogAnew() throws Exception {
    client.get("/version");
    server.faults().add(Fault.unavailable());
    server.reset();
    assertThat(server.requests().all()).isEmpty();
    assertThat(client.get("/version").statusCode()).isEqualTo(200);
    assertThat(server.requests().all()).hasSize(1);
    assertThat(server.requests().count()).isEqualTo(2);
  }

  @Test
  void theTextIsForPeople() throws Exception {
    client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
    client.put(CONFIG_MAPS + "/mine", CONFIG_MAP.formatted("mine", "2"));
    client.delete(CONFIG_MAPS + "/other");
    assertThat(server.requests().text(50))
        .startsWith("The last 3 of 3 requests:\n")
        .contains(
            "create configmaps default/mine",
            "data.key: \"1\" -> \"2\"",
            "404  delete configmaps default/other",
            "configmaps \"other\" not found");
    assertThat(server.requests().text(1)).doesNotContain("default/mine");
  }

  @Test
  void thePageIsOneFileAndRunsNothingThatWasSent() throws Exception {
    client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
    client.get(CONFIG_MAPS + "/%3Cscript%3Ealert");
    Path page = server.requests().writePage(folder.resolve("requests.html"));
    assertThat(page)
        .content()
        .contains("<!DOCTYPE html>", "create configmaps default/mine", "&lt;script&gt;alert")
        .doesNotContain("<script>alert", "src=", "href=");
  }

  @Test
  void assertionsTellWhatCame() throws Exception {
    RequestFilter creates = RequestFilter.any().verb("create").resource("configmaps");
    client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
    assertThat(server)
        .received(creates)
        .received(1, creates.name("mine").successful())
        .receivedNo(RequestFilter.any().verb("delete"))
        .receivesWithin(SOON, creates.namespace("default"))
        .metAllFaults();
    assertThatThrownBy(() -> assertThat(server).received(creates.name("other")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("create configmaps name=other")
        .hasMessageContaining("create configmaps default/mine");
    assertThatThrownBy(() -> assertThat(server).received(2, creates))
        .hasMessageContaining("2 requests")
        .hasMessageContaining("there were 1");
    assertThatThrownBy(() -> assertThat(server).receivedNo(creates))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () -> assertThat(server).receivesWithin(Duration.ofMillis(10), creates.name("other")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void whoWaitsIsToldOfARequestThatComes() throws Exception {
    Thread other =
        Thread.ofVirtual()
            .start(() -> {
              try {
                client.post(CONFIG_MAPS, CONFIG_MAP.formatted("mine", "1"));
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    assertThat(server).receivesWithin(SOON, RequestFilter.writes().name("mine").successful());
    other.join();
  }

  @Test
  void aVerbThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> RequestFilter.any().verb("apply"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patch");
    assertThatThrownBy(() -> RequestFilter.any().resource("pods/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ReceivedRequest last() {
    return server.requests().last(1).getFirst();
  }
}
