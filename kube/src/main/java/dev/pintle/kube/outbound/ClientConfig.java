package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The `clientConfig` of a webhook: where it is, and by whose word it is known.
///
/// @param url empty where a service is named
/// @param caBundle PEM; empty for the authorities of the system
public record ClientConfig(String url, @Nullable ServiceReference service, Bytes caBundle) {
  private static final int HTTPS_PORT = 443;
  private static final int PORT_MAX = 65_535;

  /// The service that a webhook runs behind.
  ///
  /// @param path empty for none
  public record ServiceReference(String namespace, String name, String path, int port) {
    String serverName() {
      return name + "." + namespace + ".svc";
    }
  }

  /// @param written as it is stored
  public static ClientConfig of(JsonObject written) {
    JsonObject named = written.object("service");
    ServiceReference service =
        named == null
            ? null
            : new ServiceReference(
                named.textOrEmpty("namespace"),
                named.textOrEmpty("name"),
                named.textOrEmpty("path"),
                named.get("port") instanceof Json.Whole port
                    ? Math.clamp(port.value(), 0, PORT_MAX)
                    : HTTPS_PORT);
    return new ClientConfig(
        written.textOrEmpty("url"), service, bundle(written.textOrEmpty("caBundle")));
  }

  private static Bytes bundle(String digits) {
    try {
      return Bytes.wrap(Base64.getMimeDecoder().decode(digits));
    } catch (IllegalArgumentException _) {
      // It was checked when it was written; no certificate is found in this.
      return Bytes.utf8("?");
    }
  }

  /// The parts of a URL.
  ///
  /// @param authority as it is written
  /// @param host without brackets
  record Location(String authority, String host, int port, String path) {}

  /// @throws OutboundException for what is no URL of a webhook
  Location location() throws OutboundException {
    String prefix = "https://";
    if (url.isEmpty()) {
      throw OutboundException.beforehand("webhook configuration must have either service or URL");
    }
    if (!url.regionMatches(true, 0, prefix, 0, prefix.length())) {
      throw OutboundException.beforehand("Unparsable URL: scheme of " + url + " (expected: https)");
    }
    int slash = url.indexOf('/', prefix.length());
    String authority = url.substring(prefix.length(), slash < 0 ? url.length() : slash);
    String path = slash < 0 ? "" : url.substring(slash);
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? authority : authority.substring(0, colon);
    int port = colon < 0 ? HTTPS_PORT : port(authority.substring(colon + 1));
    String bare = bracket > 0 ? host.substring(1, bracket) : host;
    if (bare.isEmpty() || port < 1 || !isPlain(authority)) {
      throw OutboundException.beforehand("Unparsable URL: " + url);
    }
    return new Location(authority, bare, port, clean(path));
  }

  /// The parts of the address of a service.
  static Location location(ServiceReference service) {
    return new Location(
        service.serverName() + ":" + service.port(),
        service.serverName(),
        service.port(),
        clean(service.path()));
  }

  private static int port(String digits) {
    if (digits.isEmpty()) {
      return HTTPS_PORT;
    }
    try {
      int port = Integer.parseInt(digits);
      return port <= PORT_MAX ? port : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// Nothing that would end a line of the request or the name in it.
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f && "?#@\\\"<>".indexOf(c) < 0);
  }

  /// Without steps that lead nowhere, as upstream joins paths; what may not stand in a request is escaped.
  private static String clean(String path) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : path.split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(escaped(step));
      }
    }
    return "/" + String.join("/", steps);
  }

  private static String escaped(String step) {
    StringBuilder safe = new StringBuilder();
    for (byte each : step.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c > ' ' && c < 0x7f && "?#\"<>\\^`{|}".indexOf(c) < 0) {
        safe.append(c);
      } else {
        safe.append("%%%02X".formatted((int) c));
      }
    }
    return safe.toString();
  }
}
