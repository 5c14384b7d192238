package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of how much of a capacity that several share one of them may ask for.
final class CapacityPolicyRules {
  private static final int VALUES_MAX = 10;
  private static final Quantity WHOLE_MAX = Quantity.of(Long.MAX_VALUE);

  private CapacityPolicyRules() {}

  static void check(ValidatedObject capacity) {
    ValidatedObject policy = capacity.childOrEmpty("requestPolicy");
    Quantity all = amount(capacity, "value", Quantity.ZERO);
    boolean values = policy.count("validValues") > 0;
    ValidatedObject range = policy.child("validRange");
    if (values && range != null) {
      policy.add(
          FieldError.forbidden(
              policy.path(),
              "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same time"));
      return;
    }
    Quantity given = ResourceNameRules.quantity(policy.value("default"));
    if ((values || range != null) && given == null) {
      String what = values ? "validValues" : "validRange";
      policy.required("default", "required when %s is defined".formatted(what));
    } else if (values && given != null) {
      values(policy, given, all);
    } else if (range != null && given != null) {
      new Range(range, given, all).check();
    }
  }

  private static Quantity amount(ValidatedObject structure, String field, Quantity none) {
    Quantity amount = ResourceNameRules.quantity(structure.value(field));
    return amount == null ? none : amount;
  }

  private static void values(ValidatedObject policy, Quantity given, Quantity all) {
    FieldPath path = policy.path("validValues");
    List<Quantity> values = new ArrayList<>();
    JsonArray list = policy.structure().arrayOrEmpty("validValues");
    list.forEach(item -> {
      Quantity value = ResourceNameRules.quantity(item);
      values.add(value == null ? Quantity.ZERO : value);
    });
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i - 1).compareTo(values.get(i)) > 0) {
        invalid(policy, path.index(i), values.get(i), "values must be sorted in ascending order");
      }
    }
    if (values.size() > VALUES_MAX) {
      policy.add(FieldError.tooMany(path, values.size(), VALUES_MAX));
      values.clear();
    }
    bounded(policy, values, all);
    repeated(policy, values);
    if (!values.contains(given)) {
      invalid(policy, path, given, "default value is not valid according to the requestPolicy");
    }
  }

  private static void bounded(ValidatedObject policy, List<Quantity> values, Quantity all) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).compareTo(all) > 0) {
        invalid(
            policy,
            policy.path("validValues").index(i),
            values.get(i),
            "option is larger than capacity value: " + all);
      }
    }
  }

  /// Fractions are told apart by the whole numbers above them.
  private static void repeated(ValidatedObject policy, List<Quantity> values) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      String key = Long.toString(values.get(i).value());
      if (!seen.add(key)) {
        policy.add(FieldError.duplicate(policy.path("validValues").index(i), Json.of(key)));
      }
    }
  }

  private static void invalid(
      ValidatedObject reporter, FieldPath path, Quantity value, String detail) {
    reporter.add(FieldError.invalid(path, Json.of(value.toString()), detail));
  }

  /// From the least to the most that may be asked for, perhaps by steps.
  ///
  /// @param given what is asked for by those who do not say
  /// @param all how much there is
  private record Range(ValidatedObject place, Quantity given, Quantity all) {
    void check() {
      Quantity least = bound("min");
      if (least == null) {
        place.required("min", "required when validRange is defined");
        return;
      }
      Quantity most = bound("max");
      Quantity step = bound("step");
      order(least, most);
      if (step != null && step.sign() <= 0) {
        report("step", step, "must be greater than zero");
      } else if (step != null) {
        Quantity next = least.plus(step);
        if (next.compareTo(all) > 0) {
          report(
              "step", step, "one step %s is larger than capacity value: %s".formatted(next, all));
        }
        if (isReadable()) {
          multiple(given, least, step);
          multiple(most == null ? given : most, least, step);
        }
      }
    }

    private @Nullable Quantity bound(String field) {
      return ResourceNameRules.quantity(place.value(field));
    }

    private void order(Quantity least, @Nullable Quantity most) {
      if (least.compareTo(all) > 0) {
        report("min", least, "min is larger than capacity value: " + all);
      }
      if (given.compareTo(least) < 0) {
        report("default", given, "default is less than min: " + least);
      }
      if (most == null) {
        return;
      }
      if (least.compareTo(most) > 0) {
        report("max", least, "min is larger than max: " + most);
      }
      if (most.compareTo(all) > 0) {
        report("max", most, "max is larger than capacity value: " + all);
      }
      if (given.compareTo(most) > 0) {
        report("default", given, "default is more than max: " + most);
      }
    }

    /// Whether all numbers can be computed with.
    private boolean isReadable() {
      boolean readable = isReadable("default", given);
      for (String field : List.of("min", "max", "step")) {
        Quantity value = bound(field);
        readable &= value == null || isReadable(field, value);
      }
      return readable;
    }

    private boolean isReadable(String field, Quantity value) {
      if (value.sign() < 0) {
        report(field, value, "must be greater than or equal to 0");
      } else if (value.compareTo(WHOLE_MAX) > 0) {
        report(field, value, "must not be larger than 9223372036854775807");
      }
      return value.sign() >= 0 && value.compareTo(WHOLE_MAX) <= 0;
    }

    /// Of fractions the whole numbers above them count.
    private void multiple(Quantity value, Quantity least, Quantity step) {
      if ((value.value() - least.value()) % step.value() != 0) {
        report(
            "step",
            value,
            "value is not a multiple of a given step (%s) from (%s)".formatted(step, least));
      }
    }

    private void report(String field, Quantity value, String detail) {
      invalid(place, place.path(field), value, detail);
    }
  }
}
