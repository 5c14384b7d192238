package dev.pintle.embed;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kube.ControllerSelection;
import dev.pintle.kube.controller.DefaultServiceAccount;
import dev.pintle.kube.controller.RootCertificates;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The objects that controllers make in every namespace, in those that a cluster starts with: a pod that is made before them is refused.
final class FirstAccounts {
  private static final List<String> BUILT_IN =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  private final Member member;
  private final List<Bytes> wanted = new ArrayList<>();

  FirstAccounts(Member member, ControllerSelection controllers) {
    this.member = member;
    for (String namespace : BUILT_IN) {
      if (controllers.isOn(DefaultServiceAccount.CONTROLLER)) {
        wanted.add(Bytes.utf8("/registry/serviceaccounts/%s/default".formatted(namespace)));
      }
      if (controllers.isOn(RootCertificates.CONTROLLER)) {
        wanted.add(Bytes.utf8("/registry/configmaps/%s/kube-root-ca.crt".formatted(namespace)));
      }
    }
  }

  /// Waits until they are there.
  ///
  /// @return whether they are, after `most` at the latest
  boolean await(Duration most) throws InterruptedException {
    Semaphore changed = new Semaphore(0);
    long end = System.nanoTime() + most.toNanos();
    try (WatchHub.Stream stream = member.watches().open(notices -> tell(changed, notices))) {
      stream.create(1, new WatchHub.Spec(KeyRange.ALL, 0, true, false, false, false));
      while (!areThere()) {
        if (!changed.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
        changed.drainPermits();
      }
    }
    return true;
  }

  private static boolean tell(Semaphore changed, List<Notice> notices) {
    changed.release(notices.size());
    return true;
  }

  private boolean areThere() {
    StoreView view = member.view();
    return wanted.stream().allMatch(key -> isThere(view, key));
  }

  private static boolean isThere(StoreView view, Bytes key) {
    RangeRequest counted = RangeRequest.of(KeyRange.point(key)).withContent(Content.COUNT_ONLY);
    return view.range(counted) instanceof StoreView.Found(var result) && result.count() > 0;
  }
}
