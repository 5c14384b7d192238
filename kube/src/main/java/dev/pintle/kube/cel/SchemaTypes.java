package dev.pintle.kube.cel;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.ValueRules.Bounds;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of the values of schemas, and how large they can be in a request. Each node is looked at once.
public final class SchemaTypes implements StructTypes {
  /// The largest request that upstream reckons with, whatever the server really takes.
  static final long REQUEST_BYTES_MAX = 3 * 1024 * 1024;

  private static final long NAME_CHARACTERS_MAX = 253;
  private static final long UTF8_BYTES_MAX = 4;

  private final IdentityHashMap<SchemaNode, Maybe> known = new IdentityHashMap<>();
  private final IdentityHashMap<SchemaNode, Maybe> knownRoots = new IdentityHashMap<>();
  private final Map<String, DeclType> structs = new HashMap<>();

  private record Maybe(@Nullable DeclType declared) {}

  /// Whether a value of the schema can be spoken of in expressions.
  public static boolean isKnown(SchemaNode node) {
    return switch (node.kind()) {
      case LIST, MAP -> node.hasItems() && isKnown(node.items());
      case INT_OR_STRING, OBJECT, TEXT, BOOLEAN, DOUBLE, INT32, INT64 -> true;
      case ANY, BYTES, TIME, MICRO_TIME, QUANTITY -> false;
    };
  }

  @Override
  public boolean describes(CelType struct) {
    return structs.containsKey(struct.name());
  }

  @Override
  public @Nullable CelType field(CelType struct, String name) {
    DeclType object = structs.get(struct.name());
    DeclType field = object == null ? null : object.field(name);
    return field == null ? null : field.type();
  }

  /// @param root whether the value is a whole object of the API
  /// @return null for a value that expressions cannot speak of
  @Nullable DeclType of(SchemaNode node, boolean root) {
    return of(node, root, "selfType");
  }

  /// The type of a whole object whose schema says all that is known of its metadata.
  ///
  /// @param name that its types begin with
  @Nullable DeclType named(SchemaNode node, String name) {
    return of(node, false, name);
  }

  private @Nullable DeclType of(SchemaNode node, boolean root, String name) {
    IdentityHashMap<SchemaNode, Maybe> cache = root ? knownRoots : known;
    Maybe cached = cache.get(node);
    if (cached == null) {
      if (node.kind() == ValueKind.OBJECT) {
        // What holds itself is known to be an object, and nothing more.
        cache.put(node, new Maybe(nothing(name)));
      }
      cached = new Maybe(read(node, root, name));
      cache.put(node, cached);
    }
    return cached.declared();
  }

  private @Nullable DeclType of(SchemaNode node, String name) {
    return of(node, isEmbedded(node), name);
  }

  static boolean isEmbedded(SchemaNode node) {
    return node.rules().extensions().embeddedResource();
  }

  private @Nullable DeclType read(SchemaNode node, boolean root, String name) {
    return switch (node.kind()) {
      case INT_OR_STRING ->
          DeclType.scalar(CelType.DYN, characters(node, REQUEST_BYTES_MAX - 2), 1);
      case LIST -> list(node, name);
      case MAP -> map(node, name);
      case OBJECT -> object(node, root, name);
      case TEXT -> text(node);
      case BOOLEAN -> DeclType.scalar(CelType.BOOL, 0, 4);
      case DOUBLE -> DeclType.scalar(CelType.DOUBLE, 0, 1);
      case INT32, INT64 -> DeclType.scalar(CelType.INT, 0, 1);
      case BYTES -> DeclType.scalar(CelType.BYTES, REQUEST_BYTES_MAX - 2, 2);
      case TIME, MICRO_TIME -> DeclType.scalar(CelType.TIMESTAMP, 32, 21);
      case ANY, QUANTITY -> null;
    };
  }

  private DeclType nothing(String name) {
    CelType type = CelType.struct(unused(name));
    return new DeclType(type, Map.of(), null, null, 0, 2);
  }

  private static long atMost(Bounds bounds, long otherwise) {
    Long most = bounds.atMost();
    return most == null ? otherwise : Math.max(most, 0);
  }

  private static long characters(SchemaNode node, long otherwise) {
    Long most = node.rules().text().length().atMost();
    return most == null ? otherwise : Math.max(most, 0) * UTF8_BYTES_MAX;
  }

  private @Nullable DeclType list(SchemaNode node, String name) {
    DeclType items = node.hasItems() ? of(node.items(), name + ".@idx") : null;
    if (items == null) {
      return null;
    }
    long fit = (REQUEST_BYTES_MAX - 2) / (items.minBytes() + 1);
    long most = atMost(node.rules().parts().items(), fit);
    return new DeclType(CelType.list(items.type()), Map.of(), null, items, most, 2);
  }

  private @Nullable DeclType map(SchemaNode node, String name) {
    DeclType values = of(node.items(), name + ".@elem");
    if (values == null) {
      return null;
    }
    long fit = (REQUEST_BYTES_MAX - 2) / (values.minBytes() + 6);
    long most = atMost(node.rules().parts().properties(), fit);
    DeclType keys = DeclType.scalar(CelType.STRING, 0, 2);
    return new DeclType(
        CelType.map(CelType.STRING, values.type()), Map.of(), keys, values, most, 2);
  }

