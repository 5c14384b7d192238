package dev.pintle.kube.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.selector.LabelSelector.Operator;
import dev.pintle.kube.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "front", "size", "12", "empty", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=web|true",
        "app==web|true",
        "app = db|false",
        "app!=db|true",
        "none!=x|true",
        "app in (web,db)|true",
        "app notin (web, db)|false",
        "none notin (a)|true",
        "app|true",
        "!app|false",
        "!none,tier|true",
        "size>11|true",
        "size<12|false",
        "app>1|false",
        "empty=|true",
        "empty in ()|true",
        "app in (,web)|true",
        "in=notin|false",
        "app=web,tier=back|false"
      })
  void everyRequirementMustBeMet(String text, boolean matches) throws SelectorSyntaxException {
    assertThat(LabelSelector.parse(text).matches(LABELS)).isEqualTo(matches);
  }

  @Test
  void theEmptySelectorMatchesEverything() throws SelectorSyntaxException {
    assertThat(LabelSelector.parse("").isEverything()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a in (|unable to parse requirement: found '', expected: ',', ')' or identifier",
        "=|found '=', expected: !, identifier, or 'end of string'",
        "a b|unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a,|found '', expected: identifier after ','",
        "a in b|unable to parse requirement: found 'b' expected: '('"
      })
  void brokenSelectorsAreRefusedInUpstreamsWords(String text, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(text)).hasMessage(message);
  }

  @Test
  void valuesMustBeLabelValues() {
    assertThatThrownBy(() -> LabelSelector.parse("a=-b"))
        .hasMessageStartingWith(
            "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be");
  }

  @Test
  void manyRequirementsAreMetAsIfEachWasLookedAtAlone() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      Map<String, String> labels = new HashMap<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        labels.put("k" + random.nextInt(3), "" + random.nextInt(4));
      }
      List<Requirement> requirements = new ArrayList<>();
      for (int j = random.nextInt(5); j > 0; j--) {
        requirements.add(requirement(random));
      }
      assertThat(new LabelSelector(requirements).matches(labels))
          .as("%s on %s", requirements, labels)
          .isEqualTo(requirements.stream().allMatch(one -> isMet(one, labels.get(one.key()))));
    }
  }

  private static Requirement requirement(SplittableRandom random) {
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    Set<String> values = new HashSet<>();
    do {
      values.add("" + random.nextInt(4));
    } while (operator.compareTo(Operator.PRESENT) < 0 && random.nextBoolean());
    return new Requirement("k" + random.nextInt(3), operator, values);
  }

  private static boolean isMet(Requirement requirement, @Nullable String value) {
    String first = requirement.values().iterator().next();
    return switch (requirement.operator()) {
      case IN -> value != null && requirement.values().contains(value);
      case NOT_IN -> value == null || !requirement.values().contains(value);
      case PRESENT -> value != null;
      case ABSENT -> value == null;
      case GREATER -> value != null && Integer.parseInt(value) > Integer.parseInt(first);
      case LESS -> value != null && Integer.parseInt(value) < Integer.parseInt(first);
    };
  }
}
