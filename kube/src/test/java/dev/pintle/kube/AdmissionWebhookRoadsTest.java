package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.Api.MERGE;
import static dev.pintle.kube.Api.PODS;
import static dev.pintle.kube.HookedApi.MUTATING;
import static dev.pintle.kube.HookedApi.VALIDATING;
import static dev.pintle.kube.HookedApi.maps;
import static dev.pintle.kube.HookedApi.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That webhooks of admission are asked on every road by which something is written or reached.
final class AdmissionWebhookRoadsTest {
  private HookedApi hooked;
  private Api api;

  @BeforeEach
  void start() throws InterruptedException {
    hooked = new HookedApi();
    api = hooked.api;
  }

  @AfterEach
  void close() {
    hooked.close();
  }

  private void watch(String rule) throws InterruptedException {
    hooked.install(VALIDATING, "v", hooked.hook("a", "allow", rule, ""));
  }

  @Test
  void everyWriteOfAnObjectIsAsked() throws InterruptedException {
    watch(maps());
    api.map("a", "{}");
    api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"y\"}}");
    api.patch(MAPS + "/a", MERGE, "{\"data\":{\"x\":\"z\"}}");
    api.send(
        "PATCH",
        MAPS + "/b?fieldManager=f",
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"b\"}}",
        Map.of("content-type", "application/apply-patch+yaml"));
    api.post(MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");
    api.delete(MAPS + "/a");
    api.delete(MAPS + "/missing");
    api.delete(MAPS + "?fieldSelector=metadata.name=b");
    List<String> told = hooked.told();
    assertThat(told)
        .hasSize(7)
        .startsWith(
            "CREATE configmaps/ a",
            "UPDATE configmaps/ a",
            "UPDATE configmaps/ a",
            "CREATE configmaps/ b")
        .endsWith("DELETE configmaps/ a", "DELETE configmaps/ ");
    assertThat(told.get(4)).startsWith("CREATE configmaps/ g-");
  }

