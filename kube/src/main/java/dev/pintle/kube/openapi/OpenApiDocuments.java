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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final int WRITTEN_FORM = 2;

  private final TypeRegistry registry;
  private final BuiltInTypes builtIn = BuiltInTypes.load();
  private final String release;
  private final VersionDocument writer;
  private final Map<GroupVersion, Described> described = new ConcurrentHashMap<>();
  private volatile @Nullable Whole whole;

  /// The resources a document was made of, and the document, which is made again when memory took
  /// it.
  private record Described(Object resources, SoftDocument document) {}

  private record Whole(long version, SoftDocument document, SoftDocument binary) {}

  /// @param release the version of the API that is described, `1.37`
  public OpenApiDocuments(TypeRegistry registry, String release) {
    this.registry = registry;
    this.release = release;
    this.writer = new VersionDocument(builtIn, release);
  }

  /// `/openapi/v3`: where the document of each version of a group lies.
  public JsonObject index() {
    Map<String, GroupVersion> byPath = new TreeMap<>();
    for (ApiGroup group : registry.current().groups()) {
      for (String version : group.versions()) {
        GroupVersion each = new GroupVersion(group.name(), version);
        if (registry.current().serves(each)) {
          byPath.put(PathNames.root(each).substring(1), each);
        }
      }
    }
    JsonObject paths = new JsonObject();
    byPath.forEach((path, version) ->
        paths.set(
            path,
            new JsonObject().set("serverRelativeURL", address(version, remade(version).hash()))));
    return new JsonObject().set("paths", paths);
  }

  /// `/openapi/v3/api/v1`, `/openapi/v3/apis/GROUP/VERSION`; empty when it is not served.
  public Optional<Document> version(GroupVersion version) {
    return registry.current().serves(version)
        ? Optional.of(remade(version).document())
        : Optional.empty();
  }

  /// Where the document with this hash lies.
  public static String address(GroupVersion version, String hash) {
    return "/openapi/v3" + PathNames.root(version) + "?hash=" + hash;
  }

  /// `/openapi/v2`, everything in one.
  public Document whole() {
    return current().document().document();
  }

  /// The same as protobuf.
  public Document wholeBinary() {
    return current().binary().document();
  }

  private Whole current() {
    TypeSnapshot types = registry.current();
    Whole known = whole;
    if (known == null || known.version() != types.version()) {
      known =
          new Whole(
              types.version(),
              new SoftDocument(null, () -> Document.of(writer.v2(types))),
              new SoftDocument(
                  null, () -> Document.ofBytes(OpenApiBinary.write(writer.v2(types)))));
      whole = known;
    }
    return known;
  }

  private SoftDocument remade(GroupVersion version) {
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
  private SoftDocument remade(TypeSnapshot types, GroupVersion version) {
    StringBuilder custom = new StringBuilder();
    if (!types.resources(version).equals(builtIn.snapshot().resources(version))) {
      for (ResourceType type : types.resources(version)) {
        if (type.fingerprint().isEmpty()) {
          return new SoftDocument(null, () -> Document.of(writer.v3(types, version)));
        }
        custom.append(' ').append(type.fingerprint());
      }
    }
    String made =
        "%d %s %s %s%s".formatted(WRITTEN_FORM, release, builtIn.fingerprint(), version, custom);
    String hash = Document.hash(made.getBytes(StandardCharsets.UTF_8));
    return new SoftDocument(hash, () -> Document.of(writer.v3(types, version), hash));
  }
}
