package dev.pintle.kube.validation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeclaredChecksTest {
  private static final ResourceType TYPE =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));

  private static List<String> told(String words, String object, String old) {
    FieldErrorList found = new FieldErrorList();
    ValidationContext context =
        new ValidationContext(TYPE, object(object), object(old), Rules.NONE, found);
    Check check = DeclaredChecks.parse(words);
    return found.of(() -> check.passes(ValidatedField.of(context.root(), "f"))).stream()
        .map(error -> error.field() + ": " + error.message())
        .toList();
  }

  private static JsonObject object(String text) {
    return (JsonObject) JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatChangedIsToldWithoutItsValue() {
    assertThat(told("immutable", "{\"f\":{\"a\":1}}", "{\"f\":{\"a\":2}}"))
        .containsExactly("f: Invalid value: null: field is immutable");
    assertThat(told("immutable", "{\"f\":{}}", "{}")).isEmpty();
  }

  @Test
  void lengthIsCountedInCharacters() {
    assertThat(told("at most 2 characters", "{\"f\":\"\uD83D\uDE00é\"}", "{}")).isEmpty();
    assertThat(told("at most 2 characters", "{\"f\":\"abc\"}", "{}"))
        .containsExactly("f: Too long: may not be more than 2 characters");
  }

  @Test
  void aTextTwiceIsToldAtItsSecondPlace() {
    assertThat(told("unique", "{\"f\":[\"a\",\"b\",\"a\"]}", "{}"))
        .containsExactly("f[2]: Duplicate value: \"a\"");
  }

  @Test
  void aStructureTwiceIsShownInTheOrderOfItsType() {
    String twice = "{\"f\":[{\"k\":\"a\"},{\"z\":{\"count\":1,\"name\":\"n\"},\"k\":\"a\"}]}";
    assertThat(told("unique by k as k|z|o!", twice, "{}"))
        .containsExactly(
            "f[1]: Duplicate value: {\"k\":\"a\",\"z\":{\"name\":\"n\",\"count\":1},\"o\":null}");
  }

  @Test
  void aListThatIsTooLongIsNotLookedAtAnyFurther() {
    FieldErrorList found = new FieldErrorList();
    ValidationContext context =
        new ValidationContext(TYPE, object("{\"f\":[1,1,1]}"), null, Rules.NONE, found);
    boolean goesOn =
        DeclaredChecks.parse("at most 2 items").passes(ValidatedField.of(context.root(), "f"));
    assertThat(goesOn).isFalse();
    assertThat(found.size()).isOne();
  }

  @Test
  void otherWordsAreRefused() {
    assertThatThrownBy(() -> DeclaredChecks.parse("nice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared nice");
  }
}
