package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.ValueRules;
import dev.pintle.kube.schema.ValueRules.Bounds;
import dev.pintle.kube.schema.ValueRules.NumberRules;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Bounds, patterns and formats of numbers and texts.
final class ScalarChecks {
  private static final int PATTERNS_KEPT_MAX = 4_096;
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private ScalarChecks() {}

  static void number(
      NumberRules rules, Json value, double number, FieldPath path, List<FieldError> found) {
    Double maximum = rules.maximum();
    if (maximum != null && (rules.maximumExcluded() ? number >= maximum : number > maximum)) {
      add(
          found,
          path,
          value,
          (rules.maximumExcluded() ? "less than " : "less than or equal to ") + plain(maximum));
    }
    Double minimum = rules.minimum();
    if (minimum != null && (rules.minimumExcluded() ? number <= minimum : number < minimum)) {
      add(
          found,
          path,
          value,
          (rules.minimumExcluded() ? "greater than " : "greater than or equal to ")
              + plain(minimum));
    }
    Double factor = rules.multipleOf();
    if (factor != null && number / factor != Math.rint(number / factor)) {
      found.add(
          FieldError.invalid(
              path, value, "%s in body should be a multiple of %s".formatted(path, plain(factor))));
    }
  }

  private static void add(List<FieldError> found, FieldPath path, Json value, String rest) {
    found.add(FieldError.invalid(path, value, "%s in body should be %s".formatted(path, rest)));
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  static void text(ValueRules rules, Json.Text value, FieldPath path, List<FieldError> found) {
    Bounds length = rules.text().length();
    int characters = value.value().codePointCount(0, value.value().length());
    Long most = length.atMost();
    if (most != null && characters > most) {
      found.add(FieldError.tooLong(path, Math.toIntExact(most)));
    }
    Long least = length.atLeast();
    if (least != null && characters < least) {
      found.add(
          FieldError.invalid(
              path, value, "%s in body should be at least %d chars long".formatted(path, least)));
    }
    String pattern = rules.text().pattern();
    if (pattern != null && !matches(pattern, value.value())) {
      found.add(
          FieldError.invalid(path, value, "%s in body should match '%s'".formatted(path, pattern)));
    }
    if (!ValueFormats.accepts(rules.format(), value.value())) {
      found.add(
          new FieldError(
              FieldError.Kind.TYPE_INVALID,
              path.toString(),
              value,
              "%s in body must be of type %s: \"%s\""
                  .formatted(path, rules.format(), value.value())));
    }
  }

  private static boolean matches(String expression, String text) {
    Pattern pattern = PATTERNS.get(expression);
    if (pattern == null) {
      try {
        pattern = Pattern.compile(expression);
      } catch (PatternSyntaxException _) {
        return false;
      }
      if (PATTERNS.size() < PATTERNS_KEPT_MAX) {
        PATTERNS.put(expression, pattern);
      }
    }
    return pattern.matcher(text).find();
  }
}
