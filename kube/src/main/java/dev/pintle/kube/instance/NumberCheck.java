package dev.pintle.kube.instance;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.ValueRules.NumberRules;

/// Bounds of numbers, and whether they fit their type at all.
final class NumberCheck {
  private final SchemaNode node;
  private final InstanceValue subject;
  private final ValidationResult verdict;

  private NumberCheck(SchemaNode node, InstanceValue subject, ValidationResult verdict) {
    this.node = node;
    this.subject = subject;
    this.verdict = verdict;
  }

  static void check(SchemaNode node, InstanceValue subject, ValidationResult verdict) {
    NumberCheck check = new NumberCheck(node, subject, verdict);
    NumberRules rules = node.rules().number();
    check.requireFitting(subject.value(), "Checked");
    Double factor = rules.multipleOf();
    if (factor != null) {
      check.multiple(factor);
    }
    Double minimum = rules.minimum();
    if (minimum != null) {
      check.minimum(minimum, rules.minimumExcluded());
    }
    Double maximum = rules.maximum();
    if (maximum != null) {
      check.maximum(maximum, rules.maximumExcluded());
    }
    verdict.match();
    verdict.match();
  }

  /// A number outside the range of its type and format is told of, and checked against the rest none the less.
  private boolean requireFitting(Json number, String what) {
    String format = ValueFormats.checked(node);
    String type = node.kind() == ValueKind.DOUBLE ? "number" : "integer";
    boolean fits =
        switch (node.kind()) {
          case INT32, INT64 -> isInteger(number, format.equals("int32") ? 32 : 64);
          case DOUBLE -> !format.equals("float") || isFloat(number);
          case OBJECT,
              MAP,
              LIST,
              TEXT,
              BOOLEAN,
              BYTES,
              TIME,
              MICRO_TIME,
              QUANTITY,
              INT_OR_STRING,
              ANY ->
              true;
        };
    if (!fits) {
      String suffix = format.isEmpty() ? "(default format)" : "with format " + format;
      subject.ofWhole(
          verdict,
          "%s value must be of type %s %s in %s".formatted(what, type, suffix, subject.place()));
    }
    return fits;
  }

  private static boolean isInteger(Json number, int bits) {
    return switch (number) {
      case Json.Whole(long whole) -> bits == 64 || whole == (int) whole;
      case Json.Decimal(double value, _) ->
          value == Math.rint(value)
              && value >= (bits == 64 ? -0x1p63 : Integer.MIN_VALUE)
              && (bits == 64 ? value < 0x1p63 : value <= Integer.MAX_VALUE);
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> true;
    };
  }

  private static boolean isFloat(Json number) {
    return number instanceof Json.Decimal(double value, _)
        ? !Float.isInfinite((float) value)
        : true;
  }

  private double asDouble() {
    return switch (subject.value()) {
      case Json.Whole(long whole) -> (double) whole;
      case Json.Decimal(double number, _) -> number;
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> 0;
    };
  }

  private void multiple(double factor) {
    boolean fits = requireFitting(new Json.Decimal(factor), "MultipleOf");
    if (fits && subject.value() instanceof Json.Whole(long whole)) {
      multipleOfWhole(whole, (long) factor);
      return;
    }
    if (factor <= 0) {
      notPositive(GoNumbers.shortest(factor), new Json.Decimal(factor));
      return;
    }
    double times = factor < 1 ? 1 / factor * asDouble() : asDouble() / factor;
    if (!ValueTypes.isWhole(times)) {
      subject.invalid(
          verdict, subject.value(), "should be a multiple of " + GoNumbers.shortest(factor));
    }
  }

  private void multipleOfWhole(long number, long factor) {
    if (factor <= 0) {
      notPositive(Long.toString(factor), Json.of(factor));
    } else if (number % factor != 0) {
      subject.invalid(verdict, subject.value(), "should be a multiple of " + factor);
    }
  }

  private void notPositive(String factor, Json shown) {
    String message =
        "factor MultipleOf declared for %s must be positive: %s".formatted(subject.place(), factor);
    verdict.add(
        message,
        new dev.pintle.kube.validation.FieldError(
            dev.pintle.kube.validation.FieldError.Kind.INVALID, subject.field(), shown, message));
  }

  private void minimum(double minimum, boolean excluded) {
    boolean fits = requireFitting(new Json.Decimal(minimum), "Minimum boundary");
    String words = excluded ? "should be greater than " : "should be greater than or equal to ";
    if (fits && subject.value() instanceof Json.Whole(long number)) {
      long least = (long) minimum;
      if (excluded ? number <= least : number < least) {
        subject.invalid(verdict, subject.value(), words + least);
      }
    } else if (excluded ? asDouble() <= minimum : asDouble() < minimum) {
      subject.invalid(verdict, subject.value(), words + GoNumbers.shortest(minimum));
    }
  }

  private void maximum(double maximum, boolean excluded) {
    boolean fits = requireFitting(new Json.Decimal(maximum), "Maximum boundary");
    String words = excluded ? "should be less than " : "should be less than or equal to ";
    if (fits && subject.value() instanceof Json.Whole(long number)) {
      long most = (long) maximum;
      if (excluded ? number >= most : number > most) {
        subject.invalid(verdict, subject.value(), words + most);
      }
    } else if (excluded ? asDouble() >= maximum : asDouble() > maximum) {
      subject.invalid(verdict, subject.value(), words + GoNumbers.shortest(maximum));
    }
  }
}
