package dev.pintle.kube.definition;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.validation.FieldPath;

/// The check of where a webhook of a conversion is found: at an address that is safe, or behind a service.
final class WebhookClientCheck {
  private static final String FORM = "; desired format: https://host[/path]";
  private static final int PORT_MAX = 65_535;

  /// Scheme, user and host, query and fragment of an address.
  private static final Pattern URL =
      Pattern.compile(
          "(?s)(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://(?:([^/?#@]*)@)?([^/?#]*))?[^?#]*(?:\\?([^#]*))?(?:#(.*))?");

  private WebhookClientCheck() {}

  static void url(String text, FieldPath path, DefinitionErrors found) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalStateException(text + " (expected: every text has the parts of an address)");
    }
    if (!"https".equalsIgnoreCase(url.group(1))) {
      found.invalid(path, part(url, 1), "'https' is the only allowed URL scheme" + FORM);
    }
    if (part(url, 3).isEmpty()) {
      found.invalid(path, "", "host must be specified" + FORM);
    }
    if (url.group(2) != null) {
      found.invalid(path, part(url, 2), "user information is not permitted in the URL");
    }
    if (!part(url, 5).isEmpty()) {
      found.invalid(path, part(url, 5), "fragments are not permitted in the URL");
    }
    if (!part(url, 4).isEmpty()) {
      found.invalid(path, part(url, 4), "query parameters are not permitted in the URL");
    }
  }

  private static String part(Matcher url, int group) {
    String part = url.group(group);
    return part == null ? "" : part;
  }

  static void service(JsonSchemaProps service, FieldPath path, DefinitionErrors found) {
    if (service.text("name").isEmpty()) {
      found.required(path.child("name"), "");
    }
    if (service.text("namespace").isEmpty()) {
      found.required(path.child("namespace"), "");
    }
    if (service.json().get("port") instanceof Json.Whole(long port)
        && (port < 1 || port > PORT_MAX)) {
      found.invalid(
          path.child("port"),
          Json.of(port),
          "port is not valid: must be between 1 and 65535, inclusive");
    }
    servicePath(service.text("path"), path.child("path"), found);
  }

  private static void servicePath(String text, FieldPath path, DefinitionErrors found) {
    if (text.isEmpty() || text.equals("/")) {
      return;
    }
    if (!text.startsWith("/")) {
      found.invalid(path, text, "must start with a '/'");
    }
    String steps = text.substring(1);
    boolean ends = steps.length() > 1 && steps.endsWith("/");
    String[] segments = (ends ? steps.substring(0, steps.length() - 1) : steps).split("/", -1);
    for (int i = 0; i < (text.equals("//") ? 1 : segments.length); i++) {
      if (segments[i].isEmpty()) {
        found.invalid(path, text, "segment[%d] may not be empty".formatted(i));
        continue;
      }
      for (String complaint : Formats.dns1123Subdomain(segments[i])) {
        found.invalid(path, text, "segment[%d]: %s".formatted(i, complaint));
      }
    }
  }
}