  @Test
  void deletionsOfWhatIsThereAndIsMeant() throws InterruptedException {
    api.map("a", "{}");
    String all = rule("", "v1", "*");
    hooked.install(MUTATING, "m", hooked.hook("a", "deny", all, ""));
    hooked.install(VALIDATING, "v", hooked.hook("b", "deny", all, ""));
    assertThat(api.delete(MAPS + "/missing").code()).isEqualTo(404);
    assertThat(api.delete(MAPS + "/missing?dryRun=All").code()).isEqualTo(404);
    assertThat(api.delete("/api/v1/namespaces/missing").code()).isEqualTo(404);
    assertThat(api.delete(MAPS + "?labelSelector=of=none").code()).isEqualTo(200);
    assertThat(api.delete(MAPS + "/a", "{\"preconditions\":{\"uid\":\"other\"}}").code())
        .isEqualTo(409);
    assertThat(api.delete(MAPS + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}").code())
        .isEqualTo(409);
    assertThat(hooked.asked()).isEmpty();
    Api.Answer immortal = api.delete("/api/v1/namespaces/default");
    assertThat(immortal.message())
        .isEqualTo("namespaces \"default\" is forbidden: this namespace may not be deleted");
    assertThat(api.delete(MAPS + "/a").code()).isEqualTo(400);
    assertThat(
            hooked.last().objectOrEmpty("oldObject").objectOrEmpty("metadata").textOrEmpty("name"))
        .isEqualTo("a");
  }

  @Test
  void aPodThatIsBeingDeletedIsNotAskedAboutAgain() throws InterruptedException {
    api.pod("p", "\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]");
    watch(rule("", "v1", "pods"));
    assertThat(api.delete(PODS + "/p").metadata().has("deletionTimestamp")).isTrue();
    assertThat(api.delete(PODS + "/p").code()).isEqualTo(200);
    assertThat(hooked.told()).containsExactly("DELETE pods/ p");
  }

  @Test
  void eachObjectOfACollectionIsAskedAbout() throws InterruptedException {
    for (String name : List.of("a", "b", "c")) {
      api.map(name, "{\"of\":\"many\"}");
    }
    hooked.install(
        VALIDATING,
        "v",
        hooked.hook("a", "deny", maps(), ",'objectSelector':{'matchLabels':{'of':'many'}}"));
    assertThat(api.delete(MAPS + "?labelSelector=of=many").code()).isEqualTo(400);
    api.delete(VALIDATING + "/v");
    watch(maps());
    assertThat(api.delete(MAPS + "?labelSelector=of=many").code()).isEqualTo(200);
    assertThat(hooked.asked()).containsExactly("deny", "allow", "allow", "allow");
  }

  @Test
  void subresourcesOfPodsAreAsked() throws InterruptedException {
    api.pod("p", "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]");
    watch(rule("", "v1", "*/*"));
    api.post(
        PODS + "/p/binding",
        "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n\"}}");
    assertThat(hooked.last().objectOrEmpty("kind").textOrEmpty("kind")).isEqualTo("Binding");
    api.patch(PODS + "/p/status", MERGE, "{\"status\":{\"phase\":\"Running\"}}");
    api.patch(
        PODS + "/p/ephemeralcontainers",
        Api.STRATEGIC,
        "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"e\",\"image\":\"i\"}]}}");
    api.post(
        PODS + "/p/eviction",
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"}}");
    JsonObject eviction = hooked.last();
    assertThat(eviction.objectOrEmpty("options").textOrEmpty("kind")).isEqualTo("CreateOptions");
    api.post(
        "/api/v1/namespaces/default/serviceaccounts/default/token",
        "{\"spec\":{\"audiences\":[\"x\"]}}");
    assertThat(hooked.told())
        .containsExactly(
            "CREATE pods/binding p",
            "UPDATE pods/status p",
            "UPDATE pods/ephemeralcontainers p",
            "CREATE pods/eviction p",
            "CREATE serviceaccounts/token default");
  }

  @Test
  void connectionsAreAskedBeforeTheyLeadOn() throws InterruptedException {
    watch(rule("", "v1", "*/*"));
    // It is admitted before it is looked where it leads.
    assertThat(
            api.post(PODS + "/p/exec?command=ls&command=-l&container=c&stdout=true&tty=false", "")
                .code())
        .isEqualTo(404);
    JsonObject exec = hooked.last();
    assertThat(exec.objectOrEmpty("object"))
        .hasToString(
            JsonReader.read(
                    "{\"kind\":\"PodExecOptions\",\"apiVersion\":\"v1\",\"stdout\":true,\"container\":\"c\",\"command\":[\"ls\",\"-l\"]}")
                .toString());
    api.get(PODS + "/p/attach?stdin=true");
    api.post(PODS + "/p/portforward?ports=80", "");
    api.get(PODS + "/p/proxy/x/y?z=1");
    assertThat(hooked.last().objectOrEmpty("object").textOrEmpty("path")).isEqualTo("/x/y");
    api.get("/api/v1/nodes/n/proxy/logs");
    api.delete("/api/v1/namespaces/default/services/s/proxy/a");
    assertThat(hooked.told())
        .containsExactly(
            "CONNECT pods/exec p",
            "CONNECT pods/attach p",
            "CONNECT pods/portforward p",
            "CONNECT pods/proxy p",
            "CONNECT nodes/proxy n",
            "CONNECT services/proxy s");
    api.delete(VALIDATING + "/v");
    hooked.install(VALIDATING, "v", hooked.hook("a", "deny", rule("", "v1", "pods/exec"), ""));
    assertThat(api.post(PODS + "/p/exec?command=ls", "").code()).isEqualTo(400);
  }

  @Test
  void aScaleIsShownAsAScale() throws InterruptedException {
    api.post(
        Api.DEPLOYMENTS,
        """
        {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
        "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """);
    hooked.install(
        MUTATING, "m", hooked.hook("a", "allow", rule("apps", "v1", "deployments/scale"), ""));
    Api.Answer scaled =
        api.patch(Api.DEPLOYMENTS + "/d/scale", MERGE, "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.code()).isEqualTo(200);
    JsonObject told = hooked.last();
    assertThat(told.objectOrEmpty("kind").textOrEmpty("kind")).isEqualTo("Scale");
    assertThat(told.objectOrEmpty("object").objectOrEmpty("spec").wholeOrZero("replicas"))
        .isEqualTo(3);
    assertThat(told.objectOrEmpty("oldObject").objectOrEmpty("spec").wholeOrZero("replicas"))
        .isEqualTo(1);
  }

  @Test
  void aNamespaceIsSelectedByItsOwnLabels() throws InterruptedException {
    String labelled = ",'namespaceSelector':{'matchLabels':{'x':'y'}}";
    hooked.install(VALIDATING, "v", hooked.hook("a", "deny", rule("", "v1", "*"), labelled));
    String namespaces = "/api/v1/namespaces";
    assertThat(
            api.post(namespaces, "{\"metadata\":{\"name\":\"n\",\"labels\":{\"x\":\"y\"}}}").code())
        .isEqualTo(400);
    assertThat(api.post(namespaces, "{\"metadata\":{\"name\":\"n\"}}").code()).isEqualTo(201);
    String in = namespaces + "/n/configmaps";
    assertThat(api.post(in, "{\"metadata\":{\"name\":\"a\"}}").code()).isEqualTo(201);
    api.delete(VALIDATING + "/v");
    api.patch(namespaces + "/n", MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
    hooked.install(VALIDATING, "v", hooked.hook("a", "deny", rule("", "v1", "*"), labelled));
    assertThat(api.post(in, "{\"metadata\":{\"name\":\"b\"}}").code()).isEqualTo(400);
    assertThat(api.map("b", "{}").code()).isEqualTo(201);
    assertThat(api.delete(namespaces + "/n").code()).isEqualTo(400);
    assertThat(
            hooked
                .last()
                .objectOrEmpty("options")
                .objectOrEmpty("preconditions")
                .textOrEmpty("uid"))
        .isEqualTo(api.get(namespaces + "/n").metadata().textOrEmpty("uid"));
  }

  @Test
  void aCustomResourceIsAskedAboutInEveryVersion() throws InterruptedException {
    api.post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        {"metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
        "names":{"plural":"things","kind":"Thing"},"versions":[
        {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
        {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """);
    String things = "/apis/example.com/v2/namespaces/default/things";
    api.until(things, answer -> answer.code() == 200);
    hooked.install(
        MUTATING, "m", hooked.hook("a", "label", rule("example.com", "v1", "things"), ""));
    Api.Answer made =
        api.post(
            things,
            "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"t\"},\"a\":1}");
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    assertThat(hooked.last().objectOrEmpty("object").textOrEmpty("apiVersion"))
        .isEqualTo("example.com/v1");
    assertThat(made.body().textOrEmpty("apiVersion")).isEqualTo("example.com/v2");
    assertThat(made.metadata().objectOrEmpty("labels").textOrEmpty("hooked")).isEqualTo("yes");
    assertThat(made.body().wholeOrZero("a")).isEqualTo(1);
  }
}
