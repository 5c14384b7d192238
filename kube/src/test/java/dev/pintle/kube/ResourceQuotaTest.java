package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What quotas allow, charge and give back, through the whole surface.
final class ResourceQuotaTest {
  private static final String QUOTAS = "/api/v1/namespaces/default/resourcequotas";
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
  private static final String CONTAINER =
      "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{%s}}]";

  private final Api api =
      new Api(
          KubeConfig.DEFAULT.withControllers(
              ControllerSelection.parse("resourcequota-controller,serviceaccount-controller")));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
    api.until("/api/v1/namespaces/default/serviceaccounts/default", one -> one.code() == 200);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void quota(String name, String spec) throws InterruptedException {
    Answer made =
        api.post(QUOTAS, "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    api.until(QUOTAS + "/" + name, one -> one.body().objectAt("status").has("used"));
  }

  private JsonObject used(String name) throws InterruptedException {
    return api.get(QUOTAS + "/" + name).body().objectAt("status").objectAt("used");
  }

  private void untilUsed(String name, String used) throws InterruptedException {
    api.until(
        QUOTAS + "/" + name,
        one -> one.body().objectAt("status").objectAt("used").equals(JsonReader.read(used)));
  }

  private Answer pod(String name, String resources, String spec) throws InterruptedException {
    return api.pod(name, CONTAINER.formatted(resources) + (spec.isEmpty() ? "" : "," + spec));
  }

  private static String hard(Answer quota) {
    JsonObject hard = quota.body().objectAt("status").objectAt("hard");
    return hard.isEmpty() ? "" : hard.textOrEmpty(hard.nameAt(0));
  }

  private static String amounts(String cpu, String memory) {
    return "\"requests\":{\"cpu\":\"%s\",\"memory\":\"%s\"}".formatted(cpu, memory);
  }

  @Test
  void aPodIsChargedAndGivenBackAndRefusedBeyondTheQuota() throws InterruptedException {
    quota("q", "\"hard\":{\"pods\":\"2\",\"requests.cpu\":\"1\",\"memory\":\"1Gi\"}");
    assertThat(pod("a", amounts("600m", "1Mi"), "").code()).isEqualTo(201);
    assertThat(used("q"))
        .isEqualTo(
            JsonReader.read("{\"memory\":\"1Mi\",\"pods\":\"1\",\"requests.cpu\":\"600m\"}"));
    Answer more = pod("b", amounts("500m", "2Gi"), "");
    assertThat(more.code()).isEqualTo(403);
    assertThat(more.message())
        .isEqualTo(
            "pods \"b\" is forbidden: exceeded quota: q, requested: memory=2Gi,requests.cpu=500m, used: memory=1Mi,requests.cpu=600m, limited: memory=1Gi,requests.cpu=1");
    Answer silent = pod("b", "", "");
    assertThat(silent.message())
        .isEqualTo(
            "pods \"b\" is forbidden: failed quota: q: must specify memory for: c; requests.cpu for: c");
    api.delete(PODS + "/a", "{\"gracePeriodSeconds\":0}");
    untilUsed("q", "{\"memory\":\"0\",\"pods\":\"0\",\"requests.cpu\":\"0\"}");
    assertThat(pod("b", amounts("500m", "1Gi"), "").code()).isEqualTo(201);
  }

  @Test
  void aPodThatHasEndedGivesBackAllButItsPlace() throws InterruptedException {
    quota("q", "\"hard\":{\"pods\":\"1\",\"count/pods\":\"2\"}");
    pod("a", "", "");
    assertThat(pod("b", "", "").code()).isEqualTo(403);
    api.patch(PODS + "/a/status", MERGE, "{\"status\":{\"phase\":\"Succeeded\"}}");
    untilUsed("q", "{\"count/pods\":\"1\",\"pods\":\"0\"}");
    assertThat(pod("b", "", "").code()).isEqualTo(201);
    assertThat(pod("c", "", "").message())
        .endsWith(
            "exceeded quota: q, requested: count/pods=1,pods=1, used: count/pods=2,pods=1, limited: count/pods=2,pods=1");
  }

  @Test
  void whatIsOnlyTriedIsCheckedAndNotCharged() throws InterruptedException {
    quota("q", "\"hard\":{\"configmaps\":\"1\"}");
    String map = "{\"metadata\":{\"name\":\"a\"}}";
    assertThat(api.post(MAPS + "?dryRun=All", map).code()).isEqualTo(201);
    assertThat(used("q").text("configmaps")).isEqualTo("0");
    assertThat(api.post(MAPS, map).code()).isEqualTo(201);
    assertThat(used("q").text("configmaps")).isEqualTo("1");
    assertThat(api.post(MAPS + "?dryRun=All", map.replace("a\"}", "b\"}")).code()).isEqualTo(403);
    // A name that is taken costs nothing.
    assertThat(api.post(MAPS, map).code()).isEqualTo(403);
    api.patch(QUOTAS + "/q", MERGE, "{\"spec\":{\"hard\":{\"configmaps\":\"2\"}}}");
    api.until(QUOTAS + "/q", one -> hard(one).equals("2"));
    assertThat(api.post(MAPS, map).code()).isEqualTo(409);
    assertThat(used("q").text("configmaps")).isEqualTo("1");
  }

  @Test
  void theChargeIsWrittenAtTheRevisionOfTheObject() throws InterruptedException {
    quota("q", "\"hard\":{\"configmaps\":\"5\"}");
    Answer made = api.map("a", "{}");
    Answer quota = api.get(QUOTAS + "/q");
    assertThat(quota.version()).isEqualTo(made.version());
    assertThat(quota.exchange().text())
        .contains("\"manager\":\"kube-apiserver\"")
        .contains("\"manager\":\"kube-controller-manager\"");
  }

  @Test
  void whatIsChargedIsStoredAsAWholeStatusWouldBe() throws InterruptedException {
    quota("q", "\"hard\":{\"count/pods\":\"20\",\"pods\":\"9\",\"requests.memory\":\"9Gi\"}");
    for (int i = 1; i < 6; i++) {
      assertThat(pod("p" + i, "\"requests\":{\"memory\":\"%d00Mi\"}".formatted(i), "").code())
          .isEqualTo(201);
    }
    Answer charged = api.get(QUOTAS + "/q");
    assertThat(charged.body().objectAt("status").objectAt("used"))
        .isEqualTo(
            JsonReader.read(
                "{\"count/pods\":\"5\",\"pods\":\"5\",\"requests.memory\":\"1500Mi\"}"));
    // What is written as it is would be stored anew if it were stored otherwise.
    Answer same = api.put(QUOTAS + "/q/status", charged.exchange().text());
    assertThat(same.code()).as(same.exchange().text()).isEqualTo(200);
    assertThat(same.exchange().text()).isEqualTo(charged.exchange().text());
  }

  @Test
  void whoChangesAStatusAfterChargesOwnsWhatItChanged() throws InterruptedException {
    quota("q", "\"hard\":{\"configmaps\":\"90\",\"secrets\":\"9\"}");
    for (int i = 0; i < 20; i++) {
      api.map("m" + i, "{}");
    }
    String used = "{\"status\":{\"used\":{\"configmaps\":\"20\",\"secrets\":\"7\"}}}";
    Answer changed = api.patch(QUOTAS + "/q/status?fieldManager=else", MERGE, used);
    assertThat(owned(changed, "kube-apiserver")).contains("f:configmaps");
    assertThat(owned(changed, "else")).contains("f:secrets").doesNotContain("f:configmaps");
  }

  /// The fields that a manager owns.
  private static String owned(Answer quota, String manager) {
    for (JsonObject entry : quota.body().objectAt("metadata").arrayAt("managedFields").objects()) {
      if (entry.textOrEmpty("manager").equals(manager)) {
        return JsonWriter.text(entry.objectAt("fieldsV1"));
      }
    }
    return "";
  }

  @Test
  void aQuotaThatIsItselfChargedIsCounted() throws InterruptedException {
    quota("q", "\"hard\":{\"resourcequotas\":\"50\"}");
    for (int i = 0; i < 20; i++) {
      quota("r" + i, "\"hard\":{\"pods\":\"5\"}");
    }
    quota("r", "\"hard\":{\"pods\":\"1\"}");
    assertThat(pod("a", "", "").code()).isEqualTo(201);
    untilUsed("q", "{\"resourcequotas\":\"22\"}");
    assertThat(used("r").text("pods")).isEqualTo("1");
    api.delete(PODS + "/a", "{\"gracePeriodSeconds\":0}");
    untilUsed("r", "{\"pods\":\"0\"}");
  }

  @Test
  void aQuotaThatNobodyCountedYetAllowsNothing() throws InterruptedException {
    quota("q", "\"hard\":{\"pods\":\"5\"}");
    try (Api bare = new Api()) {
      bare.settledIn();
      bare.post(QUOTAS, "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":{\"pods\":\"5\"}}}");
      // Nothing is demanded before the status says so.
      assertThat(bare.pod("a", CONTAINER.formatted("")).code()).isEqualTo(201);
      bare.patch(QUOTAS + "/q/status", MERGE, "{\"status\":{\"hard\":{\"pods\":\"5\"}}}");
      assertThat(bare.pod("b", CONTAINER.formatted("")).message())
          .isEqualTo("pods \"b\" is forbidden: status unknown for quota: q, resources: pods");
    }
  }

  @Test
  void servicesAreChargedWhenTheirTypeChanges() throws InterruptedException {
    quota(
        "q",
        "\"hard\":{\"services\":\"3\",\"services.nodeports\":\"2\",\"services.loadbalancers\":\"1\"}");
    String spec =
        "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"name\":\"a\",\"port\":1},{\"name\":\"b\",\"port\":2}]}}";
    assertThat(api.post(SERVICES, spec).code()).isEqualTo(201);
    String one = SERVICES + "/s";
    assertThat(api.patch(one, MERGE, "{\"spec\":{\"type\":\"NodePort\"}}").code()).isEqualTo(200);
    assertThat(used("q"))
        .isEqualTo(
            JsonReader.read(
                "{\"services\":\"2\",\"services.loadbalancers\":\"0\",\"services.nodeports\":\"2\"}"));
    assertThat(api.patch(one, MERGE, "{\"spec\":{\"type\":\"LoadBalancer\"}}").code())
        .isEqualTo(200);
    assertThat(used("q").text("services.loadbalancers")).isEqualTo("1");
    assertThat(
            api.post(
                    SERVICES,
                    spec.replace("\"s\"", "\"t\"")
                        .replace("{\"ports", "{\"type\":\"LoadBalancer\",\"ports"))
                .message())
        .contains(
            "exceeded quota: q, requested: services.loadbalancers=1,services.nodeports=2, used: services.loadbalancers=1,services.nodeports=2");
    assertThat(api.patch(one, MERGE, "{\"spec\":{\"type\":\"ClusterIP\"}}").code()).isEqualTo(200);
    untilUsed(
        "q", "{\"services\":\"2\",\"services.loadbalancers\":\"0\",\"services.nodeports\":\"0\"}");
  }

  @Test
  void claimsCountByTheirClass() throws InterruptedException {
    quota(
        "q",
        "\"hard\":{\"requests.storage\":\"5Gi\",\"gold.storageclass.storage.k8s.io/requests.storage\":\"2Gi\",\"silver.storageclass.storage.k8s.io/persistentvolumeclaims\":\"0\"}");
    String claim =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"storageClassName\":\"%s\",\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"%s\"}}}}";
    assertThat(api.post(CLAIMS, claim.formatted("a", "gold", "1500Mi")).code()).isEqualTo(201);
    assertThat(api.post(CLAIMS, claim.formatted("b", "gold", "1Gi")).message())
        .endsWith(
            "exceeded quota: q, requested: gold.storageclass.storage.k8s.io/requests.storage=1Gi, used: gold.storageclass.storage.k8s.io/requests.storage=1500Mi, limited: gold.storageclass.storage.k8s.io/requests.storage=2Gi");
    assertThat(api.post(CLAIMS, claim.formatted("b", "silver", "1Gi")).code()).isEqualTo(403);
    assertThat(api.post(CLAIMS, claim.formatted("b", "bronze", "1Gi")).code()).isEqualTo(201);
    assertThat(used("q").text("requests.storage")).isEqualTo("2524Mi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"scopes\":[\"Terminating\"] | \"activeDeadlineSeconds\":5 | ",
        "\"scopes\":[\"NotTerminating\"] |  | \"activeDeadlineSeconds\":5",
        "\"scopes\":[\"CrossNamespacePodAffinity\"] | \"affinity\":{\"podAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"k\",\"namespaces\":[\"n\"]}]}} | \"affinity\":{\"podAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"k\"}]}}",
        "\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"In\",\"values\":[\"system-node-critical\"]}]} | \"priorityClassName\":\"system-node-critical\" | \"priorityClassName\":\"system-cluster-critical\"",
        "\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"NotIn\",\"values\":[\"system-node-critical\"]}]} |  | \"priorityClassName\":\"system-node-critical\"",
        "\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"DoesNotExist\"}]} |  | \"priorityClassName\":\"system-node-critical\"",
        "\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"Exists\"}]} | \"priorityClassName\":\"system-node-critical\" | ",
      })
  void aQuotaWithAScopeCountsNothingElse(String scope, String counted, String other)
      throws InterruptedException {
    quota("q", "\"hard\":{\"pods\":\"1\"}," + scope);
    assertThat(pod("x", "", other == null ? "" : other).code()).isEqualTo(201);
    assertThat(used("q").text("pods")).isEqualTo("0");
    assertThat(pod("a", "", counted == null ? "" : counted).code()).isEqualTo(201);
    assertThat(used("q").text("pods")).isEqualTo("1");
    assertThat(pod("b", "", counted == null ? "" : counted).code()).isEqualTo(403);
    assertThat(pod("c", "", other == null ? "" : other).code()).isEqualTo(201);
    // The controller counts the same.
    api.patch(QUOTAS + "/q", MERGE, "{\"spec\":{\"hard\":{\"pods\":\"3\"}}}");
    api.until(QUOTAS + "/q", one -> hard(one).equals("3"));
    assertThat(used("q").text("pods")).isEqualTo("1");
  }

  @Test
  void bestEffortIsASideOfItsOwn() throws InterruptedException {
    quota("best", "\"hard\":{\"pods\":\"1\"},\"scopes\":[\"BestEffort\"]");
    quota("rest", "\"hard\":{\"pods\":\"1\",\"cpu\":\"1\"},\"scopes\":[\"NotBestEffort\"]");
    assertThat(pod("a", "", "").code()).isEqualTo(201);
    assertThat(pod("b", amounts("1", "1Mi"), "").code()).isEqualTo(201);
    assertThat(used("best").text("pods")).isEqualTo("1");
    assertThat(used("rest")).isEqualTo(JsonReader.read("{\"cpu\":\"1\",\"pods\":\"1\"}"));
    assertThat(pod("c", "", "").message()).contains("exceeded quota: best");
    assertThat(pod("c", amounts("1m", "1Mi"), "").message()).contains("exceeded quota: rest");
  }

  @Test
  void customResourcesAreCountedByTheirNames() throws InterruptedException {
    api.post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        {"metadata":{"name":"foos.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
        "names":{"plural":"foos","singular":"foo","kind":"Foo","listKind":"FooList"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
        """);
    String foos = "/apis/example.com/v1/namespaces/default/foos";
    api.until(foos, one -> one.code() == 200);
    quota("q", "\"hard\":{\"count/foos.example.com\":\"1\",\"count/deployments.apps\":\"0\"}");
    String foo =
        "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"%s\"}}";
    assertThat(api.post(foos, foo.formatted("a")).code()).isEqualTo(201);
    assertThat(api.post(foos, foo.formatted("b")).message())
        .isEqualTo(
            "foos.example.com \"b\" is forbidden: exceeded quota: q, requested: count/foos.example.com=1, used: count/foos.example.com=1, limited: count/foos.example.com=1");
    api.delete(foos + "/a");
    untilUsed("q", "{\"count/deployments.apps\":\"0\",\"count/foos.example.com\":\"0\"}");
  }

  @Test
  void aResizeIsChargedByItsGrowth() throws InterruptedException {
    quota("q", "\"hard\":{\"requests.cpu\":\"1\"}");
    pod("a", "\"requests\":{\"cpu\":\"500m\"}", "");
    String resized =
        "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"cpu\":\"%s\"}}}]}}";
    Answer more = api.patch(PODS + "/a/resize", Api.STRATEGIC, resized.formatted("1100m"));
    assertThat(more.message())
        .isEqualTo(
            "pods \"a\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=500m, limited: requests.cpu=1");
    assertThat(api.patch(PODS + "/a/resize", Api.STRATEGIC, resized.formatted("900m")).code())
        .isEqualTo(200);
    assertThat(used("q").text("requests.cpu")).isEqualTo("900m");
  }

  @Test
  void aStatusThatSaysTooLittleIsPutRight() throws InterruptedException {
    quota("q", "\"hard\":{\"configmaps\":\"5\"}");
    api.map("a", "{}");
    api.map("b", "{}");
    api.patch(QUOTAS + "/q/status", MERGE, "{\"status\":{\"used\":{\"configmaps\":\"0\"}}}");
    untilUsed("q", "{\"configmaps\":\"2\"}");
  }

  @Test
  void sixtyFourClientsNeverExceedAQuotaByOneAndLoseNothing() throws Exception {
    quota("q", "\"hard\":{\"configmaps\":\"300\"}");
    int before = Integer.parseInt(String.valueOf(used("q").text("configmaps")));
    List<Future<int[]>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 64; i++) {
        String name = "c" + i + "-";
        clients.add(threads.submit(() -> creates(name, 10)));
      }
    }
    int made = 0;
    for (Future<int[]> client : clients) {
      int[] codes = client.get();
      assertThat(codes[0] + codes[1]).isEqualTo(10);
      made += codes[0];
    }
    assertThat(made).isEqualTo(300 - before);
    assertThat(used("q").text("configmaps")).isEqualTo("300");
    assertThat(api.get(MAPS).items().size()).isEqualTo(300);
  }

  /// @return how many were made, and how many refused
  private int[] creates(String name, int count) throws InterruptedException {
    int[] codes = new int[2];
    for (int i = 0; i < count; i++) {
      boolean generated = i % 2 == 0;
      Answer answer =
          api.post(
              MAPS,
              generated
                  ? "{\"metadata\":{\"generateName\":\"%s\"}}".formatted(name)
                  : "{\"metadata\":{\"name\":\"%s%d\"}}".formatted(name, i));
      if (answer.code() == 201) {
        codes[0]++;
      } else if (answer.code() == 403 && answer.message().contains("exceeded quota: q")) {
        codes[1]++;
      } else {
        throw new AssertionError(answer.exchange().text());
      }
    }
    return codes;
  }

  @Test
  void aQuotaThatComesWhileObjectsAreMadeMissesNone() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<int[]>> clients = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String name = "c" + i + "-";
        clients.add(threads.submit(() -> creates(name, 40)));
      }
      for (int i = 0; i < 5; i++) {
        quota("q" + i, "\"hard\":{\"count/configmaps\":\"1000\"}");
        demandMore("q" + i);
      }
      for (Future<int[]> client : clients) {
        assertThat(client.get()[0]).isEqualTo(40);
      }
    }
    for (int i = 0; i < 5; i++) {
      untilUsed("q" + i, "{\"configmaps\":\"640\",\"count/configmaps\":\"640\"}");
    }
  }

  /// Whoever changes what is charged all the while is told of a conflict, and asks again as clients do.
  private void demandMore(String quota) throws InterruptedException {
    String more = "{\"spec\":{\"hard\":{\"configmaps\":\"1000\"}}}";
    Answer patched = api.patch(QUOTAS + "/" + quota, MERGE, more);
    while (patched.code() == 409) {
      patched = api.patch(QUOTAS + "/" + quota, MERGE, more);
    }
    assertThat(patched.code()).as(patched.exchange().text()).isEqualTo(200);
  }

  @Test
  void whoMakesAndDeletesAtOnceLeavesTheQuotaExact() throws Exception {
    quota("q", "\"hard\":{\"configmaps\":\"40\",\"secrets\":\"1000\"}");
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String name = "m" + i;
        clients.add(threads.submit(() -> makeAndDelete(name)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    int left = api.get(MAPS).items().size();
    untilUsed("q", "{\"configmaps\":\"%d\",\"secrets\":\"0\"}".formatted(left));
  }

  private Void makeAndDelete(String name) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      Answer made = api.map(name, "{}");
      assertThat(made.code()).as(made.exchange().text()).isIn(201, 403);
      if (made.code() == 201 && i != 19) {
        assertThat(api.send("DELETE", MAPS + "/" + name, "", Map.of()).code()).isEqualTo(200);
      }
    }
    return null;
  }
}
