package dev.pintle.compat.hostile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A change by chance of a tree: other types, odd numbers and texts, nothing, too much.
final class Mutation {
  private static final String[] TEXTS = {
    "",
    " ",
    ".",
    "..",
    "/",
    "-",
    "a",
    "A",
    "x".repeat(300),
    "é",
    "\u0000",
    "\ud83d\ude00",
    "\u202e",
    "1e999999999",
    "1E-999999999",
    "1e999999999Ki",
    "0.0000000001",
    "-1",
    "1Ki",
    "9".repeat(400),
    "100%",
    "999999999999999999999%",
    "-5%",
    "0x10",
    "1.2.3.4",
    "1.2.3.4/33",
    "::1",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
    "2026-01-01T00:00:00Z",
    "2026-13-45T99:99:99Z",
    "0000-00-00T00:00:00Z",
    "292277026596-12-04T15:30:07Z",
    "-0001-01-01T00:00:00Z",
    "2026-01-01T00:00:00.123456789123Z",
    "* * * * *",
    "@every 99999999999h",
    "60 24 32 13 8",
    "TZ=x * * * * *",
    "a=b",
    "$(A)",
    "$((A)",
    "{{}}",
    "app/v1/x",
    "v1",
    "a/b/c",
    "\\",
    "\"",
    "'",
    "(a+)+$",
    "[",
    "%s%n",
    "${x}",
    "aaaa".repeat(70_000),
    "system:masters",
    "default",
    "kubernetes.io/x",
    "QQ==",
    "Q",
    "====",
    "true",
    "null",
    "~",
    "NaN",
    "Infinity",
    "127.0.0.1:99999",
    "unix://x",
    "*",
    "*.a",
    "a_b"
  };

  private final SplittableRandom random;

  Mutation(SplittableRandom random) {
    this.random = random;
  }

  /// A value of any kind.
  JsonNode value() {
    var nodes = ServedResources.MAPPER.getNodeFactory();
    return switch (random.nextInt(14)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt(-3, 70_000));
      case 3 -> nodes.numberNode(random.nextLong());
      case 4 -> nodes.numberNode(random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE);
      case 5 -> nodes.numberNode(random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE);
      case 6 -> nodes.numberNode(random.nextBoolean() ? 1.5 : -1e300);
      case 7 -> nodes.numberNode(BigInteger.TEN.pow(random.nextInt(20, 400)));
      case 8 -> nodes.arrayNode();
      case 9 -> nodes.objectNode();
      case 10 -> nested();
      default -> nodes.stringNode(TEXTS[random.nextInt(TEXTS.length)]);
    };
  }

  private JsonNode nested() {
    JsonNode value = ServedResources.MAPPER.getNodeFactory().numberNode(1);
    for (int i = random.nextInt(200); i > 0; i--) {
      value =
          random.nextBoolean()
              ? ServedResources.MAPPER.createArrayNode().add(value)
              : ServedResources.MAPPER.createObjectNode().set("a", value);
    }
    return value;
  }

  /// Changes one thing somewhere in the tree.
  void change(ObjectNode root) {
    List<JsonNode> holders = holders(root);
    switch (holders.get(random.nextInt(holders.size()))) {
      case ObjectNode object -> change(object, new ArrayList<>(object.propertyNames()));
      case ArrayNode array -> change(array);
      default -> {}
    }
  }

  private void change(ObjectNode object, List<String> names) {
    if (names.isEmpty() || random.nextInt(8) == 0) {
      object.set(TEXTS[random.nextInt(TEXTS.length)], value());
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(4) == 0) {
      object.remove(name);
    } else {
      object.set(name, value());
    }
  }

  private void change(ArrayNode array) {
    if (array.isEmpty()) {
      array.add(value());
      return;
    }
    int at = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(at);
      case 1 -> array.add(array.get(at).deepCopy());
      default -> array.set(at, value());
    }
  }

  /// Takes most of the fields away, but for those that say what it is.
  void trim(ObjectNode root) {
    for (String name : new ArrayList<>(root.propertyNames())) {
      if (!List.of("apiVersion", "kind", "metadata").contains(name)
          && root.get(name) instanceof ObjectNode object) {
        for (String inner : new ArrayList<>(object.propertyNames())) {
          if (random.nextInt(3) != 0) {
            object.remove(inner);
          }
        }
      }
    }
  }

  /// Adds a word of strategic merge patches.
  void direct(ObjectNode root) {
    List<JsonNode> holders = holders(root);
    if (holders.get(random.nextInt(holders.size())) instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(5)) {
        case 0 -> object.put("$patch", random.nextBoolean() ? "replace" : "delete");
        case 1 ->
            object.set(
                "$setElementOrder/" + name, ServedResources.MAPPER.createArrayNode().add(value()));
        case 2 ->
            object.set(
                "$deleteFromPrimitiveList/" + name,
                ServedResources.MAPPER.createArrayNode().add(value()));
        case 3 ->
            object.set(
                "$retainKeys",
                random.nextBoolean()
                    ? value()
                    : ServedResources.MAPPER.createArrayNode().add(name));
        default -> object.set("$patch", value());
      }
    }
  }

  /// Cuts a text, doubles a part of it, or puts something in.
  String text(String text) {
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + TEXTS[random.nextInt(TEXTS.length)] + text.substring(at);
      case 2 -> text.substring(0, at) + text;
      default -> text + "\n---\n" + text;
    };
  }

  private static List<JsonNode> holders(JsonNode root) {
    List<JsonNode> found = new ArrayList<>();
    collect(root, found);
    return found;
  }

  private static void collect(JsonNode node, List<JsonNode> found) {
    if (node instanceof ObjectNode || node instanceof ArrayNode) {
      found.add(node);
      node.forEach(child -> collect(child, found));
    }
  }

  /// The places in a tree.
  List<String> pointers(JsonNode root) {
    List<String> found = new ArrayList<>();
    pointers(root, "", found);
    return found;
  }

  private static void pointers(JsonNode node, String path, List<String> found) {
    found.add(path);
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames()) {
        pointers(object.get(name), path + "/" + name.replace("~", "~0").replace("/", "~1"), found);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        pointers(array.get(i), path + "/" + i, found);
      }
    }
  }
}
