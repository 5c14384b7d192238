package dev.pintle.kube.openapi;

import dev.pintle.kube.discovery.Document;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.protobuf.OpenApiBinary;
import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The documents of OpenAPI, of what is served at the moment they are asked for. Thread-safe.
///
/// A v3 document is asked for at the address that the index gives, which holds its hash: with the
/// right hash it may be kept for ever, with a wrong one the client is sent to the right address,
/// without one it must ask again each time. Each version of a group is described apart, so that a
/// change to one custom resource rewrites one small document.
public final class OpenApiDocuments {
  /// Grows with every change to how documents are written, so that clients ask again for those they
  /// keep.
  private static final int WRITTEN_FORM = 3;

  private static final String CORE = "api/";
  private static final String GROUPS = "apis/";

  private final TypeRegistry registry;
  private final BuiltInTypes builtIn = BuiltInTypes.load();
  private final String release;
  private final Clock clock;
  private final VersionDocument writer;
  private volatile @Nullable Map<String, PublishedDocument> roots;
  private final Map<GroupVersion, Described> described = new ConcurrentHashMap<>();
  private volatile @Nullable Whole whole;

  /// The resources a document was made of, and the document, which is made again when memory took
  /// it.
  private record Described(Object resources, PublishedDocument document) {}

  private record Whole(long version, PublishedDocument document) {}

  /// @param release the version of the API that is described, `1.37`
  /// @param clock tells since when a document is what it is
  public OpenApiDocuments(TypeRegistry registry, String release, Clock clock) {
    this.registry = registry;
    this.release = release;
    this.clock = clock;
    this.writer = new VersionDocument(builtIn, release);
  }

  /// `/openapi/v3`: where the document of each version of a group lies.
  public JsonObject index() {
    Map<String, PublishedDocument> byPath = new TreeMap<>(roots());
    for (ApiGroup group : registry.current().groups()) {
      for (String version : group.versions()) {
        GroupVersion each = new GroupVersion(group.name(), version);
        if (registry.current().serves(each)) {
          byPath.put(PathNames.root(each).substring(1), remade(each));
        }
      }
    }
    JsonObject paths = new JsonObject();
    byPath.forEach((path, document) ->
        paths.set(path, new JsonObject().set("serverRelativeURL", address(path, document.hash()))));
    return new JsonObject().set("paths", paths);
  }

  /// The document at a path of the index, such as `api/v1`, `apis/GROUP/VERSION`, `version`; empty when there is none.
  public Optional<PublishedDocument> at(String path) {
    PublishedDocument root = roots().get(path);
    if (root != null) {
      return Optional.of(root);
    }
    boolean core = path.startsWith(CORE);
    if (!core && !path.startsWith(GROUPS)) {
      return Optional.empty();
    }
    String version = path.substring(core ? CORE.length() : GROUPS.length());
    return core == (version.indexOf('/') < 0)
        ? version(GroupVersion.parse(version))
        : Optional.empty();
  }

  /// `api/v1`, `apis/GROUP/VERSION`; empty when it is not served.
  public Optional<PublishedDocument> version(GroupVersion version) {
    return registry.current().serves(version) ? Optional.of(remade(version)) : Optional.empty();
  }

  /// Where the document with this hash lies.
  public static String address(String path, String hash) {
    return "/openapi/v3/" + path + "?hash=" + hash;
  }

  /// `/openapi/v2`, everything in one.
  public PublishedDocument whole() {
    TypeSnapshot types = registry.current();
    Whole known = whole;
    if (known == null || known.version() != types.version()) {
      String custom = custom(types.resources());
      known =
          new Whole(
              types.version(),
              new PublishedDocument(
                  clock.instant(),
                  custom == null ? null : hash("v2" + custom),
                  () -> writer.v2(types),
                  OpenApiBinary::write));
      whole = known;
    }
    return known.document();
  }

  private Map<String, PublishedDocument> roots() {
    Map<String, PublishedDocument> known = roots;
    if (known == null) {
      Map<String, PublishedDocument> made = new TreeMap<>();
      for (RootPath root : RootPath.all(builtIn.snapshot())) {
        made.put(root.name(), published(hash(root.name()), () -> writer.v3(root)));
      }
      known = Map.copyOf(made);
      roots = known;
    }
    return known;
  }

  private PublishedDocument remade(GroupVersion version) {
    TypeSnapshot types = registry.current();
    Object resources = types.resources(version);
    return described
        .compute(
            version,
            (_, known) ->
                known != null && known.resources().equals(resources)
                    ? known
                    : new Described(resources, remade(types, version)))
        .document();
  }

  /// The hash of what comes with the program or from a definition is known without writing it, so that the index is quick.
  private PublishedDocument remade(TypeSnapshot types, GroupVersion version) {
    boolean builtInAlone = types.resources(version).equals(builtIn.snapshot().resources(version));
    String custom = builtInAlone ? "" : custom(types.resources(version));
    return published(
        custom == null ? null : hash(version.text() + custom), () -> writer.v3(types, version));
  }

  private PublishedDocument published(@Nullable String hash, Supplier<JsonObject> content) {
    return new PublishedDocument(clock.instant(), hash, content, OpenApiBinary::writeVersion3);
  }

  /// What stands for the definitions of resources; null where one has nothing that does.
  private static @Nullable String custom(Collection<ResourceType> resources) {
    StringBuilder custom = new StringBuilder();
    for (ResourceType type : resources) {
      if (type.isCustom()) {
        if (type.fingerprint().isEmpty()) {
          return null;
        }
        custom.append(' ').append(type.fingerprint());
      }
    }
    return custom.toString();
  }

  private String hash(String content) {
    String made = "%d %s %s %s".formatted(WRITTEN_FORM, release, builtIn.fingerprint(), content);
    return Document.hash(made.getBytes(StandardCharsets.UTF_8));
  }
}
