package dev.pintle.compat.josdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Operators of the Java Operator SDK: each test is what an operator lives by, in a namespace of its own.
class JosdkIT {
  private static final int SECONDS_MAX = 60;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration RENEWED_WITHIN = Duration.ofMillis(2_500);
  private static final Duration TRIED_EVERY = Duration.ofMillis(250);
  private static final String LEASE_NAME = "kiosks";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @TempDir private static Path data;

  private static RunningPintle pintle;
  private static KubernetesClient client;

  private final List<AutoCloseable> running = new ArrayList<>();
  private String namespace;

  @BeforeAll
  static void start() throws IOException {
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
    client = clientOf(Files.readString(pintle.kubeconfig()));
    CustomResourceDefinition definition =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .resource(
                client
                    .getKubernetesSerialization()
                    .unmarshal(Kiosk.DEFINITION, CustomResourceDefinition.class))
            .create();
    client
        .resource(definition)
        .waitUntilCondition(JosdkIT::isServed, SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static boolean isServed(CustomResourceDefinition definition) {
    return definition.getStatus().getConditions().stream()
        .anyMatch(condition ->
            condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }

  private static KubernetesClient clientOf(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (pintle != null) {
      pintle.close();
    }
  }

  @BeforeEach
  void makeNamespace() {
    namespace = newNamespace();
  }

  private static String newNamespace() {
    return client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("shops-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  @AfterEach
  void stopOperators() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
  }

  private RegisteredController<Kiosk> run(Reconciler<Kiosk> reconciler) {
    Operator operator =
        new Operator(it -> it.withKubernetesClient(client).withCloseClientOnStop(false));
    RegisteredController<Kiosk> registered =
        operator.register(
            reconciler,
            it ->
                it.settingNamespace(namespace)
                    .withRetry(new GenericRetry().setInitialInterval(10).setIntervalMultiplier(1)));
    running.add(operator::stop);
    operator.start();
    return registered;
  }

  private Kiosk open(String name, KioskSpec spec) {
    return client.resource(Kiosk.of(namespace, name, spec)).create();
  }

  private static void change(Kiosk kiosk, KioskSpec spec) {
    client.resource(kiosk).patch(MERGE, json(Map.of("spec", spec)));
  }

  /// Says nothing of a version, so that it does not matter who wrote before.
  private static String json(Map<String, ?> changes) {
    return client.getKubernetesSerialization().asJson(changes);
  }

  private static <T extends HasMetadata> T until(T object, Predicate<T> isSo) {
    return client
        .resource(object)
        .waitUntilCondition(
            there -> there != null && isSo.test(there), SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static void untilGone(HasMetadata object) {
    client.resource(object).waitUntilCondition(Objects::isNull, SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static List<String> writers(HasMetadata object) {
    return object.getMetadata().getManagedFields().stream()
        .map(entry ->
            "%s %s %s"
                .formatted(
                    entry.getManager(),
                    entry.getOperation(),
                    Objects.requireNonNullElse(entry.getSubresource(), "-")))
        .toList();
  }

  private <T extends HasMetadata> T dependent(Class<T> kind, Kiosk kiosk) {
    return client
        .resources(kind)
        .inNamespace(namespace)
        .withName(kiosk.getMetadata().getName())
        .get();
  }

  @Test
  void dependentsAreAppliedAndOwned() {
    run(new KioskReconciler());
    Kiosk opened = open("corner", new KioskSpec("tea", 2, "none"));
    Kiosk kiosk = until(opened, there -> there.seen() == 1);
    assertThat(kiosk.told()).isEqualTo("tea");
    assertThat(kiosk.getMetadata().getFinalizers()).containsExactly(KioskReconciler.FINALIZER);
    assertThat(writers(kiosk))
        .contains(KioskReconciler.MANAGER + " Apply -", KioskReconciler.MANAGER + " Apply status");
    for (HasMetadata each :
        List.of(
            dependent(ConfigMap.class, kiosk),
            dependent(Deployment.class, kiosk),
            dependent(Service.class, kiosk))) {
      assertThat(writers(each)).contains(KioskReconciler.MANAGER + " Apply -");
      assertThat(each.getMetadata().getOwnerReferences())
          .extracting(OwnerReference::getKind, OwnerReference::getName, OwnerReference::getUid)
          .containsExactly(tuple("Kiosk", "corner", kiosk.getMetadata().getUid()));
    }
    assertThat(dependent(Service.class, kiosk).getSpec().getClusterIP()).isNotEmpty();
  }

  @Test
  void dependentsAreKeptAsTheyShallBeAndNoOtherIsTouched() {
    run(new KioskReconciler());
    Kiosk kiosk = open("corner", new KioskSpec("tea", 1, "none"));
    until(kiosk, there -> there.seen() == 1);
    Deployment stalls = dependent(Deployment.class, kiosk);
    ConfigMap sign = dependent(ConfigMap.class, kiosk);
    client.resource(sign).patch(MERGE, json(Map.of("data", Map.of("text", "closed"))));
    until(
        sign,
        there ->
            "tea".equals(there.getData().get("text")) && !version(there).equals(version(sign)));
    for (HasMetadata each : List.of(sign, dependent(Service.class, kiosk))) {
      client.resource(each).delete();
      until(each, there -> !there.getMetadata().getUid().equals(each.getMetadata().getUid()));
    }
    // Nobody but the operator writes Deployments here, since the program runs no workload
    // controller.
    assertThat(version(dependent(Deployment.class, kiosk))).isEqualTo(version(stalls));
    change(kiosk, new KioskSpec("tea", 3, "none"));
    until(stalls, there -> there.getSpec().getReplicas() == 3);
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getResourceVersion();
  }

  @Test
  void aPrimaryIsCleanedUpBeforeItGoesAndItsDependentsGoAfterIt() {
    KioskReconciler reconciler = new KioskReconciler();
    run(reconciler);
    Kiosk kiosk = open("corner", new KioskSpec("tea", 1, "none"));
    until(kiosk, there -> there.seen() == 1);
    assertThat(reconciler.runs.next()).isEqualTo("opens 1");
    List<HasMetadata> dependents =
        List.of(
            dependent(ConfigMap.class, kiosk),
            dependent(Deployment.class, kiosk),
            dependent(Service.class, kiosk));
    client.resource(kiosk).delete();
    untilGone(kiosk);
    assertThat(reconciler.runs.rest()).containsExactly("closes", "closed");
    dependents.forEach(JosdkIT::untilGone);
  }

  @Test
  void onlyANewGenerationWakesAReconciler() {
    PlainReconciler reconciler = new PlainReconciler("plain");
    run(reconciler);
    Kiosk kiosk = open("corner", new KioskSpec("tea", 1, "none"));
    until(kiosk, there -> there.seen() == 1);
    client
        .resource(kiosk)
        .patch(MERGE, json(Map.of("metadata", Map.of("labels", Map.of("street", "main")))));
    client
        .resource(kiosk)
        .subresource("status")
        .patch(MERGE, json(Map.of("status", new KioskStatus(1, "somebody else", null))));
    // Who looks at the next kiosk has had both edits before it, so that neither can hide behind the
    // third.
    until(open("next", new KioskSpec("tea", 1, "none")), there -> there.seen() == 1);
    change(kiosk, new KioskSpec("coffee", 1, "none"));
    Kiosk seen = until(kiosk, there -> there.seen() == 2);
    assertThat(seen.told()).isEqualTo("plain");
    assertThat(reconciler.runs.rest()).containsExactly("corner 1", "next 1", "corner 2");
  }

  @Test
  void whatPrimariesNameWakesThoseThatNameItWhileItIsSelected() {
    MenuReconciler reconciler = new MenuReconciler();
    ConfigMap breakfast = client.resource(menu("breakfast", "eggs", true)).create();
    ConfigMap dinner = client.resource(menu("dinner", "soup", false)).create();
    run(reconciler);
    Kiosk a = open("a", new KioskSpec("a", 1, "breakfast"));
    Kiosk b = open("b", new KioskSpec("b", 1, "breakfast"));
    Kiosk c = open("c", new KioskSpec("c", 1, "dinner"));
    sells(a, "eggs");
    sells(b, "eggs");
    sells(c, "nothing");
    assertThat(reconciler.runs.rest())
        .containsExactlyInAnyOrder("a sells eggs", "b sells eggs", "c sells nothing");
    client.resource(menu("breakfast", "toast", true)).update();
    sells(a, "toast");
    sells(b, "toast");
    assertThat(reconciler.runs.rest()).containsExactlyInAnyOrder("a sells toast", "b sells toast");
    client.resource(menu("dinner", "soup", true)).update();
    sells(c, "soup");
    client.resource(menu("dinner", "stew", false)).update();
    sells(c, "nothing");
    client.resource(breakfast).delete();
    sells(a, "nothing");
    sells(b, "nothing");
    client.resource(dinner).delete();
  }

  private static void sells(Kiosk kiosk, String dish) {
    until(kiosk, there -> there.told().equals(dish));
  }

  private ConfigMap menu(String name, String dish, boolean isSelected) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(isSelected ? Map.of(MenuReconciler.LABEL, "true") : Map.of())
        .endMetadata()
        .addToData("dish", dish)
        .build();
  }

  @Test
  void whatFailsIsToldInTheStatusAndTriedAgain() {
    Runs told = new Runs();
    Kiosk kiosk = open("corner", new KioskSpec("tea", 1, "none"));
    try (Watch _ = client.resources(Kiosk.class).inNamespace(namespace).watch(new Statuses(told))) {
      run(new FailingReconciler(2));
      assertThat(told.next()).isEqualTo("0: attempt 0");
      assertThat(told.next()).isEqualTo("0: attempt 1");
      assertThat(told.next()).isEqualTo("1: fine");
    }
    assertThat(until(kiosk, there -> there.seen() == 1).told()).isEqualTo("open");
  }

  /// A record of the troubles that statuses tell.
  private record Statuses(Runs told) implements Watcher<Kiosk> {
    @Override
    public void eventReceived(Action action, Kiosk kiosk) {
      if (kiosk.getStatus() != null) {
        told.add(
            "%d: %s"
                .formatted(
                    kiosk.seen(), Objects.requireNonNullElse(kiosk.getStatus().trouble(), "fine")));
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      told.add(cause.toString());
    }
  }

  @Test
  void anOperatorThatComesBackDoesWhatWasLeftAndNoMore() throws Exception {
    run(new KioskReconciler());
    Kiosk changed = open("changed", new KioskSpec("tea", 1, "none"));
    Kiosk deleted = open("deleted", new KioskSpec("tea", 1, "none"));
    Kiosk same = open("same", new KioskSpec("tea", 1, "none"));
    for (Kiosk kiosk : List.of(changed, deleted, same)) {
      until(kiosk, there -> there.seen() == 1);
    }
    running.removeFirst().close();
    change(changed, new KioskSpec("coffee", 1, "none"));
    client.resource(deleted).delete();
    client.resource(dependent(Service.class, changed)).delete();
    String counter = version(dependent(Service.class, same));
    String stalls = version(dependent(Deployment.class, changed));
    KioskReconciler reconciler = new KioskReconciler();
    run(reconciler);
    Kiosk seen = until(changed, there -> there.seen() == 2);
    assertThat(seen.told()).isEqualTo("coffee");
    untilGone(deleted);
    assertThat(dependent(Service.class, changed)).isNotNull();
    assertThat(version(dependent(Deployment.class, changed))).isEqualTo(stalls);
    assertThat(version(dependent(Service.class, same))).isEqualTo(counter);
    assertThat(reconciler.runs.rest()).contains("opens 2", "closes", "closed");
  }

  @Test
  void theNamespacesThatAreWatchedChangeWhileItRuns() {
    PlainReconciler reconciler = new PlainReconciler("plain");
    RegisteredController<Kiosk> registered = run(reconciler);
    String first = namespace;
    String second = newNamespace();
    Kiosk before = open("before", new KioskSpec("tea", 1, "none"));
    until(before, there -> there.seen() == 1);
    namespace = second;
    Kiosk after = open("after", new KioskSpec("tea", 1, "none"));
    registered.changeNamespaces(first, second);
    until(after, there -> there.seen() == 1);
    registered.changeNamespaces(second);
    change(before, new KioskSpec("coffee", 1, "none"));
    change(after, new KioskSpec("coffee", 1, "none"));
    until(after, there -> there.seen() == 2);
    assertThat(reconciler.runs.rest()).containsExactly("before 1", "after 1", "after 2");
  }

  @Test
  void whoHoldsTheLeaseWorksAndAnotherTakesOver() throws Exception {
    Kiosk kiosk = open("corner", new KioskSpec("tea", 1, "none"));
    elect("one", leases("get", "create", "update", "patch"));
    until(kiosk, there -> there.told().equals("one"));
    elect("two", leases("get", "create", "update", "patch"));
    change(kiosk, new KioskSpec("coffee", 1, "none"));
    assertThat(until(kiosk, there -> there.seen() == 2).told()).isEqualTo("one");
    running.removeFirst().close();
    change(kiosk, new KioskSpec("water", 1, "none"));
    assertThat(until(kiosk, there -> there.seen() == 3).told()).isEqualTo("two");
    assertThat(
            client
                .leases()
                .inNamespace(namespace)
                .withName(LEASE_NAME)
                .get()
                .getSpec()
                .getHolderIdentity())
        .isEqualTo("two");
  }

  @Test
  void whoMayNotHoldTheLeaseDoesNotStart() {
    assertThatThrownBy(() -> elect("nobody", leases("get", "create")))
        .isInstanceOf(OperatorException.class)
        .hasRootCauseMessage(
            "No permission to lease resource. in namespace: %s; missing required verbs: [update]"
                .formatted(namespace));
  }

  private static PolicyRule leases(String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups("coordination.k8s.io")
        .withResources("leases")
        .withVerbs(verbs)
        .build();
  }

  /// An operator that stands for election, with a service account that may no more than it must.
  private void elect(String identity, PolicyRule ofLeases) {
    KubernetesClient own =
        clientOf(Kubeconfig.read(pintle.kubeconfig()).withToken(account(identity, ofLeases)));
    LeaderElectionConfiguration election =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE_NAME)
            .withLeaseNamespace(namespace)
            .withLeaseDuration(LEASE)
            .withRenewDeadline(RENEWED_WITHIN)
            .withRetryPeriod(TRIED_EVERY)
            .withIdentity(identity)
            .buildForTest(false);
    Operator operator =
        new Operator(it -> it.withKubernetesClient(own).withLeaderElectionConfiguration(election));
    operator.register(new PlainReconciler(identity), it -> it.settingNamespace(namespace));
    running.add(operator::stop);
    operator.start();
  }

  /// The token of a new account.
  private String account(String name, PolicyRule ofLeases) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addNewRule()
                .withApiGroups("shops.example.com")
                .withResources("kiosks", "kiosks/status")
                .withVerbs("get", "list", "watch", "patch")
                .endRule()
                .addToRules(ofLeases)
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", name, namespace)
                .build())
        .create();
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(name)
        .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
        .getStatus()
        .getToken();
  }
}