  private DeclType object(SchemaNode node, boolean root, String name) {
    Map<String, DeclType> fields = new LinkedHashMap<>();
    long bytes = 2;
    boolean withMetadata = root && !hasOwnMetadata(node);
    for (Field field : node.fields()) {
      DeclType declared = of(field.node(), name + "." + field.name());
      if (declared != null && !(withMetadata && isOfEveryObject(field.name()))) {
        bytes += put(fields, field, declared);
      }
    }
    if (withMetadata) {
      bytes += metadata(node, fields, name);
    }
    CelType type = CelType.struct(unused(name));
    DeclType object = new DeclType(type, fields, null, null, 0, bytes);
    structs.put(type.name(), object);
    return object;
  }

  private String unused(String name) {
    String free = name;
    for (int i = 2; structs.containsKey(free); i++) {
      free = name + i;
    }
    return free;
  }

  private static boolean isOfEveryObject(String field) {
    return field.equals("kind") || field.equals("apiVersion") || field.equals("metadata");
  }

  /// @return what the field adds to the smallest size of its object
  private static long put(Map<String, DeclType> fields, Field field, DeclType declared) {
    String escaped = Escapes.escape(field.name());
    if (escaped != null) {
      fields.put(escaped, declared);
    }
    Json ownDefault = field.defaultValue();
    boolean needed = field.required() && ownDefault == null;
    return needed ? bytes(field.name()) + declared.minBytes() + 4 : 0;
  }

  private static long bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /// Whether the schema itself says all that rules may know of an object of the API.
  private static boolean hasOwnMetadata(SchemaNode node) {
    SchemaNode metadata = node(node, "metadata");
    return metadata != null
        && metadata.typeName().isEmpty()
        && metadata.kind() == ValueKind.OBJECT
        && isText(node, "kind")
        && isText(node, "apiVersion")
        && isText(metadata, "name")
        && isText(metadata, "generateName");
  }

  private static @Nullable SchemaNode node(SchemaNode parent, String name) {
    Field field = parent.field(name);
    return field == null ? null : field.node();
  }

  private static boolean isText(SchemaNode parent, String name) {
    SchemaNode node = node(parent, name);
    return node != null && node.kind() == ValueKind.TEXT;
  }

  private long metadata(SchemaNode node, Map<String, DeclType> fields, String name) {
    DeclType text = DeclType.scalar(CelType.STRING, REQUEST_BYTES_MAX - 2, 2);
    SchemaNode given = node(node, "metadata");
    Map<String, DeclType> names =
        Map.of(
            "name", capped(given, "name", NAME_CHARACTERS_MAX),
            "generateName", capped(given, "generateName", NAME_CHARACTERS_MAX - 1));
    CelType type = CelType.struct(unused(name + ".metadata"));
    DeclType metadata = new DeclType(type, names, null, null, 0, 2);
    structs.put(type.name(), metadata);
    long bytes = 0;
    for (String each : new String[] {"kind", "apiVersion", "metadata"}) {
      fields.put(each, each.equals("metadata") ? metadata : text);
      Field field = node.field(each);
      boolean needed = node.rules().parts().required().contains(each);
      boolean preset = field != null && field.defaultValue() != null;
      bytes += needed && !preset ? bytes(each) + 2 + 4 : 0;
    }
    return bytes;
  }

  private static DeclType capped(@Nullable SchemaNode metadata, String name, long characters) {
    SchemaNode given =
        metadata == null || !metadata.typeName().isEmpty() ? null : node(metadata, name);
    Long most = given == null ? null : given.rules().text().length().atMost();
    long cap = most == null ? characters : Math.min(characters, most);
    return DeclType.scalar(CelType.STRING, Math.max(cap, 0) * UTF8_BYTES_MAX, 2);
  }

  private static DeclType text(SchemaNode node) {
    return switch (node.rules().format()) {
      case "byte" ->
          DeclType.scalar(
              CelType.BYTES, atMost(node.rules().text().length(), REQUEST_BYTES_MAX - 2), 2);
      case "duration" -> DeclType.scalar(CelType.DURATION, 32, 3);
      case "date" -> DeclType.scalar(CelType.TIMESTAMP, 12, 12);
      case "date-time" -> DeclType.scalar(CelType.TIMESTAMP, 32, 21);
      default -> DeclType.scalar(CelType.STRING, characters(node, unbounded(node)), 2);
    };
  }

  /// The longest of the texts that are allowed, where they are listed.
  private static long unbounded(SchemaNode node) {
    if (node.rules().enumeration().isEmpty()) {
      return REQUEST_BYTES_MAX - 2;
    }
    long longest = 0;
    for (Json allowed : node.rules().enumeration()) {
      longest =
          allowed instanceof Json.Text(String text) ? Math.max(longest, bytes(text)) : longest;
    }
    return longest;
  }
}
