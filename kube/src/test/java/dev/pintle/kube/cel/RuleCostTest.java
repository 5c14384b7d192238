package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.SchemaNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The costs that the real server reckons and counts for the same rule, schema and value.
class RuleCostTest {
  private static final SchemaNode SCHEMA =
      SchemaReader.read(
          (JsonObject)
              JsonReader.read(
                  """
                  {"type": "object", "properties": {
                    "n": {"type": "integer"}, "b": {"type": "boolean"},
                    "s": {"type": "string", "maxLength": 100},
                    "any": {"x-kubernetes-int-or-string": true},
                    "when": {"type": "string", "format": "date-time"},
                    "span": {"type": "string", "format": "duration"},
                    "list": {"type": "array", "maxItems": 10, "items": {"type": "integer"}},
                    "names": {"type": "array", "maxItems": 10, "items": {"type": "string", "maxLength": 10}},
                    "map": {"type": "object", "maxProperties": 10,
                      "additionalProperties": {"type": "string", "maxLength": 20}},
                    "obj": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}},
                    "objs": {"type": "array", "maxItems": 5, "items": {"type": "object", "properties": {
                      "x": {"type": "integer"}, "y": {"type": "string", "maxLength": 7}}}}}}
                  """));
  private static final Json VALUE =
      JsonReader.read(
          """
          {"n": 7, "b": true, "s": "hello world", "any": 5, "when": "2024-05-06T07:08:09Z", "span": "90m",
           "list": [3, 1, 2], "names": ["aa", "b", "ccc"], "map": {"k": "v", "l": "ww"},
           "obj": {"x": 1, "y": "q"}, "objs": [{"x": 1, "y": "z"}, {"x": 2}]}
          """);

  private static ValidationRule rule(String text) {
    return ValidationRule.of(
        new ValidationRule.Subject(SCHEMA, false, false, false), new SchemaTypes(), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "true ; 0 ; 0",
        "self.n == 7 ; 2 ; 3",
        "self.list[0] == 3 ; 3 ; 4",
        "self.list[self.n - 5] == 1 ; 6 ; 7",
        "has(self.obj.x) ; 2 ; 2",
        "self.b ? self.b : self.b ; 4 ; 3",
        "self.b || self.b ; 4 ; 2",
        "self.list.all(x, x > 0) ; 53 ; 18",
        "self.list.exists(x, x == 2) ; 53 ; 21",
        "self.list.exists_one(x, x == 2) ; 34 ; 12",
        "self.list.map(x, x) == [3,1,2] ; 154 ; 43",
        "self.list.filter(x, x > 1) == [] ; 173 ; 35",
        "self.map.all(k, self.map[k] != '') ; 73 ; 15",
        "self.n in [1,2,3] ; 15 ; 2",
        "self.n in self.list ; 14 ; 7",
        "self.s + self.s == 'x' ; 85 ; 8",
        "self.s.matches('a') ; 43 ; 4",
        "self.s.contains('hello') ; 42 ; 4",
        "self.s.replace('l','m') == '' ; 82 ; 5",
        "self.names.join(',') == '' ; 43 ; 4",
        "self.s.split(' ').size() == 2 ; 84 ; 7",
        "'%s %d'.format([self.s, 1]) == '' ; 13 ; 13",
        "duration('1h') > self.span ; 4 ; 3",
        "self.?n.optMap(x, x + 1).orValue(0) == 8 ; 21 ; 10",
        "self.list.sum() == 6 ; 13 ; 6",
        "self.names.isSorted() ; 52 ; 2",
        "self.s.findAll('a+') == [] ; 53 ; 4",
        "quantity('1Gi').isGreaterThan(quantity('1Mi')) ; 3 ; 3",
        "dyn(self.n) == 7 ; 3 ; 4",
        "self.objs.all(o, !has(o.y) || o.y == 'z') ; 43 ; 16",
        "self.objs.map(o, o.x).sum() == 3 ; 89 ; 34",
        "self.list.map(x, x).map(y, y).size() == 3 ; 286 ; 84",
        "self.any.all(x, true) ; 9437181 ; 2"
      })
  void costsAreUpstreams(String text, long worst, long actual) {
    ValidationRule rule = rule(text);

    assertThat(rule.worstCost()).isEqualTo(worst);
    assertThat(rule.run(VALUE, null, Effort.FULL).cost()).isEqualTo(actual);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.s.replace('', self.s).replace('', self.s).replace('', self.s).replace('', self.s).replace('', self.s).replace('', self.s) == ''",
        "lists.range(100000000).size() == 0",
        "lists.range(9000).map(x, self.s).join(self.s).replace('', self.s).replace('', self.s) == ''",
        "lists.range(9000).all(x, lists.range(9000).all(y, true))",
        "lists.range(9000).map(x, lists.range(9000)).size() == 0"
      })
  void whatWouldTakeTooMuchIsGivenUpBeforeItIsTaken(String text) {
    ValidationRule rule = rule(text);
    long before = allocated();
    ValidationRule.Result result = rule.run(VALUE, null, Effort.FULL);

    assertThat(result.cancelled()).isTrue();
    assertThat(result.problem()).isEqualTo("operation cancelled: actual cost limit exceeded");
    assertThat(allocated() - before).isLessThan(256L << 20);
  }

  private static long allocated() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  @Test
  void whatWasGivenUpIsNotSavedByTheOtherSide() {
    ValidationRule rule = rule("lists.range(100000000).size() == 0 || true");

    assertThat(rule.run(VALUE, null, Effort.FULL).cancelled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "249, (, true, ), true",
    "250, (, true, ), false",
    "250, [, '', ], true",
    "251, [, '', ], false",
    "100000, (, true, ), false"
  })
  void depthIsBoundedLikeUpstreams(
      int depth, String open, String inner, String close, boolean fine) {
    String nested = open.repeat(depth) + inner + close.repeat(depth);
    String text = open.equals("[") ? nested + " == []" : nested;

    if (fine) {
      assertThat(rule(text).worstCost()).isNotNegative();
    } else {
      assertThatThrownBy(() -> rule(text)).isInstanceOf(CelException.class);
    }
  }

  @Test
  void theSizeOfATextIsBounded() {
    assertThatThrownBy(() -> rule("true" + " ".repeat(100_000)))
        .hasMessage(
            "compilation failed: ERROR: <input>:-1:0: expression code point size exceeds limit: size: 100004, limit 100000");
    assertThatThrownBy(() -> rule("1" + " + 1".repeat(250) + " == 1"))
        .hasMessage("compilation failed: ERROR: <input>:-1:0: max recursion depth exceeded");
  }

  @Test
  void manyTermsAreReadInTimeThatGrowsWithThem() {
    String text = "self.n == 1 || ".repeat(6_000) + "true";

    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> assertThat(rule(text).run(VALUE, null, Effort.FULL).holds()).isTrue());
  }

  @Test
  void aMacroThatDoublesWhatItStandsOnIsBounded() {
    String text = "self.?n" + ".optMap(x, x)".repeat(100) + ".hasValue()";

    assertThatThrownBy(() -> rule(text)).isInstanceOf(CelException.class);
  }
}
