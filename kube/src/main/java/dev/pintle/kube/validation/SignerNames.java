package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import java.util.List;

/// Names of those who sign certificates: a domain and a path.
final class SignerNames {
  private static final int DOMAIN_BYTES_MAX = 253;

  /// A domain, a slash, a label, a dot and a domain.
  private static final int BYTES_MAX = 571;

  private SignerNames() {}

  static void check(ValidatedObject structure, String field) {
    String name = structure.text(field);
    if (name.isEmpty()) {
      structure.required(field, "");
      return;
    }
    String[] segments = name.split("/", -1);
    if (segments.length != 2) {
      structure.invalid(
          field, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    FieldPath path = structure.path(field);
    if (Formats.bytes(segments[0]) > DOMAIN_BYTES_MAX) {
      structure.add(FieldError.tooLong(path, DOMAIN_BYTES_MAX));
    }
    String[] labels = segments[0].split("\\.", -1);
    for (String label : labels) {
      if (complain(structure, path, segments[0], label, Formats.dns1123Label(label))) {
        break;
      }
    }
    if (labels.length < 2) {
      structure.add(
          FieldError.invalid(
              path,
              Json.of(segments[0]),
              "should be a domain with at least two segments separated by dots"));
    }
    for (String label : segments[1].split("\\.", -1)) {
      if (complain(structure, path, segments[1], label, Formats.dns1123Subdomain(label))) {
        break;
      }
    }
    if (Formats.bytes(name) > BYTES_MAX) {
      structure.add(FieldError.tooLong(path, BYTES_MAX));
    }
  }

  private static boolean complain(
      ValidatedObject structure,
      FieldPath path,
      String segment,
      String label,
      List<String> complaints) {
    for (String complaint : complaints) {
      structure.add(
          FieldError.invalid(
              path,
              Json.of(segment),
              "validating label %s: %s".formatted(GoText.quote(label), complaint)));
    }
    return !complaints.isEmpty();
  }
}
