package dev.pintle.kube.validation;

import dev.pintle.kube.format.AddressRange;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The rules of ranges of services, and of the addresses that are taken from them.
final class ServiceRangeRules {
  private static final int RANGES_MAX = 2;
  private static final String ONE_OF_A_FAMILY =
      "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64";

  private ServiceRangeRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "serviceRanges", object -> ranges(object.childOrEmpty("spec")),
        "serviceRangesKept", object -> rangesKept(object.childOrEmpty("spec")),
        "addressParent", object -> parent(object.childOrEmpty("spec")),
        "addressParentKept", object -> parentKept(object.childOrEmpty("spec")));
  }

  private static void ranges(ValidatedObject spec) {
    List<String> ranges = spec.texts("cidrs");
    if (ranges.isEmpty()) {
      spec.required("cidrs", "at least one CIDR required");
      return;
    }
    if (ranges.size() > RANGES_MAX) {
      JsonObject shown = new JsonObject().set("CIDRs", spec.shown("cidrs"));
      spec.add(FieldError.invalid(spec.path("cidrs"), shown, "may only hold up to 2 values"));
      return;
    }
    for (int i = 0; i < ranges.size(); i++) {
      FieldPath path = spec.path("cidrs").index(i);
      Json range = Json.of(ranges.get(i));
      Addresses.canonicalCidr(ranges.get(i))
          .forEach(complaint -> spec.add(FieldError.invalid(path, range, complaint)));
    }
    if (ranges.size() == RANGES_MAX) {
      AddressRange one = AddressRange.parse(ranges.getFirst());
      AddressRange other = AddressRange.parse(ranges.getLast());
      if (one != null && other != null && one.isV6() == other.isV6()) {
        spec.invalid("cidrs", ONE_OF_A_FAMILY);
      }
    }
  }

  /// A second range may be added, of the other family.
  private static void rangesKept(ValidatedObject spec) {
    JsonObject old = spec.old();
    List<String> before = old == null ? List.of() : old.texts("cidrs");
    List<String> ranges = spec.texts("cidrs");
    boolean added = before.size() == 1 && ranges.size() == RANGES_MAX;
    if (before.size() != ranges.size() && !added) {
      spec.add(FieldError.invalid(spec.path("cidrs"), spec.shown("cidrs"), Immutable.MESSAGE));
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(ranges.get(i))) {
        spec.add(
            FieldError.invalid(
                spec.path("cidrs").index(i), Json.of(ranges.get(i)), Immutable.MESSAGE));
      }
    }
    if (added) {
      ranges(spec);
    }
  }

  private static void parent(ValidatedObject spec) {
    ValidatedObject parent = spec.child("parentRef");
    if (parent == null) {
      spec.required("parentRef", "");
      return;
    }
    if (!parent.text("group").isEmpty()) {
      parent.invalid("group", Formats.dns1123Subdomain(parent.text("group")));
    }
    // What a new one leaves out is told last.
    List<FieldError> missing = new ArrayList<>(0);
    boolean isNew = spec.old() == null;
    PathSegments.require(parent, "resource", isNew ? missing::add : parent::add);
    PathSegments.require(parent, "name", isNew ? missing::add : parent::add);
    if (!parent.text("namespace").isEmpty()) {
      parent.invalid("namespace", Formats.pathSegment(parent.text("namespace")));
    }
    missing.forEach(parent::add);
  }

  /// Refused without a word about the parent that was wanted.
  private static void parentKept(ValidatedObject spec) {
    if (Immutable.isChanged(spec, "parentRef")) {
      spec.add(FieldError.invalid(spec.path("parentRef"), Json.NULL, Immutable.MESSAGE));
    }
  }
}
