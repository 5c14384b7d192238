package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The field manager of a request, named by the client or else by its user agent, and the `managedFields` that are written
/// in its name.
public final class FieldManagers {
  private static final String FIELD = "managedFields";
  private static final int MANAGER_BYTES_MAX = 128;

  private FieldManagers() {}

  /// The write of the object itself, or of the part of it that the request is aimed at.
  public static Write of(ApiRequest request) {
    return new Write(
        request.type().groupVersionKind(),
        request.type().schema(),
        request.type().hasStatus(),
        request.subresource(),
        manager(request));
  }

  /// The write of an object of another kind that stands for a part of the one that the request is aimed at.
  public static Write ofPart(ApiRequest request, GroupVersionKind kind, SchemaNode schema) {
    return new Write(kind, schema, false, request.subresource(), manager(request));
  }

  /// Lets an object that is answered and never stored say who owns it.
  public static void sign(VerbContext context, Write write, JsonObject object) {
    byte[] entries = context.ownership().created(write, object);
    set(object, entries == null ? null : (JsonArray) JsonReader.read(entries));
    Metadata.arrange(object);
  }

  /// Who will own an object that is sent and never stored, for those who look at it.
  static Supplier<@Nullable JsonArray> later(VerbContext context, Write write, JsonObject object) {
    return () -> {
      byte[] entries = context.ownership().created(write, object);
      return entries == null ? null : (JsonArray) JsonReader.read(entries);
    };
  }

  /// A write of the server itself.
  static Write byServer(ResourceType type, String subresource) {
    return new Write(
        type.groupVersionKind(), type.schema(), type.hasStatus(), subresource, ApiRequest.SERVER);
  }

  /// The name that the request gives, or the first part of what the client calls itself.
  static String manager(ApiRequest request) {
    String given = request.query().text("fieldManager");
    return given.isEmpty() ? ofUserAgent(request.userAgent()) : given;
  }

  private static String ofUserAgent(String agent) {
    int slash = agent.indexOf('/');
    String first = slash < 0 ? agent : agent.substring(0, slash);
    return isPlain(first) ? first : written(first);
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
        return false;
      }
    }
    return name.length() <= MANAGER_BYTES_MAX;
  }

  /// What of a name can be written.
  private static String written(String agent) {
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int character : agent.codePoints().toArray()) {
      if (Character.isISOControl(character) || !Character.isDefined(character)) {
        continue;
      }
      bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MANAGER_BYTES_MAX) {
        break;
      }
      name.appendCodePoint(character);
    }
    return name.toString();
  }

  static @Nullable JsonArray entries(JsonObject object) {
    return Metadata.of(object).array(FIELD);
  }

  static void set(JsonObject object, @Nullable JsonArray entries) {
    if (entries == null) {
      Metadata.of(object).remove(FIELD);
    } else {
      Metadata.of(object).set(FIELD, entries);
    }
  }

  /// A write that changes nothing but when somebody last wrote changes nothing at all.
  static void keepTimes(JsonObject next, JsonObject old) {
    JsonArray after = entries(next);
    JsonArray before = entries(old);
    if (after == null || after.equals(before) || !FieldOwnership.sameButTimes(after, before)) {
      return;
    }
    set(next, before);
    if (!next.equals(old)) {
      set(next, after);
    }
  }
}
