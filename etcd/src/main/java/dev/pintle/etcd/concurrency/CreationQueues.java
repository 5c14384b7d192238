package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.concurrency.CreationQueue.Place;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The queues of all prefixes for which somebody waits.
final class CreationQueues {
  private final Member member;
  private final SlowWork slowWork;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<KeyRange, CreationQueue> queues = new HashMap<>();

  CreationQueues(Member member, SlowWork slowWork) {
    this.member = member;
    this.slowWork = slowWork;
  }

  /// Has `granted` run once, from any thread and never before this returns, when no key of `range` is left that was created before
  /// `createRevision`, which the store has reached.
  Place join(KeyRange range, long createRevision, Runnable granted) {
    lock.lock();
    try {
      CreationQueue queue = queues.get(range);
      if (queue == null) {
        queue = new CreationQueue(this, lock, range);
        queues.put(range, queue);
        later(queue::look);
      }
      Place place = queue.add(createRevision, granted);
      if (queue.mayBeFirst(createRevision)) {
        later(queue::grant);
      }
      return place;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return queues.size();
    } finally {
      lock.unlock();
    }
  }

  StoreView view() {
    return member.view();
  }

  WatchHub.Stream open(WatchHub.Sink sink) {
    return member.watches().open(sink);
  }

  void later(Runnable work) {
    slowWork.execute(work);
  }

  /// The lock is held.
  void forget(CreationQueue queue) {
    queues.remove(queue.range, queue);
  }
}
