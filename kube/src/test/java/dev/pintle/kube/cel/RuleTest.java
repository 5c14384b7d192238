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
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
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
                    "free": {"x-kubernetes-preserve-unknown-fields": true},
                    "list": {"type": "array", "items": {"type": "integer"}},
                    "map": {"type": "object", "additionalProperties": {"type": "string"}}}}
                  """));
  private static final Json VALUE =
      JsonReader.read(
          """
          {"n": 7, "f": 2, "s": "wörld", "b": true, "for": "x", "a-b": "y", "when": "2024-05-06T07:08:09Z",
           "span": "90m", "free": {"deep": [1, 2.5]}, "list": [3, 1, 2], "map": {"k": "v"}}
          """);

  private static boolean holds(String rule) {
    return Rule.of(SCHEMA, rule, false).holds(VALUE, null, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.n == 7 && self.n != 8 && self.n > 6 && self.n <= 7",
        "self.n + 1 == 8 && self.n % 4 == 3 && -self.n == -7 && self.n / 2 == 3",
        "self.f == 2.0 && self.f == 2 && double(self.n) / self.f == 3.5",
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
        "self.free.deep[1] == 2.5 && self.free.deep.size() == 2",
        "quantity('1Gi').isGreaterThan(quantity('500Mi')) && isQuantity('1m') && !isQuantity('x')",
        "int('12') == 12 && string(3) == '3' && type(self.n) == int && bool('true')",
        "0x10 == 16 && 1e3 == 1000.0 && r'\\d' == '\\\\d' && 'a' + \"b\" == 'ab' // a comment"
      })
  void holdsWhereTheLanguageSaysSo(String rule) {
    assertThat(holds(rule)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.nope == 1",
        "has(self.nope)",
        "nope == 1",
        "self.s.shout()",
        "url('x').getHost() == ''",
        "self.n ==",
        "self.n == 1)",
        "'open",
        "self.list.all(1, true)"
      })
  void whatNothingStandsBehindIsRefusedBeforeItRuns(String rule) {
    assertThatThrownBy(() -> Rule.of(SCHEMA, rule, false))
        .isInstanceOf(CelException.class)
        .hasMessageStartingWith("ERROR: <input>:1:");
  }

  @Test
  void aMistakeIsMarkedInItsLine() {
    assertThatThrownBy(() -> Rule.of(SCHEMA, "self.n > 1 &&\nself.nope", false))
        .hasMessage("ERROR: <input>:2:5: undefined field 'nope'\n | self.nope\n | ....^");
  }

  @Test
  void valuesThatDoNotFitAreToldWhenTheRuleRuns() {
    assertThatThrownBy(() -> holds("self.s > 1")).hasMessage("no such overload");
    assertThatThrownBy(() -> holds("self.n / 0 == 1")).hasMessage("division by zero");
    assertThatThrownBy(() -> holds("self.map['x'] == ''")).hasMessage("no such key: x");
    assertThatThrownBy(() -> holds("self.list[9] == 1")).hasMessage("index out of bounds: 9");
    assertThatThrownBy(() -> holds("9223372036854775807 + 1 == 0")).hasMessage("integer overflow");
  }

  @Test
  void whatTakesTooLongIsGivenUp() {
    String range = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    String rule = "true";
    for (int i = 0; i < 7; i++) {
      rule = "%s.all(v%d, %s)".formatted(range, i, rule);
    }
    Rule slow = Rule.of(SCHEMA, rule, false);

    assertThatThrownBy(() -> slow.holds(VALUE, null, false))
        .hasMessage("operation cancelled: actual cost limit exceeded");
  }

  @Test
  void theOldValueIsKnownToRulesThatNameIt() {
    Rule rule = Rule.of(SCHEMA, "self.n >= oldSelf.n", false);
    Rule optional = Rule.of(SCHEMA, "!oldSelf.hasValue() || oldSelf.value().n < self.n", true);
    Json before = JsonReader.read("{\"n\": 9}");

    assertThat(rule.usesOldSelf()).isTrue();
    assertThat(rule.holds(VALUE, before, false)).isFalse();
    assertThat(optional.holds(VALUE, null, true)).isTrue();
    assertThat(optional.holds(VALUE, before, true)).isFalse();
  }
}
