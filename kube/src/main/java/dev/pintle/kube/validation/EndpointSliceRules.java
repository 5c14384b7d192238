package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The rules of endpoint slices. What lies in a slice already may stay: endpoints that an update does not touch are not looked at.
final class EndpointSliceRules {
  private static final int ENDPOINTS_MAX = 1_000;
  private static final int ADDRESSES_MAX = 100;
  private static final int PORTS_MAX = 20_000;
  private static final int HINTS_MAX = 8;
  private static final String ENDPOINT = "api.discovery.v1.Endpoint";
  private static final String PORT = "api.discovery.v1.EndpointPort";

  private EndpointSliceRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "slicePorts", EndpointSliceRules::ports,
        "endpoints", EndpointSliceRules::endpoints,
        "addressCounts", EndpointSliceRules::addressCounts,
        "endpointAddresses", EndpointSliceRules::addresses,
        "endpointHints", EndpointSliceRules::hints,
        "addressTypeKept", EndpointSliceRules::addressTypeKept);
  }

  private static void ports(ValidatedObject slice) {
    if (isTooMany(slice, "ports", PORTS_MAX)) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (ValidatedObject port : slice.items("ports")) {
      String name = port.text("name");
      if (!name.isEmpty()) {
        port.invalid("name", Formats.dns1123Label(name));
      }
      if (!names.add(name)) {
        port.duplicate("name");
      }
      slice.context().rules().check(PORT, port);
    }
  }

  private static boolean isTooMany(ValidatedObject structure, String field, int most) {
    int count = structure.count(field);
    if (count > most) {
      structure.add(FieldError.tooMany(structure.path(field), count, most));
    }
    return count > most;
  }

  private static void endpoints(ValidatedObject slice) {
    if (!isUntouched(slice) && !isTooMany(slice, "endpoints", ENDPOINTS_MAX)) {
      slice
          .items("endpoints")
          .forEach(endpoint -> slice.context().rules().check(ENDPOINT, endpoint));
    }
  }

  private static boolean isUntouched(ValidatedObject slice) {
    JsonObject old = slice.old();
    return old != null
        && Immutable.isUntouched(slice.structure().get("endpoints"), old.get("endpoints"));
  }

  /// Told after everything else, and of each endpoint however many there are.
  private static void addressCounts(ValidatedObject slice) {
    if (isUntouched(slice)) {
      return;
    }
    for (ValidatedObject endpoint : slice.items("endpoints")) {
      if (endpoint.count("addresses") == 0) {
        endpoint.required("addresses", "");
      } else {
        isTooMany(endpoint, "addresses", ADDRESSES_MAX);
      }
    }
  }

  /// Refused without a word about the type that was wanted.
  private static void addressTypeKept(ValidatedObject slice) {
    JsonObject old = slice.old();
    if (old != null && !slice.text("addressType").equals(old.textOrEmpty("addressType"))) {
      slice.add(FieldError.invalid(slice.path("addressType"), Json.NULL, Immutable.MESSAGE));
    }
  }

  /// Of a type that nobody knows no address is wrong.
  private static void addresses(ValidatedObject endpoint) {
    String type = endpoint.context().object().textOrEmpty("addressType");
    List<String> addresses = endpoint.texts("addresses");
    for (int i = 0; i < addresses.size(); i++) {
      FieldPath path = endpoint.path("addresses").index(i);
      switch (type) {
        case "IPv4", "IPv6" -> ip(endpoint, type, path, addresses.get(i));
        case "FQDN" -> domain(path, addresses.get(i), endpoint::add);
        default -> {}
      }
    }
  }

  private static void ip(ValidatedObject endpoint, String type, FieldPath path, String text) {
    byte[] address = Addresses.parse(text);
    List<String> complaints = Addresses.ip(text);
    if (address == null || !complaints.isEmpty()) {
      complaints.forEach(complaint -> told(endpoint, path, text, complaint));
      return;
    }
    String canonical = Addresses.text(address);
    if (type.equals("IPv6") && !canonical.equals(text)) {
      told(endpoint, path, text, "must be in canonical form (\"%s\")".formatted(canonical));
      return;
    }
    boolean isV6 = address.length == Addresses.BYTES_V6;
    if (isV6 != type.equals("IPv6")) {
      told(endpoint, endpoint.path("addresses"), text, "must be an %s address".formatted(type));
    }
    EndpointAddresses.complaints(text).forEach(complaint -> told(endpoint, path, text, complaint));
  }

  private static void told(
      ValidatedObject endpoint, FieldPath path, String text, String complaint) {
    endpoint.add(FieldError.invalid(path, Json.of(text), complaint));
  }

  /// A name of at least two parts, which may end with a dot; the first part that is wrong is told.
  private static void domain(FieldPath path, String text, Consumer<FieldError> errors) {
    if (text.isEmpty()) {
      errors.accept(FieldError.required(path, ""));
      return;
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    List<String> complaints = Formats.dns1123Subdomain(name);
    if (!complaints.isEmpty()) {
      errors.accept(FieldError.invalid(path, Json.of(name), String.join(",", complaints)));
      return;
    }
    String[] labels = name.split("\\.", -1);
    if (labels.length < 2) {
      String rule = "should be a domain with at least two segments separated by dots";
      errors.accept(FieldError.invalid(path, Json.of(name), rule));
      return;
    }
    for (String label : labels) {
      List<String> wrong = Formats.dns1123Label(label);
      if (!wrong.isEmpty()) {
        errors.accept(FieldError.invalid(path, Json.of(label), String.join(",", wrong)));
        return;
      }
    }
  }

  /// Where traffic should come from; too many zones end the look.
  private static void hints(ValidatedObject endpoint) {
    ValidatedObject hints = endpoint.child("hints");
    if (hints == null || isTooMany(hints, "forZones", HINTS_MAX)) {
      return;
    }
    named(hints, "forZones", Formats::labelValue);
    if (!isTooMany(hints, "forNodes", HINTS_MAX)) {
      named(hints, "forNodes", Formats::dns1123Subdomain);
    }
  }

  private static void named(ValidatedObject hints, String field, FormatNames.Format format) {
    Set<String> names = new HashSet<>();
    for (ValidatedObject hint : hints.items(field)) {
      if (!names.add(hint.text("name"))) {
        hint.add(FieldError.duplicate(hint.path("name"), Json.of(hint.text("name"))));
      }
      hint.invalid("name", format.complaints(hint.text("name")));
    }
  }
}
