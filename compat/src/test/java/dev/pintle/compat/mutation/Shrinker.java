package dev.pintle.compat.mutation;

import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The search for a smaller request that shows the same fault: parts of it are left out as long as it does.
final class Shrinker {
  /// A question to both servers.
  @FunctionalInterface
  interface Judge {
    boolean showsTheSame(Mutated mutated) throws IOException, InterruptedException;
  }

  private final Judge judge;
  private final int triesMax;
  private int tries;

  Shrinker(Judge judge, int triesMax) {
    this.judge = judge;
    this.triesMax = triesMax;
  }

  Mutated smallest(Mutated mutated) throws IOException, InterruptedException {
    tries = 0;
    Mutated now = withFewerOptions(mutated);
    Mutated before;
    do {
      before = now;
      now = withFewerParts(now);
    } while (!now.equals(before) && tries < triesMax);
    return now;
  }

  private Mutated withFewerOptions(Mutated mutated) throws IOException, InterruptedException {
    Mutated now = mutated;
    for (String option : List.of("fieldManager=other", "fieldValidation=Warn", "force=true")) {
      String path = now.path().replace("&" + option, "").replace("?" + option + "&", "?");
      Mutated next = now.with(path, now.body());
      if (!path.equals(now.path()) && shows(next)) {
        now = next;
      }
    }
    return now;
  }

  /// Outer parts are tried first: they are larger.
  private Mutated withFewerParts(Mutated mutated) throws IOException, InterruptedException {
    JsonNode tree;
    try {
      tree = Trees.MAPPER.readTree(mutated.body());
    } catch (JacksonException notJson) {
      return mutated;
    }
    if (!tree.toString().equals(mutated.body())) {
      // What stands there twice, or in another form, would be lost.
      return mutated;
    }
    Mutated now = mutated;
    for (int i = 0; i < Trees.places(tree).size() && tries < triesMax; ) {
      JsonNode copy = tree.deepCopy();
      Trees.places(copy).get(i).remove();
      Mutated next = mutated.with(mutated.path(), copy.toString());
      if (shows(next)) {
        tree = copy;
        now = next;
      } else {
        i++;
      }
    }
    return now;
  }

  private boolean shows(Mutated mutated) throws IOException, InterruptedException {
    tries++;
    return judge.showsTheSame(mutated);
  }
}
