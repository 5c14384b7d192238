package dev.pintle.kube.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Column;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows as `kubectl get` prints them.
class TablesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final BuiltInTypes TYPES = BuiltInTypes.load();
  private final Tables tables = new Tables();

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.snapshot().resource(GroupVersion.parse(version), plural), plural);
  }

  private static JsonObject yaml(String text) {
    return (JsonObject) YamlReader.read(text);
  }

  /// The cell of the column with this name.
  private String cell(String version, String plural, String column, String object) {
    ResourceType type = type(version, plural);
    JsonArray cells =
        requireNonNull(tables.row(type, yaml(object), NOW).array("cells"), "cells of a row");
    for (int i = 0; i < cells.size(); i++) {
      if (type.columns().get(i).name().equals(column)) {
        return cells.at(i) instanceof Json.Text(var text) ? text : JsonWriter.text(cells.at(i));
      }
    }
    throw new IllegalArgumentException(column + " (expected: a column of " + plural + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "services|Cluster-IP|{spec: {clusterIP: 10.0.0.1}}|<none>",
        "services|Cluster-IP|{spec: {clusterIPs: [10.0.0.1, fd00::1]}}|10.0.0.1",
        "services|External-IP|{spec: {type: LoadBalancer}}|<pending>",
        "services|External-IP|{spec: {type: LoadBalancer, externalIPs: [1.1.1.1]}, status: {loadBalancer: {ingress: [{ip: 9.9.9.9}, {hostname: a.b}]}}}|9.9.9.9,a.b,1.1.1.1",
        "services|External-IP|{spec: {type: ExternalName, externalName: e.com}}|e.com",
        "services|External-IP|{spec: {type: ClusterIP}}|<none>",
        "services|Port(s)|{spec: {ports: [{port: 80, protocol: TCP}, {port: 53, protocol: UDP, nodePort: 30053}]}}|80/TCP,53:30053/UDP",
        "endpoints|Endpoints|{subsets: [{addresses: [{ip: 1.1.1.1}, {ip: fd00::1}], ports: [{port: 80}, {port: 81}]}]}|1.1.1.1:80,[fd00::1]:80,1.1.1.1:81 + 1 more...",
        "endpoints|Endpoints|{}|<none>",
        "nodes|Status|{status: {conditions: [{type: Ready, status: 'True'}]}, spec: {unschedulable: true}}|Ready,SchedulingDisabled",
        "nodes|Status|{status: {conditions: [{type: Ready, status: Unknown}]}}|NotReady",
        "nodes|Status|{}|Unknown",
        "nodes|Roles|{metadata: {labels: {node-role.kubernetes.io/b: '', node-role.kubernetes.io/a: '', kubernetes.io/role: c}}}|a,b,c",
        "nodes|Roles|{}|<none>",
        "persistentvolumeclaims|Access Modes|{spec: {volumeName: v}, status: {accessModes: [ReadWriteMany, ReadWriteOnce]}}|RWO,RWX",
        "persistentvolumeclaims|Capacity|{status: {capacity: {storage: 1Gi}}}|~~",
        "persistentvolumeclaims|Status|{metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}, status: {phase: Bound}}|Terminating",
        "resourcequotas|Request|{status: {hard: {limits.cpu: '9', pods: '4', cpu: '2'}, used: {pods: '1'}}}|cpu: 0/2, pods: 1/4",
        "resourcequotas|Limit|{status: {hard: {limits.cpu: '9', pods: '4'}}}|limits.cpu: 0/9"
      })
  void aCellOfTheCoreSaysWhatPeopleKnow(
      String plural, String column, String object, String expected) {
    assertThat(cell("v1", plural, column, object)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "apps/v1|deployments|Ready|{spec: {replicas: 3}, status: {readyReplicas: 1}}|1/3",
        "apps/v1|deployments|Selector|{spec: {selector: {matchLabels: {b: x, a: z}}}}|a=z,b=x",
        "apps/v1|controllerrevisions|Controller|{metadata: {ownerReferences: [{kind: Pod, apiVersion: v1, name: no}, {kind: StatefulSet, apiVersion: apps/v1, name: s, controller: true}]}}|statefulset.apps/s",
        "autoscaling/v2|horizontalpodautoscalers|Targets|{spec: {metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 50}}}, {type: Pods, pods: {target: {averageValue: '7'}}}, {type: External, external: {target: {value: '9'}}}]}, status: {currentMetrics: [{type: Resource, resource: {current: {averageUtilization: 20}}}]}}|cpu: 20%/50%, <unknown>/7 + 1 more...",
        "autoscaling/v2|horizontalpodautoscalers|Targets|{}|<none>",
        "networking.k8s.io/v1|ingresses|Hosts|{spec: {rules: [{host: a}, {}, {host: b}]}}|a,b",
        "networking.k8s.io/v1|ingresses|Hosts|{}|*",
        "networking.k8s.io/v1|ingresses|Ports|{spec: {tls: [{}]}}|80, 443",
        "discovery.k8s.io/v1|endpointslices|Ports|{ports: [{name: p}, {port: 80}, {}]}|p,80,*",
        "batch/v1|cronjobs|Suspend|{spec: {suspend: false}}|False",
        "batch/v1|cronjobs|Suspend|{spec: {suspend: true}}|True",
        "batch/v1|cronjobs|Suspend|{}|<unset>",
        "rbac.authorization.k8s.io/v1|clusterroles|Created At|{metadata: {creationTimestamp: '2025-12-31T00:00:00Z'}}|2025-12-31T00:00:00Z",
        "rbac.authorization.k8s.io/v1|roles|Created At|{}|0001-01-01T00:00:00Z",
        "apiextensions.k8s.io/v1|customresourcedefinitions|Created At|{metadata: {creationTimestamp: '2025-12-31T00:00:00Z'}}|2025-12-31T00:00:00Z",
        "apiextensions.k8s.io/v1|customresourcedefinitions|Versions|{spec: {versions: [{name: v2, served: true}, {name: v1, served: true, storage: true}, {name: v3, storage: false}]}}|v1(storage),v2",
        "scheduling.k8s.io/v1|priorityclasses|Global-Default|{globalDefault: true}|true",
        "discovery.k8s.io/v1|endpointslices|Endpoints|{}|<unset>"
      })
  void aCellOfAGroupSaysWhatPeopleKnow(
      String version, String plural, String column, String object, String expected) {
    assertThat(cell(version, plural, column, object)).isEqualTo(expected);
  }

  @Test
  void aPodThatIsDoneSaysSoBesideItsCells() {
    ResourceType pods = type("v1", "pods");
    JsonObject failed = tables.row(pods, yaml("{status: {phase: Failed}}"), NOW);
    assertThat(JsonWriter.text(requireNonNull(failed.get("conditions"))))
        .contains("\"reason\":\"Failed\"", "The pod failed.");
    assertThat(tables.row(pods, yaml("{status: {phase: Running}}"), NOW).has("conditions"))
        .isFalse();
    assertThat(
            tables
                .row(type("batch/v1", "jobs"), yaml("{status: {phase: Failed}}"), NOW)
                .has("conditions"))
        .isFalse();
  }

  @Test
  void everyColumnHasACellOfWhateverObjectAndSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    for (ResourceType type : TYPES.snapshot().resources()) {
      JsonArray cells = requireNonNull(tables.row(type, new JsonObject(), NOW).array("cells"));
      // Upstream shows the age of an address in no column.
      int more = type.plural().equals("ipaddresses") ? 1 : 0;
      assertThat(cells.size()).as(type.plural()).isEqualTo(type.columns().size() + more);
      assertThat(tables.columnDefinitions(type).size()).isEqualTo(type.columns().size());
      type.columns().stream()
          .filter(column -> column.description().isEmpty())
          .forEach(column -> silent.add(type.groupResource() + ": " + column.name()));
    }
    // Upstream looks for the words of this one where there are none.
    assertThat(silent).containsExactly("runtimeclasses.node.k8s.io: Handler");
  }

  @Test
  void aRowOfThousandsOfColumnsThatShowTheWholeObjectEnds() {
    ResourceType pods = type("v1", "pods");
    List<Column> columns =
        Collections.nCopies(5_000, new Column("All", "string", "", "", 0, ".spec"));
    ResourceType type =
        new ResourceType(
            GroupVersion.parse("a.example.com/v1"),
            pods.names(),
            true,
            new ResourceType.Serving(Set.of(), List.of(), pods.storing(), columns, List.of(), null),
            () -> SchemaNode.of(ValueKind.ANY));
    JsonObject object =
        new JsonObject().set("spec", new JsonObject().set("text", "x".repeat(1_000_000)));

    JsonArray cells = requireNonNull(tables.row(type, object, NOW).array("cells"), "cells");

    long shown = 0;
    for (Json cell : cells) {
      shown += cell instanceof Json.Text(var text) ? text.length() : 0;
    }
    assertThat(cells.size()).isEqualTo(5_000);
    assertThat(shown)
        .isBetween((long) Tables.ROW_CHARACTERS_MAX, Tables.ROW_CHARACTERS_MAX + 2_000_000L);
  }
}
