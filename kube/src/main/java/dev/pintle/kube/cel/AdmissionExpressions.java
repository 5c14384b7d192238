package dev.pintle.kube.cel;

import dev.pintle.kube.rule.TableFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The compiler of the expressions of one policy or webhook of admission. It tells what is wrong with an expression, and keeps nothing
/// of it but the type of what it makes; who compiles with it keeps more ([AdmissionPrograms]).
public final class AdmissionExpressions {
  private static final Environment WITHOUT_PATCHES = Environment.STANDARD;
  private static final Environment WITH_PATCHES =
      WITHOUT_PATCHES.declaring(
          TableFile.beside(AdmissionExpressions.class, "patch-functions.txt"),
          Map.of("jsonpatch.escapeKey", (_, given) -> escaped(TextFunctions.text(given, 0))));
  private static final Map<String, String> SHOWN_AS =
      Map.of(
          "duration", "google.protobuf.Duration",
          "timestamp", "google.protobuf.Timestamp",
          "null", "null_type",
          "any", "google.protobuf.Any");

  private final Map<String, CelType> variables = new HashMap<>();
  private final Map<Surroundings, Environment> environments = new HashMap<>();
  private final boolean composed;

  /// @param composed whether the expressions know the named values of their policy (`variables.a`)
  public AdmissionExpressions(boolean composed) {
    this.composed = composed;
  }

  /// A type, or one of several, that an expression has to make.
  public enum Result {
    TRUTH,
    TEXT,
    TEXT_OR_NULL,
    ANYTHING,
    APPLIED,
    OPERATIONS;

    /// The types that it can be of, none when it can be of any.
    private List<CelType> types() {
      return switch (this) {
        case TRUTH -> List.of(CelType.BOOL);
        case TEXT -> List.of(CelType.STRING);
        case TEXT_OR_NULL -> List.of(CelType.STRING, CelType.NULL);
        case ANYTHING -> List.of();
        case APPLIED -> List.of(AdmissionTypes.APPLIED);
        case OPERATIONS -> List.of(CelType.list(AdmissionTypes.OPERATION));
      };
    }
  }

  /// The names that an expression knows besides the object, what it was, its namespace and the request.
  ///
  /// @param params whether there is an object with parameters
  /// @param authorizer whether rights can be asked for
  /// @param patches whether objects and operations can be made
  public record Surroundings(boolean params, boolean authorizer, boolean patches) {}

  /// A fault of an expression.
  ///
  /// @param internal whether it would only fail when it is made ready to run
  public record Complaint(String text, boolean internal) {}

  /// @return nothing when the expression can be used
  public Optional<Complaint> check(String text, Surroundings around, Result wanted) {
    try {
      compile(text, around, wanted);
      return Optional.empty();
    } catch (CelException wrong) {
      return Optional.of(
          new Complaint(wrong.getMessage(), wrong.getMessage().startsWith("program ")));
    }
  }

  /// Checks the expression of a value that the expressions after it may name.
  public Optional<Complaint> define(String name, String text, Surroundings around) {
    try {
      compileVariable(name, text, around);
      return Optional.empty();
    } catch (CelException wrong) {
      return Optional.of(
          new Complaint(wrong.getMessage(), wrong.getMessage().startsWith("program ")));
    }
  }

  /// An expression that can be run.
  ///
  /// @param type of what it makes
  /// @param environment with the variables that a run needs, in the order of their slots
  record Compiled(CelType type, Planner.Plan plan, Environment environment) {}

  /// As [#define], with what is to be run.
  Compiled compileVariable(String name, String text, Surroundings around) {
    variables.put(name, CelType.DYN);
    Compiled compiled = compile(text, around, Result.ANYTHING);
    variables.put(name, compiled.type());
    return compiled;
  }

  /// @throws CelException that tells all that is wrong with the expression
  Compiled compile(String text, Surroundings around, Result result) {
    List<CelType> wanted = result.types();
    Environment environment = environments.computeIfAbsent(around, this::environment);
    ExpressionErrors complaints = new ExpressionErrors();
    Checked checked;
    try {
      Expression expression = Parser.parse(text, complaints);
      complaints.require(text);
      StructTypes types = AdmissionTypes.of(variables, around.patches());
      checked = Checker.check(expression, environment, types, complaints);
      complaints.require(text);
      LiteralCheck.check(checked, complaints);
      complaints.require(text);
    } catch (CelException wrong) {
      if (wrong.offset() != ExpressionErrors.ALL_TOLD) {
        complaints.add(wrong.offset(), wrong.getMessage());
      }
      throw new CelException("compilation failed: " + complaints.shown(text));
    }
    CelType made = checked.type(checked.expression());
    if (!wanted.isEmpty() && !wanted.contains(made.plain())) {
      throw new CelException(mismatch(wanted, made));
    }
    try {
      return new Compiled(made, Planner.plan(checked, environment), environment);
    } catch (CelException wrong) {
      throw new CelException("program instantiation failed: " + wrong.getMessage());
    }
  }

  /// The name of a field, as a path of a patch has it.
  private static Value escaped(String name) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '/' -> escaped.append("~1");
        case '~' -> escaped.append("~0");
        default -> escaped.append(c);
      }
    }
    return Value.of(escaped.toString());
  }

  private static String mismatch(List<CelType> wanted, CelType made) {
    List<String> names = new ArrayList<>();
    wanted.forEach(type -> names.add(shown(type)));
    String all = names.size() == 1 ? names.getFirst() : "one of [" + String.join(" ", names) + "]";
    return "must evaluate to %s but got %s".formatted(all, shown(made));
  }

  static String shown(CelType type) {
    String name = SHOWN_AS.getOrDefault(type.name(), type.name());
    if (type.parameters().isEmpty()) {
      return name;
    }
    List<String> parts = new ArrayList<>();
    type.parameters().forEach(part -> parts.add(shown(part)));
    return name + "(" + String.join(", ", parts) + ")";
  }

  private Environment environment(Surroundings around) {
    Environment environment =
        (around.patches() ? WITH_PATCHES : WITHOUT_PATCHES)
            .with("object", CelType.DYN)
            .with("oldObject", CelType.DYN)
            .with("namespaceObject", AdmissionTypes.NAMESPACE)
            .with("request", AdmissionTypes.REQUEST);
    if (around.params()) {
      environment = environment.with("params", CelType.DYN);
    }
    if (around.authorizer()) {
      environment =
          environment
              .with("authorizer", AdmissionTypes.AUTHORIZER)
              .with("authorizer.requestResource", AdmissionTypes.RESOURCE_CHECK);
    }
    return composed ? environment.with("variables", AdmissionTypes.VARIABLES) : environment;
  }
}
