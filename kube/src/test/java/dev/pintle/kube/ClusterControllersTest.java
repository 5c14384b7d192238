package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of objects whose namespace or owners are deleted.
final class ClusterControllersTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private final Api api =
      new Api(
          KubeConfig.DEFAULT
              .withControllers(ControllerSelection.ALL)
              .withRootCertificates(() -> "PEM"));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void untilGone(String path) throws InterruptedException {
    api.until(path, answer -> answer.code() == 404);
  }

  private JsonObject create(String path, String body) throws InterruptedException {
    Api.Answer made = api.post(path, body);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    return made.body();
  }

  private static String uid(JsonObject object) {
    return object.objectAt("metadata").textOrEmpty("uid");
  }

  private static String owned(String name, boolean blocks, JsonObject... owners) {
    StringBuilder references = new StringBuilder();
    for (JsonObject owner : owners) {
      references
          .append(references.isEmpty() ? "" : ",")
          .append(
              "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"%s\",\"uid\":\"%s\",\"blockOwnerDeletion\":%s}"
                  .formatted(owner.objectAt("metadata").textOrEmpty("name"), uid(owner), blocks));
    }
    return "{\"metadata\":{\"name\":\"%s\",\"ownerReferences\":[%s]}}".formatted(name, references);
  }

  private JsonObject map(String name) throws InterruptedException {
    return create(MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
  }

  private int delete(String path, String options) throws InterruptedException {
    return api.send("DELETE", path, options, Map.of("content-type", "application/json")).code();
  }

  @Test
  void aNamespaceGoesWithAllThatIsInIt() throws InterruptedException {
    create(NAMESPACES, "{\"metadata\":{\"name\":\"x\"}}");
    for (int i = 0; i < 50; i++) {
      create(NAMESPACES + "/x/configmaps", "{\"metadata\":{\"name\":\"c" + i + "\"}}");
    }
    create(NAMESPACES + "/x/secrets", "{\"metadata\":{\"name\":\"s\"}}");
    delete(NAMESPACES + "/x", "");
    untilGone(NAMESPACES + "/x");
    assertThat(api.get(NAMESPACES + "/x/configmaps").body().objects("items")).isEmpty();
  }

  @Test
  void aNamespaceSaysWhatItWaitsFor() throws InterruptedException {
    create(NAMESPACES, "{\"metadata\":{\"name\":\"x\"}}");
    create(
        NAMESPACES + "/x/configmaps",
        "{\"metadata\":{\"name\":\"c\",\"finalizers\":[\"example.com/f\"]}}");
    delete(NAMESPACES + "/x", "");
    Api.Answer waiting =
        api.until(
            NAMESPACES + "/x",
            answer -> answer.exchange().text().contains("NamespaceFinalizersRemaining"));
    List<String> messages =
        waiting.body().objectAt("status").objects("conditions").stream()
            .map(each -> each.textOrEmpty("status") + " " + each.textOrEmpty("message"))
            .toList();
    assertThat(messages)
        .containsExactly(
            "False All resources successfully discovered",
            "False All legacy kube types successfully parsed",
            "False All content successfully deleted, may be waiting on finalization",
            "True Some resources are remaining: configmaps. has 1 resource instances",
            "True Some content in the namespace has finalizers remaining: example.com/f in 1 resource instances");
    api.send(
        "PATCH",
        NAMESPACES + "/x/configmaps/c",
        "{\"metadata\":{\"finalizers\":null}}",
        Map.of("content-type", "application/merge-patch+json"));
    untilGone(NAMESPACES + "/x");
  }

  @Test
  void everyNamespaceHasAServiceAccountAndTheCertificatesOfTheServer() throws InterruptedException {
    create(NAMESPACES, "{\"metadata\":{\"name\":\"x\"}}");
    for (String namespace : List.of("default", "kube-system", "x")) {
      String in = NAMESPACES + "/" + namespace;
      api.until(in + "/serviceaccounts/default", answer -> answer.code() == 200);
      api.until(in + "/configmaps/kube-root-ca.crt", answer -> answer.code() == 200);
    }
    String account = NAMESPACES + "/x/serviceaccounts/default";
    String certificates = NAMESPACES + "/x/configmaps/kube-root-ca.crt";
    String before = uid(api.get(account).body());
    delete(account, "");
    api.until(account, answer -> answer.code() == 200 && !uid(answer.body()).equals(before));
    api.send(
        "PATCH",
        certificates,
        "{\"data\":{\"ca.crt\":\"another\"}}",
        Map.of("content-type", "application/merge-patch+json"));
    api.until(certificates, answer -> answer.exchange().text().contains("\"ca.crt\":\"PEM\""));
    delete(NAMESPACES + "/x", "");
    untilGone(NAMESPACES + "/x");
  }

  @Test
  void aRoleThatAggregatesOthersHasTheirRules() throws InterruptedException {
    String roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    api.until(roles + "/view", answer -> answer.exchange().text().contains("configmaps"));
    create(
        roles,
        """
        {"metadata":{"name":"more","labels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}},
        "rules":[{"verbs":["get"],"apiGroups":["example.com"],"resources":["things"]}]}
        """);
    String more = "example.com";
    for (String role : List.of("view", "edit", "admin")) {
      api.until(roles + "/" + role, answer -> answer.exchange().text().contains(more));
    }
    assertThat(api.get(roles + "/view").exchange().text())
        .contains("\"manager\":\"clusterrole-aggregation-controller\"");
    delete(roles + "/more", "");
    api.until(roles + "/admin", answer -> !answer.exchange().text().contains(more));
  }

  @Test
  void aClaimGoesOnceNoPodUsesIt() throws InterruptedException {
    String claims = NAMESPACES + "/default/persistentvolumeclaims";
    String pods = NAMESPACES + "/default/pods";
    api.until(NAMESPACES + "/default/serviceaccounts/default", answer -> answer.code() == 200);
    for (String name : List.of("used", "unused")) {
      create(
          claims,
          "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}"
              .formatted(name));
    }
    create(
        pods,
        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"used\"}}]}}");
    delete(claims + "/used", "");
    delete(claims + "/unused", "");
    untilGone(claims + "/unused");
    assertThat(api.get(claims + "/used").exchange().text()).contains("pvc-protection");
    delete(pods + "/p", "{\"gracePeriodSeconds\":0}");
    untilGone(claims + "/used");
  }

  @Test
  void aVolumeGoesUnlessItIsBound() throws InterruptedException {
    create(
        "/api/v1/persistentvolumes",
        "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"capacity\":{\"storage\":\"1Gi\"},\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/x\"}}}");
    api.send(
        "PATCH",
        "/api/v1/persistentvolumes/v/status",
        "{\"status\":{\"phase\":\"Bound\"}}",
        Map.of("content-type", "application/merge-patch+json"));
    delete("/api/v1/persistentvolumes/v", "");
    assertThat(api.get("/api/v1/persistentvolumes/v").exchange().text()).contains("pv-protection");
    api.send(
        "PATCH",
        "/api/v1/persistentvolumes/v/status",
        "{\"status\":{\"phase\":\"Released\"}}",
        Map.of("content-type", "application/merge-patch+json"));
    untilGone("/api/v1/persistentvolumes/v");
  }

  @Test
  void dependentsGoWhenTheirLastOwnerIsGone() throws InterruptedException {
    JsonObject one = map("one");
    JsonObject two = map("two");
    create(MAPS, owned("of-one", false, one));
    create(MAPS, owned("of-both", false, one, two));
    delete(MAPS + "/one", "");
    untilGone(MAPS + "/of-one");
    api.until(MAPS + "/of-both", answer -> !answer.exchange().text().contains(uid(one)));
    delete(MAPS + "/two", "");
    untilGone(MAPS + "/of-both");
  }

  @Test
  void whatNamesAnOwnerThatNeverWasGoesAtOnce() throws InterruptedException {
    JsonObject owner = map("owner");
    create(MAPS, owned("lost", false, owner).replace(uid(owner), "no-such-uid"));
    untilGone(MAPS + "/lost");
    assertThat(api.get(MAPS + "/owner").code()).isEqualTo(200);
  }

  @Test
  void whoNamesAnOwnerInAnotherNamespaceIsTold() throws InterruptedException {
    JsonObject owner = map("owner");
    create(NAMESPACES, "{\"metadata\":{\"name\":\"x\"}}");
    create(NAMESPACES + "/x/configmaps", owned("lost", false, owner));
    api.untilSaid(
        NAMESPACES + "/x/events",
        "\"message\":\"ownerRef [v1/ConfigMap, namespace: x, name: owner, uid: "
            + uid(owner)
            + "] does not exist in namespace \\\"x\\\"\"");
    untilGone(NAMESPACES + "/x/configmaps/lost");
    assertThat(api.get(NAMESPACES + "/x/events").exchange().text())
        .contains("\"reason\":\"OwnerRefInvalidNamespace\"")
        .contains("\"component\":\"garbage-collector-controller\"");
  }

  @Test
  void ofManyOwnersThatAreNowhereAFewAreLookedForElsewhere() throws InterruptedException {
    JsonObject owner = map("owner");
    for (int i = 0; i < 20; i++) {
      create(NAMESPACES, "{\"metadata\":{\"name\":\"x" + i + "\"}}");
    }
    StringBuilder references = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      references.append(
          ",{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"nowhere%d\",\"uid\":\"u%d\"}"
              .formatted(i, i));
    }
    create(
        NAMESPACES + "/x0/configmaps",
        owned("lost", false, owner).replace("}]", "}" + references + "]"));
    untilGone(NAMESPACES + "/x0/configmaps/lost");
    // The first of them is found and told of; what is looked for after that is looked for in vain.
    api.untilSaid(NAMESPACES + "/x0/events", "name: owner, ");
    create(NAMESPACES + "/x1/configmaps", owned("lost", false, owner));
    api.untilSaid(NAMESPACES + "/x1/events", "name: owner, ");
    long looked =
        IntStream.range(0, 20)
            .mapToLong(i -> api.reads().reads("/registry/configmaps/x" + i + "/nowhere"))
            .sum();
    assertThat(looked).isLessThan(100 + 20 * 20);
  }

  @Test
  void anOwnerThatIsDeletedInTheForegroundWaitsForThoseThatBlockIt() throws InterruptedException {
    JsonObject owner = map("owner");
    create(
        MAPS,
        owned("held", true, owner)
            .replace("\"name\":\"held\"", "\"name\":\"held\",\"finalizers\":[\"example.com/f\"]"));
    create(MAPS, owned("free", true, owner));
    delete(MAPS + "/owner", "{\"propagationPolicy\":\"Foreground\"}");
    untilGone(MAPS + "/free");
    api.until(MAPS + "/held", answer -> answer.exchange().text().contains("deletionTimestamp"));
    assertThat(api.get(MAPS + "/owner").exchange().text()).contains("foregroundDeletion");
    api.send(
        "PATCH",
        MAPS + "/held",
        "{\"metadata\":{\"finalizers\":null}}",
        Map.of("content-type", "application/merge-patch+json"));
    untilGone(MAPS + "/owner");
    untilGone(MAPS + "/held");
  }

  @Test
  void anOwnerThatOrphansLeavesItsDependentsBehind() throws InterruptedException {
    JsonObject owner = map("owner");
    create(MAPS, owned("child", true, owner));
    delete(MAPS + "/owner", "{\"propagationPolicy\":\"Orphan\"}");
    untilGone(MAPS + "/owner");
    assertThat(api.get(MAPS + "/child").exchange().text()).doesNotContain("ownerReferences");
  }

  @Test
  void chainsGoToTheirEnds() throws InterruptedException {
    JsonObject last = map("m0");
    for (int i = 1; i < 20; i++) {
      last = create(MAPS, owned("m" + i, true, last));
    }
    delete(MAPS + "/m0", "{\"propagationPolicy\":\"Foreground\"}");
    untilGone(MAPS + "/m0");
    assertThat(api.get(MAPS + "/m19").code()).isEqualTo(404);
  }
}
