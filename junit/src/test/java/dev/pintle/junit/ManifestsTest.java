package dev.pintle.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.PintleServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@PintleTest
@LoadManifests("crds/")
@TestMethodOrder(MethodOrderer.MethodName.class)
class ManifestsTest {
  private static long boats(KubernetesClient client) {
    return client
        .genericKubernetesResources("sail.example/v1", "Boat")
        .inAnyNamespace()
        .list()
        .getItems()
        .size();
  }

  private static void sail(KubernetesClient client, String name, int masts) {
    client
        .load(
            stream(
                "apiVersion: sail.example/v1\nkind: Boat\nmetadata: {name: %s}\nspec: {masts: %d}"
                    .formatted(name, masts)))
        .inNamespace("default")
        .create();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void definitionsComeFirst(KubernetesClient client) {
    assertThat(boats(client)).isEqualTo(1);
    sail(client, "second", 3);
    assertThatThrownBy(() -> sail(client, "third", 0))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.masts");
  }

  /// Whatever the test before did to it.
  @RepeatedTest(20)
  void aDefinitionIsServedAgainAtOnce(KubernetesClient client) {
    assertThat(boats(client)).isEqualTo(1);
    sail(client, "second", 3);
    client.apiextensions().v1().customResourceDefinitions().withName("boats.sail.example").delete();
  }

  @Test
  @LoadManifests("manifests/")
  void listsAreTakenApartAndNamespacesMadeInTime(KubernetesClient client) {
    assertThat(client.configMaps().inNamespace("team").withName("yes").get().getData())
        .isEqualTo(Map.of("a", "\"line\"\n\tline", "on", "off"));
    assertThat(client.rbac().roleBindings().inNamespace("team").withName("dev").get()).isNotNull();
  }

  @Test
  void thoseOfAMethodAreItsOwn(KubernetesClient client) {
    assertThat(client.namespaces().withName("team").get()).isNull();
  }

  @Nested
  @LoadManifests("/manifests/team.yml")
  class WithTeam {
    @RepeatedTest(2)
    void itHasBoth(KubernetesClient client) {
      assertThat(boats(client)).isEqualTo(1);
      client.namespaces().withName("team").delete();
    }
  }

  @Test
  void filesAreFoundWithoutAClassPath(@TempDir Path folder, PintleServer server) throws Exception {
    Files.writeString(folder.resolve("b.json"), namespace("from-json"));
    Files.writeString(folder.resolve("a.yaml"), "# nothing\n");
    Files.writeString(folder.resolve("readme.md"), "nothing");
    Manifests.of(folder.toString()).applyTo(server);
    Manifests.of(folder.resolve("b.json").toString()).applyTo(server);
  }

  private static String namespace(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(name);
  }

  @Test
  void foldersOfJarsAreRead(@TempDir Path folder, PintleServer server, KubernetesClient client)
      throws Exception {
    Path jar = folder.resolve("manifests.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("packed/"));
      put(out, "packed/one.yaml", namespace("packed-one"));
      put(out, "packed/two.yaml", namespace("packed-two"));
      put(out, "packed/deeper/three.yaml", "nonsense");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Manifests.of(loader, List.of("packed/")).applyTo(server);
      Manifests.of(loader, List.of("packed/two.yaml")).applyTo(server);
    }
    assertThat(client.namespaces().withName("packed-one").get()).isNotNull();
    assertThat(client.namespaces().withName("packed-two").get()).isNotNull();
  }

  private static void put(JarOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  @Test
  void whatIsNotThereIsToldWithBothPlaces() {
    assertThatThrownBy(() -> Manifests.of("nowhere/"))
        .isInstanceOf(PintleTestException.class)
        .hasMessageContaining("nowhere/ is not there")
        .hasMessageContaining("on the class path")
        .hasMessageContaining(Path.of("nowhere").toAbsolutePath().toString());
  }

  @Test
  void whatIsNoManifestIsToldWithItsPlace() {
    assertThatThrownBy(() -> Manifests.ofText("a: 1\n---\na: [\n"))
        .hasMessageContaining("the text, document 1: no apiVersion or no kind");
    assertThatThrownBy(() -> Manifests.ofText("a: [\n"))
        .hasMessageContaining("the text is not YAML")
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> Manifests.ofText("apiVersion: v1\nkind: Pod\nmetadata: {}"))
        .hasMessageContaining("Pod without a name");
    assertThatThrownBy(() -> Manifests.ofText("- 1")).hasMessageContaining("not an object");
  }

  @Test
  void whatIsRefusedIsToldInTheServersWords(PintleServer server) {
    assertThatThrownBy(() ->
            Manifests.ofText(
                    "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 0}]}")
                .applyTo(server))
        .isInstanceOf(PintleTestException.class)
        .hasMessageContaining("manifest not taken: Service s (the text): answered 422")
        .hasMessageContaining("spec.ports[0].port");
    assertThatThrownBy(() ->
            Manifests.ofText("apiVersion: x.example/v2\nkind: Tree\nmetadata: {name: t}")
                .applyTo(server))
        .hasMessageContaining("no kind Tree in x.example/v2");
  }

  @Test
  void whatHasNoNameIsCreated(PintleServer server, KubernetesClient client) {
    Manifests made =
        Manifests.ofText("apiVersion: v1\nkind: Namespace\nmetadata: {generateName: n-}");
    made.applyTo(server);
    made.applyTo(server);
    assertThat(client.namespaces().list().getItems())
        .filteredOn(each -> each.getMetadata().getName().startsWith("n-"))
        .hasSize(2);
  }
}
