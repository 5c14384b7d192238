package dev.pintle.compat.hostile;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.hostile.ServedResources.Resource;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A request that chance made: nearly right, so that it gets far.
final class OddRequest {
  private static final String[] METHODS = {
    "POST", "POST", "POST", "PUT", "PUT", "PATCH", "PATCH", "PATCH", "GET", "LIST", "DELETE",
    "CLEAR"
  };
  private static final String[] PATCHES = {
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/strategic-merge-patch+json",
    "application/apply-patch+yaml"
  };
  private static final String[] TYPES = {
    "application/json",
    "application/json",
    "application/json",
    "application/yaml",
    "application/vnd.kubernetes.protobuf",
    "application/json;charset=x",
    "text/plain",
    "",
    "*/*",
    "application/cbor"
  };
  private static final String[] ACCEPTS = {
    "application/json",
    "application/yaml",
    "application/vnd.kubernetes.protobuf",
    "application/json;as=Table;v=v1;g=meta.k8s.io",
    "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
    "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
    "application/yaml;as=Table;v=v1;g=meta.k8s.io",
    "*/*;q=9",
    ";;,,",
    "text/html"
  };
  private static final String[] PARAMETERS = {
    "fieldManager",
    "fieldValidation",
    "dryRun",
    "force",
    "limit",
    "continue",
    "resourceVersion",
    "resourceVersionMatch",
    "labelSelector",
    "fieldSelector",
    "timeoutSeconds",
    "pretty",
    "gracePeriodSeconds",
    "propagationPolicy",
    "orphanDependents",
    "sendInitialEvents",
    "allowWatchBookmarks",
    "includeObject",
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "x"
  };
  private static final String[] VALUES = {
    "me",
    "All",
    "Strict",
    "Warn",
    "Ignore",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "5",
    "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "1e3",
    "",
    "%",
    "\u0000",
    "Exact",
    "NotOlderThan",
    "a=b",
    "a in (b,c)",
    "!a",
    "a>1",
    "a>99999999999999999999",
    "metadata.name=x",
    "metadata.name!=x,spec.nodeName=y",
    "a\\,b=c",
    "Background",
    "Orphan",
    "Foreground",
    "Object",
    "Metadata",
    "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0",
    "bm9wZQ",
    "é",
    "((((",
    "in in (in)",
    ",,,,"
  };

  private final SplittableRandom random;
  private final Resource resource;
  private final Mutation mutation;
  private final String method;
  private final String path;
  private final String type;
  private final String accept;
  private final byte[] body;

  OddRequest(SplittableRandom random, ServedResources resources) {
    this.random = random;
    this.resource = resources.any(random);
    this.mutation = new Mutation(random);
    String verb = any(METHODS);
    String name = "/fuzz-" + random.nextInt(3);
    boolean onCollection = verb.equals("POST") || verb.equals("LIST") || verb.equals("CLEAR");
    boolean part = !resource.subresources().isEmpty() && chance(4);
    String partPath =
        part
            ? "/" + resource.subresources().get(random.nextInt(resource.subresources().size()))
            : "";
    String target = resource.path() + (onCollection && !part ? "" : name + partPath);
    this.method = verb.equals("LIST") ? "GET" : verb.equals("CLEAR") ? "DELETE" : verb;
    this.path = target + query(verb);
    this.accept = chance(3) ? any(ACCEPTS) : "application/json";
    boolean patch = method.equals("PATCH");
    this.type = patch ? any(PATCHES) : chance(3) ? any(TYPES) : "application/json";
    this.body = method.equals("GET") ? new byte[0] : patch ? patchBody() : body(name.substring(1));
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private String any(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private String query(String verb) {
    List<String> parts = new ArrayList<>();
    if (verb.equals("PATCH")) {
      parts.add("fieldManager=me");
    }
    if (verb.equals("LIST") && chance(6)) {
      parts.add("watch=1&timeoutSeconds=1");
    }
    for (int i = chance(2) ? random.nextInt(4) : 0; i > 0; i--) {
      parts.add(any(PARAMETERS) + "=" + URLEncoder.encode(any(VALUES), StandardCharsets.UTF_8));
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  /// The golden object with a name of ours, and a few things about it changed.
  private ObjectNode object(String name) {
    ObjectNode object = resource.object().deepCopy();
    JsonNode metadata = object.path("metadata");
    if (metadata instanceof ObjectNode meta) {
      for (String field :
          List.of(
              "uid",
              "resourceVersion",
              "deletionTimestamp",
              "deletionGracePeriodSeconds",
              "generateName",
              "namespace",
              "selfLink",
              "ownerReferences",
              "finalizers")) {
        if (!chance(20)) {
          meta.remove(field);
        }
      }
      if (!chance(8)) {
        meta.remove("managedFields");
      }
      meta.put("name", name);
    }
    if (chance(3)) {
      mutation.trim(object);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      mutation.change(object);
    }
    return object;
  }

  private byte[] body(String name) {
    if (type.contains("protobuf") && !resource.binary().isEmpty()) {
      return flipped(HexFormat.of().parseHex(resource.binary()));
    }
    String text = object(name).toString();
    if (chance(20)) {
      text = mutation.text(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return chance(20) ? flipped(bytes) : bytes;
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int i = random.nextInt(4); i > 0 && flipped.length > 0; i--) {
      flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
    }
    return chance(10)
        ? java.util.Arrays.copyOf(flipped, random.nextInt(flipped.length + 9))
        : flipped;
  }

  private byte[] patchBody() {
    if (type.contains("json-patch")) {
      return operations().toString().getBytes(StandardCharsets.UTF_8);
    }
    ObjectNode object = object("fuzz-" + random.nextInt(3));
    if (!type.contains("apply")) {
      mutation.trim(object);
      mutation.direct(object);
    }
    String text = object.toString();
    return (chance(20) ? mutation.text(text) : text).getBytes(StandardCharsets.UTF_8);
  }

  private ArrayNode operations() {
    ArrayNode operations = ServedResources.MAPPER.createArrayNode();
    List<String> pointers = mutation.pointers(resource.object());
    for (int i = random.nextInt(6); i >= 0; i--) {
      ObjectNode operation = operations.addObject();
      operation.put(
          "op", any(new String[] {"add", "remove", "replace", "move", "copy", "test", "x"}));
      operation.put("path", pointer(pointers));
      if (chance(2)) {
        operation.put("from", pointer(pointers));
      }
      if (!chance(5)) {
        operation.set("value", mutation.value());
      }
      if (chance(20)) {
        mutation.change(operation);
      }
    }
    return operations;
  }

  private String pointer(List<String> pointers) {
    String pointer = pointers.get(random.nextInt(pointers.size()));
    return switch (random.nextInt(10)) {
      case 0 -> pointer + "/-";
      case 1 -> pointer + "/" + any(VALUES);
      case 2 -> pointer + "/-1";
      case 3 -> "";
      default -> pointer;
    };
  }

  HttpRequest build(KubeClient client) {
    HttpRequest.Builder request = client.request(path);
    if (!type.isEmpty()) {
      request.setHeader("Content-Type", type);
    }
    request.setHeader("Accept", accept);
    return request.method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build();
  }

  @Override
  public String toString() {
    boolean text = !type.contains("protobuf");
    String shown = text ? new String(body, StandardCharsets.UTF_8) : HexFormat.of().formatHex(body);
    return "%s %s (%s, %s) %s"
        .formatted(method, path, type, accept, shown.substring(0, Math.min(shown.length(), 6_000)));
  }
}
