package dev.pintle.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateTest {
  private static final String POLICY =
      """
      group policy v1
      package k8s.io.api.policy.v1
      proto V1Policy Meta IntStr Runtime
      api PolicyV1Api

      resource poddisruptionbudgets
        short pdb
        column Name string name 0 .metadata.name "The name."
      """;

  @TempDir Path folder = Path.of("");

  private List<GroupFacts> tables(String policy) throws IOException {
    Files.writeString(folder.resolve("order.txt"), "meta\npolicy\n");
    Files.writeString(
        folder.resolve("meta.txt"),
        "group meta.k8s.io v1\nhidden\npackage k8s.io.apimachinery.pkg.apis.meta.v1\n");
    Files.writeString(folder.resolve("policy.txt"), policy);
    return FactTables.read(folder);
  }

  private Generate.Joined join(String policy) throws IOException {
    return Generate.join(tables(policy));
  }

  private static FieldDef field(Generate.Joined joined, String type, String name) {
    TypeDef found =
        Objects.requireNonNull(joined.types().get("io.k8s.api.policy.v1." + type), type);
    return Objects.requireNonNull(found.field(name), name);
  }

  @Test
  void resourcesComeFromOperations() throws IOException {
    ResourceDef budgets = join(POLICY).resources().getFirst();
    assertThat(budgets.kind).isEqualTo("PodDisruptionBudget");
    assertThat(budgets.namespaced).isTrue();
    assertThat(budgets.verbs).containsExactly(VerbWord.values());
    assertThat(budgets.subresources).containsOnlyKeys("status");
  }

  @Test
  void tablesAddToWhatTheLibrariesKnow() throws IOException {
    String more =
        """
        type PodDisruptionBudgetSpec
          selector pointer patch=replace
          +extra list(text) list=set proto=99
        """;
    Generate.Joined joined = join(POLICY + more);
    assertThat(field(joined, "PodDisruptionBudgetSpec", "selector").patchStrategies)
        .containsExactly("replace");
    FieldDef extra = field(joined, "PodDisruptionBudgetSpec", "extra");
    assertThat(extra.shape).isEqualTo(new Shape.Many(new Shape.Value(ValueWord.TEXT), ""));
    assertThat(extra.listType).isEqualTo("set");
    assertThat(extra.protoPath).containsExactly(99);
  }

  @Test
  void aTableThatNamesWhatIsNotThereIsRefusedByLine() {
    String wrong = POLICY + "type PodDisruptionBudgetSpec\n  selectr pointer\n";
    assertThatThrownBy(() -> join(wrong))
        .hasMessage(
            "policy.txt:10: selectr pointer (expected: a field of"
                + " io.k8s.api.policy.v1.PodDisruptionBudgetSpec)");
    assertThatThrownBy(() -> join(POLICY + "resource budgets\n"))
        .hasMessageContaining("policy.txt:9");
    assertThatThrownBy(() -> join(POLICY + "kind Budget\n"))
        .hasMessageContaining("policy.txt:9: kind Budget");
  }

  @Test
  void theSameSourcesGiveTheSameBytes() throws IOException {
    TypesFile once = Generate.file(tables(POLICY));
    TypesFile again = Generate.file(tables(POLICY));
    assertThat(once.types()).isEqualTo(again.types()).hasSizeGreaterThan(1_000);
    assertThat(once.descriptions()).isEqualTo(again.descriptions());
  }
}
