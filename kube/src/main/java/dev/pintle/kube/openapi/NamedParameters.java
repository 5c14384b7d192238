package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The parameters that a v2 document names and refers to, because many operations take them.
///
/// A name is made of the parameter's own and of a hash of its text, so that it is the same in every document that has the
/// parameter. Those that speak of a kind stay where they are, and two by which kubectl tells what a server can do.
final class NamedParameters {
  private static final String PARAMETERS = "parameters";
  private static final String BODY = "body";
  private static final String GENERIC = "#/definitions/io.k8s.apimachinery";

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int HASH_BYTES_USED = 6;

  private final Map<JsonObject, String> names = new HashMap<>();
  private final Map<String, JsonObject> named = new TreeMap<>();

  /// Puts references for the parameters of all paths and answers those by their names.
  JsonObject name(JsonObject paths) {
    for (JsonObject.Field path : paths) {
      JsonObject at = (JsonObject) path.value();
      refer(at);
      for (JsonObject.Field operation : at) {
        if (operation.value() instanceof JsonObject written) {
          refer(written);
        }
      }
    }
    JsonObject all = new JsonObject();
    named.forEach(all::set);
    return all;
  }

  private void refer(JsonObject holder) {
    JsonArray given = holder.arrayOrEmpty(PARAMETERS);
    if (given.isEmpty()) {
      return;
    }
    JsonArray referring = new JsonArray();
    for (Json each : given) {
      referring.add(
          each instanceof JsonObject parameter && isShared(parameter)
              ? new JsonObject().set("$ref", "#/parameters/" + nameOf(parameter))
              : each);
    }
    holder.set(PARAMETERS, referring);
  }

  private static boolean isShared(JsonObject parameter) {
    return switch (parameter.textOrEmpty("name")) {
      case "name", "fieldValidation", "dryRun" -> false;
      case BODY -> {
        JsonObject schema = parameter.object("schema");
        yield schema == null || schema.textOrEmpty("$ref").startsWith(GENERIC);
      }
      default -> true;
    };
  }

  private String nameOf(JsonObject parameter) {
    return names.computeIfAbsent(
        parameter,
        _ -> {
          String name = parameter.textOrEmpty("name") + "-" + hash(JsonWriter.text(parameter));
          named.put(name, parameter);
          return name;
        });
  }

  /// FNV-1 with 64 bits, of which 48 are used.
  private static String hash(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash *= FNV_PRIME;
      hash ^= b & 0xff;
    }
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(all, HASH_BYTES_USED));
  }
}
