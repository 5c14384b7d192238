package dev.pintle.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.schema.ModelClass.ModelField;
import dev.pintle.schema.Protos.Place;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The facts that the client libraries give.
final class LibrariesTest {
  private final ClassFiles files = new ClassFiles();

  private ModelField field(String model, String name) {
    return ModelClass.read(files.read(ModelType.MODELS + model)).fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aModelTellsTypesAndWhatIsRequired() {
    ModelField data = field("V1ConfigMap", "binaryData");
    assertThat(data.type()).isEqualTo(new ModelType.MapOf(new ModelType.Scalar(ValueWord.BYTES)));
    assertThat(data.required()).isFalse();
    assertThat(data.description()).startsWith("BinaryData contains the binary data.");
    ModelField containers = field("V1PodSpec", "containers");
    assertThat(containers.required()).isTrue();
    assertThat(containers.type())
        .isEqualTo(new ModelType.ListOf(new ModelType.Model(ModelType.MODELS + "V1Container")));
  }

  @Test
  void anApiTellsPathsAndWhatIsAnswered() {
    ApiClass apps = ApiClass.read(files, "io/kubernetes/client/openapi/apis/AppsV1Api");
    assertThat(apps.operations())
        .contains(
            new ApiClass.Operation(
                "readNamespacedDeploymentScale",
                "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale",
                ModelType.MODELS + "V1Scale",
                false));
  }

  @Test
  void modelsAreNamedWithoutTheirVersion() {
    assertThat(Packages.simpleName("x/V1Pod")).isEqualTo("Pod");
    assertThat(Packages.simpleName("x/CoreV1Event")).isEqualTo("Event");
    assertThat(Packages.simpleName("x/V1beta1ClusterTrustBundle")).isEqualTo("ClusterTrustBundle");
    assertThat(Packages.simpleName("x/V1APIService")).isEqualTo("APIService");
  }

  @Test
  void fieldsOfEmbeddedStructuresAreFoundInside() {
    Protos protos = new Protos();
    protos.add("V1");
    Place place =
        protos.find(
            Objects.requireNonNull(protos.message("k8s.io.api.core.v1.Probe")),
            "exec",
            Set.of("exec"));
    assertThat(Objects.requireNonNull(place).path()).containsExactly(1, 1);
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> files.read("io/kubernetes/Nothing"))
        .hasMessage("class: io/kubernetes/Nothing (expected: on the class path)");
  }
}
