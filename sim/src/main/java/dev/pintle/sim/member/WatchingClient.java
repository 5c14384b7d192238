package dev.pintle.sim.member;

import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.WatchHub.Stream;
import dev.pintle.sim.world.Claim;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client that watches through one stream, reads it in fits and starts, and goes on where it was when the member
/// comes back.
final class WatchingClient {
  private static final int WATCHES_MAX = 6;
  private static final int RESUME = 5;

  private final World world;
  private final SimulatedMember member;
  private final SplittableRandom random;
  private final String name;
  private final Map<Long, Watch> watches = new TreeMap<>();
  private @Nullable Stream stream;
  private long ids;
  private int generation;
  private boolean attentive;

  WatchingClient(World world, SimulatedMember member, String name) {
    this.world = world;
    this.member = member;
    this.random = world.chance();
    this.name = name;
    member.follow(this::connect);
    act();
  }

  private void connect(MemberLife life) {
    int mine = ++generation;
    Stream opened = life.hub.open(notices -> accept(mine, notices));
    stream = opened;
    Map<Long, Watch> before = new TreeMap<>(watches);
    watches.clear();
    before.values().forEach(watch -> create(opened, watch.resumed()));
  }

  private void create(Stream on, Spec spec) {
    long id = ++ids;
    watches.put(id, new Watch(member.reference(), spec));
    on.create(id, spec);
  }

  private void act() {
    Stream current = stream;
    if (current != null && member.life() != null) {
      switch (attentive ? RESUME : random.nextInt(6)) {
        case 0 -> {
          if (watches.size() < WATCHES_MAX) {
            create(current, spec());
          }
        }
        case 1 -> cancelOne(current);
        case 2 -> current.requestProgress();
        default -> current.resume();
      }
    }
    world.after(Duration.ofMillis(5 + random.nextInt(60)), this::act);
  }

  private Spec spec() {
    long revision = member.reference().root().revision();
    long start =
        switch (random.nextInt(4)) {
          case 0 -> Math.max(1, revision - random.nextInt(100));
          case 1 -> revision + random.nextInt(5);
          default -> 0;
        };
    return new Spec(
        WritingClient.range(random),
        start,
        random.nextInt(8) != 0,
        random.nextInt(8) != 0,
        random.nextBoolean(),
        random.nextBoolean());
  }

  private void cancelOne(Stream current) {
    if (!watches.isEmpty() && random.nextInt(4) == 0) {
      long id = List.copyOf(watches.keySet()).get(random.nextInt(watches.size()));
      watches.remove(id);
      current.cancel(id);
    }
  }

  private boolean accept(int of, List<Notice> notices) {
    Claim.check(of == generation, "a stream that broke stays silent");
    for (Notice notice : notices) {
      world.note(name + ": " + notice);
      take(notice);
    }
    return attentive || random.nextInt(5) != 0;
  }

  private void take(Notice notice) {
    if (notice instanceof Notice.Progress(long id, long revision) && id == -1) {
      watches.values().stream().filter(Watch::isKnown).forEach(watch -> watch.progressed(revision));
      return;
    }
    Watch watch = watches.get(notice.watchId());
    if (watch == null) {
      return;
    }
    switch (notice) {
      case Notice.Created created -> watch.created(created);
      case Notice.Events events -> watch.given(events);
      case Notice.Progress progress -> watch.progressed(progress.revision());
      case Notice.Compacted compacted -> {
        watch.compacted(compacted);
        watches.remove(compacted.watchId());
        if (stream != null) {
          create(stream, watch.resumed());
        }
      }
    }
  }

  /// From now on everything is read at once, and no watch begins or ends.
  void attend() {
    attentive = true;
  }

  void checkComplete() {
    watches.values().forEach(Watch::checkComplete);
  }
}
