package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.util.Map;
import java.util.function.Predicate;

/// Functions of addresses and of ranges of them.
final class NetworkFunctions {
  private NetworkFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put("ip", (_, given) -> new Value.Extension(ip(given[0])));
    functions.put("isIP", (_, given) -> Value.of(NetAddress.isOne(TextFunctions.text(given, 0))));
    functions.put("ip.isCanonical", (_, given) -> isCanonical(TextFunctions.text(given, 0)));
    functions.put("family", (_, given) -> Value.of(address(given[0]).isV4() ? 4 : 6));
    functions.put("isUnspecified", about(NetAddress::isUnspecified));
    functions.put("isLoopback", about(NetAddress::isLoopback));
    functions.put("isLinkLocalMulticast", about(NetAddress::isLinkLocalMulticast));
    functions.put("isLinkLocalUnicast", about(NetAddress::isLinkLocalUnicast));
    functions.put("isGlobalUnicast", about(NetAddress::isGlobalUnicast));
    functions.put(
        "cidr", (_, given) -> new Value.Extension(NetPrefix.parse(TextFunctions.text(given, 0))));
    functions.put("isCIDR", (_, given) -> Value.of(NetPrefix.isOne(TextFunctions.text(given, 0))));
    functions.put("masked", (_, given) -> new Value.Extension(prefix(given[0]).masked()));
    functions.put("prefixLength", (_, given) -> Value.of(prefix(given[0]).bits()));
    functions.put(
        "containsIP",
        (_, given) ->
            Value.of(
                prefix(given[0])
                    .contains(
                        given[1] instanceof Value.Text(String text)
                            ? written(text)
                            : address(given[1]))));
    functions.put(
        "containsCIDR",
        (_, given) ->
            Value.of(
                prefix(given[0])
                    .contains(
                        given[1] instanceof Value.Text(String text)
                            ? NetPrefix.parse(text)
                            : prefix(given[1]))));
  }

  /// An address in a text; upstream takes what is none for a value of another type.
  private static NetAddress written(String text) {
    try {
      return NetAddress.parse(text);
    } catch (CelException _) {
      throw new CelException(CelException.NO_OVERLOAD, -1);
    }
  }

  private static Implementation about(Predicate<NetAddress> question) {
    return (_, given) -> Value.of(question.test(address(given[0])));
  }

  private static NetAddress ip(Value value) {
    return value instanceof Value.Text(String text)
        ? NetAddress.parse(text)
        : prefix(value).address();
  }

  private static Value isCanonical(String text) {
    return Value.of(NetAddress.parse(text).text().equals(text));
  }

  private static NetAddress address(Value value) {
    return LibraryValue.of(value, NetAddress.class);
  }

  private static NetPrefix prefix(Value value) {
    return LibraryValue.of(value, NetPrefix.class);
  }
}
