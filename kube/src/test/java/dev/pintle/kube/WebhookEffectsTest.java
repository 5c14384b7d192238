package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.HookedApi.ALLOWED;
import static dev.pintle.kube.HookedApi.MUTATING;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.maps;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens to the store while a webhook is asked, and that it is asked no more often than it must.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class WebhookEffectsTest {
  private static final String SPACES = "/api/v1/namespaces";
  private static final String PLACE = SPACES + "/n/configmaps";
  private static final String MAP = "{\"metadata\":{\"name\":\"a\"}}";

  private HookedApi hooked;
  private Meanwhile meanwhile = () -> {};

  /// What is done while a webhook is asked.
  private interface Meanwhile {
    void run() throws InterruptedException;
  }

  @BeforeEach
  void start() throws InterruptedException {
    hooked =
        new HookedApi(_ -> {
          try {
            meanwhile.run();
          } catch (InterruptedException interrupted) {
            throw new UncheckedIOException(new IOException(interrupted));
          }
          return ALLOWED;
        });
    hooked.api.post(SPACES, "{\"metadata\":{\"name\":\"n\"}}");
  }

  @AfterEach
  void close() {
    hooked.close();
  }

  private void install(String collection, String rule) throws InterruptedException {
    hooked.install(collection, "x", hooked.hook("a", "x", rule, ",'timeoutSeconds':30"));
  }

  private void removeNamespace() throws InterruptedException {
    hooked.api.delete(SPACES + "/n");
    hooked.api.put(SPACES + "/n/finalize", "{\"metadata\":{\"name\":\"n\"},\"spec\":{}}");
    hooked.api.until(SPACES + "/n", answer -> answer.code() == 404);
  }

  @Test
  void nothingIsMadeInANamespaceThatWentWhileAValidatingWebhookWasAsked()
      throws InterruptedException {
    install(VALIDATING, maps());
    meanwhile = this::removeNamespace;
    Api.Answer refused = hooked.api.post(PLACE, MAP);
    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.message()).isEqualTo("namespaces \"n\" not found");
    assertThat(hooked.api.get(PLACE + "/a").code()).isEqualTo(404);
    assertThat(hooked.asked()).hasSize(1);
  }

  @Test
  void nothingIsMadeInANamespaceThatWentWhileAMutatingWebhookWasAsked()
      throws InterruptedException {
    install(MUTATING, maps());
    meanwhile = this::removeNamespace;
    assertThat(hooked.api.post(PLACE, MAP).message()).isEqualTo("namespaces \"n\" not found");
    assertThat(hooked.api.get(PLACE + "/a").code()).isEqualTo(404);
  }

  @Test
  void nothingIsMadeInANamespaceThatIsOnItsWayOutSinceAWebhookWasAsked()
      throws InterruptedException {
    install(MUTATING, maps());
    hooked.api.post(
        PLACE, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/held\"]}}");
    meanwhile = () -> hooked.api.delete(SPACES + "/n");
    Api.Answer refused = hooked.api.post(PLACE, MAP);
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).contains("because it is being terminated");
  }

  @Test
  void whatIsInForceOnceAWebhookAnsweredHoldsForWhatItWasAskedAbout() throws InterruptedException {
    hooked.api.post(SPACES + "/n/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    install(MUTATING, rule("", "v1", "pods"));
    meanwhile =
        () ->
            hooked.api.patch(
                SPACES + "/n",
                MERGE,
                "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"baseline\"}}}");
    Api.Answer refused =
        hooked.api.post(
            SPACES + "/n/pods",
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"hostNetwork\":true,\"automountServiceAccountToken\":false,\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    assertThat(refused.code()).as(refused.exchange().text()).isEqualTo(403);
    assertThat(refused.message()).contains("violates PodSecurity \"baseline:latest\"");
  }

  @Test
  void whoeverCreatesWhatIsThereAsksOnce() throws InterruptedException {
    hooked.api.map("a", "{}");
    install(MUTATING, maps());
    Api.Answer refused = hooked.api.map("a", "{}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message()).isEqualTo("configmaps \"a\" already exists");
    assertThat(hooked.asked()).hasSize(1);
  }

  @Test
  void aWriteThatIsOvertakenEachTimeAsksNoMoreOftenThanAPatch() throws InterruptedException {
    hooked.api.map("a", "{}");
    hooked.install(
        VALIDATING,
        "x",
        hooked.hook(
            "a",
            "x",
            maps(),
            ",'matchConditions':[{'name':'mine','expression':'!has(object.metadata.labels)'}]"));
    meanwhile =
        () ->
            hooked.api.patch(
                MAPS + "/a",
                MERGE,
                "{\"metadata\":{\"labels\":{\"n\":\"%d\"}}}".formatted(hooked.asked().size()));
    Api.Answer refused =
        hooked.api.patch(
            MAPS + "/a", MERGE, "{\"metadata\":{\"labels\":null},\"data\":{\"k\":\"mine\"}}");
    assertThat(refused.code()).as(hooked.told() + refused.exchange().text()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("Conflict");
    assertThat(hooked.asked()).hasSize(5);
  }

  @Test
  void expressionsThatTakeLongLetNobodyBeAskedAgain() throws InterruptedException {
    String things = "/apis/example.com/v1/namespaces/default/things";
    hooked.api.post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", QuickExpressionsTest.DEFINITION);
    while (hooked.api.get(things).code() != 200) {
      Thread.onSpinWait();
    }
    install(MUTATING, rule("example.com", "v1", "things"));
    for (String name : new String[] {"a", "b"}) {
      Api.Answer made =
          hooked.api.post(
              things,
              "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"list\":[%s2]}}"
                  .formatted(name, "1,".repeat(250)));
      assertThat(made.code()).isEqualTo(201);
    }
    assertThat(hooked.told()).containsExactly("CREATE things/ a", "CREATE things/ b");
    Api.Answer wrong =
        hooked.api.patch(
            things + "/a", MERGE, "{\"spec\":{\"list\":[%s999]}}".formatted("1,".repeat(250)));
    assertThat(wrong.message()).contains("too large together");
    assertThat(hooked.told()).hasSize(3);
  }
}
