package dev.pintle.kube.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.GenerationRule;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceNames;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.Verb;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DiscoveryDocumentsTest {
  private final TypeRegistry registry = TypeRegistry.ofBuiltIns();
  private final DiscoveryDocuments documents = new DiscoveryDocuments(registry);

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text);
  }

  private void defineCronTabs() {
    GroupVersion version = GroupVersion.parse("stable.example.com/v1");
    ResourceNames names =
        new ResourceNames(
            "crontabs", "crontab", "CronTab", "CronTabList", List.of("ct"), List.of());
    Set<Verb> partVerbs = EnumSet.of(Verb.GET, Verb.PATCH, Verb.UPDATE);
    List<Subresource> parts =
        List.of(
            new Subresource("status", version.kind("CronTab"), partVerbs),
            new Subresource("scale", GroupVersionKind.of("autoscaling/v1", "Scale"), partVerbs));
    StorageStrategy storing =
        new StorageStrategy(
            "/registry/stable.example.com/crontabs",
            "EdX2FP+L0js=",
            false,
            false,
            GenerationRule.SPEC);
    ResourceType.Serving serving =
        new ResourceType.Serving(
            EnumSet.allOf(Verb.class), parts, storing, List.of(), List.of(), null);
    ResourceType type =
        new ResourceType(version, names, true, serving, () -> SchemaNode.of(ValueKind.ANY));
    registry.publish("crontabs.stable.example.com", List.of(type));
  }

  @Test
  void aGroupNamesItsVersionsThePreferredOneFirst() {
    assertThat(documents.group("autoscaling"))
        .contains(
            json(
                """
                {"kind":"APIGroup","apiVersion":"v1","name":"autoscaling","versions":[
                {"groupVersion":"autoscaling/v2","version":"v2"},{"groupVersion":"autoscaling/v1","version":"v1"}],
                "preferredVersion":{"groupVersion":"autoscaling/v2","version":"v2"}}\
                """));
  }

  @Test
  void whatIsNotServedHasNoDocument() {
    assertThat(documents.group("nope.example.com")).isEmpty();
    assertThat(documents.group("")).isEmpty();
    assertThat(documents.resources(GroupVersion.parse("apps/v9"))).isEmpty();
  }

  @Test
  void theCoreGroupLeavesOutApiVersionsAsUpstreamDoes() {
    assertThat(documents.coreVersions("127.0.0.1:6443"))
        .isEqualTo(
            json(
                """
                {"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[
                {"clientCIDR":"0.0.0.0/0","serverAddress":"127.0.0.1:6443"}]}\
                """));
    assertThat(documents.resources(GroupVersion.parse("v1")).orElseThrow().has("apiVersion"))
        .isFalse();
  }

  @Test
  void aCustomResourceIsDiscoveredAsUpstreamShowsIt() {
    defineCronTabs();
    assertThat(documents.resources(GroupVersion.parse("stable.example.com/v1")))
        .contains(
            json(
                """
                {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"stable.example.com/v1","resources":[
                {"name":"crontabs","singularName":"crontab","namespaced":true,"kind":"CronTab","verbs":["delete",
                "deletecollection","get","list","patch","create","update","watch"],"shortNames":["ct"],
                "storageVersionHash":"EdX2FP+L0js="},
                {"name":"crontabs/status","singularName":"","namespaced":true,"kind":"CronTab",
                "verbs":["get","patch","update"]},
                {"name":"crontabs/scale","singularName":"","namespaced":true,"group":"autoscaling","version":"v1",
                "kind":"Scale","verbs":["get","patch","update"]}]}\
                """));
  }

  @Test
  void aggregatedDocumentsKeepTheirTagUntilAResourceComes() {
    Document before = documents.aggregatedGroups();
    assertThat(documents.aggregatedGroups()).isSameAs(before);
    defineCronTabs();
    Document after = documents.aggregatedGroups();
    assertThat(after.etag()).isNotEqualTo(before.etag()).hasSize(130);
    JsonObject document = (JsonObject) JsonReader.read(after.bytes());
    JsonArray items = java.util.Objects.requireNonNull(document.array("items"));
    JsonObject last = (JsonObject) items.at(items.size() - 1);
    assertThat(last.object("metadata"))
        .isEqualTo(new JsonObject().set("name", "stable.example.com"));
    assertThat(last.toString())
        .contains("group: " + Json.of("stable.example.com") + ", version: " + Json.of("v1"));
  }
}
