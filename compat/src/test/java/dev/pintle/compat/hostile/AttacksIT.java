package dev.pintle.compat.hostile;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackCost;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every attack, with a client beside it that goes on as if nothing were.
///
/// `-Dpintle.hostile.only=WORD,...` tries those of which the family or the name holds one of the words; `-Dpintle.hostile.strict=true` tries
/// them at full size and holds them to the bar for the other client's latency, which only a quiet machine can judge.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksIT {
  private static final List<String> ONLY =
      List.of(
          System.getProperty("pintle.hostile.only", "").toLowerCase(Locale.ROOT).split(",", -1));
  private static final boolean STRICT = Boolean.getBoolean("pintle.hostile.strict");
  private static final AttackScale SCALE = STRICT ? AttackScale.FULL : AttackScale.SHORT;

  /// The families that begin with a server that was just started, for what those before have stored or what they themselves leave
  /// behind. The others go on with the server of the one before.
  private static final Set<String> ANEW = Set.of("lists", "etcd", "bindings", "webhooks");

  @TempDir private Path folder;

  private @Nullable Arena arena;
  private String family = "";
  private int starts;

  @TestFactory
  Stream<DynamicContainer> theOtherClientIsServedAndTheServerLives() {
    return Catalogue.families().entrySet().stream().map(this::container);
  }

  private DynamicContainer container(Map.Entry<String, List<Attack>> entry) {
    String name = entry.getKey();
    return DynamicContainer.dynamicContainer(
        name,
        entry.getValue().stream()
            .filter(attack -> wanted("%s %s".formatted(name, attack)))
            .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> survives(name, attack))));
  }

  private static boolean wanted(String name) {
    return ONLY.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
  }

  /// Whoever comes after an attack that was felt has a new server.
  private void survives(String name, Attack attack) throws Exception {
    if (!name.equals(family) && ANEW.contains(name)) {
      close();
    }
    family = name;
    if (arena == null) {
      arena = Arena.open(folder.resolve("data-" + starts++), SCALE);
    }
    boolean survived = false;
    try {
      AttackCost toll = arena.suffer(attack);
      arena.judge(toll, STRICT);
      survived = true;
    } finally {
      if (!survived) {
        close();
      }
    }
  }

  @AfterEach
  void close() {
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }
}
