package dev.pintle.kube.validation;

import dev.pintle.kube.format.AddressException;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.GoUrl;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import java.util.List;

/// The rules of where a webhook is found: at an address, or behind a service.
final class WebhookAddress {
  private static final String FORM = "; desired format: https://host[/path]";

  private WebhookAddress() {}

  static void check(ValidatedObject client) {
    boolean url = client.has("url");
    if (url == client.has("service")) {
      client.add(FieldError.required(client.path(), "exactly one of url or service is required"));
    } else if (url) {
      url(client);
    } else {
      service(client.childOrEmpty("service"));
    }
  }

  private static void url(ValidatedObject client) {
    GoUrl url;
    try {
      url = GoUrl.parse(client.text("url"));
    } catch (AddressException wrong) {
      client.required("url", "url must be a valid URL: " + wrong.getMessage() + FORM);
      return;
    }
    if (!url.scheme().equals("https")) {
      invalid(client, url.scheme(), "'https' is the only allowed URL scheme" + FORM);
    }
    if (url.host().isEmpty()) {
      invalid(client, "", "host must be specified" + FORM);
    }
    String user = url.user();
    if (user != null) {
      invalid(client, user, "user information is not permitted in the URL");
    }
    if (!url.fragment().isEmpty()) {
      invalid(client, url.fragment(), "fragments are not permitted in the URL");
    }
    if (!url.query().isEmpty()) {
      invalid(client, url.query(), "query parameters are not permitted in the URL");
    }
  }

  private static void invalid(ValidatedObject client, String part, String detail) {
    client.add(FieldError.invalid(client.path("url"), Json.of(part), detail));
  }

  private static void service(ValidatedObject service) {
    // Upstream takes one for the other: who leaves the namespace out is told that the name is
    // missing.
    if (service.text("namespace").isEmpty()) {
      service.required("name", "");
    }
    if (service.text("name").isEmpty()) {
      service.required("namespace", "");
    }
    List<String> complaints = Ports.number(service.number("port"));
    if (!complaints.isEmpty()) {
      service.add(
          FieldError.invalid(
              service.path("port"),
              Json.of(service.number("port")),
              "port is not valid: " + String.join(", ", complaints)));
    }
    path(service, service.text("path"));
  }

  private static void path(ValidatedObject service, String path) {
    if (path.isEmpty() || path.equals("/")) {
      return;
    }
    if (path.equals("//")) {
      service.invalid("path", "segment[0] may not be empty");
      return;
    }
    if (!path.startsWith("/")) {
      service.invalid("path", "must start with a '/'");
    }
    String steps = path.substring(path.offsetByCodePoints(0, 1));
    steps = steps.endsWith("/") ? steps.substring(0, steps.length() - 1) : steps;
    String[] segments = steps.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      if (segments[i].isEmpty()) {
        service.invalid("path", "segment[%d] may not be empty".formatted(i));
        continue;
      }
      for (String complaint : Formats.dns1123Subdomain(segments[i])) {
        service.invalid("path", "segment[%d]: %s".formatted(i, complaint));
      }
    }
  }
}
