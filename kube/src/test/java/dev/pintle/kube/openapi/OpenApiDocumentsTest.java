package dev.pintle.kube.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.GenerationRule;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceNames;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.Verb;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenApiDocumentsTest {
  private static final GroupVersion APPS = GroupVersion.parse("apps/v1");
  private static final GroupVersion CUSTOM = GroupVersion.parse("stable.example.com/v1");

  private final TypeRegistry registry = TypeRegistry.ofBuiltIns();
  private final OpenApiDocuments documents =
      new OpenApiDocuments(registry, "1.37", Clock.systemUTC());

  private static JsonObject at(JsonObject from, String... path) {
    JsonObject at = from;
    for (String name : path) {
      at = requireNonNull(at.object(name), name);
    }
    return at;
  }

  private static JsonObject json(PublishedDocument document) {
    return (JsonObject) JsonReader.read(document.json());
  }

  private JsonObject definition(GroupVersion version, String name) {
    return at(json(documents.version(version).orElseThrow()), "components", "schemas", name);
  }

  private void defineCronTabs() {
    ResourceNames names =
        new ResourceNames("crontabs", "crontab", "CronTab", "CronTabList", List.of(), List.of());
    StorageStrategy storing =
        new StorageStrategy("/registry/x", "", false, false, GenerationRule.SPEC);
    ResourceType.Serving serving =
        new ResourceType.Serving(
            EnumSet.allOf(Verb.class), List.of(), storing, List.of(), List.of(), null);
    JsonObject schema =
        (JsonObject)
            JsonReader.read(
                """
                {"type":"object","properties":{
                  "metadata":{"type":"object"},
                  "spec":{"type":"object","required":["cronSpec"],"properties":{
                    "cronSpec":{"type":"string","nullable":true},
                    "size":{"x-kubernetes-int-or-string":true},
                    "either":{"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}]},
                    "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true,
                      "properties":{"a":{"type":"string"}}},
                    "pod":{"type":"object","x-kubernetes-embedded-resource":true}}}}}
                """
                    .getBytes(StandardCharsets.UTF_8));
    registry.publish(
        "crontabs",
        List.of(
            ResourceType.custom(
                CUSTOM,
                names,
                true,
                serving,
                () -> SchemaNode.ANYTHING,
                new ResourceType.Written(() -> schema, () -> "as it was written"))));
  }

  @Test
  void aSchemaIsPublishedAsItWasWritten() {
    defineCronTabs();
    JsonObject spec = at(definition(CUSTOM, "com.example.stable.v1.CronTab"), "properties", "spec");
    assertThat(at(spec, "properties", "either").array("oneOf")).hasSize(2);
    assertThat(at(spec, "properties", "size").array("anyOf")).hasSize(2);
    assertThat(at(spec, "properties", "open", "properties").has("a")).isTrue();
    assertThat(at(spec, "properties", "pod", "properties", "metadata").text("description"))
        .startsWith("Standard object's metadata.");
  }

  @Test
  void version2SaysNothingOfWhatKeepsUnknownFieldsOrMayBeNull() {
    defineCronTabs();
    JsonObject spec =
        at(
            json(documents.whole()),
            "definitions",
            "com.example.stable.v1.CronTab",
            "properties",
            "spec");
    assertThat(at(spec, "properties", "open").size()).isEqualTo(1);
    assertThat(at(spec, "properties", "cronSpec").isEmpty()).isTrue();
    assertThat(spec.has("required")).isFalse();
  }

  @Test
  void theIndexGivesTheAddressWithTheHashOfEachDocument() {
    String address =
        requireNonNull(at(documents.index(), "paths", "apis/apps/v1").text("serverRelativeURL"));
    PublishedDocument apps = documents.version(APPS).orElseThrow();
    assertThat(address).isEqualTo("/openapi/v3/apis/apps/v1?hash=" + apps.hash());
    assertThat(apps.hash()).hasSize(128);
    assertThat(documents.version(GroupVersion.parse("apps/v9"))).isEmpty();
  }

  @Test
  void aFieldSaysHowItIsMergedAndOwned() {
    JsonObject containers =
        at(definition(APPS, "io.k8s.api.core.v1.PodSpec"), "properties", "containers");
    assertThat(containers.text("x-kubernetes-patch-merge-key")).isEqualTo("name");
    assertThat(containers.text("x-kubernetes-patch-strategy")).isEqualTo("merge");
    assertThat(containers.text("x-kubernetes-list-type")).isEqualTo("map");
    assertThat(containers.array("x-kubernetes-list-map-keys"))
        .isEqualTo(JsonArray.of(Json.of("name")));
  }

  @Test
  void aKindSaysWhichItIs() {
    JsonObject kind =
        new JsonObject().set("group", "apps").set("version", "v1").set("kind", "Deployment");
    assertThat(
            definition(APPS, "io.k8s.api.apps.v1.Deployment")
                .array("x-kubernetes-group-version-kind"))
        .isEqualTo(JsonArray.of(kind));
  }

  @Test
  void patchesTakeTheParametersThatKubectlLooksFor() {
    JsonObject document = json(documents.version(APPS).orElseThrow());
    JsonObject patch =
        at(document, "paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch");
    assertThat(patch.text("operationId")).isEqualTo("patchAppsV1NamespacedDeployment");
    assertThat(patch.text("x-kubernetes-action")).isEqualTo("patch");
    assertThat(String.valueOf(patch.array("parameters")))
        .contains("fieldValidation")
        .contains("dryRun");
  }

  @Test
  void listsSayInTheRealServersWordsWhatTheySelectAndWatch() {
    JsonObject document = json(documents.version(APPS).orElseThrow());
    JsonObject list =
        at(document, "paths", "/apis/apps/v1/namespaces/{namespace}/deployments", "get");
    assertThat(String.valueOf(list.array("parameters")))
        .contains("restrict the list of returned objects by their fields")
        .contains("restrict the list of returned objects by their labels")
        .contains("Watch for changes to the described resources");
  }

  @Test
  void aCustomResourceIsDescribedByItsOwnSchema() {
    PublishedDocument before = documents.whole();
    defineCronTabs();
    JsonObject definition = definition(CUSTOM, "com.example.stable.v1.CronTab");
    JsonObject spec = at(definition, "properties", "spec", "properties", "cronSpec");
    assertThat(spec)
        .isEqualTo(new JsonObject().set("type", "string").set("nullable", Json.of(true)));
    assertThat(at(definition, "properties", "metadata").array("allOf")).isNotNull();
    assertThat(documents.whole().etag()).isNotEqualTo(before.etag());
    assertThat(at(documents.index(), "paths").has("apis/stable.example.com/v1")).isTrue();
    assertThat(definition(CUSTOM, "com.example.stable.v1.CronTabList").array("required"))
        .isEqualTo(JsonArray.of(Json.of("items")));
  }

  @Test
  void pathsWithoutResourcesHaveDocumentsOfTheirOwn() {
    for (String path : new String[] {"api", "apis", "apis/apps", "version", "openid/v1/jwks"}) {
      JsonObject paths = at(json(documents.at(path).orElseThrow()), "paths");
      assertThat(paths.size()).isEqualTo(1);
      assertThat(at(paths, "/" + path + "/").has("get")).isTrue();
      assertThat(at(documents.index(), "paths").has(path)).isTrue();
    }
    assertThat(documents.at("apis/nothing")).isEmpty();
    assertThat(documents.at("api/v1/pods")).isEmpty();
    assertThat(documents.at("")).isEmpty();
  }

  @Test
  void connectionsTakeTheirOptions() {
    JsonObject paths = at(json(documents.version(GroupVersion.parse("v1")).orElseThrow()), "paths");
    JsonObject exec = at(paths, "/api/v1/namespaces/{namespace}/pods/{name}/exec");
    assertThat(String.valueOf(exec.array("parameters"))).contains("command").contains("tty");
    assertThat(at(exec, "get").text("operationId")).isEqualTo("connectCoreV1GetNamespacedPodExec");
    assertThat(at(paths, "/api/v1/nodes/{name}/proxy/{path}", "head").text("operationId"))
        .isEqualTo("connectCoreV1HeadNodeProxyWithPath");
  }

  @Test
  void everyListHasAPathToWatchIt() {
    JsonObject paths = at(json(documents.version(GroupVersion.parse("v1")).orElseThrow()), "paths");
    assertThat(at(paths, "/api/v1/watch/pods", "get").text("x-kubernetes-action"))
        .isEqualTo("watchlist");
    assertThat(
            at(paths, "/api/v1/watch/namespaces/{namespace}/pods/{name}", "get")
                .text("x-kubernetes-action"))
        .isEqualTo("watch");
    assertThat(paths.has("/api/v1/watch/componentstatuses")).isFalse();
  }

  @Test
  void aFieldOfFewValuesNamesThem() {
    JsonObject protocol =
        at(definition(APPS, "io.k8s.api.core.v1.ContainerPort"), "properties", "protocol");
    assertThat(protocol.text("description")).contains("\n\nPossible enum values:\n - `\"SCTP\"`");
  }

  @Test
  void aFieldOfATypeWithANameIsDescribedByItself() {
    JsonObject spec = at(definition(APPS, "io.k8s.api.apps.v1.Deployment"), "properties", "spec");
    assertThat(spec.text("description"))
        .isEqualTo("Specification of the desired behavior of the Deployment.");
    assertThat(spec.get("default")).isEqualTo(new JsonObject());
  }

  @Test
  void version2NamesWhatManyOperationsTake() {
    JsonObject document = json(documents.whole());
    assertThat(at(document, "parameters").has("pretty-tJGM1-ng")).isTrue();
    JsonObject list = at(document, "paths", "/apis/apps/v1/namespaces/{namespace}/deployments");
    assertThat(String.valueOf(at(list, "get").array("parameters")))
        .contains("#/parameters/limit-1NfNmdNH");
  }

  @Test
  void aChangeToACustomResourceLeavesOtherDocumentsAsTheyAre() {
    PublishedDocument apps = documents.version(APPS).orElseThrow();
    defineCronTabs();
    assertThat(documents.version(APPS).orElseThrow()).isSameAs(apps);
  }

  @Test
  void version2NamesNoDefaults() {
    JsonObject port =
        at(json(documents.whole()), "definitions", "io.k8s.api.core.v1.ContainerPort");
    assertThat(at(port, "properties", "protocol").has("default")).isFalse();
    assertThat(
            at(definition(APPS, "io.k8s.api.core.v1.ContainerPort"), "properties", "protocol")
                .text("default"))
        .isEqualTo("TCP");
  }
}
