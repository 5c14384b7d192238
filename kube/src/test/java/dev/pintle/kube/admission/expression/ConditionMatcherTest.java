package dev.pintle.kube.admission.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.admission.expression.ConditionMatcher.Match;
import dev.pintle.kube.cel.AdmissionAuthorizer.Verdict;
import dev.pintle.kube.cel.AdmissionInput;
import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConditionMatcherTest {
  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private static Match match(boolean ignores, Effort effort, String... expressions) {
    List<JsonObject> conditions = new ArrayList<>();
    for (String expression : expressions) {
      conditions.add(
          new JsonObject().set("name", "c" + conditions.size()).set("expression", expression));
    }
    AdmissionInput input =
        new AdmissionInput(
                new AdmissionInput.Shapes(SchemaNode.of(), null, SchemaNode.of()),
                yaml("{metadata: {name: a}, n: [1, 2, 3]}"),
                null,
                yaml("{operation: CREATE, userInfo: {username: eve}}"),
                null,
                null)
            .asking(
                (user, asked) ->
                    new Verdict(
                        user.name().equals("eve") && asked.verb().equals("get"), asked.resource()),
                UserInfo.SERVER,
                new AdmissionInput.Target("", "pods", "", "ns", "a"));
    return ConditionMatcher.ofWebhook(conditions, ignores).match(input, effort);
  }

  private static Match match(String... expressions) {
    return match(false, Effort.FULL, expressions);
  }

  @Test
  void allMustHold() {
    assertThat(match("object.metadata.name == 'a'", "request.operation == 'CREATE'"))
        .isEqualTo(new Match.Holds());
    assertThat(match("true", "oldObject != null")).isEqualTo(new Match.Excludes("c1"));
  }

  @Test
  void whatFailsIsToldUnlessOneDoesNotHold() {
    String failed = "expression 'object.b == 1' resulted in error: no such key: b";
    assertThat(match("object.b == 1", "true")).isEqualTo(new Match.Failed(failed, 1));
    assertThat(match("object.b == 1", "object.c == 1"))
        .isEqualTo(
            new Match.Failed(
                "[" + failed + ", expression 'object.c == 1' resulted in error: no such key: c]",
                2));
    assertThat(match("object.b == 1", "false")).isEqualTo(new Match.Excludes("c1"));
    assertThat(match(true, Effort.FULL, "object.b == 1", "true")).isEqualTo(new Match.Excludes(""));
  }

  @Test
  void rightsAreThoseOfTheCaller() {
    assertThat(match("authorizer.requestResource.check('get').allowed()"))
        .isEqualTo(new Match.Excludes("c0"));
    assertThat(match("authorizer.requestResource.check('get').reason() == 'pods'"))
        .isEqualTo(new Match.Holds());
    assertThat(match("authorizer.group('').resource(' ').check('get').allowed()"))
        .isEqualTo(
            new Match.Failed(
                "expression 'authorizer.group('').resource(' ').check('get').allowed()' resulted in error: resource must not be empty",
                1));
    assertThat(
            match(
                "authorizer.serviceAccount('ns', 'x').group('').resource('pods').check('get').errored()"))
        .isEqualTo(new Match.Excludes("c0"));
  }

  @Test
  void anExpressionAsksAboutRightsTwiceAtMost() {
    String once = "authorizer.path('/a').check('get').allowed()";
    assertThat(match("!(" + once + " || " + once + ")")).isEqualTo(new Match.Holds());
    assertThat(match(once + " || " + once + " || " + once))
        .isEqualTo(
            new Match.Failed(
                "expression '%s || %s || %s' resulted in error: operation cancelled: actual cost limit exceeded"
                    .formatted(once, once, once),
                1));
  }

  @Test
  void allTogetherHaveABudget() {
    String twice =
        "!(authorizer.path('/a').check('x').allowed() || authorizer.path('/a').check('y').allowed())";
    assertThat(match(twice, twice, twice)).isEqualTo(new Match.Holds());
    assertThat(match(twice, twice, twice, twice))
        .isEqualTo(
            new Match.Failed(
                "validation failed due to running out of cost budget, no further validation rules will be run",
                0));
  }
}
