package dev.pintle.embed.requests;

import java.util.List;

/// The page of requests for a browser.
final class RequestPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>Requests of a Pintle server</title>
      <style>
      body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5em; color: #222; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: 2px 10px 2px 0; border-bottom: 1px solid #eee; }
      td.number { text-align: right; white-space: nowrap; }
      tr.refused td.status { color: #b00020; font-weight: bold; }
      tr.open td.status { color: #777; }
      .fault { color: #8a4b00; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 0.5em; }
      input { width: 30em; margin-bottom: 1em; }
      </style></head><body>
      """;
  private static final String TABLE =
      """
      <input id="wanted" placeholder="show only what contains …" autofocus>
      <table><thead><tr><th>#</th><th>at</th><th>status</th><th>request</th><th>took</th><th>bytes</th><th>user</th><th>program</th></tr></thead><tbody>
      """;
  private static final String END =
      """
      </tbody></table>
      <script>
      document.getElementById('wanted').addEventListener('input', event => {
        const wanted = event.target.value.toLowerCase();
        for (const row of document.querySelectorAll('tbody tr')) {
          row.hidden = !row.textContent.toLowerCase().includes(wanted);
        }
      });
      </script>
      </body></html>
      """;

  private RequestPage() {}

  static String of(List<ReceivedRequest> requests, long received) {
    StringBuilder out = new StringBuilder(4_096 + 512 * requests.size());
    out.append(HEAD);
    out.append("<h1>%d of %d requests</h1>\n".formatted(requests.size(), received));
    out.append(TABLE);
    requests.forEach(each -> row(out, each));
    return out.append(END).toString();
  }

  private static void row(StringBuilder out, ReceivedRequest request) {
    out.append("<tr class=\"%s\">".formatted(kind(request)));
    cell(out, "number", Long.toString(request.number()));
    cell(out, "number", RequestText.hour(request.arrived()));
    cell(out, "status", RequestText.status(request));
    out.append("<td>");
    what(out, request);
    out.append("</td>");
    cell(out, "number", RequestText.time(request.taken()));
    cell(out, "number", Long.toString(request.bytes()));
    cell(out, "user", request.user());
    cell(out, "program", request.userAgent());
    out.append("</tr>\n");
  }

  private static String kind(ReceivedRequest request) {
    if (!request.isOver()) {
      return "open";
    }
    return request.status() >= 400 || request.status() == 0 ? "refused" : "answered";
  }

  private static void what(StringBuilder out, ReceivedRequest request) {
    out.append("<details><summary>");
    text(out, RequestText.what(request));
    if (!request.fault().isEmpty()) {
      out.append(" <span class=\"fault\">");
      text(out, request.fault());
      out.append("</span>");
    }
    out.append("</summary>");
    part(out, request.uri());
    if (!request.message().isEmpty()) {
      part(out, request.message());
    }
    for (FieldChange change : request.changes()) {
      part(out, RequestText.field(change));
    }
    request.before().ifPresent(json -> part(out, "before: " + json));
    request.after().ifPresent(json -> part(out, "after: " + json));
    out.append("</details>");
  }

  private static void part(StringBuilder out, String content) {
    out.append("<pre>");
    text(out, content);
    out.append("</pre>");
  }

  private static void cell(StringBuilder out, String kind, String content) {
    out.append("<td class=\"%s\">".formatted(kind));
    text(out, content);
    out.append("</td>");
  }

  /// What a client sent is text, whatever it is.
  private static void text(StringBuilder out, String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
