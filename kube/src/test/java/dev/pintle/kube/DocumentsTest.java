package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Discovery and OpenAPI as clients ask for them.
final class DocumentsTest {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private String address(String path) throws InterruptedException {
    // Upstream calls its index plain text.
    Json index = JsonReader.read(api.get("/openapi/v3").exchange().bytes());
    JsonObject paths = ((JsonObject) index).objectAt("paths");
    return String.valueOf(Objects.requireNonNull(paths.object(path)).text("serverRelativeURL"));
  }

  /// Asks for what is answered without a body.
  private FakeExchange bare(String target, Map<String, String> headers) {
    return api.start("GET", target, new byte[0], headers);
  }

  @Test
  void aggregatedDiscoveryIsGivenToThoseWhoAskAndKeptByItsTag() throws InterruptedException {
    Api.Answer first = api.get("/apis", AGGREGATED + ",application/json");
    assertThat(first.body().text("kind")).isEqualTo("APIGroupDiscoveryList");
    List<String> tags = first.exchange().answerHeaders("etag");
    Map<String, String> again = Map.of("accept", AGGREGATED, "if-none-match", tags.getFirst());
    assertThat(bare("/apis", again).status()).isEqualTo(304);
    assertThat(api.get("/apis").body().text("kind")).isEqualTo("APIGroupList");
  }

  @Test
  void discoveryAnswersInTheFormThatIsPreferred() throws InterruptedException {
    assertThat(api.get("/apis", "application/yaml").exchange().text())
        .startsWith("apiVersion: v1\n");
    Api.Answer binary = api.get("/api", "application/vnd.kubernetes.protobuf");
    assertThat(binary.exchange().bytes()).startsWith('k', '8', 's', 0);
    assertThat(api.get("/apis", "text/plain").code()).isEqualTo(406);
  }

  @Test
  void whatAVersionHoldsIsOnlyRead() throws InterruptedException {
    assertThat(api.post("/apis", "{}").code()).isEqualTo(200);
    Api.Answer refused = api.post("/apis/apps/v1", "{}");
    assertThat(refused.code()).isEqualTo(405);
    assertThat(refused.reason()).isEqualTo("MethodNotAllowed");
  }

  @Test
  void aDescriptionMayBeKeptForEverUnderItsHash() throws InterruptedException {
    Api.Answer apps = api.get(address("apis/apps/v1"));
    assertThat(apps.code()).isEqualTo(200);
    assertThat(apps.exchange().answerHeaders("cache-control")).containsExactly("public, immutable");
    assertThat(apps.exchange().answerHeaders("expires")).hasSize(1);
    assertThat(apps.body().text("openapi")).isEqualTo("3.0.0");
  }

  @Test
  void aWrongHashLeadsToTheRightOne() throws InterruptedException {
    FakeExchange moved = bare("/openapi/v3/apis/apps/v1?hash=OLD", Map.of());
    assertThat(moved.status()).isEqualTo(301);
    assertThat(moved.answerHeaders("location")).containsExactly(address("apis/apps/v1"));
  }

  @Test
  void withoutAHashTheClientAsksEachTimeAndIsToldWhenNothingChanged() throws InterruptedException {
    Api.Answer apps = api.get("/openapi/v3/apis/apps/v1");
    assertThat(apps.exchange().answerHeaders("cache-control")).containsExactly("no-cache, private");
    Map<String, String> known =
        Map.of("if-none-match", apps.exchange().answerHeaders("etag").getFirst());
    assertThat(bare("/openapi/v3/apis/apps/v1", known).status()).isEqualTo(304);
  }

  @Test
  void anIndexThatMayHaveChangedWithinTheSecondIsSentAnew() throws InterruptedException {
    FakeExchange first = api.get("/openapi/v3").exchange();
    Map<String, String> sameSecond =
        Map.of("if-modified-since", first.answerHeaders("last-modified").getFirst());
    assertThat(bare("/openapi/v3", sameSecond).status()).isEqualTo(200);
    assertThat(
            bare("/openapi/v3", Map.of("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"))
                .status())
        .as("later than now")
        .isEqualTo(304);
  }

  @Test
  void whatIsNotServedIsNotDescribed() throws InterruptedException {
    assertThat(api.get("/openapi/v3/apis/nope/v1").code()).isEqualTo(404);
    assertThat(api.get("/openapi/v2", "text/html").code()).isEqualTo(406);
    assertThat(api.get("/openapi/v2").body().text("swagger")).isEqualTo("2.0");
  }
}
