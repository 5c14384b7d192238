package dev.pintle.sim.member;

import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.sim.world.Claim;
import java.util.List;
import java.util.Objects;

/// One watcher as its client sees it: a cursor that only moves over what it was given, whole and in order.
final class Watch {
  private final ReferenceModel reference;
  private final Spec spec;

  /// The first revision not yet given; 0 while that is for the member to say.
  private long next;

  /// Whether the member has said that it knows this watcher; what it says of all watchers before is not of this one.
  private boolean known;

  Watch(ReferenceModel reference, Spec spec) {
    this.reference = reference;
    this.spec = spec;
    this.next = spec.startRevision();
  }

  /// How to go on after the stream broke.
  Spec resumed() {
    return new Spec(
        spec.range(), next, spec.puts(), spec.deletes(), spec.previous(), spec.progress());
  }

  boolean isKnown() {
    return known;
  }

  void created(Notice.Created notice) {
    known = true;
    if (next == 0) {
      next = notice.revision() + 1;
    }
  }

  void given(Notice.Events notice) {
    List<WatchEvent> given = notice.events();
    Claim.check(!given.isEmpty(), "a notice of events has events");
    long last = given.getLast().revision();
    Claim.check(
        last <= notice.revision() && last <= reference.root().revision(),
        "a watch invents nothing: revision %d",
        last);
    List<WatchEvent> expected = expected(last);
    Claim.check(
        given.size() == expected.size(),
        "a watch has no gap: revisions %d to %d gave %s (expected: %s)",
        next,
        last,
        given,
        expected);
    for (int i = 0; i < given.size(); i++) {
      check(given.get(i), expected.get(i));
    }
    next = last + 1;
  }

  private void check(WatchEvent given, WatchEvent expected) {
    boolean same = given.kind() == expected.kind() && given.current().equals(expected.current());
    boolean compacted = expected.revision() <= reference.root().compactedRevision();
    boolean samePrevious =
        Objects.equals(given.previous(), expected.previous())
            || (given.previous() == null && (compacted || !spec.previous()));
    Claim.check(
        same && samePrevious, "a watch tells the truth: %s (expected: %s)", given, expected);
  }

  private List<WatchEvent> expected(long last) {
    return reference.events(spec.range(), next, last).stream()
        .filter(event ->
            switch (event.kind()) {
              case PUT -> spec.puts();
              case DELETE -> spec.deletes();
            })
        .toList();
  }

  /// Everything up to `revision` is said to have been given.
  void progressed(long revision) {
    if (next == 0 || next > revision) {
      return;
    }
    List<WatchEvent> missed = expected(revision);
    Claim.check(
        missed.isEmpty(), "progress to %d is not ahead of events: missed %s", revision, missed);
    next = revision + 1;
  }

  void compacted(Notice.Compacted notice) {
    Claim.check(
        next < notice.compactedRevision()
            && notice.compactedRevision() <= reference.root().compactedRevision(),
        "only a watch of the compacted is told so: at %d, compacted %d",
        next,
        notice.compactedRevision());
    next = notice.compactedRevision();
  }

  /// When all is quiet, a watch has been given all.
  void checkComplete() {
    long newest = reference.root().revision();
    if (next > 0 && next <= newest) {
      Claim.check(
          expected(newest).isEmpty(),
          "a watch is given everything: at %d of %d, %s is missing",
          next,
          newest,
          expected(newest));
    }
  }
}
