package dev.pintle.member.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Spec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cursor with a filter. Belongs to the hub's thread. Small on purpose: there are tens of thousands.
final class Watcher {
  private static final int PUTS = 1;
  private static final int DELETES = 2;
  private static final int PREVIOUS = 4;
  private static final int PROGRESS = 8;

  final HubStream stream;
  final long id;

  /// The one key as [Bytes], or a [KeyRange]: the upper end of a run of one key need not be kept.
  private final Object where;

  /// The first revision not yet given; while in sync, only a lower bound.
  long next;

  /// Found through the index when its keys change.
  boolean inSync;

  /// Canceled, or ended by compaction.
  boolean ended;

  /// Was given events since the last round of progress.
  boolean active;

  private final byte wants;

  /// What the next delivery brings: nothing, one shared list, or a list of its own.
  private @Nullable List<WatchEvent> pending;

  Watcher(HubStream stream, long id, Spec spec, long next) {
    this.stream = stream;
    this.id = id;
    this.where = spec.range().isPoint() ? spec.range().from() : spec.range();
    this.next = next;
    this.wants =
        (byte)
            ((spec.puts() ? PUTS : 0)
                | (spec.deletes() ? DELETES : 0)
                | (spec.previous() ? PREVIOUS : 0)
                | (spec.progress() ? PROGRESS : 0));
  }

  KeyRange range() {
    return where instanceof Bytes key ? KeyRange.point(key) : (KeyRange) where;
  }

  boolean watches(Bytes key) {
    return where instanceof Bytes one ? one.equals(key) : ((KeyRange) where).contains(key);
  }

  boolean wantsPrevious() {
    return (wants & PREVIOUS) != 0;
  }

  boolean wantsProgress() {
    return (wants & PROGRESS) != 0;
  }

  boolean wants(WatchEvent event) {
    int kind =
        switch (event.kind()) {
          case PUT -> PUTS;
          case DELETE -> DELETES;
        };
    return (wants & kind) != 0 && event.revision() >= next;
  }

  /// Adds an event to the next delivery; answers true if it is the first.
  ///
  /// @param alone the event as a list, shared by everybody
  boolean add(List<WatchEvent> alone) {
    if (pending == null) {
      pending = alone;
      return true;
    }
    if (!(pending instanceof ArrayList)) {
      pending = new ArrayList<>(pending);
    }
    pending.add(alone.getFirst());
    return false;
  }

  /// The next delivery, which is then begun anew; null when there is nothing.
  Notice.@Nullable Events take(long revision) {
    List<WatchEvent> events = pending;
    if (events == null) {
      return null;
    }
    pending = null;
    active = true;
    return new Notice.Events(id, revision, events);
  }
}
