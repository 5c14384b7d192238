package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The structures of kinds in versions that are known and not served, from `earlier-forms.txt`: what says that it is of such a
/// version is read as that before it is found to be something else.
final class EarlierForms {
  private static final String TABLE = "earlier-forms.txt";
  private static final String LABELLED = "labelled";
  private static final String STRANGE = "strange";
  private static final List<String> VERSIONS =
      List.of("v1", "v1beta3", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2", "v1alpha1");

  private final Function<GroupVersionKind, @Nullable SchemaNode> served;

  /// @param served the schemas of kinds that are served
  EarlierForms(Function<GroupVersionKind, @Nullable SchemaNode> served) {
    this.served = served;
  }

  /// One change of one kind.
  ///
  /// @param words the path and what stands there, or one word
  private record Change(String kind, List<String> words) {
    static Change parse(String line) {
      List<String> words = List.of(line.split(" ", -1));
      return new Change(words.getFirst(), words.subList(1, words.size()));
    }

    boolean is(String word) {
      return words.equals(List.of(word));
    }

    SchemaNode of(SchemaNode before, SchemaNode root) {
      String path = words.getFirst();
      if (path.equals(LABELLED)) {
        return root;
      }
      if (path.startsWith("-")) {
        return root.without(steps(path.substring(1)));
      }
      SchemaNode put =
          words.size() == 3 ? before.at(steps(words.getLast())) : value(words.getLast());
      return root.with(steps(path), put);
    }

    static List<String> steps(String path) {
      return List.of(path.split("\\.", -1));
    }

    private static SchemaNode value(String word) {
      return switch (word) {
        case "int32" -> SchemaNode.of(ValueKind.INT32);
        case "int64" -> SchemaNode.of(ValueKind.INT64);
        case "text" -> SchemaNode.of(ValueKind.TEXT);
        case "texts" -> SchemaNode.of(ValueKind.MAP, SchemaNode.of(ValueKind.TEXT));
        case "list" -> SchemaNode.of(ValueKind.LIST, SchemaNode.of(ValueKind.TEXT));
        case "either" -> SchemaNode.of(ValueKind.INT_OR_STRING);
        default -> throw new IllegalArgumentException("no kind of value: " + word);
      };
    }
  }

  private static final class Loaded {
    static final RuleTable<Change> CHANGES =
        RuleTable.read(
            TableFile.beside(EarlierForms.class, TABLE), RuleTable::names, Change::parse);

    private Loaded() {}
  }

  /// Null for a kind of which the structure is not known.
  @Nullable SchemaNode of(GroupVersionKind kind) {
    List<Change> changes = changes(kind);
    SchemaNode later = later(kind);
    if (later == null || changes.stream().anyMatch(change -> change.is(STRANGE))) {
      return null;
    }
    SchemaNode form = later;
    for (Change change : changes) {
      form = change.of(later, form);
    }
    return form;
  }

  /// Whether its structure is known, and is another than that of the served version.
  boolean isOtherForm(GroupVersionKind kind) {
    return changes(kind).stream().anyMatch(change -> !change.is(LABELLED) && !change.is(STRANGE));
  }

  /// Gives what an object of that version has the names of the served version, and takes out what is not known there. What is in
  /// lists stays as it is.
  void rename(GroupVersionKind kind, JsonObject object) {
    for (Change change : changes(kind)) {
      List<String> words = change.words();
      if (words.size() > 1) {
        Json value = taken(object, Change.steps(words.getFirst()));
        if (words.size() == 3 && value != null) {
          put(object, Change.steps(words.getLast()), value);
        }
      }
    }
  }

  private static @Nullable Json taken(JsonObject object, List<String> path) {
    JsonObject holder = object;
    for (String name : path.subList(0, path.size() - 1)) {
      holder = holder.object(name);
      if (holder == null) {
        return null;
      }
    }
    return holder.remove(path.getLast());
  }

  private static void put(JsonObject object, List<String> path, Json value) {
    JsonObject holder = object;
    for (String name : path.subList(0, path.size() - 1)) {
      holder = holder.objectAt(name);
    }
    holder.set(path.getLast(), value);
  }

  /// Fills in what only that version fills in.
  void fillIn(GroupVersionKind kind, JsonObject object) {
    JsonObject spec = object.object("spec");
    JsonObject template = spec == null ? null : spec.object("template");
    JsonObject metadata = template == null ? null : template.object("metadata");
    JsonObject labels = metadata == null ? null : metadata.object("labels");
    if (spec == null
        || labels == null
        || changes(kind).stream().noneMatch(change -> change.is(LABELLED))) {
      return;
    }
    if (spec.object("selector") == null) {
      spec.set("selector", new JsonObject().set("matchLabels", labels.copy()));
    }
    JsonObject own = object.objectAt("metadata");
    JsonObject given = own.object("labels");
    if (given == null || given.isEmpty()) {
      own.set("labels", labels.copy());
    }
  }

  private static List<Change> changes(GroupVersionKind kind) {
    return Loaded.CHANGES.of(kind.groupVersion().text()).stream()
        .filter(change -> change.kind().equals(kind.kind()))
        .toList();
  }

  private @Nullable SchemaNode later(GroupVersionKind kind) {
    for (String version : VERSIONS) {
      GroupVersionKind other = GroupVersionKind.of(group(kind) + "/" + version, kind.kind());
      SchemaNode found = KnownKinds.have(other) ? served.apply(other) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// The group that has the kind today.
  private static String group(GroupVersionKind kind) {
    return switch (kind.group()) {
      case "apps" -> kind.kind().equals("Scale") ? "autoscaling" : kind.group();
      case "extensions" ->
          switch (kind.kind()) {
            case "Scale" -> "autoscaling";
            case "Ingress", "NetworkPolicy" -> "networking.k8s.io";
            default -> "apps";
          };
      default -> kind.group();
    };
  }
}
