package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names and amounts of resources.
public final class ResourceNameRules {
  private static final String HUGE_PAGES = "hugepages-";
  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");
  private static final Set<String> STANDARD =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "storage",
          "requests.storage");

  private ResourceNameRules() {}

  static boolean isHugePage(String name) {
    return name.startsWith(HUGE_PAGES);
  }

  public static boolean isNative(String name) {
    return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
  }

  static boolean mayBeOvercommitted(String name) {
    return isNative(name) && !isHugePage(name);
  }

  /// Whether it names something that only some nodes have.
  public static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Formats.qualifiedName("requests." + name).isEmpty();
  }

  /// The name of what a container may ask for.
  static void checkNameOfContainer(String name, FieldPath path, ValidatedObject reporter) {
    checkName(name, path, reporter);
    if (name.indexOf('/') < 0) {
      if (!OF_CONTAINERS.contains(name) && !isHugePage(name)) {
        reporter.add(
            FieldError.invalidWord(path, name, "must be a standard resource for containers"));
      }
    } else if (!isNative(name) && !isExtended(name)) {
      reporter.add(
          FieldError.invalidWord(path, name, "doesn't follow extended resource name standard"));
    }
  }

  static void checkName(String name, FieldPath path, ValidatedObject reporter) {
    List<String> complaints = Formats.qualifiedName(name);
    for (String complaint : complaints) {
      reporter.add(FieldError.invalidWord(path, name, complaint));
    }
    boolean known = STANDARD.contains(name) || COUNTED.contains(name) || isBoundedPage(name);
    if (complaints.isEmpty() && name.indexOf('/') < 0 && !known) {
      String detail = "must be a standard resource type or fully qualified";
      reporter.add(FieldError.invalidWord(path, name, detail));
    }
  }

  /// The name of what a budget may bound.
  static void checkNameOfQuota(String name, FieldPath path, ValidatedObject reporter) {
    checkName(name, path, reporter);
    if (name.indexOf('/') < 0 && !isOfQuota(name)) {
      reporter.add(FieldError.invalidWord(path, name, "must be a standard resource for quota"));
    }
  }

  /// Storage is bounded by what is asked for of it, not by itself.
  static boolean isOfQuota(String name) {
    return (STANDARD.contains(name) && !name.equals("storage"))
        || COUNTED.contains(name)
        || isBoundedPage(name);
  }

  private static boolean isBoundedPage(String name) {
    return isHugePage(name) || name.startsWith("requests." + HUGE_PAGES);
  }

  static void checkValue(String name, Json value, FieldPath path, ValidatedObject reporter) {
    Quantity quantity = quantity(value);
    if (quantity == null) {
      return;
    }
    Json shown = Json.of(quantity.toString());
    if (quantity.sign() < 0) {
      reporter.add(FieldError.invalid(path, shown, "must be greater than or equal to 0"));
    }
    if ((COUNTED.contains(name) || isExtended(name)) && !quantity.isWhole()) {
      reporter.add(FieldError.invalid(path, shown, "must be an integer"));
    }
  }

  /// Null for what is no quantity, which decoding refuses.
  static @Nullable Quantity quantity(@Nullable Json value) {
    try {
      return switch (value) {
        case Json.Text(var text) -> Quantity.parse(text);
        case Json.Whole(var number) -> Quantity.of(number);
        case null -> null;
        case JsonObject _, JsonArray _, Json.Decimal _, Json.Bool _, Json.Null _ -> null;
      };
    } catch (QuantitySyntaxException malformed) {
      return null;
    }
  }

  static @Nullable Quantity quantity(JsonObject amounts, String name) {
    return quantity(amounts.get(name));
  }

  /// Whether an amount of huge pages is not so many whole ones.
  static boolean isPartOfHugePage(String name, Json amount) {
    Quantity quantity = isHugePage(name) ? quantity(amount) : null;
    Quantity page = pageSize(name);
    return quantity != null && (page == null || page.sign() <= 0 || !quantity.isMultipleOf(page));
  }

  /// `2Mi` of `hugepages-2Mi`; null when the name says no size.
  static @Nullable Quantity pageSize(String name) {
    return isHugePage(name) ? quantity(Json.of(name.substring(HUGE_PAGES.length()))) : null;
  }
}
