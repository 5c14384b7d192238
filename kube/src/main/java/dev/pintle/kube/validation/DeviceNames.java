package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Names of devices, their pools, and what they are told apart by. Upstream complains of some of them in two ways: in code, and
/// by what is declared beside its types.
final class DeviceNames {
  static final int KEY_BYTES_MAX = 96;
  private static final int POOL_BYTES_MAX = 253;
  private static final int DOMAIN_BYTES_MAX = 63;
  private static final int IDENTIFIER_BYTES_MAX = 32;
  private static final String SHARE = "00000000-0000-0000-0000-000000000000";
  private static final String NOT_AN_IDENTIFIER =
      "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')";

  private DeviceNames() {}

  /// Subdomains with slashes between them.
  static void pool(ValidatedObject structure, String field) {
    for (String part : partsOfPool(structure, field)) {
      complain(structure, structure.path(field), part, Formats.dns1123Subdomain(part));
    }
  }

  /// None when there is no name.
  private static String[] partsOfPool(ValidatedObject structure, String field) {
    String pool = structure.text(field);
    if (pool.isEmpty()) {
      structure.required(field, "");
      return new String[0];
    }
    if (Formats.isLonger(pool, POOL_BYTES_MAX)) {
      structure.add(FieldError.tooLong(structure.path(field), POOL_BYTES_MAX));
    }
    return pool.split("/", -1);
  }

  /// The same, as it is declared.
  static void declaredPool(ValidatedObject structure, String field) {
    FieldPath path = structure.path(field);
    String[] parts = partsOfPool(structure, field);
    for (int i = 0; i < parts.length; i++) {
      String segment = "segment %d: ".formatted(i);
      if (parts[i].isEmpty()) {
        structure.add(
            FieldError.invalid(
                path, Json.of(structure.text(field)), segment + "must not be empty"));
      } else {
        complain(structure, path, parts[i], prefixed(segment, Formats.longName(parts[i])));
      }
    }
  }

  /// A name that may have a domain before it.
  static void qualified(ValidatedObject structure, FieldPath path, String name) {
    String[] parts = name.split("/", -1);
    if (parts.length == 1) {
      identifier(structure, path, name);
    } else if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        structure.add(FieldError.invalid(path, Json.of(""), "the domain must not be empty"));
      } else {
        if (Formats.isLonger(parts[0], DOMAIN_BYTES_MAX)) {
          structure.add(FieldError.tooLong(path, DOMAIN_BYTES_MAX));
        }
        String domain = parts[0].toLowerCase(Locale.ROOT);
        complain(structure, path, parts[0], Formats.dns1123Subdomain(domain));
      }
      localName(structure, path, parts[1], "the name must not be empty");
    }
  }

  /// A name that must have a domain before it, as it is declared.
  static void declaredFullyQualified(ValidatedObject structure, String field) {
    if (!structure.has(field)) {
      return;
    }
    FieldPath path = structure.path(field);
    String name = structure.text(field);
    String[] parts = name.split("/", -1);
    if (parts.length == 1) {
      identifier(structure, path, name);
      structure.add(
          FieldError.invalid(
              path,
              Json.of(name),
              "a fully qualified name must be a domain and a name separated by a slash"));
    } else if (parts.length == 2) {
      domain(structure, path, parts[0]);
      localName(structure, path, parts[1], "name must not be empty");
    }
  }

  private static void domain(ValidatedObject structure, FieldPath path, String domain) {
    if (domain.isEmpty()) {
      structure.add(FieldError.invalid(path, Json.of(""), "prefix must not be empty"));
      return;
    }
    if (Formats.isLonger(domain, DOMAIN_BYTES_MAX)) {
      structure.add(FieldError.tooLong(path, DOMAIN_BYTES_MAX));
    }
    complain(structure, path, domain, prefixed("prefix: ", Formats.longName(domain)));
  }

  private static void localName(
      ValidatedObject structure, FieldPath path, String name, String empty) {
    if (name.isEmpty()) {
      structure.add(FieldError.invalid(path, Json.of(""), empty));
    } else {
      identifier(structure, path, name);
    }
  }

  private static void identifier(ValidatedObject structure, FieldPath path, String name) {
    if (Formats.isLonger(name, IDENTIFIER_BYTES_MAX)) {
      structure.add(FieldError.tooLong(path, IDENTIFIER_BYTES_MAX));
    }
    if (!isIdentifier(name)) {
      structure.add(FieldError.invalid(path, Json.of(name), NOT_AN_IDENTIFIER));
    }
  }

  private static boolean isIdentifier(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /// The key of an entry as paths show it: a long one without its middle.
  static String shownKey(String key, int bytesMax) {
    if (key.length() <= bytesMax) {
      return key;
    }
    int kept = bytesMax - 3;
    return key.substring(0, (kept + 1) / 2) + "..." + key.substring(key.length() - kept / 2);
  }

  /// What is wrong with the name of a resource that pods ask for and devices are.
  static List<String> extendedResource(String name) {
    List<String> complaints = new ArrayList<>(0);
    if (name.indexOf('/') < 0) {
      complaints.add("a name must be a domain-prefixed path, such as 'example.com/my-prop'");
    } else if (name.contains("kubernetes.io/")) {
      complaints.add("must not have \"kubernetes.io/\" domain");
    }
    if (name.startsWith("requests.")) {
      complaints.add("must not have \"requests.\" prefix");
    }
    complaints.addAll(Formats.qualifiedName("requests." + name));
    return complaints;
  }

  /// What is wrong with the identifier of one of those who share a device.
  static List<String> share(String id) {
    boolean right = id.length() == SHARE.length();
    for (int i = 0; right && i < SHARE.length(); i++) {
      char c = id.charAt(i);
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      right = SHARE.charAt(i) == '-' ? c == '-' : digit;
    }
    return right ? List.of() : List.of("must be a lowercase UUID in 8-4-4-4-12 format");
  }

  static void complain(
      ValidatedObject structure, FieldPath path, String text, List<String> complaints) {
    for (String complaint : complaints) {
      structure.add(FieldError.invalid(path, Json.of(text), complaint));
    }
  }

  private static List<String> prefixed(String prefix, List<String> complaints) {
    return complaints.stream().map(complaint -> prefix + complaint).toList();
  }
}
