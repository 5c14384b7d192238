package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rules of ranges: least, most and given amounts agree with one another.
final class LimitRangeRules {
  private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");

  /// Below it ratios are of thousandths.
  private static final long MILLI_MAX = Long.MAX_VALUE / 1000;

  /// Which amount may not be more than which, as upstream looks and tells: it does not always show the amount of the
  /// field that it places the error at.
  private static final List<Order> ORDERS =
      List.of(
          new Order("min", "min", "max", "max", "min", "min"),
          new Order(
              "min",
              "min",
              "defaultRequest",
              "default request",
              "defaultRequest",
              "defaultRequest"),
          new Order(
              "defaultRequest",
              "default request",
              "max",
              "max",
              "defaultRequest",
              "defaultRequest"),
          new Order(
              "defaultRequest",
              "default request",
              "default",
              "default limit",
              "defaultRequest",
              "defaultRequest"),
          new Order("min", "min", "default", "default", "default", "min"),
          new Order("default", "default", "max", "max", "default", "max"));

  private LimitRangeRules() {}

  /// An order of two amounts.
  ///
  /// @param told the field that the error is placed at
  /// @param shown the field whose amount it shows
  private record Order(
      String less, String lessWords, String more, String moreWords, String told, String shown) {}

  static Map<String, NamedRule> all() {
    return Map.of("limitRange", LimitRangeRules::limitRange);
  }

  private static void limitRange(ValidatedObject range) {
    Set<String> types = new HashSet<>();
    for (ValidatedObject item : range.childOrEmpty("spec").items("limits")) {
      type(item);
      if (!types.add(item.text("type"))) {
        item.add(FieldError.duplicate(item.path("type"), Json.of(item.text("type"))));
      }
      new Item(item, item.text("type").equals("Pod")).check();
    }
  }

  private static void type(ValidatedObject item) {
    String type = item.text("type");
    List<String> complaints = Formats.qualifiedName(type);
    complaints.forEach(complaint -> item.invalidWord("type", complaint));
    if (complaints.isEmpty() && type.indexOf('/') < 0 && !TYPES.contains(type)) {
      item.invalidWord("type", "must be a standard limit type or fully qualified");
    }
  }

  /// One item of a range.
  ///
  /// @param ofPods pods have no defaults, only their containers do
  private record Item(ValidatedObject place, boolean ofPods) {
    void check() {
      Set<String> names = new TreeSet<>();
      names(names, "max");
      names(names, "min");
      if (ofPods) {
        refuse("default");
        refuse("defaultRequest");
      } else {
        names(names, "default");
        names(names, "defaultRequest");
      }
      if (place.text("type").equals("PersistentVolumeClaim")
          && !place.map("min").has("storage")
          && !place.map("max").has("storage")) {
        place.required(
            "limits",
            "either minimum or maximum storage value is required, but neither was provided");
      }
      names(names, "maxLimitRequestRatio");
      for (String name : names) {
        ORDERS.forEach(order -> order(order, name));
        ratio(name);
        exact(name);
      }
    }

    private void names(Set<String> names, String field) {
      boolean ofContainers = ofPods || place.text("type").equals("Container");
      for (JsonObject.Field amount : place.map(field)) {
        FieldPath path = place.path(field).key(amount.name());
        if (ofContainers) {
          ResourceNameRules.checkNameOfContainer(amount.name(), path, place);
        } else {
          ResourceNameRules.checkName(amount.name(), path, place);
        }
        names.add(amount.name());
      }
    }

    private void refuse(String field) {
      if (!place.map(field).isEmpty()) {
        place.forbidden(field, "may not be specified when `type` is 'Pod'");
      }
    }

    private @Nullable Quantity amount(String field, String name) {
      boolean none = ofPods && field.startsWith("default");
      return none ? null : ResourceNameRules.quantity(place.map(field), name);
    }

    private void order(Order order, String name) {
      Quantity less = amount(order.less(), name);
      Quantity more = amount(order.more(), name);
      if (less != null && more != null && less.compareTo(more) > 0) {
        Quantity shown = order.shown().equals(order.less()) ? less : more;
        String detail =
            "%s value %s is greater than %s value %s"
                .formatted(order.lessWords(), less, order.moreWords(), more);
        invalid(name, order.told(), shown, detail);
      }
    }

    private void ratio(String name) {
      Quantity ratio = amount("maxLimitRequestRatio", name);
      if (ratio == null) {
        return;
      }
      if (ratio.compareTo(Quantity.of(1)) < 0) {
        invalid(name, "maxLimitRequestRatio", ratio, "ratio %s is less than 1".formatted(ratio));
      }
      Quantity least = amount("min", name);
      Quantity most = amount("max", name);
      if (least != null && most != null) {
        double bound = bound(ratio, least, most);
        if (value(ratio, least, most) > bound) {
          String detail = "ratio %s is greater than max/min = %s".formatted(ratio, shown(bound));
          invalid(name, "maxLimitRequestRatio", ratio, detail);
        }
      }
    }

    private static boolean isFine(Quantity ratio, Quantity least, Quantity most) {
      return ratio.value() < MILLI_MAX && least.value() < MILLI_MAX && most.value() < MILLI_MAX;
    }

    private static double value(Quantity ratio, Quantity least, Quantity most) {
      return isFine(ratio, least, most) ? ratio.milliValue() / 1000.0 : ratio.value();
    }

    private static double bound(Quantity ratio, Quantity least, Quantity most) {
      return isFine(ratio, least, most)
          ? (double) most.milliValue() / least.milliValue()
          : (double) most.value() / least.value();
    }

    private static String shown(double bound) {
      return Double.isInfinite(bound)
          ? (bound > 0 ? "+Inf" : "-Inf")
          : String.format(Locale.ROOT, "%f", bound);
    }

    /// What cannot be had in part is asked for as much as it may be taken.
    private void exact(String name) {
      Quantity given = amount("default", name);
      Quantity request = amount("defaultRequest", name);
      if (!ResourceNameRules.mayBeOvercommitted(name)
          && given != null
          && request != null
          && !given.equals(request)) {
        String detail =
            "default value %s must equal to defaultRequest value %s in %s"
                .formatted(given, request, name);
        invalid(name, "defaultRequest", request, detail);
      }
    }

    private void invalid(String name, String field, Quantity value, String detail) {
      place.add(FieldError.invalid(place.path(field).key(name), Json.of(value.toString()), detail));
    }
  }
}
