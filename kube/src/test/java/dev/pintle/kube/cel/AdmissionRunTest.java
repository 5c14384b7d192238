package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdmissionRunTest {
  private static final Surroundings AROUND = new Surroundings(false, true, true);

  private static final SchemaNode NUMBERS =
      SchemaNode.of(ValueKind.LIST, SchemaNode.of(ValueKind.INT64));

  private static final SchemaNode SHAPE =
      SchemaNode.of(
          Field.of("a", SchemaNode.of(ValueKind.INT64)),
          Field.of("name", SchemaNode.of(ValueKind.TEXT)),
          Field.of("list", SchemaNode.of(ValueKind.LIST, NUMBERS)),
          Field.of("map", SchemaNode.of(ValueKind.MAP, NUMBERS)),
          Field.of("free", SchemaNode.of(ValueKind.ANY)));

  private final AdmissionPrograms programs = new AdmissionPrograms(true);

  private AdmissionRun run(long budget) {
    return run(budget, false);
  }

  private AdmissionRun run(long budget, boolean custom) {
    AdmissionInput input =
        new AdmissionInput(
            new AdmissionInput.Shapes(custom ? null : SHAPE, null, SchemaNode.of()),
            YamlReader.read("{a: 1, name: xyz, list: [[1], 2], map: {k: [1]}, free: {k: {l: []}}}")
                    instanceof JsonObject object
                ? object
                : null,
            null,
            new JsonObject(),
            null,
            null);
    return new AdmissionRun(input, programs.variables(), budget, Effort.FULL);
  }

  private AdmissionResult result(String text, Result wanted) {
    AdmissionProgram program = programs.compile(text, AROUND, wanted);
    assertThat(program.fault()).isEmpty();
    return run(AdmissionRun.BUDGET).run(program);
  }

  /// Expressions about values that do not fit, and what they are of a built-in kind and of a custom resource.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object.map == 1 | no such overload | false",
        "object.list == 'a' | no such overload | false",
        "object.map != 1 | true | true",
        "object.list == dyn([1, 2]) | false | false",
        "object.map == dyn({'k': 1}) | no such overload | false",
        "object.list == dyn([dyn([1]), dyn(2.0)]) | true | true",
        "dyn([object.map]) == [1] | true | false",
        "object.map in [1, 2] | false | false",
        "1 in object.list | false | false",
        "1 in object.map | unsupported map key type: types.Int | false",
        "object.map[1] == 1 | unsupported map key type: types.Int | no such key: 1",
        "object.map[1.0 / 0.0] == 1 | unsupported map key type: types.Double | no such key: +Inf",
        "dyn(0.0 / 0.0) < dyn('a') | NaN values cannot be ordered | NaN values cannot be ordered",
        "dyn('a') < dyn(0.0 / 0.0) | no such overload | no such overload",
        "dyn(optional.none())[?dyn(object.list)].hasValue() | false | false",
        "object.list[1u] == 2 | unsupported index type: types.Uint | true",
        "object.list[2] == 2 | index out of bounds: 2 | index out of bounds: 2",
        "dyn(1).matches(dyn(2u)) | no such overload: matches | no such overload: matches",
        "dyn('a').matches(dyn(2u)) | resulted in error: no such overload | resulted in error: no such overload",
        "dyn(1).find(object.name) == '' | no such overload: find(int, string) | no such overload: find(int, string)",
        "dyn(1).find('a') == '' | resulted in error: no such overload | resulted in error: no such overload",
        "dyn(1).matches(dyn('a')) | resulted in error: no such overload | resulted in error: no such overload",
        "[[1], [2]].map(x, dyn(x)).isSorted() | no such overload: isSorted(list) | no such overload: isSorted(list)",
        "[dyn(1), dyn({})].isSorted() | resulted in error: no such overload | resulted in error: no such overload",
        "[dyn(2), dyn(1), dyn({})].isSorted() | false | false",
        "[dyn(1), dyn(null)].min() == 1 | resulted in error: no such overload | resulted in error: no such overload",
        "[dyn(null), dyn(1)].max() == 1 | no such overload: max(list) | no such overload: max(list)",
        "[dyn(1), dyn({})].sort() == [] | list elements must have the same type | list elements must have the same type",
        "[dyn({}), dyn(1)].sort() == [] | list elements must be comparable | list elements must be comparable",
        "size([1.5, 0.0 / 0.0].sort()) == 2 | true | true",
        "string([3.0, 0.0 / 0.0, 1.0].sort()[0]) == '3' | true | true",
        "string([3.0, 1.0, 0.0 / 0.0].sort()[0]) == '1' | true | true",
        "string([2.0, 1.0, 0.0 / 0.0, 4.0, 3.0].sortBy(x, x)[3]) == '3' | true | true",
        "dyn(object).distinct() == [] | internal error: interface conversion: *common.reflectSchemalessTypedStruct is not traits.Lister: missing method Add | internal error: interface conversion: *types.baseMap is not traits.Lister: missing method Add",
        "dyn(object.map).distinct() == [] | internal error: interface conversion: *common.reflectSchemalessTypedMap is not traits.Lister: missing method Add | internal error: interface conversion: *types.baseMap is not traits.Lister: missing method Add",
        "dyn(object.free).distinct() == [] | internal error: interface conversion: *types.baseMap is not traits.Lister: missing method Add | internal error: interface conversion: *types.baseMap is not traits.Lister: missing method Add",
        "dyn(object.free.k).distinct() == [] | internal error: interface conversion: *types.baseMap is not traits.Lister: missing method Add | internal error: interface conversion: *types.baseMap is not traits.Lister: missing method Add",
        "[dyn('a'), dyn([1, 2])].join() == '' | join: invalid input: [1, 2] | join: invalid input: [1, 2]",
        "[dyn('a'), dyn(duration('90m'))].join('') == '' | join: invalid input: 1h30m0s | join: invalid input: 1h30m0s",
        "[dyn(1), dyn('a')].join() == '' | no such overload: join(list) | no such overload: join(list)",
        "dyn(b'a') in dyn({1u: 2}) | hash of unhashable type types.Bytes | hash of unhashable type types.Bytes",
        "dyn(semver('1.2.3')) in dyn({'a': 1}) | hash of unhashable type cel.Semver | hash of unhashable type cel.Semver"
      })
  void whatDoesNotFitIsToldByWhatIsKnownOfTheObject(String text, String typed, String custom) {
    AdmissionProgram program = programs.compile(text, AROUND, Result.TRUTH);
    assertThat(told(run(AdmissionRun.BUDGET, false).run(program))).endsWith(typed);
    assertThat(told(run(AdmissionRun.BUDGET, true).run(program))).endsWith(custom);
  }

  private static String told(AdmissionResult result) {
    return result.problem().isEmpty() ? String.valueOf(result.isTrue()) : result.problem();
  }

  @Test
  void namedValuesAreMadeWhenTheyAreLookedAtAndOnce() {
    programs.define("fails", "object.b", AROUND);
    programs.define("list", "[1, 2, 3].map(i, i + object.a)", AROUND);
    AdmissionProgram uses = programs.compile("size(variables.list) == 3", AROUND, Result.TRUTH);
    AdmissionRun run = run(1_000);
    assertThat(run.run(uses).isTrue()).isTrue();
    long first = 1_000 - run.left();
    assertThat(run.run(uses).isTrue()).isTrue();
    assertThat(1_000 - run.left() - first).isLessThan(first);
    assertThat(result("variables.fails == 1", Result.TRUTH).problem())
        .isEqualTo(
            "expression 'variables.fails == 1' resulted in error: composited variable \"fails\" fails to evaluate: no such key: b");
  }

  @Test
  void theBudgetIsThatOfAllRunsTogether() {
    AdmissionProgram program = programs.compile("object.a == 1", AROUND, Result.TRUTH);
    AdmissionRun run = run(7);
    assertThat(run.run(program).isTrue()).isTrue();
    assertThat(run.run(program).isTrue()).isTrue();
    assertThatThrownBy(() -> run.run(program)).isInstanceOf(OutOfBudget.class);
  }

  @Test
  void objectsAndOperationsBecomeTrees() {
    assertThat(
            JsonWriter.text(
                result(
                        "Object{spec: Object.spec{n: object.a + 1, list: ['a', string(object.name)], ?none: optional.none()}}",
                        Result.APPLIED)
                    .applied()))
        .isEqualTo("{\"spec\":{\"list\":[\"a\",\"xyz\"],\"n\":2}}");
    assertThat(
            JsonWriter.text(
                result(
                        "[JSONPatch{op: 'add', path: '/x/' + jsonpatch.escapeKey('a/b~c'), value: {'k': 1.5}}]",
                        Result.OPERATIONS)
                    .operations()))
        .isEqualTo("[{\"op\":\"add\",\"path\":\"/x/a~1b~0c\",\"value\":{\"k\":1.5}}]");
  }

  @Test
  void partsThatBelongElsewhereAreToldWithTheirPlace() {
    AdmissionResult misplaced =
        result("Object{spec: Object.spec{a: [Object.spec.b{}]}}", Result.APPLIED);
    assertThatThrownBy(misplaced::applied)
        .hasMessage(
            "type mismatch: unexpected type name \"Object.spec.b\", expected \"Object.spec.a\", which matches field name path from root Object type");
  }

  @Test
  void fieldsOfWhatIsMadeCanBeSelected() {
    assertThat(result("Object{a: [1, 2]}.a.sum() == 3 && !has(Object{}.a)", Result.TRUTH).isTrue())
        .isTrue();
    assertThat(result("Object{}.?a.hasValue()", Result.TRUTH).isFalse()).isTrue();
    assertThat(result("JSONPatch{op: 'x'}.op == 'x'", Result.TRUTH).isTrue()).isTrue();
  }

  @Test
  void namedValuesThatNameOneAnotherAreBounded() {
    programs.define("v0", "1", AROUND);
    for (int i = 1; i <= 300; i++) {
      programs.define("v" + i, "variables.v%d + 1".formatted(i - 1), AROUND);
    }
    assertThat(result("variables.v150 == 151", Result.TRUTH).isTrue()).isTrue();
    assertThat(result("variables.v300 == 301", Result.TRUTH).problem())
        .contains("composited variables name one another too deeply");
  }
}
