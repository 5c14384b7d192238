package dev.pintle.compat.access;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A request of HTTP/1.1 with headers that clients do not let their users choose.
///
/// @param headers name, colon, value; `Host` is added unless it is among them
record PageRequest(String method, String path, List<String> headers, String body) {
  private static final int ANSWER_MILLIS_MAX = 20_000;

  static PageRequest get(String path, String... headers) {
    return new PageRequest("GET", path, List.of(headers), "");
  }

  static PageRequest post(String path, String body, String... headers) {
    return new PageRequest("POST", path, List.of(headers), body);
  }

  /// The whole answer of `server`, its head in lower case, since names of headers have no case.
  String send(String server) throws IOException {
    URI uri = URI.create(server);
    List<String> lines = new ArrayList<>();
    lines.add("%s %s HTTP/1.1".formatted(method, path));
    if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
      lines.add("Host: " + uri.getAuthority());
    }
    lines.addAll(headers);
    lines.add("Content-Length: " + body.length());
    lines.add("Connection: close");
    String text = String.join("\r\n", lines) + "\r\n\r\n" + body;
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return answer.substring(0, end).toLowerCase(java.util.Locale.ROOT) + answer.substring(end);
    }
  }

  static int code(String answer) {
    return Integer.parseInt(answer.substring("http/1.1 ".length()).substring(0, 3));
  }
}
