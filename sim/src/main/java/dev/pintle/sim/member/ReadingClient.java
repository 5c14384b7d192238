package dev.pintle.sim.member;

import dev.pintle.kernel.command.Outcome.Refused.CompactedRevision;
import dev.pintle.kernel.command.Outcome.Refused.FutureRevision;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.member.StoreView.ReadOutcome;
import dev.pintle.sim.world.Claim;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A client that reads the present and the past, from views fresh and kept, and renews leases.
final class ReadingClient {
  private final World world;
  private final SimulatedMember member;
  private final SplittableRandom random;
  private @Nullable StoreView kept;

  ReadingClient(World world, SimulatedMember member) {
    this.world = world;
    this.member = member;
    this.random = world.chance();
    member.follow(life -> kept = null);
    act();
  }

  private void act() {
    MemberLife life = member.life();
    if (life != null) {
      read(life);
      long id = 1L + random.nextInt(5);
      if (random.nextInt(10) == 0 && life.leases.keepAlive(id).isPresent()) {
        member.leaseTimes().renewed(id, world.now());
      }
    }
    world.after(Duration.ofMillis(1 + random.nextInt(15)), this::act);
  }

  private void read(MemberLife life) {
    StoreView view = kept != null && random.nextInt(3) == 0 ? kept : life.core.view();
    if (random.nextInt(10) == 0) {
      kept = view;
    }
    KeyRange range = WritingClient.range(random);
    long revision = random.nextBoolean() ? 0 : view.revision() + 2 - random.nextLong(60);
    RangeRequest request = RangeRequest.of(range).at(revision);
    check(life, view, request, view.range(request));
    ReadOutcome quick = view.rangeInMemory(request);
    if (quick != null) {
      check(life, view, request, quick);
    }
  }

  private void check(MemberLife life, StoreView view, RangeRequest request, ReadOutcome outcome) {
    long revision = request.revision() <= 0 ? view.revision() : request.revision();
    switch (outcome) {
      case Found(var result) ->
          Claim.check(
              isStateOf(revision, request, result)
                  || (request.revision() <= 0
                      && isStateOf(life.core.view().revision(), request, result)),
              "a read answers the state of its revision: %s at %d gave %s",
              request.range(),
              revision,
              result);
      case NotReadable(CompactedRevision(_, long compacted)) ->
          Claim.check(
              revision < life.core.view().compactedRevision(),
              "only the compacted is refused as compacted: %d, compacted %d",
              revision,
              compacted);
      case NotReadable(FutureRevision _) ->
          Claim.check(revision > view.revision(), "%d is not the future", revision);
      case NotReadable other -> throw Claim.broken("a read is not refused so: %s", other);
    }
  }

  /// A kept view that compaction has overtaken may answer what the newest one would, when no revision was asked for.
  private boolean isStateOf(long revision, RangeRequest request, RangeResult result) {
    return result.entries().equals(member.reference().entries(request.range(), revision));
  }
}
