package dev.pintle.examples.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.junit.PintleTest;
import dev.pintle.junit.WithDefinition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tests that each begin with an empty cluster that knows sites, and an operator that just started there.
@PintleTest
@WithDefinition(Site.class)
class SiteReconcilerTest {
  private static final int SECONDS_MAX = 20;

  private final KubernetesClient client;
  private final SiteReconciler reconciler = new SiteReconciler();
  private Operator operator;

  SiteReconcilerTest(KubernetesClient client) {
    this.client = client;
  }

  @BeforeEach
  void startOperator() {
    operator = new Operator(it -> it.withKubernetesClient(client).withCloseClientOnStop(false));
    operator.register(reconciler);
    operator.start();
  }

  @AfterEach
  void stopOperator() {
    operator.stop();
  }

  private <T extends HasMetadata> T until(T object, Predicate<T> isSo) {
    return client
        .resource(object)
        .waitUntilCondition(
            there -> there != null && isSo.test(there), SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void untilGone(HasMetadata object) {
    client.resource(object).waitUntilCondition(Objects::isNull, SECONDS_MAX, TimeUnit.SECONDS);
  }

  /// A site that is served.
  private Site served(String name, String page) {
    return until(client.resource(Site.of(name, page)).create(), site -> site.seen() == 1);
  }

  private <T extends HasMetadata> T of(Class<T> kind, Site site) {
    return client
        .resources(kind)
        .inNamespace("default")
        .withName(site.getMetadata().getName())
        .get();
  }

  @Test
  void aSiteHasItsPageItsPodsAndItsAddress() {
    Site site = served("shop", "welcome");
    assertThat(of(ConfigMap.class, site).getData()).containsEntry("index.html", "welcome");
    assertThat(of(Deployment.class, site).getSpec().getReplicas()).isEqualTo(1);
    assertThat(of(Service.class, site).getSpec().getSelector()).containsEntry("site", "shop");
  }

  @Test
  void theStatusTellsTheAddress() {
    Site site = served("shop", "welcome");
    assertThat(site.getStatus().getAddress())
        .isEqualTo(of(Service.class, site).getSpec().getClusterIP())
        .startsWith("10.");
  }

  @Test
  void anotherPageIsShown() {
    Site site = served("shop", "welcome");
    client
        .resource(site)
        .edit(each -> {
          each.getSpec().setPage("closed");
          return each;
        });
    until(of(ConfigMap.class, site), page -> "closed".equals(page.getData().get("index.html")));
  }

  @Test
  void moreReplicasAreServed() {
    Site site = served("shop", "welcome");
    client
        .resource(site)
        .edit(each -> {
          each.getSpec().setReplicas(3);
          return each;
        });
    until(of(Deployment.class, site), pods -> pods.getSpec().getReplicas() == 3);
  }

  @Test
  void whatSomebodyElseChangesIsPutRight() {
    Site site = served("shop", "welcome");
    ConfigMap page = of(ConfigMap.class, site);
    client
        .resource(page)
        .edit(each -> {
          each.getData().put("index.html", "hacked");
          return each;
        });
    until(page, each -> "welcome".equals(each.getData().get("index.html")));
  }

  @Test
  void whatSomebodyElseDeletesComesBack() {
    Site site = served("shop", "welcome");
    Service address = of(Service.class, site);
    String uid = address.getMetadata().getUid();
    client.resource(address).delete();
    until(address, each -> !each.getMetadata().getUid().equals(uid));
  }

  /// The server's own collector deletes what has lost its owner.
  @Test
  void allOfASiteGoesWithIt() {
    Site site = served("shop", "welcome");
    List<HasMetadata> all =
        List.of(of(ConfigMap.class, site), of(Deployment.class, site), of(Service.class, site));
    client.resource(site).delete();
    untilGone(site);
    assertThat(reconciler.takenDown()).containsExactly("shop");
    all.forEach(this::untilGone);
  }

  @Test
  void aNamespaceThatGoesTakesItsSitesAlong() {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build())
        .create();
    Site site = Site.of("shop", "welcome");
    site.getMetadata().setNamespace("team");
    until(client.resource(site).create(), each -> each.seen() == 1);
    client.namespaces().withName("team").delete();
    client
        .namespaces()
        .withName("team")
        .waitUntilCondition(Objects::isNull, SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(reconciler.takenDown()).containsExactly("shop");
  }

  @Test
  void aSiteWithoutAPageIsRefused() {
    Site site = Site.of("shop", null);
    assertThatThrownBy(() -> client.resource(site).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.page: Required value");
  }

  @Test
  void sitesDoNotGetInEachOthersWay() {
    Site shop = served("shop", "welcome");
    Site blog = served("blog", "hello");
    client.resource(shop).delete();
    untilGone(of(ConfigMap.class, shop));
    assertThat(of(ConfigMap.class, blog).getData()).containsEntry("index.html", "hello");
  }
}
