package dev.pintle.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@PintleTest
@WithDefinition(Boat.class)
class DefinitionsTest {
  @RepeatedTest(3)
  void aResourceIsServedWithItsStatus(KubernetesClient client) {
    sail(client);
  }

  private static void sail(KubernetesClient client) {
    Boat made = client.resource(Boat.of("a", 2)).inNamespace("default").create();
    made.setStatus(new Boat.Status());
    made.getStatus().sails = true;
    client.resource(made).inNamespace("default").updateStatus();
    Boat read = client.resources(Boat.class).inNamespace("default").withName("a").get();
    assertThat(read.getSpec().masts).isEqualTo(2);
    assertThat(read.getStatus().sails).isTrue();
  }

  @Test
  void theGeneratorMakesTheSchemaWhereItIsThere(KubernetesClient client) {
    CustomResourceDefinition definition = definition(client, "boats.ships.example");
    assertThat(definition.getSpec().getNames().getShortNames()).containsExactly("bt");
    assertThat(
            definition
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties())
        .hasEntrySatisfying("spec", spec -> assertThat(spec.getProperties()).containsKey("masts"));
  }

  private static CustomResourceDefinition definition(KubernetesClient client, String name) {
    return client.apiextensions().v1().customResourceDefinitions().withName(name).get();
  }

  /// A kind whose definition the build has left.
  @Group("left.example")
  @Version("v1")
  static class Left extends CustomResource<String, Void> {}

  @Test
  @WithDefinition(Left.class)
  void whatTheBuildLeftIsTaken(KubernetesClient client) {
    assertThat(definition(client, "lefts.left.example").getMetadata().getLabels())
        .containsEntry("made", "by-the-build");
  }

  @Test
  void withoutEitherTheSchemaIsOpen(PintleServer server, KubernetesClient client) {
    FabricDefinitions.open("boats.ships.example", List.of(Boat.class)).applyTo(server);
    CustomResourceDefinition definition = definition(client, "boats.ships.example");
    assertThat(
            definition
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getXKubernetesPreserveUnknownFields())
        .isTrue();
    sail(client);
  }

  /// A kind without its annotations.
  static class Nameless extends CustomResource<String, Void> {}

  @Test
  void aClassThatIsNoResourceIsRefused() {
    assertThatThrownBy(() -> DefinitionSource.of(List.of(String.class)))
        .isInstanceOf(PintleTestException.class)
        .hasMessageContaining(
            "@WithDefinition: java.lang.String (expected: a class that implements");
    assertThatThrownBy(() -> DefinitionSource.of(List.of(Nameless.class)))
        .hasMessageContaining("Nameless has no @Group or no @Version");
  }
}
