package dev.pintle.kube.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BuiltInTypesTest {
  private final BuiltInTypes types = BuiltInTypes.load();
  private final TypeSnapshot served = types.snapshot();

  private ResourceType resource(String groupVersion, String plural) {
    return requireNonNull(served.resource(GroupVersion.parse(groupVersion), plural), plural);
  }

  private Field field(String definition, String name) {
    return requireNonNull(types.definition(definition).field(name), name);
  }

  @Test
  void podsAreFoundByNameAndByKind() {
    ResourceType pods = resource("v1", "pods");
    assertThat(pods.kind()).isEqualTo("Pod");
    assertThat(pods.listKind()).isEqualTo("PodList");
    assertThat(pods.namespaced()).isTrue();
    assertThat(pods.names().shortNames()).containsExactly("po");
    assertThat(pods.names().categories()).containsExactly("all");
    assertThat(pods.verbs()).containsExactlyInAnyOrder(Verb.values());
    assertThat(pods.subresources())
        .extracting(Subresource::name)
        .contains("status", "binding", "eviction", "log");
    assertThat(served.kind(GroupVersionKind.of("v1", "Pod"))).isSameAs(pods);
  }

  @Test
  void everyServedKindIsTheRootOfAGraphThatCanBeWalked() {
    Set<SchemaNode> seen = new HashSet<>();
    Deque<SchemaNode> left = new ArrayDeque<>();
    served.resources().forEach(type -> left.add(type.schema()));
    while (!left.isEmpty()) {
      SchemaNode node = left.pop();
      if (seen.add(node)) {
        node.fields().forEach(field -> left.add(field.node()));
        if (node.hasItems()) {
          left.add(node.items());
        }
      }
    }
    assertThat(served.resources()).hasSize(72);
    assertThat(seen.size()).isGreaterThan(700);
  }

  @Test
  void containersOfAPodAreMergedByNameAndOwnedByName() {
    Field containers = field("io.k8s.api.core.v1.PodSpec", "containers");
    assertThat(containers.patchStrategies()).containsExactly(PatchStrategy.MERGE);
    assertThat(containers.patchMergeKey()).isEqualTo("name");
    assertThat(containers.node().ownership())
        .isEqualTo(new Ownership(ListType.MAP, List.of("name"), false));
    assertThat(containers.node().items().typeName()).isEqualTo("io.k8s.api.core.v1.Container");
    assertThat(containers.required()).isTrue();
    assertThat(containers.protoPath()).containsExactly(2);
    assertThat(containers.description()).startsWith("List of containers belonging to the pod.");
  }

  @Test
  void embeddedStructuresAreFoundThroughTheirNumbers() {
    assertThat(field("io.k8s.api.core.v1.Probe", "httpGet").protoPath()).containsExactly(1, 2);
    assertThat(field("io.k8s.api.core.v1.Volume", "configMap").protoPath()).containsExactly(2, 19);
  }

  @Test
  void valuesWithAFormOfTheirOwnAreKnown() {
    assertThat(field("io.k8s.api.core.v1.ServicePort", "targetPort").node().kind())
        .isEqualTo(ValueKind.INT_OR_STRING);
    assertThat(field("io.k8s.api.coordination.v1.LeaseSpec", "renewTime").node().kind())
        .isEqualTo(ValueKind.MICRO_TIME);
    assertThat(field("io.k8s.api.core.v1.ResourceRequirements", "limits").node().items().kind())
        .isEqualTo(ValueKind.QUANTITY);
    assertThat(field("io.k8s.api.core.v1.Secret", "data").node().items().kind())
        .isEqualTo(ValueKind.BYTES);
    assertThat(field("io.k8s.api.core.v1.ContainerPort", "protocol").defaultValue())
        .isEqualTo(Json.of("TCP"));
  }

  @Test
  void zeroValuesFollowTheDeclarationInGo() {
    assertThat(field("io.k8s.api.apps.v1.DeploymentSpec", "replicas").omitPolicy())
        .isEqualTo(OmitPolicy.POINTER);
    assertThat(field("io.k8s.api.apps.v1.DeploymentSpec", "paused").omitPolicy())
        .isEqualTo(OmitPolicy.OMIT_EMPTY);
    assertThat(field("io.k8s.api.rbac.v1.ClusterRole", "rules").omitPolicy())
        .isEqualTo(OmitPolicy.ALWAYS);
    assertThat(
            field("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "creationTimestamp")
                .omitPolicy())
        .isEqualTo(OmitPolicy.OMIT_ZERO);
  }

  @Test
  void objectsAreKeptWhereUpstreamKeepsThem() {
    assertThat(resource("v1", "services").storing().prefix()).isEqualTo("/registry/services/specs");
    assertThat(resource("v1", "nodes").storing().prefix()).isEqualTo("/registry/minions");
    assertThat(resource("apps/v1", "deployments").storing().prefix())
        .isEqualTo("/registry/deployments");
    assertThat(resource("v1", "bindings").storing().prefix()).isEmpty();
    assertThat(resource("v1", "configmaps").storing().hash()).isEqualTo("qFsyl6wFWjQ=");
  }

  @Test
  void aTypeTheLibrariesKnowOnlyAsBetaIsServedAsItsVersion() {
    ResourceType bundles = resource("certificates.k8s.io/v1", "clustertrustbundles");
    assertThat(bundles.schema().typeName())
        .isEqualTo("io.k8s.api.certificates.v1.ClusterTrustBundle");
  }
}
