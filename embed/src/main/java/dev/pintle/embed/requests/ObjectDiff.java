package dev.pintle.embed.requests;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The difference of two states of an object, field by field and place by place. Who owns which field, and the version, are no part of it.
public final class ObjectDiff {
  private static final Set<String> LEFT_OUT =
      Set.of("metadata.managedFields", "metadata.resourceVersion");

  private final List<FieldChange> found = new ArrayList<>();

  private ObjectDiff() {}

  /// @param before and `after` as JSON; what is none differs in nothing
  public static List<FieldChange> of(Bytes before, Bytes after) {
    ObjectDiff diff = new ObjectDiff();
    try {
      diff.compare("", JsonReader.read(before.array()), JsonReader.read(after.array()));
    } catch (JsonSyntaxException _) {
      return List.of();
    }
    return List.copyOf(diff.found);
  }

  private void compare(String path, @Nullable Json before, @Nullable Json after) {
    if (LEFT_OUT.contains(path)) {
      return;
    }
    if (before instanceof JsonObject was && after instanceof JsonObject is) {
      for (JsonObject.Field field : was) {
        compare(child(path, field.name()), field.value(), is.get(field.name()));
      }
      for (JsonObject.Field field : is) {
        if (!was.has(field.name())) {
          compare(child(path, field.name()), null, field.value());
        }
      }
    } else if (before instanceof JsonArray was && after instanceof JsonArray is) {
      for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
        compare(
            "%s[%d]".formatted(path, i),
            i < was.size() ? was.at(i) : null,
            i < is.size() ? is.at(i) : null);
      }
    } else {
      String was = text(before);
      String is = text(after);
      if (!was.equals(is)) {
        found.add(new FieldChange(path, was, is));
      }
    }
  }

  private static String child(String path, String name) {
    boolean plain = !name.isEmpty() && name.chars().allMatch(ObjectDiff::isOfWord);
    if (!plain) {
      return "%s[%s]".formatted(path, name);
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isOfWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$';
  }

  private static String text(@Nullable Json value) {
    return value == null ? "" : new String(written(value), StandardCharsets.UTF_8);
  }

  private static byte[] written(Json value) {
    JsonWriter out = new JsonWriter(64);
    out.value(value);
    return out.toBytes();
  }
}
