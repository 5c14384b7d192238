package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of nodes.
final class NodeRules {
  private static final String RANGES_KEPT =
      "node updates may not change podCIDR except from \"\" to valid";
  private static final List<String> TAINT = List.of("key", "value", "effect", "timeAdded");

  private NodeRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("node", NodeRules::node, "nodeKept", NodeRules::nodeKept);
  }

  private static void node(ValidatedObject node) {
    annotations(node);
    taints(node);
    resources(node);
    NodeTraits.swap(node);
    NodeTraits.features(node);
    ValidatedObject spec = node.childOrEmpty("spec");
    List<String> ranges = ranges(spec);
    FieldPath path = spec.path("podCIDRs");
    for (int i = 0; i < ranges.size(); i++) {
      for (String complaint : Addresses.cidr(ranges.get(i))) {
        spec.add(FieldError.invalid(path.index(i), Json.of(ranges.get(i)), complaint));
      }
    }
    if (ranges.size() > 1) {
      families(spec, ranges);
    }
    if (ranges.size() > 2
        || (ranges.size() == 2 && ranges.get(0).contains(":") == ranges.get(1).contains(":"))) {
      spec.invalid("podCIDRs", "may specify no more than one CIDR for each IP family");
    }
  }

  /// What cannot be read is told once more where the families are compared.
  private static void families(ValidatedObject spec, List<String> ranges) {
    for (int i = 0; i < ranges.size(); i++) {
      if (!Addresses.isRange(ranges.get(i))) {
        String detail =
            "invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[%d]: <nil> (invalid CIDR address: %s)"
                .formatted(i, ranges.get(i));
        FieldPath path = spec.path("podCIDRs");
        spec.add(new FieldError(FieldError.Kind.INTERNAL, path.toString(), null, detail));
        spec.invalid("podCIDRs", "may specify no more than one CIDR for each IP family");
        return;
      }
    }
  }

  /// The one range of old clients counts where there is no list.
  private static List<String> ranges(ValidatedObject spec) {
    List<String> ranges = spec.texts("podCIDRs");
    return ranges.isEmpty() && !spec.text("podCIDR").isEmpty()
        ? List.of(spec.text("podCIDR"))
        : ranges;
  }

  /// Errors place the taints under metadata, where they once were.
  private static void taints(ValidatedObject node) {
    List<JsonObject> taints = node.structure().objectOrEmpty("spec").objects("taints");
    taints(node, taints, FieldPath.of("metadata.taints"));
  }

  private static void annotations(ValidatedObject node) {
    List<JsonObject> taints = NodeTraits.annotatedTaints(node).objects();
    taints(node, taints, FieldPath.of("metadata.annotations").child(NodeTraits.TAINTS));
    NodeTraits.avoidedPods(node);
  }

  private static void taints(ValidatedObject node, List<JsonObject> taints, FieldPath path) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < taints.size(); i++) {
      ValidatedObject taint =
          new ValidatedObject(node.context(), path.index(i), taints.get(i), null);
      Labels.checkKey(taint.text("key"), taint.path("key"), taint);
      List<String> complaints = Formats.labelValue(taint.text("value"));
      if (!complaints.isEmpty()) {
        taint.invalidText("value", String.join(";", complaints));
      }
      effect(taint);
      if (!seen.add(taint.text("effect") + " " + taint.text("key"))) {
        taint.add(duplicate(taint));
      }
    }
  }

  private static void effect(ValidatedObject taint) {
    switch (taint.text("effect")) {
      case "" -> taint.required("effect", "");
      case "NoSchedule", "PreferNoSchedule", "NoExecute" -> {}
      default -> taint.notSupported("effect", "NoSchedule", "PreferNoSchedule", "NoExecute");
    }
  }

  private static FieldError duplicate(ValidatedObject taint) {
    JsonObject shown = new JsonObject();
    for (String name : TAINT) {
      Json value = taint.structure().get(name);
      boolean text = !name.equals("timeAdded");
      shown.set(goName(name), value != null ? value : text ? Json.of("") : Json.NULL);
    }
    return new FieldError(
        FieldError.Kind.DUPLICATE,
        taint.path().toString(),
        shown,
        "taints must be unique by key and effect pair");
  }

  private static String goName(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static void resources(ValidatedObject node) {
    ValidatedObject status = node.childOrEmpty("status");
    for (String field : List.of("capacity", "allocatable")) {
      for (JsonObject.Field entry : status.map(field)) {
        ResourceNameRules.checkValue(
            entry.name(), entry.value(), status.path(field).child(entry.name()), status);
      }
    }
  }

  private static void nodeKept(ValidatedObject node) {
    annotations(node);
    resources(node);
    NodeTraits.features(node);
    addresses(node);
    ValidatedObject spec = node.childOrEmpty("spec");
    JsonObject old = spec.old();
    if (old != null) {
      rangesKept(spec, new ValidatedObject(node.context(), spec.path(), old, null));
      providerKept(spec, old.text("providerID"));
    }
    taints(node);
    if (old != null && !spec.text("externalID").equals(old.textOrEmpty("externalID"))) {
      spec.forbidden("externalID", "may not be updated");
    }
  }

  private static void addresses(ValidatedObject node) {
    Set<Json> seen = new HashSet<>();
    for (ValidatedObject address : node.childOrEmpty("status").items("addresses")) {
      if (!seen.add(address.structure())) {
        JsonObject shown =
            new JsonObject()
                .set("Type", address.text("type"))
                .set("Address", address.text("address"));
        address.add(FieldError.duplicate(address.path(), shown));
      }
    }
  }

  private static void rangesKept(ValidatedObject spec, ValidatedObject old) {
    List<String> before = ranges(old);
    if (!before.isEmpty() && !before.equals(ranges(spec))) {
      spec.forbidden("podCIDRs", RANGES_KEPT);
    }
  }

  private static void providerKept(ValidatedObject spec, @Nullable String old) {
    String provider = spec.text("providerID");
    if (old == null || old.isEmpty() || old.equals(provider)) {
      return;
    }
    String detail =
        provider.isEmpty()
            ? "field cannot be cleared once set"
            : "field cannot be modified once set";
    spec.add(FieldError.invalid(spec.path("providerID"), Json.NULL, detail));
  }
}
