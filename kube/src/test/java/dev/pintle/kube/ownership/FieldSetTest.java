package dev.pintle.kube.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/// A set of paths beside the plainest one: a set of lists.
class FieldSetTest {
  private static final int ROUNDS = 2_000;
  private static final int PATHS_MAX = 12;
  private static final int DEPTH_MAX = 4;

  /// Numbers that elements are made of: few, so that they meet; many, so that a set is large.
  private static final int FEW = 3;

  private static final int MANY = 400;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void aUnionHasWhatIsInEither() {
    compare(
        FieldSet::union, (path, sets) -> sets.one().contains(path) || sets.two().contains(path));
  }

  @Test
  void anIntersectionHasWhatIsInBoth() {
    compare(
        FieldSet::intersection,
        (path, sets) -> sets.one().contains(path) && sets.two().contains(path));
  }

  @Test
  void aDifferenceHasWhatIsInTheFirstAlone() {
    compare(
        FieldSet::difference,
        (path, sets) -> sets.one().contains(path) && !sets.two().contains(path));
  }

  @Test
  void outsideIsWhatHasNoMemberOfTheOtherAtItOrAboveIt() {
    compare(
        FieldSet::outside,
        (path, sets) ->
            sets.one().contains(path)
                && sets.two().stream().noneMatch(other -> startsWith(path, other)));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (int i = 0; i < ROUNDS; i++) {
      FieldSet set = FieldSet.of(List.copyOf(paths()));

      assertThat(FieldsV1.read(FieldsV1.write(set))).as("seed %d", seed).isEqualTo(set);
    }
  }

  @Test
  void theOrderInWhichPathsComeMakesNoDifference() {
    for (int i = 0; i < ROUNDS; i++) {
      FieldSet set = FieldSet.of(List.copyOf(paths()));
      List<List<PathElement>> ordered = new ArrayList<>();
      set.forEach(ordered::add);
      List<List<PathElement>> broken = new ArrayList<>(ordered);
      Collections.rotate(broken, random.nextInt(PATHS_MAX));
      broken.addAll(ordered);

      assertThat(FieldSet.of(ordered)).as("seed %d", seed).isEqualTo(set);
      assertThat(FieldSet.of(broken)).as("seed %d", seed).isEqualTo(set);
    }
  }

  private record Sets(Set<List<PathElement>> one, Set<List<PathElement>> two) {}

  @FunctionalInterface
  private interface Operation {
    FieldSet of(FieldSet one, FieldSet two);
  }

  private void compare(Operation operation, BiPredicate<List<PathElement>, Sets> expected) {
    System.out.println("FieldSetTest seed=" + seed);
    for (int i = 0; i < ROUNDS; i++) {
      Sets sets = sets(i);
      Set<List<PathElement>> wanted = new HashSet<>(sets.one());
      wanted.addAll(sets.two());
      wanted.removeIf(path -> !expected.test(path, sets));

      FieldSet made =
          operation.of(FieldSet.of(List.copyOf(sets.one())), FieldSet.of(List.copyOf(sets.two())));

      assertThat(members(made)).as("seed %d: %s", seed, sets).isEqualTo(wanted);
      assertThat(made).as("seed %d: %s", seed, sets).isEqualTo(FieldSet.of(List.copyOf(wanted)));
      assertThat(made.isEmpty()).as("seed %d", seed).isEqualTo(wanted.isEmpty());
      wanted.forEach(path -> assertThat(made.has(path)).as("seed %d", seed).isTrue());
    }
  }

  private Sets sets(int round) {
    return switch (round % 100) {
      case 0, 10, 20, 30, 40, 50, 60, 70, 80, 90 -> unequal();
      case 1 -> new Sets(leaves(), leaves());
      case 2 -> new Sets(leaves(), paths());
      default -> new Sets(paths(), paths());
    };
  }

  /// So many of them are no objects.
  private Set<List<PathElement>> leaves() {
    Set<List<PathElement>> paths = new HashSet<>();
    boolean values = random.nextBoolean();
    while (paths.size() < MANY) {
      String text = "f" + random.nextInt(2 * MANY);
      paths.add(
          List.of(values ? new PathElement.Value(Json.of(text)) : new PathElement.Name(text)));
    }
    return paths;
  }

  private static Set<List<PathElement>> members(FieldSet set) {
    Set<List<PathElement>> members = new HashSet<>();
    set.forEach(members::add);
    return members;
  }

  private static boolean startsWith(List<PathElement> path, List<PathElement> start) {
    return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
  }

  /// Either may be so much larger that its elements are looked up.
  private Sets unequal() {
    Set<List<PathElement>> large = paths(MANY, MANY);
    Set<List<PathElement>> small = paths(random.nextInt(PATHS_MAX), MANY);
    small.add(large.iterator().next());
    return random.nextBoolean() ? new Sets(small, large) : new Sets(large, small);
  }

  private Set<List<PathElement>> paths() {
    return paths(random.nextInt(PATHS_MAX), FEW);
  }

  private Set<List<PathElement>> paths(int count, int numbers) {
    Set<List<PathElement>> paths = new HashSet<>();
    for (int i = 0; i < count; i++) {
      List<PathElement> path = new ArrayList<>();
      int depth = 1 + random.nextInt(DEPTH_MAX);
      for (int step = 0; step < depth; step++) {
        path.add(element(numbers));
      }
      paths.add(path);
    }
    return paths;
  }

  private PathElement element(int numbers) {
    int number = random.nextInt(numbers);
    return switch (random.nextInt(6)) {
      case 0 ->
          PathElement.Key.of(
              List.of(
                  new PathElement.KeyField("port", Json.of(number)),
                  new PathElement.KeyField("name", Json.of("n\"" + number))));
      case 1 -> new PathElement.Value(Json.of("v" + number));
      case 2 -> new PathElement.Index(number);
      default -> new PathElement.Name("f" + number);
    };
  }
}
