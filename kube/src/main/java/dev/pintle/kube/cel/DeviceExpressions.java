package dev.pintle.kube.cel;

import java.util.AbstractMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The compiler of the expressions that choose a device (`device.attributes["a.example.com"].model == "x"`). It tells what is wrong with
/// one, and keeps nothing of it: schedulers evaluate them.
public final class DeviceExpressions {
  private static final String DEVICE = "device";
  private static final String TYPE = "kubernetes.DRADevice";
  private static final int DOMAIN_MAX = 63;
  private static final int DRIVER_MAX = 63;
  private static final int NAME_MAX = 32;
  private static final int VALUE_MAX = 64;
  private static final int TRAITS_MAX = 32;
  private static final long COST_MAX = 1_000_000;

  // What an attribute holds is known when a device is there.
  private static final DeclType VALUE = DeclType.scalar(WellKnownMessages.ANYTHING, VALUE_MAX, 0);
  private static final DeclType NAME = DeclType.scalar(CelType.STRING, NAME_MAX, 0);
  private static final DeclType DOMAIN = DeclType.scalar(CelType.STRING, DOMAIN_MAX, 0);
  private static final DeclType AMOUNT = DeclType.scalar(CelType.QUANTITY, 0, 0);
  private static final DeclType DECLARED =
      new DeclType(
          CelType.struct(TYPE),
          Map.of(
              "driver",
              DeclType.scalar(CelType.STRING, DRIVER_MAX, 0),
              "allowMultipleAllocations",
              DeclType.scalar(CelType.BOOL, 1, 0),
              "attributes",
              map(DOMAIN, map(NAME, VALUE, new AnyName(VALUE)), Map.of()),
              "capacity",
              map(DOMAIN, map(NAME, AMOUNT, Map.of()), Map.of())),
          null,
          null,
          0,
          0);
  private static final Environment ENVIRONMENT = Environment.STANDARD.with(DEVICE, DECLARED.type());

  private static final StructTypes TYPES =
      new StructTypes() {
        @Override
        public @Nullable CelType field(CelType struct, String name) {
          DeclType field = struct.equals(DECLARED.type()) ? DECLARED.fields().get(name) : null;
          return field == null ? null : field.type();
        }

        @Override
        public boolean describes(CelType struct) {
          return struct.equals(DECLARED.type());
        }

        @Override
        public @Nullable CelType made(String name) {
          return name.equals(TYPE) ? DECLARED.type() : null;
        }
      };

  private DeviceExpressions() {}

  /// A fault of an expression.
  public enum Fault {
    /// It is none, or makes something else than yes or no.
    INVALID,
    /// It costs too much.
    COSTLY,
    /// It would fail when it is made ready to run.
    INTERNAL
  }

  /// A fault of one expression, in upstream's words.
  public record Complaint(Fault fault, String text) {}

  /// The sizes of values that are found under any name.
  private static final class AnyName extends AbstractMap<String, DeclType> {
    private final DeclType value;

    AnyName(DeclType value) {
      this.value = value;
    }

    @Override
    public DeclType get(Object name) {
      return value;
    }

    @Override
    public Set<Entry<String, DeclType>> entrySet() {
      return new HashSet<>();
    }
  }

  private static DeclType map(DeclType key, DeclType element, Map<String, DeclType> fields) {
    CelType type = CelType.map(key.type(), element.type());
    return new DeclType(type, fields, key, element, TRAITS_MAX, 0);
  }

  /// @return nothing when the expression can be used
  public static Optional<Complaint> check(String text) {
    ExpressionErrors complaints = new ExpressionErrors();
    Checked checked;
    try {
      Expression expression = Parser.parse(text, complaints, true);
      complaints.require(text);
      checked = Checker.check(expression, ENVIRONMENT, TYPES, complaints);
      complaints.require(text);
      LiteralCheck.check(checked, complaints);
      complaints.require(text);
    } catch (CelException wrong) {
      if (wrong.offset() != ExpressionErrors.ALL_TOLD) {
        complaints.add(wrong.offset(), wrong.getMessage());
      }
      return complaint(Fault.INVALID, "compilation failed: " + complaints.shown(text));
    }
    CelType made = checked.type(checked.expression());
    if (!made.plain().equals(CelType.BOOL) && !made.equals(WellKnownMessages.ANYTHING)) {
      return complaint(
          Fault.INVALID,
          "must evaluate to bool or the unknown type, not " + AdmissionExpressions.shown(made));
    }
    try {
      Planner.plan(checked, ENVIRONMENT);
    } catch (CelException wrong) {
      return complaint(Fault.INTERNAL, "program instantiation failed: " + wrong.getMessage());
    }
    return Long.compareUnsigned(Estimator.worst(checked, DECLARED), COST_MAX) > 0
        ? complaint(Fault.COSTLY, "too complex, exceeds cost limit")
        : Optional.empty();
  }

  private static Optional<Complaint> complaint(Fault fault, String text) {
    return Optional.of(new Complaint(fault, text));
  }
}
