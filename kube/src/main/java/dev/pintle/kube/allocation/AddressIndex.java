package dev.pintle.kube.allocation;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// The set of addresses that have an IPAddress object, kept up to date by what changed since it was last asked. It only
/// says where to look for a free one: the transaction that takes an address is what makes it nobody else's.
final class AddressIndex {
  private final ReentrantLock lock = new ReentrantLock();
  // Both are guarded by `lock`.
  private final Set<ClusterIp> taken = new HashSet<>();
  private long revision;

  /// A free address of the network as `view` shows it, or as it was seen later.
  Optional<ClusterIp> choose(
      ServiceNetwork network, ResourceType type, ObjectView view, RandomGenerator random) {
    lock.lock();
    try {
      follow(type, view);
      OptionalLong offset = network.offsets().choose(at -> taken.contains(network.at(at)), random);
      return offset.isPresent() ? Optional.of(network.at(offset.getAsLong())) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void follow(ResourceType type, ObjectView view) {
    if (view.revision() <= revision) {
      return;
    }
    if (view.compactedRevision() > revision) {
      // Deletions that compaction has forgotten cannot be followed.
      taken.clear();
      revision = 0;
    }
    int prefix = Keys.range(type, "").from().size();
    view.changedKeys(
        Keys.range(type, ""),
        revision,
        key -> {
          ClusterIp address = ClusterIp.parse(name(key, prefix));
          if (address == null) {
            return;
          }
          if (view.has(key)) {
            taken.add(address);
          } else {
            taken.remove(address);
          }
        });
    revision = view.revision();
  }

  private static String name(Bytes key, int prefix) {
    return key.utf8().substring(prefix);
  }
}
