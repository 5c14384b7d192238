package dev.pintle.compat.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer as lines, one a fact, with what must differ between two servers made equal.
final class Normalized {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Pattern GO_SOURCE =
      Pattern.compile("in scheme \\\\?\"[^\"]*\\.go:\\d+\\\\?\"");
  private static final Pattern AGE = Pattern.compile("^\\d+[smhd](\\d+[smh])?$");

  /// What is added to `generateName`, which ends with a dash but in requests that ask what else it may be.
  private static final Pattern GENERATED =
      Pattern.compile("(?:[-_]|g{58})[bcdfghjklmnpqrstvwxz2456789]{5}\\b");

  /// How far a store is when it is asked for what it does not have yet.
  private static final Pattern REVISION = Pattern.compile("current: \\d+");

  /// Numbers of services are drawn by chance.
  private static final Pattern SERVICE_IP = Pattern.compile("\\b10\\.\\d+\\.\\d+\\.\\d+\\b");

  private static final Pattern SEVERAL =
      Pattern.compile(
          "(?s)(.*\\.example\\.com\" is invalid: \\[|[A-Z]\\w+\\.\\w+\\.example\\.com \".*\" is invalid: \\[)(.*)\\]");
  private static final Pattern SECRET_TOKEN =
      Pattern.compile("ey[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /// In YAML, where it is not told by its place in a tree.
  private static final Pattern VERSION_LINE = Pattern.compile("resourceVersion: \"\\d+\"");

  /// In a text that shows an object.
  private static final Pattern VERSION_SHOWN =
      Pattern.compile("(resourceVersion\\\\?\": ?\\\\?\")\\d+");

  /// Clusters differ in their addresses.
  private static final Set<String> LEFT_OUT =
      Set.of("continue", "remainingItemCount", "serverAddressByClientCIDRs");

  private static final Set<String> VERSIONS = Set.of("resourceVersion", "uid");

  private final Map<String, String> facts = new TreeMap<>();

  private Normalized() {}

  static Map<String, String> of(TwinServer.Answer answer) {
    Normalized normalized = new Normalized();
    normalized.facts.put("status", Integer.toString(answer.status()));
    for (int i = 0; i < answer.headers().size(); i++) {
      normalized.facts.put("header " + i, plain(answer.headers().get(i)));
    }
    try {
      JsonNode tree = JSON.readTree(answer.body());
      normalized.add("", tree == null ? JSON.nullNode() : tree);
    } catch (JacksonException e) {
      normalized.facts.put("body", plain(answer.body()));
    }
    return normalized.facts;
  }

  private void add(String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().stream()
          .filter(entry -> !LEFT_OUT.contains(entry.getKey()))
          .forEach(
              entry -> add(path + "." + entry.getKey(), version(entry.getKey(), entry.getValue())));
      if (LEFT_OUT.containsAll(object.propertyNames())) {
        facts.put(path, "{}");
      }
    } else if (node instanceof ArrayNode array) {
      List<JsonNode> items = new ArrayList<>();
      array.forEach(items::add);
      if (path.endsWith(".causes")) {
        // By what is compared: by chance, a generated part would put them in another order.
        items.sort(Comparator.comparing(item -> plain(item.toString())));
      }
      if (path.endsWith(".managedFields")) {
        // Their order is that of seconds, which fall as they may.
        items.sort(Comparator.comparing(Normalized::owner));
      }
      for (int i = 0; i < items.size(); i++) {
        add("%s[%d]".formatted(path, i), items.get(i));
      }
      if (items.isEmpty()) {
        facts.put(path, "[]");
      }
    } else {
      String text = node.isString() ? node.asString() : node.toString();
      facts.put(path, plain(path.equals(".message") ? unordered(text) : text));
    }
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

  private static String owner(JsonNode entry) {
    return List.of("operation", "manager", "apiVersion", "subresource").stream()
        .map(name -> entry.path(name).asString(""))
        .collect(Collectors.joining(" "));
  }

  private static JsonNode version(String name, JsonNode value) {
    if (name.equals("nodePort") && value.isNumber()) {
      return JSON.getNodeFactory().stringNode("PORT");
    }
    boolean isSet =
        value.isString() && !value.asString().isEmpty() && !value.asString().equals("0");
    return VERSIONS.contains(name) && isSet
        ? JSON.getNodeFactory().stringNode(name.toUpperCase(Locale.ROOT))
        : value;
  }

  private static String plain(String text) {
    String out = UID.matcher(text).replaceAll("UID");
    out = TIME.matcher(out).replaceAll("TIME");
    out = VERSION_LINE.matcher(out).replaceAll("resourceVersion: VERSION");
    out = VERSION_SHOWN.matcher(out).replaceAll("$1VERSION");
    out = GO_SOURCE.matcher(out).replaceAll("in scheme");
    out = SECRET_TOKEN.matcher(out).replaceAll("TOKEN");
    out = GENERATED.matcher(out).replaceAll("-GENERATED");
    out = REVISION.matcher(out).replaceAll("current: N");
    out = SERVICE_IP.matcher(out).replaceAll("IP");
    return AGE.matcher(out).replaceAll("AGE");
  }
}
