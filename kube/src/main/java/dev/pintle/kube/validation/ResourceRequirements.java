package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// The rules of how much a container or a pod needs and may take.
final class ResourceRequirements {
  private static final Set<String> COMPUTE = Set.of("cpu", "memory");

  private ResourceRequirements() {}

  private interface NameCheck {
    void check(String name, FieldPath path, ValidatedObject reporter);
  }

  static void checkContainer(ValidatedObject resources, Set<String> claims) {
    check(resources, claims, ResourceNameRules::checkNameOfContainer);
  }

  /// @param claims of the pod
  static void checkPod(ValidatedObject resources, Set<String> claims) {
    if (resources.isGiven("claims")) {
      resources.forbidden("claims", "claims may not be set for Resources at pod-level");
    }
    check(resources, claims, ResourceRequirements::checkNameOfPod);
  }

  private static void checkNameOfPod(String name, FieldPath path, ValidatedObject reporter) {
    int before = reporter.context().findings().size();
    ResourceNameRules.checkName(name, path, reporter);
    boolean valid = reporter.context().findings().size() == before;
    if (valid && !COMPUTE.contains(name) && !ResourceNameRules.isHugePage(name)) {
      reporter.add(FieldError.notSupportedWord(path, name, List.of("cpu", "hugepages-", "memory")));
    }
  }

  private static void check(ValidatedObject resources, Set<String> claims, NameCheck names) {
    JsonObject limits = resources.map("limits");
    JsonObject requests = resources.map("requests");
    for (JsonObject.Field limit : limits) {
      amount(resources, limit, resources.path("limits").key(limit.name()), names);
    }
    for (JsonObject.Field request : requests) {
      FieldPath path = resources.path("requests").key(request.name());
      names.check(request.name(), path, resources);
      ResourceNameRules.checkValue(request.name(), request.value(), path, resources);
      withinLimit(resources, request, limits);
      pages(resources, request, path);
    }
    boolean pages = anyMatch(limits, true) || anyMatch(requests, true);
    if (pages && !anyMatch(limits, false) && !anyMatch(requests, false)) {
      resources.add(FieldError.forbidden(resources.path(), "HugePages require cpu or memory"));
    }
    claims(resources, claims);
  }

  private static boolean anyMatch(JsonObject amounts, boolean pages) {
    for (JsonObject.Field amount : amounts) {
      if (pages ? ResourceNameRules.isHugePage(amount.name()) : COMPUTE.contains(amount.name())) {
        return true;
      }
    }
    return false;
  }

  private static void amount(
      ValidatedObject resources, JsonObject.Field amount, FieldPath path, NameCheck names) {
    names.check(amount.name(), path, resources);
    ResourceNameRules.checkValue(amount.name(), amount.value(), path, resources);
    pages(resources, amount, path);
  }

  private static void pages(ValidatedObject resources, JsonObject.Field amount, FieldPath path) {
    Quantity quantity = ResourceNameRules.quantity(amount.value());
    if (quantity != null
        && ResourceNameRules.isPartOfHugePage(amount.name(), amount.value())
        && !OldFaults.inHugePages(resources.context())) {
      String detail =
          "%s is not positive integer multiple of %s".formatted(quantity, amount.name());
      resources.add(FieldError.invalid(path, Json.of(quantity.toString()), detail));
    }
  }

  private static void withinLimit(
      ValidatedObject resources, JsonObject.Field request, JsonObject limits) {
    Quantity quantity = ResourceNameRules.quantity(request.value());
    Quantity limit = ResourceNameRules.quantity(limits, request.name());
    boolean exact = !ResourceNameRules.mayBeOvercommitted(request.name());
    if (limit == null) {
      if (exact) {
        resources.required("limits", "Limit must be set for non overcommitable resources");
      }
    } else if (quantity != null
        && (exact ? !quantity.equals(limit) : quantity.compareTo(limit) > 0)) {
      String detail =
          "must be %s %s limit of %s"
              .formatted(exact ? "equal to" : "less than or equal to", request.name(), limit);
      resources.add(
          FieldError.invalid(resources.path("requests"), Json.of(quantity.toString()), detail));
    }
  }

  private static void claims(ValidatedObject resources, Set<String> known) {
    NavigableSet<String> keys = new TreeSet<>();
    for (ValidatedObject claim : resources.items("claims")) {
      String name = claim.text("name");
      if (name.isEmpty()) {
        claim.add(FieldError.required(claim.path(), ""));
        continue;
      }
      String request = claim.text("request");
      if (!request.isEmpty()) {
        claim.invalid("request", Formats.dns1123Label(request));
      }
      String key = request.isEmpty() ? name : name + "/" + request;
      boolean whole = request.isEmpty() && isBegun(keys, name + "/");
      if (keys.contains(name) || whole || !keys.add(key)) {
        claim.add(
            FieldError.duplicate(claim.path(), Json.of(keys.contains(name) || whole ? name : key)));
      }
      if (!known.contains(name)) {
        String names =
            known.isEmpty() ? " which is empty" : ": " + String.join(", ", new TreeSet<>(known));
        String detail = "must be one of the names in pod.spec.resourceClaims" + names;
        claim.add(
            new FieldError(
                FieldError.Kind.NOT_FOUND, claim.path().toString(), Json.of(name), detail));
      }
    }
  }

  /// Whether one of the texts begins so.
  private static boolean isBegun(NavigableSet<String> texts, String beginning) {
    String next = texts.ceiling(beginning);
    return next != null && next.startsWith(beginning);
  }
}
