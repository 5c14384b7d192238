package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The cluster addresses of a service and their families.
final class ServiceAddresses {
  static final String NONE = "None";
  private static final int ADDRESSES_MAX = 2;

  private ServiceAddresses() {}

  static boolean isHeadless(ValidatedObject spec) {
    return spec.texts("clusterIPs").equals(List.of(NONE));
  }

  static List<String> oldTexts(ValidatedObject spec, String field) {
    JsonObject old = spec.old();
    return old == null ? List.of() : old.texts(field);
  }

  static void check(ValidatedObject spec) {
    if (spec.text("type").equals("ExternalName")) {
      return;
    }
    List<String> addresses = spec.texts("clusterIPs");
    firstAddress(spec, addresses);
    families(spec);
    if (!allValid(spec, addresses)) {
      return;
    }
    boolean twoFamilies =
        addresses.stream().anyMatch(Addresses::isV6)
            && !addresses.stream().allMatch(Addresses::isV6);
    if (addresses.size() > 1 && !twoFamilies) {
      spec.invalid("clusterIPs", "may specify no more than one IP for each IP family");
    }
    if (!isHeadless(spec)) {
      addressesOfFamilies(spec, addresses);
    }
  }

  private static void firstAddress(ValidatedObject spec, List<String> addresses) {
    String first = spec.text("clusterIP");
    if (first.isEmpty()) {
      if (!addresses.isEmpty()) {
        spec.invalid("clusterIPs", "must be empty when `clusterIP` is not specified");
      }
    } else if (addresses.isEmpty()) {
      spec.required("clusterIPs", "");
    } else if (!addresses.getFirst().equals(first)) {
      spec.invalid("clusterIPs", "first value must match `clusterIP`");
    }
  }

  private static void families(ValidatedObject spec) {
    Set<String> seen = new HashSet<>();
    List<String> families = spec.texts("ipFamilies");
    for (int i = 0; i < families.size(); i++) {
      FieldPath path = spec.path("ipFamilies").index(i);
      Json family = Json.of(families.get(i));
      if (!families.get(i).equals("IPv4") && !families.get(i).equals("IPv6")) {
        spec.add(FieldError.notSupported(path, family, List.of("IPv4", "IPv6")).asWord());
      }
      if (!seen.add(families.get(i))) {
        spec.add(FieldError.duplicate(path, family).asWord());
      }
    }
    switch (spec.text("ipFamilyPolicy")) {
      case "SingleStack", "PreferDualStack", "RequireDualStack" -> {}
      default -> {
        if (spec.has("ipFamilyPolicy")) {
          spec.notSupported("ipFamilyPolicy", "PreferDualStack", "RequireDualStack", "SingleStack");
        }
      }
    }
  }

  private static boolean allValid(ValidatedObject spec, List<String> addresses) {
    Set<String> known = new HashSet<>(oldTexts(spec, "clusterIPs"));
    boolean valid = true;
    for (int i = 0; i < addresses.size(); i++) {
      String address = addresses.get(i);
      if (i == 0 && address.equals(NONE)) {
        if (addresses.size() > 1) {
          valid = false;
          spec.invalid("clusterIPs", "'None' must be the first and only value");
        }
        continue;
      }
      List<String> complaints = known.contains(address) ? List.of() : Addresses.ip(address);
      for (String complaint : complaints) {
        valid = false;
        spec.add(FieldError.invalid(spec.path("clusterIPs").index(i), Json.of(address), complaint));
      }
    }
    if (addresses.size() > ADDRESSES_MAX) {
      spec.invalid("clusterIPs", "may only hold up to %d values".formatted(ADDRESSES_MAX));
    }
    return valid;
  }

  private static void addressesOfFamilies(ValidatedObject spec, List<String> addresses) {
    List<String> families = spec.texts("ipFamilies");
    for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
      boolean v6 = families.get(i).equals("IPv6");
      boolean known = v6 || families.get(i).equals("IPv4");
      if (known && Addresses.isV6(addresses.get(i)) != v6) {
        String detail =
            "expected an %s value as indicated by `ipFamilies[%d]`".formatted(families.get(i), i);
        spec.add(
            FieldError.invalid(
                spec.path("clusterIPs").index(i), Json.of(addresses.get(i)), detail));
      }
    }
  }
}
