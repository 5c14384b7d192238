package dev.pintle.kernel.state;

import static org.junit.jupiter.api.Assertions.fail;

import dev.pintle.kernel.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random histories on the keyspace and on the model. `-Dpintle.kernel.seed=N` runs one seed, `-Dpintle.kernel.seeds=N` as
/// many; a failing history is made as short as removing commands can make it.
final class KeyspaceAgainstModelTest {
  private static final int COMMANDS = 120;

  @Test
  void keyspaceAndModelAnswerTheSame() {
    Long one = Long.getLong("pintle.kernel.seed");
    if (one != null) {
      check(one);
      return;
    }
    long seeds = Long.getLong("pintle.kernel.seeds", 400);
    for (long seed = 0; seed < seeds; seed++) {
      check(seed);
    }
  }

  private static void check(long seed) {
    List<Command> commands = new ArrayList<>();
    RandomCommands random = commands(seed);
    for (int i = 0; i < COMMANDS; i++) {
      commands.add(random.next());
    }
    Throwable failure = failure(commands, seed);
    if (failure != null) {
      List<Command> least = shrunk(commands, seed);
      fail(
          "seed %d; run it with -Dpintle.kernel.seed=%d; least history:%n%s"
              .formatted(
                  seed, seed, String.join("\n", least.stream().map(Command::toString).toList())),
          failure(least, seed));
    }
  }

  private static RandomCommands commands(long seed) {
    int keys = 2 + (int) Math.floorMod(seed, 9L);
    return new RandomCommands(new SplittableRandom(seed), keys, COMMANDS);
  }

  private static @Nullable Throwable failure(List<Command> commands, long seed) {
    try {
      Twin.run(commands, commands(~seed), seed);
      return null;
    } catch (AssertionError | RuntimeException failure) {
      return failure;
    }
  }

  private static List<Command> shrunk(List<Command> failing, long seed) {
    List<Command> least = failing;
    for (int piece = failing.size() / 2; piece > 0; piece /= 2) {
      for (int from = 0; from + piece <= least.size(); ) {
        List<Command> fewer = new ArrayList<>(least);
        fewer.subList(from, from + piece).clear();
        if (failure(fewer, seed) != null) {
          least = fewer;
        } else {
          from += piece;
        }
      }
    }
    return least;
  }
}
