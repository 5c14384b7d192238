package dev.pintle.kube.cel;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.SchemaNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An expression about a value of a schema (`self`) and about what was there before an update (`oldSelf`). Immutable.
public final class ValidationRule {
  private static final String SELF = "self";
  private static final String OLD_SELF = "oldSelf";

  private final SchemaNode self;
  private final Checked checked;
  private final DeclType declared;
  private final Planner.Plan plan;
  // Where it is none, a text is made of the old value itself, although it was read with an optional
  // one.
  private final boolean optionalOldSelf;

  private ValidationRule(
      SchemaNode self,
      Checked checked,
      DeclType declared,
      Planner.Plan plan,
      boolean optionalOldSelf) {
    this.self = self;
    this.checked = checked;
    this.declared = declared;
    this.plan = plan;
    this.optionalOldSelf = optionalOldSelf;
  }

  /// The matter of an expression, and what it must make.
  ///
  /// @param root whether `self` is a whole object of the API
  /// @param optionalOldSelf whether `oldSelf` is an optional value, so that the rule also runs when nothing was there
  /// @param message whether it makes a text; otherwise it holds or does not
  public record Subject(SchemaNode self, boolean root, boolean optionalOldSelf, boolean message) {}

  /// @param types of the schema that the subject is part of
  /// @throws CelException with all that there is to say of a text that is no such expression
  public static ValidationRule of(Subject subject, SchemaTypes types, String text) {
    DeclType declared = types.of(subject.self(), subject.root());
    String kind = subject.message() ? "messageExpression " : "";
    if (declared == null) {
      throw new CelException(kind + "compilation failed: the type is not known");
    }
    CelType old = subject.optionalOldSelf() ? CelType.optional(declared.type()) : declared.type();
    Environment environment = Environment.STANDARD.with(SELF, declared.type()).with(OLD_SELF, old);
    ExpressionErrors complaints = new ExpressionErrors();
    Checked checked;
    try {
      Expression expression = Parser.parse(text, complaints);
      complaints.require(text);
      checked = Checker.check(expression, environment, types, complaints);
      complaints.require(text);
      LiteralCheck.check(checked, complaints);
      complaints.require(text);
    } catch (CelException wrong) {
      if (wrong.offset() != ExpressionErrors.ALL_TOLD) {
        complaints.add(wrong.offset(), wrong.getMessage());
      }
      throw new CelException(kind + "compilation failed: " + complaints.shown(text));
    }
    requireType(subject, checked);
    return new ValidationRule(
        subject.self(),
        checked,
        declared,
        plan(checked, environment, kind),
        subject.optionalOldSelf() && !subject.message());
  }

  private static void requireType(Subject subject, Checked checked) {
    CelType made = checked.type(checked.expression());
    if (subject.message() && !made.equals(CelType.STRING)) {
      throw new CelException("messageExpression must evaluate to a string");
    }
    if (!subject.message() && !made.equals(CelType.BOOL)) {
      throw new CelException("cel expression must evaluate to a bool");
    }
  }

  private static Planner.Plan plan(Checked checked, Environment environment, String kind) {
    try {
      return Planner.plan(checked, environment);
    } catch (CelException wrong) {
      throw new CelException(
          (kind.isEmpty() ? "program " : kind) + "instantiation failed: " + wrong.getMessage());
    }
  }

  /// Whether it compares a value with what was there before.
  public boolean usesOldSelf() {
    return checked.names().contains(OLD_SELF);
  }

  /// What one run costs at most, whatever the value is. Unsigned.
  public long worstCost() {
    return Estimator.worst(checked, declared);
  }

  /// How many values of the schema fit into one request.
  public long valuesMax() {
    return SchemaTypes.REQUEST_BYTES_MAX / (declared.minBytes() + 1);
  }

  /// The result of one run.
  ///
  /// @param made what the expression made, empty when it could not be computed
  /// @param problem why it could not be computed, empty when it could
  /// @param cost in upstream's units
  /// @param cancelled whether it was given up because it costs too much
  public record Result(Optional<Json> made, String problem, long cost, boolean cancelled) {
    public boolean holds() {
      return made.isPresent() && made.get().equals(Json.Bool.TRUE);
    }
  }

  /// @param old null when nothing was there
  public Result run(Json value, @Nullable Json old, Effort effort) {
    @Nullable Value[] variables = new Value[plan.slots()];
    Activation frame = new Activation(variables, effort);
    try {
      frame.set(0, () -> JsonAdapter.value(self, value));
      frame.set(1, () -> before(old));
      Value made = plan.step().run(frame);
      Json result =
          made instanceof Value.Text(String text)
              ? Json.of(text)
              : Json.of(Interpretable.isTrue(made));
      return new Result(Optional.of(result), "", frame.cost(), false);
    } catch (CelException wrong) {
      return new Result(Optional.empty(), wrong.getMessage(), frame.cost(), wrong.isCancelled());
    }
  }

  private @Nullable Value before(@Nullable Json old) {
    if (optionalOldSelf) {
      return new Value.OptionalValue(
          Optional.ofNullable(old).map(before -> JsonAdapter.value(self, before)));
    }
    return old == null ? null : JsonAdapter.value(self, old);
  }
}
