package dev.pintle.compat.mutation;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The values that chance makes: most of the type that is looked for, at its borders, and some of another.
final class OddValues {
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "A",
    "a b",
    "-a",
    "a.b",
    "a/b",
    "example.com/a",
    "a_b",
    "x".repeat(64),
    "é",
    "<&>",
    "1",
    "01",
    "1.5",
    "-1",
    "1Ki",
    "100m",
    "100u",
    "1e3",
    "1.50",
    "50%",
    "120%",
    "2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.123456Z",
    "2026-01-01",
    "10.0.0.1",
    "10.0.0.0/8",
    "10.1.2.3/8",
    "::1",
    "true",
    "null",
    "QQ==",
    "QQ",
    "*",
    "*/5 * * * *",
    "a=b",
    "v1",
    "apps/v1",
    "Never",
    "TCP",
    "http",
    "None",
    "kubernetes.io/x",
    "system-x",
    "x-",
    "\"",
    "\\",
    "\t"
  };
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "2",
    "5",
    "80",
    "101",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "1.0",
    "1.5",
    "1E+2",
    "1E+400",
    "0.001",
    "100000000000000000000"
  };
  private static final int NESTED_MAX = 3;

  private final SplittableRandom random;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  OddValues(SplittableRandom random) {
    this.random = random;
  }

  /// A value for the place of another.
  JsonNode like(JsonNode value) {
    if (random.nextInt(4) == 0) {
      return any();
    }
    return switch (value) {
      case ObjectNode object -> changed(object);
      case ArrayNode list -> changed(list);
      default ->
          value.isString()
              ? text()
              : value.isBoolean()
                  ? nodes.booleanNode(!value.booleanValue())
                  : value.isNumber() ? number() : any();
    };
  }

  private JsonNode changed(ObjectNode object) {
    ObjectNode changed = object.deepCopy();
    switch (random.nextInt(3)) {
      case 0 -> changed.removeAll();
      case 1 -> changed.set(random.nextBoolean() ? "unknown" : "Name", any());
      default -> changed.set("", any());
    }
    return changed;
  }

  private JsonNode changed(ArrayNode list) {
    ArrayNode changed = list.deepCopy();
    switch (random.nextInt(4)) {
      case 0 -> changed.removeAll();
      case 1 -> changed.add(any());
      case 2 -> changed.insert(0, changed.isEmpty() ? any() : changed.get(changed.size() - 1));
      default -> changed.add(changed.isEmpty() ? any() : like(changed.get(0)));
    }
    return changed;
  }

  /// A value of any type.
  JsonNode any() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> nodes.nullNode();
      case 2 -> nodes.booleanNode(random.nextBoolean());
      case 3, 4 -> number();
      case 5 -> nodes.arrayNode();
      case 6 -> nodes.objectNode();
      case 7 -> nested();
      default -> text();
    };
  }

  JsonNode text() {
    return nodes.stringNode(TEXTS[random.nextInt(TEXTS.length)]);
  }

  private JsonNode number() {
    String number = NUMBERS[random.nextInt(NUMBERS.length)];
    return number.chars().allMatch(c -> Character.isDigit(c) || c == '-') && number.length() < 19
        ? nodes.numberNode(Long.parseLong(number))
        : nodes.numberNode(new BigDecimal(number));
  }

  private JsonNode nested() {
    JsonNode value = random.nextBoolean() ? nodes.nullNode() : text();
    for (int i = random.nextInt(NESTED_MAX) + 1; i > 0; i--) {
      value =
          random.nextBoolean() ? nodes.arrayNode().add(value) : nodes.objectNode().set("a", value);
    }
    return value;
  }
}
