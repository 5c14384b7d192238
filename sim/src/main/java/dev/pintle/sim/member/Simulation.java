package dev.pintle.sim.member;

import dev.pintle.member.disk.Disk;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// The world of one seed: a member, its clients, and bad luck; then a while of peace in which everything must come to rest.
public final class Simulation {
  private static final Duration TROUBLE = Duration.ofSeconds(5);
  private static final Duration PEACE = Duration.ofSeconds(2);

  private final World world;
  private final SimulatedMember member;
  private final SplittableRandom luck;
  private final List<WritingClient> writers;
  private final List<WatchingClient> watchers;
  private boolean peace;

  public Simulation(long seed) {
    this(seed, UnaryOperator.identity());
  }

  /// @param shows what the member gets for its disk; for disks worse than those it is built for
  Simulation(long seed, UnaryOperator<Disk> shows) {
    world = new World(seed);
    member = new SimulatedMember(world, shows);
    luck = world.chance();
    watchers =
        List.of(
            new WatchingClient(world, member, "watcher-1"),
            new WatchingClient(world, member, "watcher-2"));
    writers =
        List.of(
            new WritingClient(world, member, "writer-1"),
            new WritingClient(world, member, "writer-2"),
            new WritingClient(world, member, "writer-3"));
    new ReadingClient(world, member);
    member.start();
    misfortune();
  }

  /// Lives through the seed's story.
  ///
  /// @return the fingerprint of all that happened
  public long run() {
    world.runUntil(TROUBLE, member::checkAlways);
    peace = true;
    writers.forEach(WritingClient::rest);
    watchers.forEach(WatchingClient::attend);
    world.runUntil(TROUBLE.plus(PEACE), member::checkAlways);
    watchers.forEach(WatchingClient::checkComplete);
    member.checkHealed();
    return world.fingerprint();
  }

  /// The last things that happened.
  public String story() {
    return world.story();
  }

  /// How far the store came.
  public long revision() {
    return member.reference().root().revision();
  }

  private void misfortune() {
    world.after(
        Duration.ofMillis(200 + luck.nextInt(1500)),
        () -> {
          if (!peace) {
            strike();
            misfortune();
          }
        });
  }

  private void strike() {
    if (member.life() == null) {
      return;
    }
    switch (luck.nextInt(6)) {
      case 0 -> member.crash(true);
      case 1 -> member.crash(false);
      case 2 -> member.fillDisk();
      case 3 -> member.failStore();
      case 4 -> member.failReads();
      default -> member.failDisk();
    }
  }
}
