package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A ResourceQuota as it is stored. Immutable: nobody changes its tree.
///
/// @param version of its last write; 0 where it is not known
/// @param tree which, where there are bytes, may say of an earlier time what is used
/// @param hard what its status says that may be used
/// @param used what its status says that is used
/// @param reported who wrote last what is used of it, as far as that is known
/// @param bytes that it is stored as; null where somebody else wrote it
record Quota(
    Bytes key,
    long version,
    String name,
    JsonObject tree,
    List<QuotaScope> scopes,
    ResourceAmounts hard,
    ResourceAmounts used,
    Report reported,
    @Nullable QuotaBytes bytes) {

  /// A writer of a status: it owns these amounts as of this second.
  record Report(String manager, long second, Set<String> names) {
    static final Report UNKNOWN = new Report("", 0, Set.of());

    Report {
      names = Set.copyOf(names);
    }
  }

  static Quota of(Bytes key, JsonObject tree) {
    JsonObject status = tree.objectOrEmpty("status");
    return new Quota(
        key,
        0,
        tree.objectOrEmpty("metadata").textOrEmpty("name"),
        tree,
        QuotaScope.of(tree.objectOrEmpty("spec")),
        ResourceAmounts.of(status.object("hard")),
        ResourceAmounts.of(status.object("used")),
        Report.UNKNOWN,
        null);
  }

  Quota at(long revision) {
    return new Quota(key, revision, name, tree, scopes, hard, used, reported, bytes);
  }

  /// The same quota, of which so much is used, stored as these bytes.
  Quota charged(ResourceAmounts now, QuotaBytes stored) {
    return new Quota(key, 0, name, tree, scopes, hard, now, reported, stored);
  }

  /// Whether another state of it demands the same: what is used apart, nothing of it counts.
  boolean demandsTheSameAs(Quota other) {
    return (version != 0 && version == other.version)
        || (uid().equals(other.uid()) && scopes.equals(other.scopes) && hard.equals(other.hard));
  }

  /// Whether nothing but what is used differs, as far as that is seen at once.
  boolean differsInUseAlone(Quota other) {
    QuotaBytes own = bytes;
    QuotaBytes others = other.bytes;
    return own != null && others != null && own.beginsAs(others);
  }

  private String uid() {
    return tree.objectOrEmpty("metadata").textOrEmpty("uid");
  }
}
