package dev.pintle.etcd.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.plan.PlannedRule;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleIndexTest {
  private static final List<String> WORDS = List.of("", "a", "b", "ab", "aa", "abc", "b/", "b/c");

  private static PlannedRule below(String... prefixes) {
    List<Bytes> keys = List.of(prefixes).stream().map(Bytes::utf8).toList();
    return new PlannedRule("r", "exempt", Set.of(), Set.of(), Set.of(), keys, Set.of());
  }

  private static int find(RuleIndex index, KeyRange reach) {
    Caller caller = index.caller(Caller.Subject.NOBODY);
    return index.find(caller, QueuedMethod.RANGE, index.prefixOf(reach));
  }

  @Test
  void aRuleMatchesOnlyWhatLiesWhollyBelowItsPrefix() {
    RuleIndex index = new RuleIndex(List.of(below("/a/"), below("/"), below()));
    assertThat(find(index, KeyRange.prefix(Bytes.utf8("/a/")))).isZero();
    assertThat(find(index, KeyRange.point(Bytes.utf8("/a/x")))).isZero();
    assertThat(find(index, KeyRange.point(Bytes.utf8("/a")))).isEqualTo(1);
    assertThat(find(index, new KeyRange(Bytes.utf8("/a/"), Bytes.utf8("/b")))).isEqualTo(1);
    assertThat(find(index, KeyRange.fromKey(Bytes.utf8("/a/")))).isEqualTo(2);
    assertThat(find(index, KeyRange.ALL)).isEqualTo(2);
  }

  @Test
  void anOuterPrefixThatComesFirstWins() {
    RuleIndex index = new RuleIndex(List.of(below("/"), below("/a/"), below()));
    assertThat(find(index, KeyRange.point(Bytes.utf8("/a/x")))).isZero();
  }

  @Test
  void aPrefixOfTheLargestBytesHasNoEnd() {
    Bytes last = Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xff});
    PlannedRule rule =
        new PlannedRule("r", "exempt", Set.of(), Set.of(), Set.of(), List.of(last), Set.of());
    RuleIndex index = new RuleIndex(List.of(rule, below()));
    assertThat(find(index, KeyRange.fromKey(last))).isZero();
    assertThat(find(index, KeyRange.fromKey(Bytes.wrap(new byte[] {(byte) 0xff})))).isEqualTo(1);
  }

  /// The index beside a plain search through the rules, on random ones.
  @Test
  void theFirstRuleThatMatchesIsFound() {
    for (long seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<PlannedRule> rules = new ArrayList<>();
      int count = random.nextInt(1, 150);
      for (int i = 0; i < count; i++) {
        rules.add(rule(random));
      }
      rules.add(below());
      RuleIndex index = new RuleIndex(rules);
      for (int i = 0; i < 20; i++) {
        Caller.Subject subject =
            new Caller.Subject(word(random), List.of(word(random), word(random)));
        QueuedMethod method = QueuedMethod.values()[random.nextInt(QueuedMethod.values().length)];
        KeyRange reach = random.nextInt(6) == 0 ? null : reach(random);
        int found = index.find(index.caller(subject), method, index.prefixOf(reach));
        assertThat(found).as("seed %d", seed).isEqualTo(plain(rules, subject, method, reach));
      }
    }
  }

  private static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static PlannedRule rule(SplittableRandom random) {
    Set<QueuedMethod> methods = new HashSet<>();
    Set<String> users = new HashSet<>();
    Set<String> organizations = new HashSet<>();
    Set<Bytes> prefixes = new HashSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      methods.add(QueuedMethod.values()[random.nextInt(QueuedMethod.values().length)]);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      users.add(word(random));
    }
    for (int i = random.nextInt(2); i > 0; i--) {
      organizations.add(word(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      prefixes.add(Bytes.utf8(WORDS.get(random.nextInt(1, WORDS.size()))));
    }
    return new PlannedRule(
        "r", "exempt", methods, users, organizations, List.copyOf(prefixes), Set.of());
  }

  private static KeyRange reach(SplittableRandom random) {
    Bytes from = Bytes.utf8(word(random) + word(random));
    return switch (random.nextInt(4)) {
      case 0 -> KeyRange.point(from);
      case 1 -> KeyRange.prefix(from);
      case 2 -> KeyRange.fromKey(from);
      default -> new KeyRange(from, Bytes.utf8(word(random) + word(random)));
    };
  }

  private static int plain(
      List<PlannedRule> rules,
      Caller.Subject subject,
      QueuedMethod method,
      @Nullable KeyRange reach) {
    for (int i = 0; i < rules.size(); i++) {
      PlannedRule rule = rules.get(i);
      boolean anybody = rule.users().isEmpty() && rule.organizations().isEmpty();
      boolean subjectFits =
          anybody
              || rule.users().contains(subject.user())
              || subject.organizations().stream().anyMatch(rule.organizations()::contains);
      boolean methodFits = rule.methods().isEmpty() || rule.methods().contains(method);
      boolean keysFit =
          rule.prefixes().isEmpty()
              || (reach != null
                  && rule.prefixes().stream().anyMatch(prefix -> liesBelow(prefix, reach)));
      if (subjectFits && methodFits && keysFit) {
        return i;
      }
    }
    return -1;
  }

  private static boolean liesBelow(Bytes prefix, KeyRange reach) {
    Bytes end = KeyRange.prefix(prefix).to();
    Bytes to = reach.to();
    return reach.from().startsWith(prefix)
        && (end == null || (to != null && to.compareTo(end) <= 0));
  }
}
