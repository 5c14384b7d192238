package dev.pintle.schema;

import dev.pintle.schema.ApiClass.Operation;
import dev.pintle.schema.ResourceDef.SubresourceDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The finder of the resources of one version of a group in the operations of the client library.
final class ResourceWalk {
  private static final Pattern FIRST_WORD =
      Pattern.compile(
          "^(create|list|read|replace|patch|deleteCollection|delete|connect)([A-Z][a-z]*)");
  private static final String NAMESPACE = "{namespace}";

  private final ClassFiles files;
  private final TypeWalk types;
  private final List<GroupFacts> tables;
  private final Packages packages;

  ResourceWalk(ClassFiles files, TypeWalk types, List<GroupFacts> tables, Packages packages) {
    this.files = files;
    this.types = types;
    this.tables = tables;
    this.packages = packages;
  }

  /// The resources by plural name.
  Map<String, ResourceDef> resources(GroupFacts table) {
    Map<String, ResourceDef> found = new TreeMap<>();
    table.apis.forEach((api, only) -> {
      for (Operation operation :
          ApiClass.read(files, "io/kubernetes/client/openapi/apis/" + api).operations()) {
        List<String> segments = segments(operation.path());
        String plural = segments.isEmpty() ? "" : resourceName(segments);
        if (!plural.isEmpty() && (only.isEmpty() || only.contains(plural))) {
          ResourceDef resource =
              found.computeIfAbsent(plural, name -> new ResourceDef(table, name));
          add(resource, segments, operation);
        }
      }
    });
    return found;
  }

  /// What follows the version in the path.
  private static List<String> segments(String path) {
    List<String> all = new ArrayList<>(Arrays.asList(path.substring(1).split("/")));
    int prefix = all.getFirst().equals("api") ? 2 : 3;
    return all.size() <= prefix || all.get(prefix).equals("watch")
        ? List.of()
        : all.subList(prefix, all.size());
  }

  private static boolean inNamespace(List<String> segments) {
    return segments.size() > 2 && segments.get(1).equals(NAMESPACE);
  }

  private static String resourceName(List<String> segments) {
    return segments.get(inNamespace(segments) ? 2 : 0);
  }

  private void add(ResourceDef resource, List<String> segments, Operation operation) {
    Matcher word = FIRST_WORD.matcher(operation.method());
    if (!word.find()) {
      throw new IllegalArgumentException(
          "operation: %s (expected: a known verb first)".formatted(operation.method()));
    }
    resource.namespaced |= inNamespace(segments);
    List<String> own = inNamespace(segments) ? segments.subList(2, segments.size()) : segments;
    if (own.size() > 2) {
      addToSubresource(resource, own.get(2), word, operation);
    } else {
      addVerb(resource, word.group(1), operation);
    }
  }

  private void addVerb(ResourceDef resource, String word, Operation operation) {
    switch (word) {
      case "list" -> {
        resource.verbs.add(VerbWord.LIST);
        if (operation.watchable()) {
          resource.verbs.add(VerbWord.WATCH);
        }
        resource.listType = type(resource.table, operation);
        resource.listKind = simple(resource.listType);
      }
      case "read", "create" -> {
        resource.verbs.add(verb(word));
        resource.rootType = type(resource.table, operation);
        resource.kind = simple(resource.rootType);
      }
      default -> resource.verbs.add(verb(word));
    }
  }

  private void addToSubresource(
      ResourceDef resource, String name, Matcher word, Operation operation) {
    SubresourceDef subresource =
        resource.subresources.computeIfAbsent(name, _ -> new SubresourceDef());
    if (word.group(1).equals("connect")) {
      connect(subresource, word.group(2));
      return;
    }
    subresource.verbs.add(verb(word.group(1)));
    if (operation.result().startsWith(ModelType.MODELS)) {
      String type = type(resource.table, operation);
      GroupFacts home = packages.tableOf(type);
      subresource.group = home.group;
      subresource.version = home.version;
      subresource.kind = simple(type);
    }
  }

  private static void connect(SubresourceDef subresource, String method) {
    switch (method) {
      case "Get" -> subresource.verbs.add(VerbWord.GET);
      case "Post" -> subresource.verbs.add(VerbWord.CREATE);
      case "Put" -> subresource.verbs.add(VerbWord.UPDATE);
      case "Patch" -> subresource.verbs.add(VerbWord.PATCH);
      case "Delete" -> subresource.verbs.add(VerbWord.DELETE);
      default -> {}
    }
  }

  private static VerbWord verb(String word) {
    return switch (word) {
      case "read" -> VerbWord.GET;
      case "replace" -> VerbWord.UPDATE;
      default -> VerbWord.of(word);
    };
  }

  private String type(GroupFacts table, Operation operation) {
    return types.root(operation.result(), table, tables);
  }

  private static String simple(String definition) {
    return definition.substring(definition.lastIndexOf('.') + 1);
  }
}
