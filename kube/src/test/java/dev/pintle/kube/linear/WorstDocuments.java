package dev.pintle.kube.linear;

import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.ParserCollisions;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.object.YamlWriter;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusError;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Whole bodies: JSON, YAML and the binary form.
final class WorstDocuments {
  private static final BuiltInTypes TYPES = BuiltInTypes.load();
  private static final GroupVersionKind POD = GroupVersionKind.of("v1", "Pod");
  private static final SchemaNode POD_NODE = TYPES.definition("io.k8s.api.core.v1.Pod");

  /// Fewer than a document may have.
  private static final int LEVELS = 390;

  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstDocuments() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstDocuments documents = new WorstDocuments();
    documents.json();
    documents.yaml();
    documents.pods();
    documents.binary();
    return documents.cases;
  }

  private static String repeated(String part, int bytes) {
    return WorstTexts.repeated(part, bytes);
  }

  private static String keys(int bytes, String form, String between) {
    return Collisions.filling(bytes, form.length()).stream()
        .map(key -> form.formatted(key))
        .collect(Collectors.joining(between));
  }

  private void json(String name, IntFunction<String> text) {
    cases.put(
        "json " + name,
        bytes -> {
          byte[] body = text.apply(bytes).getBytes(StandardCharsets.UTF_8);
          return () -> {
            try {
              Json read = JsonReader.read(body);
              JsonWriter.bytes(read.copy());
              Cost.keep(read.hashCode());
            } catch (JsonSyntaxException _) {
              // Refusing is one way to be quick.
            }
          };
        });
  }

  private void json() {
    json("colliding names", n -> "{" + keys(n, "\"%s\":1", ",") + "}");
    json("names of one hash of the parser", n -> ParserCollisions.document(Math.max(1, n / 12)));
    json("colliding texts", n -> "[" + keys(n, "\"%s\"", ",") + "]");
    json("digits", n -> repeated("9", n));
    json("digits behind the point", n -> "0." + repeated("9", n));
    json("an exponent", n -> "1e" + repeated("9", n));
    json("many numbers", n -> "[" + repeated("123456789012345678901,", n) + "1]");
    json("one name repeated", n -> "{" + repeated("\"a\":1,", n) + "\"b\":1}");
    json(
        "one name repeated, deep",
        n -> "{\"" + repeated("x", n / 2) + "\":{" + repeated("\"a\":1,", n / 2) + "\"b\":1}}");
    json("open lists", n -> repeated("[", n));
    json("open objects", n -> repeated("{\"a\":", n));
    json("broken at the end", n -> "[" + repeated("1,", n) + "x");
    json("wrong UTF-8", n -> "[\"" + repeated("\ud800", n) + "\"]");
    json("escapes", n -> "\"" + repeated("\\u00e9\\n", n) + "\"");
    json("blanks", n -> repeated(" ", n) + "1");
  }

  private void yaml(String name, IntFunction<String> text) {
    cases.put(
        "yaml " + name,
        bytes -> {
          String body = text.apply(bytes);
          return () -> {
            try {
              YamlReader.read(body);
            } catch (JsonSyntaxException _) {
              // Refusing is one way to be quick.
            }
          };
        });
  }

  private void yaml() {
    yamlScalarsAndKeys();
    yamlTags();
    yamlFlowAndAnchors();
    yamlTexts();
    yamlOddities();
    yamlWritten();
  }

  private void yamlTags() {
    for (String tag : List.of("int", "float", "str", "binary", "timestamp", "null")) {
      yaml("tagged " + tag, n -> repeated("- !!%s 12\n".formatted(tag), n));
      yaml("digits tagged " + tag, n -> "!!" + tag + " " + repeated("9", n));
    }
    yaml("blanks tagged binary", n -> "!!binary \"" + repeated("QQ\\n", n) + "\"");
    yaml("a list as key", n -> "? [" + repeated("a, ", n) + "a]\n: b");
    yaml("a mapping as key", n -> "? {" + keys(n, "%s: 1", ", ") + "}\n: b");
    yaml("open lists as key", n -> "? " + repeated("[", n));
    yaml("null keys, each in another", n -> deep("~: {", n));
    yaml(
        "null keys of one text",
        n -> "a: &a " + repeated("x", n / 2) + "\n" + repeated("~: *a\n", n / 2));
    yaml(
        "a null key of a text many times",
        n -> "a: &a " + repeated("x", n / 2) + "\n~: [" + repeated("*a ,", n / 2) + "*a ]");
    yaml(
        "one text as many keys",
        n -> "a: &a " + repeated("x", n / 2) + "\n" + repeated("*a : 1\n", n / 2));
    yaml("keys in keys", n -> deep("? {", n));
    yaml("escapes of Go's", n -> repeated("- \"\\'\"\n", n));
    yaml("lists as keys", n -> repeated("? [a, b]\n: c\n", n));
  }

  /// A text inside as many mappings as may be.
  private static String deep(String beginning, int bytes) {
    return "{" + beginning.repeat(LEVELS) + "a: " + repeated("x", bytes) + "}".repeat(LEVELS + 1);
  }

  private void yamlScalarsAndKeys() {
    yaml("digits", n -> repeated("9", n));
    yaml("hexadecimal", n -> "0x" + repeated("f", n));
    yaml("binary", n -> "0b" + repeated("1", n));
    yaml("octal", n -> "0" + repeated("7", n));
    yaml("a fraction", n -> "0." + repeated("9", n) + "x");
    yaml("underscores", n -> "1" + repeated("_", n));
    yaml("colliding keys", n -> keys(n, "%s: 1\n", ""));
    yaml("colliding complex keys", n -> keys(n, "? %s\n", ""));
    yaml("one key repeated", n -> repeated("a: 1\n", n));
    yaml("complex keys", n -> repeated("? a\n", n));
    yaml("complex keys with values", n -> repeated("? a\n: b\n", n));
    yaml("nested complex keys", n -> repeated("? ", n));
  }

  private void yamlFlowAndAnchors() {
    yaml("nested items", n -> repeated("- ", n));
    yaml("open flow lists", n -> repeated("[", n));
    yaml("open flow objects", n -> repeated("{a: ", n));
    yaml("flow keys", n -> "{" + repeated("a,", n) + "}");
    yaml("flow items", n -> "[" + repeated("a,", n) + "]");
    yaml("flow pairs", n -> "[" + repeated("a: b,", n) + "]");
    yaml("colliding anchors", n -> keys(n, "- &%s a\n", ""));
    yaml(
        "anchors",
        n ->
            IntStream.range(0, n / 12)
                .mapToObj(i -> "- &a%07d b\n".formatted(i))
                .collect(Collectors.joining()));
    yaml("aliases", n -> "- &a b\n" + repeated("- *a\n", n));
    yaml("merges", n -> "a: &a {b: c}\nd:\n" + repeated("  <<: *a\n", n));
    yaml("merge of a list", n -> "a: &a {b: c}\nd:\n  <<: [" + repeated("*a,", n) + "]\n");
    yaml("folded text", n -> "a: >\n" + repeated("  b\n", n));
  }

  private void yamlTexts() {
    yaml("literal text", n -> "a: |\n" + repeated("  b\n", n));
    yaml("blank lines in text", n -> "a: |\n" + repeated("\n", n) + "  b\n");
    yaml("plain lines", n -> "a: b\n" + repeated("  b\n", n));
    yaml("quoted lines", n -> "a: \"b\n" + repeated("  b\n", n) + "\"");
    yaml("single quotes", n -> "a: '" + repeated("''", n) + "'");
    yaml("comments", n -> repeated("#\n", n) + "a: b");
    yaml("a long comment", n -> "a: b #" + repeated("#", n));
    yaml("directives", n -> repeated("%A b\n", n) + "---\na: b");
    yaml("tags", n -> repeated("- !a b\n", n));
    yaml("a long tag", n -> "!<" + repeated("a", n) + "> b");
    yaml("documents", n -> repeated("---\n", n));
    yaml("blanks", n -> "a:" + repeated(" ", n) + "b");
  }

  private void yamlOddities() {
    yaml("tabs", n -> "a:" + repeated("\t", n) + "b");
    yaml("dashes", n -> repeated("-", n));
    yaml("colons", n -> repeated(":", n));
    yaml("colons and blanks", n -> repeated(": ", n));
    yaml("question marks", n -> repeated("?", n));
    yaml("wide characters", n -> repeated("é", n));
    yaml(
        "indentation",
        n ->
            IntStream.range(0, (int) Math.sqrt(2.0 * n))
                .mapToObj(i -> " ".repeat(i) + "a:\n")
                .collect(Collectors.joining()));
  }

  private void written(String name, IntFunction<Json> tree) {
    cases.put(
        "yaml written: " + name,
        bytes -> {
          Json value = tree.apply(bytes);
          return () -> YamlWriter.text(value);
        });
  }

  /// As many bytes of what is written, about.
  private void yamlWritten() {
    written("items", n -> JsonReader.read("[" + repeated("\"a\",", n * 3 / 4) + "\"a\"]"));
    written("quoted items", n -> JsonReader.read("[" + repeated("\"yes\",", n * 2 / 3) + "\"a\"]"));
    written("numbers", n -> JsonReader.read("[" + repeated("1,", n / 2) + "1]"));
    written("lists of lists", n -> JsonReader.read("[" + repeated("[[1]],", n / 2) + "1]"));
    written("objects", n -> JsonReader.read("[" + repeated("{\"a\":1,\"b\":{}},", n) + "\"a\"]"));
    written("colliding names", n -> JsonReader.read("{" + keys(n, "\"%s\":1", ",") + "}"));
    for (String part : List.of("a", "é", " ", "'", "\"", "\n", "a\n ", "\t", "\u0001", ": ", "#")) {
      written("a text of " + JsonWriter.text(Json.of(part)), n -> Json.of("-" + repeated(part, n)));
    }
  }

  private static BodyReader reader() {
    ProtobufCodec codec = new ProtobufCodec(TYPES);
    return new BodyReader(
        new Protobuf() {
          @Override
          public JsonObject read(byte[] envelope, GroupVersionKind expected) {
            return codec.read(envelope, expected);
          }

          @Override
          public byte[] write(JsonObject object) {
            return codec.write(object);
          }
        },
        kind -> kind.equals(POD) ? POD_NODE : null);
  }

  private void body(String name, MediaType type, IntFunction<byte[]> bytesOf) {
    for (FieldValidation validation : FieldValidation.values()) {
      cases.put(
          "%s body %s %s".formatted(type, name, validation),
          bytes -> {
            byte[] body = bytesOf.apply(bytes);
            BodyReader reader = reader();
            return () -> {
              try {
                reader.read(
                    type, body, new BodyReader.Expected(POD, POD_NODE, validation), _ -> {});
              } catch (StatusError _) {
                // Refusing is one way to be quick.
              }
            };
          });
    }
  }

  private void pod(String name, IntFunction<String> inside) {
    body(
        name,
        MediaType.JSON,
        n ->
            ("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"," + inside.apply(n) + "}")
                .getBytes(StandardCharsets.UTF_8));
  }

  private void pods() {
    pod("unknown fields", n -> keys(n, "\"%s\":1", ","));
    pod("labels", n -> "\"metadata\":{\"labels\":{" + keys(n, "\"%s\":\"\"", ",") + "}}");
    pod("unknown in items", n -> "\"spec\":{\"containers\":[" + repeated("{\"x\":1},", n) + "{}]}");
    pod(
        "unknown below a long name",
        n -> "\"" + repeated("x", n / 2) + "\":[" + repeated("{\"a\":1},", n / 2) + "{}]");
    pod(
        "repeated below a long name",
        n -> "\"" + repeated("x", n / 2) + "\":{" + repeated("\"a\":1,", n / 2) + "\"a\":1}");
    pod("wrong last item", n -> "\"spec\":{\"containers\":[" + repeated("{},", n) + "1]}");
    pod("quantities", n -> "\"spec\":{\"overhead\":{" + keys(n, "\"%s\":\"1.5Gi\"", ",") + "}}");
    pod("a long quantity", n -> "\"spec\":{\"overhead\":{\"cpu\":\"" + repeated("9", n) + "\"}}");
    pod("a long time", n -> "\"metadata\":{\"creationTimestamp\":\"" + repeated("1", n) + "\"}");
    pod("a long version", n -> "\"metadata\":{},\"apiVersion\":\"" + repeated("/", n) + "\"");
    pod("a long kind", n -> "\"metadata\":{},\"kind\":\"" + repeated("k", n) + "\"");
  }

  private void binary() {
    for (List<Integer> part :
        List.of(
            List.of(0x0a, 0x00),
            List.of(0x12, 0x00),
            List.of(0x1a, 0x00),
            List.of(0x0a, 0x02, 0x0a, 0x00),
            List.of(0x12, 0x02, 0x12, 0x00),
            List.of(0x12, 0x04, 0x12, 0x02, 0x0a, 0x00),
            List.of(0xf8, 0x7f, 0x01),
            List.of(0x13, 0x14),
            List.of(0x13),
            List.of(0x0a),
            List.of(0xff))) {
      body(
          "parts " + part,
          MediaType.PROTOBUF,
          n -> {
            byte[] message = new byte[n];
            for (int i = 0; i < n; i++) {
              message[i] = (byte) (int) part.get(i % part.size());
            }
            return envelope(message);
          });
    }
    body("no envelope", MediaType.PROTOBUF, byte[]::new);
  }

  /// `k8s\0`, kind and version of a pod, and the message as raw bytes.
  private static byte[] envelope(byte[] message) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.writeBytes(
        new byte[] {'k', '8', 's', 0, 0x0a, 9, 0x0a, 2, 'v', '1', 0x12, 3, 'P', 'o', 'd', 0x12});
    int length = message.length;
    while (length > 0x7f) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(message);
    return out.toByteArray();
  }
}
