package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersion;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A version that upstream serves no more, served because it was asked for.
final class EarlierVersionsTest {
  private static final String GROUP = "/apis/flowcontrol.apiserver.k8s.io";
  private static final String NEW = GROUP + "/v1/";
  private static final String OLD = GROUP + "/v1beta3/";
  private static final String LEVELS = "prioritylevelconfigurations";
  private static final String MEANT = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";
  private final Api api =
      new Api(
          KubeConfig.DEFAULT.withEarlier(
              Set.of(new GroupVersion("flowcontrol.apiserver.k8s.io", "v1beta3"))));

  @AfterEach
  void close() {
    api.close();
  }

  private static long shares(Answer level) {
    return level
        .body()
        .objectAt("spec")
        .objectAt("limited")
        .wholeOrZero("nominalConcurrencyShares");
  }

  private static JsonObject annotations(Answer level) {
    return level.metadata().objectOrEmpty("annotations");
  }

  private void create(String name, String annotations, String shares) throws InterruptedException {
    Answer made =
        api.post(
            OLD + LEVELS,
            """
            {"apiVersion":"flowcontrol.apiserver.k8s.io/v1beta3","kind":"PriorityLevelConfiguration",
            "metadata":{"name":"%s","annotations":{%s}},"spec":{"type":"Limited","limited":{%s"limitResponse":{"type":"Reject"}}}}
            """
                .formatted(name, annotations, shares));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
    assertThat(made.exchange().answerHeaders("warning"))
        .containsExactly(
            "299 - \"flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration is deprecated in v1.29+, unavailable in v1.32+; use flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration\"");
  }

  @Test
  void itIsListedBehindTheVersionThatTookItsPlace() throws InterruptedException {
    api.settledIn();
    assertThat(api.get(GROUP).exchange().text())
        .containsSubsequence(
            "flowcontrol.apiserver.k8s.io/v1\"", "flowcontrol.apiserver.k8s.io/v1beta3");
    assertThat(api.get(OLD).body().array("resources")).isNotNull();
    assertThat(api.get(OLD + "flowschemas").items().size())
        .isEqualTo(api.get(NEW + "flowschemas").items().size());
  }

  @Test
  void noSharesMeanTheDefaultUnlessTheAnnotationSaysThatNoneAreMeant() throws InterruptedException {
    api.settledIn();
    create("none", "", "");
    create("zero", "", "\"nominalConcurrencyShares\":0,");
    create("jail", "\"" + MEANT + "\":\"\"", "\"nominalConcurrencyShares\":0,");
    create("some", "\"" + MEANT + "\":\"\",\"a\":\"b\"", "\"nominalConcurrencyShares\":7,");
    for (String version : new String[] {NEW, OLD}) {
      assertThat(shares(api.get(version + LEVELS + "/none"))).isEqualTo(30);
      assertThat(shares(api.get(version + LEVELS + "/zero"))).isEqualTo(30);
      assertThat(shares(api.get(version + LEVELS + "/jail"))).isZero();
      assertThat(shares(api.get(version + LEVELS + "/some"))).isEqualTo(7);
      assertThat(annotations(api.get(version + LEVELS + "/some")).has(MEANT)).isFalse();
      assertThat(annotations(api.get(version + LEVELS + "/some")).text("a")).isEqualTo("b");
    }
    assertThat(annotations(api.get(NEW + LEVELS + "/jail")).isEmpty()).isTrue();
    assertThat(annotations(api.get(OLD + LEVELS + "/jail")).text(MEANT)).isEmpty();
  }

  @Test
  void whatOneVersionChangesTheOtherShows() throws InterruptedException {
    api.settledIn();
    create("a", "", "\"nominalConcurrencyShares\":7,");
    String path = LEVELS + "/a";
    Answer none =
        api.patch(
            NEW + path, Api.MERGE, "{\"spec\":{\"limited\":{\"nominalConcurrencyShares\":0}}}");
    assertThat(none.code()).isEqualTo(200);
    Answer old = api.get(OLD + path);
    assertThat(annotations(old).has(MEANT)).isTrue();
    Answer labelled = api.patch(OLD + path, Api.MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    assertThat(labelled.code()).isEqualTo(200);
    assertThat(shares(labelled)).isZero();
    assertThat(shares(api.get(NEW + path))).isZero();
    Answer forbidden =
        api.patch(
            NEW + path, Api.MERGE, "{\"metadata\":{\"annotations\":{\"" + MEANT + "\":\"\"}}}");
    assertThat(forbidden.code()).isEqualTo(422);
  }

  @Test
  void itIsNotServedUnlessItIsAskedFor() throws InterruptedException {
    try (Api plain = new Api()) {
      assertThat(plain.get(OLD + LEVELS).code()).isEqualTo(404);
      assertThat(plain.get(GROUP).exchange().text()).doesNotContain("v1beta3");
    }
  }
}
