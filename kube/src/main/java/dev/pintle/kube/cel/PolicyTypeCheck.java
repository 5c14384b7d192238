package dev.pintle.kube.cel;

import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The check of the expressions of a policy against the types of what it is about. When a policy is written nothing is known of these,
/// and when it is asked a wrong name only fails; this tells of it beforehand.
public final class PolicyTypeCheck {
  private static final CelType UNKNOWN = CelType.DYN;

  private final Map<String, CelType> variables = new HashMap<>();
  private final List<SchemaTypes> schemas = new ArrayList<>(2);
  private final Environment environment;
  private final StructTypes types;

  /// The kind of parameters of a policy.
  ///
  /// @param schema null when it is not known
  public record Params(@Nullable SchemaNode schema) {}

  /// @param object what the policy is about
  /// @param params null when the policy has none
  public PolicyTypeCheck(SchemaNode object, @Nullable Params params) {
    CelType ofObject = type(object, "object");
    Environment known =
        Environment.STANDARD
            .with("namespaceObject", AdmissionTypes.NAMESPACE)
            .with("request", AdmissionTypes.REQUEST)
            .with("object", ofObject)
            .with("oldObject", ofObject)
            .with("authorizer", AdmissionTypes.AUTHORIZER)
            .with("variables", AdmissionTypes.VARIABLES);
    if (params != null) {
      SchemaNode schema = params.schema();
      known = known.with("params", schema == null ? UNKNOWN : type(schema, "params"));
    }
    this.environment = known;
    this.types = new Known(AdmissionTypes.of(variables, false), schemas);
  }

  private CelType type(SchemaNode schema, String name) {
    SchemaTypes found = new SchemaTypes();
    DeclType declared = found.named(schema, name);
    schemas.add(found);
    return declared == null ? UNKNOWN : declared.type();
  }

  /// The types of admission, and those of the schemas.
  private record Known(StructTypes admission, List<SchemaTypes> schemas) implements StructTypes {
    @Override
    public @Nullable CelType field(CelType struct, String name) {
      for (SchemaTypes schema : schemas) {
        if (schema.describes(struct)) {
          return schema.field(struct, name);
        }
      }
      return admission.field(struct, name);
    }

    @Override
    public boolean describes(CelType struct) {
      return admission.describes(struct)
          || schemas.stream().anyMatch(schema -> schema.describes(struct));
    }

    @Override
    public @Nullable CelType made(String name) {
      return admission.made(name);
    }
  }

  /// Makes a value known to the expressions after it; of one that is wrong nothing is known.
  public void define(String name, String text) {
    ExpressionErrors complaints = new ExpressionErrors();
    Checked checked = checked(text, complaints);
    variables.put(name, checked == null ? UNKNOWN : checked.type(checked.expression()));
  }

  /// What is wrong with an expression, with the places in it.
  public Optional<String> check(String text) {
    ExpressionErrors complaints = new ExpressionErrors();
    return checked(text, complaints) == null
        ? Optional.of(complaints.shown(text))
        : Optional.empty();
  }

  private @Nullable Checked checked(String text, ExpressionErrors complaints) {
    try {
      Expression expression = Parser.parse(text, complaints);
      complaints.require(text);
      Checked checked = Checker.check(expression, environment, types, complaints);
      complaints.require(text);
      LiteralCheck.check(checked, complaints);
      complaints.require(text);
      return checked;
    } catch (CelException wrong) {
      if (wrong.offset() != ExpressionErrors.ALL_TOLD) {
        complaints.add(wrong.offset(), wrong.getMessage());
      }
      return null;
    }
  }
}
