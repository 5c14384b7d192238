package dev.pintle.compat.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.twin.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How published files are found and read, and what counts as a difference.
class ManifestsTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void everyDocumentThatIsAnObjectIsRead() throws IOException {
    write("a/b/one.yaml", "# words\n---\nkind: A\n---\nb: 1\n--- # more\nkind: B\n");
    write("a/b/two.txt", "kind: C\n");
    write("c/three.yaml", "kind: D\n");

    Manifests found = Manifests.of(folder, List.of("a/**.yaml"));

    assertThat(found.read()).extracting(Manifest::kind).containsExactly("A", "B");
    assertThat(found.unread()).isZero();
  }

  @Test
  void whatIsNoYamlIsCounted() throws IOException {
    write("one.yaml", "kind: A\n{{- if .x }}\nb: 1\n{{- end }}\n");

    assertThat(Manifests.of(folder, List.of("*.yaml")).unread()).isEqualTo(1);
    assertThat(Manifests.withoutTemplates(folder, List.of("*.yaml")).read())
        .extracting(Manifest::text)
        .containsExactly("kind: A\nb: 1\n");
  }

  @Test
  void aDefinitionKnowsItsObjects() throws IOException {
    write(
        "crd.yaml",
        "kind: CustomResourceDefinition\nmetadata: {name: as.x.io}\nspec: {group: x.io, scope: Namespaced, names: {plural: as, kind: A}, versions: [{name: v1, served: true}, {name: v2, served: false}]}\n");
    write("objects.yaml", "kind: A\napiVersion: x.io/v1\n---\nkind: A\napiVersion: x.io/v2\n");
    Definition definition =
        new Definition(Manifests.of(folder, List.of("crd.yaml")).read().getFirst());
    List<Manifest> objects = Manifests.of(folder, List.of("objects.yaml")).read();

    assertThat(objects).extracting(definition::defines).containsExactly(true, false);
    assertThat(definition.collection(objects.getFirst()))
        .isEqualTo("/apis/x.io/v1/namespaces/default/as");
  }

  @Test
  void onlyWhatIsToldInNoOrderIsNoDifference() {
    Tally tally = new Tally();

    tally.add(
        "a",
        422,
        List.of(
            new Difference(
                ".message", "A \"a\" is invalid: [b, c]", "A \"a\" is invalid: [c, b]")));
    tally.add(
        "b",
        422,
        List.of(
            new Difference(".message", "A \"a\" is invalid: [b, c]", "A \"a\" is invalid: [b]")));

    assertThat(tally.differing()).hasSize(1);
  }

  @Test
  void aLineWithoutItsPartsIsRefused() throws IOException {
    write("list.txt", "# words\n\n+ x.io/a@v1 | a/*.yaml, b.yaml |\nx.io/b | c |\n");

    assertThatThrownBy(() -> Project.read(folder.resolve("list.txt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.io/b");
  }
}
