package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.format.GoUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Functions of URLs, and of the forms that texts can be held to by name.
final class UrlFunctions {
  private UrlFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put(
        "url", (_, given) -> new Value.Extension(WebAddress.parse(TextFunctions.text(given, 0))));
    functions.put("isURL", (_, given) -> Value.of(WebAddress.isOne(TextFunctions.text(given, 0))));
    functions.put("getScheme", part(GoUrl::scheme));
    functions.put("getHost", part(GoUrl::host));
    functions.put("getHostname", part(GoUrl::hostName));
    functions.put("getPort", part(GoUrl::port));
    functions.put("getEscapedPath", part(GoUrl::escapedPath));
    functions.put("getQuery", (_, given) -> query(url(given)));
    functions.put("format.named", (_, given) -> named(TextFunctions.text(given, 0)));
    functions.put("validate", (_, given) -> complaints(given));
    NamedFormat.ALL.forEach(
        (name, format) -> functions.put("format." + name, (_, _) -> new Value.Extension(format)));
  }

  private static Implementation part(Function<GoUrl, String> part) {
    return (_, given) -> Value.of(part.apply(url(given)));
  }

  private static GoUrl url(Value[] given) {
    return LibraryValue.of(given[0], WebAddress.class).url();
  }

  private static Value query(GoUrl url) {
    Map<Value, Value> query = new LinkedHashMap<>();
    url.parameters().forEach((name, values) -> query.put(Value.of(name), texts(values)));
    return new Value.MapValue(query);
  }

  private static Value texts(List<String> texts) {
    List<Value> items = new ArrayList<>();
    texts.forEach(text -> items.add(Value.of(text)));
    return new Value.ListValue(items);
  }

  private static Value named(String name) {
    return new Value.OptionalValue(
        Optional.ofNullable(NamedFormat.ALL.get(name)).map(Value.Extension::new));
  }

  private static Value complaints(Value[] given) {
    NamedFormat format = LibraryValue.of(given[0], NamedFormat.class);
    List<String> found = format.complaints().apply(TextFunctions.text(given, 1));
    return new Value.OptionalValue(found.isEmpty() ? Optional.empty() : Optional.of(texts(found)));
  }
}
