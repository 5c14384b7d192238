package dev.pintle.compat.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer as lines, one a fact, with what must differ between two servers made equal. That is done where two answers differ at all:
/// most of their facts are the same as they came.
final class Normalized {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What is wrong with parts of a map; the real server tells it in no order.
  private static final Pattern SEVERAL =
      Pattern.compile(
          "(?s)(.*\\.example\\.com\" is invalid: \\[|[A-Z]\\w+\\.\\w+\\.example\\.com \".*\" is invalid: \\["
              + "|PodCertificateRequest\\.certificates\\.k8s\\.io \".*\" is invalid: \\[)(.*)\\]");

  private static final String BODY = "body";
  private static final Set<String> VERSIONS = Set.of("resourceVersion", "uid", "continue");
  private static final int NODE_PORT_MIN = 30_000;
  private static final int NODE_PORT_MAX = 32_767;

  private final Map<String, String> facts = new TreeMap<>();
  private final ChanceParts chance;

  private Normalized(ChanceParts chance) {
    this.chance = chance;
  }

  static Normalized of(TwinServer.Answer answer, TwinRequest request) {
    Normalized normalized = new Normalized(ChanceParts.of(request));
    normalized.facts.put("status", Integer.toString(answer.status()));
    for (String header : answer.headers()) {
      normalized.facts.put("header " + normalized.chance.equal(header), "sent");
    }
    try {
      JsonNode tree = JSON.readTree(answer.body());
      normalized.add("", tree == null ? JSON.nullNode() : tree);
    } catch (JacksonException e) {
      normalized.facts.put(BODY, answer.body());
    }
    return normalized;
  }

  /// What the two tell differently, by the names of facts.
  static List<Difference> differences(Normalized real, Normalized pintle) {
    List<Difference> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(real.facts.keySet());
    names.addAll(pintle.facts.keySet());
    for (String name : names) {
      if (!Objects.equals(real.facts.get(name), pintle.facts.get(name))) {
        String there = real.told(name);
        String here = pintle.told(name);
        if (!there.equals(here)) {
          differences.add(new Difference(name, there, here));
        }
      }
    }
    return differences;
  }

  /// A fact without what is drawn, counted or read from a clock.
  private String told(String name) {
    String text = facts.get(name);
    return text == null ? Difference.ABSENT : chance.equal(name, inOrder(name, text));
  }

  private static String inOrder(String name, String text) {
    return switch (name) {
      case BODY -> OwnersText.settled(text);
      case ".message" -> unordered(text);
      default -> text;
    };
  }

  private void add(String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              entry -> add(path + "." + entry.getKey(), settled(object, path, entry.getKey())));
      if (object.isEmpty()) {
        facts.put(path, "{}");
      }
    } else if (node instanceof ArrayNode array) {
      List<JsonNode> items = items(path, array);
      for (int i = 0; i < items.size(); i++) {
        add("%s[%d]".formatted(path, i), items.get(i));
      }
      if (items.isEmpty()) {
        facts.put(path, "[]");
      }
    } else {
      facts.put(path, node.isString() ? node.asString() : node.toString());
    }
  }

  private List<JsonNode> items(String path, ArrayNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    if (path.endsWith(".causes")) {
      // By what is compared: by chance, a generated part would put them in another order.
      items.sort(Comparator.comparing(item -> chance.equal(item.toString())));
    } else if (path.endsWith(".managedFields")) {
      // The order of owners is that of the seconds in which they wrote: it is held to its rule, and
      // made equal.
      facts.put(path + " in order", Boolean.toString(OwnersOrder.holds(items)));
      items.sort(OwnersOrder.WITHOUT_TIMES);
    } else if (path.equals(".status.conditions")
        && items.stream().anyMatch(Normalized::isApproval)) {
      // Two controllers of the real server race for whose condition comes first.
      items.sort(Comparator.comparing(item -> item.path("type").asString("")));
    } else if (path.equals(".status.resourceRules") || path.equals(".status.nonResourceRules")) {
      // The real server walks a map of roles.
      items.sort(Comparator.comparing(JsonNode::toString));
    }
    return items;
  }

  private static boolean isApproval(JsonNode condition) {
    return condition.path("type").asString("").equals("KubernetesAPIApprovalPolicyConformant");
  }

  /// What is wrong with parts of a map is told in no order by the real server.
  private static String unordered(String message) {
    Matcher several = SEVERAL.matcher(message);
    if (!several.matches()) {
      return message;
    }
    String[] parts = several.group(2).split(", ", -1);
    Arrays.sort(parts);
    return several.group(1) + String.join(", ", parts) + "]";
  }

  private JsonNode settled(ObjectNode object, String path, String name) {
    JsonNode value = object.get(name);
    if (name.equals("nodePort") && chance.isDrawn(value, NODE_PORT_MIN, NODE_PORT_MAX)) {
      return JSON.getNodeFactory().stringNode("PORT");
    }
    if (name.equals("serverAddress")) {
      return JSON.getNodeFactory().stringNode("ADDRESS");
    }
    if (name.equals("name") && path.endsWith("metadata") && object.has("generateName")) {
      return JSON.getNodeFactory()
          .stringNode(
              ChanceParts.generated(value.asString(""), object.get("generateName").asString("")));
    }
    boolean isSet =
        value.isString() && !value.asString().isEmpty() && !value.asString().equals("0");
    return VERSIONS.contains(name) && isSet
        ? JSON.getNodeFactory().stringNode(name.toUpperCase(Locale.ROOT))
        : value;
  }
}
