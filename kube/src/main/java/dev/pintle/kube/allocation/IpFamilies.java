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

/// The IP families of a service (`ipFamilies`, `ipFamilyPolicy`): filled in and checked against those of the cluster.
///
/// @param configured the families that the cluster has; the first is that of services that name none
record IpFamilies(List<String> configured) {
  static final String V4 = "IPv4";
  static final String V6 = "IPv6";
  private static final String NONE = "None";
  private static final String SINGLE = "SingleStack";
  private static final String PREFER = "PreferDualStack";
  private static final String REQUIRE = "RequireDualStack";
  private static final String ADDRESSES = "clusterIPs";
  private static final String FAMILIES = "ipFamilies";
  private static final String POLICY = "ipFamilyPolicy";

  void settle(AdmissionRequest request, JsonObject spec, @Nullable JsonObject old) {
    if (old == null) {
      firstAddress(spec);
    }
    if (spec.textOrEmpty("type").equals("ExternalName")
        || (old != null && keepsWhatItHas(spec, old))) {
      return;
    }
    settlePolicy(spec, old);
    List<FieldError> errors = ObjectValidation.addressesOfService(request.type(), spec, old);
    if (errors.isEmpty()) {
      errors = settleFamilies(spec, old);
    }
    if (!errors.isEmpty()) {
      throw AllocationErrors.refuse(request, errors);
    }
  }

  /// Whether a service has got one family more, for which it has no address that was its own before.
  static boolean isUpgrade(JsonObject spec, JsonObject old) {
    return old.texts(FAMILIES).size() == 1
        && spec.texts(FAMILIES).size() == 2
        && !old.texts(ADDRESSES).equals(List.of(NONE));
  }

  /// A cluster that gets or loses a family changes no service that prefers two.
  private static boolean keepsWhatItHas(JsonObject spec, JsonObject old) {
    return spec.textOrEmpty(POLICY).equals(PREFER)
        && List.of("", PREFER).contains(old.textOrEmpty(POLICY))
        && spec.textOrEmpty("type").equals(old.textOrEmpty("type"))
        && isSame(spec, old, ADDRESSES)
        && isSame(spec, old, FAMILIES);
  }

  private static boolean isSame(JsonObject spec, JsonObject old, String field) {
    return spec.texts(field).equals(old.texts(field));
  }

  /// Old clients know only the first address.
  private static void firstAddress(JsonObject spec) {
    String first = spec.textOrEmpty("clusterIP");
    JsonArray list = spec.array(ADDRESSES);
    if (!first.isEmpty() && (list == null || list.isEmpty())) {
      spec.set(ADDRESSES, JsonArray.of(Json.of(first)));
    }
  }

  private static boolean isHeadlessWithoutSelector(JsonObject spec) {
    JsonObject selector = spec.object("selector");
    return spec.textOrEmpty("clusterIP").equals(NONE) && (selector == null || selector.isEmpty());
  }

  private static void settlePolicy(JsonObject spec, @Nullable JsonObject old) {
    if (spec.get(POLICY) instanceof Json.Text) {
      return;
    }
    String before = old == null ? "" : old.textOrEmpty(POLICY);
    String chosen = isHeadlessWithoutSelector(spec) ? REQUIRE : SINGLE;
    spec.set(POLICY, before.isEmpty() ? chosen : before);
  }

  private static FieldError invalid(JsonObject spec, String field, String detail) {
    Json shown = spec.get(field);
    return FieldError.invalid(
        FieldPath.of("spec." + field), shown == null ? Json.NULL : shown, detail);
  }

  private List<FieldError> settleFamilies(JsonObject spec, @Nullable JsonObject old) {
    List<FieldError> errors = new ArrayList<>();
    boolean single = spec.textOrEmpty(POLICY).equals(SINGLE);
    if (old != null && single) {
      giveUpTheSecond(spec, old, ADDRESSES);
      giveUpTheSecond(spec, old, FAMILIES);
    } else if (old != null) {
      requireNotFewer(spec, old, ADDRESSES, "cluster IP", errors);
      requireNotFewer(spec, old, FAMILIES, "IP family", errors);
    }
    List<String> families = new ArrayList<>(spec.texts(FAMILIES));
    List<String> addresses = new ArrayList<>(spec.texts(ADDRESSES));
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
      addConfigured(families, single);
    }
    spec.set(FAMILIES, array(families));
    return errors;
  }

  private static JsonArray array(List<String> texts) {
    return JsonArray.of(texts.stream().map(Json::of).toArray(Json[]::new));
  }

  /// To ask for one family, and change nothing else, is clear enough.
  private static void giveUpTheSecond(JsonObject spec, JsonObject old, String field) {
    List<String> texts = new ArrayList<>(spec.texts(field));
    if (texts.size() > 1 && isSame(spec, old, field)) {
      spec.set(field, array(texts.subList(0, 1)));
    }
  }

  private static void requireNotFewer(
      JsonObject spec, JsonObject old, String field, String what, List<FieldError> errors) {
    int now = spec.texts(field).size();
    if (now > 0 && now < old.texts(field).size()) {
      errors.add(
          invalid(
              spec, POLICY, "must be 'SingleStack' to release the secondary %s".formatted(what)));
    }
  }

  private static FieldError multiple(JsonObject spec, String what) {
    return invalid(
        spec,
        POLICY,
        "must be 'RequireDualStack' or 'PreferDualStack' when multiple %s are specified"
            .formatted(what));
  }

  private void familiesOfAddresses(
      JsonObject spec, List<String> addresses, List<String> families, List<FieldError> errors) {
    for (int i = families.size(); i < addresses.size() && !addresses.get(i).equals(NONE); i++) {
      String family = Addresses.isV6(addresses.get(i)) ? V6 : V4;
      if (configured.contains(family)) {
        families.add(family);
      } else {
        FieldPath path = FieldPath.of("spec." + ADDRESSES).index(i);
        Json shown = spec.get(ADDRESSES);
        errors.add(
            FieldError.invalid(
                path, shown, "%s is not configured on this cluster".formatted(family)));
      }
    }
  }

  private static String other(String family) {
    return family.equals(V4) ? V6 : V4;
  }

  /// Nobody allocates for it, so it may have both.
  private void withoutAddresses(List<String> families, boolean single) {
    if (families.isEmpty()) {
      families.add(configured.getFirst());
    }
    if (families.size() < 2 && !single) {
      families.add(other(families.getFirst()));
    }
  }

  private void addConfigured(List<String> families, boolean single) {
    if (families.isEmpty()) {
      families.add(configured.getFirst());
    }
    if (!single && families.size() == 1 && configured.size() == 2) {
      families.add(other(families.getFirst()));
    }
  }

  private void requireConfigured(JsonObject spec, List<String> families, List<FieldError> errors) {
    if (spec.textOrEmpty(POLICY).equals(REQUIRE) && configured.size() < 2) {
      errors.add(invalid(spec, POLICY, "this cluster is not configured for dual-stack services"));
    }
    for (int i = 0; i < families.size(); i++) {
      if (!configured.contains(families.get(i))) {
        FieldPath path = FieldPath.of("spec." + FAMILIES).index(i);
        errors.add(
            FieldError.invalid(path, Json.of(families.get(i)), "not configured on this cluster"));
      }
    }
  }
}
