package dev.pintle.kube.validation;

import dev.pintle.kube.cel.DeviceExpressions;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of claims for devices, and of the classes that they name. How long lists are, what stands in them twice and the
/// words of a choice are declared, see `Declared…` in the table; lists that are too long are not looked at here.
final class DeviceClaimRules {
  static final int LIST_MAX = 32;
  private static final int ALTERNATIVES_MAX = 8;
  private static final int EXPRESSION_BYTES_MAX = 10 * 1024;
  private static final int PARAMETERS_BYTES_MAX = 10 * 1024;
  private static final String ONE_FORM = "exactly one of `exactly` or `firstAvailable` is required";
  private static final String NOT_A_REQUEST =
      "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

  /// What the metadata of a claim to be cannot have.
  private static final List<String> UNUSED =
      List.of(
          "name",
          "generateName",
          "namespace",
          "selfLink",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private DeviceClaimRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "deviceClaim", DeviceClaimRules::claim,
        "deviceClassSelectors", DeviceClaimRules::classSelectors,
        "deviceClassConfiguration", DeviceClaimRules::classConfiguration,
        "deviceAttributesDeclared", DeviceClaimRules::declaredAttributes,
        "claimTemplateMetadata", DeviceClaimRules::templateMetadata,
        "claimTemplateKept", DeviceClaimRules::templateKept);
  }

  private static void claim(ValidatedObject devices) {
    Map<String, Set<String>> names = requestNames(devices.structure());
    for (ValidatedObject request : bounded(devices, "requests", LIST_MAX)) {
      request(request);
    }
    for (ValidatedObject constraint : bounded(devices, "constraints", LIST_MAX)) {
      references(constraint, names);
      if (!constraint.has("matchAttribute") && !constraint.has("distinctAttribute")) {
        constraint.add(
            FieldError.required(
                constraint.path(),
                "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set"));
      }
    }
    for (ValidatedObject configuration : bounded(devices, "config", LIST_MAX)) {
      references(configuration, names);
      configuration(configuration, false);
    }
  }

  /// The items of a list, none of one that is too long.
  static List<ValidatedObject> bounded(ValidatedObject structure, String field, int itemsMax) {
    return structure.count(field) > itemsMax ? List.of() : structure.items(field);
  }

  /// The names of requests, each with those of its alternatives.
  static Map<String, Set<String>> requestNames(JsonObject devices) {
    Map<String, Set<String>> names = new HashMap<>();
    for (JsonObject request : devices.objects("requests")) {
      Set<String> alternatives = new HashSet<>();
      for (JsonObject alternative : request.objects("firstAvailable")) {
        alternatives.add(alternative.textOrEmpty("name"));
      }
      names.put(request.textOrEmpty("name"), alternatives);
    }
    return names;
  }

  private static void request(ValidatedObject request) {
    request.invalid("name", Formats.dns1123Label(request.text("name")));
    ValidatedObject exactly = request.child("exactly");
    boolean alternatives = request.count("firstAvailable") > 0;
    if (exactly == null && !alternatives) {
      request.add(FieldError.required(request.path(), ONE_FORM));
    } else if (exactly != null && alternatives) {
      request.add(
          FieldError.invalid(
              request.path(), Json.NULL, ONE_FORM + ", but multiple fields are set"));
    } else if (exactly != null) {
      className(exactly);
      demand(exactly);
    } else {
      for (ValidatedObject one : bounded(request, "firstAvailable", ALTERNATIVES_MAX)) {
        one.invalid("name", Formats.dns1123Label(one.text("name")));
        demand(one);
      }
    }
  }

  private static void className(ValidatedObject exactly) {
    String name = exactly.text("deviceClassName");
    if (name.isEmpty()) {
      exactly.required("deviceClassName", "");
    } else {
      exactly.invalid("deviceClassName", Formats.dns1123Subdomain(name));
    }
  }

  private static void demand(ValidatedObject demand) {
    selectors(demand, false);
    String mode = demand.text("allocationMode");
    long count = demand.number("count");
    if (mode.equals("All") && count != 0) {
      demand.invalid("count", "must not be specified when allocationMode is 'All'");
    } else if (mode.equals("ExactCount") && count <= 0) {
      demand.add(
          FieldError.invalid(demand.path("count"), Json.of(count), "must be greater than zero"));
    }
    tolerations(demand);
  }

  static void tolerations(ValidatedObject demand) {
    for (ValidatedObject toleration : demand.items("tolerations")) {
      String value = toleration.text("value");
      switch (toleration.text("operator")) {
        case "Exists" -> {
          if (!value.isEmpty()) {
            toleration.invalid("value", "must be empty for operator `Exists`");
          }
        }
        case "Equal" -> toleration.invalid("value", Formats.labelValue(value));
        default -> {
          // The choice is declared.
        }
      }
    }
  }

  /// @param stored whether they are those that were there: they are not looked at again
  private static void selectors(ValidatedObject holder, boolean stored) {
    for (ValidatedObject selector : bounded(holder, "selectors", LIST_MAX)) {
      ValidatedObject expression = selector.child("cel");
      if (expression == null) {
        selector.required("cel", "");
      } else if (!stored) {
        expression(expression);
      }
    }
  }

  private static void expression(ValidatedObject selector) {
    String text = selector.text("expression");
    FieldPath path = selector.path("expression");
    if (Formats.isLonger(text, EXPRESSION_BYTES_MAX)) {
      selector.add(FieldError.tooLong(path, EXPRESSION_BYTES_MAX));
      return;
    }
    DeviceExpressions.check(text)
        .ifPresent(complaint ->
            selector.add(
                switch (complaint.fault()) {
                  case INVALID -> FieldError.invalid(path, Json.of(text), complaint.text());
                  case COSTLY -> FieldError.forbidden(path, complaint.text());
                  case INTERNAL ->
                      new FieldError(
                          FieldError.Kind.INTERNAL, path.toString(), null, complaint.text());
                }));
  }

  static void references(ValidatedObject holder, Map<String, Set<String>> names) {
    List<String> requests = holder.texts("requests");
    if (requests.size() > LIST_MAX) {
      return;
    }
    for (int i = 0; i < requests.size(); i++) {
      reference(holder, holder.path("requests").index(i), requests.get(i), names);
    }
  }

  static void reference(
      ValidatedObject holder, FieldPath path, String name, Map<String, Set<String>> names) {
    String[] parts = name.split("/", -1);
    if (parts.length <= 2) {
      for (String part : parts) {
        DeviceNames.complain(holder, path, part, Formats.dns1123Label(part));
      }
    }
    Set<String> alternatives = names.get(parts[0]);
    boolean known =
        alternatives != null
            && (parts.length == 1 || (parts.length == 2 && alternatives.contains(parts[1])));
    if (!known) {
      holder.add(FieldError.invalid(path, Json.of(name), NOT_A_REQUEST));
    }
  }

  static void configuration(ValidatedObject configuration, boolean stored) {
    ValidatedObject opaque = configuration.child("opaque");
    if (opaque == null) {
      configuration.required("opaque", "");
    } else {
      CsiRules.driverNameBytes(opaque, "driver");
      raw(opaque, "parameters", stored ? Integer.MAX_VALUE : PARAMETERS_BYTES_MAX);
    }
  }

  /// An object of any form, not too long as it was written.
  static void raw(ValidatedObject holder, String field, int bytesMax) {
    Json value = holder.value(field);
    if (value == null) {
      holder.required(field, "");
    } else if (bytesMax < Integer.MAX_VALUE && Formats.isLonger(JsonWriter.text(value), bytesMax)) {
      holder.add(FieldError.tooLong(holder.path(field), bytesMax));
    } else if (!(value instanceof JsonObject)) {
      holder.add(
          FieldError.invalid(
              holder.path(field), Json.of("<value omitted>"), "must be a valid JSON object"));
    }
  }

  private static void classSelectors(ValidatedObject spec) {
    selectors(spec, isStored(spec, "selectors"));
  }

  private static void classConfiguration(ValidatedObject spec) {
    boolean stored = isStored(spec, "config");
    for (ValidatedObject configuration : bounded(spec, "config", LIST_MAX)) {
      configuration(configuration, stored);
    }
  }

  private static boolean isStored(ValidatedObject spec, String field) {
    JsonObject old = spec.old();
    return old != null && Immutable.isUntouched(spec.value(field), old.get(field));
  }

  private static void declaredAttributes(ValidatedObject constraint) {
    DeviceNames.declaredFullyQualified(constraint, "matchAttribute");
    DeviceNames.declaredFullyQualified(constraint, "distinctAttribute");
  }

  /// Of the metadata of the claims to be only labels and annotations can be given.
  static void templateMetadata(ValidatedObject spec) {
    ValidatedObject metadata = spec.childOrEmpty("metadata");
    MetadataOnCreate.checkAnnotations(
        metadata.map("annotations"), metadata.path("annotations"), metadata);
    Labels.check(metadata.map("labels"), metadata.path("labels"), metadata);
    for (String field : UNUSED) {
      Json value = metadata.structure().given(field);
      if (value != null
          && !(value instanceof Json.Null)
          && !Json.of("").equals(value)
          && (!Json.of(0).equals(value) || field.equals("deletionGracePeriodSeconds"))) {
        metadata.forbidden(field.equals("uid") ? "uID" : field, "cannot be set");
      }
    }
  }

  private static void templateKept(ValidatedObject template) {
    ValidatedObject spec = template.childOrEmpty("spec");
    JsonObject old = spec.old();
    if (old != null && !InternalForms.same("ResourceClaimTemplateSpec", spec.structure(), old)) {
      spec.add(
          FieldError.invalid(
              spec.path(),
              InternalForms.of("ResourceClaimTemplateSpec", spec.structure()),
              Immutable.MESSAGE));
    }
  }
}
