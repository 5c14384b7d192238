package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.cel.AdmissionExpressions.Complaint;
import dev.pintle.kube.cel.AdmissionExpressions.Result;
import dev.pintle.kube.cel.AdmissionExpressions.Surroundings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionExpressionsTest {
  private static final Surroundings PLAIN = new Surroundings(false, true, false);
  private static final Surroundings PATCHING = new Surroundings(false, true, true);

  private final AdmissionExpressions expressions = new AdmissionExpressions(true);

  private String complaint(String text, Surroundings around, Result wanted) {
    return expressions.check(text, around, wanted).map(Complaint::text).orElse("");
  }

  private String truth(String text) {
    return complaint(text, PLAIN, Result.TRUTH);
  }

  @Test
  void everythingAboutTheRequestCanBeSpokenOf() {
    for (String text :
        List.of(
            "object.spec.replicas > oldObject.spec.replicas",
            "request.userInfo.groups.exists(g, g == 'a') && request.namespace == 'x'",
            "namespaceObject.metadata.labels['a'] == 'b'",
            "authorizer.requestResource.check('get').allowed()",
            "authorizer.group('').resource('pods').namespace('a').name('b').check('get').allowed()",
            "authorizer.path('/healthz').check('get').reason() == ''",
            "isIP('::1') && isURL('https://a') && cidr('10.0.0.0/8').containsIP('10.0.0.1')")) {
      assertThat(truth(text)).as(text).isEmpty();
    }
  }

  @Test
  void whatIsNotThereIsToldWithItsPlace() {
    assertThat(truth("request.foo"))
        .isEqualTo(
            "compilation failed: ERROR: <input>:1:8: undefined field 'foo'\n | request.foo\n | .......^");
    assertThat(truth("params.a")).contains("undeclared reference to 'params' (in container '')");
    assertThat(
            complaint(
                "authorizer.path('/').check('get').allowed()",
                new Surroundings(false, false, false),
                Result.TRUTH))
        .contains("undeclared reference to 'authorizer' (in container '')");
    assertThat(truth("Object{a: 1} == object"))
        .contains("undeclared reference to 'Object' (in container '')");
  }

  @Test
  void theResultMustBeOfAType() {
    assertThat(truth("1")).isEqualTo("must evaluate to bool but got int");
    assertThat(complaint("1", PLAIN, Result.TEXT_OR_NULL))
        .isEqualTo("must evaluate to one of [string null_type] but got int");
    assertThat(complaint("null", PLAIN, Result.TEXT_OR_NULL)).isEmpty();
    assertThat(complaint("[timestamp('2020-01-01T00:00:00Z')]", PLAIN, Result.TEXT))
        .isEqualTo("must evaluate to string but got list(google.protobuf.Timestamp)");
  }

  @Test
  void whatCannotBeMadeReadyIsOurFault() {
    assertThat(expressions.check("int('a') == 1", PLAIN, Result.TRUTH))
        .hasValueSatisfying(wrong -> {
          assertThat(wrong.internal()).isTrue();
          assertThat(wrong.text()).startsWith("program instantiation failed: ");
        });
  }

  @Test
  void namedValuesHaveTheTypeOfTheirExpression() {
    assertThat(expressions.define("count", "1 + 1", PLAIN)).isEmpty();
    assertThat(truth("variables.count > 1")).isEmpty();
    assertThat(truth("variables.count == 'x'"))
        .contains("found no matching overload for '_==_' applied to '(int, string)'");
    assertThat(truth("variables.none")).contains("undefined field 'none'");
    assertThat(expressions.define("wrong", "nothing", PLAIN)).isPresent();
    assertThat(truth("variables.wrong == 'x'")).isEmpty();
    assertThat(new AdmissionExpressions(false).check("variables.a", PLAIN, Result.TRUTH))
        .isPresent();
  }

  @Test
  void objectsAndOperationsAreMadeForPatchesAlone() {
    assertThat(complaint("Object{spec: Object.spec{a: 1}}", PATCHING, Result.APPLIED)).isEmpty();
    assertThat(complaint("Object.spec{a: 1}", PATCHING, Result.APPLIED))
        .isEqualTo("must evaluate to Object but got Object.spec");
    assertThat(
            complaint(
                "[JSONPatch{op: 'add', path: '/a/' + jsonpatch.escapeKey('x'), value: Object{a: 1}}]",
                PATCHING,
                Result.OPERATIONS))
        .isEmpty();
    assertThat(complaint("[JSONPatch{op: 'add', path: 1}]", PATCHING, Result.OPERATIONS))
        .contains("expected type of field 'path' is 'string' but provided type is 'int'");
    assertThat(complaint("[JSONPatch{foo: 1}]", PATCHING, Result.OPERATIONS))
        .contains("expected type of field 'foo' is '' but provided type is 'int'");
    assertThat(complaint("[]", PATCHING, Result.OPERATIONS))
        .isEqualTo("must evaluate to list(JSONPatch) but got list(dyn)");
    assertThat(complaint("Object{a 1}", PATCHING, Result.APPLIED))
        .contains("<input>:1:10: Syntax error: missing ':' at '1'");
  }
}
