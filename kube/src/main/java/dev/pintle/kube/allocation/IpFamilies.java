package dev.pintle.kube.allocation;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import dev.pintle.kube.validation.ObjectValidation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules by which a service has the families of its addresses. The cluster has one: IPv4.
final class IpFamilies {
  static final String V4 = "IPv4";
  private static final String NONE = "None";

  private IpFamilies() {}

  private static String text(JsonObject spec, String field) {
    String text = spec.text(field);
    return text == null ? "" : text;
  }

  static void settle(AdmissionRequest request, JsonObject spec, @Nullable JsonObject old) {
    if (old == null) {
      firstAddress(spec);
    }
    if (text(spec, "type").equals("ExternalName")) {
      return;
    }
    settlePolicy(spec, old);
    List<FieldError> errors = ObjectValidation.addressesOfService(request.type(), spec, old);
    if (errors.isEmpty()) {
      errors = settleFamilies(spec);
    }
    if (!errors.isEmpty()) {
      throw AllocationErrors.refuse(request, errors);
    }
  }

  /// Old clients know only the first address.
  private static void firstAddress(JsonObject spec) {
    String first = text(spec, "clusterIP");
    JsonArray list = spec.array("clusterIPs");
    if (!first.isEmpty() && (list == null || list.isEmpty())) {
      spec.set("clusterIPs", JsonArray.of(Json.of(first)));
    }
  }

  private static boolean isHeadlessWithoutSelector(JsonObject spec) {
    JsonObject selector = spec.object("selector");
    return text(spec, "clusterIP").equals(NONE) && (selector == null || selector.isEmpty());
  }

  private static void settlePolicy(JsonObject spec, @Nullable JsonObject old) {
    if (!text(spec, "ipFamilyPolicy").isEmpty()) {
      return;
    }
    String before = old == null ? "" : text(old, "ipFamilyPolicy");
    String chosen = isHeadlessWithoutSelector(spec) ? "RequireDualStack" : "SingleStack";
    spec.set("ipFamilyPolicy", before.isEmpty() ? chosen : before);
  }

  private static FieldError invalid(JsonObject spec, String field, String detail) {
    Json shown = spec.get(field);
    return FieldError.invalid(
        FieldPath.of("spec." + field), shown == null ? Json.NULL : shown, detail);
  }

  private static List<FieldError> settleFamilies(JsonObject spec) {
    List<FieldError> errors = new ArrayList<>();
    List<String> families = ServiceNumbers.texts(spec, "ipFamilies");
    List<String> addresses = ServiceNumbers.texts(spec, "clusterIPs");
    boolean single = text(spec, "ipFamilyPolicy").equals("SingleStack");
    if (single && addresses.size() == 2) {
      errors.add(multiple(spec, "cluster IPs"));
    }
    if (single && families.size() == 2) {
      errors.add(multiple(spec, "IP families"));
    }
    familiesOfAddresses(spec, addresses, families, errors);
    if (!errors.isEmpty()) {
      return errors;
    }
    if (isHeadlessWithoutSelector(spec)) {
      withoutAddresses(families, single);
    } else {
      requireConfigured(spec, families, errors);
      if (families.isEmpty()) {
        families.add(V4);
      }
    }
    JsonArray list = new JsonArray();
    families.forEach(family -> list.add(Json.of(family)));
    spec.set("ipFamilies", list);
    return errors;
  }

  private static FieldError multiple(JsonObject spec, String what) {
    return invalid(
        spec,
        "ipFamilyPolicy",
        "must be 'RequireDualStack' or 'PreferDualStack' when multiple %s are specified"
            .formatted(what));
  }

  private static void familiesOfAddresses(
      JsonObject spec, List<String> addresses, List<String> families, List<FieldError> errors) {
    for (int i = families.size(); i < addresses.size() && !addresses.get(i).equals(NONE); i++) {
      if (Addresses.isV6(addresses.get(i))) {
        FieldPath path = FieldPath.of("spec.clusterIPs").index(i);
        Json shown = spec.get("clusterIPs");
        errors.add(FieldError.invalid(path, shown, "IPv6 is not configured on this cluster"));
      } else {
        families.add(V4);
      }
    }
  }

  /// Nobody allocates for it, so it may have both.
  private static void withoutAddresses(List<String> families, boolean single) {
    if (families.isEmpty()) {
      families.add(V4);
    }
    if (families.size() < 2 && !single) {
      families.add(families.getFirst().equals(V4) ? "IPv6" : V4);
    }
  }

  private static void requireConfigured(
      JsonObject spec, List<String> families, List<FieldError> errors) {
    if (text(spec, "ipFamilyPolicy").equals("RequireDualStack")) {
      errors.add(
          invalid(
              spec, "ipFamilyPolicy", "this cluster is not configured for dual-stack services"));
    }
    for (int i = 0; i < families.size(); i++) {
      if (!families.get(i).equals(V4)) {
        FieldPath path = FieldPath.of("spec.ipFamilies").index(i);
        errors.add(
            FieldError.invalid(path, Json.of(families.get(i)), "not configured on this cluster"));
      }
    }
  }
}
