package dev.pintle.kube.validation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleReaderTest {
  private static Rules rules(String... lines) {
    RuleTable<Rules.Rule> table =
        RuleReader.readLater(TableFile.of("checks.txt", List.of(lines)), _ -> null);
    table.readAll();
    return new Rules(table);
  }

  @Test
  void aLineWithAnUnknownWordIsNamed() {
    assertThatThrownBy(() -> rules("# head", "Thing", "  field nice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checks.txt line 3: field nice");
  }

  @Test
  void everyLineOfTheTableCanBeRead() {
    ObjectValidation.table().readAll();
  }

  @Test
  void aCallOfNobodyIsNamed() {
    assertThatThrownBy(() -> rules("Thing", "  call nobody"))
        .hasMessage("checks.txt line 2: call nobody")
        .hasRootCauseMessage("call nobody (expected: the name of a rule in code)");
  }

  @Test
  void commasInQuotesSeparateNothing() {
    assertThat(RuleReader.words("required \"a, b\", not negative"))
        .containsExactly("required \"a, b\"", "not negative");
  }

  @Test
  void writingIsCreatingAndUpdating() {
    Rules rules = rules("write A, B.group", "  x required");
    assertThat(rules.has("create A")).isTrue();
    assertThat(rules.has("update B.group")).isTrue();
    assertThat(rules.has("create C")).isFalse();
  }

  @Test
  void everyRuleInCodeIsUsedByTheTable() {
    assertThat(TableFile.beside(ObjectValidation.class, "validation.txt").lines())
        .containsAll(CodedRules.all().keySet().stream().map(name -> "  call " + name).toList());
  }

  @Test
  void wordsThatLookAtWhatIsThereSayNothingOfAnAbsentField() {
    ResourceType type =
        requireNonNull(
            BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));
    for (String words :
        List.of(
            "not negative",
            "labels",
            "selector",
            "items Thing",
            "each format subdomain",
            "unique name",
            "forbidden",
            "at most 3 items",
            "at most 3 bytes")) {
      FieldErrorList found = new FieldErrorList();
      ValidationContext context =
          new ValidationContext(
              type, new JsonObject(), null, rules("Thing", "  x required"), found);
      CheckCatalog.parse(words).passes(ValidatedField.of(context.root(), "field"));
      assertThat(found.isEmpty()).as(words).isTrue();
    }
  }

  @Test
  void anAbsentFieldIsToldOfWhereItIsLookedFor() {
    assertThat(line("field required, labels").silent()).isFalse();
    assertThat(line("field one of A|B").silent()).isFalse();
    assertThat(line("field as Thing").silent()).isFalse();
    assertThat(line("field if set, required").silent()).isTrue();
    assertThat(line("field at most 3 items, items Thing").silent()).isTrue();
  }

  private static Rules.Rule.Line line(String text) {
    return RuleReader.line(text);
  }
}
