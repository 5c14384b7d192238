package dev.pintle.schema;

import dev.pintle.schema.ResourceDef.SubresourceDef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// The writer of resources as records.
final class ResourceWriter {
  private static final int HASH_BYTES = 8;
  private static final Set<VerbWord> STORED = Set.of(VerbWord.CREATE, VerbWord.LIST);

  private final TextPool texts;
  private final NodeWriter nodes;

  ResourceWriter(TextPool texts, NodeWriter nodes) {
    this.texts = texts;
    this.nodes = nodes;
  }

  byte[] record(ResourceDef resource) {
    PackedRecordWriter out =
        new PackedRecordWriter(texts)
            .text(resource.table.group)
            .text(resource.table.version)
            .text(resource.plural);
    out.text(resource.singular).text(resource.kind).text(resource.listKind);
    out.texts(resource.shortNames).texts(resource.categories);
    out.flag(resource.namespaced)
        .number(bits(resource.verbs))
        .number(nodes.definition(resource.rootType));
    out.number(resource.subresources.size());
    resource.subresources.forEach((name, subresource) -> subresource(out, name, subresource));
    storing(out, resource);
    out.texts(resource.scale);
    rows(out, resource.columns);
    rows(out, resource.labels);
    return out.bytes();
  }

  private static void subresource(PackedRecordWriter out, String name, SubresourceDef subresource) {
    out.text(name)
        .text(subresource.group)
        .text(subresource.version)
        .text(subresource.kind)
        .number(bits(subresource.verbs));
  }

  private static void storing(PackedRecordWriter out, ResourceDef resource) {
    boolean stored = resource.verbs.containsAll(STORED);
    out.text(stored ? "/registry/" + resource.prefix : "")
        .text(stored ? hash(resource.storedKind) : "");
    out.flag(resource.createOnUpdate).flag(resource.statusOnCreate).flag(resource.generation);
  }

  private static void rows(PackedRecordWriter out, List<List<String>> rows) {
    out.number(rows.size());
    rows.forEach(row -> row.forEach(out::text));
  }

  private static int bits(Set<VerbWord> verbs) {
    int bits = 0;
    for (VerbWord verb : verbs) {
      bits |= verb.bit();
    }
    return bits;
  }

  /// The first bytes of the digest of `group/version/Kind`, as discovery shows them.
  private static String hash(String kind) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(kind.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 (expected: in every JDK)", e);
    }
  }
}
