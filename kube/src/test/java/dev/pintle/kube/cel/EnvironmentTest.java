package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.rule.TableFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final Implementation NOTHING = (_, _) -> new Value.NullValue();
  private static final Overload TWICE =
      new SignatureReader("(string) -> string").overload("twice_string");

  private static Environment read(String line, Map<String, Implementation> library) {
    return Environment.read(TableFile.of("functions.txt", List.of(line)), library);
  }

  @Test
  void whatIsDeclaredMustBeCarriedOut() {
    assertThatThrownBy(() -> read("f f_int (int) -> int", Map.of()))
        .hasMessage("f: declared (expected: carried out, and once)");
  }

  @Test
  void whatIsCarriedOutMustBeDeclared() {
    assertThatThrownBy(() -> read("f f_int (int) -> int", Map.of("f", NOTHING, "g", NOTHING)))
        .hasMessage("g: carried out (expected: declared)");
  }

  @Test
  void aDeclarationThatCannotBeReadIsToldWithItsLine() {
    assertThatThrownBy(() -> read("f f_int (int -> int", Map.of("f", NOTHING)))
        .hasMessage("functions.txt line 1: f f_int (int -> int");
  }

  @Test
  void aFunctionAndAVariableThatWereAddedCanBeUsedTogether() {
    Environment environment =
        Environment.STANDARD
            .with("name", CelType.STRING)
            .with(
                "twice", List.of(TWICE), (_, given) -> Operators.plus(frame(), given[0], given[0]));
    assertThat(run("twice(name) + '!'", environment, Value.of("ab"))).isEqualTo(Value.of("abab!"));
  }

  @Test
  void anEnvironmentIsNotChangedByOneThatIsMadeOfIt() {
    Environment.STANDARD.with("name", CelType.STRING).with("twice", List.of(TWICE), NOTHING);
    assertThat(Environment.STANDARD.overloads("twice")).isEmpty();
    assertThat(Environment.STANDARD.variables()).isEmpty();
  }

  @Test
  void aFunctionOfTheLanguageCannotBeReplaced() {
    assertThatThrownBy(() -> Environment.STANDARD.with("size", List.of(TWICE), NOTHING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Activation frame() {
    return new Activation(new Value[0], Effort.FULL);
  }

  private static Value run(String text, Environment environment, Value variable) {
    ExpressionErrors complaints = new ExpressionErrors();
    SchemaTypes schemas = new SchemaTypes();
    Checked checked =
        Checker.check(Parser.parse(text, complaints), environment, schemas, complaints);
    complaints.require(text);
    Planner.Plan plan = Planner.plan(checked, environment);
    @Nullable Value[] slots = new Value[plan.slots()];
    slots[0] = variable;
    return plan.step().run(new Activation(slots, Effort.FULL));
  }
}
