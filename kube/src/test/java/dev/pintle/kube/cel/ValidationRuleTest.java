package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.SchemaNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationRuleTest {
  private static final SchemaNode SCHEMA =
      SchemaReader.read(
          (JsonObject)
              JsonReader.read(
                  """
                  {"type": "object", "properties": {
                    "n": {"type": "integer"}, "f": {"type": "number"}, "s": {"type": "string"},
                    "b": {"type": "boolean"}, "for": {"type": "string"}, "a-b": {"type": "string"},
                    "when": {"type": "string", "format": "date-time"},
                    "span": {"type": "string", "format": "duration"},
                    "any": {"x-kubernetes-int-or-string": true},
                    "list": {"type": "array", "items": {"type": "integer"}},
                    "map": {"type": "object", "additionalProperties": {"type": "string"}}}}
                  """));
  private static final Json VALUE =
      JsonReader.read(
          """
          {"n": 7, "f": 2, "s": "wörld", "b": true, "for": "x", "a-b": "y", "when": "2024-05-06T07:08:09Z",
           "span": "90m", "any": 5, "list": [3, 1, 2], "map": {"k": "v"}}
          """);

  private static ValidationRule rule(String text, boolean optionalOldSelf) {
    return ValidationRule.of(
        new ValidationRule.Subject(SCHEMA, false, optionalOldSelf, false), new SchemaTypes(), text);
  }

  private static boolean holds(String rule) {
    ValidationRule.Result result = rule(rule, false).run(VALUE, null, Effort.FULL);
    assertThat(result.problem()).isEmpty();
    return result.holds();
  }

  private static String problem(String rule) {
    return rule(rule, false).run(VALUE, null, Effort.FULL).problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.n == 7 && self.n != 8 && self.n > 6 && self.n <= 7",
        "self.n + 1 == 8 && self.n % 4 == 3 && -self.n == -7 && self.n / 2 == 3",
        "self.f == 2.0 && self.f < 3 && double(self.n) / self.f == 3.5 && dyn(self.f) == 2",
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 10 - 2 - 3 == 5",
        "self.b ? true : self.n / 0 == 1",
        "self.n / 0 == 1 || self.b",
        "!(self.n / 0 == 1 && !self.b)",
        "self.s.size() == 5 && size(self.list) == 3 && self.s.startsWith('w')",
        "self.s.upperAscii() == 'WöRLD' && self.s.charAt(1) == 'ö' && self.s.indexOf('ld') == 3",
        "'a,b,c'.split(',') == ['a', 'b', 'c'] && ['a', 'b'].join('-') == 'a-b'",
        "'aXbX'.replace('X', 'y', 1) == 'aybX' && 'hello'.substring(1, 3) == 'el'",
        "'x1'.matches('^[a-z][0-9]$') && 'a1b22'.findAll('[0-9]+') == ['1', '22']",
        "'%s has %d'.format(['x', 3]) == 'x has 3'",
        "self.list.all(i, i > 0) && self.list.exists(i, i == 2) && self.list.exists_one(i, i == 1)",
        "self.list.map(i, i * 2) == [6, 2, 4] && self.list.filter(i, i > 1) == [3, 2]",
        "self.list.sum() == 6 && self.list.min() == 1 && self.list.max() == 3 && ![2, 1].isSorted()",
        "2 in self.list && !(9 in self.list) && 'k' in self.map",
        "self.map.all(k, self.map[k] == 'v') && self.map == {'k': 'v'} && self.map.k == 'v'",
        "has(self.s) && !has(self.map.nope) && self.?s.orValue('') == 'wörld'",
        "self.map[?'nope'].orValue('d') == 'd' && !optional.none().hasValue()",
        "self.?map.nope.optMap(v, v + '!').orValue('none') == 'none'",
        "self.__for__ == 'x' && self.a__dash__b == 'y'",
        "self.when > timestamp('2024-01-01T00:00:00Z') && self.when.getMonth() == 4",
        "self.span > duration('1h') && self.span.getMinutes() == 90",
        "self.any == 5 && self.any > 4 && type(self.any) == int",
        "self.list.all(i, v, v >= i) && self.list.transformList(i, v, i + v) == [3, 2, 4]",
        "'abc'.replace('', '-') == '-a-b-c-' && 'a,b,c'.split(',', 2) == ['a', 'b,c']",
        "self.list.distinct().reverse() == [2, 1, 3] && sets.contains([1, 2], [2])",
        "'%.3f %e %x'.format([1.5, 1234.5, 255]) == '1.500 1.234500×10⁰³ ff'",
        "bytes('é') == b'\\303\\251' && b'\\xff'.size() == 1 && timestamp(1).getSeconds() == 1",
        "quantity('1Gi').isGreaterThan(quantity('500Mi')) && isQuantity('1m') && !isQuantity('x')",
        "int('12') == 12 && string(3) == '3' && type(self.n) == int && bool('true')",
        "0x10 == 16 && 1e3 == 1000.0 && r'\\d' == '\\\\d' && 'a' + \"b\" == 'ab' // a comment"
      })
  void holdsWhereTheLanguageSaysSo(String rule) {
    assertThat(holds(rule)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "self.nope == 1 | 1:5: undefined field 'nope'",
        "has(self.nope) | 1:4: undefined field 'nope'",
        "nope == 1 | 1:1: undeclared reference to 'nope' (in container '')",
        "self.s.shout() | 1:13: undeclared reference to 'shout' (in container '')",
        "self.s > 1 | 1:8: found no matching overload for '_>_' applied to '(string, int)'",
        "self.s.size(1) == 1 | 1:12: found no matching overload for 'size' applied to 'string.(int)'",
        "self.list == ['a'] | 1:11: found no matching overload for '_==_' applied to '(list(int), list(string))'",
        "self.n && true | 1:5: expected type 'bool' but found 'int'",
        "self.n.x == 1 | 1:7: type 'int' does not support field selection",
        "[1, 'a'] == [] | 1:5: expected type 'int' but found 'string'",
        "self.s.all(x, true) | 1:5: expression of type 'string' cannot be range of a comprehension (must be list, map, or dynamic)",
        "self.list.all(1, true) | 1:15: argument must be a simple name",
        "self.s.matches('(?=a)') | 1:16: invalid matches argument",
        "duration('x') == self.span | 1:10: invalid duration argument",
        "99999999999999999999 == 1 | 1:1: invalid int literal",
        "self.n == 1) | 1:12: Syntax error: extraneous input ')' expecting <EOF>"
      })
  void whatDoesNotFitIsRefusedBeforeItRuns(String text, String complaint) {
    assertThatThrownBy(() -> rule(text, false))
        .hasMessageStartingWith("compilation failed: ERROR: <input>:" + complaint + "\n");
  }

  @Test
  void everyMistakeIsTold() {
    assertThatThrownBy(() -> rule("self.a == self.z", false))
        .hasMessageContainingAll("1:5: undefined field 'a'", "1:15: undefined field 'z'");
  }

  @Test
  void aRuleMustHoldOrNotAndAMessageMustBeText() {
    assertThatThrownBy(() -> rule("self.n", false))
        .hasMessage("cel expression must evaluate to a bool");
    assertThatThrownBy(() ->
            ValidationRule.of(
                new ValidationRule.Subject(SCHEMA, false, false, true),
                new SchemaTypes(),
                "self.n"))
        .hasMessage("messageExpression must evaluate to a string");
  }

  @Test
  void aPatternIsReadWhenTheRuleIs() {
    assertThatThrownBy(() -> rule("self.s.find('(') == ''", false))
        .hasMessage("program instantiation failed: error parsing regexp: missing closing ): `(`");
  }

  @Test
  void aMistakeIsMarkedInItsLine() {
    assertThatThrownBy(() -> rule("self.n > 1 &&\nself.nope", false))
        .hasMessage(
            "compilation failed: ERROR: <input>:2:5: undefined field 'nope'\n | self.nope\n | ....^");
  }

  @Test
  void valuesThatDoNotFitAreToldWhenTheRuleRuns() {
    assertThat(problem("self.any > 'x'")).isEqualTo("no such overload");
    assertThat(problem("self.n / 0 == 1")).isEqualTo("division by zero");
    assertThat(problem("self.map['x'] == ''")).isEqualTo("no such key: x");
    assertThat(problem("self.list[9] == 1")).isEqualTo("index out of bounds: 9");
    assertThat(problem("9223372036854775807 + 1 == 0")).isEqualTo("integer overflow");
  }

  @Test
  void theOldValueIsKnownToRulesThatNameIt() {
    ValidationRule rule = rule("self.n >= oldSelf.n", false);
    ValidationRule optional = rule("!oldSelf.hasValue() || oldSelf.value().n < self.n", true);
    Json before = JsonReader.read("{\"n\": 9}");

    assertThat(rule.usesOldSelf()).isTrue();
    assertThat(rule.run(VALUE, before, Effort.FULL).holds()).isFalse();
    assertThat(optional.run(VALUE, null, Effort.FULL).holds()).isTrue();
    assertThat(optional.run(VALUE, before, Effort.FULL).holds()).isFalse();
  }
}
